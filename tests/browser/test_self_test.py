"""The self-test page: silent about a server that does all, and plain about each thing that one does wrongly."""

import functools
import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from build_scripts.site.server import Handler, Server

pytestmark = pytest.mark.browser


@contextmanager
def wrong_server(folder, changes, status=None):
    """Serves the site with other headers: {header: (part of the path, value or None)}; ``status`` for what is not there."""

    class Wrong(Handler):
        def send_header(self, name, value):
            part, other = changes.get(name, ("", value))
            if part in self.path:
                value = other
            if value is not None:
                super().send_header(name, value)

        def _smallest(self, file):
            return (file, None) if "Content-Encoding" in changes else super()._smallest(file)

        def _send(self, found, file, body):
            super()._send(status if status and found == 404 else found, file, body)

    server = Server(("127.0.0.1", 0), functools.partial(Wrong, folder=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def looked(chromium, address, **context):
    """{what: (right or not, found)} as the page says it, and its verdict."""
    context = chromium.new_context(**context)
    page = context.new_page()
    page.goto(f"{address}self-test/")
    expect(page.locator("[data-self-test]")).to_have_attribute("data-done", "", timeout=60_000)
    rows = page.locator("[data-self-test] tr[data-look]")
    found = rows.evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('th').textContent, row.dataset.right, row.querySelector('[data-found]').textContent])"
    )
    verdict = page.locator("[data-verdict]").text_content()
    context.close()
    return {what: (right, said) for what, right, said in found}, verdict


def test_a_server_that_does_all_is_told_so(chromium, site_address):
    """Our own, on this very machine."""
    found, verdict = looked(chromium, site_address)
    assert {what: said for what, (right, said) in found.items() if right != "yes"} == {}
    assert verdict == f"All {len(found)} things are as they should be."
    assert len(found) > 40


@pytest.mark.parametrize(
    ("changes", "status", "wrong", "said"),
    [
        ({"Content-Type": (".wasm", "application/octet-stream")}, None, {"Type of WebAssembly"}, "application/octet-stream"),
        ({"Content-Type": (".webmanifest", None)}, None, {"Type of the manifest for home screens"}, "no type"),
        ({"X-Content-Type-Options": ("", None)}, None, {"X-Content-Type-Options with a page"}, "not sent"),
        ({"Content-Security-Policy": ("worker.js", None)}, None, {"Content-Security-Policy with the worker's script"}, "not sent"),
        (
            {"Content-Security-Policy": ("worker.js", "default-src 'self'")},
            None,
            {"Content-Security-Policy with the worker's script"},
            "default-src 'self'",
        ),
        ({"Cache-Control": ("sw.js", "max-age=31536000")}, None, {"The service worker is asked for each time"}, "max-age=31536000"),
        ({"Cache-Control": (".wasm", "no-cache")}, None, {"WebAssembly may be kept"}, "no-cache"),
        (
            {"Content-Encoding": ("", None)},
            None,
            {"A page comes compressed", "The worker's script comes compressed", "The file of rules comes compressed", "WebAssembly comes compressed", "The engine comes compressed"},
            "not compressed",
        ),
        ({}, 200, {"An address that does not exist"}, "status 200"),
    ],
)
def test_each_fault_of_a_server_is_named(chromium, built_site, changes, status, wrong, said):
    """That and nothing else is marked, with what was found."""
    with wrong_server(built_site, changes, status) as address:
        found, verdict = looked(chromium, address)
    marked = {what for what, (right, _) in found.items() if right == "no"}
    assert marked == wrong
    assert all(f"Not right: {said}" in found[what][1] for what in marked)
    assert verdict.startswith(f"{len(wrong)} of {len(found)} things are not as they should be.")


def test_a_missing_file_is_named(chromium, built_site):
    """One that the server refuses to give, whatever the reason."""

    class Refusing(Handler):
        def _send(self, status, file, body):
            return super()._send(404, self.folder / "404.html", body) if file.suffix == ".zip" else super()._send(status, file, body)

    server = Server(("127.0.0.1", 0), functools.partial(Refusing, folder=built_site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found, _ = looked(chromium, f"http://127.0.0.1:{server.server_address[1]}/")
    server.shutdown()
    server.server_close()
    assert found["The engine is there"] == ("no", "Not right: status 404")


def test_without_scripts_the_page_says_what_a_server_should_do(chromium, site_address):
    """The table is whole; nothing is said to have been found."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}self-test/")
    expect(page.locator("[data-verdict]")).to_contain_text("Without scripts nothing is looked at")
    expect(page.get_by_role("cell", name="application/wasm")).to_be_visible()
    context.close()
