"""Every abbreviation that a reader meets, in a page or in the words of the rules, is explained by the glossary.

What everybody knows, how law is cited, names of organisations and what only a maintainer reads is listed here and spared.
"""

import re
from pathlib import Path

from build_scripts.prove.prose import DOCS, FENCE, HIDDEN, _shown

ABBREVIATION = re.compile(r"(?<![\w.-])[A-Z]{2,6}(?=s?(?!\w))")
# What everybody knows, how law is cited, and names of organisations.
ORDINARY = frozenset(
    ("HM", "UK", "VE", "II", "III", "SI", "WSI", "EWCA", "UKSC", "WLR", "GDPR", "ARCH", "FOI", "GOV", "NHS", "NICE", "WDP")
)
# What only maintainers read.
MAINTAINERS = frozenset(("GB", "HTML", "IIS", "JSON", "PDF", "README", "SVG", "URL", "UTC", "UTF", "WCAG", "YAML"))


def check_abbreviations(rules, plain, docs=DOCS):
    """(what was covered, findings): each abbreviation without an entry, once, with the first place where it stands."""
    known = {one.short for one in rules.glossary.values()} | {one.term for one in rules.glossary.values()}
    known |= {word.removesuffix("s") for word in known if word} | ORDINARY
    places, pages = {}, 0
    for page in sorted(Path(docs).rglob("*.md")):
        part = page.relative_to(docs).parts[0]
        if part in ("_generated", "assets", "overrides"):
            continue
        pages += 1
        spared = MAINTAINERS if part == "maintain" else frozenset()
        for line, word in abbreviations(page.read_text(encoding="utf-8")):
            if word not in known | spared:
                places.setdefault(word, f"{_shown(page)}:{line}")
    for path, words in texts(plain):
        for _, word in abbreviations(words):
            if word not in known:
                places.setdefault(word, f"the rules, {path}")
    findings = [
        f"{place}: {word} has no entry in decision_logic/rules/glossary.yml: add one with `short: {word}`, or write the words out"
        for word, place in sorted(places.items())
    ]
    return f"{pages} pages and the words of the rules", findings


def abbreviations(text):
    """(line, abbreviation) of each one in Markdown text; code, references, links' targets and comments are no prose."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        fence = FENCE.match(line)
        if fence:
            fenced = not fenced
        if fenced or fence:
            continue
        for hidden in HIDDEN:
            line = hidden.sub(" ", line)
        for found in ABBREVIATION.finditer(line):
            yield number, found[0]


def texts(plain, path=()):
    """(path, words) of every text in the plain rules that a reader may meet: identifiers, dates and numbers are none."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from texts(value, (*path, str(key)))
    elif isinstance(plain, list):
        for value in plain:
            yield from texts(value, path)
    elif isinstance(plain, str) and " " in plain:
        yield ".".join(path), plain
