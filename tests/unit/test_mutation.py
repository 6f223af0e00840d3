"""Small wrong changes to rules: every kind is made, and each is refused, killed, proven equivalent or listed as a survivor."""

import copy

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.equivalence import same_pathway, same_tool
from build_scripts.prove.mutants import Mutant, conditions, expressions, tool_mutants
from build_scripts.prove.mutation import Judge, mutate
from decision_logic import RequestError, RuleSet
from tests.rule_sets import SMALL, small_plain, small_rules

QUESTIONS = {
    "sure": {"kind": "yes_no"}, "colour": {"kind": "one_of", "options": {"red": "R", "green": "G", "blue": "B"}},
    "holds": {"kind": "several_of", "options": {"glass": "G", "paper": "P", "tin": "T"}}, "weight": {"kind": "number"}, "on_day": {"kind": "date"},
}


@pytest.mark.parametrize(("condition", "changed"), [
    ("always", []), ("in_any_other_case", []),
    ({"sure": "yes"}, [{"sure": "no"}]),
    ({"met": "k"}, [{"not": {"met": "k"}}]),
    ({"not": {"sure": "no"}}, [{"sure": "no"}, {"not": {"sure": "yes"}}]),
    ({"colour": "red"}, [{"not": {"colour": "red"}}, {"colour": "green"}, {"colour": "blue"}]),
    ({"colour": ["red", "blue"]}, [{"not": {"colour": ["red", "blue"]}}, {"colour": ["blue"]}, {"colour": ["red"]}]),
    ({"colour": ["red"]}, [{"not": {"colour": ["red"]}}, {"colour": ["red", "green"]}, {"colour": ["red", "blue"]}]),
    ({"holds": "any_of_them"}, [{"not": {"holds": "any_of_them"}}, {"holds": "none_of_them"}]),
    ({"holds": {"includes": "glass"}}, [{"not": {"holds": {"includes": "glass"}}}, {"holds": {"includes": "paper"}}, {"holds": {"includes": "tin"}}]),
    ({"holds": {"includes_any": ["glass", "tin"]}}, [
        {"not": {"holds": {"includes_any": ["glass", "tin"]}}}, {"holds": {"includes_all": ["glass", "tin"]}}, {"holds": {"includes_any": ["tin"]}},
        {"holds": {"includes_any": ["glass"]}}, {"holds": {"includes_any": ["glass", "tin", "paper"]}}]),
    ({"holds": {"at_least": "1"}}, [{"not": {"holds": {"at_least": "1"}}}, {"holds": {"at_least": "2"}}]),
    ({"weight": {"at_least": "18"}}, [{"not": {"weight": {"at_least": "18"}}}, {"weight": {"more_than": "18"}}, {"weight": {"at_least": "17"}}, {"weight": {"at_least": "19"}}]),
    ({"on_day": {"before": "2010-03-01"}}, [
        {"not": {"on_day": {"before": "2010-03-01"}}}, {"on_day": {"on_or_before": "2010-03-01"}}, {"on_day": {"before": "2010-02-28"}}, {"on_day": {"before": "2010-03-02"}}]),
    ({"on_day": {"after": {"question": "other"}}}, [{"not": {"on_day": {"after": {"question": "other"}}}}, {"on_day": {"on_or_after": {"question": "other"}}}]),
    ({"all": [{"sure": "yes"}, {"met": "k"}]}, [
        {"all": [{"met": "k"}]}, {"all": [{"sure": "yes"}]}, {"any": [{"sure": "yes"}, {"met": "k"}]},
        {"all": [{"sure": "no"}, {"met": "k"}]}, {"all": [{"sure": "yes"}, {"not": {"met": "k"}}]}]),
    ({"any": [{"sure": "yes"}]}, [{"any": [{"sure": "no"}]}]),
    ({"sure": "yes", "colour": "red"}, [{"colour": "red"}, {"sure": "yes"}, {"sure": "no", "colour": "red"}, {"sure": "yes", "colour": "green"}, {"sure": "yes", "colour": "blue"}]),
])
def test_every_small_change_to_a_condition_is_made(condition, changed):
    """Parts dropped, yes and no turned, tests negated, options and numbers replaced by their neighbours; nothing twice."""
    before = copy.deepcopy(condition)
    assert [one for _, _, one in conditions(condition, QUESTIONS)] == changed
    assert condition == before


