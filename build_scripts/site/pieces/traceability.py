"""The page that ties every provision to what carries it, and every requirement to its provisions.

``{{ list traceability }}`` is the whole; ``{{ list traceability figures }}``, ``provisions``, ``requirements`` and
``ambiguities`` are its parts. All of it is worked out while the page is made; none of it goes into the site's search, which
should lead to the places themselves. The page has a field of its own that narrows the list.
"""

import re
from itertools import groupby

from build_scripts.load import load_requirements
from build_scripts.prove.ties import KINDS, ties
from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.site import badge, text
from build_scripts.site.pieces.tools import _table

UNSEARCHED = "data-search-exclude"


def traceability(site, part=None):
    """One part, or all of them."""
    if part is not None and part not in PARTS:
        raise SiteError(f"there is no part {part!r} of traceability", expected="one of " + ", ".join(PARTS))
    found = ties(site.loaded, load_requirements(site.rules), site.scenarios)
    return [piece for name, make in PARTS.items() if part in (None, name) for piece in make(site, found)]


def _figures(site, found):
    words = {
        "requirements": "requirements of the sources have every provision of theirs carried",
        "provisions": "provisions of the register are carried",
        "ambiguities": "places where a source is ambiguous, silent or slips are settled by a reading or notice",
    }
    items = "".join(
        f"<li><strong>{whole} of {count}</strong> {words[what]}</li>" for what, whole, count in found.figures()
    )
    return [f'<ul class="hb-tally">{items}</ul>']


def _provisions(site, found):
    numbers = {}
    for number, one in found.requirements.requirements.items():
        for name in one.provisions:
            numbers.setdefault(name, []).append(number)
    made = [
        '<div class="hb-filter" data-filter=".hb-tie" data-filter-label="Find a provision, section or number"></div>'
    ]
    for document in site.rules.sources.values():
        made.append(f"## {document.title} {{ #{document.id} }}")
        for section, group in groupby(document.provisions.values(), key=_section):
            anchor = f"{document.id}-{re.sub(r'[^a-z0-9]+', '-', section.lower()).strip('-')}"
            made.append(f"### {section} {{ #{_once(made, anchor)} {UNSEARCHED} }}")
            listed = "".join(_provision(site, found, one, numbers.get(one.id, ())) for one in group)
            made.append(f'<div class="hb-ties" {UNSEARCHED}>{listed}</div>')
    return made


def _section(provision):
    """The part of the source that a provision stands in, without what narrows it down."""
    return re.sub(r"^Process point ", "", provision.section.partition(",")[0])


def _once(made, anchor):
    """An anchor that no heading before has: sections of a document may come up again."""
    count = sum(one.startswith("### ") and re.search(rf"#{re.escape(anchor)}(-\d+)? ", one) is not None for one in made)
    return anchor if not count else f"{anchor}-{count + 1}"


def _provision(site, found, one, numbers):
    carriers = found.carriers[one.id]
    kinds = [(kind, list(group)) for kind, group in groupby(carriers, key=lambda carrier: carrier.kind)]
    count = len(carriers)
    state = (
        f"{count} place{'s' if count != 1 else ''}" if found.carried(one.id) else "<strong>nothing carries it</strong>"
    )
    rows = "".join(f"<dt>{KINDS[kind]}</dt>{_owners(site, group)}" for kind, group in kinds)
    register = site.link(f"reference/sources/{one.document}.md#{one.id}", "In the register")
    return (
        f'<details class="hb-tie" id="{one.id}"><summary>{badge(one.force)} {text(one.summary)} '
        f'<span class="hb-note">{", ".join((*numbers, text(one.section)))}: {state}. <code>{one.id}</code></span></summary>'
        f"<dl>{rows}</dl><p>{register}</p></details>"
    )


def _owners(site, carriers):
    """The carriers of one kind, those of the same page, tool or journey together."""
    made = []
    for owner, group in groupby(carriers, key=lambda one: one.owner):
        links = "; ".join(_link(site, one) for one in group)
        titled = text(_title(site, owner)) + ": " if owner and owner not in {one.words for one in carriers} else ""
        made.append(f"<dd>{titled}{links}</dd>")
    return "".join(made)


def _link(site, one):
    return site.link(one.target, one.words)


def _title(site, owner):
    """What a tool or journey is called, where a case names it by its identifier."""
    for part in (site.rules.tools, site.rules.pathways):
        if owner in part:
            return part[owner].title
    return owner


def _requirements(site, found):
    rows = [
        (
            f' id="{number}"',
            (number, text(one.title), _all(one.provisions), "yes" if found.held(one) else "<strong>no</strong>"),
        )
        for number, one in found.requirements.requirements.items()
    ]
    return _folded("Requirements by number", "requirements", ("Number", "What", "Provisions", "Carried"), rows)


def _ambiguities(site, found):
    rows = []
    for number, one in found.requirements.ambiguities.items():
        links = [site.link(f"reference/readings.md#{name}", site.rules.readings[name].title) for name in one.readings]
        links += [site.link(f"reference/notices.md#{name}", site.rules.notices[name].title) for name in one.notices]
        rows.append((f' id="{number}"', (number, "; ".join(links))))
    return _folded("Ambiguities by number", "ambiguities", ("Number", "Settled by"), rows)


def _all(names):
    return ", ".join(f'<a href="#{name}">{name}</a>' for name in names)


def _folded(title, anchor, head, rows):
    table = _table(head, rows)
    return [
        f"## {title} {{ #{anchor} {UNSEARCHED} }}",
        f'<details class="hb-cases hb-numbers" {UNSEARCHED}><summary>{len(rows)} numbers</summary>{table}</details>',
    ]


PARTS = {
    "figures": _figures,
    "provisions": _provisions,
    "requirements": _requirements,
    "ambiguities": _ambiguities,
}
