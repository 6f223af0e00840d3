"""Answers are typed, or refused with the question's name and what was expected."""

from datetime import date, datetime

import pytest

from decision_logic import AnswerError
from decision_logic.answers import exact_float, plain_answer, read_answers
from tests.rule_sets import small_rules

PARCEL = small_rules().tools["parcel"]


def typed(**given):
    return read_answers(PARCEL, "early", given)


@pytest.mark.parametrize(("question", "given", "value"), [
    ("colour", "red", "red"),
    ("holds", ["paper", "glass"], frozenset({"glass", "paper"})),
    ("holds", [], frozenset()),
    ("weight", "7", 7),
    ("weight", 7, 7),
    ("weight", 7.0, 7),
    ("came_on", "2010-04-01", date(2010, 4, 1)),
])
def test_text_and_json_mean_the_same(question, given, value):
    """Numbers and words pass as text and as JSON's own types."""
    assert typed(**{question: given}) == {question: value}


def test_truth_values_pass_for_yes_and_no():
    """JSON's true and false are yes and no."""
    visit = small_rules().tools["visit"]
    assert read_answers(visit, "first", {"asks": True, "ordered": False}) == {"asks": "yes", "ordered": "no"}


def test_not_known_and_nothing_are_left_out():
    """An answer that is not known, or null, is no answer; the order is the tool's."""
    assert list(typed(weight="1", colour="red", holds="not_known", came_on=None)) == ["colour", "weight"]


@pytest.mark.parametrize(("question", "given", "message", "expected", "hint"), [
    ("colour", "gren", "this answer cannot be used", "red, green, blue or not_known", "did you mean 'green'?"),
    ("colour", ["red"], "this answer cannot be used", "red, green, blue or not_known", None),
    ("holds", "glass", "this answer cannot be used", "a list of any of glass, paper (empty: Nothing), or not_known", "write [glass]"),
    ("holds", ["glas"], "the list has something that is no option", "any of glass, paper", "did you mean 'glass'?"),
    ("weight", "heavy", "this answer cannot be used", "a whole number of kilograms (at least 0 and at most 40)", None),
    ("weight", "41", "this number cannot be used", "a whole number of kilograms (at least 0 and at most 40)", None),
    ("weight", "1.5", "this number cannot be used", "a whole number of kilograms (at least 0 and at most 40)", None),
    ("weight", True, "this answer cannot be used", "a whole number of kilograms (at least 0 and at most 40)", None),
    ("weight", float("nan"), "this answer cannot be used", "a whole number of kilograms (at least 0 and at most 40)", None),
    ("came_on", "2010-02-30", "There is no such day.", "a date written as year-month-day, such as 2011-04-21", "Check the month and how many days it has."),
    ("came_at", "2010-04-01", "This date needs a time of day: the deadline counts hours.", "a date and time, such as 2011-04-21T14:30", None),
])
def test_an_answer_that_cannot_be_used_names_its_question(question, given, message, expected, hint):
    """The error says which question, what was expected and, where it can, what was meant."""
    with pytest.raises(AnswerError) as caught:
        typed(**{question: given})
    error = caught.value
    assert (error.question, error.message, error.expected, error.hint) == (question, message, expected, hint)


def test_an_unknown_question_is_refused():
    """A misspelt question is an error that says what was probably meant."""
    with pytest.raises(AnswerError, match="the tool 'parcel' has no such question") as caught:
        typed(wieght="1")
    assert caught.value.hint == "did you mean 'weight'?"


@pytest.mark.parametrize("given", [[], "x", None])
def test_answers_are_a_mapping(given):
    """Anything but a mapping is refused in words."""
    with pytest.raises(AnswerError, match="the answers cannot be read"):
        read_answers(PARCEL, "early", given)


def test_typed_answers_become_plain_again():
    """Options come in the question's order, dates and times in ISO form."""
    questions = PARCEL.questions
    assert plain_answer(questions["holds"], frozenset({"paper", "glass"})) == ["glass", "paper"]
    assert plain_answer(questions["came_on"], date(2010, 4, 1)) == "2010-04-01"
    moment = typed(came_at="2010-04-01T09:30")["came_at"]
    assert datetime.fromisoformat(plain_answer(questions["came_at"], moment)) == moment.at


@pytest.mark.parametrize(("text", "number"), [
    ("17.5", 17.5), ("0.1", 0.1), ("-0.0", 0.0), ("0e999999999", 0.0), ("1E2", 100.0), ("123456789.012345", 123456789.012345)])  # fmt: skip
def test_a_number_that_is_kept_exactly_passes(text, number):
    """Whatever a computer's number says again as it was written."""
    assert exact_float(text) == number


@pytest.mark.parametrize("text", ["17.9999999999999999999", "1e400", "1e-400", "0." + "1" * 5000])
def test_a_number_that_would_be_rounded_is_refused(text):
    """Nothing is rounded behind anybody's back."""
    with pytest.raises(AnswerError, match="without rounding"):
        exact_float(text)
