"""Everything that can go wrong around a tool, brought about in a real browser: what the reader sees, and that nothing typed is lost.

docs/maintain/faults.md lists the faults, each with its test here; tests/unit/test_faults_listed.py holds the two together.
"""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from build_scripts.load import load_rules
from decision_logic import decide
from tests.browser import faulty_server as fault
from tests.browser.conftest import DESKTOP
from tests.in_chromium import until

pytestmark = pytest.mark.browser
RULES = load_rules().rules
ON = "2011-04-21"
ANSWERS = {"drug_test": "negative", "volunteered": "yes"}
ANSWER = decide(RULES, "identification", ANSWERS, on=ON, place="england")
IN_TIME = 60_000
WASM, STDLIB, MANIFEST, WORKER, SERVICE_WORKER = r"\.wasm$", r"python_stdlib\.zip$", r"assets-manifest\.json$", r"/worker[^/]*\.js$", r"/sw\.js$"

TYPED = """
(form) => Object.fromEntries([...form.querySelectorAll("[data-field] input:checked"), ...form.querySelectorAll("[data-part]")]
  .filter((box) => box.value && box.value !== "not_known")
  .map((box) => [box.type === "radio" ? box.closest("[data-field]").dataset.field : box.dataset.part, box.value]))
"""
KEPT = {**ANSWERS, "day": "21", "month": "4", "year": "2011"}


class Reader:
    """Somebody at the tool's page, who enters a case before, while and after things go wrong."""

    def __init__(self, page, trouble):
        self.page, self.trouble = page, trouble
        self.form = page.locator('form[data-tool="identification"]').first
        self.note = self.form.locator("[data-engine]")

    def open(self):
        self.page.goto(self.trouble.address + "tools/identification/", wait_until="domcontentloaded")

    def enter(self, answers=None, on=ON):
        year, month, day = on.split("-")
        for part, text in (("year", year), ("month", str(int(month))), ("day", str(int(day)))):
            self.form.locator(f'[data-field="on"] [data-part="{part}"]').fill(text)
        for name, value in (answers or ANSWERS).items():
            self.form.locator(f'[data-field="{name}"] input[value="{value}"]').check()

    def begin(self):
        """Open the page and enter the case at once."""
        self.open()
        self.enter()

    def expect_failure(self, reason):
        """A note above the questions says what is wrong and offers a way on; the case is still there, and so is its answer."""
        expect(self.form).to_have_attribute("data-engine-state", "failed", timeout=IN_TIME)
        self.expect_note(reason)
        self.expect_looked_up_answer()

    def expect_note(self, reason):
        expect(self.note).to_be_visible(timeout=IN_TIME)
        expect(self.note).to_contain_text(reason)
        expect(self.note).to_contain_text("What you entered is still here.")
        way = self.note.get_by_role("link", name="Go to the decision table")
        expect(self.page.locator(way.get_attribute("href"))).to_be_visible()
        expect(self.page.locator("#outcome-criteria_met")).to_be_visible()
        self.expect_kept()

    def expect_looked_up_answer(self):
        """Without Python: the outcome and every action, under the same rules, and what is missing is named."""
        expect(self.note).to_contain_text("The tool answers, but cannot show everything. Missing are")
        self.form.get_by_role("button", name="Show the answer").click()
        shown = self.form.locator("[data-answer]")
        for text in (ANSWER["title"], *(action["what"] for action in ANSWER["actions"]), RULES.rules_hash):
            expect(shown).to_contain_text(text)
        expect(shown.locator('details[data-fold="trace"]')).to_have_count(0)

    def expect_kept(self):
        assert self.form.evaluate(TYPED) == KEPT

    def expect_ready(self):
        expect(self.form).to_have_attribute("data-engine-state", "ready", timeout=IN_TIME)

    def expect_whole_answer(self):
        """What Python answers, its reasons included, and no note."""
        self.expect_ready()
        self.form.get_by_role("button", name="Show the answer").click()
        shown = self.form.locator("[data-answer]")
        expect(shown).to_contain_text(ANSWER["title"], timeout=IN_TIME)
        expect(shown.locator('details[data-fold="trace"]')).to_have_count(1, timeout=IN_TIME)
        expect(self.note).to_be_hidden()
        self.expect_kept()

    def try_again(self):
        """The cause is gone: one press, and the tool answers with what was entered before."""
        self.trouble.faults.clear()
        self.note.get_by_role("button", name="Try again").click()
        self.expect_whole_answer()


