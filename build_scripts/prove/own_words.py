"""Our own words: no run of twelve words is shared with the sources, outside marked quotations and the titles of documents.

The sources themselves are not in the repository. ``source_words.bin`` holds a fingerprint of each run of twelve words in them,
from which no text can be read: a line of ASCII that says what it is, then the first 64 bits of a hash of each run, sorted.
``handbook fingerprints`` makes it from the source texts; the same texts give the same bytes. At 64 bits a false alarm is not to
be expected: some two hundred thousand runs of ours against some thirty thousand of theirs make one in about three thousand
million.
"""

import re
from hashlib import blake2b
from pathlib import Path

from build_scripts.site.errors import SiteError

ROOT = Path(__file__).resolve().parents[2]
FINGERPRINTS = Path(__file__).with_name("source_words.bin")
READ = ("docs", "decision_logic", "README.md")
SUFFIXES = {".md", ".yml", ".yaml"}
RUN = 12
BYTES = 8
HEAD = f"handbook.source_words/1 {RUN} words {8 * BYTES} bits\n".encode("ascii")

WORD = re.compile(r"[a-z0-9']+")
REFERENCE = re.compile(r"\{\{\s*(?:cite|term|form|reading|point|deadline|target|limit|quantity)\b[^{}]*\}\}")
# Naming a document or statute is no copying: each of these counts as one word.
TITLES = (
    "Operational Process Guidance for the Implementation of Testing on Arrest, Required Assessment and Restriction on Bail",
    "Operational Process Guidance for Implementation of Testing on Arrest, Required Assessment and Restriction on Bail",
    "Drug misusing offenders: ensuring the continuity of care between prison and community",
    "Effective management of the Drug Rehabilitation Requirement (DRR) and Alcohol Treatment Requirement (ATR)",
    "Models of Care for Treatment of Adult Drug Misusers",
    "Homelessness Code of Guidance for Local Authorities",
    "Homelessness (Priority Need for Accommodation) (England) Order 2002",
    "Drug Interventions Programme Operational Handbook",
    "Criteria to assist the identification of specified Class A drug misusing offenders",
)
_TITLES = [re.compile(r"\W+".join(WORD.findall(title.lower()))) for title in TITLES]


def fingerprints(texts):
    """The bytes of a fingerprint file for source texts, whose order does not matter."""
    runs = {_hash(run) for text in texts for run, _ in _runs(text)}
    return HEAD + b"".join(sorted(runs))


def read_fingerprints(file=FINGERPRINTS):
    """The set of hashes in a fingerprint file. Raises SiteError for a file of another kind."""
    data = Path(file).read_bytes()
    body = data.removeprefix(HEAD)
    if not data.startswith(HEAD) or len(body) % BYTES:
        raise SiteError(
            "the fingerprints of the sources cannot be read",
            where=str(file),
            found=repr(data[:60]),
            expected=f"a file that begins with {HEAD.decode().strip()!r}",
            hint="make it anew with handbook fingerprints",
        )
    return {body[at : at + BYTES] for at in range(0, len(body), BYTES)}


def check_own_words(root=ROOT, file=FINGERPRINTS):
    """(what was covered, findings): each run of words that a source has too, with file, line and the words."""
    known, findings, count = read_fingerprints(file), [], 0
    for path in _files(Path(root)):
        count += 1
        shown = path.relative_to(root).as_posix()
        for line, words in shared(path.read_text(encoding="utf-8", errors="replace"), known):
            findings.append(
                f"{shown}:{line}: {len(words)} words in a row as in a source: “{' '.join(words)}”: "
                "say it in your own words, or quote it short, marked with > or quote:, and cite it"
            )
    return f"{count} files against {len(known)} runs of {RUN} words of the sources", findings


def shared(text, known):
    """(line, words) of each longest run of words in a text all of whose runs of twelve are known.

    Looked at as it stands, and once more without the references between the words: a source mark hides nothing.
    """
    own, found = _without_quotations(text), {}
    for shown in dict.fromkeys((own, REFERENCE.sub(lambda one: " " * len(one[0]), own))):
        runs = _runs(shown)
        hits = [place for place, (run, _) in enumerate(runs) if _hash(run) in known]
        for first, last in _stretches(hits):
            words = [*runs[first][0], *(run[-1] for run, _ in runs[first + 1 : last + 1])]
            line = shown.count("\n", 0, runs[first][1]) + 1
            if len(words) > len(found.get(line, ())):
                found[line] = words
    return sorted(found.items())


def _files(root):
    for name in READ:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.suffix in SUFFIXES and "_generated" not in path.parts:
                yield path


def _runs(text):
    """(twelve words, offset of the first) for every place in a text."""
    text = text.lower()
    for number, title in enumerate(_TITLES):
        text = title.sub(lambda one, number=number: f"title{number}x".ljust(len(one[0])), text)
    words = [(one[0], one.start()) for one in WORD.finditer(text)]
    return [(tuple(word for word, _ in words[at : at + RUN]), words[at][1]) for at in range(len(words) - RUN + 1)]


def _without_quotations(text):
    """The text with each line of a marked quotation blanked, so that places stay true."""
    return "".join(
        re.sub(r"[^\n]", " ", line) if re.match(r"\s*(?:>|(?:- )?quote:)", line) else line
        for line in text.splitlines(keepends=True)
    )


def _stretches(places):
    """(first, last) of each stretch of neighbouring places."""
    stretches = []
    for place in places:
        if stretches and place == stretches[-1][1] + 1:
            stretches[-1][1] = place
        else:
            stretches.append([place, place])
    return stretches


def _hash(words):
    return blake2b(" ".join(words).encode("utf-8"), digest_size=BYTES).digest()
