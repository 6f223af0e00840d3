"""Numbers that a tool works out: exact, only from known answers, and said in words."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from decision_logic import AnswerError, RuleError, RuleSet, decide
from decision_logic.days import WEEKDAYS, Allowed
from decision_logic.figures import (
    AnswerTo,
    Constant,
    DaysFrom,
    DaysWithin,
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


KNOWN = "question, quantity, days_from, allowed_days, most_dates, sum, difference, product, quotient, mean, round_up, round_down, round"
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


WITHIN = {"start": "came_on", "end": "left_on"}
MORE = {
    "left_on": {"ask": "When did it leave?", "kind": "date"}, "gap": {"ask": "Free days?", "kind": "number", "at_least": "0"},
    "part": {"ask": "Free hours?", "kind": "number", "decimals": "yes"},
    "weekdays": {"ask": "Days of the week?", "kind": "several_of", "options": {"monday": "Monday", "friday": "Friday"}},
}


def with_days(figure=None, check=None):
    """The small rules with what the days within limits are worked out from."""
    plain = with_figure(figure or {"allowed_days": WITHIN})
    plain["tools"]["parcel"]["questions"] |= MORE
    if check is not None:
        plain["tools"]["parcel"]["checks"] = {"fits": {"question": "weight", "because": "It is too much.", "cites": ["g1.visit"], **check}}
    return plain


@pytest.mark.parametrize("weekdays", [None, frozenset(), frozenset({"monday"}), frozenset({"monday", "tuesday", "saturday"}), frozenset(WEEKDAYS)])
@pytest.mark.parametrize("gap", [0, 1, 2, 5, 6, 7, 8, 100])
def test_days_are_counted_as_if_gone_through(weekdays, gap):
    """The counts that skip whole rounds are those of going through the days one by one."""
    for begins in range(1, 8):
        for length in (-3, 0, 1, 2, 6, 7, 8, 15, 40, 100, 365):
            allowed = Allowed(date(2024, 3, begins), date(2024, 3, begins) + timedelta(length - 1), weekdays)
            days = allowed.days()
            assert allowed.count == len(days)
            picked = []
            for day in days:
                if not picked or (day - picked[-1]).days > gap:
                    picked.append(day)
            assert allowed.most(gap) == len(picked)


def test_a_very_long_time_is_counted_at_once():
    """By hand: 400 years are 20 871 weeks; nothing is gone through day by day."""
    allowed = Allowed(date(2001, 1, 1), date(2400, 12, 31), frozenset({"monday", "tuesday"}))
    assert (allowed.count, allowed.most(0), allowed.most(1), allowed.most(10**12)) == (41742, 41742, 20871, 1)


def test_days_within_limits_are_worked_out():
    """By hand: 1 to 10 March 2024 has one Monday and two Fridays; of ten days with two free ones between them four fit."""
    answers = {"came_on": date(2024, 3, 1), "left_on": date(2024, 3, 10), "weekdays": frozenset({"monday", "friday"}), "gap": 2}
    assert work_out(DaysWithin(False, "came_on", "left_on"), answers, {}) == 10
    assert work_out(DaysWithin(False, "came_on", "left_on", "weekdays"), answers, {}) == 3
    assert work_out(DaysWithin(True, "came_on", "left_on", None, "gap"), answers, {}) == 4
    assert work_out(DaysWithin(True, "came_on", "left_on", "weekdays", "gap"), answers, {}, date(2024, 3, 2)) == 3
    assert work_out(DaysWithin(True, "came_on", "left_on", "weekdays", "gap", True), answers, {}, date(2024, 3, 2)) == 2
    assert work_out(DaysWithin(False, "came_on", "left_on", from_today=True), answers, {}, date(2024, 3, 11)) == 0
    assert work_out(DaysWithin(True, "came_on", "left_on", "weekdays", "n"), answers, {}) is None
    with pytest.raises(AnswerError, match="the last day lies before the first"):
        work_out(DaysWithin(False, "left_on", "came_on"), answers, {})


def test_days_within_limits_are_said():
    """With the limits by name."""
    questions = {name: Question(name, one["ask"], one["kind"]) for name, one in MORE.items()} | {"came_on": Question("came_on", "Came on?", "date")}
    assert say(DaysWithin(False, "came_on", "left_on"), questions, {}) == "the days from “Came on” to “When did it leave”"
    assert say(DaysWithin(True, "came_on", "left_on", "weekdays", "gap", True), questions, {}) == (
        "the largest number of days from “Came on” to “When did it leave” that fall on the “Days of the week” chosen with the “Free days” kept, without days that have passed"
    )


@pytest.mark.parametrize(("value", "path", "found", "expected"), [
    ({"allowed_days": "came_on"}, ("allowed_days",), "'came_on'", "start and end, and perhaps weekdays, from_today"),
    ({"allowed_days": {**WITHIN, "gap": "gap"}}, ("allowed_days",), "a mapping", "start and end, and perhaps weekdays, from_today"),
    ({"most_dates": {"start": "came_on"}}, ("most_dates",), "a mapping", "start and end, and perhaps weekdays, gap, from_today"),
    ({"most_dates": {**WITHIN, "gap": "part"}}, ("most_dates", "gap"), "'part', a number question", "a number question of this tool without decimals"),
    ({"most_dates": {**WITHIN, "end": "gap"}}, ("most_dates", "end"), "'gap', a number question", "a date question of this tool"),
    ({"most_dates": {**WITHIN, "end": "nowhere"}}, ("most_dates", "end"), "'nowhere'", "a date question of this tool"),
    ({"most_dates": {**WITHIN, "weekdays": "colour"}}, ("most_dates", "weekdays"), "'colour', a one_of question", "a several_of question of this tool whose options are days of the week"),
])
def test_wrong_limits_are_told(value, path, found, expected):
    """With the place, and what kind of question it wants."""
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(with_days(value))
    problem = caught.value.problems[0]
    assert (problem.path, problem.found, problem.expected) == (("tools", "parcel", "figures", "stamps", "value", *path), found, expected)


def test_a_check_refuses_what_does_not_fit():
    """Once all it needs is known and its condition is certain: the question, what was found, what was expected, and why."""
    rules = RuleSet.from_plain(with_days(check={"at_most": {"allowed_days": WITHIN}, "at_least": "2", "when": {"colour": "red"}}))
    case = {"colour": "red", "weight": 4, "came_on": "2010-06-01", "left_on": "2010-06-03"}
    with pytest.raises(AnswerError, match=r"does not fit the other answers: It is too much\.") as caught:
        decide(rules, "parcel", case, on="2010-06-01", place="town")
    assert (caught.value.question, caught.value.found) == ("weight", "4")
    assert caught.value.expected.startswith("at most 3: the days from “")
    assert caught.value.questions == ("weight", "came_on", "left_on")
    assert caught.value.hint.startswith("another number, or another “")
    with pytest.raises(AnswerError) as caught:
        decide(rules, "parcel", case | {"weight": 1}, on="2010-06-01", place="town")
    assert caught.value.expected == "at least 2: 2"
    for fits in ({"weight": 3}, {"weight": 2}, {"left_on": "not_known"}, {"weight": "not_known"}, {"colour": "blue"}, {"colour": "not_known"}):
        assert decide(rules, "parcel", case | fits, on="2010-06-01", place="town")["format"]


def test_the_check_that_is_missed_by_most_is_told():
    """So that what is expected is not refused next; of two that are missed alike, the first."""
    plain = with_days(check={"at_most": "5"})
    checks = plain["tools"]["parcel"]["checks"]
    checks |= {"tighter": {**checks["fits"], "at_most": "3", "because": "It is far too much."}, "alike": {**checks["fits"], "at_most": "3", "because": "Last."}}
    with pytest.raises(AnswerError, match="far too much") as caught:
        decide(RuleSet.from_plain(plain), "parcel", {"weight": 9}, on="2010-06-01", place="town")
    assert caught.value.expected == "at most 3: 3"


@pytest.mark.parametrize(("check", "path", "found", "expected"), [
    ({}, (), "no bound", "at_least, at_most or both"),
    ({"question": "colour", "at_most": "1"}, ("question",), "'colour', a one_of question", "a number question"),
    ({"question": "colours", "at_most": "1"}, ("question",), "no question 'colours'", "one that is in the tool's questions"),
    ({"at_most": {"quantity": "vists"}}, ("at_most", "quantity"), "no quantity 'vists'", "one that is in rules/quantities.yml"),
    ({"cites": ["g1.nothing"], "at_most": "1"}, ("cites", 0), "no provision 'g1.nothing'", "one that is in rules/sources/"),
])
def test_a_wrong_check_is_told(check, path, found, expected):
    """As any other rule."""
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(with_days(check=check))
    assert ((("tools", "parcel", "checks", "fits", *path)), found, expected) in [(one.path, one.found, one.expected) for one in caught.value.problems]


def test_a_check_needs_questions_of_its_editions():
    """Its number and what its bounds are worked out from."""
    plain = with_days(check={"at_most": {"question": "gap"}})
    plain["tools"]["parcel"]["questions"]["gap"] = {**MORE["gap"], "only_in": ["late"]}
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(plain)
    assert caught.value.problems[0].found == "'gap', which edition 'early' does not ask"


def test_exactly_one_has_words_of_its_own():
    """And only exactly one: what is rounded to one keeps its sentence."""
    rules = RuleSet.from_plain(with_figure({"quotient": [{"question": "weight"}, "20"]}, says="One in {}.", says_for_one="Every one.", decimals="1"))
    said = [decide(rules, "parcel", {"weight": weight}, on="2010-06-01", place="town")["figures"][0]["says"] for weight in (20, 21, 40)]
    assert said == ["Every one.", "One in 1.1.", "One in 2."]
