"""``handbook fingerprints``: write the fingerprints of the sources, against which our own words are checked."""

from pathlib import Path

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "fingerprints",
        "write the fingerprints of the source texts anew",
        """
        Make build_scripts/prove/source_words.bin from the texts of all sources, given as plain text. It holds a hash of each
        run of twelve words, sorted: the order of the texts does not matter, and the same texts give the same bytes.
        `handbook check docs` finds by it any run that our files share with a source, so that the texts are not needed there.
        """,
        "handbook fingerprints ~/sources/*.txt",
        run,
    )
    parser.add_argument("texts", metavar="FILE", nargs="+", help="the text of a source, in UTF-8; all of them at once")
    parser.add_argument("--into", metavar="FILE", help="where they go (default: build_scripts/prove/source_words.bin)")


def run(given):
    """Write them and say how many there are."""
    from build_scripts.prove.own_words import BYTES, FINGERPRINTS, HEAD, fingerprints
    from build_scripts.site.runtime import write_whole

    made = fingerprints(Path(name).read_text(encoding="utf-8") for name in given.texts)
    into = Path(given.into) if given.into else FINGERPRINTS
    write_whole(into.parent, {into.name: made})
    count = len(given.texts)
    runs = (len(made) - len(HEAD)) // BYTES
    print(f"written: {runs} fingerprints of {count} text{'s' if count != 1 else ''}, {len(made)} bytes")
