"""Turns "a page of docs/ and an anchor" into the address to write on another page of the built site.

Addresses are relative to the page they stand on, so that they hold under any host and any sub-path.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache

from diagrams.errors import PictureError


@lru_cache(maxsize=65536)
def relative_link(target: str, page: str, directory_urls: bool = True) -> str:
    """The address of `target` ("guidance/common.md#com1" or "#com1") as written on `page` ("tools/x.md").

    `directory_urls` says whether the site serves x.md as x/ (as MkDocs does unless told otherwise) or x.html.
    """
    path, mark, anchor = target.partition("#")
    if "://" in target or path.startswith("/") or (path and not path.endswith(".md")):
        raise PictureError(
            f"A map on {page} links to {target!r}: expected a page of docs/, such as guidance/common.md."
        )
    if not path or path == page:
        # An empty anchor would lead nowhere; "./" is the page itself.
        return f"#{anchor}" if anchor else "./"
    here, there = _served(page, directory_urls), _served(path, directory_urls)
    relative = posixpath.relpath(there or ".", posixpath.dirname(here) or ".")
    if there.endswith("/") or there == "":
        relative += "/"
    return relative + mark + anchor


def _served(page: str, directory_urls: bool) -> str:
    stem = page.removesuffix(".md")
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        if not directory_urls:
            return posixpath.join(folder, "index.html")
        return folder + "/" if folder else ""
    return stem + ("/" if directory_urls else ".html")
