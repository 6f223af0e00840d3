"""What areas say, in the built pages: complete without scripts, at the things that it concerns, and nowhere twice."""

import re

import pytest

from build_scripts.load import load_rules
from build_scripts.site.choosing import page_of

RULES = load_rules().rules
BLOCK = re.compile(r'<div class="hb-locals".*?</details></div>', re.DOTALL)


@pytest.fixture(scope="module")
def pages(built_site):
    """{page of docs/: its HTML}, without the marks of abbreviations, which stand within the words."""
    marks = re.compile(r"<abbr[^>]*>(?:<a [^>]*>)?([^<]*)(?:</a>)?</abbr>")
    files = {page_of(file.relative_to(built_site).as_posix()): file for file in built_site.rglob("*.html")}
    return {page: marks.sub(r"\1", file.read_text(encoding="utf-8")) for page, file in files.items()}


def test_every_page_has_the_choice_once(pages):
    """With every area, whose link leads to everything that it says; also where nothing is found at an address."""
    assert None in pages
    for page, html in pages.items():
        assert html.count("data-area-bar") == 1, page
        choices = re.findall(r'<a href="([^"]+)" data-area-choice="([^"]+)"', html)
        assert [name for _, name in choices] == ["essex", "guernsey", "north_wales", "wrexham"], page
        assert all("#" in link for link, _ in choices)


def said_at(html, area, words):
    """Whether a block of the page has these words of an area."""
    return any(words in part.partition("</div></div>")[0] for block in BLOCK.findall(html) for part in block.split(f'data-area="{area}"')[1:])


NOTES = [
    (area.id, note.id, kind, name)
    for area in RULES.areas.values()
    for note in (*area.notes.values(), *area.contacts.values())
    for kind, name in note.at.things
]


@pytest.mark.parametrize(("area", "note", "kind", "name"), NOTES)
def test_what_an_area_says_stands_at_each_thing_that_it_names(pages, area, note, kind, name):
    """At a point in the guidance and in the walk, at a tool above its form, at an action wherever it is listed, and so on."""
    one = RULES.areas[area].notes.get(note) or RULES.areas[area].contacts[note]
    words = one.text.replace("&", "&amp;")
    if kind == "page":
        panel = pages[name].partition(f'data-area-panel="{area}"')[2].partition("data-area-panel")[0]
        assert words in panel
        return
    where = {
        "point": lambda: [p.page for p in RULES.pathways.values() if name in p.points],
        "tool": lambda: [RULES.tools[name].page],
        "question": lambda: [RULES.tools[name.split(".")[0]].page],
        "form": lambda: ["reference/forms.md"],
        "deadline": lambda: ["tools/deadlines.md"],
        "role": lambda: ["guidance/roles.md", "roles/index.md"],
        "action": lambda: [page for page in pages if page and "roles/" in page],
        "journey": lambda: [RULES.pathways[name].page],
    }[kind]()
    assert any(said_at(pages[page], area, words) for page in where if page in pages)


def test_a_page_of_the_handbook_says_that_it_is_not_for_guernsey(pages):
    """Guidance, roles and tools for England and Wales do; what holds in Guernsey does not."""
    says = {page for page, html in pages.items() if "This page does not apply in Guernsey." in html}
    assert {"guidance/enforcement.md", "guidance/housing.md", "tools/identification.md", "tools/walk_enforcement.md"} <= says
    assert not says & {"guidance/guernsey.md", "tools/guernsey_eligibility.md", "tools/rotl_testing.md", "tools/workdays.md"}
    assert not says & {"index.md", "guidance/areas.md", "guidance/essex.md", "guidance/history.md", "reference/glossary.md"}


def test_nothing_of_it_is_in_the_search(built_site):
    """The search leads to the page that has everything, not to each place that repeats it."""
    index = (built_site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "Differs in: Essex" not in index and "none chosen" not in index
    assert "0808 1000 110" in index
