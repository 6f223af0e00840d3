"""The model: what the rule files say, as frozen dataclasses.

Built from plain data (mappings, lists and text) by the same code in the build and in the browser. Each field declares its
shape and what it is for; the JSON Schemas for editors and the error messages for authors come from those declarations.
:class:`RuleSet` holds everything; :meth:`RuleSet.from_plain` is the way in.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from decision_logic.areas import Area, at_home, laid, with_additions
from decision_logic.conditions import ALWAYS, Scope, read_condition
from decision_logic.deadlines import Calendar, Span
from decision_logic.errors import RequestError, RuleError, did_you_mean
from decision_logic.figures import questions_of, read_expression
from decision_logic.shapes import (
    BAD,
    LINK,
    PAGE,
    Choice,
    Custom,
    Day,
    Identifier,
    ListOf,
    MapOf,
    Number,
    Reader,
    RecordOf,
    Ref,
    Text,
    YesNo,
    describe,
    has,
)

FORCES = (("must", "a duty"), ("should", "expected"), ("may", "allowed or advised"), ("fact", "a fact or a definition"))
ACTION_FORCES = FORCES[:3]
STATUSES = (
    ("in_force", "in force in the period given"),
    ("start_not_confirmed", "enacted; its start date is not confirmed"),
)
# A notice need not be of law: it may tell what became of a document, a body or the money.
NOTICE_STATUSES = (
    STATUSES[0],
    ("start_not_confirmed", "enacted or announced; its start is not confirmed"),
    ("for_information", "no law, so nothing is in force"),
)
KINDS = (
    ("yes_no", "yes or no"),
    ("one_of", "exactly one of the options"),
    ("several_of", "any number of the options, or none"),
    ("number", "a number"),
    ("date", "a date"),
    ("date_time", "a date and a time; it can start a deadline, not be compared"),
)
NAME = Identifier()
POINT_NAME = Identifier("[A-Za-z][A-Za-z0-9_]*", "a process point's name, such as IE1 or end_closed")
TOOL_QUESTION = Identifier(
    r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", "a tool and its question, such as identification.drug_test"
)
DOTTED = Identifier(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", "a provision's identifier, such as annex_e.criterion_1")
CONDITION = Custom(read_condition, "condition")
CITES = ListOf(Ref("provision"), least=1)
READINGS = ListOf(Ref("reading"))
FORCE_FROM = Ref("provision_or_reading")
FORCE_FROM_SAYS = "The cited provision or reading whose force it has; absent: the first cited provision that is no fact."


@dataclass(frozen=True)
class Provision:
    """One thing that a source says: where, with what force, in our words."""

    id: str
    section: str = has(Text(), "Where a reader finds it: a section, annex or process point.")
    force: str = has(Choice(FORCES), "How strongly the source says it.")
    summary: str = has(Text(), "What it says, in our own words.")
    in_any_other_case: bool = has(
        YesNo(), "Whether the provision itself covers every other case, which lets a rule be a catch-all.", False
    )
    checked: str | None = has(Text(), "For law outside the documents: whether its text was checked.", None)
    document: str = ""  # known from where it stands


@dataclass(frozen=True)
class Document:
    """A source document with its provisions."""

    id: str = has(NAME, "The file's name without its ending.")
    title: str = has(Text(), "The document's title.")
    publisher: str = has(Text(), "Who published it.")
    published: str = has(Text(), "When, as far as the document says.")
    about: str = has(Text(), "One or two sentences on what it is.")
    provisions: dict = has(
        Custom(lambda r, v, p: read_provisions(r, v, p), "provisions"), "Its provisions by identifier."
    )
    link: str | None = has(LINK, "Where it can be found.", None)
    short: str | None = has(
        Text(), "A word or two before a section in source marks; absent: the section says enough by itself.", None
    )


@dataclass(frozen=True)
class Reading:
    """How we read a source where it is ambiguous, silent or wrong; shown to the reader as ours."""

    id: str
    title: str = has(Text(), "The point in a few words.")
    source_says: str = has(Text(), "What the source says, in our words.")
    leaves_open: str = has(Text(), "What that leaves open.")
    our_reading: str = has(Text(), "How we read it.")
    other_reading: str = has(Text(), "What the other reading would give.")
    cites: tuple = has(CITES, "The provisions concerned.")
    force: str | None = has(Choice(ACTION_FORCES), "How strongly it puts what follows; for actions' force_from.", None)
    quote: str | None = has(Text(), "A short quotation of the words in question.", None)
    gap: bool = has(YesNo(), "Whether nothing is filled in, so that what the source leaves open stays open.", False)


@dataclass(frozen=True)
class Notice:
    """Something that the reader of an older rule should know, such as later law."""

    id: str
    title: str = has(Text(), "A headline.")
    text: str = has(Text(), "The notice.")
    cites: tuple = has(CITES, "Where it is from.")
    status: str = has(Choice(NOTICE_STATUSES), "Whether it is in force.")
    start: date | None = has(Day(), "The first day on which it is shown; absent: always.", None, key="from")
    end: date | None = has(Day(), "The last day on which it is shown.", None, key="to")
    places: tuple = has(ListOf(Ref("place")), "Where it is shown; absent: everywhere.", (), key="in")
    tools: tuple = has(ListOf(Ref("tool")), "The tools whose answers show it.", ())


@dataclass(frozen=True)
class Role:
    """Somebody who acts."""

    id: str
    title: str = has(Text(), "What the role is called.")
    about: str = has(Text(), "Who that is.")
    colour_key: str = has(
        Choice(
            (
                ("police", "police"),
                ("cjit", "the integrated team"),
                ("partnership", "the local partnership"),
                ("probation", "probation"),
                ("prison", "prisons and their drug workers"),
                ("housing", "housing authorities"),
                ("provider", "other providers"),
                ("court", "courts"),
                ("none", "no colour of its own"),
            )
        ),
        "The group whose colour the maps use.",
    )
    part_of: str | None = has(
        Ref("role"), "The wider role that it is a part of, whose actions fall to it as well.", None
    )
    page: str | None = has(PAGE, "The page below docs/ that lists what the role does.", None)


@dataclass(frozen=True)
class Form:
    """A form or record that an action uses."""

    id: str
    title: str = has(Text(), "The form's name.")
    used_for: str = has(Text(), "What it is used for.")
    named_in_source: bool = has(YesNo(), "Whether the source names it.")
    cites: tuple = has(CITES, "Where it is from.")
    note: str | None = has(Text(), "Anything to know besides.", None)


@dataclass(frozen=True)
class Term:
    """A term of the field."""

    id: str
    term: str = has(Text(), "The term.")
    means: str = has(Text(), "What it means.")
    cites: tuple = has(CITES, "Where it is from.")
    short: str | None = has(Text(), "Its abbreviation.", None)
    since: str | None = has(Text(), "What has changed since the source was written.", None)


@dataclass(frozen=True)
class Place:
    """A jurisdiction, or an area within one."""

    id: str
    title: str = has(Text(), "The place's name.")
    calendar: str | None = has(
        Ref("calendar"), "The calendar of its working days; an area has its jurisdiction's.", None
    )
    within: str | None = has(Ref("place"), "The place that it lies in.", None)


@dataclass(frozen=True)
class Quantity:
    """A number in the sources that is no deadline."""

    id: str
    value: str = has(Text(), "The number, as it is shown.")
    unit: str = has(Text(), "What it counts.")
    says: str = has(Text(), "The fact in a sentence, with {} where the number goes.")
    cites: tuple = has(CITES, "Where it is from.")

    @property
    def sentence(self):
        """The fact in a sentence, the number filled in."""
        return self.says.replace("{}", self.value)


SPAN_UNITS = (
    ("clock_hours", "elapsed hours, to the minute"),
    ("calendar_days", "days, weekends included"),
    ("working_days", "days that the calendar does not skip"),
    ("weeks", "seven days each"),
    ("calendar_months", "to the day of the same number, or the month's last"),
)


MOST_COUNTED = 5000  # hours, days, weeks or months: more than any time limit has, and less than dates can hold


@dataclass(frozen=True)
class SpanData:
    """A length of time and how it is counted, as a rule file gives it."""

    count: int = has(Number(least=1, most=MOST_COUNTED), "How many.")
    unit: str = has(Choice(SPAN_UNITS), "What is counted.")
    rolls: str = has(
        Choice(
            (
                ("never", "the end stays where it falls"),
                (
                    "if_period_touches_non_working_day",
                    "where the period touches a non-working day, it ends with the first working day on or after its end",
                ),
            )
        ),
        "Whether the end moves forward.",
        "never",
    )
    only_if: str | None = has(
        Choice((("ends_on_working_day", "there is none unless it ends on a working day"),)),
        "When the span counts at all.",
        None,
    )


def read_span(reader, value, path):
    """A :class:`decision_logic.deadlines.Span` from plain data."""
    data = RecordOf(SpanData).read(reader, value, path)
    if data is BAD:
        return BAD
    if data.rolls != "never" and data.unit != "clock_hours":
        return reader.problem(
            (*path, "rolls"),
            f"{data.rolls} on {data.unit}",
            "rolls only where clock_hours are counted",
            "leave rolls out: days, weeks and months stay where they end",
        )
    if data.only_if is not None and path[-1] == "limit":
        return reader.problem(
            (*path, "only_if"),
            "only_if on a limit",
            "only_if only on a target",
            "a limit always holds: move it to the target or leave it out",
            on_key=True,
        )
    try:
        return Span(data.count, data.unit, data.rolls, data.only_if)
    except ValueError as error:
        return reader.problem(path, str(error), "a length of time that can be counted")


SPAN = Custom(read_span, "span")


@dataclass(frozen=True)
class Deadline:
    """A time limit: what it counts, from what event, on which calendar, and its source."""

    id: str
    title: str = has(Text(), "What must have happened by then.")
    starts: str = has(Text(), "The event it counts from, in words.", key="from")
    needs: str = has(
        Choice((("date", "a date is enough"), ("date_time", "the time matters"))),
        "What the starting event must be given as.",
    )
    places: tuple = has(
        ListOf(Ref("place"), least=1), "The places it holds in; the first is meant where none is said.", key="in"
    )
    calendar: str = has(
        Ref("calendar_or_place"), "The calendar it counts on: a calendar's identifier, or place for the place's own."
    )
    limit: Span = has(SPAN, "The outer limit.")
    force: str = has(Choice(ACTION_FORCES), "How strongly the source says it.")
    cites: tuple = has(CITES, "Where it is from.")
    target: Span | None = has(SPAN, "What to aim at, where the source gives a nearer time.", None)
    says: str | None = has(Text(), "Words of the source that go with it, such as as soon as possible.", None)
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    force_from: str | None = has(FORCE_FROM, FORCE_FROM_SAYS, None)


@dataclass(frozen=True)
class Action:
    """Something that a role does: force, form, deadline and source."""

    id: str
    who: str = has(Ref("role"), "The role that acts.")
    does: str = has(Text(), "What it does, as an imperative.")
    force: str = has(Choice(ACTION_FORCES), "How strongly the source says it.")
    cites: tuple = has(CITES, "Where it is from.")
    forms: tuple = has(ListOf(Ref("form")), "The forms it uses.", ())
    deadline: str | None = has(Ref("deadline"), "The time limit for it.", None)
    when_words: str | None = has(Text(), "The case in which it is done, in words.", None)
    note: str | None = has(Text(), "Anything to know besides.", None)
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    force_from: str | None = has(FORCE_FROM, FORCE_FROM_SAYS, None)


@dataclass(frozen=True)
class Checklist:
    """Actions that belong to no point of a journey and to no tool: what a team works through, or keeps to at all times."""

    id: str
    title: str = has(Text(), "What the list is about.")
    about: str = has(Text(), "What it is for, in a sentence or two.")
    page: str = has(PAGE, "The page below docs/ that shows it.")
    cites: tuple = has(CITES, "Where it is from.")
    actions: tuple = has(ListOf(Ref("action"), least=1), "Its actions, in the order in which they are shown.")


@dataclass(frozen=True)
class Question:
    """Something to be answered; every question may be not known yet."""

    id: str
    ask: str = has(Text(), "The question in one sentence.")
    kind: str = has(Choice(KINDS), "What an answer looks like.")
    short: str | None = has(Text(), "A few words for maps and tables; absent: the question itself.", None)
    help: str | None = has(Text(), "Help, shown folded.", None)
    options: dict = has(MapOf(NAME, Text()), "For one_of and several_of: each option's identifier and label.", {})
    none: str = has(Text(), "For several_of: the label of choosing none.", "None of these")
    least: int | None = has(Number(whole=False), "For number: the smallest allowed.", None, key="at_least")
    most: int | None = has(Number(whole=False), "For number: the largest allowed.", None, key="at_most")
    decimals: bool = has(YesNo(), "For number: whether it may have decimals.", False)
    unit: str | None = has(Text(), "For number: what it counts.", None)
    cites: tuple = has(ListOf(Ref("provision")), "Where the question is from.", ())
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that ask it; absent: all.", ())

    @property
    def label(self):
        """A few words for maps, tables and explanations."""
        return self.short or self.ask


@dataclass(frozen=True)
class Edition:
    """A version of a tool: where and when it holds."""

    id: str
    title: str = has(Text(), "What the edition is called.")
    places: tuple = has(ListOf(Ref("place"), least=1), "Where it holds.", key="in")
    start: date = has(Day(), "Its first day.", key="from")
    status: str = has(Choice(STATUSES), "Whether it is in force.")
    cites: tuple = has(CITES, "Where it is from.")
    end: date | None = has(Day(), "Its last day; absent: still open.", None, key="to")
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())


@dataclass(frozen=True)
class Elsewhere:
    """Places for which the tool is not made."""

    places: tuple = has(ListOf(Ref("place"), least=1), "The places.", key="in")
    because: str = has(Text(), "Why it does not apply there.")
    cites: tuple = has(CITES, "Where that is from.")
    notices: tuple = has(ListOf(Ref("notice")), "Notices to show.", ())


@dataclass(frozen=True)
class Criterion:
    """A named condition; the answer lists those that are met."""

    id: str
    title: str = has(Text(), "The criterion in a few words.")
    when: object = has(CONDITION, "When it is met.")
    because: str = has(Text(), "Why it counts.")
    cites: tuple = has(CITES, "Where it is from.")
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())


@dataclass(frozen=True)
class Impossible:
    """A combination of answers that cannot occur."""

    id: str
    when: object = has(CONDITION, "The combination.")
    because: str = has(Text(), "Why it cannot occur.")
    cites: tuple = has(ListOf(Ref("provision")), "Where that is from, if anywhere.", ())
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())


@dataclass(frozen=True)
class Contradiction:
    """Answers on a journey that cannot stand together, at whatever points they are given."""

    id: str
    when: object = has(CONDITION, "The combination.")
    because: str = has(Text(), "Why it cannot occur.")
    cites: tuple = has(ListOf(Ref("provision")), "Where that is from, if anywhere.", ())
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())


@dataclass(frozen=True)
class Precedence:
    """Why one outcome comes before another where both would apply."""

    id: str
    because: str = has(Text(), "Why it comes first.")
    cites: tuple = has(CITES, "Where that is from.")
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())


@dataclass(frozen=True)
class Outcome:
    """An outcome and the rule that leads to it. A gap says that the source is silent."""

    id: str
    title: str = has(Text(), "The answer in a sentence.")
    when: object = has(CONDITION, "When it applies.")
    because: str = has(Text(), "Why.")
    cites: tuple = has(CITES, "Where it is from.")
    kind: str = has(
        Choice((("outcome", "the source gives it"), ("gap", "the source is silent, and the tool says so"))),
        "An outcome, or a stated gap.",
        "outcome",
    )
    before: dict = has(
        MapOf(NAME, RecordOf(Precedence)), "The outcomes that it comes before where both would apply.", {}
    )
    actions: tuple = has(ListOf(Ref("action")), "What is to be done.", ())
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())


@dataclass(frozen=True)
class Duty:
    """A rule that adds actions; all that apply do."""

    id: str
    when: object = has(CONDITION, "When it applies.")
    actions: tuple = has(ListOf(Ref("action"), least=1), "What is to be done.")
    because: str = has(Text(), "Why.")
    cites: tuple = has(CITES, "Where it is from.")
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())


@dataclass(frozen=True)
class DeadlineUse:
    """A deadline as a tool uses it: from which answer it counts, and when it is due at all."""

    id: str
    starts_from: str = has(Ref("own_question"), "The question whose answer starts it.", key="from")
    when: object = has(CONDITION, "When it is due.", ALWAYS)
    deadline: str | None = has(Ref("deadline"), "The deadline; absent: the one of the same name.", None)
    title: str | None = has(Text(), "A title of its own.", None)
    note: str | None = has(Text(), "Anything to know besides.", None)
    readings: tuple = has(READINGS, "Our readings that it relies on besides the deadline's own.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())

    @property
    def rule(self):
        """The identifier of the deadline."""
        return self.deadline or self.id


@dataclass(frozen=True)
class Figure:
    """A number that the tool works out from answers."""

    id: str
    title: str = has(Text(), "What the number is.")
    value: object = has(Custom(read_expression, "expression"), "How it is worked out.")
    unit: str = has(Text(), "What it counts.")
    because: str = has(Text(), "Why it is worked out so.")
    cites: tuple = has(CITES, "Where that is from.")
    when: object = has(CONDITION, "When it is shown.", ALWAYS)
    decimals: int = has(Number(least=0), "How many decimals are shown at most.", 2)
    says: str | None = has(Text(), "A sentence with {} where the number goes, such as: about one day in {}.", None)
    says_for_one: str | None = has(Text(), "The sentence in place of it where the number is exactly one.", None)
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())


@dataclass(frozen=True)
class Check:
    """A number that must fit other answers; an answer that does not is an error."""

    id: str
    question: str = has(Ref("own_question"), "The number question whose answer is checked.")
    because: str = has(Text(), "Why it must fit.")
    cites: tuple = has(CITES, "Where that is from.")
    least: object = has(Custom(read_expression, "expression"), "The smallest that fits.", None, key="at_least")
    most: object = has(Custom(read_expression, "expression"), "The largest that fits.", None, key="at_most")
    when: object = has(CONDITION, "When it is checked.", ALWAYS)
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    only_in: tuple = has(ListOf(Ref("edition")), "The editions that have it; absent: all.", ())

    @property
    def bounds(self):
        """(at least or at most, expression) of each bound."""
        return [(word, one) for word, one in (("at least", self.least), ("at most", self.most)) if one is not None]

    @property
    def needs(self):
        """The questions whose answers it needs, each once."""
        return tuple(dict.fromkeys((self.question, *(name for _, one in self.bounds for name in questions_of(one)))))


def read_questions(reader, value, path):
    """A tool's or pathway's questions: each its own, or the word ``shared`` for one of questions.yml."""
    if not isinstance(value, dict):
        return reader.problem(path, describe(value), "a mapping of questions")
    shared = reader.plain.get("questions", {})
    read = {}
    for key, item in value.items():
        here = (*path, key)
        if NAME.read(reader, key, here, on_key=True) is BAD:
            continue
        if item == "shared":
            if key not in shared:
                reader.problem(
                    here,
                    f"no shared question {key!r}",
                    "a question of questions.yml",
                    did_you_mean(key, shared),
                    on_key=True,
                )
                continue
            silent = Reader(reader.plain)  # its problems are reported where it is defined
            typed = read_question(silent, shared[key], ("questions", key))
        else:
            typed = read_question(reader, item, here)
        if typed is not BAD:
            read[key] = typed
    return read


def read_question(reader, value, path):
    """One question, with what its kind requires and forbids."""
    question = RecordOf(Question).read(reader, value, path)
    if question is BAD:
        return BAD
    if question.kind in ("one_of", "several_of"):
        least = 2 if question.kind == "one_of" else 1
        if len(question.options) < least:
            found = "no options" if not question.options else "only one option"
            return reader.problem(
                (*path, "options") if question.options else path,
                found,
                f"at least {'two options' if least == 2 else 'one option'}: the answers to a {question.kind} question",
            )
        for option in question.options:
            if option in ("not_known", "any_of_them", "none_of_them"):
                return reader.problem(
                    (*path, "options", option),
                    f"{option!r} as an option",
                    "another name: the rule language uses this one",
                    on_key=True,
                )
    elif question.options:
        return reader.problem(
            (*path, "options"),
            f"options on a {question.kind} question",
            "options only for one_of and several_of",
            on_key=True,
        )
    if question.kind != "number":
        for key in ("at_least", "at_most", "unit", "decimals"):
            if key in value:
                return reader.problem(
                    (*path, key), f"{key!r} on a {question.kind} question", f"{key} only for number", on_key=True
                )
    return question


@dataclass(frozen=True)
class Tool:
    """One decision: its questions, and the rules that lead from answers to an outcome, actions and deadlines."""

    id: str = has(NAME, "The file's name without its ending.")
    title: str = has(Text(), "The question that the tool answers.")
    summary: str = has(Text(), "One or two sentences on when to use it.")
    roles: tuple = has(ListOf(Ref("role"), least=1), "Who uses it.", key="for")
    page: str = has(PAGE, "Its page below docs/.")
    editions: dict = has(MapOf(NAME, RecordOf(Edition), least=1), "Its editions by place and time.")
    questions: dict = has(Custom(read_questions, "questions"), "Its questions, in the order in which they are asked.")
    outcomes: dict = has(MapOf(NAME, RecordOf(Outcome), least=1), "Its outcomes; their order means nothing.")
    criteria: dict = has(MapOf(NAME, RecordOf(Criterion)), "Named conditions.", {})
    impossible: dict = has(MapOf(NAME, RecordOf(Impossible)), "Combinations that cannot occur.", {})
    duties: dict = has(MapOf(NAME, RecordOf(Duty)), "Rules that add actions.", {})
    deadlines: dict = has(MapOf(NAME, RecordOf(DeadlineUse)), "The deadlines that may run.", {})
    figures: dict = has(MapOf(NAME, RecordOf(Figure)), "Numbers that it works out.", {})
    checks: dict = has(MapOf(NAME, RecordOf(Check)), "Numbers that must fit other answers.", {})
    not_applicable: tuple = has(ListOf(RecordOf(Elsewhere)), "Places for which it is not made.", ())


STAGES = (("identification", "identification"), ("assessment", "assessment"), ("case_management", "case management"))


@dataclass(frozen=True)
class ProcessPoint:
    """A point of a pathway: what it is, who acts and what is required there."""

    id: str
    title: str = has(Text(), "The point in a few words.")
    stage: str = has(Choice(STAGES), "The stage that it belongs to.")
    kind: str = has(
        Choice(
            (
                ("start", "where a pathway begins"),
                ("action", "something is done"),
                ("decision", "the way parts"),
                ("end", "the pathway ends"),
            )
        ),
        "What it is.",
    )
    about: str = has(Text(), "What this point is.")
    cites: tuple = has(CITES, "Where it is from.")
    role: str | None = has(Ref("role"), "The role that chiefly acts.", None)
    actions: dict = has(
        Custom(lambda r, v, p: read_point_actions(r, v, p), "point_actions"),
        "The required actions, each with its condition or always.",
        {},
    )
    tools: tuple = has(ListOf(Ref("tool")), "The tools that help here.", ())
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())


@dataclass(frozen=True)
class Edge:
    """A way from one point to another."""

    id: str
    start: str = has(Ref("point"), "The point it leaves.", key="from")
    end: str = has(Ref("point"), "The point it leads to.", key="to")
    basis: str = has(
        Choice((("stated", "the source states it"), ("reconstructed", "our reconstruction"))),
        "Whether the source states it.",
    )
    cites: tuple = has(CITES, "Where it is from.")
    when: object = has(CONDITION, "When it is taken.", ALWAYS)
    label: str | None = has(Text(), "The condition in words; absent: made from the condition.", None)
    deadline: str | None = has(Ref("deadline"), "The deadline that runs on it.", None)
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())


@dataclass(frozen=True)
class Carried:
    """What an answer to a journey's question says about a question of a tool, so that nobody is asked twice."""

    answer: str | None = has(NAME, "What the tool takes it to be unless it is told something else.", None)
    allows: tuple = has(ListOf(NAME), "What the tool may be told besides; anything else contradicts the journey.", ())


