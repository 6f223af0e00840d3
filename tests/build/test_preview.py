"""The preview shows what a build would show, follows every change, and keeps the last good page over a mistake."""

import os
import re
import urllib.request
from functools import partial
from threading import Thread

import pytest

from build_scripts.load import RuleFileError
from build_scripts.load.loader import FileProblem
from build_scripts.load.yaml_text import Position
from build_scripts.site import preview as module
from build_scripts.site.preview import Preview, PreviewHandler
from build_scripts.site.server import listening

ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)


@pytest.fixture(scope="module")
def preview():
    shown = Preview(lambda *_: None)
    yield shown
    shown.close()


@pytest.mark.parametrize("address", ["", "guidance/about/", "guidance/housing/"])
def test_a_page_is_what_a_build_makes_of_it(preview, built_site, address):
    """Word for word, but for the names that a build gives to scripts and looks, for answers that are looked up, and for indents."""
    html, found = preview.page(address)
    built = (built_site / address / "index.html").read_text(encoding="utf-8")
    looked_up = re.compile(r' data-instant="[^"]*"')
    assert found
    shown, made = (re.sub(r"\s+", " ", ARTICLE.search(one)[0]) for one in (html, built))
    assert shown == looked_up.sub("", made)


def test_the_last_good_page_stays_over_a_mistake_and_tells_of_it(preview, monkeypatch):
    """What is wrong stands escaped at the top of the page, below it the page as it was; once it is put right it is gone."""
    preview.page("guidance/about/")

    def broken():
        raise RuleFileError([FileProblem(module.ROOT / "x.yml", Position(3, 7), "<b>nonsense</b>", "sense")])

    with monkeypatch.context() as changed:
        changed.setattr(module, "load_site", broken)
        preview._read(rules=True, pages=False)
    html, _ = preview.page("guidance/about/")
    assert 'role="alert"' in html
    assert "x.yml:3:7" in html
    assert "&lt;b&gt;nonsense" in html
    assert "<h1" in html
    preview._read(rules=True, pages=False)
    assert 'role="alert"' not in preview.page("guidance/about/")[0]


def test_a_changed_file_is_news(preview):
    """An open page waits for the next version, and has it once a file of the rules has changed on the disk."""
    before = preview.version
    assert preview.newer_than(before, seconds=0.01) == before
    file = module.ROOT / "diagrams" / "style.yml"
    stat = file.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    try:
        assert preview.look()
        assert preview.newer_than(before) == before + 1
    finally:
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        preview.look()


def test_it_serves_pages_files_and_what_python_needs(preview):
    """Addresses are those of the built site; what is not there is told as such."""
    server = listening("127.0.0.1", 0, partial(PreviewHandler, preview=preview))
    Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        for path in ("guidance/about", "assets/stylesheets/look.css", "assets-manifest.json"):
            assert urllib.request.urlopen(base + path).status == 200
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(base + "guidance/nowhere/")
    finally:
        server.shutdown()
        server.server_close()
