"""What is typed into a number's box: taken as it stands, or refused."""

import pytest

from tests.in_node import evaluate

READ = """
globalThis.HTMLInputElement = class { constructor(value) { this.value = value; } };
globalThis.HTMLSelectElement = class {};
const { read } = await import("./fields.js");
tell(given.map((text) => read({ getAttribute: () => "number", querySelector: () => new HTMLInputElement(text) })));
"""


@pytest.mark.parametrize(("typed", "reading"), [
    ("17", {"value": 17}),
    (" −17.50 ", {"value": -17.5}),
    ("123456789012345", {"value": 123456789012345}),
    ("000000000000000000.5", {"value": 0.5}),
    ("17.9999999999999999999", {"problem": "Write the number with at most 15 digits."}),
    ("99999999999999999999", {"problem": "Write the number with at most 15 digits."}),
    ("1e5", {"problem": "Write a number in figures, for example 3."}),
    ("", {}),
])  # fmt: skip
def test_a_number_is_never_rounded(typed, reading):
    """17.99… with more digits than a computer keeps would count as 18."""
    assert evaluate(READ, [typed]) == [reading]
