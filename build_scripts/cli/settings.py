"""``handbook settings``: what a web server must be told to serve the site."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "settings",
        "print the settings for a web server",
        """
        Print what a web server must be told: types, compressed copies, how long files may be kept, and the headers for security. It
        is made from what handbook serve does itself.
        """,
        """
        handbook settings nginx --folder /srv/dip --under /dip/ > /etc/nginx/dip-handbook.conf
        handbook settings iis > site/web.config
        """,
        run,
    )
    parser.add_argument("server", metavar="SERVER", choices=("nginx", "apache", "iis"), help="nginx, apache or iis")
    parser.add_argument("--folder", default="/srv/dip", help="where the site lies on the server (default: /srv/dip)")
    parser.add_argument("--under", metavar="PATH", default="/dip/", help="the path to serve it under (default: /dip/)")
    parser.add_argument("--brotli", action="store_true", help="nginx has the module ngx_brotli")


def run(given):
    """Print them."""
    from build_scripts.site.settings import settings

    print(settings(given.server, folder=given.folder, under=given.under, brotli=given.brotli), end="")
