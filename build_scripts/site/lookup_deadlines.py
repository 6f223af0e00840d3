"""The calculators of deadlines and working days as tables, for docs/assets/javascripts/instant-deadline.js to look days up in."""

from datetime import date

from build_scripts.site.lookup_days import ONE_DAY, clocks, days_named, number, table, years_of
from build_scripts.site.lookup_texts import Texts, refused, with_gap
from decision_logic import clock
from decision_logic.deadlines import length_in_words, working_days_between
from decision_logic.engine import DEADLINE_FORMAT, WORKDAYS_FORMAT, workdays

FORMAT = "handbook.instant/1"


def deadline_lookup(rules, name, tables):
    """One deadline, wherever it holds and on whatever day it starts."""
    core, texts, places, days = rules.deadlines[name], Texts(rules), {}, {}
    for place in rules.places:
        there = rules.at(place)
        rule = there.deadlines[name]
        if not set(rules.lineage(place)) & set(rule.places):
            continue
        calendar = there.calendar_of(place) if rule.calendar == "place" else there.calendars[rule.calendar]
        days_name = days_named(rule, calendar)
        days.setdefault(days_name, tables.last_days(rule, calendar))
        places[place] = {
            "days": days_name,
            "title": rule.title,
            "length": length_in_words(rule.limit, rule.target),
            "force": rule.force,
            "counted_from": rule.starts,
            "cites": texts.cites(rule.cites),
            "readings": texts.readings(rule.readings),
            "areas": texts.areas_at(place, [("deadline", name)]),
        }
    return {
        "format": FORMAT,
        "answer_format": DEADLINE_FORMAT,
        "rules_hash": rules.rules_hash,
        "deadline": core.id,
        "words": {"no_day": refused(lambda: clock.read_date("2011-02-30"))},
        "places": places,
        "days": days,
        "clocks": clocks(*_all_years(rules)),
        **texts.plain(),
    }


def workdays_lookup(rules):
    """Working days: of each day whether it is one more, counting on and counting back, as the engine counts."""
    calendars, places = {}, {}
    for place in rules.places:
        calendar = rules.at(place).calendar_of(place)
        places[place] = calendar.id
        if calendar.id in calendars:
            continue
        first, last = years_of(calendar)
        every = [first + step * ONE_DAY for step in range((last - first).days + 1)]
        calendars[calendar.id] = {
            "title": calendar.title,
            "to": number(last),
            # What a day adds when it is come to from the day before, and from the day after.
            "on": table(first, [_between(one - ONE_DAY, one, calendar) if one > first else 0 for one in every]),
            "back": table(first, [_between(one + ONE_DAY, one, calendar) if one < last else 0 for one in every]),
            "outside": with_gap(
                refused(lambda calendar=calendar, last=last: calendar.within(last + ONE_DAY)), last + ONE_DAY
            ),
        }
    return {
        "format": FORMAT,
        "answer_format": WORKDAYS_FORMAT,
        "rules_hash": rules.rules_hash,
        "words": {"no_day": refused(lambda: clock.read_date("2011-02-30"))},
        "convention": workdays(rules, _any_day(rules), add=1, place=next(iter(places)))["convention"],
        "places": places,
        "calendars": calendars,
    }


def _between(start, end, calendar):
    return working_days_between(start, end, calendar).working_days


def _any_day(rules):
    return date(next(iter(rules.calendars.values())).from_year, 6, 1).isoformat()


def _all_years(rules):
    years = [years_of(calendar) for calendar in rules.calendars.values()]
    return min(first for first, _ in years), max(last for _, last in years)
