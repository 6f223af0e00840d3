"""What a role does: its actions along the journey, then in tools, then at all times, each group folded where there are many.

The rules say all of it. ``{{ role custody_sergeant inspector }}`` lists the roles that are named and the wider roles that they
are part of; whatever the source asks of "the police" is asked of a custody sergeant too. An action stands once, at the first
point of the journey that has it; the others are named beside it.
"""

from dataclasses import dataclass, field
from itertools import groupby

from build_scripts.site.pieces.actions import action_table
from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.places import in_order, places_on_journeys, point_links
from build_scripts.site.pieces.site import badge, text
from decision_logic.conditions import ALWAYS
from decision_logic.deadlines import length_in_full
from decision_logic.linking import in_edition
from decision_logic.model import STAGES
from decision_logic.words import Words

FEW = 8  # up to so many actions are shown unfolded
ANY_STAGE, IN_TOOLS, AT_ALL_TIMES = "any_stage", "tools", "at_all_times"
PARTS = {
    ANY_STAGE: "At any point of the journey",
    **{name: words[0].upper() + words[1:] for name, words in STAGES},
    IN_TOOLS: "In particular situations",
    AT_ALL_TIMES: "At all times",
}


@dataclass
class Group:
    """Actions that stand together: ``rows`` are (action, words of its condition or None, more HTML).

    A tool's group has ``parts`` (editions in words, rows), because the law may differ by place and date.
    """

    title: str
    about: str
    rows: list = field(default_factory=list)
    editions: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)


def _local(site, names):
    """What is otherwise in local areas for these roles."""
    block = here(site, *(("role", name) for name in names))
    return [block] if block else []


def role(site, *names):
    """``{{ role NAME … }}``: time limits and forms first, then every action."""
    if not names:
        raise TypeError("argument missing: a role")
    for name in names:
        site.named("roles", name)
    parts = parts_of_roles(site, names)
    found = [action for groups in parts.values() for group in groups for action, _, _ in group.rows]
    mark = site.instance("do")
    made = [*_local(site, names), *_at_a_glance(site, found)]
    folded = len(found) > FEW
    for part, groups in parts.items():
        if groups:
            made.append(f"### {PARTS[part]} {{ #{mark}-{part.replace('_', '-')} }}")
            made += [_group(site, group, folded, len({one.who for one in found}) > 1) for group in groups]
    return made


def with_wider_roles(rules, names):
    """The roles that are named and those that they are part of, each once."""
    found = dict.fromkeys(names)
    for name in names:
        while (name := rules.roles[name].part_of) is not None:
            found[name] = None
    return tuple(found)


def parts_of_roles(site, names):
    """{part: [Group]} of everything that the roles and their wider roles do, in the order of the journey."""
    acting = set(with_wider_roles(site.rules, names))
    parts = {part: {} for part in PARTS}
    placed = _on_journeys(site, acting, parts)
    placed |= _in_tools(site, acting, parts, placed)
    _on_checklists(site, acting, set(names), parts)
    return {part: list(groups.values()) for part, groups in parts.items()}


def _on_journeys(site, acting, parts):
    rules = site.rules
    places = {name: where for name, where in places_on_journeys(rules).items() if rules.actions[name].who in acting}
    order = [
        (stage, pathway.id, point.id)
        for stage, _ in STAGES
        for pathway in in_order(rules)
        for point in pathway.points.values()
        if point.stage == stage
    ]
    for name, where in sorted(places.items(), key=lambda item: _first(order, item[1])):
        action, (pathway, point, when) = rules.actions[name], where[0]
        stages = {one.stage for _, one, _ in where}
        if len({journey.id for journey, _, _ in where}) == 1:
            key, also = (pathway.id, point.id), _points(site, where[1:], "also at ")
            group = parts[point.stage].setdefault(
                key, Group(_point_title(pathway, point), _about_point(site, pathway, point))
            )
            condition = None if when == ALWAYS else Words.of_pathway(rules, pathway).say(when)
        else:
            part = point.stage if len(stages) == 1 else ANY_STAGE
            title = "On either journey" if part != ANY_STAGE else "Wherever it happens"
            group = parts[part].setdefault("several", Group(title, ""))
            condition, also = None, _points(site, where, "at ")
        group.rows.append((action, condition, also))
    for stage, _ in STAGES:
        if "several" in parts[stage]:  # what holds on either journey comes first
            parts[stage] = {"several": parts[stage].pop("several"), **parts[stage]}
    return set(places)


def _first(order, where):
    return min(order.index((point.stage, pathway.id, point.id)) for pathway, point, _ in where)


def _point_title(pathway, point):
    if point.id[0].isupper():
        return f"{point.id}: {point.title}"
    return f"{pathway.title}: {point.title}" if point.kind == "start" else point.title


def _about_point(site, pathway, point):
    link = site.link(
        f"{pathway.page}#{point.id.lower()}",
        f"{point.id} in the guidance" if point.id[0].isupper() else "In the guidance",
    )
    return f"{text(point.about)} {site.marks(point.cites)} {link}"


def _points(site, where, before):
    return f'<span class="hb-note">{before}{point_links(site, where)}</span>' if where else ""


