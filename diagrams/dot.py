"""Picture → DOT, the language of Graphviz. Pure: the same picture and style always give the same text.

Graphviz is asked for places only: where each step, way and word goes. Colours and the final shapes come from
svg.py and the stylesheet.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise

import graphviz

from diagrams.graph import Edge, Node, Picture
from diagrams.style import Style
from diagrams.wrapping import wrap

# Space above and below each line of a node, in points.
LINE_GAP = 1

# Keeps the words on a way clear of the line beside them.
ASIDE = "\N{NO-BREAK SPACE}"

# How much straighter the ways that lead on are kept than the ways that end or lead back.
MAIN_WEIGHT = "12"


def to_dot(picture: Picture, style: Style) -> str:
    """The DOT text of a picture; every node and edge carries its own id into the SVG."""
    graph = graphviz.Digraph(
        name=picture.id,
        graph_attr={
            "rankdir": "TB" if picture.direction == "down" else "LR",
            "fontname": style.font.measured_as,
            "fontsize": _number(style.font.stage),
            "nodesep": "0.16" if picture.small else "0.18",
            "ranksep": "0.28" if picture.small else "0.34",
            "pad": "0.06",
            "newrank": "true",  # ranks run across the stages, so that stages keep their order
            "labeljust": "l",
        },
        node_attr={"fontname": style.font.measured_as, "shape": "box", "penwidth": "1"},
        edge_attr={
            "fontname": style.font.measured_as,
            "fontsize": _number(style.font.way),
            "arrowsize": "0.75",
        },
    )
    inline = words_in_line(picture)
    clustered = {name for cluster in picture.clusters for name in cluster.nodes}
    for cluster in picture.clusters:
        label = f"<<B>{escape(cluster.title, quote=False)}</B>>"
        look = {"label": label, "id": cluster.id, "margin": "8"}
        with graph.subgraph(name=f"cluster_{cluster.id}", graph_attr=look) as stage:
            for name in cluster.nodes:
                _add_node(stage, picture, picture.node(name), style)
                for edge in picture.ways_in(name):
                    if edge.id in inline:
                        _add_words(stage, edge, style)
    for node in picture.nodes:
        if node.id not in clustered:
            _add_node(graph, picture, node, style)
            for edge in picture.ways_in(node.id):
                if edge.id in inline:
                    _add_words(graph, edge, style)
    main = _main_line(picture)
    for edge in picture.edges:
        attributes = {"id": edge.id}
        if edge.id in main:
            attributes["weight"] = MAIN_WEIGHT
        label = "" if picture.small else _edge_label(edge, style)
        if edge.id in inline:
            graph.edge(edge.tail, words_node(edge), id=edge.id, arrowhead="none")
            graph.edge(words_node(edge), edge.head, id=f"{words_node(edge)}__on", weight="8")
        elif label:
            graph.edge(edge.tail, edge.head, label=label, **attributes)
        else:
            graph.edge(edge.tail, edge.head, **attributes)
    for above, below in _stacking(picture, inline):
        graph.edge(above, below, style="invis", weight="3")
    return graph.source


def _add_node(graph: graphviz.Digraph, picture: Picture, node: Node, style: Style) -> None:
    if picture.small:
        graph.node(
            node.id,
            label=f'<<FONT POINT-SIZE="{_number(style.font.small)}"><B>{_text(node.label or node.title)}</B></FONT>>',
            id=node.id,
            margin="0.07,0.03",
            width="0.6",
            height="0.3",
        )
        return
    lines = node_lines(node, style)
    rows = "".join(
        f'<TR><TD><FONT POINT-SIZE="{_number(style.font.role if small else style.font.title)}">'
        f"{_text(words) if small else f'<B>{_text(words)}</B>'}</FONT></TD></TR>"
        for words, small in lines
    )
    label = f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{LINE_GAP}">{rows}</TABLE>'
    # Every node is a box to Graphviz; its outline is drawn later, within the box.
    margin = {"action": "0.15,0.07", "decision": "0.22,0.08", "question": "0.22,0.08"}.get(node.kind, "0.17,0.09")
    graph.node(node.id, label=f"<{label}>", id=node.id, margin=margin)


def node_lines(node: Node, style: Style) -> list[tuple[str, bool]]:
    """The lines written in a node, each with whether it is a small one (short name and role)."""
    kicker = [(part, True) for part in wrap(node.kicker, style.wrap.role)] if node.kicker else []
    return kicker + [(part, False) for part in wrap(node.title, _title_width(node, style))]


def _title_width(node: Node, style: Style) -> int:
    if node.kind in ("question", "decision"):
        return style.wrap.question
    if node.kind in ("end", "gap", "outcome", "start", "elsewhere"):
        return style.wrap.end
    return style.wrap.title


def edge_lines(edge: Edge, style: Style) -> list[tuple[str, bool]]:
    """The lines written on a way, each with whether it states the deadline."""
    condition = [(part, False) for part in wrap(edge.label, style.wrap.way)]
    return condition + [(part, True) for part in wrap(edge.deadline, style.wrap.way)]


def _edge_label(edge: Edge, style: Style) -> str:
    return "\\n".join(graphviz.escape(f"{ASIDE}{words}{ASIDE}") for words, _ in edge_lines(edge, style))


def words_in_line(picture: Picture) -> set[str]:
    """The ways that are broken by their own words, right above the end that they lead to.

    Where many ways lead from one step to ends, words beside each line would push the lines about.
    """
    if picture.direction != "down" or picture.small:
        return set()
    return {
        edge.id
        for node in picture.nodes
        if len(ends := _dead_ends(picture, node.id)) > 2
        for edge in picture.ways_out(node.id)
        if edge.head in ends and (edge.label or edge.deadline)
    }


def words_node(edge: Edge) -> str:
    """The name of the node that stands for a way's words in Graphviz's drawing, and of the way's second half."""
    return f"words__{edge.id}"


