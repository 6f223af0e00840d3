"""Must, should and may: an action or deadline says neither more nor less than the provision that it cites first.

A provision that only states a fact gives no force: the first other one counts, and what rests on a fact may be advised (may).
Where the force is our reading, the entry cites that reading.
"""


def forces(rules):
    """Findings in words: every entry whose force is not its source's and which no reading explains."""
    for (part, name), sentence in force_differences(rules.actions, rules.deadlines, rules.provisions).items():
        if not getattr(rules, part)[name].readings:
            yield sentence


def force_differences(actions, deadlines, provisions):
    """{(part, id): sentence} for every entry whose force is not that of its source."""
    found = {}
    for part, entries in (("actions", actions), ("deadlines", deadlines)):
        for entry in entries.values():
            said = [provisions[cite].force for cite in entry.cites]
            first = next((force for force in said if force != "fact"), None)
            advised = entry.force == "may" and "fact" in said
            if first not in (None, entry.force) and not advised:
                found[part, entry.id] = f"{part}: {entry.id} says {entry.force}, but what it cites says {first}"
    return found
