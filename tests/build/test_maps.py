"""The maps as drawn: from the real rules, and from pictures made by hand."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

import diagrams.render
from build_scripts.load import load_rules
from diagrams import RenderError, decision, draw, journey, load_style, locator, stages
from diagrams.dot import to_dot
from diagrams.links import relative_link
from diagrams.render import render
from diagrams.svg import to_svg
from tests.unit.diagram_pictures import DECISION, JOURNEY, stage

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
PAGE = "guidance/enforcement.md"
STYLE = load_style()
HASH = "0123456789abcdef"


def _pictures():
    rules = load_rules().rules
    wholes = [journey(rules, name) for name in rules.pathways]
    found = [*wholes, *(picture for whole in wholes for picture in stages(whole))]
    found += [locator(whole, node.id) for whole in wholes for node in whole.nodes if node.label]
    found += [decision(rules, tool, edition) for tool in rules.tools for edition in rules.tools[tool].editions]
    return [*found, JOURNEY, stage("assessment"), DECISION]


@pytest.fixture(scope="module")
def maps():
    pictures = {picture.id: picture for picture in _pictures()}
    return draw(pictures.values(), STYLE, HASH)


@pytest.fixture(scope="module")
def drawings(maps):
    """[(map, its SVG as a tree)]"""
    return [(one, ET.fromstring(one.svg(PAGE))) for one in maps.values()]


def test_every_svg_has_a_title_and_a_description(drawings):
    """A map is named and described for those who do not see it, and carries the hash of its rules."""
    for one, root in drawings:
        named, told = (root.get(f"aria-{what}") for what in ("labelledby", "describedby"))
        texts = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
        assert texts == {named: one.picture.title, told: one.picture.description}
        assert root.get("data-rules-hash") == HASH
        assert root.get("role") == "group"  # it holds links: "img" would hide them


def test_every_node_is_drawn_and_links_to_its_place(drawings):
    """Each node stands in the map under its own name, with a page-relative link that has a name of its own."""
    for one, root in drawings:
        groups = {g.get("id"): g for g in root.iter(f"{SVG}g") if "map-node" in (g.get("class") or "").split()}
        for node in one.picture.nodes:
            group = groups.pop(f"map-{one.picture.id}-node-{node.id}")
            assert group.get("data-node") == (node.of or node.id)
            links = list(group.iter(f"{SVG}a"))
            assert [a.get(f"{XLINK}href") for a in links] == ([relative_link(node.href, PAGE)] if node.href else [])
            assert all(node.title in a.get("aria-label") for a in links)
        assert not groups


def test_every_real_point_question_and_answer_has_a_link(drawings):
    """No node of a map made from the rules is without its place in the guidance."""
    for one, _ in drawings:
        if not one.picture.id.startswith("by_hand"):
            assert all(node.href for node in one.picture.nodes)


def test_every_way_is_drawn_with_its_words(drawings):
    """Each edge stands in the map under its own name with its condition and deadline; what is ours is dashed."""
    for one, root in drawings:
        words, dashed = {}, {}
        for group in root.iter(f"{SVG}g"):
            if name := group.get("data-edge"):
                words[name] = words.get(name, "") + " ".join(text.text for text in group.iter(f"{SVG}text"))
                dashed[name] = dashed.get(name, False) or any(p.get("stroke-dasharray") for p in group)
        assert set(words) == {edge.id for edge in one.picture.edges}
        for edge in one.picture.edges:
            assert dashed[edge.id] == edge.reconstructed
            wanted = "" if one.picture.small else " ".join(f"{edge.label} {edge.deadline}".split())
            assert " ".join(words[edge.id].split()) == wanted


def test_a_policy_without_inline_style_and_script_is_kept(maps):
    """No style, script, handler, bare href or outside address is in a map, its frame or its text equivalent."""
    for one in maps.values():
        html = one.figure(PAGE) + one.text_html(PAGE)
        assert not re.search(r"<(style|script|foreignObject|image)\b|\sstyle=|\son[a-z]+=", html)
        assert not re.search(r"<a href", one.svg(PAGE))
        assert set(re.findall(r"https?://[^\"' ]+", html)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }


def test_ids_are_the_map_s_own(maps):
    """All ids begin with the map's name and none is given twice, over all maps and their text equivalents."""
    seen = []
    for name, one in maps.items():
        ids = re.findall(r'\sid="([^"]+)"', one.figure(PAGE) + one.text_html(PAGE))
        assert all(found == f"map-{name}" or found.startswith(f"map-{name}-") for found in ids)
        seen += ids
    assert len(seen) == len(set(seen))


