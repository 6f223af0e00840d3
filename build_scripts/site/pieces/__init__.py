"""What the rules put into pages: inline values and blocks, each a function of the site and the words of its reference.

``INLINE`` and ``BLOCKS`` are the whole vocabulary of ``{{ … }}`` in Markdown; build_scripts/site/references.py finds the
references and calls these. Links are written as ``site:guidance/enforcement/#ie1`` and made page-relative after the site
builder has run, because a Markdown extension does not know which page it is working on.
"""

from build_scripts.site.pieces import (
    areas,
    checklists,
    drawing,
    forms,
    inline,
    journeys,
    notices,
    registers,
    roles,
    self_test,
    tools,
    walker,
    worked,
)

INLINE = {
    "deadline": inline.deadline,
    "target": inline.target,
    "limit": inline.limit,
    "quantity": inline.quantity,
    "cite": inline.cite,
    "term": inline.term,
    "form": inline.form,
    "reading": inline.reading,
    "point": inline.point,
    "said": inline.said,
}

BLOCKS = {
    "tool": tools.tool,
    "decision": tools.decision,
    "decision_map": tools.decision_map,
    "deadline_form": tools.deadline_form,
    "workdays": tools.workdays,
    "journey": journeys.journey,
    "stage": journeys.stage,
    "points": journeys.points,
    "point_section": journeys.point_section,
    "walker": walker.walker,
    "role": roles.role,
    "checklist": checklists.checklist,
    "worked": worked.worked,
    "form_actions": forms.form_actions,
    "draw": drawing.draw,
    "notices": notices.notices,
    "list": registers.listing,
    "local_limits": areas.own_limits,
    "local_sources": areas.own_sources,
    "provisions": registers.provisions,
    "download": registers.download,
    "server_settings": registers.server_settings,
    "self_test": self_test.table,
}
