"""Linking: checks that need the whole of the rules at once.

References lead somewhere, identifiers agree with file names, deadlines start from answers of the right kind, comparisons
between answers keep to the form that :mod:`decision_logic.space` decides exactly, editions do not overlap.
"""

import re

from decision_logic.conditions import Compare, LastDay, Met, Otherwise, is_constant, questions_in, walk
from decision_logic.errors import did_you_mean
from decision_logic.figures import quantities_of, questions_of
from decision_logic.shapes import NUMBER, describe

WHERE = {
    "provision": "rules/sources/",
    "reading": "rules/readings.yml",
    "provision_or_reading": "rules/sources/ or rules/readings.yml",
    "role": "rules/roles.yml",
    "action": "rules/actions.yml",
    "form": "rules/forms.yml",
    "quantity": "rules/quantities.yml",
    "deadline": "rules/deadlines.yml",
    "notice": "rules/notices.yml",
    "place": "rules/places.yml or rules/areas/",
    "calendar": "rules/calendars/",
    "tool": "rules/tools/",
    "pathway": "rules/pathways/",
    "calendar_or_place": "rules/calendars/, or place",
    "edition": "the tool's editions",
    "own_question": "the tool's questions",
    "point": "the pathway's points",
    "any_point": "the points of rules/pathways/",
    "tool_question": "rules/tools/, written as tool.question",
}


def link(rules, reader):
    """Report to ``reader`` everything that is wrong between the parts of ``rules``."""
    _references(rules, reader)
    for part in ("tools", "pathways", "sources", "areas", "calendars"):
        for key, entry in getattr(rules, part).items():
            if entry.id != key:
                reader.problem((part, key, "id"), repr(entry.id), f"{key!r}, the file's name without its ending")
    _places(rules, reader)
    _roles(rules, reader)
    for rule in rules.deadlines.values():
        hours = [
            name for name in ("target", "limit") if getattr(rule, name) is not None and getattr(rule, name).needs_time
        ]
        if hours and rule.needs == "date":
            reader.problem(
                ("deadlines", rule.id, "needs"),
                f"a date, though the {hours[0]} counts hours",
                "date_time",
                "hours are counted from a time of day",
            )
    if not reader.problems:  # the rest reads what the references lead to
        for part in ("actions", "deadlines"):
            for entry in getattr(rules, part).values():
                _force_from(rules, entry, (part, entry.id, "force_from"), reader)
        for area in rules.areas.values():
            _area(rules, area, reader)
        for tool in rules.tools.values():
            _tool(rules, tool, reader)
        for pathway in rules.pathways.values():
            _carries(pathway, reader)


