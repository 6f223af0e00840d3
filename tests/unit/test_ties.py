"""Every provision is tied to what carries it, and what is left out is told with file and line."""

import shutil

import pytest

from build_scripts.load import load_requirements, load_rules, load_scenarios
from build_scripts.prove.citations import check_references, references_of
from build_scripts.prove.ties import KINDS, ties, ties_findings
from tests.rule_sets import SMALL

LISTED = """\
numbers: {requirements: 2, ambiguities: 1}
requirements:
  R1: {title: Visits, provisions: [g1.visit]}
  R2: {title: News, provisions: [g1.visit, g3.news]}
ambiguities:
  X1: {readings: [what_counts_as_asking]}
"""
NEWS = "  g3.news:\n    section: Section 3\n    force: fact\n    summary: There is news.\n"


@pytest.fixture
def tied(tmp_path):
    """A function from a page's text to (loaded, ties): the small rules, with one provision more that nothing in them cites."""
    rules, docs = tmp_path / "rules", tmp_path / "docs"
    shutil.copytree(SMALL, rules)
    with (rules / "sources" / "guide.yml").open("a", encoding="utf-8") as file:
        file.write(NEWS)
    (rules / "requirements.yml").write_text(LISTED, encoding="utf-8")
    loaded = load_rules(rules)

    def make(text="", page="guidance/one.md"):
        (docs / page).parent.mkdir(parents=True, exist_ok=True)
        (docs / page).write_text(text, encoding="utf-8")
        return loaded, ties(loaded, load_requirements(loaded.rules, rules), [], docs)

    return make


def carriers(found, provision):
    return [(one.kind, one.target) for one in found.carriers[provision]]


def test_what_nothing_carries_is_found_with_its_line(tied):
    """The provision where the register has it, and the requirement that is not whole for want of it."""
    provision, requirement = ties_findings(*tied())
    assert "sources/guide.yml:20: nothing carries g3.news (Section 3)" in provision
    assert "requirements.yml:4: R2 (News) lacks what carries g3.news" in requirement


def test_a_page_that_cites_it_is_enough(tied):
    """Then every figure is whole, and the page stands in the list with its heading."""
    loaded, found = tied("# One\n\n## News of today\n\nThere is news. {{ cite g3.news }}\n")
    assert list(ties_findings(loaded, found)) == []
    assert found.figures() == (("requirements", 2, 2), ("provisions", 4, 4), ("ambiguities", 1, 1))
    (one,) = found.carriers["g3.news"]
    assert (one.kind, one.owner, one.words, one.target) == ("page", "One", "News of today", "guidance/one.md#news-of-today")


@pytest.mark.parametrize(("text", "page"), [
    ("```\n{{ cite g3.news }}\n```\n", "guidance/one.md"),
    ("Write `{{ cite g3.news }}`.\n", "guidance/one.md"),
    ("{{ cite g3.news }}\n", "maintain/one.md"),
    ("{{ cite g3.news }}\n", "reference/sources/guide.md"),
    ("{{ cite g3.news }}\n", "reference/traceability.md"),
    ("The news of g3.news.\n", "guidance/one.md"),
])
def test_what_only_looks_like_saying_it_does_not_carry(tied, text, page):
    """Code, pages for maintainers, and pages that only list the register."""
    _, found = tied(text, page)
    assert found.uncarried == ["g3.news"]


def test_a_case_alone_does_not_carry(tied, tmp_path):
    """It is shown, and the finding says that there is nothing else."""
    loaded, _ = tied()
    case = type("Case", (), {"tool": "visit", "pathway": None, "data": type("Data", (), {"cites": ("g3.news",), "title": "T", "id": "t"})})
    found = ties(loaded, load_requirements(loaded.rules, loaded.root), [case], tmp_path / "docs")
    assert found.uncarried == ["g3.news"]
    assert "only cases cite it" in next(ties_findings(loaded, found))


def test_every_kind_of_rule_is_a_carrier_with_its_place(tied):
    """Tools by rule, journeys by point and edge, and so on, each with a link to where it is shown."""
    _, found = tied("{{ list areas valley }}\n\nThere are {{ quantity visits }} visits.\n")
    assert set(carriers(found, "g1.visit")) == {
        ("tool", "tools/visit.md#editions"), ("tool", "tools/visit.md#criterion-wanted"), ("tool", "tools/visit.md#outcome-by_wish"),
        *((one.kind, one.target) for one in found.carriers["g1.visit"] if one.target.startswith("tools/parcel.md#")),
        ("journey", "guidance/way.md#w1"), ("journey", "guidance/way.md#w2"), ("journey", "guidance/way.md#edge-visited"),
        ("action", "guidance/way.md#w1"), ("deadline", "tools/deadlines.md#visit_within"), ("deadline", "tools/deadlines.md#answer_within"),
        ("quantity", "guidance/one.md"), ("question", "tools/visit.md#question-asks"), ("reading", "reference/readings.md#what_counts_as_asking"),
        ("notice", "reference/notices.md#visits_have_changed"), ("area", "guidance/one.md#valley-desk"), ("form", "reference/forms.md#record"),
        ("term", "reference/glossary.md#visit"),
    }


def test_what_no_page_shows_carries_nothing(tied):
    """A local service that stands on no page; a quantity that no page names is shown where a tool works with it."""
    _, found = tied()
    shown = {one.kind: one.target for one in found.carriers["g1.visit"]}
    assert "area" not in shown
    assert shown["quantity"].startswith("tools/parcel.md#figure-")


def test_the_rule_that_comes_first_is_shown_with_its_outcome(tied):
    """What a precedence cites leads to the outcome that it belongs to."""
    _, found = tied()
    assert ("tool", "tools/visit.md#outcome-by_order") in carriers(found, "g1.order")


def test_no_kind_of_rule_is_strange():
    """Whatever the handbook's rules cite from has its own kind, with a place."""
    loaded = load_rules()
    found = ties(loaded, load_requirements(loaded.rules), [])
    assert {one.kind for several in found.carriers.values() for one in several} <= set(KINDS) - {"rule"}


def test_references_know_their_place():
    """Line and column, and the nearest heading: as given, as made from its words, or the page itself."""
    text = "# One\n{{ cite a }}\n## Two { #zwei }\nx {{ said b two days }}\n## Two\n{{ deadline d }}\n## Two\n{{ cite c }}"
    found = list(references_of("one.md", text))
    assert [(one.line, one.column, one.target, one.cites) for one in found] == [
        (2, 1, "one.md", ("a",)), (4, 3, "one.md#zwei", ("b",)), (6, 1, "one.md#two", ()), (8, 1, "one.md#two_1", ("c",)),
    ]


def test_a_reference_that_leads_nowhere_is_told_with_its_place(tmp_path):
    """Within a sentence; what stands alone on a line is checked when the site is built."""
    (tmp_path / "one.md").write_text("# One\n\nThere is news. {{ cite g1.gone }} See {{ form record }}.\n\n{{ list nothing }}\n", encoding="utf-8")
    covered, findings = check_references(load_rules(SMALL), tmp_path)
    assert covered == "3 references"
    (finding,) = findings
    assert "one.md:3:16: {{ cite g1.gone }}: " in finding


def test_the_handbook_leaves_nothing_out():
    """Every provision is carried, and every requirement and ambiguity is whole."""
    loaded = load_rules()
    found = ties(loaded, load_requirements(loaded.rules), load_scenarios(loaded.rules))
    assert list(ties_findings(loaded, found)) == []
    assert all(whole == count for _, whole, count in found.figures())
