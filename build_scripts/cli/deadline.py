"""``handbook deadline``: one time limit, with every day counted."""

import sys

from build_scripts.cli.text import command, named
from build_scripts.load import load_rules
from decision_logic import deadline, to_json


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "deadline",
        "the last day of a time limit, as JSON",
        """
        Count one deadline and print it as JSON: target (where the source gives one), last day, last moment, and every day
        that was counted or skipped and why. Deadlines in hours need a time.
        """,
        """
        handbook deadline follow_up --from 2011-04-21 --in england
        handbook deadline appointment_elsewhere --from 2011-04-21T16:30
        handbook deadline --list
        """,
        run,
    )
    parser.add_argument("id", metavar="ID", nargs="?", help="the deadline's identifier, such as follow_up")
    parser.add_argument(
        "--from",
        dest="start",
        metavar="WHEN",
        help="when it starts: a date, or a date and time (2011-04-21T16:30), UK time",
    )
    parser.add_argument(
        "--in", dest="place", metavar="PLACE", help="england, wales, guernsey or an area (default: the deadline's own)"
    )
    parser.add_argument("--list", action="store_true", help="list the deadlines instead")


def run(given):
    """Print the deadline, or the list of them."""
    from build_scripts.cli import UsageError

    rules = load_rules().rules
    if given.list:
        for rule in rules.deadlines.values():
            print(f"{rule.id}: {rule.title}\n    from {rule.starts}")
        return
    if given.id is None or given.start is None:
        raise UsageError(
            "which deadline, and from when? handbook deadline ID --from WHEN, the ID one of "
            + ", ".join(rules.deadlines)
        )
    with named("--from"):
        counted = deadline(rules, given.id, given.start, place=given.place)
    sys.stdout.write(to_json(counted))
