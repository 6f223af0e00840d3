"""What a machine can tell of accessibility, on varied pages and an answered tool, in light and dark."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_tools import FILL

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    "",
    "guidance/enforcement/",
    "guidance/housing/",
    "tools/appointment/",
    "tools/workdays/",
    "tools/walk_enforcement/",
    "reference/readings/",
    "training/",
    "maintain/commands/",
)


def violations(page):
    """What axe finds against WCAG 2.2 A and AA: rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.mark.parametrize("size, scheme", [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone-dark", "desktop-light"])
def test_pages_have_no_fault_that_axe_can_find(chromium, site_address, size, scheme):
    """Varied pages, and a tool that shows its answer."""
    # The policy forbids any script but the site's own; axe is put in by the test alone.
    context = chromium.new_context(viewport=size, color_scheme=scheme, service_workers="block", bypass_csp=True)
    page = context.new_page()
    found = {}
    for address in PAGES:
        page.goto(site_address + address)
        found[address or "home"] = violations(page)
    page.goto(f"{site_address}tools/identification/")
    form = page.locator('form[data-tool="identification"]').first
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    form.evaluate(FILL, {"drug_test": "positive"})
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]")).to_contain_text("The test is positive", timeout=30_000)
    found["an answered tool"] = violations(page)
    context.close()
    assert {name: faults for name, faults in found.items() if faults} == {}
