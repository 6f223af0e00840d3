"""The neutral picture model: what a map says, before anybody decides how it looks.

Journeys and decision diagrams become a `Picture`; the drawing (dot, svg) and the text equivalent (text) are
both made from that one `Picture`, so that they cannot say different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diagrams.errors import PictureError

# start, end     where a journey begins and stops
# action         somebody does something
# decision       somebody decides, and the ways out differ
# question       one question of a tool
# outcome, gap   what a tool answers; a gap says that the source is silent
# elsewhere      a step that another map draws: this map only leads to it, or comes from it
KINDS = ("start", "action", "decision", "end", "outcome", "gap", "question", "elsewhere")

DIRECTIONS = ("down", "right")

# Names go into DOT, into element ids and into CSS selectors; these characters are safe in all three.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Node:
    id: str
    title: str
    kind: str
    role: str = "none"  # colour key, as in roles.yml
    role_title: str = ""  # the role in words: colour is never the only sign
    label: str = ""  # the short name shown before the role, such as IE1
    href: str | None = None  # "guidance/enforcement.md#ie1": a page of docs/, an anchor, or both
    tooltip: str = ""
    common: bool = False  # belongs to the part that all journeys share
    current: bool = False  # "you are here" on a locator map
    of: str = ""  # what it stands for, where a picture shows one thing in several places

    @property
    def kicker(self) -> str:
        """The small first line of a node: its short name and who acts."""
        return " · ".join(part for part in (self.label, self.role_title) if part)


@dataclass(frozen=True)
class Edge:
    id: str
    tail: str
    head: str
    label: str = ""  # the condition in words; empty where nothing is asked
    in_full: str = ""  # the condition at length, for the text equivalent, where the label had to be short
    deadline: str = ""  # the rule's own words, such as "within five working days"
    reconstructed: bool = False  # not stated by the source: our reading of the order of things


@dataclass(frozen=True)
class Cluster:
    id: str
    title: str
    nodes: tuple[str, ...]
    common: bool = False


@dataclass(frozen=True)
class Picture:
    id: str
    title: str
    description: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    direction: str = "down"
    small: bool = False  # short names only: a locator map

    def __post_init__(self) -> None:
        _check(self)

    def node(self, node_id: str) -> Node:
        return next(node for node in self.nodes if node.id == node_id)

    def ways_out(self, node_id: str) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.tail == node_id)

    def ways_in(self, node_id: str) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.head == node_id)


def _check(picture: Picture) -> None:
    """Refuse a picture that could not be drawn or told faithfully, naming everything that is wrong with it."""
    wrong: list[str] = []
    ids = [node.id for node in picture.nodes]
    known = set(ids)
    for name in [picture.id, *ids, *(e.id for e in picture.edges), *(c.id for c in picture.clusters)]:
        if not _NAME.fullmatch(name):
            wrong.append(f"the name {name!r} has other characters than letters, digits and underscores")
    for group, names in (
        ("node", ids),
        ("edge", [edge.id for edge in picture.edges]),
        ("cluster", [cluster.id for cluster in picture.clusters]),
        ("node, in two clusters:", [node for cluster in picture.clusters for node in cluster.nodes]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            wrong.append(f"there are two of the {group} {name}")
    for node in picture.nodes:
        if node.kind not in KINDS:
            wrong.append(f"node {node.id} is of the unknown kind {node.kind!r}")
        if not node.title.strip():
            wrong.append(f"node {node.id} has no title")
    for edge in picture.edges:
        for end in (edge.tail, edge.head):
            if end not in known:
                wrong.append(f"edge {edge.id} names {end}, which is not in the picture")
    for cluster in picture.clusters:
        for name in cluster.nodes:
            if name not in known:
                wrong.append(f"cluster {cluster.id} names {name}, which is not in the picture")
    if picture.direction not in DIRECTIONS:
        wrong.append(f"the direction is {picture.direction!r}")
    if wrong:
        raise PictureError(f"The picture {picture.id} cannot be drawn: " + "; ".join(wrong) + ".")
