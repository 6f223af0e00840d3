"""What a reader is told where an answer cannot be used: the question, what was found, what was expected, what was meant."""

import pytest

from decision_logic import AnswerError, RuleSet
from decision_logic.answers import read_answers
from tests.rule_sets import small_plain

WEIGHT = "a whole number of kilograms (at least 0 and at most 40)"
HOLDS = "a list of any of glass, paper (empty: Nothing), or not_known"


def parcel():
    """The tool parcel with numbers of every kind besides."""
    plain = small_plain()
    plain["tools"]["parcel"]["questions"] |= {
        "least": {"ask": "Q?", "kind": "number", "at_least": "2"}, "most": {"ask": "Q?", "kind": "number", "at_most": "5", "unit": "days"},
        "exact": {"ask": "Q?", "kind": "number", "decimals": "yes", "at_least": "0", "at_most": "1"}, "free": {"ask": "Q?", "kind": "number"},
    }
    return RuleSet.from_plain(plain).tools["parcel"]


PARCEL = parcel()


@pytest.mark.parametrize(("question", "given", "message", "found", "expected", "hint"), [
    ("colour", "redd", "this answer cannot be used", "'redd'", "red, green, blue or not_known", "did you mean 'red'?"),
    ("colour", "RED", "this answer cannot be used", "'RED'", "red, green, blue or not_known", "did you mean 'red'?"),
    ("weight", "9" * 5000, "this answer cannot be used", "'" + "9" * 199 + "…", WEIGHT, None),  # as much as is needed to recognise it
    ("colour", True, "this answer cannot be used", "True", "red, green, blue or not_known", None),
    ("colour", ["red"], "this answer cannot be used", "a list", "red, green, blue or not_known", None),
    ("colour", [], "this answer cannot be used", "[]", "red, green, blue or not_known", None),
    ("colour", {"red": "yes"}, "this answer cannot be used", "a mapping", "red, green, blue or not_known", None),
    ("colour", {}, "this answer cannot be used", "{}", "red, green, blue or not_known", None),
    ("colour", 5, "this answer cannot be used", "5", "red, green, blue or not_known", None),
    ("holds", "glass", "this answer cannot be used", "'glass'", HOLDS, "write [glass]"),
    ("holds", "wood", "this answer cannot be used", "'wood'", HOLDS, None), ("holds", 3, "this answer cannot be used", "3", HOLDS, None),
    ("holds", ["glass", "papre"], "the list has something that is no option", "'papre'", "any of glass, paper", "did you mean 'paper'?"),
    ("holds", [["glass"]], "the list has something that is no option", "a list", "any of glass, paper", None),
    ("weight", "heavy", "this answer cannot be used", "'heavy'", WEIGHT, None), ("weight", True, "this answer cannot be used", "True", WEIGHT, None),
    ("weight", ["5"], "this answer cannot be used", "a list", WEIGHT, None), ("weight", "1e3", "this answer cannot be used", "'1e3'", WEIGHT, None),
    ("weight", float("nan"), "this answer cannot be used", "nan", WEIGHT, None), ("weight", float("inf"), "this answer cannot be used", "inf", WEIGHT, None),
    ("weight", float("-inf"), "this answer cannot be used", "-inf", WEIGHT, None),
    ("weight", -1, "this number cannot be used", "-1", WEIGHT, None), ("weight", "41", "this number cannot be used", "'41'", WEIGHT, None),
    ("weight", 2.5, "this number cannot be used", "2.5", WEIGHT, None),
    ("least", 1, "this number cannot be used", "1", "a whole number (at least 2)", None), ("most", 6, "this number cannot be used", "6", "a whole number of days (at most 5)", None),
    ("exact", 1.5, "this number cannot be used", "1.5", "a number (at least 0 and at most 1)", None), ("exact", "x", "this answer cannot be used", "'x'", "a number (at least 0 and at most 1)", None),
    ("free", "x", "this answer cannot be used", "'x'", "a whole number", None),
    ("came_on", "2010-02-30", "There is no such day.", "2010-02-30", "a date written as year-month-day, such as 2011-04-21", "Check the month and how many days it has."),
    ("came_at", "2010-02-20", "This date needs a time of day: the deadline counts hours.", "2010-02-20", "a date and time, such as 2011-04-21T14:30", None),
])
def test_the_message_is_whole(question, given, message, found, expected, hint):
    """Nothing is guessed, and nothing is left out of what is said."""
    with pytest.raises(AnswerError) as caught:
        read_answers(PARCEL, "early", {question: given})
    error = caught.value
    assert (error.question, error.message, error.found, error.expected, error.hint) == (question, message, found, expected, hint)


@pytest.mark.parametrize(("question", "given", "value"), [
    ("weight", 0, 0), ("weight", 40, 40), ("weight", "40", 40), ("weight", " 7 ", 7), ("weight", 7.0, 7), ("weight", "7.0", 7), ("least", 2, 2), ("most", 5, 5), ("most", -3, -3),
    ("exact", 0, 0), ("exact", 1, 1), ("exact", "0.25", 0.25), ("free", "-12", -12), ("free", 10**9, 10**9),
])
def test_a_number_within_its_bounds_is_taken(question, given, value):
    """The bounds are within; a whole number is one, however it is written."""
    read = read_answers(PARCEL, "early", {question: given})[question]
    assert read == value
    assert isinstance(read, int) is isinstance(value, int)


def refused(given, tool=PARCEL, edition="early"):
    with pytest.raises(AnswerError) as caught:
        read_answers(tool, edition, given)
    return caught.value


def test_a_question_of_another_edition_is_told_whole():
    """Who answers a question that the edition does not ask is told which it asks."""
    plain = small_plain()
    plain["tools"]["parcel"]["questions"]["colour"]["only_in"] = ["early"]
    for one in ("outcomes", "duties", "deadlines"):
        plain["tools"]["parcel"][one] = {}
    plain["tools"]["parcel"]["outcomes"] = {"any": {"title": "Any.", "when": "in_any_other_case", "because": "B", "cites": ["g2.rest"]}}
    error = refused({"colour": ["red"]}, RuleSet.from_plain(plain).tools["parcel"], "late")
    assert (error.message, error.question, error.found, error.expected) == (
        "the edition 'late' does not ask this question", "colour", "a list", "one of holds, weight, came_on, came_at")


def test_an_unknown_question_is_told_whole():
    """The name is given as it was written, with every question that there is."""
    error = refused({"wieght": "1"})
    assert (error.where, error.found, error.hint) == ("wieght", "'wieght'", "did you mean 'weight'?")
    assert error.expected == "one of colour, holds, weight, came_on, came_at, least, most, exact, free"


def test_answers_that_are_no_mapping_are_told_whole():
    """What was given in place of answers is named, and what answers are."""
    error = refused(["colour"])
    assert (error.found, error.expected) == ("a list", "a mapping from questions to answers")


def test_words_for_yes_and_no_of_other_programs_are_taken():
    """What JSON or a program that writes YAML makes of yes and no means the same, as a truth value and as text."""
    visit = RuleSet.from_plain(small_plain()).tools["visit"]
    assert read_answers(visit, "first", {"asks": "true", "ordered": "false"}) == {"asks": "yes", "ordered": "no"}
    error = refused({"asks": "maybe"}, visit, "first")
    assert (error.found, error.expected) == ("'maybe'", "yes, no or not_known")
