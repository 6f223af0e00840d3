"""Which actions use a form: who does what with it, when, and at which point of a journey."""

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.actions import action_table
from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.places import places_on_journeys, point_links


def form_actions(site, name):
    """``{{ form_actions NAME }}``: every action of the rules that uses the form."""
    form, places = site.named("forms", name), places_on_journeys(site.rules)
    rows = [(action, None) for action in site.rules.actions.values() if name in action.forms]
    if not rows:
        raise SiteError(f"no action uses the form {name!r}", expected="a form that an action of the rules names")
    more = {
        action.id: f'<span class="hb-note">At {point_links(site, places[action.id])}</span>'
        for action, _ in rows
        if action.id in places
    }
    local = here(site, ("form", name))
    return [*([local] if local else []), action_table(site, rows, f"Who does what with it: {form.title}", more=more, captioned=False)]
