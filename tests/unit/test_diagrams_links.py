"""Page-relative links."""

import pytest

from diagrams import PictureError
from diagrams.links import relative_link


@pytest.mark.parametrize(
    ("target", "page", "folders", "files"),
    [
        ("guidance/enforcement.md#ie1", "guidance/enforcement.md", "#ie1", "#ie1"),
        ("#ie1", "guidance/enforcement.md", "#ie1", "#ie1"),
        ("guidance/common.md#com1", "guidance/enforcement.md", "../common/#com1", "common.html#com1"),
        ("guidance/common.md", "index.md", "guidance/common/", "guidance/common.html"),
        ("index.md", "guidance/common.md", "../../", "../index.html"),
        ("tools/index.md#all", "guidance/common.md", "../../tools/#all", "../tools/index.html#all"),
        ("tools/identification.md", "tools/index.md", "identification/", "identification.html"),
    ],
)
def test_links_are_relative_to_the_page(target, page, folders, files):
    """A link is written relative to its page, whichever way the site names its pages."""
    assert relative_link(target, page) == folders
    assert relative_link(target, page, directory_urls=False) == files


@pytest.mark.parametrize("target", ["https://example.org/", "/guidance/", "guidance/common/"])
def test_only_pages_of_the_site_are_linked(target):
    """A map never links to another site, nor by an absolute path."""
    with pytest.raises(PictureError, match="expected a page of docs/"):
        relative_link(target, "index.md")
