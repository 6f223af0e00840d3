"""Days as tables: what the engine says of every starting day of a calendar's years, written down so that the browser need not count.

A table is {"from": number of the first day, "values": [...], "days": text}. The text has a letter a day, the value's place in
``values``, and behind a letter how often it comes in a row ("A5BC" is A five times, then B, then C). Days are numbered from
1 January 1970. Only results stand here; how they are counted, :mod:`decision_logic.deadlines` alone knows.
"""

import re
import string
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise

from build_scripts.site.lookup_texts import refused, with_gap
from decision_logic import clock
from decision_logic.deadlines import CALENDAR_DAYS, CALENDAR_MONTHS, CLOCK_HOURS, WEEKS, WORKING_DAYS, compute
from decision_logic.errors import DateError

EPOCH = date(1970, 1, 1)
ONE_DAY = timedelta(days=1)
MINUTES = 24 * 60
RUN = re.compile(r"(\D)(\d*)")
LETTERS = string.ascii_uppercase + string.ascii_lowercase


def number(day):
    """A day as its number from 1 January 1970."""
    return (day - EPOCH).days


def table(first, values):
    """Values of consecutive days as a table; ``values`` are plain data, an item a day."""
    pool, letters = {}, []
    for value in values:
        key = repr(value)
        pool.setdefault(key, (len(pool), value))
        letters.append(_letter(pool[key][0]))
    runs = ((letter, len(list(run))) for letter, run in groupby(letters))
    return {
        "from": number(first),
        "values": [value for _, value in pool.values()],
        "days": "".join(letter + (str(length) if length > 1 else "") for letter, length in runs),
    }


def values_of(table):
    """The values of a table, an item a day."""
    found = []
    for letter, length in RUN.findall(table["days"]):
        place = LETTERS.index(letter) if letter in LETTERS else ord(letter) - 0x100
        found += [table["values"][place]] * int(length or 1)
    return found


def _letter(index):
    return LETTERS[index] if index < len(LETTERS) else chr(0x100 + index)


def years_of(calendar):
    """The first and the last day of a calendar's years."""
    return date(calendar.from_year, 1, 1), date(calendar.to_year, 12, 31)


def last_days(rule, calendar):
    """The table of a deadline: what comes of a start on each day.

    A value is {"outside": days}, where that day after the start lies outside the calendar's years, or a list of
    [from minute of the day, end, target]; an end is {"outside": days} where that holds from this minute on alone, null where no
    clock ever showed the time, [days] for the end of the day so many days after the start, or [days, minutes, hours] for a moment: the time of the start put on by so many minutes, so many
    hours ahead of UTC. The target is written in the same way and is null where there is none. ``hours`` says whether it counts from a
    time of day, ``outside`` what the engine says of a day outside the calendar's years.
    """
    first, last = years_of(calendar)
    return {
        **table(first, _Counting(rule, calendar).values()),
        "to": number(last),
        "hours": any(span is not None and span.needs_time for span in (rule.limit, rule.target)),
        "outside": with_gap(refused(lambda: calendar.within(last + ONE_DAY)), last + ONE_DAY),
    }


def days_named(rule, calendar):
    """What the table of a deadline is called."""
    return f"{rule.id}|{calendar.id}"


class Tables:
    """Tables of deadlines, each made once whatever the number of look-ups that use it."""

    def __init__(self):
        self._made = {}

    def last_days(self, rule, calendar):
        """:func:`last_days`"""
        key = (rule.limit, rule.target, calendar.id)
        if key not in self._made:
            self._made[key] = last_days(rule, calendar)
        return self._made[key]


