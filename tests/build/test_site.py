"""The built site, looked at as files."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from build_scripts.load import load_rules
from build_scripts.prove.built_site import Page, check_site
from build_scripts.site.build import build
from build_scripts.site.scripts import integrity
from build_scripts.site.seal import policy, relative, with_policy
from build_scripts.site.tree import read
from decision_logic.model import rules_hash

SMALL_HASH = rules_hash({})


@pytest.fixture(scope="module")
def rules():
    return load_rules().rules


def test_every_check_of_the_built_site_passes(built_site):
    """One rules hash on pages, maps, forms and bundle; every link and anchor leads somewhere; nothing comes from elsewhere."""
    assert [finding for _, _, findings in check_site(built_site) for finding in findings] == []


@pytest.mark.parametrize(
    "fault, finding",
    [
        (
            lambda html: re.sub(r"(data-page-rules-hash[^>]*>)[0-9a-f]+", r"\g<1>0000000000000000", html),
            "carries the rules hash",
        ),
        (lambda html: re.sub(r"(data-map-rules-hash[^>]*>)[0-9a-f]+", r"\g<1>0000000000000000", html), "a map carries"),
        (lambda html: html.replace("</main>", '<a href="../nowhere/">x</a></main>'), "leads nowhere"),
        (lambda html: html.replace("</main>", '<a href="#no_such_place">x</a></main>'), "a place that"),
        (lambda html: html.replace("</main>", '<a href="site:tools/">x</a></main>'), "not made page-relative"),
        (lambda html: html.replace("</main>", '<img src="https://elsewhere.example/x.png"></main>'), "from elsewhere"),
        (lambda html: html.replace("</main>", '<p style="color:red">x</p></main>'), "sets a style"),
        (
            lambda html: re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html),
            "no content security policy",
        ),
        (lambda html: html.replace("form-action 'self'", "form-action *"), "a policy of its own"),
        (lambda html: html.replace("<head>", "<head><title>x</title>"), "not the first thing"),
        (lambda html: html.replace("</main>", '<p onclick="x()">x</p></main>'), "a script in an attribute"),
        (lambda html: html.replace("</main>", "<script>x()</script></main>"), "has a script within it"),
        (lambda html: html.replace("integrity", "data-x"), "without integrity"),
        (lambda html: html.replace("sha256-", "sha256-x"), "expects"),
        (lambda html: html.replace("scripts/0/", "scripts/1/"), "which is not there"),
    ],
)
def test_a_fault_in_the_site_is_found(tmp_path, fault, finding):
    """Each thing that the check is there for is found when it is put into a small site that passes."""
    write_small_site(tmp_path)
    assert [found for _, _, findings in check_site(tmp_path, SMALL_HASH) for found in findings] == []
    page = tmp_path / "tools" / "index.html"
    page.write_text(fault(page.read_text(encoding="utf-8")), encoding="utf-8")
    assert any(finding in found for _, _, findings in check_site(tmp_path, SMALL_HASH) for found in findings)


def write_small_site(folder):
    """Two pages, a map and a bundle, sealed as the real ones are."""
    footer = f"<code data-page-rules-hash>{SMALL_HASH}</code></main></body></html>"
    (folder / "tools").mkdir()
    (folder / "index.html").write_text(
        with_policy(f'<html><head></head><body><main><a href="tools/#map">x</a>{footer}'), encoding="utf-8"
    )
    (folder / "scripts" / "0").mkdir(parents=True)
    (folder / "scripts" / "0" / "site.js").write_bytes(b"export {};")
    script = f'<script src="../scripts/0/site.js" integrity="{integrity(b"export {};")}" type="module"></script>'
    drawn = f'<p id="map"><code data-map-rules-hash>{SMALL_HASH}</code></p>'
    (folder / "tools" / "index.html").write_text(
        with_policy(f'<html><head></head><body><main><a href="../">x</a>{drawn}{script}{footer}'), encoding="utf-8"
    )
    (folder / "rules").mkdir()
    (folder / "rules" / "rules.json").write_text("{}", encoding="utf-8")
    manifest = {"rules_hash": SMALL_HASH, "rules": {"path": "rules/", "rules": "rules.json"}}
    (folder / "assets-manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_every_tool_has_its_page_with_form_map_list_and_table(built_site, rules):
    """Without JavaScript the page has the questions, the map with its text equivalent and the decision table."""
    for tool in rules.tools.values():
        html = (built_site / tool.page.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        page = Page(html)
        assert f'data-tool="{tool.id}"' in html
        assert page.maps >= 1 and 'class="map-text"' in html
        for name in tool.outcomes:
            assert f"outcome-{name}" in page.anchors
        for name in tool.questions:
            assert f"question-{name}" in page.anchors
            assert f'data-field="{name}"' in html


def test_every_tool_stands_in_the_guidance_too(built_site, rules):
    """A tool is embedded where its decision is taken, besides its own page."""
    embedded = "".join(file.read_text(encoding="utf-8") for file in (built_site / "guidance").rglob("*.html"))
    assert [name for name in rules.tools if f'data-tool="{name}"' not in embedded] == []


def test_every_process_point_has_its_place_with_its_required_actions(built_site, rules):
    """A point's section is where the maps link to, and it names every required action."""
    for pathway in rules.pathways.values():
        html = (built_site / pathway.page.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        words = read(html).text  # abbreviations are explained within the words
        anchors = Page(html).anchors
        for point in pathway.points.values():
            assert point.id.lower() in anchors
            for action in point.actions:
                assert rules.actions[action].does in words


def test_every_map_is_well_formed_and_described(built_site):
    """Each drawing can be read as XML and carries a title and a description."""
    seen = 0
    for file in built_site.rglob("*.html"):
        for svg in re.findall(r"<svg[^>]*data-map=.*?</svg>", file.read_text(encoding="utf-8"), re.DOTALL):
            root = ElementTree.fromstring(svg)
            names = [child.tag.rpartition("}")[2] for child in root]
            assert "title" in names and "desc" in names
            seen += 1
    assert seen > 20


def test_the_policy_allows_no_script_but_the_sites_own():
    """No inline script without its hash, no eval, nothing from elsewhere."""
    said = policy(["'sha256-x'"])
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-x'" in said
    assert "default-src 'none'" in said
    assert "'unsafe-inline'" not in said and "'unsafe-eval'" not in said.replace("'wasm-unsafe-eval'", "")


@pytest.mark.parametrize(
    "page, link, expected",
    [
        ("tools/identification/index.html", "site:guidance/enforcement/#ie1", "../../guidance/enforcement/#ie1"),
        ("index.html", "site:guidance/enforcement/", "guidance/enforcement/"),
        ("guidance/enforcement/index.html", "site:guidance/enforcement/#ie2", "#ie2"),
        ("guidance/enforcement/index.html", "site:./", "../../"),
    ],
)
def test_links_that_the_rules_put_in_become_page_relative(page, link, expected):
    """So that the site works at any address and below any path."""
    assert relative(f'<a href="{link}">', page) == f'<a href="{expected}">'


def test_the_service_worker_keeps_every_page(built_site):
    """Offline, every page can be read and every tool answers."""
    text = (built_site / "sw.js").read_text(encoding="utf-8")
    kept = json.loads(re.search(r"const FILES = (\{.*?\});", text)[1])
    pages = {file.relative_to(built_site).as_posix() for file in built_site.rglob("index.html")}
    assert {page.removesuffix("index.html") or "./" for page in pages} <= set(kept)
    for start in ("runtime/", "rules/", "scripts/", "search/", "assets/stylesheets/"):
        assert any(name.startswith(start) for name in kept)
    for name, hashed in kept.items():
        file = built_site / (f"{name}index.html" if name.endswith("/") else name)
        assert integrity(file.read_bytes()) == f"sha256-{hashed}", name


@pytest.mark.long
def test_the_same_input_gives_the_same_bytes(built_site, tmp_path):
    """A second build writes the same files with the same contents."""
    again = tmp_path / "again"
    build(again, site_url="http://127.0.0.1:8000/", say=lambda *_: None)
    first = {
        file.relative_to(built_site).as_posix(): file.read_bytes() for file in built_site.rglob("*") if file.is_file()
    }
    second = {file.relative_to(again).as_posix(): file.read_bytes() for file in again.rglob("*") if file.is_file()}
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
