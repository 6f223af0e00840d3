"""The small rule set that tests work on: made up, complete, and short enough to be known by heart."""

import copy
from pathlib import Path

from build_scripts.load import load_rules

SMALL = Path(__file__).resolve().parent / "small_rules"
_loaded = load_rules(SMALL)


def small_plain():
    """The plain data of the small rules, free to be changed."""
    return copy.deepcopy(_loaded.plain)


def small_rules():
    """The small rules, as the engine reads them."""
    return _loaded.rules
