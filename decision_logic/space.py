"""The decision diagram of a tool's edition, and what can be read off it.

The diagram's variables are the questions' answers, cut into as many pieces as the conditions can tell apart: yes and no, each
option, each option of a several-of question by itself, the stretches of numbers and dates between the fixed values that they
are compared with, and for two answers that are compared with each other the ways in which one can stand to the other. So one
finite diagram says for every combination of known answers which outcome applies. What is certain, what is still possible,
which question to ask next, which changed answers would lead elsewhere, the tables and the proofs all come from it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations

from decision_logic.conditions import (
    RELATIONS,
    All,
    Any,
    Chosen,
    Compare,
    Is,
    Met,
    Not,
    Otherwise,
    OutcomeOf,
    is_constant,
    walk,
)
from decision_logic.diagram import Diagrams
from decision_logic.errors import HandbookError
from decision_logic.linking import in_edition, rules_of
from decision_logic.standing import stand_of, stands, stars, threshold


class Impossible:
    """What comes out for a combination that is declared impossible."""

    def __repr__(self):
        return "IMPOSSIBLE"


@dataclass(frozen=True)
class NoOutcome:
    """What comes out where no outcome applies: a hole in the rules."""


@dataclass(frozen=True)
class Overlap:
    """What comes out where several outcomes apply and none is said to come before the others."""

    outcomes: frozenset


IMPOSSIBLE = Impossible()
NO_OUTCOME = NoOutcome()


@dataclass(frozen=True)
class Variable:
    """A level of the diagram.

    ``questions`` are the questions whose answers settle it (one, or two that are compared); ``kind`` is value, bit, cell or
    relation; ``values`` says what each index stands for: answers, (no, yes) for a bit, (low, low_in, high, high_in) for a cell,
    positions for a relation.
    """

    questions: tuple
    kind: str
    values: tuple
    option: str | None = None
    thresholds: tuple = ()


@dataclass(frozen=True)
class Facts:
    """What is known: the index of each settled level, a constraint on what two-sided comparisons can still be, the typed answers."""

    known: dict
    constraint: int | None = None
    answers: dict = field(default_factory=dict)

    @property
    def answered(self):
        """The questions that are answered."""
        return frozenset(self.answers)


class Space:
    """The decision diagram over ``questions`` with ``outcomes`` {id: (condition, ids that it comes before)}.

    ``criteria`` {id: condition}; ``impossible`` {id: condition}; ``rules`` {key: condition} are further conditions, such as
    duties and deadlines. Build one for a tool with :meth:`of_tool`.
    """

    def __init__(self, questions, outcomes, criteria=None, impossible=None, rules=None):
        self.questions = questions
        self.criteria = criteria or {}
        self._conditions = [condition for condition, _ in outcomes.values()]
        self._conditions += [*(impossible or {}).values(), *(rules or {}).values(), *self.criteria.values()]
        self.variables, self._levels, self._pairs = self._cut()
        self.store = Diagrams([len(variable.values) for variable in self.variables])
        self._tests = {}
        self.stars = stars(self._pairs, self.variables, questions)
        self.impossible = self._never(self.stars, {})
        for condition in (impossible or {}).values():
            self.impossible = self.store.combine(self.impossible, self._build(condition), lambda a, b: a or b)
        self.raw = {
            name: self._build(condition)
            for name, (condition, _) in outcomes.items()
            if not isinstance(condition, Otherwise)
        }
        self.root = self._outcome_root(outcomes)
        self._rules = {**{("criterion", name): condition for name, condition in self.criteria.items()}, **(rules or {})}
        self._roots = {}
        self._can_give = {}

    @classmethod
    def of_tool(cls, tool, edition):
        """The space of a tool's edition. Rules are keyed (section, id); actions are read with :meth:`action_root`."""
        kept = {
            "criteria": {},
            "impossible": {},
            "outcomes": {},
            "duties": {},
            "deadlines": {},
            "figures": {},
            "checks": {},
        }
        for section, entry, condition in rules_of(tool):
            if in_edition(entry, edition):
                kept[section][entry.id] = condition
        questions = {name: question for name, question in tool.questions.items() if in_edition(question, edition)}
        rules = {("duty", name): condition for name, condition in kept["duties"].items()}
        rules |= {("deadline", name): condition for name, condition in kept["deadlines"].items()}
        rules |= {("figure", name): condition for name, condition in kept["figures"].items()}
        rules |= {("check", name): condition for name, condition in kept["checks"].items()}
        outcomes = {
            name: (condition, frozenset(tool.outcomes[name].before)) for name, condition in kept["outcomes"].items()
        }
        space = cls(questions, outcomes, kept["criteria"], kept["impossible"], rules)
        space.outcomes_of_action, space.duties_of_action = {}, {}
        for name in kept["outcomes"]:
            for action in tool.outcomes[name].actions:
                space.outcomes_of_action.setdefault(action, set()).add(name)
        for name in kept["duties"]:
            for action in tool.duties[name].actions:
                space.duties_of_action.setdefault(action, set()).add(name)
        return space

    # Cutting answers into what the conditions can tell apart.

    def _cut(self):
        constants, pairs = {}, {}
        for condition in self._conditions:
            for part in walk(condition, self.criteria):
                if isinstance(part, Compare):
                    if is_constant(part.operand):
                        constants.setdefault(part.question, {})[(part.op, part.operand)] = None
                    else:
                        pairs.setdefault((part.question, part.operand.question), {})[(part.op, part.operand)] = None
        variables, levels, pair_levels = [], {}, {}
        order = {name: index for index, name in enumerate(self.questions)}

        def add(variable):
            variables.append(variable)
            return len(variables) - 1

        for name, question in self.questions.items():
            if question.kind == "yes_no":
                levels[name] = (add(Variable((name,), "value", ("yes", "no"))),)
            elif question.kind == "one_of":
                levels[name] = (add(Variable((name,), "value", tuple(question.options))),)
            elif question.kind == "several_of":
                levels[name] = tuple(
                    add(Variable((name,), "bit", (False, True), option)) for option in question.options
                )
            elif name in constants:
                levels[name] = (add(_cells(question, tuple(constants[name]))),)
            else:
                levels[name] = ()
            for pair, comparisons in pairs.items():
                if name == max(pair, key=order.get):
                    pair_levels[pair] = add(_relation(pair, tuple(comparisons)))
        for pair, level in pair_levels.items():
            for name in pair:
                levels[name] += (level,)
        return tuple(variables), levels, pair_levels

    def levels_of(self, question):
        """The levels that a question's answer helps to settle."""
        return self._levels.get(question, ())

    # Conditions to diagrams.

    def _build(self, condition):
        store = self.store
        if isinstance(condition, (All, Any)):
            unite = (lambda a, b: a and b) if isinstance(condition, All) else (lambda a, b: a or b)
            node = store.terminal(isinstance(condition, All))
            for part in condition.parts:
                node = store.combine(node, self._build(part), unite)
            return node
        if isinstance(condition, Not):
            return store.map(self._build(condition.part), lambda value: not value)
        if isinstance(condition, Met):
            return self._build(self.criteria[condition.criterion])
        if condition not in self._tests:
            self._tests[condition] = self._test(condition)
        return self._tests[condition]

    def _test(self, condition):
        store = self.store
        if isinstance(condition, Is):
            level = self._levels[condition.question][0]
            return store.test(level, {self.variables[level].values.index(value) for value in condition.values})
        if isinstance(condition, OutcomeOf):
            level = self._levels[condition.tool][0]
            return store.test(level, {self.variables[level].values.index(value) for value in condition.outcomes})
        if isinstance(condition, Chosen):
            return self._count(condition)
        operand = condition.operand
        if is_constant(operand):
            level = self._levels[condition.question][0]
            return store.test(
                level,
                {i for i, cell in enumerate(self.variables[level].values) if _cell_holds(cell, condition.op, operand)},
            )
        level = self._pairs[(condition.question, operand.question)]
        variable = self.variables[level]
        position = variable.thresholds.index(threshold(operand)) * 2 + 1
        return store.test(
            level, {i for i, cell in enumerate(variable.values) if RELATIONS[condition.op](cell[0], position)}
        )

    def _count(self, condition):
        store = self.store
        wanted = [
            level for level in self._levels[condition.question] if self.variables[level].option in condition.options
        ]
        most = len(wanted) if condition.most is None else condition.most
        memo = {}

        def go(index, count):
            if index == len(wanted):
                return store.terminal(condition.least <= count <= most)
            if (index, count) not in memo:
                memo[index, count] = store.make(wanted[index], [go(index + 1, count), go(index + 1, count + 1)])
            return memo[index, count]

        return go(0, 0)

    def _outcome_root(self, outcomes):
        store = self.store
        node = store.terminal(frozenset())
        for name, diagram in self.raw.items():
            node = store.combine(node, diagram, lambda found, applies, name=name: found | {name} if applies else found)
        otherwise = [name for name, (condition, _) in outcomes.items() if isinstance(condition, Otherwise)]

        def settle(found):
            if not found:
                return (
                    otherwise[0] if len(otherwise) == 1 else Overlap(frozenset(otherwise)) if otherwise else NO_OUTCOME
                )
            first = [one for one in found if all(other == one or other in outcomes[one][1] for other in found)]
            return first[0] if len(first) == 1 else Overlap(found)

        return store.combine(
            store.map(node, settle), self.impossible, lambda outcome, never: IMPOSSIBLE if never else outcome
        )

    def diagram_of(self, condition):
        """The diagram of any condition over the space's questions: True or False, impossible combinations included."""
        return self._build(condition)

    def rule_root(self, key):
        """The diagram of a further condition: True, False or IMPOSSIBLE."""
        if key not in self._roots:
            self._roots[key] = self._possible_only(self._build(self._rules[key]))
        return self._roots[key]

    def raw_root(self, outcome):
        """The diagram of an outcome's own condition, whatever comes before it: True, False or IMPOSSIBLE."""
        key = ("raw", outcome)
        if key not in self._roots:
            node = self.raw.get(outcome)
            self._roots[key] = self._possible_only(
                self.store.map(self.root, lambda value: value == outcome) if node is None else node
            )
        return self._roots[key]

    def action_root(self, action):
        """The diagram that says when an action is due, through an outcome or a duty: True, False or IMPOSSIBLE."""
        key = ("action", action)
        if key not in self._roots:
            from_outcomes = self.outcomes_of_action.get(action, set())
            node = self.store.map(self.root, lambda value: value in from_outcomes if isinstance(value, str) else False)
            for duty in sorted(self.duties_of_action.get(action, ())):
                node = self.store.combine(node, self._build(self._rules[("duty", duty)]), lambda a, b: a or b)
            self._roots[key] = self._possible_only(node)
        return self._roots[key]

    def _possible_only(self, node):
        return self.store.combine(node, self.impossible, lambda value, never: IMPOSSIBLE if never else value)

    # What is known.

    def facts(self, answers, last_day=None, days=None):
        """:class:`Facts` from typed answers {question: text, frozenset, number or date}; questions that are absent are not known.

        ``last_day(use, start)`` gives a deadline's last day; ``days`` is the (first, last) day that a deadline can start from.
        """
        known = {}
        for name, value in answers.items():
            for level in self._levels.get(name, ()):
                variable = self.variables[level]
                if variable.kind == "value":
                    known[level] = variable.values.index(value)
                elif variable.kind == "bit":
                    known[level] = int(variable.option in value)
                elif variable.kind == "cell":
                    known[level] = next(i for i, cell in enumerate(variable.values) if _in_cell(cell, value))
                elif all(question in answers for question in variable.questions):
                    left, right = (answers[question] for question in variable.questions)
                    known[level] = stand_of(variable, left, right, last_day)
        touched = [star for star in self.stars if any(name in answers for name in star.names)]
        never = self._never(touched, answers, last_day, days)
        constraint = None if never == self.store.terminal(False) else self.store.map(never, lambda value: not value)
        return Facts(known, constraint, answers)

    def _never(self, some, answers, last_day=None, days=None):
        """The diagram of the ways in which compared answers cannot stand to one another."""
        store, found = self.store, self.store.terminal(False)
        for star in some:
            feasible = star.feasible(answers, last_day, days)
            if feasible is not None:
                levels, tuples = feasible
                found = store.combine(
                    found,
                    self._outside([(level, levels.index(level)) for level in sorted(levels)], tuples),
                    lambda a, b: a or b,
                )
        return found

    def _outside(self, levels, tuples):
        """True for the combinations of the levels' values that are not among ``tuples``; levels are (level, place in a tuple)."""
        if not levels or not tuples:
            return self.store.terminal(not tuples)
        (level, place), rest = levels[0], levels[1:]
        return self.store.make(
            level,
            [
                self._outside(rest, frozenset(one for one in tuples if one[place] == index))
                for index in range(len(self.variables[level].values))
            ],
        )

    def given(self, root, facts):
        """A diagram once the facts hold."""
        node = self.store.given(root, facts.known)
        if facts.constraint is not None:
            constraint = self.store.given(facts.constraint, facts.known)
            node = self.store.combine(node, constraint, lambda value, can_be: value if can_be else IMPOSSIBLE)
        return node

    def possible(self, node):
        """Everything that a diagram can still give, declared impossible combinations left out."""
        return frozenset(value for value in self.store.outcomes(node) if value is not IMPOSSIBLE)

    # What to ask next.

    def can_change(self, node, question):
        """Whether the answer to a question can make a difference: for some answers to the others, two answers to it give two things."""
        levels = frozenset(self.levels_of(question))
        if not levels & self.store.support(node):
            return False
        sets = self.store.map(node, lambda value: frozenset() if value is IMPOSSIBLE else frozenset({value}))
        gathered = self.store.gather(sets, levels, lambda a, b: a | b)
        return any(len(found) > 1 for found in self.store.outcomes(gathered))

    def after(self, node, question, answered):
        """[(weight, what is then still possible)] over the answers to a question that can occur."""
        states = {node: 1}
        for level in self.levels_of(question):
            # a comparison of two answers is settled only by the second of them
            if all(one == question or one in answered for one in self.variables[level].questions):
                states = self._split(states, level)
        found = [(weight, self.possible(one)) for one, weight in states.items()]
        return [(weight, outcomes) for weight, outcomes in found if outcomes]

    def _forced(self, node, question, facts):
        """Whether a number within bounds that is compared with others can only be one thing, so that asking tells nothing."""
        rule = self.questions[question]
        star = next((star for star in self.stars if question in star.names), None)
        if star is None or rule.kind != "number" or rule.least is None or rule.most is None:
            return False
        known = {name: facts.answers[name] for name in star.names if name in facts.answers}
        values = star.nearby(question, known, None, None)
        return (
            sum(bool(self.possible(self.given(node, self.facts({**known, question: value})))) for value in values) == 1
        )

    def _split(self, states, level):
        split = {}
        for one, weight in states.items():
            for index in range(len(self.variables[level].values)):
                then = self.store.given(one, {level: index})
                split[then] = split.get(then, 0) + weight
        return split

    def next_question(self, node, facts):
        """The question to ask next, or None where only one thing is possible.

        Never one that cannot change what remains; of the others the one that leaves the fewest on average over the answers
        that can occur, the first in the file's order where several do.
        """
        now = self.possible(node)
        if len(now) < 2:
            return None
        best, fewest = None, None
        support = self.store.support(node)
        open_questions = [
            name for name in self.questions if name not in facts.answered and support & frozenset(self.levels_of(name))
        ]
        useful = [
            name
            for name in open_questions
            if (self.can_change(node, name) and not self._forced(node, name, facts))
            or any(outcomes != now for _, outcomes in self.after(node, name, facts.answered))
        ]
        for name in (
            useful or open_questions
        ):  # where only several answers together part the outcomes, any of them is a beginning
            after = self.after(node, name, facts.answered)
            average = sum(weight * len(outcomes) for weight, outcomes in after) / sum(weight for weight, _ in after)
            if fewest is None or average < fewest - 1e-9:
                best, fewest = name, average
        return best

    # What would lead elsewhere.

    def changes(self, root, facts, goal, most=None):
        """All smallest sets of changed answers that would give ``goal`` for certain, and their price.

        Returns (price, [{level: index}]), each naming the levels that get another value, or None. A set is smallest when it
        changes the fewest questions, and of a several-of question the fewest options: the price is (questions, options). Answers
        that stay unknown stay so: the goal must be certain whatever they are. Answers that are compared with one another are
        taken as they are; for changes to those, see :meth:`changes_to_compared`. ``most`` is the largest number of questions
        that is of interest.

        One question is tried first, then two, and so on: most cases lie one or two answers from each other outcome, and a
        small allowance leaves few ways to look at.
        """
        root = self.given(
            root,
            Facts(
                {level: index for level, index in facts.known.items() if self.variables[level].kind == "relation"},
                facts.constraint,
            ),
        )
        store, memo, end, accepted = self.store, {}, len(self.variables), {goal, IMPOSSIBLE}

        def block(level):
            return self.variables[level].questions

        def go(nodes, at, status, allowed):
            # what cannot give the goal may yet turn out impossible through an answer that stays as it is
            if any(can_give(node).isdisjoint(accepted) for node in nodes):
                return None
            level = min(store.level(node) for node in nodes)
            if level == end:
                return ((0, 0), [{}]) if goal in {store.value(node) for node in nodes} else None
            here = block(level)
            if at != here:
                status = None
            key = (nodes, here, status, allowed)
            if key in memo:
                return memo[key]
            best = None
            for then, state, price, change in steps(nodes, level, status):
                if price[0] > allowed:
                    continue
                deeper = go(then, here, state, allowed - price[0])
                if deeper is None:
                    continue
                total = (deeper[0][0] + price[0], deeper[0][1] + price[1])
                found = [{**change, **more} for more in deeper[1]]
                if best is None or total < best[0]:
                    best = (total, found)
                elif total == best[0]:
                    best = (total, best[1] + found)
            memo[key] = best
            return best

        def steps(nodes, level, status):
            variable = self.variables[level]

            def to(index):
                return frozenset(store.child(node, level, index) for node in nodes)

            whole = 0 if status == "changed" else 1
            if variable.kind == "relation":
                yield frozenset().union(*(to(index) for index in range(len(variable.values)))), None, (0, 0), {}
                return
            if level in facts.known:
                yield to(facts.known[level]), status, (0, 0), {}
                for index in range(len(variable.values)):
                    if index != facts.known[level]:
                        yield to(index), "changed", (whole, 1), {level: index}
                return
            if status != "changed":
                union = frozenset().union(*(to(index) for index in range(len(variable.values))))
                yield union, "kept", (0, 0), {}
            if status != "kept":
                for index in range(len(variable.values)):
                    added = int(variable.kind != "bit" or index == 1)
                    yield to(index), "changed", (whole, added), {level: index}

        def can_give(node):
            if node not in self._can_give:
                if store.is_terminal(node):
                    self._can_give[node] = frozenset({store.value(node)})
                else:
                    self._can_give[node] = frozenset().union(*(can_give(child) for child in store.children(node)))
            return self._can_give[node]

        if goal not in can_give(root):
            return None
        blocks = len({block(level) for level in range(end)})
        for allowed in range((blocks if most is None else min(most, blocks)) + 1):
            found = go(frozenset({root}), None, None, allowed)
            if found is not None:
                return found
        return None

    def changes_to_compared(self, answers, last_day=None, days=None, anchor=None):
        """Ways to change answers that are compared with one another: {question: new value}, the smallest first, {} the very first.

        The values are taken near the answers that they are compared with, one for each way in which they can stand to them;
        ``anchor(question)`` gives a value to begin with where nothing near is known.
        """
        names = [name for star in self.stars for name in star.names]
        of = {name: star for star in self.stars for name in star.names}

        def fill(todo, made):
            if not todo:
                yield made
                return
            name, rest = todo[0], todo[1:]
            known = {**{one: value for one, value in answers.items() if one not in todo}, **made}
            try:
                near = of[name].nearby(name, known, last_day, days)
            except HandbookError:  # a deadline would run past the calendar's years
                return
            near = near or [answers[name] if name in answers else anchor(self.questions[name])]
            if name in answers:
                near = sorted(near, key=lambda value: abs(value - answers[name]))
            for value in near:
                if value != answers.get(name) or rest:
                    yield from fill(rest, {**made, name: value})

        seen = set()
        for count in range(len(names) + 1):
            for some in combinations(names, count):
                for made in fill(some, {}):
                    if all(made[name] != answers.get(name) for name in some):
                        try:
                            facts = self.facts({**answers, **made}, last_day, days)
                        except HandbookError:  # a deadline would run past the calendar's years
                            continue
                        key = (some, tuple(sorted(facts.known.items())), facts.constraint)
                        if key not in seen:
                            seen.add(key)
                            yield made


