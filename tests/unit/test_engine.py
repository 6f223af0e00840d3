"""One case through a small tool: edition, answer, reasons. (What it says of unknown answers is held by tests/property/.)"""

import json
from datetime import date

import pytest

from decision_logic import (
    AnswerError,
    DateError,
    EditionError,
    RequestError,
    RuleError,
    RuleSet,
    deadline,
    decide,
    to_json,
    workdays,
)
from decision_logic.engine import _nearest
from decision_logic.model import Question
from tests.rule_sets import small_plain, small_rules

RULES = small_rules()
KEYS = [
    "format", "tool", "tool_title", "on", "in", "edition", "areas", "answers", "status", "outcome", "title", "kind", "because", "criteria", "actions", "deadlines", "figures",
    "trace", "why_not", "next_question", "still_possible", "questions", "cites", "readings", "notices", "rules_hash",
]


def visit(on="2010-03-01", place="town", **answers):
    return decide(RULES, "visit", answers, on=on, place=place)


def parcel(on="2010-03-01", **answers):
    return decide(RULES, "parcel", answers, on=on)


def test_the_keys_of_an_answer_stand_in_their_order():
    """Every answer has the same keys in the same order, whatever its status."""
    assert list(visit()) == list(visit(asks="yes")) == list(visit(place="island")) == KEYS


def test_a_decided_case():
    """All that an answer says of a case that is decided."""
    answer = visit(ordered="yes", asks="yes", asked_on="2010-04-01")
    assert (answer["status"], answer["outcome"], answer["title"], answer["next_question"]) == ("decided", "by_order", "There is a visit by order.", None)
    assert answer["still_possible"] == [{"outcome": "by_order", "title": "There is a visit by order."}]
    assert [(one["id"], one["who_title"], one["force"], one["certain"]) for one in answer["actions"]] == [("go", "Visitor", "should", True), ("tell", "Clerk", "must", True)]
    assert answer["actions"][0]["form"] == [{"id": "record", "title": "The record"}]
    assert [one["id"] for one in answer["criteria"]] == ["wanted"]
    assert answer["answers"] == {"asks": "yes", "ordered": "yes", "asked_on": "2010-04-01"}
    assert answer["rules_hash"] == RULES.rules_hash


def test_an_undecided_case_asks_on():
    """Where several outcomes remain, the tool names them, the next question and what may also be due."""
    answer = visit(asks="yes")
    assert (answer["status"], answer["outcome"], answer["next_question"]) == ("undecided", None, "ordered")
    assert [one["outcome"] for one in answer["still_possible"]] == ["by_order", "by_wish"]
    assert [(one["id"], one["certain"], one["depends_on"]) for one in answer["actions"]] == [("go", True, []), ("tell", False, ["ordered"])]


def test_a_deadline_shows_its_days():
    """A deadline that runs has its last day, and every day counted or skipped; without its start it waits."""
    [entry] = visit(asks="yes", asked_on="2010-04-01")["deadlines"]
    assert (entry["last_day"], entry["last_moment"]) == ("2010-04-07", "2010-04-07T23:59:59+01:00")
    assert [one["date"] for one in entry["counted"]] == ["2010-04-06", "2010-04-07"]
    assert [one["why"] for one in entry["skipped"]] == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]
    [waiting] = visit(asks="yes")["deadlines"]
    assert (waiting["from_question"], waiting["from"], waiting["last_day"], waiting["certain"]) == ("asked_on", None, None, True)


def test_the_trace_says_what_settled_each_rule():
    """Every rule is listed with whether it applies and the answers that settled it."""
    trace = {(one["kind"], one["rule"]): (one["applies"], one["settled_by"]) for one in visit(ordered="yes", seen_on="2010-03-02")["trace"]}
    assert trace == {
        ("criterion", "wanted"): ("depends", []),
        ("outcome", "by_order"): ("yes", [{"question": "ordered", "answer": "yes"}]),
        ("outcome", "by_wish"): ("depends", []),
        ("outcome", "letter"): ("no", [{"question": "ordered", "answer": "yes"}]),
        ("duty", "tell_the_court"): ("yes", [{"question": "ordered", "answer": "yes"}]),
    }


