"""What the figures were measured on: the kind of machine and the programs, and nothing that names a machine or a person."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def described() -> list[str]:
    """Lines about the machine, its load now, and the versions that matter."""
    lines = [
        f"{os.cpu_count()} cores ({_processor()}), {_memory()}, {platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}, MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}, Pyodide {pyodide_version()}",
    ]
    if hasattr(os, "getloadavg"):
        lines.append(
            f"load when the run began: {os.getloadavg()[0]:.1f} processes on {os.cpu_count()} cores"
            + (" (busy: ratios hold better than seconds)" if os.getloadavg()[0] > (os.cpu_count() or 1) else "")
        )
    return lines


def pyodide_version() -> str:
    return json.loads((ROOT / "node_modules" / "pyodide" / "package.json").read_text(encoding="utf-8"))["version"]


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    if sys.platform == "darwin":
        return subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False).stdout.strip()
    return platform.processor() or "unknown"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB of memory"
    except (ValueError, OSError, AttributeError):
        return "memory unknown"
