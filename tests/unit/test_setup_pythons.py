"""Set-up's search for a Python that really runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts.setup import pythons, tell

WANTED = (3, 13)
GOOD = {
    "version": [3, 13, 5],
    "final": True,
    "implementation": "cpython",
    "free_threaded": False,
    "program": "python3.13",
    "missing": [],
}


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine with nothing on its PATH, in its home or in the usual places."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("PYENV_ROOT", "XDG_DATA_HOME", pythons.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pythons.glob, "glob", lambda pattern: _under(pattern, tmp_path))
    monkeypatch.setattr(pythons.sys, "version_info", (3, 9, 1, "final", 0))
    (tmp_path / "bin").mkdir()
    return tmp_path


def _under(pattern, folder, glob=pythons.glob.glob):
    # The machine that the tests run on has Pythons of its own; only what the test made may be found.
    return [path for path in glob(pattern) if Path(path).is_relative_to(folder)]


def program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def real(path):
    return program(path, f'exec "{sys.executable}" "$@"')


pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")


def test_a_real_python_is_found_behind_a_shim_that_fails(bare, monkeypatch):
    """A version manager's shim comes first on the PATH and refuses; the real one stands behind it."""
    program(bare / "shims" / "python3.13", "echo 'version 3.13 is not installed' >&2; exit 127")
    real(bare / "bin" / "python3.13")
    monkeypatch.setenv("PATH", f"{bare / 'shims'}{os.pathsep}{bare / 'bin'}")
    found, seen = pythons.find(bare, WANTED)
    assert found and Path(found).exists()
    assert seen == [f"{bare / 'shims' / 'python3.13'}: does not run (version 3.13 is not installed)"]


def test_a_version_managers_python_is_found_without_its_shim(bare):
    """pyenv holds one although nothing on the PATH leads to it."""
    real(bare / "home" / ".pyenv" / "versions" / "3.13.2" / "bin" / "python3.13")
    assert pythons.find(bare, WANTED)[0]


def test_where_there_is_none_everything_that_was_seen_is_told(bare):
    """What was looked at, and why it would not do, is what the reader needs to repair it."""
    program(bare / "bin" / "python3", "echo nonsense")
    assert pythons.find(bare, WANTED) == (None, [f"{bare / 'bin' / 'python3'}: does not answer as a Python does"])


def test_a_named_python_is_taken_or_refused_but_never_replaced(bare, monkeypatch):
    """Somebody who names a Python wants that one, and hears it where it will not do."""
    real(bare / "bin" / "python3.13")
    monkeypatch.setenv(pythons.VARIABLE, str(bare / "nowhere" / "python"))
    with pytest.raises(tell.Trouble) as raised:
        pythons.find(bare, WANTED)
    assert str(raised.value) == (
        "The Python that HANDBOOK_PYTHON names cannot be used.\n"
        f"  found:     {bare / 'nowhere' / 'python'}: does not run (No such file or directory)\n"
        "  expected:  CPython 3.13 with venv and ssl\n"
        "  do:        correct HANDBOOK_PYTHON, or unset it to let set-up look for one"
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": [3, 11, 2]}, "is Python 3.11.2"),
        ({"implementation": "pypy"}, "is pypy 3.13.5, not CPython"),
        ({"final": False}, "is a pre-release of Python 3.13.5"),
        ({"free_threaded": True}, "is the free-threaded build of Python 3.13.5"),
        ({"missing": ["ensurepip", "venv"]}, "is Python 3.13.5, but lacks ensurepip, venv"),
        ({}, None),
    ],
)
def test_what_will_not_do_is_said_in_a_few_words(change, reason):
    """The right number is not enough: set-up needs venv, and the packages need the ordinary CPython."""
    assert pythons.unfit(GOOD | change, WANTED) == reason


def test_uv_fetches_one_where_there_is_none(bare):
    """What uv put into .setup/python is used, after it was asked like any other."""
    program(
        bare / "bin" / "uv",
        'folder="$UV_PYTHON_INSTALL_DIR/cpython-3.13.9-any/bin"\n/bin/mkdir -p "$folder"\n'
        f'/bin/ln -s "{sys.executable}" "$folder/python3.13"',
    )
    assert pythons.obtain(bare, WANTED, [])


def test_where_uv_cannot_fetch_one_the_reader_learns_what_to_do(bare):
    """No network is an ordinary case: it ends in one block that says what was tried and what is needed."""
    program(bare / "bin" / "uv", "echo 'error: no route to host' >&2; exit 2")
    with pytest.raises(tell.Trouble) as raised:
        pythons.obtain(bare, WANTED, ["/usr/bin/python3: is Python 3.11.2"])
    assert str(raised.value) == (
        "Python 3.13 is needed, none was found that runs, and it could not be fetched.\n"
        "  found:     /usr/bin/python3: is Python 3.11.2\n"
        "             uv: could not fetch Python 3.13\n"
        "               error: no route to host\n"
        "  expected:  CPython 3.13 with its modules venv and ssl (Debian and Ubuntu: python3.13-venv)\n"
        "  do:        install Python 3.13, or set HANDBOOK_PYTHON to one elsewhere, "
        "and run the same command again"
    )


def test_start_sh_passes_over_a_python_that_refuses(bare):
    """`python3` may be a shim that fails in this folder; the next one starts set-up."""
    root = Path(__file__).parents[2]
    program(bare / "bin" / "python3", "exit 127")
    real(bare / "bin" / "python")
    script = root / "build_scripts" / "setup" / "start.sh"
    environ = {"PATH": f"{bare / 'bin'}:/usr/bin:/bin", "HOME": str(bare)}
    done = subprocess.run(["/bin/sh", script, "--help"], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--browser" in done.stdout
