"""``handbook schemas``: write the JSON Schemas that editors use to complete rule files."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    command(
        commands,
        "schemas",
        "write the JSON Schemas of the rule files anew",
        """
        Generate decision_logic/rules/schemas/*.schema.json from the model. Editors use them to complete and check rule files
        while somebody types. `handbook check rules` fails where they are stale.
        """,
        "handbook schemas",
        run,
    )


def run(given):
    """Write the schemas and say which changed."""
    from build_scripts.load.schemas import write_schemas

    changed = write_schemas()
    print("\n".join(f"written: {path}" for path in changed) or "all schemas are up to date")
