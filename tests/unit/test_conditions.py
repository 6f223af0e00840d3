"""Conditions are read from data, and hold or do not hold on complete answers."""

from datetime import date, timedelta

import pytest

from decision_logic.conditions import (
    ALWAYS,
    All,
    Answer,
    Any,
    Chosen,
    Compare,
    Is,
    LastDay,
    Met,
    Not,
    Otherwise,
    OutcomeOf,
    Scope,
    holds,
    questions_in,
    read_condition,
)
from decision_logic.model import Question
from decision_logic.shapes import BAD, Reader

QUESTIONS = {
    "asks": Question("asks", "?", "yes_no"),
    "colour": Question("colour", "?", "one_of", options={"red": "Red", "green": "Green"}),
    "holds": Question("holds", "?", "several_of", options={"a": "A", "b": "B", "c": "C"}),
    "weight": Question("weight", "?", "number"),
    "limit": Question("limit", "?", "number"),
    "came": Question("came", "?", "date"),
    "went": Question("went", "?", "date"),
    "called": Question("called", "?", "date_time"),
}
SCOPE = Scope(QUESTIONS, frozenset({"fragile"}), {"reply": "came", "call_back": "called"}, stated=frozenset({*QUESTIONS, "broken"}))
ANSWERS = {"asks": "yes", "colour": "red", "holds": frozenset("ab"), "weight": 5, "limit": 7, "came": date(2010, 4, 1), "went": date(2010, 4, 3)}
DAY = timedelta(days=1)


def read(value, scope=SCOPE, path=("tools", "t", "duties", "d", "when")):
    reader = Reader({})
    reader.scope = scope
    return read_condition(reader, value, path), reader.problems


@pytest.mark.parametrize(("plain", "condition", "held"), [
    ("always", ALWAYS, True),
    ({"asks": "yes"}, Is("asks", ("yes",)), True),
    ({"asks": "no"}, Is("asks", ("no",)), False),
    ({"colour": ["red", "green"]}, Is("colour", ("red", "green")), True),
    ({"holds": "any_of_them"}, Chosen("holds", ("a", "b", "c"), 1), True),
    ({"holds": "none_of_them"}, Chosen("holds", ("a", "b", "c"), 0, 0), False),
    ({"holds": {"includes": "c"}}, Chosen("holds", ("c",), 1), False),
    ({"holds": {"includes_any": ["a", "c"]}}, Chosen("holds", ("a", "c"), 1), True),
    ({"holds": {"includes_all": ["a", "c"]}}, Chosen("holds", ("a", "c"), 2), False),
    ({"holds": {"at_least": "2"}}, Chosen("holds", ("a", "b", "c"), 2), True),
    ({"weight": {"at_least": "5"}}, Compare("weight", ">=", 5), True),
    ({"weight": {"more_than": "5"}}, Compare("weight", ">", 5), False),
    ({"weight": {"less_than": {"question": "limit"}}}, Compare("weight", "<", Answer("limit")), True),
    ({"came": {"on": "2010-04-01"}}, Compare("came", "=", date(2010, 4, 1)), True),
    ({"went": {"after": {"question": "came"}}}, Compare("went", ">", Answer("came")), True),
    ({"went": {"on_or_before": {"last_day_of": "reply"}}}, Compare("went", "<=", LastDay("reply", "came")), False),
    ({"not": {"asks": "no"}}, Not(Is("asks", ("no",))), True),
    ({"met": "fragile"}, Met("fragile"), True),
    ({"all": [{"asks": "yes"}, {"colour": "green"}]}, All((Is("asks", ("yes",)), Is("colour", ("green",)))), False),
    ({"any": [{"asks": "yes"}, {"colour": "green"}]}, Any((Is("asks", ("yes",)), Is("colour", ("green",)))), True),
    ({"asks": "yes", "colour": "green"}, All((Is("asks", ("yes",)), Is("colour", ("green",)))), False),
])
def test_a_condition_is_read_and_holds(plain, condition, held):
    """Each form is read into its tree, and the tree means what it says."""
    assert read(plain) == (condition, [])
    assert holds(condition, ANSWERS, {"fragile": Is("asks", ("yes",))}, lambda use, start: start + DAY) is held


