"""Compares our calendars with published lists of holidays: PyPI's `holidays`, and GOV.UK's own list.

Both packages carry their data with them, so nothing is fetched. They are only compared with: the rules stay the
one place where a holiday is written, and a finding is for a person to look into.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import holidays
from govuk_bank_holidays.bank_holidays import BankHolidays

from decision_logic.clock import say_date
from decision_logic.deadlines import Calendar

# Without a subdivision the package leaves out Easter Monday and the summer bank holiday, so it is always named.
PACKAGE_LISTS = {"england_and_wales": (("GB", "ENG"), ("GB", "WLS")), "guernsey": (("GG", None),)}
GOV_UK_LISTS = {"england_and_wales": BankHolidays.ENGLAND_AND_WALES}


@dataclass(frozen=True)
class Published:
    """A published list: its name for readers, the years it covers in full, and its days with their names."""

    name: str
    years: range
    days: Mapping[date, str]


@dataclass(frozen=True)
class Comparison:
    """What was found, year by year, in plain words, and one line on what was compared. No findings: all agree."""

    findings: tuple[str, ...]
    summary: str


def compare(calendars: Mapping[str, Calendar]) -> Comparison:
    """Our calendars against every published list there is for them."""
    findings, summaries = [], []
    for calendar in calendars.values():
        lists = published(calendar)
        findings += _own_faults(calendar)
        if not lists:
            findings.append(f"{calendar.title}: there is no published list to compare it with; "
                            "name one in build_scripts/prove/calendars.py.")
        for one in lists:
            findings += differences(calendar, one)
        compared = ", ".join(f"{one.name} ({_years(calendar, one)[0]}-{_years(calendar, one)[-1]})"
                             for one in lists if _years(calendar, one))
        summaries.append(f"{calendar.title}: {len(calendar.holidays)} days in {calendar.from_year}-{calendar.to_year} "
                         f"compared with {compared or 'nothing'}")
    found = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}" if findings else "all agree"
    return Comparison(tuple(findings), "; ".join(summaries) + f": {found}.")


def published(calendar: Calendar) -> list[Published]:
    """The published lists for a calendar, from the data that the packages carry."""
    ours = range(calendar.from_year, calendar.to_year + 1)
    lists = []
    for country, part in PACKAGE_LISTS.get(calendar.id, ()):
        days = holidays.country_holidays(country, subdiv=part, years=ours, language="en_GB")
        name = f"holidays {country}-{part}" if part else f"holidays {country}"
        lists.append(Published(name, ours, dict(days.items())))
    if calendar.id in GOV_UK_LISTS:
        events = BankHolidays(use_cached_holidays=True).get_holidays(division=GOV_UK_LISTS[calendar.id])
        days = {event["date"]: event["title"] for event in events}
        lists.append(Published("GOV.UK", range(min(days).year, max(days).year + 1), days))
    return lists


def differences(calendar: Calendar, other: Published) -> list[str]:
    """Working-week days that only one of the two has, in the years that both cover.

    Days at a weekend do not matter: lists differ in whether they show the day itself beside its substitute.
    """
    found = []
    for year in _years(calendar, other):
        theirs, ours = _week_days(calendar, other.days, year), _week_days(calendar, calendar.holidays, year)
        for day in sorted(theirs.keys() ^ ours.keys()):
            if day in theirs:
                found.append(f"{calendar.title} {year}: {other.name} lists {say_date(day)} ({theirs[day]}); "
                             "our calendar does not.")
            else:
                found.append(f"{calendar.title} {year}: our calendar lists {say_date(day)} ({ours[day]}); "
                             f"{other.name} does not.")
    return found


def _own_faults(calendar: Calendar) -> list[str]:
    """What is wrong in a calendar whatever others say."""
    years = range(calendar.from_year, calendar.to_year + 1)
    found = [f"{calendar.title}: {say_date(day)} ({name}) is outside its years, {years[0]} to {years[-1]}."
             for day, name in sorted(calendar.holidays.items()) if day.year not in years]
    with_days = {day.year for day in calendar.holidays}
    found += [f"{calendar.title} {year}: the calendar says that it covers this year but has no holiday in it."
              for year in years if year not in with_days]
    return found


def _years(calendar: Calendar, other: Published) -> range:
    return range(max(calendar.from_year, other.years.start), min(calendar.to_year + 1, other.years.stop))


def _week_days(calendar: Calendar, days: Mapping[date, str], year: int) -> dict[date, str]:
    return {day: name for day, name in days.items() if day.year == year and day.weekday() not in calendar.weekend}
