"""Set-up's steps: what is done already is skipped, what was cut short is done again, what fails says why."""

import ast
import re
import sys
from pathlib import Path

import pytest

from build_scripts.setup import __main__ as setup
from build_scripts.setup import browser, environment, node, pythons, stamps, tell

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path):
    """A folder with the files that set-up reads."""
    for name in ("requirements/requirements.txt", ".python-version", "pyproject.toml", *node.FILES):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    return tmp_path


@pytest.fixture
def steps(monkeypatch):
    """Set-up with every step replaced by its name in a list; `ready` says which steps are done already."""
    done = []
    ready = {"environment": False, "project": False, "node": False, "browser": None}
    monkeypatch.setattr(environment, "ready", lambda root: ready["environment"])
    monkeypatch.setattr(environment, "project_ready", lambda root: ready["project"])
    monkeypatch.setattr(node, "ready", lambda root: ready["node"])
    monkeypatch.setattr(browser, "find", lambda root: (ready["browser"], None))
    monkeypatch.setattr(pythons, "find", lambda root, wanted: (sys.executable, []))
    monkeypatch.setattr(environment, "make", lambda root, python: done.append("environment"))
    monkeypatch.setattr(environment, "install_project", lambda root: done.append("project"))
    monkeypatch.setattr(node, "make", lambda root: done.append("node"))
    monkeypatch.setattr(browser, "obtain", lambda root: done.append("browser"))
    return ready, done


def test_a_fresh_clone_takes_every_step_in_order(steps, clone):
    """Node comes with the Python packages, and the browser is asked for by them."""
    _, done = steps
    assert setup.set_up(clone, "wanted")
    assert done == ["environment", "project", "node", "browser"]


def test_a_second_run_does_nothing(steps, clone):
    """Stamps that fit the lock files are believed."""
    ready, done = steps
    ready.update(environment=True, project=True, node=True, browser="/usr/bin/chromium")
    assert not setup.set_up(clone, "needed")
    assert done == []


def test_serving_the_site_asks_for_no_browser(steps, clone):
    """Whoever only reads the handbook needs no Chromium from us."""
    _, done = steps
    setup.set_up(clone, "no")
    assert "browser" not in done


def test_a_missing_chromium_stops_only_the_tests(steps, clone, monkeypatch, capsys):
    """`make setup` then says in one line what to install; `make test` cannot go on."""

    def obtain(root):
        raise tell.Trouble("There is none.", "nothing", "one", "install Chromium")

    monkeypatch.setattr(browser, "obtain", obtain)
    setup.set_up(clone, "wanted")
    assert "For the tests: install Chromium." in capsys.readouterr().out
    with pytest.raises(tell.Trouble):
        setup.set_up(clone, "needed")


def test_a_stamp_counts_only_for_the_lock_file_it_was_made_for(clone):
    """A changed lock file, or a folder that moved, makes the environment stale; line ends do not."""
    key = environment.packages_key(clone)
    lock = clone / environment.LOCK
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.packages_key(clone) == key
    lock.write_bytes(lock.read_bytes() + b"# more\n")
    assert environment.packages_key(clone) != key
    node_key, moved = node.key(clone), clone.with_name("moved")
    clone.rename(moved)
    assert node.key(moved) == node_key
    assert environment.packages_key(moved) != key


def test_what_was_cut_short_has_no_stamp(clone, monkeypatch):
    """The stamp is written last, so a step that fails or is interrupted is done again from its beginning."""
    monkeypatch.setattr(node, "npm", lambda root: [sys.executable, "-c", "raise SystemExit('no network')"])
    (clone / "node_modules").mkdir()
    stamps.write(clone / "node_modules" / ".made-for", node.key(clone))
    assert node.ready(clone)
    with pytest.raises(tell.Trouble, match=r"npm packages could not be installed\.\n  found:     no network\n"):
        node.make(clone)
    assert not node.ready(clone)


def test_a_failed_command_hands_over_its_last_words(tmp_path):
    """The reader sees why it failed, not only that it did."""
    with pytest.raises(tell.Failed) as raised:
        tell.run([sys.executable, "-c", "print('one'); raise SystemExit('two')"], tmp_path)
    assert sorted(raised.value.said) == ["one", "two"]


