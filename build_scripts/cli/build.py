"""``handbook build``: the whole site."""

from build_scripts.cli.text import command


def add(commands):
    """Add the command to the parser."""
    parser = command(
        commands,
        "build",
        "build the site into site/",
        """
        Read the rules, draw the maps, write the generated pages, run the site builder, add Python for the browser and seal the
        result: one rules hash on every page, map and bundle. site/ is replaced only when everything has worked.
        """,
        """
        handbook build
        handbook build --into /tmp/preview --site-url https://intranet.example/dip/
        """,
        run,
    )
    parser.add_argument("--into", metavar="FOLDER", default="site", help="where the site goes (default: site)")
    parser.add_argument(
        "--site-url", metavar="URL", help="the address it will be served at (default: that of mkdocs.yml)"
    )


def run(given):
    """Build, saying each step."""
    from build_scripts.site.build import build

    build(given.into, site_url=given.site_url, say=print)
