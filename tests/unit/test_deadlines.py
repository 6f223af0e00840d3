"""The deadlines of the rules, row by row, and how each result shows its counting."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from decision_logic import clock, deadlines
from decision_logic.deadlines import (
    CLOCK_HOURS,
    IF_TOUCHED,
    WORKING_DAYS,
    Calendar,
    Span,
    compute,
    length_in_full,
    length_in_words,
    span_in_words,
    working_day_after,
    working_days_between,
)
from decision_logic.errors import DateError
from tests.calendar_files import CALENDARS, ENGLAND_AND_WALES, GUERNSEY, read, spans

DATA = Path(__file__).parent / "data"


def rows(name):
    return list(csv.DictReader((DATA / name).open(encoding="utf-8")))


def result(name, start, calendar=ENGLAND_AND_WALES):
    return compute(*spans(name), clock.read(start), calendar)


DEADLINES, REFUSED, DAYS = rows("deadlines.csv"), rows("refused.csv"), rows("working_days.csv")


@pytest.mark.parametrize("row", DEADLINES, ids=[f"{row['deadline']}-{row['start']}" for row in DEADLINES])
def test_a_deadline_ends_when_its_provision_says(row):
    """From this start the rule gives this target and this last moment, for the reason that the row states."""
    found = result(row["deadline"], row["start"], CALENDARS[row["calendar"]]).plain()
    assert (found["target"] or "", found["last_moment"]) == (row["target"], row["last_moment"]), row["because"]
    assert found["last_day"] == row["last_moment"][:10]


@pytest.mark.parametrize("row", REFUSED, ids=[f"{row['deadline']}-{row['start']}" for row in REFUSED])
def test_what_cannot_be_counted_is_refused_in_words(row):
    """A start that does not exist, has no time, or leads outside the calendar is an error that says what is wrong."""
    with pytest.raises(DateError) as caught:
        result(row["deadline"], row["start"], CALENDARS[row["calendar"]])
    assert caught.value.message == row["message"]
    assert caught.value.expected


def test_every_deadline_of_the_rules_has_a_row():
    """No deadline of the rules goes untested."""
    assert {row["deadline"] for row in DEADLINES} == set(read("deadlines.yml"))


def test_follow_up_shows_each_day_and_why():
    """The five working days from 21 April 2011 are named, and so is every day passed over with its reason."""
    found = result("follow_up", "2011-04-21").plain()
    assert found["counted"] == [
        {"date": "2011-04-26", "number": 1}, {"date": "2011-04-27", "number": 2}, {"date": "2011-04-28", "number": 3},
        {"date": "2011-05-03", "number": 4}, {"date": "2011-05-04", "number": 5}]
    assert found["skipped"] == [
        {"date": "2011-04-22", "why": "Good Friday"}, {"date": "2011-04-23", "why": "Saturday"},
        {"date": "2011-04-24", "why": "Sunday"}, {"date": "2011-04-25", "why": "Easter Monday"},
        {"date": "2011-04-29", "why": "Bank holiday for the royal wedding"}, {"date": "2011-04-30", "why": "Saturday"},
        {"date": "2011-05-01", "why": "Sunday"}, {"date": "2011-05-02", "why": "Early May bank holiday"}]


def test_a_target_on_a_day_off_is_left_out_and_the_reader_told():
    """Where 24 hours end on a day that nobody works there is no target, and a note says why."""
    found = result("appointment_resident", "2011-04-21T10:00")
    assert found.target is None
    assert found.notes == ("24 hours would end on Friday 22 April 2011, Good Friday, which is not a working day: "
                           "there is no target, only the outer limit.",)
    assert [day.why for day in found.skipped] == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]


def test_a_target_without_condition_stands_on_any_day():
    """Only a target that the rule limits to working days is left out on others."""
    found = compute(Span(1, "working_days"), Span(24, "clock_hours"), clock.read("2011-04-21T10:00"), ENGLAND_AND_WALES)
    assert found.plain()["target"] == "2011-04-22T10:00:00+01:00"


def test_a_rolling_period_shows_its_hours_and_the_days_it_passed_over():
    """48 hours that end on Good Friday show the hours by date, the days off up to the deadline, and one note on why."""
    found = result("appointment_elsewhere", "2011-04-20T09:00").plain()
    assert found["counted"] == [{"date": "2011-04-20", "hours": 15}, {"date": "2011-04-21", "hours": 24},
                                {"date": "2011-04-22", "hours": 9}]
    assert found["skipped"] == [
        {"date": "2011-04-22", "why": "Good Friday"}, {"date": "2011-04-23", "why": "Saturday"},
        {"date": "2011-04-24", "why": "Sunday"}, {"date": "2011-04-25", "why": "Easter Monday"}]
    assert found["notes"] == [
        "The 48 hours end at 09:00 on Friday 22 April 2011. They touch days that are not working days "
        "(Friday 22 April 2011, Good Friday), so the deadline is the end of the first working day from then on."]


def test_a_period_that_touches_a_day_off_and_ends_on_a_working_day_says_which():
    """48 hours from Saturday end on Monday; the weekend that they touched is shown as the reason for that day's end."""
    found = result("appointment_elsewhere", "2010-06-12T10:00")
    assert [day.why for day in found.skipped] == ["Saturday", "Sunday"]


