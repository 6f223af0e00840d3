"""Our Pyodide against stock Pyodide of the same version: the same question, the same answer, the same server and compression."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

from build_scripts.site.compress import Compressor
from tests.benchmarks.wire import linked_copy

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).with_name("pages")
PACKAGE = ROOT / "node_modules" / "pyodide"
# What loadPyodide() fetches by itself.
STOCK = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
REQUEST = {"do": "decide", "tool": "appointment", "answers": {}, "on": "2010-06-01", "in": "england", "today": "2010-06-01"}
BOTH = ("ours", "stock")


def prepared(site: Path, into: Path) -> Path:
    """A copy of the site with two more pages, bench/ours.html and bench/stock.html, and all that the second one needs."""
    site = linked_copy(site, into)
    manifest = json.loads((site / "assets-manifest.json").read_text(encoding="utf-8"))
    stock, bench = site / "runtime" / "stock", site / "bench"
    stock.mkdir(parents=True)
    for name in STOCK:
        shutil.copyfile(PACKAGE / name, stock / name)
    shutil.copyfile(PAGES / "stock_worker.js", stock / "stock_worker.js")
    (stock / "decision_logic.zip").write_bytes(sources())
    bench.mkdir()
    for name in ("ours.html", "ours.js", "stock.html", "stock.js", "loop.js"):
        shutil.copyfile(PAGES / name, bench / name)
    script = next(file for file in (*sorted(site.glob("scripts/*/engine.js")), site / "assets/javascripts/engine.js") if file.is_file())
    setting = {
        "engine_script": f"../{script.relative_to(site).as_posix()}",
        "request": REQUEST,
        "stock": {
            "engine": "decision_logic.zip",
            "rules": f"../../{manifest['rules']['path']}{manifest['rules']['rules']}",
        },
    }
    (bench / "setting.json").write_text(json.dumps(setting), encoding="utf-8")
    with Compressor() as compressor:
        compressor.add([*stock.iterdir(), *bench.iterdir()])
    return site


def sources() -> bytes:
    """The engine's sources in a zip, stored: the server compresses them better than a zip would."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted((ROOT / "decision_logic").rglob("*.py")):
            archive.writestr(file.relative_to(ROOT).as_posix(), file.read_bytes())
    return made.getvalue()


def answered(measured: dict) -> dict:
    """The answer of a visit; AssertionError where there is none."""
    reply = measured["reply"]
    assert reply.get("ok"), reply
    return reply["answer"]
