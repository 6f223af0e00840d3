"""Conditions in words, as maps, tables and explanations show them."""

import pytest

from decision_logic.conditions import Not, Scope, read_condition
from decision_logic.model import Question
from decision_logic.shapes import Reader
from decision_logic.words import Words, answer_in_words
from tests.rule_sets import small_rules

RULES = small_rules()
QUESTIONS = {
    "asks": Question("asks", "Does the person ask?", "yes_no", short="Asks"),
    "colour": Question("colour", "What colour?", "one_of", options={"red": "Red", "green": "Green", "blue": "Blue"}),
    "holds": Question("holds", "What is in it?", "several_of", options={"a": "Apples", "b": "Bread", "c": "Coal"}, none="Nothing"),
    "weight": Question("weight", "How heavy?", "number", unit="kilograms"),
    "came": Question("came", "When?", "date"),
    "went": Question("went", "Until when?", "date"),
}


def say(plain):
    reader = Reader({})
    reader.scope = Scope(QUESTIONS, frozenset({"wanted"}), {"visit_within": "came"})
    condition = read_condition(reader, plain, ("tools", "t", "outcomes", "o", "when"))
    assert not reader.problems
    tool = RULES.tools["visit"]
    return Words(QUESTIONS, tool.criteria, {"visit_within": "The visit"}, RULES.tools).say(condition)


@pytest.mark.parametrize(("plain", "words"), [
    ("always", "always"),
    ("in_any_other_case", "in any other case"),
    ({"asks": "yes"}, "Asks: yes"),
    ({"colour": ["red", "blue"]}, "What colour: Red or Blue"),
    ({"weight": {"at_least": "3"}}, "How heavy: at least 3 kilograms"),
    ({"came": {"before": "2010-04-01"}}, "When: before 1 April 2010"),
    ({"went": {"after": {"question": "came"}}}, "Until when: after the answer to “When?”"),
    ({"went": {"on_or_before": {"last_day_of": "visit_within"}}}, "Until when: on or before the last day of “The visit”"),
    ({"holds": "any_of_them"}, "What is in it: any of them"),
    ({"holds": "none_of_them"}, "What is in it: nothing"),
    ({"holds": {"at_least": "2"}}, "What is in it: at least 2 of them"),
    ({"holds": {"includes": "a"}}, "What is in it: Apples"),
    ({"holds": {"includes_any": ["a", "b"]}}, "What is in it: Apples or Bread"),
    ({"holds": {"includes_all": ["a", "b"]}}, "What is in it: Apples and Bread"),
    ({"met": "wanted"}, "A visit is wanted: met"),
    ({"not": {"met": "wanted"}}, "A visit is wanted: not met"),
    ({"not": {"asks": "yes"}}, "Asks: no"),
    ({"not": {"colour": "red"}}, "What colour: Green or Blue"),
    ({"not": {"weight": {"at_least": "3"}}}, "How heavy: less than 3 kilograms"),
    ({"not": {"holds": {"includes_all": ["a", "b"]}}}, "What is in it: not all of Apples and Bread"),
    ({"not": {"not": {"asks": "yes"}}}, "Asks: yes"),
    ({"all": [{"asks": "yes"}, {"any": [{"colour": "red"}, {"weight": {"equals": "3"}}]}]}, "Asks: yes; and (What colour: Red or How heavy: 3 kilograms)"),
    ({"not": {"all": [{"asks": "yes"}, {"colour": "red"}]}}, "Asks: no; or What colour: Green or Blue"),
])
def test_conditions_are_said(plain, words):
    """Each form of condition is a phrase that a reader understands; a not is turned into what holds instead."""
    assert say(plain) == words


def test_an_outcome_on_a_pathway_is_said_with_titles():
    """An edge that waits for a tool says the tool's question and its outcomes."""
    pathway = RULES.pathways["way"]
    words = Words.of_pathway(RULES, pathway)
    assert words.say(pathway.edges["visited"].when) == "“Is there a visit?” gives “There is a visit by order” or “There is a visit”"
    assert words.say(Not(pathway.edges["visited"].when)) == "“Is there a visit?” does not give “There is a visit by order” or “There is a visit”"


@pytest.mark.parametrize(("question", "value", "words"), [
    ("asks", "yes", "yes"), ("asks", "not_known", "not known yet"), ("colour", "red", "Red"), ("holds", ["a", "c"], "Apples, Coal"), ("holds", [], "Nothing"), ("weight", 3, "3"),
])
def test_answers_are_said(question, value, words):
    """A plain answer is shown with its label."""
    assert answer_in_words(QUESTIONS[question], value) == words
