"""Breaks words into lines of about equal length, so that a step is a calm block and not a ragged one."""

from __future__ import annotations

import textwrap


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters (a longer word stands alone), as even as the line count allows."""
    lines = _fill(text, width)
    for narrower in range(width - 1, 0, -1):
        attempt = _fill(text, narrower)
        if len(attempt) > len(lines) or max(map(len, attempt), default=0) > narrower:
            break
        lines = attempt
    return lines


def _fill(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
