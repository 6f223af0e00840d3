"""Finds a Python of the project's version that really runs, or obtains one through uv."""

import glob
import json
import os
import shutil
import subprocess
import sys

from . import tell

VARIABLE = "HANDBOOK_PYTHON"
ANSWERS_WITHIN_SECONDS = 30

# Also understood by Python 2, which `python` may still be.
PROBE = """
import json, sys
missing = []
for name in ("ensurepip", "ssl", "venv", "zlib"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
print(json.dumps({
    "version": list(sys.version_info[:3]),
    "final": sys.version_info[3] == "final",
    "implementation": getattr(getattr(sys, "implementation", None), "name", "cpython"),
    "free_threaded": "t" in getattr(sys, "abiflags", ""),
    "program": getattr(sys, "_base_executable", None) or sys.executable,
    "missing": missing,
}))
"""


def wanted_version(root):
    """(3, 13), as .python-version says."""
    path = os.path.join(str(root), ".python-version")
    with open(path) as file:
        text = file.read().strip()
    try:
        major, minor = text.split(".")[:2]
        return int(major), int(minor)
    except ValueError:
        raise tell.Trouble(
            ".python-version cannot be read.",
            "'{}'".format(text),
            "a version such as 3.13",
            "restore the file from git",
        )


def find(root, wanted):
    """(program, what was found): program is None where no Python of that version really runs."""
    seen = []
    asked = set()
    for candidate in candidates(root, wanted):
        # One program may lie on two paths (/bin and /usr/bin); but a link under another name may be another shim.
        same = os.path.realpath(candidate[0]), os.path.basename(candidate[0])
        if same in asked:
            continue
        asked.add(same)
        answer, trouble = probe(candidate, root)
        if trouble is None:
            trouble = unfit(answer, wanted)
        if trouble is None:
            return answer["program"], seen
        seen.append("{}: {}".format(" ".join(candidate), trouble))
        if candidate[0] == os.environ.get(VARIABLE):
            # Somebody chose it. Taking another one silently would be something else than they think.
            raise tell.Trouble(
                "The Python that {} names cannot be used.".format(VARIABLE),
                seen,
                "CPython {}.{} with venv and ssl".format(*wanted),
                "correct {0}, or unset it to let set-up look for one".format(VARIABLE),
            )
    return None, seen


