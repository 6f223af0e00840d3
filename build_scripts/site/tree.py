"""A built page as a tree: to look things up in it, and to write parts of it again exactly as they stood.

Built pages are written by machines and close what they open, so this needs none of a browser's forgiveness. Start tags and texts
keep their spelling, because SVG tells capital letters apart and Python's parser does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset({"script", "style"})


class Element:
    """One element: its tag and attributes (in small letters), its start tag as written, its children and its parent.

    A child is an element, or a string of HTML as written: text, or a comment.
    """

    __slots__ = ("attributes", "children", "parent", "start", "tag")

    def __init__(self, tag: str, attributes: dict[str, str | None], start: str, parent: Element | None) -> None:
        self.tag, self.attributes, self.start, self.parent = tag, attributes, start, parent
        self.children: list[Element | str] = []

    def all(self, tag: str | None = None, cls: str | None = None) -> Iterator[Element]:
        """Every element below, in order; those of a tag and of a class, where these are given."""
        for child in self.children:
            if isinstance(child, Element):
                if (tag is None or child.tag == tag) and (cls is None or cls in child.classes):
                    yield child
                yield from child.all(tag, cls)

    def first(self, tag: str | None = None, cls: str | None = None) -> Element | None:
        """The first element below of that tag and class."""
        return next(self.all(tag, cls), None)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return (self.attributes.get("class") or "").split()

    @property
    def text(self) -> str:
        """All text in it, white space made one."""
        return " ".join(unescape(self._text()).split())

    @property
    def link(self) -> str | None:
        """Where it leads, in HTML or in SVG."""
        return self.attributes.get("href") or self.attributes.get("xlink:href")

    def html(self) -> str:
        """The element as it was written, but for what has been changed since."""
        return f"{self.start}{self.inner()}{'' if self.closed else f'</{self.name}>'}"

    def inner(self) -> str:
        """What stands between its tags."""
        return "".join(child if isinstance(child, str) else child.html() for child in self.children)

    @property
    def closed(self) -> bool:
        """It has no end tag."""
        return self.tag in VOID or self.start.endswith("/>")

    @property
    def name(self) -> str:
        """The tag as written, in which SVG may have capital letters."""
        return self.start[1 : len(self.tag) + 1]

    def _text(self) -> str:
        return "".join(
            ("" if child.startswith("<!--") else child) if isinstance(child, str) else child._text()
            for child in self.children
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = self.at = Element("", {}, "", None)

    def handle_starttag(self, tag, attributes):
        made = self._add(tag, attributes)
        if not made.closed:
            self.at = made

    def handle_startendtag(self, tag, attributes):
        self._add(tag, attributes)

    def handle_endtag(self, tag):
        at = self.at
        while at.parent is not None and at.tag != tag:
            at = at.parent
        if at.parent is not None:
            self.at = at.parent

    def handle_data(self, data):
        self.at.children.append(data)

    def handle_entityref(self, name):
        self.at.children.append(f"&{name};")

    def handle_charref(self, name):
        self.at.children.append(f"&#{name};")

    def handle_comment(self, data):
        self.at.children.append(f"<!--{data}-->")

    def _add(self, tag, attributes):
        made = Element(tag, dict(attributes), self.get_starttag_text(), self.at)
        self.at.children.append(made)
        return made


def read(html: str) -> Element:
    """The tree of a page; its root has no tag."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root
