"""A page reached without loading anew looks and works as one that was loaded: it brings its own style sheets and scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
# How everything on the page is drawn, as far as our style sheets say it.
LOOKS = """() => [...document.querySelectorAll("article *")].filter((one) => !one.closest("svg")).map((one) => {
    const style = getComputedStyle(one);
    return [one.className, style.display, style.color, style.backgroundColor, style.fontSize, style.padding, style.margin, style.border].join(" | ");
})"""

SIZE = "document.querySelectorAll('article *').length"


def ready(page):
    form = page.locator('form[data-tool="appointment"]')
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    before, now = None, page.evaluate(SIZE)
    while before != now:  # Python's answer takes the place of the looked-up one a moment after the engine is there
        page.wait_for_timeout(500)
        before, now = now, page.evaluate(SIZE)


def test_a_tool_reached_from_the_home_page_looks_as_if_it_was_loaded(page, site_address):
    """Style for style, although the home page had no tool and loaded none of its style sheets."""
    page.goto(site_address)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => { window.sameDocument = true; }")
    page.get_by_role("link", name="Arrange an appointment").click()
    page.wait_for_url("**/tools/appointment/")
    ready(page)
    assert page.evaluate("() => window.sameDocument === true"), "the page was loaded anew: this test needs instant navigation"
    reached = page.evaluate(LOOKS)
    page.goto(f"{site_address}tools/appointment/")
    ready(page)
    loaded = page.evaluate(LOOKS)
    assert len(reached) == len(loaded)
    assert [pair for pair in zip(reached, loaded, strict=True) if pair[0] != pair[1]][:5] == []


def test_style_sheets_stay_in_use_from_page_to_page(page, site_address):
    """Each is read once: not a second time when its page is there, and not for the next page, however deep in the site that lies."""
    frame = "() => [...document.styleSheets].filter((sheet) => /main|look/.test(sheet.href))"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ globalThis.first = ({frame})(); }}, {{ once: true, capture: true }})")
    page.goto(site_address)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Arrange an appointment").click()
    page.wait_for_url("**/tools/appointment/")
    expect(page.locator('form[data-tool="appointment"]')).to_be_visible()
    assert page.evaluate(f"() => {{ const now = ({frame})(); return first.length === 2 && now.length === 2 && first.every((one, n) => one === now[n]); }}")
