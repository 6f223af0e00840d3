"""Would the scenarios notice a wrong rule? Each small change to the rules is tried on the scenarios and the proofs.

A mutant is refused where the loader finds a mistake in it; killed where a scenario comes out differently or a proof finds
something new; equivalent where no answer could differ, which the decision diagrams prove. What is left survives, and is listed.
Only the entry that was changed is read anew.
"""

import multiprocessing
import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace

from build_scripts.prove.equivalence import same_pathway, same_tool
from build_scripts.prove.forces import force_differences
from build_scripts.prove.mutants import (
    action_mutants,
    deadline_mutants,
    pathway_mutants,
    quantity_mutants,
    tool_mutants,
)
from build_scripts.prove.proofs import _pathways, prove
from build_scripts.prove.scenarios import run_scenario
from decision_logic.engine import _Case
from decision_logic.errors import RequestError, did_you_mean
from decision_logic.figures import Operation, QuantityOf
from decision_logic.linking import link
from decision_logic.model import PARTS, Reader
from decision_logic.pathway import parts_of

FATES = ("refused", "scenario", "proof", "equivalent", "survived")
SHARED = ("deadlines", "quantities", "actions")


@dataclass(frozen=True)
class Fate:
    """What became of a mutant, and through what: the scenario's identifier, or the finding."""

    fate: str
    through: str = ""


class Judge:
    """Tries mutants of one rule set. ``scenarios`` that fail already are left out, findings that are there already do not count."""

    def __init__(self, rules, plain, scenarios):
        self.rules, self.plain = rules, plain
        self.failing = [one for one in scenarios if run_scenario(rules, one)]
        passing = [one for one in scenarios if one not in self.failing]
        self.of_tool = {tool: [one for one in passing if one.tool == tool] for tool in rules.tools}
        self.of_pathway = {name: [one for one in passing if one.pathway and rules.pathways[name] in parts_of(rules, rules.pathways[one.pathway])] for name in rules.pathways}
        self.found = {*_findings_of_tools(rules), *force_differences(rules).values()}

    def mutants(self, unit):
        """The mutants of a tool, a pathway, or all deadlines, quantities or actions."""
        if unit in self.rules.tools:
            return list(tool_mutants(self.plain, unit))
        if unit in self.rules.pathways:
            journeys = [parts for one in self.rules.pathways.values() if self.rules.pathways[unit] in (parts := parts_of(self.rules, one))]
            points = dict.fromkeys(point for parts in journeys for part in parts for point in part.points)
            return list(pathway_mutants(self.plain, unit, list(points)))
        if unit == "deadlines":
            return [mutant for name in self.rules.deadlines for mutant in deadline_mutants(self.plain, name)]
        if unit == "quantities":
            used = {name for tool in self.rules.tools.values() for one in _expressions(tool) for name in _quantities_of(one)}
            return [mutant for name in self.rules.quantities if name in used for mutant in quantity_mutants(self.plain, name)]
        return [mutant for name in self.rules.actions for mutant in action_mutants(self.plain, name)]

    def fate(self, mutant):
        """The :class:`Fate` of a mutant."""
        part, name = mutant.entry
        changed, problem = self._read(mutant)
        if problem:
            return Fate("refused", problem)
        if getattr(changed, part)[name] == getattr(self.rules, part)[name]:
            return Fate("equivalent")
        scenarios = self._scenarios(part, name)
        for place, scenario in enumerate(scenarios):
            for difference in _differences(changed, scenario):
                scenarios.insert(0, scenarios.pop(place))  # it will notice the next change of the same kind too
                return Fate("scenario", f"{scenario.data.id}: {difference}")
        for finding in self._new_findings(changed, part, name):
            return Fate("proof", finding)
        if part == "tools" and same_tool(self.rules.tools[name], changed.tools[name]):
            return Fate("equivalent")
        if part == "pathways" and same_pathway(self.rules, self.rules.pathways[name], changed.pathways[name]):
            return Fate("equivalent")
        return Fate("survived")

    def _read(self, mutant):
        """(the rules with the mutant in place, None), or (None, what the loader finds wrong)."""
        part, name = mutant.entry
        reader = Reader({**self.plain, part: {**self.plain[part], name: mutant.plain}})
        typed = PARTS[part].read(reader, mutant.plain, mutant.entry)
        if reader.problems:
            return None, str(reader.problems[0])
        spaces = {key: space for key, space in self.rules.spaces.items() if key[0] != name}
        changed = replace(self.rules, **{part: {**getattr(self.rules, part), name: typed}}, spaces=spaces)
        # Only the entry itself is linked: areas name what is left out here, and have been linked already.
        link(replace(changed, tools={name: typed} if part == "tools" else {}, pathways={name: typed} if part == "pathways" else {}, areas={}), reader)
        return (None, str(reader.problems[0])) if reader.problems else (changed, None)

    def _scenarios(self, part, name):
        """The scenarios that a change to this entry can make a difference to."""
        if part == "tools":
            return self.of_tool[name]
        if part == "pathways":
            return self.of_pathway[name]
        if part == "deadlines":
            return [one for tool in self.rules.tools.values() if any(use.rule == name for use in tool.deadlines.values()) for one in self.of_tool[tool.id]]
        if part == "quantities":
            return [one for tool in self.rules.tools.values() if any(name in _quantities_of(one) for one in _expressions(tool)) for one in self.of_tool[tool.id]]
        return []  # a scenario says which actions are due, not how strongly: that is held against the register

    def _new_findings(self, changed, part, name):
        if part == "tools":
            found = _findings_of_tools(replace(changed, tools={name: changed.tools[name]}, pathways={}))
        elif part == "pathways":
            found = _pathways(changed)
        else:
            found = force_differences(changed).values()
        return [finding for finding in found if finding not in self.found]