def _references(rules, reader):
    known = {
        "provision": rules.provisions,
        "reading": rules.readings,
        "provision_or_reading": {**rules.provisions, **rules.readings},
        "role": rules.roles,
        "action": rules.actions,
        "quantity": rules.quantities,
        "form": rules.forms,
        "deadline": rules.deadlines,
        "notice": rules.notices,
        "place": rules.places,
        "calendar": rules.calendars,
        "tool": rules.tools,
        "pathway": rules.pathways,
        "calendar_or_place": {"place": None, **rules.calendars},
        "any_point": {point: None for pathway in rules.pathways.values() for point in pathway.points},
        "tool_question": {f"{tool.id}.{name}": None for tool in rules.tools.values() for name in tool.questions},
    }
    # An entry that could not be read is reported where it stands, not again at each place that names it.
    stated = {
        "provision": {
            key
            for part in reader.plain.get("sources", {}).values()
            if isinstance(part, dict) and isinstance(part.get("provisions"), dict)
            for key in part["provisions"]
        },
        "tool": set(reader.plain.get("tools", {})),
        "pathway": set(reader.plain.get("pathways", {})),
        "calendar": set(reader.plain.get("calendars", {})),
        "calendar_or_place": set(reader.plain.get("calendars", {})),
        "place": set(reader.plain.get("areas", {})) | set(reader.plain.get("places", {})),
        "any_point": _named_in(reader.plain, "pathways", "points", "{1}"),
        "tool_question": _named_in(reader.plain, "tools", "questions", "{0}.{1}"),
        **{
            kind: set(reader.plain.get(part, {}))
            for kind, part in (
                ("reading", "readings"),
                ("role", "roles"),
                ("action", "actions"),
                ("form", "forms"),
                ("deadline", "deadlines"),
                ("notice", "notices"),
                ("quantity", "quantities"),
            )
        },
    }
    stated["provision_or_reading"] = stated["provision"] | stated["reading"]
    for kind, name, path in reader.references:
        if kind in known:
            names = known[kind]
            if name in names or name in stated[kind]:
                continue
        elif kind == "point":
            names = _points(rules, reader, path[1])
        else:
            tool = reader.plain["tools"].get(path[1], {}) if path[0] == "tools" else {}
            part = tool.get("editions" if kind == "edition" else "questions", {})
            names = part if isinstance(part, dict) else {}
        if name not in names:
            what = kind.replace("own_", "").replace("any_", "").replace("tool_", "")
            what = what.replace("calendar_or_place", "calendar").replace("_", " ")
            reader.problem(path, f"no {what} {name!r}", f"one that is in {WHERE[kind]}", did_you_mean(name, names))


def _named_in(plain, part, section, form):
    """The names that entries of a section have, as far as they can be told from plain data."""
    return {
        form.format(owner, name)
        for owner, entry in plain.get(part, {}).items()
        if isinstance(entry, dict) and isinstance(entry.get(section), dict)
        for name in entry[section]
    }


def _points(rules, reader, pathway):
    plain = reader.plain["pathways"]
    points, todo, seen = {}, [pathway], set()
    while todo:
        one = todo.pop()
        if one in seen or not isinstance(plain.get(one), dict):
            continue
        seen.add(one)
        points |= plain[one].get("points", {}) if isinstance(plain[one].get("points"), dict) else {}
        includes = plain[one].get("includes", [])
        todo += includes if isinstance(includes, list) else []
    return points


def _places(rules, reader):
    for place in rules.places.values():
        part = "areas" if place.id in rules.areas else "places"
        seen, one = {place.id}, place
        while one.within is not None and one.within in rules.places:
            if one.within in seen:
                reader.problem(
                    (part, place.id, "within"), f"{place.id!r} lies within itself", "a place that lies outside it"
                )
                return
            seen.add(one.within)
            one = rules.places[one.within]
        if one.within is None and one.calendar is None:
            reader.problem((part, place.id), "no calendar", "a calendar, or a place within one that has a calendar")


def _roles(rules, reader):
    for role in rules.roles.values():
        seen, one = {role.id}, role
        while one.part_of is not None and one.part_of in rules.roles:
            if one.part_of in seen:
                reader.problem(
                    ("roles", role.id, "part_of"), f"{role.id!r} is part of itself", "a role that is no part of it"
                )
                return
            seen.add(one.part_of)
            one = rules.roles[one.part_of]


def _force_from(rules, entry, path, reader):
    """What an action or deadline takes its force from is among what it cites, and has a force."""
    name = entry.force_from
    if name is None:
        return
    if name not in (*entry.cites, *entry.readings):
        reader.problem(path, f"{name!r}, which is not cited here", "one of its cites or readings")
    elif name in entry.readings and rules.readings[name].force is None:
        reader.problem(path, f"{name!r}, a reading without a force", "a reading with force: must, should or may")
    elif name in entry.cites and rules.provisions[name].force == "fact":
        reader.problem(path, f"{name!r}, which only states a fact", "a provision that says must, should or may")


