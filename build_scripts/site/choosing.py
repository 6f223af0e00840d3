"""The choice of a local area at the top of every page, put there once the site builder has made the pages.

It is one folded line. Unfolded it has the areas as links and says what differs on this very page, in all of them. Without
scripts a link leads to everything that an area says. areas.js makes the links choose, in the address and nowhere else, and
brings what the chosen area says in front of the fold. Its marks:

    [data-area-bar]                       the whole
    a[data-area-choice=NAME]              an area as it stands in the address; empty: none
      [data-area-shows] [data-area-places]  the areas whose blocks are then shown, and the places to preset, nearest first
    [data-area-panel=ID]                  what an area says of this page; kept in [data-area-kept], shown in [data-area-shown]
    [data-area-now] [data-area-said]      the choice in a word, and what is spoken when it changes
"""

import re
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.html import tag
from build_scripts.site.pieces.areas import by_title, leads, says
from build_scripts.site.pieces.site import DOCS, text
from decision_logic.local import changed_rules

ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>')
BLOCK = re.compile(r'data-area="([a-z0-9_]+)"')
# A link to a time limit, as the rules write it. The pages of limits say at each what differs.
LIMIT = re.compile(r'href="site:tools/deadlines/#(\w+)"')
OF_LIMITS = ("reference/deadlines.md", "tools/deadlines.md")
EVERYTHING = "guidance/areas.md"
OF_THE_HANDBOOK = ("guidance/", "roles/", "checklists/")
BEGINNINGS = ("index.md", "tools/index.md")
LEAD = (
    "Local services differ. Choose an area, and every page shows what differs there. The choice stands in the address and is "
    "stored nowhere."
)


def put_choice(out, site):
    """Put the choice of an area into every page of the built site. Raises SiteError for a page that an area names and that is not there."""
    met = set()
    for file in sorted(Path(out).rglob("*.html")):
        page = page_of(file.relative_to(out).as_posix())
        html = file.read_text(encoding="utf-8")
        place = ARTICLE.search(html)
        if place is None:
            continue  # a page that only leads on to another
        met.add(page)
        html = html[: place.end()] + bar(site, page, html) + html[place.end() :]
        file.write_text(html, encoding="utf-8", newline="\n")
    for area in site.rules.areas.values():
        for name, lost in named_pages(area):
            if lost not in met:
                raise SiteError(
                    f"the area {area.id!r} names a page that is not there",
                    where=f"areas/{area.id}.yml, {name}",
                    found=lost,
                    expected="a page below docs/, such as guidance/housing.md",
                )


def named_pages(area):
    """(where in the file, page) of every page that an area names."""
    if area.page:
        yield "page", area.page
    for name in area.own_rules.pages if area.own_rules else ():
        yield "own_rules", name
    for section, entries in (("notes", area.notes), ("contacts", area.contacts)):
        for entry in entries.values():
            for name in entry.at.pages:
                yield f"{section}.{entry.id}", name


def page_of(address):
    """The page of docs/ that a file of the site was made from; None for the page of what is not there."""
    if address == "404.html":
        return None
    folder = address.removesuffix("index.html").rstrip("/")
    single = f"{folder}.md"
    return single if folder and (DOCS / single).is_file() else f"{folder}/index.md".lstrip("/")


def bar(site, page, html=""):
    """The choice for one page; ``html``: the page, in which areas are looked for that differ at its points."""
    areas = by_title(site)
    limits = [] if page in OF_LIMITS else dict.fromkeys(LIMIT.findall(html))
    panels = {area.id: panel(site, area, page, limits) for area in areas}
    differing = set(BLOCK.findall(html)) | {area.id for area in areas if "hb-local__entry" in panels[area.id]}
    hint = ", ".join(text(area.title) for area in areas if area.id in differing)
    choices = [
        tag("li", site.link(f"{EVERYTHING}#{area.id}", area.title, **_marks(site, area), class_="hb-area__choice"))
        for area in areas
    ]
    choices.append(
        tag("li", tag("a", "No area", href="#", data_area_choice="", class_="hb-area__choice"), hidden=True, data_area_none=True)
    )
    fold = tag(
        "details",
        tag(
            "summary",
            tag(
                "span",
                "Area: ",
                tag("strong", "none chosen", data_area_now=True),
                tag("span", f" · differs in {hint}", data_area_hint=True) if hint else None,
            ),
            class_="hb-area__summary",
        ),
        tag(
            "div",
            tag("p", LEAD),
            tag("ul", *choices, class_="hb-area__choices"),
            tag("div", *panels.values(), data_area_kept=True),
            class_="hb-area__body",
        ),
        class_="hb-area__fold",
        data_area_fold=True,
    )
    return tag(
        "section",
        fold,
        tag("p", role="status", class_="hb-area__said", data_area_said=True),
        tag("div", data_area_shown=True),
        class_="hb-area",
        aria_label="Local area",
        data_area_bar=True,
        data_search_exclude=True,
    )


def _marks(site, area):
    rules = site.rules
    return {
        "data_area_choice": area.place,
        "data_area_shows": " ".join(one.id for one in rules.areas_at(area.id)),
        "data_area_places": " ".join(dict.fromkeys([area.place, *rules.lineage(area.place)])),
    }


def panel(site, area, page, limits=()):
    """What an area says of a page as a whole: that it does not apply there, whether its journey runs, notes and contacts.

    ``limits``: the time limits that the page names; those are told for which the area has one of its own.
    """
    rules = site.rules
    things = [("page", page)] + [
        ("journey", one.id)
        for one in rules.pathways.values()
        if page in (one.page, f"tools/walk_{one.id}.md")
    ]
    own = {entry.id for _, kind, tool, entry in changed_rules(rules, area) if kind == "deadline" and tool is None}
    things += [("deadline", name) for name in limits if name in own]
    before = _own_rules(site, area, page) if area.own_rules else ""
    more = [site.link(f"{EVERYTHING}#{area.id}", f"Everything that differs in {area.title}")]
    if area.page and area.page != page:
        more.append(site.link(area.page, site.page_title(area.page)))
    return tag(
        "div",
        says(site, area, things, before=before),
        tag("p", " · ".join(more), class_="hb-area__more"),
        class_="hb-area__panel",
        data_area_panel=area.id,
    )


def _own_rules(site, area, page):
    """What stands in place of the handbook, on a page that does not apply in the area and where a reader begins."""
    foreign = not_for(site.rules, area, page)
    if not foreign and page not in BEGINNINGS:
        return ""
    own = area.own_rules
    head = f"<strong>This page does not apply in {text(area.title)}.</strong> " if foreign else ""
    return tag(
        "div", f"<p>{head}{text(own.text)} {site.marks(own.cites)}</p>", leads(site, own.see), class_="hb-local__entry"
    )


def not_for(rules, area, page):
    """Whether a page of guidance or of a tool holds rules that do not apply in an area with rules of its own."""
    lineage = set(rules.lineage(area.id))
    for tool in rules.tools.values():
        if page == tool.page:
            return any(lineage & set(entry.places) for entry in tool.not_applicable)
    for journey in rules.pathways.values():
        if journey.starts_at and page in (journey.page, f"tools/walk_{journey.id}.md"):
            return not any(lineage & set(edition.places) for edition in journey.editions.values())
    local = {one.page for one in rules.areas.values()}
    return bool(page) and page.startswith(OF_THE_HANDBOOK) and page not in area.own_rules.pages and page not in local
