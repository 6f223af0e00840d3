"""Strict YAML: every scalar is text, every key is said once, every value knows where it stands.

PyYAML composes the file into nodes with marks; nothing is constructed, so ``yes``, ``1:25`` and ``2010-04-01`` stay the texts
that they are. Anchors, aliases and tags are errors: a rule file says what it says in one place, and nothing in it can grow. So
are characters that nobody can see, and files, texts and depths far beyond what a rule needs.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

import yaml

from build_scripts.load.unseen import hint_for, named, unseen_in

# Several times what the largest rule file has, and small enough to be read at once. The depth is also what libyaml, which nests
# on the machine's stack, is trusted with.
LONGEST_FILE = 500_000
LONGEST_TEXT = 20_000
DEEPEST = 50
MOST_ERRORS = 100  # of one file: whoever has more mends the first ones first
# libyaml reads ten times as fast as PyYAML itself and gives the same nodes and marks, but it takes some texts that PyYAML
# refuses, words its errors otherwise and nests on the machine's stack. So it reads only what both read alike, and what
# it finds wrong is read again by PyYAML.
QUICK = getattr(yaml, "CSafeLoader", None)
ORDINARY = re.compile(r"[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
MARKS_IN_FLOW = re.compile(r"[?,\[\]{}]|:(?![^\s,\[\]{}])")


@dataclass(frozen=True)
class Position:
    """Where something stands: line and column, both counted from 1."""

    line: int
    column: int


@dataclass
class Composed:
    """A file as plain data. ``values`` and ``keys`` give the position of each path's value and key; ``errors`` are
    (position, found, expected, hint or None)."""

    data: object = None
    values: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)


class _Doubtful(Exception):
    """libyaml may have read this otherwise than PyYAML would."""


def compose(text):
    """A :class:`Composed` of YAML text; never raises for what the text says."""
    errors = _before_reading(text)
    if errors:
        return Composed(errors=errors)
    if QUICK and ORDINARY.fullmatch(text):
        try:
            composed = _compose(text, QUICK)
        except _Doubtful:
            pass
        else:
            if not composed.errors:
                return composed
    return _compose(text, yaml.SafeLoader)


def _compose(text, loader):
    composed = Composed()
    try:
        composed.errors += islice(_events(text, loader), MOST_ERRORS)
        if composed.errors:
            return composed
        documents = list(yaml.compose_all(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found = error.problem or "something that is no YAML"
        composed.errors.append(
            (_at(mark) if mark else Position(1, 1), f"what YAML cannot read ({found})", "valid YAML", _hint(found))
        )
        return composed
    except yaml.YAMLError as error:
        composed.errors.append(
            (Position(1, 1), f"what YAML cannot read ({str(error).splitlines()[0]})", "valid YAML", None)
        )
        return composed
    if len(documents) != 1:
        if documents:
            composed.errors.append(
                (
                    _at(documents[1].start_mark),
                    f"{len(documents)} documents in one file",
                    "one YAML document",
                    "take out the line ---",
                )
            )
        else:
            composed.errors.append(
                (
                    Position(1, 1),
                    "an empty file",
                    "a mapping of names to entries",
                    "remove the file where it has nothing to say",
                )
            )
        return composed
    composed.data = _plain(documents[0], (), composed, quick=loader is QUICK)
    return composed


def _before_reading(text):
    """What can be told of a text before it is read as YAML."""
    if len(text) > LONGEST_FILE:
        return [
            (
                Position(1, 1),
                f"a file of {len(text):,} characters",
                f"at most {LONGEST_FILE:,} characters",
                "a file of rules is written by hand: see what has got into it, or divide it",
            )
        ]
    return [
        (_position(text, index), _unseen(character), "characters that can be seen", hint_for(character))
        for index, character in islice(unseen_in(text), MOST_ERRORS)
    ]


def _events(text, loader):
    """What rule files do not have, as (position, found, expected, hint), while the text is read and nothing is built of it."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        at = _at(event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            yield (
                at,
                f"something {depth} levels deep",
                f"at most {DEEPEST} levels",
                "say it in several entries; conditions can be named as criteria",
            )
            return
        if isinstance(event, yaml.AliasEvent):
            yield (
                at,
                f"the alias *{event.anchor}",
                "the thing itself",
                "there are no aliases here: say it where it is meant",
            )
        elif getattr(event, "anchor", None):
            yield (
                at,
                f"the anchor &{event.anchor}",
                "nothing",
                "there are no anchors here: remove it, and write out what it stands for",
            )
        elif getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            yield at, f"the tag {tag}", "plain YAML", "remove the tag: all values are text"
        elif isinstance(event, yaml.ScalarEvent):
            if len(event.value) > LONGEST_TEXT:
                found = f"a text of {len(event.value):,} characters"
                yield at, found, f"at most {LONGEST_TEXT:,} characters", "divide it, or put it on a page of its own"
            for _, character in unseen_in(event.value):  # the text itself has none: it was written as an escape
                yield at, f"{_unseen(character)} written as an escape", "characters that can be seen", hint_for(character)
                break


def _unseen(character):
    return f"a character that cannot be seen ({named(character)})"


def _position(text, index):
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _plain(node, path, composed, *, quick, in_flow=False):
    composed.values[path] = _at(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        if quick and not node.style and (not node.value or (in_flow and MARKS_IN_FLOW.search(node.value))):
            raise _Doubtful  # of what is left empty too: the two say otherwise where that stands
        return node.value
    how = {"quick": quick, "in_flow": in_flow or bool(node.flow_style)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), composed, **how) for index, item in enumerate(node.value)]
    made = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            composed.errors.append((_at(key_node.start_mark), "a key that is a list or mapping", "a name", None))
            continue
        key = key_node.value
        if key in made:
            first = composed.keys[(*path, key)]
            composed.errors.append(
                (
                    _at(key_node.start_mark),
                    f"the key {key!r} again",
                    f"each key once: it stands already in line {first.line}",
                    None,
                )
            )
            continue
        composed.keys[(*path, key)] = _at(key_node.start_mark)
        if quick and how["in_flow"] and not key_node.style and MARKS_IN_FLOW.search(key):
            raise _Doubtful
        made[key] = _plain(value_node, (*path, key), composed, **how)
    return made


def _at(mark):
    return Position(mark.line + 1, mark.column + 1)


def _hint(found):
    if "mapping values are not allowed" in found:
        return "a text with a colon in it needs quotation marks round it"
    if "'\\t'" in found or "\\t" in found:
        return "indent with spaces, not with tabs"
    if found.startswith("expected ',' or"):
        return "inside {…} or […] close every bracket, and put quotation marks round a text that has one of ? : , [ ] { } in it"
    if "could not find expected ':'" in found:
        return "each line of a mapping is a key, a colon, a space and a value; a text of several lines is indented below >-"
    if "found unexpected end of stream" in found or "end of stream" in found:
        return "a quotation mark or bracket is opened and never closed"
    if "expected <block end>" in found:
        return "check the indentation: entries of one mapping or list begin in the same column"
    return None
