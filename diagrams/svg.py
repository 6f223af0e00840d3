"""The SVG that Graphviz draws → the SVG that stands in a page.

Graphviz has decided where everything goes; this gives it its final shapes, classes, links and names. The
result has no script, no style, nothing fetched from elsewhere, and every id begins with the map's own.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html import escape

from diagrams import shapes
from diagrams.dot import edge_lines, node_lines, words_node
from diagrams.errors import RenderError
from diagrams.graph import Cluster, Edge, Node, Picture
from diagrams.links import relative_link
from diagrams.shapes import Box, Point, number
from diagrams.style import Scheme, Style, shown_height, width_class

_SVG = "{http://www.w3.org/2000/svg}"
_TIP_LENGTH = 7.5
_TIP_HALF_WIDTH = 3.6


@dataclass(frozen=True)
class _Way:
    points: tuple[Point, ...]  # a start, then three for each Bézier curve
    tip: Point | None  # where the arrow ends; None on the first half of a way that its words break
    label: Point | None  # the middle of the label's first line, at its base line


@dataclass(frozen=True)
class _Places:
    width: float
    height: float
    nodes: dict[str, Box]
    clusters: dict[str, Box]
    ways: dict[str, tuple[_Way, ...]]  # one part, or two where the way is broken by its own words


def to_svg(
    picture: Picture,
    drawn: str,
    style: Style,
    page: str,
    *,
    prefix: str = "",
    directory_urls: bool = True,
    rules_hash: str = "",
) -> str:
    """The finished SVG, in one line, for the page of docs/ named by `page` ("guidance/enforcement.md").

    `drawn` is what render.py made of the same picture. `prefix` sets the beginning of every id, where one map
    stands twice on a page; it is "map-" and the picture's id otherwise. `rules_hash` is that of the rules it was made
    from, which the map carries. Raises RenderError when `drawn` is of another picture.
    """
    places = _read(picture, drawn)
    return _Writer(picture, places, style, page, prefix or f"map-{picture.id}", directory_urls, rules_hash).write()


class _Writer:
    def __init__(
        self,
        picture: Picture,
        places: _Places,
        style: Style,
        page: str,
        prefix: str,
        directory_urls: bool,
        rules_hash: str,
    ) -> None:
        self.picture, self.places, self.style = picture, places, style
        self.page, self.prefix, self.directory_urls, self.rules_hash = page, prefix, directory_urls, rules_hash
        # Fallbacks for whoever opens the file without the stylesheet: the light colours, as on paper.
        self.light: Scheme = style.light

    def write(self) -> str:
        picture, p = self.picture, self.prefix
        linked = any(node.href for node in picture.nodes)
        classes = ["map", width_class(self.places.width)] + (["map-small"] if picture.small else [])
        # "img" would hide the links inside from screen readers; a group with a name keeps them.
        role = "group" if linked else "img"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="{p}"'
            f' class="{" ".join(classes)}" viewBox="0 0 {number(self.places.width)} {number(self.places.height)}"'
            f' role="{role}" aria-labelledby="{p}-title" aria-describedby="{p}-desc" focusable="false"'
            f' data-map="{picture.id}" data-height="{shown_height(self.places.width, self.places.height):g}" data-rules-hash="{_attribute(self.rules_hash)}" data-search-exclude="">',
            f'<title id="{p}-title">{_text(picture.title)}</title>',
            f'<desc id="{p}-desc">{_text(picture.description)}</desc>',
        ]
        # What is not a link is said better by the text equivalent: read out here, it would be loose words.
        parts.append('<g aria-hidden="true">')
        parts += [self._cluster(cluster) for cluster in picture.clusters]
        parts += [self._way(edge) for edge in picture.edges]
        parts += [self._stage_title(cluster) for cluster in picture.clusters]
        parts += [self._way_label(edge) for edge in picture.edges]
        parts.append("</g>")
        parts += [self._node(node) for node in picture.nodes]
        parts.append("</svg>")
        return "".join(parts)

    def _cluster(self, cluster: Cluster) -> str:
        box = self.places.clusters[cluster.id]
        common = " map-common" if cluster.common else ""
        fill = self.light.common_stage if cluster.common else self.light.stage
        return (
            f'<g class="map-stage{common}" id="{self.prefix}-stage-{cluster.id}" data-stage="{cluster.id}">'
            f'<path class="map-stage-ground" d="{shapes.rounded(box, 8)}" fill="{fill}"'
            f' stroke="{self.light.stage_line}"/></g>'
        )

    def _stage_title(self, cluster: Cluster) -> str:
        box = self.places.clusters[cluster.id]
        size = self.style.font.stage
        at = box.left + 10, box.top + 6 + size
        ground, colour = self._ground(at)
        return (
            f'<text class="map-stage-title{ground}" x="{number(at[0])}" y="{number(at[1])}"'
            f' {self._font(size, bold=True)} fill="{self.light.stage_title}" {_strip(colour)}>'
            f"{_text(cluster.title)}</text>"
        )

    def _way(self, edge: Edge) -> str:
        parts = self._finished(edge)
        ours = " map-reconstructed" if edge.reconstructed else ""
        dashes = ' stroke-dasharray="5 4"' if edge.reconstructed else ""
        lines = "".join(
            f'<path class="map-way" d="{_curve(part.points)}" fill="none" stroke="{self.light.way}"'
            f' stroke-width="{number(self.style.line.way)}"{dashes}/>'
            for part in parts
        )
        return (
            f'<g class="map-edge{ours}" id="{self.prefix}-way-{edge.id}" data-edge="{edge.id}"'
            f' data-from="{edge.tail}" data-to="{edge.head}">{lines}'
            f'<path class="map-tip" d="{_tip(parts[-1])}" fill="{self.light.way}"/></g>'
        )

    def _finished(self, edge: Edge) -> list[_Way]:
        """The way with both ends led on to the outlines, which may stand back from Graphviz's boxes."""
        parts = list(self.places.ways[edge.id])
        tail, head = self.picture.node(edge.tail), self.picture.node(edge.head)
        points = list(parts[0].points)
        back = _direction(points[1], points[0])
        gap = shapes.to_outline(_shape(tail, self.picture), self.places.nodes[tail.id], points[0], back)
        # Under the node's own shape the line cannot be seen, so a little too far is better than too short.
        points[0] = _moved(points[0], back, gap + (1 if gap else 0))
        parts[0] = _Way(tuple(points), parts[0].tip, parts[0].label)
        points = list(parts[-1].points)
        tip = parts[-1].tip or points[-1]
        onward = _direction(points[-1], tip) if parts[-1].tip else _direction(points[-2], tip)
        gap = shapes.to_outline(_shape(head, self.picture), self.places.nodes[head.id], tip, onward)
        tip = _moved(tip, onward, gap)
        points[-1] = _moved(tip, onward, -_TIP_LENGTH + 1)
        parts[-1] = _Way(tuple(points), tip, parts[-1].label)
        return parts

    def _way_label(self, edge: Edge) -> str:
        at = self.places.ways[edge.id][0].label
        if not at:
            return ""
        ground, colour = self._ground(at)
        rows = []
        size = self.style.font.way
        for row, (words, deadline) in enumerate(edge_lines(edge, self.style)):
            rows.append(
                f'<text class="map-way-label{ground}{" map-deadline" if deadline else ""}" x="{number(at[0])}"'
                f' y="{number(at[1] + row * size * 1.2)}" text-anchor="middle" {self._font(size, bold=deadline)}'
                f' fill="{self.light.ink if deadline else self.light.muted}" {_strip(colour)}>{_text(words)}</text>'
            )
        return f'<g class="map-edge" data-edge="{edge.id}">{"".join(rows)}</g>'

    def _ground(self, at: Point) -> tuple[str, str]:
        """The class and colour of the ground under a way's words, which are set on a strip of it."""
        for cluster in self.picture.clusters:
            if self.places.clusters[cluster.id].holds(at):
                if cluster.common:
                    return " map-on-common", self.light.common_stage
                return " map-on-stage", self.light.stage
        return "", self.light.page

    def _node(self, node: Node) -> str:
        box = self.places.nodes[node.id]
        classes = ["map-node", f"map-{node.kind}", f"map-role-{node.role}"]
        classes += ["map-common"] if node.common else []
        classes += ["is-here"] if node.current else []
        inner = self._shape_of(node, box) + self._words(node, box)
        if node.href:
            href = relative_link(node.href, self.page, self.directory_urls)
            here = ' aria-current="true"' if node.current else ""
            # xlink:href, because a bare href stops Material's instant navigation dead.
            inner = f'<a xlink:href="{_attribute(href)}" aria-label="{_attribute(_spoken(node))}"{here}>{inner}</a>'
        tooltip = f"<title>{_text(node.tooltip)}</title>" if node.tooltip else ""
        hidden = "" if node.href else ' aria-hidden="true"'
        return (
            f'<g class="{" ".join(classes)}" id="{self.prefix}-node-{node.id}"'
            f' data-node="{node.of or node.id}"{hidden}>{tooltip}{inner}</g>'
        )

    def _shape_of(self, node: Node, box: Box) -> str:
        kind = _shape(node, self.picture)
        fill, line, thick = self._colours(node)
        parts = [
            f'<path class="map-shape" d="{shapes.outline(kind, box)}" fill="{fill}" stroke="{line}"'
            f' stroke-width="{number(thick)}"/>'
        ]
        if kind == "action" and not self.picture.small:
            parts.append(f'<path class="map-bar" d="{shapes.bar(box)}" fill="{line}"/>')
        if kind == "end":
            parts.append(
                f'<path class="map-inner" d="{shapes.rounded(box.inside(3.5), shapes.radius(kind, box) - 3.5)}"'
                f' fill="none" stroke="{line}" stroke-width="{number(self.style.line.node)}"/>'
            )
        return "".join(parts)

    def _colours(self, node: Node) -> tuple[str, str, float]:
        light, line = self.light, self.style.line
        if node.current and self.picture.small:
            return light.travelled, light.travelled, line.travelled
        if node.kind == "start":
            return light.start, light.start, line.node
        if node.kind == "outcome":
            return light.plain_node, light.ink, line.strong
        if node.kind in ("end", "gap", "elsewhere"):
            return light.plain_node, light.way, line.node
        role = light.role(node.role)
        return light.common_node if node.common else role.fill, role.line, line.node

    def _words(self, node: Node, box: Box) -> str:
        font = self.style.font
        if self.picture.small:
            lines = [(node.label or node.title, False, font.small, 0.0)]
        else:
            lines = [
                (words, small, font.role if small else font.title, 0.0) for words, small in node_lines(node, self.style)
            ]
        heights = [size * 1.2 for _, _, size, _ in lines]
        flush = node.kind == "action" and not self.picture.small
        x = box.left + 15 if flush else box.centre[0]
        anchor = "" if flush else ' text-anchor="middle"'
        y = box.centre[1] - sum(heights) / 2
        parts = []
        for (words, small, size, _), height in zip(lines, heights, strict=True):
            base = y + height / 2 + size * 0.36  # 0.36: half of a capital's height
            parts.append(
                f'<text class="{"map-kicker" if small else "map-title"}" x="{number(x)}" y="{number(base)}"{anchor}'
                f' {self._font(size, bold=not small)} fill="{self._ink(node, small)}">{_text(words)}</text>'
            )
            y += height
        return "".join(parts)

    def _ink(self, node: Node, small: bool) -> str:
        light = self.light
        if node.current and self.picture.small:
            return light.page
        if node.kind == "start":
            return light.start_ink
        if small and node.kind in ("end", "gap", "elsewhere"):
            return light.muted
        if small and not node.common:
            return light.role(node.role).ink
        return light.ink

    def _font(self, size: float, bold: bool) -> str:
        weight = ' font-weight="bold"' if bold else ""
        return f'font-family="{_attribute(self.style.font.family)}" font-size="{size:g}"{weight}'


