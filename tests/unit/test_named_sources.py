"""Readers are told which document they follow: in the label of a citation, and at the foot of a tool."""

import pytest

from build_scripts.site.forms import deadline_form, tool_form
from build_scripts.site.pieces.site import load_site

SPECIFICATION = "This applies what “Service specification, Criminal Justice Substance Service (CJSS)” says to what you enter."


@pytest.fixture(scope="module")
def site():
    return load_site()


@pytest.mark.parametrize(("provision", "label"), [
    ("north_wales.services", "North Wales, Opening"),
    ("north_wales.tough_choices", "North Wales, Arrest Referral"),
    ("programme_2003.trial", "CJIP 2003, paragraph 5"),
    ("guernsey.s2.report", "CJSS, s2, access and referral"),
    ("ie3.written_notice", "IE3"),
])
def test_a_heading_keeps_its_capitals_in_a_citation(site, provision, label):
    """It is a name; only the word before a number is no name."""
    assert site.short_section(site.rules.provisions[provision]).startswith(label)


def test_a_form_names_the_document_that_it_applies(site):
    """Where an area has rules of its own, its document; everywhere else the handbook."""
    rules = site.rules
    named = {name for name, one in rules.tools.items() if SPECIFICATION in str(tool_form(one, rules))}
    assert named == {"guernsey_eligibility", "rotl_testing"}
    limits = {name for name, one in rules.deadlines.items() if SPECIFICATION in str(deadline_form(one, rules))}
    assert limits == {name for name in rules.deadlines if name.startswith("guernsey_")}
    assert "This applies what the handbook says" in str(tool_form(rules.tools["appointment"], rules))
