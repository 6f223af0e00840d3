"""The registers of readings and gaps are whole: nothing that a rule leaves open or reads in its own way is missing from them."""

import re
from dataclasses import replace
from html import unescape

import pytest

from build_scripts.site.generate import DOCS
from build_scripts.site.pieces.gaps import gaps
from build_scripts.site.pieces.readings import PARTS, part_of, readings, users
from build_scripts.site.pieces.site import load_site


@pytest.fixture(scope="module")
def site():
    return load_site()


@pytest.fixture(scope="module")
def gap_page(site):
    return unescape("\n".join(gaps(site)))


def test_every_gap_of_a_tool_is_listed_with_its_condition(site, gap_page):
    """Outcomes of the kind gap, and no other outcome."""
    found = set(re.findall(r'<tr id="([a-z_]+-[a-z0-9_]+)"><td data-label="If">', gap_page))
    expected = {f"{tool.id}-{one.id}" for tool in site.rules.tools.values() for one in tool.outcomes.values() if one.kind == "gap"}
    assert len(expected) > 15
    assert found == expected


def test_every_reading_that_fills_nothing_is_listed(site, gap_page):
    """And none that does fill something."""
    found = set(re.findall(r'<tr id="reading-([a-z0-9_]+)"', gap_page))
    expected = {one.id for one in site.rules.readings.values() if one.gap}
    assert expected and found == expected


def test_a_journey_that_stops_at_a_gap_is_listed(site, gap_page):
    """An end that rests on a reading which fills nothing."""
    for point in ("common-end_drr_not_completed", "common-end_no_ground_named", "enforcement-end_no_cjit_of_residence"):
        assert f'id="{point}"' in gap_page
    assert "end_closed_by_cjit" not in gap_page


def test_forms_that_the_source_leaves_unnamed_are_listed(site, gap_page):
    """RA4 is named elsewhere only, RA1 in the handbook."""
    assert 'id="form-ra4"' in gap_page
    assert 'id="form-ra1"' not in gap_page


def test_every_reading_stands_once_in_the_register(site):
    """Below the part of the source that it is about."""
    made = "\n".join(readings(site))
    assert sorted(re.findall(r'<details class="hb-reading" id="([a-z0-9_]+)"', made)) == sorted(site.rules.readings)


@pytest.mark.parametrize("provision, beginning", [
    ("s1_2.adults", "s1_"), ("s4_1.lead_prison", "s4_1."), ("s4_1_1.circumstances", "s4_1_1."), ("ipae2.encourage", "ipae"), ("ie4a.transfer_dir", "ie"),
    ("com5b.close", "com"), ("annex_a.bass", "annex_a."), ("annex_e.use", "annex_e."), ("annex_d.ratio", "annex_"), ("fn1.no_retest", "fn1."), ("law.cpr_2_8", "law."),
])
def test_a_reading_stands_where_its_first_provision_does(site, provision, beginning):
    """IPAE is not taken for IE, nor section 4.1 for 4.1.1."""
    one = replace(next(iter(site.rules.readings.values())), cites=(provision, "guernsey.s1.purpose"))
    assert beginning in part_of(one)
    assert part_of(one) in [beginnings for _, _, beginnings in PARTS]


def test_a_reading_names_what_relies_on_it(site):
    """The tool, the time limit and the process point, each once."""
    used = users(site)
    assert [re.search(r'href="site:([^"]+)"', one)[1] for one in used["resident_appointment_limit"]] == [
        "tools/appointment/", "tools/deadlines/#appointment_resident",
    ]
    assert "guidance/proactive_engagement/#ipae7" in "".join(used["ipae7_goes_to_ipae7a"])
    assert all(len(links) == len(set(links)) for links in used.values())


def test_no_reading_is_for_nobody(site):
    """Each is relied on by a tool, a point or a time limit, or a page refers to it."""
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    assert [name for name in site.rules.readings if name not in users(site) and f"{{{{ reading {name} }}}}" not in pages] == []
