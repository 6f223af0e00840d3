"""What can go wrong while maps are made.

DiagramError
├── PictureError   the picture itself is wrong: a name used twice, an edge to nowhere
├── StyleError     style.yml is wrong: a colour missing, a key unknown
└── RenderError    drawing failed: Node or the drawing library is missing, or refused the graph
"""


class DiagramError(Exception):
    """Any failure of this package; the message is a sentence for the person who builds the site."""


class PictureError(DiagramError):
    pass


class StyleError(DiagramError):
    pass


class RenderError(DiagramError):
    pass
