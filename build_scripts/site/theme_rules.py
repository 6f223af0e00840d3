"""Rules of the theme's style sheet that no page needs and that make every change of a page dear.

When something is put into a page or taken out, a browser styles anew all that a rule could now fit: after ``:nth-child(3):checked ~ * >
:nth-child(3)`` and ``table:not([class]) + *`` that is all that stands beside it, with everything within. An answer changes at every
choice, and that was the larger part of what a choice cost.
"""

import re
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.scripts import short_hash

SHEET = "assets/stylesheets/main.*.min.css"
# A rule that holds no other: its selectors and what it says.
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
EMPTY = re.compile(r"@media[^{}]*\{\}")
# Contents in tabs, an extension of Markdown that the handbook has not (tests/build/test_html.py holds that no page has such a class).
UNUSED = re.compile(r"\.tabbed-")
# What follows a table of the theme's own: its script puts such tables into a frame at once, in which nothing follows.
BESIDE_TABLES = ".md-typeset table:not([class])+*"


def slim_theme(out):
    """Take these rules out of the built site in ``out``. Returns {path that pages name: path that they are to name}."""
    renamed = {}
    for file in sorted(Path(out).glob(SHEET)):
        text = file.read_text(encoding="utf-8")
        slim = EMPTY.sub("", RULE.sub(_needed, text))
        if slim == text:
            raise SiteError(
                "the theme's style sheet has none of the rules that are taken out of it",
                where=file.relative_to(out).as_posix(),
                found="neither contents in tabs nor a rule for what follows a table",
                expected=f"rules for {UNUSED.pattern.replace(chr(92), '')}* and {BESIDE_TABLES}",
                hint="see build_scripts/site/theme_rules.py: the theme has changed",
            )
        data = slim.encode("utf-8")
        new = file.with_name(f"main.{short_hash(data)}.min.css")
        file.unlink()
        new.write_bytes(data)
        renamed[file.relative_to(out).as_posix()] = new.relative_to(out).as_posix()
    return renamed


def _needed(rule):
    """A rule with those of its selectors that are needed; nothing where there is none."""
    if not UNUSED.search(rule[1]) and BESIDE_TABLES not in rule[1]:
        return rule[0]
    kept = [one for one in _selectors(rule[1]) if not UNUSED.search(one) and one.strip() != BESIDE_TABLES]
    return f"{','.join(kept)}{{{rule[2]}}}" if kept else ""


def _selectors(text):
    """The selectors of a rule, parted at the commas that stand in no bracket."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
