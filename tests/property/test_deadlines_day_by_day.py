"""Deadlines against an independent count: a second way of counting, one day or one minute at a time.

The count here shares nothing with the engine: it reads the calendar files by itself, takes clock changes from the
system's time-zone data, and walks instead of calculating.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decision_logic import clock
from decision_logic.deadlines import Span, compute, working_day_after, working_days_between
from decision_logic.errors import DateError
from tests.calendar_files import CALENDARS

LONDON = ZoneInfo("Europe/London")
RULES = Path(__file__).resolve().parents[2] / "decision_logic" / "rules" / "calendars"
FILES = {name: (RULES / f"{name}.yml").read_text(encoding="utf-8") for name in CALENDARS}
DAYS_OFF = {name: set(yaml.load(text, Loader=yaml.BaseLoader)["holidays"]) for name, text in FILES.items()}
FIRST, LAST = date(2003, 1, 1), date(2028, 12, 31)

names = st.sampled_from(sorted(CALENDARS))
# Most starts anywhere; many near Easter and May, Christmas, and the two clock changes, where mistakes live.
anywhere = st.dates(FIRST, LAST)
delicate = st.builds(
    lambda year, spot, off: min(max(date(year, *spot) + timedelta(off), FIRST), LAST),
    st.integers(2003, 2028),
    st.sampled_from([(3, 28), (4, 15), (5, 5), (10, 28), (12, 27)]),
    st.integers(-9, 9),
)
days = anywhere | delicate
minutes = st.integers(0, 24 * 60 - 1)


class OutsideError(Exception):
    """The independent count left the calendar's years."""


def off(name, day):
    """Whether a day is no working day, straight from the file."""
    if day.year < 2003 or day.year > 2028:
        raise OutsideError
    return day.strftime("%A") in ("Saturday", "Sunday") or str(day) in DAYS_OFF[name]


def walk(name, day, steps):
    """The day reached by stepping until that many working days were met."""
    off(name, day)
    step = timedelta(days=1 if steps > 0 else -1)
    while steps:
        day += step
        if not off(name, day):
            steps += -1 if steps > 0 else 1
    return day


def instants(day, minute):
    """Every instant at which London clocks show this minute of this day: none, one or two. Found by trying them all."""
    wanted = (day.year, day.month, day.day, minute // 60, minute % 60)
    noon = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=UTC)
    tried = (noon - timedelta(minutes=15 * quarter) for quarter in range(9, -1, -1))
    return [at for at in tried if at.astimezone(LONDON).timetuple()[:5] == wanted]


def minutes_by_date(start, hours):
    """How many minutes of the period fall on each local date, counted one by one."""
    count = {}
    for minute in range(hours * 60):
        day = (start + timedelta(minutes=minute)).astimezone(LONDON).date()
        count[day] = count.get(day, 0) + 1
    return count


def last_second(day):
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=LONDON)


def outcome(count):
    """The result of a count, or the word for its leaving the calendar."""
    try:
        return count()
    except (OutsideError, DateError):
        return "refused"


@given(names, days, st.integers(-40, 40).filter(bool))
@example("england_and_wales", date(2011, 4, 21), 5)
def test_working_days_are_those_met_by_walking(name, start, n):
    """The working day N before or after a date is the one that a walk over the calendar meets."""
    assert outcome(lambda: working_day_after(start, n, CALENDARS[name]).date) == outcome(lambda: walk(name, start, n))


@given(names, days, st.integers(-40, 40).filter(bool))
def test_every_day_is_counted_or_skipped_once(name, start, n):
    """Between the start and the result each day stands in exactly one of the two lists, in the order of the walk."""
    found = outcome(lambda: working_day_after(start, n, CALENDARS[name]))
    if found == "refused":
        return
    sign = 1 if n > 0 else -1
    met = sorted([day.date for day in (*found.counted, *found.skipped)], reverse=n < 0)
    assert met == [start + timedelta(days=sign * (step + 1)) for step in range(abs((found.date - start).days))]
    assert [day.number for day in found.counted] == [sign * (step + 1) for step in range(abs(n))]
    assert [day.date for day in found.skipped] == [day for day in met if off(name, day)]


@given(names, days, st.integers(-60, 60))
def test_days_between_are_those_met_by_walking(name, start, length):
    """The working days between two dates are the working days after the first up to the second, either way round."""
    end = start + timedelta(days=length)
    step = 1 if length > 0 else -1

    def walked():
        off(name, start)
        return step * sum(not off(name, start + timedelta(days=step * i)) for i in range(1, abs(length) + 1))

    assert outcome(lambda: working_days_between(start, end, CALENDARS[name]).working_days) == outcome(walked)


@given(names, days, st.integers(-40, 40).filter(bool))
def test_adding_and_counting_back_agree(name, start, n):
    """The working day N from a date lies N working days from it."""
    found = outcome(lambda: working_day_after(start, n, CALENDARS[name]))
    if found != "refused":
        assert working_days_between(start, found.date, CALENDARS[name]).working_days == n


@given(days, minutes)
@example(date(2011, 3, 27), 90)
@example(date(2011, 10, 30), 90)
def test_local_times_are_the_instants_of_the_time_zone_data(day, minute):
    """A local time is the instant that the system's data gives; none is refused, and the first of two is told."""
    written = f"{day}T{minute // 60:02}:{minute % 60:02}"
    known = instants(day, minute)
    if not known:
        assert outcome(lambda: clock.read_moment(written)) == "refused"
        return
    read = clock.read_moment(written)
    assert read.at == known[0]
    assert read.at.utcoffset() == known[0].astimezone(LONDON).utcoffset()
    assert (read.note is not None) == (len(known) == 2)
    for instant in known:
        assert clock.read_moment(instant.astimezone(LONDON).isoformat()).at == instant


