"""The copy that needs no server: made whole or not at all, of files that every system stores, with links that name their page."""

import json
import re
import zipfile

import pytest

from build_scripts.site.errors import SiteError
from build_scripts.site.portable import make_bundle
from build_scripts.site.portable.bundle import README, START
from build_scripts.site.portable.files import PACKED_FROM, script_of, search_index
from build_scripts.site.portable.names import LONGEST, check_names, trouble_with
from tests.in_node import run_script

PAGE = """<!doctype html>
<html lang="en">
  <head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'"><meta name="referrer" content="no-referrer">
    <meta charset="utf-8">
    <link rel="canonical" href="https://handbook.example/">
    <link rel="manifest" href="{up}manifest.webmanifest">
    <link rel="modulepreload" href="{up}scripts/abc/tool.js" integrity="sha384-x">
    <link rel="stylesheet" href="{up}assets/look.css" integrity="sha384-y" crossorigin="anonymous">
    <script src="{up}scripts/abc/theme.js" integrity="sha384-t"></script>
  </head>
  <body>
    <a href="{up}guidance/">Guidance</a> <a href="{up}guidance/?area=essex#part">A part</a> <a href="#here">Here</a>
    <a href="{up}.">Home</a> <a title="1 > 0" href="https://elsewhere.example/">Elsewhere</a> <a href="mailto:desk@handbook.example">Write</a>
    <svg><a xlink:href="{up}guidance/#node"></a></svg>
    <p data-offline-hint hidden>You are offline.</p>
    <div data-self-test><p role="status" data-verdict>Without scripts nothing is looked at.</p></div>
    <p>Rules hash <code data-page-rules-hash>0123456789abcdef</code></p>
    <script id="__config" type="application/json">{{"base": "{up}.", "search": "{up}assets/javascripts/workers/search.1.min.js"}}</script>
    <script src="{up}assets/javascripts/bundle.1.min.js" integrity="sha384-z"></script>
    <script src="{up}scripts/abc/site.js" type="module"></script>
  </body>
</html>
"""
FILES = {
    "index.html": PAGE.format(up=""),
    "guidance/index.html": PAGE.format(up="../"),
    "404.html": "<html><head></head></html>",
    "assets/look.css": "a { color: inherit }\n",
    "assets/look.css.br": "compressed",
    "assets/javascripts/bundle.1.min.js": "var theme = 1;\n",
    "scripts/abc/lunr/other.js": "throw new Error('no script of ours');\n",
    "assets/javascripts/workers/search.1.min.js": "self.search = 1;\n",
    "scripts/abc/theme.js": "var scope = 1;\n",
    "scripts/abc/site.js": 'const name = "tool";\nimport(`./${name}.js`).then((script) => script.begin());\n',
    "scripts/abc/tool.js": 'export const begin = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });\n',
    "scripts/abc/worker.js": 'self.onmessage = (event) => import(event.data).then((script) => self.postMessage(script.loaded));\n',
    "runtime/abc/pyodide.js": "export const loaded = globalThis.large;\n",
    "runtime/abc/pyodide.asm.js": '"use strict";\nvar large = "both are there";\nglobalThis.large = large;\n',
    "runtime/abc/pyodide.asm.wasm": b"\x00asm\x01\x00\x00\x00",
    "rules/def/rules.json": '{"a": "\u2028</script>"}',
    "assets-manifest.json": '{"format": "handbook.assets/1"}',
    "search/search_index.json": json.dumps({"config": {}, "docs": [{"location": "", "title": "Home", "text": ""}, {"location": "guidance/#part", "title": "A part", "text": ""}]}),
    "sw.js": "self.version = 1;\n",
    "_headers": "/*\n",
}


