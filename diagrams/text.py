"""The text equivalent of a map: the same picture as an ordered list with links, for ears, print and small screens.

Made from the very `Picture` that is drawn. `steps` gives a neutral structure; `to_html` and `to_markdown` write it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from diagrams.graph import Node, Picture
from diagrams.links import relative_link

OURS = "our reconstruction"

KIND_WORDS = {
    "start": "start",
    "action": "",
    "decision": "decision",
    "question": "question",
    "end": "end",
    "outcome": "answer",
    "gap": "gap: the source is silent",
    "elsewhere": "on another map",
}


@dataclass(frozen=True)
class Way:
    condition: str  # in words; empty where nothing is asked
    deadline: str
    reconstructed: bool
    to: Node
    anchor: str  # of the step that it leads to, in the same list
    number: int  # of that step in the list; 0 where it has none
    ends: bool  # it leads to a dead end that nothing else leads to: said here, not as a step of its own


@dataclass(frozen=True)
class Step:
    node: Node
    anchor: str
    stage: str  # the stage's title, or empty
    ways: tuple[Way, ...]


def steps(picture: Picture, prefix: str = "") -> tuple[Step, ...]:
    """The picture's nodes in their order, with their ways out. Anchors begin with "map-" and the picture's id.

    An end that only one way leads to has no step of its own: it is told where that way is (`Way.ends`).
    """
    start = prefix or f"map-{picture.id}"
    stages = {name: cluster.title for cluster in picture.clusters for name in cluster.nodes}
    listed = [node for node in picture.nodes if not _told_there(picture, node.id)]
    numbers = {node.id: number for number, node in enumerate(listed, start=1)}
    return tuple(
        Step(
            node,
            f"{start}-text-{node.id}",
            stages.get(node.id, ""),
            tuple(
                Way(
                    edge.in_full or edge.label,
                    edge.deadline,
                    edge.reconstructed,
                    picture.node(edge.head),
                    f"{start}-text-{edge.head}",
                    numbers.get(edge.head, 0),
                    edge.head not in numbers,
                )
                for edge in picture.ways_out(node.id)
            ),
        )
        for node in listed
    )


def _told_there(picture: Picture, node_id: str) -> bool:
    return not picture.ways_out(node_id) and len(picture.ways_in(node_id)) == 1


def name_of(node: Node) -> str:
    """A node's short name and title, as its name in a sentence."""
    return f"{node.label}, {node.title}" if node.label and node.kind != "gap" else node.title


def _step_name(way: Way) -> str:
    """Where a way leads. One question may be asked in two places: its number tells them apart."""
    return name_of(way.to) if way.to.label else f"step {way.number}, {name_of(way.to)}"


def _aside(node: Node) -> str:
    """Who acts and what kind of node it is, in brackets; colour and shape say the same on the map."""
    words = [part for part in (node.role_title, KIND_WORDS[node.kind]) if part]
    return f" ({'; '.join(words)})" if words else ""


def _way_words(way: Way) -> str:
    condition = way.condition or "then"
    return f"{condition}, {way.deadline}" if way.deadline else condition


def to_html(picture: Picture, page: str, *, prefix: str = "", directory_urls: bool = True) -> str:
    """An ordered list for the page of docs/ named by `page`; each way out leads to the step's own item."""

    def linked(node: Node) -> str:
        words = escape(name_of(node), quote=False)
        if not node.href:
            return f"<strong>{words}</strong>"
        return f'<a href="{escape(relative_link(node.href, page, directory_urls))}"><strong>{words}</strong></a>'

    def way_out(way: Way) -> str:
        words = escape(_way_words(way), quote=False)
        ours = f' <span class="map-mark">({OURS})</span>' if way.reconstructed else ""
        if way.ends:
            aside = escape(_aside(way.to), quote=False)
            return f'<li id="{way.anchor}">{words}: {linked(way.to)}{aside}{ours}</li>'
        return f'<li>{words}: to <a href="#{way.anchor}">{escape(_step_name(way), quote=False)}</a>{ours}</li>'

    items, stage = [], None
    for step in steps(picture, prefix):
        stage_words = ""
        if step.stage and step.stage != stage and len(picture.clusters) > 1:
            stage_words = f'<span class="map-mark">{escape(step.stage, quote=False)}:</span> '
        stage = step.stage
        ways = "".join(way_out(way) for way in step.ways)
        items.append(
            f'<li id="{step.anchor}">{stage_words}{linked(step.node)}{escape(_aside(step.node), quote=False)}'
            + (f"<ul>{ways}</ul>" if ways else "")
            + "</li>"
        )
    return f'<ol class="map-text" data-search-exclude="">{"".join(items)}</ol>'


def to_markdown(picture: Picture, page: str, *, prefix: str = "", directory_urls: bool = True) -> str:
    """The same list as Markdown, for a page that Python-Markdown reads."""

    def linked(node: Node) -> str:
        words = f"**{_plain(name_of(node))}**"
        return f"[{words}]({relative_link(node.href, page, directory_urls)})" if node.href else words

    lines = []
    for place, step in enumerate(steps(picture, prefix), start=1):
        lines.append(f'{place}. <span id="{step.anchor}"></span>{linked(step.node)}{_plain(_aside(step.node))}')
        for way in step.ways:
            ours = f" ({OURS})" if way.reconstructed else ""
            if way.ends:
                to = f'<span id="{way.anchor}"></span>{linked(way.to)}{_plain(_aside(way.to))}'
            else:
                to = f"to [{_plain(_step_name(way))}](#{way.anchor})"
            lines.append(f"    - {_plain(_way_words(way))}: {to}{ours}")
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """Words that Markdown must not read as its own signs."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in words)
