"""Decision diagrams store equal things once and say what comes out."""

from decision_logic.diagram import Diagrams


def both(store):
    """A diagram that is True where variables 0 and 1 both have value 1."""
    return store.combine(store.test(0, {1}), store.test(1, {1}), lambda a, b: a and b)


def test_equal_diagrams_are_one_node():
    """However it is made, the same function is the same node."""
    store = Diagrams([2, 2])
    other = store.map(store.combine(store.test(1, {0}), store.test(0, {0}), lambda a, b: a or b), lambda value: not value)
    assert both(store) == other


def test_a_variable_that_makes_no_difference_is_left_out():
    """A test whose children are all alike disappears."""
    store = Diagrams([3, 2])
    assert store.test(0, {0, 1, 2}) == store.terminal(True)


def test_given_follows_what_is_known():
    """Once values are known, only the rest is tested."""
    store = Diagrams([2, 2])
    assert store.given(both(store), {0: 1}) == store.test(1, {1})
    assert store.given(both(store), {0: 0}) == store.terminal(False)


def test_outcomes_and_support():
    """What a diagram can give, and what it tests, are read off it."""
    store = Diagrams([2, 2, 2])
    assert store.outcomes(both(store)) == {True, False}
    assert store.support(both(store)) == {0, 1}


def test_gather_unites_over_variables():
    """Without a variable, what comes out for each of its values is united."""
    store = Diagrams([2, 2])
    sets = store.map(both(store), lambda value: frozenset({value}))
    gathered = store.gather(sets, {0}, lambda a, b: a | b)
    assert {tuple(taken.items()): value for taken, value in store.paths(gathered)} == {((1, 0),): {False}, ((1, 1),): {True, False}}


def test_paths_are_in_the_order_of_the_values():
    """Every way through is listed once, in order."""
    store = Diagrams([2, 2])
    assert list(store.paths(both(store))) == [({0: 0}, False), ({0: 1, 1: 0}, False), ({0: 1, 1: 1}, True)]


def test_the_cost_grows_with_states_not_with_combinations():
    """At least seven of forty is a small diagram, though there are a million million combinations."""
    store = Diagrams([2] * 40)
    counted = store.terminal(0)
    for level in range(40):
        counted = store.combine(counted, store.test(level, {1}, 1, 0), lambda a, b: min(7, a + b))
    assert len(store.support(counted)) == 40 and len(store) < 20_000
