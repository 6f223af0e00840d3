"""The whole handbook as one PDF: a book composed from the built pages, printed by Chromium, put where the site can link to it.

built pages ── book.py ──► one page of HTML ── printing.py, twice ──► PDF ── download.py ──► the site
"""

from build_scripts.site.pdf.book import Book, compose
from build_scripts.site.pdf.download import FILE, attach, attach_cached, make_pdf
from build_scripts.site.pdf.printing import print_book

__all__ = ["FILE", "Book", "attach", "attach_cached", "compose", "make_pdf", "print_book"]
