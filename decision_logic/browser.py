"""What the browser's worker calls: JSON text in, JSON text out. Nothing here raises."""

import json

from decision_logic import clock
from decision_logic.answers import exact_float
from decision_logic.drawing import draw_dates
from decision_logic.engine import to_json, workdays
from decision_logic.errors import AnswerError, EditionError, HandbookError
from decision_logic.local import deadline, decide, walk_pathway
from decision_logic.model import RuleSet

# Far beyond what any form of the handbook sends. What nests deeper than the parser can go ends Python in some browsers, so it
# is told before the parser is asked.
LONGEST_REQUEST = 100_000
MOST_BRACKETS = 1_000

_rules = None


def start(bundle):
    """Read the rules (the bundle's plain data as JSON text) and keep them. Returns {"ok", "rules_hash"} or an error."""
    global _rules
    try:
        _rules = RuleSet.from_plain(json.loads(bundle))
    except (ValueError, RecursionError):
        return _failed("rules", "the rules are not JSON")
    except HandbookError as error:
        return _failed(error.kind, str(error))
    return started()


def started():
    """What ``start`` returned, for whoever finds this module with the rules read: a snapshot of Python's memory holds them."""
    if _rules is None:
        return _failed("rules", "the rules are not loaded yet")
    return json.dumps({"ok": True, "rules_hash": _rules.rules_hash})


def handle(request):
    """Answer one request: {"do": "decide" | "deadline" | "workdays" | "walk" | "draw", …}. Returns {"ok": true, "answer", "text"} or an error.

    ``text`` is the answer in exactly the bytes that the command line prints.
    """
    if len(request) > LONGEST_REQUEST or request.count("[") + request.count("{") > MOST_BRACKETS:
        return _failed("request", "the request is too large", expected="the answers to the questions, and nothing else")
    try:
        asked = json.loads(request, parse_float=exact_float)
    except AnswerError as error:
        return _failed(error.kind, error.message, found=error.found, expected=error.expected)
    except (ValueError, RecursionError):
        return _failed("request", "the request is not JSON")
    try:
        if _rules is None:
            return _failed("request", "the rules are not loaded yet")
        if not isinstance(asked, dict) or not isinstance(asked.get("do"), str) or asked["do"] not in OPERATIONS:
            return _failed("request", "unknown request", expected=", ".join(OPERATIONS))
        for key in TEXTS:
            if not isinstance(asked.get(key), str | None):
                return _failed("request", f"{key} is no text", found=repr(asked[key]), expected="text, or nothing")
        answer = OPERATIONS[asked["do"]](asked)
    except HandbookError as error:
        question = (
            error.question if isinstance(error, AnswerError) else "on" if isinstance(error, EditionError) else None
        )
        questions = list(error.questions) if isinstance(error, AnswerError) else []
        return _failed(error.kind, error.message, question, questions, error.found, error.expected, error.hint)
    return json.dumps({"ok": True, "answer": answer, "text": to_json(answer)}, ensure_ascii=False)


def _decide(asked):
    return decide(
        _rules,
        asked.get("tool"),
        asked.get("answers") or {},
        on=asked.get("on"),
        place=asked.get("in"),
        today=_today(asked),
    )


def _deadline(asked):
    return deadline(_rules, asked.get("id"), asked.get("from"), place=asked.get("in"))


def _workdays(asked):
    return workdays(_rules, asked.get("from"), add=asked.get("add"), to=asked.get("to"), place=asked.get("in"))


def _walk(asked):
    return walk_pathway(
        _rules,
        asked.get("pathway"),
        asked.get("answers") or {},
        on=asked.get("on"),
        place=asked.get("in"),
        today=_today(asked),
    )


def _draw(asked):
    return draw_dates(_rules, asked.get("answers") or {}, on=asked.get("on"), today=_today(asked))


def _today(asked):
    return clock.read_date(asked["today"]) if asked.get("today") else None


TEXTS = ("tool", "pathway", "id", "from", "to", "in", "on", "today")
OPERATIONS = {"decide": _decide, "deadline": _deadline, "workdays": _workdays, "walk": _walk, "draw": _draw}


def _failed(kind, message, question=None, questions=(), found=None, expected=None, hint=None):
    error = {
        "kind": kind,
        "message": message,
        "question": question,
        "questions": list(questions),
        "found": found,
        "expected": expected,
        "hint": hint,
    }
    return json.dumps({"ok": False, "error": error}, ensure_ascii=False)
