"""What is read off a diagram, against trying every combination of answers, on small rules drawn with fixed seeds."""

import random
from itertools import product

import pytest

from decision_logic.conditions import All, Answer, Any, Chosen, Compare, Is, Not, Otherwise, holds
from decision_logic.model import Question
from decision_logic.space import NO_OUTCOME, Overlap, Space

QUESTIONS = {
    "a": Question("a", "?", "yes_no"),
    "c": Question("c", "?", "one_of", options={"x": "X", "y": "Y", "z": "Z"}),
    "s": Question("s", "?", "several_of", options={"p": "P", "q": "Q"}),
    "n": Question("n", "?", "number", least=0, most=3),
}
VALUES = {"a": ("yes", "no"), "c": ("x", "y", "z"), "s": tuple(map(frozenset, ((), "p", "q", "pq"))), "n": (0, 1, 2, 3)}
TESTS = [
    Is("a", ("yes",)), Is("c", ("x",)), Is("c", ("y", "z")), Chosen("s", ("p",), 1), Chosen("s", ("p", "q"), 2), Chosen("s", ("p", "q"), 0, 0),
    Chosen("s", ("p", "q"), 1), Compare("n", ">=", 1), Compare("n", "<", 2), Compare("n", "=", 3), Compare("n", "<=", 0),
]


COMPARED = {name: Question(name, "?", "number", least=least, most=most) for name, least, most in (("m", 0, 2), ("k", 1, 3), ("l", 1, 1))} | {"a": QUESTIONS["a"]}
COMPARED_VALUES = {"m": (0, 1, 2), "k": (1, 2, 3), "l": (1,), "a": ("yes", "no")}
COMPARED_TESTS = [
    Is("a", ("yes",)), Compare("m", "<", Answer("k")), Compare("m", "=", Answer("k")), Compare("m", ">=", Answer("k")), Compare("m", ">", Answer("l")), Compare("m", "<=", Answer("l")),
]


class Drawn:
    """A space over all the questions with drawn outcomes, and what its conditions plainly mean for every combination of answers."""

    def __init__(self, seed, questions=QUESTIONS, values=VALUES, tests=TESTS):
        self.draw, self.values, self.tests = random.Random(seed), values, tests
        self.outcomes = {"one": (self.condition(2), frozenset({"other"})), "other": (self.condition(2), frozenset())}
        if seed % 2:
            self.outcomes["rest"] = (Otherwise(), frozenset())
        self.impossible = All((self.condition(1), self.condition(1)))
        self.space = Space(questions, self.outcomes, impossible={"never": self.impossible})
        every = [dict(zip(values, some, strict=True)) for some in product(*values.values())]
        self.cases = [(case, self.outcome(case)) for case in every if not holds(self.impossible, case)]
        self.known = [one for one in (self.partial() for _ in range(8)) if self.left(one)]

    def condition(self, depth):
        if not depth:
            return self.draw.choice(self.tests)
        if self.draw.random() < 0.2:
            return Not(self.condition(depth - 1))
        return self.draw.choice((All, Any))(tuple(self.condition(depth - 1) for _ in range(2)))

    def outcome(self, case):
        found = frozenset(name for name, (when, _) in self.outcomes.items() if not isinstance(when, Otherwise) and holds(when, case))
        if not found:
            return "rest" if "rest" in self.outcomes else NO_OUTCOME
        first = [one for one in found if found <= {one} | self.outcomes[one][1]]
        return first[0] if first else Overlap(found)

    def partial(self):
        return {name: self.draw.choice(values) for name, values in self.values.items() if self.draw.random() < 0.5}

    def left(self, known):
        """The possible combinations that agree with what is known, with their outcomes."""
        return [(case, outcome) for case, outcome in self.cases if known.items() <= case.items()]

    def possible(self, known):
        return {outcome for _, outcome in self.left(known)}

    def levels(self, name, value):
        return self.space.facts({name: value}).known

    def said(self, change, known):
        """What changed levels say of the answers; options that are not named stay as they are, or are not chosen."""
        new = {}
        for level, index in change.items():
            variable = self.space.variables[level]
            name = variable.questions[0]
            if variable.kind == "bit":
                chosen = new.get(name, known.get(name, frozenset()))
                new[name] = chosen | {variable.option} if index else chosen - {variable.option}
            else:
                new[name] = next(value for value in self.kinds(name) if self.levels(name, value) == {level: index})
        return self.shown(new)

    @staticmethod
    def shown(new):
        return str({name: sorted(new[name]) if name == "s" else new[name] for name in VALUES if name in new})

    def kinds(self, name):
        """One value for each way in which the conditions can tell the answers to a question apart."""
        return list({tuple(self.levels(name, value).items()): value for value in self.values[name]}.values())