@settings(max_examples=60)
@given(days, minutes, st.integers(1, 72))
@example(date(2011, 3, 26), 18 * 60, 24)
@example(date(2011, 10, 29), 18 * 60, 24)
@example(date(2011, 10, 29), 18 * 60 + 20, 48)
def test_hours_are_those_counted_minute_by_minute(day, minute, hours):
    """A period of hours ends where its last minute ends, and its hours by date are the minutes counted one by one."""
    for start in instants(day, minute):
        local = start.astimezone(LONDON)
        end = start + timedelta(hours=hours)
        found = outcome(lambda: compute(Span(hours, "clock_hours"), None, local, CALENDARS["england_and_wales"]))  # noqa: B023
        if end.astimezone(LONDON).date() > LAST:
            assert found == "refused"
            continue
        assert found.last_moment == end
        assert found.last_moment.isoformat() == end.astimezone(LONDON).isoformat()
        assert {entry.date: entry.seconds for entry in found.counted} == {
            date: 60 * count for date, count in minutes_by_date(start, hours).items()
        }
        assert abs(sum(entry["hours"] for entry in found.plain()["counted"]) - hours) < 1e-9


@settings(max_examples=60)
@given(names, days, minutes | st.just(0), st.just(48) | st.integers(1, 72))
@example("england_and_wales", date(2010, 6, 10), 0, 48)
@example("england_and_wales", date(2010, 6, 10), 1, 48)
@example("england_and_wales", date(2011, 4, 20), 9 * 60, 48)
@example("england_and_wales", date(2011, 10, 28), 12 * 60, 48)
def test_a_period_rolls_only_where_a_minute_of_it_falls_on_a_day_off(name, day, minute, hours):
    """With no minute on a day off the period ends after its hours; else with the first working day from its end."""
    span = Span(hours, "clock_hours", rolls="if_period_touches_non_working_day")
    for start in instants(day, minute)[:1]:

        def walked():
            end = (start + timedelta(hours=hours)).astimezone(LONDON)  # noqa: B023
            touched = [met for met in minutes_by_date(start, hours) if off(name, met)]  # noqa: B023
            off(name, end.date())
            if not touched:
                return end.isoformat(), []
            reached, rolled = end.date(), set(touched)
            while off(name, reached):
                rolled.add(reached)
                reached += timedelta(days=1)
            return last_second(reached).isoformat(), sorted(rolled)

        found = outcome(lambda: compute(span, None, start.astimezone(LONDON), CALENDARS[name]))  # noqa: B023
        if found != "refused":
            found = found.last_moment.isoformat(), [skipped.date for skipped in found.skipped]
        assert found == outcome(walked)


@settings(max_examples=60)
@given(names, days, minutes)
def test_a_resident_has_the_next_working_day_and_a_target_on_working_days_only(name, day, minute):
    """The limit is the end of the first working day after the start's; 24 hours are a target if they end on one."""
    for start in instants(day, minute)[:1]:
        found = outcome(
            lambda: compute(
                Span(1, "working_days"),
                Span(24, "clock_hours", only_if="ends_on_working_day"),
                start.astimezone(LONDON),  # noqa: B023
                CALENDARS[name],
            )
        )

        def walked():
            aim = (start + timedelta(hours=24)).astimezone(LONDON)  # noqa: B023
            limit = last_second(walk(name, day, 1)).isoformat()
            return (None if off(name, aim.date()) else aim.isoformat()), limit

        if found != "refused":
            found = found.target and found.target.isoformat(), found.last_moment.isoformat()
        assert found == outcome(walked)


@given(days, st.integers(1, 20))
def test_weeks_keep_their_weekday(start, weeks):
    """After so many weeks a walk of single days, one Monday to the next, has met the weekday that many times."""
    found = outcome(lambda: compute(Span(weeks, "weeks"), None, start, CALENDARS["guernsey"]).last_day)

    def walked():
        day, met = start, 0
        while met < weeks:
            day += timedelta(days=1)
            met += day.strftime("%a") == start.strftime("%a")
        off("guernsey", day)
        return day

    assert found == outcome(walked)


@given(days, st.integers(1, 30))
def test_calendar_days_count_every_day(start, count):
    """So many calendar days on, no day is left out for being a day off."""
    found = outcome(lambda: compute(Span(count, "calendar_days"), None, start, CALENDARS["guernsey"]).last_day)

    def walked():
        day = start
        for _ in range(count):
            day += timedelta(days=1)
            off("guernsey", day)
        return day

    assert found == outcome(walked)


@given(days, st.integers(1, 14))
@example(date(2012, 1, 31), 1)
@example(date(2010, 2, 28), 1)
def test_months_end_on_the_corresponding_day(start, months):
    """A walk into the right month stops at the same day of the month, or where the month stops first."""
    found = outcome(lambda: compute(Span(months, "calendar_months"), None, start, CALENDARS["guernsey"]).last_day)

    def walked():
        day, turns = start, 0
        while turns < months or (day.day < start.day and (day + timedelta(days=1)).month == day.month):
            day += timedelta(days=1)
            turns += day.day == 1
            off("guernsey", day)
        return day

    assert found == outcome(walked)


@given(names, days, minutes)
def test_the_same_question_twice_has_the_same_answer(name, day, minute):
    """A deadline of days does not depend on the time of day given with its start."""
    start = datetime(day.year, day.month, day.day, minute // 60, minute % 60)
    with_time = outcome(lambda: compute(Span(5, "working_days"), None, start, CALENDARS[name]).last_moment)
    if instants(day, minute):
        assert with_time == outcome(lambda: compute(Span(5, "working_days"), None, day, CALENDARS[name]).last_moment)
