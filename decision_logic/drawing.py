"""Drawing unpredictable test days for release on temporary licence, within the limits that the tool rotl_testing holds.

The admissible sets of days are counted exactly, one of their numbers is drawn from the system's secure random source, and the
set of that number is the draw: so every set is as likely as any other. Nothing is stored, and no draw follows from another.
"""

import os
from datetime import date
from fractions import Fraction

from decision_logic import clock
from decision_logic.days import Allowed
from decision_logic.errors import AnswerError
from decision_logic.figures import shown
from decision_logic.local import decide

DRAW_FORMAT = "handbook.draw/1"
TOOL = "rotl_testing"
READY = "limits_can_be_drawn_from"
# The tool's questions that set the limits.
FIRST, LAST, TESTS, GAP, WEEKDAYS = LIMITS = ("rotl_starts", "rotl_ends", "number_of_tests", "least_gap", "weekdays")
# The table of counts grows with the square of the days; longer releases are drawn a part at a time.
MOST_DAYS = 1000


def draw_dates(rules, answers, on=None, today=None, random_bytes=os.urandom):
    """Test days drawn by chance within the limits among ``answers``, as plain data.

    ``answers``: {question of rotl_testing: plain value}; ``on``: ISO date of the draw, ``today`` (a date) where absent: no day
    before it is drawn. ``random_bytes(count)`` gives that many random bytes. Raises AnswerError where the tool does not come out
    ready for a draw and where a limit is missing; and what decide raises, which refuses limits that cannot be kept.
    """
    answer = decide(rules, TOOL, answers, on=on, today=today)
    limits = _limits(rules, answer)
    first = max(limits[FIRST], date.fromisoformat(answer["on"]))
    eligible = _eligible(limits, first)
    sets = Sets(eligible, limits[TESTS], limits[GAP] + 1)
    dates = sets.pick(below(sets.count, random_bytes))
    return {
        "format": DRAW_FORMAT,
        "tool": TOOL,
        "from": first.isoformat(),
        "to": limits[LAST].isoformat(),
        "dates": [day.isoformat() for day in dates],
        "chances": list(_chances(rules, limits, eligible, sets.count)),
        "notes": list(_notes(limits, first, sets.count)),
        "cites": answer["cites"],
        "readings": answer["readings"],
        "rules_hash": rules.rules_hash,
    }


def below(count, random_bytes):
    """A whole number from 0 up to but not including ``count``, each as likely as any other.

    Just enough bits are taken to write the largest of them; a number that is too large is thrown away and drawn anew. Folding
    it back into the range with a remainder would make the small numbers likelier.
    """
    bits = (count - 1).bit_length()
    length = (bits + 7) // 8
    while True:
        number = int.from_bytes(random_bytes(length), "big") >> (8 * length - bits)
        if number < count:
            return number


class Sets:
    """All sets of ``tests`` days among ``days`` (in order) of which none comes less than ``step`` days after another, numbered from 0."""

    def __init__(self, days, tests, step):
        self.days, self.tests = days, tests
        self._next = _next_places(days, step)
        # ways[k][place]: how many sets of k days there are among the days from that place on.
        self._ways = [[1] * (len(days) + 1)]
        for _ in range(min(tests, len(days) + 1)):
            fewer, row = self._ways[-1], [0] * (len(days) + 1)
            for place in reversed(range(len(days))):
                row[place] = row[place + 1] + fewer[self._next[place]]
            self._ways.append(row)

    @property
    def count(self):
        """How many sets there are."""
        return self._ways[self.tests][0] if self.tests < len(self._ways) else 0

    def pick(self, number):
        """The set of that number, as a list of days."""
        picked, place = [], 0
        for missing in range(self.tests, 0, -1):
            while number >= (with_it := self._ways[missing - 1][self._next[place]]):
                number -= with_it
                place += 1
            picked.append(self.days[place])
            place = self._next[place]
        return picked


def _next_places(days, step):
    """For each place the first one whose day comes at least ``step`` days later."""
    places, place = [], 0
    for day in days:
        while place < len(days) and (days[place] - day).days < step:
            place += 1
        places.append(place)
    return places


def _limits(rules, answer):
    """The limits as dates, numbers and names. Raises AnswerError where the tool says that nothing is to be drawn yet."""
    questions = rules.tools[TOOL].questions
    if answer["status"] == "decided" and answer["outcome"] != READY:
        settled = next(
            one["settled_by"]
            for one in answer["trace"]
            if one["kind"] == "outcome" and one["rule"] == answer["outcome"]
        )
        raise AnswerError(
            f"no days are drawn: {answer['title']} {answer['because']}",
            where=TOOL,
            questions=[one["question"] for one in settled],
        )
    missing = answer["next_question"] or next((name for name in LIMITS if name not in answer["answers"]), None)
    if missing is not None:
        raise AnswerError(
            "no days are drawn before this is answered",
            question=missing,
            found="not known",
            expected=questions[missing].ask,
        )
    given = answer["answers"]
    return {
        FIRST: date.fromisoformat(given[FIRST]),
        LAST: date.fromisoformat(given[LAST]),
        TESTS: given[TESTS],
        GAP: given[GAP],
        WEEKDAYS: given[WEEKDAYS],
    }


def _eligible(limits, first):
    """The days that can be drawn, in order: those that the tool's checks have counted."""
    allowed = Allowed(first, limits[LAST], frozenset(limits[WEEKDAYS]))
    if allowed.length > MOST_DAYS:
        raise AnswerError(
            "this is too long to be drawn at once",
            question=LAST,
            found=f"{allowed.length} days",
            expected=f"at most {MOST_DAYS} days",
            hint="draw a part of the time now and the rest later",
        )
    return allowed.days()


def _chances(rules, limits, eligible, count):
    """What the draw leaves to be guessed, in sentences."""
    tests, days = limits[TESTS], len(eligible)
    if tests == days:
        yield "Every allowed day is a test day."
    else:
        yield f"{tests} of {days} allowed days {'is a test day' if tests == 1 else 'are test days'}: on average one in {shown(Fraction(days, tests), 2)}."
    if count == 1:
        yield "Only one choice of days keeps these limits, so it can be foreseen."
    else:
        yield (
            f"{count:,} choices of days keep these limits, and each was as likely as any other."
            if count < 10**12
            else "More than a million million choices of days keep these limits, and each was as likely as any other."
        )
    if limits[GAP]:
        yield f"After a test the next {'day is' if limits[GAP] == 1 else str(limits[GAP]) + ' days are'} free of tests, as you set it: that can be foreseen."
    options = rules.tools[TOOL].questions[WEEKDAYS].options
    left_out = [label for name, label in options.items() if name not in limits[WEEKDAYS]]
    if left_out:
        yield f"No test falls on a {left_out[0] if len(left_out) == 1 else ', '.join(left_out[:-1]) + ' or ' + left_out[-1]}, as you set it: that can be foreseen."
    yield "Whoever knows how many tests there are knows after the last one that none will follow."


def _notes(limits, first, count):
    yield "Nothing is stored. Note the days down now, where the prisoner cannot see them."
    if count > 1:
        yield "Drawing again gives other days. Keep the first draw: to draw until the days suit somebody makes them easier to guess."
    if first > limits[FIRST]:
        yield f"Temporary release began on {clock.say_date(limits[FIRST])}. Days before {clock.say_date(first)} have passed and were left out; the number of tests is for the days that remain."
