"""What a tool says of a case with unknown answers, against trying every way of completing them.

The other side here knows nothing of decision diagrams: it lists every combination of answers, asks the plain meaning of each
condition (:func:`decision_logic.conditions.holds`) and counts. A set of combinations is an integer with one bit for each.
"""

from datetime import date
from fractions import Fraction
from functools import reduce
from itertools import combinations, product
from math import prod

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decision_logic import AnswerError, RuleError, decide
from decision_logic.answers import plain_answer
from decision_logic.conditions import Compare, Otherwise, holds, is_constant, questions_in, walk
from decision_logic.deadlines import compute
from decision_logic.linking import rules_of
from tests.property.random_tools import CHANGED_DAYS, partial_answers, tools

TODAY = date(2010, 3, 4)


class EveryCase:
    """Every combination of answers to a drawn tool, and what its rules say there."""

    def __init__(self, drawn):
        self.drawn, self.tool, self.values = drawn, drawn.tool, drawn.values
        self.all = (1 << prod(len(values) for values in self.values.values())) - 1
        self.having = self._columns()
        self.criteria = {name: criterion.when for name, criterion in self.tool.criteria.items()}
        self.where = {
            (section, entry.id): self._where(condition)
            for section, entry, condition in rules_of(self.tool)
            if not isinstance(condition, Otherwise)
        }
        impossible = reduce(int.__or__, (self.where["impossible", name] for name in self.tool.impossible), 0)
        self.possible = self.all & ~impossible
        self.outcome, self.holes = self._outcomes()

    def _columns(self):
        """{(question, value): the combinations that have it}."""
        made, block = {}, 1
        for name, values in self.values.items():
            period = block * len(values)
            repeats = (self.all + 1).bit_length() // period
            for index, value in enumerate(values):
                one = ((1 << block) - 1) << (block * index)
                made[name, value] = sum(one << (period * n) for n in range(repeats)) & self.all
            block = period
        return made

    def _where(self, condition):
        names = questions_in(condition, self.criteria)
        found = 0
        for values in product(*(self.values[name] for name in names)):
            if holds(condition, dict(zip(names, values, strict=True)), self.criteria, self._last_day):
                found |= reduce(int.__and__, (self.having[pair] for pair in zip(names, values, strict=True)), self.all)
        return found

    def _last_day(self, use, start):
        rules = self.drawn.rules
        return compute(
            rules.deadlines[self.tool.deadlines[use].rule].limit, None, start, rules.calendars["town"]
        ).last_day

    def _outcomes(self):
        """({outcome: where it is the one that applies}, where none is)."""
        wanted, rest = {}, self.all
        for name, outcome in self.tool.outcomes.items():
            if not isinstance(outcome.when, Otherwise):
                rest &= ~self.where["outcomes", name]
        for name, outcome in self.tool.outcomes.items():
            if isinstance(outcome.when, Otherwise):
                wanted[name] = rest
            else:
                others = (
                    self.where["outcomes", other]
                    for other in self.tool.outcomes
                    if ("outcomes", other) in self.where and other != name and other not in outcome.before
                )
                wanted[name] = reduce(lambda found, other: found & ~other, others, self.where["outcomes", name])
        return wanted, self.all & ~reduce(int.__or__, wanted.values(), 0)

    def completing(self, answers):
        """The possible combinations that agree with the answers."""
        return reduce(int.__and__, (self.having[pair] for pair in answers.items()), self.possible)

    def remaining(self, cases):
        """The outcomes that some of the combinations have."""
        return {name for name, where in self.outcome.items() if where & cases}

    def applies(self, where, cases):
        """yes, no or depends: whether all, none or some of the combinations lie where a rule applies."""
        return "no" if not where & cases else "yes" if not cases & ~where else "depends"

    def raw(self, name):
        """Where an outcome's own condition holds."""
        return self.where.get(("outcomes", name), self.outcome[name])

    def action(self, name):
        """Where an action is due."""
        found = 0
        for outcome in self.tool.outcomes.values():
            found |= self.outcome[outcome.id] if name in outcome.actions else 0
        for duty in self.tool.duties.values():
            found |= self.where["duties", duty.id] if name in duty.actions else 0
        return found

    def stretches(self, name):
        """The values of a question in groups that no comparison with a fixed value tells apart."""
        tests = {
            part
            for _, _, condition in rules_of(self.tool)
            for part in walk(condition, self.criteria)
            if isinstance(part, Compare) and part.question == name and is_constant(part.operand)
        }
        if not tests and self.tool.questions[name].kind in ("number", "date"):
            return [list(self.values[name])]
        groups, last = [], object()
        for value in self.values[name]:
            signature = tuple(holds(test, {name: value}) for test in tests) if tests else value
            if signature == last:
                groups[-1].append(value)
            else:
                groups.append([value])
            last = signature
        return groups

    def narrows_beside_another(self, cases, name, answers):
        """Whether an answer to a question leaves fewer outcomes once some other question is answered too."""
        for (other, _), column in self.having.items():
            beside = cases & column
            if other != name and other not in answers and beside:
                now = self.remaining(beside)
                if any(
                    (then := beside & self.having[name, value]) and self.remaining(then) != now
                    for value in self.values[name]
                ):
                    return True
        return False

    def can_change(self, where, cases, name):
        """Whether two answers to a question, all others alike, put a combination on two sides of ``where``."""
        inside, outside = set(), set()
        for value in self.values[name]:
            column = self.having[name, value]
            shift = _lowest(column)
            inside |= set(_bits((where & cases & column) >> shift))
            outside |= set(_bits((cases & column & ~where) >> shift))
        return bool(inside & outside)


