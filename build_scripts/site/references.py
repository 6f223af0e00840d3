"""The Markdown extension that puts what the rules say into the pages: ``{{ deadline follow_up }}``, ``{{ tool identification }}``.

The only thing that the site builder needs of ours. It is an ordinary Python-Markdown extension, so any builder that reads
mkdocs.yml and uses Python-Markdown can run it. References inside code are left as they are.
"""

import re
from html import escape
from contextlib import contextmanager
from functools import lru_cache

from markdown import Extension
from markdown.preprocessors import Preprocessor

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces import BLOCKS, INLINE
from build_scripts.site.pieces.site import load_site
from decision_logic.errors import did_you_mean

REFERENCE = re.compile(r"\{\{\s*([a-z_]+)((?:\s+[^\s{}]+)*)\s*\}\}")
ANY_BRACES = re.compile(r"\{\{.*?\}\}")
CODE = re.compile(r"(`+).+?\1")
FENCE = re.compile(r"^\s*(```|~~~)")
HEADING = re.compile(r"(#+) (.*?)( \{ [#.][^{}]* \})?", re.DOTALL)
# What Markdown takes for more than itself within a heading, and takes for itself after a backslash.
MARKDOWN = re.compile(r"[\\`*_{}\[\]#]")


_given = []


def the_site():
    """The rules for all pages of one build: those that the build gave, or where the site builder runs alone, those of the files."""
    return _given[-1] if _given else _read()


@contextmanager
def given(site):
    """While it lasts, pages are made from ``site``."""
    _given.append(site)
    try:
        yield
    finally:
        _given.remove(site)


@lru_cache(maxsize=1)
def _read():
    return load_site()


def heading(line):
    """A heading that a block gives, ``## Title { #id }``, with the words of the rules in it as plain words, whatever they hold."""
    level, title, attributes = HEADING.fullmatch(line).groups()
    words = escape(" ".join(title.split()), quote=False)
    return f"{level} {MARKDOWN.sub(_plainly, words)}{attributes or ''}"


def _plainly(found):
    return f"\\{found[0]}"


class References(Preprocessor):
    """Replaces references line by line."""

    def __init__(self, md, site):
        super().__init__(md)
        self.site = site or the_site

    def run(self, lines):
        """The lines with every reference replaced."""
        site, made, fenced = self.site(), [], False
        site.embedded.clear()
        for line in lines:
            if FENCE.match(line):
                fenced = not fenced
            if fenced or "{{" not in line:
                made.append(line)
                continue
            whole = REFERENCE.fullmatch(line.strip())
            if whole and whole[1] in BLOCKS:
                for part in call(BLOCKS, site, whole):
                    made += ["", heading(part) if part.startswith("#") else self.md.htmlStash.store(part), ""]
            else:
                made.append(replace_inline(site, line, self.md.htmlStash.store))
        return made


def replace_inline(site, line, store):
    """A line with its inline references replaced, code left alone."""
    pieces, at = [], 0
    for code in [*CODE.finditer(line), None]:
        end = code.start() if code else len(line)
        pieces.append(REFERENCE.sub(lambda found: store(call(INLINE, site, found)), line[at:end]))
        if code:
            pieces.append(code[0])
            at = code.end()
    return "".join(pieces)


def call(vocabulary, site, found):
    """What a reference stands for. Raises SiteError that names the reference."""
    kind, words = found[1], found[2].split()
    if kind not in vocabulary:
        other = "alone on its line" if kind in BLOCKS else "within a sentence" if kind in INLINE else None
        raise SiteError(
            f"unknown reference {found[0]}",
            expected=f"{kind} stands {other}" if other else "one of " + ", ".join((*INLINE, *BLOCKS)),
            hint=did_you_mean(kind, (*INLINE, *BLOCKS)),
        )
    try:
        beside = site.beside.get((kind, *words)) if vocabulary is BLOCKS else None
        if beside is not None and not beside.taken_back():
            return beside.result()
        return vocabulary[kind](site, *words)
    except TypeError as error:
        if "argument" not in str(error):
            raise
        raise SiteError(
            f"{found[0]} has too many or too few words", expected="see docs/maintain/references.md"
        ) from None
    except SiteError as error:
        error.where = error.where or found[0]
        raise


class ReferenceExtension(Extension):
    """Registers the preprocessor."""

    def __init__(self, site=None, **settings):
        super().__init__(**settings)
        self.site = site

    def extendMarkdown(self, md):
        """Before raw HTML is taken out, after line ends are made one."""
        md.preprocessors.register(References(md, self.site), "handbook_references", 27)


def makeExtension(**settings):
    """Python-Markdown's way in."""
    return ReferenceExtension(**settings)
