"""Small wrong changes to the rules, one at a time, as plain data.

Each function yields :class:`Mutant`: where the change stands (a path through the plain data), what it is in words, and the
changed entry (a tool, a pathway, a deadline …) as plain data. Nothing here knows whether a change matters.
"""

import copy
from dataclasses import dataclass
from datetime import date, timedelta

LOGIC = ("all", "any", "not", "met", "outcome")
NEXT_WORD = {  # the neighbouring word of a comparison: what somebody writes who is wrong about the boundary
    "less_than": "at_most", "at_most": "less_than", "at_least": "more_than", "more_than": "at_least", "equals": "at_least",
    "before": "on_or_before", "on_or_before": "before", "on_or_after": "after", "after": "on_or_after", "on": "on_or_after",
}
FORCES = {"must": ("should",), "should": ("must", "may"), "may": ("should",)}
UNITS = {"calendar_days": "working_days", "working_days": "calendar_days", "weeks": "calendar_days", "calendar_months": "weeks", "clock_hours": "working_days"}


@dataclass(frozen=True, eq=False)
class Mutant:
    """One wrong change. ``path`` leads to what was changed, ``entry`` to the whole entry that holds it."""

    entry: tuple
    path: tuple
    words: str
    plain: object


def _put(plain, inside, value):
    """A copy of an entry with another value at a path inside it."""
    made = copy.deepcopy(plain)
    at = made
    for key in inside[:-1]:
        at = at[key]
    at[inside[-1]] = value
    return made


def _without(plain, inside):
    made = copy.deepcopy(plain)
    at = made
    for key in inside[:-1]:
        at = at[key]
    del at[inside[-1]]
    return made


def _without_item(plain, inside, item):
    made = copy.deepcopy(plain)
    at = made
    for key in inside:
        at = at[key]
    at.remove(item)
    return made


# Conditions.

def conditions(value, questions, outcomes_of=None, inside=()):
    """(path inside, words, changed value of the whole condition) for each small change to a condition.

    ``questions``: plain questions by identifier, shared ones opened; ``outcomes_of``: tools' outcomes, in pathways.
    """
    if not isinstance(value, dict):
        return
    if len(value) > 1:
        for key in value:
            rest = {name: item for name, item in value.items() if name != key}
            yield (*inside, key), f"drops {_said(key, value[key])}", rest
        for key, item in value.items():
            for where, words, changed in _test(key, item, questions, (*inside, key)):
                yield where, words, {**value, key: changed}
        return
    key, item = next(iter(value.items()))
    here = (*inside, key)
    if key in ("all", "any") and key not in questions:
        if len(item) > 1:
            for index in range(len(item)):
                yield (*here, index), f"drops {_say(item[index])}", {key: item[:index] + item[index + 1:]}
            other = "any" if key == "all" else "all"
            yield here, f"{other} for {key}", {other: item}
        for index, part in enumerate(item):
            for where, words, changed in conditions(part, questions, outcomes_of, (*here, index)):
                yield where, words, {key: [*item[:index], changed, *item[index + 1:]]}
    elif key == "not" and key not in questions:
        yield here, f"drops not before {_say(item)}", item
        for where, words, changed in conditions(item, questions, outcomes_of, here):
            if not (isinstance(changed, dict) and set(changed) == {"not"}):  # twice not is the line above
                yield where, words, {"not": changed}
    elif key == "met" and key not in questions:
        yield here, f"not met for met: {item}", {"not": value}
    elif key == "outcome" and outcomes_of is not None:
        tool, wanted = next(iter(item.items()))
        yield here, f"not for {_say(value)}", {"not": value}
        for words, changed in _other_options(wanted, _neighbours(wanted, outcomes_of[tool])):
            yield (*here, tool), words, {key: {tool: changed}}
    else:
        if questions[key]["kind"] != "yes_no":  # there the other answer is the same change
            yield here, f"not for {_said(key, item)}", {"not": value}
        for where, words, changed in _test(key, item, questions, here):
            yield where, words, {key: changed}


def _test(key, item, questions, here):
    """Changes to the test of one question."""
    question = questions[key]
    kind = question["kind"]
    if kind == "yes_no" and isinstance(item, str):
        yield here, f"{'no' if item == 'yes' else 'yes'} for {key}: {item}", "no" if item == "yes" else "yes"
        return
    if kind == "one_of":
        for words, changed in _other_options(item, list(question["options"])):
            yield here, f"{key}: {words}", changed
    elif kind == "several_of":
        yield from _several(key, item, list(question["options"]), here)
    elif isinstance(item, dict):
        word, operand = next(iter(item.items()))
        yield (*here, word), f"{NEXT_WORD[word]} for {_said(key, item)}", {NEXT_WORD[word]: operand}
        if isinstance(operand, str):
            for changed in _beside(operand):
                yield (*here, word), f"{changed} for {_said(key, item)}", {word: changed}