def _area(rules, area, reader):
    """What an area says fits together: statuses and their days, journeys and where they run, where its limits hold."""
    base = ("areas", area.id)
    if area.whole and area.within in rules.areas:
        reader.problem((*base, "whole"), f"the whole of {area.within!r}, an area", "the whole of a place of rules/places.yml")
    for other in rules.areas.values():
        if area.whole and other.whole and other.within == area.within and other.id < area.id:
            reader.problem((*base, "whole"), f"the whole of {area.within!r}, as {other.id!r} is", "one area for a whole place")
    stated = [(base, area)]
    for section in ("routes", "notes", "contacts"):
        stated += [((*base, section, name), entry) for name, entry in getattr(area, section).items()]
    for path, entry in stated:
        if (entry.status == "checked") != (entry.checked_on is not None):
            said = "checked without a day" if entry.checked_on is None else f"a day of checking for {entry.status or 'no status'}"
            reader.problem(path, said, "status: checked together with checked_on: the day", on_key=True)
    for name, note in area.notes.items():
        if not note.at.things:
            reader.problem((*base, "notes", name, "at"), "nothing", "at least one thing of the core that the note concerns")
    for name, route in area.routes.items():
        here = (*base, "routes", name)
        if name not in rules.pathways:
            hint = did_you_mean(name, rules.pathways)
            reader.problem(here, f"no pathway {name!r}", f"one that is in {WHERE['pathway']}", hint, on_key=True)
        if (route.applies == "in_part") != bool(route.only_in):
            said = "in_part without a place" if not route.only_in else f"only_in for a journey that applies {route.applies}"
            reader.problem(here, said, "applies: in_part together with only_in: the places", on_key=True)
        for index, place in enumerate(route.only_in):
            if not _lies_in(rules, place, area):
                reader.problem((*here, "only_in", index), repr(place), f"a place within {area.id!r}")
    local_limits(rules, area, [rules.deadlines[name] for name in area.adds.get("deadlines", {})], reader)


def local_limits(rules, area, limits, reader):
    """Report limits of an area that are said to hold outside it."""
    for rule in limits:
        for index, place in enumerate(rule.places):
            if not _lies_in(rules, place, area):
                reader.problem(("deadlines", rule.id, "in", index), repr(place), f"{area.place!r}, or a place within it")


def _lies_in(rules, place, area):
    return place in rules.places and any(one.id == area.id for one in rules.areas_at(place))


def _tool(rules, tool, reader):
    base = ("tools", tool.id)
    for use in tool.deadlines.values():
        here = (*base, "deadlines", use.id)
        if use.rule not in rules.deadlines:
            reader.problem(
                (*here, "deadline") if use.deadline else here,
                f"no deadline {use.rule!r}",
                "one that is in rules/deadlines.yml",
                did_you_mean(use.rule, rules.deadlines),
                on_key=not use.deadline,
            )
            continue
        question, needs = tool.questions[use.starts_from], rules.deadlines[use.rule].needs
        if question.kind != needs and not (needs == "date" and question.kind == "date_time"):
            reader.problem(
                (*here, "from"),
                f"{question.id!r}, a {question.kind} question",
                f"a {needs} question, because {use.rule} needs one",
            )
    for check in tool.checks.values():
        here, question = (*base, "checks", check.id), tool.questions[check.question]
        if question.kind != "number":
            reader.problem((*here, "question"), f"{question.id!r}, a {question.kind} question", "a number question")
        if not check.bounds:
            reader.problem(here, "no bound", "at_least, at_most or both", on_key=True)
        _needed(tool, check, check.needs, (*here, "question"), reader)
    for figure in tool.figures.values():
        for name in quantities_of(figure.value):
            if not re.fullmatch(NUMBER, rules.quantities[name].value):
                found = f"the quantity {name!r}, which is {describe(rules.quantities[name].value)}"
                reader.problem((*base, "figures", figure.id, "value"), found, "a quantity whose value is a number in figures")
        _needed(tool, figure, questions_of(figure.value), (*base, "figures", figure.id, "value"), reader)
    for outcome in tool.outcomes.values():
        for other in outcome.before:
            if other not in tool.outcomes or other == outcome.id:
                reader.problem(
                    (*base, "outcomes", outcome.id, "before", other),
                    f"no outcome {other!r}",
                    "another outcome of this tool",
                    did_you_mean(other, tool.outcomes),
                    on_key=True,
                )
        if isinstance(outcome.when, Otherwise) and not any(
            rules.provisions[cite].in_any_other_case for cite in outcome.cites
        ):
            reader.problem(
                (*base, "outcomes", outcome.id, "when"),
                "a catch-all",
                "a condition, or a cited provision that itself says in_any_other_case: yes",
                "where the source is silent, say so: an outcome of kind gap with a condition",
            )
    _precedence_loops(tool, reader)
    _editions(rules, tool, reader)
    _conditions(tool, reader)


