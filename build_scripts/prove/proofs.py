"""Proofs over the decision diagrams: no gap, no overlap, nothing dead, no hole in time, every pathway ends.

Each proof yields (name, what it covered, findings). A finding is a sentence in practitioner's words with an example case.
The cost grows with the distinct states of a diagram, not with the combinations of answers.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from build_scripts.prove.arrivals import arriving, conditions_at, journeys_through, space_of_journeys, within
from build_scripts.prove.cases import example, in_words
from decision_logic.areas import WORDS
from decision_logic.engine import space_of
from decision_logic.figures import questions_of
from decision_logic.linking import in_edition
from decision_logic.local import changed_rules
from decision_logic.pathway import contradiction_space, point_space, tools_of
from decision_logic.space import NO_OUTCOME, Overlap


def prove(rules):
    """Every proof over all tools and pathways."""
    tools, states, combinations = _tools(rules)
    yield (
        "completeness and overlap",
        f"{tools} editions of tools, {states} distinct states for {combinations:.3g} combinations of answers",
        tuple(_complete(rules)),
    )
    yield "nothing dead", "rules, outcomes, precedences and questions", tuple(_dead(rules))
    yield "editions", "each place without hole or overlap in time", tuple(_editions(rules))
    yield "pathways", f"{sum(len(one.edges) for one in rules.pathways.values())} edges", tuple(_pathways(rules))


def prove_areas(rules):
    """The same proofs over the rules as they are in each area, as far as the area changes them."""
    changed, findings = 0, []
    for area, local in rules.locals.items():
        tools = {name: tool for name, tool in local.tools.items() if tool is not rules.tools.get(name)}
        changed += sum(1 for _, kind, *_ in changed_rules(rules, rules.areas[area]) if kind not in WORDS)
        there = replace(local, tools=tools)
        found = [*_complete(there), *_dead(there), *_editions(there)]
        used = {name: one for name, one in local.pathways.items() if tools.keys() & tools_of(one)}
        found += _pathways(replace(local, pathways=used), whole=False)
        findings += [f"{area}: {one}" for one in found]
    yield "areas", f"{len(rules.areas)} areas, {changed} rules of their own", tuple(findings)


def _each(rules):
    for tool in rules.tools.values():
        for edition in tool.editions:
            yield tool, edition, space_of(rules, tool, edition)


def _tools(rules):
    count, states, combinations = 0, 0, 0.0
    for _, _, space in _each(rules):
        count += 1
        size = 1.0
        for variable in space.variables:
            size *= len(variable.values)
        combinations += size
        states += len(reachable(space, space.root))
    return count, states, combinations


def reachable(space, node):
    """Every node below one, itself included."""
    seen, todo = {node}, [node]
    while todo:
        one = todo.pop()
        if not space.store.is_terminal(one):
            for child in space.store.children(one):
                if child not in seen:
                    seen.add(child)
                    todo.append(child)
    return seen


def _kinds(tool):
    return (
        ("criterion", tool.criteria),
        ("duty", tool.duties),
        ("deadline", tool.deadlines),
        ("figure", tool.figures),
        ("check", tool.checks),
    )


def _named(tool, edition):
    return tool.id if len(tool.editions) == 1 else f"{tool.id} ({edition})"


def _complete(rules):
    for tool, edition, space in _each(rules):
        for value in sorted(space.possible(space.root), key=str):
            if value == NO_OUTCOME or isinstance(value, Overlap):
                case = in_words(space, example(space, space.root, lambda one, value=value: one == value))
                if value == NO_OUTCOME:
                    yield f"{_named(tool, edition)}: nothing comes out for this case: {case}"
                else:
                    titles = " and ".join(f"{name} (“{tool.outcomes[name].title}”)" for name in sorted(value.outcomes))
                    yield f"{_named(tool, edition)}: {titles} both apply to this case: {case}"


def _dead(rules):
    for tool in rules.tools.values():
        alive, asked, precedences = {}, set(), set()
        for edition in tool.editions:
            space = space_of(rules, tool, edition)
            reached = space.possible(space.root)
            for outcome in tool.outcomes.values():
                if in_edition(outcome, edition):
                    alive[("outcome", outcome.id)] = alive.get(("outcome", outcome.id), False) or outcome.id in reached
                    for other in outcome.before:
                        if other in space.raw and outcome.id in space.raw:
                            both = space.store.combine(
                                space.raw_root(outcome.id), space.raw_root(other), lambda a, b: a is True and b is True
                            )
                            if True in space.store.outcomes(both):
                                precedences.add((outcome.id, other))
            for kind, entries in _kinds(tool):
                for entry in entries.values():
                    if in_edition(entry, edition):
                        holds = True in space.possible(space.rule_root((kind, entry.id)))
                        alive[(kind, entry.id)] = alive.get((kind, entry.id), False) or holds
            asked |= _asked(tool, edition, space)
            for entry in tool.impossible.values():
                if in_edition(entry, edition):
                    holds = True in space.store.outcomes(space.diagram_of(entry.when))
                    alive[("impossible", entry.id)] = alive.get(("impossible", entry.id), False) or holds
        for (kind, name), lives in alive.items():
            if not lives:
                yield f"{tool.id}: the {kind} {name} can never apply"
        for name in tool.questions:
            if name not in asked:
                yield f"{tool.id}: the question {name} makes no difference to anything"
        for outcome in tool.outcomes.values():
            for other in outcome.before:
                if (outcome.id, other) not in precedences:
                    yield f"{tool.id}: {outcome.id} is said to come before {other}, but the two never both apply"


def _asked(tool, edition, space):
    roots = [space.root]
    roots += [
        space.rule_root((kind, entry.id))
        for kind, entries in _kinds(tool)
        for entry in entries.values()
        if in_edition(entry, edition)
    ]
    levels = set().union(*(space.store.support(root) for root in roots))
    asked = {name for name in space.questions if levels & set(space.levels_of(name))}
    asked |= {use.starts_from for use in tool.deadlines.values() if in_edition(use, edition)}
    asked |= {
        name for figure in tool.figures.values() if in_edition(figure, edition) for name in questions_of(figure.value)
    }
    asked |= {name for check in tool.checks.values() if in_edition(check, edition) for name in check.needs}
    return asked


def _editions(rules):
    for tool in rules.tools.values():
        by_place = {}
        for edition in tool.editions.values():
            for place in edition.places:
                by_place.setdefault(place, []).append(edition)
        for place, editions in by_place.items():
            editions.sort(key=lambda one: one.start)
            for one, following in pairwise(editions):
                if one.end is None or one.end >= following.start:
                    yield f"{tool.id}: {one.id} and {following.id} overlap in {place}"
                elif one.end + timedelta(days=1) != following.start:
                    yield f"{tool.id}: in {place} nothing holds from {(one.end + timedelta(days=1)).isoformat()} until {following.id} begins on {following.start.isoformat()}"


def _pathways(rules, whole=True):
    for pathway in rules.pathways.values():
        for point in pathway.points.values():
            ways = [edge for edge in pathway.edges.values() if edge.start == point.id]
            if point.kind == "end":
                if ways:
                    yield f"{pathway.id}: {point.id} is an end, yet {ways[0].id} leads on from it"
                continue
            if not ways:
                yield f"{pathway.id}: no way leads on from {point.id}, and it is no end"
                continue
            space = point_space(rules, pathway, point.id)
            for value in space.possible(space.root):
                if value == NO_OUTCOME or isinstance(value, Overlap):
                    case = in_words(space, example(space, space.root, lambda one, value=value: one == value))
                    what = (
                        "no way leads on"
                        if value == NO_OUTCOME
                        else "several ways lead on (" + ", ".join(sorted(value.outcomes)) + ")"
                    )
                    yield f"{pathway.id}: at {point.id} {what} for this case: {case}"
            for edge in ways:
                if edge.id not in space.possible(space.root):
                    yield f"{pathway.id}: the edge {edge.id} can never be taken"
        for entry in pathway.impossible.values():
            space = contradiction_space(rules, pathway, entry)
            if space.possible(space.rule_root(entry.id)) != {True, False}:
                yield f"{pathway.id}: the impossible {entry.id} applies to every case or to none"
    for pathway in rules.pathways.values():
        if whole and pathway.starts_at:
            yield from _whole(rules, pathway)
    for pathway in rules.pathways.values():
        yield from _in_vain(rules, pathway)


def _in_vain(rules, pathway):
    """What stands at a point and applies to nobody whom the answers lead there."""
    journeys = journeys_through(rules, pathway)
    at = {point: conditions_at(pathway, point) for point in pathway.points}
    space = space_of_journeys(rules, journeys, [one for conditions in at.values() for one in conditions.values()])
    reached = [arriving(space, rules, journey) for journey in journeys]
    for point, conditions in at.items():
        comes = [one[point] for one in reached if point in one]
        if not comes:
            yield f"{pathway.id}: no answers lead to {point}"
            continue
        for (kind, name), condition in conditions.items():
            if all(space.store.outcomes(within(space, one, condition)) == {False} for one in comes):
                never = "can never be taken by" if kind == "edge" else "is never due for"
                yield f"{pathway.id}: at {point} the {kind} {name} {never} anybody who comes there"


def _whole(rules, pathway):
    parts = [pathway, *(rules.pathways[name] for name in pathway.includes)]
    points = {name: point for part in parts for name, point in part.points.items()}
    ways = {}
    for part in parts:
        for edge in part.edges.values():
            ways.setdefault(edge.start, []).append(edge.end)
    reached, todo = {pathway.starts_at}, [pathway.starts_at]
    while todo:
        for end in ways.get(todo.pop(), ()):
            if end not in reached:
                reached.add(end)
                todo.append(end)
    for name in pathway.points:
        if name not in reached:
            yield f"{pathway.id}: {name} cannot be reached from {pathway.starts_at}"
    ending = {name for name, point in points.items() if point.kind == "end"}
    while True:
        more = {start for start, ends in ways.items() if start not in ending and any(end in ending for end in ends)}
        if not more:
            break
        ending |= more
    for name in reached - ending:
        yield f"{pathway.id}: from {name} no way leads to an end"
