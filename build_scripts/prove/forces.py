"""Must, should and may: an action or deadline says neither more nor less than a provision that it cites.

A provision that only states a fact gives no force: an action that cites one may be advised (may). Where the force is our
reading, the entry cites that reading.
"""


def forces(rules):
    """Findings in words: every entry whose force no cited provision has and no reading explains."""
    for (part, name), sentence in force_differences(rules.actions, rules.deadlines, rules.provisions).items():
        if not getattr(rules, part)[name].readings:
            yield sentence


def force_differences(actions, deadlines, provisions):
    """{(part, id): sentence} for every entry whose force no cited provision has."""
    found = {}
    for part, entries in (("actions", actions), ("deadlines", deadlines)):
        for entry in entries.values():
            said = {provisions[cite].force for cite in entry.cites}
            known = said - {"fact"} | ({"may"} if "fact" in said else set())
            if entry.force not in known and said != {"fact"}:
                found[part, entry.id] = f"{part}: {entry.id} says {entry.force}, but what it cites says {' or '.join(sorted(said))}"
    return found
