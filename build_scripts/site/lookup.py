"""A tool as tables that the browser can look an answer up in, before Python is there or where it cannot be.

All that the engine reads off its decision diagrams stands in one file a tool: the diagrams of every edition, how answers become
values of their levels, the days of deadlines (lookup_days.py), and every text that an answer can hold. docs/assets/javascripts/
instant.js walks the diagrams and counts what it finds, as decision_logic/space.py does; it knows no rule. What is not here
(reasons that need the rules themselves, counted days, figures) only Python gives. docs/maintain/browser.md describes the file.
"""

import json
from datetime import date, timedelta
from itertools import combinations

from build_scripts.site.errors import SiteError
from build_scripts.site.lookup_days import ONE_DAY, Tables, clocks, days_named, number, table, values_of, years_of
from build_scripts.site.lookup_deadlines import FORMAT, deadline_lookup, workdays_lookup
from build_scripts.site.lookup_texts import Texts, refused, with_gap
from build_scripts.site.runtime import content_hash
from decision_logic import clock
from decision_logic.answers import read_one
from decision_logic.conditions import questions_in
from decision_logic.deadlines import length_in_words
from decision_logic.engine import ANSWER_FORMAT, CAN_BE, CANNOT_BE, edition_for, space_of
from decision_logic.errors import AnswerError, DateError, HandbookError
from decision_logic.figures import DaysFrom, DaysWithin, Operation, questions_of, say
from decision_logic.linking import in_edition
from decision_logic.space import IMPOSSIBLE, NoOutcome, Overlap

# Two answers so many days apart stand to any third as two that are further apart do: one day lies between them.
APART = 3
# The browser keeps sets of levels as the bits of a number.
MOST_LEVELS = 30


class NotATable(Exception):
    """A tool uses something that the tables cannot say; it is left to Python."""


def lookups(rules, tables=None):
    """{tool: plain data} of every tool that can be looked up; ``tables``: those of deadlines, where there are some already."""
    tables, found = tables or Tables(), {}
    for name in rules.tools:
        try:
            found[name] = _Lookup(rules, name, tables).plain()
        except NotATable:
            continue
    return found


def lookup_files(rules):
    """{(kind of form, what it is for): (file name, bytes)} of all that can be looked up.

    A name holds a hash of the contents, since a change of code changes them and not the rules.
    """
    tables = Tables()
    plain = {("tool", name): one for name, one in lookups(rules, tables).items()}
    plain |= {("deadline", name): deadline_lookup(rules, name, tables) for name in rules.deadlines}
    plain["workdays", "workdays"] = workdays_lookup(rules)
    made = {}
    for (kind, name), one in plain.items():
        data = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        called = name if kind == "tool" else f"{kind}-{name}"
        made[kind, name] = (f"{called}-{content_hash({called: data})}.json", data)
    return made


class _Pool(list):
    """Plain entries, each once; those who hold one keep its place."""

    def __init__(self):
        super().__init__()
        self.places = {}

    def add(self, entry):
        key = json.dumps(entry, ensure_ascii=False)
        if key not in self.places:
            self.places[key] = len(self)
            self.append(entry)
        return self.places[key]


