"""What the browser looks up is what the engine answers."""

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.site.lookup import lookups
from tests.looking_up import case_requests, compare, random_requests

RULES = load_rules().rules


@pytest.fixture(scope="module")
def tables():
    return lookups(RULES)


def test_every_tool_can_be_looked_up(tables):
    """No tool of today's rules uses anything that the tables cannot say, and all carry the hash of these rules."""
    assert list(tables) == list(RULES.tools)
    assert {plain["rules_hash"] for plain in tables.values()} == {RULES.rules_hash}


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
        if level in one.places and one.start.isoformat() <= request["on"] <= (one.end.isoformat() if one.end else "9999")
    )
    return all(not tool.questions[name].only_in or edition in tool.questions[name].only_in for name in request["answers"])


@pytest.mark.parametrize("seed", [1])
def test_random_answers_are_looked_up_as_the_engine_answers_them(tables, seed):
    """Whatever is known and whatever is not, at any place and time, in errors too."""
    told = compare(RULES, tables, random_requests(RULES, 150, seed))
    assert told["different"] == []
    assert told["same"] > 130


@pytest.mark.long
def test_many_random_answers_are_looked_up_as_the_engine_answers_them(tables):
    """The same with many more."""
    told = compare(RULES, tables, random_requests(RULES, 20_000, 2))
    assert told["different"] == []
    assert told["same"] > 19_000