def test_a_tools_outcome_is_changed_in_pathways():
    """To those of that tool's outcomes that stand beside it; of a list, one less or one more."""
    made = [one for _, _, one in conditions({"outcome": {"t": "b"}}, {}, {"t": ["a", "b", "c", "d"]})]
    assert made == [{"not": {"outcome": {"t": "b"}}}, {"outcome": {"t": "a"}}, {"outcome": {"t": "c"}}]
    made = [one for _, _, one in conditions({"outcome": {"t": ["a", "b"]}}, {}, {"t": ["a", "b", "c", "d", "e"]})]
    assert made == [{"not": {"outcome": {"t": ["a", "b"]}}}, {"outcome": {"t": ["b"]}}, {"outcome": {"t": ["a"]}}]


def test_figures_are_changed_too():
    """Numbers to their neighbours, operations to what might be meant instead."""
    made = [one for _, _, one in expressions({"round_up": {"quotient": [{"question": "n"}, "25"]}})]
    assert made == [
        {"round_down": {"quotient": [{"question": "n"}, "25"]}}, {"round_up": {"product": [{"question": "n"}, "25"]}},
        {"round_up": {"quotient": [{"question": "n"}, "24"]}}, {"round_up": {"quotient": [{"question": "n"}, "26"]}},
    ]


SCENARIO = """
  {name}: {{title: A case., story: S, teaches: T, cites: [g1.visit], on: 2010-03-01, in: town, answers: {answers}, expect: {expect}}}"""


def judge(folder, plain=None, **cases):
    """A judge of the small rules, or of ``plain``, with scenarios of the tool visit: name=(answers, expect)."""
    rules = small_rules() if plain is None else RuleSet.from_plain(plain)
    text = "tool: visit\nscenarios:" + "".join(SCENARIO.format(name=name, answers=answers, expect=expect) for name, (answers, expect) in cases.items())
    (folder / "visit.yml").write_text(text, encoding="utf-8")
    return Judge(rules, plain or small_plain(), load_scenarios(rules, folder))


def fate_of(one, words, unit="visit"):
    """(fate, through what) of the only mutant that is said so."""
    mutant, = [mutant for mutant in one.mutants(unit) if mutant.words == words]
    found = one.fate(mutant)
    return found.fate, found.through.split(":")[0]


BY_ORDER = ("{ordered: yes, asks: no}", "{status: decided, outcome: by_order, actions: {go: certain, tell: certain}}")


@pytest.mark.parametrize(("words", "fate"), [
    ("outcome by_order: no for ordered: yes", ("scenario", "by_order")),
    ("duty tell_the_court: no for ordered: yes", ("scenario", "by_order")),
    ("drops the duty tell_the_court", ("scenario", "by_order")),
    ("outcome by_order: drops the action go", ("scenario", "by_order")),
    ("drops that by_order comes before by_wish", ("proof", "visit")),
    ("by_wish before by_order instead of after", ("survived", "")),  # the case does not ask: no scenario has both
    ("swaps the conditions of by_order and by_wish", ("scenario", "by_order")),
    ("outcome letter: drops the action write", ("survived", "")),
    ("deadline visit_within: drops ordered: yes", ("survived", "")),
    ("drops the deadline visit_within", ("survived", "")),
    ("drops the impossible combination seen_before_asking", ("proof", "visit")),  # then one question is asked in vain
    ("impossible combination seen_before_asking: on_or_before for seen_on before question: asked_on", ("survived", "")),
    ("criterion wanted: no for asks: yes", ("scenario", "by_order")),
])
def test_what_becomes_of_a_mutant(words, fate, tmp_path):
    """Killed by the case that differs, by a proof, or by nothing."""
    if words == "criterion wanted: no for asks: yes":  # then the wish is there, and the order still comes first
        fate = ("survived", "")
    assert fate_of(judge(tmp_path, by_order=BY_ORDER), words) == fate


def test_another_scenario_kills_a_survivor(tmp_path):
    """What a survivor asks for is a case; with it, it is killed."""
    both = ("{ordered: yes, asks: yes, asked_on: 2010-03-01}", "{status: decided, outcome: by_order, criteria: [wanted], deadlines: {visit_within: {last_day: 2010-03-03}}}")
    one = judge(tmp_path, by_order=BY_ORDER, both=both)
    assert fate_of(one, "by_wish before by_order instead of after") == ("scenario", "both")
    assert fate_of(one, "criterion wanted: no for asks: yes") == ("scenario", "both")
    assert fate_of(one, "drops the deadline visit_within") == ("scenario", "both")
    assert fate_of(one, "limit: 3 for 2 working_days", "deadlines") == ("scenario", "both")
    assert fate_of(one, "limit: calendar_days for working_days", "deadlines") == ("survived", "")  # the same from a Monday


