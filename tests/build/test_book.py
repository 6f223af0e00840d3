"""The book that the PDF is printed from, and how the PDF comes to the site; nothing is printed here."""

import io
import re
import shutil
from collections import Counter

import pytest
from pypdf import PdfWriter

from build_scripts.site.errors import SiteError
from build_scripts.site.pdf import FILE, attach_cached, compose, make_pdf
from build_scripts.site.pdf.book import PAGES_LEFT_OUT
from build_scripts.site.pdf.download import key
from build_scripts.site.tree import read


def one_page():
    """A PDF of one empty page."""
    made, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(10, 10)
    writer.write(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def book(built_site):
    return compose(built_site)


@pytest.fixture(scope="module")
def tree(book):
    return read(book.html)


def test_every_page_of_the_menu_but_those_named_is_a_chapter(book, tree, built_site):
    """The book has every page except home, those for maintainers and those that it says it leaves out, each once."""
    chapters = [one.file for part in book.parts for one in part.chapters]
    assert len(set(chapters)) == len(chapters)
    left_out = {"index.html", "404.html", *PAGES_LEFT_OUT}
    pages = {file.relative_to(built_site).as_posix() for file in built_site.rglob("*.html")} - left_out
    assert set(chapters) == {page for page in pages if not page.startswith(("maintain/", "self-test/"))}
    assert [one.attributes["data-page"] for one in tree.all("section", "book-chapter")] == chapters
    for file in left_out - {"404.html"}:
        assert (built_site / file).is_file()
    assert "page on traceability" in tree.first("div", "book-left-out").text


def test_every_link_within_the_book_leads_to_one_place(tree):
    """Names are had once, and each link that stays in the book has its place there; other pages are no links."""
    names = Counter(one.attributes["id"] for one in tree.all() if one.attributes.get("id"))
    assert [name for name, count in names.items() if count > 1] == []
    links = [one.link for one in tree.all("a") if one.link is not None]
    within = [link for link in links if link.startswith("#")]
    assert len(within) > 5000
    assert sorted({link for link in within if link[1:] not in names}) == []
    assert all(link.startswith("http") for link in links if not link.startswith("#"))


def test_nothing_that_only_a_screen_can_do_is_left(tree):
    """No form, control or script of a page, no fold that is shut; a tool in the guidance is its name, purpose and link."""
    article = tree.first("article")
    assert not [
        one.tag for one in article.all() if one.tag in ("form", "input", "select", "button", "script", "template")
    ]
    assert all("open" in one.attributes for one in article.all("details"))
    for reference in article.all("div", "book-tool"):
        assert reference.first("a") is not None and reference.first("p") is not None
    walk = next(
        one for one in article.all("section") if one.attributes.get("data-page") == "tools/walk_enforcement/index.html"
    )
    assert "IE1" in walk.text and "Not known yet" in walk.text


def test_headings_stand_below_their_part_and_page(tree):
    """Parts are first headings, pages second; the outline of the PDF is made from them."""
    for part in tree.all("section", "book-part"):
        assert [one.text for one in part.all("h1")] == [next(part.all("h1")).text]
        for chapter in part.all("section", "book-chapter"):
            assert len(list(chapter.all("h2"))) == 1, chapter.attributes["data-page"]


def test_the_cover_says_edition_rules_and_date(book, tree, built_site):
    """The edition's own date and the rules hash of the site; the clock has no part in it."""
    cover = tree.first("section", "book-cover").text
    rules_hash = read((built_site / "index.html").read_text(encoding="utf-8")).first("p", "hb-hash").first("code").text
    assert rules_hash in cover and "Edition of 2010" in cover and book.date in cover
    assert re.fullmatch(r"\d{1,2} \w+ \d{4}", book.date)
    assert compose(built_site).html == book.html


def test_the_numbers_of_the_contents_come_in_at_their_lines(book):
    """Each line of the contents gets the number of its own place."""
    pages = {anchor: number for number, anchor in enumerate(book.counted, 1)}
    lines = read(book.numbered(pages)).first("nav", "book-contents")
    assert [(one.link, one.first("span", "book-page").text) for one in lines.all("a")] == [
        (f"#{anchor}", str(number)) for anchor, number in pages.items()
    ]


def test_a_folder_without_a_site_is_refused(tmp_path):
    """The message says what to run first."""
    with pytest.raises(SiteError, match="no built site"):
        compose(tmp_path)


@pytest.fixture
def small_site(built_site, tmp_path):
    """A few files of the built site, without a PDF."""
    site = tmp_path / "site"
    for name in ("guidance", "assets/stylesheets", "scripts", "_generated", "roles"):
        shutil.copytree(built_site / name, site / name)
    html = (built_site / "index.html").read_text(encoding="utf-8")
    empty = '<p class="hb-download" data-download hidden></p>'
    html = re.sub(r'<p class="hb-download" data-download.*?</p>', empty, html)
    (site / "index.html").write_text(html, encoding="utf-8")
    return site


def test_a_pdf_is_offered_while_its_book_is_the_sites(small_site, tmp_path, monkeypatch):
    """Printed once, put back without printing, and no longer offered once a page says something else."""
    from build_scripts.site.pdf import download

    only = {"guidance/housing/index.html", "roles/custody/index.html"}
    monkeypatch.setattr(download, "compose", lambda site: compose(site, only))
    printed = []
    monkeypatch.setattr(download, "print_book", lambda *_: printed.append(1) or one_page())
    home, cache = small_site / "index.html", tmp_path / "cache"
    assert attach_cached(small_site, cache=cache) is False
    assert "data-download hidden" in home.read_text(encoding="utf-8")
    make_pdf(small_site, cache=cache, say=lambda *_: None)
    offered = home.read_text(encoding="utf-8")
    assert f'href="{FILE}"' in offered and "(1 pages, 1 kB)" in offered
    assert FILE not in (small_site / "sw.js").read_text(encoding="utf-8")
    make_pdf(small_site, cache=cache, say=lambda *_: None)
    assert home.read_text(encoding="utf-8") == offered and attach_cached(small_site, cache=cache) is True
    assert printed == [1]
    page = small_site / "guidance" / "housing" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", "<p>New</p></article>"), encoding="utf-8")
    assert attach_cached(small_site, cache=cache) is False


def test_looks_are_part_of_what_was_printed(small_site):
    """Another style sheet is another print."""
    book = compose(small_site, {"guidance/housing/index.html"})
    before = key(book, small_site)
    sheet = next(small_site.glob("assets/stylesheets/look.*.css"))
    sheet.write_text(sheet.read_text(encoding="utf-8") + "p{margin:0}", encoding="utf-8")
    assert key(book, small_site) != before
