"""Firefox, driven over WebDriver BiDi by puppeteer-core under Node: Debian has no geckodriver."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.engines.engine import Engine, NotAsItShould, called
from tests.in_node import node

NAME = "Firefox"
INSTALL = "install Debian's package firefox-esr"
BRIDGE = Path(__file__).with_name("firefox_bridge.mjs")
PROGRAMS = ("firefox-esr", "firefox")


def program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def missing() -> str | None:
    """What is not there, or None."""
    return None if program() else f"no program named {' or '.join(PROGRAMS)}"


class Firefox(Engine):
    def __init__(self):
        self._bridge = subprocess.Popen(
            [node(), BRIDGE, program()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.version = self._tell(do="start").removeprefix("firefox/")

    def _tell(self, **order):
        self._bridge.stdin.write(json.dumps(order) + "\n")
        self._bridge.stdin.flush()
        line = self._bridge.stdout.readline()
        if not line:
            raise NotAsItShould("Firefox, or the bridge to it, has ended")
        reply = json.loads(line)
        if "trouble" in reply:
            raise NotAsItShould(f"{order['do']}: {reply['trouble']}")
        return reply.get("value")

    def open(self, address):
        self._tell(do="open", address=address)

    def run(self, script, argument=None):
        return self._tell(do="run", script=called(script, argument))

    def press_mouse(self, selector):
        self._tell(do="click", selector=selector)

    def press(self, key):
        self._tell(do="press", key={"Space": " "}.get(key, key))

    def write(self, text):
        self._tell(do="write", text=text)

    def said(self):
        return self._tell(do="said")

    def picture(self, path):
        self._tell(do="picture", path=str(path))

    def close(self):
        try:
            self._tell(do="close")
            self._bridge.wait(20)
        finally:
            self._bridge.kill()