def test_a_change_without_effect_is_proven_equivalent(tmp_path):
    """A part that says nothing new may go: the decision diagrams are the same."""
    plain = small_plain()
    plain["tools"]["visit"]["outcomes"]["by_wish"]["when"] = {"all": [{"met": "wanted"}, {"not": {"asks": "no"}}]}
    one = judge(tmp_path, plain, by_order=BY_ORDER)
    assert fate_of(one, "outcome by_wish: drops met: wanted") == ("equivalent", "")
    assert fate_of(one, "outcome by_wish: drops not asks: no") == ("equivalent", "")
    assert fate_of(one, "outcome by_wish: any for all") == ("equivalent", "")
    assert fate_of(one, "outcome by_wish: yes for asks: no")[0] != "equivalent"


def test_a_threshold_that_nothing_depends_on_is_equivalent():
    """The two versions cut the answers differently; the check cuts them both ways."""
    plain = small_plain()
    parcel = plain["tools"]["parcel"]
    parcel["duties"]["idle"] = {"when": {"all": [{"weight": {"more_than": "30"}}, {"weight": {"less_than": "20"}}]}, "actions": ["tell"], "because": "B", "cites": ["g1.visit"]}
    parcel["duties"]["heavy"] = {"when": {"weight": {"more_than": "30"}}, "actions": ["write"], "because": "B", "cites": ["g1.visit"]}
    tool = RuleSet.from_plain(plain).tools["parcel"]
    for name, equal in (("idle", True), ("heavy", False)):
        other = copy.deepcopy(plain)
        part = other["tools"]["parcel"]["duties"][name]["when"]
        (part["all"][0] if name == "idle" else part)["weight"] = {"more_than": "31"}
        assert same_tool(tool, RuleSet.from_plain(other).tools["parcel"]) is equal


def test_an_action_that_two_rules_give_may_lose_one():
    """What counts is when it is due, not through which rule."""
    plain = small_plain()
    plain["tools"]["visit"]["duties"]["again"] = {"when": {"ordered": "yes"}, "actions": ["tell"], "because": "B", "cites": ["g1.order"]}
    assert same_tool(RuleSet.from_plain(plain).tools["visit"], small_rules().tools["visit"])
    plain["tools"]["visit"]["duties"]["again"]["actions"] = ["write"]
    assert not same_tool(RuleSet.from_plain(plain).tools["visit"], small_rules().tools["visit"])


def test_what_the_loader_refuses_counts_as_such(tmp_path):
    """A change that no author could make unnoticed."""
    plain = small_plain()
    plain["tools"]["visit"]["criteria"]["late"] = {"title": "L", "when": {"seen_on": {"after": {"last_day_of": "visit_within"}}}, "because": "B", "cites": ["g1.visit"]}
    assert fate_of(judge(tmp_path, plain, by_order=BY_ORDER), "drops the deadline visit_within")[0] == "refused"


def test_an_entry_that_is_not_changed_is_never_refused():
    """Otherwise every change would be refused for what is wrong with the judge, and nothing would be tried."""
    loaded = load_rules()
    one = Judge(loaded.rules, loaded.plain, [])
    for part in ("tools", "pathways", "deadlines", "quantities", "actions"):
        for name, plain in loaded.plain[part].items():
            same = Mutant((part, name), (part, name), "nothing", plain)
            assert one.fate(same).fate == "equivalent", (part, name, one.fate(same).through)


def test_pathways_are_mutated(tmp_path):
    """An edge that leads elsewhere, or under other conditions, is noticed by the proofs or a walk."""
    one = judge(tmp_path, by_order=BY_ORDER)
    assert fate_of(one, "edge visited: leads to W1 instead of W2", "way") == ("survived", "")
    assert fate_of(one, "edge visited: drops by_wish", "way") == ("proof", "way")
    assert fate_of(one, "swaps the conditions of visited and written", "way") == ("survived", "")
    walk = "pathway: way\nscenarios:" + SCENARIO.format(name="walk", answers="{visit: by_order, asks: yes}", expect="{status: ended, travelled: [visited]}")
    (tmp_path / "way.yml").write_text(walk, encoding="utf-8")
    rules = small_rules()
    one = Judge(rules, small_plain(), load_scenarios(rules, tmp_path))
    assert fate_of(one, "edge visited: leads to W1 instead of W2", "way") == ("scenario", "walk")
    assert fate_of(one, "swaps the conditions of visited and written", "way") == ("scenario", "walk")
    assert fate_of(one, "point W1: drops the action go", "way") == ("survived", "")


