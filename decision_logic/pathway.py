"""Walking a pathway: where a case stands, the way travelled, and what each role must do there.

The ways out of a point are decided as a tool decides: each edge is an outcome of a small decision diagram over the point's
questions and the outcomes of the tools that it names. A tool's outcome is given under the tool's identifier, or worked out from
the tool's own answers, given as ``tool.question``.
"""

from contextlib import contextmanager
from dataclasses import replace

from decision_logic import clock
from decision_logic.answers import NOT_KNOWN, plain_answer, read_answers, read_one
from decision_logic.conditions import OutcomeOf, questions_in, walk
from decision_logic.deadlines import length_in_words
from decision_logic.engine import CANNOT_BE, cited, decide_on_the_way, edition_for, named, read_so
from decision_logic.errors import AnswerError, RequestError, did_you_mean
from decision_logic.model import Question, Tool
from decision_logic.space import Space
from decision_logic.words import Words

WALK_FORMAT = "handbook.walk/1"


def parts_of(rules, pathway):
    """The pathway and those that it includes."""
    return [pathway, *(rules.pathways[name] for name in pathway.includes)]


def tools_of(pathway):
    """The tools whose outcomes a pathway's own ways and actions hang on, in that order, once each."""
    conditions = [edge.when for edge in pathway.edges.values()]
    conditions += [when for point in pathway.points.values() for when in point.actions.values()]
    found = (part.tool for condition in conditions for part in walk(condition) if isinstance(part, OutcomeOf))
    return dict.fromkeys(found)


def asked_in(rules, questions, conditions):
    """Those of ``questions`` that the conditions ask, and a question for each tool whose outcome they name, in that order."""
    asked = {name for condition in conditions for name in questions_in(condition)}
    made = {name: question for name, question in questions.items() if name in asked}
    for tool in dict.fromkeys(
        part.tool for condition in conditions for part in walk(condition) if isinstance(part, OutcomeOf)
    ):
        one = rules.tools[tool]
        made[tool] = Question(
            id=tool,
            ask=one.title,
            kind="one_of",
            options={name: outcome.title for name, outcome in one.outcomes.items()},
        )
    return made


def point_space(rules, pathway, point):
    """The decision diagram of the ways out of a point: each edge is an outcome, each outcome of a tool an answer.

    The point's actions are its further rules, keyed ("action", id).
    """
    edges = {edge.id: edge.when for edge in pathway.edges.values() if edge.start == point}
    actions = pathway.points[point].actions
    conditions = [*edges.values(), *actions.values()]
    questions = asked_in(rules, pathway.questions, conditions)
    rules_of_point = {("action", name): condition for name, condition in actions.items()}
    return Space(questions, {name: (condition, frozenset()) for name, condition in edges.items()}, rules=rules_of_point)


def walk_pathway(rules, pathway_id, answers, on=None, place=None, today=None):
    """Where a case stands on a pathway, as plain data.

    ``answers``: {question or tool: plain value, "tool.question": plain value}; a question that the journey and a tool share
    is answered once, for both. ``on``, ``place`` and ``today`` are those of :func:`decision_logic.decide`. Raises RequestError,
    EditionError, AnswerError or DateError.
    """
    pathway = named(rules.pathways, pathway_id, "pathway")
    if pathway.starts_at is None:
        raise RequestError(
            f"{pathway_id} is part of other pathways and has no beginning of its own",
            found=pathway_id,
            expected="one of " + ", ".join(name for name, one in rules.pathways.items() if one.starts_at),
        )
    return _Walk(rules, pathway, answers, on, place, today).result()


def contradiction_space(rules, pathway, entry):
    """The diagram of answers that are declared not to stand together, keyed by the entry's identifier."""
    return Space(asked_in(rules, pathway.questions, [entry.when]), {}, rules={entry.id: entry.when})


