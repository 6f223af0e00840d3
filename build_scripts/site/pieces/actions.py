"""Tables of actions: who must, should or may do what, by when, with which form, and where it says so."""

from html import escape

from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.site import badge, text
from decision_logic.deadlines import length_in_full

HEADS = ("Who", "What", "By when", "Form", "Source")


def action_table(site, rows, caption, *, more=None, who=True, captioned=True):
    """A table of actions; ``rows`` are (action, words of its condition or None). On a phone each row is a card.

    A column that would be empty throughout is left out, and so is ``who`` where one role does it all. ``more`` {action's
    identifier: HTML} is added to what is done. Where the caption stands above already, it is not shown again.
    """
    made = [(action, _cells(site, action, when, (more or {}).get(action.id, ""))) for action, when in rows]
    used = [
        index
        for index in range(len(HEADS))
        if any(cells[index] for _, cells in made) and (who or HEADS[index] != "Who")
    ]
    heads = "".join(f'<th scope="col">{HEADS[index]}</th>' for index in used)
    body = "".join(_row(action, cells, used) for action, cells in made)
    named = ("", f"<caption>{text(caption)}</caption>") if captioned else (f' aria-label="{escape(caption)}"', "")
    return f'<table class="hb-table hb-table--actions"{named[0]}>{named[1]}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _row(action, cells, used):
    made = "".join(
        f'<th scope="row" data-label="Who">{cells[index]}</th>'
        if HEADS[index] == "Who"
        else f'<td data-label="{HEADS[index]}"{"" if cells[index] else " data-empty"}>{cells[index]}</td>'
        for index in used
    )
    return f"<tr>{made}</tr>"


def _cells(site, action, when, more):
    rules = site.rules
    what = f"{badge(action.force)} {text(action.does)}"
    condition = action.when_words or when
    if condition:
        what += f' <span class="hb-when">({text(condition)})</span>'
    if action.note:
        what += f' <span class="hb-note">{text(action.note)}</span>'
    if action.readings:
        what += " " + ", ".join(
            site.link(f"reference/readings.md#{one}", "our reading", title=rules.readings[one].title, class_="hb-ours")
            for one in action.readings
        )
    what += f" {more}" if more else ""
    what += here(site, ("action", action.id))
    forms = ", ".join(site.link(f"reference/forms.md#{form}", rules.forms[form].title) for form in action.forms)
    due = ""
    if action.deadline:
        one = rules.deadlines[action.deadline]
        due = site.link(
            f"tools/deadlines.md#{one.id}", length_in_full(one.limit, one.target), title=f"from {one.starts}"
        )
        due = f"{due} ({text(one.says)})" if one.says else due
        due += here(site, ("deadline", one.id))
    return text(rules.roles[action.who].title), what, due, forms, site.marks(action.cites)
