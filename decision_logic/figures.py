"""Figures: numbers that a tool works out from answers, as data, never code.

An expression is a number, a question's answer, a quantity of the rules, or one of a few operations on expressions. It is
worked out exactly (with fractions) when every answer it needs is known, and is None before.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from decision_logic.errors import AnswerError, did_you_mean
from decision_logic.shapes import BAD, Number, describe


@dataclass(frozen=True)
class Constant:
    """A fixed number."""

    value: object


@dataclass(frozen=True)
class AnswerTo:
    """The answer to a number question."""

    question: str


@dataclass(frozen=True)
class QuantityOf:
    """A number that the register of quantities holds."""

    quantity: str


@dataclass(frozen=True)
class DaysFrom:
    """The days from one date question's answer to another's, both included."""

    start: str
    end: str


@dataclass(frozen=True)
class Operation:
    """One of :data:`OPERATIONS` on parts."""

    name: str
    parts: tuple


def _divide(parts):
    return parts[0] / parts[1] if parts[1] else None


OPERATIONS = {
    "sum": (2, None, sum, "the sum of {}"),
    "difference": (2, 2, lambda parts: parts[0] - parts[1], "{} less {}"),
    "product": (2, None, lambda parts: _product(parts), "{} times {}"),
    "quotient": (2, 2, _divide, "{} divided by {}"),
    "mean": (2, None, lambda parts: Fraction(sum(parts)) / len(parts), "the average of {}"),
    "round_up": (1, 1, lambda parts: ceil(parts[0]), "{}, rounded up"),
    "round_down": (1, 1, lambda parts: floor(parts[0]), "{}, rounded down"),
    "round": (1, 1, lambda parts: floor(Fraction(parts[0]) + Fraction(1, 2)), "{}, rounded"),
}


def _product(parts):
    result = 1
    for part in parts:
        result *= part
    return result


def read_expression(reader, value, path):
    """A shape's reading function: plain data → expression, in the reader's scope of questions."""
    questions = reader.scope.questions
    if isinstance(value, str):
        constant = Number(whole=False).read(reader, value, path)
        return BAD if constant is BAD else Constant(constant)
    known = ("question", "quantity", "days_from", *OPERATIONS)
    if not isinstance(value, dict) or len(value) != 1:
        return reader.problem(path, describe(value), "a number, or one of " + ", ".join(known))
    key, item = next(iter(value.items()))
    here = (*path, key)
    if key == "question":
        question = questions.get(item) if isinstance(item, str) else None
        if question is None or question.kind != "number":
            if isinstance(item, str) and item in reader.scope.stated and question is None:
                return BAD  # what is wrong with it is reported where it stands
            numbers = [one.id for one in questions.values() if one.kind == "number"]
            found = describe(item) if question is None else f"{item!r}, a {question.kind} question"
            return reader.problem(
                here,
                found,
                "a number question of this tool" + (f": {', '.join(numbers)}" if numbers else " (there are none)"),
                did_you_mean(str(item), numbers),
            )
        return AnswerTo(item)
    if key == "quantity":
        if not isinstance(item, str):
            return reader.problem(here, describe(item), "the identifier of a quantity")
        reader.references.append(("quantity", item, here))
        return QuantityOf(item)
    if key == "days_from":
        names = [item.get("start"), item.get("end")] if isinstance(item, dict) and set(item) == {"start", "end"} else []
        if not names or any(
            not isinstance(name, str) or name not in questions or questions[name].kind != "date" for name in names
        ):
            return reader.problem(here, describe(item), "{start: a date question, end: another}")
        return DaysFrom(*names)
    if key not in OPERATIONS:
        return reader.problem(
            here, f"unknown word {key!r}", "one of " + ", ".join(known), did_you_mean(key, known), on_key=True
        )
    least, most, _, _ = OPERATIONS[key]
    items = item if isinstance(item, list) else [item]
    if len(items) < least or (most is not None and len(items) > most):
        return reader.problem(
            here,
            f"{len(items)} part{'s' if len(items) != 1 else ''}",
            f"{least} part{'s' if least > 1 else ''}" + ("" if most == least else " or more"),
        )
    parts = [
        read_expression(reader, part, (*here, index) if isinstance(item, list) else here)
        for index, part in enumerate(items)
    ]
    return BAD if BAD in parts else Operation(key, tuple(parts))


def questions_of(expression):
    """The questions that an expression needs, in order, each once."""
    if isinstance(expression, AnswerTo):
        return (expression.question,)
    if isinstance(expression, DaysFrom):
        return (expression.start, expression.end)
    if isinstance(expression, Operation):
        return tuple(dict.fromkeys(name for part in expression.parts for name in questions_of(part)))
    return ()


def work_out(expression, answers, quantities):
    """The exact value (int or Fraction), or None where an answer is not known or the sum has none.

    ``answers``: typed answers; ``quantities``: {id: Quantity}. Raises AnswerError where dates stand the wrong way round.
    """
    if isinstance(expression, Constant):
        return Fraction(str(expression.value))
    if isinstance(expression, QuantityOf):
        return Fraction(quantities[expression.quantity].value)
    if isinstance(expression, AnswerTo):
        value = answers.get(expression.question)
        return None if value is None else Fraction(str(value))
    if isinstance(expression, DaysFrom):
        start, end = answers.get(expression.start), answers.get(expression.end)
        if start is None or end is None:
            return None
        if end < start:
            raise AnswerError(
                "the last day lies before the first",
                question=expression.end,
                found=end.isoformat(),
                expected=f"{start.isoformat()} or later",
            )
        return Fraction((end - start).days + 1)
    parts = [work_out(part, answers, quantities) for part in expression.parts]
    return None if None in parts else OPERATIONS[expression.name][2](parts)


def say(expression, questions, quantities):
    """The expression in words, such as "the average of New entrants in the first year and New entrants in the second year"."""
    if isinstance(expression, Constant):
        return str(expression.value)
    if isinstance(expression, QuantityOf):
        one = quantities[expression.quantity]
        return f"{one.value} ({one.unit})"
    if isinstance(expression, AnswerTo):
        return f"“{questions[expression.question].label.rstrip('?')}”"
    if isinstance(expression, DaysFrom):
        return f"the days from “{questions[expression.start].label.rstrip('?')}” to “{questions[expression.end].label.rstrip('?')}”, both included"
    parts = [say(part, questions, quantities) for part in expression.parts]
    pattern = OPERATIONS[expression.name][3]
    if pattern.count("{}") == 1:
        return pattern.format(parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1])
    return pattern.format(parts[0], " times ".join(parts[1:]) if expression.name == "product" else parts[1])


def shown(value, decimals):
    """The value as text with at most ``decimals`` decimals, rounded half up, no trailing noughts."""
    if value is None:
        return None
    scaled = floor(Fraction(value) * 10**decimals + Fraction(1, 2))
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{sign}{whole}" + (f".{rest:0{decimals}d}".rstrip("0") if rest else "")
