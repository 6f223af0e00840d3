"""What can go wrong while the site is made.

HandbookError
└── SiteError   a part of the site cannot be made from what is there
"""

from __future__ import annotations

from decision_logic.errors import HandbookError


class SiteError(HandbookError):
    """The site cannot be made; the message says which part, what was found and what to do."""

    kind = "site"
    longest_found = 20_000  # it lists all that is wrong, a line each
