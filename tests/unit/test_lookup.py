"""What the browser looks up is what the engine answers."""

import json

import brotli
import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.site.lookup import lookup_files
from decision_logic import engine
from tests.looking_up import (
    case_requests,
    compare,
    deadline_requests,
    every_combination,
    every_way,
    random_requests,
    workdays_requests,
)

RULES = load_rules().rules


@pytest.fixture(scope="module")
def tables():
    return {f"{kind}-{name}": json.loads(data) for (kind, name), (_, data) in lookup_files(RULES).items()}


def test_every_tool_can_be_looked_up(tables):
    """No tool of today's rules uses anything that the tables cannot say, and all carry the hash of these rules."""
    names = [
        *(f"tool-{one}" for one in RULES.tools),
        *(f"deadline-{one}" for one in RULES.deadlines),
        "workdays-workdays",
    ]
    assert list(tables) == names
    assert {plain["rules_hash"] for plain in tables.values()} == {RULES.rules_hash}


def test_the_files_are_small(tables):
    """What comes before anything else on a weak line: no tool's file is larger than 16 kB as it is sent."""
    sizes = {name: len(brotli.compress(json.dumps(one, ensure_ascii=False).encode(), quality=9)) for name, one in tables.items()}
    assert {name: size for name, size in sizes.items() if size > 16_000} == {}


def test_every_case_is_looked_up_as_the_engine_answers_it(tables):
    """All cases of decision_logic/scenarios come out the same, word for word, or are left to the engine for a stated reason."""
    requests = case_requests(RULES, load_scenarios(RULES))
    told = compare(RULES, tables, requests)
    assert told["different"] == []
    assert len(requests) > 400
    # Without a place, or with an answer to a question of another edition, the form asks nothing.
    assert all(one["in"] is None or not asked_in_edition(one) for one in told["left"]), told["left"]


def asked_in_edition(request):
    tool = RULES.at(request["in"]).tools[request["tool"]]
    edition = next(
        one.id
        for level in RULES.lineage(request["in"])
        for one in tool.editions.values()
        if level in one.places
        and one.start.isoformat() <= request["on"] <= (one.end.isoformat() if one.end else "9999")
    )
    return all(
        not tool.questions[name].only_in or edition in tool.questions[name].only_in for name in request["answers"]
    )


@pytest.mark.parametrize("seed", [1])
def test_random_answers_are_looked_up_as_the_engine_answers_them(tables, seed):
    """Whatever is known and whatever is not, at any place and time, in errors too."""
    told = compare(RULES, tables, random_requests(RULES, 150, seed))
    assert told["different"] == []
    assert told["same"] > 130


@pytest.fixture
def quick_engine(monkeypatch):
    """The engine without its longest work, which a look-up does not have: the reasons."""
    monkeypatch.setattr(engine._Case, "_why_not", lambda case, outcome: [])
    monkeypatch.setattr(engine._Case, "_settled_by", lambda case, root: [])


@pytest.mark.long
def test_every_combination_is_looked_up_as_the_engine_answers_it(tables, quick_engine):
    """Of the smaller tools every combination of what can be answered and of what is not known."""
    requests = list(every_combination(RULES, 20_000))
    assert len({one["tool"] for one in requests}) >= 8
    told = compare(RULES, tables, requests)
    assert (told["different"], told["left"]) == ([], [])


@pytest.mark.long
def test_every_way_through_the_diagrams_is_looked_up_as_the_engine_answers_it(tables, quick_engine):
    """Of all tools every way through every diagram, with less known and with more."""
    told = compare(RULES, tables, every_way(RULES, 3))
    assert told["different"] == []
    assert told["same"] > 20_000


@pytest.mark.long
def test_many_random_answers_are_looked_up_as_the_engine_answers_them(tables, quick_engine):
    """At any place and time, with errors among them."""
    told = compare(RULES, tables, random_requests(RULES, 20_000, 2))
    assert told["different"] == []
    assert told["same"] > 19_000


def test_deadlines_are_looked_up_as_the_engine_counts_them(tables):
    """From days of every kind, around every change of the clocks' hour too, and beyond the calendar's years."""
    requests = deadline_requests(RULES, every=401, minutes=(0, 61, 870))
    changes = [
        one
        for one in deadline_requests(RULES, every=1, minutes=(0, 59, 60, 119, 120, 1439))
        if "T" in one["from"] and one["from"].startswith(CLOCKS)
    ]
    told = compare(RULES, tables, requests + changes)
    assert told["different"] == []
    assert all(
        one["from"].endswith(("T01:00", "T01:01", "T01:59")) or "2002" in one["from"] or "2029" in one["from"]
        for one in told["left"]
    )
    assert len(changes) > 300


# The days around two changes of the clocks.
CLOCKS = ("2011-03-25", "2011-03-26", "2011-03-27", "2011-10-28", "2011-10-29", "2011-10-30")


def test_in_a_calendars_last_days_no_date_is_made_up_that_it_cannot_count_from():
    """What would change the answer is looked for among dates near the case's: one whose last day no calendar knows is none of them."""
    for on in ("2028-12-29", "2029-06-01"):
        answer = engine.decide(RULES.at("england"), "suspension_closure", {"plan_completed": "yes"}, on=on, place="england")
        assert answer["status"] == "undecided"


def test_working_days_are_looked_up_as_the_engine_counts_them(tables):
    """Forwards and backwards, to a day or by a number, in every place."""
    told = compare(RULES, tables, workdays_requests(RULES, 300, 1))
    assert (told["different"], told["left"]) == ([], [])


def test_the_last_days_of_a_calendar_are_looked_up_minute_by_minute(tables):
    """A start just after midnight may lead beyond the calendar's years where midnight itself does not."""
    days = [f"2028-12-{day}T{time}" for day in range(20, 32) for time in ("00:00", "00:01", "12:00", "23:59")]
    asked = [{"do": "deadline", "id": "appointment_elsewhere", "from": day, "in": "england"} for day in days]
    told = compare(RULES, tables, asked)
    assert (told["different"], told["left"]) == ([], [])


@pytest.mark.long
def test_every_deadline_from_every_day_is_looked_up_as_the_engine_counts_it(tables):
    """Every deadline, in every place, from every day of its calendar's years."""
    told = compare(RULES, tables, deadline_requests(RULES, every=1, minutes=(0, 90, 871, 1439)))
    assert told["different"] == []
