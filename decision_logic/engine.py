"""One case: tool, answers, date and place in; the answer with its reasons out.

The answer is plain data in a fixed order of keys (see docs/maintain/answer.md); :func:`to_json` gives its bytes. A tool
decides if and only if every possible completion of the unknown answers gives the same outcome, and an action or deadline is
certain if and only if every completion has it: both are read off the decision diagram, never guessed.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from decision_logic import clock
from decision_logic.answers import plain_answer, read_answers
from decision_logic.conditions import questions_in
from decision_logic.deadlines import compute, length_in_words, working_day_after, working_days_between
from decision_logic.errors import AnswerError, DateError, EditionError, RequestError, RuleError, did_you_mean
from decision_logic.figures import questions_of, say, shown, work_out
from decision_logic.linking import in_edition
from decision_logic.space import NoOutcome, Overlap, Space

ANSWER_FORMAT = "handbook.answer/1"
DEADLINE_FORMAT = "handbook.deadline/1"
WORKDAYS_FORMAT = "handbook.workdays/1"

# What is said of answers that cannot all be true.
CANNOT_BE = "these answers cannot occur together"
CAN_BE = "answers that can occur together, or not_known for those in doubt"


def to_json(answer):
    """The exact text of an answer: what the command line prints and the browser shows."""
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def named(entries, name, what):
    """The entry of that name. Raises RequestError with what there is."""
    if name not in entries:
        raise RequestError(
            f"there is no {what} {name!r}",
            found=repr(name),
            expected="one of " + ", ".join(sorted(entries)),
            hint=did_you_mean(str(name), entries),
        )
    return entries[name]


def space_of(rules, tool, edition):
    """The decision diagram of a tool's edition, built once."""
    key = (tool.id, edition)
    if key not in rules.spaces:
        rules.spaces[key] = Space.of_tool(tool, edition)
    return rules.spaces[key]


def decide(rules, tool_id, answers, on=None, place=None, today=None):
    """The answer of a tool, as plain data ready for :func:`to_json`.

    ``answers``: {question: plain value}; ``on``: ISO date, ``today`` (a date) where absent; ``place``: where absent, the first
    place of the only edition in force. Raises RequestError, EditionError, AnswerError or DateError.
    """
    return _asked(rules, tool_id, answers, on, place, today, _Case.answer)


def decide_on_the_way(rules, tool_id, answers, on=None, place=None, today=None):
    """The answer of a tool as a walk needs it, without `why_not`, which takes the most time: see :func:`decide`."""
    return _asked(rules, tool_id, answers, on, place, today, _Case.on_the_way)


def decide_in_brief(rules, tool_id, answers, on=None, place=None, today=None):
    """Only the status, the outcome's title and the titles still possible, for lists of many cases: see :func:`decide`."""
    return _asked(rules, tool_id, answers, on, place, today, _Case.in_brief)


def _asked(rules, tool_id, answers, on, place, today, answer_of):
    tool = named(rules.tools, tool_id, "tool")
    day = clock.read_date(on) if on is not None else today
    if day is None:
        raise RequestError("no date is given", expected="a date such as 2011-04-21")
    elsewhere = _elsewhere(rules, tool, place)
    if elsewhere is not None:
        return _not_applicable(rules, tool, elsewhere, day, place)
    edition, place = edition_for(rules, tool, day, place)
    return answer_of(_Case(rules, tool, edition, day, place, answers))


def edition_for(rules, tool, day, place=None):
    """(edition, place): the one that covers the place on the day, that of the nearest place first. Raises EditionError."""
    in_time = [one for one in tool.editions.values() if one.start <= day and (one.end is None or day <= one.end)]
    if place is not None:
        for level in rules.lineage(place):
            for edition in in_time:
                if level in edition.places:
                    return edition, place
    elif len(in_time) == 1:
        return in_time[0], in_time[0].places[0]
    there = "; ".join(f"{one.title}: {_names(rules, one.places)}, {_period(one)}" for one in tool.editions.values())
    if place is None and in_time:
        raise EditionError(
            f"{tool.id} has different editions on {clock.say_date(day)}: a place is needed",
            expected="one of " + ", ".join(p for one in in_time for p in one.places),
        )
    where = f" in {rules.places[place].title}" if place else ""
    raise EditionError(
        f"no edition of {tool.id} covers {clock.say_date(day)}{where}",
        found=" ".join(part for part in (day.isoformat(), place) if part),
        expected=there,
    )


