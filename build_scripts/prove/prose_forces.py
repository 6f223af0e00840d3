"""Must, should and may in the prose: a sentence puts nothing more strongly or weakly than the provisions that it cites.

A word between two marks must be that of one of the second mark's provisions, in whichever sentence it stands. What cannot be told is left alone: a sentence with several of
the words and one provision. A may with a negation forbids, as a must does. A may beside a fact is left alone, because it often
speaks of what is possible. In the parts of the handbook that state rules a must or should without any provision is a finding.
"""

import re

from build_scripts.prove.citations import CODE, DOCS, FENCE, pages

MARK = re.compile(r"(?:\{\{\s*cite(?:\s+[^\s{}]+)+\s*\}\}\s*)+")
NAMES = re.compile(r"\{\{\s*cite((?:\s+[^\s{}]+)+)\s*\}\}")
WORD = re.compile(r"\b(must|should|may)\b", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:no|nobody|none|nothing|neither|nor|not|never)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?:])[*_)”]*\s+(?=[\[*_(“A-Z{])|\|")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What only says that somebody must do something, or speaks of the words themselves, states no rule.
TOLD_OF = re.compile(r"\b(?:who|what)\b[^.]*\b(?:must|should)\b|\ba should\b|\bmust, should\b", re.IGNORECASE)
STATING = ("guidance", "roles", "checklists", "tools")
BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*>|#]|\d+\.)\s?)")


def check_prose_forces(provisions, docs=DOCS):
    """(what was covered, findings with file and line)."""
    findings, looked_at = [], 0
    for shown, text in pages(docs):
        for line, sentence, word, names in sentences(text, provisions):
            looked_at += 1
            if not any(fits(word, sentence, provisions[name].force) for name in names):
                says = ", ".join(f"{name}, which says {provisions[name].force}" for name in names)
                findings.append(f"{shown}:{line}: “{word}” for {says}: {sentence[:120]}")
        if any(f"/{part}/" in shown for part in STATING):
            findings += [
                f"{shown}:{line}: a must or should without a provision after it: {sentence[:120]}"
                for line, sentence in uncited(text)
            ]
    return f"{looked_at} times must, should or may before the provisions that it is held against", findings


def sentences(text, provisions):
    """(line, sentence, word, provisions) of each of the three words in a sentence that can be held against what it cites."""
    shown = _without_code(text)
    for begins, ends_at in _blocks(shown):
        at = begins
        for mark in MARK.finditer(shown, begins, ends_at):
            names = [name for name in " ".join(NAMES.findall(mark[0])).split() if name in provisions]
            # What stands before the last sentence rests on the same mark: nothing nearer is cited for it.
            here = shown[at : mark.start()].rpartition("|")[2]
            for sentence in map(_plain, SENTENCE_END.split(here.rstrip())):
                for word in _words(sentence, names):
                    yield shown.count("\n", 0, mark.start()) + 1, sentence, word, names
            at = mark.end()


def uncited(text):
    """(line, sentence) of each sentence with must or should after which its paragraph, point or cell cites nothing."""
    shown = FRONT_MATTER.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), _without_code(text))
    for begins, ends_at in _blocks(shown):
        cited = [mark.end() for mark in MARK.finditer(shown, begins, ends_at)]
        tail = shown[max(cited, default=begins) : ends_at]
        if tail.lstrip().startswith("#"):
            continue
        for sentence in map(_plain, SENTENCE_END.split(tail)):
            strong = {one.lower() for one in WORD.findall(sentence)} & {"must", "should"}
            if strong and not sentence.endswith(":") and not TOLD_OF.search(sentence):
                yield shown.count("\n", 0, ends_at) + 1, sentence


def unfit(text, forces):
    """(word, sentence) of each of the three words in a text that is that of none of these forces."""
    for sentence in map(_plain, SENTENCE_END.split(text)):
        for word in _words(sentence, forces):
            if not any(fits(word, sentence, force) for force in forces):
                yield word, sentence


def _words(sentence, sources):
    """Those of the three words that can be held against so many sources."""
    words = sorted({one.lower() for one in WORD.findall(sentence)})
    told = sources and (len(words) == 1 or len(sources) > 1) and not TOLD_OF.search(sentence)
    return words if told else []


def fits(word, sentence, force):
    """Whether a word is as strong as the provision."""
    if word == "may":
        return force in ("may", "fact") or (force == "must" and NEGATION.search(sentence) is not None)
    return word == force


def _blocks(shown):
    ends = [one.span() for one in BLOCK_END.finditer(shown)]
    return zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(shown)], strict=True)


def _plain(sentence):
    return " ".join(sentence.split())


def _without_code(text):
    lines, fenced = [], False
    for line in text.split("\n"):
        fence = FENCE.match(line)
        fenced = fenced != bool(fence)
        lines.append(" " * len(line) if fenced or fence else CODE.sub(lambda code: " " * len(code[0]), line))
    return "\n".join(lines)