def _differences(rules, scenario):
    """What comes out differently; a mutant that breaks the engine itself is noticed too."""
    try:
        with _stated_parts_only():
            return run_scenario(rules, scenario)
    except Exception as error:  # whatever a wrong rule can lead to
        return [f"{type(error).__name__}: {error}"]


@contextmanager
def _stated_parts_only():
    """Spare the engine what no scenario states and what takes most of its time: ways to other outcomes, what settled a rule, what
    an open one depends on."""
    kept = {name: getattr(_Case, name) for name in ("_why_not", "_settled_by", "_question_states", "_certainty")}
    for name in kept:
        setattr(_Case, name, lambda *_: [])
    _Case._certainty = _certainty
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(_Case, name, function)


def _certainty(case, root):
    values = case.space.possible(case.space.given(root, case.facts))
    return "depends" if len(values) != 1 else "yes" if next(iter(values)) else "no", []


def _findings_of_tools(rules):
    return [finding for _, _, findings in prove(rules) for finding in findings]


def _expressions(tool):
    """The expressions of its figures and checks."""
    return [figure.value for figure in tool.figures.values()] + [one for check in tool.checks.values() for _, one in check.bounds]


def _quantities_of(expression):
    if isinstance(expression, QuantityOf):
        return {expression.quantity}
    return set().union(*(_quantities_of(part) for part in expression.parts)) if isinstance(expression, Operation) else set()


def mutate(loaded, scenarios, units, say):
    """Try every mutant of ``units`` (tools, pathways, deadlines, quantities, actions; none: all), saying the figures and the survivors.

    Returns whether every mutant was refused, killed or proven equivalent. Raises RequestError for an unknown unit.
    """
    known = [*loaded.rules.tools, *loaded.rules.pathways, *SHARED]
    for unit in units:
        if unit not in known:
            raise RequestError(f"there is nothing called {unit!r} to mutate", found=repr(unit), expected="one of " + ", ".join(known), hint=did_you_mean(unit, known))
    judge = Judge(loaded.rules, loaded.plain, scenarios)
    for scenario in judge.failing:
        say(f"left out, because it fails already: {scenario.data.id}")
    mutants = {unit: judge.mutants(unit) for unit in units or known}
    fates = dict(zip(mutants, _tried(judge, mutants.values()), strict=True))
    for line in table(fates):
        say(line)
    survived = [(mutant, unit) for unit in mutants for mutant, fate in zip(mutants[unit], fates[unit], strict=True) if fate.fate == "survived"]
    for mutant, unit in survived:
        file, position = loaded.where(mutant.path)
        say(f"  survived: {file.as_posix()}:{position.line}:{position.column} {unit if unit not in SHARED else mutant.entry[1]}: {mutant.words}")
    return not survived


def table(fates):
    """Lines of text: for each unit how many mutants there were and what became of them."""
    titles = ("mutants", "refused", "by a case", "by a proof", "equivalent", "survived")
    rows = [(unit, [len(those), *(Counter(fate.fate for fate in those)[name] for name in FATES)]) for unit, those in fates.items()]
    rows.append(("all", [sum(column) for column in zip(*(figures for _, figures in rows), strict=True)] if rows else [0] * len(titles)))
    width = max(len(unit) for unit, _ in rows) + 1
    yield " " * width + "".join(f"{title:>12}" for title in titles)
    for unit, figures in rows:
        yield f"{unit:<{width}}" + "".join(f"{figure:>12}" for figure in figures)


_shared = []  # the judge and its mutants, for processes that begin as copies of this one


def _tried(judge, groups):
    """The fates of each group of mutants, worked out on every processor where processes can begin as copies."""
    groups = list(groups)
    flat = [mutant for group in groups for mutant in group]
    if "fork" in multiprocessing.get_all_start_methods() and len(flat) > 100:
        _shared[:] = [judge, flat]
        with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
            fates = pool.map(_fate_of, range(len(flat)), chunksize=16)
        _shared.clear()
    else:
        fates = [judge.fate(mutant) for mutant in flat]
    for group in groups:
        yield fates[:len(group)]
        fates = fates[len(group):]


def _fate_of(place):
    judge, mutants = _shared
    return judge.fate(mutants[place])