def _lowest(number):
    return (number & -number).bit_length() - 1


def _bits(number):
    while number:
        yield _lowest(number)
        number &= number - 1


def plain(tool, answers):
    """Typed answers as a file would give them."""
    return {name: plain_answer(tool.questions[name], value) for name, value in answers.items()}


def ask(drawn, answers):
    """The engine's answer."""
    return decide(drawn.rules, "t", plain(drawn.tool, answers), place="town", today=TODAY)


@st.composite
def cases(draw):
    """A tool with a few sets of partial answers."""
    drawn = draw(tools())
    return drawn, draw(st.lists(partial_answers(drawn), min_size=1, max_size=4))


def every_answered_case(test):
    """Run a test for random tools and answers where the rules have no hole and the answers can occur together."""

    @settings(
        max_examples=50,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(cases())
    def run(drawn_cases):
        drawn, some = drawn_cases
        every = EveryCase(drawn)
        for answers in some:
            left = every.completing(answers)
            if left and not left & every.holes:
                test(every, answers, left, ask(drawn, answers))

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_holes_and_impossible_answers_are_refused(drawn_cases):
    """Answers that cannot occur together, or that meet a hole in the rules, are refused; all others are answered."""
    drawn, some = drawn_cases
    every = EveryCase(drawn)
    for answers in some:
        left = every.completing(answers)
        wanted = AnswerError if not left else RuleError if left & every.holes else None
        try:
            ask(drawn, answers)
            raised = None
        except (AnswerError, RuleError) as error:
            raised = type(error)
        assert raised is wanted, answers


@every_answered_case
def test_outcomes(every, answers, left, answer):
    """A tool decides if and only if every completion has the same outcome, and names those that remain."""
    remaining = every.remaining(left)
    assert {one["outcome"] for one in answer["still_possible"]} == remaining
    assert answer["status"] == ("decided" if len(remaining) == 1 else "undecided")
    assert answer["outcome"] == (next(iter(remaining)) if len(remaining) == 1 else None)


@every_answered_case
def test_what_is_certain(every, answers, left, answer):
    """Actions, deadlines, criteria and rules are certain if and only if every completion has them, and absent if none has."""
    tool = every.tool
    actions = {one["id"]: "yes" if one["certain"] else "depends" for one in answer["actions"]}
    assert actions == {
        name: said for name in every.drawn.rules.actions if (said := every.applies(every.action(name), left)) != "no"
    }
    deadlines = {one["use"]: "yes" if one["certain"] else "depends" for one in answer["deadlines"]}
    assert deadlines == {
        name: said for name in tool.deadlines if (said := every.applies(every.where["deadlines", name], left)) != "no"
    }
    assert [one["id"] for one in answer["criteria"]] == [
        name for name in tool.criteria if every.applies(every.where["criteria", name], left) == "yes"
    ]
    for one in answer["trace"]:
        assert one["applies"] == every.applies(_rule(every, one), left)
    for one in [*answer["actions"], *answer["deadlines"]]:
        assert bool(one["depends_on"]) is not one["certain"] and not set(one["depends_on"]) & set(answers)


def _rule(every, traced):
    if traced["kind"] == "outcome":
        return every.raw(traced["rule"])
    return every.where[{"criterion": "criteria", "duty": "duties"}[traced["kind"]], traced["rule"]]


@every_answered_case
def test_settled_by(every, answers, left, answer):
    """The answers said to settle a rule settle it alone, and none of them can be spared."""
    for one in answer["trace"]:
        if one["applies"] == "depends":
            assert one["settled_by"] == []
            continue
        where, names = _rule(every, one), [entry["question"] for entry in one["settled_by"]]
        assert [entry["answer"] for entry in one["settled_by"]] == list(
            plain(every.tool, {name: answers[name] for name in names}).values()
        )
        assert every.applies(where, every.completing({name: answers[name] for name in names})) == one["applies"]
        for spared in names:
            fewer = {name: answers[name] for name in names if name != spared}
            assert every.applies(where, every.completing(fewer)) == "depends"


@every_answered_case
def test_next_question(every, answers, left, answer):
    """The next question can change what remains; of these it leaves the fewest on average, the first in the file's order."""
    asked, now = answer["next_question"], every.remaining(left)
    assert (asked is None) == (len(now) == 1)
    if asked is None:
        return
    assert asked not in answers
    average, useful = {}, set()
    for name in every.values:
        if name in answers:
            continue
        after = []
        for stretch in every.stretches(name):
            found = every.remaining(reduce(int.__or__, (every.having[name, value] for value in stretch)) & left)
            after += [len(found)] if found else []
        changes = any(every.can_change(where, left, name) for where in every.outcome.values())
        if changes or any(count < len(now) for count in after):
            useful.add(name)
            average[name] = Fraction(sum(after), len(after))
    if every.drawn.compared:  # half of a comparison leaves nothing fewer by itself, only beside the other half
        assert not useful or asked in useful or every.narrows_beside_another(left, asked, answers)
    else:
        assert asked == (min(average, key=average.get) if average else asked)


@every_answered_case
def test_why_not(every, answers, left, answer):
    """Each way to another outcome leads there, none is smaller, and all the smallest are named."""
    for other in answer["why_not"]:
        goal = other["outcome"]
        sets = [{change["question"]: change["to"] for change in changes} for changes in other["changes"]]
        assert len({str(one) for one in sets}) == len(sets)
        for changes in other["changes"]:
            for change in changes:
                assert change["from"] == plain(every.tool, answers).get(change["question"], "not_known") != change["to"]
            changed = ask_again(every.drawn, answers, {change["question"]: change["to"] for change in changes})
            assert changed["outcome"] == goal
        smallest = smallest_changes(every, answers, goal)
        if not every.drawn.compared:
            assert {_grouped(every, one) for one in sets} == smallest
        elif smallest:
            assert sets, f"{goal} can be reached: {smallest}"
            assert {len(one) for one in sets} == {len(next(iter(smallest)))}
        else:
            assert not sets


def ask_again(drawn, answers, changed):
    """The engine's answer once some answers are changed."""
    return decide(drawn.rules, "t", {**plain(drawn.tool, answers), **changed}, place="town", today=TODAY)


def _grouped(every, changes):
    """A set of changes by the stretches that its values lie in."""
    made = []
    for name, value in changes.items():
        question = every.tool.questions[name]
        for index, stretch in enumerate(every.stretches(name)):
            first, last = stretch[0], stretch[-1]
            if value in [plain_answer(question, one) for one in stretch] or (
                question.kind == "number" and first <= value <= last
            ):
                made.append((name, index))
    return frozenset(made)


def smallest_changes(every, answers, goal):
    """The sets of changes, by stretches, that reach the goal for certain: fewest questions, then fewest options."""
    for count in range(1, len(every.values) + 1):
        found = {}
        for names in combinations(every.values, count):
            kept = every.completing({name: value for name, value in answers.items() if name not in names})
            choices = [
                [
                    (index, stretch[0])
                    for index, stretch in enumerate(every.stretches(name))
                    if answers.get(name) not in stretch
                ]
                if not every.drawn.compared
                else [
                    (index, value)
                    for index, value in enumerate(every.values[name])
                    if value != answers.get(name) and (not isinstance(value, date) or value in CHANGED_DAYS)
                ]
                for name in names
            ]
            for chosen in product(*choices):
                cases_left = reduce(
                    int.__and__,
                    (every.having[name, value] for name, (_, value) in zip(names, chosen, strict=True)),
                    kept,
                )
                if cases_left and not cases_left & ~every.outcome[goal]:
                    price = sum(
                        _price(answers.get(name), value) for name, (_, value) in zip(names, chosen, strict=True)
                    )
                    found[frozenset((name, index) for name, (index, _) in zip(names, chosen, strict=True))] = price
        if found:
            return {one for one, price in found.items() if price == min(found.values())}
    return set()


def _price(before, after):
    return len((before or frozenset()) ^ after) if isinstance(after, frozenset) else 1
