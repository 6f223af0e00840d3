"""Over plain http on a host name, as many intranets have it: no secure context, and everything but offline use works."""

import pytest
from playwright.sync_api import expect

from build_scripts.chromium import launch_options
from tests.browser.conftest import DESKTOP, Heard, served
from tests.browser.test_walker import Walker

pytestmark = pytest.mark.browser
HOST = "handbook.intranet"
READY_MS = 60_000


@pytest.fixture(scope="module")
def intranet(chromium, built_site):
    """A page on a host name below a path; at the end nothing must have been said or asked of elsewhere."""
    options = launch_options()
    options["args"] = [*options["args"], f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    browser = chromium.browser_type.launch(**options)
    with served(built_site, under="/dip/", host=HOST) as address:
        page = browser.new_context(viewport=DESKTOP, locale="en-GB").new_page()
        heard = Heard(address)
        heard.listen(page)
        page.address = address
        page.goto(address)
        assert page.evaluate("[window.isSecureContext, 'serviceWorker' in navigator, 'caches' in window, crypto.subtle, navigator.clipboard]") == [
            False,
            False,
            False,
            None,
            None,
        ]
        yield page
        browser.close()
    heard.assert_silent()


def test_a_tool_answers_and_the_link_is_there_to_be_copied(intranet):
    """The answer comes from Python itself; the field with the link has the focus and is selected whole."""
    intranet.goto(f"{intranet.address}tools/identification/")
    form = intranet.locator('form[data-tool="identification"]')
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    form.locator('[data-field="volunteered"] input[value="yes"]').click()
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]")).to_contain_text("The criteria are met.", timeout=READY_MS)
    form.get_by_role("button", name="Copy link").click()
    field = form.get_by_label("The link with the answers")
    expect(field).to_be_focused()
    link = field.input_value()
    assert link.startswith(f"{intranet.address}tools/identification/") and "#" in link
    assert intranet.evaluate("getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)") == link
    expect(form.get_by_text("Copy it from here.")).to_be_visible()


def test_a_walk_goes_on(intranet):
    """From one point to the next, with what is due."""
    walk = Walker(intranet, intranet.address, "enforcement")
    walk.answer(("how_they_come", "positive_test"))
    expect(walk.title).to_contain_text("You are at IE1")


def test_the_search_finds(intranet):
    """The search's own worker runs too."""
    intranet.goto(intranet.address)
    field = intranet.locator('input[name="query"]')
    field.click()
    field.press_sequentially("RA2")
    expect(intranet.locator('.md-search-result__link[href*="#ra2"]').first).to_be_visible(timeout=READY_MS)


def test_the_footer_says_that_nothing_is_kept_and_the_self_test_why(intranet):
    """Offline use alone is missing."""
    intranet.goto(f"{intranet.address}self-test/")
    expect(intranet.locator("[data-kept]")).to_contain_text("only where the address begins with https")
    expect(intranet.locator("[data-self-test]")).to_have_attribute("data-done", "", timeout=READY_MS)
    wrong = intranet.locator('[data-self-test] tr[data-right="no"] th').all_text_contents()
    assert wrong == ["Secure address", "Service worker"]
