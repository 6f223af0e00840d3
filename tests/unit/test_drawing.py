"""Drawing test days: within the limits, each choice as likely as any other, and refused in words where it cannot be done."""

import json
import os
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from build_scripts.cli import main
from build_scripts.load import load_rules
from decision_logic import AnswerError, browser, decide, draw_dates
from decision_logic.drawing import Sets, below

LOADED = load_rules()
RULES = LOADED.rules
EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
LIMITS = {
    "considered_for_service": "yes", "stage": "stage_1", "baseline_done": "yes", "baseline_on": "2024-02-26", "baseline_clear": "yes",
    "rotl_starts": "2024-03-01", "rotl_ends": "2024-05-31", "number_of_tests": 6, "least_gap": 2, "weekdays": ["monday", "wednesday", "saturday"],
}


class Counter256:
    """A source of bytes that gives every value once, then stops: what it feeds has then met every case equally often."""

    def __init__(self):
        self.left = iter(range(256))

    def __call__(self, count):
        assert count <= 1, "the case is too large to try every value"
        return bytes([next(self.left)]) if count else b""


def draw(**changed):
    answers = {name: value for name, value in (LIMITS | changed).items() if value is not None}
    return draw_dates(RULES, answers, on="2024-02-28")


@pytest.mark.parametrize("count", [1, 2, 3, 5, 100, 128, 200, 256])
def test_every_number_below_a_bound_is_as_likely_as_any_other(count):
    """With every byte tried once, each number comes out equally often: nothing is folded back into the range."""
    source, drawn = Counter256(), Counter()
    if count == 1:
        assert below(count, source) == 0
        return
    while True:
        try:
            drawn[below(count, source)] += 1
        except (StopIteration, RuntimeError):
            break
    assert set(drawn) == set(range(count))
    assert len(set(drawn.values())) == 1


def test_a_large_bound_takes_as_many_bytes_as_it_needs():
    """The number is made of just enough bits, the first bytes being the highest."""
    assert below(2**16, lambda count: bytes([1, 2][:count])) == 258
    assert below(2**12, lambda count: bytes([0xAB, 0xCF])) == 0xABC
    large = 3**200
    assert 0 <= below(large, os.urandom) < large


@pytest.mark.parametrize("tests", [1, 2, 3, 4])
@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_the_sets_are_exactly_those_that_keep_the_limits(tests, step):
    """Counted and numbered without omission or repetition, also where the days have holes."""
    days = [date(2024, 3, 1) + timedelta(number) for number in (0, 1, 2, 4, 5, 8, 9, 10)]
    expected = [list(some) for some in combinations(days, tests) if all((b - a).days >= step for a, b in pairwise(some))]
    sets = Sets(days, tests, step)
    assert sets.count == len(expected)
    assert sorted(sets.pick(number) for number in range(sets.count)) == sorted(expected)


