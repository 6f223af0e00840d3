"""What ``handbook check`` runs. Each check yields findings in words; a part passes where none does."""

from dataclasses import dataclass

from build_scripts.load import load_requirements, load_rules, load_scenarios
from build_scripts.load.schemas import stale_schemas
from build_scripts.prove.calendars import compare
from build_scripts.prove.forces import check_area_forces, check_forces
from build_scripts.prove.proofs import prove, prove_areas
from build_scripts.prove.roles import idle_actions, role_pages
from build_scripts.prove.scenarios import run_scenario


@dataclass(frozen=True)
class Result:
    """One check: its name, what it covered in a few words, and what it found."""

    name: str
    covered: str
    findings: tuple


def rules_checks(loaded=None):
    """The checks of the rules, one after another; of the handbook's, where no others are given."""
    loaded = loaded or load_rules()  # raises with every problem found
    rules = loaded.rules
    provisions = len(rules.provisions)
    yield Result(
        "rule files",
        f"{len(rules.tools)} tools, {len(rules.pathways)} pathways, {provisions} provisions, rules hash {rules.rules_hash}",
        (),
    )
    yield Result("schemas", "editor schemas as the model makes them", tuple(stale_schemas()))
    compared = compare(rules.calendars)
    yield Result("calendars", compared.summary, tuple(compared.findings))
    scenarios = load_scenarios(rules)
    findings = []
    for scenario in scenarios:
        for difference in run_scenario(rules, scenario):
            findings.append(f"{scenario.file.name}:{scenario.position.line}: {scenario.data.id}: {difference}")
    yield Result("scenarios", f"{len(scenarios)} cases", tuple(findings))
    yield from (Result(*one) for one in prove(rules))
    yield Result(
        "actions",
        f"{len(rules.actions)} actions, each at a process point, in a tool or on a checklist",
        (*idle_actions(rules),),
    )
    yield Result(*check_forces(loaded))
    yield Result(*check_area_forces(loaded))
    yield from (Result(*one) for one in prove_areas(rules))


def docs_checks():
    """The checks of the prose, and of what ties it to the sources."""
    from build_scripts.prove.abbreviations import check_abbreviations
    from build_scripts.prove.citations import check_references
    from build_scripts.prove.notices import homeless_notices
    from build_scripts.prove.own_words import check_own_words
    from build_scripts.prove.prose import check_prose
    from build_scripts.prove.prose_forces import check_prose_forces
    from build_scripts.prove.ties import ties, ties_findings

    covered, findings = check_prose()
    yield Result("prose", covered, tuple(findings))
    loaded = load_rules()
    rules = loaded.rules
    covered, findings = check_abbreviations(rules, loaded.plain)
    yield Result("abbreviations", covered, tuple(findings))
    yield Result("notices", f"{len(rules.notices)} notices, each on a page of the guidance", (*homeless_notices(rules),))
    acting = {action.who for action in rules.actions.values()}
    yield Result(
        "role pages",
        f"{len(acting)} roles that act and {len(rules.checklists)} checklists, each on its page",
        tuple(role_pages(rules)),
    )
    covered, findings = check_references(loaded)
    yield Result("references", covered, tuple(findings))
    covered, findings = check_prose_forces(rules.provisions)
    yield Result("force in the prose", covered, tuple(findings))
    found = ties(loaded, load_requirements(rules), load_scenarios(rules))
    covered = ", ".join(f"{whole} of {count} {what}" for what, whole, count in found.figures())
    yield Result("ties", covered, tuple(ties_findings(loaded, found)))
    covered, findings = check_own_words()
    yield Result("own words", covered, tuple(findings))


def site_checks():
    """The checks of the built site."""
    from build_scripts.prove.built_site import check_site

    yield from (Result(*one) for one in check_site())


PARTS = {"rules": rules_checks, "docs": docs_checks, "site": site_checks}


def check(parts, say):
    """Run the parts, saying each check and its findings. Returns whether nothing was found."""
    clean = True
    for part in parts:
        for result in PARTS[part]():
            clean = clean and not result.findings
            say(
                f"{part + ':':<7}{result.name}: {'ok' if not result.findings else str(len(result.findings)) + ' found'} ({result.covered})"
            )
            for finding in result.findings:
                say(f"       - {finding}")
    return clean
