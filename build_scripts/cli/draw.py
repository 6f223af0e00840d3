"""``handbook draw``: unpredictable test dates."""

import sys

from build_scripts.cli.text import command, named


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "draw",
        "draw unpredictable test dates within limits",
        """
        Draw dates for drug tests during release on temporary licence, from the system's secure random source. The limits are the
        answers of the tool rotl_testing. Nothing is stored, and a second draw repeats nothing of the first: note the dates down.
        """,
        """
        handbook draw rotl_testing --answers limits.yml
        """,
        run,
    )
    parser.add_argument("tool", metavar="TOOL", choices=["rotl_testing"], help="rotl_testing")
    parser.add_argument(
        "--answers", metavar="FILE", required=True, help="the file with the limits; - reads them from standard input"
    )
    parser.add_argument("--on", metavar="DATE", help="the date of the decision (default: today)")


def run(given):
    """Print the dates as JSON."""
    from datetime import date

    from build_scripts.cli.decide import answers_of
    from build_scripts.load import load_rules
    from decision_logic import draw_dates, to_json

    with named("--on"):
        drawn = draw_dates(load_rules().rules, answers_of(given.answers), on=given.on, today=date.today())
    sys.stdout.write(to_json(drawn))