def test_hours_over_a_clock_change_add_up():
    """The Sunday on which clocks go forward counts 23 hours at most, and the hours still make 48."""
    found = result("appointment_elsewhere", "2011-03-25T12:00").plain()
    assert [entry["hours"] for entry in found["counted"]] == [12, 24, 12]
    assert result("appointment_elsewhere", "2011-03-26T12:00").plain()["counted"] == [
        {"date": "2011-03-26", "hours": 12}, {"date": "2011-03-27", "hours": 23}, {"date": "2011-03-28", "hours": 13}]
    assert found["notes"][0] == (
        "The clocks go forward on Sunday 27 March 2011: the hours counted are those that really pass.")


def test_parts_of_hours_are_said_in_full_and_add_up():
    """From a start that is no full hour each date shows hours and minutes, and the rounded figures make the total."""
    found = result("outreach", "2010-06-11T16:20").plain()
    assert found["counted"] == [{"date": "2010-06-11", "hours": 7.67, "length": "7 hours 40 minutes"},
                                {"date": "2010-06-12", "hours": 16.33, "length": "16 hours 20 minutes"}]


def test_the_end_of_a_period_at_midnight_is_explained():
    """A deadline at 00:00 belongs to the date that then begins, and a note says which day really ends it."""
    assert result("appointment_elsewhere", "2010-06-10T00:00").notes == (
        "The time ends at midnight as Saturday 12 June 2010 begins, which is the end of Friday 11 June 2010.",)


def test_a_time_that_occurs_twice_is_told():
    """The note on a time taken as the first of two reaches the reader of the deadline."""
    assert any("occurred twice" in note for note in result("outreach", "2011-10-30T01:30").notes)


def test_a_time_given_for_whole_days_changes_nothing_and_is_told():
    """A deadline of days accepts a date and time, counts from its date, and says that the time made no difference."""
    with_time, without = result("follow_up", "2011-04-21T23:30"), result("follow_up", "2011-04-21")
    assert with_time.plain() | {"notes": []} == without.plain()
    assert with_time.notes == (
        "Only whole days count here: the time 23:30 makes no difference, and the counting starts from "
        "Thursday 21 April 2011.",)


def test_a_month_without_the_day_says_so():
    """Where a month has no corresponding day the reader is told that its last day was taken."""
    assert result("suspension_limit", "2010-01-31").notes == (
        "February 2010 has no day 31, so the month ends on its last day, Sunday 28 February 2010.",)
    assert result("suspension_limit", "2010-01-28").notes == ()


def test_sixteen_weeks_are_shown_day_by_day():
    """Every one of the 112 days is shown, and the last is the same weekday as the first."""
    found = result("caseload_review", "2010-06-01")
    assert [entry.number for entry in found.counted] == list(range(1, 113))
    assert found.counted[-1].date.weekday() == date(2010, 6, 1).weekday()


def test_a_day_off_for_two_reasons_says_both():
    """A day that is both at a weekend and a holiday gives both reasons, and counts as one day skipped."""
    calendar = Calendar("test", "Test", 2010, 2010, frozenset({5, 6}), {date(2010, 12, 25): "Christmas Day"})
    found = working_day_after(date(2010, 12, 24), 1, calendar)
    assert [(day.date.day, day.why) for day in found.skipped] == [(25, "Saturday, Christmas Day"), (26, "Sunday")]


@pytest.mark.parametrize("row", DAYS, ids=[f"{row['start']}{int(row['add']):+}" for row in DAYS])
def test_working_days_can_be_added_and_counted(row):
    """The working day N after or before a date is as listed, and between the two dates lie N working days."""
    calendar, start, n = CALENDARS[row["calendar"]], date.fromisoformat(row["start"]), int(row["add"])
    found = working_day_after(start, n, calendar)
    assert found.date.isoformat() == row["date"]
    assert working_days_between(start, found.date, calendar).working_days == int(row["between"])


