"""WebKitGTK, the engine of GNOME Web and a close relative of Safari's, driven by Selenium on a screen that nobody sees."""

import os
import shutil
import subprocess
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.engines.ear import EAR
from tests.engines.engine import Engine, NotAsItShould, called

NAME = "WebKitGTK"
INSTALL = "install Debian's packages webkit2gtk-driver and xvfb"
DRIVER, SCREEN = "WebKitWebDriver", "Xvfb"
KEYS = {"Tab": Keys.TAB, "Enter": Keys.ENTER, "Space": Keys.SPACE, "ArrowDown": Keys.ARROW_DOWN, "Escape": Keys.ESCAPE}
BROWSER_FOLDERS = ("/usr/lib", "/usr/libexec", "/usr/lib64")

_WAIT = """
const done = arguments[arguments.length - 1];
Promise.resolve().then(() => %s).then((value) => done({ value }), (error) => done({ trouble: String(error) }));
"""


def mini_browser() -> Path | None:
    """The small browser that comes with the engine."""
    found = [path for folder in BROWSER_FOLDERS for path in Path(folder).glob("**/webkit2gtk-4*/MiniBrowser")]
    return max(found, default=None)


def missing() -> str | None:
    """What is not there, or None."""
    absent = [name for name in (DRIVER, SCREEN) if not shutil.which(name)]
    if not mini_browser():
        absent.append("MiniBrowser")
    return "no program named " + ", ".join(absent) if absent else None


class WebKitGTK(Engine):
    """Its driver hears no console, so the pages that it is shown carry an ear (ear.py)."""

    def __init__(self):
        self._said = []
        display = self._screen()
        try:
            options = Options()
            options.binary_location = str(mini_browser())
            options.add_argument("--automation")
            service = Service(executable_path=shutil.which(DRIVER), env={**os.environ, "DISPLAY": display})
            self._driver = webdriver.WebKitGTK(options=options, service=service)
        except BaseException:
            self._xvfb.kill()
            raise
        self._driver.set_script_timeout(120)
        self._driver.set_window_size(1280, 800)
        self.version = self._driver.capabilities["browserVersion"]

    def _screen(self):
        read, write = os.pipe()
        command = [SCREEN, "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        self._xvfb = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise NotAsItShould(f"{SCREEN} did not start")
        return f":{number}"

    def open(self, address):
        self._listen()
        self._driver.get(address)

    def run(self, script, argument=None):
        try:
            reply = self._driver.execute_async_script(_WAIT % called(script, argument))
        except WebDriverException as error:
            raise NotAsItShould(f"a script could not be run: {error.msg}") from None
        if "trouble" in reply:
            raise NotAsItShould(f"a script failed: {reply['trouble']}")
        return reply.get("value")

    def press_mouse(self, selector):
        self._listen()
        seen = [one for one in self._driver.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]
        if not seen:
            raise NotAsItShould(f"nothing to press at {selector}")
        seen[0].click()

    def press(self, key):
        self._listen()
        ActionChains(self._driver).send_keys(KEYS[key]).perform()

    def write(self, text):
        ActionChains(self._driver).send_keys(text).perform()

    def _listen(self):
        """What a page said is gone with the page, so it is asked for before anything that may lead elsewhere."""
        self._said += self._driver.execute_script(f"return (globalThis.{EAR} ?? []).splice(0)")

    def said(self):
        self._listen()
        said, self._said = self._said, []
        return said

    def picture(self, path):
        self._driver.save_screenshot(str(path))

    def close(self):
        try:
            self._driver.quit()
        finally:
            self._xvfb.terminate()
            self._xvfb.wait(20)
