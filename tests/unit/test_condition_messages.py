"""What the author of a condition is told where it cannot be read: the place, what was found, what was expected, what may be meant."""

import pytest

from decision_logic.conditions import All, Is, Scope, read_condition
from decision_logic.errors import Problem
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
TOOL = Scope(QUESTIONS, frozenset({"fragile"}), {"reply": "came", "call_back": "called"}, stated=frozenset({*QUESTIONS, "broken"}))
PATHWAY = Scope({"asks": QUESTIONS["asks"]}, outcomes_of={"visit": ("by_order", "letter"), "parcel": ("light",)})
HERE = ("tools", "t", "duties", "d", "when")

CONDITION = "a condition: always, all, any, not, met, or a question with its answer"
QUESTION = "a question of this tool: asks, called, came, colour, holds, limit, weight, went"
CHOSEN = "any_of_them, none_of_them, {includes: option}, {includes_any: [..]}, {includes_all: [..]} or {at_least: number}"
OF_NUMBERS = "a comparison: less_than, at_most, equals, at_least, more_than"
OF_DATES = "a comparison: before, on_or_before, on, on_or_after, after"
OUTCOME = "one tool with its outcome, such as {identification: criteria_met}"


def read(plain, scope):
    reader = Reader({})
    reader.scope = scope
    return read_condition(reader, plain, HERE), reader.problems


