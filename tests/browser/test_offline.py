"""What a device keeps: one edition of the site, whole or not at all, never mixed with another, and nothing lost at the change."""

import functools
import json
import os
import re
import shutil
import struct
import threading

import pytest
from playwright.sync_api import expect

from build_scripts.site.seal import refresh
from build_scripts.site.server import Handler, Server
from tests.browser.conftest import Heard
from tests.in_chromium import until

pytestmark = pytest.mark.browser
# Pages enough to go to and fro; of everything else what these need.
PAGES = ("guidance/housing", "tools/appointment", "tools/workdays")
REST = ("assets/javascripts", "assets/stylesheets", "assets/figures", "_generated", "scripts", "search", "rules", "runtime")
FILES = ("404.html", "assets-manifest.json", "manifest.webmanifest", "sitemap.xml")
KEPT = re.compile(r"Kept whole on this device, for use without a network; this copy was made on \d{1,2} \w+ \d{4} at \d\d:\d\d\.")
READY_MS = 60_000
VERSION = "document.querySelector('meta[name=handbook-version]').content"
# The site's own copies; Python's memory as it was left (test_snapshot.py) is none.
CACHES = "caches.keys().then((all) => all.filter((name) => name.startsWith('handbook ')))"
# The theme moves from page to page without loading anew only where the site map has the site's own address.
LOCATION = re.compile(r"<loc>https?://[^/<]*/")


