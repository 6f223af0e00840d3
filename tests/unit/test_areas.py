"""Local areas: what they say stands in the answers of their place, and rules of their own hold there and nowhere else."""

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.coverage import coverage
from build_scripts.prove.proofs import prove_areas
from build_scripts.prove.scenarios import area_notes
from decision_logic import RuleError, RuleSet, deadline, decide, walk_pathway, workdays
from tests.rule_sets import small_plain

RULES = load_rules().rules
# Laid over the small rules: an area in the town with something of everything that an area can have.
HARBOUR = {
    "id": "harbour",
    "title": "The harbour",
    "within": "town",
    "about": "Where the boats are.",
    "published": "in 2009",
    "minimum_age": {"years": "16", "text": "For visits.", "cites": ["h1.age"]},
    "calendar": "harbour_days",
    "routes": {"way": {"applies": "here", "text": "As in the town.", "cites": ["h1.age"]}},
    "notes": {
        "ask_twice": {
            "title": "Ask twice",
            "text": "Nobody hears the first time.",
            "at": {"questions": ["visit.asks"], "points": ["W1"]},
            "cites": ["h1.age"],
            "readings": ["what_is_a_boat"],
        },
        "no_parcels": {"title": "No parcels", "text": "They are wet.", "at": {"tools": ["parcel"]}, "cites": ["h1.age"]},
    },
    "contacts": {
        "bell": {
            "title": "The bell",
            "how": "address",
            "value": "At the quay",
            "text": "For anybody.",
            "cites": ["h1.age"],
            "at": {"deadlines": ["visit_within"]},
        }
    },
    "instead": {
        "deadlines": {
            "visit_within": {
                "title": "A visit by boat",
                "from": "the asking",
                "needs": "date",
                "in": ["harbour"],
                "calendar": "place",
                "limit": {"count": "7", "unit": "working_days"},
                "force": "should",
                "cites": ["h1.age"],
            }
        },
        "tools": {
            "visit": {
                "criteria": {
                    "wanted": {
                        "title": "A boat is wanted",
                        "when": {"all": [{"asks": "yes"}, {"ordered": "no"}]},
                        "because": "They wave.",
                        "cites": ["h1.age"],
                    }
                }
            }
        },
    },
    "adds": {
        "readings": {
            "what_is_a_boat": {
                "title": "A boat",
                "source_says": "Boats.",
                "leaves_open": "Rafts.",
                "our_reading": "Rafts too.",
                "other_reading": "No rafts.",
                "cites": ["h1.age"],
            }
        },
        "deadlines": {
            "tide": {
                "title": "Before the tide",
                "from": "high water",
                "needs": "date_time",
                "in": ["harbour"],
                "calendar": "place",
                "limit": {"count": "6", "unit": "clock_hours"},
                "force": "must",
                "cites": ["h1.age"],
            }
        },
    },
    "source": {
        "title": "The harbour book",
        "publisher": "The harbour",
        "published": "2009",
        "about": "Made up.",
        "provisions": {"h1.age": {"section": "Page 1", "force": "fact", "summary": "From 16."}},
    },
}
# As the town's own, but one day more is free.
FREE_DAY = {"2010-03-02": "Regatta"}


def plain_with(**areas):
    """The small rules' plain data with these areas besides."""
    plain = small_plain()
    town = plain["calendars"]["town"]
    own = {**town, "id": "harbour_days", "title": "The harbour", "holidays": {**town["holidays"], **FREE_DAY}}
    plain["calendars"]["harbour_days"] = own
    plain["areas"] |= areas
    return plain


def changed(**changes):
    """The harbour with other entries."""
    return {**HARBOUR, **changes}


@pytest.fixture(scope="module")
def rules():
    return RuleSet.from_plain(plain_with(harbour=HARBOUR))


def problems(**areas):
    """What is wrong with the small rules when these areas are among them: [(path, found)]."""
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(plain_with(**areas))
    return [(".".join(map(str, one.path)), one.found) for one in caught.value.problems]


def visit(rules, place, **answers):
    return decide(rules, "visit", answers, on="2010-03-01", place=place)


# ---- Rules of its own ----


def test_a_rule_of_an_area_holds_there_and_nowhere_else(rules):
    """A criterion that the area has in place of the core's decides in the area; in the town the core's does."""
    town, harbour = (visit(rules, place, asks="yes", ordered="no") for place in ("town", "harbour"))
    assert [one["title"] for one in town["criteria"]] == ["A visit is wanted"]
    assert [one["title"] for one in harbour["criteria"]] == ["A boat is wanted"]
    assert visit(rules, "town", asks="yes")["criteria"] and not visit(rules, "harbour", asks="yes")["criteria"]