@dataclass(frozen=True)
class Pathway:
    """A journey: points and the edges between them."""

    id: str = has(NAME, "The file's name without its ending.")
    title: str = has(Text(), "The journey's name.")
    summary: str = has(Text(), "One or two sentences.")
    page: str = has(PAGE, "Its page below docs/, where every point has its place.")
    points: dict = has(MapOf(POINT_NAME, RecordOf(ProcessPoint), least=1), "Its points.")
    edges: dict = has(MapOf(NAME, RecordOf(Edge), least=1), "Its edges.")
    starts_at: str | None = has(Ref("point"), "The point where it begins.", None)
    editions: dict = has(
        MapOf(NAME, RecordOf(Edition)), "Where and when it holds; absent: as part of another, or everywhere.", {}
    )
    includes: tuple = has(ListOf(Ref("pathway")), "Pathways that are part of it.", ())
    common: bool = has(YesNo(), "Whether it is the part common to the journeys, shaded grey.", False)
    questions: dict = has(Custom(read_questions, "questions"), "Questions of its edges that no tool answers.", {})
    carries: dict = has(
        MapOf(NAME, MapOf(TOOL_QUESTION, MapOf(NAME, RecordOf(Carried), least=1), least=1)),
        "What answers to its questions say about questions of tools: question, tool.question, answer.",
        {},
    )
    impossible: dict = has(
        MapOf(NAME, RecordOf(Contradiction)), "Answers to its questions that cannot stand together.", {}
    )


