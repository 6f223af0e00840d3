"""A few of each kind of hostile input, the same ones in every run; `make fuzz` draws others for as long as one likes."""

import pytest
from hypothesis import given, settings

from tests.property.fuzz import QUIET, TARGETS, Hangs, in_time, try_for

# So many that each takes a second or less.
FEW = {"yaml": 100, "files": 8, "rules": 15, "areas": 8, "door": 60, "links": 5}


@pytest.mark.parametrize("name", TARGETS)
def test_hostile_input_is_refused_or_answered(name):
    """Nothing crashes, hangs or brings more than text into a form, whatever comes through the door."""
    strategy, check = TARGETS[name]
    settings(max_examples=FEW[name], **QUIET)(given(strategy)(check))()


def test_what_fails_is_told():
    """A check that fails, and one that never ends, is a failure with its input."""

    def refuse(text):
        """Fails on text that has an a in it."""
        assert "a" not in text

    tried, failure = try_for(5, TARGETS["yaml"][0], refuse)
    assert tried and "AssertionError" in failure
    with pytest.raises(Hangs), in_time(0.05):
        while True:
            pass
