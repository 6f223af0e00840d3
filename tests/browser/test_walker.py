"""The journeys, walked in a real browser: the way so far, the present point, what is due, the map, and going back."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from build_scripts.load import load_rules
from decision_logic import walk_pathway
from tests.browser.conftest import SCRIPT

pytestmark = pytest.mark.browser
RULES = load_rules().rules
DAY = "2011-04-21"
READY_MS = 60_000

# Whether anything that can be seen is wider than the window.
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Everything that a browser would keep.
STORED = """
() => [document.cookie, ...Object.entries(localStorage), ...Object.entries(sessionStorage)].flat().join()
"""

# The levels of the headings that can be seen, in order.
LEVELS = """
() => [...document.querySelectorAll(".hb-walk-page :is(h1, h2, h3, h4, h5)")]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))
"""

TO_IE3 = [("how_they_come", "positive_test"), ("requirement_made", "yes"), ("comes_to_initial_assessment", "yes")]
TO_COM5 = [*TO_IE3, ("required_assessment", "follow_up_needed"), ("residence", "here"), ("attends_follow_up", "yes"),
           ("accepts_care_plan", "yes"), ("engagement_with_dip", "engages")]  # fmt: skip


class Walker:
    """A page with a walker, answered as a person would answer it."""

    def __init__(self, page, address, pathway):
        self.page, self.pathway = page, pathway
        page.goto(f"{address}tools/walk_{pathway}/")
        self.form = page.locator(f'form[data-walk="{pathway}"]')
        self.title = self.form.locator("[data-here-title]")
        self.ready()

    def ready(self):
        expect(self.form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)

    @property
    def asked(self):
        """The field of the question that is asked now."""
        return self.form.locator("[data-slot] > [data-field]")

    def choose(self, name, value):
        """Tick an answer; a tool's outcome is found behind its fold."""
        expect(self.form.locator(f'[data-asking] [data-field="{name}"]')).to_have_count(1)
        box = self.form.locator(f'[data-asking] [data-field="{name}"] input[value="{value}"]')
        if not box.is_visible():
            self.form.locator("[data-asking] > details > summary").click()
        box.check()

    def go_on(self):
        self.form.locator("[data-go-on]").click()

    def answer(self, *pairs):
        """Answer one question after another, and wait until the walk has gone on."""
        for name, value in pairs:
            self.choose(name, value)
            self.go_on()
            expect(self.form.locator(f':is([data-slot], [data-direct]) > [data-field="{name}"]')).to_have_count(0)

    def change(self, name):
        self.form.locator(f'[data-steps] [data-change="{name}"]').first.click()
        expect(self.form.locator("[data-here][data-back]")).to_have_count(1)

    def steps(self):
        return [one.get_attribute("data-step") for one in self.form.locator("[data-step]").all()]

    def due_now(self):
        """The actions shown as certainly due, outside all folds."""
        shown = self.form.locator("[data-here-rest] > [data-role] [data-action]").all()
        return [one.get_attribute("data-action") for one in shown]

    def on_map(self, what):
        """The points or ways that the map shows as travelled."""
        lit = self.page.locator(f"[data-chart] .map-frame [data-{what}].is-travelled").all()
        return {one.get_attribute(f"data-{what}") for one in lit}


def told(pathway, answers):
    """What Python says of the same answers."""
    return walk_pathway(RULES, pathway, dict(answers), on=DAY, place="england", today=date(2011, 4, 21))


