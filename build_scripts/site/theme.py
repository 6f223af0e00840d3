"""What slows every page of the theme, taken out of the theme's own files.

Some of these make a browser style all elements of a page once more while it opens, which on a phone and a long page is a tenth of a
second and more each time. Others fetch what a page needs only later. Where the theme changes so that one is not found, the build says
so: then look whether it is still wanted.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.scripts import short_hash

# For the search in languages other than English: a third of all scripts of the theme, and never asked for.
UNUSED = "assets/javascripts/lunr"


@dataclass(frozen=True)
class Mend:
    """What is taken out of a file, what stands there instead, and how often."""

    old: str
    new: str
    times: int = 1


# While colours are put in place, all fading is stopped by a rule for every element. Without it, colours fade for a moment where a
# reader chooses others.
FADING = Mend("[data-md-color-switching] *,[data-md-color-switching] :after,[data-md-color-switching] :before{transition-duration:0s!important}", "")
# A mark in the head says whether the page is light or dark; every change of it counts as a change of all colours. The style sheet
# says the same of the page as a whole (look.css). The other place is where the theme spares the mark on the way to another page.
SCHEME = Mend('"color-scheme"', '"scheme-of-page"', 2)
# The words to search in are by far the largest file of a page, and most who read it do not search. They and the worker that searches
# in them are fetched when the search is first opened: by pointer, by keyboard, or by a link with ?q=. From a folder the theme waits
# for that by itself, though with its worker running. Where the worker lies is settled while the page is the one that says so: by the
# time of the search another, of another folder, may have taken its place. What cannot be fetched just then is tried again, after two
# seconds and then ever later, where the theme would give up until the page is loaded anew.
SEARCH = Mend(
    'let r=Mn(e);return L($(location.protocol!=="file:"),Je("search")).pipe(Re(o=>o),b(()=>t))',
    "e=new URL(e,location).href;let n,i=document.createDocumentFragment();i.postMessage=o=>n.postMessage(o);let r=Mn(e,i);"
    'return Je("search").pipe(Re(o=>o),b(()=>new F(o=>{let s,p=1e3,a=()=>{n==null||n.terminate(),n=new Worker(e),'
    'n.addEventListener("message",l=>i.dispatchEvent(new MessageEvent("message",{data:l.data}))),'
    's=t.subscribe({next:l=>o.next(l),error:()=>setTimeout(a,p*=2)})};a();return()=>s.unsubscribe()})))',
)
# Words are marked on a page that a result of the search led to, and on no other.
MARKED = Mend(
    'z([t,r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")))])',
    'r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")),b(n=>t.pipe(m(o=>[o,n]))))',
)
# So that a page can take another's place, all addresses in it are written out in full, as soon as it is there. For a style sheet that
# means to be read once more, and every element of the page to be styled anew; for what is fetched beforehand, to be fetched again.
# These are known by where they came from.
IN_FULL = Mend('function vi(e){for(let t of M("[href], [src]",e))', 'function vi(e){for(let t of M("[href]:not([rel$=preload],[rel=stylesheet]), [src]",e))')
KNOWN_BY = Mend("t.set(r.outerHTML,r)", 't.set(r.rel==="stylesheet"?(r.sheet||r).href:r.outerHTML,r)')
# (the file, what it becomes, what is mended in it)
MENDS = (
    ("assets/stylesheets/palette.*.min.css", "assets/stylesheets/palette.css", (FADING,)),
    ("assets/javascripts/bundle.*.min.js", "assets/javascripts/bundle.{hash}.min.js", (SCHEME, SEARCH, MARKED, IN_FULL, KNOWN_BY)),
)


def mend_theme(out):
    """Mend the files of the built site in ``out``, without what no page asks for. Returns {path that pages name: path that they are to name}."""
    shutil.rmtree(Path(out) / UNUSED, ignore_errors=True)
    renamed = {}
    for pattern, target, mends in MENDS:
        files = sorted(Path(out).glob(pattern))
        if not files:
            continue  # a site without the theme: tests have some
        text = files[0].read_text(encoding="utf-8")
        for mend in mends:
            if len(files) != 1 or text.count(mend.old) != mend.times:
                raise SiteError(
                    "the theme's file is not the one that is mended here",
                    where=", ".join(file.relative_to(out).as_posix() for file in files),
                    found=f"{text.count(mend.old)} times {mend.old[:60]}",
                    expected=f"one file, and {mend.times} times",
                    hint="see build_scripts/site/theme.py: the theme has changed",
                )
            text = text.replace(mend.old, mend.new)
        data = text.encode("utf-8")
        path = target.format(hash=short_hash(data))
        files[0].unlink()
        (Path(out) / path).write_bytes(data)
        renamed[files[0].relative_to(out).as_posix()] = path
    return renamed
