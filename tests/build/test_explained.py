"""On every page: which edition it is of, and abbreviations that are explained and disturb nothing."""

import pytest

from build_scripts.load import load_rules
from tests.site_pages import page, page_names

QUIET = ("a", "h1", "h2", "h3", "h4", "form", "svg", "summary", "button", "code")


@pytest.fixture(scope="module")
def articles(built_site):
    """{page: (its tree, the tree of its article)}"""
    found = {}
    for name in page_names(built_site):
        root, _ = page(built_site, name)
        found[name] = root, root.first("article", "md-content__inner")
    return found


def test_every_page_says_once_and_first_which_edition_it_is_of(articles):
    """Before the header, and that it supports judgement and does not replace it; a local page names its own document."""
    local = {
        "guernsey": "Guernsey's service specification, undated",
        "rotl_testing": "Guernsey's service specification, undated",
        "north_wales": "North Wales, a web page of about 2016",
        "essex": "Essex, key messages of about 2011",
        "history": "From the programme of 2003 to later law",
        "programme_2003": "A briefing note of September 2003",
        "reference/notices": "Law since the edition of 2010",
        "sources/law": "Law since the edition of 2010",
    }
    for name, (root, _) in articles.items():
        said = [*root.all("p", "hb-edition")]
        assert [one.text for one in said] == [
            f"{next((one for place, one in local.items() if place in name), 'Edition of 2010')}. It supports your judgement and does not replace it. About this handbook"
        ], name
        order = [one for one in root.all() if one is said[0] or "md-header" in one.classes]
        assert order[0] is said[0], name


def test_marks_lead_to_the_glossary_and_stand_in_nothing_that_they_would_disturb(articles):
    """Every page of the guidance that has an abbreviation in its prose has a mark."""
    glossary = load_rules().rules.glossary
    marks = 0
    for name, (_, article) in articles.items():
        for mark in article.all("abbr") if article else ():
            marks += 1
            assert mark.attributes["title"], name
            assert mark.first("a").link.partition("#")[2] in glossary, name
            above = mark.parent
            while above is not article:
                assert above.tag not in QUIET, f"{name}: a mark within <{above.tag}>"
                above = above.parent
    assert marks > 300
    for name, (_, article) in articles.items():
        if name.startswith("guidance/"):
            assert article.first("abbr") is not None, name