def candidates(root, wanted):
    """Commands that may start the wanted Python, the likeliest first. Each is asked; none is believed by its name."""
    dotted = "{}.{}".format(*wanted)
    named = os.environ.get(VARIABLE)
    if named:
        yield (named,)
    if sys.version_info[:2] == wanted:
        yield (sys.executable,)
    # All of them, not only the first on the PATH: that one may be a shim that fails, with a real one behind it.
    for name in ("python" + dotted, "python3", "python"):
        for program in everywhere_on_path(name):
            yield (program,)
    if os.name == "nt" and shutil.which("py"):
        yield ("py", "-" + dotted)
    home = os.path.expanduser("~")
    share = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    tail = "python.exe" if os.name == "nt" else os.path.join("bin", "python" + dotted)
    for pattern in (
        os.path.join(str(root), ".setup", "python", "*" + dotted + "*", tail),
        os.path.join(os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv"), "versions", dotted + "*", tail),
        os.path.join(share, "uv", "python", "*-" + dotted + "*", tail),
        os.path.join(share, "mise", "installs", "python", dotted + "*", tail),
        os.path.join(home, ".asdf", "installs", "python", dotted + "*", tail),
        os.path.join("/opt/homebrew/opt", "python@" + dotted, tail),
        os.path.join("/usr/local/opt", "python@" + dotted, tail),
        os.path.join("/Library/Frameworks/Python.framework/Versions", dotted, tail),
        os.path.join("/usr/local", tail),
        os.path.join("/usr", tail),
    ):
        for program in sorted(glob.glob(pattern), reverse=True):
            yield (program,)


def everywhere_on_path(name):
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = shutil.which(name, path=folder) if folder else None
        if program:
            yield program


def probe(command, root):
    """(what this Python says of itself, None), or (None, why it does not run)."""
    try:
        child = subprocess.Popen(
            list(command) + ["-c", PROBE],
            # In the clone, because a version manager's shim decides by the folder that it is called in.
            cwd=str(root),
            env=tell.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        return None, "does not run ({})".format(error.strerror or error)
    try:
        out, err = child.communicate(timeout=ANSWERS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return None, "did not answer within {} seconds".format(ANSWERS_WITHIN_SECONDS)
    if child.returncode != 0:
        said = err.decode("utf-8", "replace").strip().splitlines()
        return None, "does not run ({})".format(said[0] if said else "status {}".format(child.returncode))
    try:
        return json.loads(out.decode("utf-8", "replace").strip().splitlines()[-1]), None
    except (ValueError, IndexError):
        return None, "does not answer as a Python does"


def unfit(answer, wanted):
    """None if this Python will do; otherwise why not, in a few words."""
    version = ".".join(str(part) for part in answer["version"])
    if tuple(answer["version"][:2]) != tuple(wanted):
        return "is Python " + version
    if answer["implementation"] != "cpython":
        return "is {} {}, not CPython".format(answer["implementation"], version)
    if not answer["final"]:
        return "is a pre-release of Python " + version
    if answer["free_threaded"]:
        return "is the free-threaded build of Python " + version
    if answer["missing"]:
        return "is Python {}, but lacks {}".format(version, ", ".join(answer["missing"]))
    return None


def obtain(root, wanted, seen):
    """Has uv fetch the Python into .setup/python, and returns the program. Trouble where that cannot be done."""
    dotted = "{}.{}".format(*wanted)
    tell.say("     none here that runs; fetching Python {} through uv".format(dotted))
    uv = shutil.which("uv")
    if uv is None:
        try:
            uv = uv_from_pypi(root)
        except tell.Failed as failure:
            seen = seen + _quoted("uv: could not be installed with the pip of {}".format(sys.executable), failure)
    if uv is not None:
        into = os.path.join(str(root), ".setup", "python")
        try:
            tell.run([uv, "python", "install", "--no-bin", dotted], root, {"UV_PYTHON_INSTALL_DIR": into})
        except tell.Failed as failure:
            seen = seen + _quoted("uv: could not fetch Python {}".format(dotted), failure)
        else:
            program, seen = find(root, wanted)
            if program:
                return program
    raise tell.Trouble(
        "Python {} is needed, none was found that runs, and it could not be fetched.".format(dotted),
        seen,
        "CPython {} with its modules venv and ssl (Debian and Ubuntu: python{}-venv)".format(dotted, dotted),
        "install Python {}, or set {} to one elsewhere, and run the same command again".format(dotted, VARIABLE),
    )


def _quoted(what, failure):
    return [what] + ["  " + line.strip() for line in failure.said[-4:]]


def uv_from_pypi(root):
    """Installs uv with the Python that runs set-up, whole or not at all."""
    whole = os.path.join(str(root), ".setup", "uv")
    part = whole + ".part"
    program = uv_program(whole)
    if program:
        return program
    shutil.rmtree(part, ignore_errors=True)
    tell.run(
        [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--target", part, "--no-deps"]
        + ["--only-binary", ":all:", "--require-hashes", "-r", os.path.join("requirements", "uv.txt")],
        root,
    )
    shutil.rmtree(whole, ignore_errors=True)
    os.replace(part, whole)
    program = uv_program(whole)
    if program is None:
        raise tell.Failed(["uv was installed, but has no program"])
    return program


def uv_program(folder):
    for name in ("bin/uv", "bin/uv.exe", "Scripts/uv.exe"):
        program = os.path.join(folder, *name.split("/"))
        if os.path.isfile(program):
            return program
    return None