class _Lookup:
    """One tool, everywhere and at all times."""

    def __init__(self, rules, name, tables):
        self.rules, self.name, self.tables = rules, name, tables
        self.texts, self.entries, self.looks, self.looked = Texts(rules), _Pool(), _Pool(), {}
        self.notices, self.calendars, self.days = {}, {}, {}
        self.things = {thing: None for one in (rules, *rules.locals.values()) for thing in self._things(one)}

    def plain(self):
        tool = self.rules.tools[self.name]
        places = {place: self._place(place) for place in self.rules.places}
        years = [years_of(calendar) for calendar in self.calendars.values()]
        asks_times = any(question.kind == "date_time" for question in tool.questions.values())
        return {
            "format": FORMAT,
            "answer_format": ANSWER_FORMAT,
            "rules_hash": self.rules.rules_hash,
            "tool": tool.id,
            "tool_title": tool.title,
            "words": {
                "no_day": refused(lambda: clock.read_date("2011-02-30")),
                "together": CANNOT_BE,
                "together_expected": CAN_BE,
            },
            "places": places,
            "looks": list(self.looks),
            "entries": list(self.entries),
            "days": self.days,
            "clocks": clocks(min(a for a, _ in years), max(b for _, b in years)) if asks_times or self.days else None,
            **self.texts.plain(),
            "notices": {one: _plain_notice(self.rules.notices[one]) for one in self.notices},
        }

    # Where and when.

    def _place(self, place):
        rules = self.rules.at(place)
        tool, lineage = rules.tools[self.name], rules.lineage(place)
        elsewhere = next((one for level in lineage for one in tool.not_applicable if level in one.places), None)
        notices = [
            one.id
            for one in rules.notices.values()
            if tool.id in one.tools and (not one.places or set(one.places) & set(lineage))
        ]
        made = {
            "title": rules.places[place].title,
            "notices": self._noted(notices),
            "areas": self.texts.areas_at(place, self.things),
        }
        if elsewhere is not None:
            return made | {
                "elsewhere": {
                    "because": elsewhere.because,
                    "cites": self.texts.cites(elsewhere.cites),
                    "notices": self._noted(elsewhere.notices),
                }
            }
        calendar = rules.calendar_of(place)
        self.calendars[calendar.id] = calendar
        editions = [one for level in lineage for one in tool.editions.values() if level in one.places]
        return made | {
            "editions": [self._look_once(rules, tool, edition, calendar) for edition in editions],
            "none": with_gap(refused(lambda: edition_for(rules, tool, date.min, place)), date.min),
        }

    def _things(self, rules):
        """All that an answer can speak about."""
        tool = rules.tools[self.name]
        yield "tool", tool.id
        for question in tool.questions:
            yield "question", f"{tool.id}.{question}"
        for entry in (*tool.outcomes.values(), *tool.duties.values()):
            for name in entry.actions:
                action = rules.actions[name]
                yield from (("action", name), ("role", action.who), ("deadline", action.deadline))
                yield from (("form", form) for form in action.forms)
        for use in tool.deadlines.values():
            yield "deadline", use.rule

    # One edition.

    def _look_once(self, rules, tool, edition, calendar):
        """The place of an edition among the looks. Areas mostly share the core's rules: what they share is worked out once."""
        parts = (tool, rules.actions, rules.roles, rules.forms, rules.deadlines, rules.quantities)
        key = (edition.id, calendar.id, *map(id, parts))
        if key not in self.looked:
            self.looked[key] = self.looks.add(self._look(rules, tool, edition, calendar))
        return self.looked[key]

    def _look(self, rules, tool, edition, calendar):
        space = space_of(rules, tool, edition.id)
        if len(space.variables) > MOST_LEVELS:
            raise NotATable(f"{tool.id}, {edition.id}: {len(space.variables)} levels")
        drawn = _Drawn(space)
        shown = {
            section: [one for one in getattr(tool, section).values() if in_edition(one, edition.id)]
            for section in SECTIONS
        }
        root = drawn.root(space.root)
        holes = [one for one in drawn.values if isinstance(one, (NoOutcome, Overlap))]
        if holes:
            raise SiteError(
                "an outcome is missing, or several apply, for some answers",
                where=f"tools/{tool.id}.yml, edition {edition.id}",
                found=repr(holes[0]),
                expected="one outcome for every combination",
                hint="run `handbook check rules`, which says for which",
            )
        uses = {use.id: rules.deadlines[use.rule] for use in shown["deadlines"]}
        calendars = {
            use: calendar if rule.calendar == "place" else rules.calendars[rule.calendar] for use, rule in uses.items()
        }
        starts = {use.id: use.starts_from for use in shown["deadlines"]}
        names = {use: self._days(rule, calendars[use]) for use, rule in uses.items()}
        made = {
            "edition": {
                "id": edition.id,
                "title": edition.title,
                "in": list(edition.places),
                "from": edition.start.isoformat(),
                "to": edition.end.isoformat() if edition.end else None,
                "status": edition.status,
            },
            "readings": self.texts.readings(edition.readings),
            "root": root,
            "questions": [self._question(question, space) for question in space.questions.values()],
            "outcomes": [self._outcome(one, drawn.root(space.raw_root(one.id))) for one in shown["outcomes"]],
            "criteria": [
                self._rule(one, drawn.root(space.rule_root(("criterion", one.id))), title=one.title)
                for one in shown["criteria"]
            ],
            "duties": [self._rule(one, drawn.root(space.rule_root(("duty", one.id)))) for one in shown["duties"]],
            "impossible": [
                {
                    "because": one.because,
                    "questions": list(
                        questions_in(one.when, {name: criterion.when for name, criterion in tool.criteria.items()})
                    ),
                    "root": drawn.root(space.diagram_of(one.when)),
                }
                for one in shown["impossible"]
            ],
            "actions": [
                {"root": drawn.root(space.action_root(name)), "entry": self._action(rules, name)}
                for name in dict.fromkeys(a for one in (*shown["outcomes"], *shown["duties"]) for a in one.actions)
            ],
            "deadlines": [
                {
                    "root": drawn.root(space.rule_root(("deadline", use.id))),
                    "entry": self._deadline(use, uses[use.id]),
                    "days": self._days(uses[use.id], calendars[use.id]),
                }
                for use in shown["deadlines"]
            ],
            "figures": [
                {
                    "root": drawn.root(space.rule_root(("figure", one.id))),
                    "entry": self._figure(rules, tool, one),
                    "order": list(_orders(one.value)),
                }
                for one in shown["figures"]
            ],
            "checks": [
                {
                    "root": drawn.root(space.rule_root(("check", one.id))),
                    "needs": list(one.needs),
                    "because": one.because,
                }
                for one in shown["checks"]
            ],
            "stars": [
                _star(star, space, calendar, starts, {use: (name, self.days[name]) for use, name in names.items()})
                for star in space.stars
            ],
        }
        made["variables"] = [self._variable(space, one, uses, calendars, starts) for one in space.variables]
        return made | drawn.plain()

    def _variable(self, space, variable, uses, calendars, starts):
        if variable.kind == "value":
            return {
                "kind": "value",
                "size": len(variable.values),
                "values": list(variable.values),
                "questions": list(variable.questions),
            }
        made = {"kind": variable.kind, "size": len(variable.values), "questions": list(variable.questions)}
        if variable.kind == "bit":
            return made | {"option": variable.option}
        if variable.kind == "cell":
            return made | {
                "cells": [
                    [_number(low), low_in, _number(high), high_in] for low, low_in, high, high_in in variable.values
                ]
            }
        if any(space.questions[name].kind != "date" for name in variable.questions):
            raise NotATable(f"{variable.questions}: only dates are compared by tables")
        positions = {place: index for index, (_, merged) in enumerate(variable.values) for place in merged}
        return made | {
            "positions": [positions[place] for place in range(len(positions))],
            "thresholds": [
                None if use is None else self._days(uses[use], calendars[use]) for use in variable.thresholds
            ],
            "starts": [None if use is None else starts[use] for use in variable.thresholds],
        }

    def _question(self, question, space):
        made = {"id": question.id, "kind": question.kind, "levels": list(space.levels_of(question.id))}
        if question.readings:
            made["readings"] = self.texts.readings(question.readings)
        if question.kind in ("yes_no", "one_of", "several_of"):
            made["options"] = ["yes", "no"] if question.kind == "yes_no" else list(question.options)
        if question.kind == "number":
            made |= {
                "least": question.least,
                "most": question.most,
                "decimals": question.decimals,
                **_number_words(question),
            }
        return made

    def _outcome(self, one, root):
        return {
            "root": root,
            "entry": self.entries.add(
                {
                    "id": one.id,
                    "title": one.title,
                    "kind": one.kind,
                    "because": one.because,
                    "cites": self.texts.cites(one.cites),
                    "readings": self.texts.readings(one.readings),
                }
            ),
            "before": [
                [other, self.texts.cites(why.cites), self.texts.readings(why.readings)]
                for other, why in one.before.items()
            ],
        }

    def _rule(self, one, root, **more):
        entry = {
            "id": one.id,
            **more,
            "because": one.because,
            "cites": self.texts.cites(one.cites),
            "readings": self.texts.readings(one.readings),
        }
        return {"root": root, "entry": self.entries.add(entry)}

    def _action(self, rules, name):
        action = rules.actions[name]
        return self.entries.add(
            {
                "id": name,
                "who": action.who,
                "who_title": rules.roles[action.who].title,
                "what": action.does,
                "force": action.force,
                "when_words": action.when_words,
                "form": [{"id": form, "title": rules.forms[form].title} for form in action.forms],
                "deadline": action.deadline,
                "note": action.note,
                "cites": self.texts.cites(action.cites),
                "readings": self.texts.readings(action.readings),
            }
        )

    def _deadline(self, use, rule):
        return self.entries.add(
            {
                "use": use.id,
                "id": use.rule,
                "title": use.title or rule.title,
                "length": length_in_words(rule.limit, rule.target),
                "force": rule.force,
                "from_question": use.starts_from,
                "notes": [use.note] if use.note else [],
                "cites": self.texts.cites(rule.cites),
                "readings": self.texts.readings([*rule.readings, *use.readings]),
            }
        )

    def _figure(self, rules, tool, figure):
        return self.entries.add(
            {
                "id": figure.id,
                "title": figure.title,
                "unit": figure.unit,
                "worked_out": say(figure.value, tool.questions, rules.quantities),
                "needs": list(questions_of(figure.value)),
                "because": figure.because,
                "cites": self.texts.cites(figure.cites),
                "readings": self.texts.readings(figure.readings),
            }
        )

    def _days(self, rule, calendar):
        """The name of a deadline's table."""
        name = days_named(rule, calendar)
        if name not in self.days:
            self.days[name] = self.tables.last_days(rule, calendar)
            self.calendars[calendar.id] = calendar
        return name

    def _noted(self, notices):
        self.notices.update(dict.fromkeys(notices))
        return list(notices)


