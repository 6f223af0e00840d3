"""Every scenario comes out as its provision says."""

from dataclasses import replace

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.scenarios import run_scenario
from decision_logic import decide, walk_pathway
from decision_logic.pathway import parts_of

RULES = load_rules().rules


@pytest.mark.parametrize("scenario", load_scenarios(RULES), ids=lambda one: one.data.id)
def test_a_scenario_comes_out_as_expected(scenario):
    """What the rules answer for the case is what its author derived from the source."""
    assert run_scenario(RULES, scenario) == []


WALKS = [one for one in load_scenarios(RULES) if one.pathway]


@pytest.mark.parametrize("scenario", WALKS, ids=lambda one: one.data.id)
def test_a_walk_answers_a_question_alike_under_all_its_names(scenario):
    """What the journey and a tool both ask is given under both names: the page asks it once and fills in one field."""
    answers = scenario.data.answers
    parts = parts_of(RULES, RULES.pathways[scenario.pathway])
    asked = {name: question for part in parts for name, question in part.questions.items()}
    for name, value in answers.items():
        tool, dot, question = name.partition(".")
        if dot and asked.get(question) == RULES.tools[tool].questions[question]:
            assert answers.get(question) == value


@pytest.mark.parametrize("scenario", [one for one in WALKS if not one.data.expect.error], ids=lambda one: one.data.id)
def test_a_walk_can_be_walked_answer_by_answer(scenario):
    """Who is asked one question after another, as on the page, and answers from the case, comes to where it stands."""
    data, given, left = scenario.data, {}, True
    while left:
        walk = walk_pathway(RULES, scenario.pathway, given, on=data.on, place=data.place)
        asked = asked_now(walk, data, given)
        told = [name for name in [*asked, *replaced(walk, data)] if name in data.answers and name not in given]
        left = told[:1]
        given |= {name: data.answers[name] for name in left}
    assert (walk["status"], walk["stands_at"]) == (data.expect.status, data.expect.stands_at), f"asks {asked}"


def replaced(walk, data):
    """Answers of the case that replace what the walk carried over to a tool: nothing asks for them again."""
    carried = {f"{tool}.{name}": value for tool, one in walk["tools"].items() for name, value in one["answers"].items()}
    return [name for name, value in carried.items() if data.answers.get(name, value) != value]


def asked_now(walk, data, given):
    """What the page asks: the next question, or a tool's other open ones after "not known"."""
    if walk["ask"] is None:
        return []
    tool, question = walk["ask"]["tool"], walk["ask"]["question"]
    if tool is None or tool in data.answers:
        return [tool or question]
    if given.get(f"{tool}.{question}") != "not_known":
        return [f"{tool}.{question}"]
    own = {name.partition(".")[2]: value for name, value in given.items() if name.startswith(f"{tool}.")}
    own = (walk["tools"][tool]["answers"] if tool in walk["tools"] else {}) | own
    answer = decide(RULES, tool, own, on=data.on, place=data.place)
    return [f"{tool}.{one['id']}" for one in answer["questions"] if one["state"] in ("next", "open")]


def with_expected(scenario, **changes):
    return replace(scenario, data=replace(scenario.data, expect=replace(scenario.data.expect, **changes)))


@pytest.mark.parametrize(
    "wanted, difference",
    [
        ({"start": {}}, "actions_at.start: expected besides nothing, found besides"),
        ({"start": {"identify_follow_required_assessment": "depending"}}, "depending, found besides"),
        ({"Com5": {}}, "the walk never comes to Com5"),
    ],
)
def test_a_walk_that_states_wrong_actions_of_a_point_it_passed_fails(wanted, difference):
    """Each point named in actions_at has to be passed, with exactly those actions."""
    passing = next(one for one in WALKS if (one.data.expect.actions_at or {}).get("start"))
    assert run_scenario(RULES, passing) == []
    (found,) = run_scenario(RULES, with_expected(passing, actions_at=wanted))
    assert difference in found
