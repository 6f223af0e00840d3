"""The steps of set-up, in order. `make` calls it before everything else."""

import argparse
import contextlib
import os
import sys
import time

from . import browser, environment, node, pythons, tell

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python3 -m build_scripts.setup",
        description="Sets up .venv, node_modules and a Chromium for the tests. What is done already is skipped.",
    )
    parser.add_argument(
        "--browser",
        choices=["needed", "wanted", "no"],
        default="wanted",
        help="needed: fail where no Chromium can be had (for the tests); wanted: only say so; no: do not look",
    )
    options = parser.parse_args(arguments)
    begun = time.time()
    try:
        with _one_at_a_time(ROOT):
            done = set_up(ROOT, options.browser)
    except tell.Trouble as trouble:
        print("\nSet-up stopped. {}".format(trouble), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up was interrupted. The same command goes on from the last whole step.", file=sys.stderr)
        return 130
    tell.say("Set-up is complete ({:.0f} s).".format(time.time() - begun) if done else "Set-up: nothing to do")
    return 0


def set_up(root, chromium):
    """Does what is not done yet. True if there was anything to do."""
    done = False
    if not environment.ready(root):
        done = True
        wanted = pythons.wanted_version(root)
        tell.say("Set-up: looking for Python {}.{}".format(*wanted))
        python, seen = pythons.find(root, wanted)
        python = python or pythons.obtain(root, wanted, seen)
        tell.say("     {}".format(python))
        tell.say("Set-up: installing {} Python packages into .venv".format(environment.number_of_packages(root)))
        environment.make(root, python)
    if not environment.project_ready(root):
        done = True
        tell.say("Set-up: installing the handbook's own command into .venv")
        environment.install_project(root)
    if not node.ready(root):
        done = True
        tell.say("Set-up: installing {} npm packages into node_modules".format(node.number_of_packages(root)))
        node.make(root)
    if chromium != "no" and browser.find(root)[0] is None:
        done = True
        tell.say("Set-up: looking for a Chromium for the tests")
        try:
            tell.say("     {}".format(browser.obtain(root)))
        except tell.Trouble as trouble:
            if chromium == "needed":
                raise
            tell.say("     none; only `make test` needs one. For the tests: {}.".format(trouble.do))
    return done


@contextlib.contextmanager
def _one_at_a_time(root):
    """Two set-ups in one folder would undo each other's work. The system lets go of the lock however they end."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there two at once stay at the caller's risk.
        yield
        return
    folder = os.path.join(root, ".setup")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(os.path.join(folder, "lock"), "w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            tell.say("Set-up: another set-up is at work in this folder; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
