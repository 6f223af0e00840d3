"""What the scenarios cover: every outcome, rule, ground, duty, deadline, process point and edge has at least one.

A tool's parts are covered by cases that the tool answers; points and edges by walks (scenarios of a pathway). What an area says
and what it changes is covered by cases in that area alone.
"""

from dataclasses import dataclass

from build_scripts.prove.scenarios import area_notes
from decision_logic import HandbookError, decide, walk_pathway
from decision_logic.areas import WORDS
from decision_logic.linking import in_edition
from decision_logic.local import changed_rules
from decision_logic.pathway import parts_of

# Kinds of things of the core that an answer or a walk can speak about.
SPOKEN_OF = ("journey", "point", "tool", "question", "action", "form", "deadline")
NOT_COUNTED = (*WORDS, "question", "action")


@dataclass(frozen=True)
class Covered:
    """How many of one kind are covered, and those that are not."""

    kind: str
    count: int
    missing: tuple

    @property
    def covered(self):
        """The number that has a scenario."""
        return self.count - len(self.missing)


def coverage(rules, scenarios):
    """[Covered] by kind, in a fixed order."""
    seen = set()
    for scenario in scenarios:
        seen |= _seen(rules, scenario)
    wanted = {}
    for tool in rules.tools.values():
        for edition in tool.editions:
            wanted.setdefault("edition", []).append((tool.id, edition))
        for kind, entries in (
            ("outcome", tool.outcomes),
            ("criterion", tool.criteria),
            ("duty", tool.duties),
            ("deadline", tool.deadlines),
            ("figure", tool.figures),
        ):
            wanted.setdefault(kind, []).extend((tool.id, name) for name in entries)
        wanted.setdefault("impossible", []).extend((tool.id, name) for name in tool.impossible)
        wanted.setdefault("check", []).extend((tool.id, name) for name in tool.checks)
        wanted.setdefault("precedence", []).extend(
            (tool.id, f"{name} before {other}") for name, one in tool.outcomes.items() for other in one.before
        )
        wanted.setdefault("not applicable", []).extend(
            (tool.id, place) for entry in tool.not_applicable for place in entry.places
        )
    for pathway in rules.pathways.values():
        wanted.setdefault("process point", []).extend((pathway.id, name) for name in pathway.points)
        wanted.setdefault("edge", []).extend((pathway.id, name) for name in pathway.edges)
        wanted.setdefault("impossible", []).extend((pathway.id, name) for name in pathway.impossible)
    for area in rules.areas.values():
        wanted.setdefault("area note", []).extend((area.id, name) for name in _sayable(area))
        wanted.setdefault("area rule", []).extend(
            (area.id, _rule(kind, owner, entry.id))
            for _, kind, owner, entry in changed_rules(rules, area)
            if kind not in NOT_COUNTED
        )
    return [
        Covered(kind, len(names), tuple(f"{owner}: {name}" for owner, name in names if (kind, owner, name) not in seen))
        for kind, names in wanted.items()
    ]


def _sayable(area):
    """What an area says that a case can bring up: notes and contacts at something that answers speak of, and journeys that run."""
    for name, route in area.routes.items():
        if route.applies != "not_here":
            yield name
    for entry in (*area.notes.values(), *area.contacts.values()):
        if any(kind in SPOKEN_OF for kind, _ in entry.at.things):
            yield entry.id


def _rule(kind, owner, name):
    return f"{kind} {owner}.{name}" if owner else f"{kind} {name}"


def _seen(rules, scenario):
    if scenario.pathway:
        return _walked(rules, scenario)
    return _in_areas(rules, scenario, _answered(rules, scenario))


def _in_areas(rules, scenario, seen):
    """What was seen, with the rules of an area's own told from the core's."""
    if scenario.data.place is None or rules.at(scenario.data.place) is rules:
        return seen
    own = {
        (kind, owner, entry.id): ("area rule", area.id, _rule(kind, owner, entry.id))
        for area in rules.areas_at(scenario.data.place)
        for _, kind, owner, entry in changed_rules(rules, area)
    }
    return {own.get(one, one) for one in seen}


def _answered(rules, scenario):
    data, seen = scenario.data, set()
    tool = rules.at(data.place).tools[scenario.tool]
    try:
        answer = decide(rules, tool.id, data.answers, on=data.on, place=data.place)
    except HandbookError as error:
        for kind, entries in (("impossible", tool.impossible), ("check", tool.checks)):
            seen |= {
                (kind, tool.id, name)
                for name, entry in entries.items()
                if entry.because in str(error) and (kind == "impossible" or entry.because in (data.expect.error or ""))
            }
        return seen
    seen |= _said(answer)
    if answer["status"] == "not_applicable":
        return seen | {("not applicable", tool.id, place) for place in rules.lineage(data.place)}
    edition = answer["edition"]["id"]
    seen.add(("edition", tool.id, edition))
    if answer["outcome"]:
        seen.add(("outcome", tool.id, answer["outcome"]))
    seen |= {("criterion", tool.id, one["id"]) for one in answer["criteria"]}
    applying = {(one["kind"], one["rule"]) for one in answer["trace"] if one["applies"] == "yes"}
    seen |= {("duty", tool.id, name) for kind, name in applying if kind == "duty"}
    certain = [one for one in answer["deadlines"] if one["certain"] and one["last_day"]]
    seen |= {("deadline", tool.id, one["use"]) for one in certain} | {("deadline", None, one["id"]) for one in certain}
    seen |= {("figure", tool.id, one["id"]) for one in answer["figures"] if one["value"] is not None}
    if answer["outcome"]:
        for other in tool.outcomes[answer["outcome"]].before:
            if ("outcome", other) in applying and in_edition(tool.outcomes[other], edition):
                seen.add(("precedence", tool.id, f"{answer['outcome']} before {other}"))
    return seen


def _said(answer):
    return {("area note", *one.split(".")) for one in area_notes(answer)}


def _walked(rules, scenario):
    data = scenario.data
    try:
        walk = walk_pathway(rules, scenario.pathway, data.answers, on=data.on, place=data.place)
    except HandbookError as error:
        parts = parts_of(rules, rules.pathways[scenario.pathway])
        return {
            ("impossible", part.id, one.id)
            for part in parts
            for one in part.impossible.values()
            if one.because in str(error)
        }
    seen = _said(walk)
    for part in parts_of(rules, rules.pathways[scenario.pathway]):
        seen |= {("process point", part.id, one["point"]) for one in walk["visited"] if one["point"] in part.points}
        seen |= {("edge", part.id, name) for name in walk["travelled"] if name in part.edges}
    return seen


def table(covered):
    """The figures as lines of text, with what is missing named."""
    lines = [f"{one.kind + ':':<16}{one.covered:>4} of {one.count}" for one in covered]
    total, reached = sum(one.count for one in covered), sum(one.covered for one in covered)
    lines.append(
        f"{'all:':<16}{reached:>4} of {total} ({100 * reached / total:.1f} %)" if total else "nothing to cover"
    )
    for one in covered:
        lines += [f"  no scenario: {one.kind} {name}" for name in one.missing]
    return lines
