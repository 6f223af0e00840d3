"""Characters that a reader of a rule file cannot see, or that make it read otherwise than it is written.

Text that turns its direction, joiners of no width, blank letters and unusual spaces can make a rule look like another one to
whoever reviews it. No rule of ours needs them, so they are refused wherever they stand, in comments too.
"""

import unicodedata

LINE_ENDS = "\n\r"
ORDINARY = " \t" + LINE_ENDS
HIDDEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
# Letters, marks and symbols that fonts draw as nothing, though Unicode does not count them among the kinds above.
BLANK = {
    "\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0",
    *map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),
}  # fmt: skip


def is_unseen(character):
    """Whether a character cannot be seen as itself. A space, a tab and the ends of lines can."""
    if " " <= character <= "~" or character in ORDINARY:
        return False
    return unicodedata.category(character) in HIDDEN_KINDS or character in BLANK


def unseen_in(text):
    """(index, character) of each in a text; a mark of the encoding at its very beginning is none."""
    if text.isascii() and text.isprintable():
        return
    for index, character in enumerate(text):
        if is_unseen(character) and not (index == 0 and character == "\ufeff"):
            yield index, character


def named(character):
    """A character as an author can look it up: U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'a control character')}"


def hint_for(character):
    """What to write instead."""
    return "write an ordinary space" if unicodedata.category(character) == "Zs" else "take it out; where it is needed for its meaning, say that in words"