class _Counting:
    """Asks the engine for each starting day; what only repeats an earlier day, holidays and clocks alike, is taken from that one."""

    def __init__(self, rule, calendar):
        self.rule, self.calendar = rule, calendar
        first, last = years_of(calendar)
        self.days = [first + step * ONE_DAY for step in range((last - first).days + 1)]
        spans = [span for span in (rule.limit, rule.target) if span is not None]
        self.hours = any(span.needs_time for span in spans)
        self.months = max((span.count for span in spans if span.unit == CALENDAR_MONTHS), default=0)
        rests = self.hours or any(span.unit == WORKING_DAYS or span.only_if for span in spans)
        self.works = [calendar.is_working(day) for day in self.days] if rests else []
        rest = max((len(list(run)) for works, run in groupby(self.works) if not works), default=0)
        # How far beyond the start anything can matter: a count ends on a day of rest at the most, and then goes on to its end.
        self.reach = (
            2 + max(_days_at_most(span) + span.count * rest * (span.unit == WORKING_DAYS) for span in spans) + rest
        )
        self.changes = [clock.clocks_change(day) for day in self.days] if self.hours else []
        self.ahead = [clock.start_of_day(day).utcoffset() for day in self.days] if self.hours else []

    def values(self):
        known = {}
        for place, day in enumerate(self.days):
            if place + self.reach >= len(self.days):
                yield self.value(day)
                continue
            key = self.surroundings(place, day)
            if key not in known:
                known[key] = self.value(day)
            yield known[key]

    def surroundings(self, place, day):
        lengths = (
            (day.day, *(monthrange(*_month(day, step))[1] for step in range(self.months + 1))) if self.months else ()
        )
        works = tuple(self.works[place : place + self.reach])
        return works, lengths, tuple(self.ahead[place : place + 1]), tuple(self.changes[place : place + self.reach])

    def value(self, day):
        if not self.hours:
            found = self.at(day, None)
            return found if isinstance(found, dict) else [[0, *found]]
        place = (day - self.days[0]).days
        changes = any(self.changes[place : place + self.reach])
        pieces = _pieces(lambda minute: self.at(day, minute), 30 if changes else MINUTES // 2)
        if all(found == pieces[0][1] for _, found in pieces) and isinstance(pieces[0][1], dict):
            return pieces[0][1]
        return [[minute, found, None] if isinstance(found, dict) else [minute, *found] for minute, found in pieces]

    def at(self, day, minute):
        try:
            start = day if minute is None else clock.at_local(datetime.combine(day, time(minute // 60, minute % 60)))
            counted = compute(self.rule.limit, self.rule.target, start, self.calendar)
        except DateError as error:
            if len(error.found) > len("2011-04-21"):
                return [None, None]  # a time that never was
            return {"outside": (date.fromisoformat(error.found) - day).days}
        return [_end(counted.last_moment, day, minute), counted.target and _end(counted.target, day, minute)]


def _days_at_most(span):
    return {
        CLOCK_HOURS: span.count // 24 + 1,
        WORKING_DAYS: span.count,
        WEEKS: 7 * span.count,
        CALENDAR_DAYS: span.count,
    }.get(span.unit, 31 * span.count)


def _month(day, later):
    months = day.year * 12 + day.month - 1 + later
    return months // 12, months % 12 + 1


def _end(moment, day, minute):
    days = (moment.date() - day).days
    if moment.time() == time(23, 59, 59):
        return [days]
    return [days, moment.hour * 60 + moment.minute - minute, int(moment.utcoffset() / timedelta(hours=1))]


def _pieces(result, step):
    """[(from minute, result)] over a day, where the result is the same from each minute to the next that is named.

    ``step``: minutes within which it changes no more than once, but for the very first minute.
    """
    places = [0, 1, *range(step, MINUTES, step), MINUTES - 1]
    found = [(0, result(0))]
    for low, high in pairwise(places):
        then = result(high)
        if then != found[-1][1]:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if result(middle) == found[-1][1] else (low, middle)
            found.append((high, then))
    return found


def clocks(first, last):
    """How far ahead of UTC clocks stand: at first, and from then on by the days on which they change.

    {"from", "to": days; "begins": hours; "shapes": [[[from minute, hours or null], …]], "changes": [[day, place in shapes], …]};
    null where clocks never show the time.
    """

    def offset(day, minute):
        try:
            return int(
                clock.at_local(datetime.combine(day, time(minute // 60, minute % 60))).at.utcoffset()
                / timedelta(hours=1)
            )
        except DateError:
            return None

    shapes, changes = [], []
    for year in range(first.year, last.year + 1):
        for month in (3, 10):
            for of_month in range(25, 32):  # the last Sunday of a month of 31 days
                day = date(year, month, of_month)
                if clock.clocks_change(day):
                    shape = [list(piece) for piece in _pieces(lambda minute, day=day: offset(day, minute), 30)]
                    if shape not in shapes:
                        shapes.append(shape)
                    changes.append([number(day), shapes.index(shape)])
    return {"from": number(first), "to": number(last), "begins": offset(first, 0), "shapes": shapes, "changes": changes}