def _several(key, item, options, here):
    if item in ("any_of_them", "none_of_them"):
        other = "none_of_them" if item == "any_of_them" else "any_of_them"
        yield here, f"{other} for {key}: {item}", other
        return
    word, wanted = next(iter(item.items()))
    where = (*here, word)
    if word == "at_least":
        for changed in _beside(wanted):
            if 1 <= int(changed) <= len(options):
                yield where, f"{changed} for {_said(key, item)}", {word: changed}
        return
    if word == "includes":
        for other in options:
            if other != wanted:
                yield where, f"{other} for {_said(key, item)}", {word: other}
        return
    if len(wanted) > 1:
        yield where, f"{'includes_all' if word == 'includes_any' else 'includes_any'} for {word} of {key}", {"includes_all" if word == "includes_any" else "includes_any": wanted}
        for one in wanted:
            yield where, f"drops {one} from {key}", {word: [other for other in wanted if other != one]}
    for other in options:
        if other not in wanted:
            yield where, f"adds {other} to {key}", {word: [*wanted, other]}


def _other_options(item, options):
    """Another option for a single one; for a list, one less or one more."""
    if isinstance(item, str):
        for other in options:
            if other != item:
                yield f"{other} for {item}", other
        return
    if len(item) > 1:
        for one in item:
            yield f"drops {one}", [other for other in item if other != one]
    if len(options) > len(item) + 1:  # with every option listed the test would always hold: that is its own change, dropping it
        for other in options:
            if other not in item:
                yield f"adds {other}", [*item, other]


def _neighbours(wanted, outcomes):
    """Of a tool's many outcomes those named and the ones beside them: to try each of the others shows nothing more."""
    places = {outcomes.index(one) for one in ([wanted] if isinstance(wanted, str) else wanted)}
    return [one for place, one in enumerate(outcomes) if {place - 1, place, place + 1} & places]


def _beside(text):
    """The numbers or days next to one."""
    if len(text) == 10 and text[4] == text[7] == "-":
        day = date.fromisoformat(text)
        return [(day + timedelta(days=step)).isoformat() for step in (-1, 1)]
    if "." in text:
        return [str(float(text) + step) for step in (-1, 1)]
    return [str(int(text) + step) for step in (-1, 1)]


# Entries.

def tool_mutants(plain, tool):
    """Every small change to a tool."""
    entry, one = ("tools", tool), plain["tools"][tool]
    questions = opened_questions(plain, one)
    for section in ("criteria", "impossible", "outcomes", "duties", "deadlines", "figures", "checks"):
        for name, rule in one.get(section, {}).items():
            inside = (section, name, "when")
            for where, words, changed in conditions(rule.get("when"), questions):
                yield Mutant(entry, (*entry, *inside, *where), f"{_kind(section)} {name}: {words}", _put(one, inside, changed))
            if section in ("deadlines", "figures", "checks") and rule.get("when", "always") != "always":
                yield Mutant(entry, (*entry, *inside), f"{_kind(section)} {name}: drops its condition", _without(one, inside))
            if section in ("impossible", "duties", "deadlines", "figures", "checks"):
                yield Mutant(entry, (*entry, section, name), f"drops the {_kind(section)} {name}", _without(one, (section, name)))
            actions = rule.get("actions", []) if section in ("outcomes", "duties") else []
            for action in actions:
                if section == "outcomes" or len(actions) > 1:  # a duty without actions is a duty dropped
                    yield Mutant(entry, (*entry, section, name, "actions", actions.index(action)), f"{_kind(section)} {name}: drops the action {action}", _without_item(one, (section, name, "actions"), action))
            for part in {"figures": ("value",), "checks": ("at_least", "at_most")}.get(section, ()):
                for where, words, changed in expressions(rule[part]) if part in rule else ():
                    yield Mutant(entry, (*entry, section, name, part, *where), f"{_kind(section)} {name}: {words}", _put(one, (section, name, part), changed))
    yield from _swapped_outcomes(entry, one)
    yield from _precedences(entry, one)


def _kind(section):
    return {"criteria": "criterion", "impossible": "impossible combination", "outcomes": "outcome", "duties": "duty", "deadlines": "deadline", "figures": "figure", "checks": "check"}[section]


