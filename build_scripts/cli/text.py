"""Help texts as they are written: line breaks kept."""

import argparse
import textwrap
from contextlib import contextmanager

from decision_logic import DateError


@contextmanager
def named(option):
    """A date that cannot be used is told under the option that brought it."""
    try:
        yield
    except DateError as error:
        error.where = error.where or option
        raise


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
