"""Test days are drawn on the tool's page: from its answers, in Python, shown once and kept nowhere."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LIMITS = {
    "considered_for_service": "yes",
    "stage": "stage_1",
    "baseline_done": "yes",
    "baseline_on": "2035-02-26",
    "baseline_clear": "yes",
    "rotl_starts": "2035-03-01",
    "rotl_ends": "2035-05-31",
    "number_of_tests": 4,
    "least_gap": 2,
    "weekdays": ["monday", "saturday"],
}


def open_and_fill(page, address, answers):
    """The tool's page with its questions answered."""
    page.goto(f"{address}tools/rotl_testing/")
    expect(page.locator('form[data-tool="rotl_testing"]')).to_have_attribute(
        "data-engine-state", "ready", timeout=60_000
    )
    for name, value in answers.items():
        field = page.locator(f'[data-field="{name}"]')
        kind = field.get_attribute("data-kind")
        if kind == "date":
            for part, typed in zip(("year", "month", "day"), value.split("-"), strict=True):
                field.locator(f'[data-part="{part}"]').fill(typed)
        elif kind == "number":
            field.locator("input").fill(str(value))
        else:
            for one in value if isinstance(value, list) else [value]:
                field.locator(f'input[value="{one}"]').evaluate("box => box.click()")


def test_days_are_drawn_within_the_limits(page, site_address):
    """The button shows them with what can be foreseen; a second draw is another one; nothing is stored."""
    open_and_fill(page, site_address, LIMITS)
    page.get_by_role("button", name="Draw test days").click()
    drawn = page.locator("[data-drawn]")
    expect(drawn).to_be_visible()
    expect(drawn.locator("ol li")).to_have_count(4)
    expect(drawn).to_be_focused()
    first = drawn.locator("ol li").all_inner_texts()
    assert all(day.startswith(("Monday", "Saturday")) and day.endswith("2035") for day in first)
    expect(drawn).to_contain_text("4 of 26 allowed days are test days")
    draws = {tuple(first)}
    for _ in range(3):
        page.get_by_role("button", name="Draw test days").click()
        expect(page.locator("[data-draw-status]")).to_contain_text("4 days drawn")
        draws.add(tuple(drawn.locator("ol li").all_inner_texts()))
    assert len(draws) > 1
    stored = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state])"
    )
    assert "2035" not in stored
    assert json.loads(stored)[3].endswith("/tools/rotl_testing/")


def test_days_that_come_after_the_form_was_emptied_are_not_shown(page, site_address):
    """Who presses Start again while the days are being drawn sees an empty page, now and later."""
    held = []
    page.route("**/runtime/**", lambda route: held.append(route))
    page.goto(f"{site_address}tools/rotl_testing/")
    form = page.locator('form[data-tool="rotl_testing"]')
    page.get_by_role("button", name="Draw test days").click()
    expect(page.locator("[data-draw-status]")).to_have_text("Drawing…")
    form.evaluate("(form) => form.reset()")
    page.unroute("**/runtime/**")
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="Draw test days")).to_be_enabled(timeout=60_000)
    expect(page.locator("[data-draw-status]")).to_be_empty()
    expect(page.locator("[data-drawn]")).to_be_hidden()


def test_only_the_days_are_printed(page, site_address):
    """The limits' form and the rest of the page stay off the paper."""
    open_and_fill(page, site_address, LIMITS)
    page.get_by_role("button", name="Draw test days").click()
    expect(page.locator("[data-drawn]")).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("document.documentElement.setAttribute('data-printing', 'answer')")
    expect(page.locator("[data-drawn] ol")).to_be_visible()
    expect(page.locator("[data-draw-button]")).to_be_hidden()
    expect(page.locator("form[data-tool]")).to_be_hidden()
    expect(page.locator("#decision-table")).to_be_hidden()


@pytest.mark.parametrize(
    ("answers", "why", "question"),
    [
        ({}, "No days were drawn.", "considered_for_service"),
        (LIMITS | {"number_of_tests": 99}, "leave no room for so many", "number_of_tests"),
        (LIMITS | {"rotl_ends": "2035-02-01"}, "No days were drawn.", "rotl_ends"),
    ],
)
def test_a_refusal_leads_to_the_question(page, site_address, answers, why, question):
    """What is missing or cannot be kept is said beside the button, with the way to it; nothing entered is lost."""
    open_and_fill(page, site_address, answers)
    page.get_by_role("button", name="Draw test days").click()
    status = page.locator("[data-draw-status]")
    expect(status).to_contain_text("No days were drawn.", timeout=30_000)
    expect(status).to_contain_text(why, ignore_case=True)
    expect(page.locator("[data-drawn]")).to_be_hidden()
    status.locator("a").first.click()
    assert page.evaluate("document.activeElement.closest('[data-field]')?.getAttribute('data-field')") == question
    assert "#" not in page.url
