"""The Python that the browser runs, served by the site itself: `runtime/HASH/`.

Pyodide's own files come from its npm package as they are, but for the archive of the standard library, which is cut
down to what the start and `decision_logic` need and precompiled. HASH is taken over the contents, so the folder may be
kept by browsers for ever, and nothing in it depends on the rules: a rule that changes never makes anybody download
Python again.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from build_scripts.site.cache import kept
from build_scripts.site.closure import foreign_imports, late_imports, needed_modules
from build_scripts.site.errors import SiteError
from build_scripts.site.precompile import PYTHON, precompile

ROOT = Path(__file__).resolve().parents[2]
PYODIDE = ROOT / "node_modules" / "pyodide"
ENGINE = ROOT / "decision_logic"
STANDINS = Path(__file__).with_name("standins")
CLOSURE = Path(__file__).with_name("closure.py")

# The npm package's name for the loader, and ours: servers that do not know `.mjs` send it with a type that browsers
# refuse to run, while `.js` is known everywhere.
LOADER_IN_PACKAGE = "pyodide.mjs"
LOADER = "pyodide.js"
SCRIPT = "pyodide.asm.js"
WASM = "pyodide.asm.wasm"
STDLIB = "python_stdlib.zip"
LOCK = "pyodide-lock.json"


def write_runtime(out: Path, *, pyodide: Path = PYODIDE, engine: Path = ENGINE) -> Path:
    """Write `out/runtime/HASH/` and return it; does nothing where that folder is already there.

    `pyodide` is the unpacked npm package, `engine` the package whose imports the standard library is cut down to.
    """
    files = runtime_files(pyodide, engine)
    folder = out / "runtime" / content_hash(files)
    write_whole(folder, files)
    return folder


def runtime_files(pyodide: Path = PYODIDE, engine: Path = ENGINE) -> dict[str, bytes]:
    """Name → bytes of everything that the worker loads before the rules."""
    for name in (LOADER_IN_PACKAGE, SCRIPT, WASM, STDLIB, LOCK):
        if not (pyodide / name).is_file():
            raise SiteError(
                "Pyodide's files are not there.",
                where=str(pyodide),
                found=f"no {name}",
                expected="the npm package pyodide, as package-lock.json names it",
                hint="Run `make setup`.",
            )
    return {
        LOADER: _without_source_map((pyodide / LOADER_IN_PACKAGE).read_bytes()),
        SCRIPT: _without_source_map((pyodide / SCRIPT).read_bytes()),
        WASM: (pyodide / WASM).read_bytes(),
        STDLIB: precompile(stdlib_sources(pyodide, engine), keep_lines=False),
        LOCK: _lock_without_packages((pyodide / LOCK).read_bytes()),
    }


def stdlib_sources(pyodide: Path = PYODIDE, engine: Path = ENGINE) -> dict[str, bytes]:
    """Path in the archive → source, of the modules that the start and `engine` need."""
    everything = whole_stdlib(pyodide)
    read = {"python": sys.version.encode(), **everything, **{str(file.relative_to(engine)): file.read_bytes() for file in engine.rglob("*.py")}, "closure.py": CLOSURE.read_bytes()}
    needed = kept("precompiled", f"needed-{content_hash(read)}.json", lambda: json.dumps(_needed(everything, engine)).encode())
    return {name: everything[name] for name in json.loads(needed)}


def _needed(everything: Mapping[str, bytes], engine: Path) -> list[str]:
    """The modules of the library that the start and `engine` need, where `engine` imports nothing that fails in the browser."""
    _check_imports(engine)
    return needed_modules(everything, engine)


def whole_stdlib(pyodide: Path = PYODIDE) -> dict[str, bytes]:
    """Path in the archive → source, of all modules of Pyodide's library, those that nothing uses replaced by stand-ins."""
    with zipfile.ZipFile(pyodide / STDLIB) as archive:
        everything = {name: archive.read(name) for name in archive.namelist() if name.endswith(".py")}
    for file in sorted(STANDINS.rglob("*.py")):
        name = file.relative_to(STANDINS).as_posix()
        if name not in everything:
            raise SiteError(
                "A stand-in stands in for nothing: Pyodide's library has no such module.",
                where=str(file),
                found=name,
                expected="the path of a module of Pyodide's standard library",
                hint="Pyodide has changed; see build_scripts/site/standins/README.md.",
            )
        everything[name] = file.read_bytes().replace(b"\r\n", b"\n")
    return everything


def content_hash(files: Mapping[str, bytes]) -> str:
    """16 hex digits over names and contents."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` into `folder`, each appearing whole or not at all, and leave alone what is already right."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, contents in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == contents:
            continue
        part = folder / f".{name}.part"
        part.write_bytes(contents)
        part.replace(path)


def _check_imports(engine: Path) -> None:
    late = late_imports(engine)
    if late:
        first = late[0]
        raise SiteError(
            "An import stands inside a function; it would fail in the browser alone.",
            where=f"{first.file}:{first.line}",
            found=", ".join(f"{one.module} (line {one.line} of {one.file.name})" for one in late),
            expected=f"every import of {engine.name} at the top of its module",
            hint="Move it there; the build then puts the module into the browser's standard library.",
        )
    foreign = foreign_imports(engine)
    if foreign:
        raise SiteError(
            f"{engine.name} imports what the browser does not have.",
            where=str(engine),
            found=", ".join(foreign),
            expected="modules of the standard library alone",
            hint="Do that work in build_scripts/ and hand the engine plain data.",
        )


def _lock_without_packages(lock: bytes) -> bytes:
    """Pyodide asks for its list of packages at every start; ours is empty, since the engine needs none."""
    info = json.loads(lock)["info"]
    if info["python"].split(".")[:2] != [str(part) for part in PYTHON]:
        raise SiteError(
            "Pyodide brings another Python than the one that precompiles for it.",
            where="pyodide-lock.json",
            found=f"Python {info['python']}",
            expected=f"Python {PYTHON[0]}.{PYTHON[1]}",
            hint="Pin a pyodide 0.29 in package.json.",
        )
    return (json.dumps({"info": info, "packages": {}}, sort_keys=True) + "\n").encode()


def _without_source_map(script: bytes) -> bytes:
    # The map is not served, and asking for it would be an error in the console of whoever opens the tools.
    return re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"\n", script)