def test_why_not_names_the_smallest_changes():
    """For each other outcome: the fewest answers that would have to differ."""
    answer = visit(ordered="yes", asks="no")
    assert {one["outcome"]: one["changes"] for one in answer["why_not"]} == {
        "by_wish": [[{"question": "asks", "from": "no", "to": "yes"}, {"question": "ordered", "from": "yes", "to": "no"}]],
        "letter": [[{"question": "ordered", "from": "yes", "to": "no"}]],
    }


def test_a_number_changes_to_the_nearest_that_would_do():
    """A changed number is the first beyond the limit."""
    [heavy, _] = parcel(weight="3", colour="red")["why_not"]
    assert heavy["changes"] == [[{"question": "weight", "from": 3, "to": 21}]]


def test_questions_say_how_they_stand():
    """Answered, next, open, or of no more consequence."""
    states = {one["id"]: one["state"] for one in visit(asks="yes")["questions"]}
    assert states == {"asks": "answered", "ordered": "next", "asked_on": "open", "seen_on": "no_longer_matters"}


def test_sources_and_readings_are_those_of_what_applies():
    """The answer lists each provision once with its document, and the readings that it relies on."""
    answer = visit(asks="yes", ordered="no")
    assert answer["cites"][0] == {"id": "g1.visit", "document": "guide", "document_title": "The guide", "section": "Section 1", "force": "should", "summary": "Somebody who asks for a visit is visited."}
    assert [one["id"] for one in answer["cites"]] == ["g1.visit"]
    assert [one["id"] for one in answer["readings"]] == ["what_counts_as_asking"]


def test_a_figure_is_worked_out():
    """A number that the tool works out is shown with what it is made of, or with what it still needs."""
    [stamps] = parcel(weight="9")["figures"]
    assert (stamps["value"], stamps["worked_out"], stamps["needs"]) == ("3", "“How heavy is it” divided by 4 (visits), rounded up", [])
    [unknown] = parcel()["figures"]
    assert (unknown["value"], unknown["needs"]) == (None, ["weight"])


def test_notices_are_shown_in_their_time_and_place():
    """A notice stands beside answers of its tools from its first day."""
    assert [one["id"] for one in visit(on="2010-05-31")["notices"]] == []
    assert [one["id"] for one in visit(on="2010-06-01")["notices"]] == ["visits_have_changed"]


def changed(change):
    """The small rules without journeys, changed by a function that gets the tool visit and everything."""
    plain = small_plain()
    plain["pathways"] = {}
    change(plain["tools"]["visit"], plain)
    return RuleSet.from_plain(plain)


def test_editions_that_hold_on_one_day_need_a_place():
    """Where places have editions of their own and none is said, the error names every place that could be meant."""
    def second(tool, _):
        tool["not_applicable"] = []
        tool["editions"]["second"] = {**tool["editions"]["first"], "in": ["island"]}

    with pytest.raises(EditionError) as caught:
        decide(changed(second), "visit", {}, on="2010-03-01")
    assert (caught.value.message, caught.value.expected) == ("visit has different editions on Monday 1 March 2010: a place is needed", "one of town, island")
    assert decide(changed(second), "visit", {}, on="2010-03-01", place="island")["edition"]["id"] == "second"


