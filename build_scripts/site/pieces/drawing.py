"""The button that has test days drawn, below the tool that holds the limits.

Static HTML that draw.js brings to life. Its marks: ``[data-draw=TOOL]`` the whole, ``[data-draw-button]`` the button,
``[data-draw-status]`` the live line, ``[data-drawn]`` the place for the days.
"""

from html import escape

from build_scripts.site.errors import SiteError
from build_scripts.site.html import tag
from decision_logic.drawing import TOOL

BEFORE = (
    "The days are drawn by chance from what you entered above, by the random source of this device. They are shown once and "
    "stored nowhere: print them or note them down, where the prisoner cannot see them."
)
WITHOUT_SCRIPT = (
    "To have days drawn here the page needs JavaScript. Without it, use “handbook draw”, or draw lots: one slip for each day "
    "that your limits allow."
)


def draw(site, name):
    """The button, its explanation and the place for the days; ``name`` is the tool that holds the limits."""
    if name != TOOL:
        raise SiteError(f"nothing can be drawn for {name!r}", found=repr(name), expected=TOOL)
    site.named("tools", name)
    body = tag(
        "div",
        tag("p", escape(BEFORE)),
        tag("p", escape(WITHOUT_SCRIPT), class_="hb-without", data_without_script=True),
        tag(
            "p",
            tag("button", "Draw test days", type="button", class_="hb-button hb-button--main", data_draw_button=True),
            data_script=True,
            hidden=True,
        ),
        tag("p", class_="hb-draw__status", data_draw_status=True, role="status"),
        tag(
            "section",
            class_="hb-answer hb-drawn",
            data_drawn=True,
            tabindex="-1",
            aria_label="The days drawn",
            hidden=True,
        ),
        class_="hb-frame hb-draw",
        data_draw=name,
        data_rules_hash=site.rules.rules_hash,
        data_search_exclude=True,
    )
    return ["## Draw the test days { #draw }", body]
