"""Every tool, answered in a real browser on a phone-sized and a desktop-sized screen."""

import base64
import json
import urllib.parse
from datetime import date

import pytest
from playwright.sync_api import expect

from build_scripts.load import load_rules, load_scenarios
from decision_logic import HandbookError, decide
from tests.browser.conftest import served, without_engine

pytestmark = pytest.mark.browser
RULES = load_rules().rules

# Types each answer as a person would: a click on the choice, or text into the box.
FILL = """
(form, answers) => {
  const field = (name) => form.querySelector(`[data-field="${name}"]`);
  const type = (box, text) => { box.value = text; box.dispatchEvent(new Event("input", {bubbles: true})); box.dispatchEvent(new Event("change", {bubbles: true})); };
  for (const [name, value] of Object.entries(answers)) {
    const one = field(name), kind = one.dataset.kind;
    // What is typed and not known yet stays empty.
    if (value === "not_known" && (kind.startsWith("date") || kind === "number")) continue;
    if (kind === "date" || kind === "date_time") {
      const [day, time] = String(value).split("T"), [year, month, number] = day.split("-");
      for (const [part, text] of [["day", number], ["month", month], ["year", year], ["time", (time ?? "").slice(0, 5)]]) {
        const box = one.querySelector(`[data-part="${part}"]`);
        if (box && text) type(box, text);
      }
    } else if (kind === "number") {
      type(one.querySelector("input[type=text]"), String(value));
    } else if (Array.isArray(value)) {
      if (!value.length) one.querySelector("input[value=none_of_them]").click();
      for (const option of value) one.querySelector(`input[value="${option}"]`).click();
    } else {
      const choice = one.querySelector(`input[value="${value}"]`);
      if (choice) choice.click(); else { const box = one.querySelector("select"); box.value = value; box.dispatchEvent(new Event("change", {bubbles: true})); }
    }
  }
}
"""

# Takes every answer back: not known yet, or an empty box.
CLEAR = """
(form) => {
  for (const box of form.querySelectorAll("[data-field] input[type=text]")) {
    box.value = ""; box.dispatchEvent(new Event("input", {bubbles: true})); box.dispatchEvent(new Event("change", {bubbles: true}));
  }
  for (const choice of form.querySelectorAll('[data-field] input[value="not_known"]')) if (!choice.checked) choice.click();
}
"""


def one_case_per_outcome():
    """The first scenario of each tool and outcome, and of each way of not deciding."""
    chosen = {}
    for scenario in load_scenarios(RULES):
        if scenario.tool:
            data = scenario.data
            try:
                answer = decide(RULES, scenario.tool, data.answers, on=data.on, place=data.place)
            except HandbookError:
                continue
            chosen.setdefault((scenario.tool, answer["outcome"] or answer["status"]), (scenario, answer))
    return list(chosen.values())


CASES = one_case_per_outcome()


def open_tool(page, address, tool):
    """The tool's own page, its engine awake."""
    page.goto(f"{address}{RULES.tools[tool].page.removesuffix('.md')}/")
    form = page.locator(f'form[data-tool="{tool}"]').first
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    return form


def fill(form, scenario, answer):
    """Place, date and answers of a scenario."""
    where = {"in": answer["in"]} if form.locator('[data-field="in"] select, [data-field="in"] input').count() else {}
    form.evaluate(FILL, {**where, "on": scenario.data.on, **scenario.data.answers})


def asked_and_shown(form, tool, most):
    """Put one case of each outcome, or the first of them, to the form: what is shown is what the engine answers."""
    cases = [(scenario, answer) for scenario, answer in CASES if scenario.tool == tool][:most]
    assert cases
    for scenario, answer in cases:
        form.evaluate(CLEAR)
        fill(form, scenario, answer)
        form.get_by_role("button", name="Show the answer").click()
        shown = form.locator("[data-answer]")
        expect(form).not_to_have_attribute("data-stale", "", timeout=30_000)
        expect(shown).to_be_visible(timeout=30_000)
        if answer["title"]:
            expect(shown, scenario.data.id).to_contain_text(answer["title"], timeout=30_000)
        for action in answer["actions"]:
            expect(shown, scenario.data.id).to_contain_text(action["what"], timeout=30_000)
        expect(shown).to_contain_text(RULES.rules_hash)


def test_whoever_goes_from_tool_to_tool_gets_the_engines_answers(page, site_address):
    """Every tool, reached by a link of the site, tells outcome, every action and the rules hash of three of its cases."""
    page.goto(f"{site_address}tools/", wait_until="networkidle")  # until the site map is there, the theme lets the browser follow links
    page.evaluate("window.samePage = true")
    for tool in RULES.tools.values():
        page.evaluate("(to) => [...document.links].find((link) => link.href === to).click()", f"{site_address}{tool.page.removesuffix('.md')}/")
        form = page.locator(f'form[data-tool="{tool.id}"]').first
        expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
        asked_and_shown(form, tool.id, 3)
    assert page.evaluate("window.samePage") is True


