"""The zip: the same files give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

# The earliest that a zip can say: what has no date has no other.
TIME = (1980, 1, 1, 0, 0, 0)
UNIX, PLAIN_FILE = 3, 0o100644


def write_zip(folder: Path, target: Path, names: Iterable[str]) -> Path:
    """Pack the files `names`, which begin with the folder's own name, in that order."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system, entry.external_attr, entry.compress_type = UNIX, PLAIN_FILE << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, (folder.parent / name).read_bytes(), compresslevel=9)
    return target
