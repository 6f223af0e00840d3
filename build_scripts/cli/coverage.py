"""``handbook coverage``: what the scenarios cover."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    command(
        commands,
        "coverage",
        "what the scenarios cover",
        """
        Count the outcomes, criteria, duties, deadlines, figures, precedences, editions, process points and edges that have at
        least one scenario, and name those that have none. The exit status is 1 where anything is missing.
        """,
        "handbook coverage",
        run,
    )


def run(given):
    """Print the figures."""
    from build_scripts.load import load_rules, load_scenarios
    from build_scripts.prove.coverage import coverage, table

    rules = load_rules().rules
    covered = coverage(rules, load_scenarios(rules))
    print("\n".join(table(covered)))
    return 1 if any(one.missing for one in covered) else 0
