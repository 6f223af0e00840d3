"""The parts of the rules fit together; what does not fit is named with its place. (More in broken_rules/.)"""

import pytest

from decision_logic import RequestError, RuleError, RuleSet
from tests.rule_sets import small_plain, small_rules


def problems(change):
    """(path, found) of every problem once ``change`` was made to the small rules."""
    plain = small_plain()
    change(plain)
    with pytest.raises(RuleError) as caught:
        RuleSet.from_plain(plain)
    return [(".".join(map(str, one.path)), one.found) for one in caught.value.problems]


def test_the_small_rules_fit_together():
    """Good rules are read without a problem."""
    assert len(small_rules().tools) == 2


def test_every_problem_is_told_at_once():
    """Several dangling references are one error with all of them."""
    def change(plain):
        plain["actions"]["go"]["cites"] = ["g1.gone"]
        plain["tools"]["visit"]["page"] = ""
        plain["notices"]["visits_have_changed"]["tools"] = ["vist"]
    assert problems(change) == [
        ("tools.visit.page", "nothing"), ("actions.go.cites.0", "no provision 'g1.gone'"), ("notices.visits_have_changed.tools.0", "no tool 'vist'")]


def test_what_could_not_be_read_is_not_missed_too():
    """An entry that is broken is reported where it stands, not again wherever it is named."""
    assert problems(lambda plain: plain["actions"]["go"].update(force="perhaps")) == [("actions.go.force", "'perhaps'")]


def test_a_fact_gives_no_force():
    """An action cannot take its force from a provision that states a fact. (What is not cited, or a reading without one: broken_rules/.)"""
    def change(plain):
        plain["sources"]["guide"]["provisions"]["g1.order"]["force"] = "fact"
        plain["actions"]["tell"]["force_from"] = "g1.order"
    assert problems(change) == [("actions.tell.force_from", "'g1.order', which only states a fact")]


def test_a_question_must_be_asked_where_a_rule_speaks_of_it():
    """A rule of every edition cannot speak of a question that only one of them asks."""
    found = problems(lambda plain: plain["tools"]["parcel"]["questions"]["weight"].update(only_in=["late"]))
    assert {text for _, text in found} == {"'weight', which edition 'early' does not ask"}


def test_editions_may_follow_one_another():
    """Editions overlap only where a day and a place are the same."""
    assert problems(lambda plain: plain["tools"]["parcel"]["editions"]["late"].update({"from": "2010-12-31"})) == [
        ("tools.parcel.editions.late", "'late' overlaps 'early' in town")]


@pytest.mark.parametrize(("compared", "found"), [
    ({"first": ("a", "b"), "second": ("b", "a")}, "b compared with a, and a with b"),
    ({"first": ("a", "b"), "second": ("b", "c"), "third": ("c", "d")}, "a chain of comparisons through b: a with b, b with c, c with d"),
])
def test_comparisons_form_stars(compared, found):
    """Answers are compared with one common answer, in one direction; anything else could not be decided exactly."""
    def change(plain):
        tool = plain["tools"]["visit"]
        tool["questions"] |= {name: {"ask": "?", "kind": "number"} for name in "abcd"}
        tool["impossible"] = {name: {"when": {left: {"more_than": {"question": right}}}, "because": "B"} for name, (left, right) in compared.items()}
    assert [text for _, text in problems(change)] == [found]


def test_one_deadline_for_a_pair_of_dates():
    """A date is compared with the last day of one deadline from another date, not of several."""
    def change(plain):
        tool = plain["tools"]["visit"]
        tool["deadlines"]["second"] = {"deadline": "visit_within", "from": "asked_on", "when": "always"}
        tool["impossible"] = {"a": {"when": {"any": [{"seen_on": {"after": {"last_day_of": "visit_within"}}}, {"seen_on": {"after": {"last_day_of": "second"}}}]}, "because": "B"}}
    assert [text for _, text in problems(change)] == ["seen_on compared with the last days of several deadlines from asked_on"]


def test_places_lie_within_one_another():
    """An area has the calendar of the place that it lies in; an unknown place is refused with a guess."""
    rules = small_rules()
    assert rules.lineage("valley") == ["valley", "town"]
    assert rules.calendar_of("valley").id == "town"
    with pytest.raises(RequestError, match="there is no place 'vally'") as caught:
        rules.lineage("vally")
    assert caught.value.hint == "did you mean 'valley'?"


def test_the_hash_is_of_the_rules_and_nothing_else():
    """The same plain data has the same hash; one changed word has another."""
    plain = small_plain()
    assert RuleSet.from_plain(plain).rules_hash == small_rules().rules_hash
    plain["roles"]["clerk"]["title"] = "Secretary"
    assert RuleSet.from_plain(plain).rules_hash != small_rules().rules_hash


@pytest.mark.parametrize("plain", [[], "x", None, {"tools": 5}, {"sources": ["x"]}, {"tools": {"a": 5}}, {"sources": {"a": {"provisions": [1]}}}, {"tools": {"a": {"questions": [1], "criteria": 7, "deadlines": {"b": 1}}}}])
def test_nothing_but_problems_comes_of_nonsense(plain):
    """However wrong the plain data is, the error is one in words."""
    with pytest.raises(RuleError):
        RuleSet.from_plain(plain)
