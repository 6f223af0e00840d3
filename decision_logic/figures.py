"""Figures: numbers that a tool works out from answers, as data, never code.

An expression is a number, a question's answer, a quantity of the rules, or one of a few operations on expressions. It is
worked out exactly (with fractions) when every answer it needs is known, and is None before.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from decision_logic.days import WEEKDAYS, Allowed, check_order
from decision_logic.errors import did_you_mean
from decision_logic.shapes import BAD, Number, YesNo, describe


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
class DaysWithin:
    """The days that limits allow: how many there are, or (``most``) how many of them keep a least gap.

    The limits are answers: first and last day, days of the week (None: any), free days between two (None: no gap). With
    ``from_today`` the days before the day of the case have passed and are left out.
    """

    most: bool
    start: str
    end: str
    weekdays: str | None = None
    gap: str | None = None
    from_today: bool = False


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


WITHIN = {
    "allowed_days": ("start", "end", "weekdays", "from_today"),
    "most_dates": ("start", "end", "weekdays", "gap", "from_today"),
}


def read_expression(reader, value, path):
    """A shape's reading function: plain data → expression, in the reader's scope of questions."""
    questions = reader.scope.questions
    if isinstance(value, str):
        constant = Number(whole=False).read(reader, value, path)
        return BAD if constant is BAD else Constant(constant)
    known = ("question", "quantity", "days_from", *WITHIN, *OPERATIONS)
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
    if key in WITHIN:
        return _read_within(reader, key, item, here)
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


def _read_within(reader, key, item, path):
    if not isinstance(item, dict) or not {"start", "end"} <= set(item) <= set(WITHIN[key]):
        return reader.problem(path, describe(item), "start and end, and perhaps " + ", ".join(WITHIN[key][2:]))
    questions, read = reader.scope.questions, {}
    kinds = {"start": "date", "end": "date", "weekdays": "several_of", "gap": "number"}
    for name, value in item.items():
        if name == "from_today":
            read[name] = YesNo().read(reader, value, (*path, name))
            continue
        question = questions.get(value) if isinstance(value, str) else None
        fits = question is not None and question.kind == kinds[name]
        if fits and name == "weekdays":
            fits = set(question.options) <= set(WEEKDAYS)
        if fits and name == "gap":
            fits = not question.decimals
        if fits:
            read[name] = value
            continue
        read[name] = BAD
        if isinstance(value, str) and value in reader.scope.stated and question is None:
            continue  # what is wrong with it is reported where it stands
        found = describe(value) if question is None else f"{value!r}, a {question.kind} question"
        besides = {"weekdays": " whose options are days of the week", "gap": " without decimals"}
        expected = f"a {kinds[name]} question of this tool" + besides.get(name, "")
        reader.problem((*path, name), found, expected)
    return BAD if BAD in read.values() else DaysWithin(key == "most_dates", **read)


def questions_of(expression):
    """The questions that an expression needs, in order, each once."""
    if isinstance(expression, AnswerTo):
        return (expression.question,)
    if isinstance(expression, DaysFrom):
        return (expression.start, expression.end)
    if isinstance(expression, DaysWithin):
        names = (expression.start, expression.end, expression.weekdays, expression.gap)
        return tuple(name for name in names if name is not None)
    if isinstance(expression, Operation):
        return tuple(dict.fromkeys(name for part in expression.parts for name in questions_of(part)))
    return ()


def quantities_of(expression):
    """The quantities that an expression needs, in order, each once."""
    if isinstance(expression, QuantityOf):
        return (expression.quantity,)
    if isinstance(expression, Operation):
        return tuple(dict.fromkeys(name for part in expression.parts for name in quantities_of(part)))
    return ()


def work_out(expression, answers, quantities, today=None):
    """The exact value (int or Fraction), or None where an answer is not known or the sum has none.

    ``answers``: typed answers; ``quantities``: {id: Quantity}; ``today``: the day of the case. Raises AnswerError where dates stand the wrong way round.
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
        check_order(start, end, expression.end)
        return Fraction((end - start).days + 1)
    if isinstance(expression, DaysWithin):
        if any(answers.get(name) is None for name in questions_of(expression)):
            return None
        start, end = answers[expression.start], answers[expression.end]
        check_order(start, end, expression.end)
        first = max(start, today) if expression.from_today and today is not None else start
        allowed = Allowed(first, end, answers.get(expression.weekdays))
        return Fraction(allowed.most(answers.get(expression.gap, 0)) if expression.most else allowed.count)
    parts = [work_out(part, answers, quantities, today) for part in expression.parts]
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
    if isinstance(expression, DaysWithin):
        return _say_within(expression, {name: questions[name].label.rstrip("?") for name in questions_of(expression)})
    parts = [say(part, questions, quantities) for part in expression.parts]
    pattern = OPERATIONS[expression.name][3]
    if pattern.count("{}") == 1:
        return pattern.format(parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1])
    return pattern.format(parts[0], " times ".join(parts[1:]) if expression.name == "product" else parts[1])


def _say_within(expression, labels):
    said = "the largest number of days" if expression.most else "the days"
    said += f" from “{labels[expression.start]}” to “{labels[expression.end]}”"
    if expression.weekdays is not None:
        said += f" that fall on the “{labels[expression.weekdays]}” chosen"
    if expression.gap is not None:
        said += f" with the “{labels[expression.gap]}” kept"
    return said + (", without days that have passed" if expression.from_today else "")


def shown(value, decimals):
    """The value as text with at most ``decimals`` decimals, rounded half up, no trailing noughts."""
    if value is None:
        return None
    scaled = floor(Fraction(value) * 10**decimals + Fraction(1, 2))
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{sign}{whole}" + (f".{rest:0{decimals}d}".rstrip("0") if rest else "")
