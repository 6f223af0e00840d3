"""The PDF where the site can link to it: made when asked for, kept by its contents, and put back by every build that it still fits.

A PDF is kept in `.cache/pdf/` under a hash of the book that it was printed from. A build puts it back if there is one for the very
book that its pages make; otherwise the site has none and no page links to one, so that a PDF of other rules is never offered.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
from pathlib import Path

from build_scripts.site.html import tag
from build_scripts.site.pdf.book import ROOT, Book, compose
from build_scripts.site.pdf.printing import print_book
from build_scripts.site.seal import refresh

FILE = "dip-handbook.pdf"
CACHE = ROOT / ".cache" / "pdf"
# Where a page offers the PDF, filled or empty; `{{ download }}` writes it.
OFFER = re.compile(r'<p class="hb-download" data-download[^>]*>.*?</p>', re.DOTALL)
# What shapes the print besides the book: the theme's and the handbook's looks, and what cuts the maps.
LOOKS = ("assets/stylesheets/*.css", "_generated/*.css", "scripts/*/print.js")


def make_pdf(site, *, cache=CACHE, say=print) -> Path:
    """Print the book of the built site in ``site``, or take the one that was printed of it before, and offer it there."""
    say("Composing the book")
    book = compose(site)
    kept = Path(cache) / f"{key(book, site)}.pdf"
    if kept.is_file():
        say("The book has not changed since it was last printed")
    else:
        printed = print_book(book, site, say)
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob("*.pdf"):
            old.unlink()
        part = kept.with_suffix(".part")
        part.write_bytes(printed)
        part.replace(kept)
    attach(site, kept.read_bytes())
    return Path(site) / FILE


def attach_cached(site, *, cache=CACHE) -> bool:
    """Offer the PDF that was printed before, if one was and its book is still the site's. Costs nothing where none was."""
    if not any(Path(cache).glob("*.pdf")):
        return False
    kept = Path(cache) / f"{key(compose(site), site)}.pdf"
    if kept.is_file():
        attach(site, kept.read_bytes())
    return kept.is_file()


def key(book: Book, site) -> str:
    """16 hex digits over the book and all that shapes its print; Chromium and its fonts are not among it."""
    digest = hashlib.sha256(book.html.encode())
    digest.update(book.date.encode())
    for pattern in LOOKS:
        for file in sorted(Path(site).glob(pattern)):
            digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def attach(site, printed: bytes) -> None:
    """Put the PDF into the site and have its pages offer it, with its size."""
    from pypdf import PdfReader

    site = Path(site)
    (site / FILE).write_bytes(printed)
    pages = len(PdfReader(io.BytesIO(printed)).pages)
    changed = []
    for file in sorted(site.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        if "data-download" not in html:
            continue
        address = posixpath.relpath(FILE, file.parent.relative_to(site).as_posix())
        words = tag("a", "The whole handbook as one PDF", href=address, download=True, type="application/pdf")
        offer = f'<p class="hb-download" data-download>{words} ({pages} pages, {size_in_words(len(printed))})</p>'
        file.write_text(OFFER.sub(lambda _: offer, html), encoding="utf-8", newline="\n")  # noqa: B023
        changed.append(file)
    refresh(site, changed)


def size_in_words(size: int) -> str:
    """ "8.4 MB", "320 kB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
