"""Shapes: what a piece of plain data must look like, and how it becomes a typed value.

Rule files hold nothing but mappings, lists and text. A shape reads one piece of that: it either returns a typed value
or reports a problem with its path and returns :data:`BAD`, so that reading goes on and all problems are found at once.
The same shapes describe the files for the JSON Schemas of the editors (see ``build_scripts/load/schemas.py``).
"""

import dataclasses
import re
from datetime import date
from functools import cache

from decision_logic.errors import Problem, did_you_mean

BAD = type("Bad", (), {"__repr__": lambda self: "BAD", "__bool__": lambda self: False})()
REQUIRED = object()
# Plain figures only, and no more of them than a rule can need.
WHOLE_NUMBER = "-?[0-9]{1,9}"
NUMBER = rf"{WHOLE_NUMBER}(\.[0-9]{{1,6}})?"
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Reader:
    """Carries problems, and references to be checked once everything is read, through one reading of the rules."""

    def __init__(self, plain):
        self.plain = plain
        self.problems = []
        self.references = []
        self.scope = None

    def problem(self, path, found, expected, hint=None, on_key=False):
        self.problems.append(Problem(tuple(path), found, expected, hint, on_key))
        return BAD


def describe(value):
    """A short description of plain data for an error message."""
    if isinstance(value, str):
        return repr(value) if value else "nothing"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return repr(value)


@dataclasses.dataclass(frozen=True)
class Text:
    """Words for the reader; never empty."""

    def read(self, reader, value, path):
        if isinstance(value, str) and value.strip():
            return value.strip()
        return reader.problem(path, describe(value), "some text")


@dataclasses.dataclass(frozen=True)
class Identifier:
    """A permanent name."""

    pattern: str = "[a-z][a-z0-9_]*"
    what: str = "an identifier: lower-case letters, digits and underscores, starting with a letter"

    def read(self, reader, value, path, on_key=False):
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return value
        other = re.sub(r"[\s-]+", "_", value.strip()).lower() if isinstance(value, str) else ""
        return reader.problem(
            path,
            describe(value),
            self.what,
            f"write {other}" if re.fullmatch(self.pattern, other) else None,
            on_key=on_key,
        )


PAGE = Identifier(
    r"[a-z0-9_-]+(/[a-z0-9_-]+)*\.md", "the path of a page below docs/, such as guidance/housing.md"
)
# Nothing else can be a link: an address of another kind could run a script.
LINK = Identifier(r"https?://[^\s<>\"']+", "an address that begins with https:// or http://")


@dataclasses.dataclass(frozen=True)
class Ref:
    """The identifier of something that the rules define elsewhere, such as a provision or a role."""

    kind: str

    def read(self, reader, value, path):
        if not isinstance(value, str) or not value:
            return reader.problem(path, describe(value), f"the identifier of a {self.kind.replace('_', ' ')}")
        reader.references.append((self.kind, value, tuple(path)))
        return value


@dataclasses.dataclass(frozen=True)
class Choice:
    """One of a few fixed words; ``options`` maps each to what it means."""

    options: tuple

    def read(self, reader, value, path):
        words = [word for word, _ in self.options]
        if isinstance(value, str) and value in words:
            return value
        hint = did_you_mean(value, words) if isinstance(value, str) else None
        return reader.problem(path, describe(value), "one of " + ", ".join(words), hint)


@dataclasses.dataclass(frozen=True)
class YesNo:
    """``yes`` or ``no``, read as a truth value."""

    def read(self, reader, value, path):
        if value in ("yes", "no"):
            return value == "yes"
        hint = {"true": "write yes", "false": "write no"}.get(str(value).lower())
        return reader.problem(path, describe(value), "yes or no", hint)


