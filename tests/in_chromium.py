"""Asks the shipped files in Chromium, through the very client that the pages use."""

from __future__ import annotations

import time
from collections.abc import Sequence

_ASK_ALL = """
async ({base, requests}) => {
  const { createEngine } = await import(base + "assets/javascripts/engine.js");
  const engine = createEngine({ baseUrl: base });
  const replies = [];
  for (const request of requests) replies.push(await engine.ask(request));
  return replies;
}
"""


def ask_in_chromium(page, address: str, requests: Sequence[dict]) -> list[dict]:
    """Put `requests` to the tools of the site at `address`, and return the replies.

    A reply is {"ok", "answer", "text"} or {"ok", "error"}. `page` is a Playwright page; it goes to `address` first,
    which ends with a slash.
    """
    page.goto(address)
    return page.evaluate(_ASK_ALL, {"base": address, "requests": list(requests)})


def until(page, script, arg=None, *, seconds=60):
    """What `script` gives in the page, once it is something.

    Asked again and again from here: Playwright's own waiting evaluates text in the page, which the site's policy forbids.
    Raises AssertionError where it is nothing for so many seconds.
    """
    end = time.monotonic() + seconds
    while not (found := page.evaluate(script, arg)):
        assert time.monotonic() < end, f"still {found!r} after {seconds} s: {script}"
        page.wait_for_timeout(50)
    return found
