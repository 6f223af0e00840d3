"""One long page made from the content of all pages, in the order of the menu: what the PDF is printed from.

Every identifier gets its page's name in front, so that each link leads to its place within the book. What only a screen can do is
left out or stands as its static text; what stands in full elsewhere in the book is a link to there. `Book.left_out` says it all to
the reader, on the page of contents.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.site.errors import SiteError
from build_scripts.site.tree import Element, read

ROOT = Path(__file__).resolve().parents[3]
STYLE = Path(__file__).with_name("book.css")
# Parts of the menu that are no part of the book: its pages of links, and how the handbook is made.
NOT_IN_THE_BOOK = ("Home", "For maintainers")
PAGES_LEFT_OUT = ("reference/traceability/index.html",)
LEFT_OUT = (
    "the home page, the page on traceability and the pages for maintainers: they serve the site and those who keep it",
    "forms to be filled in on the screen: a tool's page gives its questions and its decision table instead",
    "small maps of where a point stands, the map of a walk, which is that of its journey, and the text of maps that can be read",
    "readings where a tool repeats them: they stand once, under Our readings",
)
DROPPED_TAGS = frozenset({"script", "style", "template", "button", "select"})
DROPPED_CLASSES = frozenset(
    {"headerlink", "hb-locator", "hb-walk__map", "hb-download", "hb-open-case", "hb-seal", "md-source-file"}
)
# Attributes that name an element of the page, or several.
NAMES = re.compile(r'\s(id|for|headers|aria-labelledby|aria-describedby|aria-controls|aria-details)="([^"]*)"')
LINK = re.compile(r'\s(?:xlink:)?href="[^"]*"')
SOURCE = re.compile(r'\ssrc="([^"]*)"')
HEADING = re.compile(r"h[1-5]")
VERSION = re.compile(r"^## (?P<version>[^\s,]+)(?:, (?P<date>\d{1,2} \w+ \d{4}))?$", re.MULTILINE)
TO_BE_COUNTED = "000"


@dataclass(frozen=True)
class Chapter:
    """A page of the book: its file on the site, its anchor in the book, its title in the menu, its depth (1 or 2)."""

    file: str
    anchor: str
    title: str
    depth: int


@dataclass(frozen=True)
class Part:
    """A part of the menu with its pages."""

    anchor: str
    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Book:
    """The book as HTML, whose links to style sheets and pictures are relative to the site's root."""

    html: str
    parts: tuple[Part, ...]
    date: str

    @property
    def counted(self) -> tuple[str, ...]:
        """The anchors whose page numbers the contents give, in order."""
        return tuple(anchor for part in self.parts for anchor in (part.anchor, *(one.anchor for one in part.chapters)))

    def numbered(self, pages: dict[str, int]) -> str:
        """The HTML with page numbers in the contents."""
        return re.sub(
            r'(<span class="book-page" data-to="([^"]*)">)[^<]*',
            lambda found: found[1] + str(pages[found[2]]),
            self.html,
        )


def compose(site, only=None) -> Book:
    """The book of the built site in the folder ``site``; ``only`` names the files of pages to keep, for a small book."""
    site = Path(site)
    if not (site / "index.html").is_file():
        raise SiteError(
            "there is no built site to print",
            where=str(site),
            expected="a folder made by `handbook build`",
            hint="run `make site` first",
        )
    home = read((site / "index.html").read_text(encoding="utf-8"))
    parts = tuple(_parts(home, only))
    if not any(part.chapters for part in parts):
        raise SiteError("the book has no pages", found=", ".join(only or ()), expected="files of pages of the menu")
    articles = {}
    for part in parts:
        for one in part.chapters:
            article = read((site / one.file).read_text(encoding="utf-8")).first("article", "md-content__inner")
            if article is None:
                raise SiteError(
                    "a page has no content to print", where=one.file, expected='<article class="md-content__inner">'
                )
            articles[one.file] = article
    writer = _Writer({one.file: one.anchor for part in parts for one in part.chapters}, articles)
    version = VERSION.search((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    rules_hash = home.first("p", "hb-hash")
    cover = _cover(home, version, rules_hash.first("code").text if rules_hash else "")
    body = "".join(
        f'<section class="book-part"><h1 id="{part.anchor}">{escape(part.title, quote=False)}</h1>'
        + "".join(writer.chapter(one, articles[one.file]) for one in part.chapters)
        + "</section>"
        for part in parts
    )
    body = _without_loose_ends(body)
    # Chromium gives a place in the PDF only to what HTML links to; the steps of a map are SVG, so each place is named once more.
    drawn = dict.fromkeys(re.findall(r'xlink:href="(#[^"]*)"', body))
    body += f'<div hidden>{"".join(f"""<a href="{place}"></a>""" for place in drawn)}</div>'
    sheets = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in _sheets(site))
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(_title(home), quote=False)}</title>{sheets}'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
        f'<script type="module" src="{_script(site)}"></script></head>'
        '<body dir="ltr" data-md-color-scheme="default" class="book"><main class="md-content"><article class="md-content__inner md-typeset">'
        f"{cover}{_contents(parts)}{body}</article></main></body></html>\n"
    )
    return Book(html, parts, (version["date"] or "") if version else "")