def test_a_limit_of_an_area_stands_in_place_of_the_core_s(rules):
    """The same deadline is longer in the area, and counted on the area's own working days."""
    town, harbour = (deadline(rules, "visit_within", "2010-03-01", place=place) for place in ("town", "harbour"))
    assert town["title"] != harbour["title"] == "A visit by boat"
    assert harbour["last_day"] == "2010-03-11"  # the 2nd is free, and so are Saturday and Sunday
    assert {"date": "2010-03-02", "why": "Regatta"} in harbour["skipped"]
    answer = visit(rules, "harbour", asks="yes", ordered="yes", asked_on="2010-03-01")
    assert [(one["id"], one["last_day"]) for one in answer["deadlines"]] == [("visit_within", "2010-03-11")]


def test_a_limit_that_only_an_area_has_is_found_by_its_name(rules):
    """It holds in the area, which is taken where no place is said, and is refused elsewhere."""
    assert deadline(rules, "tide", "2010-03-01T10:00")["in"] == "harbour"
    with pytest.raises(Exception, match="tide does not hold in The town"):
        deadline(rules, "tide", "2010-03-01T10:00", place="town")


def test_working_days_are_the_area_s(rules):
    """The calculator counts by the area's calendar."""
    assert workdays(rules, "2010-03-01", add=1, place="harbour")["date"] == "2010-03-03"
    assert workdays(rules, "2010-03-01", add=1, place="town")["date"] == "2010-03-02"


def test_areas_do_not_touch_one_another_or_the_core(rules):
    """What an area changes leaves every other answer as it is, but for the hash of the rules."""
    before = RuleSet.from_plain(plain_with())
    for place in ("town", "island", "valley"):
        one, other = visit(before, place, asks="yes"), visit(rules, place, asks="yes")
        assert {**one, "rules_hash": ""} == {**other, "rules_hash": ""}
    assert before.rules_hash != rules.rules_hash


def test_an_area_within_an_area_has_what_lies_around_it():
    """The inner area keeps the outer's rules but for its own."""
    inner = {"id": "quay", "title": "The quay", "within": "harbour", "about": "Stone."}
    rules = RuleSet.from_plain(plain_with(harbour=HARBOUR, quay=inner))
    assert [one["id"] for one in visit(rules, "quay")["areas"]] == ["quay", "harbour"]
    assert deadline(rules, "visit_within", "2010-03-01", place="quay")["last_day"] == "2010-03-11"
    own = {**HARBOUR["instead"]["deadlines"]["visit_within"], "in": ["quay"], "limit": {"count": "1", "unit": "weeks"}}
    inner["instead"] = {"deadlines": {"visit_within": own}}
    rules = RuleSet.from_plain(plain_with(harbour=HARBOUR, quay=inner))
    assert deadline(rules, "visit_within", "2010-03-01", place="quay")["last_day"] == "2010-03-08"
    assert deadline(rules, "visit_within", "2010-03-01", place="harbour")["last_day"] == "2010-03-11"
    assert visit(rules, "quay", asks="yes", ordered="no")["criteria"][0]["title"] == "A boat is wanted"


def test_an_area_that_is_the_whole_of_a_place_is_where_the_place_is():
    """Whoever says the island is in its area, and the other way round."""
    whole = {"id": "island_service", "title": "Island", "within": "island", "about": "All of it.", "whole": "yes"}
    rules = RuleSet.from_plain(plain_with(island_service=whole))
    for place in ("island", "island_service"):
        assert [one["id"] for one in visit(rules, place)["areas"]] == ["island_service"]
    assert rules.areas["island_service"].place == "island"


# ---- What an area says ----


def test_an_answer_says_what_the_area_says_of_its_things(rules):
    """Notes and contacts at the tool, its questions, actions and limits, with sources and readings among the answer's own."""
    answer = visit(rules, "harbour", asks="yes", ordered="yes", asked_on="2010-03-01")
    (area,) = answer["areas"]
    assert area_notes(answer) == ["harbour.ask_twice", "harbour.bell"]
    assert area["notes"][0]["at"] == [{"kind": "question", "id": "visit.asks"}]
    assert area["notes"][0]["reliance"] == "Published in 2009; not checked since."
    assert area["minimum_age"] == 16 and area["route"] is None
    assert [(one["how"], one["kind"], one["id"]) for one in area["changed"]] == [
        ("instead", "deadline", "visit_within"),
        ("instead", "criterion", "wanted"),
    ]
    assert "h1.age" in [one["id"] for one in answer["cites"]]
    assert "what_is_a_boat" in [one["id"] for one in answer["readings"]]


