"""The book printed by Chromium: once to see on which pages its parts begin, once more with these numbers in the contents.

Chromium cannot count the page of another place while it lays out (`target-counter` is not there yet), so this reads the first
print's named destinations. Same book, same Chromium and same fonts give the same bytes: `steady` takes out the two things that
differ from print to print. Another Chromium, or other fonts, may break lines and pages elsewhere.
"""

from __future__ import annotations

import io
import re
import shutil
import threading
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from build_scripts.chromium import launch_options
from build_scripts.site.errors import SiteError
from build_scripts.site.pdf.book import Book
from build_scripts.site.pdf.compacting import compact
from build_scripts.site.server import make_server

# The written date is one of the file's own words, of always the same length: the places in the file stay right.
DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}([+-]\d{2}'\d{2}'?|Z)?")
# Chromium names the cells of tables by a count of all that it ever laid out.
NODE = re.compile(rb"\(node(\d{8})\)")
PRINTS_AT_MOST = 4
WAITS_FOR_MS = 600_000
PAGE = "index.html"


def print_book(book: Book, site, say=lambda *_: None, browser=None) -> bytes:
    """The PDF of a book of the built site in ``site``, which has its style sheets and pictures. Raises SiteError.

    ``browser`` is a running Chromium of Playwright's, for callers who have one: a thread can hold only one driver.
    """
    if browser is not None:
        return _print_with(browser, book, site, say)
    from playwright.sync_api import sync_playwright  # here, because no other command needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            return _print_with(browser, book, site, say)
        finally:
            browser.close()


def _print_with(browser, book, site, say):
    with TemporaryDirectory(prefix="handbook-book-") as folder:
        root = Path(folder)
        for name in ("assets", "_generated", "scripts"):
            if (Path(site) / name).is_dir():
                shutil.copytree(Path(site) / name, root / name, ignore=shutil.ignore_patterns("*.br", "*.gz", "*.map"))
        (root / PAGE).write_text(book.html, encoding="utf-8", newline="\n")
        server = make_server(root, port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            pages = dict.fromkeys(book.counted, 0)
            for number in range(1, PRINTS_AT_MOST + 1):
                say(f"Printing, pass {number}")
                if number > 1:
                    (root / PAGE).write_text(book.numbered(pages), encoding="utf-8", newline="\n")
                printed = _print(browser, f"http://127.0.0.1:{server.server_address[1]}/{PAGE}")
                found = first_pages(printed, book.counted)
                if found == pages:
                    return compact(steady(printed, book.date))
                pages = found
        finally:
            server.shutdown()
            server.server_close()
    raise SiteError(
        "the page numbers of the contents do not settle",
        found=f"other pages after each of {PRINTS_AT_MOST} prints",
        expected="numbers that take the same room in the contents",
        hint="widen .book-page in build_scripts/site/pdf/book.css",
    )


def _print(browser, address: str) -> bytes:
    page = browser.new_page(viewport={"width": 688, "height": 1000}, color_scheme="light", bypass_csp=True)  # its looks stand within it
    page.set_default_timeout(WAITS_FOR_MS)
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    try:
        # The event before printing cuts the maps (docs/assets/javascripts/print.js); Chromium sends it by itself.
        return page.pdf(prefer_css_page_size=True, print_background=False, outline=True, tagged=True)
    finally:
        page.close()


def first_pages(printed: bytes, anchors) -> dict[str, int]:
    """{anchor: the page that it stands on, counted from 1}. Raises SiteError where the print lacks one."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(printed))
    places = {name.removeprefix("/"): place for name, place in reader.named_destinations.items()}
    found = {}
    for anchor in anchors:
        if anchor not in places:
            raise SiteError("a place of the contents is not in the print", found=anchor, expected="a named destination")
        found[anchor] = reader.get_destination_page_number(places[anchor]) + 1
    return found


def steady(printed: bytes, date: str) -> bytes:
    """The same PDF without what differs from print to print: the time becomes the edition's date, names of cells are counted."""
    day = datetime.strptime(date, "%d %B %Y") if date else datetime(2000, 1, 1)
    printed = DATE.sub(lambda found: found[1] + day.strftime("%Y%m%d000000").encode() + (found[2] or b""), printed)
    numbers: dict[bytes, int] = {}
    return NODE.sub(lambda found: b"(node%08d)" % numbers.setdefault(found[1], len(numbers) + 1), printed)