def _names(rules, places):
    return " and ".join(rules.places[one].title for one in places)


def _period(edition):
    begins = f"from {edition.start.isoformat()}"
    return begins if edition.end is None else f"{begins} to {edition.end.isoformat()}"


def _elsewhere(rules, tool, place):
    if place is not None:
        for level in rules.lineage(place):
            for entry in tool.not_applicable:
                if level in entry.places:
                    return entry
    return None


def _not_applicable(rules, tool, elsewhere, day, place):
    shown = list(elsewhere.notices) + [
        one.id for one in _notices(rules, tool, day, place) if one.id not in elsewhere.notices
    ]
    return {
        "format": ANSWER_FORMAT,
        "tool": tool.id,
        "tool_title": tool.title,
        "on": day.isoformat(),
        "in": place,
        "edition": None,
        "answers": {},
        "status": "not_applicable",
        "outcome": None,
        "title": None,
        "kind": None,
        "because": elsewhere.because,
        "criteria": [],
        "actions": [],
        "deadlines": [],
        "figures": [],
        "trace": [],
        "why_not": [],
        "next_question": None,
        "still_possible": [],
        "questions": [],
        "cites": cited(rules, elsewhere.cites),
        "readings": [],
        "notices": [_notice(rules.notices[one]) for one in shown],
        "rules_hash": rules.rules_hash,
    }


def _notices(rules, tool, day, place):
    lineage = rules.lineage(place)
    return [
        one
        for one in rules.notices.values()
        if tool.id in one.tools
        and (not one.places or set(one.places) & set(lineage))
        and (one.start is None or one.start <= day)
        and (one.end is None or day <= one.end)
    ]


def _notice(notice):
    return {"id": notice.id, "title": notice.title, "text": notice.text, "status": notice.status}


def cited(rules, names):
    made = []
    for name in dict.fromkeys(names):
        provision = rules.provisions[name]
        made.append(
            {
                "id": name,
                "document": provision.document,
                "document_title": rules.sources[provision.document].title,
                "section": provision.section,
                "force": provision.force,
                "summary": provision.summary,
            }
        )
    return made


def read_so(rules, names):
    made = []
    for name in dict.fromkeys(names):
        one = rules.readings[name]
        made.append(
            {
                "id": name,
                "title": one.title,
                "source_says": one.source_says,
                "leaves_open": one.leaves_open,
                "our_reading": one.our_reading,
                "other_reading": one.other_reading,
            }
        )
    return made


