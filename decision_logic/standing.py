"""How answers that are compared with one another can stand to each other.

Comparisons between answers form stars: one answer, the centre, with which the others are compared (linking sees to that). Each
comparison is a level of the decision diagram whose values say how the first answer of the pair stands to the second: below it,
on it, above it, and where a deadline runs from the second, between it and the last day, on the last day, or past it. While some
of the answers are unknown, a :class:`Star` says which values of its levels can occur together.

Numbers and dates that are known are met exactly. Where the centre of a star with a deadline is unknown and so is another of its
answers, that other answer is taken to be free: then the tool may call something open that a calendar's holidays would settle,
but never the other way round.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from math import ceil, floor

from decision_logic.conditions import RELATIONS, LastDay
from decision_logic.errors import HandbookError

ONE_DAY = timedelta(days=1)


def threshold(operand):
    """The deadline whose last day an operand is, or None for the answer itself."""
    return operand.use if isinstance(operand, LastDay) else None


def stands(comparisons):
    """(values, thresholds) of the level for a pair that is compared as ``comparisons`` [(op, operand)] say.

    The thresholds, in order of time, are the second answer itself (None) and the last day of a deadline from it. Positions
    count 0 below the first threshold, 1 on it, 2 above it, and so on; a value is (position, positions merged into it).
    """
    thresholds = tuple(sorted({threshold(operand) for _, operand in comparisons}, key=lambda use: use is not None))
    values = []
    for position in range(2 * len(thresholds) + 1):
        signature = tuple(
            RELATIONS[op](position, thresholds.index(threshold(operand)) * 2 + 1) for op, operand in comparisons
        )
        if values and values[-1][1] == signature:
            values[-1] = (values[-1][0], signature, (*values[-1][2], position))
        else:
            values.append((position, signature, (position,)))
    return tuple((position, merged) for position, _, merged in values), thresholds


def stand_of(variable, left, right, last_day):
    """The index of the value of a pair's level for two known answers."""
    position = 0
    for index, use in enumerate(variable.thresholds):
        mark = right if use is None else last_day(use, right)
        if left == mark:
            position = index * 2 + 1
            break
        if left > mark:
            position = index * 2 + 2
    return next(index for index, (_, merged) in enumerate(variable.values) if position in merged)


def stars(pairs, variables, questions):
    """The stars that ``pairs`` {(left, right): level} form."""
    found, todo = [], dict(pairs)
    while todo:
        names, grown = set(next(iter(todo))), True
        while grown:
            grown = {name for pair in todo if set(pair) & names for name in pair} - names
            names |= grown
        levels = {pair: level for pair, level in todo.items() if pair[0] in names}
        todo = {pair: level for pair, level in todo.items() if pair not in levels}
        centre = max(sorted(names), key=lambda name: sum(name in pair for pair in levels))
        found.append(Star(centre, {level: variables[level] for level in levels.values()}, questions))
    return found


@dataclass(frozen=True)
class Star:
    """The comparisons of one centre; ``levels`` {level: variable}, ``questions`` are all of the tool's."""

    centre: str
    levels: dict
    questions: dict

    @property
    def names(self):
        """The questions of the star, the centre first."""
        return tuple(
            dict.fromkeys([self.centre, *(name for variable in self.levels.values() for name in variable.questions)])
        )

    def feasible(self, answers, last_day=None, days=None):
        """(levels, which of their values can occur together), or None where all can.

        ``answers``: typed answers; ``last_day(use, start)``; ``days``: the (first, last) day that a deadline can start from.
        """
        open_levels = [
            level for level, variable in self.levels.items() if not all(name in answers for name in variable.questions)
        ]
        if not open_levels:
            return None
        found = set()
        for value in self._centres(answers, last_day, days):
            found.update(product(*(self._beside(level, value, answers, last_day, days) for level in open_levels)))
        everything = 1
        for level in open_levels:
            everything *= len(self.levels[level].values)
        return None if len(found) == everything else (tuple(open_levels), frozenset(found))

    def _centres(self, answers, last_day, days):
        """Values of the centre that stand for all that it can have; [None] where they are not needed."""
        if self.centre in answers:
            return [answers[self.centre]]
        found = set(self.nearby(self.centre, answers, last_day, days))
        return sorted(found) if found else [None]

    def nearby(self, name, answers, last_day, days):
        """Values of a question, sorted, that stand in every way that is possible to the known answers it is compared with."""
        found, marks = set(), set()
        for variable in self.levels.values():
            if name not in variable.questions:
                continue
            left, right = variable.questions
            other = right if name == left else left
            if other not in answers:
                question = self.questions[other]
                marks |= {bound for bound in (question.least, question.most) if bound is not None}
            elif name == left:
                marks |= {
                    answers[right] if use is None else last_day(use, answers[right]) for use in variable.thresholds
                }
            else:
                marks.add(answers[left])
                for use in variable.thresholds:
                    if use is not None:
                        found |= set(_starts(use, answers[left], last_day, days))
        return sorted(found | _around(marks, self.questions[name]))

    def _beside(self, level, centre, answers, last_day, days):
        """The values that a level can have beside the centre's value."""
        variable = self.levels[level]
        everything = range(len(variable.values))
        left, right = variable.questions
        leaf = right if left == self.centre else left
        if centre is None or (leaf not in answers and self.centre not in answers and any(variable.thresholds)):
            return everything
        beside = {self.centre: centre}
        values = (
            [answers[leaf]]
            if leaf in answers
            else self.nearby(leaf, beside, last_day, days)
            if _bounded(self.questions[leaf]) or any(variable.thresholds)
            else None
        )
        if values is None:
            return everything
        found = set()
        for value in values:
            pair = {**beside, leaf: value}
            try:
                found.add(stand_of(variable, pair[left], pair[right], last_day))
            except HandbookError:  # the deadline from that day runs past the calendar's years
                continue
        return sorted(found)


def _bounded(question):
    return question.kind == "number"


def _around(marks, question):
    """Values of a question on, between and beside the marks, within its bounds."""
    if question.kind != "number":
        return {mark + step * ONE_DAY for mark in marks for step in (-1, 0, 1) if date.min < mark < date.max}
    low, high = question.least, question.most
    points = sorted({*marks, *(bound for bound in (low, high) if bound is not None)})
    found = {rounded(point) + step for point in points for rounded in (floor, ceil) for step in (-1, 0, 1)}
    if question.decimals:
        points = sorted({*points, *found})
        found = {*points, *((one + other) / 2 for one, other in pairwise(points))}
    return {value for value in found if (low is None or value >= low) and (high is None or value <= high)}


def _starts(use, day, last_day, days):
    """Days from which a deadline's last day lies before, on and after ``day``, and all between: enough to stand for every start."""
    first, last = days or (date.min, date.max)
    start = min(day + ONE_DAY if day < date.max else day, last)
    if start < first:
        return [first]
    found = []
    while start >= first:
        try:
            mark = last_day(use, start)
        except HandbookError:
            mark = None
        if mark is not None:
            found.append(start)
            if mark < day:
                break
        if start == date.min:
            break
        start -= ONE_DAY
    return found
