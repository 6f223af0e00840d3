"""The edition that a site is of: the first heading of CHANGELOG.md. The clock has no part in it, so the same input gives the same bytes."""

import re
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
HEADING = re.compile(r"^## (?P<version>[^\s,]+)(?:, (?P<date>\d{1,2} \w+ \d{4}))?$", re.MULTILINE)


def edition(changelog=CHANGELOG):
    """ "0.1.0, 22 November 2026"; without a date where it has none yet, empty where there is no edition."""
    found = HEADING.search(Path(changelog).read_text(encoding="utf-8"))
    return ", ".join(part for part in found.groups() if part) if found else ""
