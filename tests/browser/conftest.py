"""A Chromium, the built site served to it, and an ear for everything that must not happen."""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from zlib import crc32

import pytest
from playwright.sync_api import sync_playwright

from build_scripts.chromium import launch_options
from build_scripts.site.server import make_server

# Said of what came beforehand where the processor is busy with something else for seconds; that it is used, test_first_answer.py sees.
TOO_SLOW = "was preloaded using link preload but not used within a few seconds"
PHONE = {"width": 390, "height": 844}
# The self-test asks for it to see how the server refuses, which browsers write to the console.
ASKED_IN_VAIN = "no-such-folder/no-such-file.js"
DESKTOP = {"width": 1280, "height": 800}

# The address of one of the site's scripts, by its name: page.evaluate(SCRIPT, "memory.js").
SCRIPT = """(name) => new URL(name, document.querySelector("script[src$='/site.js']").src).href"""


@contextmanager
def served(folder, under="/", host="127.0.0.1"):
    """The address of a folder that is served as `handbook serve` does, on a free port."""
    server = make_server(folder, host="127.0.0.1", port=0, under=under)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        path = "/" + under.strip("/") + "/" if under.strip("/") else "/"
        yield f"http://{host}:{server.server_address[1]}{path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Heard:
    """What a page did that it must not do."""

    address: str
    console: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)

    def listen(self, page):
        """Hear the console, uncaught errors and every request."""
        page.on("console", lambda message: None if message.location["url"].endswith(ASKED_IN_VAIN) else self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                self.elsewhere.append(request.url)
                if not request.url.startswith((self.address, "data:", "blob:" + self.address))
                else None
            ),
        )

    def _said(self, kind, text):
        if kind in ("error", "warning") and text != "Service Worker registration blocked by Playwright" and TOO_SLOW not in text:
            self.console.append(f"{kind}: {text}")

    def assert_silent(self):
        """Nothing was said, nothing was asked of another origin."""
        assert self.console == []
        assert self.elsewhere == []


@pytest.fixture(scope="session")
def site_address(built_site):
    """Where the built site is served."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def screen(request):
    """The two sizes that every tool is tried on: each test at one of them in every run, at both in `make test-all`."""
    return request.param


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of a test's two sizes one is long. Which, its name settles, so that it is the same whatever else is run."""
    sized = {}
    for item in items:
        call = getattr(item, "callspec", None)
        if call and call.params.get("screen") in (PHONE, DESKTOP):
            rest = tuple(sorted((name, repr(value)) for name, value in call.params.items() if name != "screen"))
            sized.setdefault((item.nodeid.partition("[")[0], rest), []).append(item)
    for name, both in sized.items():
        if len(both) == 2:
            both[crc32(repr(name).encode()) % 2].add_marker(pytest.mark.long)


def at_its_own_address(page, address):
    """Let the site map name the address that is served, as it does where a site is published at its site_url.

    That is what instant navigation needs. How the site does without it is tested under another host and below a path.
    """

    def answer(route):
        listed = route.fetch()
        route.fulfill(response=listed, body=re.sub(r"<loc>https?://[^/<]*/", f"<loc>{address}", listed.text()))

    page.route("**/sitemap.xml", answer)


def without_engine(page):
    """Let the worker's script never come: what is looked at is there without Python, and four seconds of processor are saved a page."""
    page.route("**/worker.js", lambda route: None)


@pytest.fixture
def page(chromium, site_address, screen):
    """A fresh page of that size; at its end nothing must have been said or asked of elsewhere."""
    context = chromium.new_context(viewport=screen, service_workers="block", color_scheme="light", locale="en-GB")
    page = context.new_page()
    heard = Heard(site_address)
    heard.listen(page)
    page.heard = heard
    at_its_own_address(page, site_address)
    yield page
    page.unroute_all(behavior="ignoreErrors")  # the site map may just be on its way
    context.close()
    heard.assert_silent()
