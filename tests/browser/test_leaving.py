"""What leaves a page with a result: files, links and prints, made on plain http under a host name, as on many intranets."""

import json
import re
from datetime import date

import icalendar
import pytest
from playwright.sync_api import expect

from build_scripts import cli
from build_scripts.chromium import launch_options
from build_scripts.load import load_rules
from decision_logic import decide, to_json, walk_pathway
from tests.browser.conftest import PHONE, SCRIPT, Heard, served

pytestmark = pytest.mark.browser
RULES = load_rules().rules
DAY = "2011-04-21"
READY_MS = 60_000
LINK = "async ([links, tool, theCase, rules]) => (await import(links)).markFor(tool, theCase, rules)"
STORED = """
async () => JSON.stringify([document.cookie, Object.entries(localStorage), Object.entries(sessionStorage), history.state, await indexedDB.databases?.() ?? []])
"""
# Every element and attribute with which a page can fetch, run or lead to something.
LEADS_OUT = """
() => [...document.querySelectorAll("*")].filter((one) => one.matches("script, link, a, img, iframe, object, embed, form, svg, base, button")
  || [...one.attributes].some((attribute) => /^(on|src|href|style|action|xlink)/.test(attribute.name))).map((one) => one.outerHTML.slice(0, 80))
"""


@pytest.fixture(scope="module")
def tabs(chromium, built_site):
    """Makes pages at a plain http address with a host name: no clipboard, no crypto.subtle."""
    names = {**launch_options()}
    names["args"] = [*names.get("args", []), "--host-resolver-rules=MAP handbook.test 127.0.0.1"]
    browser = chromium.browser_type.launch(**names)
    context = browser.new_context(viewport=PHONE, service_workers="block", accept_downloads=True, locale="en-GB")
    with served(built_site, host="handbook.test") as address:
        heard = Heard(address)

        def new():
            page = context.new_page()
            heard.listen(page)
            page.address = address
            return page

        yield new
        heard.assert_silent()
    browser.close()


@pytest.fixture(scope="module")
def page(tabs):
    """One page that goes from place to place."""
    return tabs()


def mark_of(page, tool, answers, rules=None, on=DAY, place="england"):
    """What comes behind the # of a link, as the pages make it."""
    if not page.url.startswith(page.address):
        page.goto(page.address)
    return page.evaluate(LINK, [page.evaluate(SCRIPT, "links.js"), tool, {"on": on, "in": place, "answers": answers}, rules or RULES.rules_hash])


def open_case(page, where, tool, answers, **more):
    """A page opened by a link, its engine awake."""
    mark = mark_of(page, tool, answers, **more)
    page.goto("about:blank")
    page.goto(f"{page.address}tools/{where}/{mark}")
    form = page.locator(f'form[data-instance="{tool}"]').first
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)
    assert "#" not in page.url
    return form


