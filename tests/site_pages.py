"""The built site's pages as trees, for tests that look at what stands where."""

import posixpath
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


class Element:
    """One element: its tag, attributes, children (elements and texts) and parent."""

    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []

    def all(self, tag=None, cls=None):
        """Every element below, in order, of that tag and class where they are given."""
        for child in self.children:
            if isinstance(child, Element):
                if (tag is None or child.tag == tag) and (cls is None or cls in child.classes):
                    yield child
                yield from child.all(tag, cls)

    @property
    def classes(self):
        """Its classes."""
        return (self.attributes.get("class") or "").split()

    @property
    def text(self):
        """All of its text, white space made one."""
        return " ".join(self._words().split())

    @property
    def link(self):
        """Where a link leads, in HTML or SVG."""
        return self.attributes.get("href") or self.attributes.get("xlink:href")

    def _words(self):
        return "".join(child if isinstance(child, str) else child._words() for child in self.children)


class _Tree(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {}, None)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        made = Element(tag, dict(attributes), self.at)
        self.at.children.append(made)
        if tag not in VOID:
            self.at = made

    def handle_startendtag(self, tag, attributes):
        self.at.children.append(Element(tag, dict(attributes), self.at))

    def handle_endtag(self, tag):
        at = self.at
        while at.parent is not None and at.tag != tag:
            at = at.parent
        if at.parent is not None:
            self.at = at.parent

    def handle_data(self, data):
        self.at.children.append(data)


@cache
def page(site, name):
    """The tree of a page of the site, by its file's name (`guidance/common/index.html`), and its elements by id."""
    root = _Tree((Path(site) / name).read_text(encoding="utf-8")).root
    return root, {one.attributes["id"]: one for one in root.all() if one.attributes.get("id")}


def page_names(site):
    """The files of all pages."""
    return sorted(file.relative_to(site).as_posix() for file in Path(site).rglob("*.html"))


def html_of(source):
    """The file that a page of docs/ becomes: guidance/common.md → guidance/common/index.html."""
    stem = source.removesuffix(".md")
    if stem.rpartition("/")[2] == "index":
        return f"{stem}.html"
    return f"{stem}/index.html"


def leads_to(name, link):
    """(file, anchor) of a link on the page `name`."""
    parts = urlsplit(link)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if parts.path.endswith("/") or path == ".":
        path = posixpath.join(path, "index.html").removeprefix("./")
    return path, unquote(parts.fragment)