def _carries(pathway, reader):
    """What a journey's answers say about a tool's question must be answers that there are."""
    of_tools = {
        f"{tool}.{name}": reader.plain["questions"][name] if asked == "shared" else asked
        for tool, one in reader.plain["tools"].items()
        for name, asked in one["questions"].items()
    }
    for name, said in pathway.carries.items():
        base = ("pathways", pathway.id, "carries", name)
        question = pathway.questions.get(name)
        options = question and _options(question.kind, question.options)
        if not options:
            found = f"{name!r}, a {question.kind} question" if question else f"no question {name!r}"
            hint = None if question else did_you_mean(name, pathway.questions)
            reader.problem(base, found, "a yes_no or one_of question of this journey", hint, on_key=True)
            continue
        for target, entries in said.items():
            asked = of_tools.get(target)
            of_tool = asked and _options(asked["kind"], asked.get("options", {}))
            if not of_tool:
                found = f"{target!r}, a {asked['kind']} question" if asked else f"no question {target!r}"
                hint = None if asked else did_you_mean(target, of_tools)
                reader.problem((*base, target), found, "a yes_no or one_of question of a tool", hint, on_key=True)
                continue
            for answer, carried in entries.items():
                here = (*base, target, answer)
                _one_of(reader, here, answer, options, on_key=True)
                if carried.answer is None and not carried.allows:
                    reader.problem(here, "nothing", "answer, allows or both", on_key=True)
                if carried.answer is not None:
                    _one_of(reader, (*here, "answer"), carried.answer, of_tool)
                for index, one in enumerate(carried.allows):
                    _one_of(reader, (*here, "allows", index), one, of_tool)


def _options(kind, options):
    """The answers of a yes_no or one_of question; none for another kind."""
    return {"yes_no": ("yes", "no"), "one_of": tuple(options)}.get(kind, ())


def _one_of(reader, path, found, options, on_key=False):
    if found not in options:
        expected, hint = "one of " + ", ".join(options), did_you_mean(found, options)
        reader.problem(path, f"no answer {found!r}", expected, hint, on_key=on_key)


def _needed(tool, entry, names, path, reader):
    """What a figure or check is worked out from must be asked in every edition that has it."""
    for edition in tool.editions:
        for name in names if in_edition(entry, edition) else ():
            if not in_edition(tool.questions[name], edition):
                reader.problem(path, *_not_asked(name, edition))


def _not_asked(name, edition):
    return (
        f"{name!r}, which edition {edition!r} does not ask",
        "a question of every edition that has this rule, or only_in on the rule",
    )


def _precedence_loops(tool, reader):
    for outcome in tool.outcomes.values():
        todo, seen = list(outcome.before), set()
        while todo:
            one = todo.pop()
            if one == outcome.id:
                reader.problem(
                    ("tools", tool.id, "outcomes", outcome.id, "before"),
                    f"{outcome.id!r} comes before itself in the end",
                    "an order without a circle",
                    "take out one of the before entries on the way",
                    on_key=True,
                )
                return
            if one not in seen and one in tool.outcomes:
                seen.add(one)
                todo += tool.outcomes[one].before


