"""``handbook walk``: where a case stands on a journey."""

import sys
from datetime import date

from build_scripts.cli.text import command
from build_scripts.load import load_rules
from decision_logic import to_json, walk_pathway


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "walk",
        "where a case stands on a journey, as JSON",
        """
        Follow a journey with the answers given and print as JSON the points visited with their required actions, the edges
        travelled, where the case stands and what to ask next. Answers are those of the journey's own questions; the outcome of
        a tool behind an edge is given under the tool's name, or worked out from its answers, given as tool.question.
        """,
        """
        handbook walk enforcement --answers case.yml
        handbook walk proactive_engagement --answers case.json --on 2011-04-21
        """,
        run,
    )
    parser.add_argument("pathway", metavar="PATHWAY", help="the journey, such as enforcement")
    parser.add_argument("--answers", metavar="FILE", help="the file of answers; - reads them from standard input")
    parser.add_argument("--on", metavar="DATE", help="the date of the case (default: today)")
    parser.add_argument(
        "--in", dest="place", metavar="PLACE", help="england, wales or an area (default: the tools' own)"
    )


def run(given):
    """Print the walk."""
    from build_scripts.cli.decide import answers_of

    rules = load_rules().rules
    sys.stdout.write(
        to_json(
            walk_pathway(
                rules, given.pathway, answers_of(given.answers), on=given.on, place=given.place, today=date.today()
            )
        )
    )
