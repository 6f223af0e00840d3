"""Tools, deadlines and the working-day calculator as plain HTML forms, made from the model.

Pure functions: model in, HTML out. What they write is complete without JavaScript: every question with its legend,
help and choices. The scripts tool.js, deadline.js and workdays.js in docs/assets/javascripts bring the forms to life
and read nothing but them, so this file is one half of a contract; its marks are the ``data-`` attributes:

    form[data-tool|data-deadline|data-workdays]   with data-instance (what memory calls it), data-rules-hash,
                                                  data-table (the id of the static decision table, the way on)
    [data-field=NAME][data-kind=KIND]             one field: a question, or the place (``in``), the date (``on``) …
    [data-part=day|month|year|time]               the boxes of a typed date
    [data-ask] [data-error] [data-mark] [data-body]
                                                  a question's sentence, message, state in words; what folds away
    [data-summary] [data-engine] [data-status] [data-answer]
                                                  error summary, failure note, live line, the answer's place
    [data-script] / [data-without-script]         shown only where the page is live / only where it is not

A form never goes anywhere: ``method="dialog"`` outside a dialog submits nothing, so that answers cannot reach the
address or a server even where JavaScript is off. There is no blank line in the HTML, so that it can stand in Markdown
as one block.
"""

from html import escape

from build_scripts.site.fields import choice, field, place_field, question_field, typed_field
from build_scripts.site.html import tag

KEPT = "Nothing that you enter leaves this device or is stored on it."
_NO_SUBSTITUTE = (
    "This applies what {} says to what you enter. It is no clinical guidance, trains nobody in assessment, "
    "and replaces neither supervision nor your own judgement."
)
NO_SUBSTITUTE = _NO_SUBSTITUTE.format("the handbook")
CHECK_LIST = (
    "The questions can be read as a check-list as they stand. To have the answer worked out here the page needs "
    "JavaScript; without it, the decision table gives the same answer."
)
NO_COUNTING = (
    "To have the days counted here the page needs JavaScript; without it, count by the rule on this page and the list "
    "of non-working days."
)


def tool_form(tool, rules, *, own_page=True, instance=None, table=None, page_link=None, local=None):
    """The form of a tool with its empty place for the answer.

    own_page: whether it stands on the tool's own page (its title is then the page's) or within the guidance.
    instance: distinguishes two forms of one tool on one page; forms with the same instance share what was answered.
    table: the id of the static decision table on the page.
    page_link: where the tool's own page is, for a form in the guidance.
    local: (kind, name) → HTML of what areas say of a question.
    """
    instance = instance or tool.id
    level = 2 if own_page else 3
    numbered = [
        question_field(
            instance,
            number,
            len(tool.questions),
            question,
            tool,
            local=local("question", f"{tool.id}.{question.id}") if local else None,
        )
        for number, question in enumerate(tool.questions.values(), start=1)
    ]
    places = [place for one in tool.editions.values() for place in one.places]
    return _form(
        "tool",
        tool.id,
        instance,
        rules,
        level,
        title=None if own_page else tool.title,
        intro=None if own_page else _embedded_intro(tool, page_link),
        first=_where_and_when(instance, tool, rules),
        questions=numbered,
        table=table,
        own_page=own_page,
        attributes={"data_title": tool.title, "data_level": level},
        source=_source(places, [name for one in tool.outcomes.values() for name in one.cites], rules),
    )


def deadline_form(deadline, rules, *, instance=None):
    """The form that works out one deadline: its starting event, typed, and the place."""
    instance = instance or f"deadline_{deadline.id}"
    needs = "date_time" if deadline.needs == "date_time" else "date"
    starts = typed_field(instance, "from", needs, f"{_capital(deadline.starts)}: when was that?", now=True)
    return _form(
        "deadline",
        deadline.id,
        instance,
        rules,
        3,
        title=None,
        intro=None,
        first=place_field(instance, deadline.places, rules),
        questions=[starts],
        table=None,
        own_page=False,
        attributes={"data_title": deadline.title, "data_level": 3},
        button="Work it out",
        source=_source(deadline.places, deadline.cites, rules),
    )


