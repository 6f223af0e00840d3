"""Each proof finds a fault that was planted for it, and tells it in words with a case."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from build_scripts.load import load_rules
from build_scripts.prove.cases import example, in_words
from build_scripts.prove.forces import check_forces, force_differences
from build_scripts.prove.proofs import prove
from decision_logic import RuleSet, Space
from tests.rule_sets import SMALL, small_plain, small_rules

COMPLETE, DEAD, EDITIONS, PATHWAYS = "completeness and overlap", "nothing dead", "editions", "pathways"
CITED = {"because": "B", "cites": ["g1.visit"]}


def findings(rules):
    """{proof: findings}, those without any left out."""
    return {name: list(found) for name, _, found in prove(rules) if found}


def planted(plant):
    """The findings of the small rules after ``plant`` has changed their plain data."""
    plain = small_plain()
    plant(plain["tools"]["visit"], plain["tools"]["parcel"], plain["pathways"]["way"], plain)
    return findings(RuleSet.from_plain(plain))


def test_sound_rules_give_no_finding():
    """The small rules, and those of the handbook."""
    assert findings(small_rules()) == {}


def test_the_rules_of_the_handbook_are_proven():
    """No gap, no overlap, nothing dead, no hole in time, no dead end."""
    assert findings(load_rules().rules) == {}


def test_every_proof_says_what_it_covered():
    """States and combinations show that the work grows with the former."""
    covered = {name: words for name, words, _ in prove(small_rules())}
    assert list(covered) == [COMPLETE, DEAD, EDITIONS, PATHWAYS]
    assert covered[COMPLETE].startswith("3 editions of tools, ")
    assert "combinations of answers" in covered[COMPLETE]
    assert covered[PATHWAYS] == "2 edges"


def test_a_case_without_an_outcome_is_found():
    """With what the practitioner would have answered."""
    def plant(visit, *_):
        del visit["outcomes"]["letter"]
    found = planted(lambda visit, parcel, way, plain: (plant(visit), way["edges"].pop("written"), way["edges"]["visited"].update(when="always")))
    assert found[COMPLETE] == ["visit: nothing comes out for this case: Asks: no; Has a court ordered a visit: no; When was the person seen: on “When did the person ask”"]


def test_a_case_with_two_outcomes_is_found():
    """Both are named with their titles."""
    found = planted(lambda visit, *_: visit["outcomes"]["by_order"].pop("before"))
    assert found[COMPLETE] == ["visit: by_order (“There is a visit by order.”) and by_wish (“There is a visit.”) both apply to this case: Asks: yes; Has a court ordered a visit: yes; When was the person seen: on “When did the person ask”"]


def test_the_edition_is_named_where_there_are_several():
    """A hole in one edition is not looked for in another."""
    found = planted(lambda visit, parcel, *_: parcel["outcomes"]["silent"].update(only_in=["late"]))
    assert found[COMPLETE] == ["parcel (early): nothing comes out for this case: What colour is it: Green; How heavy is it: up to 20 kilograms; What does it hold: without Glass"]


@pytest.mark.parametrize(("plant", "finding"), [
    (lambda visit, *_: visit["duties"].update(never={"when": {"all": [{"asks": "yes"}, {"asks": "no"}]}, "actions": ["tell"], **CITED}), "visit: the duty never can never apply"),
    (lambda visit, *_: visit["criteria"].update(never={"title": "N", "when": {"not": {"any": [{"asks": "yes"}, {"asks": "no"}]}}, **CITED}), "visit: the criterion never can never apply"),
    (lambda visit, parcel, *_: parcel["deadlines"]["answer_within"].update(when={"weight": {"more_than": "40"}}), "parcel: the deadline answer_within can never apply"),
    (lambda visit, parcel, *_: parcel["figures"]["stamps"].update(when={"all": [{"colour": "red"}, {"not": {"colour": ["red", "blue"]}}]}), "parcel: the figure stamps can never apply"),
    (lambda visit, parcel, *_: parcel["impossible"].update(never={"when": {"all": [{"weight": {"at_most": "3"}}, {"weight": {"at_least": "5"}}]}, "because": "B"}) if "impossible" in parcel else parcel.update(impossible={"never": {"when": {"all": [{"weight": {"at_most": "3"}}, {"weight": {"at_least": "5"}}]}, "because": "B"}}), "parcel: the impossible never can never apply"),
    (lambda visit, *_: visit["impossible"].update(no_order={"when": {"ordered": "yes"}, "because": "B"}), "visit: the outcome by_order can never apply"),
    (lambda visit, *_: visit["questions"].update(idle={"ask": "Does this matter?", "kind": "yes_no"}), "visit: the question idle makes no difference to anything"),
    (lambda visit, parcel, *_: parcel["outcomes"]["heavy"].update(before={"light": CITED}), "parcel: heavy is said to come before light, but the two never both apply"),
])
def test_what_is_dead_is_found(plant, finding):
    """A rule that can never apply, a question in vain, a precedence without a conflict."""
    assert finding in planted(plant)[DEAD]


def test_a_rule_that_lives_in_one_edition_is_not_dead():
    """Only what applies in no edition at all is."""
    def plant(visit, parcel, *_):
        parcel["criteria"]["old"] = {"title": "O", "when": {"colour": "red"}, **CITED, "only_in": ["early"]}
    assert planted(plant) == {}


def test_a_hole_in_time_is_found():
    """With the first day that no edition covers, and the place."""
    found = planted(lambda visit, parcel, *_: parcel["editions"]["late"].update({"from": "2011-02-01"}))
    assert found[EDITIONS] == ["parcel: in town nothing holds from 2011-01-01 until late begins on 2011-02-01"]


@pytest.mark.parametrize("end", [None, date(2011, 1, 1)])
def test_an_overlap_in_time_is_found(end):
    """The loader refuses it too; the proof does not rely on that."""
    rules = small_rules()
    parcel = rules.tools["parcel"]
    early = replace(parcel.editions["early"], end=end)
    changed = replace(rules, tools={"parcel": replace(parcel, editions={**parcel.editions, "early": early})}, pathways={}, spaces={})
    assert findings(changed) == {EDITIONS: ["parcel: early and late overlap in town"]}


def test_neighbours_in_time_are_sound():
    """One edition ends the day before the next begins."""
    rules = small_rules()
    early, late = rules.tools["parcel"].editions.values()
    assert early.end + timedelta(days=1) == late.start


def asked_twice(way, actions, back="yes"):
    """Whoever asks comes to W3, where the same is asked again; with ``back`` no, nobody can go on to W4."""
    way["points"] |= {"W3": {"title": "T", "kind": "action", "actions": actions, **POINT}, "W4": {"title": "T", "kind": "end", **POINT}}
    out = "no" if back == "yes" else "yes"
    way["edges"] = {"asked": {"from": "W1", "to": "W3", "when": {"asks": "yes"}, **EDGE}, "not": {"from": "W1", "to": "W2", "when": {"asks": "no"}, **EDGE},
                    "back": {"from": "W3", "to": "W4", "when": {"asks": back}, **EDGE}, "out": {"from": "W3", "to": "W2", "when": {"asks": out}, **EDGE}}


POINT = {"stage": "assessment", "about": "A", "cites": ["g1.visit"]}
EDGE = {"basis": "stated", "cites": ["g1.visit"]}


@pytest.mark.parametrize(("plant", "finding"), [
    (lambda visit, parcel, way, plain: way["edges"].pop("written"), "way: at W1 no way leads on for this case: Is there a visit: There is a letter."),
    (lambda visit, parcel, way, plain: way["edges"]["written"].update(when="always"), "way: at W1 several ways lead on (visited, written) for this case: Is there a visit: There is a visit by order."),
    (lambda visit, parcel, way, plain: (way["edges"]["written"].update(when={"all": [{"asks": "yes"}, {"asks": "no"}]}), way["edges"]["visited"].update(when="always")), "way: the edge written can never be taken"),
    (lambda visit, parcel, way, plain: way.update(impossible={"never": {"when": {"all": [{"asks": "yes"}, {"asks": "no"}]}, "because": "Nobody does both."}}), "way: the impossible never applies to every case or to none"),
    (lambda visit, parcel, way, plain: way.update(impossible={"all": {"when": "always", "because": "Nobody comes."}}), "way: the impossible all applies to every case or to none"),
    (lambda visit, parcel, way, plain: way["edges"].update(on={"from": "W2", "to": "W1", **EDGE}), "way: W2 is an end, yet on leads on from it"),
    (lambda visit, parcel, way, plain: (way["points"].update(W3={"title": "T", "kind": "action", **POINT}), way["edges"]["written"].update(to="W3")), "way: no way leads on from W3, and it is no end"),
    (lambda visit, parcel, way, plain: way["points"].update(W3={"title": "T", "kind": "end", **POINT}), "way: W3 cannot be reached from W1"),
    (lambda visit, parcel, way, plain: (way["points"].update(W3={"title": "T", "kind": "action", **POINT}), way["edges"]["written"].update(to="W3"), way["edges"].update(round={"from": "W3", "to": "W3", **EDGE})), "way: from W3 no way leads to an end"),
    (lambda visit, parcel, way, plain: asked_twice(way, {"go": {"asks": "no"}}), "way: at W3 the action go is never due for anybody who comes there"),
    (lambda visit, parcel, way, plain: asked_twice(way, {}, back="no"), "way: at W3 the edge back can never be taken by anybody who comes there"),
    (lambda visit, parcel, way, plain: asked_twice(way, {}, back="no"), "way: no answers lead to W4"),
])
def test_a_fault_in_a_pathway_is_found(plant, finding):
    """Every case has one way on, every edge can be taken, every point is reached, every path ends."""
    assert finding in planted(plant)[PATHWAYS]


def forces_of(change):
    """What the check of forces finds after ``change`` has been made to the small rules' plain data."""
    plain = small_plain()
    plain["deadlines"]["answer_within"]["force"] = "should"
    plain["sources"]["guide"]["provisions"]["g3.fact"] = {"section": "3", "force": "fact", "summary": "S"}
    plain["readings"]["what_counts_as_asking"]["force"] = "must"
    change(plain["actions"], plain["deadlines"])
    return list(force_differences(RuleSet.from_plain(plain)).values())