@pytest.mark.parametrize(("scope", "plain", "place", "found", "expected", "hint", "on_key"), [
    (TOOL, "sometimes", (), "'sometimes'", CONDITION, None, False),
    (TOOL, [], (), "an empty list", CONDITION, None, False),
    (TOOL, {}, (), "an empty mapping", CONDITION, None, False),
    (TOOL, {"all": []}, ("all",), "an empty list", "a list of conditions", None, False),
    (TOOL, {"any": {"asks": "yes"}}, ("any",), "a mapping", "a list of conditions", None, False),
    (TOOL, {"not": {"asks": "yes"}, "colour": "red"}, ("not",), "'not' beside other keys", "it alone, or everything inside one all", None, True),
    (TOOL, {"asks": "yes", "all": []}, ("all",), "'all' beside other keys", "it alone, or everything inside one all", None, True),
    (TOOL, {"met": "fragil"}, ("met",), "'fragil'", "a criterion of this tool: fragile", "did you mean 'fragile'?", False),
    (TOOL, {"met": []}, ("met",), "an empty list", "a criterion of this tool: fragile", None, False),
    (TOOL, {"met": "x"}, ("met",), "'x'", "a criterion of this tool: fragile", None, False),
    (TOOL, {"outcome": {"visit": "letter"}}, ("outcome",), "'outcome' in a tool", "a condition on this tool's own questions", "only pathways speak of a tool's outcome", True),
    (TOOL, {"color": "red"}, ("color",), "no question 'color'", QUESTION, "did you mean 'colour'?", True),
    (TOOL, {"zzz": "red"}, ("zzz",), "no question 'zzz'", QUESTION, None, True),
    (TOOL, {"asks": "perhaps"}, ("asks",), "'perhaps'", "an answer to asks: yes, no", None, False),
    (TOOL, {"asks": "yess"}, ("asks",), "'yess'", "an answer to asks: yes, no", "did you mean 'yes'?", False),
    (TOOL, {"asks": {}}, ("asks",), "an empty mapping", "an answer to asks: yes, no", None, False),
    (TOOL, {"asks": []}, ("asks",), "an empty list", "an answer to asks: yes, no", None, False),
    (TOOL, {"colour": ["red", "gren"]}, ("colour",), "'gren'", "an answer to colour: red, green", "did you mean 'green'?", False),
    (TOOL, {"colour": {"includes": "red"}}, ("colour",), "a mapping", "an answer to colour: red, green", None, False),
    (TOOL, {"holds": "a"}, ("holds",), "'a'", CHOSEN, None, False),
    (TOOL, {"holds": "any_of_then"}, ("holds",), "'any_of_then'", CHOSEN, "did you mean 'any_of_them'?", False),
    (TOOL, {"holds": {"includes": "a", "at_least": "1"}}, ("holds",), "a mapping", CHOSEN, None, False),
    (TOOL, {"holds": {"includ": "a"}}, ("holds", "includ"), "unknown word 'includ'", CHOSEN, "did you mean 'includes'?", True),
    (TOOL, {"holds": {"includes_an": ["a"]}}, ("holds", "includes_an"), "unknown word 'includes_an'", CHOSEN, "did you mean 'includes_any'?", True),
    (TOOL, {"holds": {"includes_al": ["a"]}}, ("holds", "includes_al"), "unknown word 'includes_al'", CHOSEN, "did you mean 'includes_all'?", True),
    (TOOL, {"holds": {"at_lest": "1"}}, ("holds", "at_lest"), "unknown word 'at_lest'", CHOSEN, "did you mean 'at_least'?", True),
    (TOOL, {"any": [], "asks": "yes"}, ("any",), "'any' beside other keys", "it alone, or everything inside one all", None, True),
    (TOOL, {"asks": "yes", "met": "fragile"}, ("met",), "'met' beside other keys", "it alone, or everything inside one all", None, True),
    (PATHWAY, {"asks": "yes", "outcome": {"visit": "letter"}}, ("outcome",), "'outcome' beside other keys", "it alone, or everything inside one all", None, True),
    (TOOL, {"holds": {"zz": "a"}}, ("holds", "zz"), "unknown word 'zz'", CHOSEN, None, True),
    (TOOL, {"holds": {"includes_any": []}}, ("holds", "includes_any"), "an empty list", "a list of options", None, False),
    (TOOL, {"holds": {"includes_any": "a"}}, ("holds", "includes_any"), "'a'", "a list of options", None, False),
    (TOOL, {"holds": {"includes": "aa"}}, ("holds", "includes"), "'aa'", "an option of holds: a, b, c", "did you mean 'a'?", False),
    (TOOL, {"holds": {"includes_all": ["a", {}]}}, ("holds", "includes_all"), "an empty mapping", "an option of holds: a, b, c", None, False),
    (TOOL, {"holds": {"at_least": "4"}}, ("holds", "at_least"), "4", "at most 3, the number of options", None, False),
    (TOOL, {"holds": {"at_least": "0"}}, ("holds", "at_least"), "0", "a number of at least 1", None, False),
    (TOOL, {"weight": "5"}, ("weight",), "'5'", OF_NUMBERS, "write {equals: 5}", False),
    (TOOL, {"came": "2010-04-01"}, ("came",), "'2010-04-01'", OF_DATES, "write {on: 2010-04-01}", False),
    (TOOL, {"weight": ""}, ("weight",), "nothing", OF_NUMBERS, None, False),
    (TOOL, {"weight": {}}, ("weight",), "an empty mapping", OF_NUMBERS, None, False),
    (TOOL, {"weight": {"after": "5"}}, ("weight", "after"), "unknown word 'after'", OF_NUMBERS, None, True),
    (TOOL, {"weight": {"at_leest": "5"}}, ("weight", "at_leest"), "unknown word 'at_leest'", OF_NUMBERS, "did you mean 'at_least'?", True),
    (TOOL, {"weight": {"at_least": "1.5"}}, ("weight", "at_least"), "'1.5'", "a whole number", None, False),
    (TOOL, {"weight": {"at_least": {"question": "weight"}}}, ("weight", "at_least", "question"), "weight itself", "another number question: limit", None, False),
    (TOOL, {"weight": {"at_least": {"question": "came"}}}, ("weight", "at_least", "question"), "'came', a date question", "another number question: limit", None, False),
    (TOOL, {"weight": {"at_least": {"question": "limt"}}}, ("weight", "at_least", "question"), "'limt'", "another number question: limit", "did you mean 'limit'?", False),
    (TOOL, {"weight": {"at_least": {"question": []}}}, ("weight", "at_least", "question"), "an empty list", "another number question: limit", None, False),
    (TOOL, {"came": {"on": {"question": "wnt"}}}, ("came", "on", "question"), "'wnt'", "another date question: went", "did you mean 'went'?", False),
    (TOOL, {"came": {"on": "today"}}, ("came", "on"), "'today'", "a date such as 2010-04-01", None, False),
    (TOOL, {"came": {"on": {"last_day_of": "repy"}}}, ("came", "on", "last_day_of"), "'repy'", "a deadline that this tool uses: call_back, reply", "did you mean 'reply'?", False),
    (TOOL, {"came": {"on": {"last_day_of": []}}}, ("came", "on", "last_day_of"), "an empty list", "a deadline that this tool uses: call_back, reply", None, False),
    (TOOL, {"came": {"on": {"last_day_of": "call_back"}}}, ("came", "on", "last_day_of"), "'call_back', which starts from called, a date_time question", "a deadline that starts from a date question: only whole days can be compared", None, False),
    (TOOL, {"weight": {"at_least": {"last_day_of": "reply"}}}, ("weight", "at_least"), "a mapping", "a whole number", None, False),
    (TOOL, {"called": {"on": "2010-04-01"}}, ("called",), "a date and time in a condition", "a question that conditions can speak of (a date and time only starts a deadline)", None, True),
    (TOOL, {"asks": "yes", "color": "red"}, ("color",), "no question 'color'", QUESTION, "did you mean 'colour'?", True),
    (TOOL, {"all": [{"asks": "yes"}, {"asks": "maybe"}]}, ("all", 1, "asks"), "'maybe'", "an answer to asks: yes, no", None, False),
    (TOOL, {"not": {"asks": "maybe"}}, ("not", "asks"), "'maybe'", "an answer to asks: yes, no", None, False),
    (TOOL, "in_any_other_case", (), "in_any_other_case", "a condition: only an outcome's own when may be a catch-all", None, False),
    (PATHWAY, {"outcome": "visit"}, ("outcome",), "'visit'", OUTCOME, None, False),
    (PATHWAY, {"outcome": {"visit": "letter", "parcel": "light"}}, ("outcome",), "a mapping", OUTCOME, None, False),
    (PATHWAY, {"outcome": {"vist": "letter"}}, ("outcome", "vist"), "no tool 'vist'", "a tool: parcel, visit", "did you mean 'visit'?", True),
    (PATHWAY, {"outcome": {"visit": "leter"}}, ("outcome", "visit"), "'leter'", "an outcome of visit: by_order, letter", "did you mean 'letter'?", False),
    (PATHWAY, {"outcome": {"visit": ["letter", "light"]}}, ("outcome", "visit"), "'light'", "an outcome of visit: by_order, letter", None, False),
    (PATHWAY, {"outcome": {"visit": {}}}, ("outcome", "visit"), "an empty mapping", "an outcome of visit: by_order, letter", None, False),
    (Scope({}), {"met": "x"}, ("met",), "'x'", "a criterion of this tool (there are none)", None, False),
])
def test_the_author_is_told_what_is_wrong(scope, plain, place, found, expected, hint, on_key):
    """The one problem says where it is (on the key or on its value), what stands there, what could stand there, and what may be meant."""
    assert read(plain, scope) == (BAD, [Problem((*HERE, *place), found, expected, hint, on_key)])


def test_nothing_is_made_of_a_condition_with_a_broken_part():
    """A part that cannot be read spoils the whole, so that no rule stands on half a condition."""
    for plain in ({"any": [{"asks": "yes"}, {"broken": "yes"}]}, {"not": {"broken": "yes"}}, {"asks": "yes", "broken": "yes"}):
        assert read(plain, TOOL) == (BAD, [])


def test_a_question_may_be_called_like_a_word_of_the_language():
    """Beside other questions, a name that is also a word of conditions is the question; and outcome is one inside a tool."""
    named = Scope({"any": Question("any", "?", "yes_no"), "outcome": Question("outcome", "?", "yes_no"), "asks": QUESTIONS["asks"]})
    assert read({"any": "yes", "asks": "no"}, named) == (All((Is("any", ("yes",)), Is("asks", ("no",)))), [])
    assert read({"outcome": "yes"}, named) == (Is("outcome", ("yes",)), [])
