"""A changed answer: only what is different is put into the page, styled and laid out, and nothing of the last answer is left."""

import pytest

from tests.browser.conftest import DESKTOP, SCRIPT, without_engine
from tests.in_chromium import until

# What Chromium looks at anew, and why.
TRACKED = "disabled-by-default-devtools.timeline.invalidationTracking"

TOOL = "tools/identification/"

# dom.js comes in the file of site.js (build_scripts/site/together.py).
# Random small trees, in which much is alike; each becomes the next, and is then what the next would be by itself.
_TREES = """
async (script) => {
  const { h, renew } = await import(script);
  let seed = 7;
  const any = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const leaf = () => any(3) ? `word ${any(4)} ` : h(["b", "i"][any(2)], any(2) ? { class: `c${any(2)}` } : null, `w${any(3)}`);
  const tree = (depth) => h(["p", "ul", "section", "details"][any(4)],
    { ...(any(2) && { class: `k${any(2)} m${any(3)}` }), ...(any(3) === 0 && { "data-fold": `f${any(3)}` }), ...(any(4) === 0 && { open: true }) },
    ...Array.from({ length: any(5) }, () => (depth && any(3) ? tree(depth - 1) : leaf())));
  const place = h("div", null);
  const wrong = [];
  for (let turn = 0; turn < 400; turn++) {
    const wanted = Array.from({ length: any(6) }, () => tree(3));
    if (place.firstElementChild && any(3) === 0) wanted.splice(any(wanted.length + 1), 0, place.firstElementChild); // as a part that is held
    const held = wanted.filter((one) => one.parentNode === place);
    const whole = wanted.map((one) => one.outerHTML).join("");
    const before = [...place.children].map((one) => [one, one.outerHTML]);
    renew(place, wanted);
    if (place.innerHTML !== whole) wrong.push([whole, place.innerHTML]);
    if (held.some((one) => one.parentNode !== place)) wrong.push("what was held is gone");
    if (JSON.stringify(before.map((one) => one[1])) === JSON.stringify([...place.children].map((one) => one.outerHTML))
      && before.some(([one], number) => place.children[number] !== one)) wrong.push("what is the same was replaced");
  }
  return wrong.slice(0, 3);
}
"""

_BUTTONS = """
async (script) => {
  const { h, renew } = await import(script);
  const pressed = [];
  const row = (name, words) => h("div", { class: "row" }, h("p", null, words), h("button", { type: "button", onclick: () => pressed.push(name) }, "Save"));
  const place = h("div", null);
  renew(place, [row("first", "a")]);
  const button = place.querySelector("button");
  button.click();
  renew(place, [row("second", "a")]);
  button.click();
  renew(place, [row("third", "b")]);
  button.click();
  return [pressed, place.querySelector("button") === button, place.textContent];
}
"""

# Puts another thing into the answer, before its last part.
_PUT = """() => {
  const place = document.querySelector("form[data-tool] [data-answer]");
  const last = place.lastElementChild.previousElementSibling;
  last.replaceWith(last.cloneNode(true));
  document.body.getBoundingClientRect();
}"""


@pytest.fixture(scope="module")
def shown(chromium, site_address):
    """A tool's page on a wide screen, with an answer beside the questions, looked up."""
    context = chromium.new_context(viewport=DESKTOP, service_workers="block")
    page = context.new_page()
    without_engine(page)
    page.goto(site_address + TOOL)
    until(page, "() => document.querySelector('[data-answer] .hb-foot')")
    yield page
    context.close()


def test_what_is_put_in_place_is_what_was_wanted(shown):
    """Whatever stood there, the page then holds the wanted nodes, and those that were the same are the same nodes."""
    assert shown.evaluate(_TREES, shown.evaluate(SCRIPT, "site.js")) == []


def test_a_button_that_stays_acts_for_the_new_answer(shown):
    """A button that is not put in anew saves, prints and links what is shown now."""
    assert shown.evaluate(_BUTTONS, shown.evaluate(SCRIPT, "site.js")) == [["first", "second", "third"], True, "bSave"]


def test_another_answer_leaves_alone_what_stays(shown):
    """Parts of an answer that are the same afterwards are the same nodes, and the head says the new."""
    page = shown
    page.evaluate("() => { globalThis.parts = [...document.querySelectorAll('[data-answer] > *')]; }")
    before = page.inner_text(".hb-head")
    page.locator("[data-field=drug_test] input[type=radio]").first.check()
    until(page, "(before) => document.querySelector('.hb-head').innerText !== before", before)
    assert page.evaluate("() => globalThis.parts[0].isConnected && globalThis.parts.at(-1).isConnected")


def _to_and_fro(page):
    """What is said to have been entered, before another place was chosen where nothing is asked, there, and back again."""
    page.locator("[data-field=drug_test] input[type=radio]").nth(1).check()
    said = []
    for place in ("wales", "guernsey", "wales"):
        page.locator("[data-field=in] select").select_option(place)
        until(page, "(place) => document.querySelector('.hb-foot').innerText.includes(place)", place.capitalize())
        page.wait_for_timeout(300)
        said.append(page.evaluate("() => document.querySelector('.hb-given')?.innerText ?? ''"))
    return said


def test_what_was_answered_counts_again_once_the_place_is_back(shown):
    """Where nothing is asked the questions go; they come back with what they were answered, and the answer is to that."""
    before, there, after = _to_and_fro(shown)
    assert before
    assert there == ""
    assert after == before


@pytest.mark.long
def test_what_was_answered_counts_again_by_python_alone(page, site_address):
    """So it is where nothing can be looked up."""
    page.route("**/instant/**", lambda route: route.fulfill(status=404, body=""))
    page.goto(site_address + TOOL)
    page.locator("form[data-tool][data-engine-state=ready]").first.wait_for(timeout=60_000)
    before, there, after = _to_and_fro(page)
    page.heard.console = []  # the missing file
    assert before
    assert there == ""
    assert after == before


def test_a_change_of_the_answer_styles_only_what_changed(shown):
    """No rule makes a browser style all of an answer, or of the page, when a part of it is replaced."""
    page = shown
    page.evaluate(_PUT)
    session, events, ended = page.context.new_cdp_session(page), [], []
    session.on("Tracing.dataCollected", lambda message: events.extend(message["value"]))
    session.on("Tracing.tracingComplete", lambda message: ended.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": [TRACKED]}})
    page.evaluate(_PUT)
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    anew = [event["args"]["data"] for event in events if event["name"] == "StyleRecalcInvalidationTracking"]
    assert "Node was inserted into tree" in [one["reason"] for one in anew]
    assert [(one["nodeName"], one["reason"]) for one in anew if one["subtree"]] == []
