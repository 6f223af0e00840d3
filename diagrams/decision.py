"""Tool → picture: its questions as pointed boxes, its answers as ends, each way labelled with the answer given.

Made from the tool's decision diagram, so the map asks only what can still make a difference, and a way that
the rules declare impossible is not drawn. An answer is drawn once for each question that leads to it: a map
then grows downwards like a list, where one shared end would pull lines across the whole page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import comb

from decision_logic.conditions import Answer, Chosen, Compare, Is, LastDay
from decision_logic.model import Question, RuleSet, Tool
from decision_logic.space import IMPOSSIBLE, Space, Variable
from decision_logic.words import Words
from diagrams.errors import PictureError
from diagrams.graph import Edge, Node, Picture

# More answers than this that lead one way are "any other answer" on the map; the text equivalent names them.
MOST_ON_A_WAY = 2
OTHERWISE = "Any other answer"

# (tool, "question" or "outcome", its identifier) → "tools/identification.md#question-tested"
DecisionLink = Callable[[Tool, str, str], str | None]


def decision_link(tool: Tool, what: str, name: str) -> str:
    """A question's or an outcome's place on the tool's own page."""
    return f"{tool.page}#{what}-{name}"


def decision(
    rules: RuleSet, tool_id: str, edition_id: str | None = None, link: DecisionLink = decision_link
) -> Picture:
    """The decision map of a tool's edition (the first of the file unless one is named)."""
    tool = rules.tools[tool_id]
    edition = tool.editions[edition_id or next(iter(tool.editions))]
    several = f", {edition.title}" if len(tool.editions) > 1 else ""
    name = f"{tool.id}_{edition.id}" if len(tool.editions) > 1 else tool.id
    drawing = _Drawing(tool, Space.of_tool(tool, edition.id), Words.of_tool(rules, tool), link)
    drawing.draw()
    return Picture(
        f"decision_{name}",
        f"{tool.title}{several}",
        "The questions to ask, in order, and the answer that each way leads to.",
        tuple(drawing.nodes),
        tuple(drawing.edges),
    )


@dataclass
class _Exit:
    """Where some of a question's answers lead, and those answers as the indexes of its levels."""

    target: int
    cubes: list[dict[int, frozenset[int]]] = field(default_factory=list)

    @property
    def indexes(self) -> list[int]:
        return sorted(frozenset().union(*(index for cube in self.cubes for index in cube.values())))