@pytest.mark.parametrize(("change", "expected"), [
    ({}, []),
    ({"force": "should"}, ["actions: tell says should, but g1.order says must"]),
    ({"force": "may"}, ["actions: tell says may, but g1.order says must"]),
    ({"cites": ["g1.visit", "g1.order"]}, ["actions: tell says must, but g1.visit says should"]),
    ({"cites": ["g1.visit", "g1.order"], "force_from": "g1.order"}, []),
    ({"cites": ["g3.fact", "g1.order"]}, []),
    ({"cites": ["g3.fact"]}, ["actions: tell says must, but all that it cites are facts: name the reading that gives it a force in force_from"]),
    ({"cites": ["g3.fact"], "force": "may"}, ["actions: tell says may, but all that it cites are facts: name the reading that gives it a force in force_from"]),
    ({"cites": ["g3.fact"], "readings": ["what_counts_as_asking"], "force_from": "what_counts_as_asking"}, []),
    ({"cites": ["g3.fact"], "readings": ["what_counts_as_asking"], "force_from": "what_counts_as_asking", "force": "may"}, ["actions: tell says may, but what_counts_as_asking says must"]),
    ({"cites": ["g1.visit"], "readings": ["what_counts_as_asking"]}, ["actions: tell says must, but g1.visit says should"]),
])
def test_an_action_is_as_strong_as_its_source(change, expected):
    """Must, should and may are those of the first provision that is no fact, or of what force_from names: a reading by itself changes nothing."""
    assert forces_of(lambda actions, _: actions["tell"].update(change)) == expected


