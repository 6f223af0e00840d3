"""Compares what the browser looks up with what the engine answers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import batched, product
from math import prod

from decision_logic.engine import space_of, workdays
from decision_logic.errors import AnswerError, HandbookError
from decision_logic.linking import in_edition
from decision_logic.local import deadline, decide
from tests.in_node import look_up_in_node

ONE_DAY = timedelta(days=1)
NUMBER = re.compile(r"-?[0-9]+([.][0-9]+)?")
BATCH = 10_000  # as many replies as fit into a text of Node's
# What only Python gives, and how the look-up shows that it is not there.
NOT_THERE = {"trace": [], "why_not": []}
NO_DAYS = {"counted": [], "skipped": [], "notes": []}


def engine_reply(rules, request: dict) -> dict:
    """The engine's reply, as the browser's door gives it, without what a look-up cannot have."""
    try:
        if request.get("do") == "deadline":
            return {"ok": True, "answer": deadline(rules, request["id"], request["from"], request["in"]) | NO_DAYS}
        if request.get("do") == "workdays":
            asked = [request.get(key) for key in ("from", "add", "to", "in")]
            return {"ok": True, "answer": workdays(rules, *asked) | {"counted": [], "skipped": []}}
        answer = decide(
            rules, request["tool"], request["answers"], on=request["on"], place=request["in"], today=date(2026, 1, 2)
        )
    except HandbookError as error:
        return {"ok": False, "error": _error(error)}
    notes = {use.id: use.note for use in rules.at(answer["in"]).tools[request["tool"]].deadlines.values()}
    answer |= NOT_THERE
    answer["deadlines"] = [
        due | {"counted": [], "skipped": [], "notes": [note] if (note := notes[due["use"]]) else []}
        for due in answer["deadlines"]
    ]
    answer["figures"] = [figure | {"value": None, "says": None} for figure in answer["figures"]]
    return {"ok": True, "answer": answer}


def _error(error: HandbookError) -> dict:
    answer = isinstance(error, AnswerError)
    return {
        "kind": error.kind,
        "message": error.message,
        "question": error.question if answer else "on" if error.kind == "edition" else None,
        "questions": list(error.questions) if answer else [],
        "found": error.found,
        "expected": error.expected,
        "hint": error.hint,
    }


def compare(rules, lookups: dict, requests: Iterable[dict]) -> dict:
    """Ask both. Returns {"same", "left": how often the look-up left it to Python, "unchecked", "different": [(request, engine, look-up)]}."""
    told = {"same": 0, "left": [], "unchecked": 0, "different": []}
    asked = (
        (one, reply)
        for batch in batched(requests, BATCH, strict=False)
        for one, reply in zip(batch, look_up_in_node(lookups, batch), strict=True)
    )
    for request, looked in asked:
        if looked is None:
            told["left"].append(request)
            continue
        expected = engine_reply(rules, request)
        if looked["ok"]:
            unchecked = looked["answer"].pop("unchecked", [])
            assert looked["answer"].pop("looked_up") is True
            for figure in looked["answer"].get("figures", []):
                figure.pop("rests_on")
            if unchecked:
                told["unchecked"] += 1
                if not expected["ok"] and any(because in expected["error"]["message"] for because in unchecked):
                    continue  # the look-up says that it did not look at this
        if looked == expected:
            told["same"] += 1
        else:
            told["different"].append((request, expected, looked))
    return told


def case_requests(rules, scenarios) -> list[dict]:
    """The cases of tools as the page would ask them: numbers as numbers."""
    requests = []
    for scenario in scenarios:
        if scenario.tool is None:
            continue
        data, questions = scenario.data, rules.tools[scenario.tool].questions
        answers = {
            name: json.loads(value)
            if name in questions and questions[name].kind == "number" and NUMBER.fullmatch(value)
            else value
            for name, value in data.answers.items()
        }
        requests.append({"tool": scenario.tool, "answers": answers, "on": data.on, "in": data.place})
    return requests


def random_requests(rules, count: int, seed: int) -> list[dict]:
    """Cases of every tool, edition and place, with some answers known and others not; the same for the same seed."""
    draw, tools, places = random.Random(seed), list(rules.tools.values()), list(rules.places)
    requests = []
    for _ in range(count):
        tool = draw.choice(tools)
        edition = draw.choice(list(tool.editions.values()))
        day = edition.start + draw.randint(0, 700) * ONE_DAY
        day = min(day, edition.end) if edition.end else day
        around = date(2003, 1, 1) + draw.randint(-40, 9600) * ONE_DAY
        known = draw.choice((0.9, 0.6, 0.3))
        answers = {
            name: _random_answer(draw, question, around)
            for name, question in tool.questions.items()
            if in_edition(question, edition.id) and draw.random() < known
        }
        place = draw.choice([*edition.places] * 3 + places)
        requests.append({"tool": tool.id, "answers": answers, "on": day.isoformat(), "in": place})
    return requests


def _random_answer(draw, question, around):
    """An answer; dates lie close together, so that they meet the ends of deadlines."""
    if question.kind in ("yes_no", "one_of"):
        return draw.choice(["yes", "no"] if question.kind == "yes_no" else list(question.options))
    if question.kind == "several_of":
        return [option for option in question.options if draw.random() < 0.3]
    if question.kind == "number":
        return draw.choice((0, 1, 2, 5, 15, 16, 17, 18, 19, 30))
    near = around + draw.choice((0, 0, 1, 2, -1, 7, 28, 29, 30, 31, 32, 60, draw.randint(-400, 400))) * ONE_DAY
    if question.kind == "date":
        return near.isoformat()
    return f"{near.isoformat()}T{draw.randint(0, 23):02}:{draw.choice((0, 0, 1, 30, 59)):02}"


def deadline_requests(rules, *, every: int, minutes) -> list[dict]:
    """Each deadline in each place where it holds, from every so manieth day of the calendar's years and a little beyond, at these minutes."""
    requests = []
    for rule in rules.deadlines.values():
        for place in rules.places:
            if not set(rules.lineage(place)) & set(rule.places):
                continue
            calendar = rules.at(place).calendar_of(place)
            first, last = date(calendar.from_year, 1, 1) - ONE_DAY, date(calendar.to_year, 12, 31) + ONE_DAY
            for step in (*range(0, (last - first).days, every), (last - first).days):
                day = (first + step * ONE_DAY).isoformat()
                times = (
                    [f"T{minute // 60:02}:{minute % 60:02}" for minute in minutes]
                    if rule.needs == "date_time"
                    else [""]
                )
                requests += [{"do": "deadline", "id": rule.id, "from": day + time, "in": place} for time in times]
    return requests


