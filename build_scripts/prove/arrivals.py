"""Which answers lead to a point of a journey, and so what can ever be due there or lead on from it."""

from decision_logic.pathway import asked_in, parts_of
from decision_logic.space import Space


def conditions_at(pathway, point):
    """The conditions of a point's actions and of the ways on from it, keyed ("action", id) and ("edge", id)."""
    ways = {("edge", edge.id): edge.when for edge in pathway.edges.values() if edge.start == point}
    return {**ways, **{("action", name): condition for name, condition in pathway.points[point].actions.items()}}


def journeys_through(rules, pathway):
    """The journeys that have a beginning and a pathway among their parts."""
    return [one for one in rules.pathways.values() if one.starts_at and pathway in parts_of(rules, one)]


def space_of_journeys(rules, journeys, besides=()):
    """One space over all that the journeys ask at their ways, and over further conditions."""
    parts = [part for journey in journeys for part in parts_of(rules, journey)]
    wanted = [*(edge.when for part in parts for edge in part.edges.values()), *besides]
    questions = {name: question for part in parts for name, question in part.questions.items()}
    return Space(asked_in(rules, questions, wanted), {}, rules=dict(enumerate(wanted)))


def arriving(space, rules, journey):
    """{point: diagram}: for which answers a journey comes to each of its points; one to which it never comes is left out."""
    edges = [edge for part in parts_of(rules, journey) for edge in part.edges.values()]
    never = space.store.terminal(False)
    reached, todo = {journey.starts_at: space.store.terminal(True)}, [journey.starts_at]
    while todo:
        start = todo.pop()
        for edge in edges:
            if edge.start == start:
                by_it = within(space, reached[start], edge.when)
                before = reached.get(edge.end, never)
                after = space.store.combine(before, by_it, lambda a, b: a or b)
                if after != before:
                    reached[edge.end] = after
                    todo.append(edge.end)
    return reached


def within(space, answers, condition):
    """The diagram of a condition, cut down to the answers of another diagram."""
    return space.store.combine(answers, space.diagram_of(condition), lambda a, b: a and b)