def read_point_actions(reader, value, path):
    """{action: condition}, each checked."""
    if not isinstance(value, dict):
        return reader.problem(path, describe(value), "a mapping of actions to always or a condition")
    read = {}
    for key, item in value.items():
        reader.references.append(("action", key, (*path, key)))
        condition = read_condition(reader, item, (*path, key))
        if condition is not BAD:
            read[key] = condition
    return read


def read_provisions(reader, value, path):
    """Provisions, each knowing its document."""
    if not isinstance(value, dict):
        return reader.problem(path, describe(value), "a mapping of provisions")
    read = {}
    for key, item in value.items():
        here = (*path, key)
        if DOTTED.read(reader, key, here, on_key=True) is BAD:
            continue
        provision = RecordOf(Provision).read(reader, item, here)
        if provision is not BAD:
            read[key] = replace(provision, document=path[1])
    return read


YEAR = Number(least=1900, most=2200)


@dataclass(frozen=True)
class CalendarData:
    """Working days of a jurisdiction, as its file gives them."""

    id: str = has(NAME, "The file's name without its ending.")
    title: str = has(Text(), "Whose working days these are.")
    source: str = has(Text(), "Where the dates are from.")
    checked_on: date = has(Day(), "When they were last compared.")
    from_year: int = has(YEAR, "The first year covered.")
    to_year: int = has(YEAR, "The last year covered.")
    weekend: tuple = has(
        ListOf(
            Choice(
                tuple(
                    (day, "") for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
                )
            )
        ),
        "The days of the week that are no working days.",
    )
    holidays: dict = has(MapOf(Day(), Text()), "Each non-working day besides, with its name.")
    notes: tuple = has(ListOf(Text()), "What to know of the dates.", ())


