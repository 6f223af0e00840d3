"""Saved results: the JSON that ``handbook decide`` and ``handbook walk`` print and the pages save, read back years later."""

from build_scripts.load.answers import read_json
from decision_logic import AnswerError
from decision_logic.engine import ANSWER_FORMAT
from decision_logic.pathway import WALK_FORMAT

MADE_BY = {ANSWER_FORMAT: "handbook decide", WALK_FORMAT: "handbook walk"}
TEXTS = {ANSWER_FORMAT: ("tool", "on", "status", "rules_hash"), WALK_FORMAT: ("pathway", "on", "status", "rules_hash")}
OR_NOTHING = {ANSWER_FORMAT: ("in", "outcome", "title"), WALK_FORMAT: ("in", "stands_at", "stands_at_title")}


def read_saved(text, name, expected):
    """A saved result of the format ``expected`` as plain data; ``name`` is for messages. Raises AnswerError."""
    saved = read_json(text, name)
    found = saved.get("format")
    if found != expected:
        other = MADE_BY.get(found) if isinstance(found, str) else None
        raise AnswerError(
            "this is no saved result that can be worked out again here",
            where=name,
            found=f"format {found!r}" if "format" in saved else "no format",
            expected=f'"format": "{expected}", as {MADE_BY[expected]} prints it and the page of a result saves it',
            hint=f"{other} --again {name}" if other else None,
        )
    for key in (*TEXTS[expected], *OR_NOTHING[expected]):
        needed = key in TEXTS[expected]
        if key not in saved or not isinstance(saved[key], str if needed else str | None):
            raise AnswerError(
                "the saved result is not whole",
                where=f"{name}: {key}",
                found=repr(saved[key]) if key in saved else "nothing",
                expected="text" if needed else "text, or null",
            )
    if not isinstance(saved.get("answers"), dict):
        raise AnswerError(
            "the saved result is not whole",
            where=f"{name}: answers",
            found=repr(saved.get("answers")),
            expected="a mapping from questions to answers",
        )
    return saved