def write(folder, files):
    for name, contents in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small site with all that a built one has."""
    return write(tmp_path_factory.mktemp("built") / "site", FILES)


@pytest.fixture(scope="module")
def made(site, tmp_path_factory):
    """The copy of it."""
    return make_bundle(site, tmp_path_factory.mktemp("into"), say=lambda *_: None)


def test_every_link_names_its_page(made):
    """A folder becomes the page in it, with its query and its anchor; what leads elsewhere stays."""
    html = (made.folder / "handbook/guidance/index.html").read_text(encoding="utf-8")
    for link in ("../guidance/index.html", "../guidance/index.html?area=essex#part", "../index.html", "#here", "https://elsewhere.example/", "mailto:desk@handbook.example"):
        assert f'href="{link}"' in html
    assert 'xlink:href="../guidance/index.html#node"' in html


def test_a_page_asks_for_nothing_that_only_a_server_gives(made):
    """No module, no integrity (which asks for another origin's leave), no manifest; one classic script for all modules."""
    html = (made.folder / "handbook/guidance/index.html").read_text(encoding="utf-8")
    for part in ("canonical", "manifest.webmanifest", "modulepreload", "integrity", "crossorigin", 'type="module"', "data-offline-hint"):
        assert part not in html
    assert '<script src="../scripts/abc/handbook.js" defer></script>' in html
    assert "<p data-portable>" in html
    assert "data-self-test" not in html and "no server to look at" in html


def test_the_policy_is_the_copys_own_and_comes_first(made):
    """Nothing may be fetched, workers come from memory alone, no script stands in the page; only the character set stands before it."""
    html = (made.folder / "handbook/index.html").read_text(encoding="utf-8")
    before, policy, after = re.split('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert before.endswith('<head><meta charset="utf-8">')
    assert after.startswith('<meta name="referrer" content="no-referrer"><script src="scripts/abc/portable.js"></script>')
    parts = dict(one.split(" ", 1) for one in policy.split("; "))
    assert parts == {"default-src": "'none'", "script-src": "'self' 'wasm-unsafe-eval'", "style-src": "'self'", "img-src": "'self' data:", "font-src": "'self'",
                     "worker-src": "blob:", "base-uri": "'none'", "form-action": "'none'"}  # fmt: skip


def test_files_for_servers_are_left_out(made):
    """What is in the copy is what a page opened from a folder can use."""
    names = {file.relative_to(made.folder).as_posix() for file in made.folder.rglob("*") if file.is_file()}
    assert names == {
        START, README, "handbook/start.js", "handbook/scripts/abc/theme.js", "handbook/index.html", "handbook/guidance/index.html", "handbook/assets/look.css",
        "handbook/scripts/abc/portable.js", "handbook/scripts/abc/handbook.js", "handbook/assets/javascripts/bundle.1.min.js",
        "handbook/scripts/abc/worker.js.js", "handbook/assets/javascripts/workers/search.1.min.js.js", "handbook/assets-manifest.json.js",
        "handbook/runtime/abc/pyodide.asm.wasm.js", "handbook/rules/def/rules.json.js", "handbook/search/search_index.js",
    }  # fmt: skip


def test_modules_become_scripts_that_run(made):
    """The page's script starts the worker that its module names, seen from where it lies; scripts of others are not in it."""
    script = (made.folder / "handbook/scripts/abc/handbook.js").read_text(encoding="utf-8")
    assert "no script of ours" not in script
    started = run_script(
        "var document = {currentScript: {src: 'file:///stick/scripts/abc/handbook.js'}};"
        "globalThis.Worker = class { constructor(url) { console.log(String(url)); } };" + script
    )
    assert started.strip() == "file:///stick/scripts/abc/worker.js"


def test_a_worker_has_the_scripts_that_it_imports_in_its_text(made):
    """Its first message brings the way to its page; an import by address then finds the loader, and before it the large script."""
    text = (made.folder / "handbook/scripts/abc/worker.js.js").read_text(encoding="utf-8")
    said = run_script(
        "globalThis.self = globalThis; const heard = []; self.addEventListener = (kind, listener) => heard.push(listener);"
        "self.postMessage = (message) => console.log(message);"
        "globalThis.handbookFile = (name, kind, data) => { (0, eval)(data); };" + text +
        "heard[0]({ports: [{}], stopImmediatePropagation() { console.log('kept'); }});"
        "self.onmessage({data: 'file:///stick/runtime/abc/pyodide.js'});"
    )
    assert said.split("\n")[:2] == ["kept", "both are there"]


@pytest.mark.parametrize("data", [b"{}", "\u2028</script>\u2029".encode(), b"\x00\xff", b"much " * PACKED_FROM], ids=["text", "line ends", "bytes", "large"])
def test_a_file_comes_back_from_its_script_as_it_was(data):
    """Byte for byte, whatever is in it."""
    unpack = "globalThis.handbookFile = (name, kind, data) => console.log(JSON.stringify([name, kind, Buffer.from(kind === 'text' ? data : require('zlib').gunzipSync(Buffer.from(data, 'base64'))).toString('hex')]));"
    name, kind, found = json.loads(run_script(unpack + script_of("rules/a.bin", data)))
    assert (name, bytes.fromhex(found)) == ("rules/a.bin", data)
    assert kind == ("text" if data.startswith((b"{", b"\xe2")) else "gzip")


def test_what_the_search_finds_names_its_page():
    """Places of the index lead to the page in a folder, with their anchor."""
    script = search_index(FILES["search/search_index.json"])
    docs = json.loads(script.removeprefix("var __index = ").removesuffix(";\n"))["docs"]
    assert [one["location"] for one in docs] == ["index.html", "guidance/index.html#part"]


def test_the_same_site_gives_the_same_bytes(site, made, tmp_path):
    """The zip holds the folder, in order and without the time of day."""
    again = make_bundle(site, tmp_path, say=lambda *_: None)
    assert again.zip.read_bytes() == made.zip.read_bytes()
    with zipfile.ZipFile(made.zip) as archive:
        names = archive.namelist()
        assert names == sorted(names) and {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read(f"dip-handbook/{START}") == (made.folder / START).read_bytes()
    assert (made.folder / README).read_bytes().endswith(b"Rules hash: 0123456789abcdef\r\n")


def test_a_copy_made_before_is_replaced_and_anything_else_left_alone(site, tmp_path):
    """What is in the way is only replaced where it is such a copy."""
    write(tmp_path, {"dip-handbook/notes.txt": "mine"})
    with pytest.raises(SiteError, match="left alone"):
        make_bundle(site, tmp_path, say=lambda *_: None)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["notes.txt"]
    write(tmp_path, {f"dip-handbook/{START}": "an old one"})
    make_bundle(site, tmp_path, say=lambda *_: None)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["dip-handbook", "dip-handbook.zip"]
    assert not (tmp_path / "dip-handbook/notes.txt").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"index.html": PAGE.format(up="").replace("guidance/?", "gone/?")}, r"gone/\?area=essex#part on index.html"),
        ({"guidance/index.html": PAGE.format(up="../").replace("site.js", "other.js")}, "one entry module"),
        ({"scripts/abc/tool.js": 'import "./gone.js";\n'}, r"gone\.js"),
        ({"runtime/other/pyodide.js": ""}, "2 files named pyodide.js"),
        ({"guidance/aux.txt": ""}, "“aux.txt” is a device"),
    ],
)
def test_where_something_is_wrong_nothing_appears(tmp_path, changed, said):
    """A link astray, two entries, a module that is not there, two runtimes, a bad name: an error that names it, and the old copy stays."""
    site, into = write(tmp_path / "site", FILES | changed), tmp_path / "into"
    write(into, {f"dip-handbook/{START}": "the old one"})
    with pytest.raises(SiteError, match=said):
        make_bundle(site, into, say=lambda *_: None)
    assert [file.name for file in into.rglob("*") if file.is_file()] == [START]


