"""Whether two versions of a tool or pathway answer every case alike: an exact check on shared decision diagrams.

Both versions are built in one store over the same variables, cut where either of them cuts. There, two diagrams that give the
same for every combination are the same node.
"""

import copy

from build_scripts.prove.arrivals import arriving, conditions_at, journeys_through, space_of_journeys, within
from decision_logic.conditions import Otherwise
from decision_logic.linking import in_edition, rules_of
from decision_logic.space import Space


def same_tool(one, other):
    """Whether outcome, criteria, actions, deadlines, figures and checks are the same for every combination of answers, in every edition."""
    if any(getattr(one, part) != getattr(other, part) for part in ("editions", "questions", "not_applicable")):
        return False
    return all(_same_edition(one, other, edition) for edition in one.editions)


def same_pathway(rules, one, other):
    """Whether the same ways lead on from every point, and the same actions are due there, for every case that comes to it."""
    if {name: (edge.start, edge.end, edge.deadline) for name, edge in one.edges.items()} != {name: (edge.start, edge.end, edge.deadline) for name, edge in other.edges.items()}:
        return False
    if one.carries != other.carries:
        return False
    if {name: entry.when for name, entry in one.impossible.items()} != {name: entry.when for name, entry in other.impossible.items()}:
        return False
    for point in one.points:
        if set(one.points[point].actions) != set(other.points[point].actions):
            return False
        sides = [conditions_at(side, point) for side in (one, other)]
        if sides[0] != sides[1] and not _same_where_reached(rules, one, point, *sides):
            return False
    return True


def _same_where_reached(rules, pathway, point, conditions, others):
    """Whether two versions of a point's conditions say the same for every combination of answers that leads to it.

    The ways to the point may be taken from the version before the change: where no point differs for what comes to it, what comes
    to it does not differ either.
    """
    journeys = journeys_through(rules, pathway)
    space = space_of_journeys(rules, journeys, [*conditions.values(), *others.values()])
    reached = space.store.terminal(False)
    for journey in journeys:
        reached = space.store.combine(reached, arriving(space, rules, journey).get(point, reached), lambda a, b: a or b)
    one, other = ({key: within(space, reached, condition) for key, condition in side.items()} for side in (conditions, others))
    return one == other


class _Side:
    """One version's conditions; ``due`` {action: (outcomes, duties)} says through what an action is due."""

    def __init__(self, outcomes, criteria, impossible, rules, due=None):
        self.outcomes, self.criteria, self.impossible, self.rules, self.due = outcomes, criteria, impossible, rules, due or {}

    @classmethod
    def of_tool(cls, tool, edition):
        kept = {"criteria": {}, "impossible": {}, "outcomes": {}, "duties": {}, "deadlines": {}, "figures": {}, "checks": {}}
        due = {}
        for section, entry, condition in rules_of(tool):
            if in_edition(entry, edition):
                kept[section][entry.id] = condition
                for action in getattr(entry, "actions", ()):
                    due.setdefault(action, (set(), set()))[section == "duties"].add(entry.id)
        rules = {(section, name): condition for section in ("duties", "deadlines", "figures", "checks") for name, condition in kept[section].items()}
        return cls({name: (condition, frozenset(tool.outcomes[name].before)) for name, condition in kept["outcomes"].items()}, kept["criteria"], kept["impossible"], rules, due)

    def conditions(self):
        """Every condition by a key of its own."""
        found = {("outcomes", name): condition for name, (condition, _) in self.outcomes.items() if not isinstance(condition, Otherwise)}
        found |= {("criteria", name): condition for name, condition in self.criteria.items()}
        return found | {("impossible", name): condition for name, condition in self.impossible.items()} | self.rules


def _same_edition(one, other, edition):
    questions = {name: question for name, question in one.questions.items() if in_edition(question, edition)}
    left, right = _functions(questions, _Side.of_tool(one, edition), _Side.of_tool(other, edition))
    return left == right and _unchanging(one, edition, left) == _unchanging(other, edition, left)


def _unchanging(tool, edition, functions):
    """What deadlines, figures and checks hold besides their condition, where they can apply at all."""
    held = {}
    for section, wanted in (("deadlines", lambda use: (use.rule, use.starts_from)), ("figures", lambda figure: (figure.value, figure.decimals, figure.unit)), ("checks", lambda check: (check.question, check.bounds))):
        for name, entry in getattr(tool, section).items():
            if in_edition(entry, edition) and (section, name) in functions:
                held[section, name] = wanted(entry)
    return held


def _functions(questions, *sides):
    """For each side {key: node}, in one store; what never applies is left out."""
    conditions = {(place, key): condition for place, side in enumerate(sides) for key, condition in side.conditions().items()}
    joint = Space(questions, {}, sides[0].criteria, None, conditions)
    return [_functions_of(joint, side) for side in sides]


def _functions_of(joint, side):
    space = copy.copy(joint)
    store = space.store
    space.criteria = side.criteria
    for condition in side.impossible.values():
        space.impossible = store.combine(space.impossible, space.diagram_of(condition), lambda a, b: a or b)
    space.raw = {name: space.diagram_of(condition) for name, (condition, _) in side.outcomes.items() if not isinstance(condition, Otherwise)}
    space.root = space._outcome_root(side.outcomes)
    made = {"root": space.root}
    for name, condition in side.criteria.items():
        made["criteria", name] = space._possible_only(space.diagram_of(condition))
    rules = {key: space.diagram_of(condition) for key, condition in side.rules.items()}
    for key, node in rules.items():
        if key[0] != "duties":  # a duty shows through its actions
            made[key] = space._possible_only(node)
    for action, (outcomes, duties) in side.due.items():
        node = store.map(space.root, lambda value, outcomes=outcomes: isinstance(value, str) and value in outcomes)
        for duty in duties:
            node = store.combine(node, rules["duties", duty], lambda a, b: a or b)
        made["due", action] = space._possible_only(node)
    return {key: node for key, node in made.items() if key == "root" or True in store.outcomes(node)}
