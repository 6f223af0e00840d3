"""The site's search: the theme's own search worker, run under Node on the built index. Chromium shows the same, see tests/browser."""

import json
import re

import pytest

from build_scripts.site.search import INDEX, entries
from tests.in_node import search_in_node
from tests.site_pages import leads_to, page

# What people type, and what must be seen among the first three results without unfolding one: a page, or a place on it.
EXPECTED = {
    # Forms and records
    "RA1": "reference/forms/#ra1",
    "RA2": "reference/forms/#ra2",
    "RA4": "reference/forms/#ra4",
    "DT1": "reference/forms/#dt1",
    "DIR": "reference/forms/#dir",
    "Activity Form": "reference/forms/#activity_form",
    "custody record": "reference/forms/#custody_record",
    "care plan": "reference/forms/#care_plan",
    "SPOC": "reference/forms/#spoc_list",
    "spoc list": "reference/forms/#spoc_list",
    # Process points
    "IE1": "guidance/enforcement/#ie1",
    "IE3": "guidance/enforcement/#ie3",
    "IE4": "guidance/enforcement/#ie4",
    "IE4a": "guidance/enforcement/#ie4a",
    "ie4b": "guidance/enforcement/#ie4b",
    "IPAE1": "guidance/proactive_engagement/#ipae1",
    "IPAE7a": "guidance/proactive_engagement/#ipae7a",
    "Com1": "guidance/common/#com1",
    "Com3": "guidance/common/#com3",
    "Com5b": "guidance/common/#com5b",
    # As the handbook of 2010 spells them
    "Com 1": "guidance/common/#com1",
    "Com 5b": "guidance/common/#com5b",
    "IE 1": "guidance/enforcement/#ie1",
    "IPAE 4": "guidance/proactive_engagement/#ipae4",
    "IPAE 7a": "guidance/proactive_engagement/#ipae7a",
    "RA 2": "reference/forms/#ra2",
    # Abbreviations
    "CARATs": "reference/glossary/#carats",
    "DRR": "reference/glossary/#drr",
    "ATR": "reference/glossary/#atr",
    "NTA": "reference/glossary/#nta",
    "DIP": "reference/glossary/#dip",
    "ROTL": "tools/rotl_testing/",
    # Roles
    "custody sergeant": "roles/custody/",
    "commissioner": "roles/commissioner/",
    "probation": "roles/probation/",
    "housing authority": "roles/housing_authority/",
    # Time limits
    "16 weeks": "reference/deadlines/#limit-caseload_review",
    "24 hours": "reference/deadlines/#limit-appointment_resident",
    "48 hours": "reference/deadlines/#limit-appointment_elsewhere",
    "5 working days": "reference/deadlines/",
    "one month": "reference/deadlines/#limit-suspension_limit",
    # As people say it
    "positive test": "reference/glossary/#positive_test",
    "retest": "guidance/identification/#a-negative-test-proves-nothing",
    "no fixed abode": "reference/glossary/#no_fixed_abode",
    "24/7": "reference/glossary/#phone_line",
    "ARCH Initiatives": "guidance/north_wales/#north_wales-dip",
    # Subjects, places and cases
    "Crossley": "tools/priority_need/",
    "PACE 63B": "reference/sources/law/#law.pace_s63b",
    "priority need": "tools/priority_need/",
    "capacity": "tools/capacity/",
    "information sharing": "guidance/information_sharing/",
    "restriction on bail": "reference/glossary/#restriction_on_bail",
    "conditional caution": "guidance/north_wales/#north_wales-conditional_cautions",
    "outreach": "guidance/common/#outreach",
    "closure": "tools/suspension_closure/",
    "North Wales": "guidance/north_wales/",
    "Essex": "guidance/essex/",
    "Guernsey": "guidance/guernsey/",
    "naloxone": "guidance/guernsey/#guernsey_cjss-fewer_deaths",
}
# These stand below what they list: nobody looks for the list of a thing before the thing.
LISTS = ("reference/sources/", "reference/traceability/", "training/", "maintain/")