def read_calendar(reader, value, path):
    """A :class:`decision_logic.deadlines.Calendar` from plain data."""
    data = RecordOf(CalendarData).read(reader, value, path)
    if data is BAD:
        return BAD
    for day in data.holidays:
        if not data.from_year <= day.year <= data.to_year:
            reader.problem(
                (*path, "holidays", day.isoformat()),
                f"a day in {day.year}",
                f"a year from {data.from_year} to {data.to_year}",
                on_key=True,
            )
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return Calendar(
        data.id,
        data.title,
        data.from_year,
        data.to_year,
        frozenset(names.index(day) for day in data.weekend),
        data.holidays,
    )


CALENDAR = Custom(read_calendar, "calendar")


def _scoped(cls, scope_of):
    """A shape that reads a record inside a scope made from its plain data."""

    def read(reader, value, path):
        before, reader.scope = reader.scope, scope_of(reader, value if isinstance(value, dict) else {}, path)
        try:
            return RecordOf(cls).read(reader, value, path)
        finally:
            reader.scope = before

    return read


def _mapping(value, key):
    item = value.get(key)
    return item if isinstance(item, dict) else {}


def _tool_scope(reader, value, path):
    silent = Reader(reader.plain)
    questions = read_questions(silent, _mapping(value, "questions"), (*path, "questions"))
    starts = {
        use: item["from"]
        for use, item in _mapping(value, "deadlines").items()
        if isinstance(item, dict) and isinstance(item.get("from"), str)
    }
    return Scope(
        questions, frozenset(_mapping(value, "criteria")), starts, stated=frozenset(_mapping(value, "questions"))
    )


