"""Help texts as they are written: line breaks kept."""

import argparse
import textwrap


def command(commands, name, summary, description, examples, run):
    """Add a command whose help shows a description and examples."""
    added = commands.add_parser(
        name,
        help=summary,
        description=textwrap.dedent(description).strip(),
        epilog="examples:\n" + textwrap.indent(textwrap.dedent(examples).strip(), "  "),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added.set_defaults(run=run)
    return added