def saved(page, button):
    """(name, text) of the file that a button saves."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, download.value.path().read_bytes().decode("utf-8")


CASE = {"attendance": "attended_and_remained", "more_intervention_needed": "yes", "on_drr": "no", "care_plan": "neither",
        "assessment_held_on": DAY, "residence": "here"}  # fmt: skip
"""A case of required_assessment with a date that certainly applies."""


def expected():
    return decide(RULES, "required_assessment", CASE, on=DAY, place="england")


@pytest.fixture(scope="module")
def answered(tabs):
    """The form of a tool with its answer, in a page that stays there."""
    form = open_case(tabs(), "required_assessment", "required_assessment", CASE)
    expect(form.locator("[data-answer]")).to_contain_text(expected()["title"], timeout=READY_MS)
    return form


def test_the_data_are_the_bytes_of_the_command_line_and_can_be_worked_out_again(answered, tmp_path, capsys):
    """And nothing of the case is left behind in the browser."""
    page = answered.page
    assert page.evaluate("isSecureContext") is False
    name, text = saved(page, answered.get_by_role("button", name="Save the data"))
    assert name == f"required_assessment-{DAY}.json"
    assert text == to_json(expected())
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert cli.main(["decide", "--again", str(tmp_path / name)]) == 0
    assert json.loads(capsys.readouterr().out)["same_rules"] is True
    assert "attended_and_remained" not in page.evaluate(STORED)
    expect(answered.locator(".hb-copy")).to_contain_text("keep it only where such records belong")


def test_the_saved_page_tells_everything_and_leads_nowhere(answered, chromium, tmp_path):
    """Question, answers, outcome, dates, sources, edition, rules hash and time, in a file that needs no script."""
    name, text = saved(answered.page, answered.get_by_role("button", name="Save as a page"))
    assert name == f"required_assessment-{DAY}.html"
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)
    tab, asked = context.new_page(), []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((tmp_path / name).as_uri())
    read = tab.locator("body").inner_text()
    answer = expected()
    due = next(one for one in answer["deadlines"] if one["certain"] and one["last_day"])
    said = [answer["tool_title"], answer["title"], "Came and stayed to the end", due["title"], "Wednesday 4 May 2011", "Good Friday",
            RULES.rules_hash, answer["edition"]["title"], "For Thursday 21 April 2011, England", *(one["what"] for one in answer["actions"]),
            *(one["summary"] for one in answer["cites"]), "handbook decide required_assessment --on 2011-04-21 --in england"]  # fmt: skip
    assert [one for one in said if one not in read] == []
    assert re.search(r"Saved at \d\d:\d\d on \w+day \d+ \w+ 20\d\d", read)
    assert json.loads(tab.locator("pre").last.inner_text()) == answer["answers"]
    assert len(asked) == 1  # the file itself
    assert tab.evaluate(LEADS_OUT) == [] and tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
    assert not re.search(r"https?:|url\(|@import", text)


def test_a_time_limit_goes_into_a_calendar(answered):
    """All day on the last day, with source, edition and rules hash, and without anything that was entered."""
    due = next(one for one in expected()["deadlines"] if one["certain"] and one["last_day"])
    name, text = saved(answered.page, answered.get_by_role("button", name=f"Add to a calendar: {due['title']}"))
    assert name == f"{due['id']}-2011-05-04.ics"
    (entry,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert entry.decoded("DTSTART") == date(2011, 5, 4) and due["title"] in entry["SUMMARY"]
    for one in (RULES.rules_hash, "Edition: The 2010 handbook", "Section", "England", "the end of Wednesday 4 May 2011"):
        assert one in entry["DESCRIPTION"]
    assert "21 April" not in entry["DESCRIPTION"]


def test_where_nothing_can_be_copied_the_link_is_selected(page, answered):
    """It names tool, date, place, rules and answers, and opens the same case."""
    answered.get_by_role("button", name="Copy link").click()
    box = answered.get_by_label("The link with the answers")
    expect(box).to_be_focused()
    link = box.input_value()
    assert box.evaluate("(box) => box.selectionEnd - box.selectionStart") == len(link)
    for one in ("#case-of=required_assessment", f"on-date={DAY}", "in-place=england", f"by-rules={RULES.rules_hash}", "residence=here"):
        assert one in link
    page.goto("about:blank")
    page.goto(link)
    form = page.locator('form[data-tool="required_assessment"]').first
    expect(form.locator("[data-answer]")).to_contain_text(expected()["title"], timeout=READY_MS)
    assert form.locator("[data-link]").count() == 0 and "#" not in page.url


def test_a_print_tells_when_it_was_made(answered):
    """Besides edition and rules hash; the screen is left as it was."""
    answered.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(answered.locator("[data-answer] .hb-foot")).to_have_text(re.compile(rf"The 2010 handbook.*{RULES.rules_hash}.*Printed at \d\d:\d\d on ", re.DOTALL))
    answered.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(answered.locator("[data-printed]")).to_have_count(0)


def test_a_link_by_other_rules_says_so(page):
    """The answer is there all the same, by the rules of the page."""
    form = open_case(page, "required_assessment", "required_assessment", CASE, rules="0123456789abcdef")
    expect(form.locator("[data-link]")).to_contain_text("have changed since the link was made")
    expect(form.locator("[data-link]")).to_contain_text(RULES.rules_hash)
    expect(form.locator("[data-answer]")).to_contain_text(expected()["title"], timeout=READY_MS)


def test_what_a_link_is_said_to_leave_out_is_left_out(page):
    """Nothing of it is filled in, also where a part could be; a date that is none is told, and today's taken."""
    form = open_case(page, "required_assessment", "required_assessment", {**CASE, "residence": ["here", "elsewhere"]}, on="the day before")
    expect(form.locator("[data-link] li")).to_have_text([re.compile("here, elsewhere$"), re.compile("the day before$")])
    expect(form.locator('[data-field="residence"] input:checked')).to_have_count(0)
    expect(form.locator('[data-field="on"] [data-part="year"]')).not_to_have_value("")


