"""A condition as nested lists, for people to read."""

from decision_logic.conditions import All, Any, Met, Not
from build_scripts.site.pieces.site import text


def as_list(words, condition):
    """HTML of a condition: one line where it is simple, else lists headed "all of these" and "any of these"."""
    if isinstance(condition, (All, Any)) and len(condition.parts) == 1:
        return as_list(words, condition.parts[0])
    if isinstance(condition, (All, Any)) and condition.parts:
        head = "all of these" if isinstance(condition, All) else "any of these"
        items = "".join(f"<li>{as_list(words, part)}</li>" for part in condition.parts)
        return f'<span class="hb-logic">{head}</span><ul>{items}</ul>'
    if isinstance(condition, Not) and isinstance(condition.part, (All, Any)) and condition.part.parts:
        inner = condition.part
        flipped = (Any if isinstance(inner, All) else All)(tuple(Not(part) for part in inner.parts))
        return as_list(words, flipped)
    if isinstance(condition, Not) and isinstance(condition.part, Not):
        return as_list(words, condition.part.part)
    if isinstance(condition, (Met, Not)):
        return text(words.say(condition))
    return text(words.say(condition))
