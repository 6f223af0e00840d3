"""The gaps: everything on which a source is silent and which this handbook leaves open, told by the rules themselves.

The site's search leads to the places themselves, so it passes this list over.
"""

from build_scripts.site.pieces.conditions import as_list
from build_scripts.site.pieces.site import text
from build_scripts.site.pieces.tools import _only, _ours, _table
from decision_logic.words import Words


UNSEARCHED = "data-search-exclude"


def gaps(site):
    """``{{ list gaps }}``: outcomes that are gaps, ends of journeys that rest on one, readings that fill nothing, unnamed forms."""
    made = [f"## In the tools {{ #in-the-tools {UNSEARCHED} }}"]
    for tool in site.rules.tools.values():
        silent = [outcome for outcome in tool.outcomes.values() if outcome.kind == "gap"]
        if silent:
            made.append(f"### {tool.title} {{ #{tool.id} {UNSEARCHED} }}")
            made.append(_list(("If", "What the source does not say"), [_outcome(site, tool, one) for one in silent]))
    made.append(f"## On the journeys {{ #on-the-journeys {UNSEARCHED} }}")
    made.append(_list(("Journey", "Where it stops"), [*_ends(site)]))
    made.append(f"## Left open by our readings {{ #readings {UNSEARCHED} }}")
    made.append("<p>Here the source can be read in no way that would fill the gap, so nothing is filled.</p>")
    made.append(_list(("Question", "What is left open", "What we do"), [*_readings(site)]))
    made.append(f"## Forms without a name {{ #forms {UNSEARCHED} }}")
    made.append("<p>The handbook asks for these in writing and names no form. The names are from elsewhere.</p>")
    made.append(_list(("Form", "What it is for"), [*_forms(site)]))
    return made


def _list(heads, rows):
    return f"<div {UNSEARCHED}>{_table(heads, rows)}</div>"


def _outcome(site, tool, one):
    words = Words.of_tool(site.rules, tool)
    title = site.link(f"{tool.page}#outcome-{one.id}", one.title)
    says = f"<strong>{title}</strong><p>{text(one.because)} {site.marks(one.cites)}</p>{_ours(site, one.readings)}{_only(tool, one)}"
    return f' id="{tool.id}-{one.id}"', (as_list(words, one.when), says)


def _ends(site):
    for pathway in site.rules.pathways.values():
        for point in pathway.points.values():
            if point.kind == "end" and any(site.rules.readings[name].gap for name in point.readings):
                title = site.link(f"{pathway.page}#{point.id.lower()}", point.title)
                says = f"<strong>{title}</strong><p>{text(point.about)} {site.marks(point.cites)}</p>{_ours(site, point.readings)}"
                yield f' id="{pathway.id}-{point.id}"', (text(pathway.title), says)


def _readings(site):
    for one in site.rules.readings.values():
        if one.gap:
            title = site.link(f"reference/readings.md#{one.id}", one.title)
            yield (
                f' id="reading-{one.id}"',
                (f"<strong>{title}</strong>", text(one.leaves_open), f"{text(one.our_reading)} {site.marks(one.cites)}"),
            )


def _forms(site):
    for one in site.rules.forms.values():
        if not one.named_in_source:
            title = site.link(f"reference/forms.md#{one.id}", one.title)
            note = f'<p class="hb-note">{text(one.note)}</p>' if one.note else ""
            yield f' id="form-{one.id}"', (f"<strong>{title}</strong>", f"{text(one.used_for)}{note} {site.marks(one.cites)}")