@dataclasses.dataclass(frozen=True)
class Day:
    """A calendar date, year-month-day."""

    def read(self, reader, value, path, on_key=False):
        if isinstance(value, str) and re.fullmatch(DATE, value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                return reader.problem(path, describe(value), "a date that exists", on_key=on_key)
        return reader.problem(path, describe(value), "a date such as 2010-04-01", on_key=on_key)


@dataclasses.dataclass(frozen=True)
class Number:
    """A number; a whole number unless ``whole`` is false, not below ``least`` and not above ``most``."""

    whole: bool = True
    least: int | None = None
    most: int | None = None

    def read(self, reader, value, path):
        pattern = WHOLE_NUMBER if self.whole else NUMBER
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            return reader.problem(path, describe(value), "a whole number" if self.whole else "a number")
        number = int(value) if "." not in value else float(value)
        if self.least is not None and number < self.least:
            return reader.problem(path, value, f"a number of at least {self.least}")
        if self.most is not None and number > self.most:
            return reader.problem(path, value, f"a number of at most {self.most}")
        return number


@dataclasses.dataclass(frozen=True)
class ListOf:
    """A list; ``least`` is the smallest length allowed. No item may be said twice."""

    item: object
    least: int = 0

    def read(self, reader, value, path):
        if not isinstance(value, list):
            hint = f"write [{value}]" if isinstance(value, str) and value else None
            return reader.problem(path, describe(value), "a list", hint)
        if len(value) < self.least:
            return reader.problem(
                path, describe(value), f"a list with at least {self.least} item{'s' if self.least > 1 else ''}"
            )
        read = []
        for index, item in enumerate(value):
            if isinstance(item, str) and item in value[:index]:
                reader.problem((*path, index), f"{item!r} again", "each item once")
            read.append(self.item.read(reader, item, (*path, index)))
        return BAD if BAD in read else tuple(read)


@dataclasses.dataclass(frozen=True)
class MapOf:
    """A mapping from identifiers to items of one shape; the order is kept."""

    key: object
    item: object
    least: int = 0

    def read(self, reader, value, path):
        if not isinstance(value, dict):
            return reader.problem(path, describe(value), "a mapping of names to entries")
        if len(value) < self.least:
            return reader.problem(
                path,
                describe(value),
                f"at least {self.least} entry" if self.least == 1 else f"at least {self.least} entries",
            )
        read = {}
        for key, item in value.items():
            here = (*path, key)
            typed_key = self.key.read(reader, key, here, on_key=True)
            typed = self.item.read(reader, item, here)
            if typed_key is not BAD and typed is not BAD:
                read[typed_key] = typed
        return read


@dataclasses.dataclass(frozen=True)
class RecordOf:
    """A mapping with the fields of a dataclass declared with :func:`has`."""

    cls: type

    def read(self, reader, value, path):
        fields = keyed_fields(self.cls)
        if not isinstance(value, dict):
            return reader.problem(path, describe(value), "a mapping with " + ", ".join(fields))
        for key in value:
            if key not in fields:
                reader.problem(
                    (*path, key),
                    f"unknown key {key!r}",
                    "one of " + ", ".join(fields),
                    did_you_mean(key, fields),
                    on_key=True,
                )
        made, bad = {}, False
        for key, (name, shape, default, _) in fields.items():
            if key in value:
                made[name] = shape.read(reader, value[key], (*path, key))
                bad = bad or made[name] is BAD
            elif default is REQUIRED:
                reader.problem(path, f"no {key!r}", f"{key}: {fields[key][3]}", on_key=True)
                bad = True
        if "id" in self.cls.__match_args__ and "id" not in {field[0] for field in fields.values()}:
            made["id"] = path[-1]
        return BAD if bad else self.cls(**made)


@dataclasses.dataclass(frozen=True)
class Custom:
    """A shape with a reading function of its own; ``like`` names the JSON Schema that describes it."""

    function: object
    like: str

    def read(self, reader, value, path):
        return self.function(reader, value, path)


@dataclasses.dataclass(frozen=True)
class OrWord:
    """Either one fixed word, returned as it is, or another shape."""

    word: str
    about: str
    otherwise: object

    def read(self, reader, value, path):
        return value if value == self.word else self.otherwise.read(reader, value, path)


def has(shape, about, default=REQUIRED, key=None):
    """Declare a field of a record: its shape, what it is for, its value when absent and its key where Python has no such name."""
    metadata = {"shape": shape, "about": about, "key": key, "default": default}
    if default is REQUIRED:
        return dataclasses.field(metadata=metadata)
    if isinstance(default, (dict, list)):
        return dataclasses.field(default_factory=type(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@cache
def keyed_fields(cls):
    """{key in the file: (attribute, shape, default, about)} of a record class, in its order."""
    fields = {}
    for field in dataclasses.fields(cls):
        if "shape" in field.metadata:
            fields[field.metadata["key"] or field.name] = (
                field.name,
                field.metadata["shape"],
                field.metadata["default"],
                field.metadata["about"],
            )
    return fields