@pytest.fixture(scope="module")
def results(built_site):
    """{query: the groups that the result list shows, each the addresses that are seen of a page}"""
    return dict(zip(EXPECTED, search_in_node(built_site, list(EXPECTED)), strict=True))


@pytest.fixture(scope="module")
def index(built_site):
    return json.loads((built_site / INDEX).read_text(encoding="utf-8"))


@pytest.mark.parametrize("query, place", EXPECTED.items())
def test_what_people_type_is_found_among_the_first_three(results, query, place):
    """Forms, roles, process points, abbreviations and time limits are seen in the first three results."""
    assert place in [seen for group in results[query][:3] for seen in group]


def test_a_point_comes_before_the_register_of_its_provisions(results):
    """Who types a process point wants its text first."""
    points = [query for query, place in EXPECTED.items() if re.search(r"#(ie|ipae|com)\d", place)]
    assert len(points) >= 10
    for query in points:
        assert results[query][0][0].startswith("guidance/")


def test_lists_of_everything_count_little(index):
    """Registers, cases and the maintainers' pages count for less than the guidance."""
    counted = 0
    for one in index["docs"]:
        if one["location"].startswith(LISTS):
            assert one.get("boost", 1) <= 0.5, one["location"]
            counted += 1
        elif one["location"].startswith("guidance/"):
            assert one.get("boost", 1) >= 1
    assert counted > 100


def test_every_address_in_the_index_is_one(index, built_site):
    """Each entry leads to a page and an anchor that are there, and no two to the same."""
    locations = [one["location"] for one in index["docs"]]
    assert len(set(locations)) == len(locations)
    for location in locations:
        path, anchor = leads_to("index.html", location or "./")
        assert not anchor or anchor in page(built_site, path)[1]


def test_an_excerpt_reads_as_written(index):
    """No cells run together, no source marks, nothing that only a script uses: title and short paragraphs."""
    by_place = {one["location"]: one for one in index["docs"]}
    ra2 = by_place["reference/forms/#ra2"]
    assert ra2["title"].startswith("RA2")
    assert ra2["text"].startswith("<p>For telling the individual in writing")
    assert "required actions" not in ra2["text"]  # the words of a source mark
    for one in index["docs"]:
        assert one["title"]
        assert not re.search(r"[a-z][.!?][A-Z][a-z]", one["title"])
        assert re.fullmatch(r"(<p>[^<>]+</p>)*", one["text"]), one["location"]
        assert not re.search(r" ,|· ·", one["text"]), one["location"]
        assert "Drawn from the rules" not in one["text"]


def test_the_index_stays_small(built_site):
    """Every page asks for it: what a reader has to wait for is the compressed file."""
    assert (built_site / f"{INDEX}.br").stat().st_size < 180_000


def test_a_page_becomes_headings_rows_terms_and_folds():
    """Each thing with an address is an entry with its own words, and what stands around it keeps its own."""
    html = """<title>Forms - DIP handbook</title><article class="md-content__inner"><h1 id="f">Which form?</h1><p>Lead <a
    href="#x">linked</a> <span class="hb-cites"><a href="#y">s1.1</a></span></p><h2 id="all">All<a class="headerlink">¶</a></h2>
    <table><thead><tr><th>Form</th></tr></thead><tbody><tr id="ra2"><td><strong>RA2</strong></td><td>A change</td><td></td>
    <td>yes</td></tr></tbody></table><p>After &amp; below</p><dl><dt id="spoc">SPOC</dt><dd>Whom to ring</dd></dl>
    <form><p>Not this</p></form><details id="r"><summary>A reading</summary><p>So</p></details><p>End</p>
    <details class="hb-reading"><summary>Told elsewhere</summary><p>At length</p></details>
    <section class="hb-case" id="case"><h3>A case</h3><p>Its story</p></section></article>"""
    found = [(one.anchor, one.title, one.paragraphs) for one in entries(html)]
    assert found == [
        ("", "Forms: Which form?", ["Lead linked"]),
        ("all", "All", ["After &amp; below", "End", "Told elsewhere"]),
        ("ra2", "RA2", ["A change · yes"]),
        ("spoc", "SPOC", ["Whom to ring"]),
        ("r", "A reading", ["So"]),
        ("case", "A case", []),
    ]
