""".venv: Python with the packages of requirements/requirements.txt, exactly those, and this project itself."""

import os
import shutil

from . import pythons, stamps, tell

LOCK = "requirements/requirements.txt"
# Raise it when this file changes how .venv is made.
MADE_BY = "1"


def program(root):
    """The Python in .venv."""
    return os.path.join(str(root), ".venv", *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def packages_key(root):
    # The folder counts: the programs in .venv hold its path, so a moved folder needs a new one.
    return stamps.key(root, [LOCK, ".python-version"], MADE_BY, os.path.realpath(str(root)))


def project_key(root):
    return stamps.key(root, ["pyproject.toml"], packages_key(root))


def ready(root):
    """True if .venv is whole, is made from the present lock file, and its Python still runs."""
    if not stamps.matches(_stamp(root, "packages"), packages_key(root)):
        return False
    answer, trouble = pythons.probe((program(root),), root)
    return trouble is None and tuple(answer["version"][:2]) == pythons.wanted_version(root)


def project_ready(root):
    return stamps.matches(_stamp(root, "project"), project_key(root))


def make(root, python):
    """Makes .venv anew with that Python: what an older lock file brought must not stay behind."""
    folder = os.path.join(str(root), ".venv")
    stamps.remove(_stamp(root, "packages"))
    stamps.remove(_stamp(root, "project"))
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise tell.Trouble(
            "The old .venv cannot be removed.",
            "{}: {}".format(error.filename or folder, error.strerror or error),
            "a folder that set-up may delete and make again",
            "end what uses it, delete .venv, and run the same command again",
        )
    try:
        tell.run([python, "-m", "venv", folder], root)
    except tell.Failed as failure:
        raise tell.Trouble(
            "Python could not make a virtual environment.",
            failure.said,
            "`{} -m venv .venv` to work".format(python),
            "repair that Python (Debian: install its -venv package), or set {} to another".format(pythons.VARIABLE),
        )
    try:
        # Compiling every module now would take longer than compiling, later, the ones that are used.
        tell.run(_pip(root) + ["--no-compile", "--only-binary", ":all:", "--require-hashes", "-r", LOCK], root)
    except tell.Failed as failure:
        raise tell.Trouble(
            "The Python packages could not be installed.",
            failure.said,
            "every package of {}, with the hash that stands there".format(LOCK),
            "see to the network (or pip's settings for it), and run the same command again",
        )
    stamps.write(_stamp(root, "packages"), packages_key(root))


def install_project(root):
    """Makes the project importable and the command `handbook` runnable. Fetches nothing."""
    stamps.remove(_stamp(root, "project"))
    try:
        tell.run(_pip(root) + ["--no-index", "--no-build-isolation", "--editable", "."], root)
    except tell.Failed as failure:
        raise tell.Trouble(
            "The project could not be installed into .venv.",
            failure.said,
            "a pyproject.toml that setuptools accepts",
            "correct pyproject.toml, and run the same command again",
        )
    stamps.write(_stamp(root, "project"), project_key(root))


def number_of_packages(root):
    with open(os.path.join(str(root), LOCK)) as file:
        return sum("==" in line for line in file if not line.startswith((" ", "#")))


def _pip(root):
    return [program(root), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps"]


def _stamp(root, name):
    return os.path.join(str(root), ".venv", ".made-for-" + name)
