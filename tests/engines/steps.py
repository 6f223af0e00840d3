"""What is tried in every engine. Each step is a function of an open engine and the site; its docstring is what the table calls it.

What a step expects, CPython says at that moment from today's rules: nothing is written down here twice.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import date
from functools import cache

from build_scripts.load import load_rules, load_scenarios
from decision_logic import browser, deadline, decide, walk_pathway
from tests.engines.engine import Engine, NotAsItShould

ON = "2011-04-21"
WAY = (("how_they_come", "positive_test"), ("requirement_made", "yes"), ("comes_to_initial_assessment", "yes"))
TOOL = 'form[data-tool="identification"]'
DEADLINE = 'form[data-deadline="follow_up"]'
WALK = 'form[data-walk="enforcement"]'

VISIBLE = "(selector) => [...document.querySelectorAll(selector)].some((one) => one.checkVisibility())"
READY = "(selector) => document.querySelector(selector)?.dataset.engineState === 'ready'"
TEXT = "(selector) => document.querySelector(selector)?.innerText ?? ''"
HOLDS = "([selector, text]) => (document.querySelector(selector)?.innerText ?? '').replace(/\\s+/g, ' ').includes(text)"
ANSWERS = """
(selector) => Object.fromEntries([...document.querySelectorAll(`${selector} [data-field] input:checked`)]
  .map((box) => [box.closest("[data-field]").dataset.field, box.value]))