def test_a_walk_says_whether_the_journey_runs_and_what_differs_on_the_way(rules):
    """Of the journey the nearest area speaks; notes come up at the points passed."""
    walk = walk_pathway(rules, "way", {}, on="2010-03-01", place="harbour")
    assert area_notes(walk) == ["harbour.way", "harbour.ask_twice", "harbour.bell"]
    assert walk["areas"][0]["route"]["applies"] == "here"
    assert walk_pathway(rules, "way", {}, on="2010-03-01", place="town")["areas"] == []


def test_a_place_without_an_area_says_nothing(rules):
    """The list is there and empty."""
    assert visit(rules, "town")["areas"] == [] == deadline(rules, "visit_within", "2010-03-01")["areas"]


@pytest.mark.parametrize(
    ("entry", "reliance"),
    [
        ({}, "Published in 2009; not checked since."),
        ({"status": "our_reading"}, "Our reading; published in 2009; not checked since."),
        ({"published": "in July 2010"}, "Published in July 2010; not checked since."),
        ({"published": "in July 2010", "status": "our_reading"}, "Our reading; published in July 2010; not checked since."),
        ({"status": "checked", "checked_on": "2010-05-04"}, "Checked on Tuesday 4 May 2010."),
    ],
)
def test_each_thing_says_how_far_it_can_be_relied_on(entry, reliance):
    """Its own status and date, or those of the area."""
    notes = {**HARBOUR["notes"], "ask_twice": {**HARBOUR["notes"]["ask_twice"], **entry}}
    rules = RuleSet.from_plain(plain_with(harbour=changed(notes=notes)))
    assert visit(rules, "harbour")["areas"][0]["notes"][0]["reliance"] == reliance


# ---- Mistakes ----

NOTE = HARBOUR["notes"]["no_parcels"]
LIMIT = HARBOUR["instead"]["deadlines"]["visit_within"]


@pytest.mark.parametrize(
    ("change", "path", "found"),
    [
        ({"notes": {"x": {**NOTE, "at": {}}}}, "notes.x.at", "nothing"),
        ({"notes": {"x": {**NOTE, "at": {"points": ["W9"]}}}}, "notes.x.at.points.0", "no point 'W9'"),
        ({"notes": {"x": {**NOTE, "at": {"questions": ["visit.ask"]}}}}, "notes.x.at.questions.0", "no question 'visit.ask'"),
        ({"notes": {"x": {**NOTE, "status": "checked"}}}, "notes.x", "checked without a day"),
        ({"checked_on": "2010-05-04"}, "", "a day of checking for as_published"),
        ({"routes": {"weg": HARBOUR["routes"]["way"]}}, "routes.weg", "no pathway 'weg'"),
        ({"routes": {"way": {**HARBOUR["routes"]["way"], "applies": "in_part"}}}, "routes.way", "in_part without a place"),
        (
            {"routes": {"way": {**HARBOUR["routes"]["way"], "applies": "in_part", "only_in": ["island"]}}},
            "routes.way.only_in.0",
            "'island'",
        ),
        ({"calendar": "moon"}, "calendar", "no calendar 'moon'"),
        ({"minimum_age": {**HARBOUR["minimum_age"], "years": "sixteen"}}, "minimum_age.years", "'sixteen'"),
        ({"instead": {"roles": {}}}, "instead.roles", "unknown key 'roles'"),
        ({"instead": {"tools": {"visit": {"titles": {}}}}}, "instead.tools.visit.titles", "unknown key 'titles'"),
        ({"instead": {"tools": {"visti": {"duties": {"x": {}}}}}}, "instead.tools.visti", "no tool 'visti'"),
        ({"instead": {"deadlines": {"visit_whithin": LIMIT}}}, "instead.deadlines.visit_whithin", "no 'visit_whithin' to stand in place of"),
        (
            {"instead": {"tools": {"visit": {"criteria": {"wantde": {}}}}}},
            "instead.tools.visit.criteria.wantde",
            "no 'wantde' to stand in place of",
        ),
        ({"adds": {"tools": {"visit": {"criteria": {"wanted": {}}}}}}, "adds.tools.visit.criteria.wanted", "'wanted' again"),
        ({"adds": {"deadlines": {"visit_within": LIMIT}}}, "adds.deadlines.visit_within", "'visit_within' again"),
        ({"instead": {"deadlines": {"visit_within": {**LIMIT, "in": ["town"]}}}}, "instead.deadlines.visit_within.in.0", "'town'"),
        ({"instead": {"deadlines": {"visit_within": {**LIMIT, "limit": "7"}}}}, "instead.deadlines.visit_within.limit", "'7'"),
        (
            {"instead": {"tools": {"visit": {"criteria": {"wanted": {"title": "A", "when": {"aks": "yes"}, "because": "B", "cites": ["h1.age"]}}}}}},
            "instead.tools.visit.criteria.wanted.when.aks",
            "no question 'aks'",
        ),
        ({"source": {**HARBOUR["source"], "title": ""}}, "source.title", "nothing"),
        ({"whole": "yes", "within": "valley"}, "whole", "the whole of 'valley', an area"),
    ],
)
def test_a_mistake_is_told_at_its_place_in_the_area_s_file(change, path, found):
    """Whatever is wrong, the path leads into the area's own file, also where the core's shapes have read it."""
    wanted = ".".join(part for part in ("areas.harbour", path) if part)
    file = {**HARBOUR, **change, "adds": {**HARBOUR["adds"], **change.get("adds", {})}}
    assert (wanted, found) in problems(harbour=file)


