"""``handbook decide``: one case through a tool."""

import sys
from datetime import date
from pathlib import Path

from build_scripts.cli.text import command, named
from build_scripts.load import load_rules
from build_scripts.load.answers import read_answer_file
from build_scripts.load.saved import read_saved
from build_scripts.prove.again import compare
from decision_logic import decide, to_json
from decision_logic.engine import ANSWER_FORMAT


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "decide",
        "what a tool answers for a case, as JSON",
        """
        Answer a decision tool for one case and print the answer as JSON: the outcome, the actions, the deadlines with every
        day counted, what led there, what would lead elsewhere, the sources and our readings.

        Answers are a flat JSON or YAML file: question: yes, no, not_known, an option, a list of options, a number, an ISO
        date (2011-04-21) or date and time (2011-04-21T14:30). A question that is absent is not known yet. Without answers
        the tool says what it would ask first.

        --again takes a saved answer, as this command prints it and the pages save it, asks the same tool with the same answers
        for the same date and place, and prints whether the outcome is the same and whether the rules have changed. The exit
        status is 1 where the outcome is another.
        """,
        """
        handbook decide identification --answers case.yml --on 2011-04-21 --in england
        echo '{"volunteered": "yes", "drug_test": "negative"}' | handbook decide identification --answers -
        handbook decide --list
        handbook decide --again identification-2011-04-21.json
        """,
        run,
    )
    parser.add_argument("tool", metavar="TOOL", nargs="?", help="the tool's identifier, such as identification")
    parser.add_argument("--answers", metavar="FILE", help="the file of answers; - reads them from standard input")
    parser.add_argument("--on", metavar="DATE", help="the date of the decision (default: today)")
    parser.add_argument(
        "--in",
        dest="place",
        metavar="PLACE",
        help="england, wales, guernsey or an area (default: the tool's own place, where it has only one edition)",
    )
    parser.add_argument("--list", action="store_true", help="list the tools and their questions instead")
    parser.add_argument("--again", metavar="FILE", help="work a saved answer out again instead; - reads standard input")


def run(given):
    """Print the answer, the list of tools, or what a saved answer is today."""
    from build_scripts.cli import UsageError

    rules = load_rules().rules
    if given.list:
        for tool in rules.tools.values():
            print(f"{tool.id}: {tool.title}")
            for question in tool.questions.values():
                print(f"  {question.id} ({question.kind}): {question.ask}")
                for option, label in question.options.items():
                    print(f"      {option}: {label}")
        return
    if given.again is not None:
        return work_out_again(
            given,
            (given.tool, given.answers, given.on, given.place),
            rules.rules_hash,
            ANSWER_FORMAT,
            lambda saved: decide(rules, saved["tool"], saved["answers"], on=saved["on"], place=saved["in"]),
            whom="tool",
            settled=("status", "outcome"),
            called="title",
        )
    if given.tool is None:
        raise UsageError("which tool? handbook decide TOOL, one of " + ", ".join(sorted(rules.tools)))
    with named("--on"):
        answer = decide(
            rules, given.tool, answers_of(given.answers), on=given.on, place=given.place, today=date.today()
        )
    sys.stdout.write(to_json(answer))


def work_out_again(given, besides, rules_hash, expected, ask, **keys):
    """Print a saved result of the format ``expected`` beside that of today; returns the exit status."""
    from build_scripts.cli import UsageError

    if any(one is not None for one in besides):
        raise UsageError("--again brings everything along, the date and the place too: give it alone")
    with named(f"{given.again}: on"):
        compared = compare(read_saved(*text_of(given.again), expected), ask, rules_hash, **keys)
    sys.stdout.write(to_json(compared))
    return 0 if compared["same_outcome"] else 1


def answers_of(file):
    """The answers of a file or of standard input; none without a file."""
    return {} if file is None else read_answer_file(*text_of(file))


def text_of(file):
    """(text, name) of a file, or of standard input."""
    from build_scripts.cli import UsageError

    if file == "-":
        if sys.stdin is None:
            raise UsageError("there is no standard input to read answers from")
        data, name = sys.stdin.buffer.read(), "standard input"
    else:
        try:
            data, name = Path(file).read_bytes(), file
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "there is no such name"
            raise UsageError(f"{file}: the file of answers cannot be read ({why})") from None
    try:
        return data.decode("utf-8-sig"), name
    except UnicodeDecodeError:
        raise UsageError(f"{name}: the file of answers cannot be read (it is not UTF-8 text)") from None
