"""Maps: from the rules to a picture, and from a picture to a drawing and to its text equivalent.

    rules ── journey, decision ──► Picture ──┬── dot ── render ── svg ──► the drawing in a page
                                             └── text ──────────────────► the same as a list with links

The names below are the package's one door.
"""

from diagrams.batch import Map, draw
from diagrams.decision import decision
from diagrams.errors import DiagramError, PictureError, RenderError, StyleError
from diagrams.graph import Cluster, Edge, Node, Picture
from diagrams.journey import journey, locator, stages
from diagrams.style import Style, contrast, load_style, stylesheet

__all__ = [
    "Cluster",
    "DiagramError",
    "Edge",
    "Map",
    "Node",
    "Picture",
    "PictureError",
    "RenderError",
    "Style",
    "StyleError",
    "contrast",
    "decision",
    "draw",
    "journey",
    "load_style",
    "locator",
    "stages",
    "stylesheet",
]
