"""Numbers that a tool works out: exact, only from known answers, and said in words."""

from datetime import date
from fractions import Fraction

import pytest

from decision_logic import AnswerError, RuleError, RuleSet, decide
from decision_logic.figures import (
    AnswerTo,
    Constant,
    DaysFrom,
    Operation,
    QuantityOf,
    questions_of,
    say,
    shown,
    work_out,
)
from decision_logic.model import Quantity, Question
from tests.rule_sets import small_plain

TWO, HALF, N, M = Constant(2), Constant(0.5), AnswerTo("n"), AnswerTo("m")
QUANTITIES = {"each": Quantity("each", "25", "clients to a worker", "S", ())}
QUESTIONS = {
    "n": Question("n", "How many came in the first year?", "number"), "m": Question("m", "And then?", "number", short="Second year"),
    "from_day": Question("from_day", "First day of X?", "date"), "to_day": Question("to_day", "Last day of X?", "date"),
    "x": Question("x", "Pages in file X?", "number"),
}


def op(name, *parts):
    return Operation(name, parts)


@pytest.mark.parametrize(("expression", "expected"), [
    (TWO, 2), (HALF, Fraction(1, 2)), (N, 7), (QuantityOf("each"), 25),
    (op("sum", N, TWO, HALF), Fraction(19, 2)), (op("difference", TWO, N), -5), (op("product", N, TWO, HALF), 7),
    (op("quotient", N, QuantityOf("each")), Fraction(7, 25)), (op("mean", N, TWO), Fraction(9, 2)), (op("mean", N, TWO, TWO), Fraction(11, 3)),
    (op("round_up", op("quotient", N, TWO)), 4), (op("round_down", op("quotient", N, TWO)), 3), (op("round", op("quotient", N, TWO)), 4),
    (op("round_up", op("difference", TWO, op("quotient", N, TWO))), -1), (op("round_down", op("difference", TWO, op("quotient", N, TWO))), -2),
    (op("round", Constant(2.4)), 2), (op("round", Constant(-2.5)), -2), (op("round_up", TWO), 2), (op("round_down", TWO), 2),
])
def test_it_is_worked_out_exactly(expression, expected):
    """With fractions: a third is a third, and rounding happens only where it is asked for, half up."""
    assert work_out(expression, {"n": 7}, QUANTITIES) == expected


def test_decimals_are_what_they_look_like():
    """0.1 is a tenth, not the nearest binary number: ten of them are one."""
    assert work_out(op("product", Constant(0.1), N), {"n": 10}, {}) == 1
    assert work_out(op("sum", N, M), {"n": 0.1, "m": 0.2}, {}) == Fraction(3, 10)


@pytest.mark.parametrize("expression", [N, op("sum", TWO, N), op("round", op("quotient", TWO, N)), op("product", N, Constant(0))])
def test_nothing_comes_of_an_unknown_answer(expression):
    """Not even nought times something."""
    assert work_out(expression, {}, {}) is None


def test_nothing_is_divided_by_nought():
    """There is no such number, whatever is built on it."""
    assert work_out(op("quotient", TWO, N), {"n": 0}, {}) is None
    assert work_out(op("round_up", op("quotient", TWO, N)), {"n": 0}, {}) is None


def test_days_count_both_ends():
    """From a day to the same day is one day; leap days count."""
    span = DaysFrom("from_day", "to_day")
    assert work_out(span, {"from_day": date(2024, 2, 28), "to_day": date(2024, 2, 28)}, {}) == 1
    assert work_out(span, {"from_day": date(2024, 2, 28), "to_day": date(2024, 3, 1)}, {}) == 3
    assert work_out(span, {"from_day": date(2024, 2, 28)}, {}) is None
    assert work_out(span, {"to_day": date(2024, 2, 28)}, {}) is None


def test_days_that_stand_the_wrong_way_round_are_an_error():
    """It names the question of the last day and what was expected."""
    with pytest.raises(AnswerError, match=r"^to_day: the last day lies before the first\n") as caught:
        work_out(DaysFrom("from_day", "to_day"), {"from_day": date(2024, 3, 2), "to_day": date(2024, 3, 1)}, {})
    assert caught.value.question == "to_day"
    assert caught.value.found == "2024-03-01"
    assert caught.value.expected == "2024-03-02 or later"


