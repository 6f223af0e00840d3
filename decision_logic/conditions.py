"""Conditions: data about answers, never code.

A condition is read from plain data into a small tree of frozen dataclasses. The maps, the order of questions, the proofs and
the explanations are all projections of that tree; :mod:`decision_logic.space` turns it into a decision diagram, which is what
answers questions under "not known yet". :func:`holds` evaluates a condition on complete answers and is the plain meaning
that the diagram is tested against.
"""

from dataclasses import dataclass
from datetime import date

from decision_logic.errors import did_you_mean
from decision_logic.shapes import BAD, Day, Number, describe


@dataclass(frozen=True)
class All:
    """Every part holds. ``All(())`` always holds."""

    parts: tuple


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: object


@dataclass(frozen=True)
class Met:
    """The named criterion of the same tool is met."""

    criterion: str


@dataclass(frozen=True)
class Is:
    """A yes-or-no or one-of question is answered with one of ``values``."""

    question: str
    values: tuple


@dataclass(frozen=True)
class Chosen:
    """At least ``least`` and at most ``most`` (None: all) of ``options`` are chosen in a several-of question."""

    question: str
    options: tuple
    least: int
    most: int | None = None


@dataclass(frozen=True)
class Compare:
    """A number or date stands in the relation ``op`` (<, <=, =, >=, >) to a constant, an answer or a deadline's last day."""

    question: str
    op: str
    operand: object


@dataclass(frozen=True)
class Answer:
    """The answer to another question, as the right side of a comparison."""

    question: str


@dataclass(frozen=True)
class LastDay:
    """The last day of a deadline that the tool uses, as the right side of a comparison; ``question`` is the one it starts from."""

    use: str
    question: str


@dataclass(frozen=True)
class OutcomeOf:
    """Another tool's outcome is one of ``outcomes``; only edges of pathways say this."""

    tool: str
    outcomes: tuple


@dataclass(frozen=True)
class Otherwise:
    """No other outcome applies; only for an outcome whose provision itself says "in any other case"."""


ALWAYS = All(())
NUMBER_WORDS = {"less_than": "<", "at_most": "<=", "equals": "=", "at_least": ">=", "more_than": ">"}
DATE_WORDS = {"before": "<", "on_or_before": "<=", "on": "=", "on_or_after": ">=", "after": ">"}
SET_WORDS = ("any_of_them", "none_of_them")
RELATIONS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


@dataclass(frozen=True)
class Scope:
    """What a condition may speak of: questions, criteria and deadlines of its tool, or (in pathways) tools' outcomes.

    ``deadline_starts`` maps each deadline use to the question it starts from; ``outcomes_of`` maps a tool to its outcomes,
    and is None inside a tool. ``stated`` are all names of questions, those that could not be read among them.
    """

    questions: dict
    criteria: frozenset = frozenset()
    deadline_starts: dict | None = None
    outcomes_of: dict | None = None
    stated: frozenset = frozenset()


def read_condition(reader, value, path):
    """A shape's reading function: plain data → condition, in the reader's scope."""
    scope = reader.scope
    if value == "always":
        return ALWAYS
    if value == "in_any_other_case":
        if len(path) == 5 and path[2] == "outcomes":
            return Otherwise()
        return reader.problem(path, "in_any_other_case", "a condition: only an outcome's own when may be a catch-all")
    if not isinstance(value, dict) or not value:
        return reader.problem(
            path, describe(value), "a condition: always, all, any, not, met, or a question with its answer"
        )
    if len(value) > 1:
        logic = [key for key in value if key in ("all", "any", "not", "met", "outcome") and key not in scope.questions]
        if logic:
            return reader.problem(
                (*path, logic[0]),
                f"{logic[0]!r} beside other keys",
                "it alone, or everything inside one all",
                on_key=True,
            )
        parts = [_read_test(reader, scope, key, item, path) for key, item in value.items()]
        return BAD if BAD in parts else All(tuple(parts))
    key, item = next(iter(value.items()))
    if key in ("all", "any"):
        if not isinstance(item, list) or not item:
            return reader.problem((*path, key), describe(item), "a list of conditions")
        parts = [read_condition(reader, part, (*path, key, index)) for index, part in enumerate(item)]
        return BAD if BAD in parts else (All if key == "all" else Any)(tuple(parts))
    if key == "not":
        part = read_condition(reader, item, (*path, key))
        return BAD if part is BAD else Not(part)
    if key == "met":
        if not isinstance(item, str) or item not in scope.criteria:
            hint = did_you_mean(item, scope.criteria) if isinstance(item, str) else None
            return reader.problem(
                (*path, key), describe(item), _one_of("a criterion of this tool", scope.criteria), hint
            )
        return Met(item)
    if key == "outcome" and scope.outcomes_of is not None:
        return _read_outcome(reader, scope, item, (*path, key))
    return _read_test(reader, scope, key, item, path)


