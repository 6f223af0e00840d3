"""The PDF as printed: a small book in every run, the whole handbook among the long tests."""

import io
import re

import pytest
from pypdf import PdfReader

from build_scripts.site.pdf import compose, print_book, printing
from build_scripts.site.pdf.compacting import compact

pytestmark = pytest.mark.browser
SMALL = {
    "guidance/common/index.html",
    "reference/forms/index.html",
    "tools/information_sharing/index.html",
}


def destinations(reader):
    return {
        name.removeprefix("/"): reader.get_destination_page_number(one) + 1
        for name, one in reader.named_destinations.items()
    }


def links(reader):
    """(page, the name that it leads to or None, address elsewhere or None) of every link."""
    for number, page in enumerate(reader.pages, 1):
        for one in page.get("/Annots", ()):
            link = one.get_object()
            if link.get("/Subtype") == "/Link":
                to = link.get("/Dest")
                yield number, to and str(to).removeprefix("/"), (link.get("/A") or {}).get("/URI")


def outline(entries, depth=0):
    """(depth, title) of every bookmark."""
    for one in entries:
        if isinstance(one, list):
            yield from outline(one, depth + 1)
        else:
            yield depth, one.title


def assert_a_book(printed, book):
    """What must hold of any book."""
    reader = PdfReader(io.BytesIO(printed))
    places = destinations(reader)
    contents = " ".join(page.extract_text() for page in reader.pages[1 : min(places[book.counted[0]] - 1, 8)])
    for part in book.parts:
        for title, anchor in ((part.title, part.anchor), *((one.title, one.anchor) for one in part.chapters)):
            assert re.search(rf"{re.escape(title)}\s+{places[anchor]}\b", contents), f"{title} on page {places[anchor]}"
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert number == 1 or re.search(rf"(?<!\d){number}\s*DIP handbook", text), f"page {number} does not say so"
    found = list(links(reader))
    assert len(found) > 50
    assert [(page, to) for page, to, elsewhere in found if not elsewhere and to not in places] == []
    assert not [elsewhere for _, _, elsewhere in found if elsewhere and "127.0.0.1" in elsewhere]
    marks = list(outline(reader.outline))
    assert [title for depth, title in marks if depth == 0] == ["Contents", *(part.title for part in book.parts)]
    assert sum(depth == 1 for depth, _ in marks) == sum(len(part.chapters) for part in book.parts)
    assert "/StructTreeRoot" in reader.trailer["/Root"] and reader.trailer["/Root"]["/Lang"] == "en"
    dates = {str(reader.metadata[name]) for name in ("/CreationDate", "/ModDate")}
    assert len(dates) == 1 and dates.pop()[10:16] == "000000"
    return reader


@pytest.fixture(scope="module")
def small(built_site, chromium):
    """A small book, its PDF, and the PDF before its objects were put together."""
    book, before = compose(built_site, SMALL), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "compact", lambda printed: before.append(printed) or compact(printed))
        return book, print_book(book, built_site, browser=chromium), before[0]


def test_a_small_book_has_numbers_links_and_bookmarks(small):
    """Contents with the pages on which things stand, a number on each page, links that lead somewhere, an outline."""
    assert_a_book(small[1], small[0])


def test_a_wide_map_has_a_sheet_on_its_side(small):
    """Pages stand on end but for a map that could not be read on them."""
    reader = PdfReader(io.BytesIO(small[1]))
    lying = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert 1 <= len(lying) < len(reader.pages) / 4


def test_a_step_of_a_map_leads_to_its_text_and_back(small):
    """Also on a map that is cut: its parts hold the links and the places of their steps."""
    reader = PdfReader(io.BytesIO(small[1]))
    places = destinations(reader)
    from_map = [page for page, to, _ in links(reader) if to == "guidance-common--com5"]
    assert places["guidance-common--map-common-node-Com5"] in from_map


def test_the_same_book_prints_to_the_same_bytes(small, built_site, chromium):
    """Once more, with the same Chromium and fonts: not one byte differs."""
    assert print_book(small[0], built_site, browser=chromium) == small[1]


def test_putting_objects_together_changes_nothing_that_is_read(small):
    """Texts, places and bookmarks are what they were, in fewer bytes than each object by itself."""
    together, apart = PdfReader(io.BytesIO(small[1])), PdfReader(io.BytesIO(small[2]))
    assert [page.extract_text() for page in together.pages] == [page.extract_text() for page in apart.pages]
    assert destinations(together) == destinations(apart)
    assert list(links(together)) == list(links(apart))
    assert list(outline(together.outline)) == list(outline(apart.outline))
    assert len(small[1]) < len(small[2]) * 0.7


@pytest.mark.long
def test_the_whole_handbook_is_one_book(built_site, chromium):
    """Every chapter is in it, every link within it leads somewhere, and it stays a download that people wait for."""
    book = compose(built_site)
    printed = print_book(book, built_site, browser=chromium)
    reader = assert_a_book(printed, book)
    assert len(reader.pages) > 400
    assert len(printed) < 25_000_000
