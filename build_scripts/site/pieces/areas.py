"""What is otherwise in local areas: blocks at the things that it concerns, and everything that an area says.

A block holds what every area says of a thing, folded behind one line, so that a page without scripts is complete and a reader
without an area is not disturbed. areas.js opens the part of the area that was chosen and hides the others. Its marks:

    [data-areas] > details         a block
    [data-area=ID]                 what one area says
"""

from build_scripts.site.errors import SiteError
from build_scripts.site.html import tag
from build_scripts.site.pieces.conditions import as_list
from build_scripts.site.pieces.site import badge, text
from decision_logic.areas import WORDS
from decision_logic.conditions import ALWAYS
from decision_logic.deadlines import length_in_words
from decision_logic.local import changed_rules, said_briefly
from decision_logic.words import Words

HOW = {"telephone": "Telephone", "email": "Email", "address": "Address", "website": "Website"}
APPLIES = {"here": "It runs here.", "in_part": "It runs only in", "not_here": "It does not run here."}


def here(site, *things):
    """A block of what areas say at these (kind, name) things, or nothing. Kinds are those of an area's ``at``."""
    parts = {area.title: html for area in by_title(site) if (html := says(site, area, things))}
    if not parts:
        return ""
    return tag(
        "div",
        tag("details", tag("summary", f"Differs in: {text(', '.join(parts))}"), *parts.values(), class_="hb-locals__fold"),
        class_="hb-locals",
        data_areas=True,
        data_search_exclude=True,
    )


def by_title(site):
    """The areas in the order of their titles."""
    return sorted(site.rules.areas.values(), key=lambda one: one.title)


def says(site, area, things, *, before=""):
    """What one area says at these things, under its name; nothing where there is nothing. ``before``: HTML to begin with."""
    wanted = set(things)
    entries = [before] if before else []
    entries += [_elsewhere(site, area, name) for kind, name in things if kind == "calculator"]
    entries += [_route(site, area, route) for name, route in area.routes.items() if ("journey", name) in wanted]
    entries += [_own(site, area, one) for one in changed_rules(site.rules, area) if _concerns(one, wanted)]
    entries += [note(site, area, one) for one in area.notes.values() if wanted & set(one.at.things)]
    entries += [contact(site, area, one) for one in area.contacts.values() if wanted & set(one.at.things)]
    entries = [one for one in entries if one]
    if not entries:
        return ""
    name = tag("p", text(f"In {area.title}"), class_="hb-local__name")
    return tag("div", name, *entries, class_="hb-local", data_area=area.id)


def _elsewhere(site, area, name):
    """That a time limit does not hold where an area has rules of its own, and which limits do."""
    limit, rules = site.rules.deadlines[name], site.rules
    if area.own_rules is None or set(limit.places) & set(rules.lineage(area.id)):
        return ""
    own = ", ".join(
        site.link(f"tools/deadlines.md#{one.id}", one.title)
        for one in rules.deadlines.values()
        if set(one.places) & set(rules.lineage(area.id))
    )
    places = " and ".join(rules.places[place].title for place in limit.places)
    said = f"<p><strong>This limit does not hold here.</strong> It is for {text(places)}. {site.marks(limit.cites)}</p>"
    return tag("div", said, tag("p", "Limits here: ", own, class_="hb-local__see") if own else "", class_="hb-local__entry")


def _concerns(rule, wanted):
    _, kind, tool, entry = rule
    return ("tool", tool) in wanted if tool else (kind, entry.id) in wanted


def note(site, area, one):
    """A note with its sources, and how far it can be relied on."""
    return _entry(site, area, one, text(one.title), text(one.text), one.readings, leads(site, one.see))


def contact(site, area, one):
    """A contact. What was not checked is no link to call or write to."""
    shown = text(one.value)
    if (one.status or area.status) == "checked" and one.how in ("telephone", "email"):
        address = f"tel:{one.value.replace(' ', '')}" if one.how == "telephone" else f"mailto:{one.value}"
        shown = tag("a", shown, href=address)
    said = f"{HOW[one.how]} <strong>{shown}</strong>. {text(one.text)}"
    return _entry(site, area, one, text(one.title), said, (), "")


def _route(site, area, one):
    places = " and ".join(site.rules.places[place].title for place in one.only_in)
    applies = f"{APPLIES[one.applies]} {text(places)}." if places else APPLIES[one.applies]
    return _entry(site, area, one, "This journey", f"{applies} {text(one.text)}", one.readings, leads(site, one.see))


