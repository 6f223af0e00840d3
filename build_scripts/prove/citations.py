"""What pages cite, and whether it is there: every ``{{ cite … }}`` and ``{{ said … }}`` of the prose, with its page, line and nearest heading.

The register's own pages and the page of ties only list provisions, so they cite nothing; pages for maintainers speak of the
rule files, not of the field.
"""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markdown.extensions.toc import slugify, unique

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SPARED = ("maintain", "_generated", "assets", "overrides")
LISTS_ONLY = ("reference/sources/", "reference/traceability.md")

REFERENCE = re.compile(r"\{\{\s*([a-z_]+)((?:\s+[^\s{}]+)*)\s*\}\}")
CODE = re.compile(r"(`+).+?\1")
FENCE = re.compile(r"^\s*(```|~~~)")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
ANCHOR = re.compile(r"\s*\{:?\s*#([\w-]+)[^}]*\}\s*$")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Reference:
    """One ``{{ … }}`` of a page: what it asks for, and the place where it stands."""

    page: str
    page_title: str
    heading: str | None
    anchor: str | None
    line: int
    column: int
    kind: str
    words: tuple

    @property
    def target(self):
        """The page, at the heading where it has one."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page

    @property
    def cites(self):
        """The provisions that it cites."""
        return self.words if self.kind == "cite" else self.words[:1] if self.kind == "said" else ()


def pages(docs=DOCS):
    """(its path as shown in findings, text) of every page for readers, in the order of their names."""
    for page in sorted(Path(docs).rglob("*.md")):
        if page.relative_to(docs).parts[0] not in SPARED:
            shown = page.relative_to(ROOT) if page.is_relative_to(ROOT) else page
            yield shown.as_posix(), page.read_text(encoding="utf-8")


def references(docs=DOCS):
    """Every reference of every page for readers, in the order of pages and lines."""
    docs = Path(docs)
    for page in sorted(docs.rglob("*.md")):
        name = page.relative_to(docs).as_posix()
        if name.split("/")[0] not in SPARED and not name.startswith(LISTS_ONLY):
            yield from references_of(name, page.read_text(encoding="utf-8"))


def check_references(loaded, docs=DOCS):
    """(what was covered, findings): each ``{{ … }}`` within a sentence that leads nowhere, with its place.

    What stands alone on a line is made, and so checked, when the site is built.
    """
    from build_scripts.site.generate import faults  # here, because it loads what draws maps
    from build_scripts.site.pieces.site import Site

    site, findings, count = Site(loaded), [], 0
    for shown, text in pages(docs):
        count += len(REFERENCE.findall(text))
        for line, column, reference, why in faults(site, text, blocks=False):
            findings.append(f"{shown}:{line}:{column}: {reference}: {why}")
    return f"{count} references", findings


def references_of(page, text):
    """The references of one page. Code is passed over, as it is when the page is built."""
    fenced, title, heading, anchor, used = False, page, None, None, set()
    for number, line in enumerate(text.split("\n"), 1):
        if FENCE.match(line):
            fenced = not fenced
        if fenced:
            continue
        found = HEADING.match(line)
        if found:
            words, name = _heading(found[2], used)
            if len(found[1]) == 1:
                title, heading, anchor = words, None, None
            else:
                heading, anchor = words, name
        shown = CODE.sub(lambda code: " " * len(code[0]), line)
        for one in REFERENCE.finditer(shown):
            yield Reference(page, title, heading, anchor, number, one.start() + 1, one[1], tuple(one[2].split()))


def _heading(text, used):
    """A heading's words, and its anchor as Python-Markdown makes it."""
    given = ANCHOR.search(text)
    words = LINK.sub(r"\1", ANCHOR.sub("", text)).replace("`", "").replace("*", "").strip()
    if given:
        used.add(given[1])
        return words, given[1]
    return words, unique(slugify(unescape(words), "-"), used)
