"""Decision diagrams: shared, reduced graphs that say for every combination of values what comes out.

A :class:`Diagrams` store has an ordered list of variables, each with a number of values. A node is an integer: it tests one
variable and has a child for each value; a terminal holds any hashable value. Equal subgraphs are stored once, so the cost of
an operation grows with the distinct states, not with the combinations. The method is Bryant's (1986) for binary diagrams,
with more than two values at a level (Srinivasan and others, 1990).
"""


class Diagrams:
    """A store of nodes over variables with the given numbers of values."""

    def __init__(self, sizes):
        self.sizes = tuple(sizes)
        self._level = []  # by node: the variable it tests; len(sizes) for terminals
        self._children = []  # by node: a tuple of nodes; for terminals the value
        self._nodes = {}
        self._terminals = {}

    def terminal(self, value):
        """The node that always gives ``value``."""
        node = self._terminals.get(value)
        if node is None:
            node = self._terminals[value] = self._add(len(self.sizes), value)
        return node

    def make(self, level, children):
        """The node that tests variable ``level``; its only child where all are the same."""
        children = tuple(children)
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (level, children)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self._add(level, children)
        return node

    def _add(self, level, children):
        self._level.append(level)
        self._children.append(children)
        return len(self._level) - 1

    def __len__(self):
        return len(self._level)

    def level(self, node):
        """The variable that a node tests; the number of variables for a terminal."""
        return self._level[node]

    def children(self, node):
        """A node's children, one for each value of its variable."""
        return self._children[node]

    def is_terminal(self, node):
        return self._level[node] == len(self.sizes)

    def value(self, node):
        """The value that a terminal holds."""
        return self._children[node]

    def child(self, node, level, index):
        """Where ``node`` leads once variable ``level`` has value ``index``; itself where it does not test that variable first."""
        return self._children[node][index] if self._level[node] == level else node

    def test(self, level, indexes, yes=True, no=False):
        """The diagram that gives ``yes`` where a variable has one of the values ``indexes`` and ``no`` elsewhere."""
        yes, no = self.terminal(yes), self.terminal(no)
        return self.make(level, [yes if index in indexes else no for index in range(self.sizes[level])])

    def combine(self, left, right, function):
        """The diagram of ``function(value of left, value of right)``."""
        memo = {}

        def go(a, b):
            key = (a, b)
            if key in memo:
                return memo[key]
            level = min(self._level[a], self._level[b])
            if level == len(self.sizes):
                made = self.terminal(function(self._children[a], self._children[b]))
            else:
                made = self.make(
                    level, [go(self.child(a, level, i), self.child(b, level, i)) for i in range(self.sizes[level])]
                )
            memo[key] = made
            return made

        return go(left, right)

    def map(self, node, function):
        """The diagram of ``function(value)``."""
        memo = {}

        def go(one):
            if one not in memo:
                if self.is_terminal(one):
                    memo[one] = self.terminal(function(self._children[one]))
                else:
                    memo[one] = self.make(self._level[one], [go(child) for child in self._children[one]])
            return memo[one]

        return go(node)

    def given(self, node, known):
        """The diagram once the variables in ``known`` {level: index} have those values."""
        memo = {}

        def go(one):
            if one not in memo:
                level = self._level[one]
                if level == len(self.sizes):
                    memo[one] = one
                elif level in known:
                    memo[one] = go(self._children[one][known[level]])
                else:
                    memo[one] = self.make(level, [go(child) for child in self._children[one]])
            return memo[one]

        return go(node)

    def outcomes(self, node):
        """The set of all values that the diagram can give."""
        found, seen, todo = set(), {node}, [node]
        while todo:
            one = todo.pop()
            if self.is_terminal(one):
                found.add(self._children[one])
            else:
                for child in self._children[one]:
                    if child not in seen:
                        seen.add(child)
                        todo.append(child)
        return found

    def support(self, node):
        """The set of variables that the diagram tests."""
        found, seen, todo = set(), {node}, [node]
        while todo:
            one = todo.pop()
            if not self.is_terminal(one):
                found.add(self._level[one])
                for child in self._children[one]:
                    if child not in seen:
                        seen.add(child)
                        todo.append(child)
        return found

    def gather(self, node, levels, join):
        """The diagram without the variables ``levels``: where they would part the way, ``join`` (associative) unites what comes out."""
        memo = {}

        def go(one):
            if one not in memo:
                level = self._level[one]
                if level == len(self.sizes):
                    memo[one] = one
                else:
                    children = [go(child) for child in self._children[one]]
                    if level in levels:
                        made = children[0]
                        for child in children[1:]:
                            made = self.combine(made, child, join)
                        memo[one] = made
                    else:
                        memo[one] = self.make(level, children)
            return memo[one]

        return go(node)

    def paths(self, node):
        """Every way through the diagram as ({level: index}, value), depth first in the order of the values."""
        stack = [({}, node)]
        while stack:
            taken, one = stack.pop()
            if self.is_terminal(one):
                yield taken, self._children[one]
            else:
                level = self._level[one]
                for index in reversed(range(self.sizes[level])):
                    stack.append(({**taken, level: index}, self._children[one][index]))
