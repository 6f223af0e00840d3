"""Every scenario comes out as its provision says."""

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.scenarios import run_scenario

RULES = load_rules().rules


@pytest.mark.parametrize("scenario", load_scenarios(RULES), ids=lambda one: one.data.id)
def test_a_scenario_comes_out_as_expected(scenario):
    """What the rules answer for the case is what its author derived from the source."""
    assert run_scenario(RULES, scenario) == []
