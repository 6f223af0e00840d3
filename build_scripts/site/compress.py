"""Compressed copies beside the files of the site, for servers that send them as they are.

What stays the same from build to build (Python, the theme, scripts, looks) gets the smallest copy there is. Every page carries the
rules hash, so all pages change with every rule: they get a copy that is made many times as fast and is a tenth larger. Copies are
kept in .cache/ by the hash of their content, those of pages until the next build. Both compressors let other threads run meanwhile.
"""

import gzip
import hashlib
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from build_scripts.site.cache import kept

SUFFIXES = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".wasm", ".zip"}
LEAST = 512
# One more would ask the system for so much memory each time that it takes eight times as long, for half a hundredth less.
QUICK = {".html": 8}
# It changes with every word of a page: half the time for a fiftieth more.
QUICK_FILES = {"search_index.json": 10}
SMALLEST = 11


class Compressor:
    """Makes the copies in threads of its own while the build goes on; leaving its ``with`` waits for the last."""

    def __enter__(self):
        self.threads, self.doing = ThreadPoolExecutor(os.cpu_count() or 2), []
        return self

    def __exit__(self, kind, *_):
        self.threads.shutdown(wait=True, cancel_futures=kind is not None)
        if kind is None:
            for one in self.doing:
                one.result()

    def add(self, files, after=()):
        """Put .br and .gz beside each of ``files`` that gains by it and is as it will stay; ``after``: what is waited for before."""
        worth = [file for file in map(Path, files) if file.suffix in SUFFIXES and file.is_file() and file.stat().st_size > LEAST]
        # The largest first, so that no thread is left alone with one of them at the end.
        for file in sorted(worth, key=lambda file: (-file.stat().st_size, file)):
            self.doing.append(self.threads.submit(_compress, file, after))


def cache_names(data, quality=SMALLEST):
    """The names under which the copies of ``data`` are kept, of brotli and of gzip."""
    digest = hashlib.sha256(data).hexdigest()[:32]
    return f"{digest}-{brotli.__version__}-{quality}.br", f"{digest}-{zlib.ZLIB_RUNTIME_VERSION}-9.gz"


def keep_copies(name, data):
    """Make the copies of a file's data, and keep them for when it is there."""
    if len(data) > LEAST:
        _copies(name, data)


def _compress(file, after):
    for one in after:
        one.result()
    for end, copy in _copies(file.name, file.read_bytes()).items():
        file.with_name(file.name + end).write_bytes(copy)


def _copies(name, data):
    """{end of the name: compressed copy}"""
    name = Path(name)
    quality = QUICK_FILES.get(name.name, QUICK.get(name.suffix, SMALLEST))
    kind, names = "compressed" if quality == SMALLEST else "pages", cache_names(data, quality)
    ways = (lambda: brotli.compress(data, quality=quality)), (lambda: gzip.compress(data, 9, mtime=0))
    return {Path(name).suffix: kept(kind, name, make) for name, make in zip(names, ways, strict=True)}
