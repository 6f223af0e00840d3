"""Answers before Python is there, and where it cannot be: looked up, shown, and replaced without a jump."""

import json
import re
from datetime import date

import pytest
from playwright.sync_api import expect

from build_scripts.load import load_rules
from decision_logic import deadline, decide
from decision_logic.clock import say_date

pytestmark = pytest.mark.browser
RULES = load_rules().rules
NO_WASM = "Object.defineProperty(globalThis, 'WebAssembly', { value: undefined })"


def tool(page, site_address, name):
    page.goto(f"{site_address}tools/{name}/")
    form = page.locator(f'form[data-tool="{name}"]')
    expect(form).to_have_attribute("data-engine-state", re.compile("."))
    return form


def choose(form, answers):
    for name, value in answers.items():
        form.locator(f'[data-field="{name}"] input[value="{value}"]').check()


def hold_python(page):
    """Python's files do not come until the function that is given back is called."""
    held, through = [], []

    def answer(route):
        if through:
            route.continue_()
        else:
            held.append(route)

    page.route("**/runtime/**", answer)

    def let_go():
        through.append(True)
        for route in held:
            route.continue_()

    return let_go


def title(form):
    return form.locator(".hb-head__title")


def engine_title(name, answers, place="england"):
    return decide(RULES, name, answers, on="2011-04-21", place=place, today=date(2011, 4, 21))["title"]


def test_a_tool_answers_where_webassembly_is_switched_off(page, site_address):
    """The answer is the engine's, and the page says what is missing and where else to look."""
    page.add_init_script(NO_WASM)
    form = tool(page, site_address, "appointment")
    choose(form, {"worker_available": "no", "possible_in_detention": "no"})
    form.locator('[data-field="residence"] input').first.check()
    answers = form.evaluate(
        "(form) => Object.fromEntries([...form.querySelectorAll('input:checked')].map((box) => [box.name.split('.')[1], box.value]))"
    )
    form.locator("button[type=submit]").click()
    expect(title(form)).to_have_text(engine_title("appointment", answers))
    expect(form).to_have_attribute("data-engine-state", "failed")
    note = form.locator("[data-engine]")
    expect(note).to_contain_text("The tool answers, but cannot show everything.")
    expect(note.get_by_role("link", name="Go to the decision table")).to_be_visible()
    expect(form.locator('[data-part="why"]')).to_contain_text("this cannot be shown here")


def test_a_deadline_is_told_where_webassembly_is_switched_off(page, site_address):
    """Its last day comes from the tables; the days counted one by one are said to be missing."""
    page.add_init_script(NO_WASM)
    page.goto(f"{site_address}tools/deadlines/")
    form = page.locator('form[data-deadline="follow_up"]')
    form.scroll_into_view_if_needed()
    expect(form).to_have_attribute("data-engine-state", "failed")
    for part, text in (("day", "21"), ("month", "4"), ("year", "2011")):
        form.locator(f'[data-part="{part}"]').fill(text)
    form.locator("button[type=submit]").click()
    last = date.fromisoformat(deadline(RULES, "follow_up", "2011-04-21", "england")["last_day"])
    expect(form.locator("[data-answer]")).to_contain_text(f"The end of {say_date(last)}")
    expect(form.locator("[data-answer]")).to_contain_text("Each day counted: this cannot be shown here")


def test_pythons_answer_takes_the_place_of_the_looked_up_one_without_a_jump(page, site_address):
    """The answer is there while Python is still on its way; then only what was missing is added, and what is in use stays in use."""
    let_go = hold_python(page)
    form = tool(page, site_address, "identification")
    choose(form, {"drug_test": "negative"})
    form.locator('[data-field="volunteered"] input[value="yes"]').check()
    form.locator("button[type=submit]").click()
    expect(title(form)).to_have_text(engine_title("identification", {"drug_test": "negative", "volunteered": "yes"}))
    why = form.locator('[data-part="why"]')
    expect(why).to_contain_text("this is being loaded")
    fold = form.locator('[data-fold^="source-"] summary').first
    fold.click()
    before = fold.bounding_box()["y"]
    let_go()
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    expect(form.locator('[data-fold="trace"]')).to_be_visible()
    expect(why).not_to_contain_text("this is being loaded")
    expect(form.locator('[data-fold^="source-"]').first).to_have_attribute("open", "")
    assert fold.evaluate("(fold) => fold === document.activeElement")
    assert abs(fold.bounding_box()["y"] - before) < 2


