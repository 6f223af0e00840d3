"""What is otherwise in a place: answers of the engine by the rules of that place, with what its areas say of them.

:func:`decide`, :func:`deadline` and :func:`walk_pathway` ask the engine, which knows nothing of areas, with the rules as they
are in the place (:meth:`decision_logic.RuleSet.at`), and put a list ``areas`` into the answer: for each area that the place is
in, nearest first, which rules were its own, and whatever it says of the things that the answer speaks about.
"""

from decision_logic import engine, pathway
from decision_logic.areas import KINDS, SECTIONS
from decision_logic.engine import cited, read_so
from decision_logic.linking import in_edition


def decide(rules, tool_id, answers, on=None, place=None, today=None):
    """The answer of a tool in a place, as plain data: see :func:`decision_logic.engine.decide`."""

    def ask(there):
        return engine.decide(rules.at(there), tool_id, answers, on=on, place=there, today=today)

    answer = _asked(rules, place, ask)
    tool = rules.at(answer["in"]).tools[tool_id]
    return _with_areas(rules, answer, _things_of_answer(tool, answer), after="edition")


def decide_in_brief(rules, tool_id, answers, on=None, place=None, today=None):
    """The outcome alone, as in :func:`decide`: see :func:`decision_logic.engine.decide_in_brief`."""
    return _asked(
        rules,
        place,
        lambda there: engine.decide_in_brief(rules.at(there), tool_id, answers, on=on, place=there, today=today),
    )


def deadline(rules, deadline_id, start, place=None):
    """One deadline counted in a place, as plain data: see :func:`decision_logic.engine.deadline`."""
    answer = _asked(rules, place, lambda there: engine.deadline(rules.at(there), deadline_id, start, place=there))
    return _with_areas(rules, answer, [("deadline", deadline_id)], after="in")


def walk_pathway(rules, pathway_id, answers, on=None, place=None, today=None):
    """Where a case stands on a pathway in a place, as plain data: see :func:`decision_logic.pathway.walk_pathway`."""

    def ask(there):
        return pathway.walk_pathway(rules.at(there), pathway_id, answers, on=on, place=there, today=today)

    walk = _asked(rules, place, ask)
    return _with_areas(rules, walk, _things_of_walk(walk), after="in")


def _asked(rules, place, ask):
    """The reply for a place; where none is given the engine takes one, which may be in an area with rules of its own."""
    reply = ask(place)
    if place is None and reply["in"] is not None and rules.at(reply["in"]) is not rules:
        return ask(reply["in"])
    return reply


def _things_of_answer(tool, answer):
    yield "tool", tool.id
    for question in tool.questions.values() if answer["edition"] else ():
        if in_edition(question, answer["edition"]["id"]):
            yield "question", f"{tool.id}.{question.id}"
    yield from _things_of_actions(answer["actions"])
    for due in answer["deadlines"]:
        yield "deadline", due["id"]


def _things_of_walk(walk):
    yield "journey", walk["pathway"]
    for visit in walk["visited"]:
        yield "point", visit["point"]
        yield from _things_of_actions(visit["actions"])
    for name, tool in walk["tools"].items():
        yield "tool", name
        for due in tool["deadlines"]:
            yield "deadline", due["id"]
    asked = walk["ask"] or {}
    if asked.get("tool"):
        yield "tool", asked["tool"]
        yield "question", f"{asked['tool']}.{asked['question']}"


def _things_of_actions(actions):
    for action in actions:
        yield "action", action["id"]
        yield "role", action["who"]
        for form in action["form"]:
            yield "form", form["id"]
        if action["deadline"]:
            yield "deadline", action["deadline"]


def _with_areas(rules, answer, things, *, after):
    """The answer with ``areas`` behind the key ``after``, and with what they cite among its sources and readings."""
    things = dict.fromkeys(things)
    areas, routes = [], {name for kind, name in things if kind == "journey"}
    for area in [] if answer["in"] is None else rules.areas_at(answer["in"]):
        areas.append(said_of(rules, area, things, routes))
        routes -= area.routes.keys()  # of a journey the nearest area says whether it runs
    made = {}
    for key, value in answer.items():
        made[key] = value
        if key == after:
            made["areas"] = areas
    entries = [entry for area in areas for entry in _entries(area)]
    made["cites"] = cited(rules, [one["id"] for one in made["cites"]] + [c for one in entries for c in one["cites"]])
    readings = [one["id"] for one in made["readings"]] + [r for one in entries for r in one["readings"]]
    made["readings"] = read_so(rules, readings)
    return made


