"""Answers: from what a person or a file gives to typed values, or an error that names the question.

Answers are flat: question → yes, no, not_known, an option, a list of options, a number, an ISO date or date and time.
An absent answer is not known. Text and JSON's own types both pass, so that YAML read as text and JSON mean the same.
"""

import re
from fractions import Fraction

from decision_logic import clock
from decision_logic.errors import AnswerError, DateError, did_you_mean
from decision_logic.linking import in_edition
from decision_logic.shapes import describe

NOT_KNOWN = "not_known"
LONGEST_NUMBER = 40  # characters: far more than any answer needs


def read_answers(tool, edition, given):
    """Typed answers {question: value} in the tool's order; questions that are not known are left out.

    yes_no and one_of give text, several_of a frozenset, number an int or float, date a datetime.date, date_time a
    :class:`decision_logic.clock.Moment`. Raises AnswerError for the first answer that cannot be used.
    """
    if not isinstance(given, dict):
        raise AnswerError(
            "the answers cannot be read", found=describe(given), expected="a mapping from questions to answers"
        )
    asked = [name for name, question in tool.questions.items() if in_edition(question, edition)]
    for name in given:
        if name in tool.questions and name not in asked:
            raise AnswerError(
                f"the edition {edition!r} does not ask this question",
                question=name,
                found=describe(given[name]),
                expected="one of " + ", ".join(asked),
            )
        if name not in tool.questions:
            raise AnswerError(
                f"the tool {tool.id!r} has no such question",
                where=str(name),
                found=repr(name),
                expected="one of " + ", ".join(asked),
                hint=did_you_mean(str(name), asked),
            )
    typed = {}
    for name in asked:
        value = read_one(tool.questions[name], given.get(name))
        if value is not None:
            typed[name] = value
    return typed


def read_one(question, value):
    """The typed answer to one question, or None where it is not known. Raises AnswerError."""
    return None if value is None or value == NOT_KNOWN else READ[question.kind](question, value)


def exact_float(text):
    """The number that a text of JSON's grammar says, if a computer's number can hold it. Raises AnswerError: nothing is rounded."""
    number = float(text)
    if number == 0:  # fractions would work out the power of 0e999999999
        exact = not any(digit in "123456789" for digit in text.lower().partition("e")[0])
    else:
        finite = number not in (float("inf"), float("-inf"))
        exact = finite and len(text) <= LONGEST_NUMBER and Fraction(repr(number)) == Fraction(text)
    if not exact:
        raise AnswerError(
            "this number has more digits than can be kept without rounding",
            found=text,
            expected="a number of at most 15 digits",
        )
    return number


def _yes_no(question, value):
    if isinstance(value, bool) or value in (
        "true",
        "false",
    ):  # what JSON, and programs that write YAML, make of yes and no
        return "yes" if value in (True, "true") else "no"
    return _one_of(question, value, ("yes", "no"))


def _one_of(question, value, options=None):
    options = options or tuple(question.options)
    if isinstance(value, str) and value in options:
        return value
    hint = did_you_mean(value, options) if isinstance(value, str) else None
    raise AnswerError(
        "this answer cannot be used",
        question=question.id,
        found=_shown(value),
        expected=_list([*options, NOT_KNOWN]),
        hint=hint,
    )


def _several_of(question, value):
    options = tuple(question.options)
    if not isinstance(value, list):
        hint = f"write [{value}]" if isinstance(value, str) and value in options else None
        raise AnswerError(
            "this answer cannot be used",
            question=question.id,
            found=_shown(value),
            expected=f"a list of any of {', '.join(options)} (empty: {question.none}), or {NOT_KNOWN}",
            hint=hint,
        )
    for item in value:
        if not isinstance(item, str) or item not in options:
            hint = did_you_mean(item, options) if isinstance(item, str) else None
            raise AnswerError(
                "the list has something that is no option",
                question=question.id,
                found=_shown(item),
                expected="any of " + ", ".join(options),
                hint=hint,
            )
    return frozenset(value)


def _number(question, value):
    expected = ("a number" if question.decimals else "a whole number") + (
        f" of {question.unit}" if question.unit else ""
    )
    if question.least is not None or question.most is not None:
        expected += (
            " ("
            + " and ".join(
                part
                for part in (
                    question.least is not None and f"at least {question.least}",
                    question.most is not None and f"at most {question.most}",
                )
                if part
            )
            + ")"
        )
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value.strip()):
        number = float(value) if "." in value else int(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        number = value
    else:
        raise AnswerError("this answer cannot be used", question=question.id, found=_shown(value), expected=expected)
    if number != number or number in (float("inf"), float("-inf")):
        raise AnswerError("this answer cannot be used", question=question.id, found=_shown(value), expected=expected)
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    low = question.least is not None and number < question.least
    high = question.most is not None and number > question.most
    if low or high or (isinstance(number, float) and not question.decimals):
        raise AnswerError("this number cannot be used", question=question.id, found=_shown(value), expected=expected)
    return number


def _dated(read):
    def function(question, value):
        try:
            return read(value)
        except DateError as error:
            raise AnswerError(
                error.message, question=question.id, found=error.found, expected=error.expected, hint=error.hint
            ) from None

    return function


def _shown(value):
    return (
        repr(value)
        if isinstance(value, str)
        else describe(value)
        if isinstance(value, (dict, list)) and value
        else repr(value)
    )


def _list(words):
    return ", ".join(words[:-1]) + " or " + words[-1]


READ = {
    "yes_no": _yes_no,
    "one_of": _one_of,
    "several_of": _several_of,
    "number": _number,
    "date": _dated(clock.read_date),
    "date_time": _dated(clock.read_moment),
}


def plain_answer(question, value):
    """A typed answer as plain JSON: options in the question's order, dates in ISO form, times without seconds that are nought."""
    if question.kind == "several_of":
        return [option for option in question.options if option in value]
    if question.kind == "date":
        return value.isoformat()
    if question.kind == "date_time":
        return value.at.isoformat(timespec="seconds")
    return value
