"""Lighthouse's marks on its mobile profile. It is no part of the set-up: the first run installs it into .cache/."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from build_scripts.chromium import find
from build_scripts.setup.node import npm
from tests.benchmarks.figures import Figure
from tests.benchmarks.machine import ROOT
from tests.in_node import node

VERSION = "13.5.0"
FOLDER = ROOT / ".cache" / "lighthouse"
PAGES = {"home": "", "a guidance page": "guidance/enforcement/", "a tool page": "tools/identification/"}
MARKS = {"performance": 95, "accessibility": 100, "best-practices": 100}


def installed() -> Path:
    """Lighthouse's program, installed if it is not."""
    program = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    manifest = FOLDER / "node_modules" / "lighthouse" / "package.json"
    if not program.is_file() or json.loads(manifest.read_text(encoding="utf-8"))["version"] != VERSION:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "package.json").write_text(json.dumps({"private": True, "dependencies": {"lighthouse": VERSION}}), encoding="utf-8")
        (FOLDER / ".npmrc").write_bytes((ROOT / ".npmrc").read_bytes())
        subprocess.run([*npm(ROOT), "install", "--no-save", "--no-package-lock"], cwd=FOLDER, check=True, capture_output=True, text=True)
    return program


def lighthouse_figures(address, runs) -> list[Figure]:
    """The median of each mark on each page."""
    program, figures = installed(), []
    for name, path in PAGES.items():
        marks, first = {mark: [] for mark in MARKS}, None
        for _ in range(runs):
            report = _one(program, address + path)
            first = first or report
            for mark, samples in marks.items():
                samples.append(round(100 * report["categories"][mark]["score"]))
        for mark, least in MARKS.items():
            missed = [] if marks[mark] and min(marks[mark]) >= least else _missed(first, mark)
            figures.append(Figure("lighthouse", f"{mark}, {name}", "", marks[mark], least=least, note="; ".join(missed)))
    return figures


def _one(program, address) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report.json"
        command = [
            str(node()),
            str(program),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={told}",
            f"--only-categories={','.join(MARKS)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
        ]
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": str(find())}, capture_output=True, text=True, timeout=300, check=False)
        if not told.is_file():
            raise RuntimeError(f"Lighthouse ended without a report:\n{done.stderr[-2000:]}")
        return json.loads(told.read_text(encoding="utf-8"))


def _missed(report, mark) -> list[str]:
    """What took points, the weightiest first."""
    found = []
    for one in report["categories"][mark]["auditRefs"]:
        audit = report["audits"][one["id"]]
        if one["weight"] and audit["score"] is not None and audit["score"] < 0.995:
            found.append((one["weight"] * (1 - audit["score"]), f"{audit['title']} {audit.get('displayValue', '')}".strip()))
    return [words for _, words in sorted(found, reverse=True)[:4]]