def _swapped_outcomes(entry, one):
    names = list(one["outcomes"])
    for index, first in enumerate(names):
        for second in names[index + 1:]:
            left, right = one["outcomes"][first], one["outcomes"][second]
            if left.get("only_in") != right.get("only_in") or "in_any_other_case" in (left["when"], right["when"]):
                continue  # the loader refuses a catch-all without its provision, and the two never stand side by side
            made = _put(one, ("outcomes", first, "when"), right["when"])
            yield Mutant(entry, (*entry, "outcomes", first, "when"), f"swaps the conditions of {first} and {second}", _put(made, ("outcomes", second, "when"), left["when"]))


def _precedences(entry, one):
    for name, outcome in one["outcomes"].items():
        for other in outcome.get("before", {}):
            here = ("outcomes", name, "before", other)
            yield Mutant(entry, (*entry, *here), f"drops that {name} comes before {other}", _without(one, here))
            turned = _without(one, here)
            turned["outcomes"][other].setdefault("before", {})[name] = outcome["before"][other]
            yield Mutant(entry, (*entry, *here), f"{other} before {name} instead of after", turned)


def opened_questions(plain, one):
    """A tool's or pathway's plain questions with the shared ones in place."""
    return {name: plain["questions"][name] if question == "shared" else question for name, question in one.get("questions", {}).items()}


def expressions(value, inside=()):
    """(path, words, changed value) for each small change to a figure's expression."""
    if isinstance(value, str):
        for changed in _beside(value):
            yield inside, f"{changed} for {value}", changed
        return
    key, item = next(iter(value.items()))
    others = {"round_up": "round_down", "round_down": "round_up", "round": "round_up", "sum": "difference", "difference": "sum", "product": "quotient", "quotient": "product", "mean": "sum"}
    if key in others and not (others[key] in ("difference", "quotient") and len(item) > 2):
        yield (*inside, key), f"{others[key]} for {key}", {others[key]: item}
    if key in ("allowed_days", "most_dates"):
        for limit in ("weekdays", "gap", "from_today"):
            if limit in item:
                yield (*inside, key, limit), f"{key} without {limit}", {key: {name: one for name, one in item.items() if name != limit}}
        return
    parts = item if isinstance(item, list) else [item] if key in others else []
    for index, part in enumerate(parts):
        for where, words, changed in expressions(part, (*inside, key, index) if isinstance(item, list) else (*inside, key)):
            yield where, words, {key: [*item[:index], changed, *item[index + 1:]] if isinstance(item, list) else changed}


def pathway_mutants(plain, pathway, points):
    """Every small change to a pathway; ``points``: all points of the journeys that it is part of."""
    entry, one = ("pathways", pathway), plain["pathways"][pathway]
    questions = opened_questions(plain, one)
    outcomes = {tool: list(item["outcomes"]) for tool, item in plain["tools"].items()}
    edges = one["edges"]
    for name, edge in edges.items():
        beside = [other["to"] for other in edges.values() if other["from"] == edge["from"] and other["to"] != edge["to"]]
        following = points[(points.index(edge["to"]) + 1) % len(points)]
        for end in dict.fromkeys([*beside, following]):
            yield Mutant(entry, (*entry, "edges", name, "to"), f"edge {name}: leads to {end} instead of {edge['to']}", _put(one, ("edges", name, "to"), end))
        for where, words, changed in conditions(edge.get("when"), questions, outcomes):
            yield Mutant(entry, (*entry, "edges", name, "when", *where), f"edge {name}: {words}", _put(one, ("edges", name, "when"), changed))
    yield from _swapped_edges(entry, edges, one)
    yield from _carried(entry, plain, one)
    for name, rule in one.get("impossible", {}).items():
        here = ("impossible", name)
        yield Mutant(entry, (*entry, *here), f"impossible combination {name}: dropped", _without(one, here if len(one["impossible"]) > 1 else ("impossible",)))
        for where, words, changed in conditions(rule["when"], questions, outcomes):
            yield Mutant(entry, (*entry, *here, "when", *where), f"impossible combination {name}: {words}", _put(one, (*here, "when"), changed))
    for name, point in one["points"].items():
        for action, when in point.get("actions", {}).items():
            here = ("points", name, "actions", action)
            yield Mutant(entry, (*entry, *here), f"point {name}: drops the action {action}", _without(one, here))
            if when != "always":
                yield Mutant(entry, (*entry, *here), f"point {name}: {action} always", _put(one, here, "always"))
            for where, words, changed in conditions(when, questions, outcomes):
                yield Mutant(entry, (*entry, *here, *where), f"point {name}: {action}: {words}", _put(one, here, changed))


