"""The page on adding an area is followed to the letter: its example, as it stands, becomes an area."""

import re
import shutil
from pathlib import Path

import pytest

from build_scripts.load import load_rules
from build_scripts.load.loader import RULES
from build_scripts.prove.checks import rules_checks
from build_scripts.prove.forces import check_area_forces, check_forces
from build_scripts.prove.proofs import prove_areas
from build_scripts.prove.scenarios import area_notes
from build_scripts.site.choosing import bar
from build_scripts.site.fields import place_field
from build_scripts.site.pieces import BLOCKS
from build_scripts.site.pieces.actions import action_table
from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.site import Site
from decision_logic import EditionError, deadline, decide, walk_pathway, workdays

PAGE = Path(__file__).resolve().parents[2] / "docs" / "maintain" / "add-an-area.md"


def example():
    """The page's example, as somebody copies it."""
    return re.search(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[1]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The rules with the example among them, where the page says that it goes."""
    root = tmp_path_factory.mktemp("with_area") / "rules"
    shutil.copytree(RULES, root)
    name = re.search(r"`decision_logic/rules/areas/(\w+\.yml)`", PAGE.read_text(encoding="utf-8"))[1]
    (root / "areas" / name).write_text(example(), encoding="utf-8")
    return load_rules(root)


@pytest.fixture(scope="module")
def rules(loaded):
    return loaded.rules


@pytest.fixture(scope="module")
def site(loaded):
    return Site(loaded)


def test_the_file_alone_makes_the_area(rules):
    """It loads beside the areas that are there, is a place, and has changed the hash of the rules."""
    before = load_rules().rules
    assert set(rules.areas) - set(before.areas) == {"exampleshire"}
    assert rules.lineage("exampleshire") == ["exampleshire", "england"]
    assert rules.rules_hash != before.rules_hash
    assert rules.provisions["exampleshire.from_17"].document == "exampleshire"


def test_its_rules_are_proven_like_all_others(rules):
    """No hole, no overlap, nothing dead; the figures are those that the page shows."""
    ((_, covered, findings),) = prove_areas(rules)
    assert findings == ()
    assert f"rules: areas: ok ({covered})" in PAGE.read_text(encoding="utf-8")


def test_it_says_nothing_more_strongly_or_weakly_than_its_source(loaded):
    """Neither its rules nor its words."""
    assert check_forces(loaded)[2] + check_area_forces(loaded)[2] == ()


@pytest.mark.long
def test_the_check_that_the_page_tells_to_run_finds_nothing(loaded):
    """All that `handbook check rules` looks at, with the example among the rules."""
    assert {one.name: one.findings for one in rules_checks(loaded) if one.findings} == {}


@pytest.mark.parametrize(("old", "new", "finding"), [
    (
        "limit: {count: 2, unit: working_days}\n      force: must",
        "limit: {count: 2, unit: working_days}\n      force: should",
        "deadlines: exampleshire_welcome says should, but exampleshire.sooner says must",
    ),
    (
        "limit: {count: 3, unit: working_days}\n      force: must",
        "limit: {count: 3, unit: working_days}\n      force: may",
        "deadlines: follow_up says may, but exampleshire.sooner says must",
    ),
    (
        "text: The CJIT takes the details by email too.",
        "text: The CJIT must take the details by email too.",
        "exampleshire: “must” for exampleshire.email, which says may: The CJIT must take the details by email too.",
    ),
], ids=["adds", "instead", "words"])
def test_a_wrong_force_is_found_in_the_areas_own_file(tmp_path, old, new, finding):
    """In what it adds, in what it puts in place of the core's, and in its words, with the line where it stands."""
    root = tmp_path / "rules"
    shutil.copytree(RULES, root)
    text = example()
    assert text.count(old) == 1
    (root / "areas" / "exampleshire.yml").write_text(text.replace(old, new), encoding="utf-8")
    with_it = load_rules(root)
    (found,) = check_forces(with_it)[2] + check_area_forces(with_it)[2]
    place = text[: text.index(old)].count("\n") + new.count("\n") + 1
    assert found.endswith(f"areas/exampleshire.yml:{place}: {finding}")


@pytest.mark.parametrize(("age", "outcome"), [(16, "not_an_adult"), (17, "exampleshire_17"), (18, None)])
def test_its_age_decides_there(rules, age, outcome):
    """From 17 the tool has the area's own outcome; elsewhere 17 is too young."""
    answer = decide(rules, "dip_remit", {"age": age}, on="2012-06-12", place="exampleshire")
    assert answer["outcome"] == outcome
    assert area_notes(answer) == ["exampleshire.from_17"]
    if age < 18:
        assert decide(rules, "dip_remit", {"age": age}, on="2012-06-12", place="england")["outcome"] == "not_an_adult"


def test_its_limits_hold_there(rules):
    """The follow-up is sooner than elsewhere, as the page shows; the first call is due nowhere else."""
    there = deadline(rules, "follow_up", "2012-06-12", place="exampleshire")
    assert f'"last_day": "{there["last_day"]}"' in PAGE.read_text(encoding="utf-8")
    assert there["last_day"] < deadline(rules, "follow_up", "2012-06-12", place="england")["last_day"]
    assert [one["value"] for one in there["areas"][0]["contacts"]] == ["office@example.org"]
    assert deadline(rules, "exampleshire_welcome", "2012-06-12")["in"] == "exampleshire"
    with pytest.raises(EditionError):
        deadline(rules, "exampleshire_welcome", "2012-06-12", place="essex")


def test_a_walk_there_says_what_the_area_says(rules):
    """That the journey does not run there and what to use instead, and what differs at the points passed."""
    walk = walk_pathway(rules, "enforcement", {"how_they_come": "positive_test"}, on="2012-06-12", place="exampleshire")
    (area,) = walk["areas"]
    assert area["route"]["applies"] == "not_here"
    assert area["route"]["see"][0]["page"] == "guidance/proactive_engagement.md"
    assert "exampleshire.copy_by_email" in area_notes(walk)
    assert workdays(rules, "2012-06-12", add=2, place="exampleshire")["in"] == "exampleshire"


def test_every_page_offers_it(site):
    """Among the choices at the top, and what it says of the page itself."""
    html = bar(site, "guidance/remit_and_funding.md")
    assert 'data-area-choice="exampleshire" data-area-shows="exampleshire" data-area-places="exampleshire england"' in html
    panel = html.partition('data-area-panel="exampleshire"')[2]
    assert "The service takes people from 17." in panel


def test_its_time_limit_stands_wherever_the_handbook_s_own_does(site):
    """At the head of a page that names the limit, in tables of actions, and among the time limits of a role."""
    panel = bar(site, "guidance/common.md", site.link("tools/deadlines.md#follow_up", "five working days"))
    assert "three working days" in panel.partition('data-area-panel="exampleshire"')[2]
    assert "three working days" not in bar(site, "guidance/common.md")
    action = next(one for one in site.rules.actions.values() if one.deadline == "follow_up")
    assert "three working days" in str(action_table(site, [(action, None)], "What is done"))
    assert "three working days" in str(BLOCKS["role"](site, action.who))


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (("journey", "enforcement"), "No custody suite of the county tests on arrest."),
        (("point", "IPAE1"), "The service takes people from 17."),
        (("role", "cjit_worker"), "The service takes people from 17."),
        (("tool", "dip_remit"), "The local age opens the service and says nothing of the grant."),
        (("action", "ie1_inform_cjit"), "The CJIT takes the details by email too."),
        (("form", "ra1"), "The CJIT takes the details by email too."),
        (("point", "IPAE2"), "office@example.org"),
        (("deadline", "follow_up"), "three working days"),
    ],
)
def test_what_it_says_stands_at_the_thing_that_it_concerns(site, thing, said):
    """In the block of that thing, under the area's name, with how far it can be relied on."""
    html = here(site, thing)
    own = html.partition('data-area="exampleshire"')[2]
    assert "In Exampleshire" in own and said in own
    assert re.search(r"Differs in: [^<]*Exampleshire", html)


