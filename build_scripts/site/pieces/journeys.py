"""Journeys in a page: their maps, and the sections of their process points."""

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.actions import action_table
from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.site import text
from build_scripts.site.pieces.tools import map_with_text
from decision_logic.conditions import ALWAYS
from decision_logic.deadlines import length_in_words
from decision_logic.pathway import parts_of
from decision_logic.words import Words


def journey(site, name):
    """The whole journey's map, with its text equivalent."""
    if name not in site.journeys:
        raise SiteError(f"there is no journey {name!r}", expected="one of " + ", ".join(site.journeys))
    return [map_with_text(site, site.maps[site.journeys[name].id])]


def stage(site, name, part):
    """The map of one stage of a journey: identification, assessment, case_management or case_management_common."""
    wanted = f"{site.journeys[name].id}_{part}" if name in site.journeys else ""
    if wanted not in site.maps:
        raise SiteError(
            f"there is no map of the stage {part!r} of {name!r}",
            expected="one of "
            + ", ".join(one for one in site.maps if one.startswith(f"{name}_") and "_at_" not in one),
        )
    return [map_with_text(site, site.maps[wanted])]


def points(site, name, *stages):
    """The sections of a pathway's points, all or those of the stages named."""
    pathway = site.named("pathways", name)
    made = []
    for point in pathway.points.values():
        if not stages or point.stage in stages:
            made += _section(site, pathway, point)
    return made


def point_section(site, name):
    """The section of one point."""
    for pathway in site.rules.pathways.values():
        if name in pathway.points:
            return _section(site, pathway, pathway.points[name])
    raise SiteError(f"there is no process point {name!r}", expected="a point of a pathway, such as IE1")


def _section(site, pathway, point):
    title = f"{point.id}: {point.title}" if point.id[0].isupper() else point.title
    made = [f"### {title} {{ #{point.id.lower()} }}"]
    locator = site.locator_of(point.id)
    if locator is not None:
        made.append(
            f'<details class="hb-locator"><summary>Where this stands in the journey</summary>{site.rooted(locator.figure("index.md"))}</details>'
        )
    readings = "".join(
        f" {site.link(f'reference/readings.md#{one}', 'our reading', title=site.rules.readings[one].title, class_='hb-ours')}"
        for one in point.readings
    )
    words = Words.of_pathway(site.rules, pathway)
    about = f"<p>{text(point.about)} {site.marks(point.cites)}{readings}</p>"
    if point.actions:
        rows = [
            (site.rules.actions[name], None if when == ALWAYS else words.say(when))
            for name, when in point.actions.items()
        ]
        made.append(action_table(site, rows, f"Required actions at {point.id}" if point.id[0].isupper() else "Actions"))
    made += [about, here(site, ("point", point.id)), _before(site, pathway, point)]
    ways = [edge for edge in pathway.edges.values() if edge.start == point.id]
    if ways:
        made.append(
            f'<p class="hb-ways__title">Then</p><ul class="hb-ways">{"".join(_way(site, pathway, words, edge) for edge in ways)}</ul>'
        )
    if point.tools:
        links = ", ".join(site.link(site.rules.tools[one].page, site.rules.tools[one].title) for one in point.tools)
        made.append(f'<p class="hb-help-here">Tools for this point: {links}</p>')
    made.append(_on_the_map(site, pathway, point))
    return [part for part in made if part]


def _before(site, home, point):
    """Links back to the points from which ways lead to this point of ``home``, on whichever journey they are."""
    found = {
        (pathway.page, edge.start): pathway.points[edge.start]
        for pathway in site.rules.pathways.values()
        for edge in pathway.edges.values()
        if edge.end == point.id and _home(site, pathway, edge.end) is home
    }
    links = ", ".join(site.link(f"{page}#{start.lower()}", _name(one)) for (page, start), one in found.items())
    return f'<p class="hb-before" data-search-exclude>Before this: {links}</p>' if links else ""


def _on_the_map(site, pathway, point):
    """Links to the point's own nodes on the whole map of its page, where they are then lit."""
    whole = site.journeys.get(pathway.id)
    nodes = [node for node in whole.nodes if (node.of or node.id) == point.id] if whole else []
    if not nodes:
        return ""
    label = point.id if point.id[0].isupper() else "this"
    if len(nodes) == 1:
        links = site.link(_node_place(pathway, whole, nodes[0]), f"Show {label} on the map")
    else:  # an end stands after each step that leads to it
        links = f"Show {label} on the map: " + ", ".join(
            site.link(_node_place(pathway, whole, node), f"after {_name(whole.node(way.tail), 'label')}")
            for node in nodes
            for way in whole.ways_in(node.id)[:1]
        )
    return f'<p class="hb-on-map" data-search-exclude>{links}</p>'


def _home(site, pathway, name):
    """The pathway that a point is written in: this one, or one that it includes."""
    return next(part for part in parts_of(site.rules, pathway) if name in part.points)


def _node_place(pathway, whole, node):
    return f"{pathway.page}#map-{whole.id}-node-{node.id}"


def _name(one, short="id"):
    """What a point is called in a few words: the handbook's own name for it, or its title where it has none."""
    called = getattr(one, short)
    return called if called and called[0].isupper() else one.title


def _way(site, pathway, words, edge):
    condition = edge.label or (words.say(edge.when) if edge.when != ALWAYS else "always")
    home = _home(site, pathway, edge.end)
    one = home.points[edge.end]
    title = f"{one.id}: {one.title}" if one.id[0].isupper() else one.title
    target = f"{home.page}#{one.id.lower()}"
    due = ""
    if edge.deadline:
        rule = site.rules.deadlines[edge.deadline]
        due = f", within {site.link(f'tools/deadlines.md#{rule.id}', length_in_words(rule.limit, rule.target))}"
    ours = ' <span class="hb-ours">our reconstruction</span>' if edge.basis == "reconstructed" else ""
    return f'<li id="edge-{edge.id}">{text(condition)}{due}: {site.link(target, title)}{ours} {site.marks(edge.cites)}</li>'
