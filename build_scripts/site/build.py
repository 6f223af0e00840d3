"""The whole site, step by step: generated files first, then the site builder, then Python for the browser, then the seal."""

import os
import re
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_scripts.site.beside import Beside
from build_scripts.site.bundle import write_assets
from build_scripts.site.cache import sweep
from build_scripts.site.choosing import put_choice
from build_scripts.site.errors import SiteError
from build_scripts.site.generate import write_generated
from build_scripts.site.lookup_pages import put_lookups
from build_scripts.site.make_pages import get_ready, make_pages
from build_scripts.site.pdf import attach_cached
from build_scripts.site.pieces.site import load_site
from build_scripts.site.seal import seal
from build_scripts.site.search import put_index, what_is_indexed

FORM_HASH = re.compile(r'data-rules-hash="([0-9a-f]+)"')


def build(into="site", *, site_url=None, say=print):
    """Build the site into the folder ``into``, which is replaced only when everything has worked.

    ``site_url``: the address it will be served at; only instant navigation needs it to be right. Raises RuleFileError,
    SiteError or DiagramError.
    """
    target, started, clock = Path(into).resolve(), time.monotonic(), time.time()
    say("Reading the rules")
    site = load_site()
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        out = work / "site"
        with Beside(site) as beside:
            say(f"Drawing the maps ({site.rules.rules_hash})")
            write_generated(site)
            beside.begin()
            with ThreadPoolExecutor(1) as other:  # Graphviz is a process of its own
                drawn = other.submit(lambda: site.maps)
                get_ready()
                maps = len(drawn.result())
            say("Building the pages")
            make_pages(site, out, site_url)
            _same_rules(out, site.rules.rules_hash)
            say("Writing the search index")
            index = beside.index(*what_is_indexed(out))
            put_choice(out, site)
            say("Adding Python for the browser")
            write_assets(site.loaded.plain, site.rules.rules_hash, out)
            put_lookups(out, site.rules, beside.lookups.result())
            say("Sealing: links, policy, offline use, compression")
            beside.scripts.result()
            sealed = seal(out, site.rules.rules_hash, last=lambda: put_index(out, index.result()), copies=beside.copies)
        if attach_cached(out):
            say("Offering the PDF that was printed from these very pages")
        _swap(out, target, work)
        sweep(clock)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    shown = os.path.relpath(target)
    say(
        f"Built {sealed.pages} pages and {maps} maps into {shown if not shown.startswith('..') else target} in {time.monotonic() - started:.0f} s; rules hash {site.rules.rules_hash}"
    )


def _same_rules(out, rules_hash):
    """The site builder reads the rules again: where somebody changed them meanwhile, nothing is put in place."""
    found = {one for page in out.rglob("*.html") for one in FORM_HASH.findall(page.read_text(encoding="utf-8"))}
    if found - {rules_hash}:
        raise SiteError(
            "the rules changed while the site was built",
            found=", ".join(sorted(found)),
            expected=rules_hash,
            hint="build again",
        )


def _swap(made, target, work):
    """Put the new site where the old one was; the old one stays until the new one is whole."""
    if target.exists():
        target.rename(work / "old")
    made.rename(target)