SECTIONS = ("outcomes", "criteria", "duties", "impossible", "deadlines", "figures", "checks")


class _Drawn:
    """The diagrams of one edition as numbers: nodes after their children, terminals first."""

    def __init__(self, space):
        self.store, self.values, self.nodes, self.places, self.roots = space.store, [], [], {}, []

    def root(self, node):
        """The place among the roots of a node, with all that is below it noted."""
        self._note(node)
        self.roots.append(node)
        return len(self.roots) - 1

    def _note(self, node):
        todo = [node]
        while todo:
            one = todo.pop()
            if one in self.places:
                continue
            if self.store.is_terminal(one):
                self.places[one] = ("value", len(self.values))
                self.values.append(self.store.value(one))
                continue
            waiting = [child for child in self.store.children(one) if child not in self.places]
            if waiting:
                todo += [one, *waiting]
                continue
            self.places[one] = ("node", len(self.nodes))
            self.nodes.append(one)

    def plain(self):
        """``values`` of the terminals (null: impossible), ``nodes`` as level and children one behind the other, ``roots``."""

        def at(node):
            kind, place = self.places[node]
            return place if kind == "value" else len(self.values) + place

        return {
            "values": [None if value is IMPOSSIBLE else value for value in self.values],
            "nodes": [
                part for node in self.nodes for part in (self.store.level(node), *map(at, self.store.children(node)))
            ],
            "roots": [at(node) for node in self.roots],
        }


