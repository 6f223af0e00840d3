"""The structure that those rely on who hear a page: headings in order, tables with named columns."""

import re
from itertools import pairwise

from tests.site_pages import page, page_names

HEADING = re.compile(r"h[1-6]")


def test_headings_go_down_one_level_at_a_time(built_site):
    """On every page, from the one h1; how far up they go again is free."""
    found = {}
    for name in page_names(built_site):
        article = page(built_site, name)[0].first("article", "md-content__inner")
        levels = [int(one.tag[1]) for one in article.all() if HEADING.fullmatch(one.tag)] if article else []
        if levels and (levels[0] != 1 or levels.count(1) != 1 or any(later > one + 1 for one, later in pairwise(levels))):
            found[name] = levels
    assert found == {}


def test_every_column_has_a_name(built_site):
    """No table's heading cell is empty."""
    found = {}
    for name in page_names(built_site):
        root, _ = page(built_site, name)
        if empty := [cell.tag for cell in root.all("th") if not cell.text.strip()]:
            found[name] = len(empty)
    assert found == {}