DRAWN = [Drawn(seed) for seed in range(24)]
BY_SEED = pytest.mark.parametrize("drawn", DRAWN, ids=range(len(DRAWN)))


@BY_SEED
def test_what_is_still_possible_is_what_some_completion_gives(drawn):
    """Of the outcomes those remain, and only those, that some way of completing the answers has."""
    for known in drawn.known:
        assert drawn.space.possible(drawn.space.given(drawn.space.root, drawn.space.facts(known))) == drawn.possible(known)


@BY_SEED
def test_the_next_question_leaves_the_fewest(drawn):
    """Only a question that can make a difference is asked, and of those the one that leaves the fewest outcomes on average."""
    for known in drawn.known:
        facts, now = drawn.space.facts(known), drawn.possible(known)
        average = {}
        for name in VALUES.keys() - known.keys():
            seen = {}
            for case, outcome in drawn.left(known):
                seen.setdefault(tuple(value for other, value in case.items() if other != name), set()).add(outcome)
            if any(len(outcomes) > 1 for outcomes in seen.values()) or any(drawn.possible({**known, name: value}) not in (now, set()) for value in VALUES[name]):
                counts = [len(found) for value in drawn.kinds(name) if (found := drawn.possible({**known, name: value}))]
                average[name] = sum(counts) / len(counts)
        best = [name for name in VALUES if name in average and average[name] < min(average.values()) + 1e-9]
        assert drawn.space.next_question(drawn.space.given(drawn.space.root, facts), facts) == (best[0] if len(now) > 1 else None)


@BY_SEED
def test_changes_are_all_the_smallest(drawn):
    """Ways to another outcome change the fewest questions, then the fewest options; each leads there for certain, and none is left out."""
    for known in drawn.known:
        cheapest = {}
        for choice in product(*([None, *drawn.kinds(name)] for name in VALUES)):
            new = {name: value for name, value in zip(VALUES, choice, strict=True) if value is not None}
            if any(drawn.levels(name, value) == drawn.levels(name, known[name]) for name, value in new.items() if name in known) or any(not drawn.levels(name, value) for name, value in new.items()):
                continue
            reached = drawn.possible({**known, **new})
            if len(reached) == 1:
                options = sum(len(value ^ known.get(name, frozenset())) if name == "s" else 1 for name, value in new.items())
                cheapest.setdefault(reached.pop(), {}).setdefault((len(new), options), []).append(new)
        for goal in drawn.outcomes.keys() - drawn.possible(known):
            found = drawn.space.changes(drawn.space.root, drawn.space.facts(known), goal)
            if goal not in cheapest:
                assert found is None
                continue
            price = min(cheapest[goal])
            assert found[0] == price
            assert sorted(drawn.said(change, known) for change in found[1]) == sorted(map(drawn.shown, cheapest[goal][price]))
            assert drawn.space.changes(drawn.space.root, drawn.space.facts(known), goal, price[0]) == found
            assert price[0] == 0 or drawn.space.changes(drawn.space.root, drawn.space.facts(known), goal, price[0] - 1) is None


@pytest.mark.parametrize("seed", range(16))
def test_answers_that_are_compared_with_each_other(seed):
    """Known answers bind those that they are compared with, also through a third; and no question is asked that tells nothing."""
    drawn = Drawn(seed, COMPARED, COMPARED_VALUES, COMPARED_TESTS)
    for known in drawn.known:
        facts, now = drawn.space.facts(known), drawn.possible(known)
        node = drawn.space.given(drawn.space.root, facts)
        assert drawn.space.possible(node) == now
        asked = drawn.space.next_question(node, facts)
        assert (asked is None) == (len(now) < 2) and asked not in known
        assert asked != "l"  # it can only be 1