def test_a_walk_shows_what_python_says(page, site_address):
    """Steps, actions and map at every point of a long way."""
    walk = Walker(page, site_address, "enforcement")
    for count in range(1, len(TO_COM5) + 1):
        walk.answer(TO_COM5[count - 1])
        result = told("enforcement", TO_COM5[:count])
        expect(walk.title).to_contain_text(f"You are at {result['stands_at']}:")
        assert walk.steps() == [visit["point"] for visit in result["visited"][:-1]]
        present = {action["id"] for action in result["visited"][-1]["actions"] if action["certain"]}
        assert present <= set(walk.due_now())
        assert walk.on_map("edge") == set(result["travelled"])
        assert walk.on_map("node") == {visit["point"] for visit in result["visited"]}
        expect(page.locator("[data-on-map]")).to_contain_text(f"You are at {result['stands_at']}")
        expect(page.locator("[data-chart] .map-frame .is-here")).to_have_count(1)
        assert page.evaluate(WIDER) == 0


def test_the_focus_goes_where_the_walk_goes(page, site_address):
    """To the heading of a new point, or to the next question of the same one."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(("how_they_come", "positive_test"))
    expect(walk.title).to_be_focused()
    walk.answer(("requirement_made", "yes"))
    expect(walk.form.locator('[data-field="comes_to_initial_assessment"] fieldset')).to_be_focused()


def test_nothing_happens_until_continue_is_pressed(page, site_address):
    """Arrow keys pass through the choices, and the page stays as it is."""
    walk = Walker(page, site_address, "enforcement")
    first = walk.form.locator('[data-slot] input[value="positive_test"]')
    first.focus()
    before = walk.title.inner_text()
    top = first.bounding_box()["y"]
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert walk.title.inner_text() == before
    assert abs(first.bounding_box()["y"] - top) < 2
    page.keyboard.press("Enter")
    expect(walk.title).to_contain_text("The journey ends here")  # no test was taken: the other journey


def test_a_walk_can_be_made_with_the_keyboard_alone(page, site_address):
    """Space chooses, Enter goes on; Change is reached with Tab."""
    walk = Walker(page, site_address, "enforcement")
    walk.form.locator('[data-slot] input[value="positive_test"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(walk.title).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-slot] input')"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(walk.asked).to_have_attribute("data-field", "comes_to_initial_assessment")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('[data-change=how_they_come]')"):
            break
    page.keyboard.press("Enter")
    expect(walk.title).to_contain_text("Going back to")
    expect(walk.title).to_be_focused()


def test_going_back_keeps_the_answers_that_come_after(page, site_address):
    """Another home leads through the other CJIT, and then on as before."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_COM5)
    walk.change("residence")
    expect(walk.asked).to_have_attribute("data-field", "residence")
    assert walk.form.locator('[data-slot] input[value="here"]').is_checked()
    walk.answer(("residence", "elsewhere"))
    expect(walk.title).to_contain_text("You are at Com5")
    assert walk.steps() == ["start", "IE1", "IE2", "IE3", "IE4", "IE4a", "IE4b", "Com1", "Com2", "Com3", "Com4"]
    expect(walk.title).to_be_focused()


def test_an_answer_that_leads_elsewhere_loses_none_of_the_others(page, site_address):
    """Without the requirement the journey ends early; with it again, it stands where it stood."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_COM5)
    walk.change("requirement_made")
    walk.answer(("requirement_made", "no"))
    expect(walk.title).to_contain_text("The journey ends here")
    assert walk.steps() == ["start", "IE1"]
    assert {"ie1_seek_authority", "ie1_record_reasons"} <= set(walk.due_now())
    walk.change("requirement_made")
    walk.answer(("requirement_made", "yes"))
    expect(walk.title).to_contain_text("You are at Com5")


def test_a_change_can_be_left(page, site_address):
    """What was ticked does not count, and the focus is back where it was."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3)
    walk.change("requirement_made")
    walk.choose("requirement_made", "no")
    walk.form.get_by_role("button", name="Leave it").click()
    expect(walk.title).to_contain_text("You are at IE3")
    expect(walk.form.locator('[data-steps] [data-change="requirement_made"]').first).to_be_focused()
    walk.answer(("required_assessment", "follow_up_needed"))
    expect(walk.title).to_contain_text("You are at IE4")


