"""Which Chromium the browser tests take."""

import json
import os
import sys

import pytest

from build_scripts import chromium

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stand-in programs lie where Linux keeps them")


def program(path, script="echo Chromium 1.0"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose Playwright wants revision 7; `environ` is what its programs see."""
    package = tmp_path / "playwright"
    package.mkdir()
    browsers = [{"name": "firefox", "revision": "6"}, {"name": "chromium", "revision": "7"}]
    (package / "browsers.json").write_text(json.dumps({"browsers": browsers}))
    monkeypatch.setattr(chromium, "_playwright_package", lambda: package)
    return tmp_path, {"PATH": str(tmp_path / "bin"), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}


def playwrights(folder, revision="7", whole=True):
    path = program(folder / "browsers" / f"chromium-{revision}" / "chrome-linux64" / "chrome")
    if whole:
        (path.parent.parent / "INSTALLATION_COMPLETE").touch()
    return path


def test_the_variable_comes_first_then_playwrights_then_the_systems(machine):
    """Each is taken only where the one before it is not there."""
    folder, environ = machine
    system = program(folder / "bin" / "chromium")
    assert chromium.find(environ) == system
    own = playwrights(folder)
    assert chromium.find(environ) == own
    named = program(folder / "mine")
    assert chromium.find(environ | {chromium.VARIABLE: str(named)}) == named


def test_playwrights_own_is_the_whole_one_of_its_own_revision(machine):
    """A download that was cut short, or one for another version of Playwright, is passed over."""
    folder, environ = machine
    playwrights(folder, revision="8")
    playwrights(folder, whole=False)
    system = program(folder / "bin" / "google-chrome")
    assert chromium.find(environ) == system


def test_a_chromium_that_does_not_start_is_passed_over(machine):
    """Ubuntu's `chromium-browser` may be no more than a request to install a snap."""
    folder, environ = machine
    program(folder / "bin" / "chromium", "echo 'requires the snap'; exit 1")
    system = program(folder / "bin" / "google-chrome")
    assert chromium.find(environ) == system


def test_where_none_starts_the_message_says_what_was_found_and_what_to_do(machine):
    """Errors are help."""
    folder, environ = machine
    stub = program(folder / "bin" / "chromium", "echo 'requires the snap'; exit 1")
    with pytest.raises(chromium.ChromiumNotFound) as raised:
        chromium.find(environ)
    assert str(raised.value) == (
        "No Chromium to test with.\n"
        "  looked:    in HANDBOOK_CHROMIUM (not set), among Playwright's browsers, on the system\n"
        f"  found:     {stub} ended with status 1 (requires the snap)\n"
        "  expected:  a Chromium, Chrome or Edge that starts\n"
        "  do:        run `make setup`, or install Chromium, or set HANDBOOK_CHROMIUM to its program"
    )


def test_a_named_chromium_is_never_replaced_by_another(machine):
    """Tests on another browser than the one that was asked for would prove something else."""
    folder, environ = machine
    program(folder / "bin" / "chromium")
    with pytest.raises(chromium.ChromiumNotFound, match="HANDBOOK_CHROMIUM names cannot be used"):
        chromium.find(environ | {chromium.VARIABLE: str(folder / "nowhere")})


def test_the_sandbox_is_given_up_only_as_root(machine, monkeypatch):
    """Chromium does not start as root otherwise; for anybody else the sandbox stays."""
    folder, environ = machine
    system = program(folder / "bin" / "chromium")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert chromium.launch_options(environ) == {
        "executable_path": str(system),
        "args": ["--disable-dev-shm-usage", "--no-sandbox"],
    }
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--no-sandbox" not in chromium.launch_options(environ)["args"]
