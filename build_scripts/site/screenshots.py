"""The pictures in the README, taken from the built site: home, a map and an answered tool, on a phone and on a desktop.

Run as a program after a build: ``make screenshots``.
"""

import threading
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from build_scripts.chromium import launch_options
from build_scripts.site.server import make_server

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "assets" / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}


def take(site=ROOT / "site", folder=FOLDER, say=print):
    """Write six PNG files into ``folder``."""
    server = make_server(site, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for size, (width, height) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce"
            )
            page = context.new_page()
            for name, show in (("home", _home), ("map", _map), ("tool", _tool)):
                show(page, address)
                page.screenshot(path=folder / f"{name}-{size}.png")
                say(f"taken: {name}-{size}.png")
            context.close()
        browser.close()
    server.shutdown()


def _home(page, address):
    page.goto(address)


def _map(page, address):
    page.goto(f"{address}guidance/enforcement/#the-whole-journey")
    page.wait_for_timeout(500)


def _tool(page, address):
    page.goto(f"{address}tools/appointment/")
    form = page.locator('form[data-tool="appointment"]').first
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    for field, value in (("worker_available", "no"), ("possible_in_detention", "no"), ("residence", "elsewhere")):
        form.locator(f'[data-field="{field}"] input[value="{value}"]').evaluate("(choice) => choice.click()")
    for part, text in (("day", "21"), ("month", "4"), ("year", "2011")):
        form.locator(f'[data-field="on"] [data-part="{part}"]').fill(text)
    for part, text in (("day", "21"), ("month", "4"), ("year", "2011"), ("time", "16:30")):
        form.locator(f'[data-field="clock_starts_at"] [data-part="{part}"]').fill(text)
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]")).to_contain_text("26 April 2011", timeout=30_000)
    page.wait_for_timeout(500)


if __name__ == "__main__":
    take()
