"""The rules and the engine as the browser gets them, and the manifest by which a page finds everything.

    rules/RULES_HASH/rules.json                  the plain data, the very text that `browser.start` takes
    rules/RULES_HASH/decision_logic-HASH.zip     the engine, precompiled; HASH is taken over its contents
    assets-manifest.json                         where the two immutable folders are, and what is in them

The engine stands beside the rules and not in the runtime, so that a change of either never makes anybody download
Python again. Its own hash is in its name, because a change of code does not change RULES_HASH.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from build_scripts.site.constructors import with_constructors
from build_scripts.site.precompile import precompile
from build_scripts.site.runtime import ENGINE, content_hash, write_runtime, write_whole

FORMAT = "handbook.assets/1"
MANIFEST = "assets-manifest.json"
RULES = "rules.json"


def write_assets(plain: dict, rules_hash: str, out: Path) -> list[Path]:
    """Everything the tools need, below `out`: runtime, rules, engine and manifest. Returns the files."""
    runtime = write_runtime(out)
    bundle = write_bundle(plain, rules_hash, out)
    return [*sorted(runtime.iterdir()), *bundle, write_manifest(out, rules_hash, runtime, bundle)]


def write_bundle(plain: dict, rules_hash: str, out: Path, *, engine: Path = ENGINE) -> list[Path]:
    """Write `out/rules/RULES_HASH/` and return its two files: the rules, then the engine."""
    engine_zip = engine_archive(engine)
    engine_name = f"{engine.name}-{content_hash({engine.name: engine_zip})}.zip"
    folder = out / "rules" / rules_hash
    write_whole(folder, {RULES: rules_text(plain).encode(), engine_name: engine_zip})
    return [folder / RULES, folder / engine_name]


def rules_text(plain: dict) -> str:
    """The plain data as JSON without needless bytes, in the order of the files: ties are settled by that order."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def engine_archive(engine: Path = ENGINE) -> bytes:
    """The package's modules, precompiled. Lines are kept, so that an error in the browser names its line."""
    modules = sorted(path for path in engine.rglob("*.py") if "__pycache__" not in path.parts)
    names = [path.relative_to(engine.parent).as_posix() for path in modules]
    sources = {name: with_constructors(path.read_bytes(), name) for name, path in zip(names, modules, strict=True)}
    return precompile(sources, keep_lines=True)


def write_manifest(out: Path, rules_hash: str, runtime: Path, bundle: Sequence[Path]) -> Path:
    """Write `out/assets-manifest.json`, the one file among these that is not immutable."""
    rules, engine = bundle
    manifest = {
        "format": FORMAT,
        "rules_hash": rules_hash,
        "runtime": {
            "path": f"{runtime.relative_to(out).as_posix()}/",
            "files": _sizes(path for path in runtime.iterdir() if not path.name.startswith(".")),
        },
        "rules": {
            "path": f"{rules.parent.relative_to(out).as_posix()}/",
            "rules": rules.name,
            "engine": engine.name,
            "files": _sizes([rules, engine]),
        },
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_whole(out, {MANIFEST: text.encode()})
    return out / MANIFEST


def _sizes(paths) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(paths)}