def _one_of(what, known):
    return f"{what}: {', '.join(sorted(known))}" if known else f"{what} (there are none)"


def _read_outcome(reader, scope, item, path):
    if not isinstance(item, dict) or len(item) != 1:
        return reader.problem(path, describe(item), "one tool with its outcome, such as {identification: criteria_met}")
    tool, wanted = next(iter(item.items()))
    if tool not in scope.outcomes_of:
        return reader.problem(
            (*path, tool),
            f"no tool {tool!r}",
            _one_of("a tool", scope.outcomes_of),
            did_you_mean(tool, scope.outcomes_of),
            on_key=True,
        )
    wanted = wanted if isinstance(wanted, list) else [wanted]
    known = scope.outcomes_of[tool]
    for outcome in wanted:
        if outcome not in known:
            return reader.problem(
                (*path, tool),
                describe(outcome),
                _one_of(f"an outcome of {tool}", known),
                did_you_mean(str(outcome), known),
            )
    return OutcomeOf(tool, tuple(wanted))


def _read_test(reader, scope, key, item, path):
    here = (*path, key)
    question = scope.questions.get(key)
    if question is None:
        if key in scope.stated:
            return BAD  # what is wrong with it is reported where it stands
        if key == "outcome":
            return reader.problem(
                here,
                "'outcome' in a tool",
                "a condition on this tool's own questions",
                "only pathways speak of a tool's outcome",
                on_key=True,
            )
        return reader.problem(
            here,
            f"no question {key!r}",
            _one_of("a question of this tool", scope.questions),
            did_you_mean(key, {*scope.questions, *scope.stated}),
            on_key=True,
        )
    return _TESTS[question.kind](reader, scope, question, item, here)


def _read_is(reader, scope, question, item, path):
    allowed = ("yes", "no") if question.kind == "yes_no" else tuple(question.options)
    values = item if isinstance(item, list) else [item]
    for value in values:
        if not isinstance(value, str) or value not in allowed:
            hint = did_you_mean(value, allowed) if isinstance(value, str) else None
            return reader.problem(path, describe(value), f"an answer to {question.id}: {', '.join(allowed)}", hint)
    if not values:
        return reader.problem(path, "an empty list", f"an answer to {question.id}: {', '.join(allowed)}")
    return Is(question.id, tuple(values))


def _read_chosen(reader, scope, question, item, path):
    options = tuple(question.options)
    if item == "any_of_them":
        return Chosen(question.id, options, 1)
    if item == "none_of_them":
        return Chosen(question.id, options, 0, 0)
    expected = "any_of_them, none_of_them, {includes: option}, {includes_any: [..]}, {includes_all: [..]} or {at_least: number}"
    if not isinstance(item, dict) or len(item) != 1:
        return reader.problem(
            path, describe(item), expected, did_you_mean(item, SET_WORDS) if isinstance(item, str) else None
        )
    word, wanted = next(iter(item.items()))
    if word == "at_least":
        least = Number(least=1).read(reader, wanted, (*path, word))
        if least is not BAD and least > len(options):
            return reader.problem((*path, word), wanted, f"at most {len(options)}, the number of options")
        return BAD if least is BAD else Chosen(question.id, options, least)
    if word not in ("includes", "includes_any", "includes_all"):
        return reader.problem(
            (*path, word),
            f"unknown word {word!r}",
            expected,
            did_you_mean(word, ("includes", "includes_any", "includes_all", "at_least")),
            on_key=True,
        )
    wanted = [wanted] if word == "includes" else wanted
    if not isinstance(wanted, list) or not wanted:
        return reader.problem((*path, word), describe(wanted), "a list of options")
    for option in wanted:
        if not isinstance(option, str) or option not in options:
            hint = did_you_mean(option, options) if isinstance(option, str) else None
            return reader.problem(
                (*path, word), describe(option), f"an option of {question.id}: {', '.join(options)}", hint
            )
    return Chosen(question.id, tuple(wanted), len(wanted) if word == "includes_all" else 1)