def test_days_before_a_date_have_negative_numbers():
    """Counting back from Tuesday after Easter 2011 the first working day is Maundy Thursday, number -1."""
    found = working_day_after(date(2011, 4, 26), -1, ENGLAND_AND_WALES).plain()
    assert found["counted"] == [{"date": "2011-04-21", "number": -1}]
    assert [day["why"] for day in found["skipped"]] == ["Easter Monday", "Sunday", "Saturday", "Good Friday"]


def test_between_ends_on_a_day_off_without_counting_it():
    """From Thursday to Saturday lies one working day, and the Saturday is shown as skipped."""
    found = working_days_between(date(2010, 6, 10), date(2010, 6, 12), ENGLAND_AND_WALES)
    assert (found.working_days, [day.why for day in found.skipped]) == (1, ["Saturday"])
    assert working_days_between(date(2010, 6, 12), date(2010, 6, 12), ENGLAND_AND_WALES).working_days == 0


@pytest.mark.parametrize("count", [
    lambda: working_day_after(date(2010, 6, 12), 0, ENGLAND_AND_WALES),
    lambda: working_day_after(date(2010, 6, 12), 10**9, ENGLAND_AND_WALES),
    lambda: working_day_after(date(2003, 1, 1), -1, GUERNSEY),
    lambda: working_days_between(date(2010, 6, 12), date(2029, 1, 1), ENGLAND_AND_WALES),
    lambda: working_days_between(date(2002, 12, 31), date(2010, 6, 12), ENGLAND_AND_WALES),
])
def test_working_days_that_cannot_be_counted_are_refused(count):
    """No working day nought, and no counting over the ends of the calendar."""
    with pytest.raises(DateError):
        count()


def test_the_date_that_is_not_covered_is_named():
    """Of two dates the one outside the calendar is named, and not the first day on the way that is."""
    with pytest.raises(DateError, match="Saturday 1 June 2030"):
        working_days_between(date(2028, 12, 1), date(2030, 6, 1), ENGLAND_AND_WALES)


@pytest.mark.parametrize(("count", "unit", "words"), [
    (5, "working_days", "five working days"), (1, "working_days", "one working day"), (24, "clock_hours", "24 hours"),
    (1, "clock_hours", "one hour"), (16, "weeks", "16 weeks"), (1, "calendar_months", "one calendar month"),
    (5, "calendar_days", "five calendar days"), (10, "weeks", "ten weeks"), (11, "weeks", "11 weeks"),
    (2, "weeks", "two weeks"), (3, "weeks", "three weeks"), (4, "weeks", "four weeks"), (6, "weeks", "six weeks"),
    (7, "weeks", "seven weeks"), (8, "weeks", "eight weeks"), (9, "weeks", "nine weeks"),
])
def test_a_length_is_said_in_words(count, unit, words):
    """Numbers to ten are words, larger ones figures, and one of a thing has no plural."""
    assert span_in_words(Span(count, unit)) == words


def test_a_deadline_with_a_target_names_both_lengths():
    """The appointment of a resident reads as its source does: hours or a working day."""
    assert deadlines.length_in_words(*spans("appointment_resident")) == "24 hours or one working day"


@pytest.mark.parametrize(("wrong", "message"), [
    ((0, "weeks"), "not a length of time: 0 weeks, rolls never"),
    ((5, "fortnights"), "not a length of time: 5 fortnights, rolls never"),
    ((5, "weeks", "sometimes"), "not a length of time: 5 weeks, rolls sometimes"),
    ((5, "weeks", "if_period_touches_non_working_day"), "only a period of hours can roll forward, not one of weeks"),
    ((5, "weeks", "never", "raining"), "unknown condition of a target: raining"),
])
def test_a_length_that_makes_no_sense_is_not_built(wrong, message):
    """A span of nothing, of an unknown unit, or rolling where rolling has no meaning cannot exist; the error says which."""
    with pytest.raises(ValueError) as caught:
        Span(*wrong)
    assert str(caught.value) == message


def test_nought_working_days_are_refused_in_words():
    """Who asks for the working day nought is told what can be asked instead."""
    with pytest.raises(DateError) as caught:
        working_day_after(date(2010, 6, 12), 0, ENGLAND_AND_WALES)
    error = caught.value
    assert (error.message, error.found, error.expected) == (
        "Nought working days from a date is no working day that can be counted.", "0", "1 or more for a day after it, -1 or less for a day before it")


def test_the_next_working_day_is_never_the_day_itself():
    """From a working day it is the following one, over a weekend and a holiday the first after them."""
    assert ENGLAND_AND_WALES.next_working(date(2010, 6, 10)) == date(2010, 6, 11)
    assert ENGLAND_AND_WALES.next_working(date(2010, 4, 1)) == date(2010, 4, 6)