def test_a_damaged_link_loses_nothing_that_was_entered(answered):
    """It is told, with what can be read of it."""
    page = answered.page
    mark = mark_of(page, "required_assessment", {"residence": "elsewhere"})
    page.evaluate("(mark) => { location.hash = mark; }", mark[:-3])
    expect(answered.locator("[data-link]")).to_contain_text("residence: elsewhere")
    expect(answered.locator('[data-field="residence"] input[value="here"]')).to_be_checked()
    assert "#" not in page.url


def test_a_link_for_a_tool_that_is_not_there_lists_its_answers(page):
    """On whatever page it leads to."""
    mark = mark_of(page, "tool_of_old", {"residence": "here", "drugs": ["<b>x</b>", "y"]})
    page.goto("about:blank")
    page.goto(f"{page.address}guidance/about/{mark}")
    said = page.locator("article [data-link]")
    expect(said).to_contain_text("tool_of_old")
    expect(said.locator("li")).to_have_text(["residence: here", "drugs: <b>x</b>, y"])
    assert "#" not in page.url


WALKED = {"how_they_come": "positive_test", "requirement_made": "yes", "comes_to_initial_assessment": "yes",
          "required_assessment.residence": "here", "required_assessment.assessment_held_on": DAY}  # fmt: skip


def test_a_walk_leaves_in_the_same_ways(page, tmp_path, capsys):
    """Data to be worked out again, a page to be kept; what an old link brings that the journey does not know is told."""
    form = open_case(page, "walk_enforcement", "walk_enforcement", {**WALKED, "shoe_size": "43"})
    expect(form.locator("[data-here-title]")).to_contain_text("IE3", timeout=READY_MS)
    expect(form.locator("[data-link] li")).to_have_text(["shoe_size: 43"])
    name, text = saved(page, form.get_by_role("button", name="Save the data"))
    assert name == f"walk-enforcement-{DAY}.json"
    told = json.loads(text)
    assert text == to_json(walk_pathway(RULES, "enforcement", told["answers"], on=DAY, place="england")) and told["stands_at"] == "IE3"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert cli.main(["walk", "--again", str(tmp_path / name)]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == []
    name, text = saved(page, form.get_by_role("button", name="Save as a page"))
    assert name == f"walk-enforcement-{DAY}.html"
    for one in (told["title"], told["stands_at_title"], RULES.rules_hash, "Edition of 2010", "Saved at", "handbook walk enforcement --on"):
        assert one in text
    assert not re.search(r"<(button|input|a|script|form)\b|https?:", text)


def test_a_limit_in_hours_goes_into_a_calendar_from_its_own_page(page):
    """As a moment in UTC."""
    page.goto(f"{page.address}tools/deadlines/")
    form = page.locator('form[data-deadline="outreach"]').first
    form.scroll_into_view_if_needed()
    for part, text in (("day", "21"), ("month", "4"), ("year", "2011"), ("time", "16:30")):
        form.locator(f'[data-field="from"] [data-part="{part}"]').fill(text)
    form.get_by_role("button", name="Work it out").click()
    button = form.get_by_role("button", name="Add to a calendar")
    expect(button).to_be_visible(timeout=READY_MS)
    assert button.bounding_box()["height"] >= 44
    name, text = saved(page, button)
    (entry,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert name == "outreach-2011-04-22.ics" and entry.decoded("DTSTART").isoformat() == "2011-04-22T15:30:00+00:00"
    assert RULES.rules_hash in entry["DESCRIPTION"] and "Edition of 2010" in entry["DESCRIPTION"]
