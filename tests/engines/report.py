"""The one table at the end: engine, version, what was tried, how it went, seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("Engine", "Version", "Tried", "Result", "Seconds")


@dataclass(frozen=True)
class Tried:
    """One step in one engine; `trouble` says what was not as it should be."""

    engine: str
    version: str
    what: str
    seconds: float
    trouble: str | None = None

    @property
    def row(self):
        return self.engine, self.version, self.what, "failed" if self.trouble else "passed", f"{self.seconds:.1f}"


def table(tried: Sequence[Tried]) -> str:
    """Every step as a line of its own."""
    rows = [HEAD, *(one.row for one in tried)]
    wide = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row[:-1], wide, strict=False)) + f"  {row[-1]:>{wide[-1]}}" for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in wide), *lines[1:]])


def summary(tried: Sequence[Tried], missing: Sequence[tuple[str, str, str]]) -> str:
    """How it ended, in words: what failed and why, which engines (name, what is missing, how to install) were not there."""
    failed = [one for one in tried if one.trouble]
    lines = [f"{one.engine}: {one.what}\n  {one.trouble}" for one in failed]
    lines += [f"{name} was not tried: {what}\n  do:  {install}" for name, what, install in missing]
    engines = list(dict.fromkeys(one.engine for one in tried))
    lines.append(f"{len(tried) - len(failed)} passed, {len(failed)} failed, in {' and '.join(engines) or 'no engine'}; {len(missing)} engines missing")
    return "\n".join(lines)
