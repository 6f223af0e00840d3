"""Reads style.yml and turns it into what the drawing needs: sizes, fallback colours and the stylesheet.

The drawing carries classes; the stylesheet gives them colours, so that one SVG serves the light scheme, the
dark one, paper and a reader's own high-contrast colours. The same colours stand in the SVG as presentation
attributes (the light ones), for whoever opens the file by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from diagrams.errors import StyleError

STYLE_FILE = Path(__file__).with_name("style.yml")

# Maps are at least one of these wide before they shrink no further and their frame scrolls instead.
WIDTH_STEP = 20
WIDEST = 3000

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class RoleColours:
    fill: str
    line: str
    ink: str


@dataclass(frozen=True)
class Scheme:
    page: str
    ink: str
    muted: str
    way: str
    stage: str
    stage_line: str
    stage_title: str
    common_stage: str
    common_node: str
    plain_node: str
    start: str
    start_ink: str
    travelled: str
    focus: str
    roles: dict[str, RoleColours]

    def role(self, key: str) -> RoleColours:
        return self.roles[key]


@dataclass(frozen=True)
class Font:
    family: str
    measured_as: str
    title: float
    role: float
    way: float
    stage: float
    small: float


@dataclass(frozen=True)
class Wrap:
    title: int
    role: int
    question: int
    end: int
    way: int


@dataclass(frozen=True)
class Line:
    node: float
    strong: float
    way: float
    travelled: float


@dataclass(frozen=True)
class Style:
    font: Font
    wrap: Wrap
    line: Line
    light: Scheme
    dark: Scheme


def load_style(path: Path = STYLE_FILE) -> Style:
    """Read the style file. Raises StyleError that names the key when one is missing, unknown or malformed."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    top = _exact(raw, {"font", "wrap", "line", "light", "dark"}, path.name)
    light, dark = (_scheme(top[name], f"{path.name}: {name}") for name in ("light", "dark"))
    if set(light.roles) != set(dark.roles):
        odd = ", ".join(sorted(set(light.roles) ^ set(dark.roles)))
        raise StyleError(f"{path.name}: these roles have colours in one scheme only: {odd}.")
    return Style(
        font=_numbers(Font, top["font"], f"{path.name}: font", float),
        wrap=_numbers(Wrap, top["wrap"], f"{path.name}: wrap", int),
        line=_numbers(Line, top["line"], f"{path.name}: line", float),
        light=light,
        dark=dark,
    )


def stylesheet(style: Style) -> str:
    """The one stylesheet of all maps: light by default and on paper, dark under Material's dark scheme."""
    light, dark = _variables(style, style.light), _variables(style, style.dark)
    blocks = [
        "/* Made from diagrams/style.yml: change that file, not this one. */",
        ":root {\n" + light + "\n}",
        '[data-md-color-scheme="slate"] {\n' + dark + "\n}",
        "@media print {\n:root, [data-md-color-scheme] {\n" + light + "\n}\n}",
        _RULES.strip().replace("FONT_FAMILY", style.font.family),
        _role_rules(style),
        _width_rules(),
        _PAPER.strip(),
        _HIGH_CONTRAST.strip(),
    ]
    return "\n\n".join(blocks) + "\n"


def width_class(width: float) -> str:
    """The class that keeps a map of this natural width readable: it never shrinks below it."""
    return f"map-w-{_shown_width(width)}"


def shown_height(width: float, height: float) -> float:
    """How high a map of this natural size stands on a screen, in pixels: browsers may then leave it undrawn until it is near."""
    return round(_shown_width(width) * height / width, 2)


