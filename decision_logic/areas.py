"""Local areas: what a service of one area says, and the rules that are otherwise there.

An area is one file, laid over the core. Most of it speaks to the reader: ages, routes, contacts, services, and notes that are
attached to the things of the core where something differs. ``instead`` and ``adds`` change the rules themselves: entries in the
place of the core's, and further ones. They are written as the core writes them, read by the same shapes and proven alike, so
that no code knows of any area.
"""

from dataclasses import dataclass
from datetime import date

from decision_logic import clock
from decision_logic.errors import did_you_mean
from decision_logic.shapes import (
    BAD,
    PAGE,
    Choice,
    Custom,
    Day,
    Identifier,
    ListOf,
    MapOf,
    Number,
    RecordOf,
    Ref,
    Text,
    YesNo,
    describe,
    has,
)

NAME = Identifier()
CITES = ListOf(Ref("provision"), least=1)
READINGS = ListOf(Ref("reading"))
STATUSES = (
    ("as_published", "what the source says, not checked since"),
    ("checked", "checked with the service on the day given"),
    ("our_reading", "where the source errs or is unclear: what is said is our reading"),
)
# What an area can change in the rules: whole entries of these parts, and of these sections of a tool.
CHANGEABLE = ("deadlines", "actions")
SECTIONS = {
    "questions": "question",
    "criteria": "criterion",
    "impossible": "impossible",
    "outcomes": "outcome",
    "duties": "duty",
    "deadlines": "deadline",
    "figures": "figure",
    "checks": "check",
}
# What it can bring along besides, under names that the core does not use.
ADDABLE = ("readings", "roles", "forms", "glossary", "quantities", "deadlines", "actions")
# What of it speaks to readers and decides nothing.
WORDS = ("reading", "role", "form", "term", "quantity")
KINDS = {
    "readings": "reading",
    "roles": "role",
    "forms": "form",
    "glossary": "term",
    "quantities": "quantity",
    "deadlines": "deadline",
    "actions": "action",
}


@dataclass(frozen=True)
class Attached:
    """The things of the core at which something stands; the reader finds it at each of them."""

    journeys: tuple = has(ListOf(Ref("pathway")), "Journeys, as a whole.", ())
    points: tuple = has(ListOf(Ref("any_point")), "Process points.", ())
    tools: tuple = has(ListOf(Ref("tool")), "Tools, as a whole.", ())
    questions: tuple = has(ListOf(Ref("tool_question")), "Questions of tools, written as tool.question.", ())
    actions: tuple = has(ListOf(Ref("action")), "Actions.", ())
    forms: tuple = has(ListOf(Ref("form")), "Forms.", ())
    deadlines: tuple = has(ListOf(Ref("deadline")), "Time limits.", ())
    roles: tuple = has(ListOf(Ref("role")), "Roles.", ())
    pages: tuple = has(ListOf(PAGE), "Pages below docs/, at their top.", ())

    @property
    def things(self):
        """((kind, name), …) in the order of the fields."""
        kinds = ("journey", "point", "tool", "question", "action", "form", "deadline", "role", "page")
        fields = (
            self.journeys,
            self.points,
            self.tools,
            self.questions,
            self.actions,
            self.forms,
            self.deadlines,
            self.roles,
            self.pages,
        )
        return tuple((kind, name) for kind, names in zip(kinds, fields, strict=True) for name in names)


@dataclass(frozen=True)
class Leads:
    """Where the reader is sent instead."""

    tools: tuple = has(ListOf(Ref("tool")), "Tools.", ())
    journeys: tuple = has(ListOf(Ref("pathway")), "Journeys.", ())


NOWHERE = Leads()
UNATTACHED = Attached()


@dataclass(frozen=True)
class Service:
    """A local service or arrangement."""

    id: str
    title: str = has(Text(), "What it is.")
    text: str = has(Text(), "What a practitioner should know of it.")
    cites: tuple = has(CITES, "Where it is from.")


@dataclass(frozen=True)
class Note:
    """Something that is otherwise in the area, shown at the things of the core that it concerns."""

    id: str
    title: str = has(Text(), "The point in a few words.")
    text: str = has(Text(), "What is otherwise here.")
    at: Attached = has(RecordOf(Attached), "What it concerns.")
    cites: tuple = has(CITES, "Where it is from.")
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    see: Leads = has(RecordOf(Leads), "What to use instead.", NOWHERE)
    published: str | None = has(
        Text(), "When its source was published, where that is another than the area's; absent: as the area's.", None
    )
    status: str | None = has(Choice(STATUSES), "How far it can be relied on; absent: as the area's.", None)
    checked_on: date | None = has(Day(), "For checked: the day.", None)