def test_not_known_yet_lets_the_walk_wait_and_shows_the_ways_that_remain(page, site_address):
    """It is an ordinary answer, and none at all is pointed out."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3, ("required_assessment", "follow_up_needed"))
    walk.go_on()
    expect(walk.asked.locator("[data-error]")).to_contain_text("Not known yet")
    walk.choose("residence", "not_known")
    walk.go_on()
    expect(walk.form.locator("[data-status]")).to_contain_text("the walk waits here")
    expect(walk.form.locator("[data-here-rest]")).to_contain_text("these ways remain")
    remain = [one.get_attribute("data-way") for one in walk.form.locator("[data-here-rest] [data-way]").all()]
    result = told("enforcement", [*TO_IE3, ("required_assessment", "follow_up_needed")])
    assert remain == [way["edge"] for way in result["ways_on"]]
    # Another question of the point can be answered meanwhile, and fewer ways remain.
    walk.form.locator('[data-here-rest] [data-change="attends_follow_up"]').click()
    walk.answer(("attends_follow_up", "yes"))
    expect(walk.form.locator('[data-here-rest] [data-way="ie4_fails_to_attend"]')).to_have_count(0)


def test_a_tool_behind_a_way_is_answered_in_place(page, site_address):
    """One question after another until it has an outcome; one that is not known is passed over."""
    walk = Walker(page, site_address, "proactive_engagement")
    walk.answer(("how_they_come", "negative_test"))
    expect(walk.form.locator("[data-asking-lead]")).to_contain_text(RULES.tools["identification"].title)
    given = {"identification.drug_test": "negative", "identification.volunteered": "yes", "believed": "yes"}
    seen = []
    while not walk.title.inner_text().startswith("You are at IPAE3"):
        name = walk.asked.get_attribute("data-field")
        assert name not in seen, seen
        seen.append(name)
        walk.answer((name, given.get(name, "not_known")))
    assert walk.steps() == ["start", "IPAE1", "IPAE2"]
    assert "criteria are met" in walk.form.locator('[data-step="IPAE2"]').inner_text()
    # Its answers can be changed one by one.
    walk.change("identification.volunteered")
    expect(walk.asked).to_have_attribute("data-field", "identification.volunteered")


def test_a_tools_outcome_can_be_chosen_directly_and_taken_back(page, site_address):
    """For whoever has worked it out already."""
    walk = Walker(page, site_address, "proactive_engagement")
    walk.answer(("how_they_come", "negative_test"), ("identification", "criteria_not_met"))
    expect(walk.title).to_contain_text("The journey ends here: Not identified")
    walk.change("identification")
    expect(walk.asked).to_have_attribute("data-field", "identification")
    walk.choose("identification", "not_known")
    walk.go_on()
    expect(walk.title).to_contain_text("You are at IPAE2")
    assert walk.asked.get_attribute("data-field").startswith("identification.")


def test_a_way_that_comes_round_says_so(page, site_address):
    """A case that is kept goes on at Com4, and the next decision can be answered anew."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_COM5, ("suspension_closure", "keep"))
    expect(walk.title).to_contain_text("You are back at Com4")
    expect(walk.form.locator("[data-here-rest]")).to_contain_text("the journey continues from here")
    assert "com4_review_in_time" in walk.due_now()
    walk.form.get_by_role("button", name="Answer anew").click()
    walk.answer(("suspension_closure", "close_died"))
    expect(walk.title).to_contain_text("The journey ends here: Case closed by the CJIT")
    assert "com5b_close" in walk.due_now()