def test_what_only_an_edition_has_is_left_out_of_the_others():
    """Deadlines, criteria and duties of another edition are not there; those that follow them in the file are."""
    def early_only(tool, plain):
        tool["editions"] = {"early": {**tool["editions"]["first"], "to": "2010-12-31"}, "late": {**tool["editions"]["first"], "from": "2011-01-01"}}
        tool["deadlines"] = {"at_first": {"deadline": "visit_within", "from": "asked_on", "only_in": ["early"]}, **tool["deadlines"]}
        tool["duties"] = {"at_first": {**tool["duties"]["tell_the_court"], "only_in": ["early"]}, **tool["duties"]}

    rules = changed(early_only)
    uses = {day: [one["use"] for one in decide(rules, "visit", {"asks": "yes"}, on=day)["deadlines"]] for day in ("2010-03-01", "2011-03-01")}
    assert uses == {"2010-03-01": ["at_first", "visit_within"], "2011-03-01": ["visit_within"]}
    duties = [one["rule"] for one in decide(rules, "visit", {"asks": "yes"}, on="2011-03-01")["trace"] if one["kind"] == "duty"]
    assert duties == ["tell_the_court"]
    assert decide(rules, "visit", {}, on="2010-03-01")["edition"]["to"] == "2010-12-31"


def test_a_deadline_that_leaves_the_calendar_is_told_with_its_question():
    """The date that cannot be counted from is named as an answer, with what the calendar covers."""
    with pytest.raises(AnswerError) as caught:
        visit(asks="yes", asked_on="2011-12-31")
    error = caught.value
    assert (error.question, error.found, error.expected) == ("asked_on", "2012-01-01", "dates from 2010 to 2011")
    assert error.hint == "The starting date, the result and every day between them must lie in these years."


def test_answers_that_only_together_cannot_occur_are_all_named():
    """Where no one rule says it, but two of them together leave nothing, every answer given is named."""
    def both(tool, _):
        tool["impossible"] = {
            "when_ordered": {"when": {"asks": "yes", "ordered": "yes"}, "because": "B"}, "when_not": {"when": {"asks": "yes", "ordered": "no"}, "because": "B"},
        }

    with pytest.raises(AnswerError) as caught:
        decide(changed(both), "visit", {"asks": "yes", "asked_on": "2010-03-02"}, on="2010-03-01")
    error = caught.value
    assert (error.message, error.questions, error.found, error.where) == ("these answers cannot occur together", ("asks", "asked_on"), "asks, asked_on", "asks, asked_on")
    assert error.expected == "answers that can occur together, or not_known for those in doubt"


def test_options_that_cannot_occur_together_are_listed():
    """A several-of answer in conflict is shown with its options, an empty one as none."""
    plain = small_plain()
    plain["tools"]["parcel"]["impossible"] = {"heavy_paper": {"when": {"holds": {"includes_all": ["glass", "paper"]}, "weight": {"more_than": "20"}}, "because": "B."},
                                              "heavy_nothing": {"when": {"holds": "none_of_them", "weight": {"more_than": "20"}}, "because": "B."}}
    rules = RuleSet.from_plain(plain)
    for holds, shown in ((["glass", "paper"], "glass, paper"), ([], "none")):
        with pytest.raises(AnswerError) as caught:
            decide(rules, "parcel", {"holds": holds, "weight": "30"}, on="2010-03-01")
        assert caught.value.found == f"holds: {shown}, weight: 30"


def test_a_hole_and_an_overlap_are_told_as_in_the_rules():
    """The error of a hole, or of two outcomes at once, has the place in the rules and what would mend it."""
    def hole(tool, _):
        tool["outcomes"]["letter"]["when"] = {"asks": "no", "ordered": "no", "seen_on": {"after": {"question": "asked_on"}}}

    def overlap(tool, _):
        tool["outcomes"]["by_order"]["before"] = {}

    told = {}
    for change in (hole, overlap):
        with pytest.raises(RuleError) as caught:
            decide(changed(change), "visit", {}, on="2010-03-01")
        [problem] = caught.value.problems
        told[change.__name__] = problem.path, problem.found, problem.expected
    place = ("tools", "visit", "outcomes")
    assert told == {
        "hole": (place, "no outcome for these answers", "an outcome or a stated gap for every combination"),
        "overlap": (place, "several outcomes for these answers: by_order, by_wish", "one of them to come before the others"),
    }


