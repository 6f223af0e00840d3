"""``handbook bundle``: the handbook as a folder and a zip that need no server."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "bundle",
        "make a copy of the built handbook that needs no server",
        """
        Make a folder and a zip of it from a built site, for shared drives and USB sticks: a double click on START-HERE.html opens
        the handbook, tools and search included, with no server and no network. Both appear whole or not at all.
        """,
        """
        handbook bundle
        handbook bundle --into /media/stick
        """,
        run,
    )
    parser.add_argument("folder", metavar="SITE", nargs="?", default="site", help="the built site (default: site)")
    parser.add_argument("--into", metavar="FOLDER", default="bundle", help="where folder and zip go (default: bundle)")


def run(given):
    """Make both, saying each step and the sizes."""
    from build_scripts.site.portable import make_bundle

    made = make_bundle(given.folder, given.into, say=print)
    print(f"{made.folder}: {made.pages} pages, {made.files} files, {made.folder_bytes / 1_000_000:.1f} MB")
    print(f"{made.zip}: {made.zip_bytes / 1_000_000:.1f} MB")