def _without_loose_ends(body: str) -> str:
    """Links to what the book leaves out lead to the page on which it would stand."""
    names = set(re.findall(r'\sid="([^"]*)"', body))
    return re.sub(
        r'href="#([^"]*)"',
        lambda link: link[0] if link[1] in names else f'href="#{link[1].partition("--")[0]}"',
        body,
    )


# ---- What the book is made of ----


def _parts(home: Element, only):
    menu = home.first("nav", "md-nav--primary")
    for item in _items(menu.first("ul")):
        title = _menu_title(item)
        if title in NOT_IN_THE_BOOK:
            continue
        chapters = [one for one in _chapters(item, 0) if only is None or one.file in only]
        if chapters:
            yield Part(f"part-{_slug(title)}", title, tuple(chapters))


def _items(menu: Element):
    return (child for child in menu.children if isinstance(child, Element) and child.tag == "li")


def _own(item: Element, tag: str):
    """The element of a menu's entry that stands in it directly, or in the frame of its link."""
    for child in item.children:
        if isinstance(child, Element):
            if child.tag == tag and "md-nav--secondary" not in child.classes:
                return child
            if "md-nav__container" in child.classes:
                found = child.first(tag)
                if found is not None:
                    return found
    return None


def _menu_title(item: Element) -> str:
    named = _own(item, "a") or _own(item, "label")
    return named.text


def _chapters(item: Element, depth: int):
    link, below = _own(item, "a"), _own(item, "nav")
    if link is not None:
        file = _file("index.html", link.link)[0]
        if file not in PAGES_LEFT_OUT:
            yield Chapter(file, _slug(file.removesuffix("index.html")), link.text, max(depth, 1))
    if below is not None:
        for one in _items(below.first("ul")):
            yield from _chapters(one, depth + 1)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _file(page: str, link: str):
    """(file, anchor) that a link on a page leads to."""
    parts = urlsplit(link)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if parts.path.endswith("/") or path == ".":
        path = posixpath.join(path, "index.html").removeprefix("./")
    return path, unquote(parts.fragment)


