"""``handbook check``: everything that must agree, compared."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "check",
        "check the rules, the prose and the built site",
        """
        rules   the rule files, the calendars against published ones, the schemas, the scenarios, the proofs, and whether
                actions, time limits and what areas say are as strong as what they cite
        docs    no time limit is written out in the prose; references within sentences lead somewhere; must, should and may
                are those of the provision that a sentence cites; every provision of the register is carried by something
                and every requirement is whole; no run of twelve words is shared with a source
        site    pages, maps and bundle of the built site carry the same rules hash; links lead somewhere

        Without a part, all three. Every finding is printed; the exit status is 1 where there is one.
        """,
        """
        handbook check
        handbook check rules
        """,
        run,
    )
    parser.add_argument("parts", metavar="PART", nargs="*", help="rules, docs or site (default: all)")


def run(given):
    """Print each check with its result."""
    from build_scripts.cli import UsageError
    from build_scripts.prove.checks import PARTS, check  # here, because it loads packages that no other command needs

    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        raise UsageError(f"no part {unknown[0]!r} to check: one of {', '.join(PARTS)}")
    return 0 if check(given.parts or list(PARTS), print) else 1