def test_a_map_may_stand_twice_on_a_page(maps):
    """A prefix keeps the ids of a second copy apart."""
    one = maps["by_hand_decision"]
    first, second = (re.findall(r'\sid="([^"]+)"', one.svg(PAGE, prefix=prefix)) for prefix in ("", "again"))
    assert not set(first) & set(second)


def test_words_are_at_least_twelve_pixels(drawings):
    """At natural scale nothing is written smaller than 12 pixels, and the map keeps that scale."""
    for _, root in drawings:
        assert all(float(text.get("font-size")) >= 12 for text in root.iter(f"{SVG}text"))
        width = float(root.get("viewBox").split()[2])
        step = next(int(c.removeprefix("map-w-")) for c in root.get("class").split() if c.startswith("map-w-"))
        assert width <= step < width + 21
        assert root.get("width") is None and root.get("height") is None


def test_nodes_do_not_cover_each_other(drawings):
    """No two nodes of a map overlap, and all lie within it."""
    for one, root in drawings:
        _, _, width, height = (float(part) for part in root.get("viewBox").split())
        places = to_places(one)
        for box in places.values():
            assert box.left >= 0 and box.top >= 0 and box.right <= width and box.bottom <= height
        for (a, x), (b, y) in combinations(places.items(), 2):
            apart = x.right <= y.left or y.right <= x.left or x.bottom <= y.top or y.bottom <= x.top
            assert apart, f"{a} and {b} on {one.picture.id}"


def to_places(one):
    return diagrams.svg._read(one.picture, one.drawn).nodes


def test_stages_of_the_journeys_are_narrow_enough_to_follow_on_a_phone(maps):
    """A journey's own stages are narrow; whatever is wider than a phone scrolls in its own frame."""
    for name in ("enforcement_identification", "enforcement_assessment"):
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', maps[name].svg(PAGE))[1])
        assert width <= 560
        assert '<section class="map-frame" tabindex="0" aria-label="Map:' in maps[name].figure(PAGE)


def test_the_legend_names_what_is_used(maps):
    """The legend says in words each shape, colour and line of the map, the dashes of our reconstruction among them."""
    figure = maps["by_hand_journey"].figure(PAGE)
    legend = re.sub(r"<[^>]+>", " ", figure[figure.index("map-legend") :])
    for words in ("our reconstruction", "the part common to all journeys", "police", "CJIT", "a decision", "the end"):
        assert words in legend
    assert "our reconstruction" not in maps["by_hand_decision"].figure(PAGE)


def test_two_builds_give_the_same_bytes(maps):
    """Drawing again gives the same bytes, map for map, alone or in a batch."""
    again = draw([one.picture for one in reversed(maps.values())], STYLE, HASH)
    assert {name: one.svg(PAGE) for name, one in maps.items()} == {name: one.svg(PAGE) for name, one in again.items()}
    alone = render({"x": to_dot(JOURNEY, STYLE)})["x"]
    assert to_svg(JOURNEY, alone, STYLE, PAGE, rules_hash=HASH) == maps[JOURNEY.id].svg(PAGE)


def test_a_missing_library_is_said_plainly(monkeypatch, tmp_path):
    """Without node_modules the error says what is missing and which command brings it."""
    monkeypatch.setattr(diagrams.render, "SCRIPT", Path(tmp_path, "diagrams", "render.mjs"))
    with pytest.raises(RenderError, match=r"wasm-graphviz is not in node_modules\. Run `make setup`"):
        render({"x": "digraph { a }"})


def test_a_graph_that_is_refused_is_named():
    """When Graphviz refuses a graph the error names the map and gives Graphviz's reason."""
    with pytest.raises(RenderError, match=r"broken: .*syntax error"):
        render({"good": "digraph { a }", "broken": "digraph { a -> }"})


def test_nothing_to_draw_starts_nothing(monkeypatch):
    """An empty batch needs no Node."""
    monkeypatch.setattr(diagrams.render, "SCRIPT", Path("/nowhere/diagrams/render.mjs"))
    assert render({}) == {}


def test_a_drawing_of_another_picture_is_refused():
    """A drawing that does not fit its picture is an error, not a wrong map."""
    drawn = render({"x": to_dot(DECISION, STYLE)})["x"]
    with pytest.raises(RenderError, match="has other nodes"):
        to_svg(JOURNEY, drawn, STYLE, PAGE)
