"""Lists with boxes to tick, on the screen or on paper. A box is the browser's own; what is ticked goes nowhere and is not kept."""

from build_scripts.site.pieces.site import badge, text


def checklist(site, name):
    """``{{ checklist NAME }}``: every point with its force, who answers for it, and where it says so."""
    one = site.named("checklists", name)
    items = "".join(_item(site, site.rules.actions[action]) for action in one.actions)
    return [
        f"## {one.title} {{ #{one.id} }}",
        f"<p>{text(one.about)} {site.marks(one.cites)}</p>",
        f'<ul class="hb-checklist">{items}</ul>',
    ]


def _item(site, action):
    rules = site.rules
    when = f' <span class="hb-when">({text(action.when_words)})</span>' if action.when_words else ""
    label = f'<label><input type="checkbox"><span>{badge(action.force)} {text(action.does)}{when}</span></label>'
    role = rules.roles[action.who]
    more = [site.link(role.page, role.title) if role.page else text(role.title)]
    more += [site.link(f"reference/forms.md#{form}", rules.forms[form].title) for form in action.forms]
    more += [
        site.link(f"reference/readings.md#{one}", "our reading", title=rules.readings[one].title, class_="hb-ours")
        for one in action.readings
    ]
    note = f"{text(action.note)} " if action.note else ""
    return f'<li>{label}<p class="hb-note">{note}{", ".join(more)} {site.marks(action.cites)}</p></li>'
