"""The ways through the built site: from a map to its text and back, from an action to its source, on along the journey."""

import posixpath
import re

import pytest
import yaml

from build_scripts.load import load_rules
from build_scripts.site.make_pages import ROOT
from decision_logic.pathway import parts_of
from diagrams import journey
from tests.site_pages import html_of, leads_to, page, page_names


class _AnyTag(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags only the site builder knows."""


_AnyTag.add_multi_constructor("", lambda loader, suffix, node: None)


@pytest.fixture(scope="module")
def rules():
    return load_rules().rules


@pytest.fixture(scope="module")
def journeys():
    """The orders of pages that mkdocs.yml gives."""
    return yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _AnyTag)["extra"]["journeys"]


def _section(heading):
    """What follows a heading up to the next one."""
    siblings = heading.parent.children
    for one in siblings[siblings.index(heading) + 1 :]:
        if not isinstance(one, str):
            if re.fullmatch("h[1-6]", one.tag):
                return
            yield one


def _home(rules, pathway, point):
    """The pathway that a point of this one is written in."""
    return next(part for part in parts_of(rules, pathway) if point in part.points)


def _place(pathway, point):
    return html_of(pathway.page), point.lower()


def _points(rules):
    for pathway in rules.pathways.values():
        for point in pathway.points.values():
            yield pathway, point


def test_every_node_of_a_journey_leads_to_its_points_text(built_site, rules):
    """A step on any map of a journey is a link to the heading of that very point."""
    seen = set()
    for name in page_names(built_site):
        root, _ = page(built_site, name)
        for drawing in root.all("svg"):
            drawn = drawing.attributes.get("data-map", "")
            whole = next((one for one in rules.pathways.values() if f"{drawn}_".startswith(f"{one.id}_")), None)
            for node in drawing.all("g", "map-node") if whole else ():
                point = node.attributes["data-node"]
                if point.startswith("stage_"):
                    continue  # a whole stage on the small map of where a point stands
                place = _place(_home(rules, whole, point), point)
                (link,) = node.all("a")
                assert leads_to(name, link.link) == place
                assert re.fullmatch("h[1-6]", page(built_site, place[0])[1][place[1]].tag)
                seen.add(place)
    assert seen == {_place(pathway, point.id) for pathway, point in _points(rules)}


def test_every_points_text_leads_back_to_its_nodes_on_the_map(built_site, rules):
    """Below the text of a point stands a link to each node that stands for it on the whole map of its page."""
    for pathway, point in _points(rules):
        name = html_of(pathway.page)
        _, named = page(built_site, name)
        back = [
            leads_to(name, link.link)
            for part in _section(named[point.id.lower()])
            if "hb-on-map" in part.classes
            for link in part.all("a")
        ]
        nodes = [node.id for node in journey(rules, pathway.id).nodes if (node.of or node.id) == point.id]
        assert back == [(name, f"map-{pathway.id}-node-{node}") for node in nodes] != []
        for _, anchor in back:
            assert named[anchor].attributes["data-node"] == point.id


def test_every_points_text_leads_on_and_back_along_the_journey(built_site, rules):
    """Below the text of a point stand the points before it and the ways on, each a link to that point's text."""
    places = {_place(pathway, point.id) for pathway, point in _points(rules)}
    ends = [
        (_place(one, edge.start), _place(_home(rules, one, edge.end), edge.end))
        for one in rules.pathways.values()
        for edge in one.edges.values()
    ]
    for pathway, point in _points(rules):
        here = name, anchor = _place(pathway, point.id)
        parts = list(_section(page(built_site, name)[1][anchor]))
        before = [leads_to(name, a.link) for part in parts if "hb-before" in part.classes for a in part.all("a")]
        onward = [
            next(leads_to(name, a.link) for a in way.all("a") if leads_to(name, a.link) in places)
            for part in parts
            if "hb-ways" in part.classes
            for way in part.all("li")
        ]
        assert before == list(dict.fromkeys(start for start, end in ends if end == here))
        assert onward == [end for start, end in ends if start == here]


def test_every_action_leads_to_its_sources(built_site, rules):
    """Each action in a table has a link to the register for every place that it cites, and to no other."""
    by_words = {}
    for action in rules.actions.values():
        by_words.setdefault(action.does, []).append(action)
    counted = set()
    for name in page_names(built_site):
        root, _ = page(built_site, name)
        for table in root.all("table", "hb-table--actions"):
            for row in next(table.all("tbody")).all("tr"):
                cells = {cell.attributes["data-label"]: cell for cell in row.all("td")}
                what = cells["What"].text
                found = max((words for words in by_words if words in what), key=len)
                links = [leads_to(name, a.link) for a in cells["Source"].all("a")]
                assert links, f"{name}: {what} names no source"
                for path, anchor in links:
                    assert path.startswith("reference/sources/")
                    assert anchor in page(built_site, path)[1]
                cited = {anchor for _, anchor in links}
                fitting = [one for one in by_words[found] if cited <= set(one.cites)]
                assert fitting, f"{name}: {what} leads to {cited}"
                places = {_place_in_source(rules, one) for one in cited}
                meant = [one for one in fitting if {_place_in_source(rules, cite) for cite in one.cites} == places]
                assert meant, f"{name}: {what} leads only to {cited}"
                counted.add(meant[0].id)
    assert len(counted) > 100


def _place_in_source(rules, provision):
    """Provisions of one place have one mark; what a point requires is not told apart from the point."""
    one = rules.provisions[provision]
    return one.document, one.section.replace(", required actions", "")


def _onward(site, name):
    """{"before": [(label, page)], "after": [(label, page)]} at the foot of a page."""
    root, _ = page(site, name)
    found = {}
    for side in ("before", "after"):
        found[side] = [
            (next(a.all("span", "hb-onward__label")).text, leads_to(name, a.link)[0])
            for group in root.all("ul", f"hb-onward__{side}")
            for a in group.all("a")
        ]
    return found


def test_the_foot_of_a_page_on_a_journey_leads_along_it(built_site, journeys):
    """Before and after a page stand its neighbours on each journey that it is on, with a label that says so."""
    for name in {html_of(one) for way in journeys for one in way["pages"]}:
        before, after = {}, {}
        for way in journeys:
            pages = [html_of(one) for one in way["pages"]]
            if name in pages:
                at = pages.index(name)
                before |= dict.fromkeys(pages[max(at - 1, 0) : at], f"Before this {way['label']}:")
                after |= dict.fromkeys(pages[at + 1 : at + 2], f"Next {way['label']}:")
        found = _onward(built_site, name)
        assert {to: label for label, to in found["before"]} == before
        assert {to: label for label, to in found["after"]} == after
        assert len(found["before"]) == len(before) and len(found["after"]) == len(after)


def test_the_foot_of_any_other_page_stays_in_its_part(built_site, journeys):
    """A page on no journey leads to its neighbour in the same part of the site or nowhere, never into a journey."""
    on_a_journey = {html_of(one) for way in journeys for one in way["pages"]}
    leading = 0
    for name in set(page_names(built_site)) - on_a_journey - {"404.html"}:
        found = _onward(built_site, name)
        assert len(found["before"]) <= 1 and len(found["after"]) <= 1
        for label, to in found["before"] + found["after"]:
            assert label in ("Previous page:", "Next page:")
            assert to not in on_a_journey
            parts = [one.split("/")[0].replace("self-test", "maintain") for one in (name, to)]  # the menu has it among those
            assert parts[0] == parts[1] or posixpath.dirname(name) == ""
            leading += 1
    assert leading > 10