def _sheets(site: Path):
    """The theme's style sheets and the handbook's own, in the order in which pages load them."""
    own = re.findall(r"^  - (\S+\.css)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    theme = [f"assets/stylesheets/{file.name}" for file in sorted((site / "assets" / "stylesheets").glob("*.min.css"))]
    # The seal has put a hash into their names.
    return theme + [path.relative_to(site).as_posix() for sheet in own for path in site.glob(sheet.replace(".css", ".*.css"))]


def _script(site: Path) -> str:
    """What cuts the maps, by its path within the site."""
    return next((path.relative_to(site).as_posix() for path in site.glob("scripts/*/print.js")), "")


def _title(home: Element) -> str:
    named = home.first("title")
    return named.text if named else "Handbook"


def _cover(home: Element, version, rules_hash: str) -> str:
    described = re.search(r"^site_description: (.*)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    edition = home.first("p", "hb-edition")
    said = re.sub(r"<a .*?</a>", "", edition.inner()).strip() if edition else ""
    owner = home.first("p", "hb-owner") or next(iter((home.first("div", "hb-footer") or home).all("p")), None)
    when = f", {version['date']}" if version and version["date"] else ""
    return (
        f'<section class="book-cover"><p class="book-title">{escape(_title(home), quote=False)}</p>'
        f'<p class="book-about">{escape(described[1] if described else "", quote=False)}</p><p class="book-edition">{said}</p>'
        f"<dl><dt>Rules</dt><dd>{escape(version['version'] if version else '')}{when}</dd>"
        f"<dt>Rules hash</dt><dd><code>{escape(rules_hash)}</code></dd></dl>"
        f'<p class="book-owner">{owner.inner() if owner else ""}</p></section>'
    )


def _contents(parts) -> str:
    lines = "".join(
        _line(part.anchor, part.title, "book-line book-line--part")
        + "".join(_line(one.anchor, one.title, f"book-line book-line--{one.depth}") for one in part.chapters)
        for part in parts
    )
    missing = "".join(f"<li>{escape(one, quote=False)}</li>" for one in LEFT_OUT)
    return (
        f'<nav class="book-contents"><h1 id="contents">Contents</h1>{lines}</nav>'
        f'<div class="book-left-out"><p>Not in this book, on purpose:</p><ul>{missing}</ul></div>'
    )


def _line(anchor: str, title: str, css: str) -> str:
    return (
        f'<a class="{css}" href="#{anchor}"><span>{escape(title, quote=False)}</span><span class="book-dots"></span>'
        f'<span class="book-page" data-to="{anchor}">{TO_BE_COUNTED}</span></a>'
    )


# ---- A page's content, for the book ----


class _Writer:
    def __init__(self, anchors: dict[str, str], articles: dict[str, Element]) -> None:
        self.anchors = anchors
        self.known = {
            file: {one.attributes["id"] for one in article.all() if one.attributes.get("id")}
            for file, article in articles.items()
        }
        self.readings = {
            summary.text: (file, fold.attributes["id"])
            for file, article in articles.items()
            for fold in article.all("details", "hb-reading")
            if fold.attributes.get("id") and (summary := fold.first("summary"))
        }
        self.file = ""

    def chapter(self, chapter: Chapter, article: Element) -> str:
        """A page as a section whose anchor is the page's."""
        self.file = chapter.file
        inner = "".join(self.one(child) for child in article.children)
        return f'<section class="book-chapter" id="{chapter.anchor}" data-page="{chapter.file}">{inner}</section>'

    def one(self, child: Element | str, drawn: bool = False) -> str:
        """An element, or a text, as it stands in the book; ``drawn``: within a drawing."""
        if isinstance(child, str):
            return "" if child.startswith("<!--") else child
        classes = set(child.classes)
        if child.tag in DROPPED_TAGS or classes & DROPPED_CLASSES or "hidden" in child.attributes:
            return ""
        if child.tag == "input":
            return "☐ " if child.attributes.get("type") in ("checkbox", "radio") else ""
        if child.tag == "form":
            return self.form(child, classes)
        if child.tag == "details":
            if "hb-map-text" in classes and "hb-map-text--needed" not in classes:
                return ""
            if "hb-reading" in classes and not child.attributes.get("id"):
                return self.reading(child)
        if child.tag == "p" and any("hb-open-case" in one.classes for one in child.all("a")):
            return ""
        drawn = drawn or child.tag == "svg"
        inner = "".join(self.one(one, drawn) for one in child.children)
        start, name = self.start(child), child.name
        if HEADING.fullmatch(child.tag):
            name = f"h{int(child.tag[1]) + 1}"
            start = start.replace(f"<{child.tag}", f"<{name}", 1)
        elif child.tag == "details" and "open" not in child.attributes:
            start = start.replace("<details", "<details open", 1)
        elif child.tag == "a" and child.link is not None:
            place = self.place(child.link)
            if place is None:
                name = "g" if drawn else "span"
                start = LINK.sub("", start).replace("<a", f"<{name}", 1)
            else:
                start = LINK.sub(lambda link: f'{link[0].partition("=")[0]}="{place}"', start)
        return start + inner + ("" if child.closed else f"</{name}>")

    def start(self, child: Element) -> str:
        """Its start tag, with every name led by the page's."""
        page = self.anchors[self.file]

        def named(found):
            return f' {found[1]}="{" ".join(f"{page}--{name}" for name in found[2].split())}"'

        start = NAMES.sub(named, child.start)
        return SOURCE.sub(lambda found: f' src="{self.asset(found[1])}"', start)

    def asset(self, source: str) -> str:
        """A picture's address from the site's root."""
        return source if source.startswith("data:") else _file(self.file, source)[0]

    def place(self, link: str) -> str | None:
        """Where a link leads in the book; None where that is not in it."""
        if urlsplit(link).scheme in ("http", "https", "mailto", "tel"):
            return link
        file, anchor = _file(self.file, link)
        if file not in self.anchors:
            return None
        page = self.anchors[file]
        return f"#{page}--{anchor}" if anchor in self.known[file] else f"#{page}"

    def form(self, form: Element, classes: set[str]) -> str:
        """A tool's name, what it is for and the link to its page; the points of a walk; nothing of a calculator."""
        if "hb-walk" in classes:
            points = form.first("div", "hb-walk__points")
            return self.one(points) if points is not None else ""
        if "data-own-page" in form.attributes or "data-tool" not in form.attributes:
            return ""
        kept = [one for css in ("hb-tool__title", "hb-tool__intro") if (one := form.first(cls=css)) is not None]
        return f'<div class="book-tool">{"".join(self.one(one) for one in kept)}</div>'

    def reading(self, fold: Element) -> str:
        """A reading that a tool repeats: its title, linked to where it stands in full."""
        title = fold.first("summary").text
        file, anchor = self.readings.get(title, (None, None))
        words = escape(title, quote=False)
        return (
            f'<p class="book-reading"><a href="#{self.anchors[file]}--{anchor}">{words}</a></p>'
            if file
            else f"<p>{words}</p>"
        )