def test_the_questions_it_needs():
    """Each once, in the order in which the expression names them."""
    expression = op("sum", M, op("product", N, M), DaysFrom("from_day", "to_day"), TWO, QuantityOf("each"))
    assert questions_of(expression) == ("m", "n", "from_day", "to_day")
    assert questions_of(TWO) == ()


@pytest.mark.parametrize(("expression", "words"), [
    (TWO, "2"), (QuantityOf("each"), "25 (clients to a worker)"), (N, "“How many came in the first year”"), (M, "“Second year”"), (AnswerTo("x"), "“Pages in file X”"),
    (DaysFrom("from_day", "to_day"), "the days from “First day of X” to “Last day of X”, both included"),
    (op("sum", TWO, HALF, M), "the sum of 2, 0.5 and “Second year”"), (op("mean", TWO, M), "the average of 2 and “Second year”"),
    (op("difference", TWO, M), "2 less “Second year”"), (op("quotient", TWO, M), "2 divided by “Second year”"),
    (op("product", TWO, M, HALF), "2 times “Second year” times 0.5"), (op("round_up", op("quotient", TWO, M)), "2 divided by “Second year”, rounded up"),
    (op("round_down", M), "“Second year”, rounded down"), (op("round", M), "“Second year”, rounded"),
])
def test_it_is_said_in_words(expression, words):
    """As the reader sees how the number was found."""
    assert say(expression, QUESTIONS, QUANTITIES) == words


@pytest.mark.parametrize(("value", "decimals", "text"), [
    (None, 2, None), (7, 2, "7"), (Fraction(7, 2), 2, "3.5"), (Fraction(7, 2), 0, "4"), (Fraction(1, 3), 2, "0.33"), (Fraction(2, 3), 2, "0.67"),
    (Fraction(1, 200), 2, "0.01"), (Fraction(1, 1000), 2, "0"), (Fraction(101, 100), 1, "1"), (Fraction(-7, 2), 2, "-3.5"), (-3, 0, "-3"),
    (Fraction(1005, 100), 1, "10.1"), (10, 1, "10"), (Fraction(1, 16), 3, "0.063"), (0, 2, "0"), (Fraction(21, 2), 3, "10.5"),
])
def test_it_is_shown_without_idle_noughts(value, decimals, text):
    """At most so many decimals, half rounded up."""
    assert shown(value, decimals) == text


def with_figure(value, **more):
    """The small rules with one figure in the tool parcel; it may also ask for a second number and two dates."""
    plain = small_plain()
    parcel = plain["tools"]["parcel"]
    parcel["figures"] = {"stamps": {"title": "Stamps", "unit": "stamps", "because": "B", "cites": ["g1.visit"], "value": value, **more}}
    return plain


KNOWN = "question, quantity, days_from, sum, difference, product, quotient, mean, round_up, round_down, round"
NUMBERS, DAYS = "a number question of this tool: weight", "{start: a date question, end: another}"


@pytest.mark.parametrize(("value", "path", "found", "expected", "hint"), [
    ({"question": "colour"}, ("question",), "'colour', a one_of question", NUMBERS, None),
    ({"question": "wieght"}, ("question",), "'wieght'", NUMBERS, "did you mean 'weight'?"),
    ({"question": ["weight"]}, ("question",), "a list", NUMBERS, None),
    ({"sum": ["1", {"question": "no_such"}]}, ("sum", 1, "question"), "'no_such'", NUMBERS, None),
    ({"round": {"question": "no_such"}}, ("round", "question"), "'no_such'", NUMBERS, None),
    ({"sum": ["1"]}, ("sum",), "1 part", "2 parts or more", None), ({"sum": "1"}, ("sum",), "1 part", "2 parts or more", None),
    ({"quotient": ["1", "2", "3"]}, ("quotient",), "3 parts", "2 parts", None), ({"difference": ["1"]}, ("difference",), "1 part", "2 parts", None),
    ({"round": ["1", "2"]}, ("round",), "2 parts", "1 part", None), ({"round_up": []}, ("round_up",), "0 parts", "1 part", None),
    ({"quotent": ["1", "2"]}, ("quotent",), "unknown word 'quotent'", "one of " + KNOWN, "did you mean 'quotient'?"),
    ({"sum": ["1", "2"], "mean": ["1", "2"]}, (), "a mapping", "a number, or one of " + KNOWN, None), ([], (), "an empty list", "a number, or one of " + KNOWN, None),
    ({}, (), "an empty mapping", "a number, or one of " + KNOWN, None), ("a few", (), "'a few'", "a number", None),
    ({"days_from": {"start": "came_on"}}, ("days_from",), "a mapping", DAYS, None), ({"days_from": "came_on"}, ("days_from",), "'came_on'", DAYS, None),
    ({"days_from": {"start": "came_on", "end": "weight"}}, ("days_from",), "a mapping", DAYS, None),
    ({"days_from": {"start": ["came_on"], "end": "came_on"}}, ("days_from",), "a mapping", DAYS, None),
    ({"days_from": {"start": "no_such", "end": "came_on"}}, ("days_from",), "a mapping", DAYS, None),
    ({"days_from": {"start": "came_on", "end": "came_on", "and": "x"}}, ("days_from",), "a mapping", DAYS, None),
    ({"quantity": ["visits"]}, ("quantity",), "a list", "the identifier of a quantity", None),
    ({"product": ["2", {"quantity": "vists"}]}, ("product", 1, "quantity"), "no quantity 'vists'", "one that is in rules/quantities.yml", "did you mean 'visits'?"),
])
def test_a_wrong_expression_is_told_with_its_place(value, path, found, expected, hint):
    """Nothing that cannot be worked out gets past the loader: where, what was found, what was expected, what was meant."""
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(with_figure(value))
    problem = caught.value.problems[0]
    assert problem.path == ("tools", "parcel", "figures", "stamps", "value", *path)
    assert (problem.found, problem.expected, problem.hint) == (found, expected, hint)
    assert problem.on_key is found.startswith("unknown word")


