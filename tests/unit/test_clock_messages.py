"""What a reader is told where a date or time cannot be used: the whole message, with what was found and what to do."""

from datetime import date, datetime, timedelta, timezone

import pytest

from decision_logic import DateError, clock

A_DATE = "a date written as year-month-day, such as 2011-04-21"
A_TIME = "a date and time, such as 2011-04-21T14:30"
HOURS = "Hours run from 00 to 23. For the midnight at a day's end, write 00:00 of the next day."
OMIT = "Leave the offset out to mean local time."


def told(call, *given):
    """(message, found, expected, hint) of the error that a call must end in."""
    with pytest.raises(DateError) as caught:
        call(*given)
    return caught.value.message, caught.value.found, caught.value.expected, caught.value.hint


@pytest.mark.parametrize(("call", "given", "message"), [
    (clock.read_date, "21 April", ("This is not a date.", "21 April", A_DATE, None)),
    (clock.read_date, "2011-0A-01", ("This is not a date.", "2011-0A-01", A_DATE, None)),
    (clock.read_date, 20110421, ("This is not a date.", "20110421", A_DATE, None)),
    (clock.read_moment, 20110421, ("This is not a date.", "20110421", A_TIME, None)),
    (clock.read_date, "2011-02-30", ("There is no such day.", "2011-02-30", A_DATE, "Check the month and how many days it has.")),
    (clock.read_moment, "2011-04-21", ("This date needs a time of day: the deadline counts hours.", "2011-04-21", A_TIME, None)),
    (clock.read_moment, "2011-04-21 at 2", ("This is not a date and time.", "2011-04-21 at 2", A_TIME, None)),
    (clock.read_moment, "2011-04-21T24:00", ("There is no such time of day.", "2011-04-21T24:00", A_TIME, HOURS)),
    (clock.read_moment, "2011-02-30T10:00", ("There is no such day.", "2011-02-30", A_DATE, "Check the month and how many days it has.")),
    (clock.read_moment, "2011-03-27T01:30", (
        "The clocks never showed 01:30 on Sunday 27 March 2011: they went forward from 01:00 to 02:00.", "2011-03-27T01:30:00", "a time before 01:00 or from 02:00 on that day", None)),
    (clock.read_moment, "2011-04-21T10:00Z", ("At 10:00 on Thursday 21 April 2011 UK clocks were not +00:00 from UTC.", "+00:00", "+01:00", OMIT)),
    (clock.read_moment, "2011-01-21T10:00+05:30", ("At 10:00 on Friday 21 January 2011 UK clocks were not +05:30 from UTC.", "+05:30", "+00:00", OMIT)),
    (clock.read_moment, "2011-10-30T01:30-02:15", ("At 01:30 on Sunday 30 October 2011 UK clocks were not -02:15 from UTC.", "-02:15", "+01:00 or +00:00", OMIT)),
    (clock.read_moment, "1995-12-31T10:00", ("The clock changes of 1995 are not known here.", "1995-12-31", "a year from 1996 on", None)),
    (clock.read_moment, "9999-01-01T10:00", ("The clock changes of 9999 are not known here.", "9999-01-01", "a year from 1996 on", None)),
])
def test_the_message_is_whole(call, given, message):
    """What is wrong, what was found, what was expected and, where there is something to do, what."""
    assert told(call, given) == message


def test_the_first_and_the_last_year_are_known():
    """The years of the rule are all in."""
    assert clock.read_moment("1996-01-01T00:00").at.isoformat() == "1996-01-01T00:00:00+00:00"
    assert clock.read_moment("9998-12-31T23:59").at.isoformat() == "9998-12-31T23:59:00+00:00"


def test_a_text_between_date_and_time_is_read_as_a_time():
    """Ten characters are a date, more are meant as a time."""
    assert told(clock.read, "2011-04-21T")[2] == A_TIME
    assert told(clock.read, "2011-4-2")[2] == A_DATE


@pytest.mark.parametrize(("day", "change"), [
    (date(2011, 3, 27), "forward"), (date(2011, 10, 30), "back"), (date(2011, 3, 26), None), (date(2011, 10, 29), None), (date(2011, 10, 31), None), (date(2011, 12, 25), None),
])
def test_the_days_on_which_clocks_change(day, change):
    """The last Sundays of March and October, and no other day."""
    assert clock.clocks_change(day) == change


def test_a_datetime_keeps_the_offset_that_it_has():
    """Also the second of two equal times; without an offset the fold is not looked at, and the first is taken."""
    winter, summer = timezone(timedelta(0)), timezone(timedelta(hours=1))
    assert clock.moment(datetime(2011, 10, 30, 1, 30, tzinfo=winter)).at.isoformat() == "2011-10-30T01:30:00+00:00"
    assert clock.moment(datetime(2011, 10, 30, 1, 30, tzinfo=summer)).at.isoformat() == "2011-10-30T01:30:00+01:00"
    taken = clock.moment(datetime(2011, 10, 30, 1, 30, fold=1))
    assert (taken.at.isoformat(), taken.at.fold) == ("2011-10-30T01:30:00+01:00", 0)
    assert taken.note == "01:30 occurred twice on Sunday 30 October 2011, when the clocks went back. It is taken as the first of the two, which is the stricter."


def test_what_an_offset_looks_like():
    """A Z, large or small, or hours and minutes with a sign."""
    assert clock.read_moment("2011-01-21T10:00Z").at.hour == 10
    assert clock.read_moment("2011-01-21T10:00z").at.hour == 10
    assert told(clock.read_moment, "2011-01-21T10:00X")[0] == "This is not a date and time."
    assert told(clock.read_moment, "2011-01-21T10:00+00:30")[1] == "+00:30"


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_the_machines_own_time_zone_does_not_matter(zone, monkeypatch):
    """Hours pass in UK time wherever the page is opened."""
    import time

    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot be told another time zone")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        start = clock.read_moment("2011-03-26T12:00").at
        assert clock.after_hours(start, 24).isoformat() == "2011-03-27T13:00:00+01:00"
        assert clock.read_moment("2010-12-31T23:30").at.isoformat() == "2010-12-31T23:30:00+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()
