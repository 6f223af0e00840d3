"""How a tool comes to life: nothing that is being read moves, and nobody is left without a word where its scripts do not come."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import without_engine

pytestmark = pytest.mark.browser
TOOL = "tools/identification/"
SHIFTS = """globalThis.moved = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.moved += one.value; }).observe({ type: "layout-shift", buffered: true });"""


def test_nothing_moves_when_a_tool_comes_to_life(page, site_address):
    """Not by more than a line of its bar: what is only for readers without scripts took no room before."""
    without_engine(page)
    page.add_init_script(SHIFTS)
    page.goto(site_address + TOOL, wait_until="commit")
    expect(page.locator("form[data-tool] [data-answer]")).not_to_be_empty()
    page.wait_for_function("() => globalThis.component$")
    page.wait_for_timeout(300)
    assert page.evaluate("() => globalThis.moved") < 0.02


def test_what_to_do_without_scripts_is_said_where_they_do_not_come(page, site_address):
    """After a while; until then it may be that they are only slow."""
    page.route(re.compile(r"/form\.js$"), lambda route: None)
    page.goto(site_address + TOOL, wait_until="commit")
    note = page.locator("form[data-tool] [data-without-script]")
    expect(page.locator("form[data-tool] button[type=submit]")).to_be_attached()
    expect(note).to_be_hidden()
    expect(note).to_be_visible(timeout=10_000)
    # The look-up that came with the page has come in vain, as Chromium then says.
    page.goto("about:blank")
    page.heard.console[:] = [one for one in page.heard.console if "was preloaded" not in one]