def test_each_day_off_that_a_rolling_period_touches_is_named():
    """The days off stand one after another in the sentence, each with its reason."""
    found = compute(Span(48, "clock_hours", "if_period_touches_non_working_day"), None, clock.read("2010-04-02T10:00"), ENGLAND_AND_WALES)
    assert found.notes == (
        "The 48 hours end at 10:00 on Sunday 4 April 2010. They touch days that are not working days (Friday 2 April 2010, Good Friday; "
        "Saturday 3 April 2010; Sunday 4 April 2010), so the deadline is the end of the first working day from then on.",)
    assert [one.date.day for one in found.skipped] == [2, 3, 4, 5]


def test_a_datetime_counts_as_the_local_time_that_it_says():
    """A start may be a datetime of Python's own; the hours are those that pass from it."""
    found = compute(Span(3, "clock_hours"), None, datetime(2010, 6, 10, 9, 30), ENGLAND_AND_WALES)
    assert found.last_moment.isoformat() == "2010-06-10T12:30:00+01:00"


def test_a_target_in_days_ends_with_its_day():
    """A target of whole days is the end of its last day, whatever the unit of the limit."""
    found = compute(Span(5, "working_days"), Span(2, "calendar_days"), date(2010, 6, 10), ENGLAND_AND_WALES)
    assert (found.target.isoformat(), found.last_day) == ("2010-06-12T23:59:59+01:00", date(2010, 6, 17))


@pytest.mark.parametrize(("start", "hours"), [
    ("2010-06-10T22:59:24", [1.01, 0.99]), ("2010-06-10T22:00", [2, 0]), ("2010-06-10T23:50", [0.17, 1.83]), ("2010-06-10T23:59:42", [0.01, 1.99]),
])
def test_hours_are_shown_to_two_places_and_add_up(start, hours):
    """Parts of an hour are rounded to hundredths, a half upwards, so that the days together give the whole length."""
    shown = compute(Span(2, "clock_hours"), None, clock.read(start), ENGLAND_AND_WALES).plain()["counted"]
    assert [one["hours"] for one in shown] == [one for one in hours if one]


def test_a_length_of_hours_is_said_down_to_the_second():
    """Hours, minutes and seconds, each left out where there are none, and one of a thing has no plural."""
    shown = compute(Span(3, "clock_hours"), None, clock.read("2010-06-10T22:58:59"), ENGLAND_AND_WALES).plain()["counted"]
    assert [one["length"] for one in shown] == ["1 hour 1 minute 1 second", "1 hour 58 minutes 59 seconds"]


def test_hours_need_a_time():
    """A deadline in hours, or with a target in hours, says what was given and what a start looks like."""
    for limit, target in ((Span(24, "clock_hours"), None), (Span(1, "working_days"), Span(24, "clock_hours"))):
        with pytest.raises(DateError) as caught:
            compute(limit, target, date(2010, 6, 10), ENGLAND_AND_WALES)
        assert (caught.value.message, caught.value.found, caught.value.expected) == (
            "This deadline counts hours, so it needs the time of day at which it starts.", "2010-06-10", clock.EXPECTED_TIME)


def test_counted_working_days_say_where_they_start_and_end():
    """Both ways of counting name the day that they start from, and nought days lie between a day and itself."""
    after = working_day_after(date(2010, 6, 10), 1, ENGLAND_AND_WALES)
    assert (after.start, after.date) == (date(2010, 6, 10), date(2010, 6, 11))
    same = working_days_between(date(2010, 6, 10), date(2010, 6, 10), ENGLAND_AND_WALES)
    assert (same.start, same.date, same.working_days, same.counted) == (date(2010, 6, 10), date(2010, 6, 10), 0, ())


def test_a_day_off_with_two_reasons_keeps_both_in_a_sentence():
    """A holiday on a Saturday is named once as a Saturday and once as the holiday."""
    both = Calendar("c", "C", 2010, 2010, frozenset({5, 6}), {date(2010, 6, 12): "Fair, Feast"})
    found = compute(Span(1, "clock_hours", "if_period_touches_non_working_day"), None, clock.read("2010-06-12T10:00"), both)
    assert "(Saturday 12 June 2010, Fair, Feast)" in found.notes[0]


def test_a_length_in_full_says_where_it_rolls_to():
    """Where a length stands alone it names the next working day; where nothing rolls it is what it is elsewhere."""
    assert length_in_full(Span(48, CLOCK_HOURS, IF_TOUCHED)) == "48 hours, or the next working day where they touch a weekend or public holiday"
    assert length_in_full(Span(5, WORKING_DAYS)) == length_in_words(Span(5, WORKING_DAYS))