class _Walk:
    def __init__(self, rules, pathway, answers, on, place, today):
        self.rules, self.pathway = rules, pathway
        self.parts = parts_of(rules, pathway)
        self.home = {name: part for part in self.parts for name in part.points}
        self.questions = {name: question for part in self.parts for name, question in part.questions.items()}
        day = clock.read_date(on) if on is not None else today
        if day is None:
            raise RequestError("no date is given", expected="a date such as 2011-04-21")
        if pathway.editions:
            _, place = edition_for(rules, pathway, day, place)
        elif place is not None:
            rules.lineage(place)
        self.on, self.place, self.today = day.isoformat(), place, today
        self.tools = dict.fromkeys(tool for one in self.parts for tool in tools_of(one))
        self.answers, self.given_to_tools = self._split(answers)
        self.own_answers = dict(self.answers)
        self.tool_answers = self._share()
        self._check_possible()
        self.decided, self.tool_results = {}, {}
        for tool in self.given_to_tools:  # a mistake is told of wherever the case stands
            self._decided(tool)

    def _split(self, given):
        """The pathway's own typed answers, and {tool: plain answers} of the tools behind its edges."""
        if not isinstance(given, dict):
            raise AnswerError("the answers cannot be read", expected="a mapping from questions to answers")
        own, of_tools = {}, {}
        for name, value in given.items():
            tool, dot, question = str(name).partition(".")
            if dot and tool in self.tools:
                of_tools.setdefault(tool, {})[question] = value
            elif name in self.questions or name in self.tools:
                own[name] = value
            else:
                known = [*self.questions, *self.tools]
                raise AnswerError(
                    f"the pathway {self.pathway.id!r} has no such question",
                    where=str(name),
                    found=repr(name),
                    expected="one of " + ", ".join(known),
                    hint=did_you_mean(str(name), known),
                )
        asked = {**self.questions, **{tool: self._tool_question(tool) for tool in self.tools}}
        shell = Tool(
            id=self.pathway.id, title="", summary="", roles=(), page="", editions={}, questions=asked, outcomes={}
        )
        return read_answers(shell, None, own), of_tools

    def _share(self):
        """{tool: plain answers}: those given to the tool, and the journey's own to questions that the two share.

        What was told only to a tool, the journey knows too. Raises AnswerError where the two were told different things.
        """
        made = {}
        for tool in self.tools:
            asked = self.rules.tools[tool].questions
            given = dict(self.given_to_tools.get(tool, {}))
            for name in [one for one in asked if asked[one] == self.questions.get(one)]:
                question = self.questions[name]
                with self._named_by_tool(tool):
                    told = read_one(question, given.get(name))
                if told is None:
                    if name in self.answers:
                        given[name] = plain_answer(question, self.answers[name])
                elif name not in self.answers:
                    self.answers[name] = told
                elif told != self.answers[name]:
                    raise AnswerError(
                        "the same question is answered in two ways",
                        where=f"{name}, {tool}.{name}",
                        questions=(name,),
                        found=f"{plain_answer(question, self.answers[name])} and {plain_answer(question, told)}",
                        expected="one answer, or not_known",
                    )
            if given:
                made[tool] = given
        self._carry(made)
        return made

    def _check_possible(self):
        """Raise AnswerError where the journey's answers cannot stand together, whatever those are that are not known."""
        for part in self.parts:
            for entry in part.impossible.values():
                space = self._contradiction(part, entry)
                known = {name: self.answers[name] for name in space.questions if name in self.answers}
                if space.possible(space.given(space.rule_root(entry.id), space.facts(known))) == {True}:
                    raise AnswerError(
                        f"{CANNOT_BE}: {entry.because}",
                        where=", ".join(known),
                        questions=tuple(known),
                        found=", ".join(
                            f"{one}: {plain_answer(space.questions[one], value)}" for one, value in known.items()
                        ),
                        expected="answers that can occur together, or not_known for those in doubt",
                    )

    def _carry(self, made):
        """Add to the tools' answers what the journey's own say about them, unless the tool was told more.

        Raises AnswerError where the tool was told what cannot be.
        """
        for part in self.parts:
            for name, said in part.carries.items():
                for target, entries in said.items():
                    tool, _, asked = target.partition(".")
                    carried = entries.get(self.answers.get(name))
                    if carried is None or tool not in self.tools:
                        continue
                    with self._named_by_tool(tool):
                        told = read_one(self.rules.tools[tool].questions[asked], made.get(tool, {}).get(asked))
                    if told is None and carried.answer is not None:
                        made.setdefault(tool, {})[asked] = carried.answer
                    elif told is not None and told not in (carried.answer, *carried.allows):
                        raise AnswerError(
                            "two answers contradict each other",
                            where=f"{name}, {target}",
                            questions=(name, target),
                            found=f"{self.answers[name]} and {told}",
                            expected=f"for {target} "
                            + " or ".join(one for one in (carried.answer, *carried.allows, NOT_KNOWN) if one),
                        )

    def _tool_question(self, tool):
        one = self.rules.tools[tool]
        return Question(
            id=tool,
            ask=one.title,
            kind="one_of",
            options={name: outcome.title for name, outcome in one.outcomes.items()},
        )

    def _known(self, space):
        """The typed answers that concern a point, tools worked out where their own answers are given."""
        known = {}
        for name in space.questions:
            if name in self.answers:
                known[name] = self.answers[name]
            elif name in self.tool_answers:
                outcome = self._tool_result(name)["outcome"]
                if outcome is not None:
                    known[name] = outcome
        return known

    def _facts(self, space):
        """What is known at a point: the answers, and of a tool that is undecided what it can still come to."""
        facts = space.facts(self._known(space))
        for name in space.questions:
            if name in self.answers or name not in self.tool_answers:
                continue
            remaining = tuple(one["outcome"] for one in self._tool_result(name)["still_possible"])
            if len(remaining) > 1:
                can_be = space.diagram_of(OutcomeOf(name, remaining))
                if facts.constraint is not None:
                    can_be = space.store.combine(facts.constraint, can_be, lambda one, other: one and other)
                facts = replace(facts, constraint=can_be)
        return facts

    def _tool_result(self, tool):
        """The answer of a tool that the walk has come to."""
        self.tool_results[tool] = self._decided(tool)
        return self.tool_results[tool]

    def _decided(self, tool):
        if tool not in self.decided:
            with self._named_by_tool(tool):
                self.decided[tool] = decide_on_the_way(
                    self.rules, tool, self.tool_answers.get(tool, {}), on=self.on, place=self.place, today=self.today
                )
        return self.decided[tool]

    @contextmanager
    def _named_by_tool(self, tool):
        """An error names a tool's questions as they were given: ``tool.question``."""
        try:
            yield
        except AnswerError as error:
            given = self.given_to_tools.get(tool, {})
            error.where = ", ".join(f"{tool}.{one}" if one in given else one for one in (error.where or "").split(", "))
            raise

    def result(self):
        visited, travelled, cites, readings = [], [], [], []
        at, seen, status = self.pathway.starts_at, set(), None
        while status is None:
            pathway = self.home[at]
            point = pathway.points[at]
            space = self._space(pathway, at)
            facts = self._facts(space)
            visited.append(self._visit(pathway, point, space, facts))
            cites += point.cites
            readings += point.readings
            seen.add(at)
            node = space.given(space.root, facts)
            ways = [pathway.edges[name] for name in pathway.edges if name in space.possible(node)]
            if point.kind == "end":
                status, next_question = "ended", None
            elif len(ways) == 1:
                edge = ways[0]
                travelled.append(edge.id)
                cites += edge.cites
                readings += edge.readings
                visited[-1]["left_by"] = edge.id
                if edge.end in seen:
                    at, status, next_question = edge.end, "comes_round", None
                else:
                    at = edge.end
            else:
                status, next_question = "waiting", space.next_question(node, facts)
        words = Words({**self.questions}, tools=self.rules.tools)
        here = visited[-1] if status != "comes_round" else next(one for one in visited if one["point"] == at)
        actions = [action for one in visited for action in one["actions"]]
        return {
            "format": WALK_FORMAT,
            "pathway": self.pathway.id,
            "title": self.pathway.title,
            "on": self.on,
            "in": self.place,
            "answers": {
                **{
                    name: plain_answer(self.questions[name], value) if name in self.questions else value
                    for name, value in self.own_answers.items()
                },
                **{
                    f"{tool}.{name}": value
                    for tool, given in self.given_to_tools.items()
                    for name, value in given.items()
                },
            },
            "status": status,
            "stands_at": at,
            "stands_at_title": here["title"],
            "visited": visited,
            "travelled": travelled,
            "next_question": next_question,
            "ask": self._ask(next_question),
            "ways_on": [] if status != "waiting" else [self._way(words, edge) for edge in ways],
            "tools": {
                tool: {
                    "outcome": one["outcome"],
                    "title": one["title"],
                    "status": one["status"],
                    "answers": one["answers"],
                    "next_question": one["next_question"],
                    "deadlines": one["deadlines"],
                    "actions": one["actions"],
                }
                for tool, one in self.tool_results.items()
            },
            "cites": cited(self.rules, [*cites, *(name for action in actions for name in action["cites"])]),
            "readings": read_so(self.rules, [*readings, *(name for action in actions for name in action["readings"])]),
            "rules_hash": self.rules.rules_hash,
        }

    def _space(self, pathway, point):
        key = (pathway.id, "point", point)
        if key not in self.rules.spaces:
            self.rules.spaces[key] = point_space(self.rules, pathway, point)
        return self.rules.spaces[key]

    def _contradiction(self, pathway, entry):
        key = (pathway.id, "impossible", entry.id)
        if key not in self.rules.spaces:
            self.rules.spaces[key] = contradiction_space(self.rules, pathway, entry)
        return self.rules.spaces[key]

    def _ask(self, name):
        """What to ask: the pathway's own question, or the tool and its next question."""
        if name is None:
            return None
        if name in self.questions:
            return {"question": name, "tool": None}
        result = (
            self._tool_result(name)
            if name in self.tool_answers
            else decide_on_the_way(self.rules, name, {}, on=self.on, place=self.place, today=self.today)
        )
        return {"question": result["next_question"], "tool": name}

    def _visit(self, pathway, point, space, facts):
        actions = []
        for name in point.actions:
            node = space.given(space.rule_root(("action", name)), facts)
            values = space.possible(node)
            if values == frozenset({False}):
                continue
            action = self.rules.actions[name]
            length = None
            if action.deadline:
                rule = self.rules.deadlines[action.deadline]
                length = length_in_words(rule.limit, rule.target)
            certain = values == frozenset({True})
            actions.append(
                {
                    "id": name,
                    "who": action.who,
                    "who_title": self.rules.roles[action.who].title,
                    "what": action.does,
                    "force": action.force,
                    "when_words": action.when_words,
                    "form": [{"id": form, "title": self.rules.forms[form].title} for form in action.forms],
                    "deadline": action.deadline,
                    "length": length,
                    "certain": certain,
                    "depends_on": []
                    if certain
                    else [one for one in space.questions if one not in facts.answered and space.can_change(node, one)],
                    "note": action.note,
                    "cites": list(action.cites),
                    "readings": list(action.readings),
                }
            )
        return {
            "point": point.id,
            "title": point.title,
            "stage": point.stage,
            "kind": point.kind,
            "about": point.about,
            "common": pathway.common,
            "page": f"{pathway.page}#{point.id.lower()}",
            "actions": actions,
            "asks": list(space.questions),
            "left_by": None,
        }

    def _way(self, words, edge):
        rule = self.rules.deadlines[edge.deadline] if edge.deadline else None
        return {
            "edge": edge.id,
            "to": edge.end,
            "to_title": self.home[edge.end].points[edge.end].title,
            "label": edge.label or words.say(edge.when),
            "basis": edge.basis,
            "deadline": edge.deadline,
            "length": length_in_words(rule.limit, rule.target) if rule else None,
        }
