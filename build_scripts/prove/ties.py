"""The ties between the sources and the handbook: what carries each provision, and whether anything is left out.

A provision is carried by what shows it to a reader or applies it: a page that cites it, a rule of a tool, a point or edge of a
journey, a time limit, an action, a checklist, a quantity, a notice, an area's service, a form, a term, a question or a reading. A
case is shown beside them, but does not carry: it tries what something else says.
"""

from dataclasses import dataclass

from build_scripts.prove.citations import DOCS, references
from decision_logic.pathway import parts_of

KINDS = {  # in the order in which they are shown; the words of a list of them
    "page": "Pages",
    "tool": "Tools",
    "journey": "Journeys",
    "action": "Actions",
    "checklist": "Checklists",
    "deadline": "Time limits",
    "quantity": "Quantities",
    "question": "Questions",
    "reading": "Readings",
    "notice": "Notices",
    "area": "Areas",
    "form": "Forms",
    "term": "Terms",
    "rule": "Other rules",
    "case": "Cases",
}
# Where the page of an area has what stands in a part of its file; services have places of their own.
AREA_ANCHORS = {"notes": "#{}-differs", "contacts": "#{}-contacts", "instead": "#{}-rules", "adds": "#{}-rules"}
SECTIONS = {  # of a tool's file: the anchor on the tool's page, and whether each entry has one of its own
    "editions": ("editions", False),
    "not_applicable": ("editions", False),
    "impossible": ("impossible", False),
    "questions": ("question", True),
    "criteria": ("criterion", True),
    "outcomes": ("outcome", True),
    "duties": ("duty", True),
    "deadlines": ("deadline", True),
    "figures": ("figure", True),
    "checks": ("check", True),
}


@dataclass(frozen=True)
class Carrier:
    """Something that carries a provision: its kind, what it belongs to, what it is called and where a reader finds it.

    ``owner`` is the page, tool or journey that it is part of, so that a list can name that once; ``target`` is a page of docs/
    with its anchor, or None where no page shows it.
    """

    kind: str
    owner: str
    words: str
    target: str | None


@dataclass(frozen=True)
class Ties:
    """What carries each provision (kinds in the order of KINDS), and which requirements and readings that makes whole."""

    carriers: dict
    requirements: object

    def carried(self, provision):
        """Whether anything but a case carries it."""
        return any(one.kind != "case" for one in self.carriers[provision])

    @property
    def uncarried(self):
        """The provisions that nothing carries, in the order of the register."""
        return [name for name in self.carriers if not self.carried(name)]

    def held(self, requirement):
        """Whether every provision of a requirement is carried."""
        return all(self.carried(name) for name in requirement.provisions)

    def figures(self):
        """((what, how many are whole, how many there are), …), as the page on traceability and the check show them."""
        listed = self.requirements
        return (
            ("requirements", sum(map(self.held, listed.requirements.values())), len(listed.requirements)),
            ("provisions", len(self.carriers) - len(self.uncarried), len(self.carriers)),
            (
                "ambiguities",
                sum(bool(one.readings or one.notices) for one in listed.ambiguities.values()),
                len(listed.ambiguities),
            ),
        )


def ties(loaded, requirements, scenarios, docs=DOCS):
    """The :class:`Ties` of the rules, the cases and the pages below ``docs``."""
    rules, mentions = loaded.rules, list(references(docs))
    carriers = {name: {} for name in rules.provisions}
    for one in mentions:
        for name in one.cites:
            if name in carriers:
                carriers[name][Carrier("page", one.page_title, one.heading or one.page_title, one.target)] = True
    places = _places(loaded, mentions)
    for path, names in _cites(loaded.plain, ()):
        if path[0] != "sources":
            carrier = _carrier(loaded, path, places)
            for name in names if carrier.target else ():  # what is shown nowhere carries nothing
                carriers[name][carrier] = True
    for one in scenarios:
        for name in one.data.cites:
            carriers[name][
                Carrier("case", one.tool or one.pathway, one.data.title, f"training/index.md#{one.data.id}")
            ] = True
    order = list(KINDS)
    return Ties(
        {name: tuple(sorted(found, key=lambda one: order.index(one.kind))) for name, found in carriers.items()},
        requirements,
    )


def ties_findings(loaded, found):
    """A sentence with file and line for each provision that nothing carries and each requirement that is not whole."""
    for name in found.uncarried:
        provision = loaded.rules.provisions[name]
        document = provision.document
        own = document in loaded.rules.areas and loaded.rules.areas[document].source
        path = ("areas", document, "source") if own else ("sources", document)
        file, position = loaded.where((*path, "provisions", name), on_key=True)
        cases = ", only cases cite it" if found.carriers[name] else ""
        yield (
            f"{file.as_posix()}:{position.line}: nothing carries {name} ({provision.section}){cases}: "
            f"say it on a page with {{{{ cite {name} }}}}, or cite it in the rule that applies it"
        )
    for number, one in found.requirements.requirements.items():
        missing = [name for name in one.provisions if not found.carried(name)]
        if missing:
            yield f"{found.requirements.where(number)}: {number} ({one.title}) lacks what carries {', '.join(missing)}"


