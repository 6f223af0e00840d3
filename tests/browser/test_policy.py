"""The policy in a real browser: no page asks another origin for anything, breaks its policy or runs a script that is not what it should be."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCRIPT, at_its_own_address, served
from tests.pages import TEMPLATES, every_page

pytestmark = pytest.mark.browser


def visit(page, address, folders):
    """Open each page, and wait for what it fetches."""
    for folder in folders:
        page.goto(f"{address}{'' if folder == '.' else folder + '/'}", wait_until="load")
        page.wait_for_timeout(50)


def test_a_page_of_each_template_keeps_to_its_origin_and_policy(page, site_address):
    """What `page` hears at its end: no request elsewhere, no violation of the policy, no error."""
    visit(page, site_address, TEMPLATES)


@pytest.mark.long
def test_every_page_keeps_to_its_origin_and_policy(page, site_address, built_site):
    """The same for each page of the site."""
    visit(page, site_address, every_page(built_site))


def test_the_theme_keeps_the_colours_that_were_chosen(page, site_address):
    """Its scripts, which are a file here, put the choice in place before anything is shown."""
    page.goto(site_address)
    page.locator('label[for="__palette_1"]:visible').click()
    page.locator('label[for="__palette_2"]:visible').click()
    page.goto(f"{site_address}guidance/housing/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize(("device", "scheme"), [("dark", "slate"), ("light", "default")])
def test_a_page_has_the_devices_colours_from_the_start(chromium, site_address, device, scheme):
    """Before the theme's large script is there, and so without a flash of the other colours."""
    context = chromium.new_context(color_scheme=device, service_workers="block")
    page = context.new_page()
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(site_address)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == ("dark" if device == "dark" else "normal")
    context.close()


@pytest.fixture
def tampered(chromium, built_site):
    """A page whose scripts may be changed on their way: {end of the path: other text}."""
    context = chromium.new_context(service_workers="block")
    page, changes, said = context.new_page(), {}, []
    page.on("console", lambda message: said.append(message.text))

    def answer(route):
        end = next((end for end in changes if route.request.url.endswith(end)), None)
        if end is None:
            return route.continue_()
        real = route.fetch()
        return route.fulfill(response=real, body=real.text() + changes[end])

    with served(built_site) as address:
        at_its_own_address(page, address)
        page.route("**/*.js", answer)
        page.changes, page.said = changes, said
        yield page, address
        context.close()


@pytest.mark.parametrize("script", ["/site.js", "/theme.js", "/tool.js", ".min.js"])
def test_a_script_that_was_changed_on_its_way_does_not_run(tampered, script):
    """The browser compares it with the page; the page stays whole without it."""
    page, address = tampered
    page.changes[script] = "\nglobalThis.ranAnyway = true;\n"
    page.goto(f"{address}tools/appointment/")
    page.wait_for_timeout(300)
    assert page.evaluate("globalThis.ranAnyway") is None
    assert any("integrity" in one for one in page.said)
    expect(page.locator('form[data-tool="appointment"]')).to_contain_text("Is a CJIT worker")


def test_a_script_within_a_page_does_not_run(tampered):
    """Neither an element nor an attribute, however it came into the page."""
    page, address = tampered
    page.goto(address)
    page.evaluate(
        """() => {
          const element = document.createElement("script");
          element.textContent = "globalThis.ranAnyway = 1";
          document.body.append(element);
          document.body.insertAdjacentHTML("beforeend", '<p id="hurt" onclick="globalThis.ranAnyway = 2">x</p>');
          document.getElementById("hurt").click();
        }"""
    )
    assert page.evaluate("globalThis.ranAnyway") is None


def test_every_answer_of_the_server_carries_the_policy(page, site_address):
    """Pages, scripts, the worker's above all, style sheets and what is not there."""
    page.goto(site_address)
    address = page.evaluate(SCRIPT, "worker.js")
    for one in (site_address, address, f"{site_address}sw.js", f"{site_address}nothing/here/"):
        headers = page.request.get(one).headers
        said = headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';" in said
        assert "frame-ancestors 'self'" in said
        assert "unsafe-inline" not in said
        assert headers["x-content-type-options"] == "nosniff"
