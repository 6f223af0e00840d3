"""The list of requirements: what the sources ask for, by number, and the provisions of the register that hold it.

It is held against the register, the readings and the notices. The engine and the browser never see it, so it is no part of
:class:`decision_logic.RuleSet` and does not count in the rules hash.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from build_scripts.load.loader import REQUIREMENTS, RULES, FileProblem, RuleFileError, _shown
from build_scripts.load.scenarios import _placed
from build_scripts.load.yaml_text import Position, compose
from decision_logic.errors import did_you_mean
from decision_logic.model import READINGS
from decision_logic.shapes import BAD, Identifier, ListOf, MapOf, Number, Reader, RecordOf, Ref, Text, describe, has

REQUIREMENT = Identifier("R[1-9][0-9]*", "a requirement's number, such as R46")
AMBIGUITY = Identifier("X[1-9][0-9]*", "an ambiguity's number, such as X7")
KINDS = (("requirements", "R"), ("ambiguities", "X"))


@dataclass(frozen=True)
class Numbers:
    """How long the two lists are, so that an entry which goes missing is noticed."""

    requirements: int = has(Number(least=1), "How many requirements there are.")
    ambiguities: int = has(Number(least=1), "How many ambiguities there are.")


@dataclass(frozen=True)
class Requirement:
    """Something that a source requires or states, and the provisions that hold it."""

    id: str
    title: str = has(Text(), "What it is about, in a few words of ours.")
    provisions: tuple = has(ListOf(Ref("provision"), least=1), "The provisions of the register that say it.")


@dataclass(frozen=True)
class Ambiguity:
    """A place where a source is ambiguous, silent or slips, and what settles it for the reader."""

    id: str
    readings: tuple = has(READINGS, "The readings that settle it.", ())
    notices: tuple = has(ListOf(Ref("notice")), "Notices that tell of it.", ())


@dataclass(frozen=True)
class RequirementFile:
    """The requirements and ambiguities, each with its permanent number."""

    numbers: Numbers = has(RecordOf(Numbers), "How many of each there are.")
    requirements: dict = has(MapOf(REQUIREMENT, RecordOf(Requirement), least=1), "The requirements by number.")
    ambiguities: dict = has(MapOf(AMBIGUITY, RecordOf(Ambiguity), least=1), "The ambiguities by number.")


@dataclass(frozen=True)
class Requirements:
    """The list as read: requirements and ambiguities by number, and where each entry stands."""

    requirements: dict
    ambiguities: dict
    file: Path
    positions: dict

    def where(self, number):
        """File and line of an entry, as shown in findings."""
        return f"{_shown(self.file).as_posix()}:{self.positions[number].line}"


def load_requirements(rules, root=RULES):
    """Read the list below ``root`` and hold it against ``rules``. Raises RuleFileError with all problems found."""
    file = Path(root) / REQUIREMENTS
    if not file.is_file():
        raise RuleFileError([FileProblem(_shown(file), Position(1, 1), "no such file", "the list of requirements")])
    composed = compose(file.read_text(encoding="utf-8"))
    problems = [FileProblem(_shown(file), *error) for error in composed.errors]
    if not problems:
        reader = Reader({})
        read = RecordOf(RequirementFile).read(reader, composed.data, ())
        _references(rules, reader)
        if read is not BAD:
            _numbers(read, reader)
            _settled(read, reader)
        problems = [_placed(problem, file, composed) for problem in reader.problems]
    if problems:
        raise RuleFileError(problems)
    places = {name: composed.keys[(part, name)] for part, _ in KINDS for name in getattr(read, part)}
    return Requirements(read.requirements, read.ambiguities, file, places)


def _references(rules, reader):
    known = {
        "provision": (rules.provisions, "rules/sources/"),
        "reading": (rules.readings, "rules/readings.yml"),
        "notice": (rules.notices, "rules/notices.yml"),
    }
    for kind, name, path in reader.references:
        entries, where = known[kind]
        if name not in entries:
            reader.problem(path, f"no {kind} {name!r}", f"one that is in {where}", did_you_mean(name, entries))


def _numbers(read, reader):
    """Every number from 1 to the last, and none beyond it."""
    for part, letter in KINDS:
        stated, count = getattr(read, part), getattr(read.numbers, part)
        wanted = [f"{letter}{number}" for number in range(1, count + 1)]
        missing = [name for name in wanted if name not in stated]
        if missing:
            reader.problem(
                (part,), f"no {', '.join(missing)}", f"every number from {wanted[0]} to {wanted[-1]}", on_key=True
            )
        for name in stated:
            if int(re.sub(r"\D", "", name)) > count:
                reader.problem(
                    (part, name),
                    f"{name}, though there are {count}",
                    f"a number up to {wanted[-1]}",
                    f"where the list has grown, raise numbers: {part}",
                    on_key=True,
                )


def _settled(read, reader):
    for name, entry in read.ambiguities.items():
        if not entry.readings and not entry.notices:
            reader.problem(
                ("ambiguities", name),
                describe({}),
                "a reading or notice that settles it",
                "readings: [NAME]",
                on_key=True,
            )
