"""The search as a reader uses it: what the page shows is what the same worker says under Node, on which tests/build relies."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import without_engine
from tests.in_chromium import until
from tests.in_node import search_in_node

pytestmark = pytest.mark.browser

QUERIES = ["RA2", "IE4a", "SPOC", "16 weeks", "custody sergeant", "Guernsey"]
SHOWN = """
() => [...document.querySelectorAll(".md-search-result__item")].slice(0, 3).map((item) =>
  [...item.querySelectorAll("a.md-search-result__link")]
    .filter((link) => !link.closest("details"))
    .map((link) => { const to = new URL(link.href); return to.pathname.slice(1) + to.hash; }))
"""


def test_the_page_shows_what_the_worker_says_under_node(page, site_address, built_site):
    """The first three results and the places seen in them are the same, in the same order."""
    page.goto(site_address + "guidance/housing/")
    field = _open_search(page)
    for query, expected in zip(QUERIES, search_in_node(built_site, QUERIES), strict=True):
        field.fill("")
        field.press_sequentially(query)
        until(page, f"(expected) => JSON.stringify(({SHOWN})()) === expected", _as_json(expected[:3]))


def test_a_result_leads_to_its_place(page, site_address):
    """Who chooses RA2 stands at that form."""
    page.goto(site_address)
    _open_search(page).press_sequentially("RA2")
    page.locator('.md-search-result__link[href*="#ra2"]').first.click()
    page.wait_for_url("**/reference/forms/**#ra2")
    place = page.locator("#ra2")
    assert place.evaluate("(place) => place.matches(':target')")
    expect(place).to_be_in_viewport()


def _asked_for(page):
    """A list that fills with what the page asks for of the search: its words, and the worker that looks in them."""
    asked = []
    page.on("request", lambda request: asked.append(found[0]) if (found := re.search(r"search_index\.json|workers/search", request.url)) else None)
    return asked


def test_what_is_searched_in_comes_when_the_search_is_opened_and_not_before(page, site_address):
    """A tool answers without it; the keyboard's way in brings it, and once."""
    asked = _asked_for(page)
    without_engine(page)
    page.goto(site_address + "tools/identification/")
    expect(page.locator("form[data-tool] [data-answer]")).not_to_be_empty()
    page.wait_for_function("() => globalThis.component$")  # the theme has started what it starts by itself
    page.wait_for_timeout(300)
    assert asked == []
    page.keyboard.press("/")
    page.keyboard.type("RA2")
    expect(page.locator('.md-search-result__link[href*="#ra2"]').first).to_be_attached()
    assert sorted(asked) == ["search_index.json", "workers/search"]


def test_the_search_opens_after_a_link_to_another_folder_was_followed_without_loading(page, site_address):
    """The worker that searches lies where the first page said."""
    without_engine(page)
    page.goto(site_address, wait_until="networkidle")  # until the site map is there, no link is followed without loading
    page.evaluate("() => { globalThis.stays = true; }")
    page.locator(".md-nav__link[href*='tools/identification']").first.evaluate("(link) => link.click()")
    page.wait_for_url("**/tools/identification/")
    assert page.evaluate("() => globalThis.stays")
    page.keyboard.press("/")
    page.keyboard.type("RA2")
    expect(page.locator('.md-search-result__link[href*="#ra2"]').first).to_be_attached()


def test_a_search_opened_while_the_network_is_away_finds_once_it_is_back(page, site_address):
    """Nothing has to be typed or loaded again."""
    without_engine(page)
    page.goto(site_address, wait_until="networkidle")
    page.context.set_offline(True)
    with page.expect_event("requestfailed", lambda request: "search_index" in request.url):
        page.keyboard.press("/")
    page.keyboard.type("RA2")
    page.context.set_offline(False)
    expect(page.locator('.md-search-result__link[href*="#ra2"]').first).to_be_attached(timeout=10_000)
    page.heard.console[:] = [one for one in page.heard.console if "ERR_INTERNET_DISCONNECTED" not in one]


def test_links_into_the_search_and_from_it_work(page, site_address):
    """?q= searches at once; ?h= marks its words, for which the index alone is asked."""
    asked = _asked_for(page)
    page.goto(site_address + "?q=RA2")
    expect(page.locator('.md-search-result__link[href*="#ra2"]').first).to_be_attached()
    asked.clear()
    page.goto(site_address + "reference/forms/?h=ra2#ra2")
    expect(page.locator("mark[data-md-highlight]").first).to_have_text("RA2")
    assert asked == ["search_index.json"]


def _open_search(page):
    """The search's field; on a phone it is behind a button."""
    button = page.locator("label.md-header__button[for=__search]")
    if button.is_visible():
        button.click()
    return page.locator("[data-md-component=search-query]")


def _as_json(groups):
    return "[" + ",".join("[" + ",".join(f'"{place}"' for place in group) + "]" for group in groups) + "]"
