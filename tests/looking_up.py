"""Compares what the browser looks up with what the engine answers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from datetime import date, timedelta

from decision_logic.engine import workdays
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
    requests = list(requests)
    told = {"same": 0, "left": [], "unchecked": 0, "different": []}
    batches = (requests[start : start + BATCH] for start in range(0, len(requests), BATCH))
    looked_up = (one for batch in batches for one in look_up_in_node(lookups, batch))
    for request, looked in zip(requests, looked_up, strict=True):
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
