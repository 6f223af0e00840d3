"""A run of twelve words that a source has too is found, however it is written; a marked quotation and a title pass."""

import pytest

from build_scripts.cli import main
from build_scripts.prove.own_words import (
    BYTES,
    FINGERPRINTS,
    HEAD,
    TITLES,
    check_own_words,
    fingerprints,
    read_fingerprints,
)
from build_scripts.site.errors import SiteError

SOURCE = """\
The ferry leaves the north quay at dawn, and every passenger
who carries a lantern must put it out before the gangway is raised.
"""
RUN = "every passenger who carries a lantern must put it out before the"  # twelve words of it


@pytest.fixture
def findings(tmp_path):
    """A function from a page's text to what is found in it, against a source that was made up for this."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "known.bin").write_bytes(fingerprints([SOURCE]))

    def find(text, name="docs/page.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return check_own_words(tmp_path, tmp_path / "known.bin")[1]

    return find


def test_a_copied_run_is_told_with_file_line_and_words(findings):
    """So that it can be found and put otherwise."""
    (finding,) = findings(f"# Ferries\n\nWe say: {RUN} bell rings.\n")
    assert finding.startswith(f"docs/page.md:3: 12 words in a row as in a source: “{RUN}”")


@pytest.mark.parametrize("text", [
    RUN.upper(),
    RUN.replace(" ", "\n"),
    RUN.replace("passenger who", "passenger, who").replace("lantern", "*lantern*"),
    RUN.replace("lantern must", "lantern {{ cite g1.visit }} must"),
    f"- summary: {RUN}",
    f"Say quote: {RUN}",
    SOURCE,
])
def test_nothing_hides_it(findings, text):
    """Letters, line breaks, marks, references, or words besides that are no mark of a quotation."""
    assert len(findings(text)) == 1


@pytest.mark.parametrize("text", [
    f"> {RUN}",
    f"  quote: {RUN}",
    f"- quote: {RUN}",
    RUN.rpartition(" ")[0],
    RUN.replace("lantern", "lamp"),
    "every passenger who carries a lantern\n\nsays nothing. must put it out before the",
])
def test_what_is_quoted_short_or_our_own_passes(findings, text):
    """A marked quotation, eleven words, other words, or two parts that do not belong together."""
    assert findings(text) == []


def test_a_long_run_is_one_finding(findings):
    """It is told whole, once."""
    (finding,) = findings(SOURCE)
    assert ": 24 words in a row" in finding


@pytest.mark.parametrize("name", ["decision_logic/rules/one.yml", "README.md", "docs/deep/er/page.md"])
def test_every_file_with_words_for_readers_is_read(findings, name):
    """Pages, rules and the README."""
    assert len(findings(RUN, name)) == 1


@pytest.mark.parametrize("name", ["docs/_generated/page.md", "docs/assets/page.js", "tests/page.md"])
def test_other_files_are_not(findings, name):
    """What is generated from the rest, and code."""
    assert findings(RUN, name) == []


def test_the_title_of_a_document_may_be_named(tmp_path):
    """However long it is, it counts as one word, in a source as in a page."""
    longest = max(TITLES, key=len)
    assert len(longest.split()) > 12
    (tmp_path / "README.md").write_text(f"See {longest}.", encoding="utf-8")
    (tmp_path / "known.bin").write_bytes(fingerprints([f"As the {longest} says, go on."]))
    assert check_own_words(tmp_path, tmp_path / "known.bin")[1] == []


def test_the_same_texts_give_the_same_bytes():
    """Whatever their order, and a run that comes twice is kept once."""
    assert fingerprints([SOURCE, RUN]) == fingerprints([RUN, SOURCE]) == fingerprints([SOURCE])
    assert fingerprints([SOURCE]) != fingerprints([SOURCE + " Mind the gap."])


def test_the_command_writes_what_the_check_reads(tmp_path, capsys):
    """And says how many fingerprints there are."""
    (tmp_path / "source.txt").write_text(SOURCE, encoding="utf-8")
    assert main(["fingerprints", str(tmp_path / "source.txt"), "--into", str(tmp_path / "known.bin")]) == 0
    count = len(SOURCE.split()) - 11
    assert capsys.readouterr().out == f"written: {count} fingerprints of 1 text, {len(HEAD) + count * BYTES} bytes\n"
    assert len(read_fingerprints(tmp_path / "known.bin")) == count


@pytest.mark.parametrize("data", [b"", b"something else", HEAD + b"1234567"])
def test_a_file_of_another_kind_is_an_error(tmp_path, data):
    """Never read as if there were nothing to compare with."""
    (tmp_path / "known.bin").write_bytes(data)
    with pytest.raises(SiteError, match="cannot be read"):
        read_fingerprints(tmp_path / "known.bin")


def test_the_handbook_is_in_its_own_words():
    """Against the fingerprints of the real sources, of which there are many."""
    assert len(read_fingerprints(FINGERPRINTS)) > 20_000
    assert check_own_words()[1] == []
