"""Conditions in words, for maps, tables and explanations."""

from decision_logic import clock
from decision_logic.conditions import All, Answer, Any, Chosen, Compare, Is, LastDay, Met, Not, Otherwise, OutcomeOf

NUMBER_PHRASES = {"<": "less than {}", "<=": "at most {}", "=": "{}", ">=": "at least {}", ">": "more than {}"}
DATE_PHRASES = {"<": "before {}", "<=": "on or before {}", "=": "on {}", ">=": "on or after {}", ">": "after {}"}
OPPOSITE = {"<": ">=", "<=": ">", ">=": "<", ">": "<="}


class Words:
    """Says conditions over ``questions`` {id: Question}, with titles of criteria, deadlines and tools' outcomes where given."""

    def __init__(self, questions, criteria=None, deadline_titles=None, tools=None):
        self.questions = questions
        self.criteria = criteria or {}
        self.deadline_titles = deadline_titles or {}
        self.tools = tools or {}

    @classmethod
    def of_tool(cls, rules, tool):
        """The words of a tool's own conditions."""
        titles = {use.id: rules.deadlines[use.rule].title for use in tool.deadlines.values()}
        return cls(tool.questions, tool.criteria, titles, rules.tools)

    @classmethod
    def of_pathway(cls, rules, pathway):
        """The words of a pathway's conditions."""
        return cls(pathway.questions, tools=rules.tools)

    def say(self, condition):
        """The condition as a phrase: parts joined by "and" and "or", with brackets where they are mixed."""
        return self._say(condition, top=True)

    def _say(self, condition, top=False):
        if isinstance(condition, (All, Any)):
            if not condition.parts:
                return "always" if isinstance(condition, All) else "never"
            if len(condition.parts) == 1:
                return self._say(condition.parts[0], top)
            joined = ("; and " if top else " and ") if isinstance(condition, All) else ("; or " if top else " or ")
            text = joined.join(self._say(part) for part in condition.parts)
            return text if top else f"({text})"
        if isinstance(condition, Not):
            return self._not(condition.part, top)
        if isinstance(condition, Met):
            return f"{self.criteria[condition.criterion].title}: met"
        if isinstance(condition, Otherwise):
            return "in any other case"
        if isinstance(condition, OutcomeOf):
            titles = [self.tools[condition.tool].outcomes[one].title.rstrip(".") for one in condition.outcomes]
            return f"“{self.tools[condition.tool].title}” gives {' or '.join(f'“{one}”' for one in titles)}"
        question = self.questions[condition.question]
        return f"{question.label.rstrip('?')}: {self.value(condition)}"

    def _not(self, part, top):
        if isinstance(part, Not):
            return self._say(part.part, top)
        if isinstance(part, (All, Any)) and part.parts:
            flipped = (Any if isinstance(part, All) else All)(tuple(Not(inner) for inner in part.parts))
            return self._say(flipped, top)
        if isinstance(part, Met):
            return f"{self.criteria[part.criterion].title}: not met"
        if isinstance(part, OutcomeOf):
            return self._say(part).replace("” gives “", "” does not give “", 1)
        if isinstance(part, Is) and self.questions[part.question].kind == "yes_no" and len(part.values) == 1:
            return self._say(Is(part.question, ("no" if part.values[0] == "yes" else "yes",)))
        if isinstance(part, Is):
            rest = tuple(option for option in self.questions[part.question].options if option not in part.values)
            return self._say(Is(part.question, rest)) if rest else "never"
        if isinstance(part, Compare) and part.op in OPPOSITE:
            return self._say(Compare(part.question, OPPOSITE[part.op], part.operand))
        if isinstance(part, Chosen) and part.least > 0 and part.most is None:
            return self._say(Chosen(part.question, part.options, 0, part.least - 1))
        return f"not ({self._say(part)})"

    def value(self, condition):
        """The right side of a simple condition alone, for a table's cell or an edge's label."""
        question = self.questions[condition.question]
        if isinstance(condition, Is):
            labels = [answer_in_words(question, value) for value in condition.values]
            # a label with a comma or an "or" of its own would run into the next one
            quoted = len(labels) > 1 and any("," in one or " or " in one for one in labels)
            return " or ".join(f"“{one}”" if quoted else one for one in labels)
        if isinstance(condition, Chosen):
            return self._chosen(question, condition)
        phrases = NUMBER_PHRASES if question.kind == "number" else DATE_PHRASES
        return phrases[condition.op].format(self._operand(question, condition.operand))

    def _operand(self, question, operand):
        if isinstance(operand, Answer):
            return f"the answer to “{self.questions[operand.question].label}”"
        if isinstance(operand, LastDay):
            return f"the last day of “{self.deadline_titles[operand.use]}”"
        return plain_in_words(question, operand)

    def _chosen(self, question, condition):
        everything = len(condition.options) == len(question.options)
        if condition.most == 0:
            return question.none.lower() if everything else "none of " + _either(question, condition.options)
        if condition.most is not None:
            return (
                f"at most {condition.most} of these"
                if everything
                else f"not all of {_either(question, condition.options, 'and')}"
                if condition.most == len(condition.options) - 1
                else f"at most {condition.most} of {_either(question, condition.options, 'and')}"
            )
        if condition.least == len(condition.options) and not everything:
            return _either(question, condition.options, "and")
        if everything:
            return "any of them" if condition.least == 1 else f"at least {condition.least} of them"
        return _either(question, condition.options)


def _either(question, options, word="or"):
    labels = [question.options[option] for option in options]
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + f" {word} " + labels[-1]


def plain_in_words(question, value):
    """A fixed number or date in words."""
    if question.kind in ("date", "date_time"):
        return f"{value.day} {clock.MONTHS[value.month - 1]} {value.year}"
    return f"{value} {question.unit}" if question.unit else str(value)


def answer_in_words(question, value):
    """A plain answer (text, list, number or ISO text) as the reader should see it."""
    if value == "not_known":
        return "not known yet"
    if question.kind == "yes_no":
        return value
    if question.kind == "one_of":
        return question.options[value]
    if question.kind == "several_of":
        return ", ".join(question.options[option] for option in value) or question.none
    return str(value)
