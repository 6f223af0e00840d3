"""What is slow to make and depends on nothing but its input is kept in .cache/, under a name that holds the input's hash.

A file there begins with the hash of what follows: what a failing disk or a lost current has made of it is made anew.
"""

import hashlib
import os
import tempfile
import time
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache"
KINDS = ("compressed", "minified", "precompiled")
# Every rule that changes makes all of these anew.
OF_LAST_BUILD = ("pages",)
DAYS = 30
HASH = hashlib.sha256


def kept(kind, name, make):
    """The bytes kept as ``name``, or those that ``make()`` returns, which are then kept."""
    file = CACHE / kind / name
    try:
        found = file.read_bytes()
    except OSError:
        found = b""
    size = HASH().digest_size
    data = found[size:]
    if found[:size] == HASH(data).digest():
        _touch(file)
        return data
    data = make()
    _keep(file, HASH(data).digest() + data)
    return data


def sweep(started, days=DAYS):
    """Remove what no build has asked for in so many days, and of pages all but those of the build that ``started`` then (seconds)."""
    _remove(KINDS, time.time() - days * 86400)
    _remove(OF_LAST_BUILD, started)


def _remove(kinds, before):
    for file in (file for kind in kinds for file in (CACHE / kind).glob("*")):
        try:
            if file.is_file() and file.stat().st_mtime < before:
                file.unlink()
        except OSError:
            pass  # another build was quicker


def _keep(file, data):
    """Whole or not at all; a folder that cannot be written to only costs time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(part, file)
    except OSError:
        pass


def _touch(file):
    try:
        os.utime(file)
    except OSError:
        pass
