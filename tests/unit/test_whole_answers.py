"""An answer of the engine, whole: every field of it is held, also those that no scenario states.

``answers/NAME.json`` keeps the answer to each request below, on tests/small_rules/, without the hash of those rules. Each was read
against the rules when it was kept; who changes one reads it again.
"""

import json
from pathlib import Path

import pytest

from decision_logic import HandbookError, deadline, decide, to_json, workdays
from tests.rule_sets import small_rules

RULES = small_rules()
KEPT = Path(__file__).parent / "answers"
REQUESTS = {
    "decided_with_everything_known": (decide, "visit", {"asks": "yes", "ordered": "yes", "asked_on": "2010-04-01", "seen_on": "2010-04-06"}, "2010-06-01", "town"),
    "undecided_in_an_area": (decide, "visit", {"asks": "yes"}, "2010-03-01", "valley"),
    "nothing_known": (decide, "visit", {}, "2010-03-01", "town"),
    "not_applicable": (decide, "visit", {"asks": "yes"}, "2010-06-01", "island"),
    "a_gap": (decide, "parcel", {"weight": "9", "colour": "green", "holds": ["paper"], "came_at": "2010-04-01T10:00", "came_on": "2010-04-01"}, "2011-03-01"),
    "undecided_with_hours": (decide, "parcel", {"weight": "4", "came_at": "2010-04-01T10:00"}, "2010-03-01"),
    "over_the_limit": (decide, "parcel", {"weight": "21", "colour": "red", "holds": ["glass"]}, "2010-03-01"),
    "a_deadline": (deadline, "visit_within", "2010-04-01"),
    "a_deadline_in_hours": (deadline, "answer_within", "2010-04-06T10:00", "valley"),
    "working_days_after": (workdays, "2010-04-01", 2, None, "town"),
    "working_days_before": (workdays, "2010-04-07", -2, None, "valley"),
    "working_days_between": (workdays, "2010-04-01", None, "2010-04-07", "town"),
}


def text(name):
    """The text of the answer to a request, without the hash of the rules."""
    function, *arguments = REQUESTS[name]
    answer = function(RULES, *arguments)
    assert answer.pop("rules_hash") == RULES.rules_hash
    return to_json(answer)


@pytest.mark.parametrize("name", REQUESTS)
def test_the_answer_is_whole(name):
    """Every field of the answer, and their order, is as it was read and kept."""
    assert text(name) == (KEPT / f"{name}.json").read_text(encoding="utf-8")


def test_each_kept_answer_has_its_request():
    """No answer is kept that nothing is compared with."""
    assert {path.stem for path in KEPT.glob("*.json")} == set(REQUESTS)
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in KEPT.glob("*.json"))


REFUSED = [
    (decide, ("vist", {}, "2010-03-01"), "there is no tool 'vist'", "'vist'", "one of parcel, visit", "did you mean 'visit'?"),
    (decide, ("visit", {}), "no date is given", None, "a date such as 2011-04-21", None),
    (decide, ("visit", {}, "2010-01-31"), "no edition of visit covers Sunday 31 January 2010", "2010-01-31", "The first edition: The town, from 2010-02-01", None),
    (decide, ("parcel", {}, "2009-12-31", "valley"), "no edition of parcel covers Thursday 31 December 2009 in The valley", "2009-12-31 valley",
     "Early: The town, from 2010-01-01 to 2010-12-31; Late: The town, from 2011-01-01", None),
    (decide, ("visit", {"asked_on": "2010-03-02", "seen_on": "2010-03-01", "asks": "yes"}, "2010-03-01"), "these answers cannot occur together: Nobody is seen before they ask.",
     "seen_on: 2010-03-01, asked_on: 2010-03-02", "answers that can occur together, or not_known for those in doubt", None),
    (deadline, ("visit_wthin", "2010-04-01"), "there is no deadline 'visit_wthin'", "'visit_wthin'", "one of answer_within, visit_within", "did you mean 'visit_within'?"),
    (deadline, ("visit_within", "2010-04-01", "island"), "visit_within does not hold in The island", "island", "one of town", None),
    (workdays, ("2010-04-01",), "say either how many working days to count or the day to count to", "neither", "one of add and to", None),
    (workdays, ("2010-04-01", 1, "2010-04-07"), "say either how many working days to count or the day to count to", "both", "one of add and to", None),
    (workdays, ("2010-04-01", 1.5, None, "town"), "the number of working days cannot be read", "1.5", "a whole number, such as 5 or -5", None),
]


@pytest.mark.parametrize(("function", "arguments", "message", "found", "expected", "hint"), REFUSED)
def test_what_is_refused_is_told_whole(function, arguments, message, found, expected, hint):
    """What was asked, what was found, what was expected and what may have been meant: all that helps to ask again."""
    with pytest.raises(HandbookError) as caught:
        function(RULES, *arguments)
    error = caught.value
    assert (error.message, error.found, error.expected, error.hint) == (message, found, expected, hint)