def workdays_requests(rules, count: int, seed: int) -> list[dict]:
    """Random counts of working days, forwards and backwards, some beyond the calendar's years."""
    draw, places, requests = random.Random(seed), list(rules.places), []
    for _ in range(count):
        start = date(2003, 1, 1) + draw.randint(-5, 9500) * ONE_DAY
        request = {"do": "workdays", "from": start.isoformat(), "in": draw.choice(places)}
        if draw.random() < 0.5:
            request["add"] = draw.choice((1, -1)) * draw.randint(1, 60)
        else:
            request["to"] = (start + draw.randint(-90, 90) * ONE_DAY).isoformat()
        requests.append(request)
    return requests


def every_combination(rules, most: int) -> Iterator[dict]:
    """Every combination of what the conditions of an edition can tell apart, "not known" among it, where these are no more than ``most``."""
    for tool, edition, place, space in _spaces(rules):
        if space.stars:
            continue  # dates that are compared with one another: see every_way
        choices = {name: [None, *_values(space, question)] for name, question in space.questions.items()}
        if prod(map(len, choices.values())) > most:
            continue
        for combination in product(*choices.values()):
            answers = {name: value for name, value in zip(choices, combination, strict=True) if value is not None}
            yield {"tool": tool.id, "answers": answers, "on": edition.start.isoformat(), "in": place}


