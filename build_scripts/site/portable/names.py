"""Names that every system can store: what is written on one machine is opened on another, most often Windows."""

from __future__ import annotations

import re
from pathlib import Path

from build_scripts.site.errors import SiteError

# Windows opens paths of 260 characters at most; this leaves room for the folder into which somebody unpacks.
LONGEST = 180
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]|[. ]$|^ ')


def check_names(folder: Path) -> list[str]:
    """The paths of all files below `folder`, each beginning with the folder's own name, in order. Raises SiteError for bad ones."""
    names = sorted(file.relative_to(folder.parent).as_posix() for file in folder.rglob("*") if file.is_file())
    troubles = [f"{name}: {trouble}" for name in names if (trouble := trouble_with(name))]
    taken: dict[str, str] = {}
    for name in names:
        other = taken.setdefault(name.casefold(), name)
        if other != name:
            troubles.append(f"{name}: the same as {other} where capital letters do not count")
    if troubles:
        raise SiteError(
            "The copy has files that not every system can store.",
            found="; ".join(troubles),
            expected=f"names that Windows takes, and paths of less than {LONGEST} characters",
            hint="Give the page or the file another name.",
        )
    return names


def trouble_with(path: str) -> str | None:
    """What is wrong with a path within the zip, if anything is."""
    if len(path) >= LONGEST:
        return f"{len(path)} characters long"
    if not path.isascii():
        return "has letters that some programs for zips spoil"
    for part in path.split("/"):
        if RESERVED.fullmatch(part):
            return f"“{part}” is a device on Windows"
        if FORBIDDEN.search(part):
            return f"“{part}” has a character that Windows refuses"
    return None
