"""The command ``handbook``. No logic in it: each command reads its arguments, calls what does the work and prints.

Exit status: 0 all is well; 1 the rules, the answers or what was checked are wrong; 2 the command line is wrong.
"""

import argparse
import sys

from build_scripts.cli import (
    build,
    bundle,
    check,
    coverage,
    deadline,
    decide,
    draw,
    fingerprints,
    mutate,
    pdf,
    preview,
    schemas,
    serve,
    settings,
    walk,
    workdays,
)
from build_scripts.load import RuleFileError
from decision_logic import HandbookError, RequestError
from diagrams.errors import DiagramError

COMMANDS = (check, build, pdf, bundle, serve, preview, settings, decide, deadline, workdays, walk, draw, coverage, mutate, schemas, fingerprints)


class UsageError(Exception):
    """The command line is wrong: exit status 2."""


def parser():
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="handbook",
        description="Check, build and serve the handbook, and ask its rules from the command line.",
        epilog="Each command explains itself: handbook COMMAND --help",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add(commands)
    return top


def main(arguments=None):
    """Run the command line; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is None:
        return _say("there is no standard output to write to", 2)
    try:
        given = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong, or printed its help
        return stop.code if isinstance(stop.code, int) else 2
    try:
        status = given.run(given) or 0
        sys.stdout.flush()
        return status
    except (UsageError, RequestError) as error:
        return _say(error, 2)
    except (HandbookError, RuleFileError, DiagramError) as error:
        return _say(error, 1)
    except BrokenPipeError:  # the reader has seen enough, such as head
        sys.stderr.close()
        return 0
    except OSError as error:
        return _say(_of_files(error), 1)
    except KeyboardInterrupt:
        return _say("stopped", 130)


def _of_files(error):
    """Which file could not be written or read, and why."""
    names = " and ".join(str(name) for name in (error.filename, error.filename2) if name is not None)
    return f"{names or 'a file or connection'} could not be written or read: {error.strerror or error}"


def _say(error, status):
    if sys.stderr is not None:
        print(f"handbook: {error}", file=sys.stderr)
    return status
