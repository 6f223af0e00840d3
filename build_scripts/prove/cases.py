"""Example cases: one way through a decision diagram, in practitioner's words."""

from decision_logic.words import answer_in_words, plain_in_words


def example(space, node, wanted):
    """{level: index} of one way to a value for which ``wanted`` holds, testing as little as it can; None where there is none."""
    store, memo = space.store, {}

    def leads(one):
        if one not in memo:
            memo[one] = (
                wanted(store.value(one))
                if store.is_terminal(one)
                else any(leads(child) for child in store.children(one))
            )
        return memo[one]

    if not leads(node):
        return None
    taken = {}
    while not store.is_terminal(node):
        index, child = next((i, child) for i, child in enumerate(store.children(node)) if leads(child))
        taken[store.level(node)] = index
        node = child
    return taken


def in_words(space, taken):
    """A case as a phrase: "Drug test: Tested negative; Volunteered: no"."""
    said, several = [], {}
    for level, index in taken.items():
        variable = space.variables[level]
        question = space.questions[variable.questions[0]]
        label = question.label.rstrip("?")
        if variable.kind == "value":
            said.append(f"{label}: {answer_in_words(question, variable.values[index])}")
        elif variable.kind == "bit":
            several.setdefault(question.id, []).append((index, question.options[variable.option]))
        elif variable.kind == "cell":
            said.append(f"{label}: {_stretch(question, variable.values[index])}")
        else:
            said.append(f"{label}: {_standing(space, variable, index)}")
    for name, options in several.items():
        chosen = [label for index, label in options if index]
        question = space.questions[name]
        without = [label for index, label in options if not index]
        said.append(f"{question.label.rstrip('?')}: {', '.join(chosen) if chosen else 'without ' + ', '.join(without)}")
    return "; ".join(said) or "any answers"


def _stretch(question, cell):
    low, low_in, high, high_in = cell
    if low is not None and low == high:
        return plain_in_words(question, low)
    parts = []
    if low is not None:
        parts.append(
            ("from " if low_in else "above " if question.kind == "number" else "after ") + plain_in_words(question, low)
        )
    if high is not None:
        parts.append(
            ("up to " if high_in else "below " if question.kind == "number" else "before ")
            + plain_in_words(question, high)
        )
    return " and ".join(parts) or "anything"


def _standing(space, variable, index):
    other = space.questions[variable.questions[1]].label.rstrip("?")
    marks = [f"“{other}”" if use is None else f"the last day of {use} from it" for use in variable.thresholds]
    place, beside = divmod(variable.values[index][0], 2)
    if beside:
        return f"on {marks[place]}"
    if place == 0:
        return f"before {marks[0]}"
    return f"after {marks[place - 1]}" + (f", before {marks[place]}" if place < len(marks) else "")
