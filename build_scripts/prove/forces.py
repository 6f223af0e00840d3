"""Must, should and may: an action or deadline says neither more nor less than what it takes its force from.

That is the first provision it cites which is no mere fact, unless its ``force_from`` names another one that it cites, or a
reading of ours that says how strongly it puts what follows. Where all it cites are facts, only a reading can give a force.
What an area puts in place of the core's is held to the same. So are the words in which an area speaks to the reader: each of
must, should and may is that of one of the provisions or readings that the text cites.
"""

from build_scripts.prove.prose_forces import unfit

PARTS = ("actions", "deadlines")


def check_forces(loaded):
    """(name, what it covered, findings with file and line), as the other checks have it."""
    rules = loaded.rules
    entries = dict(_entries(rules))
    ours = sum(one.force_from in rules.readings for one in entries.values())
    findings = []
    for path, sentence in force_differences(rules).items():
        file, position = loaded.where((*path, "force"))
        findings.append(f"{file.as_posix()}:{position.line}: {sentence}")
    covered = ", ".join(f"{sum(path[-2] == part for path in entries)} {part}" for part in PARTS)
    return "force", f"{covered} as strong as what they cite, {ours} of them by a reading of ours", tuple(findings)


def force_differences(rules):
    """{path, which ends in (part, id): sentence} for every entry whose force is not that of its source."""
    found = {}
    for path, entry in _entries(rules):
        part, (source, force) = path[-2], force_source(rules, entry)
        if source is None:
            found[path] = (
                f"{part}: {entry.id} says {entry.force}, but all that it cites are facts: "
                "name the reading that gives it a force in force_from"
            )
        elif force != entry.force:
            found[path] = f"{part}: {entry.id} says {entry.force}, but {source} says {force}"
    return found


def check_area_forces(loaded):
    """(name, what it covered, findings with file and line) of what areas say to the reader."""
    rules, count, findings = loaded.rules, 0, []
    for path, text, cites, readings in _texts(rules):
        count += 1
        said = {name: rules.provisions[name].force for name in cites}
        said |= {name: rules.readings[name].force for name in readings if rules.readings[name].force}
        for word, sentence in unfit(text, said.values()):
            file, position = loaded.where(path)
            sources = ", ".join(f"{name}, which says {force}" for name, force in said.items())
            findings.append(f"{file.as_posix()}:{position.line}: {path[1]}: “{word}” for {sources}: {sentence[:120]}")
    return "force in areas", f"{count} texts of {len(rules.areas)} areas as strong as what they cite", tuple(findings)


def _texts(rules):
    """(path, text, provisions, readings) of each thing that an area says to the reader."""
    for area in rules.areas.values():
        for part in ("minimum_age", "own_rules"):
            if one := getattr(area, part):
                yield ("areas", area.id, part, "text"), one.text, one.cites, getattr(one, "readings", ())
        for part in ("routes", "notes", "contacts", "services"):
            for name, one in getattr(area, part).items():
                yield ("areas", area.id, part, name, "text"), one.text, one.cites, getattr(one, "readings", ())


def _entries(rules):
    """(path, entry) of every action and deadline: the core's, what areas add, and what they put in place of the core's."""
    for part in PARTS:
        for name, entry in getattr(rules, part).items():
            yield (part, name), entry
    for area, local in rules.locals.items():
        for part in PARTS:
            for name in rules.areas[area].instead.get(part, {}):
                yield ("areas", area, "instead", part, name), getattr(local, part)[name]


def force_source(rules, entry):
    """(the provision or reading that gives an action or deadline its force, that force), or (None, None)."""
    if entry.force_from in rules.readings and entry.force_from in entry.readings:
        return entry.force_from, rules.readings[entry.force_from].force
    names = entry.cites if entry.force_from is None else (entry.force_from,)
    for name in names:
        if rules.provisions[name].force != "fact":
            return name, rules.provisions[name].force
    return None, None