def test_an_action_names_its_form_its_time_and_its_source(page, site_address):
    """With links to the deadlines, the forms and the register."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3, ("required_assessment", "follow_up_needed"))
    fold = walk.form.locator('[data-step="IE3"] details')
    assert fold.get_attribute("open") is None
    fold.locator("summary").click()
    action = fold.locator('[data-action="ie3_set_in_time"]')
    expect(action.locator(".hb-badge")).to_be_visible()
    expect(action.locator('a[href*="deadlines/#follow_up"]')).to_have_text("five working days")
    expect(action.locator('a[href*="reference/sources/"]').first).to_be_visible()
    forms = fold.locator('a[href*="reference/forms/"]')
    assert forms.count() > 0


def test_a_day_without_an_edition_is_told_and_nothing_is_lost(page, site_address):
    """The tools behind the ways hold for certain days only; the walk stays as it was."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3)
    day = walk.form.locator('[data-field="on"]')
    day.locator('[data-part="day"]').fill("1/2/1999")
    day.locator('[data-part="day"]').press("Tab")
    day.locator('[data-part="time"], [data-part="year"]').first.press("Tab")
    walk.form.locator("[data-asking] input").first.focus()
    expect(walk.form.locator("[data-status]")).to_contain_text("To put right")
    assert walk.steps() == ["start", "IE1", "IE2"]
    day.locator('[data-part="day"]').fill("21/4/2011")
    walk.form.locator("[data-asking] input").first.focus()
    expect(walk.form.locator("[data-status]")).not_to_contain_text("To put right")


def test_back_restores_the_walk_and_the_address_holds_nothing(page, site_address):
    """Within the site the answers wait in memory; nothing is stored."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3)
    assert page.url.endswith("/tools/walk_enforcement/")
    page.locator(".md-footer a").first.click()
    page.wait_for_url(lambda url: "walk_enforcement" not in url)
    expect(walk.form).to_have_count(0)  # the address changes before the page does
    page.go_back()
    expect(walk.title).to_contain_text("You are at IE3", timeout=READY_MS)
    expect(walk.form.locator("[data-step]")).to_have_count(3, timeout=READY_MS)
    assert walk.steps() == ["start", "IE1", "IE2"]
    assert "positive_test" not in page.evaluate(STORED)
    assert "positive_test" not in page.url


def test_a_form_that_was_left_before_its_engine_was_there_hinders_no_other(page, site_address):
    """The reader goes on and back at once, while the engine's script is still on its way."""
    held = []
    page.route("**/engine.js", lambda route: held.append(route))
    page.goto(f"{site_address}tools/walk_enforcement/")
    form = page.locator('form[data-walk="enforcement"]')
    expect(form).to_have_attribute("data-engine-state", "loading")
    page.locator(".md-footer a").first.click()
    expect(form).to_have_count(0)
    for route in held:
        route.continue_()
    page.go_back()
    expect(form).to_have_attribute("data-live", "")
    form.scroll_into_view_if_needed()
    expect(form).to_have_attribute("data-engine-state", "ready", timeout=READY_MS)


