"""The Markdown extension that explains abbreviations where they stand: hover, focus or tap, and the glossary behind a link.

Python-Markdown's own ``abbr`` marks every use, and only in prose; half of our words come from the rules. So this one works on the
finished page, and with measure: the first use below each heading is marked. Headings, links, code, quotations of names, what is
folded away behind a title, drawings and whatever takes answers are left alone.
"""

import re
from html import escape

from markdown import Extension
from markdown.postprocessors import Postprocessor

from build_scripts.site.references import the_site
from build_scripts.site.tree import VOID

# A comment, what stands there for itself whatever is in it, or a tag.
PART = re.compile(
    r"<!--.*?-->|<(?P<whole>svg|script|style|template|textarea)\b.*?</(?P=whole)\s*>|<[!?][^>]*>"
    r"|</(?P<end>[a-zA-Z][^\s/>]*)[^>]*>"
    r"|<(?P<start>[a-zA-Z][^\s/>]*)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
CLASS = re.compile(r"""\sclass=["']([^"']*)["']""")
ABBREVIATION = re.compile(r"[A-Z]{2,6}\d?")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
QUIET = HEADINGS | frozenset(
    "a abbr button caption code form kbd label nav pre q script style summary svg template textarea th".split()
)
QUIET_CLASSES = frozenset({"hb-routes", "hb-people", "hb-glossary", "hb-when", "admonition-title"})


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


def explained(html, site):
    """A page's HTML with the first use of each abbreviation below each heading marked.

    A mark is ``<abbr title><a>``: the title for the mouse, the link for keyboard and touch.
    """
    titles, entries, known = _known(site.rules.glossary)
    if not titles or not known.search(html):
        return html
    seen = set()

    def mark(found):
        short = found[0]
        if entries[short] in seen:
            return short
        seen.add(entries[short])
        target = escape(site.href(f"reference/glossary.md#{entries[short]}"))
        return f'<abbr title="{escape(titles[short])}"><a href="{target}">{short}</a></abbr>'

    made, at = [], 0
    quiet, depth = None, 0  # the tag of what is left alone just now, and how many of its tag are open
    for part in PART.finditer(html):
        before = html[at : part.start()]
        made += (known.sub(mark, before) if quiet is None else before), part[0]
        at = part.end()
        if start := part["start"]:
            tag = start.lower()
            if quiet is None:
                if tag in HEADINGS:
                    seen.clear()
                if tag in QUIET or _quiet_class(part["rest"]):
                    quiet = tag
            if tag == quiet and tag not in VOID and not part[0].endswith("/>"):
                depth += 1
        elif quiet is not None and part["end"] and part["end"].lower() == quiet:
            depth -= 1
        if not depth:
            quiet = None
    made.append(known.sub(mark, html[at:]) if quiet is None else html[at:])
    return "".join(made)


def _quiet_class(attributes):
    found = CLASS.search(attributes)
    return found is not None and not QUIET_CLASSES.isdisjoint(found[1].split())


def _known(glossary):
    """What :func:`definitions` gives, and the expression that finds them; for the same glossary made once."""
    if _last.get("glossary") is not glossary:
        titles, entries = definitions(glossary)
        words = "|".join(sorted(map(re.escape, titles), key=len, reverse=True))
        _last.update(glossary=glossary, known=(titles, entries, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")))
    return _last["known"]


_last = {}


class Explain(Postprocessor):
    """Marks the finished page."""

    def __init__(self, md, site):
        super().__init__(md)
        self.site = site

    def run(self, text):
        """The page with its abbreviations marked."""
        return explained(text, self.site())


class GlossaryExtension(Extension):
    """Registers the postprocessor."""

    def __init__(self, site=None, **settings):
        super().__init__(**settings)
        self.site = site or the_site

    def extendMarkdown(self, md):
        """After every other, when what the rules put in stands in the page."""
        md.postprocessors.register(Explain(md, self.site), "handbook_abbreviations", 1)


def makeExtension(**settings):
    """Python-Markdown's way in."""
    return GlossaryExtension(**settings)
