"""What each role does: nothing of the rules is lost, everything stands once and in the order of the journey."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from build_scripts.prove.roles import idle_actions, role_pages
from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.checklists import checklist
from build_scripts.site.pieces.roles import AT_ALL_TIMES, PARTS, parts_of_roles, role, with_wider_roles
from build_scripts.site.pieces.site import load_site
from tests.rule_sets import small_rules

ROLES = Path(__file__).resolve().parents[2] / "docs" / "roles"


@pytest.fixture(scope="module")
def site():
    return load_site()


def listed(site, *names):
    """The actions that the roles' list holds, in its order."""
    return [action.id for groups in parts_of_roles(site, names).values() for group in groups for action, _, _ in group.rows]


def test_every_action_of_the_rules_stands_on_a_role_page(site):
    """Whatever the rules ask of anybody, a page of a role lists it."""
    lines = re.findall(r"^\{\{ role (.+) \}\}$", "\n".join(page.read_text(encoding="utf-8") for page in ROLES.glob("*.md")), re.MULTILINE)
    assert set(site.rules.actions) == {name for line in lines for name in listed(site, *line.split())}


def test_every_role_that_acts_and_every_checklist_has_its_page(site):
    """The page that the rules name lists the role, or shows the checklist."""
    assert list(role_pages(site.rules)) == []


def test_every_action_stands_somewhere(site):
    """At a process point, in a tool or on a checklist."""
    assert list(idle_actions(site.rules)) == []


def test_a_role_does_what_its_wider_roles_do(site):
    """Whatever the source asks of the police is asked of a custody sergeant; what it asks of an inspector is not."""
    assert with_wider_roles(site.rules, ["cjit_custody_worker"]) == ("cjit_custody_worker", "cjit_worker", "cjit")
    names = listed(site, "custody_sergeant")
    assert "ie1_give_notice" in names and "ie1_record_reasons" not in names


@pytest.mark.parametrize("names", [("police",), ("cjit_case_manager", "cjit_worker"), ("housing_authority",), ("cjit_manager", "cjit")], ids=" ".join)
def test_an_action_stands_once(site, names):
    """However many points and tools share it; and all that the named roles do is there."""
    found = listed(site, *names)
    assert len(found) == len(set(found))
    assert {one.id for one in site.rules.actions.values() if one.who in names} <= set(found)


def test_actions_follow_the_journey(site):
    """Identification, assessment, case management; at a point as the point has them; tools and checklists last."""
    parts = parts_of_roles(site, ("cjit_worker",))
    assert list(parts) == list(PARTS) and [name for name in parts if parts[name]][-1] == AT_ALL_TIMES
    assessment = [group.title.split(":")[0] for group in parts["assessment"]]
    assert assessment.index("IE2") < assessment.index("IE3") < assessment.index("IE4") < assessment.index("IPAE3") < assessment.index("IPAE7")
    ie2 = next(group for group in parts["assessment"] if group.title.startswith("IE2"))
    there = [name for name in site.rules.pathways["enforcement"].points["IE2"].actions if site.rules.actions[name].who == "cjit_worker"]
    assert [action.id for action, _, _ in ie2.rows] == [name for name in there if name in {action.id for action, _, _ in ie2.rows}]


def test_a_row_has_force_form_time_limit_condition_and_source(site):
    """What somebody needs who acts on it, each with its link."""
    html = "".join(role(site, "police"))
    row = next(row for row in html.split("<tr>") if "Arrange the appointment with the CJIT of residence" in row)
    for part in (
        'hb-badge--should">should',
        "forms/#spoc_list",
        "deadlines/#appointment_elsewhere",
        "lives in another area",
        "dip_handbook_2010/#s4_1_1.elsewhere_appointment",
    ):
        assert part in row


def test_what_is_asked_of_the_team_is_listed_with_whoever_answers_for_it(site):
    """A worker is led to the team's lists; the manager has every point."""
    assert "housing_one_contact" not in listed(site, "cjit_worker")
    assert 'checklists/housing/#housing_together">' in "".join(role(site, "cjit_worker"))
    assert "housing_one_contact" in listed(site, "cjit_manager", "cjit")


def test_law_that_differs_says_where_and_when_it_holds(site):
    """The duties of a housing authority are parted by edition."""
    html = "".join(role(site, "housing_authority"))
    before, after = html.split("Help the person to secure accommodation, whether or not there is priority need", 1)
    assert "Only in: England since the Homelessness Reduction Act 2017" in before[before.rindex("Only in:") :]
    assert "Only in: Wales under the Housing (Wales) Act 2014" in after


@pytest.mark.parametrize("names, message", [(("custody_sargeant",), "there is no role 'custody_sargeant'"), (("police", "nobody"), "there is no role 'nobody'")])
def test_an_unknown_role_is_named(site, names, message):
    """And what was probably meant."""
    with pytest.raises(SiteError, match=message):
        role(site, *names)


def test_a_checklist_has_a_box_for_every_point(site):
    """Empty, with force, role and source; nothing that could keep or send what is ticked."""
    for one in site.rules.checklists.values():
        html = "".join(checklist(site, one.id))
        assert html.count('<input type="checkbox">') == len(one.actions)
        for name in one.actions:
            assert site.rules.actions[name].does.replace("&", "&amp;") in html
        assert not re.search(r"checked|name=|onc|<form|<script", html)


def test_annexes_a_to_c_are_whole(site):
    """Every point of good practice in the annexes that is a must, a should or a may is on a checklist."""
    cited = {cite for one in site.rules.checklists.values() for name in one.actions for cite in site.rules.actions[name].cites}
    points = {
        one.id
        for one in site.rules.provisions.values()
        if re.match(r"Annex [ABC],", one.section) and "briefing" not in one.section and one.force != "fact"
    }
    assert len(points) > 50 and points - cited == set()


PAGE = "{{ role visitor clerk }}\n"


@pytest.mark.parametrize(
    "page, finding",
    [
        (None, "visitor acts and has no page"),
        ("{{ role clerk }}\n", "roles: visitor is not listed on docs/roles.md"),
        ("Text {{ role visitor clerk }} within a sentence.\n", "roles: visitor is not listed on docs/roles.md"),
    ],
)
def test_a_role_that_is_left_out_is_found(tmp_path, page, finding):
    """With what to write, and where."""
    rules = small_rules()
    paged = replace(rules, roles={name: replace(one, page="roles.md") for name, one in rules.roles.items()})
    (tmp_path / "roles.md").write_text(PAGE, encoding="utf-8")
    assert list(role_pages(paged, tmp_path)) == []
    (tmp_path / "roles.md").write_text(page or PAGE, encoding="utf-8")
    assert any(finding in one for one in role_pages(paged if page else rules, tmp_path))


def test_an_action_that_stands_nowhere_is_found():
    """Nobody would ever be told of it."""
    rules = small_rules()
    assert list(idle_actions(rules)) == []
    lonely = replace(rules, actions={**rules.actions, "lonely": rules.actions["go"]})
    assert list(idle_actions(lonely)) == ["actions: lonely stands at no process point, in no tool and on no checklist"]
