"""Faults of the theme's HTML, mended in the built pages; and what a rule of style has to know of a page.

What a small partial can change stands in docs/overrides/partials/. These faults stand in templates of many hundred lines, of which
a copy would miss every improvement of the theme. Each mend is held by the tests that validate pages (tests/build/test_html.py).
"""

import re

# A box that is ticked has no autocompletion.
TOGGLE = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
# "The element may have the focus" needs a number; without one it says nothing.
EMPTY_TABINDEX = re.compile(r'(<label class="md-nav__link[^>]*?) tabindex=""')
LIST_OF_RESULTS = re.compile(r'(<ol class="md-search-result__list") role="presentation"')
# A form that sends nothing is none; the theme's script knows it by its data-md-component.
PALETTE = re.compile(r'<form class="md-header__option" data-md-component="palette">(.*?)</form>', re.DOTALL)
# The label that opens a part of the menu is an arrow alone: the part's name stands in its title below.
ARROW = re.compile(r'<label class="md-nav__link " for="(__nav_[0-9_]+)" id="\1_label" tabindex="0">\s*(?=<span class="md-nav__icon)')
# Firefox takes rel="next" for an order to fetch that page beforehand; the policy forbids it, and the console of every page says so.
NEXT = re.compile(r'<link rel="next" href="[^"]*">')
# A tool's own page, and a journey's, take the room of the lists of pages and headings: tools.css. A rule that looked into the page for
# the tool, with :has(), would look again at every change of its answer.
OWN_PAGE = re.compile(r'class="hb-tool hb-(?:tool--page|walk)["\s]')
MAIN = '<main class="md-main"'
CONTENTS = '<nav class="md-nav md-nav--secondary" aria-label="Table of contents">'


def mended(html):
    """A built page with the theme's faults mended."""
    html = EMPTY_TABINDEX.sub(r"\1", TOGGLE.sub(r"\1", html))
    before, *after = NEXT.split(html, maxsplit=1)
    html = before.rstrip() + after[0] if after else html
    html = LIST_OF_RESULTS.sub(r'\1 role="none"', html)
    html = PALETTE.sub(r'<div class="md-header__option" data-md-component="palette">\1</div>', html)
    html = ARROW.sub(lambda arrow: _named(arrow, html), html)
    if OWN_PAGE.search(html):
        html = html.replace(MAIN, MAIN.replace('md-main"', 'md-main hb-wide"'), 1)
    if html.count(CONTENTS) > 1:  # the menu and the margin both hold it: two landmarks, two names
        html = html.replace(CONTENTS, CONTENTS.replace("Table of contents", "Table of contents in the menu"), 1)
    return html


def _named(arrow, html):
    title = re.search(
        rf'<label class="md-nav__title" for="{arrow[1]}">\s*<span class="md-nav__icon md-icon"></span>\s*(.*?)\s*</label>',
        html,
        re.DOTALL,
    )
    return arrow[0] + f'<span class="hb-unseen">{title[1]}</span>' if title else arrow[0]
