"""A Chromium for the tests: the one that is there, else Playwright's download, else the system's package manager."""

import os
import shutil
import subprocess

from . import environment, tell

VARIABLE = "HANDBOOK_CHROMIUM"

# Package manager -> the commands that install a Chromium with it.
PACKAGE_MANAGERS = [
    ("apt-get", [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]),
    ("dnf", [["dnf", "install", "-y", "chromium"]]),
    ("zypper", [["zypper", "--non-interactive", "install", "chromium"]]),
    ("pacman", [["pacman", "-S", "--noconfirm", "chromium"]]),
    ("apk", [["apk", "add", "chromium"]]),
    ("brew", [["brew", "install", "--cask", "google-chrome"]]),
]
NEEDS_NO_ROOT = ("brew",)


def find(root):
    """(path, None), or (None, the whole message of why there is none)."""
    command = [environment.program(root), "-m", "build_scripts.chromium"]
    child = subprocess.Popen(
        command,
        cwd=str(root),
        env=tell.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = child.communicate()
    if child.returncode == 0:
        return out.decode("utf-8", "replace").strip(), None
    return None, err.decode("utf-8", "replace").strip()


def obtain(root):
    """Gets a Chromium and returns its path. Where none can be had, Trouble says in its last line what to install."""
    if os.environ.get(VARIABLE, "").strip():
        # Somebody chose one that does not start: installing another would not be what they asked for.
        raise tell.Trouble(
            "The Chromium that {} names cannot be used.".format(VARIABLE),
            os.environ[VARIABLE],
            "the path of a Chromium that starts",
            "correct {0}, or unset it".format(VARIABLE),
        )
    tried = []
    tell.say("     none here that starts; trying Playwright's own")
    download = [environment.program(root), "-m", "playwright", "install", "chromium"]
    path = _try(root, tried, "Playwright's download", [download], {})
    if path is None:
        path = _from_the_system(root, tried)
    if path:
        return path
    expected = "a Chromium, Chrome or Edge that starts"
    raise tell.Trouble("There is no Chromium for the browser tests.", tried, expected, what_to_install())


def what_to_install():
    name, commands = package_manager()
    how = "install Chromium" + (" (`{}`)".format(" ".join(commands[-1])) if name else "")
    return "{}, or set {} to one that is elsewhere".format(how, VARIABLE)


def package_manager():
    """(name, commands) of the one that this system has, or (None, [])."""
    for name, commands in PACKAGE_MANAGERS:
        if shutil.which(name):
            return name, commands
    return None, []


def may_install(environ, at_a_terminal, ask, question):
    """Whether to change the system: asked at a terminal; taken as yes in CI, or where nobody is there to ask."""
    if environ.get("CI", "").lower() in ("true", "1") or not at_a_terminal:
        return True
    return ask(question)


def as_root(command, name, is_root, at_a_terminal):
    """The command with what it needs to change the system; None where that cannot be had."""
    if is_root or name in NEEDS_NO_ROOT:
        return command
    if shutil.which("sudo"):
        # Without a terminal nobody can type a password: better to fail at once than to wait for ever.
        return ["sudo"] + ([] if at_a_terminal else ["-n"]) + command
    return None


def _from_the_system(root, tried):
    name, commands = package_manager()
    if name is None:
        tried.append("the system: no package manager that set-up knows")
        return None
    terminal = tell.at_a_terminal()
    is_root = not hasattr(os, "geteuid") or os.geteuid() == 0
    whole = [as_root(command, name, is_root, terminal) for command in commands]
    if None in whole:
        tried.append("{}: needs root, and there is no sudo".format(name))
        return None
    shown = " && ".join(" ".join(command) for command in whole)
    if not may_install(os.environ, terminal, tell.ask, "     Install Chromium on this system: `{}`?".format(shown)):
        tried.append("{}: not wanted".format(name))
        return None
    tell.say("     installing it on this system: {}".format(shown))
    if whole[0][0] == "sudo" and terminal:
        subprocess.call(["sudo", "-v"])  # asks for the password where it can be seen
    return _try(root, tried, name, whole, {"DEBIAN_FRONTEND": "noninteractive"})


def _try(root, tried, name, commands, extra):
    try:
        for command in commands:
            tell.run(command, root, extra, keeps_lock=False)
    except tell.Failed as failure:
        telling = [line.strip() for line in failure.said if "error" in line.lower()] or failure.said
        said = telling[0] if telling else "failed and said nothing"
        tried.append("{}: {}".format(name, said)[:200])
        return None
    path, trouble = find(root)
    if path is None:
        seen = [line.split(":", 1)[1].strip() for line in trouble.splitlines() if line.strip().startswith("found:")]
        tried.append("{}: done, but what it brought does not start: {}".format(name, " ".join(seen))[:300])
    return path
