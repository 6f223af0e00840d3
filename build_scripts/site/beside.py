"""What needs no pages is made beside them, in processes of their own: two cores build a site in little more than half the time.

Each piece of work is a function of what it is given and of the rules, so that its result is the same wherever and whenever it is
made; it is waited for where it is needed. The pages come first: these processes give way to the one that builds them.
"""

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from build_scripts.load import RuleFileError
from build_scripts.site.bundle import engine_archive, rules_text
from build_scripts.site.compress import keep_copies
from build_scripts.site.errors import SiteError
from build_scripts.site.generate import DOCS
from build_scripts.site.lookup import lookup_files
from build_scripts.site.minify import minified, texts_of
from build_scripts.site.pieces import BLOCKS
from build_scripts.site.pieces.site import load_site
from build_scripts.site.references import REFERENCE, call
from build_scripts.site.search import INDEX, index_text

# The blocks that take longest: these work out the answers of all cases.
SLOW = (("worked",), ("list", "scenarios"), ("list", "traceability"))
GIVE_WAY = 3
_here = {}


class Beside:
    """The processes for the build of one site; leaving its ``with`` ends them."""

    def __init__(self, site):
        self.site, self.copies = site, []

    def __enter__(self):
        # A process that is forked has everything at once, but must not be where threads run. macOS's own libraries start some.
        forked = sys.platform not in ("darwin", "win32") and threading.active_count() == 1
        self.pool = ProcessPoolExecutor(
            min(os.cpu_count() or 1, 4),
            mp_context=multiprocessing.get_context("fork" if forked else "spawn"),
            initializer=_begin,
            initargs=(self.site if forked else None, self.site.rules.rules_hash),
        )
        return self

    def __exit__(self, *_):
        self.site.beside.clear()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def begin(self):
        """Begin with all that depends on rules and sources alone: blocks of pages, look-ups, scripts, and copies of what is large."""
        references = slow_references()
        made = self.pool.submit(blocks, references)  # in one process, because they all need the cases
        self.site.beside.update((reference, Result(made, reference)) for reference in references)
        self.lookups = self.do(lookups)
        self.scripts = self.do(scripts)
        self.copies += self.do(copies_of_rules), self.do(copies_of_engine)

    def index(self, index, pages):
        """Begin with the search index, and as soon as it is there with its copies, which take longest of all."""
        made, copies = self.pool.submit(index_text, index, pages), Future()

        def copied(done):
            try:
                more = self.pool.submit(keep_copies, INDEX, done.result().encode("utf-8"))
                more.add_done_callback(lambda _: copies.set_result(None))
            except Exception:  # whoever asks for the index is told why there is none
                copies.set_result(None)

        made.add_done_callback(copied)
        self.copies.append(Result(copies))
        return Result(made)

    def do(self, work, *given):
        """Have some work done; the answer's ``result()`` waits for it."""
        return Result(self.pool.submit(work, *given))


class Result:
    """What is made in another process, or the part of it under a key."""

    def __init__(self, future, key=None):
        self.future, self.key = future, key

    def taken_back(self):
        """Whether nobody has begun with it, and nobody will: then it is quickest made by whoever asks."""
        return self.future.cancel()

    def result(self):
        """The result, or the error that it ended with."""
        try:
            made = self.future.result()
            return made if self.key is None else made[self.key]
        except BrokenProcessPool:
            raise SiteError(
                "a process that the build had started ended before its work was done",
                expected="processes that end by themselves, and memory enough for them",
                hint="build again",
            ) from None


def slow_references(docs=DOCS):
    """The references to the slow blocks in all pages, in the order of pages: (kind, words …)."""
    found = {}
    for page in sorted(docs.rglob("*.md")):
        for line in page.read_text(encoding="utf-8").splitlines():
            one = REFERENCE.fullmatch(line.strip()) if "{{" in line else None
            words = (one[1], *one[2].split()) if one else ()
            if any(words[: len(slow)] == slow for slow in SLOW):
                found[words] = None
    return list(found)


# What the processes do.


def blocks(references):
    """{reference: the block of a page that it stands for}"""
    return {one: call(BLOCKS, _site(), REFERENCE.fullmatch("{{ " + " ".join(one) + " }}")) for one in references}


def lookups():
    """All look-ups; their compressed copies are kept."""
    files = lookup_files(_site().rules)
    for name, data in files.values():
        keep_copies(name, data)
    return files


def scripts():
    """The scripts and style sheets of docs/ made smaller, and kept."""
    minified(texts_of(DOCS))


def copies_of_rules():
    """The compressed copies of the rules."""
    keep_copies("rules.json", rules_text(_site().loaded.plain).encode())


def copies_of_engine():
    """The compressed copies of the engine."""
    keep_copies("engine.zip", engine_archive())


def _begin(site, rules_hash):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the build stops the process that waits for this one
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(GIVE_WAY)
    _here.update(site=site, rules_hash=rules_hash)


def _end_with_the_build():
    multiprocessing.parent_process().join()
    os._exit(1)


def _site():
    """The rules that the build was begun with."""
    if _here["site"] is None:
        try:
            _here["site"] = load_site()
        except RuleFileError:
            found = "rules that cannot be read"
        else:
            found = _here["site"].rules.rules_hash
        if found != _here["rules_hash"]:
            raise SiteError("the rules changed while the site was built", found=found, expected=_here["rules_hash"], hint="build again")
    return _here["site"]
