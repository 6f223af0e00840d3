"""Files of answers: flat JSON or YAML, read without guessing."""

import json
import re

from build_scripts.load.yaml_text import compose
from decision_logic import AnswerError
from decision_logic.answers import exact_float

JSON_BEGINS = re.compile(r"\s*[{\[]\s*[\"}\]{\[]")
NOTHING = ("", "null", "~")  # what YAML has for a question that is left open


def read_answer_file(text, name):
    """Answers as plain data from JSON or YAML text; ``name`` is for messages. Raises AnswerError."""
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return {}
    if name.endswith(".json") or JSON_BEGINS.match(text):
        return read_json(text, name)
    composed = compose(text)
    if composed.errors:
        position, found, expected, hint = composed.errors[0]
        raise AnswerError(
            "the answers cannot be read",
            where=f"{name}:{position.line}:{position.column}",
            found=found,
            expected=expected,
            hint=hint,
        )
    if not isinstance(composed.data, dict):
        raise AnswerError(
            "the answers cannot be read", where=name, found="no mapping", expected="question: answer, one a line"
        )
    return {name: None if value in NOTHING else value for name, value in composed.data.items()}


def read_json(text, name):
    """The JSON object of a text as plain data; ``name`` is for messages. Raises AnswerError."""

    def once(pairs):
        made = {}
        for key, value in pairs:
            if key in made:
                raise AnswerError(
                    "a question is answered twice",
                    where=f"{name}: {key}",
                    found=f"{made[key]!r} and {value!r}",
                    expected="one answer",
                )
            made[key] = value
        return made

    try:
        data = json.loads(text, object_pairs_hook=once, parse_float=exact_float)
    except (ValueError, RecursionError) as error:
        where = f"{name}:{error.lineno}:{error.colno}" if hasattr(error, "lineno") else name
        raise AnswerError(
            "the answers are no JSON",
            where=where,
            found=getattr(error, "msg", "something else"),
            expected='{"question": "answer"}',
        ) from None
    except AnswerError as error:  # a number that would be rounded, wherever it stands
        error.where = error.where or name
        raise
    if not isinstance(data, dict):
        raise AnswerError(
            "the answers cannot be read", where=name, found="no JSON object", expected='{"question": "answer"}'
        )
    return data