def _star(star, space, calendar, starts, tables):
    """How answers that are compared with one another can stand while some are unknown, for each set of them that is known.

    What can be together is a list of values of the open levels, or null for all: the same always ("always"), by the days that two
    known answers lie apart ("apart", from -3 to 3 or more), or by the one known day ("days", a table).
    """
    if any(space.questions[name].kind != "date" for name in star.names):
        raise NotATable(f"{star.names}: only dates are compared by tables")
    timed = [use for variable in star.levels.values() for use in variable.thresholds if use is not None]
    if any(tables[use][1]["hours"] for use in timed):
        raise NotATable(f"{star.names}: a deadline in hours")
    if timed and len(star.names) > 2:
        raise NotATable(f"{star.names}: a deadline among more than two answers")
    first, last = years_of(calendar)
    days, cases = (first, last), []
    lengths = {use: [_length(value) for value in values_of(tables[use][1])] for use in timed}
    for count in range(1, len(star.names)):
        for known in combinations(star.names, count):
            levels = [level for level, variable in star.levels.items() if not set(variable.questions) <= set(known)]
            if not levels:
                continue
            case = {"known": list(known), "levels": levels}
            if timed:
                case["table"] = tables[timed[0]][0]
                case["days"] = _star_by_day(star, known[0], days, lengths, starts)
            elif count == 1:
                case["always"] = _together(star, {known[0]: first}, None, days)
            elif count == 2:
                middle = first + timedelta(days=APART)
                found = [
                    _together(star, {known[0]: middle + step * ONE_DAY, known[1]: middle}, None, days)
                    for step in range(-APART, APART + 1)
                ]
                if star.centre not in known and (found[0] != found[1] or found[-1] != found[-2]):
                    raise NotATable(f"{star.names}: more than a day between answers matters")
                case["apart"] = found
            else:
                raise NotATable(f"{star.names}: more than two answers beside an unknown one")
            cases.append(case)
    return {"names": list(star.names), "cases": cases}


