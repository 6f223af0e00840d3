"""The fields of a form: a question or another thing to enter, with its sentence, help, message and controls.

Pure functions from the model to HTML; build_scripts/site/forms.py says which marks the scripts rely on.
"""

from html import escape

from build_scripts.site.html import tag


def question_field(instance, number, count, question, tool, *, said=None, local=None, **more):
    """One question of a tool: where it stands (``said`` puts it otherwise), its sentence, its help and its controls.

    ``local``: HTML of what is otherwise in local areas.
    """
    name = question.id
    only = [tool.editions[edition].title for edition in question.only_in if edition in tool.editions]
    state = tag(
        "p",
        escape(said) if said else f"Question {number} of {count}",
        tag("span", class_="hb-question__mark", data_mark=True),
        tag("span", escape(f" · only in: {', '.join(only)}"), data_without_script=True) if only else None,
        class_="hb-question__state",
    )
    help_ = (
        tag("details", tag("summary", "Help with this question"), tag("p", escape(question.help)), class_="hb-help")
        if question.help
        else None
    )
    help_ = (help_ or "") + (local or "") or None
    extra = {"data_only_in": " ".join(question.only_in) or None, **more}
    if question.kind in ("date", "date_time"):
        return typed_field(
            instance,
            name,
            question.kind,
            question.ask,
            now=True,
            state=state,
            help_=help_,
            hint="Left empty, it is not known yet.",
            **extra,
        )
    if question.kind == "number":
        return _number(instance, question, state, help_, extra)
    return field(
        instance,
        name,
        question.kind,
        question.ask,
        tag("div", *_choices(instance, question), class_=f"hb-options hb-options--{question.kind.replace('_', '-')}"),
        state=state,
        help_=help_,
        **extra,
    )


def _choices(instance, question):
    unknown = ("not_known", "Not known yet")
    if question.kind == "several_of":
        yield from (choice("checkbox", instance, question.id, key, label) for key, label in question.options.items())
        yield choice("checkbox", instance, question.id, "none_of_them", question.none, alone=True)
        yield choice("checkbox", instance, question.id, *unknown, alone=True)
        return
    options = {"yes": "Yes", "no": "No"} if question.kind == "yes_no" else question.options
    yield from (choice("radio", instance, question.id, key, label) for key, label in (*options.items(), unknown))


def choice(kind, instance, name, value, label, *, alone=False, checked=False):
    """One radio button or box with its label; ``alone``: it excludes the other boxes of its field."""
    box = tag(
        "input",
        type=kind,
        name=f"{instance}.{name}",
        value=value,
        id=f"{instance}-{name}-{value}",
        data_alone=alone,
        checked=checked,
    )
    return tag(
        "label",
        box,
        tag("span", escape(label), data_label=True),
        class_="hb-option" + (" hb-option--aside" if value in ("not_known", "none_of_them") else ""),
        for_=f"{instance}-{name}-{value}",
    )


def _number(instance, question, state, help_, extra):
    limits = " ".join(
        words
        for words in (
            f"At least {question.least}." if question.least is not None else "",
            f"At most {question.most}." if question.most is not None else "",
            "Left empty, it is not known yet.",
        )
        if words
    )
    box = tag(
        "input",
        type="text",
        inputmode="decimal" if question.decimals else "numeric",
        class_="hb-input hb-input--short",
        id=f"{instance}-{question.id}-box",
        aria_label=question.ask,
        aria_describedby=f"{instance}-{question.id}-hint",
        autocomplete="off",
    )
    unit = tag("span", escape(question.unit), class_="hb-unit") if question.unit else None
    return field(
        instance,
        question.id,
        "number",
        question.ask,
        tag("div", box, unit, class_="hb-line"),
        state=state,
        help_=help_,
        hint=limits,
        **extra,
    )


def typed_field(
    instance, name, kind, ask, *, now=False, state=None, help_=None, hint=None, compact=False, when=None, **extra
):
    """A date, or a date and a time, typed into small boxes: no picker, digits only on a phone's keypad."""
    parts = [("day", "Day", "hb-input--2"), ("month", "Month", "hb-input--2"), ("year", "Year", "hb-input--4")]
    if kind == "date_time":
        parts.append(("time", "Time", "hb-input--5"))
    boxes = [
        tag(
            "div",
            tag("label", label, for_=f"{instance}-{name}-{part}"),
            tag(
                "input",
                type="text",
                inputmode="numeric",
                class_=f"hb-input {width}",
                id=f"{instance}-{name}-{part}",
                data_part=part,
                autocomplete="off",
            ),
            class_="hb-box",
        )
        for part, label, width in parts
    ]
    button = (
        tag(
            "button",
            "Now" if kind == "date_time" else "Today",
            type="button",
            class_="hb-button hb-button--small",
            data_now=True,
            data_script=True,
            hidden=True,
        )
        if now
        else None
    )
    example = "For example 21 4 2011" + (" and 14:30." if kind == "date_time" else ".")
    return field(
        instance,
        name,
        kind,
        ask,
        tag("div", *boxes, button, class_="hb-line hb-line--parts"),
        state=state,
        help_=help_,
        hint=f"{example} {hint}" if hint else example,
        compact=compact,
        when=when,
        **extra,
    )


def field(instance, name, kind, ask, controls, *, state=None, help_=None, hint=None, compact=False, when=None, **extra):
    """A fieldset with its legend; what the field is about comes before what it takes."""
    own = f"{instance}-{name}"
    described = " ".join(part for part in (f"{own}-error", f"{own}-hint" if hint else None) if part)
    return tag(
        "div",
        state,
        tag(
            "fieldset",
            tag("legend", tag("span", escape(ask), data_ask=True), class_="hb-question__ask"),
            tag(
                "div",
                tag("p", escape(hint), class_="hb-hint", id=f"{own}-hint") if hint else None,
                help_,
                tag("p", class_="hb-error", id=f"{own}-error", data_error=True, hidden=True),
                controls,
                class_="hb-question__body",
                data_body=True,
            ),
            aria_describedby=described,
        ),
        class_="hb-question" + (" hb-question--compact" if compact else ""),
        id=own,
        data_field=name,
        data_kind=kind,
        data_when=when,
        **extra,
    )


def place_field(instance, places, rules, *, held=None):
    """The choice of the place; the first is chosen where nobody chooses. Local areas within ``held`` (places) come besides."""
    options = [_place(rules, one) for one in places]
    areas = [one.id for one in rules.areas.values() if not one.whole and one.id not in places]
    within = [one for one in areas if set(rules.lineage(one)) & set(places if held is None else held)]
    if within:
        named = sorted(within, key=lambda one: rules.places[one].title)
        options.append(tag("optgroup", *(_place(rules, one) for one in named), label="Local areas"))
    box = f"{instance}-in-box"
    return [
        tag(
            "div",
            tag("label", "Where?", class_="hb-question__ask", for_=box, data_ask=True),
            tag(
                "div",
                tag("select", *options, id=box, class_="hb-input hb-select", autocomplete="off"),
                class_="hb-line",
            ),
            tag("p", class_="hb-error", id=f"{instance}-in-error", data_error=True, hidden=True),
            class_="hb-question hb-question--compact",
            id=f"{instance}-in",
            data_field="in",
            data_kind="choice",
        )
    ]


def _place(rules, place):
    return tag("option", escape(rules.places[place].title), value=place)