class Origin:
    """A server whose site, faults and being there can be changed; `faults` gives the path's end and what becomes of the file."""

    def __init__(self, folder):
        self.folder, self.faults, self.asked, self.absent = folder, {}, [], []
        self.server = self.thread = None
        self.port = 0
        self.start()

    def start(self):
        outer = self

        class Faulty(Handler):
            protocol_version = "HTTP/1.0"  # a connection kept open would go on with the edition before

            def _send(self, status, file, body):
                path = file.as_posix()
                outer.asked.append(path)
                fault = next((fault for end, fault in outer.faults.items() if path.endswith(end)), None)
                if status == 404:
                    outer.absent.append(self.path)
                if fault == "missing":
                    return super()._send(404, self.folder / "404.html", body)
                if fault == "other":
                    return super()._send(status, self.folder / "index.html", body)
                return super()._send(status, file, body)

        self.server = Server(("127.0.0.1", self.port), functools.partial(Faulty, folder=self.folder))
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        """There is no network any more."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        self.server = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture(scope="module")
def editions(built_site, tmp_path_factory):
    """Two editions of a part of the site; the second has another word in its title and another script."""
    folder = tmp_path_factory.mktemp("editions")
    first, second = folder / "first", folder / "second"
    for name in REST:
        shutil.copytree(built_site / name, first / name, ignore=shutil.ignore_patterns("*.br", "*.gz", "*.map", "lunr"))
    for name in PAGES:
        (first / name).mkdir(parents=True)
        shutil.copy(built_site / name / "index.html", first / name)
    for name in ("index.html", *FILES):
        shutil.copy(built_site / name, first)
    refresh(first, [])
    shutil.copytree(first, second)
    scripts = next((second / "scripts").iterdir())
    other = scripts.rename(scripts.with_name("0" * 16))
    for file in second.rglob("*.html"):
        html = file.read_text(encoding="utf-8").replace(scripts.name, other.name)
        file.write_text(html.replace("</title>", " of tomorrow</title>"), encoding="utf-8")
    refresh(second, [])
    return first, second


@pytest.fixture
def origin(editions, tmp_path):
    """The first edition, served; `origin.publish(1)` puts the second in its place."""
    link = tmp_path / "site"
    link.symlink_to(editions[0])

    def publish(which):
        link.unlink()
        os.symlink(editions[which], link)

    origin = Origin(link)
    origin.publish = publish
    for folder in editions:  # as where a site is published at its own address
        sitemap = folder / "sitemap.xml"
        sitemap.write_text(LOCATION.sub(f"<loc>{origin.address}", sitemap.read_text(encoding="utf-8")), encoding="utf-8")
        refresh(folder, [])
    yield origin
    if origin.server:
        origin.stop()


@pytest.fixture
def page(chromium, origin):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.heard = Heard(origin.address)
    page.heard.listen(page)
    yield page
    context.close()


def kept(page):
    """Wait until the footer says that all is kept."""
    expect(page.locator("[data-kept]")).to_have_text(KEPT, timeout=READY_MS)


def test_a_site_opened_once_works_without_a_network(page, origin):
    """Pages never opened, a tool's answer, the search, and the site's own page for what is not there."""
    page.goto(origin.address)
    kept(page)
    origin.stop()
    page.goto(f"{origin.address}tools/appointment/?area=essex")
    form = page.locator('form[data-tool="appointment"]')
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    form.locator('[data-field="worker_available"] input[value="yes"]').click()
    expect(form.locator("[data-answer]")).not_to_be_empty(timeout=READY_MS)
    kept(page)
    page.goto(f"{origin.address}tools/workdays")
    assert page.url == f"{origin.address}tools/workdays/"
    page.goto(f"{origin.address}guidance/nowhere/")
    expect(page.locator("h1")).to_contain_text("404")
    assert origin.absent == []
    page.heard.assert_silent()


def test_the_newer_edition_is_told_of_and_taken_when_the_reader_says_so(page, origin):
    """What was typed stays until then, both tabs stay of one edition throughout, and the old copy goes in the end."""
    page.goto(f"{origin.address}tools/workdays/")
    kept(page)
    first = page.evaluate(VERSION)
    form = page.locator("form[data-workdays]")
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    form.locator('input[type="text"]').first.fill("21")
    origin.publish(1)
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    bar = page.locator("[data-newer]")
    expect(bar).to_contain_text("A newer edition is there. Reloading clears what is entered here.", timeout=READY_MS)
    assert form.locator('input[type="text"]').first.input_value() == "21"
    # Another tab, opened now, is of the same edition as the first, tool and all.
    other = page.context.new_page()
    other.goto(f"{origin.address}tools/appointment/")
    assert other.evaluate(VERSION) == first
    expect(other.locator('form[data-tool="appointment"]')).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    expect(other.locator("[data-newer]")).to_be_visible()
    bar.get_by_role("button", name="Reload").click()
    expect(page).to_have_title(re.compile("of tomorrow"), timeout=READY_MS)
    kept(page)
    # The other tab was not reloaded, and what it fetches later is still of its edition.
    assert other.evaluate(VERSION) == first
    later = other.evaluate("import(new URL('draw.js', document.querySelector(\"script[src$='/site.js']\").src)).then(() => true)")
    assert later is True
    assert len(page.evaluate(CACHES)) == 2
    other.close()
    page.goto(origin.address)
    kept(page)
    until(page, f"{CACHES}.then((all) => all.length === 1)")
    assert page.evaluate(VERSION) in page.evaluate(CACHES)[0]


@pytest.mark.long
@pytest.mark.parametrize("fault", ["missing", "other"])
def test_a_copy_that_cannot_be_whole_is_none(page, origin, fault):
    """One file that is not there, or is of another edition: nothing is kept in use, the reader is told, and the next page tries again."""
    origin.faults = {"tools/workdays/index.html": fault}
    page.goto(origin.address)
    expect(page.locator("[data-kept]")).to_contain_text("not all of it could be fetched", timeout=READY_MS)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    fetched = len(origin.asked)
    origin.faults = {}
    page.goto(f"{origin.address}guidance/housing/")
    kept(page)
    # The second try began where the first had stopped.
    assert len(origin.asked) < fetched * 1.8


@pytest.mark.long
def test_a_failed_update_leaves_the_old_copy_whole(page, origin):
    """A server that is just being updated gives files of two editions; the old copy stays in use."""
    page.goto(origin.address)
    kept(page)
    first = page.evaluate(VERSION)
    origin.publish(1)
    origin.faults = {"housing/index.html": "other"}
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update()).catch(() => undefined)")
    until(page, "navigator.serviceWorker.ready.then((one) => !one.installing && !one.waiting)")
    origin.stop()
    page.goto(f"{origin.address}guidance/housing/")
    assert page.evaluate(VERSION) == first
    kept(page)


@pytest.mark.long
def test_a_device_without_room_is_told_of_and_the_site_works(page, origin):
    """Nothing is left lying there half, and the tool answers."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin.address.rstrip("/"), "quotaSize": 2_000_000})
    page.goto(f"{origin.address}tools/workdays/")
    expect(page.locator("[data-kept]")).to_contain_text("no room", timeout=READY_MS)
    assert page.evaluate(CACHES) == []
    expect(page.locator("form[data-workdays]")).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)


