"""Whoever knows the documents finds each of their headings on the page “Where is …?”, with the way to our page."""

import csv
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = TESTS.parents[1] / "docs" / "reference" / "where_is.md"
ROW = re.compile(r"\| (.+?) \| (.+) \|")


def listed():
    """The headings of the documents, in their order: (document, heading)."""
    with open(TESTS / "data" / "headings.csv", encoding="utf-8", newline="") as file:
        return [(row["document"], row["heading"]) for row in csv.DictReader(file)]


def shown():
    """The rows of the page: (document, heading, what stands beside it)."""
    document, rows = None, []
    for line in PAGE.read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            document = line.removeprefix("## ")
        found = ROW.fullmatch(line)
        if found and found[1] not in ("Heading", "---"):
            rows.append((document, found[1], found[2]))
    return rows


def test_every_heading_of_the_documents_is_there_in_their_order():
    """None left out, none invented, none moved."""
    assert [(document, heading) for document, heading, _ in shown()] == listed()


@pytest.mark.parametrize("document, heading, beside", shown(), ids=lambda value: value[:40] if isinstance(value, str) else value)
def test_every_heading_leads_somewhere_or_says_why_not(document, heading, beside):
    """A link to a page of ours, or the reason for there being none. That its anchor exists, the check of the built site tells."""
    assert re.search(r"\]\([^)]+\.md(#[^)]+)?\)", beside) or re.match(r"Not carried over: \S", beside)


def test_the_numbers_of_the_handbook_run_without_a_hole():
    """1.1 to 1.8, 2.1 to 2.7 and so on: a number that is missing in the list would be noticed."""
    numbers = [found[0].rstrip(".") for _, heading, _ in shown()[:200] if (found := re.match(r"\d+(\.\d+)+[a-z]?", heading))]
    below = {}
    for number in numbers:
        parent, _, last = number.rpartition(".")
        below.setdefault(parent, []).append(last)
    for parent, lasts in below.items():
        plain = [int(one) for one in lasts if one.isdigit()]
        assert plain == [*range(1, len(plain) + 1)], f"below {parent}: {lasts}"
