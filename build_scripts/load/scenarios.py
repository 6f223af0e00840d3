"""Scenarios: fictional cases that are at once tests, training exercises and quiz questions."""

from dataclasses import dataclass
from pathlib import Path

from build_scripts.load.loader import FileProblem, RuleFileError, _shown
from build_scripts.load.yaml_text import Position, compose
from decision_logic.errors import Problem
from decision_logic.model import CITES, POINT_NAME
from decision_logic.shapes import (
    BAD,
    Choice,
    Custom,
    Identifier,
    ListOf,
    MapOf,
    Reader,
    RecordOf,
    Ref,
    Text,
    describe,
    has,
)

SCENARIOS = Path(__file__).resolve().parents[2] / "decision_logic" / "scenarios"


def _plain_answers(reader, value, path):
    if not isinstance(value, dict):
        return reader.problem(path, describe(value), "a mapping from questions to answers")
    return value


STATUSES = (
    ("decided", "one outcome is certain"),
    ("undecided", "several outcomes are still possible"),
    ("not_applicable", "the tool is not made for the place"),
    ("waiting", "a walk waits for an answer"),
    ("ended", "a walk has come to an end"),
    ("comes_round", "a walk has come back to a point that it visited"),
    ("error", "the answers cannot be used"),
)
CERTAINTIES = (("certain", "due whatever the unknown answers are"), ("depending", "due for some of them"))


@dataclass(frozen=True)
class ExpectedDeadline:
    """What a deadline must come out as; what is left out is not checked."""

    last_day: str | None = has(Text(), "Its last day, year-month-day; or none where the start is not known.", None)
    last_moment: str | None = has(Text(), "Its last moment with offset.", None)
    target: str | None = has(Text(), "Its target with offset, or none.", None)
    certain: str | None = has(Choice(CERTAINTIES), "Whether it is certain.", None)


@dataclass(frozen=True)
class Expected:
    """What must come out; what is left out is not checked."""

    status: str = has(Choice(STATUSES), "How the tool answers.")
    outcome: str | None = has(Identifier(), "The outcome.", None)
    criteria: tuple | None = has(ListOf(Identifier()), "Exactly the criteria met.", None)
    actions: dict | None = has(
        MapOf(Identifier(), Choice(CERTAINTIES)), "Exactly the actions due, or perhaps due.", None
    )
    deadlines: dict | None = has(
        MapOf(Identifier(), RecordOf(ExpectedDeadline)), "Exactly the deadlines that run, or may.", None
    )
    still_possible: tuple | None = has(ListOf(Identifier()), "Exactly the outcomes that remain.", None)
    next_question: str | None = has(Text(), "The next question; none for no question.", None)
    readings: tuple = has(ListOf(Ref("reading")), "Readings that must be shown.", ())
    figures: dict | None = has(
        MapOf(Identifier(), Text()), "Exactly the figures, as shown; none for one that cannot be worked out yet.", None
    )
    stands_at: str | None = has(Text(), "For a walk: the point where it stands.", None)
    travelled: tuple | None = has(ListOf(Identifier()), "For a walk: exactly the edges travelled, in order.", None)
    actions_at: dict | None = has(
        MapOf(POINT_NAME, MapOf(Identifier(), Choice(CERTAINTIES))),
        "For a walk: points that it passed, and exactly the actions due there, or perhaps due. Nothing else is checked.",
        None,
    )
    area_notes: tuple | None = has(
        ListOf(Identifier(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", "an area and what it says, such as essex.from_16")),
        "Exactly what areas say: notes and contacts, and in a walk of the journey itself, each as area.name.",
        None,
    )
    error: str | None = has(Text(), "Instead of an answer: part of the message that the user must see.", None)


@dataclass(frozen=True)
class ScenarioData:
    """A fictional case."""

    id: str
    title: str = has(Text(), "The case as a sentence.")
    story: str = has(Text(), "What has happened, in plain words.")
    teaches: str = has(Text(), "The teaching point.")
    cites: tuple = has(CITES, "The provisions from which what is expected was derived.")
    on: str = has(Text(), "The date of the case.")
    answers: dict = has(Custom(_plain_answers, "answers"), "Its answers.")
    expect: Expected = has(RecordOf(Expected), "What must come out.")
    place: str | None = has(Ref("place"), "The place of the case.", None, key="in")


@dataclass(frozen=True)
class ScenarioFile:
    """The scenarios of one tool, or the walks of one pathway; the file's name is the tool's or pathway's."""

    scenarios: dict = has(MapOf(Identifier(), RecordOf(ScenarioData), least=1), "The cases.")
    tool: str | None = has(Ref("tool"), "The tool.", None)
    pathway: str | None = has(Ref("pathway"), "The pathway.", None)


@dataclass(frozen=True)
class Scenario:
    """A case with its tool and the file it stands in."""

    tool: str | None
    pathway: str | None
    data: ScenarioData
    file: Path
    position: Position


def load_scenarios(rules, folder=SCENARIOS):
    """Every scenario below ``folder``, in the order of files. Raises RuleFileError with all problems found."""
    made, problems, names = [], [], {}
    for file in sorted(Path(folder).glob("*.yml")):
        composed = compose(file.read_text(encoding="utf-8"))
        problems += [
            FileProblem(_shown(file), position, found, expected, hint)
            for position, found, expected, hint in composed.errors
        ]
        if composed.errors:
            continue
        reader = Reader({})
        read = RecordOf(ScenarioFile).read(reader, composed.data, ())
        known = {
            "provision": rules.provisions,
            "place": rules.places,
            "tool": rules.tools,
            "pathway": rules.pathways,
            "reading": rules.readings,
        }
        for kind, name, path in reader.references:
            if name not in known[kind]:
                reader.problem(path, f"no {kind} {name!r}", f"a {kind} that the rules have")
        if read is not BAD and (read.tool is None) == (read.pathway is None):
            reader.problem(
                (), "both a tool and a pathway" if read.tool else "neither a tool nor a pathway", "one of the two"
            )
        elif read is not BAD and file.stem not in (read.tool, read.pathway):
            reader.problem(
                ("tool" if read.tool else "pathway",),
                repr(read.tool or read.pathway),
                f"{file.stem!r}, the file's name without its ending",
            )
        if read is not BAD:
            for name in read.scenarios:
                if name in names:
                    reader.problem(
                        ("scenarios", name), f"{name!r} again", f"a name that {names[name]} does not use", on_key=True
                    )
                names[name] = file.name
        problems += [_placed(problem, file, composed) for problem in reader.problems]
        if read is not BAD and not reader.problems:
            made += [
                Scenario(read.tool, read.pathway, data, file, composed.keys[("scenarios", data.id)])
                for data in read.scenarios.values()
            ]
    if problems:
        raise RuleFileError(problems)
    return made


def _placed(problem: Problem, file, composed):
    path, table = problem.path, composed.keys if problem.on_key else composed.values
    while path and path not in table:
        path, table = path[:-1], composed.values
    return FileProblem(_shown(file), table.get(path, Position(1, 1)), problem.found, problem.expected, problem.hint)
