"""``handbook pdf``: the whole handbook as one PDF."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "pdf",
        "print the built handbook as one PDF",
        """
        Compose one book from the pages of a built site, print it with Chromium, and put it into the site, whose pages then offer
        it. What was printed is kept: while the pages stay the same, printing again and building again take it from there.
        """,
        """
        handbook pdf
        handbook pdf /srv/dip --copy handbook.pdf
        """,
        run,
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default="site", help="the built site (default: site)")
    parser.add_argument("--copy", metavar="FILE", help="write the PDF to this file too")


def run(given):
    """Print, saying each step."""
    import shutil

    from build_scripts.chromium import ChromiumNotFound
    from build_scripts.site.errors import SiteError
    from build_scripts.site.pdf import make_pdf  # here, because it loads packages that no other command needs

    try:
        made = make_pdf(given.folder)
    except ChromiumNotFound as error:
        raise SiteError(str(error)) from None
    if given.copy:
        shutil.copyfile(made, given.copy)
    print(f"{made}: {made.stat().st_size / 1_000_000:.1f} MB")