def _pathway_scope(reader, value, path):
    silent = Reader(reader.plain)
    questions = read_questions(silent, _mapping(value, "questions"), (*path, "questions"))
    outcomes = {
        tool: tuple(_mapping(item, "outcomes"))
        for tool, item in reader.plain.get("tools", {}).items()
        if isinstance(item, dict)
    }
    return Scope(questions, frozenset(), None, outcomes, frozenset(_mapping(value, "questions")))


TOOL = Custom(_scoped(Tool, _tool_scope), "tool")
PATHWAY = Custom(_scoped(Pathway, _pathway_scope), "pathway")
QUESTION = Custom(read_question, "question")

# Every part of the rules: its key in the plain data and in RuleSet, and the shape of one entry.
PARTS = {
    "places": RecordOf(Place),
    "calendars": CALENDAR,
    "sources": RecordOf(Document),
    "readings": RecordOf(Reading),
    "roles": RecordOf(Role),
    "forms": RecordOf(Form),
    "glossary": RecordOf(Term),
    "quantities": RecordOf(Quantity),
    "deadlines": RecordOf(Deadline),
    "actions": RecordOf(Action),
    "checklists": RecordOf(Checklist),
    "questions": QUESTION,
    "notices": RecordOf(Notice),
    "areas": RecordOf(Area),
    "tools": TOOL,
    "pathways": PATHWAY,
}


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules, read and linked. Immutable; ``spaces`` is a cache of decision diagrams by (tool, edition).

    ``locals``: {area: the rules as they are there}, of areas that change rules; :meth:`at` finds those of a place.
    """

    places: dict
    calendars: dict
    sources: dict
    readings: dict
    roles: dict
    forms: dict
    glossary: dict
    quantities: dict
    deadlines: dict
    actions: dict
    checklists: dict
    questions: dict
    notices: dict
    areas: dict
    tools: dict
    pathways: dict
    provisions: dict
    rules_hash: str
    spaces: dict
    locals: dict

    @classmethod
    def from_plain(cls, plain):
        """Build the rules from plain data (see ``PARTS`` for its keys).

        Raises RuleError with every problem found: wrong types, unknown or missing keys, dangling references.
        """
        from decision_logic.linking import link  # here, because linking checks what this module makes

        reader, parts = Reader(plain), {}
        shapeless = (
            [name for name in PARTS if not isinstance(plain.get(name, {}), dict)]
            if isinstance(plain, dict)
            else ["rules"]
        )
        for name in shapeless:
            reader.problem(
                (name,),
                describe(plain.get(name)) if isinstance(plain, dict) else describe(plain),
                "a mapping of names to entries",
            )
        if shapeless:
            raise RuleError(reader.problems)
        reader.plain, origins = with_additions(plain, partial(_on_key, reader))
        for name, shape in PARTS.items():
            entries = reader.plain.get(name, {})
            parts[name] = {}
            for key, value in entries.items():
                identifier = NAME.read(reader, key, (name, key), on_key=True)
                typed = shape.read(reader, value, (name, key))
                if identifier is not BAD and typed is not BAD:
                    parts[name][key] = typed
        for key, area in parts["areas"].items():
            if key in parts["places"]:
                reader.problem(("areas", key), f"{key!r} again", "an identifier that no place of rules/places.yml has")
            parts["places"].setdefault(key, Place(key, area.title, area.calendar, area.within))
        provisions = {}
        for document in parts["sources"].values():
            for key, provision in document.provisions.items():
                if key in provisions:
                    reader.problem(
                        ("sources", document.id, "provisions", key),
                        f"{key!r} again",
                        f"an identifier that {provisions[key].document} does not use",
                        on_key=True,
                    )
                provisions[key] = provision
        rules = cls(**parts, provisions=provisions, rules_hash=rules_hash(plain), spaces={}, locals={})
        link(rules, reader)
        problems = [replace(one, path=at_home(one.path, origins)) for one in reader.problems]
        problems = problems or _lay_areas(rules, reader.plain, plain)
        if problems:
            raise RuleError(problems)
        return rules

    def areas_at(self, place):
        """The areas that a place is in, nearest first. Raises RequestError for an unknown place."""
        found = {}
        for level in self.lineage(place):
            if level in self.areas:
                found[level] = self.areas[level]
            found |= {one.id: one for one in self.areas.values() if one.whole and one.within == level}
        return list(found.values())

    def at(self, place):
        """The rules as they are in a place: these, or those that an area has put some of its own into."""
        if place in self.places:
            for area in self.areas_at(place):
                if area.id in self.locals:
                    return self.locals[area.id]
        return self

    def lineage(self, place):
        """The place and those it lies within, nearest first. Raises RequestError for an unknown place."""
        if place not in self.places:
            raise RequestError(
                f"there is no place {place!r}",
                where="in",
                found=repr(place),
                expected="one of " + ", ".join(sorted(self.places)),
                hint=did_you_mean(str(place), self.places),
            )
        chain = [place]
        while (outer := self.places[chain[-1]].within) is not None:
            chain.append(outer)
        return chain

    def calendar_of(self, place):
        """The calendar of a place, its own or that of the place it lies in."""
        return self.calendars[
            next(self.places[one].calendar for one in self.lineage(place) if self.places[one].calendar)
        ]


def _lay_areas(rules, plain, files):
    """Fill ``rules.locals``: outer areas first, each laid over what it lies in. Returns the problems found.

    ``plain``: the plain data with what areas add; ``files``: as the files have it.
    """
    from decision_logic.linking import link, local_limits

    plains, problems = {}, []
    for area in sorted(rules.areas.values(), key=lambda one: (len(rules.lineage(one.id)), not one.whole)):
        outer, around = rules.at(area.within), [one.id for one in rules.areas_at(area.id)]
        reader = Reader(plain)
        reader.plain, changed, origins = laid(
            next((plains[one] for one in around if one in plains), plain),
            area.id,
            files["areas"][area.id],
            partial(_on_key, reader),
        )
        parts = {}
        for part, key in changed:
            typed = PARTS[part].read(reader, reader.plain[part][key], (part, key))
            parts.setdefault(part, {})[key] = typed
        if changed and not reader.problems:
            local = replace(
                outer, **{part: {**getattr(outer, part), **entries} for part, entries in parts.items()}, spaces={}
            )
            link(local, reader)
            local_limits(rules, area, parts.get("deadlines", {}).values(), reader)
            rules.locals[area.id], plains[area.id] = local, reader.plain
        problems += [replace(one, path=at_home(one.path, origins)) for one in reader.problems]
    return problems


def _on_key(reader, path, found, expected, hint=None):
    return reader.problem(path, found, expected, hint, on_key=True)


def rules_hash(plain):
    """The first 16 hexadecimal digits of SHA-256 over the plain data in canonical JSON: comments and line ends do not count."""
    canonical = json.dumps(
        {name: plain.get(name, {}) for name in PARTS}, ensure_ascii=False, separators=(",", ":"), sort_keys=False
    )
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]
