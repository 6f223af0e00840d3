"""Calendar entries, read by a library that knows RFC 5545."""

import re
from datetime import UTC, date, datetime

import icalendar
import pytest

from tests.in_node import evaluate

FILES = """
import { calendarFile, newUid } from "./calendar_file.js";
tell(given.map((entry) => calendarFile({ uid: newUid(), made: new Date("2026-11-22T19:30:05.123Z"), ...entry })));
"""
ABOUT = "Five working days; at the latest: the end of Wednesday 4 May 2011.\nSource: Handbook, Section 4.1.3\\x. " + "ﬁn – ✓ 🏛 " * 30
DAY = {"day": "2011-05-04", "title": "At the latest: Follow-up assessment, or the second appointment; to agree a care plan", "about": ABOUT}
MOMENT = {"moment": "2011-04-23T16:30:00+01:00", "title": "Outreach", "about": "Rules hash: 664863a094d42df6."}


@pytest.fixture(scope="module")
def files():
    """An entry for a day and one for a moment, as text."""
    return evaluate(FILES, [DAY, MOMENT, DAY])


def entry_of(text):
    calendar = icalendar.Calendar.from_ical(text.encode())
    assert (calendar["VERSION"], bool(calendar["PRODID"])) == ("2.0", True)
    (entry,) = calendar.walk("VEVENT")
    assert not entry.errors and not calendar.errors
    return entry


def test_a_day_is_an_entry_for_the_whole_day(files):
    """DTSTART is a date, the text comes back letter for letter, and nobody's time is blocked."""
    entry = entry_of(files[0])
    assert entry.decoded("DTSTART") == date(2011, 5, 4) and entry["DTSTART"].params["VALUE"] == "DATE"
    assert entry.decoded("DTSTAMP") == datetime(2026, 11, 22, 19, 30, 5, tzinfo=UTC)
    assert (str(entry["SUMMARY"]), str(entry["DESCRIPTION"])) == (DAY["title"], ABOUT)
    assert entry["TRANSP"] == "TRANSPARENT"
    assert entry.end == date(2011, 5, 5)  # the day after, which iCalendar counts out


def test_a_moment_is_told_in_utc(files):
    """Half past four in British summer time is half past three."""
    entry = entry_of(files[1])
    assert entry.decoded("DTSTART") == datetime(2011, 4, 23, 15, 30, tzinfo=UTC)


def test_lines_end_in_crlf_and_are_no_longer_than_75_bytes(files):
    """No character is cut in two by folding."""
    for text in files:
        assert text.endswith("\r\n") and not re.search(r"(?<!\r)\n|\r(?!\n)", text)
        lines = text.split("\r\n")
        assert max(len(line.encode()) for line in lines) <= 75
        assert any(len(line.encode()) >= 72 for line in lines) or "Outreach" in text
        assert "\r\n ".join(text.split("\r\n ")).encode().decode() == text


def test_every_entry_has_an_identity_of_its_own(files):
    """Two cases with the same last day are two entries, and the identity is nothing but chance."""
    uids = [str(entry_of(text)["UID"]) for text in files]
    assert len(set(uids)) == 3 and all(re.fullmatch("[0-9a-f]{32}", uid) for uid in uids)
