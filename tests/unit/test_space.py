"""A tool's decision diagram: how answers are cut up, and what is read off it."""

from datetime import date

import pytest

from decision_logic.conditions import All, Answer, Chosen, Compare, Is, Not, Otherwise
from decision_logic.model import Question
from decision_logic.space import NO_OUTCOME, Overlap, Space

YES_NO = {name: Question(name, "?", "yes_no") for name in "abc"}


def yes(name):
    return Is(name, ("yes",))


def outcomes(**conditions):
    return {name: (condition, frozenset()) for name, condition in conditions.items()}


def node(space, **answers):
    return space.given(space.root, space.facts(answers))


def cells(question, *comparisons):
    space = Space({"n": question}, outcomes(**{f"o{index}": Compare("n", op, value) for index, (op, value) in enumerate(comparisons)}))
    return space.variables[0].values


def test_numbers_are_cut_where_conditions_tell_them_apart():
    """Stretches that no comparison tells apart are one; whole numbers have no stretch between neighbours."""
    whole, decimals = Question("n", "?", "number", least=0, most=10), Question("n", "?", "number", decimals=True)
    assert cells(whole, (">=", 3)) == ((None, False, 3, False), (3, True, None, False))
    assert cells(whole, ("=", 3), ("=", 4)) == ((None, False, 3, False), (3, True, 3, True), (4, True, 4, True), (4, False, None, False))
    assert (3, False, 4, False) in cells(decimals, ("=", 3), ("=", 4))
    assert cells(whole, ("<", 0), (">", 3)) == ((0, True, 3, True), (3, False, None, False))


def test_dates_are_cut_like_whole_numbers():
    """Two neighbouring days have no stretch between them."""
    first, second = date(2010, 4, 1), date(2010, 4, 2)
    assert len(cells(Question("n", "?", "date"), ("<", first), (">", second))) == 3


def test_several_of_has_a_level_for_each_option():
    """Each option of a several-of question is settled by itself."""
    question = Question("s", "?", "several_of", options={"x": "X", "y": "Y"})
    space = Space({"s": question}, outcomes(some=Chosen("s", ("x", "y"), 1), none=Chosen("s", ("x", "y"), 0, 0)))
    assert [variable.option for variable in space.variables] == ["x", "y"]
    assert space.possible(node(space, s=frozenset({"y"}))) == {"some"}


def test_compared_answers_have_a_level_together():
    """A comparison of two answers is settled when both are known."""
    numbers = {name: Question(name, "?", "number") for name in "mn"}
    space = Space(numbers, outcomes(less=Compare("m", "<", Answer("n")), other=Not(Compare("m", "<", Answer("n")))))
    assert space.possible(node(space, m=1)) == {"less", "other"}
    assert space.possible(node(space, m=1, n=2)) == {"less"}


@pytest.mark.parametrize(("least", "decided"), [(2, {"other"}), (1, {"other"}), (0, {"less", "other"})])
def test_bounds_settle_comparisons(least, decided):
    """Where no answer within its bounds can stand so, the comparison is settled without it."""
    numbers = {"m": Question("m", "?", "number", least=least), "n": Question("n", "?", "number", least=0, most=1)}
    space = Space(numbers, outcomes(less=Compare("m", "<", Answer("n")), other=Not(Compare("m", "<", Answer("n")))))
    assert space.possible(space.root) == decided


def test_two_known_answers_bind_a_third():
    """What is compared with two known answers can only stand to both as the two stand to each other."""
    numbers = {name: Question(name, "?", "number") for name in ("m", "low", "high")}
    between = All((Compare("m", ">", Answer("high")), Compare("m", "<", Answer("low"))))
    space = Space(numbers, outcomes(never=between, other=Not(between)))
    assert space.possible(node(space, low=3, high=7)) == {"other"}
    assert space.possible(node(space, low=7, high=3)) == {"never", "other"}
    assert space.possible(node(space, low=4, high=3)) == {"other"}


def test_holes_and_overlaps_come_out_as_such():
    """Where nothing applies, or several things do, the diagram says so."""
    space = Space(YES_NO, outcomes(one=yes("a"), other=yes("b")))
    assert space.possible(node(space, a="no", b="no")) == {NO_OUTCOME}
    assert space.possible(node(space, a="yes", b="yes")) == {Overlap(frozenset({"one", "other"}))}


def test_the_one_that_comes_before_applies():
    """Where one outcome comes before the other, it alone applies; a catch-all takes what is left."""
    space = Space(YES_NO, {"one": (yes("a"), frozenset({"other"})), "other": (yes("b"), frozenset()), "rest": (Otherwise(), frozenset())})
    assert space.possible(node(space, a="yes", b="yes")) == {"one"}
    assert space.possible(node(space, a="no", b="no")) == {"rest"}


def test_impossible_combinations_do_not_count():
    """What cannot occur is left out of what is possible."""
    space = Space(YES_NO, outcomes(one=yes("a"), other=Not(yes("a"))), impossible={"never": All((yes("a"), yes("b")))})
    assert space.possible(node(space, b="yes")) == {"other"}


def test_the_next_question_is_the_one_that_leaves_the_fewest():
    """A question that cannot change the outcome is never asked; of the others the best, then the first."""
    space = Space(YES_NO, outcomes(one=All((yes("b"), yes("c"))), other=Not(All((yes("b"), yes("c"))))))
    facts = space.facts({})
    assert space.next_question(space.root, facts) == "b"
    assert not space.can_change(space.root, "a")
    assert space.next_question(node(space, b="no"), space.facts({"b": "no"})) is None


def test_changes_are_the_smallest():
    """A change that one answer makes is not told with two."""
    space = Space(YES_NO, outcomes(one=yes("a"), other=Not(yes("a"))))
    price, sets = space.changes(space.root, space.facts({"a": "yes", "b": "no"}), "other")
    assert (price, sets) == ((1, 1), [{0: 1}])
