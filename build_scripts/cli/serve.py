"""``handbook serve``: the built site on this machine."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "serve",
        "serve the built site on this machine",
        """
        Serve site/ as a careful web server would: the right types, the content security policy on every response, compressed
        files where the browser takes them. Stop it with Ctrl+C.
        """,
        """
        handbook serve
        handbook serve --port 8080
        """,
        run,
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default="site", help="the built site (default: site)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")
    parser.add_argument(
        "--under", metavar="PATH", default="/", help="the path to serve it under, such as /dip/ (default: /)"
    )


def run(given):
    """Serve until stopped."""
    from build_scripts.site.server import serve

    serve(given.folder, host=given.host, port=given.port, under=given.under, say=print)