class _Case:
    """One run of a tool: what is known, and the parts of the answer read off its diagrams."""

    def __init__(self, rules, tool, edition, day, place, answers):
        self.rules, self.tool, self.edition, self.day, self.place = rules, tool, edition, day, place
        self.space = space_of(rules, tool, edition.id)
        self.typed = read_answers(tool, edition.id, answers)
        calendar = rules.calendar_of(place)
        self.days = (date(calendar.from_year, 1, 1), date(calendar.to_year, 12, 31))
        self.last_days = {}
        self.plain = _without_notes(self.typed)
        self.facts = self._facts(self.typed)
        self.criteria_of = {name: criterion.when for name, criterion in tool.criteria.items()}
        self.node = self.space.given(self.space.root, self.facts)
        self.remaining = self.space.possible(self.node)
        self._check_possible()
        self._check_numbers()

    def _facts(self, typed):
        return self.space.facts(_without_notes(typed), self._last_day, self.days)

    def _last_day(self, use, start):
        """The last day of a deadline that the tool uses, each counted once."""
        if (use, start) not in self.last_days:
            deadline = self.rules.deadlines[self.tool.deadlines[use].rule]
            try:
                self.last_days[use, start] = compute(
                    deadline.limit, None, start, _calendar(self.rules, deadline, self.place)
                ).last_day
            except DateError as error:
                question = self.tool.deadlines[use].starts_from
                raise AnswerError(
                    error.message, question=question, found=error.found, expected=error.expected, hint=error.hint
                ) from None
        return self.last_days[use, start]

    def _check_possible(self):
        for value in self.remaining:
            if isinstance(value, (NoOutcome, Overlap)):
                raise RuleError([_hole(self.tool, value)])
        if self.remaining:
            return
        answered = set(self.typed)
        for entry in self.tool.impossible.values():
            if in_edition(entry, self.edition.id):
                own = self.space.store.outcomes(self.space.given(self.space.diagram_of(entry.when), self.facts))
                if own == {True}:
                    concerned = [name for name in questions_in(entry.when, self.criteria_of) if name in answered]
                    shown = ", ".join(
                        f"{name}: {_brief(plain_answer(self.tool.questions[name], self.typed[name]))}"
                        for name in concerned
                    )
                    raise AnswerError(
                        f"{CANNOT_BE}: {entry.because}",
                        where=", ".join(concerned),
                        questions=concerned,
                        found=shown,
                        expected=CAN_BE,
                    )
        raise AnswerError(
            CANNOT_BE,
            where=", ".join(self.typed),
            questions=tuple(self.typed),
            found=", ".join(self.typed),
            expected=CAN_BE,
        )

    def _check_numbers(self):
        """Raise AnswerError where a number does not fit the other answers, by the check that it misses by most (then the first)."""
        missed = []
        for check in self.tool.checks.values():
            if not in_edition(check, self.edition.id) or any(name not in self.plain for name in check.needs):
                continue
            root = self.space.rule_root(("check", check.id))
            if self.space.possible(self.space.given(root, self.facts)) != {True}:
                continue
            found = Fraction(str(self.plain[check.question]))
            for words, expression in check.bounds:
                bound = work_out(expression, self.plain, self.rules.quantities, self.day)
                by = 0 if bound is None else bound - found if words == "at least" else found - bound
                if by > 0:
                    missed.append((by, check, f"{words} {shown(bound, 2)}", expression))
        if missed:
            _, check, bound, expression = max(missed, key=lambda one: one[0])
            others = [self.tool.questions[name].label.rstrip("?") for name in check.needs if name != check.question]
            raise AnswerError(
                f"this number does not fit the other answers: {check.because}",
                question=check.question,
                questions=check.needs,
                found=str(self.plain[check.question]),
                expected=f"{bound}: {say(expression, self.tool.questions, self.rules.quantities)}",
                hint="another number" + ("".join(f", or another “{one}”" for one in others)),
            )

    def in_brief(self):
        titles = [one.title for one in self.tool.outcomes.values() if one.id in self.remaining]
        decided = len(titles) == 1
        return {
            "in": self.place,
            "status": "decided" if decided else "undecided",
            "title": titles[0] if decided else None,
            "still_possible": titles,
        }

    def answer(self):
        return self._answer(self._why_not)

    def on_the_way(self):
        return self._answer(lambda outcome: None)

    def _answer(self, why_not):
        rules, tool, edition = self.rules, self.tool, self.edition
        decided = len(self.remaining) == 1
        outcome = tool.outcomes[next(iter(self.remaining))] if decided else None
        criteria = self._criteria()
        actions, deadlines, figures, trace = self._actions(), self._deadlines(), self._figures(), self._trace()
        next_question = None if decided else self.space.next_question(self.node, self.facts)
        applying = [
            one for one in trace if one["applies"] != "no" and (one["applies"] == "yes" or one["kind"] != "outcome")
        ]
        cites = [
            *(outcome.cites if outcome else ()),
            *(c for one in criteria for c in one["cites"]),
            *(
                c
                for one in applying
                if one["kind"] != "criterion"
                for c in [*one["cites"], *(c for first in one["before"] for c in first["cites"])]
            ),
            *(c for one in actions for c in one["cites"]),
            *(c for one in (*deadlines, *figures) for c in one["cites"]),
        ]
        readings = [
            *(outcome.readings if outcome else ()),
            *(r for one in applying for r in one["readings"]),
            *(r for one in actions for r in one["readings"]),
            *(r for one in (*deadlines, *figures) for r in one["readings"]),
            *(r for name in self.typed for r in tool.questions[name].readings),
            *edition.readings,
        ]
        return {
            "format": ANSWER_FORMAT,
            "tool": tool.id,
            "tool_title": tool.title,
            "on": self.day.isoformat(),
            "in": self.place,
            "edition": {
                "id": edition.id,
                "title": edition.title,
                "in": list(edition.places),
                "from": edition.start.isoformat(),
                "to": edition.end.isoformat() if edition.end else None,
                "status": edition.status,
            },
            "answers": self._plain_answers(self.typed),
            "status": "decided" if decided else "undecided",
            "outcome": outcome.id if outcome else None,
            "title": outcome.title if outcome else None,
            "kind": outcome.kind if outcome else None,
            "because": outcome.because if outcome else None,
            "criteria": criteria,
            "actions": actions,
            "deadlines": deadlines,
            "figures": figures,
            "trace": trace,
            "why_not": why_not(outcome),
            "next_question": next_question,
            "still_possible": [
                {"outcome": name, "title": tool.outcomes[name].title}
                for name in tool.outcomes
                if name in self.remaining
            ],
            "questions": self._question_states(next_question, actions, deadlines, figures),
            "cites": cited(rules, cites),
            "readings": read_so(rules, readings),
            "notices": [_notice(one) for one in _notices(rules, tool, self.day, self.place)],
            "rules_hash": rules.rules_hash,
        }

    def _plain_answers(self, typed):
        return {name: plain_answer(self.tool.questions[name], value) for name, value in typed.items()}

    def _certainty(self, root):
        """(applies: yes, no or depends; the questions it depends on)."""
        node = self.space.given(root, self.facts)
        values = self.space.possible(node)
        if len(values) == 1:
            return ("yes" if next(iter(values)) else "no"), []
        names = [name for name in self.space.questions if name not in self.typed and self.space.can_change(node, name)]
        if not names:  # linked through impossible combinations alone: then whatever its diagram still tests
            support = self.space.store.support(node)
            names = [
                name
                for name in self.space.questions
                if name not in self.typed and support & set(self.space.levels_of(name))
            ]
        return "depends", names

    def _criteria(self):
        met = []
        for criterion in self.tool.criteria.values():
            if (
                in_edition(criterion, self.edition.id)
                and self._certainty(self.space.rule_root(("criterion", criterion.id)))[0] == "yes"
            ):
                met.append(
                    {
                        "id": criterion.id,
                        "title": criterion.title,
                        "because": criterion.because,
                        "cites": list(criterion.cites),
                    }
                )
        return met

    def _rule_actions(self):
        for part in (self.tool.outcomes, self.tool.duties):
            for entry in part.values():
                if in_edition(entry, self.edition.id):
                    yield from entry.actions

    def _actions(self):
        made = []
        for name in dict.fromkeys(self._rule_actions()):
            applies, depends_on = self._certainty(self.space.action_root(name))
            if applies == "no":
                continue
            action = self.rules.actions[name]
            made.append(
                {
                    "id": name,
                    "who": action.who,
                    "who_title": self.rules.roles[action.who].title,
                    "what": action.does,
                    "force": action.force,
                    "when_words": action.when_words,
                    "form": [{"id": form, "title": self.rules.forms[form].title} for form in action.forms],
                    "deadline": action.deadline,
                    "certain": applies == "yes",
                    "depends_on": depends_on,
                    "note": action.note,
                    "cites": list(action.cites),
                    "readings": list(action.readings),
                }
            )
        return made

    def _deadlines(self):
        made = []
        for use in self.tool.deadlines.values():
            if not in_edition(use, self.edition.id):
                continue
            applies, depends_on = self._certainty(self.space.rule_root(("deadline", use.id)))
            if applies == "no":
                continue
            deadline = self.rules.deadlines[use.rule]
            start = self.typed.get(use.starts_from)
            entry = {
                "use": use.id,
                "id": use.rule,
                "title": use.title or deadline.title,
                "length": length_in_words(deadline.limit, deadline.target),
                "force": deadline.force,
                "from_question": use.starts_from,
                "from": None if start is None else plain_answer(self.tool.questions[use.starts_from], start),
                "in": self.place,
            }
            if start is None:
                entry |= {
                    "target": None,
                    "last_day": None,
                    "last_moment": None,
                    "counted": [],
                    "skipped": [],
                    "notes": [],
                }
            else:
                try:
                    entry |= compute(
                        deadline.limit, deadline.target, start, _calendar(self.rules, deadline, self.place)
                    ).plain()
                except DateError as error:
                    raise AnswerError(
                        error.message,
                        question=use.starts_from,
                        found=error.found,
                        expected=error.expected,
                        hint=error.hint,
                    ) from None
            if use.note:
                entry["notes"] = [*entry["notes"], use.note]
            entry |= {
                "certain": applies == "yes",
                "depends_on": depends_on,
                "cites": list(deadline.cites),
                "readings": [*deadline.readings, *use.readings],
            }
            made.append(entry)
        return made

    def _figures(self):
        made = []
        for figure in self.tool.figures.values():
            if not in_edition(figure, self.edition.id):
                continue
            applies, depends_on = self._certainty(self.space.rule_root(("figure", figure.id)))
            if applies == "no":
                continue
            exact = work_out(figure.value, self.typed, self.rules.quantities, self.day)
            value = shown(exact, figure.decimals)
            says = figure.says_for_one if exact == 1 and figure.says_for_one else figure.says
            made.append(
                {
                    "id": figure.id,
                    "title": figure.title,
                    "value": value,
                    "unit": figure.unit,
                    "says": says.replace("{}", value) if says and value is not None else None,
                    "worked_out": say(figure.value, self.tool.questions, self.rules.quantities),
                    "needs": [name for name in questions_of(figure.value) if name not in self.typed],
                    "because": figure.because,
                    "certain": applies == "yes",
                    "depends_on": depends_on,
                    "cites": list(figure.cites),
                    "readings": list(figure.readings),
                }
            )
        return made

    def _trace(self):
        made = []
        sections = (
            ("criterion", self.tool.criteria, lambda n: self.space.rule_root(("criterion", n))),
            ("outcome", self.tool.outcomes, self.space.raw_root),
            ("duty", self.tool.duties, lambda n: self.space.rule_root(("duty", n))),
        )
        for kind, entries, root_of in sections:
            for entry in entries.values():
                if not in_edition(entry, self.edition.id):
                    continue
                root = root_of(entry.id)
                applies, _ = self._certainty(root)
                made.append(
                    {
                        "rule": entry.id,
                        "kind": kind,
                        "title": getattr(entry, "title", None) or entry.because,
                        "applies": applies,
                        "settled_by": [] if applies == "depends" else self._settled_by(root),
                        "because": entry.because,
                        "before": [],
                        "cites": list(entry.cites),
                        "readings": list(entry.readings),
                    }
                )
        applying = {one["rule"] for one in made if one["kind"] == "outcome" and one["applies"] == "yes"}
        for one in made:
            if one["kind"] == "outcome" and one["rule"] in applying:
                for other, why in self.tool.outcomes[one["rule"]].before.items():
                    if other in applying:
                        one["before"].append(
                            {
                                "outcome": other,
                                "title": self.tool.outcomes[other].title,
                                "because": why.because,
                                "cites": list(why.cites),
                            }
                        )
                        one["readings"] += [reading for reading in why.readings if reading not in one["readings"]]
        return made

    def _settled_by(self, root):
        """A smallest-by-dropping set of answers that settles a rule: without any one of them it would be open."""
        support = self.space.store.support(root)
        names = [name for name in self.typed if support & set(self.space.levels_of(name))]
        for name in reversed(list(names)):
            fewer = [one for one in names if one != name]
            facts = self._facts({one: self.typed[one] for one in fewer})
            if len(self.space.possible(self.space.given(root, facts))) == 1:
                names = fewer
        plain = self._plain_answers({name: self.typed[name] for name in names})
        return [{"question": name, "answer": value} for name, value in plain.items()]

    def _why_not(self, outcome):
        goals = [
            other
            for other in self.tool.outcomes.values()
            if in_edition(other, self.edition.id)
            and other is not outcome
            and (outcome is not None or other.id not in self.remaining)
        ]
        found = {other.id: (None, []) for other in goals}
        for compared in (
            self.space.changes_to_compared(self.plain, self._last_day, self.days, self._anchor) if goals else ()
        ):
            if all(best is not None and best[0] < len(compared) for best, _ in found.values()):
                break  # the ways that follow change more answers
            facts = self._facts({**self.typed, **compared})
            for goal, (best, sets) in found.items():
                if best is not None and best[0] < len(compared):
                    continue
                cheapest = self.space.changes(
                    self.space.root, facts, goal, None if best is None else best[0] - len(compared)
                )
                if cheapest is None:
                    continue
                price = (cheapest[0][0] + len(compared), cheapest[0][1] + len(compared))
                if best is None or price <= best:
                    made = [self._changed(compared, change) for change in cheapest[1]]
                    found[goal] = (price, [*(sets if price == best else []), *made])
        before = self._plain_answers(self.typed)
        return [
            {
                "outcome": other.id,
                "title": other.title,
                "changes": [
                    [
                        {
                            "question": name,
                            "from": before.get(name, "not_known"),
                            "to": plain_answer(self.tool.questions[name], value),
                        }
                        for name, value in one.items()
                    ]
                    for one in found[other.id][1]
                ],
            }
            for other in goals
        ]

    def _changed(self, compared, change):
        """{question: typed value} of what is changed, in the tool's order."""
        made = dict(compared)
        for level, index in change.items():
            variable = self.space.variables[level]
            name = variable.questions[0]
            if variable.kind == "value":
                made[name] = variable.values[index]
            elif variable.kind == "bit":
                chosen = made.get(name, self.typed.get(name, frozenset()))
                made[name] = chosen | {variable.option} if index else chosen - {variable.option}
            else:
                made[name] = _nearest(variable.values[index], self.typed.get(name), self.tool.questions[name])
        return {name: made[name] for name in self.tool.questions if name in made}

    def _anchor(self, question):
        """A value to begin with for a compared answer where nothing near is known."""
        return self.day if question.kind == "date" else question.least or 0

    def _question_states(self, next_question, actions, deadlines, figures):
        matters = {name for entry in (*actions, *deadlines, *figures) for name in entry["depends_on"]} | {
            entry["from_question"] for entry in deadlines
        }
        matters |= {name for entry in figures for name in entry["needs"]}
        if len(self.remaining) > 1:
            matters |= {
                name
                for name in self.space.questions
                if name not in self.typed and self.space.can_change(self.node, name)
            }
        states = []
        for name, question in self.tool.questions.items():
            if in_edition(question, self.edition.id):
                state = (
                    "answered"
                    if name in self.typed
                    else "next"
                    if name == next_question
                    else "open"
                    if name in matters
                    else "no_longer_matters"
                )
                states.append({"id": name, "state": state})
        return states


