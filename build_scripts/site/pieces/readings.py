"""Our readings as a register: by the part of the source that they are about, each with the places that rely on it."""

from build_scripts.site.pieces.tools import _readings_of, reading_html

PARTS = (  # the beginning of a provision's identifier decides; the first that fits
    ("Sections 1 to 3: purpose, governance, roles", "sections-1-to-3", ("foreword", "s1_", "s2_", "s3_")),
    ("Section 4.1: who leads", "section-4-1", ("s4_1.",)),
    ("Section 4.1.1 and Annex E: identification and appointments", "section-4-1-1", ("s4_1_1.", "fn1.", "annex_e.")),
    ("Section 4.1.2: assessment", "section-4-1-2", ("s4_1_2.", "fn2.")),
    ("Section 4.1.3: case management", "section-4-1-3", ("s4_1_3.",)),
    ("Sections 4.2 to 4.4: consent and maps", "sections-4-2-to-4-4", ("s4_2.", "s4_3.", "s4_4.")),
    ("Sections 4.5 to 4.7: enforcement", "sections-4-5-to-4-7", ("s4_5.", "ie")),
    ("Sections 4.8 to 4.10: proactive engagement", "sections-4-8-to-4-10", ("s4_8.", "ipae")),
    ("Section 4.11: the common process points", "section-4-11", ("com",)),
    ("Annex A: housing", "annex-a", ("annex_a.",)),
    ("Annexes B to D: support, work, funding", "annexes-b-to-d", ("annex_",)),
    ("Guernsey", "guernsey", ("guernsey.",)),
    ("North Wales, Essex and 2003", "local", ("north_wales.", "essex.", "programme_2003.")),
    ("Counting time, and the law besides", "law", ("law.",)),
)


def readings(site):
    """``{{ list readings }}``: a field to narrow the list, then every reading below its part."""
    used = users(site)
    made = ['<div class="hb-filter" data-filter=".hb-reading" data-filter-label="Find a reading, form or point"></div>']
    for title, anchor, beginnings in PARTS:
        within = [one for one in site.rules.readings.values() if part_of(one) == beginnings]
        if within:
            made.append(f"## {title} {{ #{anchor} }}")
            listed = "".join(reading_html(site, one, used=used.get(one.id, ())) for one in within)
            made.append(f'<div class="hb-readings">{listed}</div>')
    return made


def part_of(reading):
    """The beginnings of the part that its first provision stands in. A reading without one has no place, and that is an error."""
    return next(beginnings for _, _, beginnings in PARTS if reading.cites[0].startswith(beginnings))


def users(site):
    """{reading: links to the tools, process points and time limits that rely on it}."""
    found = {}

    def add(names, link):
        for name in names:
            links = found.setdefault(name, [])
            if link not in links:
                links.append(link)

    for tool in site.rules.tools.values():
        add(_readings_of(site, tool), site.link(tool.page, tool.title))
    for pathway in site.rules.pathways.values():
        for point in pathway.points.values():
            names = [*point.readings]
            for action in point.actions:
                names += site.rules.actions[action].readings
            for edge in pathway.edges.values():
                names += edge.readings if edge.start == point.id else ()
            words = point.id if point.id[0].isupper() else point.title
            add(names, site.link(f"{pathway.page}#{point.id.lower()}", words))
    for deadline in site.rules.deadlines.values():
        add(deadline.readings, site.link(f"tools/deadlines.md#{deadline.id}", deadline.title))
    return found
