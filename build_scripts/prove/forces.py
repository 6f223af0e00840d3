"""Must, should and may: an action or deadline says neither more nor less than what it takes its force from.

That is the first provision it cites which is no mere fact, unless its ``force_from`` names another one that it cites, or a
reading of ours that says how strongly it puts what follows. Where all it cites are facts, only a reading can give a force.
"""

PARTS = ("actions", "deadlines")


def check_forces(loaded):
    """(name, what it covered, findings with file and line), as the other checks have it."""
    rules = loaded.rules
    entries = {part: getattr(rules, part) for part in PARTS}
    ours = sum(one.force_from in rules.readings for part in entries.values() for one in part.values())
    findings = []
    for (part, name), sentence in force_differences(rules).items():
        file, position = loaded.where((part, name, "force"))
        findings.append(f"{file.as_posix()}:{position.line}: {sentence}")
    covered = ", ".join(f"{len(part)} {name}" for name, part in entries.items())
    return "force", f"{covered} as strong as what they cite, {ours} of them by a reading of ours", tuple(findings)


def force_differences(rules):
    """{(part, id): sentence} for every entry whose force is not that of its source."""
    found = {}
    for part in PARTS:
        for entry in getattr(rules, part).values():
            source, force = force_source(rules, entry)
            if source is None:
                found[part, entry.id] = (
                    f"{part}: {entry.id} says {entry.force}, but all that it cites are facts: "
                    "name the reading that gives it a force in force_from"
                )
            elif force != entry.force:
                found[part, entry.id] = f"{part}: {entry.id} says {entry.force}, but {source} says {force}"
    return found


def force_source(rules, entry):
    """(the provision or reading that gives an action or deadline its force, that force), or (None, None)."""
    if entry.force_from in rules.readings and entry.force_from in entry.readings:
        return entry.force_from, rules.readings[entry.force_from].force
    names = entry.cites if entry.force_from is None else (entry.force_from,)
    for name in names:
        if rules.provisions[name].force != "fact":
            return name, rules.provisions[name].force
    return None, None