def _hole(tool, value):
    from decision_logic.errors import Problem

    if isinstance(value, Overlap):
        return Problem(
            ("tools", tool.id, "outcomes"),
            "several outcomes for these answers: " + ", ".join(sorted(value.outcomes)),
            "one of them to come before the others",
        )
    return Problem(
        ("tools", tool.id, "outcomes"),
        "no outcome for these answers",
        "an outcome or a stated gap for every combination",
    )


def _brief(value):
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)


def _without_notes(typed):
    """Typed answers as conditions see them: a moment without its note."""
    return {name: (value.at if hasattr(value, "at") else value) for name, value in typed.items()}


def _nearest(cell, value, question):
    """The value of a stretch that lies nearest to the present one; where there is none, its lowest."""
    low, low_in, high, high_in = cell
    if question.least is not None and (low is None or low < question.least):
        low, low_in = question.least, True
    if question.most is not None and (high is None or high > question.most):
        high, high_in = question.most, True
    step = timedelta(days=1) if question.kind == "date" else 1
    if question.decimals and low is not None and high is not None:
        step = min(1, (high - low) / 2)
    lowest = None if low is None else low if low_in else low + step
    highest = None if high is None else high if high_in else high - step
    if lowest is None:
        return highest
    if highest is None:
        return lowest
    return highest if value is not None and value > highest else lowest


