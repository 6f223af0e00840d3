"""``handbook mutate``: would the scenarios notice a wrong rule?"""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "mutate",
        "change the rules in small ways and see which changes the scenarios notice",
        """
        Make every small change of a kind to the rules, one at a time: drop a part of a condition, turn a yes into a no, change a
        number, swap the conditions of two outcomes, drop an action. A mutant is killed where a scenario or a proof fails; it is
        equivalent where no answer of the tool could differ. Survivors are listed.
        """,
        """
        handbook mutate
        handbook mutate identification appointment
        """,
        run,
    )
    parser.add_argument("tools", metavar="TOOL", nargs="*", help="the tools to mutate (default: all)")


def run(given):
    """Print the figures and the survivors."""
    from build_scripts.load import load_rules, load_scenarios
    from build_scripts.prove.mutation import mutate

    loaded = load_rules()
    return 0 if mutate(loaded, load_scenarios(loaded.rules), given.tools, print) else 1