def _entry(site, area, one, title, said, readings, see):
    return tag(
        "div",
        f"<p><strong>{title}.</strong> {said} {site.marks(one.cites)}{_ours(site, readings)}</p>",
        see,
        tag("p", text(area.reliance(one)), class_="hb-note"),
        class_="hb-local__entry",
    )


def leads(site, see):
    """Where to go instead."""
    found = [site.rules.tools[name] for name in see.tools] + [site.rules.pathways[name] for name in see.journeys]
    links = ", ".join(site.link(one.page, one.title) for one in found)
    return tag("p", "Use instead: ", links, class_="hb-local__see") if links else ""


def _ours(site, readings):
    """Marks of our readings; their titles are there for those who hear the links."""
    words = ["our reading"] if len(readings) == 1 else [str(number) for number, _ in enumerate(readings, 1)]
    titles = [site.rules.readings[one].title for one in readings]
    names = ["our reading"] if len(readings) == 1 else [f"our reading {word}" for word in words]
    links = ", ".join(
        site.link(f"reference/readings.md#{one}", word, title=title, aria_label=f"{name}: {title}", class_="hb-ours")
        for one, word, title, name in zip(readings, words, titles, names, strict=True)
    )
    return f' <span class="hb-ours">our readings {links}</span>' if len(readings) > 1 else f" {links}" if links else ""


def _own(site, area, rule, whole=False):
    """A rule that is the area's own, in brief or with its condition."""
    word, kind, tool, entry = rule
    head = "By a rule of its own" if tool else "Of its own"
    if kind == "deadline" and tool is None:
        head = text(entry.title)
        said = f"{badge(entry.force)} {text(length_in_words(entry.limit, entry.target))}, from {text(entry.starts)}."
        if word == "instead":
            core = site.rules.deadlines[entry.id]
            said += f" Elsewhere {text(length_in_words(core.limit, core.target))}."
    else:
        brief = said_briefly(entry)
        because = getattr(entry, "because", "")
        said = text(brief) + (f" {text(because)}" if because and because != brief else "")
        when = getattr(entry, "when", None)
        if whole and tool and when not in (None, ALWAYS):
            local = site.rules.at(area.id)
            said += f"</p><div>If {as_list(Words.of_tool(local, local.tools[tool]), when)}</div><p>"
    cites = site.marks(entry.cites) if getattr(entry, "cites", None) else ""
    readings = _ours(site, getattr(entry, "readings", ()))
    return tag("div", f"<p><strong>{head}.</strong> {said} {cites}{readings}</p>", class_="hb-local__entry")


# ---- Everything that an area says ----


def listing(site, name=None):
    """``{{ list areas }}``: every area in full, or one of them."""
    if name is not None and name not in site.rules.areas:
        raise SiteError(f"there is no area {name!r}", expected="one of " + ", ".join(site.rules.areas))
    made = []
    for area in by_title(site):
        if name is None:
            made.append(f"## {area.title} {{ #{area.id} }}")
        if name in (None, area.id):
            made += _whole(site, area, linked=name is None)
    return made


def _whole(site, area, linked):
    page = f" Its page: {site.link(area.page, site.page_title(area.page))}." if linked and area.page else ""
    yield f"<p>{text(area.about)}{page}</p>" + tag("p", text(area.reliance()), class_="hb-note")
    yield _table(("Subject", "Here"), _facts(site, area))
    if area.notes:
        yield f"### What differs in {area.title}, and where {{ #{area.id}-differs }}"
        yield "".join(tag("div", note(site, area, one), _where(site, one), class_="hb-local__whole") for one in area.notes.values())
    if area.contacts:
        yield f"### Contacts in {area.title} {{ #{area.id}-contacts }}"
        yield "".join(contact(site, area, one) for one in area.contacts.values())
    own = [one for one in changed_rules(site.rules, area) if one[1] not in WORDS]
    if own:
        yield f"### Rules of {area.title}'s own {{ #{area.id}-rules }}"
        yield "".join(tag("div", _own(site, area, one, whole=True), _of_tool(site, one), class_="hb-local__whole") for one in own)
    if area.services:
        yield f"### Services in {area.title} {{ #{area.id}-services }}"
        rows = [
            (f"{area.id}-{one.id}", (f"<strong>{text(one.title)}</strong>", f"{text(one.text)} {site.marks(one.cites)}"))
            for one in area.services.values()
        ]
        yield _table(("Service", "What to know"), rows)