def test_a_deadline_may_have_a_calendar_of_its_own():
    """A deadline counts by its own calendar where it names one, else by that of the place; readings that it relies on come with it."""
    def other_days(_, plain):
        plain["calendars"]["moon"] = {**plain["calendars"]["town"], "id": "moon", "holidays": {}, "weekend": ["monday"]}
        plain["places"]["island"]["calendar"] = "moon"
        for one in plain["deadlines"].values():
            one |= {"in": ["town", "island"], "readings": ["what_counts_as_asking"]}

    rules = changed(other_days)
    assert deadline(rules, "answer_within", "2010-04-01T10:00", place="island")["last_day"] == "2010-04-06"
    assert deadline(rules, "visit_within", "2010-04-01", place="island")["last_day"] == "2010-04-03"
    assert [one["id"] for one in deadline(rules, "visit_within", "2010-04-01")["readings"]] == ["what_counts_as_asking"]


def test_a_reading_behind_an_order_of_outcomes_is_shown_with_the_one_that_comes_first():
    """Where one outcome comes before another through a reading, the trace and the answer name it, once."""
    def read_so(tool, _):
        tool["outcomes"]["by_order"]["before"]["by_wish"]["readings"] = ["what_counts_as_asking"]

    answer = decide(changed(read_so), "visit", {"asks": "yes", "ordered": "yes"}, on="2010-03-01")
    assert [one["readings"] for one in answer["trace"] if one["rule"] == "by_order"] == [["what_counts_as_asking"]]
    assert [one["id"] for one in answer["readings"]] == ["what_counts_as_asking"]


def test_figures_and_notes_of_an_edition():
    """A figure of another edition is left out and the next one shown; what a deadline's use notes stands after the counting's own notes."""
    plain = small_plain()
    tool = plain["tools"]["parcel"]
    tool["figures"] = {"at_first": {**tool["figures"]["stamps"], "only_in": ["early"]}, **tool["figures"]}
    tool["deadlines"]["answer_within"]["note"] = "Counted here."
    rules = RuleSet.from_plain(plain)
    figures = {day: [one["id"] for one in decide(rules, "parcel", {}, on=day)["figures"]] for day in ("2010-03-01", "2011-03-01")}
    assert figures == {"2010-03-01": ["at_first", "stamps"], "2011-03-01": ["stamps"]}
    [entry] = decide(rules, "parcel", {"came_at": "2010-04-01T10:00"}, on="2010-03-01")["deadlines"]
    assert entry["notes"][-1] == "Counted here." and len(entry["notes"]) == 3


WHOLE = Question("n", "?", "number", least=0, most=40)
EXACT = Question("n", "?", "number", least=0, most=40, decimals=True)
FREE = Question("n", "?", "number")
WHEN = Question("n", "?", "date")


@pytest.mark.parametrize(("question", "stretch", "value", "nearest"), [
    (WHOLE, (20, False, None, False), 3, 21), (WHOLE, (20, True, None, False), 3, 20), (WHOLE, (None, False, 20, False), 30, 19), (WHOLE, (None, False, 20, True), 30, 20),
    (WHOLE, (10, False, 20, False), 30, 19), (WHOLE, (10, False, 20, False), 5, 11), (WHOLE, (10, False, 20, False), None, 11), (WHOLE, (None, False, 20, False), None, 0),
    (WHOLE, (30, False, None, False), None, 31), (WHOLE, (None, False, 20, True), 25, 20), (FREE, (None, False, 20, False), None, 19), (FREE, (20, False, None, False), 5, 21),
    (WHOLE, (-5, False, 20, True), None, 0), (WHOLE, (30, True, 50, False), 60, 40), (WHOLE, (0, False, 20, True), None, 1), (WHOLE, (30, True, 40, False), 60, 39),
    (EXACT, (10, False, 11, False), 5, 10.5), (EXACT, (10, False, 11, False), 20, 10.5), (EXACT, (10, False, 20, False), 5, 11), (EXACT, (10, False, 20, False), 30, 19),
    (EXACT, (38, False, None, False), 5, 39), (EXACT, (10, True, 11, False), 20, 10.5),
    (WHEN, (date(2010, 4, 1), False, None, False), date(2010, 3, 1), date(2010, 4, 2)), (WHEN, (None, False, date(2010, 4, 1), False), date(2010, 5, 1), date(2010, 3, 31)),
])
def test_an_answer_changes_to_the_nearest_of_a_stretch(question, stretch, value, nearest):
    """Of the values that would do, the one nearest to the present answer, within its bounds; where nothing is known, the lowest."""
    assert _nearest(stretch, value, question) == nearest


