"""Rules of which every text would run a script, break out of its element or steer a drawing, if anything took it for more than text."""

import copy
from functools import cache
from unittest.mock import patch

from build_scripts.load import Loaded
from decision_logic import RuleSet
from decision_logic.shapes import Text

# Each part is an attempt of its own: HTML, attributes, ends of scripts and comments, Markdown, attribute lists, references, DOT,
# a new block. zq marks what must be found as plain text and nowhere else.
HOSTILE = (
    " <marquee onstart=zq()>zqtag</marquee> <img src=x onerror=zq()> \"zq' onfocus=zq() autofocus x=\" </script><script>zq()</script>"
    " --> ]]> <svg/onload=zq()> [zqlink](javascript:zq()) <javascript:zq()> **zqbold** `zqcode` ![zqpic](x) { onclick=zq() .zqclass }"
    " {{ tool zq }} &lt;zq&gt; \\N \\\" ]; zq [URL=\"javascript:zq()\"] <TD HREF=\"javascript:zq()\">\n\n# zqhead\n\n<iframe src=zq></iframe>"
)


@cache
def _read_as_text(files):
    """The paths of everything that the model reads as words for a reader."""
    paths, read = {}, Text.read

    def noted(shape, reader, value, path):
        paths[tuple(path)] = None
        return read(shape, reader, value, path)

    with patch.object(Text, "read", noted):
        RuleSet.from_plain(files.plain)
    return tuple(paths)


class _Files:
    """Plain data that can be a key of a cache."""

    def __init__(self, plain):
        self.plain = plain


def hostile(plain, text=HOSTILE, spared=()):
    """(the plain data with the text at the end of every text in it, how many that are). ``spared``: paths that keep theirs.

    A quantity's value stays where a figure calculates with it.
    """
    made, count = copy.deepcopy(plain), 0
    for path in _read_as_text(_Files(plain)):
        if path in spared:
            continue
        for home in (path, *(("areas", area, word, *path) for area in plain.get("areas", {}) for word in ("adds", "instead"))):
            outer = made
            try:
                for step in home[:-1]:
                    outer = outer[step]
                if isinstance(outer[home[-1]], str):
                    outer[home[-1]] += text
                    count += 1
            except (KeyError, IndexError, TypeError):
                continue
    return made, count


def loaded(plain, like):
    """The rules as the build has them after loading."""
    return Loaded(RuleSet.from_plain(plain), plain, like.root, like.files, like.composed)
