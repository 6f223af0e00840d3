"""A decision tool in a page: the live form, and everything that it knows as static text."""

from functools import partial

from build_scripts.site.forms import deadline_form as deadline_html
from build_scripts.site.forms import tool_form, workdays_form
from build_scripts.site.pieces.actions import action_table
from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.conditions import as_list
from build_scripts.site.pieces.site import badge, text
from decision_logic import clock
from decision_logic.deadlines import length_in_full
from decision_logic.linking import in_edition
from decision_logic.words import Words
from diagrams.figure import TOO_WIDE, natural_width

NOTICE_STATUS = {"in_force": "in force", "start_not_confirmed": "start not confirmed", "for_information": "for information"}


def tool(site, name, where="embedded"):
    """The live tool. ``{{ tool NAME own_page }}`` is written on the tool's own page, where the title is the page's."""
    one = site.named("tools", name)
    own = where == "own_page"
    page = None if own else site.href(one.page)
    table = "decision-table" if own else None
    local = partial(_local, site)
    instance = site.instance(name)
    form = tool_form(one, site.rules, own_page=own, instance=instance, table=table, page_link=page, local=local)
    return [here(site, ("tool", name)) + site.rooted(form)]


def _local(site, kind, name):
    """What areas say of something within a form; it is made page-relative with the form."""
    return here(site, (kind, name))


def deadline_form(site, name):
    """The form that works out one deadline."""
    form = deadline_html(site.named("deadlines", name), site.rules)
    return [here(site, ("deadline", name), ("calculator", name)) + site.rooted(form)]


def workdays(site):
    """The working-day calculator."""
    return [site.rooted(workdays_form(site.rules))]


def decision_map(site, name):
    """The tool's map with its text equivalent, one for each edition; the editions but the first are folded."""
    one, made = site.named("tools", name), []
    several = len(one.editions) > 1
    for edition in one.editions.values():
        drawn = site.maps[f"decision_{name}_{edition.id}" if several else f"decision_{name}"]
        html = map_with_text(site, drawn)
        if several:
            html = f"<details{' open' if not made else ''}><summary>{text(edition.title)}: {text(_when(site, edition))}</summary>{html}</details>"
        made.append(html)
    return made


def map_with_text(site, drawn, folded=True):
    """A drawn map, the rules it was made from, and the same as a list."""
    seal = f'<p class="hb-seal">Drawn from the rules <code data-map-rules-hash>{site.rules.rules_hash}</code></p>'
    words = drawn.text_html("index.md", prefix=f"text-{drawn.picture.id}")
    figure = drawn.figure("index.md")
    needed = " hb-map-text--needed" if natural_width(figure) > TOO_WIDE else ""
    listed = (
        f'<details class="hb-map-text{needed}"{"" if folded else " open"}><summary>The map as a list</summary>{words}</details>'
    )
    return site.rooted(figure + seal + listed)


def _when(site, edition):
    places = " and ".join(site.rules.places[place].title for place in edition.places)
    start = _day(edition.start)
    status = "" if edition.status == "in_force" else ", start date not confirmed"
    return f"{places}, from {start}" + (f" to {_day(edition.end)}" if edition.end else "") + status


def _day(day):
    return f"{day.day} {clock.MONTHS[day.month - 1]} {day.year}"


def decision(site, name):
    """Everything the tool knows, static: decision table, criteria, duties, deadlines, questions, editions and readings."""
    one = site.named("tools", name)
    words = Words.of_tool(site.rules, one)
    parts = ["## The decision table { #decision-table }", _outcome_table(site, one, words)]
    if one.criteria:
        parts += ["### Criteria { #criteria }", _criteria(site, one, words)]
    if one.impossible:
        parts += ["### Combinations that cannot occur { #impossible }", _impossible(site, one, words)]
    if one.duties or any(outcome.actions for outcome in one.outcomes.values()):
        parts += ["## Who does what { #who-does-what }", *_duties(site, one, words)]
    if one.deadlines:
        parts += ["## Time limits { #time-limits }", _deadlines(site, one, words)]
    if one.figures:
        parts += ["## What it works out { #figures }", _figures(site, one)]
    if one.checks:
        parts += ["## Limits { #limits }", _checks(site, one, words)]
    parts += ["## The questions { #questions }", _questions(site, one)]
    parts += ["## Editions { #editions }", _editions(site, one)]
    readings = _readings_of(site, one)
    if readings:
        parts += ["## Our readings { #readings }", _reading_list(site, readings)]
    notices = [notice for notice in site.rules.notices.values() if name in notice.tools]
    if notices:
        parts += ["## Later law { #notices }", "".join(notice_html(site, notice) for notice in notices)]
    return parts


