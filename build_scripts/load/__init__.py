"""Rule files to rules: YAML text → plain data with positions → the model, or every error at once with file, line and column."""

from build_scripts.load.loader import Loaded, RuleFileError, load_rules
from build_scripts.load.scenarios import Scenario, load_scenarios

__all__ = ["Loaded", "RuleFileError", "Scenario", "load_rules", "load_scenarios"]
