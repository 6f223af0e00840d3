"""Every form has a place of its own, where search finds it by its name and the rules say who uses it."""

import re
from pathlib import Path

import pytest

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.forms import form_actions
from build_scripts.site.pieces.site import load_site

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "forms.md"


@pytest.fixture(scope="module")
def site():
    return load_site()


def sections():
    """{anchor: (heading, text)} of the page of forms."""
    parts = re.split(r"^## (.+) \{ #(\w+) \}$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {anchor: (heading, text) for heading, anchor, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}


def test_every_form_has_its_section(site):
    """With its name at the head, and the anchor that every link to it uses."""
    assert set(sections()) == set(site.rules.forms)
    for name in ("ra1", "ra2", "ra3", "ra4", "ra5", "dt1", "dt2"):
        assert sections()[name][0].split(":")[0] == name.upper()


def test_a_section_lists_the_actions_that_use_the_form(site):
    """Where there are any; the rest says that no rule uses it."""
    for name, (_, text) in sections().items():
        used = any(name in action.forms for action in site.rules.actions.values())
        assert (f"{{{{ form_actions {name} }}}}" in text) == used
        assert used or "No rule here uses it" in text


def test_the_actions_of_a_form_are_those_of_the_rules(site):
    """Each that names it, with who acts and at which point, and no other."""
    html = "".join(form_actions(site, "ra2"))
    used = [action for action in site.rules.actions.values() if "ra2" in action.forms]
    assert html.count("<tr>") == len(used) + 1 == 3
    assert all(action.does in html and site.rules.roles[action.who].title in html for action in used)
    assert 'guidance/enforcement/#ie1">IE1' in html


def test_a_form_that_nothing_uses_has_no_table(site):
    """The page would be silent; the author is told."""
    with pytest.raises(SiteError, match="no action uses the form 'dt2'"):
        form_actions(site, "dt2")
