"""Everything that can go wrong, in one small hierarchy.

    HandbookError                what was found, what was expected, what to do
     ├── RuleError               the rule files are wrong; carries every problem found, not the first
     ├── RequestError            an unknown tool, deadline or place was asked for
     ├── AnswerError             an answer is of the wrong type, unknown, or impossible beside the others
     ├── EditionError            no edition of the tool covers the place on the date
     └── DateError               a date or time is impossible, or outside the years a calendar covers

Errors are help: each says where, what was found, what was expected and, where it can be guessed, what was meant.
"""

from dataclasses import dataclass

LONGEST_FOUND = 200  # of what was found so much is shown that it can be recognised
LONGEST_MESSAGE = 800


def shown(text, longest=None):
    """A text as it can stand in a message: what cannot be seen, or would steer a terminal, as an escape; no longer than ``longest``."""
    if text is None:
        return None
    if longest is not None and len(text) > longest:
        text = text[:longest] + "…"
    if text.isprintable():
        return text
    # repr() writes the escapes without the module of a codec, which the browser's Python does not have.
    return "".join(one if one.isprintable() or one == "\n" else repr(one)[1:-1] for one in text)


class HandbookError(Exception):
    """Base of all errors that a user of the engine should see in words.

    ``where`` names the place (a question, a file position); ``found``, ``expected`` and ``hint`` are short texts or None.
    """

    kind = "handbook"
    longest_found = LONGEST_FOUND

    def __init__(self, message, *, where=None, found=None, expected=None, hint=None):
        self.message = shown(message, LONGEST_MESSAGE)
        super().__init__(self.message)
        self.where = shown(where, LONGEST_FOUND)
        self.found = shown(found, self.longest_found)
        self.expected = shown(expected)
        self.hint = shown(hint, LONGEST_FOUND)

    def __str__(self):
        lines = [f"{self.where}: {self.message}" if self.where else self.message]
        for label, text in (("found", self.found), ("expected", self.expected), ("try", self.hint)):
            if text:
                lines.append(f"  {label + ':':<10} {text}")
        return "\n".join(lines)


class RequestError(HandbookError):
    """Something was asked for that the rules do not have."""

    kind = "request"


class AnswerError(HandbookError):
    """An answer cannot be used; ``question`` is the identifier to point at, or None where several are concerned."""

    kind = "answer"

    def __init__(self, message, *, question=None, questions=(), **rest):
        rest.setdefault("where", question)
        super().__init__(message, **rest)
        self.question = question
        self.questions = tuple(questions) or ((question,) if question else ())


class EditionError(HandbookError):
    """No edition covers the place on the date."""

    kind = "edition"


class DateError(HandbookError):
    """A date or time does not exist, cannot be read, or lies outside the years that the calendar covers."""

    kind = "date"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the rules.

    ``path`` leads to it through the plain data: ("tools", "identification", "outcomes", "criteria_met", "when").
    ``on_key`` says that the key itself is wrong, not its value, so that the position shown is the key's.
    """

    path: tuple
    found: str
    expected: str
    hint: str | None = None
    on_key: bool = False

    def __str__(self):
        lines = [
            shown(".".join(str(part) for part in self.path), LONGEST_FOUND),
            f"  {'found:':<10} {shown(self.found, LONGEST_FOUND)}",
            f"  {'expected:':<10} {shown(self.expected)}",
        ]
        if self.hint:
            lines.append(f"  {'try:':<10} {shown(self.hint, LONGEST_FOUND)}")
        return "\n".join(lines)


class RuleError(HandbookError):
    """The rules are wrong. ``problems`` holds every :class:`Problem`, in the order of the files."""

    kind = "rules"

    def __init__(self, problems):
        self.problems = list(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the rules")

    def __str__(self):
        return "\n".join([*(str(problem) for problem in self.problems), self.message])


def meant(word, known):
    """The known word that ``word`` was probably meant to be, or None.

    Written out (edit distance of at most two or a third of the word, in short words half of it) so that the browser need not
    load difflib.
    """
    best, best_distance = None, min(max(2, len(word) // 3), max(1, len(word) // 2)) + 1
    word = word.lower()
    for known_word in sorted(known):
        candidate = known_word.lower()
        if abs(len(candidate) - len(word)) >= best_distance:
            continue
        row = list(range(len(candidate) + 1))
        for i, a in enumerate(word, 1):
            previous, row[0] = row[0], i
            for j, b in enumerate(candidate, 1):
                previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
        if row[-1] < best_distance:
            best, best_distance = known_word, row[-1]
    return best


def did_you_mean(word, known):
    """A hint sentence for :func:`meant`, or None."""
    guess = meant(word, known)
    return f"did you mean {guess!r}?" if guess else None
