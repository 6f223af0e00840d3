"""What `make test-engines` tells: one table, what failed and why, and how to have an engine that is missing."""

import re
from pathlib import Path

import pytest

from build_scripts.site.mend import mended
from tests.engines import __main__ as program
from tests.engines import chromium, firefox, webkitgtk
from tests.engines.ear import EAR, with_ears
from tests.engines.engine import Engine, NotAsItShould
from tests.engines.report import Tried, summary, table
from tests.engines.steps import STEPS, Site

PAGE = '<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>A page</title></head>'


class Pretended(Engine):
    """An engine that does nothing, and says on the console what it was given."""

    version = "1.0"

    def __init__(self, says=()):
        self.says, self.closed = list(says), False

    def open(self, address): ...
    def run(self, script, argument=None): ...
    def press_mouse(self, selector): ...
    def press(self, key): ...
    def write(self, text): ...
    def picture(self, path): ...

    def said(self):
        return self.says

    def close(self):
        self.closed = True


def good(engine, site):
    """a step that passes"""


def bad(engine, site):
    """a step that fails"""
    raise NotAsItShould("the answer is 3")


def test_the_table_has_a_row_for_each_step_in_each_engine():
    """Engine, version, what was tried, how it went, seconds; columns stand under their heads."""
    lines = table([Tried("Firefox", "1.0", "home", 1.26), Tried("WebKitGTK", "2", "search", 12, "no result")]).splitlines()
    assert [re.split(r" {2,}", line.strip()) for line in lines if "--" not in line] == [
        ["Engine", "Version", "Tried", "Result", "Seconds"],
        ["Firefox", "1.0", "home", "passed", "1.3"],
        ["WebKitGTK", "2", "search", "failed", "12.0"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_the_end_says_what_failed_and_what_was_not_tried():
    """Neither is left to be found in the table."""
    said = summary([Tried("Firefox", "1.0", "home", 1, "no title")], [("WebKitGTK", "no program named Xvfb", "install xvfb")])
    assert "Firefox: home\n  no title" in said
    assert "WebKitGTK was not tried: no program named Xvfb\n  do:  install xvfb" in said
    assert said.endswith("0 passed, 1 failed, in Firefox; 1 engines missing")


def test_a_failed_step_does_not_keep_the_next_from_being_tried(monkeypatch):
    """Every step has its row, and the engine is ended."""
    monkeypatch.setattr(program, "STEPS", (bad, good))
    engine = Pretended()
    tried = program.in_engine("Any", lambda: engine, Site("http://localhost/"), None)
    assert [(one.what, one.trouble) for one in tried] == [("a step that fails", "the answer is 3"), ("a step that passes", None)]
    assert engine.closed


def test_an_error_on_the_console_fails_a_step():
    """Also where everything else was as it should be."""
    assert program.one_step(Pretended(["404"]), "Any", good, Site("")).trouble == "on the console: 404"


def test_an_engine_that_does_not_start_is_a_failure():
    """It is told as one, and does not end the run."""

    def make():
        raise OSError("no such display")

    (told,) = program.in_engine("Any", make, Site(""), None)
    assert (told.what, told.trouble) == ("starts", "no such display")


@pytest.mark.parametrize("module", [chromium, firefox, webkitgtk])
def test_a_missing_engine_is_named_with_what_to_install(module, monkeypatch, capsys):
    """And the run ends with 1, because what was asked for was not tried."""
    monkeypatch.setattr(module, "missing", lambda: "no such program")
    assert program.main([module.__name__.rsplit(".", 1)[1]]) == 1
    said = capsys.readouterr().out
    assert f"{module.NAME} was not tried: no such program" in said
    assert module.INSTALL in said


def test_an_unknown_engine_is_refused(capsys):
    """With the names that there are."""
    with pytest.raises(SystemExit) as ended:
        program.main(["netscape"])
    assert ended.value.code == 2
    assert "no engine named netscape; there are chromium, firefox, webkitgtk" in capsys.readouterr().err


def test_every_step_says_what_it_tries():
    """In one line, for the table."""
    assert all(step.__doc__ and "\n" not in step.__doc__ for step in STEPS)


def test_the_ear_stands_before_every_script_and_takes_compressed_copies_away(tmp_path):
    """A copy without the ear would be served in place of the page."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(PAGE)
    (site / "index.html.br").write_bytes(b"x")
    copied = with_ears(site, tmp_path / "copy")
    assert (copied / "index.html").read_text() == PAGE.replace("<title>", '<script src="ear.js"></script><title>')
    assert EAR in (copied / "ear.js").read_text()
    assert not (copied / "index.html.br").exists()
    assert (site / "index.html").read_text() == PAGE


def test_a_page_without_a_policy_has_no_place_for_the_ear(tmp_path):
    """Better an error than an engine that hears nothing."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<head></head>")
    with pytest.raises(ValueError, match=re.escape("index.html: no policy")):
        with_ears(site, Path(tmp_path / "copy"))


def test_no_page_asks_for_the_next_one_beforehand():
    """Firefox would, the policy would forbid it, and every page would begin with an error on the console."""
    assert mended('<link rel="prev" href="../a/"> <link rel="next" href="../b/">') == '<link rel="prev" href="../a/">'
