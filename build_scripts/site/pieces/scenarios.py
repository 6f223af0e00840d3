"""The page for trainers: every scenario, with a link that opens its tool filled in and the result hidden until asked for."""

import json
from html import escape

from build_scripts.site.pieces.site import text
from decision_logic import decide, HandbookError


def scenario_list(site):
    """Scenarios by tool. The answer is worked out from the rules while the page is made, and folded."""
    made, tool = [], None
    for scenario in site.scenarios:
        if scenario.tool != tool:
            tool = scenario.tool
            made.append(f"## {site.rules.tools[tool].title} {{ #{tool} }}")
        made.append(_scenario(site, scenario))
    return made


def _scenario(site, scenario):
    data, one = scenario.data, site.rules.tools[scenario.tool]
    case = json.dumps({"tool": scenario.tool, "on": data.on, "in": data.place, "answers": data.answers}, ensure_ascii=False)
    link = f'<a class="hb-open-case" href="{escape(site.href(one.page))}" data-case="{escape(case)}">Open the tool with this case</a>'
    try:
        answer = decide(site.rules, scenario.tool, data.answers, on=data.on, place=data.place)
        result = answer["title"] or ("Still possible: " + "; ".join(entry["title"] for entry in answer["still_possible"]) if answer["status"] == "undecided" else "The tool is not made for this place.")
    except HandbookError as error:
        result = error.message
    return (
        f'<section class="hb-case" id="{data.id}"><h3>{text(data.title)}</h3><p>{text(data.story)}</p><p>{link}</p>'
        f'<details><summary>What comes out, and what it teaches</summary><p><strong>{text(result)}</strong></p><p>{text(data.teaches)} {site.marks(data.cites)}</p></details></section>'
    )