def test_without_a_built_site_it_says_what_to_do(tmp_path):
    """The hint names the command that builds one."""
    with pytest.raises(SiteError, match="handbook build"):
        make_bundle(tmp_path / "site", tmp_path / "into", say=lambda *_: None)
    assert not (tmp_path / "into").exists()


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("a/index.html", None), ("a/console.js", None), ("a/com10.txt", None), ("a/.hidden", None),
        ("a/CON", "device"), ("nul.txt/a", "device"), ("a/lpt1.tar.gz", "device"), ("a/what?.html", "refuses"), ("a/b./c", "refuses"),
        ("a/b ", "refuses"), ("a/é.html", "spoil"), ("a/" + "b" * (LONGEST - 3), None), ("a/" + "b" * (LONGEST - 2), "180 characters"),
    ],
)  # fmt: skip
def test_names_that_windows_refuses_are_found(path, trouble):
    """Devices, characters, ends and lengths."""
    found = trouble_with(path)
    assert found is None if trouble is None else trouble in found


def test_names_that_differ_only_in_capitals_are_found(tmp_path):
    """Where capital letters do not count, one would overwrite the other."""
    write(tmp_path / "copy", {"a.txt": "", "A.txt": ""})
    with pytest.raises(SiteError, match="capital letters"):
        check_names(tmp_path / "copy")
