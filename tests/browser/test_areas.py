"""Choosing a local area: what differs is shown, the address carries the choice, tools begin with its place, nothing is stored."""

import json
import re

import pytest
from playwright.sync_api import expect

from build_scripts.load import load_rules
from decision_logic import decide
from tests.browser.conftest import DESKTOP, PHONE, at_its_own_address, served, without_engine
from tests.browser.test_tools import FILL
from tests.in_chromium import until

pytestmark = pytest.mark.browser
RULES = load_rules().rules
ENFORCEMENT = "guidance/enforcement/"


def choose(page, title):
    """Choose an area, or none, as a reader does."""
    page.locator("[data-area-fold] > summary").click()
    page.get_by_role("link", name=title, exact=True).and_(page.locator("[data-area-choice]")).click()


def blocks(page, area):
    """What an area says at the things of the page."""
    return page.locator(f'[data-areas] [data-area="{area}"]')


def test_without_a_choice_the_page_is_as_quiet_as_before(page, site_address):
    """One line at the top, one folded line at each thing that differs, and no script of areas."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_address + ENFORCEMENT)
    expect(page.locator("[data-area-now]")).to_have_text("none chosen")
    expect(page.locator("[data-areas]").first).to_be_visible()
    expect(page.locator("[data-areas] [data-area] >> visible=true")).to_have_count(0)
    expect(page.locator("[data-area-panel] >> visible=true")).to_have_count(0)
    guidance = "guidance/support_networks/"
    asked.clear()
    page.goto(site_address + guidance)
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if one.endswith("/links.js")] == []  # which holds areas.js: build_scripts/site/together.py


def test_choosing_shows_what_differs_there_and_nothing_of_others(page, site_address):
    """Blocks of the area open, those of others are hidden, and so is a thing at which the area says nothing; leaving undoes it."""
    page.goto(site_address + ENFORCEMENT)
    choose(page, "North Wales")
    expect(page).to_have_url(re.compile(r"/guidance/enforcement/\?area=north_wales$"))
    expect(page.locator("[data-area-now]")).to_have_text("North Wales")
    expect(page.locator("[data-area-shown]")).to_contain_text("It runs only in Wrexham")
    expect(blocks(page, "north_wales").first).to_be_visible()
    expect(blocks(page, "essex").locator("visible=true")).to_have_count(0)
    for block in page.locator("[data-areas]").all():
        assert block.is_visible() == (block.locator('[data-area="north_wales"]').count() > 0)
    expect(page.locator("[data-area-said]")).to_contain_text("North Wales")
    expect(page.locator("[data-area-fold] > summary")).to_be_focused()
    choose(page, "No area")
    expect(page).to_have_url(re.compile(r"/guidance/enforcement/$"))
    expect(page.locator("[data-areas] [data-area] >> visible=true")).to_have_count(0)


def test_an_area_within_an_area_shows_both(page, site_address):
    """What holds in North Wales holds in Wrexham."""
    page.goto(f"{site_address}tools/identification/?area=wrexham")
    expect(blocks(page, "wrexham").first).to_be_visible()
    expect(blocks(page, "north_wales").first).to_be_visible()
    expect(page.locator('form[data-tool="identification"] [data-field="in"] select')).to_have_value("wrexham")


def test_back_and_forward_go_through_the_choices(page, site_address):
    """Each choice is a step; the address decides, also after the reader has gone on to another page."""
    page.goto(site_address + ENFORCEMENT)
    choose(page, "Essex")
    choose(page, "Guernsey")
    expect(page.locator("[data-area-shown]")).to_contain_text("does not apply in Guernsey")
    page.go_back()
    expect(page.locator("[data-area-now]")).to_have_text("Essex")
    expect(blocks(page, "essex").first).to_be_visible()
    page.locator("article").get_by_role("link", name="who arranges the appointment").click()
    expect(page).to_have_url(re.compile(r"/tools/appointment/\?area=essex$"))
    expect(page.locator("[data-area-now]")).to_have_text("Essex")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/guidance/enforcement/\?area=essex$"))
    expect(page.locator("[data-area-now]")).to_have_text("Essex")
    page.go_back()
    expect(page.locator("[data-area-now]")).to_have_text("none chosen")
    page.go_forward()
    expect(page.locator("[data-area-now]")).to_have_text("Essex")


# Every link of the page that leads to a page of the site, and does not carry the area.
LOST = """
() => [...document.querySelectorAll("a[href], svg a, link[rel=next], link[rel=prev]")].filter((link) => {
  const href = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href");
  if (!href || href.startsWith("#") || link.hasAttribute("data-area-choice")) return false;
  const url = new URL(href, location.href);
  return url.origin === location.origin && url.pathname.endsWith("/") && url.searchParams.get("area") !== "essex";
}).map((link) => link.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize(
    "under, host, instant",
    [("/", "127.0.0.1", True), ("/", "localhost", False), ("/dip/handbook/", "127.0.0.1", False)],
    ids=["site_url", "another-host", "sub-path"],
)
def test_links_carry_the_choice_at_any_address(chromium, built_site, under, host, instant):
    """At site_url without loading anew, under another host and below a path: menu, text, map and search keep the area."""
    with served(built_site, under=under, host=host) as address:
        context = chromium.new_context(viewport=DESKTOP, service_workers="block")
        page = context.new_page()
        if instant:
            at_its_own_address(page, address)
        page.goto(f"{address}{ENFORCEMENT}?area=essex", wait_until="networkidle")  # until the site map is there, no link is followed without loading
        expect(page.locator("[data-area-now]")).to_have_text("Essex")
        assert page.evaluate(LOST) == []
        page.evaluate("window.sameDocument = true")
        page.locator(".md-sidebar--primary").get_by_role("link", name="Prison").first.click()
        expect(page).to_have_url(re.compile(r"/guidance/prison/\?area=essex$"))
        expect(page.locator("h1")).to_contain_text("Prison")
        expect(page.locator("[data-area-now]")).to_have_text("Essex")
        expect(page.locator("[data-area-shown]")).to_contain_text("0808 1000 110")
        assert bool(page.evaluate("window.sameDocument")) == instant
        assert page.evaluate(LOST) == []
        page.locator(".md-search__input").click()
        page.keyboard.type("outreach")
        result = page.locator(".md-search-result__link").first
        expect(result).to_have_attribute("href", re.compile(r"[?&]area=essex"), timeout=30_000)
        context.close()


def test_the_choice_is_stored_nowhere(page, site_address):
    """Neither storage nor cookie nor a kept file holds it; an address without it starts afresh."""
    page.goto(f"{site_address}tools/dip_remit/")
    choose(page, "Essex")
    expect(page.locator('form[data-tool="dip_remit"] [data-field="in"] select')).to_have_value("essex")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "essex" not in kept and json.loads(kept)[2] == ""
    page.goto(f"{site_address}tools/dip_remit/")
    expect(page.locator("[data-area-now]")).to_have_text("none chosen")
    expect(page.locator('form[data-tool="dip_remit"] [data-field="in"] select')).to_have_value("england")


def test_files_kept_for_offline_use_do_not_hold_it(chromium, site_address):
    """The service worker keeps a page under its address without the choice."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site_address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(f"{site_address}guidance/housing/?area=essex")
    names = page.evaluate("""
      async () => { const found = [];
        for (const name of await caches.keys()) { const cache = await caches.open(name);
          for (const one of await cache.keys()) { found.push(one.url, (await cache.match(one)).url); } }
        return found; }""")
    context.close()
    assert names and [one for one in names if "essex" in one.rpartition("?")[2] and "?" in one] == []


def test_a_tool_answers_by_the_rules_of_the_area(page, site_address):
    """In Essex the age of 17 comes out as its own rule has it, with what the area says; without an area as in the handbook."""
    page.goto(f"{site_address}tools/dip_remit/?area=essex")
    form = page.locator('form[data-tool="dip_remit"]')
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    form.evaluate(FILL, {"age": 17})
    form.get_by_role("button", name="Show the answer").click()
    answer = form.locator("[data-answer]")
    expect(answer).to_contain_text(decide(RULES, "dip_remit", {"age": 17}, on="2020-01-01", place="essex")["title"], timeout=30_000)
    expect(answer.get_by_role("heading", name="In Essex")).to_be_visible()
    expect(answer).to_contain_text("not checked since")
    choose(page, "No area")
    expect(answer).to_contain_text("because DIP is for adults", timeout=30_000)
    expect(answer.get_by_role("heading", name="In Essex")).to_have_count(0)


def test_calculators_begin_with_the_area_s_place(page, site_address):
    """Time limits and working days; where a form does not offer the area, it begins with the place that it lies in."""
    page.goto(f"{site_address}tools/deadlines/?area=north_wales")
    expect(page.locator('form[data-deadline="follow_up"] select')).to_have_value("north_wales")
    expect(page.locator('form[data-deadline="guernsey_admission"] select')).to_have_value("guernsey")
    page.goto(f"{site_address}tools/guernsey_eligibility/?area=north_wales")
    expect(page.locator('form[data-tool="guernsey_eligibility"] [data-field="in"] select')).to_have_value("wales")
    page.goto(f"{site_address}tools/workdays/?area=guernsey")
    expect(page.locator("form[data-workdays] select")).to_have_value("guernsey")


def test_a_walk_says_what_differs_at_the_present_point(page, site_address):
    """Whether the journey runs, and what is said of the point at which the case stands."""
    page.goto(f"{site_address}tools/walk_enforcement/?area=north_wales")
    form = page.locator("form[data-walk]")
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    here = form.locator("[data-here]")
    expect(here.get_by_role("heading", name="In North Wales")).to_be_visible(timeout=30_000)
    expect(here).to_contain_text("This journey runs only in Wrexham")
    expect(here).not_to_contain_text("Breaking restriction on bail")
    form.locator('[data-slot] input[value="restriction_on_bail"]').check()
    form.get_by_role("button", name="Continue").click()
    expect(here).to_contain_text("Breaking restriction on bail", timeout=30_000)


def test_guernsey_says_what_does_not_apply_and_leads_to_its_own_tools(page, site_address):
    """A page of the handbook says so at its top; a tool that is not for Guernsey leads on; the Guernsey pages say nothing of it."""
    page.goto(f"{site_address}guidance/housing/?area=guernsey")
    shown = page.locator("[data-area-shown]")
    expect(shown).to_contain_text("This page does not apply in Guernsey")
    page.goto(f"{site_address}tools/identification/?area=guernsey")
    expect(page.locator("[data-area-shown]")).to_contain_text("This page does not apply in Guernsey")
    form = page.locator('form[data-tool="identification"]')
    form.scroll_into_view_if_needed()
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    expect(form.locator('[data-field="in"] select')).to_have_value("guernsey")
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]").get_by_role("heading", name="In Guernsey")).to_be_visible(timeout=30_000)
    page.locator("[data-area-shown]").get_by_role("link", name=RULES.tools["guernsey_eligibility"].title).first.click()
    expect(page).to_have_url(re.compile(r"/tools/guernsey_eligibility/\?area=guernsey$"))
    expect(page.locator("[data-area-shown]")).not_to_contain_text("does not apply")
    page.goto(f"{site_address}guidance/guernsey/?area=guernsey")
    expect(page.locator("[data-area-shown]")).not_to_contain_text("does not apply")


def test_an_area_that_is_not_there_changes_nothing(page, site_address):
    """The line at the top says so, and everything stays folded."""
    page.goto(f"{site_address}{ENFORCEMENT}?area=%3Cb%3Enowhere")
    expect(page.locator("[data-area-now]")).to_contain_text("names one that is not here")
    expect(page.locator("[data-areas] [data-area] >> visible=true")).to_have_count(0)
    choose(page, "Essex")
    expect(page.locator("[data-area-now]")).to_have_text("Essex")


def test_without_javascript_every_difference_is_there(chromium, site_address):
    """Unfolded, a block has what every area says; the choices lead to everything that an area says."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_address + ENFORCEMENT)
    block = page.locator("[data-areas]").filter(has=page.locator('[data-area="essex"]')).first
    block.locator("summary").click()
    for area in block.locator("[data-area]").all():
        expect(area).to_be_visible()
    page.locator("[data-area-fold] > summary").click()
    expect(page.locator("[data-area-panel]").first).to_be_visible()
    page.locator('a[data-area-choice="essex"]').click()
    expect(page).to_have_url(re.compile(r"/guidance/areas/#essex$"))
    for contact in RULES.areas["essex"].contacts.values():
        expect(page.get_by_text(contact.value).first).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 320, "height": 640}], ids=["phone", "desktop", "narrowest"])
def test_the_choice_is_easy_to_hit_and_nothing_scrolls_sideways(chromium, site_address, size):
    """Line and choices are at least 44 pixels high; with an area chosen the page is no wider than the screen."""
    context = chromium.new_context(viewport=size, service_workers="block")
    page = context.new_page()
    without_engine(page)
    for address in (f"{ENFORCEMENT}?area=north_wales", "guidance/areas/", "tools/dip_remit/?area=essex"):
        page.goto(site_address + address)
        page.locator("[data-area-fold] > summary").click()
        for target in page.locator("[data-area-fold] > summary, a[data-area-choice] >> visible=true").all():
            assert target.bounding_box()["height"] >= 44
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    context.close()