def _cites(value, path):
    """(path, names) of every list of citations in plain data."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "cites" and isinstance(item, list):
                yield path, item
            else:
                yield from _cites(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _cites(item, (*path, index))


def _places(loaded, mentions):
    """Where a reader meets what has no place of its own: {("action", id): page#anchor} and so on, the first place each."""
    places, rules = {}, loaded.rules
    for one in mentions:
        if one.kind == "quantity":
            places.setdefault(("quantity", one.words[0]), one.target)
        elif one.kind == "list" and one.words[:1] == ("areas",):
            for name in one.words[1:] or rules.areas:
                places.setdefault(("area", name), one.page)
    for pathway in rules.pathways.values():
        for point in pathway.points.values():
            for action in point.actions:
                places.setdefault(("action", action), f"{pathway.page}#{point.id.lower()}")
    for tool in rules.tools.values():
        page = tool.page
        for duty in tool.duties.values():
            for action in duty.actions:
                places.setdefault(("action", action), f"{page}#duty-{duty.id}")
        for outcome in tool.outcomes.values():
            for action in outcome.actions:
                places.setdefault(("action", action), f"{page}#who-does-what")
        for name in tool.questions:
            places.setdefault(("question", name), f"{page}#question-{name}")
        for figure, plain in loaded.plain["tools"][tool.id].get("figures", {}).items():
            for name in _quantities(plain["value"]):
                places.setdefault(("quantity", name), f"{page}#figure-{figure}")
    for checklist in rules.checklists.values():
        for action in checklist.actions:
            places.setdefault(("action", action), f"{checklist.page}#{checklist.id}")
    for pathway in rules.pathways.values():
        for part in () if pathway.common else parts_of(rules, pathway):
            for name in part.questions:
                places.setdefault(("question", name), f"tools/walk_{pathway.id}.md")
    return places


def _quantities(expression):
    """The quantities that a figure's expression reads."""
    parts = (
        expression.items()
        if isinstance(expression, dict)
        else enumerate(expression)
        if isinstance(expression, list)
        else ()
    )
    for key, item in parts:
        if key == "quantity":
            yield item
        else:
            yield from _quantities(item)


def _title_of(plain, path):
    """The title of the innermost entry on a path through the plain data that has one."""
    title = ""
    for key in path:
        plain = plain[key]
        title = plain.get("title", title) if isinstance(plain, dict) else title
    return title


def _carrier(loaded, path, places):
    """The carrier that a list of citations belongs to, from its path through the plain data."""
    rules, part, name = loaded.rules, path[0], path[1]
    if part == "tools":
        tool, section = rules.tools[name], path[2]
        anchor, own = SECTIONS[section]
        entry = getattr(tool, section)[path[3]]
        words = getattr(entry, "title", None) or getattr(entry, "ask", None) or entry.because
        return Carrier("tool", tool.title, words, f"{tool.page}#{anchor}-{path[3]}" if own else f"{tool.page}#{anchor}")
    if part == "pathways":
        pathway = rules.pathways[name]
        if path[2] == "points":
            point = pathway.points[path[3]]
            shown = f"{point.id}: {point.title}" if point.id[0].isupper() else point.title
            return Carrier("journey", pathway.title, shown, f"{pathway.page}#{point.id.lower()}")
        if path[2] == "edges":
            edge = pathway.edges[path[3]]
            return Carrier("journey", pathway.title, f"{edge.start} to {edge.end}", f"{pathway.page}#edge-{edge.id}")
        return Carrier("journey", pathway.title, pathway.title, pathway.page)
    entry = getattr(rules, part)[name]
    if part == "areas":
        said = getattr(entry, path[2]) if path[2:3] in (("services",), ("notes",), ("contacts",)) else {}
        words = f"{entry.title}: {said[path[3]].title}" if said else entry.title
        anchor = f"#{name}-{path[3]}" if path[2:3] == ("services",) else AREA_ANCHORS.get(path[2], "").format(name)
        page = places.get(("area", name))
        return Carrier("area", entry.title, words, f"{page}{anchor}" if page else None)
    made = {
        "actions": lambda: Carrier("action", "", entry.does, places.get(("action", name))),
        "checklists": lambda: Carrier("checklist", "", entry.title, f"{entry.page}#{name}"),
        "deadlines": lambda: Carrier("deadline", "", entry.title, f"tools/deadlines.md#{name}"),
        "quantities": lambda: Carrier("quantity", "", entry.sentence, places.get(("quantity", name))),
        "questions": lambda: Carrier("question", "", entry.ask, places.get(("question", name))),
        "readings": lambda: Carrier("reading", "", entry.title, f"reference/readings.md#{name}"),
        "notices": lambda: Carrier("notice", "", entry.title, f"reference/notices.md#{name}"),
        "forms": lambda: Carrier("form", "", entry.title, f"reference/forms.md#{name}"),
        "glossary": lambda: Carrier("term", "", entry.term, f"reference/glossary.md#{name}"),
    }
    return made[part]() if part in made else Carrier("rule", part, getattr(entry, "title", name), None)
