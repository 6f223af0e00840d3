"""Files of the site as scripts, since a page opened from a folder may load scripts and nothing else."""

from __future__ import annotations

import base64
import gzip
import json
import posixpath
from pathlib import Path

# Smaller ones stay text: they then need nothing of the browser that an old one lacks.
PACKED_FROM = 128 * 1024
INDEX = "index.html"


def write_file(out: Path, name: str, contents: str | bytes, *, as_script: bool = False) -> None:
    """Write a file below `out`; as a script, it gets `.js` behind its name and hands its contents to page.js."""
    data = contents.encode("utf-8") if isinstance(contents, str) else contents
    target = out / (f"{name}.js" if as_script else name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(script_of(name, data).encode("utf-8") if as_script else data)


def script_of(name: str, data: bytes) -> str:
    """The script that holds a file."""
    try:
        text = data.decode("utf-8") if len(data) < PACKED_FROM else None
    except UnicodeDecodeError:
        text = None
    if text is not None:
        return f'handbookFile({_literal(name)}, "text", {_literal(text)});\n'
    packed = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")
    return f'handbookFile({_literal(name)}, "gzip", "{packed}");\n'


def search_index(text: str) -> str:
    """The search's index as the theme reads it from a folder: a script that sets a variable; its places name their pages."""
    index = json.loads(text)
    for one in index["docs"]:
        path, mark, anchor = one["location"].partition("#")
        if not posixpath.splitext(path)[1]:
            one["location"] = f"{posixpath.join(path, INDEX)}{mark}{anchor}"
    return f"var __index = {_literal(index)};\n"


def _literal(value) -> str:
    # What JSON allows and scripts once did not: two line ends of Unicode.
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