def test_colours_do_not_get_into_messages(tmp_path):
    """A command may colour what it says even where nobody asked for it."""
    with pytest.raises(tell.Failed, match=r"^plain words$"):
        tell.run([sys.executable, "-c", r"raise SystemExit('\x1b[2mplain\x1b[22m words')"], tmp_path)


def test_a_child_python_sees_its_own_environment(tmp_path, monkeypatch):
    """A PYTHONPATH or PYTHONHOME of the caller would make .venv hold something else than it seems to."""
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    tell.run([sys.executable, "-c", "import os; assert 'PYTHONPATH' not in os.environ"], tmp_path)


def nobody(question):
    raise AssertionError("asked although nobody is there")


@pytest.mark.parametrize(
    ("environ", "terminal", "ask", "expected"),
    [
        ({"CI": "true"}, True, nobody, True),
        ({}, False, nobody, True),
        ({}, True, lambda question: True, True),
        ({}, True, lambda question: False, False),
    ],
)
def test_the_system_is_changed_only_with_consent_or_where_nobody_can_give_it(environ, terminal, ask, expected):
    """At a terminal the question comes first; in CI and without a terminal it would only hang."""
    assert browser.may_install(environ, terminal, ask, "Install?") is expected


def test_root_is_asked_for_only_where_it_is_needed(monkeypatch):
    """Without a terminal sudo must fail at once instead of waiting for a password."""
    monkeypatch.setattr(browser.shutil, "which", lambda name: "/usr/bin/" + name)
    command = ["apt-get", "update"]
    assert browser.as_root(command, "apt-get", True, False) == command
    assert browser.as_root(command, "apt-get", False, True) == ["sudo", *command]
    assert browser.as_root(command, "apt-get", False, False) == ["sudo", "-n", *command]
    assert browser.as_root(["brew"], "brew", False, True) == ["brew"]
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    assert browser.as_root(command, "apt-get", False, True) is None


def test_without_a_chromium_the_last_line_says_what_to_install(monkeypatch):
    """One line, with this system's own command where it is known."""
    monkeypatch.setattr(browser.shutil, "which", lambda name: name == "apt-get")
    assert browser.what_to_install() == (
        "install Chromium (`apt-get install -y chromium`), or set HANDBOOK_CHROMIUM to one that is elsewhere"
    )
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    assert browser.what_to_install() == "install Chromium, or set HANDBOOK_CHROMIUM to one that is elsewhere"


@pytest.mark.parametrize("path", sorted((ROOT / "build_scripts" / "setup").glob("*.py")), ids=lambda path: path.name)
def test_set_up_is_written_for_any_python_3(path):
    """It runs before 3.13 is there, and so does the package it lies in."""
    for source in (path, ROOT / "build_scripts" / "__init__.py"):
        ast.parse(source.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_package_around_set_up_imports_nothing():
    """`python3 -m build_scripts.setup` passes through build_scripts/__init__.py on an old Python."""
    tree = ast.parse((ROOT / "build_scripts" / "__init__.py").read_text(encoding="utf-8"))
    assert not [part for part in ast.walk(tree) if isinstance(part, ast.Import | ast.ImportFrom)]


def test_every_pinned_package_has_hashes_and_no_address():
    """The lock files say what a package is, never where it comes from."""
    for name in ("requirements/requirements.txt", "requirements/uv.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", text.strip())
        pinned = [entry for entry in entries if not entry.startswith("#")]
        assert pinned
        assert all("==" in entry and "--hash=sha256:" in entry for entry in pinned), name
        assert not re.search(r"://|index-url|find-links", text), name
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text and '"resolved"' not in text
    assert text.count('"integrity": "sha512-') == node.number_of_packages(ROOT)
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text(encoding="utf-8")


def test_python_version_is_the_one_that_the_project_requires():
    """.python-version is what people and set-up go by; pyproject.toml must not say another."""
    major, minor = pythons.wanted_version(ROOT)
    assert f'requires-python = "=={major}.{minor}.*"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_ci_runs_the_test_command_and_nothing_cleverer():
    """What CI sees is what a developer sees."""
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "make" in line] == ["exec make test </dev/null"]
