"""Days among which tests or visits are chosen: which a stretch of time and days of the week allow, and how many keep a least gap.

The one place for this: figures and checks (:mod:`decision_logic.figures`) count with it, and :mod:`decision_logic.drawing`
draws from it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from decision_logic import clock
from decision_logic.errors import AnswerError

WEEKDAYS = tuple(name.lower() for name in clock.WEEKDAYS)


def check_order(start, end, question):
    """Raise AnswerError, which names the question of the last day, where that lies before the first."""
    if end < start:
        raise AnswerError(
            "the last day lies before the first",
            question=question,
            found=end.isoformat(),
            expected=f"{start.isoformat()} or later",
        )


@dataclass(frozen=True)
class Allowed:
    """The days from ``first`` to ``last``, both included, that fall on one of ``weekdays`` (names; None: any)."""

    first: date
    last: date
    weekdays: frozenset | None = None

    @property
    def _numbers(self):
        return [number for number, name in enumerate(WEEKDAYS) if self.weekdays is None or name in self.weekdays]

    @property
    def length(self):
        """How many days there are, allowed or not."""
        return max(0, (self.last - self.first).days + 1)

    @property
    def count(self):
        """How many days are allowed; found without going through them."""
        weeks, rest = divmod(self.length, 7)
        begun = {(self.first.weekday() + day) % 7 for day in range(rest)}
        return weeks * len(self._numbers) + len(begun.intersection(self._numbers))

    def days(self):
        """The allowed days, in order."""
        numbers, every = set(self._numbers), range(self.length)
        return [day for day in (self.first + timedelta(days=one) for one in every) if day.weekday() in numbers]

    def most(self, gap=0):
        """The largest number of allowed days of which each two have at least ``gap`` days between them.

        The earliest day each time leaves room for the most. From the same day of the week the same follows, so the rounds that
        come again are counted, not gone through.
        """
        numbers, step, fit, place, begun = self._numbers, max(0, gap) + 1, 0, 0, {}
        while numbers:
            place += min((number - self.first.weekday() - place) % 7 for number in numbers)
            if place >= self.length:
                break
            weekday = place % 7
            if weekday in begun:
                fits, days = fit - begun[weekday][0], place - begun[weekday][1]
                rounds = (self.length - 1 - place) // days
                fit, place, begun = fit + rounds * fits, place + rounds * days, {}
                if rounds:
                    continue
            begun[weekday] = (fit, place)
            fit, place = fit + 1, place + step
        return fit
