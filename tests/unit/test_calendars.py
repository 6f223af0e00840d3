"""The calendars of the rules: complete, well named, and in agreement with the published lists."""

import csv
import dataclasses
import socket
from datetime import date
from pathlib import Path

import pytest

from build_scripts.prove.calendars import compare, published
from tests.calendar_files import CALENDARS, ENGLAND_AND_WALES, GUERNSEY

DATA = Path(__file__).parent / "data"


def rows(name):
    return list(csv.DictReader((DATA / name).open(encoding="utf-8")))


TOTALS, DAYS = rows("calendar_totals.csv"), rows("calendar_days.csv")


@pytest.mark.parametrize("row", TOTALS, ids=[row["year"] for row in TOTALS])
def test_each_year_has_its_number_of_holidays(row):
    """A year has as many weekday holidays in each jurisdiction as the published tables give it."""
    year = int(row["year"])
    found = {name: sum(day.year == year for day in calendar.holidays) for name, calendar in CALENDARS.items()}
    assert found == {name: int(row[name]) for name in CALENDARS}


@pytest.mark.parametrize("row", DAYS, ids=[f"{row['calendar']}-{row['date']}" for row in DAYS])
def test_moved_and_special_days_are_known_by_name(row):
    """A day that was moved, added or left where it was is a working day, or not and for this reason."""
    assert CALENDARS[row["calendar"]].why_not_working(date.fromisoformat(row["date"])) == (row["why"] or None)


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_only_days_of_the_working_week_are_listed(calendar):
    """Weekends need no entry, and an entry there would be a slip of the pen."""
    assert [day for day in calendar.holidays if day.weekday() in calendar.weekend] == []


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_days_stand_in_order(calendar):
    """The file is kept by hand, so its days stand in order and none is easily missed."""
    assert list(calendar.holidays) == sorted(calendar.holidays)


def test_guernsey_keeps_the_days_of_england_and_wales_and_a_few_more():
    """Guernsey differs by Liberation Day and the visit of 2024 alone."""
    assert ENGLAND_AND_WALES.holidays.items() <= GUERNSEY.holidays.items()
    more = {GUERNSEY.holidays[day] for day in GUERNSEY.holidays.keys() - ENGLAND_AND_WALES.holidays.keys()}
    assert more == {"Liberation Day", "Liberation Day (substitute day)",
                    "Public holiday for the visit of the King and Queen"}


def test_calendars_agree_with_the_published_lists(monkeypatch):
    """No weekday differs from the published lists in any year that both cover, and nothing is fetched to find out."""
    def refuse(*_):
        raise AssertionError("the comparison must not use the network")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = compare(CALENDARS)
    assert found.findings == ()
    assert found.summary == (
        "England and Wales: 213 days in 2003-2028 compared with holidays GB-ENG (2003-2028), "
        "holidays GB-WLS (2003-2028), GOV.UK (2012-2028); "
        "Guernsey (the island): 233 days in 2003-2028 compared with holidays GG (2003-2028): all agree.")


def test_the_published_lists_name_their_subdivision():
    """England and Wales are compared with their own lists, which have Easter Monday, not with the whole kingdom's."""
    assert all(date(2026, 4, 6) in one.days for one in published(ENGLAND_AND_WALES))


def test_a_difference_is_told_year_by_year():
    """A day missing from our calendar, and one that only ours has, are each named with the list that differs."""
    days = dict(GUERNSEY.holidays)
    del days[date(2024, 5, 9)]
    days[date(2025, 5, 12)] = "Liberation Day (substitute day)"
    assert compare({"guernsey": dataclasses.replace(GUERNSEY, holidays=days)}).findings == (
        "Guernsey (the island) 2024: holidays GG lists Thursday 9 May 2024 (Liberation Day); our calendar does not.",
        "Guernsey (the island) 2025: our calendar lists Monday 12 May 2025 (Liberation Day (substitute day)); "
        "holidays GG does not.")


def test_a_calendar_with_nothing_behind_it_is_a_finding():
    """A new jurisdiction without a list to compare with, or a year without a holiday, does not pass unseen."""
    new = dataclasses.replace(GUERNSEY, id="sark", title="Sark", from_year=2027, to_year=2029)
    found = compare({"sark": new}).findings
    assert "Sark: there is no published list to compare it with; name one in build_scripts/prove/calendars.py." in found
    assert "Sark 2029: the calendar says that it covers this year but has no holiday in it." in found
    assert "Sark: Wednesday 1 January 2003 (New Year's Day) is outside its years, 2027 to 2029." in found
