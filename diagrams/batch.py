"""All maps of a build at once: Graphviz is started once for the whole batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diagrams import text
from diagrams.dot import to_dot
from diagrams.errors import PictureError
from diagrams.figure import figure
from diagrams.graph import Picture
from diagrams.render import render
from diagrams.style import Style, load_style
from diagrams.svg import to_svg


@dataclass(frozen=True)
class Map:
    """A drawn picture. Its pieces of HTML are made for the page that asks, because links are page-relative.

    `page` is a page of docs/ ("guidance/enforcement.md"). `prefix` begins every id: give one where the same map
    stands twice on a page. `directory_urls` is MkDocs' use_directory_urls.
    """

    picture: Picture
    drawn: str
    style: Style
    rules_hash: str = ""
    role_titles: tuple[tuple[str, str], ...] = ()

    def svg(self, page: str, *, prefix: str = "", directory_urls: bool = True) -> str:
        return to_svg(
            self.picture,
            self.drawn,
            self.style,
            page,
            prefix=prefix,
            directory_urls=directory_urls,
            rules_hash=self.rules_hash,
        )

    def figure(self, page: str, *, prefix: str = "", directory_urls: bool = True) -> str:
        svg = self.svg(page, prefix=prefix, directory_urls=directory_urls)
        return figure(self.picture, svg, self.style, dict(self.role_titles))

    def text_html(self, page: str, *, prefix: str = "", directory_urls: bool = True) -> str:
        return text.to_html(self.picture, page, prefix=prefix, directory_urls=directory_urls)

    def text_markdown(self, page: str, *, prefix: str = "", directory_urls: bool = True) -> str:
        return text.to_markdown(self.picture, page, prefix=prefix, directory_urls=directory_urls)


def draw(
    pictures: Iterable[Picture],
    style: Style | None = None,
    rules_hash: str = "",
    role_titles: dict[str, str] | None = None,
) -> dict[str, Map]:
    """Draw pictures in one process; returns them by the picture's id. Raises RenderError and PictureError.

    `rules_hash` is that of the rules the pictures were made from; every map carries it as data-rules-hash.
    """
    pictures, style = list(pictures), style or load_style()
    names = [picture.id for picture in pictures]
    for name in names:
        if names.count(name) > 1:
            raise PictureError(f"There are two pictures named {name}.")
    drawn = render({picture.id: to_dot(picture, style) for picture in pictures})
    roles = tuple((role_titles or {}).items())
    return {picture.id: Map(picture, drawn[picture.id], style, rules_hash, roles) for picture in pictures}