def test_without_a_number_question_there_is_none_to_name():
    """The expectation says so."""
    plain = small_plain()
    plain["tools"]["visit"]["figures"] = {"n": {"title": "N", "unit": "u", "because": "B", "cites": ["g1.visit"], "value": {"question": "asks"}}}
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(plain)
    assert caught.value.problems[0].expected == "a number question of this tool (there are none)"


def test_every_number_question_is_named():
    """Where there are several, all of them."""
    plain = with_figure({"question": "colour"})
    plain["tools"]["parcel"]["questions"]["height"] = {"ask": "How high is it?", "kind": "number"}
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(plain)
    assert caught.value.problems[0].expected == "a number question of this tool: weight, height"


def test_a_mistake_in_a_question_is_not_told_twice():
    """The expression that needs the broken question waits until it is mended."""
    plain = with_figure({"question": "weight"})
    plain["tools"]["parcel"]["questions"]["weight"]["kind"] = "nomber"
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(plain)
    assert all(problem.path[2] == "questions" for problem in caught.value.problems)


@pytest.mark.parametrize(("value", "expected"), [
    ("1.5", Constant(1.5)), ({"days_from": {"start": "came_on", "end": "came_on"}}, DaysFrom("came_on", "came_on")), ({"round": "2.5"}, op("round", Constant(2.5))),
    ({"sum": ["1", {"quantity": "visits"}, {"question": "weight"}]}, op("sum", Constant(1), QuantityOf("visits"), AnswerTo("weight"))),
])
def test_a_sound_expression_is_read(value, expected):
    """Numbers with decimals, days, quantities, and a single part without a list."""
    assert RuleSet.from_plain(with_figure(value)).tools["parcel"].figures["stamps"].value == expected


def test_an_answer_shows_it_with_what_it_still_needs():
    """Number as text, sentence and working where known; else the questions that are missing."""
    rules = RuleSet.from_plain(with_figure({"round_up": {"quotient": [{"question": "weight"}, {"quantity": "visits"}]}}, says="It takes {} stamps.", when={"colour": "red"}))
    known = decide(rules, "parcel", {"weight": 9, "colour": "red"}, on="2010-06-01", place="town")["figures"]
    assert known == [{
        "id": "stamps", "title": "Stamps", "value": "3", "unit": "stamps", "says": "It takes 3 stamps.", "worked_out": "“How heavy is it” divided by 4 (visits), rounded up",
        "needs": [], "because": "B", "certain": True, "depends_on": [], "cites": ["g1.visit"], "readings": [],
    }]
    unknown = decide(rules, "parcel", {}, on="2010-06-01", place="town")["figures"][0]
    assert (unknown["value"], unknown["says"], unknown["needs"], unknown["certain"], unknown["depends_on"]) == (None, None, ["weight"], False, ["colour"])
    assert decide(rules, "parcel", {"colour": "blue"}, on="2010-06-01", place="town")["figures"] == []