def _facts(site, area):
    rules = site.rules
    if area.own_rules:
        own = area.own_rules
        yield None, ("The handbook", f"{text(own.text)} {site.marks(own.cites)}{leads(site, own.see)}")
    if area.minimum_age:
        age = area.minimum_age
        yield None, ("Age", f"From {age.years}. {text(age.text)} {site.marks(age.cites)}{_ours(site, age.readings)}")
    else:
        yield None, ("Age", "As in the handbook, which speaks of adults.")
    calendar = rules.calendar_of(area.id)
    yield None, ("Working days", site.link(f"reference/calendars.md#{calendar.id}", calendar.title))
    for name, route in area.routes.items():
        journey = rules.pathways[name]
        places = ", ".join(rules.places[place].title for place in route.only_in)
        applies = f"{APPLIES[route.applies]} {text(places)}." if places else APPLIES[route.applies]
        said = f"{applies} {text(route.text)} {site.marks(route.cites)}{_ours(site, route.readings)}{leads(site, route.see)}"
        yield None, (site.link(journey.page, journey.title), said)
    limits = [one for one in rules.at(area.id).deadlines.values() if _only_here(rules, area, one)]
    links = "; ".join(
        f"{site.link(f'tools/deadlines.md#{one.id}', one.title)}, {text(length_in_words(one.limit, one.target))}"
        for one in limits
    )
    yield None, ("Time limits", links or "As in the handbook.")


def _only_here(rules, area, limit):
    return all(area in rules.areas_at(place) for place in limit.places)


def _where(site, one):
    links = [link for kind, name in one.at.things if (link := _thing(site, kind, name))]
    return tag("p", "Shown at: ", ", ".join(links), class_="hb-note") if links else ""


def _thing(site, kind, name):
    """A link to a thing of the core; actions have no place of their own."""
    rules = site.rules
    if kind == "journey":
        return site.link(rules.pathways[name].page, rules.pathways[name].title)
    if kind == "point":
        pathway = next(one for one in rules.pathways.values() if name in one.points)
        label = name if name[0].isupper() else pathway.points[name].title
        return site.link(f"{pathway.page}#{name.lower()}", label)
    if kind == "tool":
        return site.link(rules.tools[name].page, rules.tools[name].title)
    if kind == "question":
        tool, question = name.split(".")
        return site.link(f"{rules.tools[tool].page}#question-{question}", rules.tools[tool].questions[question].ask)
    if kind == "form":
        return site.link(f"reference/forms.md#{name}", rules.forms[name].title)
    if kind == "deadline":
        return site.link(f"tools/deadlines.md#{name}", rules.deadlines[name].title)
    if kind == "page":
        return site.link(name, site.page_title(name))
    return text(rules.roles[name].title if kind == "role" else f"“{rules.actions[name].does}”")


def _of_tool(site, rule):
    tool = site.rules.tools.get(rule[2])
    return tag("p", "In the tool: ", site.link(tool.page, tool.title), class_="hb-note") if tool else ""


def _table(head, rows):
    heads = "".join(f'<th scope="col">{one}</th>' for one in head)
    body = "".join(
        tag("tr", tag("th", cells[0], scope="row"), tag("td", cells[1]), id=row)
        for row, cells in rows
    )
    return f'<table class="hb-table hb-table--facts"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def own_sources(site):
    """``{{ provisions areas }}``: the registers of the sources that areas have brought along."""
    from build_scripts.site.pieces.registers import register_of

    made = []
    for area in by_title(site):
        if area.source:
            document = site.rules.sources[area.id]
            made += [f"## {document.title} {{ #{area.id} }}", f"<p>{text(document.about)}</p>", register_of(document)]
    return made


def own_limits(site):
    """``{{ deadline_form areas }}``: the calculators of limits that areas have brought along."""
    from build_scripts.site.pieces.tools import deadline_form

    made = []
    for area in by_title(site):
        for name in area.adds.get("deadlines", {}):
            one = site.rules.deadlines[name]
            length = length_in_words(one.limit, one.target)
            made.append(f"## {one.title} ({area.title}) {{ #{name} }}")
            made.append(f"<p>{badge(one.force)} {text(length)}, from {text(one.starts)}. {site.marks(one.cites)}</p>")
            made += deadline_form(site, name)
    return made
