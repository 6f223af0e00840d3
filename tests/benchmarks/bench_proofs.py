"""How long the proofs over all tools take, and how their cost grows: with the distinct states, not with the combinations.

    python -m tests.benchmarks.bench_proofs

Prints seconds for each proof over the handbook's rules (the budget is 20 seconds for all), then for made-up tools of one form
but growing size the states, the combinations and the seconds for the same proofs.
"""

import time

from build_scripts.load import load_rules
from build_scripts.prove.proofs import prove
from decision_logic import RuleSet

BUDGET = 20
CITED = {"because": "B", "cites": ["p.one"]}


def main():
    """Print the figures."""
    rules = load_rules().rules
    proofs, begun, last = prove(rules), time.perf_counter(), time.perf_counter()
    print("The handbook's rules")
    for name, covered, findings in proofs:
        now = time.perf_counter()
        print(f"  {name + ':':<26}{now - last:8.3f} s   {covered}, {len(findings)} findings")
        last = now
    print(f"  {'all:':<26}{last - begun:8.3f} s of {BUDGET} s")
    print("Made-up tools: so many questions, each with three options")
    print(f"  {'questions':>9} {'combinations':>13} {'states':>7} {'seconds':>8} {'states per question':>20}")
    for count in (4, 8, 16, 32, 64, 128):
        begun = time.perf_counter()
        made = list(prove(made_up(count)))
        states = int(made[0][1].split(", ")[1].split(" ")[0])
        print(f"  {count:>9} {3.0**count:>13.3g} {states:>7} {time.perf_counter() - begun:>8.3f} {states / count:>20.2f}")


def made_up(count):
    """Rules with one tool: it asks ``count`` questions, and where any two neighbours agree the first outcome applies."""
    questions = {f"q{number}": {"ask": "Q?", "kind": "one_of", "options": {"a": "A", "b": "B", "c": "C"}} for number in range(count)}
    same = [{"any": [{f"q{number}": option, f"q{number + 1}": option} for option in "abc"]} for number in range(count - 1)]
    tool = {
        "id": "t", "title": "T", "summary": "S", "for": ["somebody"], "page": "t.md",
        "editions": {"e": {"title": "E", "in": ["town"], "from": "2010-01-01", "status": "in_force", "cites": ["p.one"]}},
        "questions": questions,
        "outcomes": {"some": {"title": "Some.", "when": {"any": same}, **CITED}, "none": {"title": "None.", "when": {"not": {"any": same}}, **CITED}},
    }
    return RuleSet.from_plain({
        "places": {"town": {"title": "Town", "calendar": "town"}},
        "calendars": {"town": {"id": "town", "title": "Town", "source": "made up", "checked_on": "2010-01-01", "from_year": "2010", "to_year": "2010", "weekend": ["sunday"], "holidays": {}}},
        "sources": {"doc": {"id": "doc", "title": "T", "publisher": "P", "published": "2010", "about": "A", "provisions": {"p.one": {"section": "1", "force": "must", "summary": "S"}}}},
        "roles": {"somebody": {"title": "Somebody", "about": "A", "colour_key": "none"}},
        "tools": {"t": tool},
    })


if __name__ == "__main__":
    main()