def every_way(rules, seed: int) -> Iterator[dict]:
    """Every way through every diagram of every edition: as it is, with one answer less, and with random answers besides."""
    draw = random.Random(seed)
    for tool, edition, place, space in _spaces(rules):
        roots = [space.root, *(space.rule_root(key) for key in space._rules), *map(space.raw_root, space.raw)]
        roots += [space.action_root(name) for name in sorted({*space.outcomes_of_action, *space.duties_of_action})]
        for root in dict.fromkeys(roots):
            for taken, _ in space.store.paths(root):
                around = date(2004, 1, 1) + draw.randint(0, 8500) * ONE_DAY
                answers = _on_the_way(rules, tool, place, space, taken, around, draw)
                fewer = (
                    {name: value for name, value in answers.items() if name != draw.choice(list(answers))}
                    if answers
                    else {}
                )
                more = {
                    name: _random_answer(draw, one, around)
                    for name, one in space.questions.items()
                    if draw.random() < 0.5
                }
                for some in (answers, fewer, more | answers):
                    yield {"tool": tool.id, "answers": some, "on": edition.start.isoformat(), "in": place}


def _spaces(rules):
    """(tool, edition, a place, its diagrams): of the core, and of areas with rules of their own where a tool differs there."""
    for tool in rules.tools.values():
        for edition in tool.editions.values():
            yield tool, edition, edition.places[0], space_of(rules, tool, edition.id)
    for place, local in rules.locals.items():
        for tool in local.tools.values():
            if tool is not rules.tools[tool.id]:
                edition = next(one for one in tool.editions.values() if set(one.places) & set(rules.lineage(place)))
                yield tool, edition, place, space_of(local, tool, edition.id)


def _values(space, question):
    """Answers that stand for all that an answer can be."""
    if question.kind == "several_of":
        options = list(question.options)
        return [
            [one for place, one in enumerate(options) if chosen >> place & 1] for chosen in range(2 ** len(options))
        ]
    if question.kind == "yes_no":
        return ["yes", "no"]
    if question.kind == "one_of":
        return list(question.options)
    cells = [space.variables[level].values for level in space.levels_of(question.id)]
    found = [_within(cell, question) for cell in cells[0]] if cells else []
    if question.kind == "number":
        return found or [question.least or 0]
    return [day.isoformat() for day in found] or ["2011-04-21" if question.kind == "date" else "2011-04-21T14:30"]


def _within(cell, question):
    """A value of a stretch."""
    low, low_in, high, high_in = cell
    step = 1 if question.kind == "number" else ONE_DAY
    if low is not None:
        return low if low_in else low + step
    return high if high_in else high - step


def _on_the_way(rules, tool, place, space, taken, around, draw):
    """Plain answers that take this way through a diagram."""
    answers, dates = {}, {}
    for level, index in taken.items():
        variable = space.variables[level]
        name = variable.questions[0]
        if variable.kind == "value":
            answers[name] = variable.values[index]
        elif variable.kind == "bit":
            answers.setdefault(name, [])
            answers[name] += [variable.option] * index
        elif variable.kind == "cell":
            value = _within(variable.values[index], space.questions[name])
            answers[name] = value if space.questions[name].kind == "number" else value.isoformat()
        else:
            left, right = variable.questions
            start = dates.setdefault(right, around)
            marks = [start if use is None else _last_day(rules, tool, use, start, place) for use in variable.thresholds]
            position = draw.choice(variable.values[index][1])
            at = marks[min(position // 2, len(marks) - 1)]
            dates[left] = at if position % 2 else at + ONE_DAY if position == 2 * len(marks) else at - ONE_DAY
    return answers | {name: day.isoformat() for name, day in dates.items()}


def _last_day(rules, tool, use, start, place):
    return date.fromisoformat(deadline(rules, tool.deadlines[use].rule, start.isoformat(), place)["last_day"])