def _entries(area):
    own = [area["own_rules"]] if area["own_rules"] else []
    return [*own, *([area["route"]] if area["route"] else []), *area["notes"], *area["contacts"]]


def said_of(rules, area, things, journeys):
    """What an area says of these things, and of these journeys as a whole."""
    route = next((route for name, route in area.routes.items() if name in journeys), None)
    return {
        "id": area.id,
        "title": area.title,
        "page": area.page,
        "minimum_age": area.minimum_age.years if area.minimum_age else None,
        "own_rules": _own_rules(rules, area, things),
        "route": _route(rules, area, route) if route else None,
        "changed": list(_changed(rules, area, things)),
        "notes": [_note(rules, area, one, at) for one in area.notes.values() if (at := _at(one, things))],
        "contacts": [_contact(area, one, at) for one in area.contacts.values() if (at := _at(one, things))],
    }


def _at(entry, things):
    return [{"kind": kind, "id": name} for kind, name in entry.at.things if (kind, name) in things]


def _own_rules(rules, area, things):
    """That the handbook does not apply, where an answer is about a tool that is not made for the area."""
    tools = [rules.tools[name] for kind, name in things if kind == "tool"]
    lineage = rules.lineage(area.id)
    foreign = any(set(entry.places) & set(lineage) for tool in tools for entry in tool.not_applicable)
    if area.own_rules is None or not foreign:
        return None
    one = area.own_rules
    return {"text": one.text, "see": _leads(rules, one.see), "cites": list(one.cites), "readings": []}


def _route(rules, area, route):
    return {
        "journey": route.id,
        "applies": route.applies,
        "only_in": [{"id": one, "title": rules.places[one].title} for one in route.only_in],
        "text": route.text,
        "reliance": area.reliance(route),
        "see": _leads(rules, route.see),
        "cites": list(route.cites),
        "readings": list(route.readings),
    }


def _note(rules, area, note, at):
    return {
        "id": note.id,
        "title": note.title,
        "text": note.text,
        "reliance": area.reliance(note),
        "at": at,
        "see": _leads(rules, note.see),
        "cites": list(note.cites),
        "readings": list(note.readings),
    }


def _contact(area, contact, at):
    return {
        "id": contact.id,
        "title": contact.title,
        "how": contact.how,
        "value": contact.value,
        "text": contact.text,
        "reliance": area.reliance(contact),
        "at": at,
        "cites": list(contact.cites),
        "readings": [],
    }


def _leads(rules, leads):
    """Where to go instead: title and page below docs/."""
    found = [rules.tools[name] for name in leads.tools] + [rules.pathways[name] for name in leads.journeys]
    return [{"title": one.title, "page": one.page} for one in found]


def changed_rules(rules, area):
    """((word, kind, owner or None, entry), …): the rules that an area has in place of the core's (instead) or besides (adds)."""
    local = rules.at(area.id)
    for word in ("instead", "adds"):
        for part, entries in getattr(area, word).items():
            if part == "tools":
                for tool, sections in entries.items():
                    for section, inside in sections.items():
                        for name in inside:
                            yield word, SECTIONS[section], tool, getattr(local.tools[tool], section)[name]
            else:
                for name in entries:
                    yield word, KINDS[part], None, getattr(local, part)[name]


def _changed(rules, area, things):
    for word, kind, tool, entry in changed_rules(rules, area):
        if ("tool", tool) in things if tool else (kind, entry.id) in things:
            yield {"how": word, "kind": kind, "id": entry.id, "title": said_briefly(entry)}


def said_briefly(entry):
    """A rule in a few words: its title, or whatever it has in place of one."""
    keys = ("title", "ask", "does", "because", "term", "sentence", "rule")
    return next(words for key in keys if (words := getattr(entry, key, None)))
