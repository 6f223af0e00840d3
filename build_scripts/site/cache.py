"""What is slow to make and depends on nothing but its input is kept in .cache/, under a name that holds the input's hash."""

import os
import tempfile
import time
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache"
KINDS = ("compressed", "minified", "precompiled")
# Every rule that changes makes all of these anew.
OF_LAST_BUILD = ("pages",)
DAYS = 30


def kept(kind, name, make):
    """The bytes kept as ``name``, or those that ``make()`` returns, which are then kept."""
    file = CACHE / kind / name
    try:
        data = file.read_bytes()
    except OSError:
        data = make()
        _keep(file, data)
    else:
        _touch(file)
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
