"""A built page as a tree: to look things up in it, and to write parts of it again exactly as they stood.

Built pages are written by machines and close what they open, so this needs none of a browser's forgiveness. Start tags and texts
keep their spelling, because SVG tells capital letters apart. One expression parts a page into tags and texts: that is several
times as fast as Python's parser, and every page is read twice in a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset({"script", "style", "textarea", "title"})
PART = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[!?][^>]*>"
    r"|</(?P<end>[a-zA-Z][^\s/>]*)[^>]*>"
    r"|<(?P<start>[a-zA-Z][^\s/>]*)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")


class Element:
    """One element: its tag and attributes (in small letters), its start tag as written, its children and its parent.

    A child is an element, or a string of HTML as written: text, or a comment.
    """

    __slots__ = ("_attributes", "children", "parent", "start", "tag")

    def __init__(self, tag: str, start: str, parent: Element | None) -> None:
        self.tag, self.start, self.parent = tag, start, parent
        self.children: list[Element | str] = []
        self._attributes: dict[str, str | None] | None = None

    @property
    def attributes(self) -> dict[str, str | None]:
        """Its attributes, read when first asked for."""
        if self._attributes is None:
            self._attributes = {}
            for found in ATTRIBUTE.finditer(self.start, len(self.tag) + 1):
                value = next((one for one in found.groups()[1:] if one is not None), None)
                self._attributes.setdefault(found[1].lower(), None if value is None else unescape(value))
        return self._attributes

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


def read(html: str) -> Element:
    """The tree of a page; its root has no tag."""
    root = at = Element("", "", None)
    begun, position = 0, 0
    while found := PART.search(html, position):
        position = found.end()
        if found.start() > begun:
            at.children.append(html[begun : found.start()])
        begun = position
        if name := found["start"]:
            made = Element(name.lower(), found[0], at)
            at.children.append(made)
            if not made.closed:
                at = made
                if made.tag in RAW:  # nothing in it is a tag but its own end
                    end = html.find(f"</{name}", position)
                    position = len(html) if end < 0 else end
        elif name := found["end"]:
            at = _closed(at, name.lower())
        else:
            at.children.append(found[0])
    if begun < len(html):
        at.children.append(html[begun:])
    return root


def _closed(at: Element, tag: str) -> Element:
    """Where what follows an end tag belongs: behind the nearest element of that tag, or still here where none is open."""
    one = at
    while one.parent is not None and one.tag != tag:
        one = one.parent
    return one.parent if one.parent is not None else at
