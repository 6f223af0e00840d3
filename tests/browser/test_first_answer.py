"""How a tool comes to life: nothing that is being read moves, and nobody is left without a word where its scripts do not come."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import without_engine
from tests.in_chromium import until

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
    until(page, "() => globalThis.component$ !== undefined")
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


TWICE = """
() => {
  const links = [...document.querySelectorAll("link[rel=preload], link[rel=modulepreload]")].map((one) => one.href);
  const asked = performance.getEntriesByType("resource").map((one) => one.name);
  return { links: links.length, twice: links.filter((href) => asked.filter((name) => name === href).length !== 1) };
}
"""


def test_what_comes_beforehand_is_what_is_used(page, site_address):
    """Each file that the head asks for is asked for once: a second time would mean that the first was of no use."""
    page.goto(f"{site_address}tools/identification/")
    expect(page.locator("form[data-tool]").first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    found = page.evaluate(TWICE)
    assert found["links"] >= 5
    assert found["twice"] == []