def workdays_form(rules, *, instance="workdays"):
    """The general working-day calculator: so many working days after or before a date, or those between two dates."""
    places = [one.id for one in rules.places.values() if one.within is None]  # areas lie in them
    what = field(
        instance,
        "do",
        "one_of",
        "What do you want to know?",
        tag(
            "div",
            choice("radio", instance, "do", "after", "The date so many working days after a day", checked=True),
            choice("radio", instance, "do", "before", "The date so many working days before a day"),
            choice("radio", instance, "do", "between", "How many working days lie between two days"),
            class_="hb-options hb-options--one-of",
        ),
    )
    start = typed_field(instance, "from", "date", "From which day?", now=True)
    add = field(
        instance,
        "add",
        "number",
        "How many working days?",
        tag(
            "div",
            tag(
                "input",
                type="text",
                inputmode="numeric",
                class_="hb-input hb-input--short",
                id=f"{instance}-add-box",
                aria_label="How many working days?",
                autocomplete="off",
            ),
            tag("span", "working days", class_="hb-unit", aria_hidden="true"),
            class_="hb-line",
        ),
        when="after before",
    )
    end = typed_field(instance, "to", "date", "To which day?", now=True, when="between")
    return _form(
        "workdays",
        "workdays",
        instance,
        rules,
        2,
        title=None,
        intro=None,
        first=place_field(instance, places, rules),
        questions=[what, start, add, end],
        table=None,
        own_page=True,
        attributes={"data_title": "Working days", "data_level": 2},
        button="Count the days",
    )


def _source(places, cites, rules):
    """What a form applies: the handbook, or where an area has rules of its own instead, the document that is cited."""
    if all(any(area.own_rules for area in rules.areas_at(place)) for place in places):
        return f"“{rules.sources[rules.provisions[cites[0]].document].title}”"
    return "the handbook"


def _form(
    kind,
    identifier,
    instance,
    rules,
    level,
    *,
    title,
    intro,
    first,
    questions,
    table,
    own_page,
    attributes,
    button="Show the answer",
    source="the handbook",
):
    """The frame that all three kinds of form share."""
    heading = f"h{level}"
    form = tag(
        "form",
        tag(heading, escape(title), class_="hb-tool__title", id=f"{instance}-title") if title else None,
        intro,
        tag(
            "div",
            tag(heading, "There is something to put right", class_="hb-summary__title"),
            tag("ul", data_summary_list=True),
            class_="hb-summary",
            data_summary=True,
            tabindex="-1",
            role="group",
            aria_label="Something to put right",
            hidden=True,
        ),
        tag("div", class_="hb-engine", data_engine=True, hidden=True),
        tag("p", escape(CHECK_LIST if kind == "tool" else NO_COUNTING), class_="hb-without", data_without_script=True),
        tag(
            "div",
            tag("div", *first, class_="hb-first"),
            tag("div", *questions, class_="hb-list"),
            tag(
                "div",
                tag("p", class_="hb-bar__status", data_status=True, role="status"),
                tag("button", escape(button), type="submit", class_="hb-button hb-button--main"),
                class_="hb-bar",
                data_script=True,
                hidden=True,
            ),
            class_="hb-questions",
        ),
        tag(
            "section",
            class_="hb-answer",
            data_answer=True,
            tabindex="-1",
            aria_label=f"The answer: {attributes['data_title']}",
            hidden=True,
        ),
        tag(
            "p",
            tag("strong", "Before you rely on it. "),
            escape(_NO_SUBSTITUTE.format(source)),
            " ",
            escape(KEPT),
            class_="hb-disclaimer",
        ),
        class_="hb-tool" + (" hb-tool--page" if own_page else ""),
        method="dialog",
        novalidate=True,
        autocomplete="off",
        aria_label=attributes["data_title"],
        data_search_exclude=True,
        **{f"data_{kind}": identifier},
        data_instance=instance,
        data_rules_hash=rules.rules_hash,
        data_table=table,
        data_own_page=own_page,
        **attributes,
    )
    return tag("div", form, class_="hb-frame")


def _embedded_intro(tool, page_link):
    link = tag("a", "Open the tool on its own page", href=page_link, data_tool_page=True) if page_link else None
    return tag("p", escape(tool.summary), " " if link else None, link, class_="hb-tool__intro")


def _where_and_when(instance, tool, rules):
    """The place and the date, which say which edition holds."""
    places = [one for edition in tool.editions.values() for one in edition.places]
    places += [one for elsewhere in tool.not_applicable for one in elsewhere.places]
    held = {one for edition in tool.editions.values() for one in edition.places}
    return [
        *place_field(instance, list(dict.fromkeys(places)), rules, held=held),
        typed_field(instance, "on", "date", "On what date?", now=True, compact=True, hint="Left empty, it is today."),
    ]


def _capital(text):
    return text[:1].upper() + text[1:]