def test_whoever_scrolls_and_clicks_at_once_begins_the_next_page_at_its_top(page, site_address):
    """The theme alone would take the click for a step back, and leave the reader in the middle of the page."""
    without_engine(page)
    page.goto(f"{site_address}tools/suspension_closure/")
    page.wait_for_timeout(500)
    page.evaluate("(to) => { scrollTo(0, 900); [...document.links].find((link) => link.href === to).click(); }", f"{site_address}tools/appointment/")
    page.wait_for_url("**/tools/appointment/")
    expect(page.locator('form[data-tool="appointment"]')).to_have_attribute("data-engine-state", "loading")
    expect(page.locator("h1")).to_be_in_viewport()


@pytest.mark.long
@pytest.mark.parametrize("tool", list(RULES.tools))
def test_the_page_answers_as_the_engine_does(page, site_address, tool):
    """One case of each outcome, on the tool's page as it is loaded."""
    asked_and_shown(open_tool(page, site_address, tool), tool, None)


def test_no_tool_page_scrolls_sideways(page, site_address):
    """Nothing but a map in its own frame is wider than the screen."""
    without_engine(page)
    for tool in RULES.tools.values():
        page.goto(f"{site_address}{tool.page.removesuffix('.md')}/")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
            tool.id
        )


def test_a_tool_can_be_answered_by_keyboard_alone(page, site_address):
    """Tab, space and Enter answer the tool, and the focus moves to the result."""
    form = open_tool(page, site_address, "identification")
    form.locator('[data-field="drug_test"] input[value="negative"]').focus()
    page.keyboard.press("Space")
    form.locator('[data-field="volunteered"] input[value="yes"]').focus()
    page.keyboard.press("Space")
    form.get_by_role("button", name="Show the answer").focus()
    page.keyboard.press("Enter")
    shown = form.locator("[data-answer]")
    expect(shown).to_contain_text("The criteria are met.", timeout=30_000)
    page.wait_for_timeout(300)
    assert form.evaluate("(form) => form.querySelector('[data-answer]').contains(document.activeElement)")


def test_an_impossible_date_is_named_and_nothing_is_lost(page, site_address):
    """30 February is told at its question; the other answers stay as they are."""
    form = open_tool(page, site_address, "appointment")
    form.evaluate(
        FILL,
        {
            "worker_available": "no",
            "possible_in_detention": "no",
            "residence": "here",
            "clock_starts_at": "2011-02-30T10:00",
        },
    )
    form.get_by_role("button", name="Show the answer").click()
    summary = form.locator("[data-summary]")
    expect(summary).to_be_visible(timeout=30_000)
    assert form.locator('[data-field="residence"] input[value="here"]').is_checked()
    assert form.locator('[data-field="clock_starts_at"] [data-part="day"]').input_value() == "30"
    expect(form.locator('[data-field="clock_starts_at"] [data-error]')).to_be_visible()


def link_with(theCase):
    """What a link holds behind its #."""
    held = theCase if isinstance(theCase, str) else json.dumps(theCase)
    return "#answers=" + base64.urlsafe_b64encode(held.encode()).decode().rstrip("=")


@pytest.mark.parametrize(("theCase", "told"), [
    ({"answers": {"volunteered": "yes", "smelt_of": "smoke"}}, ["smelt_of: smoke"]),
    ({"answers": {"volunteered": "yes", "drug_test": "pozitive"}}, ["Was the person tested for drugs in custody, and what was the result? pozitive"]),
    ({"answers": {"volunteered": "yes", "inferred": ["behaviour", "luck"]}}, ["Does anything point to misuse of heroin, cocaine or crack now? behaviour, luck"]),
    ({"answers": {"volunteered": "yes"}, "in": "atlantis"}, ["atlantis"]),
    ({"answers": {"volunteered": "yes"}}, None),
])  # fmt: skip
def test_what_a_link_brings_that_the_tool_does_not_know_is_told(page, site_address, theCase, told):
    """An old link, after a change of the rules, never gives another answer without a word."""
    page.goto(f"{site_address}tools/identification/" + link_with({"tool": "identification", "on": "2011-04-21", "in": "england"} | theCase))
    form = page.locator('form[data-tool="identification"]').first
    expect(form.locator('[data-field="volunteered"] input[value="yes"]')).to_be_checked(timeout=30_000)
    expect(form.locator("[data-answer]")).to_contain_text("Not decided yet", timeout=30_000)
    said = form.locator("[data-link]")
    expect(said.locator("li")).to_have_count(len(told or []))
    for one in told or []:
        expect(said).to_contain_text(one)
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("damaged", ["{no json", '{"tool": "identification", "answers": ["yes"]}', "\x00"])
@pytest.mark.parametrize(("where", "form"), [("identification", "form[data-tool]"), ("walk_enforcement", "form[data-walk]")])
def test_a_damaged_link_says_so(page, site_address, damaged, where, form):
    """Nothing is filled in, and the reader knows why."""
    page.goto(f"{site_address}tools/{where}/" + link_with(damaged))
    expect(page.locator(form).first.locator("[data-link]")).to_contain_text("cannot be read")
    assert page.locator(form).first.locator("input:checked").count() == 0


