"""``handbook preview``: the handbook while it is written."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "preview",
        "show pages as they are written",
        """
        Serve the handbook while it is written. Each page is made when it is asked for; an open page renews itself after every
        change of a rule, a scenario or a page. A mistake is told here and at the top of the page, and the last good preview
        stays. The search, offline use and the answers looked up before Python is there belong to a build. Stop it with Ctrl+C.
        """,
        """
        handbook preview
        handbook preview --port 8080
        """,
        run,
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")


def run(given):
    """Preview until stopped."""
    from functools import partial

    from build_scripts.site.preview import preview

    preview(host=given.host, port=given.port, say=partial(print, flush=True))
