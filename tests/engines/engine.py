"""What a step can do in any engine. Each engine has a thin driver of its own; the steps are written once, for all of them."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod

EVERY_SECONDS = 0.1

# A click goes to the middle of the first element that can be seen, as far from bars at the edges as can be.
_SHOW = """
(selector) => {
  const seen = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length);
  if (!seen) return false;
  seen.scrollIntoView({ block: "center", behavior: "instant" });
  return true;
}
"""


class NotAsItShould(AssertionError):
    """What a step found, in words."""


class Engine(ABC):
    """A browser with one open page. Scripts are JavaScript functions of one argument; both it and what they return are JSON."""

    version = ""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address and wait until the page is loaded."""

    @abstractmethod
    def run(self, script: str, argument=None):
        """What the function `script` returns, waited for if it is a promise."""

    @abstractmethod
    def press_mouse(self, selector: str) -> None:
        """Move the mouse to the element and press."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key by its name: Tab, Enter, Space, ArrowDown …"""

    @abstractmethod
    def write(self, text: str) -> None:
        """Type into what has the focus."""

    @abstractmethod
    def said(self) -> list[str]:
        """The errors that came to the console since it was last asked."""

    @abstractmethod
    def picture(self, path) -> None:
        """Write what is to be seen as a PNG file."""

    @abstractmethod
    def close(self) -> None:
        """End the browser."""

    def click(self, selector: str) -> None:
        """Press the first element of that selector that can be seen, with the mouse."""
        self.wait_for(_SHOW, selector, what=f"{selector} to be seen")
        self.press_mouse(selector)

    def wait_for(self, script: str, argument=None, *, what: str, seconds: float = 60):
        """The first true value that `script` returns; NotAsItShould when it takes too long."""
        until = time.monotonic() + seconds
        while not (found := self.run(script, argument)):
            if time.monotonic() > until:
                raise NotAsItShould(f"waited {seconds:.0f} s for {what}")
            time.sleep(EVERY_SECONDS)
        return found


def called(script: str, argument) -> str:
    """The call of a function with its argument, as one expression."""
    return f"({script})({json.dumps(argument)})"