def test_notices_of_a_place_without_the_tool_come_first_and_once():
    """Where a tool is not made for a place, the notices that the entry names stand first, then those of the day, none twice."""
    def noticed(tool, plain):
        plain["notices"]["everywhere"] = {**plain["notices"]["visits_have_changed"], "in": ["town", "island"]}
        plain["notices"]["island_only"] = {**plain["notices"]["visits_have_changed"], "in": ["island"], "from": "2010-02-01"}
        tool["not_applicable"][0]["notices"] = ["island_only"]

    answer = decide(changed(noticed), "visit", {}, on="2010-06-01", place="island")
    assert [one["id"] for one in answer["notices"]] == ["island_only", "everywhere"]


def test_a_place_for_which_the_tool_is_not_made():
    """The answer says why, and asks nothing."""
    answer = visit(place="island", asks="yes")
    assert (answer["status"], answer["because"], answer["questions"]) == ("not_applicable", "Nobody goes there.", [])


@pytest.mark.parametrize(("day", "edition"), [("2010-01-01", "early"), ("2010-12-31", "early"), ("2011-01-01", "late")])
def test_the_edition_is_that_of_the_day(day, edition):
    """An edition holds on its first and on its last day."""
    assert parcel(on=day)["edition"]["id"] == edition


def test_an_area_has_the_edition_of_its_place():
    """A place within another is covered by the other's edition, and keeps its own name."""
    answer = visit(place="valley")
    assert (answer["in"], answer["edition"]["id"]) == ("valley", "first")


@pytest.mark.parametrize(("arguments", "error", "message"), [
    ({"tool_id": "vist", "answers": {}, "on": "2010-03-01"}, RequestError, "there is no tool 'vist'"),
    ({"tool_id": "visit", "answers": {}}, RequestError, "no date is given"),
    ({"tool_id": "visit", "answers": {}, "on": "2010-02-30"}, DateError, "There is no such day."),
    ({"tool_id": "visit", "answers": {}, "on": "2010-01-31"}, EditionError, "no edition of visit covers Sunday 31 January 2010"),
    ({"tool_id": "visit", "answers": {}, "on": "2010-03-01", "place": "moon"}, RequestError, "there is no place 'moon'"),
    ({"tool_id": "parcel", "answers": {}, "on": "2010-03-01", "place": "island"}, EditionError, "no edition of parcel covers Monday 1 March 2010 in The island"),
    ({"tool_id": "visit", "answers": {"asks": "perhaps"}, "on": "2010-03-01"}, AnswerError, "this answer cannot be used"),
    ({"tool_id": "visit", "answers": {"asks": "yes", "asked_on": "2011-12-31"}, "on": "2010-03-01"}, AnswerError, "outside the years"),
])
def test_what_cannot_be_answered_is_refused(arguments, error, message):
    """Unknown tools and places, days without an edition, wrong answers: a clear error, never the nearest."""
    with pytest.raises(error, match=message):
        decide(RULES, **arguments)


def test_answers_that_cannot_occur_together_are_all_named():
    """The error gives the reason and names the answers in conflict, not the others."""
    with pytest.raises(AnswerError) as caught:
        visit(asks="yes", asked_on="2010-03-02", seen_on="2010-03-01")
    assert caught.value.message == "these answers cannot occur together: Nobody is seen before they ask."
    assert (caught.value.questions, caught.value.where) == (("seen_on", "asked_on"), "seen_on, asked_on")