def test_two_areas_are_not_both_the_whole_of_a_place():
    """Which of the two would a reader be in?"""
    one = {"id": "a", "title": "A", "within": "island", "about": "All.", "whole": "yes"}
    assert problems(a=one, b={**one, "id": "b"}) == [("areas.b.whole", "the whole of 'island', as 'a' is")]


# ---- The areas of this handbook ----


def test_the_proofs_are_run_over_the_rules_of_each_area():
    """A rule of an area's own that leaves a hole is found, and named with the area."""
    assert [findings for _, _, findings in prove_areas(RULES)] == [()]
    criterion = {**HARBOUR["instead"]["tools"]["visit"]["criteria"]["wanted"], "when": {"all": [{"asks": "yes"}, {"asks": "no"}]}}
    file = changed(instead={"tools": {"visit": {"criteria": {"wanted": criterion}}}})
    ((_, _, findings),) = prove_areas(RuleSet.from_plain(plain_with(harbour=file)))
    assert findings and all(one.startswith("harbour: visit: ") for one in findings)


def test_every_provision_of_a_local_source_is_carried_by_its_area():
    """Nothing that a local source says is left out of what its area says."""
    for area, document in (("essex", "essex"), ("north_wales", "north_wales"), ("guernsey_cjss", "guernsey")):
        one = RULES.areas[area]
        entries = [*one.services.values(), *one.notes.values(), *one.contacts.values(), *one.routes.values()]
        said = {cite for entry in entries for cite in entry.cites}
        assert set(RULES.sources[document].provisions) - said == set()


def test_every_area_says_what_is_known_of_it():
    """When it was published, that it was not checked, and nothing beyond its sources: an age, a route, notes and services."""
    assert set(RULES.areas) == {"essex", "north_wales", "wrexham", "guernsey_cjss"}
    for area in RULES.areas.values():
        assert area.published and area.status == "as_published" and area.services and area.notes and area.routes


def test_the_ages_of_the_areas_are_those_of_their_rules():
    """From the age that an area states its tool takes people in, and not a year before."""
    essex, guernsey = RULES.areas["essex"].minimum_age.years, RULES.areas["guernsey_cjss"].minimum_age.years
    for age, outcome in ((essex - 1, "not_an_adult"), (essex, "essex_16_or_17")):
        assert decide(RULES, "dip_remit", {"age": age}, on="2012-06-12", place="essex")["outcome"] == outcome
    for age, outcome in ((guernsey - 1, "under_18"), (guernsey, None)):
        assert decide(RULES, "guernsey_eligibility", {"age": age}, on="2022-06-14", place="guernsey")["outcome"] == outcome


def test_what_an_area_says_has_a_case():
    """Each note, contact and rule of an area comes up in a case of its own place."""
    found = {one.kind: one.missing for one in coverage(RULES, load_scenarios(RULES))}
    assert found["area note"] == found["area rule"] == ()
