"""The copy that needs no server, opened from its folder as a double click does: no server runs in these tests."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from build_scripts.load import load_rules
from build_scripts.site.portable import make_bundle
from decision_logic import deadline, decide
from tests.browser.conftest import DESKTOP, Heard
from tests.browser.test_tools import FILL

pytestmark = pytest.mark.browser
RULES = load_rules().rules
DAY = "2011-04-21"
ANSWERS = {"drug_test": "negative", "volunteered": "yes"}


@pytest.fixture(scope="module")
def folder(built_site, tmp_path_factory):
    """The copy of the site, in a folder whose name needs care in an address."""
    return make_bundle(built_site, tmp_path_factory.mktemp("a stick & more #1"), say=lambda *_: None).folder


@pytest.fixture(scope="module")
def tab(chromium, folder):
    """One page for all tests; whatever is said on its console, or asked of elsewhere, is heard."""
    context = chromium.new_context(viewport=DESKTOP, color_scheme="light", locale="en-GB")
    page = context.new_page()
    page.heard = Heard(folder.as_uri() + "/")
    page.heard.listen(page)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


@pytest.fixture
def page(tab):
    """That page; after each test nothing must have been said, and nothing asked of but this folder and memory."""
    tab.heard.console.clear()
    tab.asked.clear()
    yield tab
    assert tab.heard.console == []
    assert [one for one in tab.asked if not one.startswith((tab.heard.address, "blob:null/", "data:"))] == []


def open_page(page, path, form=None):
    page.goto(f"{page.heard.address}handbook/{path}")
    if form:
        page.locator(form).first.scroll_into_view_if_needed()
        expect(page.locator(form).first).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    return page.locator(form).first if form else None


def test_it_starts_with_one_double_click_and_loads_little(page, folder):
    """START-HERE leads to the home page, which loads no byte of Python, of rules, or of the search's words."""
    page.goto((folder / "START-HERE.html").as_uri())
    page.wait_for_url("**/handbook/index.html")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    asked = [one.removeprefix(page.heard.address) for one in page.asked]
    assert [one for one in asked if one.endswith("/handbook.js")]
    assert not [one for one in asked if re.search(r"/(runtime|rules|search)/|assets-manifest|/worker\.js", one)]
    expect(page.locator("[data-portable]")).to_contain_text("without a server")


def test_a_tool_answers_and_its_link_opens(page):
    """As the engine does; the copied link is an address of the folder, and opening it takes the answers off the address."""
    form = open_page(page, "tools/identification/index.html", "form[data-tool]")
    form.evaluate(FILL, {"on": DAY, **ANSWERS})
    form.get_by_role("button", name="Show the answer").click()
    answer = decide(RULES, "identification", ANSWERS, on=DAY, place="england")
    shown = form.locator("[data-answer]")
    for text in (answer["title"], *(action["what"] for action in answer["actions"]), RULES.rules_hash):
        expect(shown).to_contain_text(text)
    form.get_by_role("button", name="Copy link").click()
    link = form.get_by_label("The link with the answers").input_value()
    assert link.startswith(f"{page.heard.address}handbook/tools/identification/index.html#")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("form[data-tool] [data-answer]")).to_contain_text(answer["title"], timeout=60_000)
    assert "#" not in page.url


def test_the_search_finds_a_form_and_leads_to_it(page):
    """RA2, from a page deep in the folder."""
    open_page(page, "guidance/housing/index.html")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially("RA2")
    page.locator('.md-search-result__link[href*="#ra2"]').first.click()
    page.wait_for_url("**/reference/forms/index.html?h=ra2#ra2")
    expect(page.locator("#ra2")).to_be_in_viewport()
    # The theme has brought this page to life: it marks the word, and the list of contents goes along.
    expect(page.locator("mark[data-md-highlight]").first).to_have_text(re.compile("^ra2$", re.IGNORECASE))


@pytest.mark.long
def test_a_journey_is_walked(page):
    """Three answers lead to IE3, and its link leads there again."""
    walk = open_page(page, "tools/walk_enforcement/index.html", "form[data-walk]")
    for name, value in (("how_they_come", "positive_test"), ("requirement_made", "yes"), ("comes_to_initial_assessment", "yes")):
        walk.locator(f'[data-asking] [data-field="{name}"] input[value="{value}"]').check()
        walk.locator("[data-go-on]").click()
    expect(walk.locator("[data-here-title]")).to_contain_text("You are at IE3:")
    walk.get_by_role("button", name="Copy link").click()
    link = walk.get_by_label("The link with the answers").input_value()
    page.goto("about:blank")
    page.goto(link)
    expect(walk.locator("[data-here-title]")).to_contain_text("You are at IE3:", timeout=60_000)


