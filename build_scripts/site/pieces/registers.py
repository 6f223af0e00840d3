"""Lists of what the rules hold: deadlines, readings, terms, forms, sources, notices, calendars, areas, roles, scenarios."""

from html import escape

from build_scripts.site.errors import SiteError
from build_scripts.site.html import tag
from build_scripts.site.pieces import areas
from build_scripts.site.pieces.site import badge, text
from build_scripts.site.pieces.tools import _table
from build_scripts.site.settings import settings
from decision_logic import clock
from decision_logic.deadlines import length_in_full, length_in_words, span_in_words


def listing(site, what, *which):
    """``{{ list deadlines }}`` and so on."""
    if what not in LISTS:
        raise SiteError(f"there is no list of {what!r}", expected="one of " + ", ".join(LISTS))
    return LISTS[what](site, *which)


def _deadlines(site):
    rows = []
    for one in site.rules.deadlines.values():
        places = text(" and ".join(site.rules.places[place].title for place in one.places))
        length = length_in_full(one.limit, one.target)
        says = f" ({text(one.says)})" if one.says else ""
        ours = ", ".join(
            site.link(f"reference/readings.md#{name}", site.rules.readings[name].title) for name in one.readings
        )
        rows.append(
            (
                f' id="limit-{one.id}" data-entry="{escape(f"{one.title}: {_in_figures(one)}")}"',
                (
                    f"<strong>{site.link(f'tools/deadlines.md#{one.id}', one.title)}</strong> <code>{one.id}</code>",
                    f"{badge(one.force)} {text(length)}{says}",
                    text(one.starts),
                    places + areas.here(site, ("deadline", one.id)),
                    site.marks(one.cites)
                    + (f'<p class="hb-note"><span class="hb-ours">Our reading:</span> {ours}</p>' if ours else ""),
                ),
            )
        )
    return [_table(("What", "Length", "From", "Where", "Source"), rows)]


def _in_figures(one):
    """A deadline's length as people type it into the search: 5 working days, where a page has five."""
    spans = [one.target, one.limit] if one.target else [one.limit]
    return " or ".join(f"{span.count} {span_in_words(span).partition(' ')[2]}" for span in spans)


def _readings(site):
    from build_scripts.site.pieces.readings import readings

    return readings(site)


def _glossary(site):
    items = []
    for one in sorted(site.rules.glossary.values(), key=lambda term: term.term.lower()):
        short = f" ({text(one.short)})" if one.short else ""
        since = f'<p class="hb-note">Since then: {text(one.since)}</p>' if one.since else ""
        items.append(
            f'<dt id="{one.id}">{text(one.term)}{short}</dt><dd>{text(one.means)} {site.marks(one.cites)}{since}</dd>'
        )
    return [f'<dl class="hb-glossary">{"".join(items)}</dl>']


def _forms(site):
    """A short list that leads to each form's own section."""
    items = []
    for one in site.rules.forms.values():
        unnamed = "" if one.named_in_source else ' <span class="hb-note">The source does not name it.</span>'
        link = site.link(f"reference/forms.md#{one.id}", one.title)
        items.append(f"<li><strong>{link}</strong>: {text(one.used_for)}{unnamed}{areas.here(site, ('form', one.id))}</li>")
    return [f"<ul>{''.join(items)}</ul>"]


def _roles(site):
    rows = [
        (
            f' id="{one.id}"',
            (
                f"<strong>{site.link(one.page, one.title) if one.page else text(one.title)}</strong>",
                text(one.about) + areas.here(site, ("role", one.id)),
            ),
        )
        for one in site.rules.roles.values()
    ]
    return [_table(("Role", "Who that is"), rows)]


def _notices(site):
    from build_scripts.site.pieces.notices import listing

    return listing(site)


def _sources(site):
    rows = [
        (
            "",
            (
                f"<strong>{site.link(site.document_page(one.id), one.title)}</strong>",
                text(one.publisher),
                text(one.published),
                f"{text(one.about)} {len(one.provisions)} provisions.",
            ),
        )
        for one in site.rules.sources.values()
    ]
    return [_table(("Source", "Publisher", "Published", "About"), rows)]


def provisions(site, name):
    """The register of one document."""
    return [register_of(site.named("sources", name))]


def register_of(document):
    """The provisions of a document as a table."""
    rows = [
        (
            f' id="{one.id}"',
            (
                text(one.section),
                badge(one.force),
                text(one.summary) + (f'<p class="hb-note">{text(one.checked)}</p>' if one.checked else ""),
                f"<code>{one.id}</code>",
            ),
        )
        for one in document.provisions.values()
    ]
    return _table(("Where", "Force", "What it says, in our words", "Identifier"), rows)


def _calendars(site):
    made = []
    for one in site.rules.calendars.values():
        years = {}
        for day, name in sorted(one.holidays.items()):
            years.setdefault(day.year, []).append(
                f"{clock.WEEKDAYS[day.weekday()][:3]} {day.day} {clock.MONTHS[day.month - 1]} ({name})"
            )
        rows = [("", (str(year), text("; ".join(days)))) for year, days in years.items()]
        made += [
            f"## {one.title} {{ #{one.id} }}",
            f"<p>{one.from_year} to {one.to_year}. Saturdays, Sundays and these days are no working days.</p>",
            _table(("Year", "Days"), rows),
        ]
    return made


def _scenarios(site):
    from build_scripts.site.pieces.scenarios import scenario_list

    return scenario_list(site)


def _traceability(site, *part):
    from build_scripts.site.pieces.traceability import traceability

    return traceability(site, *part)


def _gaps(site):
    from build_scripts.site.pieces.gaps import gaps

    return gaps(site)


LISTS = {
    "deadlines": _deadlines,
    "readings": _readings,
    "gaps": _gaps,
    "glossary": _glossary,
    "forms": _forms,
    "roles": _roles,
    "notices": _notices,
    "sources": _sources,
    "calendars": _calendars,
    "areas": areas.listing,
    "scenarios": _scenarios,
    "traceability": _traceability,
}


def download(site):
    """Where the handbook as a PDF is offered: empty until one has been printed (build_scripts/site/pdf/download.py fills it)."""
    return ['<p class="hb-download" data-download hidden></p>']


def server_settings(site, server):
    """The settings for a web server, to be copied (build_scripts/site/settings.py)."""
    return [tag("pre", tag("code", escape(settings(server), quote=False)), tabindex="0")]
