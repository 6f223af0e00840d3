"""Abbreviations are explained: the glossary knows each one, and pages mark its first use below each heading."""

from types import SimpleNamespace

import pytest
from markdown import Markdown

from build_scripts.load import load_rules
from build_scripts.prove.abbreviations import abbreviations, check_abbreviations, texts
from build_scripts.site.abbreviations import GlossaryExtension, definitions, explained
from decision_logic.model import Term


def term(name, words, means, short=None):
    return Term(id=name, term=words, means=means, cites=(), short=short)


GLOSSARY = {
    one.id: one
    for one in (
        term("team", "Town Team", "Who helps.", "TT"),
        term("carers", "Care and Rest", "Who cares.", "CRs"),
        term("here", "Here Service", "One.", "HS"),
        term("there", "Other Service", "Two.", "HS"),
        term("tt1", "TT1", "A form."),
        term("word", "ordinary word", "No abbreviation."),
    )
}


@pytest.fixture(scope="module")
def loaded():
    return load_rules()


def page(markdown):
    """A page as HTML, with the small glossary."""
    site = SimpleNamespace(rules=SimpleNamespace(glossary=GLOSSARY), href=lambda target: "site:" + target)
    return Markdown(extensions=["attr_list", "md_in_html", GlossaryExtension(lambda: site)]).convert(markdown)


def mark(word, entry, title):
    return f'<abbr title="{title}"><a href="site:reference/glossary.md#{entry}">{word}</a></abbr>'


def test_the_first_use_below_each_heading_is_marked_with_meaning_and_link():
    """In reading order, in nested lists and behind other marks too; later uses stay plain."""
    html = page("TT\n\n- a **b** TT\n- TT1\n\n## One\n\nx *y* the TT, TT and TT\n\n### Two\n\nTT")
    assert html.count(mark("TT", "team", "Town Team. Who helps.")) == 3
    assert html.count(mark("TT1", "tt1", "A form.")) == 1
    assert f"the {mark('TT', 'team', 'Town Team. Who helps.')}, TT and TT" in html


@pytest.mark.parametrize("markdown", [
    "# The TT", "`TT`", "[to the TT](x.md)", "    TT", "TTs1", "ATT", "TT-like", '<div class="hb-routes" markdown>\n\nTT\n\n</div>',
    "<form><p>TT</p></form>", "<svg><text>TT</text></svg>", "<details><summary>TT</summary></details>", '<dl class="hb-glossary"><dt>TT</dt></dl>',
    "<p title='TT'>x</p>", "<!-- TT -->", "<table><tr><th>TT</th></tr></table>", "<p><button>a <b>b</b> TT</button></p>",
])
def test_headings_links_code_forms_and_parts_of_words_are_left_alone(markdown):
    """A mark there would break the heading's anchor, nest links, change what is quoted or stand in the way of an answer."""
    assert "<abbr" not in page(markdown)


def test_what_the_rules_put_in_is_marked_too():
    """Also behind an element that is left alone, and behind one that has no end tag."""
    assert mark("TT", "team", "Town Team. Who helps.") in page('<table><tr><td><a href="x">TT</a><br><img alt="">the TT</td></tr></table>')


def test_titles_are_escaped():
    """They stand in an attribute."""
    quoted = SimpleNamespace(rules=SimpleNamespace(glossary={"q": term("q", 'The "Quoted" <Team>', "Who & why.", "QT")}), href=str)
    assert 'title="The &quot;Quoted&quot; &lt;Team&gt;. Who &amp; why."' in explained("<p>QT</p>", quoted)


def test_plurals_count_as_the_same_abbreviation():
    """One mark for both, whichever comes first; an abbreviation that ends in s works without it."""
    assert page("TTs and TT").count("<abbr") == 1
    assert mark("TTs", "team", "Town Team. Who helps.") in page("TTs and TT")
    assert mark("CR", "carers", "Care and Rest. Who cares.") in page("a CR team")


def test_two_meanings_are_both_told():
    """Two services may share their letters; the reader sees both and gets to the first."""
    titles, entries = definitions(GLOSSARY)
    assert titles["HS"] == "Here Service. One. Or: Other Service. Two."
    assert entries["HS"] == "here"


@pytest.mark.parametrize("text, found", [
    ("The CJIT and CJITs.", ["CJIT", "CJIT"]), ("CARATs", ["CARAT"]), ("(DAAT/CSP)", ["DAAT", "CSP"]), ("A RoB, B2, IE1, Abc, A", []),
    ("`CODE` {{ cite IE.x }} [x](IE/RA.md) <!-- NO -->", []), ("```\nNO\n```\nYES", ["YES"]),
])
def test_what_counts_as_an_abbreviation(text, found):
    """Two to six capitals, with or without a plural s; never in code, references or links' targets."""
    assert [word for _, word in abbreviations(text)] == found


def test_texts_of_rules_are_words_for_readers():
    """Identifiers and numbers have no blank in them."""
    assert list(texts({"a": {"id": "RA", "title": "An RA form", "list": ["X Y", "Z"]}})) == [("a.title", "An RA form"), ("a.list", "X Y")]


def test_an_abbreviation_without_an_entry_is_told_with_its_place(tmp_path):
    """From a page and from the words of a rule, each once, with what to do."""
    (tmp_path / "guidance").mkdir()
    (tmp_path / "guidance" / "one.md").write_text("# x\n\nThe TT and the QQ. QQ again.\n", encoding="utf-8")
    rules = SimpleNamespace(glossary=GLOSSARY)
    _, findings = check_abbreviations(rules, {"actions": {"x": {"does": "Tell the ZZ at once."}}}, tmp_path)
    assert len(findings) == 2
    assert "one.md:3: QQ has no entry" in findings[0] and "short: QQ" in findings[0]
    assert findings[1].startswith("the rules, actions.x.does: ZZ")


def test_every_abbreviation_of_the_handbook_has_an_entry(loaded):
    """In every page and in every text of the rules."""
    _, findings = check_abbreviations(loaded.rules, loaded.plain)
    assert findings == []


@pytest.mark.parametrize("word", [
    "ACPO", "ATR", "BASS", "CAB", "CARATs", "CDRP", "CHC", "CIPD", "CJIT", "CJS", "CLG", "CPS", "CRB", "CSP", "DAAT", "DAT", "DfES", "DH", "DIP", "DIR", "DRR", "DT1",
    "GP", "HDC", "IE", "IOM", "IPAE", "LCJB", "MAPPA", "NOMS", "NTA", "PPO", "PRS", "RA", "RA1", "RA2", "RoB", "SMAT", "SPOC",
])
def test_the_glossary_has_the_abbreviations_of_the_document_of_2010(word, loaded):
    """Whoever comes from the document finds its letters here."""
    glossary = loaded.rules.glossary.values()
    assert word in {one.short for one in glossary} | {one.term for one in glossary}