"""
MARK_BUTTON = """
([within, words]) => {
  const found = [...document.querySelectorAll(`${within} button`)].find((one) => one.textContent.trim() === words);
  found?.setAttribute("data-pressed", "");
}
"""
# Asks through the page's own engine: the module that the page itself fetched has it.
ASK = """
async (requests) => {
  const address = performance.getEntriesByType("resource").map((one) => one.name).find((name) => /\\/engine[^/]*\\.js$/.test(name));
  const { createEngine } = await import(address);
  const base = new URL(document.querySelector("a.md-logo").href).href;
  const engine = createEngine({ baseUrl: base });
  const texts = [];
  for (const request of requests) texts.push((await engine.ask(request)).text ?? null);
  return texts;
}
"""
# Looks answers up without the worker, as a page does before Python is there: {tool: [request, page]} → {tool: answer, in short}.
LOOK_UP = """
async (cases) => {
  const address = performance.getEntriesByType("resource").map((one) => one.name).find((name) => /\\/tool[^/-]*\\.js$/.test(name));
  const { openInstant } = await import(address);
  const base = new URL(document.querySelector("a.md-logo").href).href;
  const told = {};
  for (const [tool, [request, path]] of Object.entries(cases)) {
    const page = new DOMParser().parseFromString(await (await fetch(base + path)).text(), "text/html");
    const reply = (await openInstant(page.querySelector(`form[data-tool="${tool}"]`)))?.decide(request);
    told[tool] = reply?.ok ? [reply.answer.status, reply.answer.outcome, reply.answer.title, reply.answer.actions.map((one) => one.id)] : null;
  }
  return told;
}
"""


@dataclass
class Site:
    """Where the site is served, and what steps hand on to later ones. From a folder, a page is named by its file."""

    address: str
    link: str = ""

    def page(self, path):
        """The address of a page, by its folder within the site."""
        return self.address + path + ("index.html" if self.address.startswith("file:") else "")


@cache
def rules():
    loaded = load_rules()
    browser.start(json.dumps(loaded.plain))
    return loaded.rules


def expect(fact, otherwise):
    if not fact:
        raise NotAsItShould(otherwise)


def expect_text(engine, selector, text):
    """That the text comes to stand there."""
    try:
        engine.wait_for(HOLDS, [selector, " ".join(text.split())], what=f"“{text}”", seconds=30)
    except NotAsItShould as trouble:
        raise NotAsItShould(f"{trouble}; there is “{engine.run(TEXT, selector)[:200]}”") from None


def open_page(engine, site, path, form=None):
    engine.open(site.page(path))
    if form:
        engine.wait_for(READY, form, what="the tool to be ready", seconds=120)


def expect_answer(engine, answers):
    """That the tool shows what CPython answers: outcome, every action, the rules."""
    answer = decide(rules(), "identification", answers, on=ON, place="england")
    expect(answer["status"] == "decided", f"the answers {answers} decide nothing, so they try little")
    for text in (answer["title"], *(action["what"] for action in answer["actions"]), rules().rules_hash):
        expect_text(engine, f"{TOOL} [data-answer]", text)


def set_date(engine, form, name, day):
    """Type a date into its three boxes."""
    for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
        box = f'{form} [data-field="{name}"] [data-part="{part}"]'
        engine.click(box)
        engine.run("(box) => document.querySelector(box).select()", box)
        engine.write(text)
    engine.press("Tab")


def hears(engine, site):
    """the driver hears the console: else nothing that is said there could fail a step"""
    open_page(engine, site, "")
    engine.run("() => { console.error('heard?'); }")
    heard, until = [], time.monotonic() + 5
    while "heard?" not in " ".join(heard) and time.monotonic() < until:
        heard += engine.said()
    expect("heard?" in " ".join(heard), "an error on the console was not heard")


def home(engine: Engine, site: Site):
    """the home page: title, menu, nothing wider than the window"""
    open_page(engine, site, "")
    expect(engine.run(VISIBLE, "h1"), "no title is to be seen")
    expect(engine.run(VISIBLE, ".md-tabs, .md-header__button"), "no menu is to be seen")
    wider = engine.run("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    expect(wider <= 0, f"the page is {wider} pixels wider than the window")


def tool_by_mouse(engine, site):
    """a tool by mouse: outcome and actions as CPython says"""
    open_page(engine, site, "tools/identification/", TOOL)
    set_date(engine, TOOL, "on", ON)
    for field, value in (("drug_test", "negative"), ("volunteered", "yes")):
        engine.click(f'{TOOL} [data-field="{field}"] label:has(input[value="{value}"])')
    engine.click(f"{TOOL} button[type=submit]")
    answers = engine.run(ANSWERS, TOOL)
    expect(answers == {"drug_test": "negative", "volunteered": "yes"}, f"the form holds {answers}")
    expect_answer(engine, answers)


def copy_link(engine, site):
    """copy link: the address itself stays without answers"""
    press_button(engine, f"{TOOL} [data-answer]", "Copy link")
    site.link = engine.wait_for(f"() => document.querySelector('{TOOL} .hb-copy input')?.value", what="the link")
    expect("#" in site.link, f"the link {site.link} holds no answers")
    expect("#" not in engine.run("() => location.href"), "the address holds the answers")


def open_link(engine, site):
    """a copied link: opens with its answers, and the address is cleaned"""
    open_page(engine, site, "")
    engine.open(site.link)
    engine.wait_for(READY, TOOL, what="the tool to be ready", seconds=120)
    expect_answer(engine, {"drug_test": "negative", "volunteered": "yes"})
    expect(engine.run(ANSWERS, TOOL) == {"drug_test": "negative", "volunteered": "yes"}, "the answers are not in the form")
    expect("#" not in engine.run("() => location.href"), "the address still holds the answers")


def tool_by_keyboard(engine, site):
    """a tool by keyboard alone: as CPython says, and the focus moves to the answer"""
    open_page(engine, site, "tools/identification/", TOOL)
    set_date(engine, TOOL, "on", ON)
    tab_to(engine, f'{TOOL} [data-field="drug_test"] input')
    engine.press("Space")
    engine.press("ArrowDown")
    tab_to(engine, f'{TOOL} [data-field="volunteered"] input')
    engine.press("Space")
    tab_to(engine, f"{TOOL} button[type=submit]")
    engine.press("Enter")
    answers = engine.run(ANSWERS, TOOL)
    expect(len(answers) == 2, f"the form holds {answers}")
    expect_answer(engine, answers)
    engine.wait_for(f"() => document.querySelector('{TOOL} [data-answer]').contains(document.activeElement)", what="the focus")


def press_button(engine, within, words):
    """Press the button of that name with the mouse; it is marked, because selectors know no words."""
    for last in (False, False, True):
        engine.run(MARK_BUTTON, [within, words])
        try:
            return engine.click(f"{within} button[data-pressed]")
        except NotAsItShould:
            # Python's answer may have come just now, and taken the mark away with what was looked up.
            if last:
                raise


def tab_to(engine, selector):
    """Press Tab until the focus is there."""
    for _ in range(80):
        if engine.run("(selector) => document.activeElement.matches(selector)", selector):
            return
        engine.press("Tab")
    raise NotAsItShould(f"eighty times Tab did not lead to {selector}")


def same_bytes(engine, site):
    """the same JSON bytes as CPython: a case of every tool and journey, a deadline, working days"""
    open_page(engine, site, "tools/identification/", TOOL)
    requests = {}
    for one in load_scenarios(rules()):
        asked = {"do": "decide", "tool": one.tool} if one.tool else {"do": "walk", "pathway": one.pathway}
        case = {"answers": one.data.answers, "on": one.data.on, "in": one.data.place, "today": ON}
        requests.setdefault((one.tool, one.pathway), {**asked, **case})
    asked = [
        *requests.values(),
        {"do": "deadline", "id": "follow_up", "from": ON, "in": "england"},
        {"do": "workdays", "from": ON, "add": -5, "in": "wales"},
    ]
    expected = [json.loads(browser.handle(json.dumps(request)))["text"] for request in asked]
    for request, got, wanted in zip(asked, engine.run(ASK, asked), expected, strict=True):
        expect(got == wanted, f"another text for {json.dumps(request)[:120]}")


def looked_up(engine, site):
    """answers looked up without Python: status, outcome and actions of a case of every tool as CPython says"""
    open_page(engine, site, "tools/identification/", TOOL)
    cases, expected = {}, {}
    for one in load_scenarios(rules()):
        tool = rules().tools.get(one.tool)
        if tool is None or tool.id in cases:
            continue
        given = {name: as_a_form_gives(tool.questions[name], answer) for name, answer in one.data.answers.items() if name in tool.questions}
        request = {"answers": given, "on": one.data.on, "in": one.data.place}
        reply = json.loads(browser.handle(json.dumps({"do": "decide", "tool": tool.id, **request})))
        if reply["ok"]:
            answer = reply["answer"]
            cases[tool.id] = [request, tool.page.removesuffix(".md") + "/"]
            expected[tool.id] = [answer["status"], answer["outcome"], answer["title"], [action["id"] for action in answer["actions"]]]
    expect(set(cases) == set(rules().tools), "a tool has no case")
    for tool, told in engine.run(LOOK_UP, cases).items():
        expect(told == expected[tool], f"{tool}: looked up {told}, CPython says {expected[tool]}")


def as_a_form_gives(question, answer):
    """A number as a number; files hold it as text."""
    return float(answer) if question.kind == "number" and answer != "not_known" else answer


def deadlines(engine, site):
    """the deadline calculator: the last day as CPython says"""
    open_page(engine, site, "tools/deadlines/")
    engine.run("(form) => document.querySelector(form).scrollIntoView()", DEADLINE)
    engine.wait_for(READY, DEADLINE, what="the calculator to be ready", seconds=120)
    set_date(engine, DEADLINE, "from", ON)
    engine.click(f"{DEADLINE} button[type=submit]")
    last = date.fromisoformat(deadline(rules(), "follow_up", ON, place="england")["last_day"])
    expect_text(engine, f"{DEADLINE} [data-answer]", f"{last:%A} {last.day} {last:%B} {last.year}")


def walker(engine, site):
    """a journey, walked three steps: stands where CPython says"""
    open_page(engine, site, "tools/walk_enforcement/", WALK)
    answers = {}
    for name, value in WAY:
        engine.click(f'{WALK} [data-asking] [data-field="{name}"] label:has(input[value="{value}"])')
        engine.click(f"{WALK} [data-go-on]")
        answers[name] = value
        stands = walk_pathway(rules(), "enforcement", answers, on=ON, place="england")["stands_at"]
        expect_text(engine, f"{WALK} [data-here-title]", f"You are at {stands}:")


def search(engine, site):
    """the search: finds a form by its number and leads to it"""
    open_page(engine, site, "guidance/housing/")
    engine.click("[data-md-component=search-query]")
    engine.write("RA2")
    engine.click('.md-search-result__link[href*="#ra2"]')
    engine.wait_for("() => /\\/reference\\/forms\\/(index\\.html)?(\\?[^#]*)?#ra2$/.test(location.href)", what="the way to the form")
    engine.wait_for("() => document.querySelector('#ra2')?.getBoundingClientRect().top < innerHeight", what="the form in view")
    # What marks the word comes now; going on meanwhile would break it off, of which Firefox complains.
    engine.wait_for("() => !/[?&]h=[^&]/.test(location.search) || document.querySelector('mark[data-md-highlight]') !== null", what="the word marked")


def areas(engine, site):
    """the choice of an area: shows what differs there, and the address says which"""
    open_page(engine, site, "guidance/enforcement/")
    engine.click("[data-area-fold] > summary")
    engine.click('a[data-area-choice="north_wales"]')
    engine.wait_for("() => location.search === '?area=north_wales'", what="the area in the address")
    expect_text(engine, "[data-area-now]", "North Wales")
    engine.wait_for(VISIBLE, '[data-areas] [data-area="north_wales"]', what="what North Wales says")
    expect(not engine.run(VISIBLE, '[data-areas] [data-area="essex"]'), "what Essex says is to be seen too")


def dark(engine, site):
    """dark colours: dark behind, and text that stands out"""
    open_page(engine, site, "guidance/housing/")
    for number in (1, 2):  # the device's colours, light, dark
        engine.click(f'label.md-header__button[for="__palette_{number}"]')
    engine.wait_for("() => document.body.dataset.mdColorScheme === 'slate'", what="the dark colours")
    engine.wait_for(CONTRAST, what="light text on a dark page", seconds=5)
    engine.click('label.md-header__button[for="__palette_0"]')


# The contrast of the Web Content Accessibility Guidelines, of the page's text on the page.
CONTRAST = """
() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = light(getComputedStyle(document.body).backgroundColor);
  const text = light(getComputedStyle(document.querySelector("article p")).color);
  return page < 0.05 && (text + 0.05) / (page + 0.05) >= 4.5;
}
"""


def paper(engine, site):
    """a style for print: header, menu and search are left out"""
    open_page(engine, site, "guidance/housing/")
    left_out = set(engine.run(LEFT_OUT))
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-search"):
        expect(part in left_out, f"{part} would be printed")


# What the engine itself understood of the style sheets: the parts of the page that are not displayed on paper.
LEFT_OUT = """
() => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && rule.media.mediaText === "print").flatMap((rule) => [...rule.cssRules])
    .filter((rule) => rule.style?.display === "none");
  return [".md-header", ".md-tabs", ".md-sidebar", ".md-search"].filter((part) => {
    const one = document.querySelector(part);
    return one && rules.some((rule) => rule.selectorText && one.closest(rule.selectorText));
  });
}
"""

STEPS = (hears, home, tool_by_mouse, copy_link, open_link, tool_by_keyboard, same_bytes, looked_up, deadlines, walker, search, areas, dark, paper)
# From a folder no module can be asked for by its address, which is how bytes are compared and answers looked up; the looks are the
# same files.
STEPS_FROM_A_FOLDER = tuple(step for step in STEPS if step not in (same_bytes, looked_up, dark, paper))
