"""A map as it stands in a page: a frame that scrolls by itself, the drawing, and a legend of what it uses."""

from __future__ import annotations

import re
from html import escape

from diagrams import shapes
from diagrams.graph import Picture
from diagrams.shapes import Box
from diagrams.style import Style

_SHAPE_WORDS = {
    "start": "start",
    "action": "something is done",
    "decision": "a decision: the ways part",
    "question": "a question",
    "end": "the end",
    "outcome": "an answer",
    "gap": "the source is silent",
    "elsewhere": "drawn on another map",
}


# The colour keys of roles.yml; each role's own name stands in the node.
ROLE_GROUPS = {
    "police": "police",
    "cjit": "CJIT",
    "partnership": "partnership",
    "probation": "probation",
    "prison": "prison",
    "housing": "housing authority",
    "provider": "other provider",
    "court": "court",
}


# On a sheet of A4 on end, words of a wider map would be too small to read; it is printed on a sheet on its side. Above the second
# width its words are small even there, and paper gets the map's text as well.
WIDE, TOO_WIDE = 1110, 1660


def natural_width(svg: str) -> float:
    """How wide a finished SVG is in CSS pixels."""
    found = re.search(r'viewBox="0 0 ([0-9.]+) ', svg)
    return float(found[1]) if found else 0.0


def figure(picture: Picture, svg: str, style: Style, role_titles: dict[str, str] | None = None) -> str:
    """The HTML of a finished SVG of this picture. `role_titles` renames colour keys ("cjit" → "CJIT")."""
    name = escape(picture.title, quote=True)
    # Material's search leaves out an excluded element only up to the next end of the same tag: no figure lies in a
    # figure. The frame takes the keyboard's focus, because whoever has no mouse has to be able to scroll it.
    css = "map-figure map-figure--wide" if natural_width(svg) > WIDE else "map-figure"
    return (
        f'<figure class="{css}" data-search-exclude="">'
        f'<section class="map-frame" tabindex="0" aria-label="Map: {name}">{svg}</section>'
        f"{'' if picture.small else legend(picture, style, role_titles or {})}</figure>"
    )


def legend(picture: Picture, style: Style, role_titles: dict[str, str]) -> str:
    """A list of the shapes, colours and lines that this picture uses, and of no others."""
    kinds = {node.kind for node in picture.nodes}
    items = [(_swatch(kind, style), words) for kind, words in _SHAPE_WORDS.items() if kind in kinds]
    roles = dict.fromkeys(
        node.role for node in picture.nodes if node.role != "none" and node.kind in ("action", "decision")
    )
    titles = ROLE_GROUPS | role_titles
    items += [(_swatch("action", style, role), titles[role]) for role in roles]
    if any(node.common for node in picture.nodes):
        items.append((_ground(style), "the part common to all journeys"))
    if any(edge.reconstructed for edge in picture.edges):
        items.append((_line(style, dashed=True), "our reconstruction: the source does not state this way"))
        items.append((_line(style, dashed=False), "stated by the source"))
    rows = "".join(f"<li>{svg}<span>{escape(words, quote=False)}</span></li>" for svg, words in items)
    return f'<ul class="map-legend" aria-label="What the shapes, colours and lines mean">{rows}</ul>'


def _swatch(kind: str, style: Style, role: str = "none") -> str:
    box = Box(1.5, 2.5, 32.5, 17.5)
    light, line = style.light, style.line
    colours = light.role(role)
    fill, stroke, thick = {
        "start": (light.start, light.start, line.node),
        "outcome": (light.plain_node, light.ink, line.strong),
        "end": (light.plain_node, light.way, line.node),
        "gap": (light.plain_node, light.way, line.node),
        "elsewhere": (light.plain_node, light.way, line.node),
    }.get(kind, (colours.fill, colours.line, line.node))
    parts = (
        f'<path class="map-shape" d="{shapes.outline(kind, box)}" fill="{fill}" stroke="{stroke}"'
        f' stroke-width="{thick:g}"/>'
    )
    if kind == "action":
        parts += f'<path class="map-bar" d="{shapes.bar(box)}" fill="{stroke}"/>'
    if kind == "end":
        inner = box.inside(3)
        parts += (
            f'<path class="map-inner" d="{shapes.rounded(inner, inner.height / 2)}" fill="none" stroke="{stroke}"'
            ' stroke-width="1"/>'
        )
    return _icon(f'<g class="map-node map-{kind} map-role-{role}">{parts}</g>')


def _ground(style: Style) -> str:
    shape = shapes.rounded(Box(1.5, 2.5, 32.5, 17.5), 4)
    light = style.light
    return _icon(
        f'<g class="map-stage map-common"><path class="map-stage-ground" d="{shape}" fill="{light.common_stage}"'
        f' stroke="{light.stage_line}"/></g>'
    )


def _line(style: Style, dashed: bool) -> str:
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    colour = style.light.way
    return _icon(
        f'<path class="map-way" d="M1,10H27" fill="none" stroke="{colour}" stroke-width="{style.line.way:g}"{dashes}/>'
        f'<path class="map-tip" d="M26,6.4L33.5,10L26,13.6Z" fill="{colour}"/>'
    )


def _icon(inner: str) -> str:
    return (
        '<svg class="map-swatch" viewBox="0 0 34 20" width="34" height="20" aria-hidden="true" focusable="false">'
        f"{inner}</svg>"
    )
