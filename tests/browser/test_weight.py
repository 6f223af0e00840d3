"""A page without a tool is light: no byte of Python, and hardly more than the theme's own page with the same words."""

import re
import subprocess
import sys
from urllib.parse import urlsplit

import brotli
import pytest
import yaml

from tests.browser.conftest import served
from tests.pages import ROOT

pytestmark = pytest.mark.browser
PAGES = ("guidance/support_networks/", "guidance/life_skills/", "maintain/testing/")
ARTICLE = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL)
# What the reader does not wait for: the words to search in, which grow with the site, what only instant navigation reads, and what
# keeps a copy on the device.
LATER = re.compile(r"(search|assets/javascripts/workers)/|sitemap\.xml$|scripts/\w+/offline\.js$")


def requested(chromium, folder, page):
    """The files that a first visit to a page asks for, as paths of the site."""
    context = chromium.new_context(service_workers="block")
    with served(folder) as address:
        tab, asked = context.new_page(), []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(address + page, wait_until="networkidle")
    context.close()
    return {urlsplit(one).path.lstrip("/") for one in asked if one.startswith(address)}


def weight(folder, paths):
    """Their bytes as brotli sends them, without what comes later."""
    files = [folder / path / ("index.html" if not path or path.endswith("/") else "") for path in paths]
    kept = [file for file in files if not LATER.match(file.relative_to(folder).as_posix())]
    return sum(len(brotli.compress(file.read_bytes())) for file in kept)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_tool_loads_no_python_and_no_tool(chromium, built_site, page):
    """Neither the runtime nor the rules, and of the scripts and style sheets only those of every page."""
    asked = requested(chromium, built_site, page)
    assert not [one for one in asked if one.startswith(("runtime/", "rules/", "assets-manifest"))]
    assert not [one for one in asked if re.search(r"(tool|answer|walker|form|engine|worker|python)s?\.(js|css)$", one)]


def plain_site(built_site, folder):
    """The same words and the same menu in the theme as it comes: each page's article as it was built, nothing of ours besides."""
    docs = folder / "docs"
    for page in built_site.rglob("index.html"):
        target = docs / page.relative_to(built_site).with_suffix(".md")
        name = target.parent.with_suffix(".md") if target.parent != docs else target
        if (ROOT / "docs" / target.relative_to(docs)).is_file():
            name = target
        name.parent.mkdir(parents=True, exist_ok=True)
        article = ARTICLE.search(page.read_text(encoding="utf-8"))[1]
        name.write_text(re.sub(r"\n\s*\n", "\n", f"<div>{article}</div>\n"), encoding="utf-8")
    theirs = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", ""), yaml.BaseLoader)
    theme = {"name": "material", "font": False, "features": theirs["theme"]["features"], "palette": theirs["theme"]["palette"]}  # and its own icon
    plain = {"site_name": "Plain", "theme": theme, "nav": theirs["nav"], "plugins": ["search"]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(folder / "site")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "site"


@pytest.mark.long
def test_a_page_without_a_tool_weighs_hardly_more_than_the_themes_own(chromium, built_site, tmp_path):
    """At most a tenth more than the same words in the theme as it comes."""
    plain = plain_site(built_site, tmp_path)
    ratios = {page: weight(built_site, requested(chromium, built_site, page)) / weight(plain, requested(chromium, plain, page)) for page in PAGES}
    assert {page: round(ratio, 3) for page, ratio in ratios.items() if ratio > 1.10} == {}
