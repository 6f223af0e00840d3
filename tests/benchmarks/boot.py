"""From opening a page to Pyodide's first answer: bytes, and milliseconds cold and warm, in each engine and on a phone."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from build_scripts.chromium import launch_options
from tests.benchmarks.contest import BOTH, answered
from tests.benchmarks.figures import Figure
from tests.engines import chromium, firefox, webkitgtk
from tests.in_chromium import until

MEGABYTES = 1e6
COLD, WARM = "cold", "warm"
# What a second visit finds: the browser keeps compiled code only some time after a first one, so that one visit lies between.
VISITS = (COLD, None, WARM)
SETTLE_SECONDS = 2.0
PHONE = {"slow": 4, "bits": 1.6e6, "delay": 0.150}
MEASURED = "() => globalThis.measured ?? null"


def byte_figures(address, line) -> list[Figure]:
    """Bodies as sent, page and setting left out: they are the benchmark's own."""
    figures, sent = [], {}
    with sync_playwright() as playwright:
        for only in ("br", "gzip"):
            for which in BOTH:
                line.only, line.sent = only, {}
                browser = playwright.chromium.launch(**launch_options())
                page = browser.new_page()
                page.goto(f"{address}bench/{which}.html")
                answered(until(page, MEASURED, seconds=120))
                browser.close()
                sent[only, which] = {name: size for name, size in line.sent.items() if not name.startswith("bench/")}
    line.only = None
    for only, name, most, ratio in (("br", "brotli 11", 2.9, 0.60), ("gzip", "gzip", None, None)):
        ours, stock = (sum(sent[only, which].values()) / MEGABYTES for which in BOTH)
        largest = sorted(sent[only, "ours"].items(), key=lambda one: -one[1])[:6]
        note = ", ".join(f"{Path(file).name} {size:,}" for file, size in largest) if only == "br" else ""
        figures.append(Figure("bytes", f"until the first Pyodide answer, {name}", "MB", [ours], most=most, note=note))
        figures.append(Figure("bytes", f"the same against stock, {name}", "MB", [ours], [stock], most=ratio))
    return figures


# Where the time goes that is left.
WHY = {
    COLD: "both compile the same WebAssembly and start the same CPython; what ours spares is downloads, modules and sources",
    WARM: "ours begins with Python's memory as the first start left it; both compile the same WebAssembly",
}


def boot_figures(address, runs, engines) -> list[Figure]:
    """Each engine, ours and stock in turns."""
    figures = []
    for module, make, marks in (
        (chromium, chromium.Chromium, {COLD: 0.40, WARM: 0.30}),
        (firefox, firefox.Firefox, {}),
        (webkitgtk, webkitgtk.WebKitGTK, {}),
    ):
        if engines and module.NAME.lower() not in engines:
            continue
        if absent := module.missing():
            print(f"  {module.NAME} is missing: {absent}; {module.INSTALL}", flush=True)
            continue
        times, version = {}, ""
        for _ in range(runs):
            for which in BOTH:
                engine = make()
                version = engine.version
                try:
                    for kind in VISITS:
                        engine.open(f"{address}bench/{which}.html")
                        measured = engine.wait_for(MEASURED, what="an answer", seconds=180)
                        answered(measured)
                        if kind:
                            times.setdefault((kind, which), []).append(measured["milliseconds"])
                        time.sleep(SETTLE_SECONDS)
                        engine.open("about:blank")
                finally:
                    engine.close()
        for kind in (COLD, WARM):
            figures.append(
                Figure(
                    "boot",
                    f"{module.NAME} {version}, {kind}, against stock",
                    "ms",
                    *(times[kind, which] for which in BOTH),
                    most=marks.get(kind),
                    note=WHY[kind],
                )
            )
    return figures


def phone_figures(address, line, runs) -> list[Figure]:
    """The phone profile in Chromium; ours and stock in turns."""
    times, factors = {}, []
    with sync_playwright() as playwright:
        for _ in range(runs):
            for which in BOTH:
                with tempfile.TemporaryDirectory() as profile:
                    browser = playwright.chromium.launch_persistent_context(profile, **launch_options())
                    page = browser.pages[0]
                    page.goto(f"{address}bench/setting.json")
                    plain = page.evaluate(WORKER_LOOP)
                    slow_down(page)
                    factors.append(page.evaluate(WORKER_LOOP) / plain)
                    line.slow(PHONE["bits"], PHONE["delay"])
                    for kind in VISITS:
                        page.goto(f"{address}bench/{which}.html")
                        measured = until(page, MEASURED, seconds=300)
                        answered(measured)
                        if kind:
                            times.setdefault((kind, which), []).append(measured["milliseconds"] / 1000)
                        time.sleep(SETTLE_SECONDS)
                        page.goto("about:blank")
                    line.fast()
                    browser.close()
    told = f"the worker ran {sorted(factors)[len(factors) // 2]:.1f} times slower"
    return [
        Figure("phone", f"first Pyodide answer, {kind}, against stock", "s", *(times[kind, which] for which in BOTH), note=told)
        for kind in (COLD, WARM)
    ]


def slow_down(page):
    """The processor of a phone, as Chromium's own tools make it."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": PHONE["slow"]})


# How long a worker takes over the same work: whether the slow-down reaches workers differs between versions of Chromium.
WORKER_LOOP = """
() => new Promise((done, failed) => {
  const worker = new Worker("loop.js");
  worker.onmessage = ({ data }) => { worker.terminate(); done(data); };
  worker.onerror = () => failed(new Error("no worker"));
})
"""
