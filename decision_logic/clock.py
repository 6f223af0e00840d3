"""UK time without a time-zone database, and dates and times read from text.

The browser's Python carries no time-zone data, and the rule is short: from the last Sunday of March at 01:00 UTC
to the last Sunday of October at 01:00 UTC the clocks stand one hour ahead of UTC. Guernsey keeps the same time.
The rule has held since 1996. If the law on summer time changes, `_summer` is the one place to change.

Two things are never guessed: a local time that never occurs (skipped in spring) is an error, and a local time
that occurs twice (repeated in autumn) is taken as the first of the two, with a note that says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from decision_logic.errors import DateError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

FIRST_YEAR = 1996  # the first year in which both changes fell on these Sundays
WINTER = timezone(timedelta(0))
SUMMER = timezone(timedelta(hours=1))

EXPECTED_DATE = "a date written as year-month-day, such as 2011-04-21"
EXPECTED_TIME = "a date and time, such as 2011-04-21T14:30"


@dataclass(frozen=True)
class Moment:
    """A point in time. `at` carries the UK offset of that moment; `note` tells the reader of a choice made for them."""

    at: datetime
    note: str | None = None

    @property
    def date(self) -> date:
        """The local date."""
        return self.at.date()


def read(text: str) -> date | Moment:
    """A date, or a date and time, from text. Raises DateError."""
    return read_date(text) if len(_text(text, EXPECTED_DATE)) <= 10 else read_moment(text)


def read_date(text: str) -> date:
    """The date written as YYYY-MM-DD. Raises DateError where it is anything else or no such day exists."""
    given = _text(text, EXPECTED_DATE)
    if not _shaped(given, "0000-00-00"):
        raise DateError("This is not a date.", found=given, expected=EXPECTED_DATE)
    try:
        return date(int(given[:4]), int(given[5:7]), int(given[8:]))
    except ValueError:
        raise DateError(
            "There is no such day.",
            found=given,
            expected=EXPECTED_DATE,
            hint="Check the month and how many days it has.",
        ) from None


def read_moment(text: str) -> Moment:
    """The moment written as YYYY-MM-DDTHH:MM, with seconds and an offset where wanted. Raises DateError.

    Without an offset the time is local. With one (Z, +00:00 or +01:00) it must be the offset that the clocks
    really had at that local time: otherwise one of the two is a mistake, and which one cannot be known.
    """
    given = _text(text, EXPECTED_TIME)
    if _shaped(given, "0000-00-00"):
        raise DateError(
            "This date needs a time of day: the deadline counts hours.", found=given, expected=EXPECTED_TIME
        )
    clock, offset = _split_offset(given)
    if clock[10:11] not in ("T", " ") or not (_shaped(clock[11:], "00:00") or _shaped(clock[11:], "00:00:00")):
        raise DateError("This is not a date and time.", found=given, expected=EXPECTED_TIME)
    day = read_date(clock[:10])
    try:
        of_day = time(*(int(part) for part in clock[11:].split(":")))
    except ValueError:
        raise DateError(
            "There is no such time of day.",
            found=given,
            expected=EXPECTED_TIME,
            hint="Hours run from 00 to 23. For the midnight at a day's end, write 00:00 of the next day.",
        ) from None
    return at_local(datetime.combine(day, of_day), offset)


def moment(when: datetime) -> Moment:
    """The moment of a datetime: local time where it has no offset; where it has one, that offset must be true."""
    naive = when.replace(tzinfo=None, fold=0)
    return at_local(naive, when.utcoffset())


def at_local(naive: datetime, offset: timedelta | None = None) -> Moment:
    """The moment at which UK clocks show `naive`. Raises DateError where they never do."""
    _known(naive.date())
    true = [zone for zone in (SUMMER, WINTER) if _zone_at(naive.replace(tzinfo=zone)) is zone]
    if not true:
        raise DateError(
            f"The clocks never showed {say_time(naive)} on {say_date(naive.date())}: "
            "they went forward from 01:00 to 02:00.",
            found=naive.isoformat(),
            expected="a time before 01:00 or from 02:00 on that day",
        )
    if offset is not None:
        for zone in true:
            if zone.utcoffset(None) == offset:
                return Moment(naive.replace(tzinfo=zone))
        shown = " or ".join(_say_offset(zone.utcoffset(None)) for zone in true)
        raise DateError(
            f"At {say_time(naive)} on {say_date(naive.date())} UK clocks were not {_say_offset(offset)} from UTC.",
            found=_say_offset(offset),
            expected=shown,
            hint="Leave the offset out to mean local time.",
        )
    note = None
    if len(true) == 2:
        note = (
            f"{say_time(naive)} occurred twice on {say_date(naive.date())}, when the clocks went back. "
            "It is taken as the first of the two, which is the stricter."
        )
    return Moment(naive.replace(tzinfo=true[0]), note)


def local(instant: datetime) -> datetime:
    """The same instant with the offset that UK clocks then had."""
    return instant.astimezone(_zone_at(instant))


def after_hours(start: datetime, hours: int) -> datetime:
    """The local time when `hours` have really passed, whatever the clocks did meanwhile."""
    return local(start.astimezone(WINTER) + timedelta(hours=hours))


def start_of_day(day: date) -> datetime:
    """00:00 local: the clocks never change at midnight, so there is always exactly one."""
    return at_local(datetime.combine(day, time())).at


def end_of_day(day: date) -> datetime:
    """23:59:59 local: the last second on which something due that day is still in time."""
    return at_local(datetime.combine(day, time(23, 59, 59))).at


def clocks_change(day: date) -> str | None:
    """ "forward" or "back" where the clocks change on `day`."""
    begins, ends = _summer(day.year)
    if day == begins.date():
        return "forward"
    return "back" if day == ends.date() else None


def say_date(day: date) -> str:
    """Friday 22 April 2011"""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def say_time(when: datetime) -> str:
    """14:30, with seconds only where there are any."""
    return when.isoformat()[11:19].removesuffix(":00")


# Worked out once a year: whoever makes tables asks for every day of every calendar.
_SUMMERS: dict[int, tuple[datetime, datetime]] = {}


def _summer(year: int) -> tuple[datetime, datetime]:
    """The instants at which summer time begins and ends."""
    if year not in _SUMMERS:
        _SUMMERS[year] = tuple(datetime.combine(_last_sunday(year, month), time(1), WINTER) for month in (3, 10))
    return _SUMMERS[year]


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)  # March and October both have 31 days
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _zone_at(instant: datetime) -> timezone:
    utc = instant.astimezone(WINTER)
    begins, ends = _summer(utc.year)
    return SUMMER if begins <= utc < ends else WINTER


def _known(day: date) -> None:
    # The upper limit only keeps the arithmetic clear of the end of time; calendars set the real one.
    if not FIRST_YEAR <= day.year < 9999:
        raise DateError(
            f"The clock changes of {day.year} are not known here.",
            found=day.isoformat(),
            expected=f"a year from {FIRST_YEAR} on",
        )


def _text(value: str, expected: str) -> str:
    if not isinstance(value, str):
        raise DateError("This is not a date.", found=repr(value), expected=expected)
    return value.strip()


def _shaped(text: str, shape: str) -> bool:
    """Whether text has a digit for every 0 of the shape and the shape's own character elsewhere."""
    if len(text) != len(shape):
        return False
    return all("0" <= c <= "9" if s == "0" else c == s for c, s in zip(text, shape, strict=True))


def _split_offset(text: str) -> tuple[str, timedelta | None]:
    if text.endswith(("Z", "z")):
        return text[:-1], timedelta(0)
    if _shaped(text[-6:], "+00:00") or _shaped(text[-6:], "-00:00"):
        size = timedelta(hours=int(text[-5:-3]), minutes=int(text[-2:]))
        return text[:-6], -size if text[-6] == "-" else size
    return text, None


def _say_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
