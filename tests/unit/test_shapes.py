"""Shapes turn plain data into typed values, or say what is wrong and where."""

from dataclasses import dataclass
from datetime import date

import pytest

from decision_logic.shapes import (
    BAD,
    Choice,
    Custom,
    Day,
    Identifier,
    ListOf,
    MapOf,
    Number,
    OrWord,
    Reader,
    RecordOf,
    Ref,
    Text,
    YesNo,
    describe,
    has,
)


@dataclass(frozen=True)
class Thing:
    """A thing."""

    id: str
    name: str = has(Text(), "Its name.")
    end: date | None = has(Day(), "Its last day.", None, key="to")
    marks: dict = has(MapOf(Identifier(), Number()), "Its marks.", {})


def read(shape, value, path=("here",)):
    reader = Reader({})
    return shape.read(reader, value, path), reader


@pytest.mark.parametrize(("shape", "value", "typed"), [
    (Text(), "  words  ", "words"),
    (Identifier(), "a_1", "a_1"),
    (Choice((("must", ""), ("may", ""))), "may", "may"),
    (YesNo(), "yes", True),
    (YesNo(), "no", False),
    (Day(), "2010-04-01", date(2010, 4, 1)),
    (Number(), "-5", -5),
    (Number(whole=False), "1.5", 1.5),
    (ListOf(Text()), ["a", "b"], ("a", "b")),
    (MapOf(Identifier(), Number()), {"b": "1", "a": "2"}, {"b": 1, "a": 2}),
    (OrWord("shared", "", Number()), "shared", "shared"),
    (OrWord("shared", "", Number()), "3", 3),
    (Custom(lambda reader, value, path: (value, path), "x"), "v", ("v", ("here",))),
])
def test_good_values_are_typed(shape, value, typed):
    """Each shape gives plain data its type."""
    assert read(shape, value)[0] == typed


@pytest.mark.parametrize(("shape", "value", "found", "expected", "hint"), [
    (Text(), " ", "' '", "some text", None),
    (Text(), {}, "an empty mapping", "some text", None),
    (Identifier(), "Two Words", "'Two Words'", "an identifier: lower-case letters, digits and underscores, starting with a letter", "write two_words"),
    (Choice((("must", ""), ("should", ""))), "shoud", "'shoud'", "one of must, should", "did you mean 'should'?"),
    (YesNo(), "True", "'True'", "yes or no", "write yes"),
    (YesNo(), "maybe", "'maybe'", "yes or no", None),
    (Day(), "2010-02-30", "'2010-02-30'", "a date that exists", None),
    (Day(), "1.4.2010", "'1.4.2010'", "a date such as 2010-04-01", None),
    (Number(), "1.5", "'1.5'", "a whole number", None),
    (Number(least=1), "0", "0", "a number of at least 1", None),
    (ListOf(Text()), "a", "'a'", "a list", "write [a]"),
    (ListOf(Text(), least=2), ["a"], "a list", "a list with at least 2 items", None),
    (ListOf(Text()), ["a", "a"], "'a' again", "each item once", None),
    (MapOf(Identifier(), Text()), ["a"], "a list", "a mapping of names to entries", None),
    (MapOf(Identifier(), Text(), least=1), {}, "an empty mapping", "at least 1 entry", None),
    (Ref("role"), "", "nothing", "the identifier of a role", None),
    (RecordOf(Thing), "a", "'a'", "a mapping with name, to, marks", None),
    (RecordOf(Thing), {}, "no 'name'", "name: Its name.", None),
    (RecordOf(Thing), {"name": "a", "mark": "b"}, "unknown key 'mark'", "one of name, to, marks", "did you mean 'marks'?"),
])
def test_bad_values_are_reported(shape, value, found, expected, hint):
    """Each shape says what it found, what it expected and, where it can, what was meant."""
    _, reader = read(shape, value)
    assert [(one.found, one.expected, one.hint) for one in reader.problems] == [(found, expected, hint)]


def test_a_record_takes_its_id_from_its_key():
    """A record without an id of its own is named by the key that it stands under; absent fields have their defaults."""
    thing, _ = read(RecordOf(Thing), {"name": "A"}, ("things", "a"))
    assert thing == Thing("a", "A", None, {})


def test_all_problems_are_found_at_once():
    """Reading goes on after a problem, so that an author sees them all."""
    typed, reader = read(RecordOf(Thing), {"name": "", "to": "x", "marks": {"B": "z"}, "more": "y"})
    assert typed is BAD
    assert [one.path[1:] for one in reader.problems] == [("more",), ("name",), ("to",), ("marks", "B"), ("marks", "B")]


def test_references_are_kept_for_later():
    """A reference is remembered with its kind and place, to be checked when everything is read."""
    typed, reader = read(ListOf(Ref("role")), ["a"])
    assert typed == ("a",) and reader.references == [("role", "a", ("here", 0))]


def test_describe_is_short():
    """Plain data is described in a few words."""
    assert [describe(one) for one in ("", "a", {}, {"a": 1}, [], ["a"], None)] == [
        "nothing", "'a'", "an empty mapping", "a mapping", "an empty list", "a list", "None"]