def test_a_deadline_is_as_strong_as_its_source():
    """The same holds for time limits."""
    assert forces_of(lambda _, deadlines: deadlines["visit_within"].update(force="must")) == ["deadlines: visit_within says must, but g1.visit says should"]


def test_the_check_of_forces_tells_file_and_line(tmp_path):
    """Where the force stands that is not the source's."""
    shutil.copytree(SMALL, tmp_path / "rules")
    file = tmp_path / "rules" / "actions.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("force: may", "force: must"), encoding="utf-8")
    name, covered, findings = check_forces(load_rules(tmp_path / "rules"))
    assert (name, covered) == ("force", "3 actions, 2 deadlines as strong as what they cite, 0 of them by a reading of ours")
    assert [one.rpartition("/")[2] for one in findings] == [
        "actions.yml:12: actions: write says must, but g2.rest says may",
        "deadlines.yml:18: deadlines: answer_within says must, but g1.visit says should",
    ]


def test_every_force_of_the_handbook_has_its_source():
    """Each action and deadline says what its provision says, or what a reading that is shown says."""
    assert check_forces(load_rules())[2] == ()


def test_an_example_tests_no_more_than_it_must():
    """The case leads to the wanted value, and names only the questions on its way."""
    tool = small_rules().tools["parcel"]
    space = Space.of_tool(tool, "late")
    assert in_words(space, example(space, space.root, lambda value: value == "silent")) == "What colour is it: Green; How heavy is it: up to 20 kilograms; What does it hold: without Glass"
    assert in_words(space, example(space, space.root, lambda value: value == "heavy")).endswith("How heavy is it: above 20 kilograms")
    assert example(space, space.root, lambda value: value == "no such") is None
    assert in_words(space, {}) == "any answers"
