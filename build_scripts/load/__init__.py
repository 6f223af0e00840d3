"""Rule files to rules: YAML text → plain data with positions → the model, or every error at once with file, line and column."""

from build_scripts.load.loader import Loaded, RuleFileError, load_rules
from build_scripts.load.requirements import Requirements, load_requirements
from build_scripts.load.scenarios import Scenario, load_scenarios

__all__ = [
    "Loaded",
    "Requirements",
    "RuleFileError",
    "Scenario",
    "load_requirements",
    "load_rules",
    "load_scenarios",
]