def test_what_nobody_who_comes_to_a_point_can_answer_makes_no_difference():
    """An action that waits for what has led to its point already is the same action, however much is changed in that."""
    plain = small_plain()
    way = plain["pathways"]["way"]
    way["edges"] = {
        "asked": way["edges"]["visited"] | {"to": "W3", "when": {"asks": "yes"}},
        "not_asked": way["edges"]["written"] | {"when": {"asks": "no"}},
        "round": way["edges"]["written"] | {"from": "W3", "to": "W4", "when": "always"},
        "back": way["edges"]["written"] | {"from": "W4", "to": "W3", "when": {"ordered": "no"}},
        "out": way["edges"]["written"] | {"from": "W4", "when": {"ordered": "yes"}},
    }
    way["questions"]["ordered"] = {"ask": "Ordered?", "kind": "yes_no"}
    way["points"]["W3"] = way["points"]["W1"] | {"kind": "action", "actions": {"go": {"asks": "yes"}}}
    way["points"]["W4"] = way["points"]["W1"] | {"kind": "action", "actions": {"tell": {"ordered": "yes"}}}
    rules = RuleSet.from_plain(plain)
    for point, action, when, same in [
        ("W3", "go", "always", True), ("W3", "go", {"asks": "no"}, False), ("W1", "go", "always", False),
        ("W4", "tell", {"ordered": "yes", "asks": "yes"}, True), ("W4", "tell", "always", False), ("W2", "go", {"asks": "yes"}, False),
    ]:
        changed = copy.deepcopy(plain)
        changed["pathways"]["way"]["points"][point].setdefault("actions", {})[action] = when
        assert same_pathway(rules, rules.pathways["way"], RuleSet.from_plain(changed).pathways["way"]) is same, (point, when)


def test_the_force_of_an_action_is_held_against_its_source(tmp_path):
    """Scenarios do not say how strong an action is; the register does."""
    one = judge(tmp_path, by_order=BY_ORDER)
    forces = {(mutant.entry[1], mutant.words): one.fate(mutant).fate for mutant in one.mutants("actions")}
    assert forces == {("go", "must for should"): "proof", ("go", "may for should"): "proof", ("write", "should for may"): "proof", ("tell", "should for must"): "proof"}


def test_scenarios_that_fail_already_are_left_out(tmp_path):
    """They would kill everything."""
    one = judge(tmp_path, wrong=("{ordered: yes}", "{status: decided, outcome: letter}"))
    assert [scenario.data.id for scenario in one.failing] == ["wrong"]
    assert fate_of(one, "drops the duty tell_the_court") == ("survived", "")


def test_a_mutant_knows_where_it_stands():
    """Each path leads to something in the file that holds the rule."""
    loaded = load_rules(SMALL)
    for tool in loaded.rules.tools:
        for mutant in tool_mutants(loaded.plain, tool):
            file, position = loaded.where(mutant.path)
            assert file.name == f"{tool}.yml"
            assert position.line > 1


def test_the_figures_and_the_survivors_are_told(tmp_path):
    """A line for each unit, then each survivor with file, line, column and words; survivors make the whole fail."""
    loaded = load_rules(SMALL)
    before = copy.deepcopy(loaded.plain)
    judge(tmp_path, by_order=BY_ORDER)
    said = []
    assert mutate(loaded, load_scenarios(loaded.rules, tmp_path), ["visit"], said.append) is False
    assert said[0].split() == ["mutants", "refused", "by", "a", "case", "by", "a", "proof", "equivalent", "survived"]
    figures = [int(figure) for figure in said[1].split()[1:]]
    assert figures[0] == sum(figures[1:]) == len(list(tool_mutants(loaded.plain, "visit")))
    assert [line for line in said if line.startswith("  survived:") and line.endswith("visit.yml:40:15 visit: outcome letter: drops the action write")]
    assert len([line for line in said if line.startswith("  survived:")]) == figures[-1]
    assert loaded.plain == before


def test_an_unknown_unit_is_named():
    """With what there is."""
    with pytest.raises(RequestError, match="nothing called 'vist' to mutate") as caught:
        mutate(load_rules(SMALL), [], ["vist"], print)
    assert "visit" in caught.value.hint
