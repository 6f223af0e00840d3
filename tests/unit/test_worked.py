"""A worked example shows what the engine works out, with the numbers in the sum."""

import pytest

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.site import load_site
from build_scripts.site.pieces.worked import worked


@pytest.fixture(scope="module")
def site():
    return load_site()


def test_every_figure_comes_with_its_sum(site):
    """(90 + 115) / 2 is 102.5, and 25 go into it 4.1 times: each number from the case, the ratio from the rules."""
    html = "".join(worked(site, "capacity_london_with_everything"))
    assert "the average of 90 and 115 divided by 25 (clients to one drug worker)" in html
    for value in ("102.5", "4.1", "5", "300.5"):
        assert f"<strong>{value}</strong>" in html
    assert "Allowance for prisons" in html and 'data-case="' in html


def test_what_cannot_be_worked_out_is_left_out(site):
    """An area without suites and courts has no average of positive tests."""
    html = "".join(worked(site, "capacity_whole_workers"))
    assert "Positive tests in the model" not in html and "<strong>8</strong>" in html


def test_an_unknown_case_is_named(site):
    """And which one was probably meant."""
    with pytest.raises(SiteError, match="there is no case 'capacity_whole_worker' of a tool") as caught:
        worked(site, "capacity_whole_worker")
    assert "capacity_whole_workers" in caught.value.hint


def test_a_case_that_works_out_nothing_is_refused(site):
    """Identification has no figures."""
    name = next(one.data.id for one in site.scenarios if one.tool == "identification")
    with pytest.raises(SiteError, match="works out no figure"):
        worked(site, name)
