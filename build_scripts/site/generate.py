"""What is generated before the site builder runs: the maps' stylesheet, and the proof that every reference in a page resolves."""

from pathlib import Path

from build_scripts.site.bundle import write_whole
from build_scripts.site.errors import SiteError
from build_scripts.site.pieces import BLOCKS
from build_scripts.site.references import CODE, FENCE, INLINE, REFERENCE, call
from diagrams import load_style, stylesheet

DOCS = Path(__file__).resolve().parents[2] / "docs"
GENERATED = DOCS / "_generated"


def write_generated(site):
    """Write docs/_generated/ anew; it is never committed."""
    GENERATED.mkdir(parents=True, exist_ok=True)
    write_whole(GENERATED, {"maps.css": stylesheet(load_style()).encode("utf-8")})


def check_references(site, docs=DOCS):
    """Resolve every ``{{ … }}`` of every page. Raises SiteError with all that lead nowhere, by file, line and column."""
    _check(docs, lambda text: faults(site, text))


def check_written(docs=DOCS):
    """The same for what needs no rules to be seen: double braces that are no reference, which a page would show as they are."""
    _check(docs, strays)


def _check(docs, look):
    wrong = []
    for page in sorted(Path(docs).rglob("*.md")):
        if "_generated" in page.relative_to(docs).parts:
            continue
        for line, column, reference, why in look(page.read_text(encoding="utf-8")):
            wrong.append(f"docs/{page.relative_to(docs).as_posix()}:{line}:{column}: {reference}: {why}")
    if wrong:
        raise SiteError(
            f"{len(wrong)} reference{'s' if len(wrong) > 1 else ''} in the pages cannot be resolved",
            found="\n  " + "\n  ".join(wrong),
            expected="references as docs/maintain/references.md lists them",
        )


def faults(site, text, blocks=True):
    """(line, column, reference, why) of each reference that cannot be resolved.

    Without ``blocks`` those that stand alone on a line are only known by name: to make them takes the maps and a while.
    """
    for number, shown in _lines(text):
        for found in REFERENCE.finditer(shown):
            block = shown.strip() == found[0] and found[1] in BLOCKS
            if block and not blocks:
                continue
            try:
                call(BLOCKS if block else INLINE, site, found)
            except SiteError as error:
                why = error.message + (
                    f" ({error.hint})" if error.hint else f" (expected {error.expected})" if error.expected else ""
                )
                yield number, found.start() + 1, found[0], why
        yield from _strays(number, shown)


def strays(text):
    """(line, column, what stands there, why) of double braces that are no reference."""
    for number, shown in _lines(text):
        yield from _strays(number, shown)


def _strays(number, shown):
    rest = REFERENCE.sub("", shown)
    if "{{" in rest or "}}" in rest:
        yield (
            number,
            max(rest.find("{{"), 0) + 1,
            rest.strip()[:40],
            "something in double braces that is no reference",
        )


def _lines(text):
    """(number, line without its code) of each line with double braces that is not in a block of code."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if FENCE.match(line):
            fenced = not fenced
        if not fenced and "{{" in line:
            yield number, CODE.sub(lambda code: " " * len(code[0]), line)
