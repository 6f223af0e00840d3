"""The page for trainers: every scenario, with a link that opens its tool or walk filled in; the result is folded."""

import json
from html import escape
from itertools import groupby

from build_scripts.site.pieces.site import text
from decision_logic import HandbookError, walk_pathway
from decision_logic.local import decide_in_brief

STANDS = {"waiting": "The walk waits at", "ended": "The walk ends at", "comes_round": "The walk comes back to"}


def scenario_list(site):
    """Scenarios by tool and then by journey. The answer is worked out while the page is made, and folded."""
    made = []
    for _, cases in groupby(sorted(site.scenarios, key=lambda one: one.pathway is not None), key=_owner):
        cases = list(cases)
        made.append(f"## {_title(site, cases[0])} {{ #{_owner(cases[0])} }}")
        listed = "".join(_scenario(site, scenario) for scenario in cases)
        made.append(f'<details class="hb-cases"><summary>{len(cases)} cases</summary>{listed}</details>')
    return made


def _owner(scenario):
    return scenario.tool or scenario.pathway


def _title(site, scenario):
    owner = site.rules.tools[scenario.tool] if scenario.tool else site.rules.pathways[scenario.pathway]
    return owner.title


def _scenario(site, scenario):
    data = scenario.data
    link = case_link(site, scenario)
    try:
        result = (_decided if scenario.tool else _walked)(site, scenario)
    except HandbookError as error:
        result = error.message
    return (
        f'<section class="hb-case" id="{data.id}"><h3>{text(data.title)}</h3><p>{text(data.story)}</p><p>{link}</p>'
        "<details data-search-exclude><summary>What comes out, and what it teaches</summary>"
        f"<p><strong>{text(result)}</strong></p><p>{text(data.teaches)} {site.marks(data.cites)}</p></details></section>"
    )


def case_link(site, scenario):
    """The link that opens a case's tool or walk filled in."""
    data = scenario.data
    # The form's data-instance, by which a page knows a case that is meant for it.
    instance = scenario.tool or f"walk_{scenario.pathway}"
    page = site.rules.tools[scenario.tool].page if scenario.tool else f"tools/{instance}.md"
    words = "Open the tool with this case" if scenario.tool else "Walk through this case"
    case = json.dumps({"tool": instance, "on": data.on, "in": data.place, "answers": data.answers}, ensure_ascii=False)
    return f'<a class="hb-open-case" href="{escape(site.href(page))}" data-case="{escape(case)}">{words}</a>'


def _decided(site, scenario):
    data = scenario.data
    answer = decide_in_brief(site.rules, scenario.tool, data.answers, on=data.on, place=data.place)
    if answer["status"] == "undecided":
        return "Still possible: " + "; ".join(answer["still_possible"])
    return answer["title"] or "The tool is not made for this place."


def _walked(site, scenario):
    data = scenario.data
    walk = walk_pathway(site.rules, scenario.pathway, data.answers, on=data.on, place=data.place)
    point = "" if walk["stands_at"].islower() else f"{walk['stands_at']}, "
    return f"{STANDS[walk['status']]}: {point}{walk['stands_at_title']}"
