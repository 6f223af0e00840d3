"""A few lines in place of the engine, behind the same door, for tests of what carries it to the browser."""

from __future__ import annotations

import json
from pathlib import Path

from build_scripts.site.bundle import write_bundle, write_manifest
from build_scripts.site.runtime import ROOT, write_runtime
from decision_logic.model import rules_hash

SCRIPTS = ROOT / "docs" / "assets" / "javascripts"

# Characters that JSON, JavaScript or an encoding may treat in a way of their own.
PLAIN = {"tools": {"smoke": {"title": "Ynys Môn: a line separator \u2028, an accent é, a house 🏡"}}}

DOOR = '''
"""Stands in for the engine."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json

kept = None


def start(bundle):
    """Read the rules."""
    global kept
    kept = json.loads(bundle)
    return started()


def started():
    """What `start` returned."""
    return json.dumps({"ok": True, "rules_hash": HASH})


def handle(request):
    """Do what is asked."""
    asked = json.loads(request)
    if asked["do"] == "raise":
        raise ValueError("on purpose")
    while asked["do"] == "loop":
        pass
    answer = {"asked": asked, "title": kept["tools"]["smoke"]["title"], "day": str(datetime.date(2011, 4, 21))}
    return json.dumps({"ok": True, "answer": answer, "text": json.dumps(answer, indent=2, ensure_ascii=False)})
'''


def write_engine(folder: Path, *, more: str = "", plain: dict = PLAIN) -> Path:
    """Write the package `decision_logic` into `folder`, with `more` at the end of its door."""
    package = folder / "decision_logic"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text('"""A docstring that no browser sees."""\n', encoding="utf-8")
    door = DOOR.replace("HASH", json.dumps(rules_hash(plain)))
    (package / "browser.py").write_text(door + more, encoding="utf-8")
    return package


def write_site(out: Path, engine: Path, plain: dict = PLAIN) -> Path:
    """Write what the built site holds for its tools: runtime, rules, engine, manifest, scripts, and an empty page."""
    runtime = write_runtime(out, engine=engine)
    bundle = write_bundle(plain, rules_hash(plain), out, engine=engine)
    write_manifest(out, rules_hash(plain), runtime, bundle)
    return add_scripts(out)


def add_scripts(out: Path) -> Path:
    """Put the site's scripts and an empty page where the site builder would put them."""
    scripts = out / "assets" / "javascripts"
    scripts.mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS.glob("*.js"):
        (scripts / script.name).write_bytes(script.read_bytes())
    page = '<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,">'
    (out / "index.html").write_text(page, encoding="utf-8")
    return out
