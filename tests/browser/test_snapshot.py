"""The second start on a device begins with Python's memory as the first one left it, and nothing depends on that."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCRIPT
from tests.in_chromium import until

READY = 'form[data-tool="appointment"][data-engine-state="ready"]'
NAME = "'python /'"
KEPT = f"caches.open({NAME}).then(async (one) => (await one.keys()).map(({{ url }}) => url))"
ENGINE = """async ([script, request]) => {
  const engine = (await import(script)).createEngine({ baseUrl: new URL("../../", location.href) });
  return { reply: await engine.ask(request), fromSnapshot: engine.state.fromSnapshot };
}"""
REQUEST = {"do": "decide", "tool": "appointment", "answers": {}, "on": "2010-06-01", "in": "england", "today": "2010-06-01"}
# In place of the picture: other bytes, with the hash that they have, or with the hash that it had.
SPOIL = f"""async (honest) => {{
  const cache = await caches.open({NAME}), [request] = await cache.keys(), old = await cache.match(request);
  const bytes = new Uint8Array(await old.arrayBuffer()).fill(7, 0, 64);
  const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((one) => one.toString(16).padStart(2, "0")).join("");
  await cache.put(request, new Response(bytes, {{ headers: {{ "x-sha-256": honest ? hash : old.headers.get("x-sha-256") }} }}));
}}"""


def visit(page, address):
    """The reply to one question on a page that is opened anew, and whether Python came from a snapshot."""
    page.goto(f"{address}tools/appointment/")
    page.locator(READY).first.wait_for(timeout=60_000)
    found = page.evaluate(ENGINE, [page.evaluate(SCRIPT, "engine.js"), REQUEST])
    assert found["reply"]["ok"], found
    return found


@pytest.fixture
def second(page, site_address):
    """A page of a browser that was here before; (page, what it was answered the first time)."""
    first = visit(page, site_address)
    assert first["fromSnapshot"] is False
    until(page, f"{KEPT}.then((urls) => urls.length === 1)")
    return page, first["reply"]


def test_the_second_start_is_from_memory_and_answers_alike(second, site_address):
    """Same bytes of the answer, of the same rules; and one picture is kept, not one a visit."""
    page, reply = second
    found = visit(page, site_address)
    assert found["fromSnapshot"] is True
    assert found["reply"] == reply
    page.wait_for_timeout(2_000)
    assert len(page.evaluate(KEPT)) == 1


@pytest.mark.parametrize("honest", [False, True], ids=["damaged", "of_something_else"])
def test_a_picture_that_is_not_what_it_was_is_not_used(second, site_address, honest):
    """Python starts from the beginning, with the same answer, and the reader sees no failure."""
    page, reply = second
    page.evaluate(SPOIL, honest)
    found = visit(page, site_address)
    assert found["reply"] == reply
    expect(page.locator(READY).first).to_be_visible()
    if not honest:
        assert found["fromSnapshot"] is False


def test_without_room_nothing_is_kept(page, site_address):
    """A device that is nearly full answers, and keeps no part of the picture."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site_address.rstrip("/"), "quotaSize": 20_000_000})
    visit(page, site_address)
    page.wait_for_timeout(3_000)
    assert page.evaluate(f"caches.has({NAME})") is False
