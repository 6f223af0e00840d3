"""The calendars and deadlines of the rule files, for tests of the arithmetic alone: no loader or model in between."""

from datetime import date
from pathlib import Path

import yaml

from decision_logic.clock import WEEKDAYS
from decision_logic.deadlines import NEVER, Calendar, Span

RULES = Path(__file__).resolve().parent.parent / "decision_logic" / "rules"


def read(name):
    """A rule file with every scalar as text."""
    return yaml.load((RULES / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def calendar(name):
    plain = read(f"calendars/{name}.yml")
    days = [day.lower() for day in WEEKDAYS]
    return Calendar(plain["id"], plain["title"], int(plain["from_year"]), int(plain["to_year"]),
                    frozenset(days.index(day) for day in plain["weekend"]),
                    {date.fromisoformat(day): name for day, name in plain["holidays"].items()})


def spans(name):
    """The limit and the target (or None) of a deadline in deadlines.yml."""
    entry = read("deadlines.yml")[name]
    return _span(entry["limit"]), _span(entry["target"]) if "target" in entry else None


def _span(plain):
    return Span(int(plain["count"]), plain["unit"], plain.get("rolls", NEVER), plain.get("only_if"))


ENGLAND_AND_WALES = calendar("england_and_wales")
GUERNSEY = calendar("guernsey")
CALENDARS = {"england_and_wales": ENGLAND_AND_WALES, "guernsey": GUERNSEY}
