"""No time limit is written out in the prose: each comes from a rule by reference, so that it cannot drift from it.

docs/maintain/ and code are spared. Where a source's own words need a duration that is no limit of the rules, the escape cites
it: ``{{ said annex_d.caseload two-year average }}``.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SPARED = ("maintain", "_generated", "assets", "overrides")

SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|an?|half\s+an?|a\s+couple\s+of|a\s+dozen|a\s+hundred|hundred|dozen|"
    + rf"(?:{TENS.replace(' ', '|')})(?:[\s-]+(?:{SMALL.replace(' ', '|')}))?|{SMALL.replace(' ', '|')})"
)
KIND = r"(?:(?:working|calendar|clock|elapsed|consecutive|clear|full|whole|business|further|more|long)[\s-]+){0,2}"
UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|quarters?|years?|yrs?)"
)
DURATION = re.compile(
    rf"(?<![\w.-]){NUMBER}[\s-]+{KIND}{UNIT}(?![\w])|(?<![\w.-])\d+(?:h|d|wd|hrs?|wks?|mins?)(?![\w])|\bfortnight\w*|\b(?:next|following|same)[\s-]+(?:working[\s-]+)?day\b|\bovernight\b",
    re.IGNORECASE,
)
HIDDEN = (
    re.compile(r"\{\{.*?\}\}"),
    re.compile(r"(`+).+?\1"),
    re.compile(r"<!--.*?-->"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"https?://\S+"),
)
FENCE = re.compile(r"^\s*(```|~~~)")


def check_prose(docs=DOCS):
    """(what was covered, findings): every literal duration, with its place and what to write instead."""
    findings, pages = [], 0
    for page in sorted(Path(docs).rglob("*.md")):
        if page.relative_to(docs).parts[0] in SPARED:
            continue
        pages += 1
        findings += [
            f"{_shown(page)}:{line}:{column}: “{words}” is written out: write {{{{ deadline NAME }}}} or {{{{ quantity NAME }}}}, or the cited escape {{{{ said PROVISION {words} }}}}"
            for line, column, words in durations(page.read_text(encoding="utf-8"))
        ]
    return f"{pages} pages", findings


def durations(text):
    """(line, column, words) of each literal duration in Markdown text. Line breaks within a paragraph do not hide one."""
    lines, fenced = [], False
    for line in text.split("\n"):
        fence = FENCE.match(line)
        if fence:
            fenced = not fenced
        lines.append(" " * len(line) if fenced or fence else line)
    shown = "\n".join(lines)
    for hidden in HIDDEN:
        shown = hidden.sub(lambda found: re.sub(r"[^\n]", "\x00", found[0]), shown)
    for found in DURATION.finditer(shown):
        if "\n\n" in found[0]:
            continue
        before = shown[: found.start()]
        yield before.count("\n") + 1, found.start() - before.rfind("\n"), " ".join(found[0].split())


def _shown(page):
    try:
        return page.relative_to(ROOT).as_posix()
    except ValueError:
        return page.as_posix()
