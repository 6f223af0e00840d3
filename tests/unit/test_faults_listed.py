"""The page on faults and the tests that bring them about name the same things."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What the site has promised to withstand.
FAULTS = (
    "wasm 404", "wasm with the wrong MIME type", "wasm blocked by policy", "truncated wasm", "stdlib 404", "corrupt stdlib", "time-out",
    "network lost half way", "worker killed", "worker out of memory", "service worker refused", "cache full", "corrupt cache",
    "upgrade with an old tab open", "two tabs", "clock wrong", "JavaScript off", "very old browser",
)  # fmt: skip
ROW = re.compile(r"^\| (?P<fault>[^|]+) \| (?P<seen>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def listed():
    """{fault: (what is seen, names of tests)} as the page has it."""
    page = (ROOT / "docs/maintain/faults.md").read_text(encoding="utf-8")
    rows = [row for row in ROW.finditer(page) if row["fault"] not in ("Fault", "---")]
    return {row["fault"].replace("`", ""): (row["seen"], re.findall(r"`(test_\w+)`", row["tests"])) for row in rows}


@pytest.fixture(scope="module")
def tests():
    """The names of the tests that there are."""
    file = ROOT / "tests/browser/test_faults.py"
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


def test_every_promised_fault_is_listed(listed):
    """In the order of the promise, and no other."""
    assert tuple(listed) == FAULTS


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_test(listed, tests, fault):
    """And says what the reader sees."""
    seen, named = listed[fault]
    assert seen
    assert named
    assert set(named) <= tests


def test_every_test_belongs_to_a_fault(listed, tests):
    """What is brought about is told."""
    assert tests == {name for _, named in listed.values() for name in named}