@pytest.mark.long
def test_files_that_the_browser_took_away_are_fetched_again(page, origin):
    """A copy with holes is made whole when the next page opens; without a network the reader is told that it is not whole."""
    take_away = f"""async () => {{ const [name] = await {CACHES}; const cache = await caches.open(name);
      for (const one of (await cache.keys()).slice(0, 5)) await cache.delete(one); return (await cache.keys()).length; }}"""
    page.goto(origin.address)
    kept(page)
    left = page.evaluate(take_away)
    page.goto(f"{origin.address}guidance/housing/")
    kept(page)
    assert page.evaluate(f"{CACHES}.then(([one]) => caches.open(one)).then((one) => one.keys()).then((all) => all.length)") == left + 5
    page.evaluate(take_away)
    origin.stop()
    page.goto(f"{origin.address}tools/workdays/")
    expect(page.locator("[data-kept]")).to_contain_text("Not kept for use without a network yet", timeout=READY_MS)


@pytest.mark.long
def test_where_no_copy_can_be_kept_everything_else_works(page, origin):
    """A browser, or a server, that refuses the service worker."""
    origin.faults = {"sw.js": "missing"}
    page.goto(f"{origin.address}tools/workdays/")
    expect(page.locator("[data-kept]")).to_contain_text("does not allow it", timeout=READY_MS)
    expect(page.locator("form[data-workdays]")).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)


@pytest.mark.long
@pytest.mark.parametrize("typed", [False, True], ids=["nothing typed", "something typed"])
def test_without_a_service_worker_two_editions_are_not_mixed_either(chromium, origin, typed):
    """A page of another edition, reached without loading anew, is loaded anew; where something was typed the reader is asked."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    page = context.new_page()
    page.goto(f"{origin.address}tools/appointment/")
    form = page.locator('form[data-tool="appointment"]')
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => { window.sameDocument = true; }")
    if typed:
        form.locator('[data-field="worker_available"] input[value="yes"]').click()
    origin.publish(1)
    page.locator('.md-nav__link[href*="workdays"]').first.evaluate("(link) => link.click()")
    expect(page).to_have_title(re.compile("of tomorrow"), timeout=READY_MS)
    workdays = page.locator("form[data-workdays]")
    if typed:
        expect(page.locator("[data-newer]")).to_contain_text("Reloading clears what is entered here.")
        assert page.evaluate("window.sameDocument") is True
        assert workdays.get_attribute("data-engine-state") is None
        page.locator("[data-newer]").get_by_role("button", name="Reload").click()
    expect(workdays).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    assert page.evaluate("window.sameDocument") is None
    context.close()


def test_the_home_screen_gets_a_name_and_icons(built_site, page, origin):
    """The browser finds nothing wrong with the manifest, and the icons are as large as it says."""
    page.goto(origin.address)
    session = page.context.new_cdp_session(page)
    assert session.send("Page.getAppManifest")["errors"] == []
    said = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one for one in said if one["errorId"] != "in-incognito"] == []  # as every context of a test is
    manifest = json.loads((built_site / "manifest.webmanifest").read_text(encoding="utf-8"))
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            width, height, _ = png(built_site / icon["src"])
            assert f"{width}x{height}" == icon["sizes"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}
    touch = page.locator('link[rel="apple-touch-icon"]').get_attribute("href").removeprefix(origin.address)
    assert png(built_site / touch)[:2] == (180, 180)


def png(file):
    """Width, height and kind of colour of a picture, from its header."""
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return *struct.unpack(">II", data[16:24]), data[25]
