"""The whole site, step by step: generated files first, then the site builder, then Python for the browser, then the seal."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from build_scripts.site.bundle import write_assets
from build_scripts.site.choosing import put_choice
from build_scripts.site.errors import SiteError
from build_scripts.site.generate import check_references, write_generated
from build_scripts.site.pdf import attach_cached
from build_scripts.site.pieces.site import load_site
from build_scripts.site.seal import seal
from build_scripts.site.search import write_index

ROOT = Path(__file__).resolve().parents[2]
FORM_HASH = re.compile(r'data-rules-hash="([0-9a-f]+)"')


def build(into="site", *, site_url=None, say=print):
    """Build the site into the folder ``into``, which is replaced only when everything has worked.

    ``site_url``: the address it will be served at; only instant navigation needs it to be right. Raises RuleFileError,
    SiteError or DiagramError.
    """
    target, started = Path(into).resolve(), time.monotonic()
    say("Reading the rules")
    site = load_site()
    say(f"Checking what the pages ask of the rules ({site.rules.rules_hash})")
    check_references(site)
    say("Drawing the maps")
    maps = len(site.maps)
    write_generated(site)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        out = work / "site"
        say("Building the pages")
        _mkdocs(out, site_url, site.rules.rules_hash)
        _same_rules(out, site.rules.rules_hash)
        say("Writing the search index")
        write_index(out)
        put_choice(out, site)
        say("Adding Python for the browser")
        write_assets(site.loaded.plain, site.rules.rules_hash, out)
        say("Sealing: links, policy, offline use, compression")
        sealed = seal(out, site.rules.rules_hash)
        if attach_cached(out):
            say("Offering the PDF that was printed from these very pages")
        _swap(out, target, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    shown = os.path.relpath(target)
    say(
        f"Built {sealed.pages} pages and {maps} maps into {shown if not shown.startswith('..') else target} in {time.monotonic() - started:.0f} s; rules hash {site.rules.rules_hash}"
    )


def _mkdocs(out, site_url, rules_hash):
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "HANDBOOK_RULES_HASH": rules_hash,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    if site_url:
        environment["SITE_URL"] = site_url
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--config-file",
            str(ROOT / "mkdocs.yml"),
            "--site-dir",
            str(out),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = "\n".join(line for line in (done.stdout + done.stderr).splitlines() if line.strip())
        raise SiteError(
            "the site builder found something wrong in the pages",
            found="\n" + said[-4000:],
            expected="pages without warnings",
            hint="mend what it names in docs/ or mkdocs.yml",
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
