"""Chromium, driven by Playwright."""

from playwright.sync_api import sync_playwright

from build_scripts.chromium import ChromiumNotFound, find, launch_options
from tests.engines.engine import Engine

NAME = "Chromium"
INSTALL = "run `make setup`, or install Debian's package chromium"


def missing() -> str | None:
    """What is not there, or None."""
    try:
        find()
    except ChromiumNotFound as trouble:
        return str(trouble).splitlines()[0]
    return None


class Chromium(Engine):
    def __init__(self):
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(**launch_options())
        self.version = self._browser.version
        self._page = self._browser.new_page(viewport={"width": 1280, "height": 800})
        self._said = []
        self._page.on("console", lambda one: self._said.append(one.text) if one.type == "error" else None)
        self._page.on("pageerror", lambda error: self._said.append(str(error)))

    def open(self, address):
        self._page.goto(address)

    def run(self, script, argument=None):
        return self._page.evaluate(script, argument)

    def press_mouse(self, selector):
        self._page.locator(selector).locator("visible=true").first.click()

    def press(self, key):
        self._page.keyboard.press(key)

    def write(self, text):
        self._page.keyboard.type(text)

    def said(self):
        said, self._said[:] = list(self._said), []
        return said

    def picture(self, path):
        self._page.screenshot(path=path)

    def close(self):
        self._browser.close()
        self._playwright.stop()
