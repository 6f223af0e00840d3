"""Nothing about a person is stored or sent: every form is filled in, and then everything is looked at that a browser keeps or sends."""

import hashlib
import json
import re
import sqlite3
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from build_scripts.chromium import launch_options
from build_scripts.site import server
from build_scripts.site.server import Handler
from tests.browser.conftest import PHONE, Heard, at_its_own_address, served
from tests.browser.test_tools import CLEAR, FILL, RULES, link_with, open_tool
from tests.in_chromium import until

pytestmark = pytest.mark.browser

# What is entered everywhere and stands nowhere on the site: days, a time and a number.
MARKS = ("2011-08-23", "23 August 2011", "23%20August", "04:47", "8317", "answers=", "case-of", "volunteered=")
OWN_KEYS = re.compile(r"(/[\w/-]*)?\.?__palette|/.*\.__\w+")  # the theme's: the colour scheme
HEADERS = {
    "accept", "accept-encoding", "accept-language", "cache-control", "connection", "host", "if-modified-since", "if-none-match", "origin",
    "pragma", "priority", "purpose", "range", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-fetch-dest", "sec-fetch-mode",
    "sec-fetch-site", "sec-fetch-user", "sec-fetch-storage-access", "sec-purpose", "service-worker", "service-worker-navigation-preload",
    "upgrade-insecure-requests", "user-agent", "x-playwright",
}  # fmt: skip

# Answers every field of every form of the page as a person would; none of the dates is one that the page begins with.
FILL_ALL = """
() => {
  const type = (box, text) => { box.value = text; for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, {bubbles: true})); };
  let filled = 0;
  for (const field of document.querySelectorAll("form [data-field]")) {
    const kind = field.dataset.kind, name = field.dataset.field;
    if (name === "in") continue;
    filled += 1;
    if (kind.startsWith("date")) {
      for (const [part, text] of [["day", "23"], ["month", "8"], ["year", "2011"], ["time", "04:47"]]) {
        const box = field.querySelector(`[data-part="${part}"]`);
        if (box) type(box, text);
      }
      field.dispatchEvent(new FocusEvent("focusout", {bubbles: true}));
    } else if (kind === "number") type(field.querySelector("input[type=text]"), "8317");
    else field.querySelector("input:not([value=not_known]):not([value=none_of_them])")?.click();
  }
  for (const button of document.querySelectorAll("form button[type=submit]")) button.click();
  return filled;
}
"""

# Everything that a page of this origin can have stored.
STORED = """
async (marks) => {
  const letters = (bytes, width) => {
    const found = [], all = new TextDecoder("latin1").decode(bytes);
    for (const mark of marks) if (all.includes([...mark].join("\\0".repeat(width - 1)))) found.push(mark);
    return found;
  };
  const caches_ = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request, {ignoreVary: true});
      const bytes = await response.arrayBuffer();
      const body = await crypto.subtle.digest("SHA-256", bytes);
      const headers = [...response.headers];
      // Python keeps text in one, two or four bytes a letter.
      const python = name.startsWith("python ") && [1, 2, 4].map((width) => letters(bytes, width));
      caches_.push({url: request.url, python, method: request.method, from: response.url, headers, asked: [...request.headers],
        body: [...new Uint8Array(body)].map((one) => one.toString(16).padStart(2, "0")).join("")});
    }
  }
  return {caches: caches_, local: {...localStorage}, session: {...sessionStorage}, databases: await indexedDB.databases(), cookie: document.cookie,
    name: window.name, state: JSON.stringify(history.state), address: location.href, title: document.title};
}
"""


@contextmanager
def browser_with_profile(chromium, folder, **options):
    """A browser with a profile on disk, as a person has it: service worker, caches, history."""
    context = chromium.browser_type.launch_persistent_context(str(folder), viewport=PHONE, locale="en-GB", **{**launch_options(), **options})
    yield context
    context.close()


