"""From an edited rule file to the fresh page, in a copy of the project."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.made_up import grown

PAGE = "tools/appointment/"
RULES = "decision_logic/rules/tools/appointment.yml"
SECONDS = 60


def preview_figures(folder: Path, runs: int) -> list[Figure]:
    """The title of a tool is changed again and again; the time ends when its page, asked for at once, has the new one."""
    project = grown(1, folder / "previewed")
    process = subprocess.Popen(
        [sys.executable, "-m", "build_scripts.cli", "preview", "--port", "0"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = re.search(r"http://\S+/", process.stdout.readline())[0]
        _fetched(address + PAGE)
        file = project / RULES
        text, samples = file.read_text(encoding="utf-8"), []
        for number in range(runs):
            begun = time.perf_counter()
            file.write_text(re.sub(r"^title: ", f"title: Edited {number} ", text, count=1, flags=re.MULTILINE), encoding="utf-8")
            while f"Edited {number} " not in _fetched(address + PAGE):
                if time.perf_counter() - begun > SECONDS:
                    raise RuntimeError(f"the preview did not show the change within {SECONDS} seconds")
                time.sleep(0.05)
            samples.append(time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)
    return [Figure("preview", "an edited rule file, to its tool's page with the change", "s", samples, most=3)]


def _fetched(address) -> str:
    with urllib.request.urlopen(address, timeout=SECONDS) as response:
        return response.read().decode("utf-8")