def _read_compare(reader, scope, question, item, path):
    words = NUMBER_WORDS if question.kind == "number" else DATE_WORDS
    expected = f"a comparison: {', '.join(words)}"
    if not isinstance(item, dict) or len(item) != 1:
        hint = (
            f"write {{{'equals' if question.kind == 'number' else 'on'}: {item}}}"
            if isinstance(item, str) and item
            else None
        )
        return reader.problem(path, describe(item), expected, hint)
    word, operand = next(iter(item.items()))
    if word not in words:
        return reader.problem((*path, word), f"unknown word {word!r}", expected, did_you_mean(word, words), on_key=True)
    here = (*path, word)
    if isinstance(operand, dict) and len(operand) == 1:
        kind, name = next(iter(operand.items()))
        if kind == "question":
            other = scope.questions.get(name) if isinstance(name, str) else None
            if other is None or other.kind != question.kind or other.id == question.id:
                found = (
                    describe(name)
                    if other is None
                    else f"{question.id} itself"
                    if other.id == question.id
                    else f"{name!r}, a {other.kind} question"
                )
                alike = [
                    one.id for one in scope.questions.values() if one.kind == question.kind and one.id != question.id
                ]
                return reader.problem(
                    (*here, kind),
                    found,
                    _one_of(f"another {question.kind} question", alike),
                    did_you_mean(str(name), alike),
                )
            return Compare(question.id, words[word], Answer(name))
        if kind == "last_day_of" and question.kind == "date":
            starts = scope.deadline_starts or {}
            if not isinstance(name, str) or name not in starts:
                return reader.problem(
                    (*here, kind),
                    describe(name),
                    _one_of("a deadline that this tool uses", starts),
                    did_you_mean(str(name), starts),
                )
            start = scope.questions.get(starts[name])
            if start is not None and start.kind != "date":
                return reader.problem(
                    (*here, kind),
                    f"{name!r}, which starts from {start.id}, a {start.kind} question",
                    "a deadline that starts from a date question: only whole days can be compared",
                )
            return Compare(question.id, words[word], LastDay(name, starts[name]))
    constant = (Day() if question.kind == "date" else Number(whole=not question.decimals)).read(reader, operand, here)
    return BAD if constant is BAD else Compare(question.id, words[word], constant)


def _read_no_test(reader, scope, question, item, path):
    return reader.problem(
        path,
        "a date and time in a condition",
        "a question that conditions can speak of (a date and time only starts a deadline)",
        on_key=True,
    )


_TESTS = {
    "yes_no": _read_is,
    "one_of": _read_is,
    "several_of": _read_chosen,
    "number": _read_compare,
    "date": _read_compare,
    "date_time": _read_no_test,
}


def holds(condition, answers, criteria=None, last_day=None):
    """Whether a condition holds on complete answers.

    ``answers`` maps each question that is spoken of to its value (text, list, number or date); ``criteria`` maps names to
    conditions; ``last_day(use, start)`` gives a deadline's last day. Raises KeyError for an answer that is missing.
    """

    def go(part):
        if isinstance(part, All):
            return all(go(inner) for inner in part.parts)
        if isinstance(part, Any):
            return any(go(inner) for inner in part.parts)
        if isinstance(part, Not):
            return not go(part.part)
        if isinstance(part, Met):
            return go(criteria[part.criterion])
        if isinstance(part, Is):
            return answers[part.question] in part.values
        if isinstance(part, Chosen):
            count = sum(option in answers[part.question] for option in part.options)
            return part.least <= count <= (len(part.options) if part.most is None else part.most)
        if isinstance(part, Compare):
            operand = part.operand
            if isinstance(operand, Answer):
                operand = answers[operand.question]
            elif isinstance(operand, LastDay):
                operand = last_day(operand.use, answers[operand.question])
            return RELATIONS[part.op](answers[part.question], operand)
        if isinstance(part, OutcomeOf):
            return answers[part.tool] in part.outcomes
        raise TypeError(part)

    return go(condition)


def walk(condition, criteria=None):
    """Every part of a condition, the criteria that it names opened where they are given."""
    yield condition
    if isinstance(condition, (All, Any)):
        for part in condition.parts:
            yield from walk(part, criteria)
    elif isinstance(condition, Not):
        yield from walk(condition.part, criteria)
    elif isinstance(condition, Met) and criteria is not None:
        yield from walk(criteria[condition.criterion], criteria)


def questions_in(condition, criteria=None):
    """The questions that a condition speaks of, in the order they appear, each once."""
    found = {}
    for part in walk(condition, criteria):
        if isinstance(part, (Is, Chosen, Compare)):
            found[part.question] = None
        if isinstance(part, Compare) and isinstance(part.operand, (Answer, LastDay)):
            found[part.operand.question] = None
    return tuple(found)


def is_constant(operand):
    """Whether the right side of a comparison is a fixed number or date."""
    return isinstance(operand, (int, float, date))