def _cells(question, comparisons):
    """The stretches of a number or date question that its comparisons tell apart."""
    points = sorted({value for _, value in comparisons})
    step = 0 if question.decimals else timedelta(days=1) if question.kind == "date" else 1
    cells, low, low_in = [], None, False
    for point in points:
        cells += [(low, low_in, point, False), (point, True, point, True)]
        low, low_in = point, False
    cells.append((low, low_in, None, False))
    least, most = question.least, question.most
    kept = []
    for low, low_in, high, high_in in cells:
        if low is not None and high is not None and low != high and step and low + step >= high:
            continue  # no whole number, no day, lies between
        if least is not None and high is not None and (high < least or (high == least and not high_in)):
            continue
        if most is not None and low is not None and (low > most or (low == most and not low_in)):
            continue
        signature = tuple(_cell_holds((low, low_in, high, high_in), op, value) for op, value in comparisons)
        if kept and kept[-1][0] == signature:
            kept[-1] = (signature, (*kept[-1][1][:2], high, high_in))
        else:
            kept.append((signature, (low, low_in, high, high_in)))
    return Variable((question.id,), "cell", tuple(cell for _, cell in kept))


def _cell_holds(cell, op, value):
    """Whether a comparison holds throughout a stretch; the stretch never straddles the value."""
    low, low_in, high, high_in = cell
    if low is not None and low == high:
        return RELATIONS[op](low, value)
    if high is not None and high <= value:
        return op in ("<", "<=") if not (high_in and high == value) else op == "<="
    return op in (">", ">=") if not (low_in and low == value) else op == ">="


def _in_cell(cell, value):
    low, low_in, high, high_in = cell
    above = low is None or value > low or (low_in and value == low)
    below = high is None or value < high or (high_in and value == high)
    return above and below


def _relation(pair, comparisons):
    """How the first answer of a pair can stand to the second, as far as the comparisons tell (see :func:`stands`)."""
    values, thresholds = stands(comparisons)
    return Variable(pair, "relation", values, thresholds=thresholds)