@pytest.mark.long
def test_days_are_counted(page):
    """The last day of a time limit, and working days, as the engine counts them."""
    form = open_page(page, "tools/deadlines/index.html", 'form[data-deadline="follow_up"]')
    form.evaluate(FILL, {"from": DAY})
    form.locator("button[type=submit]").click()
    last = date.fromisoformat(deadline(RULES, "follow_up", DAY, place="england")["last_day"])
    expect(form.locator("[data-answer]")).to_contain_text(f"{last:%A} {last.day} {last:%B} {last.year}")


@pytest.mark.long
def test_an_area_is_chosen_and_goes_along(page):
    """It stands in the address of the file, and links carry it on to files."""
    open_page(page, "guidance/enforcement/index.html")
    page.locator("[data-area-fold] > summary").click()
    page.locator('a[data-area-choice="north_wales"]').click()
    expect(page).to_have_url(re.compile(r"/guidance/enforcement/index\.html\?area=north_wales$"))
    expect(page.locator("[data-area-now]")).to_have_text("North Wales")
    page.locator("a.md-tabs__link", has_text="Tools").click()
    expect(page).to_have_url(re.compile(r"/tools/index\.html\?area=north_wales$"))


@pytest.mark.long
def test_links_that_scripts_make_lead_to_pages(page):
    """An answer's sources lead to a page of the folder, by a click, by the keyboard and by the menu of the browser."""
    form = open_page(page, "tools/identification/index.html", "form[data-tool]")
    form.evaluate(FILL, {"on": DAY, **ANSWERS})
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer] a").first).to_be_attached()
    made = form.locator("[data-answer] a[href]")
    for link in made.all():
        link.evaluate("(link) => link.dispatchEvent(new FocusEvent('focusin', {bubbles: true}))")
    astray = [link.evaluate("(link) => link.href") for link in made.all()]
    assert astray
    assert [one for one in astray if one.startswith("file:") and not re.search(r"\.html(\?[^#]*)?(#.*)?$", one)] == []


def test_a_file_that_is_missing_is_told_and_trying_again_helps(page, folder):
    """Where a part of the folder was not copied, the tool says so, with the table as the way on; the rest works."""
    rules = next((folder / "handbook/rules").glob("*/rules.json.js"))
    kept = rules.rename(rules.with_suffix(".away"))
    try:
        page.goto(f"{page.heard.address}handbook/tools/appointment/index.html")
        form = page.locator("form[data-tool]")
        expect(form).to_have_attribute("data-engine-state", "failed", timeout=60_000)
        expect(form.locator("[data-engine]")).to_contain_text("could not be fetched")
    finally:
        kept.rename(rules)
    # The browser tells of the file that is not there, and of nothing else.
    assert {re.sub(r".*(ERR_\w+).*", r"\1", one) for one in page.heard.console} <= {"ERR_FILE_NOT_FOUND"}
    page.heard.console.clear()
    form.get_by_role("button", name="Try again").click()
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)


def test_where_no_worker_may_be_made_the_tool_still_answers(chromium, folder):
    """Its answer is looked up, and what is missing is said."""
    context = chromium.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.add_init_script("window.Worker = class { constructor() { throw new DOMException('not here', 'SecurityError'); } };")
    page.goto(f"{folder.as_uri()}/handbook/tools/identification/index.html")
    form = page.locator("form[data-tool]")
    expect(form).to_have_attribute("data-engine-state", "failed", timeout=60_000)
    form.evaluate(FILL, {"on": DAY, **ANSWERS})
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator("[data-answer]")).to_contain_text(decide(RULES, "identification", ANSWERS, on=DAY, place="england")["title"])
    expect(form.locator("[data-engine]")).to_be_visible()
    context.close()


@pytest.mark.long
def test_an_answer_leaves_the_page(page):
    """What is downloaded from a page of the folder is what is downloaded from a server: the data name the rules."""
    form = open_page(page, "tools/identification/index.html", "form[data-tool]")
    form.evaluate(FILL, {"on": DAY, **ANSWERS})
    form.get_by_role("button", name="Show the answer").click()
    with page.expect_download() as started:
        form.get_by_role("button", name="Save the data").click()
    saved = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    assert (saved["outcome"], saved["rules_hash"]) == ("criteria_met", RULES.rules_hash)


def test_unpacked_in_part_it_says_what_to_do(page, folder, tmp_path):
    """START-HERE alone, as when it is opened inside the zip: it stays, and tells of unpacking."""
    alone = tmp_path / "START-HERE.html"
    alone.write_bytes((folder / "START-HERE.html").read_bytes())
    page.goto(alone.as_uri())
    expect(page.locator("body")).to_contain_text("Extract All")
    page.wait_for_timeout(200)
    assert page.url == alone.as_uri()
    page.heard.console.clear()
    page.asked.clear()