def test_a_reply_to_what_was_entered_before_is_not_shown(page, site_address):
    """What is taken back or made wrong while Python is on its way has no answer: neither the looked-up one nor, later, Python's."""
    let_go = hold_python(page)
    page.goto(f"{site_address}tools/deadlines/")
    form = page.locator('form[data-deadline="follow_up"]')
    form.scroll_into_view_if_needed()
    answer = form.locator("[data-answer]")
    for kept in ({"day": "21", "month": "", "year": "2011"}, {"day": "", "month": "", "year": ""}):
        for part, text in (("day", "21"), ("month", "4"), ("year", "2011")):
            form.locator(f'[data-part="{part}"]').fill(text)
        page.locator("h1").click()
        expect(answer).to_contain_text("Wednesday 4 May 2011")
        for part, text in kept.items():
            form.locator(f'[data-part="{part}"]').fill(text)
        page.locator("h1").click()
        expect(answer).to_be_hidden()
    let_go()
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    page.wait_for_timeout(500)
    expect(answer).to_be_hidden()


def test_a_wrong_date_keeps_its_mark_when_python_comes(page, site_address):
    """Python's answer to the date before does not take its place."""
    let_go = hold_python(page)
    form = tool(page, site_address, "identification")
    month = form.locator('[data-field="on"] [data-part="month"]')
    month.fill("")
    page.locator("h1").click()
    expect(form.locator("[data-answer]")).to_contain_text("There is no answer until this is put right")
    let_go()
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=60_000)
    page.wait_for_timeout(500)
    expect(form.locator("[data-answer]")).to_contain_text("There is no answer until this is put right")
    expect(form).to_have_attribute("data-stale", "")


@pytest.mark.parametrize(("where", "name"), [("identification", "volunteered"), ("walk_enforcement", "how_they_come")])
def test_what_is_chosen_before_the_scripts_are_there_stays_chosen(page, site_address, where, name):
    """On a weak line the questions are there before what brings them to life."""
    held = []
    page.route(re.compile(r"/(tool|walker)\.js"), lambda route: held.append(route))
    page.goto(f"{site_address}tools/{where}/", wait_until="commit")
    box = page.locator(f'form[data-instance="{where}"] [data-field="{name}"] input').first
    box.check()
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(page.locator(f'form[data-instance="{where}"]')).to_have_attribute("data-engine-state", re.compile("."))
    expect(box).to_be_checked()


def test_another_date_asks_the_questions_of_its_edition_at_once(page, site_address):
    """Which questions an edition asks is looked up too."""
    hold_python(page)
    form = tool(page, site_address, "housing_duty")
    relief = form.locator('[data-field="relief_ended"]')
    for part, text in (("day", "1"), ("month", "6"), ("year", "2019")):
        form.locator(f'[data-field="on"] [data-part="{part}"]').fill(text)
    form.locator("button[type=submit]").click()
    expect(relief).to_be_visible()
    form.locator('[data-field="on"] [data-part="year"]').fill("2012")
    form.locator("button[type=submit]").click()
    expect(relief).to_be_hidden()
    expect(title(form)).to_contain_text("still possible")


def test_a_look_up_of_other_rules_is_not_used(page, site_address):
    """With another rules hash than the page's it is as if there were none: the answer waits for Python."""

    def other_rules(route):
        fetched = route.fetch()
        route.fulfill(response=fetched, body=json.dumps({**fetched.json(), "rules_hash": "0" * 16}))

    page.route("**/instant/**", other_rules)
    let_go = hold_python(page)
    form = tool(page, site_address, "appointment")
    choose(form, {"worker_available": "no"})
    expect(form.locator("[data-status]")).to_contain_text("Getting the tool ready")
    expect(title(form)).to_have_count(0)
    let_go()
    expect(title(form)).to_have_count(1, timeout=60_000)
