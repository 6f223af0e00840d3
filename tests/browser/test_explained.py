"""What every page says first, and what an abbreviation means: by mouse, keyboard and touch, and without any script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser
ADDRESS = "guidance/proactive_engagement/"
MEANING = "Criminal Justice Integrated Team. The local team that delivers DIP."


def first_mark(page):
    return page.locator(".md-content abbr", has_text="CJIT").first


def test_an_abbreviation_says_what_it_means_on_hover_and_on_focus(page, site_address):
    """The same bubble for mouse and keyboard; Escape puts it away and the focus stays where it was."""
    page.goto(site_address + ADDRESS)
    mark, bubble = first_mark(page), page.locator(".hb-bubble:not([hidden])")
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(bubble).to_contain_text(MEANING)
    page.mouse.move(1, 1)
    expect(bubble).to_have_count(0)
    mark.locator("a").focus()
    expect(bubble).to_contain_text(MEANING)
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)
    expect(mark.locator("a")).to_be_focused()
    expect(mark).to_have_attribute("title", re.compile(re.escape(MEANING)))


def test_the_bubble_can_be_pointed_at_and_stays_on_the_screen(page, site_address):
    """It does not vanish under the pointer, and no part of it lies outside of the page's width."""
    page.goto(site_address + ADDRESS)
    bubble, width = page.locator(".hb-bubble:not([hidden])"), page.viewport_size["width"]
    for mark in page.locator(".md-content abbr").all()[:8]:
        mark.scroll_into_view_if_needed()
        mark.hover()
        box = bubble.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        at = mark.bounding_box()
        page.mouse.move(at["x"] + at["width"] / 2, box["y"] + box["height"] / 2, steps=12)
        expect(bubble).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_tap_or_click_leads_to_the_glossary(page, site_address):
    """Where there is no pointer to hover with."""
    page.goto(site_address + ADDRESS)
    first_mark(page).locator("a").click()
    page.wait_for_url("**/reference/glossary/#cjit")
    expect(page.locator("dt#cjit")).to_be_in_viewport()


def test_without_any_script_title_and_link_remain(chromium, site_address):
    """The browser's own title, and the way to the glossary."""
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site_address + ADDRESS)
    expect(first_mark(page)).to_have_attribute("title", re.compile(re.escape(MEANING)))
    first_mark(page).locator("a").click()
    page.wait_for_url("**/reference/glossary/#cjit")
    context.close()


def test_the_edition_stands_first_scrolls_away_and_is_printed_once(page, site_address):
    """It is never in the way, cannot be put away for good, and nothing is stored for it."""
    page.goto(site_address + ADDRESS)
    edition = page.locator(".hb-edition")
    expect(edition).to_have_count(1)
    expect(edition).to_contain_text("Edition of 2010. It supports your judgement and does not replace it.")
    expect(page.locator(".md-banner button")).to_have_count(0)
    assert edition.bounding_box()["height"] < 70
    page.mouse.wheel(0, 2000)
    expect(edition).not_to_be_in_viewport()
    page.emulate_media(media="print")
    expect(edition).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.md-banner')).position") == "static"
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(one => one.includes('announce'))") == []
