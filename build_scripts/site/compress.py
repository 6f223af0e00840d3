"""Compressed copies beside the files of the site, for servers that send them as they are.

What stays the same from build to build (Python, the theme, scripts, looks) gets the smallest copy there is, kept in .cache/ by the
hash of its content. Every page carries the rules hash, so all pages change with every rule: they get the copy that is made ten times
as fast and is a tenth larger. Both compressors let other threads run meanwhile.
"""

import gzip
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from build_scripts.site.cache import kept

SUFFIXES = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".wasm", ".zip"}
LEAST = 512
QUICK = {".html": 9}
SMALLEST = 11


def compress_all(files):
    """Put .br and .gz beside each of ``files`` that gains by it."""
    worth = [file for file in map(Path, files) if file.suffix in SUFFIXES and file.is_file() and file.stat().st_size > LEAST]
    # The largest first, so that no thread is left alone with one of them at the end.
    worth.sort(key=lambda file: (-file.stat().st_size, file))
    with ThreadPoolExecutor(os.cpu_count() or 2) as threads:
        for _ in threads.map(_compress, worth):
            pass


def _compress(file):
    data, quality = file.read_bytes(), QUICK.get(file.suffix, SMALLEST)

    def small():
        return brotli.compress(data, quality=quality)

    if quality == SMALLEST:
        name = f"{hashlib.sha256(data).hexdigest()[:32]}-{brotli.__version__}-{quality}.br"
        made = kept("compressed", name, small)
    else:
        made = small()
    file.with_name(file.name + ".br").write_bytes(made)
    file.with_name(file.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