def test_a_hole_in_the_rules_is_never_guessed_over():
    """Where the rules leave a combination without an outcome, there is an error and no answer."""
    plain = small_plain()
    plain["tools"]["visit"]["outcomes"]["letter"]["when"] = {"asks": "no", "ordered": "no", "seen_on": {"after": {"question": "asked_on"}}}
    rules = RuleSet.from_plain(plain)
    assert decide(rules, "visit", {"ordered": "yes"}, on="2010-03-01")["outcome"] == "by_order"
    with pytest.raises(RuleError) as caught:
        decide(rules, "visit", {}, on="2010-03-01")
    assert caught.value.problems[0].found == "no outcome for these answers"


def test_today_is_used_where_no_date_is_given():
    """The date of the decision is today's unless said."""
    assert decide(RULES, "visit", {}, today=date(2010, 3, 5))["on"] == "2010-03-05"


def test_a_last_day_that_another_date_is_compared_with():
    """A comparison with a deadline's last day is decided by the calendar, and what would lead elsewhere is the next day."""
    plain = small_plain()
    tool, plain["pathways"] = plain["tools"]["visit"], {}
    late = {"seen_on": {"after": {"last_day_of": "visit_within"}}}
    tool["outcomes"] = {
        "late": {"title": "Late.", "when": late, "because": "B", "cites": ["g1.visit"]},
        "in_time": {"title": "In time.", "when": {"not": late}, "because": "B", "cites": ["g1.visit"]},
    }
    rules = RuleSet.from_plain(plain)
    answer = decide(rules, "visit", {"asked_on": "2010-04-01", "seen_on": "2010-04-07"}, on="2010-03-01", place="town")
    assert answer["outcome"] == "in_time"
    [late] = answer["why_not"]
    assert [{"question": "seen_on", "from": "2010-04-07", "to": "2010-04-08"}] in late["changes"]
    assert decide(rules, "visit", {"seen_on": "2010-04-07"}, on="2010-03-01", place="town")["status"] == "undecided"


def test_a_deadline_by_itself():
    """A deadline is counted without a tool, in its own place or in one that it holds in."""
    answer = deadline(RULES, "visit_within", "2010-04-01", place="valley")
    assert (answer["from"], answer["in"], answer["last_day"], answer["counted_from"]) == ("2010-04-01", "valley", "2010-04-07", "the day of asking")
    assert deadline(RULES, "visit_within", "2010-04-01")["in"] == "town"


@pytest.mark.parametrize(("arguments", "error"), [
    (("visit_wthin", "2010-04-01"), RequestError), (("visit_within", "2010-04-01", "island"), EditionError), (("visit_within", "soon"), DateError),
    (("answer_within", "2010-04-01"), DateError), (("visit_within", "2009-04-01"), DateError),
])
def test_a_deadline_that_cannot_be_counted(arguments, error):
    """An unknown deadline, a place it does not hold in, a start without the time it needs: errors."""
    with pytest.raises(error):
        deadline(RULES, *arguments)


def test_working_days_both_ways():
    """The day after so many working days, and the working days up to a day, agree."""
    after = workdays(RULES, "2010-04-01", add=2, place="town")
    assert (after["date"], after["working_days"]) == ("2010-04-07", 2)
    assert workdays(RULES, "2010-04-01", to="2010-04-07", place="town")["working_days"] == 2


@pytest.mark.parametrize("arguments", [{}, {"add": 1, "to": "2010-04-07"}, {"add": True}, {"add": 1.5}])
def test_working_days_need_one_thing_to_count(arguments):
    """Either a number or a day is given, and the number is whole."""
    with pytest.raises(RequestError):
        workdays(RULES, "2010-04-01", place="town", **arguments)


def test_the_text_of_an_answer():
    """The text keeps the order, shows every character as it is and ends with a line end."""
    text = to_json({"b": "Ynys Môn", "a": 1})
    assert text == '{\n  "b": "Ynys Môn",\n  "a": 1\n}\n' and list(json.loads(text)) == ["b", "a"]
