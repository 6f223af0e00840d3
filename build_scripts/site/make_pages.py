"""MkDocs within this process, so that rules, scenarios and maps that were read and drawn once serve every page."""

import logging
import os
from contextlib import contextmanager
from pathlib import Path

from build_scripts.site.edition import edition
from build_scripts.site.errors import SiteError
from build_scripts.site.generate import check_references, check_written
from build_scripts.site.references import given

ROOT = Path(__file__).resolve().parents[2]


def get_ready():
    """Bring the site builder in, which takes a moment."""
    # MkDocs asks for it when it is imported; its notice about its own future says nothing about this site.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import mkdocs.commands.build
    import mkdocs.config
    from material.plugins.search import plugin

    return mkdocs, plugin


def make_pages(site, out, site_url=None, *, config_file=ROOT / "mkdocs.yml"):
    """Build the pages of docs/ into the folder ``out``. Raises SiteError with all that is wrong in them."""
    get_ready()
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    check_written()
    with given(site), said_by_mkdocs() as said, _pages_listed_only():
        try:
            more = {"site_url": site_url} if site_url else {}
            config = load_config(str(config_file), site_dir=str(out), strict=True, **more)
            config.extra["rules_hash"], config.extra["edition"] = site.rules.rules_hash, edition()
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
        except SiteError:
            # The first reference that cannot be resolved ends the building of pages; whoever mends them wants to see all.
            check_references(site)
            raise
        except MkDocsException as problem:
            raise SiteError(
                "the site builder found something wrong in the pages",
                found="\n" + "\n".join([*said, str(problem)])[-4000:],
                expected="pages without warnings",
                hint="mend what it names in docs/ or mkdocs.yml",
            ) from None


@contextmanager
def _pages_listed_only():
    """The theme lists its pages for the search, and no more: their words are put into the index by build_scripts/site/search.py."""
    from material.plugins.search.plugin import SearchIndex

    def listed(self, page):
        said = page.meta.get("search") or {}
        if not said.get("exclude"):
            boost = {"boost": said["boost"]} if "boost" in said else {}
            self.entries.append({"location": page.url, "title": "", "text": "", **boost})

    whole = SearchIndex.add_entry_from_context
    SearchIndex.add_entry_from_context = listed
    try:
        yield
    finally:
        SearchIndex.add_entry_from_context = whole


class _Said(logging.Handler):
    def __init__(self, said):
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record):
        self.said.append(f"{record.levelname} - {record.getMessage()}")


@contextmanager
def said_by_mkdocs():
    """A list that fills with what MkDocs warns of; its counter of warnings is taken away again."""
    log, said = logging.getLogger("mkdocs"), []
    handlers, propagate = list(log.handlers), log.propagate
    log.addHandler(_Said(said))
    log.propagate = False
    try:
        yield said
    finally:
        log.handlers[:] = handlers
        log.propagate = propagate
