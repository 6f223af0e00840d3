"""What a machine can tell of accessibility: axe, targets, narrow screens and large text, in light and dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, without_engine
from tests.browser.test_tools import FILL
from tests.pages import ROOT, TEMPLATES, every_page

pytestmark = pytest.mark.browser
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Every rule of axe, its advice on good practice included, and the size of targets, which it leaves out by default.
OPTIONS = {"rules": {"target-size": {"enabled": True}}}
NARROW = {"width": 320, "height": 700}
SCHEMES = pytest.mark.parametrize(
    "size, scheme", [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone-dark", "desktop-light"]
)
# What reaches over the right edge of the page without a frame of its own to be scrolled in.
TOO_WIDE = """() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const framed = (one) => { for (let at = one.parentElement; at.tagName !== "BODY"; at = at.parentElement) if (getComputedStyle(at).overflowX !== "visible") return true; return false; };
    return [...document.querySelectorAll("article *")].filter((one) => one.getBoundingClientRect().right > edge + 1 && !framed(one))
        .slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""
# What somebody taps in a tool: the label of an option, a box, a button. Links within sentences are none of these.
SMALL = """() => [...document.querySelectorAll(".hb-tool .hb-option, .hb-tool input[type=text], .hb-tool select, .hb-tool button, .hb-tool summary")]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height > 0)
    .filter((one) => one.getBoundingClientRect().height < 43.5 || one.getBoundingClientRect().width < 43.5)
    .map((one) => `${one.outerHTML.slice(0, 100)} ${one.getBoundingClientRect().width} × ${one.getBoundingClientRect().height}`)"""


def address(page):
    return "" if page == "." else f"{page}/"


def violations(page):
    """What axe finds: rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(options) => axe.run(document, options)", OPTIONS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def look(chromium, size, scheme):
    """A page without the service worker. The policy forbids any script but the site's own; axe is put in by the test alone."""
    context = chromium.new_context(viewport=size, color_scheme=scheme, service_workers="block", bypass_csp=True)
    return context, context.new_page()


def faults(chromium, site_address, size, scheme, pages, find):
    """{page: what ``find`` finds on it}, without those on which it finds nothing."""
    context, page = look(chromium, size, scheme)
    without_engine(page)
    found = {}
    for one in pages:
        page.goto(site_address + address(one))
        found[one] = find(page)
    context.close()
    return {one: told for one, told in found.items() if told}


def narrow(page):
    return page.evaluate(TOO_WIDE)


def large_text(page):
    """What is too wide once the reader has doubled the size of text."""
    page.add_style_tag(content="html { font-size: 250% !important; }")  # the theme's own size is 125 %
    return page.evaluate(TOO_WIDE)


@SCHEMES
def test_a_page_of_each_kind_has_no_fault_that_axe_can_find(chromium, site_address, size, scheme):
    """One page of each template."""
    assert faults(chromium, site_address, size, scheme, TEMPLATES, violations) == {}


@SCHEMES
@pytest.mark.long
def test_no_page_has_a_fault_that_axe_can_find(chromium, built_site, site_address, size, scheme):
    """Every page of the site."""
    assert faults(chromium, site_address, size, scheme, every_page(built_site), violations) == {}


@SCHEMES
def test_an_answer_has_no_fault_that_axe_can_find(chromium, site_address, size, scheme):
    """A tool that shows its answer."""
    context, page = look(chromium, size, scheme)
    page.goto(f"{site_address}tools/identification/")
    form = page.locator('form[data-tool="identification"]').first
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    form.evaluate(FILL, {"drug_test": "positive"})
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]")).to_contain_text(re.compile("The test is positive"), timeout=30_000)
    found = violations(page)
    context.close()
    assert found == []


def test_a_page_of_each_kind_fits_the_narrowest_phone(chromium, site_address):
    """At 320 pixels, which is also a wide screen at 400 % zoom; tables and maps scroll in frames of their own."""
    assert faults(chromium, site_address, NARROW, "light", TEMPLATES, narrow) == {}


@pytest.mark.long
def test_no_page_scrolls_sideways_on_the_narrowest_phone(chromium, built_site, site_address):
    """Every page of the site, at 320 pixels."""
    assert faults(chromium, site_address, NARROW, "light", every_page(built_site), narrow) == {}


def test_text_may_be_twice_as_large(chromium, site_address):
    """With text at 200 % nothing leaves the page, on a phone and on a desktop."""
    assert faults(chromium, site_address, PHONE, "light", TEMPLATES, large_text) == {}
    assert faults(chromium, site_address, DESKTOP, "light", TEMPLATES, large_text) == {}


def test_what_is_tapped_in_a_tool_is_large_enough(chromium, site_address):
    """Options, boxes and buttons of the tools are at least 44 pixels high and wide."""
    pages = [one for one in TEMPLATES if one.startswith(("tools/", "guidance/"))]
    assert faults(chromium, site_address, PHONE, "light", pages, lambda page: page.evaluate(SMALL)) == {}
