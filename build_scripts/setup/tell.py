"""Progress, child processes, and the one kind of error that set-up ends with."""

import collections
import os
import re
import subprocess
import sys
import threading
import time

WIDTH = 100
SAYS_SOMETHING_EVERY_SECONDS = 10
LINES_KEPT = 12
COLOURS = re.compile("\x1b\\[[0-9;]*[A-Za-z]")

# They would lead a child Python away from the environment that it is meant to see.
NOT_FOR_CHILDREN = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV")


class Trouble(Exception):
    """Set-up cannot go on. Says what is wrong, what was found, what was expected and what to do."""

    def __init__(self, what, found, expected, do):
        Exception.__init__(self, what)
        self.what = what
        self.found = [found] if isinstance(found, str) else list(found)
        self.expected = expected
        self.do = do

    def __str__(self):
        found = ("\n" + " " * 13).join(self.found or ["nothing"])
        return "{}\n  found:     {}\n  expected:  {}\n  do:        {}".format(self.what, found, self.expected, self.do)


class Failed(Exception):
    """A child process did not end well. `said` holds its last lines."""

    def __init__(self, said):
        Exception.__init__(self, said[-1] if said else "it said nothing")
        self.said = said


def say(line):
    print(line, flush=True)


def environment(extra=None):
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_CHILDREN}
    kept.update(extra or {})
    return kept


def run(command, folder, extra=None, keeps_lock=True):
    """Runs a command to its end, showing that it is alive. Failed where it ends badly.

    The child keeps set-up's lock: if set-up is killed, the next one waits until this child has ended too, and
    the two never write into one folder. A command that may leave services behind must not keep it.
    """
    begun = time.time()
    try:
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=str(folder),
            env=environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            close_fds=not keeps_lock,
        )
    except OSError as error:
        raise Failed(["{}: {}".format(command[0], error.strerror or error)])
    lines = collections.deque(maxlen=LINES_KEPT)
    reader = threading.Thread(target=_collect, args=(child.stdout, lines))
    reader.daemon = True
    reader.start()
    try:
        _show_while_alive(reader, lines, begun)
        status = child.wait()
    except BaseException:
        child.terminate()
        child.wait()
        raise
    if status != 0:
        raise Failed(list(lines))


def ask(question):
    """True if somebody at the terminal says yes. Only call it where there is one."""
    try:
        return input(question + " [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def at_a_terminal():
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _collect(stream, lines):
    for line in stream:
        text = COLOURS.sub("", line.decode("utf-8", "replace")).rstrip()
        if text:
            lines.append(text)


def _show_while_alive(reader, lines, begun):
    live = sys.stdout.isatty()
    said_at = begun
    while reader.is_alive():
        reader.join(0.5)
        now = time.time()
        if live or now - said_at >= SAYS_SOMETHING_EVERY_SECONDS:
            said_at = now
            newest = lines[-1].strip() if lines else ""
            line = "     {:.0f} s  {}".format(now - begun, newest)[:WIDTH]
            sys.stdout.write("\r" + line.ljust(WIDTH) if live else line + "\n")
            sys.stdout.flush()
    if live:
        sys.stdout.write("\r" + " " * WIDTH + "\r")
        sys.stdout.flush()
