"""Every mistake in a rule file is told to its author in words: where, what was found, what was expected, what to do.

Each ``broken_rules/NAME.yml`` is one broken file; its first line names the file of tests/small_rules/ that it stands in place
of. Beside it ``NAME.expected.txt`` keeps the exact message.
"""

import re
import shutil
from pathlib import Path

import pytest

from build_scripts.load import RuleFileError, load_rules
from tests.rule_sets import SMALL

BROKEN = sorted((Path(__file__).parent / "broken_rules").glob("*.yml"))


def message_for(broken, folder):
    """What the author of a broken file sees: the small rules with this file in its place, read from their own folder."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    content = broken.read_bytes()
    target = folder / re.match(rb"# (?:In place of|Besides, as) (\S+):", content)[1].decode()
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content)
    with pytest.raises(RuleFileError) as caught:
        load_rules(folder)
    return str(caught.value) + "\n"


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_the_author_is_told(broken, tmp_path, monkeypatch):
    """The message is word for word the one kept beside the broken file."""
    monkeypatch.chdir(tmp_path)
    assert message_for(broken, tmp_path) == broken.with_suffix(".expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_the_message_says_where_what_and_what_instead(broken):
    """Every message names file, line and column, what was found and what was expected, and counts the problems."""
    text = broken.with_suffix(".expected.txt").read_text(encoding="utf-8")
    places = re.findall(r"^\S+\.yml:\d+:\d+\n  found:     \S.*\n  expected:  \S.*$", text, re.MULTILINE)
    assert places and text.endswith(f"{len(places)} problem{'s' if len(places) > 1 else ''} in the rules\n")


def test_there_are_enough():
    """Mistakes of every kind are kept, each with its message and no message without its mistake."""
    assert len(BROKEN) >= 30
    assert {path.with_suffix(".expected.txt") for path in BROKEN} == set(BROKEN[0].parent.glob("*.expected.txt"))