@dataclass(frozen=True)
class Contact:
    """A way to reach the service."""

    id: str
    title: str = has(Text(), "What it is for, in a few words.")
    how: str = has(
        Choice((("telephone", "a number"), ("email", "an address"), ("address", "a place"), ("website", "an address"))),
        "What kind of contact it is.",
    )
    value: str = has(Text(), "The number or address, as it was published.")
    text: str = has(Text(), "Who can use it, and when.")
    cites: tuple = has(CITES, "Where it is from.")
    at: Attached = has(RecordOf(Attached), "Where it is of use; absent: on the area's own page alone.", UNATTACHED)
    status: str | None = has(Choice(STATUSES), "How far it can be relied on; absent: as the area's.", None)
    checked_on: date | None = has(Day(), "For checked: the day.", None)


@dataclass(frozen=True)
class Route:
    """Whether a journey runs in the area."""

    id: str
    applies: str = has(
        Choice(
            (
                ("here", "it runs here"),
                ("in_part", "it runs only in the places of only_in"),
                ("not_here", "it does not run here"),
            )
        ),
        "Whether it runs here.",
    )
    text: str = has(Text(), "What that means for the reader.")
    cites: tuple = has(CITES, "Where it is from.")
    only_in: tuple = has(ListOf(Ref("place")), "For in_part: where it runs.", ())
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())
    see: Leads = has(RecordOf(Leads), "What to use instead.", NOWHERE)
    status: str | None = has(Choice(STATUSES), "How far it can be relied on; absent: as the area's.", None)
    checked_on: date | None = has(Day(), "For checked: the day.", None)


@dataclass(frozen=True)
class MinimumAge:
    """From what age the service takes people."""

    years: int = has(Number(least=0), "The age.")
    text: str = has(Text(), "For whom it holds, in a sentence.")
    cites: tuple = has(CITES, "Where it is from.")
    readings: tuple = has(READINGS, "Our readings that it relies on.", ())


@dataclass(frozen=True)
class OwnRules:
    """That the handbook does not apply in the area, which has rules of its own."""

    text: str = has(Text(), "What does not apply, and what does.")
    cites: tuple = has(CITES, "Where that is from.")
    see: Leads = has(RecordOf(Leads), "What to use instead.", NOWHERE)
    pages: tuple = has(ListOf(PAGE), "Pages of guidance that hold here all the same, below docs/.", ())


def read_own_source(reader, value, path):
    """The area's own source as plain data; the register of sources reads it."""
    return value if isinstance(value, dict) else reader.problem(path, describe(value), "a mapping, as in rules/sources/")


def _read_changes(parts, sections):
    """A reading function for changed rules: which entries they are; what is in them the core's own shapes read."""

    def read(reader, value, path):
        if not isinstance(value, dict):
            return reader.problem(path, describe(value), "a mapping of " + ", ".join((*parts, "tools")))
        before = len(reader.problems)
        for part, entries in value.items():
            here = (*path, part)
            if part not in (*parts, "tools"):
                reader.problem(here, f"unknown key {part!r}", "one of " + ", ".join((*parts, "tools")), on_key=True)
            elif not isinstance(entries, dict) or not entries:
                reader.problem(here, describe(entries), "a mapping of names to entries")
            elif part == "tools":
                for tool, inside in entries.items():
                    reader.references.append(("tool", tool, (*here, tool)))
                    _sections(reader, inside, (*here, tool), sections)
        return value if len(reader.problems) == before else BAD

    return read


def _sections(reader, value, path, sections):
    if not isinstance(value, dict) or not value:
        reader.problem(path, describe(value), "a mapping with " + ", ".join(sections))
        return
    for section, entries in value.items():
        if section not in sections:
            reader.problem((*path, section), f"unknown key {section!r}", "one of " + ", ".join(sections), on_key=True)
        elif not isinstance(entries, dict) or not entries:
            reader.problem((*path, section), describe(entries), "a mapping of names to entries")