def _only(tool, entry):
    """In which editions an entry stands, where not in all."""
    if not entry.only_in or len(tool.editions) == 1:
        return ""
    titles = ", ".join(tool.editions[edition].title for edition in tool.editions if in_edition(entry, edition))
    return f'<p class="hb-note">Only in: {text(titles)}</p>'


def _ours(site, readings):
    if not readings:
        return ""
    links = ", ".join(site.link(f"reference/readings.md#{one}", site.rules.readings[one].title) for one in readings)
    return f'<p class="hb-note"><span class="hb-ours">Our reading:</span> {links}</p>'


def _table(head, rows, css=""):
    heads = "".join(f'<th scope="col">{one}</th>' for one in head)
    body = "".join(
        f"<tr{attributes}>"
        + "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in zip(head, cells, strict=True))
        + "</tr>"
        for attributes, cells in rows
    )
    return f'<table class="hb-table {css}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _outcome_table(site, one, words):
    rows = []
    for outcome in one.outcomes.values():
        before = "".join(
            f'<p class="hb-note">Comes before “{text(one.outcomes[other].title)}”: {text(why.because)} {site.marks(why.cites)}</p>'
            for other, why in outcome.before.items()
        )
        gap = '<span class="hb-badge hb-badge--gap">the source is silent</span> ' if outcome.kind == "gap" else ""
        answer = f"<strong>{gap}{text(outcome.title)}</strong><p>{text(outcome.because)} {site.marks(outcome.cites)}</p>{before}{_ours(site, outcome.readings)}{_only(one, outcome)}"
        rows.append((f' id="outcome-{outcome.id}"', (as_list(words, outcome.when), answer)))
    return _table(("If", "Then"), rows, "hb-table--decision")


def _criteria(site, one, words):
    rows = [
        (
            f' id="criterion-{entry.id}"',
            (
                f"<strong>{text(entry.title)}</strong>",
                as_list(words, entry.when),
                f"{text(entry.because)} {site.marks(entry.cites)}{_ours(site, entry.readings)}{_only(one, entry)}",
            ),
        )
        for entry in one.criteria.values()
    ]
    return _table(("Criterion", "Met if", "Why"), rows)


def _impossible(site, one, words):
    rows = [
        ("", (as_list(words, entry.when), text(entry.because) + (" " + site.marks(entry.cites) if entry.cites else "")))
        for entry in one.impossible.values()
    ]
    return _table(("Combination", "Why not"), rows)


def _duties(site, one, words):
    made = []
    for outcome in one.outcomes.values():
        if outcome.actions:
            made.append(
                action_table(
                    site,
                    [(site.rules.actions[name], None) for name in outcome.actions],
                    f"If the answer is: {outcome.title}",
                )
            )
    for duty in one.duties.values():
        made.append(
            f'<div class="hb-duty" id="duty-{duty.id}"><div class="hb-duty__if">If {as_list(words, duty.when)}</div><p>{text(duty.because)} {site.marks(duty.cites)}</p>{_ours(site, duty.readings)}{_only(one, duty)}</div>'
            + action_table(site, [(site.rules.actions[name], None) for name in duty.actions], duty.because)
        )
    return made


def _deadlines(site, one, words):
    rows = []
    for use in one.deadlines.values():
        rule = site.rules.deadlines[use.rule]
        length = site.link(f"tools/deadlines.md#{rule.id}", length_in_full(rule.limit, rule.target))
        rows.append(
            (
                f' id="deadline-{use.id}"',
                (
                    text(use.title or rule.title),
                    f"{badge(rule.force)} {length}",
                    text(one.questions[use.starts_from].ask),
                    as_list(words, use.when),
                    site.marks(rule.cites) + _ours(site, (*rule.readings, *use.readings)),
                ),
            )
        )
    return _table(("What", "Length", "Counted from", "If", "Source"), rows)


def _figures(site, one):
    from decision_logic.figures import say

    rows = [
        (
            f' id="figure-{entry.id}"',
            (
                text(entry.title),
                text(say(entry.value, one.questions, site.rules.quantities)),
                text(entry.unit),
                f"{text(entry.because)} {site.marks(entry.cites)}{_ours(site, entry.readings)}",
            ),
        )
        for entry in one.figures.values()
    ]
    return _table(("Figure", "Worked out as", "Counts", "Why"), rows)


