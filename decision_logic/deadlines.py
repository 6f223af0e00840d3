"""Deadlines and working days: pure arithmetic over a calendar that is handed in.

The conventions, which readers are shown as readings (rules/readings.yml: working_day_counting, clock_hours_elapsed,
month_corresponding_date): the day of the starting event never counts, the last day counts to its end (23:59:59 local),
hours are hours that really pass, a month ends on the corresponding date or, where there is none, on the month's last
day, and nothing rolls forward unless the rule says so. Every day met must lie within the calendar's years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from decision_logic import clock
from decision_logic.errors import DateError

CLOCK_HOURS, CALENDAR_DAYS, WORKING_DAYS = "clock_hours", "calendar_days", "working_days"
WEEKS, CALENDAR_MONTHS = "weeks", "calendar_months"
UNITS = (CLOCK_HOURS, CALENDAR_DAYS, WORKING_DAYS, WEEKS, CALENDAR_MONTHS)

NEVER, IF_TOUCHED = "never", "if_period_touches_non_working_day"
ROLLS = (NEVER, IF_TOUCHED)

ENDS_ON_WORKING_DAY = "ends_on_working_day"
ONLY_IF = (ENDS_ON_WORKING_DAY,)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The days on which one jurisdiction does not work, for the years that its data covers.

    `weekend` holds weekday numbers (Monday is 0); `holidays` gives each named holiday by its date.
    """

    id: str
    title: str
    from_year: int
    to_year: int
    weekend: frozenset[int]
    holidays: Mapping[date, str]

    def within(self, day: date) -> date:
        """The day itself. Raises DateError where the calendar's years do not reach it."""
        if not self.from_year <= day.year <= self.to_year:
            raise DateError(
                f"{clock.say_date(day)} is outside the years that the calendar “{self.title}” covers.",
                found=day.isoformat(),
                expected=f"dates from {self.from_year} to {self.to_year}",
                hint="The starting date, the result and every day between them must lie in these years.",
            )
        return day

    def why_not_working(self, day: date) -> str | None:
        """Why nobody works on that day ("Saturday", "Good Friday", or both), or None for a working day."""
        self.within(day)
        reasons = [clock.WEEKDAYS[day.weekday()]] if day.weekday() in self.weekend else []
        if day in self.holidays:
            reasons.append(self.holidays[day])
        return ", ".join(reasons) or None

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day. Raises DateError outside the calendar's years."""
        return self.why_not_working(day) is None

    def next_working(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return working_day_after(day, 1, self).date


@dataclass(frozen=True)
class Span:
    """A length of time as a rule states it.

    `count` is a positive number of `unit` (one of UNITS). `rolls` (one of ROLLS) says whether a period of hours that
    touches a non-working day runs on to the end of the first working day from its end. `only_if`, for a target,
    is None or `ends_on_working_day`: there is a target only where it falls on a working day.
    """

    count: int
    unit: str
    rolls: str = NEVER
    only_if: str | None = None

    def __post_init__(self):
        # The model reports these with file and line; here they only stop a wrong rule from counting wrongly.
        if self.count < 1 or self.unit not in UNITS or self.rolls not in ROLLS:
            raise ValueError(f"not a length of time: {self.count} {self.unit}, rolls {self.rolls}")
        if self.only_if not in (None, *ONLY_IF):
            raise ValueError(f"unknown condition of a target: {self.only_if}")
        if self.rolls != NEVER and self.unit != CLOCK_HOURS:
            raise ValueError(f"only a period of hours can roll forward, not one of {self.unit}")

    @property
    def needs_time(self) -> bool:
        """Whether it can be counted only from a time of day."""
        return self.unit == CLOCK_HOURS


@dataclass(frozen=True)
class CountedDay:
    """A day that counted: the `number` of the day, week or month that it completes; for hours, the `seconds` of it."""

    date: date
    number: int | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class SkippedDay:
    """A day that did not count, and why."""

    date: date
    why: str


@dataclass(frozen=True)
class Counted:
    """A deadline worked out.

    `target` (or None) and `last_moment` carry the UK offset; `last_day` is the date of `last_moment`. `counted` and
    `skipped` are the days of the limit; the days on which a rolling period rested appear in `skipped` as well as in
    `counted`, since their hours passed too. `notes` are sentences for the reader.
    """

    target: datetime | None
    last_day: date
    last_moment: datetime
    counted: tuple[CountedDay, ...]
    skipped: tuple[SkippedDay, ...]
    notes: tuple[str, ...]

    def plain(self) -> dict:
        """As text, numbers and lists, with the keys of an answer's deadline."""
        return {
            "target": self.target.isoformat() if self.target else None,
            "last_day": self.last_day.isoformat(),
            "last_moment": self.last_moment.isoformat(),
            "counted": _plain_counted(self.counted),
            "skipped": _plain_skipped(self.skipped),
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class WorkingDays:
    """Working days counted from `start` (which never counts) to `date` (which does).

    `working_days` is negative where `date` lies before `start`, and so are the numbers of the days counted.
    """

    start: date
    date: date
    working_days: int
    counted: tuple[CountedDay, ...]
    skipped: tuple[SkippedDay, ...]

    def plain(self) -> dict:
        """As text, numbers and lists."""
        return {
            "date": self.date.isoformat(),
            "working_days": self.working_days,
            "counted": _plain_counted(self.counted),
            "skipped": _plain_skipped(self.skipped),
        }


def compute(limit: Span, target: Span | None, start: date | datetime | clock.Moment, calendar: Calendar) -> Counted:
    """The deadline that `limit` (and `target`, where the source gives one) sets, counted from `start`.

    `start` is a date or a moment; a datetime without offset is local time. Where hours are counted a moment is needed;
    where only days are, the local date of a moment is used and a note says so.
    Raises DateError outside the calendar's years, for a time that never occurs, or where a time is missing.
    """
    day, moment = _start(start)
    calendar.within(day)
    notes = [moment.note] if moment and moment.note else []
    counts_hours = limit.needs_time or (target is not None and target.needs_time)
    if counts_hours and moment is None:
        raise DateError(
            "This deadline counts hours, so it needs the time of day at which it starts.",
            found=day.isoformat(),
            expected=clock.EXPECTED_TIME,
        )
    if moment and not counts_hours:
        notes = [
            f"Only whole days count here: the time {clock.say_time(moment.at)} makes no difference, and the "
            f"counting starts from {clock.say_date(day)}."
        ]

    aim = _aim(target, day, moment, calendar, notes)
    if limit.unit == CLOCK_HOURS:
        last_moment, counted, skipped = _hours(limit, moment.at, calendar, notes)
    else:
        last_day, counted, skipped = _days(limit, day, calendar, notes)
        last_moment = clock.end_of_day(last_day)
    return Counted(aim, last_moment.date(), last_moment, tuple(counted), tuple(skipped), tuple(notes))


def working_day_after(start: date, n: int, calendar: Calendar) -> WorkingDays:
    """The n-th working day after `start` (before it, where n is negative). `start` itself never counts.

    Raises DateError outside the calendar's years and for n = 0, which names no day: the start need not be a
    working day, and whether it should then move on or back is nowhere said.
    """
    if n == 0:
        raise DateError(
            "Nought working days from a date is no working day that can be counted.",
            found="0",
            expected="1 or more for a day after it, -1 or less for a day before it",
        )
    sign = 1 if n > 0 else -1
    counted, skipped, day = [], [], calendar.within(start)
    while len(counted) < abs(n):
        day += sign * ONE_DAY
        _meet(day, sign, calendar, counted, skipped)
    return WorkingDays(start, day, n, tuple(counted), tuple(skipped))


def working_days_between(a: date, b: date, calendar: Calendar) -> WorkingDays:
    """The working days after `a` up to and including `b`; negative where `b` comes first, nought for the same day.

    So the working day N after `a` is always N working days from it. Raises DateError outside the calendar's years.
    """
    sign = 1 if b >= a else -1
    counted, skipped, day = [], [], calendar.within(a)
    calendar.within(b)
    while day != b:
        day += sign * ONE_DAY
        _meet(day, sign, calendar, counted, skipped)
    return WorkingDays(a, b, sign * len(counted), tuple(counted), tuple(skipped))


def span_in_words(span: Span) -> str:
    """ "five working days", "24 hours", "16 weeks", "one calendar month"."""
    small = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    unit = "hours" if span.unit == CLOCK_HOURS else span.unit.replace("_", " ")
    count = small[span.count - 1] if span.count <= len(small) else str(span.count)
    return f"{count} {unit.removesuffix('s') if span.count == 1 else unit}"


def length_in_words(limit: Span, target: Span | None = None) -> str:
    """The length of a deadline: "24 hours or one working day" where it has a target as well as a limit."""
    return f"{span_in_words(target)} or {span_in_words(limit)}" if target else span_in_words(limit)


def length_in_full(limit: Span, target: Span | None = None) -> str:
    """The same, with where the limit rolls to, for places that stand alone such as a column "by when"."""
    text = length_in_words(limit, target)
    return f"{text}, or the next working day where they touch a weekend or public holiday" if limit.rolls == IF_TOUCHED else text


def _start(start) -> tuple[date, clock.Moment | None]:
    if isinstance(start, datetime):
        start = clock.moment(start)
    return (start.date, start) if isinstance(start, clock.Moment) else (start, None)


def _aim(
    target: Span | None, day: date, moment: clock.Moment | None, calendar: Calendar, notes: list
) -> datetime | None:
    """The moment to aim at, or None where the source gives none or it would fall on a day that it excludes."""
    if target is None:
        return None
    if target.unit == CLOCK_HOURS:
        aim, _, _ = _hours(target, moment.at, calendar, [])
    else:
        aim = clock.end_of_day(_days(target, day, calendar, [])[0])
    why = calendar.why_not_working(aim.date())
    if why and target.only_if == ENDS_ON_WORKING_DAY:
        notes.append(
            f"{span_in_words(target).capitalize()} would end on {_day_and_why(aim.date(), why)}, "
            "which is not a working day: there is no target, only the outer limit."
        )
        return None
    return aim


def _days(span: Span, start: date, calendar: Calendar, notes: list):
    """The last day of a span of days, weeks or months, and the days counted and skipped."""
    if span.unit == WORKING_DAYS:
        found = working_day_after(start, span.count, calendar)
        return found.date, found.counted, found.skipped
    if span.unit == CALENDAR_MONTHS:
        end = _corresponding_day(start, span.count)
    else:
        end = start + span.count * (7 if span.unit == WEEKS else 1) * ONE_DAY
    calendar.within(end)
    days = [CountedDay(start + number * ONE_DAY, number) for number in range(1, (end - start).days + 1)]
    last = days[-1].date
    if span.unit == CALENDAR_MONTHS and last.day != start.day:
        notes.append(
            f"{clock.MONTHS[last.month - 1]} {last.year} has no day {start.day}, so the month ends "
            f"on its last day, {clock.say_date(last)}."
        )
    return last, days, []


def _hours(span: Span, start: datetime, calendar: Calendar, notes: list):
    """The last moment of a span of hours, the hours by local date, and the non-working days it rolled over."""
    end = clock.after_hours(start, span.count)
    calendar.within(end.date())
    counted, touched, at = [], [], start
    while at < end:
        day = at.date()
        until = min(end, clock.start_of_day(day + ONE_DAY))
        counted.append(CountedDay(day, seconds=int((until - at).total_seconds())))
        why = calendar.why_not_working(day)
        if why:
            touched.append(SkippedDay(day, why))
        change = clock.clocks_change(day)
        if change and at.utcoffset() != until.utcoffset():
            notes.append(
                f"The clocks go {change} on {clock.say_date(day)}: the hours counted are those that really pass."
            )
        at = clock.local(until)
    if span.rolls == IF_TOUCHED and touched:
        return _rolled(span, end, calendar, notes, counted, touched)
    if clock.start_of_day(end.date()) == end:
        notes.append(
            f"The time ends at midnight as {clock.say_date(end.date())} begins, which is the end of "
            f"{clock.say_date(end.date() - ONE_DAY)}."
        )
    return end, counted, []


def _rolled(span: Span, end: datetime, calendar: Calendar, notes: list, counted: list, touched: list):
    """A period that touched a non-working day runs to the end of the first working day on or after the day it ends."""
    skipped, day = list(touched), end.date()
    while not calendar.is_working(day):
        if day != skipped[-1].date:
            skipped.append(SkippedDay(day, calendar.why_not_working(day)))
        day += ONE_DAY
    met = "; ".join(_day_and_why(rest.date, rest.why) for rest in touched)
    notes.append(
        f"The {span_in_words(span)} end at {clock.say_time(end)} on {clock.say_date(end.date())}. "
        f"They touch days that are not working days ({met}), "
        "so the deadline is the end of the first working day from then on."
    )
    return clock.end_of_day(day), counted, skipped


def _corresponding_day(start: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    next_year, next_month = divmod(year * 12 + month + 1, 12)
    length = (date(next_year, next_month + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(start.day, length))


def _meet(day: date, sign: int, calendar: Calendar, counted: list, skipped: list) -> None:
    """Count the day or skip it."""
    why = calendar.why_not_working(day)
    if why:
        skipped.append(SkippedDay(day, why))
    else:
        counted.append(CountedDay(day, sign * (len(counted) + 1)))


def _day_and_why(day: date, why: str) -> str:
    """Friday 22 April 2011, Good Friday. The weekday alone is not said twice."""
    weekday = clock.WEEKDAYS[day.weekday()]
    reasons = [reason for reason in why.split(", ") if reason != weekday]
    return ", ".join([clock.say_date(day), *reasons])


def _plain_counted(counted: tuple[CountedDay, ...]) -> list[dict]:
    """Numbers, or hours: whole ones as integers, others to two places, so rounded that they add up to the total."""
    plain, passed, told = [], 0, 0
    for entry in counted:
        if entry.seconds is None:
            plain.append({"date": entry.date.isoformat(), "number": entry.number})
            continue
        passed += entry.seconds
        hundredths = (passed * 100 + 1800) // 3600 - told
        told += hundredths
        hours = hundredths // 100 if hundredths % 100 == 0 else hundredths / 100
        shown = {"date": entry.date.isoformat(), "hours": hours}
        if entry.seconds % 3600:
            shown["length"] = _say_length(entry.seconds)
        plain.append(shown)
    return plain


def _plain_skipped(skipped: tuple[SkippedDay, ...]) -> list[dict]:
    return [{"date": entry.date.isoformat(), "why": entry.why} for entry in skipped]


def _say_length(seconds: int) -> str:
    """7 hours 40 minutes"""
    parts = ((seconds // 3600, "hour"), (seconds // 60 % 60, "minute"), (seconds % 60, "second"))
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)
