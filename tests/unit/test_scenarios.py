"""Every scenario comes out as its provision says."""

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.scenarios import run_scenario
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