def _checks(site, one, words):
    from decision_logic.figures import say

    rows = []
    for entry in one.checks.values():
        bounds = "; ".join(f"{word} {say(bound, one.questions, site.rules.quantities)}" for word, bound in entry.bounds)
        rows.append(
            (
                f' id="check-{entry.id}"',
                (
                    text(one.questions[entry.question].label),
                    text(bounds),
                    as_list(words, entry.when),
                    f"{text(entry.because)} {site.marks(entry.cites)}{_ours(site, entry.readings)}{_only(one, entry)}",
                ),
            )
        )
    return _table(("Number", "Must be", "If", "Why it is refused otherwise"), rows)


def _questions(site, one):
    items = []
    for question in one.questions.values():
        options = list(question.options.values())
        if question.kind == "yes_no":
            options = ["yes", "no"]
        if question.kind == "several_of":
            options.append(question.none)
        shown = (
            f"<p>{text('; '.join(options))}</p>"
            if options
            else f"<p>{ {'number': 'A number', 'date': 'A date', 'date_time': 'A date and time'}[question.kind] }{' of ' + text(question.unit) if question.unit else ''}</p>"
        )
        help_ = f'<p class="hb-note">{text(question.help)}</p>' if question.help else ""
        cites = site.marks(question.cites) if question.cites else ""
        items.append(
            f'<li id="question-{question.id}"><strong>{text(question.ask)}</strong> <code>{question.id}</code>{shown}{help_}{cites}{_ours(site, question.readings)}{_only(one, question)}</li>'
        )
    return f'<ol class="hb-question-list">{"".join(items)}</ol>'


def _editions(site, one):
    rows = [
        (
            "",
            (
                text(edition.title),
                text(_when(site, edition)),
                site.marks(edition.cites) + _ours(site, edition.readings),
            ),
        )
        for edition in one.editions.values()
    ]
    for entry in one.not_applicable:
        places = " and ".join(site.rules.places[place].title for place in entry.places)
        rows.append(("", ("Not applicable", text(places), f"{text(entry.because)} {site.marks(entry.cites)}")))
    return _table(("Edition", "Where and when", "Source"), rows)


def _readings_of(site, one):
    found = {}
    for part in (
        one.editions,
        one.questions,
        one.criteria,
        one.impossible,
        one.outcomes,
        one.duties,
        one.deadlines,
        one.figures,
        one.checks,
    ):
        for entry in part.values():
            found |= dict.fromkeys(entry.readings)
            if part is one.deadlines:
                found |= dict.fromkeys(site.rules.deadlines[entry.rule].readings)
            for action in getattr(entry, "actions", ()):
                found |= dict.fromkeys(site.rules.actions[action].readings)
    return list(found)


def _reading_list(site, names):
    return "".join(reading_html(site, site.rules.readings[name], anchor=False) for name in names)


def reading_html(site, one, anchor=True, used=()):
    """A reading, folded: what the source says, what it leaves open, how we read it, what the other reading would give."""
    quote = f"<dt>In the source’s words</dt><dd><q>{text(one.quote)}</q></dd>" if one.quote else ""
    gap = ' <span class="hb-badge hb-badge--gap">left open</span>' if one.gap else ""
    users = f'<p class="hb-note hb-users">Relied on by: {"; ".join(used)}</p>' if used else ""
    force = badge(one.force) + " " if one.force else ""
    body = (
        f"<dl><dt>The source says</dt><dd>{text(one.source_says)}</dd>{quote}<dt>It leaves open</dt><dd>{text(one.leaves_open)}</dd>"
        f"<dt>We read it so</dt><dd>{force}{text(one.our_reading)}</dd><dt>The other reading would give</dt><dd>{text(one.other_reading)}</dd></dl>{site.marks(one.cites)}{users}"
    )
    identifier = f' id="{one.id}"' if anchor else ""
    return f'<details class="hb-reading"{identifier}><summary>{text(one.title)}{gap}</summary>{body}</details>'


def notice_html(site, one, anchor=False):
    """A notice of later law."""
    identifier = f' id="{one.id}"' if anchor else ""
    until = f" to {_day(one.end)}" if one.end else ""
    since = f"Shown for dates from {_day(one.start)}{until}. " if one.start else ""
    where = f"For {text(' and '.join(site.rules.places[place].title for place in one.places))}. " if one.places else ""
    return f'<div class="hb-notice-static"{identifier}><p><strong>{text(one.title)}</strong> <span class="hb-badge">{NOTICE_STATUS[one.status]}</span></p><p>{text(one.text)}</p><p class="hb-note">{since}{where}{site.marks(one.cites)}</p></div>'