def _strip(colour: str) -> str:
    """Sets words on a strip of the ground's colour, so that a way that passes under them does not strike them out."""
    return f'stroke="{colour}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'


def _shape(node: Node, picture: Picture) -> str:
    return "action" if picture.small else node.kind


def _spoken(node: Node) -> str:
    """The name of a link: what is written in the node, in an order that suits the ear."""
    parts = [node.label, node.title, node.role_title]
    return ", ".join(part for part in parts if part)


def _read(picture: Picture, drawn: str) -> _Places:
    """Where Graphviz put everything, with the origin at the top left."""
    root = ET.fromstring(drawn)
    left, top, width, height = (float(part) for part in root.get("viewBox", "").split())
    graph = root.find(f"{_SVG}g")
    found = re.search(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", graph.get("transform", "") if graph is not None else "")
    if graph is None or not found:
        raise RenderError(f"Graphviz drew {picture.id} in a form that this package does not know.")
    shift = float(found[1]) - left, float(found[2]) - top
    boxes: dict[str, Box] = {}
    clusters: dict[str, Box] = {}
    lines: dict[str, _Way] = {}
    words: dict[str, Point] = {}
    for group in graph.findall(f"{_SVG}g"):
        name, kind = group.get("id", ""), group.get("class", "")
        polygon, text = group.find(f"{_SVG}polygon"), group.find(f"{_SVG}text")
        if kind == "edge":
            lines[name] = _read_way(group, shift)
        elif polygon is not None:
            xs, ys = zip(*_points(polygon.get("points", ""), shift), strict=True)
            (boxes if kind == "node" else clusters)[name] = Box(min(xs), min(ys), max(xs), max(ys))
        elif text is not None:
            words[name] = _text_place(text, shift)
    ways: dict[str, tuple[_Way, ...]] = {}
    for edge in picture.edges:
        name = words_node(edge)
        if name in words:
            first = lines.pop(edge.id)
            ways[edge.id] = _Way(first.points, first.tip, words[name]), lines.pop(f"{name}__on")
        elif edge.id in lines:
            ways[edge.id] = (lines.pop(edge.id),)
    for what, wanted, have in (
        ("nodes", {node.id for node in picture.nodes}, set(boxes)),
        ("edges", {edge.id for edge in picture.edges}, set(ways) | set(lines)),
        ("stages", {cluster.id for cluster in picture.clusters}, set(clusters)),
    ):
        if wanted != have:
            raise RenderError(f"The drawing of {picture.id} has other {what}: {', '.join(sorted(wanted ^ have))}.")
    return _Places(width, height, boxes, clusters, ways)


def _read_way(group: ET.Element, shift: Point) -> _Way:
    path = group.find(f"{_SVG}path")
    if path is None:
        raise RenderError(f"Graphviz drew no line for the edge {group.get('id')}.")
    points = _points(re.sub(r"[MC]", " ", path.get("d", "")), shift)
    tip = None
    arrow = group.find(f"{_SVG}polygon")
    if arrow is not None:
        # The tip is the arrow's corner that is farthest from the end of the line.
        end = points[-1]
        tip = max(_points(arrow.get("points", ""), shift), key=lambda point: math.dist(point, end))
    text = group.find(f"{_SVG}text")
    return _Way(tuple(points), tip, None if text is None else _text_place(text, shift))


def _text_place(text: ET.Element, shift: Point) -> Point:
    return float(text.get("x", "0")) + shift[0], float(text.get("y", "0")) + shift[1]


def _points(data: str, shift: Point) -> list[Point]:
    numbers = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", data)]
    return [(x + shift[0], y + shift[1]) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def _curve(points: tuple[Point, ...]) -> str:
    pairs = [f"{number(x)},{number(y)}" for x, y in points]
    return f"M{pairs[0]}C" + " ".join(pairs[1:])


def _tip(way: _Way) -> str:
    assert way.tip is not None
    (x, y), (bx, by) = way.tip, way.points[-1]
    dx, dy = _direction((bx, by), (x, y))
    bx, by = x - dx * _TIP_LENGTH, y - dy * _TIP_LENGTH
    one = bx - dy * _TIP_HALF_WIDTH, by + dx * _TIP_HALF_WIDTH
    two = bx + dy * _TIP_HALF_WIDTH, by - dx * _TIP_HALF_WIDTH
    return "M" + "L".join(f"{number(px)},{number(py)}" for px, py in (one, (x, y), two)) + "Z"


def _direction(start: Point, end: Point) -> Point:
    length = math.dist(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _moved(point: Point, direction: Point, by: float) -> Point:
    return point[0] + direction[0] * by, point[1] + direction[1] * by


def _text(words: str) -> str:
    return escape(words, quote=False)


def _attribute(words: str) -> str:
    return escape(words, quote=True)
