"""Must, should and may in the prose: a sentence that cites one provision does not put it more strongly or weakly than it is.

Only what can be told without doubt is looked at: the sentence before a mark that cites exactly one provision, where it has
exactly one of the three words. A may with a negation forbids, as a must does. A may beside a fact is left alone, because it
often speaks of what is possible.
"""

import re

from build_scripts.prove.citations import CODE, DOCS, FENCE, pages

MARK = re.compile(r"(?:\{\{\s*cite(?:\s+[^\s{}]+)+\s*\}\}\s*)+")
NAMES = re.compile(r"\{\{\s*cite((?:\s+[^\s{}]+)+)\s*\}\}")
WORD = re.compile(r"\b(must|should|may)\b", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:no|nobody|none|nothing|neither|nor|not|never)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?:])[*_)”]*\s+(?=[\[*_(“A-Z{])|\|")
BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*>|#]|\d+\.)\s?)")


def check_prose_forces(provisions, docs=DOCS):
    """(what was covered, findings with file and line)."""
    findings, looked_at = [], 0
    for shown, text in pages(docs):
        for line, sentence, word, name in sentences(text, provisions):
            looked_at += 1
            force = provisions[name].force
            if not fits(word, sentence, force):
                findings.append(f"{shown}:{line}: “{word}” for {name}, which says {force}: {sentence[:120]}")
    return f"{looked_at} sentences with must, should or may and one provision", findings


def sentences(text, provisions):
    """(line, sentence, word, provision) of each sentence that can be held against the one provision it cites."""
    shown = _without_code(text)
    ends = [one.span() for one in BLOCK_END.finditer(shown)]
    for begins, ends_at in zip(
        [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(shown)], strict=True
    ):
        at = begins
        for mark in MARK.finditer(shown, begins, ends_at):
            names = " ".join(NAMES.findall(mark[0])).split()
            sentence = " ".join(SENTENCE_END.split(shown[at : mark.start()].rstrip())[-1].split())
            at = mark.end()
            words = {one.lower() for one in WORD.findall(sentence)}
            if len(names) == 1 and names[0] in provisions and len(words) == 1:
                yield shown.count("\n", 0, mark.start()) + 1, sentence, words.pop(), names[0]


def fits(word, sentence, force):
    """Whether a word is as strong as the provision."""
    if word == "may":
        return force in ("may", "fact") or (force == "must" and NEGATION.search(sentence) is not None)
    return word == force


def _without_code(text):
    lines, fenced = [], False
    for line in text.split("\n"):
        fence = FENCE.match(line)
        fenced = fenced != bool(fence)
        lines.append(" " * len(line) if fenced or fence else CODE.sub(lambda code: " " * len(code[0]), line))
    return "\n".join(lines)
