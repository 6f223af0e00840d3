"""The neutral picture model."""

import pytest

from diagrams import Cluster, Edge, Node, Picture, PictureError
from tests.unit.diagram_pictures import JOURNEY

STEP = Node("IE1", "Required assessment", "action", "police", "Police", "IE1")


@pytest.mark.parametrize(
    ("nodes", "edges", "clusters", "words"),
    [
        ((STEP, STEP), (), (), "two of the node IE1"),
        ((STEP,), (Edge("a", "IE1", "IE9"),), (), "edge a names IE9"),
        ((STEP,), (Edge("a", "IE1", "IE1"), Edge("a", "IE1", "IE1")), (), "two of the edge a"),
        ((STEP,), (), (Cluster("c", "C", ("IE7",)),), "cluster c names IE7"),
        ((STEP,), (), (Cluster("c", "C", ("IE1",)), Cluster("d", "D", ("IE1",))), "in two clusters: IE1"),
        ((Node("x", "X", "circle"),), (), (), "unknown kind 'circle'"),
        ((Node("x", " ", "end"),), (), (), "node x has no title"),
        ((Node('x" y', "X", "end"),), (), (), "other characters"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(nodes, edges, clusters, words):
    """A picture with a fault is refused when it is made, with the fault in words."""
    with pytest.raises(PictureError, match=words):
        Picture("p", "P", "A picture.", nodes, edges, clusters)


def test_the_role_is_written_in_the_node():
    """Who acts stands in the node in words, because colour is never the only sign."""
    assert STEP.kicker == "IE1 · Police"


def test_ways_are_found_from_both_ends():
    """The ways out of a node and the ways into it are the edges of the picture."""
    assert [edge.head for edge in JOURNEY.ways_out("IE4")] == ["IE4a", "Com1"]
    assert [edge.tail for edge in JOURNEY.ways_in("Com1")] == ["IE4", "IE4b"]