def _shown_width(width: float) -> int:
    return min(WIDEST, -(-int(width + 0.999) // WIDTH_STEP) * WIDTH_STEP)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours as WCAG 2.2 defines it, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _exact(raw: Any, wanted: set[str], where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise StyleError(f"{where}: expected keys and values, found {raw!r}.")
    missing, unknown = sorted(wanted - set(raw)), sorted(set(raw) - wanted)
    if missing or unknown:
        parts = []
        if missing:
            parts.append("missing: " + ", ".join(missing))
        if unknown:
            parts.append("unknown: " + ", ".join(map(str, unknown)))
        raise StyleError(f"{where}: {'; '.join(parts)}.")
    return raw


def _numbers[T](shape: type[T], raw: Any, where: str, number: type) -> T:
    names = {field.name: field.type for field in fields(shape)}
    values = _exact(raw, set(names), where)
    for key, value in values.items():
        if names[key] == "str":
            if not isinstance(value, str):
                raise StyleError(f"{where}.{key}: expected words, found {value!r}.")
        elif not isinstance(value, (int, number)) or isinstance(value, bool):
            raise StyleError(f"{where}.{key}: expected a number, found {value!r}.")
    return shape(**values)


def _scheme(raw: Any, where: str) -> Scheme:
    values = dict(_exact(raw, {field.name for field in fields(Scheme)}, where))
    roles = values.pop("roles")
    if not isinstance(roles, dict) or "none" not in roles:
        raise StyleError(f"{where}.roles: expected roles and their colours, 'none' among them.")
    for key, value in values.items():
        _colour(value, f"{where}.{key}")
    for key, colours in roles.items():
        for part, value in _exact(colours, {"fill", "line", "ink"}, f"{where}.roles.{key}").items():
            _colour(value, f"{where}.roles.{key}.{part}")
    return Scheme(**values, roles={key: RoleColours(**colours) for key, colours in roles.items()})


def _colour(value: Any, where: str) -> None:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise StyleError(f'{where}: expected a colour such as "#1f2630" (lower case), found {value!r}.')


def _variables(style: Style, scheme: Scheme) -> str:
    lines = [
        f"  --map-{field.name.replace('_', '-')}: {getattr(scheme, field.name)};"
        for field in fields(Scheme)
        if field.name != "roles"
    ]
    for key, colours in scheme.roles.items():
        lines += [
            f"  --map-{key}-fill: {colours.fill};",
            f"  --map-{key}-line: {colours.line};",
            f"  --map-{key}-ink: {colours.ink};",
        ]
    lines += [f"  --map-line-{field.name}: {getattr(style.line, field.name)}px;" for field in fields(Line)]
    return "\n".join(lines)


def _role_rules(style: Style) -> str:
    return "\n".join(
        f".map-role-{key} {{ --map-role-fill: var(--map-{key}-fill); "
        f"--map-role-line: var(--map-{key}-line); --map-role-ink: var(--map-{key}-ink); }}"
        for key in style.light.roles
    )


def _width_rules() -> str:
    # A class a width, because the content security policy allows no style attribute. A map keeps to its
    # natural size: smaller would put its words below the smallest readable size.
    return "\n".join(
        f".map.map-w-{width} {{ width: {width}px; }}" for width in range(WIDTH_STEP, WIDEST + 1, WIDTH_STEP)
    )


_RULES = """
.map-figure, .md-typeset .map-figure.map-figure {
  display: block; margin: 1em 0; max-width: none; width: auto; text-align: left;
}
.map-frame {
  overflow-x: auto; padding: 8px; border: 1px solid var(--map-stage-line); border-radius: 6px;
  /* A shade at the edge where there is more to scroll to; the ground itself covers it at the end. */
  background:
    linear-gradient(to right, var(--map-page) 40%, transparent) left / 32px 100% no-repeat local,
    linear-gradient(to left, var(--map-page) 40%, transparent) right / 32px 100% no-repeat local,
    linear-gradient(to right, var(--map-stage-line), transparent) left / 10px 100% no-repeat scroll,
    linear-gradient(to left, var(--map-stage-line), transparent) right / 10px 100% no-repeat scroll,
    var(--map-page);
}
.map-frame:focus-visible { outline: 3px solid var(--map-focus); outline-offset: 2px; }
/* Twice the class, because Material's rule for all drawings would shrink the words with the map. */
.map.map { display: block; margin: 0 auto; height: auto; max-width: none; }
/* A long page has hundreds of boxes in maps far below. Where a browser can read the height, it need not style and place them yet. */
@supports (height: attr(data-height px)) {
  @media screen {
    .map.map[data-height] { content-visibility: auto; height: attr(data-height px); }
  }
}
.map text { font-family: FONT_FAMILY; fill: var(--map-ink); }

.map-stage-ground { fill: var(--map-stage); stroke: var(--map-stage-line); }
.map-common > .map-stage-ground { fill: var(--map-common-stage); }
.map .map-stage-title { fill: var(--map-stage-title); }

.map-way { fill: none; stroke: var(--map-way); stroke-width: var(--map-line-way); }
.map-tip { fill: var(--map-way); stroke: none; }
.map .map-way-label { fill: var(--map-muted); }
.map .map-way-label.map-deadline { fill: var(--map-ink); }
.map .map-way-label { stroke: var(--map-page); }
.map .map-stage-title.map-on-stage { stroke: var(--map-stage); }
.map .map-stage-title.map-on-common { stroke: var(--map-common-stage); }
.map .map-way-label.map-on-stage { stroke: var(--map-stage); }
.map .map-way-label.map-on-common { stroke: var(--map-common-stage); }

.map-shape { fill: var(--map-role-fill); stroke: var(--map-role-line); stroke-width: var(--map-line-node); }
.map-bar { fill: var(--map-role-line); }
.map .map-kicker { fill: var(--map-role-ink); }
.map-node.map-common .map-shape { fill: var(--map-common-node); }
.map-node.map-common .map-kicker { fill: var(--map-ink); }
.map-start .map-shape { fill: var(--map-start); stroke: var(--map-start); }
.map-start text, .map-start .map-kicker { fill: var(--map-start-ink); }
.map-end .map-shape, .map-outcome .map-shape, .map-gap .map-shape, .map-elsewhere .map-shape {
  fill: var(--map-plain-node);
}
.map-end .map-shape, .map-gap .map-shape, .map-elsewhere .map-shape { stroke: var(--map-way); }
.map-outcome .map-shape { stroke: var(--map-ink); }
.map-inner { fill: none; stroke: var(--map-way); stroke-width: var(--map-line-node); }
.map-elsewhere .map-kicker, .map-end .map-kicker, .map-gap .map-kicker { fill: var(--map-muted); }

.map a { cursor: pointer; }
.map a:hover .map-title, .map a:focus .map-title { text-decoration: underline; }
.map a:hover .map-shape { stroke-width: var(--map-line-strong); }
.map a:focus { outline: none; }
.map a:focus-visible .map-shape { stroke: var(--map-focus); stroke-width: var(--map-line-travelled); }

.map-node:target .map-shape, .map-node.is-here .map-shape, .map-node.is-travelled .map-shape {
  stroke: var(--map-travelled); stroke-width: var(--map-line-travelled);
}
.map-edge.is-travelled .map-way { stroke: var(--map-travelled); stroke-width: var(--map-line-travelled); }
.map-edge.is-travelled .map-tip { fill: var(--map-travelled); }
.map-edge.is-travelled .map-way-label { fill: var(--map-ink); font-weight: bold; }
.map-small .map-node.is-here .map-shape { fill: var(--map-travelled); }
.map-small .map-node.is-here text { fill: var(--map-page); }

.map-legend, .md-typeset .map-legend.map-legend {
  display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 0; padding: 0;
}
.md-typeset .map-legend li, .map-legend li {
  display: inline-flex; align-items: center; gap: 7px; margin: 0; list-style: none; font-size: 13px;
}
.map-legend svg { flex: none; width: 34px; height: 20px; }
.map-text a { text-decoration: underline; }
.map-mark { color: var(--map-muted); font-size: 0.9em; }
"""

# As wide as the sheet at most; a map of class map-figure--wide goes on a sheet on its side (`@page wide` in print.css), and
# docs/assets/javascripts/print.js cuts a map that is taller than a sheet.
_PAPER = """
@media print {
  .md-typeset .map-figure.map-figure {
    break-inside: auto;
    margin: 0.5rem 0;
  }

  .md-typeset .map-frame {
    background: none;
    border: 0;
    max-height: none;
    overflow: visible;
    padding: 0;
  }

  .md-typeset svg.map.map {
    break-inside: avoid;
    height: auto;
    max-width: 100%;
  }

  .md-typeset .map-figure--wide {
    page: wide;
  }

  .map-legend.map-legend.map-legend li {
    font-size: 0.65rem;
  }

  .md-typeset .map-legend.map-legend {
    break-before: avoid;
    break-inside: avoid;
  }

  .map-more {
    break-after: page;
    font-size: 0.65rem;
    margin: 0;
    text-align: center;
  }
}
"""

_HIGH_CONTRAST = """
@media (forced-colors: active) {
  .map text, .map .map-kicker, .map .map-way-label { fill: CanvasText; }
  .map a text { fill: LinkText; }
  .map-shape, .map-stage-ground { fill: Canvas; }
  .map .map-way-label, .map .map-stage-title { stroke: Canvas; }
  .map-shape, .map-way, .map-inner, .map-stage-ground { stroke: CanvasText; }
  .map-tip, .map-bar { fill: CanvasText; }
  .map-node:target .map-shape, .is-travelled .map-shape, .is-here .map-shape, .is-travelled .map-way { stroke: Highlight; }
  .map-small .map-node.is-here .map-shape { fill: Canvas; }
  .map-small .map-node.is-here text { fill: CanvasText; font-weight: bold; }
}
"""