def _calendar(rules, deadline, place):
    return rules.calendar_of(place) if deadline.calendar == "place" else rules.calendars[deadline.calendar]


def deadline(rules, deadline_id, start, place=None):
    """One deadline counted from ``start`` (ISO date, or date and time), as plain data.

    ``place`` is the deadline's first place where absent. Raises RequestError, EditionError or DateError.
    """
    rule = named(rules.deadlines, deadline_id, "deadline")
    if place is None:
        place = rule.places[0]
    if not set(rules.lineage(place)) & set(rule.places):
        raise EditionError(
            f"{deadline_id} does not hold in {rules.places[place].title}",
            found=place,
            expected="one of " + ", ".join(rule.places),
        )
    moment = clock.read(start)
    counted = compute(rule.limit, rule.target, moment, _calendar(rules, rule, place)).plain()
    notes = counted.pop("notes")
    return {
        "format": DEADLINE_FORMAT,
        "id": deadline_id,
        "title": rule.title,
        "length": length_in_words(rule.limit, rule.target),
        "force": rule.force,
        "counted_from": rule.starts,
        "from": moment.at.isoformat(timespec="seconds") if hasattr(moment, "at") else moment.isoformat(),
        "in": place,
        **counted,
        "notes": notes,
        "cites": cited(rules, rule.cites),
        "readings": read_so(rules, rule.readings),
        "rules_hash": rules.rules_hash,
    }


def workdays(rules, start, add=None, to=None, place=None):
    """The working day ``add`` working days after ``start`` (before it where negative), or the working days up to ``to``.

    The starting day never counts, the last day does. ``place`` is england where absent. Raises RequestError or DateError.
    """
    if (add is None) == (to is None):
        raise RequestError(
            "say either how many working days to count or the day to count to",
            found="both" if add is not None else "neither",
            expected="one of add and to",
        )
    place = "england" if place is None else place
    calendar = rules.calendar_of(place)
    begin = clock.read_date(start)
    if add is not None:
        if isinstance(add, bool) or not isinstance(add, int):
            raise RequestError(
                "the number of working days cannot be read", found=repr(add), expected="a whole number, such as 5 or -5"
            )
        result = working_day_after(begin, add, calendar).plain()
    else:
        result = working_days_between(begin, clock.read_date(to), calendar).plain()
    return {
        "format": WORKDAYS_FORMAT,
        "from": begin.isoformat(),
        "in": place,
        "calendar": calendar.title,
        "date": result["date"],
        "working_days": result["working_days"],
        "counted": result["counted"],
        "skipped": result["skipped"],
        "convention": "The starting day does not count; the last day does.",
        "rules_hash": rules.rules_hash,
    }
