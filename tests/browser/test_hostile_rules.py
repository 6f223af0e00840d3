"""Rules whose every text would run a script: the site is built from them, and all of it stays text."""

import re
import shutil
from collections import defaultdict

import pytest

from build_scripts.load import load_rules
from build_scripts.site.bundle import write_assets
from build_scripts.site.choosing import put_choice
from build_scripts.site.forms import tool_form
from build_scripts.site.lookup_pages import put_lookups
from build_scripts.site.make_pages import make_pages
from build_scripts.site.pieces.site import Site
from build_scripts.site.references import heading
from build_scripts.site.seal import seal
from build_scripts.site.search import write_index
from build_scripts.site.tree import read
from decision_logic import RuleSet
from diagrams import decision, draw
from tests.browser.conftest import Heard, served
from tests.browser.test_tools import CASES, FILL, open_tool
from tests.hostile_rules import HOSTILE, hostile, loaded
from tests.rule_sets import small_plain

LINKS = ("href", "xlink:href", "src", "srcset", "action", "formaction", "poster", "data")
INJECTED = "marquee, iframe, img[src=x], [onstart], [onload], [onerror], [onfocus], [onclick], .zqclass, a[href*='javascript' i], a[*|href*='javascript' i]"


def shapes(html):
    """What a page is made of: elements with their attributes, the kinds of its addresses, and marks of Markdown that took effect."""
    found = set()
    for one in read(html).all():
        found.add((one.tag, *sorted(one.attributes)))
        for name in LINKS:
            kind = re.match(r"\s*([a-z]+):", one.attributes.get(name) or "", re.IGNORECASE)
            if kind:
                found.add(("address", name, kind[1].lower()))
        if one.tag in ("strong", "em", "code", "a", "h1") and one.text.startswith(("zqbold", "zqcode", "zqlink", "zqhead")):
            found.add(("Markdown", one.tag))
    return found


def test_headings_of_the_rules_are_plain_words():
    """A title cannot bring HTML, a link, attributes or a new block into the page; an ordinary one stays as it is."""
    from markdown import markdown

    html = markdown(heading(f"## Title{HOSTILE} {{ #own .kept }}"), extensions=["attr_list", "toc", "md_in_html"])
    assert shapes(html) == {("h2", "class", "id")} and 'id="own"' in html and "zqhead" in read(html).text
    assert heading("### Two “words” (IE1) { #ie1 }") == "### Two “words” (IE1) { #ie1 }"


def test_forms_and_maps_of_hostile_rules_hold_nothing_else():
    """The forms and drawings of the small rules consist of the same elements and attributes, whatever their texts say."""
    made = []
    for text in (" in plain words", HOSTILE):
        plain, count = hostile(small_plain(), text, spared=[("quantities", "visits", "value")])
        assert count > 90
        rules = RuleSet.from_plain(plain)
        maps = draw([decision(rules, tool, edition) for tool in rules.tools for edition in rules.tools[tool].editions])
        made.append("".join([*(tool_form(one, rules) for one in rules.tools.values()), *(one.figure("index.md") for one in maps.values())]))
    assert "zqtag" in made[1] and shapes(made[1]) <= shapes(made[0])


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    """The whole site, built from the handbook's rules with something hostile at the end of each text."""
    real = load_rules()
    plain, count = hostile(real.plain, spared=[("quantities", name, "value") for name in real.plain["quantities"]])
    assert count > 5000
    site, out = Site(loaded(plain, real)), tmp_path_factory.mktemp("hostile") / "site"
    make_pages(site, out)
    write_index(out)
    put_choice(out, site)
    write_assets(plain, site.rules.rules_hash, out)
    put_lookups(out, site.rules)
    seal(out, site.rules.rules_hash)
    yield out
    shutil.rmtree(out)


@pytest.mark.long
def test_no_page_of_hostile_rules_holds_anything_else(hostile_site, built_site):
    """Every page consists of elements, attributes and kinds of address that the real site has; the search index of plain words."""
    known = set().union(*(shapes(file.read_text(encoding="utf-8")) for file in built_site.rglob("*.html")))
    strange, told = defaultdict(list), 0
    for file in sorted(hostile_site.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        told += "zqtag" in html
        for shape in shapes(html) - known:
            strange[shape].append(file.relative_to(hostile_site).as_posix())
    assert dict(strange) == {} and told > 50
    assert not re.search(r"<(?!/?p>)[a-z]", (hostile_site / "search" / "search_index.json").read_text(encoding="utf-8"))


@pytest.mark.browser
@pytest.mark.long
def test_the_tools_of_hostile_rules_show_text(chromium, hostile_site):
    """In the browser no answer, no walk and no search result makes an element of a text, and nothing runs."""
    with served(hostile_site) as address:
        context = chromium.new_context(service_workers="block")
        context.add_init_script("window.zqran = 0; window.zq = () => { window.zqran += 1; };")
        page, heard = context.new_page(), Heard(address)
        heard.listen(page)
        first = {}
        for scenario, answer in CASES:
            first.setdefault(scenario.tool, (scenario, answer))
        for tool, (scenario, answer) in first.items():
            form = open_tool(page, address, tool)
            form.evaluate(FILL, {"in": answer["in"], "on": scenario.data.on, **scenario.data.answers})
            form.get_by_role("button", name="Show the answer").click()
            form.locator("[data-answer]").get_by_text("zqtag").first.wait_for(timeout=30_000)
            assert page.locator(INJECTED).count() == 0, tool
            assert page.evaluate("window.zqran") == 0
        for walk in ("enforcement", "proactive_engagement"):
            page.goto(f"{address}tools/walk_{walk}/")
            page.locator("form[data-engine-state=ready]").first.wait_for(timeout=60_000)
            assert page.locator(INJECTED).count() == 0, walk
        page.goto(f"{address}?q=zqtag")
        page.locator(".md-search-result__item").first.wait_for(timeout=30_000)
        assert page.locator(INJECTED).count() == 0 and page.evaluate("window.zqran") == 0
        context.close()
        heard.assert_silent()