@contextmanager
def noting(asked):
    """While it lasts, each server that starts notes what it is asked: method, address, headers, and whether a body comes with it."""

    def noted(self):
        asked.append({"method": self.command, "address": self.path, "headers": dict(self.headers)})
        return Handler.do_GET(self)

    with patch.object(server, "Handler", type("Noting", (Handler,), {f"do_{one}": noted for one in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")})):
        yield


SOME = ("tools/identification.md", "tools/rotl_testing.md", "tools/deadlines.md", "tools/walk_enforcement.md")
ALL = (*(tool.page for tool in RULES.tools.values()), "tools/deadlines.md", "tools/workdays.md", "tools/walk_enforcement.md", "tools/walk_proactive_engagement.md")


@pytest.fixture(scope="module", params=[SOME, pytest.param(ALL, marks=pytest.mark.long)], ids=["some", "all"])
def everything_filled(request, chromium, built_site, tmp_path_factory):
    """What was asked of the server, what is stored, what the tab's history holds, and the profile's folder, after every form was filled in."""
    profile, pages = tmp_path_factory.mktemp("profile"), request.param
    asked, held, filled = [], [], 0
    with noting(asked), served(built_site) as address, browser_with_profile(chromium, profile) as context:
        page, heard = context.new_page(), Heard(address)
        heard.listen(page)
        at_its_own_address(page, address)
        for name in pages:
            page.goto(f"{address}{name.removesuffix('.md')}/")
            page.locator("form[data-engine-state=ready]").first.wait_for(timeout=60_000)
            filled += page.evaluate(FILL_ALL)
            page.wait_for_timeout(300)
            # By now everything is filled in; what Python's memory was before is written only now.
            until(page, "caches.keys().then((all) => all.includes('python /'))")
            held.append(page.evaluate("[location.href, JSON.stringify(history.state), document.title, window.name]"))
        page.goto(f"{address}tools/identification/" + link_with({"tool": "identification", "answers": {"volunteered": "yes"}, "on": "2011-08-23"}))
        expect(page.locator('[data-field="volunteered"] input[value="yes"]').first).to_be_checked(timeout=30_000)
        page.goto(f"{address}?q=volunteered")
        until(page, "navigator.serviceWorker.controller !== null")
        # Four digits may stand anywhere in so many bytes, and names of arguments do stand in Python.
        stored = page.evaluate(STORED, [mark for mark in MARKS if len(mark) > 4 and "=" not in mark])
        entries = context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
        cookies = context.cookies()
    heard.assert_silent()
    assert filled > 30 * len(pages) ** 0.5
    return {"address": address, "asked": asked, "stored": stored, "held": held, "entries": entries, "cookies": cookies, "profile": profile, "site": built_site}


def bare(text):
    """A text in which marks can be looked for, however it was escaped."""
    return unquote(text if isinstance(text, str) else json.dumps(text))


def marks_in(what):
    """The marks that stand in something."""
    return [mark for mark in MARKS if mark in bare(what)]


def test_nothing_is_stored_but_the_colour_scheme_and_the_sites_own_files(everything_filled):
    """No cookie, no database, no session; local storage holds the theme's keys; every cached file is the site's, byte for byte.

    But one: Python's memory as it was before anything was asked, in which nothing that was entered is found.
    """
    stored, site = everything_filled["stored"], everything_filled["site"]
    assert everything_filled["cookies"] == [] and stored["cookie"] == "" and stored["databases"] == []
    assert [key for key in (*stored["local"], *stored["session"]) if not OWN_KEYS.fullmatch(key)] == []
    assert marks_in([stored["local"], stored["session"]]) == []
    assert len(stored["caches"]) > 50
    pictures = [one for one in stored["caches"] if one["python"] is not False]
    assert [one["python"] for one in pictures] == [[[], [], []]]
    for one in stored["caches"]:
        assert one["method"] == "GET" and marks_in([one["url"], one["from"], one["asked"], one["headers"]]) == []
        if one in pictures:
            continue
        parts = urlsplit(one["url"])
        assert (parts.query, parts.fragment) == ("", "")
        path = unquote(parts.path).lstrip("/")
        file = site / (path + "index.html" if path.endswith("/") or not path else path)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == one["body"], path


def test_nothing_is_sent_but_the_addresses_of_the_sites_own_files(everything_filled):
    """Each request asks for a file of the site by its own name: without a body, a query or a header but the browser's own."""
    site = everything_filled["site"]
    assert len(everything_filled["asked"]) > 50
    for one in everything_filled["asked"]:
        headers = {name.lower() for name in one["headers"]}
        assert one["method"] in ("GET", "HEAD"), one
        if one["address"] == "/sw.js":  # browsers say which script or page of the site asks for it
            assert (one["headers"].get("Referer") or everything_filled["address"]).startswith(everything_filled["address"])
            headers -= {"referer"}
        assert headers - HEADERS == set() and marks_in(one["headers"]) == [], one
        path, _, query = one["address"].lstrip("/").partition("?")
        path = unquote(path)
        assert query in ("", "q=volunteered"), "only the search that this test asks for has a query"
        assert (site / path).is_file() or (site / path / "index.html").is_file() or path == "favicon.ico", path


def test_address_title_and_history_hold_nothing(everything_filled):
    """Neither the address, the title, the window's name nor what a history entry carries tells what was entered or what a link held."""
    assert [one for one in everything_filled["held"] if marks_in(one)] == []
    assert [one["url"] for one in everything_filled["entries"] if "#" in one["url"] or marks_in([one["url"], one["title"]])] == []


def test_the_profile_on_disk_holds_nothing_of_what_was_entered(everything_filled):
    """No file of the browser's profile has a day or number that was typed. That a link with answers was followed, the browser's own list of
    visited addresses knows: a page cannot change that, and the reader is told where the link is made."""
    typed = [b"2011-08-23", b"04:47", b"2011-08-23".decode().encode("utf-16-le"), "04:47".encode("utf-16-le")]
    found = [file.name for file in everything_filled["profile"].rglob("*") if file.is_file() and any(one in file.read_bytes() for one in typed)]
    assert found == []
    history = next(everything_filled["profile"].rglob("History"), None)
    if history:
        with sqlite3.connect(history) as known:
            with_answers = [url for (url,) in known.execute("SELECT url FROM urls") if "#" in url]
        assert all("tools/identification/#answers=" in url for url in with_answers)


def entered(page):
    """Everything that stands in the fields of the page's forms, but for the place and the day of the case."""
    return page.evaluate("""() => [...document.querySelectorAll("form [data-field]")].filter((field) => !["in", "on", "do"].includes(field.dataset.field))
      .flatMap((field) => [...field.querySelectorAll("input")].filter((box) => (/radio|checkbox/.test(box.type) ? box.checked : box.value)).map((box) => box.value))""")


def fresh_page(chromium, address, site_url=True):
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    if site_url:
        at_its_own_address(page, address)
    return context, page


def fill_identification(page, address):
    form = open_tool(page, address, "identification")
    form.evaluate(FILL, {"volunteered": "yes", "on": "2011-08-23"})
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]")).to_contain_text("The criteria are met", timeout=30_000)
    return form


def test_start_again_leaves_nothing(chromium, site_address):
    """Fields, answer, memory: after Start again they are empty, and so are they on the way back within the site."""
    context, page = fresh_page(chromium, site_address)
    form = fill_identification(page, site_address)
    form.get_by_role("button", name="Start again").click()
    expect(form.locator(".hb-head__title")).to_contain_text("still possible", timeout=30_000)
    assert entered(page) == [] and form.locator('[data-field="on"] [data-part="year"]').input_value() != "2011"
    page.locator("a.md-logo").first.evaluate("(link) => link.click()")
    expect(page.locator("form[data-tool]")).to_have_count(0, timeout=30_000)
    page.evaluate("history.back()")
    expect(page.locator('form[data-tool="identification"]').first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    assert entered(page) == []
    context.close()


@pytest.mark.parametrize("page_of", [pytest.param("tools/workdays/", marks=pytest.mark.long), "tools/deadlines/"])
def test_start_again_empties_the_calculators(chromium, site_address, page_of):
    """They have the button too, and it takes the dates and the answer away."""
    context, page = fresh_page(chromium, site_address)
    page.goto(site_address + page_of)
    form = page.locator("form[data-deadline], form[data-workdays]").first
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    kind = form.locator('[data-field="from"]').get_attribute("data-kind")
    form.evaluate(FILL, {"from": "2011-08-23" + ("T04:47" if kind == "date_time" else "")})
    if form.locator('[data-field="add"]').count():
        form.evaluate(FILL, {"add": 3})
    form.locator("button[type=submit]").click()
    form.locator("[data-answer]").get_by_role("button", name="Start again").click(timeout=30_000)
    assert entered(page) == []
    assert form.locator("[data-answer]").evaluate("(place) => place.hidden && !place.textContent")
    context.close()


@pytest.mark.long
def test_loading_again_closing_and_another_tab_show_nothing(chromium, site_address):
    """The browser restores no field: not on loading again, not in another tab, not in a new tab once this one is closed."""
    context, page = fresh_page(chromium, site_address)
    fill_identification(page, site_address)
    page.reload()
    expect(page.locator('form[data-tool="identification"]').first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    assert entered(page) == []
    fill_identification(page, site_address)
    with context.expect_page() as opened:
        page.evaluate("window.open(location.href)")
    other = opened.value
    expect(other.locator('form[data-tool="identification"]').first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    assert entered(other) == []
    page.close()
    other.reload()
    expect(other.locator('form[data-tool="identification"]').first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    assert entered(other) == []
    context.close()


def test_every_form_forbids_restoring(built_site):
    """Browsers restore fields after a crash or in a duplicated tab unless the form says otherwise."""
    for file in built_site.rglob("*.html"):
        for form in re.findall(r"<form [^>]*>", file.read_text(encoding="utf-8")):
            if "data-instance" in form:
                assert 'autocomplete="off"' in form, file


@pytest.mark.long
def test_what_was_cleared_is_not_in_a_page_kept_for_back(chromium, built_site, tmp_path):
    """Where pages are loaded one by one, the browser keeps them frozen for Back; after a clear it shows none with what was entered."""
    with (
        served(built_site, host="localhost") as address,
        browser_with_profile(chromium, tmp_path, ignore_default_args=["--disable-back-forward-cache"], service_workers="block") as context,
    ):
        page = context.new_page()
        page.add_init_script("addEventListener('pageshow', (event) => { window.fromTheFreezer = event.persisted; })")
        fill_identification(page, address)
        back(page, address)
        assert page.evaluate("window.fromTheFreezer") and "yes" in entered(page), "Back finds the answers again"
        page.goto(address + "training/")
        form = fill_identification(page, address)
        form.get_by_role("button", name="Start again").click()
        expect(form.locator(".hb-head__title")).to_contain_text("still possible", timeout=30_000)
        page.evaluate("setTimeout(() => history.go(-2), 50)")
        page.wait_for_timeout(1000)
        expect(page.locator('form[data-tool="identification"]').first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
        assert entered(page) == []
        page.locator("form").first.evaluate(CLEAR)


def back(page, address):
    """Away to another page and back, as the reader goes."""
    page.goto(address + "training/")
    page.evaluate("setTimeout(() => history.back(), 50)")
    expect(page).to_have_url(address + "tools/identification/", timeout=30_000)  # a page that was kept loads no more