@pytest.fixture(scope="module")
def trouble(built_site):
    with fault.served_with_trouble(built_site) as trouble:
        yield trouble


@pytest.fixture
def context(chromium, trouble):
    """A browser that has kept nothing, and a server without faults."""
    trouble.faults.clear()
    trouble.asked.clear()
    context = chromium.new_context(viewport=DESKTOP, service_workers="block", locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def reader(context, trouble):
    return Reader(context.new_page(), trouble)


@pytest.mark.long
def test_wasm_is_not_on_the_server(reader):
    """The note says that a file is missing; once it is there, one press goes on."""
    reader.trouble.faults = {WASM: fault.missing}
    reader.begin()
    reader.expect_failure("is not on the server")
    reader.try_again()


def test_wasm_comes_with_the_wrong_type(reader):
    """It is no obstacle: the tool answers."""
    reader.trouble.faults = {WASM: fault.without_a_type}
    reader.begin()
    reader.expect_whole_answer()


def test_wasm_is_blocked_by_policy(reader):
    """The note says that a security setting stops it."""
    reader.trouble.faults = {WORKER: fault.without_wasm, r"/tools/identification/$": fault.without_wasm}
    reader.begin()
    reader.expect_failure("security setting")


# Every other kind of form: its page, what it is, and a choice or date that is entered.
FORMS = {
    "journey": ("tools/walk_enforcement/", 'form[data-walk="enforcement"]', {"how_they_come": "positive_test"}, None),
    "deadline": ("tools/deadlines/", 'form[data-deadline="follow_up"]', {}, "from"),
    "working days": ("tools/workdays/", "form[data-workdays]", {"do": "before"}, "from"),
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_says_that_wasm_is_blocked(reader, kind):
    """Journeys and calculators too have a note, and keep what was entered."""
    path, selector, choices, date = FORMS[kind]
    reader.trouble.faults = {WORKER: fault.without_wasm}
    reader.form = reader.page.locator(selector).first
    reader.page.goto(reader.trouble.address + path)
    reader.form.scroll_into_view_if_needed()
    for name, value in choices.items():
        reader.form.locator(f'[data-field="{name}"] input[value="{value}"]').check()
    if date:
        for part, text in (("day", "21"), ("month", "4"), ("year", "2011")):
            reader.form.locator(f'[data-field="{date}"] [data-part="{part}"]').fill(text)
    entered = reader.form.evaluate(TYPED)
    assert entered.items() >= {**choices, **({"day": "21", "month": "4", "year": "2011"} if date else {})}.items()
    expect(reader.form).to_have_attribute("data-engine-state", "failed", timeout=IN_TIME)
    note = reader.form.locator("[data-engine]")
    expect(note).to_be_visible()
    expect(note).to_contain_text("security setting")
    expect(note).to_contain_text("What you entered is still here.")
    assert reader.form.evaluate(TYPED) == entered


@pytest.mark.long
def test_wasm_is_cut_short(reader):
    """A file that was copied by half is called damaged, and not the browser too old."""
    reader.trouble.faults = {WASM: fault.half}
    reader.begin()
    reader.expect_failure("damaged")
    reader.try_again()


@pytest.mark.long
def test_the_standard_library_is_not_on_the_server(reader):
    """The note says that a file is missing; once it is there, one press goes on."""
    reader.trouble.faults = {STDLIB: fault.missing}
    reader.begin()
    reader.expect_failure("is not on the server")
    reader.try_again()


@pytest.mark.long
def test_the_standard_library_is_corrupt(reader):
    """Whether it came by half or as something else, the start ends in a note."""
    reader.trouble.faults = {STDLIB: fault.garbage}
    reader.begin()
    reader.expect_failure("could not start")
    reader.try_again()


@pytest.mark.long
def test_the_server_does_not_answer(reader):
    """After a time without a byte the waiting is over, and the reader was told before that it is slow."""
    reader.page.clock.install()
    reader.trouble.faults = {WASM: fault.never}
    reader.begin()
    reader.page.wait_for_timeout(500)
    reader.page.clock.fast_forward(9_000)
    reader.page.clock.fast_forward(91_000)
    reader.expect_failure("in time")
    reader.trouble.closing.set()
    reader.trouble.closing.clear()
    reader.page.clock.resume()
    reader.try_again()


@pytest.mark.long
def test_the_network_is_lost_half_way(reader):
    """The note says that a file could not be fetched; with the network back, one press goes on."""
    reader.trouble.faults = {WASM: fault.broken_off}
    reader.begin()
    reader.expect_failure("could not be fetched")
    reader.try_again()


@pytest.mark.long
def test_the_worker_is_killed(reader):
    """A worker that is gone without a word: answers are looked up, Python's is given up after a time, one press starts another."""
    reader.page.clock.install()
    reader.begin()
    reader.expect_ready()
    (worker,) = [one for one in reader.page.workers if re.search(WORKER, one.url)]
    worker.evaluate("() => self.close()")
    reader.form.locator('[data-field="drug_test"] input[value="positive"]').check()
    expect(reader.form.locator("[data-answer]")).to_contain_text("The test is positive")
    reader.form.locator('[data-field="drug_test"] input[value="negative"]').check()
    expect(reader.form.locator("[data-answer]")).to_contain_text(ANSWER["title"])
    reader.page.clock.fast_forward(31_000)
    reader.expect_failure("took too long")
    reader.page.clock.resume()
    reader.try_again()


@pytest.mark.long
def test_the_worker_runs_out_of_memory(reader):
    """A device that gives no more memory at the start: the note says so in its way, and the page lives."""
    refuse = "WebAssembly.Memory = function () { throw new RangeError('could not allocate memory'); };"
    reader.trouble.faults = {WORKER: fault.begun_with(refuse + "WebAssembly.instantiate = WebAssembly.instantiateStreaming = async () => new WebAssembly.Memory();")}
    reader.begin()
    reader.expect_failure("could not start")
    reader.try_again()


@pytest.mark.long
def test_memory_runs_out_while_the_tool_runs(reader):
    """Python takes what it is given and answers, or ends with a note; it does not wait for ever."""
    reader.trouble.faults = {WORKER: fault.begun_with("WebAssembly.Memory.prototype.grow = () => { throw new RangeError('out of memory'); };")}
    reader.begin()
    expect(reader.form).to_have_attribute("data-engine-state", re.compile("ready|failed"), timeout=IN_TIME)
    if reader.form.get_attribute("data-engine-state") == "ready":
        reader.expect_whole_answer()
    else:
        reader.expect_failure("Try again")


def allowing_service_workers(chromium, trouble):
    trouble.faults.clear()
    return chromium.new_context(viewport=DESKTOP, service_workers="allow", locale="en-GB")


@pytest.mark.long
def test_the_service_worker_is_refused(chromium, trouble):
    """Offline use is a bonus: without it the tool answers all the same, and the foot of the page says that nothing is kept."""
    context = allowing_service_workers(chromium, trouble)
    trouble.faults = {SERVICE_WORKER: fault.missing}
    reader = Reader(context.new_page(), trouble)
    reader.begin()
    reader.expect_whole_answer()
    expect(reader.page.locator("[data-kept]")).to_contain_text("this browser does not allow it", timeout=IN_TIME)
    assert reader.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    context.close()


@pytest.mark.long
def test_the_cache_is_full(chromium, trouble):
    """The browser keeps nothing for offline use, the foot of the page says why, and the tool answers all the same."""
    context = allowing_service_workers(chromium, trouble)
    page = context.new_page()
    reader = Reader(page, trouble)
    session = context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": trouble.address.rstrip("/"), "quotaSize": 500_000})
    reader.begin()
    reader.expect_whole_answer()
    expect(page.locator("[data-kept]")).to_contain_text("no room", timeout=IN_TIME)
    context.close()


KEEP = "async () => { await navigator.serviceWorker.ready; return (await caches.keys()).length; }"
SPOIL = """
async () => {
  let spoilt = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!request.url.includes("/runtime/")) continue;
      await cache.put(request, new Response("spoilt", { headers: { "Content-Type": "application/octet-stream" } }));
      spoilt += 1;
    }
  }
  return spoilt;
}
"""


@pytest.mark.long
def test_the_cache_is_corrupt(chromium, trouble):
    """Files that the browser kept and spoilt: the tool answers by fetching them anew, at once or after one press."""
    context = allowing_service_workers(chromium, trouble)
    page = context.new_page()
    reader = Reader(page, trouble)
    reader.open()
    assert page.evaluate(KEEP) > 0
    until(page, f"async () => (await ({SPOIL})()) > 0")
    reader.begin()
    expect(reader.form).to_have_attribute("data-engine-state", re.compile("ready|failed"), timeout=IN_TIME)
    if reader.form.get_attribute("data-engine-state") == "failed":
        reader.expect_failure("Try again")
        reader.try_again()
    reader.expect_whole_answer()
    context.close()


@pytest.mark.long
def test_the_site_is_upgraded_while_an_old_tab_is_open(reader, trouble):
    """A tool that runs goes on by the rules that it began with; one that starts only now does not mix old and new."""
    reader.begin()
    reader.expect_whole_answer()
    trouble.faults = {MANIFEST: fault.changed(RULES.rules_hash, "0" * 16), WASM: fault.missing, STDLIB: fault.missing}
    reader.form.locator('[data-field="volunteered"] input[value="no"]').check()
    reader.enter()
    reader.expect_whole_answer()
    expect(reader.form.locator("[data-answer]")).to_contain_text(RULES.rules_hash)
    late = Reader(reader.page.context.new_page(), trouble)
    late.begin()
    late.expect_failure("different versions")
    expect(late.note.get_by_role("link", name="in another tab")).to_be_visible()


def test_an_old_page_finds_nothing_of_its_own_rules(reader, trouble):
    """A page that was kept while the server has only newer rules: no answer by other rules, and the table of the page's own."""
    trouble.faults = {MANIFEST: fault.changed(RULES.rules_hash, "0" * 16), r"^/rules/": fault.missing}
    reader.begin()
    expect(reader.form).to_have_attribute("data-engine-state", "failed", timeout=IN_TIME)
    reader.expect_note("different versions")
    expect(reader.note.get_by_role("link", name="in another tab")).to_be_visible()


@pytest.mark.long
def test_two_tabs_do_not_mix(reader, trouble):
    """Each has its own case and its own answer."""
    other = Reader(reader.page.context.new_page(), trouble)
    reader.begin()
    other.open()
    other.enter({"drug_test": "positive"})
    other.expect_ready()
    expect(other.form.locator("[data-answer]")).to_contain_text("The test is positive", timeout=IN_TIME)
    reader.expect_whole_answer()
    assert other.form.evaluate(TYPED) == {"drug_test": "positive", "day": "21", "month": "4", "year": "2011"}


@pytest.mark.long
@pytest.mark.parametrize("year", [1980, 2199])
def test_the_clock_is_wrong(reader, year):
    """A date that no edition covers is told at the date; with the right one entered the answer is right."""
    reader.page.clock.install(time=datetime(year, 1, 1, 12))
    reader.open()
    for name, value in ANSWERS.items():
        reader.form.locator(f'[data-field="{name}"] input[value="{value}"]').check()
    reader.expect_ready()
    if year < 2003:
        expect(reader.form.locator('[data-field="on"] [data-error]')).to_be_visible(timeout=IN_TIME)
    reader.enter()
    reader.expect_whole_answer()


def expect_plain_page(reader):
    """The questions, the decision table and a sentence that says where the answer is; no button that does nothing."""
    expect(reader.form.locator("[data-without-script]")).to_be_visible()
    expect(reader.form.locator("[data-without-script]")).to_contain_text("the decision table gives the same answer")
    for question in RULES.tools["identification"].questions.values():
        expect(reader.page.get_by_text(question.ask).first).to_be_visible()
    expect(reader.page.locator("#outcome-criteria_met")).to_be_visible()
    reader.enter()
    reader.expect_kept()


def test_javascript_is_off(chromium, trouble):
    """The page is complete as it stands."""
    trouble.faults.clear()
    context = chromium.new_context(viewport=DESKTOP, java_script_enabled=False)
    reader = Reader(context.new_page(), trouble)
    reader.open()
    expect(reader.form.locator("[data-without-script]")).to_be_visible()
    for question in RULES.tools["identification"].questions.values():
        expect(reader.page.get_by_text(question.ask).first).to_be_visible()
    expect(reader.page.locator("#outcome-criteria_met")).to_be_visible()
    context.close()


def test_the_browser_is_very_old(reader, trouble):
    """One that knows no modules: as without JavaScript, whatever the theme's own scripts do."""
    trouble.faults = {r"/tools/identification/$": fault.changed(r'type="module"', 'type="unknown to it"')}
    reader.open()
    expect_plain_page(reader)