def test_a_catch_all_is_only_an_outcomes_own():
    """in_any_other_case is read where it is an outcome's when, and nowhere else."""
    assert read("in_any_other_case", path=("tools", "t", "outcomes", "o", "when")) == (Otherwise(), [])
    assert read("in_any_other_case")[0] is BAD
    assert read({"not": "in_any_other_case"}, path=("tools", "t", "outcomes", "o", "when"))[0] is BAD


def test_only_pathways_speak_of_outcomes():
    """A tool's outcome is a condition inside a pathway, and an error inside a tool."""
    pathway = Scope({}, outcomes_of={"visit": ("by_order", "letter")})
    made, problems = read({"outcome": {"visit": ["by_order", "letter"]}}, pathway)
    assert (made, problems) == (OutcomeOf("visit", ("by_order", "letter")), [])
    assert holds(made, {"visit": "letter"})
    assert read({"outcome": {"visit": "letter"}})[1][0].hint == "only pathways speak of a tool's outcome"


@pytest.mark.parametrize("plain", [
    "sometimes", [], {}, {"all": []}, {"any": {"asks": "yes"}}, {"asks": "perhaps"}, {"asks": []}, {"colour": {"includes": "red"}}, {"holds": "a"},
    {"holds": {"includes_any": []}}, {"holds": {"at_least": "4"}}, {"weight": "5"}, {"weight": {"after": "5"}}, {"weight": {"at_least": "1.5"}},
    {"weight": {"at_least": {"question": "weight"}}}, {"weight": {"at_least": {"question": "came"}}}, {"came": {"on": "today"}},
    {"came": {"on": {"last_day_of": "nothing"}}}, {"came": {"on": {"last_day_of": "call_back"}}}, {"called": {"on": "2010-04-01"}}, {"met": "heavy"},
    {"ask": "yes"}, {"not": {"asks": "yes"}, "colour": "red"},
])
def test_what_cannot_be_read_is_one_problem(plain):
    """A condition that says something else is reported once, and nothing is guessed."""
    made, problems = read(plain)
    assert made is BAD and len(problems) == 1


def test_a_question_that_is_broken_itself_is_not_reported_again():
    """Where a question could not be read, a condition on it adds no second problem."""
    assert read({"broken": "yes"}) == (BAD, [])


def test_the_questions_of_a_condition_are_found_in_order():
    """Every question that a condition speaks of is named once, those inside criteria and comparisons too."""
    condition = read({"all": [{"met": "fragile"}, {"went": {"after": {"question": "came"}}}, {"asks": "yes"}, {"went": {"on": {"last_day_of": "reply"}}}]})[0]
    assert questions_in(condition, {"fragile": Is("colour", ("red",))}) == ("colour", "went", "came", "asks")


def test_questions_are_found_through_criteria_that_stand_on_criteria():
    """A criterion may speak of others, also under a not; what they speak of counts, each question once and in order."""
    criteria = {"one": All((Met("two"), Is("asks", ("yes",)))), "two": Not(Met("three")), "three": Is("colour", ("red",))}
    assert questions_in(Not(Met("one")), criteria) == ("colour", "asks")


def test_a_count_of_options_has_both_its_ends():
    """At least and at most so many options: both numbers themselves count."""
    few = Chosen("holds", ("a", "b", "c"), 1, 2)
    assert [holds(few, {"holds": frozenset("abc"[:count])}) for count in range(4)] == [False, True, True, False]
    assert holds(Chosen("holds", ("a", "b", "c"), 3), {"holds": frozenset("abc")})


def test_a_last_day_is_that_of_its_deadline():
    """A comparison asks for the last day of the deadline that it names, from the answer that it starts from."""
    asked = []
    assert holds(Compare("went", "<=", LastDay("reply", "came")), ANSWERS, last_day=lambda use, start: asked.append((use, start)) or start + 2 * DAY)
    assert asked == [("reply", ANSWERS["came"])]


def test_what_is_no_condition_is_an_error():
    """Something else in place of a condition never counts as one that holds or does not."""
    with pytest.raises(TypeError, match="nonsense"):
        holds("nonsense", ANSWERS)