def _editions(rules, tool, reader):
    editions = list(tool.editions.values())
    for edition in editions:
        if edition.end is not None and edition.end < edition.start:
            reader.problem(
                ("tools", tool.id, "editions", edition.id, "to"),
                edition.end.isoformat(),
                f"a day on or after {edition.start.isoformat()}, where it begins",
            )
    for index, one in enumerate(editions):
        for other in editions[index + 1 :]:
            shared = sorted(set(one.places) & set(other.places))
            if shared and (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end):
                reader.problem(
                    ("tools", tool.id, "editions", other.id),
                    f"{other.id!r} overlaps {one.id!r} in {', '.join(shared)}",
                    "editions of one place one after another in time",
                    on_key=True,
                )


def rules_of(tool):
    """(section, entry, condition) of everything in a tool that has a condition."""
    for section in ("criteria", "impossible", "outcomes", "duties", "deadlines", "figures", "checks"):
        for entry in getattr(tool, section).values():
            yield section, entry, entry.when


def in_edition(entry, edition):
    """Whether a question or rule belongs to an edition."""
    return not entry.only_in or edition in entry.only_in


def _conditions(tool, reader):
    criteria = {name: criterion.when for name, criterion in tool.criteria.items()}
    looping = _criteria_loops(tool, reader)
    if looping:
        return
    pairs, single = {}, {}
    for section, entry, condition in rules_of(tool):
        path = ("tools", tool.id, section, entry.id, "when")
        for edition in tool.editions:
            if not in_edition(entry, edition):
                continue
            for name in questions_in(condition, criteria):
                if not in_edition(tool.questions[name], edition):
                    reader.problem(path, *_not_asked(name, edition))
        for part in walk(condition, criteria):
            if isinstance(part, Compare):
                if is_constant(part.operand):
                    single.setdefault(part.question, path)
                else:
                    pairs.setdefault((part.question, part.operand.question), {})[
                        part.operand.use if isinstance(part.operand, LastDay) else None
                    ] = path
    _comparisons(tool, pairs, single, reader)


def _criteria_loops(tool, reader):
    for name in tool.criteria:
        todo, seen = [name], set()
        while todo:
            for part in walk(tool.criteria[todo.pop()].when):
                if isinstance(part, Met):
                    if part.criterion == name:
                        reader.problem(
                            ("tools", tool.id, "criteria", name, "when"),
                            f"{name!r} is defined by itself",
                            "criteria without a circle",
                            "say with questions what one of them means",
                        )
                        return True
                    if part.criterion not in seen:
                        seen.add(part.criterion)
                        todo.append(part.criterion)
    return False


def _comparisons(tool, pairs, single, reader):
    """Comparisons between answers must form stars, so that what is possible under unknown answers can be decided exactly."""
    neighbours = {}
    for (left, right), uses in pairs.items():
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
        path = next(iter(uses.values()))
        if (right, left) in pairs and left > right:
            reader.problem(
                path,
                f"{left} compared with {right}, and {right} with {left}",
                "one direction only: turn one comparison round",
            )
        if len([use for use in uses if use is not None]) > 1:
            reader.problem(
                path,
                f"{left} compared with the last days of several deadlines from {right}",
                "one deadline for a pair of dates",
            )
        for question in (left, right):
            if question in single:
                reader.problem(
                    single[question],
                    f"{question} compared with a fixed value and with another answer",
                    "one kind of comparison for each question",
                )
    for question, others in neighbours.items():
        if len(others) > 1 and any(len(neighbours[other]) > 1 for other in others):
            path = next(iter(next(uses for pair, uses in pairs.items() if question in pair).values()))
            links = ", ".join(f"{left} with {right}" for left, right in pairs)
            reader.problem(
                path,
                f"a chain of comparisons through {question}: {links}",
                "answers compared with one common answer, not in a chain",
            )
            return
