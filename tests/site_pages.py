"""The built site's pages as trees, for tests that look at what stands where."""

import posixpath
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.site.tree import read


@cache
def page(site, name):
    """The tree of a page of the site, by its file's name (`guidance/common/index.html`), and its elements by id."""
    root = read((Path(site) / name).read_text(encoding="utf-8"))
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
