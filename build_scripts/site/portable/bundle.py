"""Makes the folder and the zip from a built site; both appear whole or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.portable.archive import write_zip
from build_scripts.site.portable.files import search_index, write_file
from build_scripts.site.portable.names import check_names
from build_scripts.site.portable.pages import Pages, used_scripts
from build_scripts.site.portable.scripts import Scripts

NAME = "dip-handbook"
START = "START-HERE.html"
README = "README.txt"
# The site within the folder: what a reader need not see when the folder is opened.
SITE = "handbook"
HERE = Path(__file__).parent
SEARCH = "search/search_index.json"
HASH = re.compile(r"<code data-page-rules-hash>([0-9a-f]+)</code>")
# Whatever browsers fetch becomes a script. Immutable folders hold nothing else.
FETCHED = (".json", ".wasm", ".zip")
IMMUTABLE = ("runtime/", "rules/")
# For servers alone: compressed copies, settings, the page for what is not there, offline use, the map for instant navigation.
FOR_SERVERS = (".br", ".gz", ".map", ".webmanifest", ".xml")
SERVER_FILES = frozenset({"_headers", "404.html", "sw.js", "manifest.json", "web.config", ".htaccess"})


@dataclass(frozen=True)
class Bundled:
    """What was made: the folder and the zip, with their bytes, the number of pages and the longest path within the zip."""

    folder: Path
    zip: Path
    pages: int
    files: int
    folder_bytes: int
    zip_bytes: int
    longest_path: int


def make_bundle(site="site", into="bundle", *, say=print) -> Bundled:
    """Make `into`/dip-handbook/ and `into`/dip-handbook.zip from the built site in the folder `site`. Raises SiteError."""
    site, into = Path(site).resolve(), Path(into).resolve()
    if not (site / "index.html").is_file():
        raise SiteError(
            "There is no built site to make the copy from.",
            found=f"no index.html in {site}",
            expected="the folder of a built site",
            hint="Run `handbook build` first.",
        )
    _check_target(into / NAME)
    into.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{NAME}-", dir=into))
    try:
        made = work / NAME
        pages = _write_site(site, made / SITE, say)
        _write_top(made, site)
        names = check_names(made)
        say("Packing")
        archive = write_zip(made, work / f"{NAME}.zip", names)
        size = sum(file.stat().st_size for file in made.rglob("*") if file.is_file())
        result = Bundled(
            into / NAME, into / f"{NAME}.zip", pages, len(names), size, archive.stat().st_size, max(map(len, names))
        )
        _put_in_place(work, into)
        return result
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_site(site: Path, out: Path, say) -> int:
    names = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    pages = {
        name: (site / name).read_text(encoding="utf-8") for name in names if name.endswith(".html") and name not in SERVER_FILES
    }
    say("Turning modules into scripts")
    used = used_scripts(pages)
    scripts = Scripts(site, used).made()
    say("Putting what is fetched into scripts")
    for name in names:
        if name in pages or name in SERVER_FILES or name.endswith(FOR_SERVERS):
            continue
        if name == SEARCH:
            write_file(out, "search/search_index.js", search_index((site / name).read_text(encoding="utf-8")))
        elif name.endswith(".js") or name.endswith(".mjs"):
            if name in used.classic:
                write_file(out, name, (site / name).read_bytes())
        elif name.endswith(FETCHED) or name.startswith(IMMUTABLE):
            write_file(out, name, (site / name).read_bytes(), as_script=True)
        else:
            write_file(out, name, (site / name).read_bytes())
    for name, text in scripts.page.items():
        write_file(out, name, text)
    for name, text in scripts.workers.items():
        write_file(out, name, text.encode("utf-8"), as_script=True)
    say("Turning the pages")
    turned = Pages(pages, used.entry, {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()})
    for name, html in pages.items():
        write_file(out, name, turned.turned(name, html))
    turned.assert_links_lead_somewhere()
    return len(pages)


def _write_top(folder: Path, site: Path) -> None:
    """What lies beside the site: where to start, and what this is."""
    found = HASH.search((site / "index.html").read_text(encoding="utf-8"))
    text = (HERE / README).read_text(encoding="utf-8").replace("RULES_HASH", found[1] if found else "not known")
    # The line ends that every editor of every system shows.
    write_file(folder, README, text.replace("\n", "\r\n"))
    write_file(folder, START, (HERE / START).read_text(encoding="utf-8"))
    write_file(folder, f"{SITE}/start.js", (HERE / "start.js").read_text(encoding="utf-8"))


def _check_target(folder: Path) -> None:
    """What will be replaced must be a copy that was made before."""
    if folder.exists() and not (folder / START).is_file():
        raise SiteError(
            "Something else is where the folder would go; it is left alone.",
            found=str(folder),
            expected=f"nothing there, or a copy made before, with {START} in it",
            hint="Choose another folder with --into, or move that one away.",
        )


def _put_in_place(work: Path, into: Path) -> None:
    """Folder and zip take the places of the old ones; where the second fails, the first goes back."""
    folder, old = into / NAME, work / "old"
    if folder.exists():
        folder.rename(old)
    try:
        (work / NAME).rename(folder)
        (work / f"{NAME}.zip").replace(into / f"{NAME}.zip")
    except OSError:
        if folder.exists():
            folder.rename(work / "not-wanted")
        if old.exists():
            old.rename(folder)
        raise