def test_back_within_the_site_restores_the_answers_and_the_address_never_holds_them(page, site_address):
    """Answers live in the page's memory; they are in no address and in no storage."""
    form = open_tool(page, site_address, "identification")
    form.evaluate(FILL, {"volunteered": "yes"})
    page.wait_for_timeout(300)
    assert "volunteered" not in urllib.parse.unquote(page.url)
    page.get_by_role("link", name="Home", exact=False).first.evaluate("(link) => link.click()")
    page.wait_for_timeout(800)
    page.go_back()
    form = page.locator('form[data-tool="identification"]').first
    expect(form.locator('[data-field="volunteered"] input[value="yes"]')).to_be_checked(timeout=30_000)
    kept = page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])")
    assert "volunteered" not in kept and json.loads(kept)[2] == ""


def test_the_answer_under_node_known_answers_names_the_next_question(page, site_address):
    """With nothing answered the tool says what it would ask first, the engine's own choice."""
    form = open_tool(page, site_address, "identification")
    first = decide(RULES, "identification", {}, today=date(2026, 1, 5), place="england")["next_question"]
    expect(form.locator(f'[data-field="{first}"]')).to_have_attribute("data-state", "next", timeout=30_000)


@pytest.mark.parametrize(
    "under, host",
    [("/", "127.0.0.1"), ("/", "localhost"), ("/dip/handbook/", "127.0.0.1")],
    ids=["site_url", "another-host", "sub-path"],
)
def test_the_tools_work_at_any_address(chromium, built_site, under, host):
    """At site_url, under another host and below a path the tool starts and answers."""
    with served(built_site, under=under, host=host) as address:
        context = chromium.new_context()
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        form = open_tool(page, address, "identification")
        form.evaluate(FILL, {"drug_test": "positive"})
        form.get_by_role("button", name="Show the answer").click()
        expect(form.locator("[data-answer]")).to_contain_text("The test is positive", timeout=30_000)
        context.close()
        assert said == []


def test_without_javascript_the_page_is_complete(chromium, site_address):
    """Questions, decision table and map are read without any script."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}tools/identification/")
    for question in RULES.tools["identification"].questions.values():
        expect(page.get_by_text(question.ask).first).to_be_visible()
    expect(page.locator("#outcome-criteria_met")).to_be_visible()
    expect(page.locator("svg[data-map]").first).to_be_visible()
    context.close()


def test_pressing_the_button_after_a_spoilt_answer_tells_what_is_wrong(page, site_address):
    """The press is not lost although leaving the box finds the fault first, and the summary is what comes into view."""
    form = open_tool(page, site_address, "appointment")
    right = {"worker_available": "no", "possible_in_detention": "no", "residence": "here"}
    form.evaluate(FILL, {**right, "clock_starts_at": "2011-04-21T16:30"})
    button = form.get_by_role("button", name="Show the answer")
    button.click()
    expect(form.locator("[data-answer]")).to_be_visible(timeout=30_000)
    month = form.locator('[data-field="clock_starts_at"] [data-part="month"]')
    month.click()
    month.fill("")
    button.click()
    summary = form.locator("[data-summary]")
    expect(summary).to_be_visible(timeout=30_000)
    expect(summary).to_be_in_viewport()


def test_a_date_that_no_edition_covers_is_told_at_the_date(page, site_address):
    """The field that asks for the date carries the message."""
    form = open_tool(page, site_address, "appointment")
    form.evaluate(FILL, {"on": "1990-01-01", "worker_available": "no"})
    form.get_by_role("button", name="Show the answer").click()
    expect(form.locator('[data-field="on"] [data-error]')).to_be_visible(timeout=30_000)
    expect(form.locator('[data-field="worker_available"] input[value="no"]')).to_be_checked()