def _in_tools(site, acting, parts, placed):
    rules, places = site.rules, {}
    for tool in rules.tools.values():
        for section in ("outcomes", "duties"):
            for entry in getattr(tool, section).values():
                for name in entry.actions:
                    if rules.actions[name].who in acting and name not in placed:
                        places.setdefault(name, {}).setdefault(tool.id, []).append((section, entry))
    for name, tools in places.items():
        tool = rules.tools[next(iter(tools))]
        entries = tools[tool.id]
        held = [
            index
            for index, edition in enumerate(tool.editions.values())
            if any(in_edition(entry, edition.id) for _, entry in entries)
        ]
        about = f"{text(tool.summary)} {site.link(tool.page, 'Open the tool')}"
        group = parts[IN_TOOLS].setdefault(tool.id, Group(tool.title, about))
        others = ", ".join(site.link(rules.tools[one].page, rules.tools[one].title) for one in list(tools)[1:])
        also = f'<span class="hb-note">also in {others}</span>' if others else ""
        group.rows.append((rules.actions[name], None, f"{_why(site, tool, entries)} {also}"))
        group.editions[name] = tuple(held) if len(held) < len(tool.editions) else ()
    for name, group in parts[IN_TOOLS].items():
        titles = [edition.title for edition in rules.tools[name].editions.values()]
        group.rows.sort(key=lambda row: group.editions[row[0].id])
        group.parts = [
            (" · ".join(titles[index] for index in held), list(rows))
            for held, rows in groupby(group.rows, key=lambda row: group.editions[row[0].id])
        ]
    return set(places)


def _why(site, tool, entries):
    made = []
    for section, entry in entries[:2]:
        if section == "outcomes":
            made.append("If the answer is " + site.link(f"{tool.page}#outcome-{entry.id}", f"“{entry.title}”"))
        else:
            made.append(f"{text(entry.because)} {site.link(f'{tool.page}#duty-{entry.id}', 'When exactly')}")
    if len(entries) > 2:
        rest = len(entries) - 2
        words = "And in one more case" if rest == 1 else f"And in {rest} more cases"
        made.append(site.link(f"{tool.page}#who-does-what", words))
    return f'<span class="hb-note">Why: {" ".join(made)}</span>'


def _on_checklists(site, acting, named, parts):
    """What the source asks of the whole team is listed with whoever answers for the team; the others are led to the list."""
    rules, elsewhere = site.rules, []
    for one in rules.checklists.values():
        rows = [rules.actions[name] for name in one.actions if rules.actions[name].who in acting]
        own = [(action, None, "") for action in rows if action.who in named]
        points = f"{len(one.actions)} point{'s' if len(one.actions) > 1 else ''}"
        if own:
            link = site.link(f"{one.page}#{one.id}", f"The whole list to tick and print, {points}")
            parts[AT_ALL_TIMES][one.id] = Group(one.title, f"{text(one.about)} {site.marks(one.cites)} {link}", own)
        elif rows:
            elsewhere.append(f"<li>{site.link(f'{one.page}#{one.id}', one.title)}, {points}</li>")
    if elsewhere:
        parts[AT_ALL_TIMES]["team"] = Group("What is asked of the team", f"<ul>{''.join(elsewhere)}</ul>")


def _group(site, group, folded, several):
    about = f'<div class="hb-why">{group.about}</div>' if group.about else ""
    if not group.rows:
        return f'<div class="hb-task"><p class="hb-task__title">{text(group.title)}</p>{about}</div>'
    made = about
    for held, rows in group.parts or [("", group.rows)]:
        if held:
            made += f'<p class="hb-task__title">Only in: {text(held)}</p>'
        made += action_table(
            site,
            [(action, condition) for action, condition, _ in rows],
            f"{group.title} {held}".strip(),
            more={action.id: html for action, _, html in rows},
            who=several,
            captioned=False,
        )
    if not folded:
        return f'<div class="hb-task"><p class="hb-task__title">{text(group.title)}</p>{made}</div>'
    counts = {force: sum(action.force == force for action, _, _ in group.rows) for force in ("must", "should", "may")}
    counted = ", ".join(f"{count} {force}" for force, count in counts.items() if count)
    return f'<details class="hb-task"><summary>{text(group.title)} <span class="hb-task__count">{counted}</span></summary>{made}</details>'


def _at_a_glance(site, found):
    limits, forms = {}, {}
    for action in found:
        if action.deadline:
            limits.setdefault(action.deadline, action)
        forms |= dict.fromkeys(action.forms)
    items = []
    for name in limits:
        one = site.rules.deadlines[name]
        length = site.link(f"tools/deadlines.md#{one.id}", length_in_full(one.limit, one.target))
        says = f" ({text(one.says)})" if one.says else ""
        items.append(
            f"<li>{badge(one.force)} {text(one.title)}: {length} from {text(one.starts)}{says} {site.marks(one.cites)}"
            f"{here(site, ('deadline', name))}</li>"
        )
    made = []
    if items:
        made.append(f'<p class="hb-task__title">Your time limits</p><ul class="hb-limits">{"".join(items)}</ul>')
    if forms:
        links = ", ".join(site.link(f"reference/forms.md#{form}", site.rules.forms[form].title) for form in forms)
        made.append(f'<p><span class="hb-task__title">Your forms and records:</span> {links}</p>')
    return made
