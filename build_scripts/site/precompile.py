"""Python sources to an archive of byte code that Pyodide reads without compiling or inflating anything.

Most of the time that Python takes to start in a browser goes into compiling the standard library. The compiling is
done here by pyodide-build's `py-compile`; docstrings go before it (they would be text that nobody sees), line tables
of the standard library after it, and the bytes are made the same whenever and wherever the build runs.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import io
import marshal
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import CodeType

from build_scripts.site.cache import kept
from build_scripts.site.errors import SiteError

# Byte code is read only by the minor version that wrote it.
PYTHON = (3, 13)

# The oldest time that a zip archive can hold: what is in the archive decides its bytes, not when it was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

# Magic number, then "checked against nothing" (the archive's path already changes with its contents), then 8 empty
# bytes in place of the source's hash.
_PYC_HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)


def precompile(sources: Mapping[str, bytes], *, keep_lines: bool) -> bytes:
    """An archive of the byte code of `sources` (path in the archive → source), stored and not compressed.

    With `keep_lines` an error in the browser still names the line; without, the archive is a quarter smaller.
    """
    if sys.version_info[:2] != PYTHON:
        raise SiteError(
            "The browser's Python cannot be precompiled by this one.",
            found=f"Python {sys.version_info.major}.{sys.version_info.minor}",
            expected=f"Python {PYTHON[0]}.{PYTHON[1]}, as .python-version says",
            hint="Run `make setup`, then build with .venv/bin/handbook.",
        )
    return kept("precompiled", f"{_key(sources, keep_lines)}.zip", lambda: _precompiled(sources, keep_lines))


def _key(sources: Mapping[str, bytes], keep_lines: bool) -> str:
    """A hash over all that shapes the archive: the sources, the compiler, and this file."""
    digest = hashlib.sha256(f"{sys.version}\0{version('pyodide-build')}\0{keep_lines}\0".encode())
    digest.update(Path(__file__).read_bytes())
    for name in sorted(sources):
        digest.update(f"\0{name}\0{len(sources[name])}\0".encode() + sources[name])
    return digest.hexdigest()[:32]


def _precompiled(sources: Mapping[str, bytes], keep_lines: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "sources.zip"
        archive.write_bytes(stored_zip({path: without_docstrings(source) for path, source in sources.items()}))
        _py_compile(archive)
        with zipfile.ZipFile(archive) as compiled:
            codes = {name: compiled.read(name) for name in compiled.namelist()}
    return stored_zip({name: _normal(pyc, keep_lines) for name, pyc in codes.items()})


def stored_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on names and contents alone. Nothing is compressed: the web server does that better."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            # What the archive says of its maker would otherwise differ between systems.
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def without_docstrings(source: bytes) -> bytes:
    """`source` with each docstring put out of action and every other line where it was."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0] if node.body else None
        if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
            continue
        text = first.value
        if not isinstance(text.value, str):
            continue
        before, after = lines[text.lineno - 1][: text.col_offset], lines[text.end_lineno - 1][text.end_col_offset :]
        if isinstance(node, ast.Module):
            # Nothing may stand before `from __future__ import …`, so here the text goes and leaves nothing behind.
            opening, closing, after = b"", b"", after.lstrip(b" ;")
        else:
            # A number in brackets is no docstring, makes no code, and may stand wherever the text stood.
            opening, closing = b"(", b"0)"
        if text.lineno == text.end_lineno:
            lines[text.lineno - 1] = before + opening + closing + after
        else:
            lines[text.lineno - 1] = before + opening + b"\n"
            lines[text.lineno : text.end_lineno - 1] = [b"\n"] * (text.end_lineno - 1 - text.lineno)
            lines[text.end_lineno - 1] = closing + after
    return b"".join(lines)


def _py_compile(archive: Path) -> None:
    # A process of its own with a fixed hash seed: what this process has loaded so far would show in the byte code.
    command = [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", "--no-keep", "--compression-level", "0"]
    # An error names its line; columns would only be bytes to fetch.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "", "PYTHONNODEBUGRANGES": "1"}
    done = subprocess.run([*command, str(archive)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SiteError(
            "pyodide-build could not compile the Python sources for the browser.",
            found=(done.stderr or done.stdout).strip()[-2000:],
            expected="`pyodide py-compile` to end well",
            hint="Run `make setup` again.",
        )


def _normal(pyc: bytes, keep_lines: bool) -> bytes:
    # The 16 bytes before the code hold the time at which the source was written.
    code = marshal.loads(pyc[16:])
    return _PYC_HEADER + marshal.dumps(code if keep_lines else _without_lines(code))


def _without_lines(code: CodeType) -> CodeType:
    constants = tuple(_without_lines(c) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_linetable=_no_lines(len(code.co_code) // 2), co_consts=constants)


def _no_lines(units: int) -> bytes:
    """The shortest line table that covers `units` instructions and says of each that it has no line.

    An empty table would be shorter, but `traceback` fails on it, and with it the report of every error.
    One byte an entry: the top bit, kind 15 (no location), and in the lowest three bits the length less one.
    """
    whole, rest = divmod(units, 8)
    return b"\xff" * whole + (bytes([0xF8 | (rest - 1)]) if rest else b"")
