"""Later law is told by place and date, with its status, where the rule stands that it is about."""

import re
from dataclasses import replace
from datetime import date

import pytest

from build_scripts.prove.notices import homeless_notices
from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.notices import in_order, listing, notices
from build_scripts.site.pieces.site import load_site
from build_scripts.site.pieces.tools import notice_html


@pytest.fixture(scope="module")
def site():
    return load_site()


def test_every_notice_is_listed_once_below_its_places(site):
    """The widest places first, and within them the oldest first."""
    made = listing(site)
    html = "".join(made)
    assert sorted(re.findall(r'class="hb-notice-static" id="([a-z0-9_]+)"', html)) == sorted(site.rules.notices)
    heads = [one for one in made if one.startswith("## ")]
    assert heads[0] == "## England, Wales and Guernsey { #in-england-wales-guernsey }"
    below = made[made.index("## Wales { #in-wales }") + 1]
    assert re.findall(r' id="([a-z0-9_]+)"', below)[:2] == ["wales_order_2001", "housing_wales_act_2014"]


def test_a_notice_on_a_page_says_place_date_and_status_before_it_is_unfolded(site):
    """A period with both its ends, and one whose start is not confirmed."""
    [html] = notices(site, "hshaw_act_2026", "wales_order_2001")
    assert "Wales, for dates from 1 March 2001 to 26 April 2015: in force" in html
    assert "Wales: start not confirmed" in html
    assert html.index("wales_order_2001") < html.index("hshaw_act_2026")


def test_a_notice_without_a_date_comes_first(site):
    """It holds at any date."""
    some = [*site.rules.notices.values()][:2]
    undated, dated = replace(some[0], start=None), replace(some[1], start=date(2001, 1, 1))
    assert in_order([dated, undated]) == [undated, dated]
    assert "for any date" in notices(site, "trigger_offences_change")[0]


@pytest.mark.parametrize("names", [(), ("no_such_notice",)])
def test_a_notice_that_is_not_there_stops_the_build(site, names):
    """As does a reference that names none."""
    with pytest.raises(SiteError):
        notices(site, *names)


def test_a_notice_that_no_guidance_shows_is_found(site, tmp_path):
    """Its own list does not count, and neither does a link."""
    (tmp_path / "guidance").mkdir()
    (tmp_path / "reference").mkdir()
    (tmp_path / "guidance" / "one.md").write_text("# One\n\n{{ notices hotak_2015 }}\n", encoding="utf-8")
    (tmp_path / "reference" / "notices.md").write_text("# N\n\n{{ notices renters_rights_2026 }}\n", encoding="utf-8")
    findings = [*homeless_notices(site.rules, tmp_path)]
    assert len(findings) == len(site.rules.notices) - 1
    assert any("renters_rights_2026" in one for one in findings)


def test_every_notice_stands_where_its_rule_is_told(site):
    """In our own guidance."""
    assert [*homeless_notices(site.rules)] == []


def test_what_is_no_law_is_not_said_to_be_in_force(site):
    """Guidance that was archived, and money and bodies that moved, are told for information."""
    notices = site.rules.notices
    for name in ("disputed_test", "dip_funding_2013", "national_treatment_agency_closed", "guernsey_homelessness"):
        assert notices[name].status == "for_information"
        assert ">for information</span>" in notice_html(site, notices[name])


def test_what_was_not_checked_is_never_a_fact(site):
    """A notice that rests on a point of law that was not verified says so: by its status, or by owning up to it in words."""
    unsure = 0
    for one in site.rules.notices.values():
        if any(site.rules.provisions[name].checked == "not verified" for name in one.cites):
            unsure += 1
            assert one.status == "start_not_confirmed" or "did not establish" in one.text, one.id
    assert unsure > 3
