"""On paper: light whatever the screen was, no wider than the page, whole, and without what only a screen can do."""

import pytest

from tests.browser.conftest import Heard

pytestmark = pytest.mark.browser

# One of each template: journey with maps, tool with a wide map, role, checklist, register, cases, walk, calculators, home.
PAGES = (
    "",
    "guidance/enforcement/",
    "guidance/housing/",
    "tools/suspension_closure/",
    "tools/walk_enforcement/",
    "tools/deadlines/",
    "roles/custody/",
    "checklists/housing/",
    "reference/readings/",
    "reference/sources/law/",
    "training/",
    "maintain/rule-language/",
)
# A4 on end less the margins of print.css, in CSS pixels; on its side for what is printed so.
ON_END, ON_SIDE = 688, 1017
TOO_WIDE = """
([onEnd, onSide]) => [...document.querySelectorAll(".md-content__inner *")].filter((one) => {
  if (!one.checkVisibility() || one.closest("svg") !== null && one.localName !== "svg") return false;
  return one.getBoundingClientRect().right > (one.closest(".map-figure--wide") ? onSide : onEnd) + 1;
}).map((one) => one.outerHTML.slice(0, 80))
"""


@pytest.fixture
def paper(chromium, site_address):
    """A page as it is laid out for paper, of a reader whose screen is dark."""
    context = chromium.new_context(
        viewport={"width": ON_END, "height": 900}, color_scheme="dark", service_workers="block", locale="en-GB"
    )
    page = context.new_page()
    heard = Heard(site_address)
    heard.listen(page)

    def lay_out(path):
        page.emulate_media(media="screen")
        page.goto(site_address + path)
        page.wait_for_load_state("networkidle")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        return page

    yield lay_out
    context.close()
    heard.assert_silent()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_on_paper_in_light_colours_without_its_frame(paper, path):
    """Nothing sticks out at the right, the ground is white and the ink dark, and no navigation is printed."""
    page = paper(path)
    assert page.evaluate(TOO_WIDE, [ON_END, ON_SIDE]) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    ink = page.evaluate("getComputedStyle(document.querySelector('.md-content h1')).color.match(/\\d+/g).map(Number)")
    assert max(ink) < 60
    for frame in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-search", ".headerlink", ".hb-on-map"):
        assert not any(one.is_visible() for one in page.locator(frame).all()), frame


@pytest.mark.parametrize("path", ["reference/readings/", "tools/suspension_closure/", "training/"])
def test_folds_are_printed_open(paper, path):
    """What is folded on the screen is on paper, but for the choice of an area, small maps, and the text of maps that can be read."""
    page = paper(path)
    folds = page.evaluate("""
      [...document.querySelectorAll(".md-content__inner details")]
        .filter((fold) => !fold.closest("form, .hb-area, .hb-locator, .hb-map-text:not(.hb-map-text--needed)"))
        .map((fold) => [...fold.children].every((part) => part.checkVisibility({contentVisibilityAuto: true})
          && part.getBoundingClientRect().height > 0))
    """)
    assert len(folds) > 3
    assert all(folds)


def test_a_tall_map_is_cut_between_its_steps_and_made_whole_again(paper):
    """Each part of a map fits on a page, every step is whole in one part, and the screen's map comes back."""
    page = paper("guidance/enforcement/")
    parts = page.evaluate("""
      [...document.querySelectorAll("svg.map:not(.map-small)[data-map=enforcement]")].map((part) => {
        const [, top, , height] = part.getAttribute("viewBox").split(" ").map(Number);
        return { top, bottom: top + height, tall: part.getBoundingClientRect().height,
          steps: [...part.querySelectorAll(".map-node")].map((one) => {
            const box = one.querySelector(".map-shape").getBBox();
            return [one.dataset.node, one.id, box.y, box.y + box.height];
          }) };
      })
    """)
    assert len(parts) > 1
    assert all(part["tall"] <= 900 for part in parts)
    steps = [step for part in parts for step in part["steps"]]
    assert all(part["top"] <= top and bottom <= part["bottom"] for part in parts for _, _, top, bottom in part["steps"])
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    whole = page.locator("svg.map:not(.map-small)[data-map=enforcement]")
    assert whole.count() == 1
    assert sorted(name for _, name, _, _ in steps) == sorted(
        whole.locator(".map-node").evaluate_all("(all) => all.map((one) => one.id)")
    )


def test_a_map_too_wide_for_a_sheet_is_printed_on_its_side_with_its_text(paper):
    """The widest map goes on a sheet on its side, and what would be small there stands beside it as a list."""
    page = paper("tools/suspension_closure/")
    figure = page.locator(".map-figure:has([data-map=decision_suspension_closure])")
    assert figure.evaluate("(one) => getComputedStyle(one).page") == "wide"
    assert page.locator(".hb-map-text--needed li").first.is_visible()