class _Drawing:
    def __init__(self, tool: Tool, space: Space, words: Words, link: DecisionLink) -> None:
        self.tool, self.space, self.words, self.link = tool, space, words, link
        self.store = space.store
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self._names: dict[int, str] = {}
        self._times: dict[str, int] = {}

    def draw(self) -> None:
        root = self._simplest(self.space.root, {})
        if self.store.is_terminal(root):
            self._end(root, self.tool.id)
        else:
            self._ask(root)

    def _simplest(self, node: int, memo: dict[int, int]) -> int:
        """The diagram without questions whose other answers are all impossible: those need not be asked."""
        if self.store.is_terminal(node):
            return node
        if node not in memo:
            children = [self._simplest(child, memo) for child in self.store.children(node)]
            possible = {child for child in children if not self._impossible(child)}
            memo[node] = possible.pop() if len(possible) == 1 else self.store.make(self.store.level(node), children)
        return memo[node]

    def _impossible(self, node: int) -> bool:
        return self.store.is_terminal(node) and self.store.value(node) is IMPOSSIBLE

    def _ask(self, node: int) -> str:
        """Draw the question that a diagram node asks, and all that follows; returns the name of its node."""
        if node in self._names:
            return self._names[node]
        variable = self.space.variables[self.store.level(node)]
        asked = variable.questions[0]
        question = self.space.questions[asked]
        name = self._name(f"ask_{'_'.join(variable.questions)}")
        self._names[node] = name
        self.nodes.append(
            Node(
                name,
                self._title(variable, question),
                "question",
                href=self.link(self.tool, "question", asked),
                tooltip=question.ask if question.short else "",
                of=asked,
            )
        )
        exits = self._exits(node, variable)
        for number, leads in enumerate(exits, start=1):
            head = self._end(leads.target, name) if self.store.is_terminal(leads.target) else self._ask(leads.target)
            words = self._say(variable, question, leads)
            most = max(exits, key=lambda one: len(one.indexes))
            if variable.kind == "value" and leads is most and len(leads.indexes) > MOST_ON_A_WAY and len(exits) > 1:
                self.edges.append(Edge(f"{name}_way_{number}", name, head, OTHERWISE, in_full=words))
            else:
                self.edges.append(Edge(f"{name}_way_{number}", name, head, words))
        return name

    def _name(self, wanted: str) -> str:
        self._times[wanted] = self._times.get(wanted, 0) + 1
        times = self._times[wanted]
        return wanted if times == 1 else f"{wanted}_{times}"

    def _end(self, node: int, asked_by: str) -> str:
        value = self.store.value(node)
        outcome = self.tool.outcomes.get(value) if isinstance(value, str) else None
        if outcome is None:
            raise PictureError(
                f"The tool {self.tool.id} has answers that lead to no single outcome ({value}):"
                " `handbook check rules` says which."
            )
        name = f"{outcome.id}_after_{asked_by}"
        if all(node.id != name for node in self.nodes):
            gap = outcome.kind == "gap"
            self.nodes.append(
                Node(
                    name,
                    outcome.title.removesuffix("."),
                    "gap" if gap else "outcome",
                    label="The source is silent" if gap else "",
                    href=self.link(self.tool, "outcome", outcome.id),
                    of=outcome.id,
                )
            )
        return name

    def _title(self, variable: Variable, question: Question) -> str:
        if variable.kind != "relation":
            return question.label
        other = self.space.questions[variable.questions[1]]
        return f"{question.label.rstrip('?')}, compared with {_lower(other.label.rstrip('?'))}"

    def _exits(self, node: int, variable: Variable) -> list[_Exit]:
        """Where the answers to one question lead. Each option of a several-of question has a level of its own."""
        exits: dict[int, _Exit] = {}
        bits = variable.kind == "bit"

        def go(at: int, taken: dict[int, frozenset[int]]) -> None:
            level = self.store.level(at)
            end = self.store.is_terminal(at)
            if end or (taken and not (bits and self.space.variables[level].questions == variable.questions)):
                if not self._impossible(at):
                    exits.setdefault(at, _Exit(at)).cubes.append(taken)
                return
            children: dict[int, set[int]] = {}
            for index, child in enumerate(self.store.children(at)):
                children.setdefault(child, set()).add(index)
            for child, indexes in children.items():
                go(child, {**taken, level: frozenset(indexes)})

        go(node, {})
        found = list(exits.values())
        # "Any of them" is said before "none of them": the plain answer first.
        return found[::-1] if bits else found

    def _say(self, variable: Variable, question: Question, leads: _Exit) -> str:
        if variable.kind == "bit":
            return _sentence(self._chosen(question, leads))
        if variable.kind == "value":
            values = [variable.values[index] for index in leads.indexes]
            return "; or ".join(_sentence(self.words.value(Is(question.id, (value,)))) for value in values)
        stretches = _stretches(leads.indexes)
        if variable.kind == "cell":
            return _sentence(" or ".join(self._cells(question, variable, *stretch) for stretch in stretches))
        return _sentence(" or ".join(self._relation(question, variable, *stretch) for stretch in stretches))

    def _chosen(self, question: Question, leads: _Exit) -> str:
        """In words, which options lead this way: by how many are chosen where that is all that counts."""
        levels = sorted(frozenset().union(*leads.cubes))
        options = tuple(self.space.variables[level].option for level in levels)
        yes_no = [{level: next(iter(index)) for level, index in cube.items()} for cube in leads.cubes]
        counted = _counts(levels, yes_no)
        if len(options) == 1:
            words = question.options[options[0]]
            return words if counted == (1, 1) else f"Not: {words}"
        if counted is not None:
            least, most = counted
            return self.words.value(Chosen(question.id, options, least, None if most == len(options) else most))
        parts = []
        for cube in yes_no:
            labels = {level: question.options[self.space.variables[level].option] for level in cube}
            chosen = [labels[level] for level, index in cube.items() if index]
            without = [labels[level] for level, index in cube.items() if not index]
            words = " and ".join(chosen)
            if without:
                words += (", without " if chosen else "without ") + " or ".join(without)
            parts.append(words)
        return "; or ".join(parts)

    def _cells(self, question: Question, variable: Variable, first: int, last: int) -> str:
        low, low_in = variable.values[first][:2]
        high, high_in = variable.values[last][2:]
        return self._between(question, low, low_in, high, high_in)

    def _relation(self, question: Question, variable: Variable, first: int, last: int) -> str:
        """Positions among the thresholds: even ones lie between two of them, odd ones on one."""
        start, end = variable.values[first][1][0], variable.values[last][1][-1]
        marks = [
            LastDay(use, variable.questions[1]) if use else Answer(variable.questions[1]) for use in variable.thresholds
        ]
        low = None if start == 0 else marks[(start - 1) // 2]
        high = None if end == 2 * len(marks) else marks[end // 2]
        return self._between(question, low, start % 2 == 1, high, end % 2 == 1)

    def _between(self, question: Question, low, low_in: bool, high, high_in: bool) -> str:
        def say(op: str, operand) -> str:
            return self.words.value(Compare(question.id, op, operand))

        if low is not None and low == high:
            return say("=", low)
        words = []
        if low is not None:
            words.append(say(">=" if low_in else ">", low))
        if high is not None:
            words.append(say("<=" if high_in else "<", high))
        return " and ".join(words)


def _stretches(indexes: list[int]) -> list[tuple[int, int]]:
    """Neighbouring indexes as first and last."""
    found: list[tuple[int, int]] = []
    for index in indexes:
        if found and found[-1][1] == index - 1:
            found[-1] = found[-1][0], index
        else:
            found.append((index, index))
    return found


def _counts(levels: list[int], cubes: list[dict[int, int]]) -> tuple[int, int] | None:
    """(least, most) where only the number of chosen options decides, and the numbers lie together; else None."""
    reached: dict[int, int] = {}
    for cube in cubes:
        free, fixed = len(levels) - len(cube), sum(cube.values())
        for more in range(free + 1):
            reached[fixed + more] = reached.get(fixed + more, 0) + comb(free, more)
    if any(ways != comb(len(levels), count) for count, ways in reached.items()):
        return None
    counts = sorted(reached)
    return (counts[0], counts[-1]) if counts == list(range(counts[0], counts[-1] + 1)) else None


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
