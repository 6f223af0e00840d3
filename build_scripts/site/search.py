"""What the site's search knows: its index, written anew from the built pages.

The theme's own index runs the cells of a table together, holds every source mark, and knows headings only. This one has an entry
for every heading and for everything else with an address of its own: a row of a table, a term, a folded reading. Its text is a
short paragraph for each paragraph, list item or row, because a result shows the paragraphs in which the words were found. The title
of an entry is its own first words in bold, or what `data-entry` on it says.

Which pages are in it and how much they count is the theme's to say, by `search: exclude` and `search: boost` in front matter.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from string import ascii_lowercase

from build_scripts.site.errors import SiteError
from build_scripts.site.tree import Element, read

INDEX = "search/search_index.json"
HEADING = re.compile(r"h[1-6]")
ARTICLE = re.compile(r'<article class="md-content__inner\b')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# A third of all tags stand in these, none of which holds another of its kind: taken out before the rest is read.
DRAWN = tuple(re.compile(rf"<{tag}\b.*?</{tag}>", re.DOTALL) for tag in ("svg", "template"))
# Never searched: what is drawn, what only a script uses, source marks, and ways to other places.
LEFT_OUT = frozenset({"script", "style", "template", "svg", "nav", "thead", "form", "button"})
# Conditions too: they repeat the words of questions all over a tool's page.
LEFT_OUT_CLASSES = frozenset(
    "headerlink hb-cites hb-ours hb-when hb-duty__if hb-ways__title hb-seal hb-locator hb-map-text hb-users map-figure".split()
)
LEFT_OUT_CELLS = frozenset({"If", "Met if", "Identifier", "Named in the handbook"})
PARAGRAPHS = frozenset("p li tr dt dd caption summary pre blockquote div section ul ol dl table details".split())
# What is an entry where it has an address of its own, and where its title stands.
ENTRIES = {"tr": ("strong", "td", "th"), "details": ("summary",), "section": ("h2", "h3", "h4"), "dt": ()}
# Nobody looks for a list itself. The theme counts a page two and a half times as much as a place on it; this takes it back.
LISTS = "reference/"
LIST_ITSELF = 0.4
# The theme finds whatever begins with what was typed: IE4a too where IE4 is meant, which then has to come first.
FIRST_OF_ITS_NAME = 1.5
# The handbook of 2010 writes "Com 5b" and "RA 1"; the theme takes these for two words, and finds whatever begins with "com".
CODE = re.compile(r"^(?P<letters>IPAE|IE|Com|RA|DT)(?P<number>\d[a-z]?)\b")
# What has its own place on another page: there its words are found, here only its title.
TOLD_ELSEWHERE = {"details": ("hb-reading", "summary")}
# A case is looked for by its title; the words of its story are those of every page.
TITLE_ONLY = "hb-case"
BETWEEN_CELLS = " · "
AT_ENDS = " ·\n"


@dataclass
class Entry:
    """What a result of the search leads to: an anchor of its page, empty for the page itself, with title and paragraphs."""

    anchor: str
    title: str
    paragraphs: list[str] = field(default_factory=list)


def write_index(out) -> int:
    """Write the index of the built site in ``out`` anew; returns how many entries it has. Raises SiteError."""
    text = index_text(*what_is_indexed(out))
    put_index(out, text)
    return len(json.loads(text)["docs"])


def put_index(out, text) -> None:
    """Put an index into the built site in ``out``."""
    (Path(out) / INDEX).write_text(text, encoding="utf-8", newline="\n")


def what_is_indexed(out):
    """(the theme's index, {page: its HTML}) of the built site in ``out``."""
    index = json.loads((Path(out) / INDEX).read_text(encoding="utf-8"))
    try:
        boosts = {one["location"].partition("#")[0]: one.get("boost") for one in index["docs"]}
    except (KeyError, TypeError):
        raise SiteError(
            "the site builder's search index has a form that is not known",
            where=INDEX,
            expected='{"config", "docs": [{"location", "title", "text"}, …]}',
            hint="see build_scripts/site/search.py, which writes it anew",
        ) from None
    index["docs"] = [[*one] for one in boosts.items()]
    return index, {location: (Path(out) / location / "index.html").read_text(encoding="utf-8") for location in boosts}


def index_text(index, pages):
    """The index as it is written: a function of what :func:`what_is_indexed` found."""
    boosts, index["docs"] = index["docs"], []
    for location, boost in boosts:
        found = entries(pages[location])
        names = {entry.anchor for entry in found}
        index["docs"] += [_written(location, entry, boost, names) for entry in found]
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def entries(html: str) -> list[Entry]:
    """The entries of one page, the page itself first."""
    begun = ARTICLE.search(html)
    if begun is None:
        return []
    article = html[begun.start() : html.rindex("</article>")]
    for drawn in DRAWN:
        article = drawn.sub("", article)
    found = [Entry("", "")]
    _Collector(found).into(read(article), found[0])
    # A heading may ask the reader's question; people search by the short name under which the page stands in the menu.
    head = TITLE.search(html)
    short = escape(" ".join(unescape(head[1]).rpartition(" - ")[0].split()), quote=False) if head else ""
    if short.lower() not in found[0].title.lower():
        found[0].title = f"{short}: {found[0].title}" if found[0].title else short
    return found


class _Collector:
    def __init__(self, found: list[Entry]) -> None:
        self.found = found
        self.words = ""

    def into(self, element: Element, entry: Entry) -> Entry:
        """Collect what stands in an element; returns the entry to which what follows it belongs."""
        for child in element.children:
            if isinstance(child, str):
                self.words += "" if child.startswith("<!--") else child
            elif not _left_out(child):
                entry = self._one(child, entry)
        return entry

    def _one(self, child: Element, entry: Entry) -> Entry:
        told_elsewhere = TOLD_ELSEWHERE.get(child.tag)
        if told_elsewhere and told_elsewhere[0] in child.classes and not child.attributes.get("id"):
            self._paragraph(entry)
            entry.paragraphs.append(_title(child.first(told_elsewhere[1])))
            return entry
        if HEADING.fullmatch(child.tag):
            self._paragraph(entry)
            title = _title(child)
            if child.tag == "h1":
                self.found[0].title = title
                return self.found[0]
            if child.attributes.get("id"):
                return self._new(child.attributes["id"], title)
            entry.paragraphs.append(title)
            return entry
        if child.tag in ENTRIES and child.attributes.get("id"):
            self._paragraph(entry)
            return self._thing(child, entry)
        if child.tag in ("td", "th") and self.words.strip(AT_ENDS):
            self.words = self.words.rstrip(AT_ENDS) + BETWEEN_CELLS
        if child.tag == "br":
            self.words += " "
        if child.tag not in PARAGRAPHS:
            return self.into(child, entry)
        self._paragraph(entry)
        after = self.into(child, entry)
        self._paragraph(after)
        return entry if child.tag == "dl" else after

    def _thing(self, child: Element, around: Entry) -> Entry:
        """An entry that ends with its element; only what a term means stands after it."""
        said = child.attributes.get("data-entry")
        title = next((one for tag in ENTRIES[child.tag] if (one := child.first(tag)) is not None), child)
        made = self._new(child.attributes["id"], escape(said, quote=False) if said else _title(title))
        if child.tag == "dt":
            return made
        if title.parent is not None and not said:
            title.parent.children.remove(title)
        self.into(child, made)
        self._paragraph(made)
        if TITLE_ONLY in child.classes:
            made.paragraphs.clear()
        return around

    def _new(self, anchor: str, title: str) -> Entry:
        made = Entry(anchor, title)
        self.found.append(made)
        return made

    def _paragraph(self, entry: Entry) -> None:
        # Commas between marks that are left out.
        words = re.sub(r"(?: ,)+(?= |$)", "", " ".join(self.words.split())).strip(AT_ENDS)
        self.words = ""
        if words:
            entry.paragraphs.append(words)


def _left_out(element: Element) -> bool:
    return (
        element.tag in LEFT_OUT
        or not LEFT_OUT_CLASSES.isdisjoint(element.classes)
        or "data-search-exclude" in element.attributes
        or element.attributes.get("data-label") in LEFT_OUT_CELLS
    )


def _title(element: Element) -> str:
    words = _Collector([])
    words.into(element, Entry("", ""))
    return " ".join(words.words.split())


def _written(location: str, entry: Entry, boost, names: set[str]) -> dict:
    made = {
        "location": location + (f"#{entry.anchor}" if entry.anchor else ""),
        "title": CODE.sub(lambda code: f"{code[0]} ({code['letters']} {code['number']})", entry.title),
        # As written in the page, so already escaped.
        "text": "".join(f"<p>{words}</p>" for words in entry.paragraphs),
    }
    if not entry.anchor and location.startswith(LISTS):
        boost = LIST_ITSELF if boost is None else min(boost, LIST_ITSELF)
    if entry.anchor and any(entry.anchor + letter in names for letter in ascii_lowercase):
        boost = (boost or 1) * FIRST_OF_ITS_NAME
    return made if boost is None else {**made, "boost": boost}