def test_a_link_with_the_answers_is_made_on_request_and_cleaned_when_opened(page, site_address):
    """Behind the #, as for tools."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3)
    walk.form.get_by_role("button", name="Copy link").click()
    link = walk.form.get_by_label("The link with the answers").input_value()
    assert "#case-of=walk_enforcement&" in link
    page.goto("about:blank")
    page.goto(link)
    walk.ready()
    expect(walk.title).to_contain_text("You are at IE3")
    assert "#" not in page.url
    walk.form.get_by_role("button", name="Start again").click()
    expect(walk.title).to_contain_text("You are at the start")
    assert not walk.form.locator("[data-slot] input:checked").count()


def test_a_trainers_link_fills_in_the_case_and_tells_nothing(page, site_address):
    """The case is walked answer by answer: each is ticked already, and the way shows itself only on Continue."""
    walk = Walker(page, site_address, "enforcement")
    link = page.evaluate(
        "async ([module, answers]) => (await import(module)).linkFor('walk_enforcement', {answers, quiet: true})",
        [page.evaluate(SCRIPT, "links.js"), {**dict(TO_IE3), "required_assessment.residence": "here"}],
    )
    page.goto("about:blank")
    page.goto(link)
    walk.ready()
    expect(walk.title).to_contain_text("You are at the start")
    assert walk.steps() == []
    for name, value in TO_IE3:
        expect(walk.form.locator(f'[data-slot] > [data-field="{name}"] input[value="{value}"]')).to_be_checked()
        walk.go_on()
    expect(walk.title).to_contain_text("You are at IE3")
    walk.answer(("required_assessment", "follow_up_needed"))
    expect(walk.form.locator('[data-slot] > [data-field="residence"] input[value="here"]')).to_be_checked()


def test_where_the_engine_cannot_start_every_point_is_there_to_be_read(chromium, site_address, screen):
    """The failure is told with a way on: the list of points, as without JavaScript."""
    context = chromium.new_context(viewport=screen, service_workers="block")
    page = context.new_page()
    page.route("**/scripts/*/worker.js", lambda route: route.abort())
    page.goto(f"{site_address}tools/walk_enforcement/")
    form = page.locator('form[data-walk="enforcement"]')
    expect(form).to_have_attribute("data-engine-state", "failed", timeout=READY_MS)
    expect(form.locator("[data-engine]")).to_contain_text("list of points")
    expect(form.locator('[data-point="IE4"]')).to_be_visible()
    context.close()


def test_the_printed_walk_has_no_questions_and_shows_what_was_due(page, site_address):
    """Folds with what was due are printed open, controls are not printed."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_IE3)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(walk.form.locator('[data-step="IE1"] [data-action="ie1_warn"]')).to_be_visible()
    for control in ("[data-asking]", "[data-change]", "[data-points]"):
        expect(walk.form.locator(control).first).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(walk.form.locator('[data-step="IE1"] details[open]')).to_have_count(0)


def test_headings_and_ids_are_in_order(page, site_address):
    """One heading level after another, no id twice, every control named."""
    walk = Walker(page, site_address, "enforcement")
    walk.answer(*TO_COM5)
    levels = page.evaluate(LEVELS)
    assert levels[0] == 2
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(set(ids)) == len(ids)
    names = [one.inner_text() for one in walk.form.locator("[data-change]").all()]
    assert len(set(names)) == len(names)  # "Change" says which answer, for those who hear it alone


@pytest.mark.parametrize("pathway", [name for name, one in RULES.pathways.items() if not one.common])
def test_without_javascript_every_point_and_question_is_there(chromium, site_address, screen, pathway):
    """In the order of the journey, each question once."""
    context = chromium.new_context(viewport=screen, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}tools/walk_{pathway}/")
    one = RULES.pathways[pathway]
    parts = [one, *(RULES.pathways[name] for name in one.includes)]
    shown = [section.get_attribute("data-point") for section in page.locator("[data-point]").all()]
    assert sorted(shown) == sorted(point for part in parts for point in part.points)
    assert [point for point in shown if point in one.points and one.points[point].kind != "end"] == [
        name for name, point in one.points.items() if point.kind != "end"]  # fmt: skip
    fields = [field.get_attribute("data-field") for field in page.locator("[data-points] [data-field]").all()]
    assert len(set(fields)) == len(fields)
    expect(page.locator("[data-point]").first).to_be_visible()
    expect(page.locator("[data-answer]")).to_be_hidden()
    ways = {way.get_attribute("data-way") for way in page.locator("[data-way]").all()}
    assert ways == {edge for part in parts for edge in part.edges}
    context.close()


def test_the_pages_script_knows_no_rule():
    """No point, question, way or action of any journey is named in it."""
    script = (Path(__file__).resolve().parents[2] / "docs/assets/javascripts/walker.js").read_text(encoding="utf-8")
    pathways = RULES.pathways.values()
    names = {name for one in pathways for part in (one.points, one.edges, one.questions) for name in part}
    found = {name for name in names - {"start"} if f'"{name}"' in script}
    assert found == set()
