"""The whole site against a plain `mkdocs build` of the same Markdown, and how the build grows.

“The same Markdown” is every page with what the rules put into it written out: a plain build of it gives the same pages as ours,
but no maps drawn, no rules read, no Python, index, seal or compression. “From clean” is after `make clean`, but for the runtime
package and for byte code: that of the packages was made by set-up, and that of the handbook's own modules by the build before. The pages as their authors write them, references left as
they stand, are built too, for comparison: they hold a tenth of the text.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from tests.benchmarks.figures import Figure
from tests.benchmarks.machine import ROOT
from tests.benchmarks.made_up import counted, grown

OURS = re.compile(r"^  - build_scripts\.site\.\w+\n", re.MULTILINE)


def build_figures(folder: Path, runs: int) -> list[Figure]:
    """Each way once a turn, so that what else the machine does falls on all alike."""
    written = _plain_project(folder / "written", expand=True)
    as_typed = _plain_project(folder / "as_typed", expand=False)
    cache = ROOT / ".cache"
    _build(ROOT, folder / "site")  # so that the runtime is there
    times, before = {"whole": [], "again": [], "plain": [], "as_typed": []}, processor_seconds()
    used = {name: [] for name in times}

    def take(name, seconds):
        nonlocal before
        times[name].append(seconds)
        used[name].append(processor_seconds() - before)
        before += used[name][-1]

    for _ in range(runs):
        _forget_all_but_runtime(cache, folder / "site")
        shutil.rmtree(folder / "site")
        take("whole", _build(ROOT, folder / "site"))
        take("again", _build(ROOT, folder / "site"))
        take("plain", _mkdocs(written, folder / "plain"))
        take("as_typed", _mkdocs(as_typed, folder / "plain"))
    return [
        Figure("build", "whole site from clean against a plain `mkdocs build` of the same Markdown", "s", times["whole"], times["plain"], most=1.5, note="besides the pages it makes maps, look-up tables, an index, the seal and two compressed copies of everything"),
        Figure(
            "build",
            "the same in seconds of processor, which a busy machine changes less",
            "s",
            used["whole"],
            used["plain"],
            note="what runs on several cores at once counts in full",
        ),
        Figure("build", "whole site again, nothing changed", "s", times["again"]),
        Figure("build", "whole site from clean against a plain build of the pages as typed, references unresolved", "s", times["whole"], times["as_typed"]),
    ]


def processor_seconds() -> float:
    """What the processes that have ended so far have used."""
    used = os.times()
    return used.children_user + used.children_system


def growth_figures(folder: Path, runs: int, times=(1, 10)) -> list[Figure]:
    """Build of the handbook, and of one with so many times its tools and pages."""
    figures = []
    for many in times:
        project = grown(many, folder / f"grown_{many}")
        size, pages = counted(project)
        seconds = [_build(project, folder / f"grown_site_{many}") for _ in range(runs)]
        note = f"{size / 1e6:.1f} MB of rules, {pages} pages"
        figures.append(Figure("build", f"whole site, {many} × the tools and pages", "s", seconds, note=note))
    return figures


def _build(project: Path, into: Path) -> float:
    return _timed([sys.executable, "-m", "build_scripts.cli", "build", "--into", str(into)], project)


def _mkdocs(project: Path, into: Path) -> float:
    return _timed([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(into)], project)


def _timed(command, folder) -> float:
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-3000:]}")
    return taken


def _forget_all_but_runtime(cache: Path, site: Path) -> None:
    """The cache as after `make clean`, but for what belongs to the runtime package."""
    from build_scripts.site.compress import cache_names

    runtime = [file for file in site.glob("runtime/*/*") if file.suffix not in (".br", ".gz")]
    kept = {name for file in runtime for name in cache_names(file.read_bytes())}
    for file in (cache / "compressed").glob("*"):
        if file.name not in kept:
            file.unlink(missing_ok=True)
    for kind in ("minified", "pages"):
        shutil.rmtree(cache / kind, ignore_errors=True)


def _plain_project(folder: Path, *, expand: bool) -> Path:
    """docs/ and mkdocs.yml for MkDocs alone, with the theme and the extensions that come with the packages."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "docs", folder / "docs")
    config = OURS.sub("", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config = config.replace("strict: true", "strict: false")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    if expand:
        from build_scripts.site.pieces.site import load_site
        from build_scripts.site.references import References

        site = load_site()
        written = References(SimpleNamespace(htmlStash=SimpleNamespace(store=lambda html: html)), lambda: site)
        for page in sorted((folder / "docs").rglob("*.md")):
            page.write_text("\n".join(written.run(page.read_text(encoding="utf-8").split("\n"))), encoding="utf-8")
    return folder
