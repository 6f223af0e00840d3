"""UK time: what people write becomes the right moment, and what cannot be is refused."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from decision_logic import clock
from decision_logic.errors import DateError

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "clock.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", ROWS, ids=[row["written"] for row in ROWS])
def test_a_written_time_is_the_moment_that_uk_clocks_showed(row):
    """A date and time is read as local time, with the offset of that day, and a choice made for the reader is told."""
    read = clock.read_moment(row["written"])
    assert read.at.isoformat() == row["at"]
    assert read.note == (row["note"] or None)


@pytest.mark.parametrize(("written", "expected"), [
    ("2011-03-27T01:00", "a time before 01:00 or from 02:00 on that day"),
    ("2011-03-27T01:59:59", "a time before 01:00 or from 02:00 on that day"),
    ("2011-03-27T01:30+01:00", "a time before 01:00 or from 02:00 on that day"),
    ("2011-07-15T10:00Z", "+01:00"),
    ("2011-01-15T10:00+01:00", "+00:00"),
    ("2011-10-30T01:30+02:00", "+01:00 or +00:00"),
    ("2011-07-15T10:00-00:00", "+01:00"),
    ("2011-07-15T10:00-01:00", "+01:00"),
])
def test_a_time_that_clocks_never_showed_is_refused(written, expected):
    """A local time that never occurs, or an offset that clocks did not have, is an error that says what would do."""
    with pytest.raises(DateError) as caught:
        clock.read_moment(written)
    assert caught.value.expected == expected


@pytest.mark.parametrize("written", [
    "", "yesterday", "2011", "2011-04", "20110421", "2011-W16-4", "2011-04-21T", "2011-04-21T1", "2011-04-21T10",
    "2011-04-21T1000", "2011-04-21T10:00:00.000", "2011-04-21T10:00+1", "2011-04-21T10:00 +01:00", "2011-04-21x10:00",
    "2011-13-01", "2011-02-29", "2011-00-10", "2011-04-21T24:00", "2011-04-21T10:60", "٢٠١١-٠٤-٢١", "1995-06-01T10:00",
])
def test_what_is_no_date_or_time_is_refused(written):
    """Only year-month-day, with hours and minutes where wanted, is read; anything else is an error, never a guess."""
    with pytest.raises(DateError):
        clock.read(written)


def test_text_of_a_date_is_a_date_and_text_of_a_time_a_moment():
    """Whether a time of day was given decides what is read, and spaces around it do not matter."""
    assert clock.read(" 2011-04-21 ") == date(2011, 4, 21)
    assert clock.read("2011-04-21T10:00").date == date(2011, 4, 21)


def test_something_other_than_text_is_refused():
    """A number where text is expected is an error in words, not a crash."""
    with pytest.raises(DateError):
        clock.read(20110421)


def test_hours_are_hours_that_pass():
    """24 hours over a clock change end at another hour by the clock, and no time is lost or gained."""
    for start, end in (("2011-03-26T18:00", "2011-03-27T19:00:00+01:00"),
                       ("2011-10-29T18:00", "2011-10-30T17:00:00+00:00")):
        at = clock.read_moment(start).at
        later = clock.after_hours(at, 24)
        assert later.isoformat() == end
        assert later - at == timedelta(hours=24)


def test_a_day_runs_from_midnight_to_its_last_second():
    """The start and the end of a day carry that moment's own offset, also where the clocks change in between."""
    day = date(2011, 3, 27)
    assert clock.start_of_day(day).isoformat() == "2011-03-27T00:00:00+00:00"
    assert clock.end_of_day(day).isoformat() == "2011-03-27T23:59:59+01:00"


def test_a_datetime_without_offset_is_local_time():
    """A program may hand in a datetime; its offset, where it has one, must be true."""
    assert clock.moment(datetime(2011, 7, 15, 10)).at.isoformat() == "2011-07-15T10:00:00+01:00"
    with pytest.raises(DateError):
        clock.moment(datetime(2011, 7, 15, 10, tzinfo=clock.WINTER))


def test_the_clock_needs_only_what_the_browser_has_at_once():
    """The module loads nothing but datetime and dataclasses, so that the browser starts quickly."""
    lines = Path(clock.__file__).read_text(encoding="utf-8").splitlines()
    imports = [line.split()[1] for line in lines if line.lstrip().startswith(("import ", "from "))]
    assert imports == ["dataclasses", "datetime", "decision_logic.errors"]
