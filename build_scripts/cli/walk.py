"""``handbook walk``: where a case stands on a journey."""

import sys
from datetime import date

from build_scripts.cli.text import command, named
from build_scripts.load import load_rules
from decision_logic import to_json, walk_pathway
from decision_logic.pathway import WALK_FORMAT


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

        --again takes a saved walk, as this command prints it and the pages save it, walks again with the same answers for the same
        date and place, and prints whether it leads to the same point and whether the rules have changed. The exit status is 1
        where it leads elsewhere.
        """,
        """
        handbook walk enforcement --answers case.yml
        handbook walk proactive_engagement --answers case.json --on 2011-04-21
        handbook walk --again walk-enforcement-2011-04-21.json
        """,
        run,
    )
    parser.add_argument("pathway", metavar="PATHWAY", nargs="?", help="the journey, such as enforcement")
    parser.add_argument("--answers", metavar="FILE", help="the file of answers; - reads them from standard input")
    parser.add_argument("--on", metavar="DATE", help="the date of the case (default: today)")
    parser.add_argument(
        "--in", dest="place", metavar="PLACE", help="england, wales or an area (default: the tools' own)"
    )
    parser.add_argument("--again", metavar="FILE", help="work a saved walk out again instead; - reads standard input")


def run(given):
    """Print the walk, or what a saved walk is today."""
    from build_scripts.cli import UsageError
    from build_scripts.cli.decide import answers_of, work_out_again

    rules = load_rules().rules
    if given.again is not None:
        return work_out_again(
            given,
            (given.pathway, given.answers, given.on, given.place),
            rules.rules_hash,
            WALK_FORMAT,
            lambda saved: walk_pathway(rules, saved["pathway"], saved["answers"], on=saved["on"], place=saved["in"]),
            whom="pathway",
            settled=("status", "stands_at"),
            called="stands_at_title",
        )
    if given.pathway is None:
        raise UsageError(
            "which journey? handbook walk PATHWAY, one of "
            + ", ".join(name for name, one in rules.pathways.items() if one.starts_at)
        )
    with named("--on"):
        walk = walk_pathway(
            rules, given.pathway, answers_of(given.answers), on=given.on, place=given.place, today=date.today()
        )
    sys.stdout.write(to_json(walk))