def _carried(entry, plain, one):
    """Changes to what a journey's answers say about questions of tools."""
    for name, said in one.get("carries", {}).items():
        for target, entries in said.items():
            tool, _, asked = target.partition(".")
            question = opened_questions(plain, plain["tools"][tool])[asked]
            options = ["yes", "no"] if question["kind"] == "yes_no" else list(question["options"])
            for answer, carried in entries.items():
                here, words = ("carries", name, target, answer), f"{name} {answer}"
                yield Mutant(entry, (*entry, *here), f"{words}: says nothing of {target}", _without(one, here) if len(entries) > 1 else _without(one, ("carries",)))
                if "answer" in carried:
                    for changed in options:
                        if changed != carried["answer"]:
                            yield Mutant(entry, (*entry, *here, "answer"), f"{words}: {target} is {changed} instead of {carried['answer']}", _put(one, (*here, "answer"), changed))
                allowed = carried.get("allows", [])
                for changed in options if allowed else ():
                    if changed in allowed and (len(allowed) > 1 or "answer" in carried):
                        yield Mutant(entry, (*entry, *here, "allows"), f"{words}: does not allow {target} {changed}", _put(one, (*here, "allows"), [kept for kept in allowed if kept != changed]))
                    elif changed not in allowed and changed != carried.get("answer"):
                        yield Mutant(entry, (*entry, *here, "allows"), f"{words}: allows {target} {changed}", _put(one, (*here, "allows"), [*allowed, changed]))


def _swapped_edges(entry, edges, one):
    names = list(edges)
    for index, first in enumerate(names):
        for second in names[index + 1:]:
            if edges[first]["from"] == edges[second]["from"] and edges[first].get("when") != edges[second].get("when"):
                made = _put(one, ("edges", first, "when"), edges[second].get("when", "always"))
                yield Mutant(entry, (*entry, "edges", first, "when"), f"swaps the conditions of {first} and {second}", _put(made, ("edges", second, "when"), edges[first].get("when", "always")))


def deadline_mutants(plain, name):
    """Every small change to a deadline's lengths."""
    entry, one = ("deadlines", name), plain["deadlines"][name]
    for which in ("limit", "target"):
        span = one.get(which)
        if span is None:
            continue
        for changed in _beside(span["count"]):
            if int(changed) >= 1:
                yield Mutant(entry, (*entry, which, "count"), f"{which}: {changed} for {span['count']} {span['unit']}", _put(one, (which, "count"), changed))
        other = {key: item for key, item in span.items() if key != "rolls"} | {"unit": UNITS[span["unit"]]}
        yield Mutant(entry, (*entry, which, "unit"), f"{which}: {other['unit']} for {span['unit']}", _put(one, (which,), other))
        if span.get("rolls", "never") != "never":
            yield Mutant(entry, (*entry, which, "rolls"), f"{which}: does not roll forward", _without(one, (which, "rolls")))
        elif span["unit"] == "clock_hours":
            yield Mutant(entry, (*entry, which), f"{which}: rolls forward", _put(one, (which, "rolls"), "if_period_touches_non_working_day"))
        if "only_if" in span:
            yield Mutant(entry, (*entry, which, "only_if"), f"{which}: whatever day it ends on", _without(one, (which, "only_if")))
    if "target" in one:
        yield Mutant(entry, (*entry, "target"), "drops the target", _without(one, ("target",)))
    for force in FORCES[one["force"]]:
        yield Mutant(entry, (*entry, "force"), f"{force} for {one['force']}", _put(one, ("force",), force))


def action_mutants(plain, name):
    """Every small change to an action's force."""
    entry, one = ("actions", name), plain["actions"][name]
    for force in FORCES[one["force"]]:
        yield Mutant(entry, (*entry, "force"), f"{force} for {one['force']}", _put(one, ("force",), force))


def quantity_mutants(plain, name):
    """The numbers next to a quantity's."""
    entry, one = ("quantities", name), plain["quantities"][name]
    for changed in _beside(one["value"]):
        yield Mutant(entry, (*entry, "value"), f"{changed} for {one['value']}", _put(one, ("value",), changed))


def _say(condition):
    if not isinstance(condition, dict):
        return str(condition)
    return "; ".join(_said(key, item) for key, item in condition.items())


def _said(key, item):
    """A part of a condition, short."""
    if isinstance(item, dict):
        return f"{key} {' '.join(_said(word, operand) for word, operand in item.items())}"
    if isinstance(item, list):
        return f"{key} ({', '.join(_say(one) for one in item)})"
    return f"{key}: {item}"
