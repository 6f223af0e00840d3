"""Measures the built site and its build: `make bench`, or `python -m tests.benchmarks [PART …]`.

Prints every figure as it comes and writes BENCHMARKS.md. Ends with 0 whether marks are met or missed: a miss is a finding.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import answers, boot, builds, contest, lighthouse, machine, preview, report
from tests.benchmarks.figures import Figure
from tests.benchmarks.wire import serving

PARTS = ("bytes", "boot", "phone", "answers", "lighthouse", "build", "growth", "preview")


def main(arguments=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them unless named")
    parser.add_argument("--runs", type=int, default=5, help="samples of each figure (5)")
    parser.add_argument("--growth-runs", type=int, default=1, help="builds of each grown handbook (1)")
    parser.add_argument("--engines", default="", help="boot only in these, with commas between them")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site (site)")
    parser.add_argument("--into", type=Path, help="the report (BENCHMARKS.md, where every part is measured or kept)")
    parser.add_argument("--keep", type=Path, help="a file of figures: those of parts not measured now come from it")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.parts if name not in PARTS]:
        parser.error(f"no part named {', '.join(unknown)}; there are {', '.join(PARTS)}")
    described = [*machine.described(), answers.browser_version()]
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        site = contest.prepared(options.site.resolve(), folder / "served")
        with serving(site) as (address, line):
            measures = {
                "bytes": lambda: boot.byte_figures(address, line),
                "boot": lambda: boot.boot_figures(address, options.runs, [one for one in options.engines.split(",") if one]),
                "phone": lambda: [*answers.first_answer_figures(address, line, options.runs), *boot.phone_figures(address, line, options.runs)],
                "answers": lambda: answers.change_figures(address, options.runs),
                "lighthouse": lambda: lighthouse.lighthouse_figures(address, options.runs),
                "build": lambda: builds.build_figures(folder, options.runs),
                "growth": lambda: builds.growth_figures(folder, options.growth_runs),
                "preview": lambda: preview.preview_figures(folder, options.runs),
            }
            for part in options.parts or PARTS:
                print(f"{part}:", flush=True)
                for figure in measures[part]():
                    figures.append((part, figure))
                    print("  " + "   ".join(cell for cell in figure.row if cell), flush=True)
                _keep(figures, options)  # a run that is stopped leaves what it has measured
    figures = _kept(figures, options)
    whole = {figure.part for figure in figures} >= set(report.TITLES)
    into = options.into or (machine.ROOT / "BENCHMARKS.md" if whole else None)
    if into is None:
        print("BENCHMARKS.md is left as it is: not every part was measured. --into FILE writes a report of these.", flush=True)
        return 0
    into.write_text(report.written(figures, described, options.runs), encoding="utf-8", newline="\n")
    print(f"Written: {into}", flush=True)
    return 0


def _kept(figures, options) -> list[Figure]:
    """All figures in the order of parts; with --keep those of other parts from the file."""
    return [figure for part in PARTS for of, figure in _merged(figures, options) if of == part]


def _keep(figures, options) -> None:
    """With --keep the file of figures is written anew."""
    if options.keep:
        merged = _merged(figures, options)
        options.keep.write_text(json.dumps([(part, asdict(one)) for part, one in merged]), encoding="utf-8")


def _merged(figures, options) -> list[tuple[str, Figure]]:
    kept = json.loads(options.keep.read_text(encoding="utf-8")) if options.keep and options.keep.is_file() else []
    measured = {part for part, _ in figures}
    return [*figures, *((part, Figure(**one)) for part, one in kept if part not in measured)]


if __name__ == "__main__":
    sys.exit(main())
