"""Nothing that somebody has to do is lost: each action stands somewhere, and a page of the role lists it."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFERENCE = re.compile(r"^\{\{\s*(role|checklist)\s+([^{}]*?)\s*\}\}$", re.MULTILINE)


def idle_actions(rules):
    """Findings in words: actions that stand at no process point, in no tool and on no checklist."""
    named = {name for one in rules.checklists.values() for name in one.actions}
    for pathway in rules.pathways.values():
        named |= {name for point in pathway.points.values() for name in point.actions}
    for tool in rules.tools.values():
        named |= {name for part in (tool.outcomes, tool.duties) for entry in part.values() for name in entry.actions}
    for name in rules.actions:
        if name not in named:
            yield f"actions: {name} stands at no process point, in no tool and on no checklist"


def role_pages(rules, docs=DOCS):
    """Findings in words: roles that act and have no page, and pages that do not list what the rules send to them."""
    written = {
        page.relative_to(docs).as_posix(): page.read_text(encoding="utf-8") for page in sorted(Path(docs).rglob("*.md"))
    }
    listed = {page: _references(text) for page, text in written.items()}
    for name in sorted({action.who for action in rules.actions.values()}):
        role = rules.roles[name]
        if role.page is None:
            yield f"roles: {name} acts and has no page: give it one with page"
        elif name not in listed.get(role.page, {}).get("role", ()):
            yield f"roles: {name} is not listed on docs/{role.page}: write {{{{ role {name} }}}} there, on a line of its own"
    for one in rules.checklists.values():
        if one.id not in listed.get(one.page, {}).get("checklist", ()):
            yield f"checklists: {one.id} is not on docs/{one.page}: write {{{{ checklist {one.id} }}}} there, on a line of its own"


def _references(text):
    found = {"role": set(), "checklist": set()}
    for kind, words in REFERENCE.findall(text):
        found[kind] |= set(words.split())
    return found
