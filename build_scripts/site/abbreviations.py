"""The Markdown extension that explains abbreviations where they stand: hover, focus or tap, and the glossary behind a link.

It is Python-Markdown's own ``abbr`` with the glossary of the rules for its definitions, and with measure: the first use below
each heading is marked, never one in a heading, a link or code. What the rules put into a page is left alone.
"""

import re
import xml.etree.ElementTree as etree

from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.util import AtomicString

from build_scripts.site.references import the_site

ABBREVIATION = re.compile(r"[A-Z]{2,6}\d?")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LEFT_ALONE = HEADINGS | {"a", "abbr", "code", "pre", "summary", "kbd"}
QUIET_CLASSES = {"hb-routes", "hb-people", "admonition-title"}


def definitions(glossary):
    """({abbreviation: what it says on hover}, {abbreviation: its entry}), plurals included.

    A term that is itself one, such as RA1, counts too. Where two terms share an abbreviation, both are told.
    """
    titles, entries = {}, {}
    for one in glossary.values():
        short = one.short or (one.term if ABBREVIATION.fullmatch(one.term) else None)
        if short:
            said = f"{one.term}. {one.means}" if one.short else one.means
            titles[short] = f"{titles[short]} Or: {said}" if short in titles else said
            entries.setdefault(short, one.id)
    for short in [*titles]:
        other = short.removesuffix("s") if short.endswith("s") else short + "s"
        titles.setdefault(other, titles[short])
        entries.setdefault(other, entries[short])
    return titles, entries


class FirstUses(AbbrTreeprocessor):
    """Marks the first use of each abbreviation below each heading, in the order in which a page is read."""

    def __init__(self, md, abbrs, site):
        super().__init__(md, abbrs)
        self.site, self.entries, self.seen = site, {}, set()

    def run(self, root):
        """The tree with its abbreviations marked."""
        titles, self.entries = definitions(self.site().rules.glossary)
        for short, said in titles.items():
            self.abbrs.setdefault(short, said)
        self.seen = set()
        return super().run(root)

    def iter_element(self, el, parent=None):
        """Walk on in reading order; the library walks backwards, which cannot know a first use."""
        if el.tag in HEADINGS:
            self.seen = set()
        if el.tag in LEFT_ALONE or QUIET_CLASSES & set(el.get("class", "").split()):
            return
        children = list(el)
        place = self._mark(el, el.text, 0, lambda words: setattr(el, "text", words))
        for child in children:
            self.iter_element(child, el)
            place = list(el).index(child) + 1
            place = self._mark(el, child.tail, place, lambda words, child=child: setattr(child, "tail", words))

    def _mark(self, el, words, place, put_back):
        """Split ``words`` at each first use and put the marks into ``el`` from ``place`` on. Returns the place behind them."""
        if not words or isinstance(words, AtomicString):
            return place
        found = [one for one in self.RE.finditer(words) if self.abbrs[one[0]] and self._first(one[0])]
        if not found:
            return place
        put_back(words[: found[0].start()])
        for number, one in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else len(words)
            el.insert(place, self._element(one[0], words[one.end() : end]))
            place += 1
        return place

    def _first(self, short):
        entry = self.entries.get(short, short)
        if entry in self.seen:
            return False
        self.seen.add(entry)
        return True

    def _element(self, short, tail):
        """``<abbr title><a>``: the title for the mouse, the link for keyboard and touch."""
        mark = self.create_element(self.abbrs[short], short, tail)
        if short in self.entries:
            mark.text = None
            link = etree.SubElement(mark, "a", {"href": self.site().href(f"reference/glossary.md#{self.entries[short]}")})
            link.text = AtomicString(short)
        return mark


class GlossaryExtension(AbbrExtension):
    """Registers the library's extension with our tree processor in the place of its own."""

    def __init__(self, site=None, **settings):
        super().__init__(**settings)
        self.site = site or the_site

    def extendMarkdown(self, md):
        """After inline patterns, so that links and code are elements by then."""
        super().extendMarkdown(md)
        md.treeprocessors.register(FirstUses(md, self.abbrs, self.site), "abbr", 7)


def makeExtension(**settings):
    """Python-Markdown's way in."""
    return GlossaryExtension(**settings)
