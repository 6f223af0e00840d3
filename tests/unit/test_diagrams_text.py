"""The text equivalent of a map."""

import re
import xml.etree.ElementTree as ET

from diagrams.text import steps, to_html, to_markdown
from tests.unit.diagram_pictures import JOURNEY, PAGE

HTML = to_html(JOURNEY, PAGE)


def test_every_node_and_every_way_is_told():
    """Each node has its place in the list, as a step or where the only way to it ends, and each way is told once."""
    told = {step.node.id for step in steps(JOURNEY)}
    ways = [way for step in steps(JOURNEY) for way in step.ways]
    assert told | {way.to.id for way in ways if way.ends} == {node.id for node in JOURNEY.nodes}
    assert len(ways) == len(JOURNEY.edges)
    for edge in JOURNEY.edges:
        assert edge.label in HTML and edge.deadline in HTML


def test_the_html_is_well_formed_and_its_own_links_lead_somewhere():
    """Every link within the list meets an id of the list."""
    root = ET.fromstring(HTML)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    own = {a.get("href")[1:] for a in root.iter("a") if a.get("href").startswith("#map-")}
    assert own and own <= ids


def test_who_acts_and_what_is_ours_are_said_in_words():
    """The role, the kind, the deadline and our reconstruction are words here, not colour, shape and dashes."""
    step = HTML[HTML.index('id="map-by_hand_journey-text-IE3"') :]
    step = re.sub(r"<[^>]+>", "", step[: step.index("</ul>")])
    assert "IE3, Is a follow-up assessment needed? (CJIT worker; decision)" in step
    assert "follow-up required, within five working days: to IE4" in step
    assert "(our reconstruction)" in step


def test_links_to_the_guidance_are_relative_to_the_page():
    """A step links to its place in the guidance from wherever the list stands."""
    assert 'href="#ie1"' in HTML
    assert 'href="../common/#com1"' in HTML
    assert 'href="../../guidance/enforcement/#ie1"' in to_html(JOURNEY, "tools/appointment.md")


def test_markdown_says_the_same():
    """The Markdown form has the same steps, numbered, with the same ways."""
    text = to_markdown(JOURNEY, PAGE)
    assert len(re.findall(r"^\d+\. ", text, re.M)) == len(steps(JOURNEY))
    assert len(re.findall(r"^    - ", text, re.M)) == len(JOURNEY.edges)
    assert "[**IE1, Require attendance at the assessments**](#ie1) (Police)" in text
