"""From pathways to pictures, on rules as small as can be."""

import pytest

from decision_logic import RuleSet
from diagrams import PictureError, journey, locator, stages
from tests.unit.diagram_rules import PLAIN

RULES = RuleSet.from_plain(PLAIN)
WHOLE = journey(RULES, "enforcement")


def test_points_and_edges_of_the_included_pathway_are_drawn():
    """A journey shows its own points and those of the common part, which is grey."""
    assert {node.id for node in WHOLE.nodes if not node.common} >= {"IE1", "IE2"}
    assert {node.id for node in WHOLE.nodes if node.common} == {"Com1", "end_closed"}
    assert [cluster.common for cluster in WHOLE.clusters] == [False, False, True]


def test_an_edge_says_its_condition_and_the_rule_s_own_deadline():
    """The words on a way are the label, or made from the condition; the deadline is that of deadlines.yml."""
    edges = {edge.id: edge for edge in WHOLE.edges}
    assert edges["ie1_to_ie2"].label == "Attends: yes"
    assert edges["ie1_to_ie2"].deadline == "within five working days"
    assert edges["ie1_to_ie2"].reconstructed and not edges["ie1_fails"].reconstructed
    assert edges["ie2_to_com1"].label == ""


def test_one_number_changed_in_the_rules_changes_the_map():
    """A deadline stands in the rules alone: the map follows it."""
    changed = {**PLAIN["deadlines"]["follow_up"], "limit": {"count": "7", "unit": "working_days"}}
    picture = journey(RuleSet.from_plain({**PLAIN, "deadlines": {"follow_up": changed}}), "enforcement")
    assert "within seven working days" in {edge.deadline for edge in picture.edges}


def test_every_point_links_to_its_place_in_the_guidance():
    """A point links to its pathway's page, the common ones to the common page."""
    links = {node.id: node.href for node in WHOLE.nodes}
    assert links["IE1"] == "guidance/enforcement.md#ie1"
    assert links["Com1"] == "guidance/common.md#com1"


def test_an_end_stands_where_each_way_to_it_ends():
    """An end that two steps lead to is drawn at each of them, and both stand for the one in the rules."""
    ends = [node for node in WHOLE.nodes if node.of == "end_failed"]
    assert [node.id for node in ends] == ["end_failed_after_IE1", "end_failed_after_IE2"]


def test_a_stage_shows_where_it_comes_from_and_where_it_goes():
    """Each stage is a picture of its own, the steps next door shown as drawn on another map, and no edge is lost."""
    identification, assessment, common = stages(WHOLE)
    assert [node.of for node in identification.nodes if node.kind == "elsewhere"] == ["IE2"]
    assert {node.of or node.id for node in assessment.nodes if node.kind == "elsewhere"} == {"IE1", "Com1"}
    drawn = {edge.id for picture in (identification, assessment, common) for edge in picture.edges}
    assert drawn == {edge.id for edge in WHOLE.edges}
    assert common.clusters[0].common


def test_a_small_map_marks_the_point():
    """The small map of a point marks it in words and for assistive technology, and no other."""
    picture = locator(WHOLE, "IE2")
    assert [node.id for node in picture.nodes if node.current] == ["IE2"]
    assert picture.node("IE2").label == "IE2 · here"
    assert picture.small and "stage_identification" in {node.id for node in picture.nodes}


def test_a_small_map_of_an_unknown_point_is_refused():
    """A point that the journey has not got is an error, not an empty map."""
    with pytest.raises(PictureError, match="no point IE9"):
        locator(WHOLE, "IE9")