def _together(star, answers, last_day, days):
    feasible = star.feasible(answers, last_day, days)
    return None if feasible is None else sorted(map(list, feasible[1]))


def _length(value):
    """Days from the start to a deadline's last day; where that lies outside the calendar, the days to what does, less than nought."""
    return -max(1, value["outside"]) if isinstance(value, dict) else value[0][1][0]


def _star_by_day(star, name, days, lengths, starts):
    """The table of one known answer beside one that is not, with a deadline between them."""
    first, last = days
    every = [first + step * ONE_DAY for step in range((last - first).days + 1)]

    def last_day(use, start):
        place = (start - first).days
        if not 0 <= place < len(every):
            raise AnswerError("outside", question=starts[use], found=start.isoformat())
        value = lengths[use][place]
        if value < 0:
            raise AnswerError("outside", question=starts[use], found=(start - value * ONE_DAY).isoformat())
        return start + value * ONE_DAY

    def value(day):
        try:
            return {"can": _together(star, {name: day}, last_day, days)}
        except AnswerError as error:
            return {"outside": (date.fromisoformat(error.found) - day).days, "start": error.question}

    # How things stand to a day depends on how long the deadline runs from the days around it; where these repeat, so does the rest.
    reach = 2 + max(max(some) for some in lengths.values())
    around_of = list(zip(*lengths.values(), strict=True))
    made, values = {}, []
    for place, day in enumerate(every):
        around = tuple(around_of[max(0, place - reach) : place + 3])
        if len(around) < reach + 3 or any(one < 0 for some in around for one in some):
            values.append(value(day))
            continue
        if around not in made:
            made[around] = value(day)
        values.append(made[around])
    return table(first, values)


def _number_words(question):
    expected = refused(lambda: read_one(question, "?"))["expected"]
    beyond = (
        question.least - 1 if question.least is not None else question.most + 1 if question.most is not None else "1.5"
    )
    bounded = question.least is not None or question.most is not None or not question.decimals
    return {
        "refused": refused(lambda: read_one(question, beyond))["message"] if bounded else None,
        "expected": expected,
    }


def _number(bound):
    return number(bound) if isinstance(bound, date) else bound


def _orders(expression):
    """Pairs of date questions of which the first must not lie after the second for a figure to be worked out."""
    if isinstance(expression, (DaysFrom, DaysWithin)):
        yield [expression.start, expression.end]
    elif isinstance(expression, Operation):
        for part in expression.parts:
            yield from _orders(part)


def _plain_notice(one):
    return {
        "id": one.id,
        "title": one.title,
        "text": one.text,
        "status": one.status,
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat() if one.end else None,
    }
