"""From tools to decision maps, on rules as small as can be."""

from decision_logic import RuleSet
from diagrams import decision
from tests.unit.diagram_rules import PLAIN

RULES = RuleSet.from_plain(PLAIN)
PICTURE = decision(RULES, "identification")


def _ways(question):
    """{the words on a way: what it leads to} for the question's node."""
    return {
        edge.label: PICTURE.node(edge.head).of
        for node in PICTURE.nodes
        if node.of == question
        for edge in PICTURE.ways_out(node.id)
    }


def test_questions_are_asked_in_order_and_end_in_answers():
    """Every way leads to another question or to one of the tool's outcomes."""
    tool = RULES.tools["identification"]
    assert {node.of for node in PICTURE.nodes if node.kind == "question"} == set(tool.questions) - {"held_on"}
    assert {node.of for node in PICTURE.nodes if node.kind in ("outcome", "gap")} == set(tool.outcomes)
    assert all(PICTURE.ways_out(node.id) for node in PICTURE.nodes if node.kind == "question")


def test_ways_say_the_answer_that_takes_them():
    """Yes and no, options, numbers, several-of questions and dates are each said in words."""
    assert _ways("tested") == {"Positive": "age", "Negative": "volunteered", "No test was taken": "seen_on"}
    assert _ways("age") == {"Less than 18 years": "silent", "At least 18 years": "required"}
    assert _ways("signs") == {"Any of them": "met", "None of these": "more"}
    assert _ways("more") == {"Intelligence": "supported", "Not: Intelligence": "not_met"}
    assert _ways("seen_on") == {
        "On or before the last day of “Follow-up”": "in_time",
        "After the last day of “Follow-up”": "late",
    }


def test_a_gap_is_drawn_as_a_gap():
    """Where the source is silent the map says so."""
    gap = next(node for node in PICTURE.nodes if node.kind == "gap")
    assert gap.of == "silent" and gap.kicker == "The source is silent"


def test_impossible_answers_are_not_drawn():
    """A way that the rules declare impossible is left out, and a question that nothing hangs on is not asked."""
    tool = {**PLAIN["tools"]["identification"]}
    tool["impossible"] = {"no_child": {"when": {"age": {"less_than": "18"}}, "because": "b"}}
    picture = decision(RuleSet.from_plain({**PLAIN, "tools": {"identification": tool}}), "identification")
    assert "age" not in {node.of for node in picture.nodes}


def test_many_answers_that_lead_one_way_are_said_in_full_in_the_text():
    """The map says "any other answer", the text equivalent names them."""
    tool = {**PLAIN["tools"]["identification"]}
    options = {name: name.capitalize() for name in ("here", "near", "far", "abroad")}
    tool["questions"] = {"home": {"ask": "Where?", "kind": "one_of", "options": options}}
    rest = {"because": "b", "cites": ["x.y"]}
    tool["outcomes"] = {
        "local": {"title": "Local", "when": {"home": "here"}, **rest},
        "other": {"title": "Other", "when": {"not": {"home": "here"}}, **rest},
    }
    tool["deadlines"] = {}
    picture = decision(RuleSet.from_plain({**PLAIN, "tools": {"identification": tool}}), "identification")
    words = {edge.label: edge.in_full for edge in picture.edges}
    assert words == {"Here": "", "Any other answer": "Near; or Far; or Abroad"}