def test_a_draw_is_uniform_over_all_sets():
    """From answers to dates: fed with every byte once, each admissible set is drawn equally often."""
    answers = LIMITS | {"rotl_ends": "2024-03-07", "number_of_tests": 3, "least_gap": 1, "weekdays": EVERY_DAY}
    source, drawn = Counter256(), Counter()
    while True:
        try:
            drawn[tuple(draw_dates(RULES, answers, on="2024-02-28", random_bytes=source)["dates"])] += 1
        except (StopIteration, RuntimeError):
            break
    assert len(drawn) == 10  # three of seven days, none beside another
    assert set(drawn.values()) == {256 // 16}


def test_the_limits_are_kept():
    """Distinct days in order, on the days of the week allowed, with the free days between them."""
    for _ in range(50):
        days = [date.fromisoformat(day) for day in draw()["dates"]]
        assert len(days) == 6
        assert all((b - a).days > 2 for a, b in pairwise(days))
        assert all(day.weekday() in (0, 2, 5) for day in days)
        assert date(2024, 3, 1) <= days[0]
        assert days[-1] <= date(2024, 5, 31)


def test_two_draws_have_nothing_to_do_with_each_other():
    """The system's source is asked anew, and the answers are left as they were."""
    before = json.dumps(LIMITS)
    assert draw()["dates"] != draw()["dates"] or draw()["dates"] != draw()["dates"]
    assert json.dumps(LIMITS) == before


def test_the_answer_says_what_can_be_foreseen():
    """Chances in sentences, each limit that gives something away among them, with source and reading."""
    answer = draw()
    assert answer["format"] == "handbook.draw/1"
    assert list(answer) == ["format", "tool", "from", "to", "dates", "chances", "notes", "cites", "readings", "rules_hash"]
    assert (answer["tool"], answer["from"], answer["to"]) == ("rotl_testing", "2024-03-01", "2024-05-31")
    said = " ".join(answer["chances"])
    assert "6 of 39 allowed days are test days: on average one in 6.5." in said
    assert "After a test the next 2 days are free of tests" in said
    assert "No test falls on a Tuesday, Thursday, Friday or Sunday" in said
    assert any("Nothing is stored" in note for note in answer["notes"])
    assert "rotl_random_draw" in {one["id"] for one in answer["readings"]}
    assert "guernsey.s12.random_tests" in {one["id"] for one in answer["cites"]}


def test_a_single_choice_is_called_foreseeable():
    """Where the limits leave only one set there is nothing to draw, and the answer says so."""
    answer = draw(rotl_ends="2024-03-03", number_of_tests=3, least_gap=0, weekdays=EVERY_DAY)
    assert answer["dates"] == ["2024-03-01", "2024-03-02", "2024-03-03"]
    assert "Only one choice of days keeps these limits, so it can be foreseen." in answer["chances"]


def test_days_that_have_passed_are_left_out():
    """A draw during temporary release begins with its own day and says so."""
    answer = draw_dates(RULES, LIMITS, on="2024-05-01")
    assert answer["from"] == "2024-05-01"
    assert min(answer["dates"]) >= "2024-05-01"
    assert any("Days before Wednesday 1 May 2024 have passed" in note for note in answer["notes"])


def test_without_a_date_today_counts():
    """As with every other answer."""
    assert draw_dates(RULES, LIMITS, today=date(2024, 5, 2))["from"] == "2024-05-02"


@pytest.mark.parametrize("missing", ["considered_for_service", "baseline_done", "baseline_clear", "rotl_starts", "rotl_ends", "number_of_tests", "least_gap", "weekdays"])
def test_a_missing_limit_is_named(missing):
    """Nothing is drawn from limits that are not all known: none is guessed."""
    with pytest.raises(AnswerError) as caught:
        draw(**{missing: None})
    assert caught.value.question == missing or missing in ("considered_for_service", "baseline_done", "baseline_clear", "weekdays")
    assert caught.value.question in RULES.tools["rotl_testing"].questions


@pytest.mark.parametrize(("changed", "words"), [
    ({"baseline_done": "no", "baseline_on": None}, "baseline test has to come first"),
    ({"baseline_on": "2024-03-02"}, "baseline test has to come first"),
    ({"baseline_clear": "no"}, "does not say what follows"),
    ({"considered_for_service": "no"}, "not for this prisoner"),
    ({"weekdays": []}, "no day of the week is allowed"),
])
def test_the_tool_comes_first(changed, words):
    """Where the tool comes out otherwise than ready, its answer is the reason, and the answers that led to it are named."""
    with pytest.raises(AnswerError, match=words) as caught:
        draw(**changed)
    assert set(caught.value.questions) & set(changed)


@pytest.mark.parametrize(("changed", "fit"), [
    # by hand: the 13 Saturdays and the 13 Wednesdays after them; a Monday comes too soon after a Saturday
    ({"number_of_tests": 60}, 26), ({"number_of_tests": 27}, 26), ({"number_of_tests": 10**12}, 26),
    ({"number_of_tests": 4, "rotl_ends": "2024-03-07", "weekdays": EVERY_DAY}, 3),
    ({"number_of_tests": 1, "rotl_ends": "2024-03-01", "weekdays": ["monday"]}, 0),
])
def test_limits_that_cannot_be_kept_are_refused(changed, fit):
    """More tests than days: the error says how many would fit, and no day is drawn."""
    with pytest.raises(AnswerError, match="cannot be kept") as caught:
        draw(**changed)
    assert caught.value.expected.startswith(f"at most {fit}: ")
    assert caught.value.question == "number_of_tests"
    if fit:
        assert len(draw(**{**changed, "number_of_tests": fit})["dates"]) == fit


def test_a_time_that_is_over_is_refused():
    """After the last day there is nothing to draw, and the tool says so already."""
    for asked in (draw_dates, lambda rules, answers, on: decide(rules, "rotl_testing", answers, on=on)):
        with pytest.raises(AnswerError, match="more tests than days") as caught:
            asked(RULES, LIMITS, on="2024-06-01")
        assert caught.value.expected.startswith("at most 0: ")
        assert "rotl_ends" in caught.value.questions


@pytest.mark.parametrize("tests", [1, 2, 3, 5, 8, 13])
@pytest.mark.parametrize("gap", [0, 1, 2, 6, 7, 50])
@pytest.mark.parametrize("weekdays", [["monday"], ["monday", "tuesday", "saturday"], EVERY_DAY])
@pytest.mark.parametrize("on", ["2024-02-28", "2024-03-06"])
def test_the_tool_and_the_draw_agree(tests, gap, weekdays, on):
    """What the tool says can be drawn from is drawn from, and what the draw refuses the tool refuses with the same error."""
    answers = LIMITS | {"rotl_ends": "2024-03-16", "number_of_tests": tests, "least_gap": gap, "weekdays": weekdays}
    said = []
    for asked in (draw_dates, lambda rules, answers, on: decide(rules, "rotl_testing", answers, on=on)):
        try:
            said.append(asked(RULES, answers, on=on) and None)
        except AnswerError as error:
            said.append(str(error))
    assert said[0] == said[1]
    first = max(date(2024, 3, 1), date.fromisoformat(on))
    days = [day for day in (first + timedelta(one) for one in range(16)) if day <= date(2024, 3, 16) and EVERY_DAY[day.weekday()] in weekdays]
    assert (said[0] is None) == bool(Sets(days, tests, gap + 1).count)


@pytest.mark.parametrize(("changed", "said"), [
    ({}, "On average one in 6.5 allowed days is a test day. On the other days there is none."),
    ({"rotl_ends": "2024-03-04", "number_of_tests": 2, "least_gap": 0}, "Every allowed day is a test day, so the prisoner can foresee each test."),
    ({"rotl_ends": "2024-03-09", "number_of_tests": 1}, "On average one in 4 allowed days is a test day. On the other days there is none."),
])
def test_the_chances_are_said_over_the_allowed_days(changed, said):
    """By hand: 39 allowed days for six tests; Saturday 2 and Monday 4 for two; those with Wednesday 6 and Saturday 9 for one."""
    figures = {one["id"]: one for one in decide(RULES, "rotl_testing", LIMITS | changed, on="2024-02-28")["figures"]}
    assert figures["one_day_in"]["says"] == said


def test_a_time_that_is_too_long_is_refused():
    """The table of counts would grow without end; the error says what to do."""
    with pytest.raises(AnswerError, match="too long") as caught:
        draw(rotl_ends="2999-12-31")
    assert caught.value.expected == "at most 1000 days"


def test_a_wrong_answer_is_refused_as_by_the_tool():
    """The release cannot end before it begins."""
    with pytest.raises(AnswerError, match="cannot occur together"):
        draw(rotl_ends="2024-02-01")


def test_the_browser_draws():
    """The worker's operation gives the same shape, and an error names its question."""
    browser.start(json.dumps(LOADED.plain))
    reply = json.loads(browser.handle(json.dumps({"do": "draw", "answers": LIMITS, "on": "2024-02-28", "today": "2024-02-28"})))
    assert reply["ok"]
    assert len(reply["answer"]["dates"]) == 6
    assert json.loads(reply["text"]) == reply["answer"]
    reply = json.loads(browser.handle(json.dumps({"do": "draw", "answers": LIMITS | {"least_gap": "not_known"}, "today": "2024-02-28"})))
    assert reply["error"]["question"] == "least_gap"


def test_the_command_draws(tmp_path, capsys):
    """handbook draw prints the days, or one readable error and the exit status 1."""
    file = tmp_path / "limits.json"
    file.write_text(json.dumps(LIMITS), encoding="utf-8")
    assert main(["draw", "rotl_testing", "--answers", str(file), "--on", "2024-02-28"]) == 0
    assert len(json.loads(capsys.readouterr().out)["dates"]) == 6
    file.write_text(json.dumps(LIMITS | {"number_of_tests": 99}), encoding="utf-8")
    assert main(["draw", "rotl_testing", "--answers", str(file), "--on", "2024-02-28"]) == 1
    assert "number_of_tests: this number does not fit the other answers: These limits cannot be kept" in capsys.readouterr().err
