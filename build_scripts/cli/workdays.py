"""``handbook workdays``: the general working-day calculator."""

import argparse
import re
import sys

from build_scripts.cli.text import command, named
from build_scripts.load import load_rules
from decision_logic import clock, to_json, workdays


def whole_number(text):
    """A whole number, written as one."""
    if re.fullmatch(r"[+-]?[0-9]{10,}", text):
        raise argparse.ArgumentTypeError(f"{text} is more days than any calendar has: give a number such as 5 or -5")
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number, such as 5 or -5")
    return int(text)


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "workdays",
        "count working days, as JSON",
        """
        Find the working day that lies N working days after a date (before it, where N is negative), or count the working days
        from one date to another. The starting day does not count, the last day does. Every day is shown, counted or skipped
        and why.
        """,
        """
        handbook workdays --from 2011-04-21 --add 5
        handbook workdays --from 2011-05-04 --add -5
        handbook workdays --from 2011-04-21 --to 2011-05-04 --in guernsey
        """,
        run,
    )
    parser.add_argument("--from", dest="start", metavar="DATE", required=True, help="the starting day")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--add", metavar="N", type=whole_number, help="how many working days to count; negative counts back"
    )
    which.add_argument("--to", metavar="DATE", help="the day to count to")
    parser.add_argument("--in", dest="place", metavar="PLACE", help="england (default), wales, guernsey or an area")


def run(given):
    """Print the result."""
    for option, day in (("--from", given.start), ("--to", given.to)):
        with named(option):
            clock.read_date(day) if day is not None else None
    sys.stdout.write(to_json(workdays(load_rules().rules, given.start, add=given.add, to=given.to, place=given.place)))