def _add_words(graph: graphviz.Digraph, edge: Edge, style: Style) -> None:
    name = words_node(edge)
    graph.node(
        name,
        label=_edge_label(edge, style),
        id=name,
        shape="plaintext",
        margin="0.02,0.02",
        width="0.1",
        height="0.1",
        fontsize=_number(style.font.way),
    )


def _stacking(picture: Picture, inline: set[str]) -> list[tuple[str, str]]:
    """Pairs of nodes to put one above the other, so that a map grows longer and not wider.

    Where a step has ways out that simply end, the ends are stacked beside the main line and the main line goes
    on below them: on a phone a long map is read by the thumb, a wide one is not read at all.
    """
    if picture.direction != "down" or picture.small:
        return []
    pairs = []
    for node in picture.nodes:
        ends = _dead_ends(picture, node.id)
        heads = dict.fromkeys(edge.head for edge in picture.ways_out(node.id) if edge.head != node.id)
        onward = [h for h in heads if h not in ends and not _leads_back(picture, h, node.id)]
        if not ends or len(heads) < 2:
            continue
        for above, below in pairwise(ends):
            words = [words_node(edge) for edge in _between(picture, node.id, below) if edge.id in inline]
            pairs += [(above, name) for name in words or [below]]
        pairs += [(ends[-1], head) for head in onward]
    islands = _islands(picture)
    for above, below in pairwise(islands):
        held = {first for first, _ in pairs}
        lowest = [name for name in above if not picture.ways_out(name) and name not in held]
        highest = [name for name in below if not picture.ways_in(name)]
        pairs += [(low, high) for low in lowest[-1:] for high in highest]
    return pairs


def _islands(picture: Picture) -> list[list[str]]:
    """The parts of a picture that no way joins, the largest first: they are set one below the other."""
    island = {node.id: {node.id} for node in picture.nodes}
    for edge in picture.edges:
        joined = island[edge.tail] | island[edge.head]
        for name in joined:
            island[name] = joined
    parts = {min(part): [node.id for node in picture.nodes if node.id in part] for part in island.values()}
    return sorted(parts.values(), key=len, reverse=True)


def _dead_ends(picture: Picture, node_id: str) -> list[str]:
    """Where ways from this node simply end: nothing leads on from there, and nothing else leads there."""
    heads = dict.fromkeys(edge.head for edge in picture.ways_out(node_id) if edge.head != node_id)
    ends = [
        head
        for head in heads
        if not picture.ways_out(head) and {edge.tail for edge in picture.ways_in(head)} == {node_id}
    ]
    # What goes on on another map comes after what really ends.
    return sorted(ends, key=lambda head: picture.node(head).kind == "elsewhere")


def _between(picture: Picture, tail: str, head: str) -> list[Edge]:
    return [edge for edge in picture.edges if edge.tail == tail and edge.head == head]


def _main_line(picture: Picture) -> set[str]:
    """The edges that lead on: neither to a dead end nor back."""
    return {
        edge.id
        for edge in picture.edges
        if picture.ways_out(edge.head) and not _leads_back(picture, edge.head, edge.tail)
    }


def _leads_back(picture: Picture, start: str, goal: str) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            waiting += [edge.head for edge in picture.ways_out(node)]
    return False


def _text(words: str) -> str:
    return escape(words, quote=False)


def _number(value: float) -> str:
    return f"{value:g}"
