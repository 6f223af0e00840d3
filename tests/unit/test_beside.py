"""What is made in other processes beside the pages is what this one would make, and whatever ends them is told."""

import os
import threading

import pytest

from build_scripts.site import beside
from build_scripts.site.beside import Beside, slow_references
from build_scripts.site.errors import SiteError
from build_scripts.site.lookup import lookup_files
from build_scripts.site.pieces import BLOCKS
from build_scripts.site.pieces.site import load_site
from build_scripts.site.references import REFERENCE, call
from build_scripts.site.search import index_text

INDEX = {"config": {}, "docs": [["a/", None], ["b/", 2]]}
PAGES = {name: f'<title>{name} - Site</title><article class="md-content__inner"><h1>One</h1><p>Word</p></article>' for name in ("a/", "b/")}


@pytest.fixture(scope="module")
def site():
    """The handbook's rules."""
    return load_site()


@pytest.fixture(params=["as is best here", "begun anew"])
def processes(request, site, monkeypatch):
    """Other processes: forked where that can be, and begun anew as on other systems."""
    if request.param == "begun anew":
        monkeypatch.setattr(threading, "active_count", lambda: 2)
    with Beside(site) as made:
        monkeypatch.undo()
        yield made


def test_what_is_made_beside_is_the_same(processes, site):
    """A block, all look-ups and an index."""
    references = slow_references()[:1]
    blocks, lookups = processes.do(beside.blocks, references), processes.do(beside.lookups)
    index = processes.index(INDEX, PAGES)
    assert blocks.result() == {one: call(BLOCKS, site, REFERENCE.fullmatch("{{ " + " ".join(one) + " }}")) for one in references}
    assert lookups.result() == lookup_files(site.rules)
    assert '"location":"b/"' in index.result() and index.result() == index_text({**INDEX}, PAGES)


def test_an_index_that_cannot_be_made_ends_the_build_and_not_the_wait_for_its_copies(processes):
    """Whoever waits for compressed copies makes them where there are none."""
    index = processes.index(INDEX, {})
    with pytest.raises(KeyError, match="a/"):
        index.result()
    assert [one.result() for one in processes.copies] == [None]


def test_an_error_is_the_same_beside(processes):
    """With its place and what was expected."""
    with pytest.raises(SiteError, match="there is no list of 'nothing'") as told:
        processes.do(beside.blocks, [("list", "nothing")]).result()
    assert told.value.where == "{{ list nothing }}" and "scenarios" in told.value.expected


def test_a_process_that_dies_is_told(site):
    """Such as for want of memory."""
    with Beside(site) as processes, pytest.raises(SiteError, match="ended before its work was done"):
        processes.do(os._exit, 9).result()


def test_the_slow_blocks_are_those_of_the_pages():
    """Each stands in a page; one that nobody writes any more should be taken out of the list."""
    found = slow_references()
    for slow in beside.SLOW:
        assert any(one[: len(slow)] == slow for one in found)


def test_rules_that_have_changed_meanwhile_are_told(monkeypatch):
    """A process that reads the rules by itself must find those that the build was begun with."""
    monkeypatch.setattr(beside, "_here", {"site": None, "rules_hash": "0badcafe"})
    with pytest.raises(SiteError, match="the rules changed while the site was built"):
        beside._site()