def test_its_page_of_everything_needs_no_page_of_its_own(site):
    """The list of all areas has it whole, the register of sources its source, the calculators its limit."""
    listed = "".join(BLOCKS["list"](site, "areas")).partition("{ #exampleshire }")[2].partition("{ #guernsey_cjss }")[0]
    for said in ("From 17. Everybody in custody", "It does not run here.", "A copy by email", "office@example.org"):
        assert said in listed
    for said in ("One joint service", "By a rule of its own", "Follow-up assessment, sooner in Exampleshire", "A first call"):
        assert said in listed
    assert 'id="exampleshire.from_17"' in "".join(BLOCKS["local_sources"](site))
    limits = "".join(BLOCKS["local_limits"](site))
    assert "{ #exampleshire_welcome }" in limits and 'data-deadline="exampleshire_welcome"' in limits
    assert 'href="site:reference/sources/#exampleshire.from_17"' in site.marks(["exampleshire.from_17"])


def test_tools_and_calculators_offer_it(rules):
    """Wherever England is offered."""
    for places in (["england", "wales"], ["england"]):
        assert '<option value="exampleshire">Exampleshire</option>' in "".join(place_field("x", places, rules))
    assert "exampleshire" not in "".join(place_field("x", ["wales", "guernsey"], rules))