@dataclass(frozen=True)
class Area:
    """A local area laid over the core: a place within a jurisdiction, and what is otherwise there."""

    id: str = has(NAME, "The file's name without its ending.")
    title: str = has(Text(), "The area's name.")
    within: str = has(Ref("place"), "The jurisdiction or area that it lies in.")
    about: str = has(Text(), "One or two sentences.")
    published: str | None = has(Text(), "When its sources were published, as in: about 2016.", None)
    status: str = has(
        Choice(STATUSES[:2]), "How far what is said of it can be relied on, where nothing else is said.", "as_published"
    )
    checked_on: date | None = has(Day(), "For checked: the day.", None)
    whole: bool = has(
        YesNo(), "Whether it is the whole of the place that it lies in: whoever chooses that place is here.", False
    )
    page: str | None = has(PAGE, "Its page of prose below docs/, where it has one.", None)
    minimum_age: MinimumAge | None = has(RecordOf(MinimumAge), "From what age its service takes people.", None)
    calendar: str | None = has(Ref("calendar"), "Its own working days; absent: those of the place it lies in.", None)
    own_rules: OwnRules | None = has(RecordOf(OwnRules), "Where the handbook does not apply at all: what does.", None)
    routes: dict = has(MapOf(NAME, RecordOf(Route)), "Whether a journey runs here, by journey.", {})
    notes: dict = has(MapOf(NAME, RecordOf(Note)), "What is otherwise here, and at which things of the core.", {})
    contacts: dict = has(MapOf(NAME, RecordOf(Contact)), "Ways to reach the service.", {})
    services: dict = has(MapOf(NAME, RecordOf(Service)), "Its services by identifier.", {})
    instead: dict = has(
        Custom(_read_changes(CHANGEABLE, SECTIONS), "area_changes"),
        "Rules that stand here in place of the core's of the same name.",
        {},
    )
    adds: dict = has(
        Custom(_read_changes(ADDABLE, SECTIONS), "area_additions"), "Rules that only this area has.", {}
    )
    source: dict | None = has(
        Custom(read_own_source, "own_source"), "Its own source, where rules/sources/ has none: the register cites it.", None
    )

    @property
    def place(self):
        """The place that stands for it: itself, or the place whose whole it is."""
        return self.within if self.whole else self.id

    def reliance(self, entry=None):
        """How far something that the area says can be relied on, in a sentence."""
        own = entry is not None and entry.status is not None
        status, day = (entry.status, entry.checked_on) if own else (self.status, self.checked_on)
        if status == "checked":
            return f"Checked on {clock.say_date(day)}." if day else "Checked."
        dated = getattr(entry, "published", None) or self.published  # a note may rest on a source of another time
        published = f"published {dated}; not checked since" if dated else "not checked"
        return f"Our reading; {published}." if status == "our_reading" else f"{published[0].upper()}{published[1:]}."


def with_additions(plain, problem):
    """The rules' plain data with what areas add under names of their own, and {path there: path in the area's file}.

    ``problem(path, found, expected, hint=None)`` is told of a name that is taken.
    """
    made, origins = dict(plain), {}

    def put(part, key, entry, path):
        if key in made.get(part, {}):
            problem(path, f"{key!r} again", f"a name that nothing else in rules/{part} has")
            return
        made[part] = {**made.get(part, {}), key: entry}
        origins[(part, key)] = path

    for area, file in plain.get("areas", {}).items():
        if not isinstance(file, dict):
            continue
        if isinstance(file.get("source"), dict):
            put("sources", area, {"id": area, **file["source"]}, ("areas", area, "source"))
        for part, entries in _mapping(file, "adds").items():
            if part in ADDABLE and isinstance(entries, dict):
                for key, entry in entries.items():
                    put(part, key, entry, ("areas", area, "adds", part, key))
    return made, origins


def laid(plain, area, file, problem):
    """(plain data with an area's changes in it, the (part, key) that changed, {path there: path in the area's file})."""
    made, origins = dict(plain), {}
    for word in ("instead", "adds"):
        for part, entries in _mapping(file, word).items():
            for key, entry in entries.items() if isinstance(entries, dict) else ():
                path = ("areas", area, word, part, key)
                if part == "tools":
                    if isinstance(made.get("tools", {}).get(key), dict) and isinstance(entry, dict):
                        tool = _changed_tool(made["tools"][key], entry, word, path, origins, problem)
                        made["tools"] = {**made["tools"], key: tool}
                elif word == "instead" and part in CHANGEABLE:
                    if key not in made.get(part, {}):
                        hint = did_you_mean(key, made.get(part, {}))
                        problem(path, f"no {key!r} to stand in place of", f"one of rules/{part}.yml, or adds", hint)
                        continue
                    made[part] = {**made[part], key: entry}
                    origins[(part, key)] = path
    changed = {path[:2]: None for path in origins}
    return made, tuple(changed), origins


def _changed_tool(tool, sections, word, path, origins, problem):
    made = dict(tool)
    for section, entries in sections.items():
        if section not in SECTIONS or not isinstance(entries, dict):
            continue
        own = made.get(section, {})
        for name, entry in entries.items():
            here = (*path, section, name)
            if word == "instead" and name not in own:
                hint = did_you_mean(name, own)
                problem(here, f"no {name!r} to stand in place of", f"one of the tool's {section}, or adds", hint)
            elif word == "adds" and name in own:
                problem(here, f"{name!r} again", "a name that the tool does not have, or instead")
            else:
                own = {**own, name: entry}
                origins[("tools", path[-1], section, name)] = here
        made[section] = own
    return made


def _mapping(file, key):
    found = file.get(key)
    return found if isinstance(found, dict) else {}


def at_home(path, origins):
    """A path through laid data as a path through the files."""
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return (*origins[path[:length]], *path[length:])
    return path
