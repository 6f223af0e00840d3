"""What slows every page of the theme, taken out of the theme's own files.

Each of these makes a browser style all elements of a page once more while it opens, which on a phone and a long page is a tenth of a
second and more each time. Where the theme changes so that one is not found, the build says so: then look whether it is still wanted.
"""

import shutil
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.scripts import short_hash

# For the search in languages other than English: a third of all scripts of the theme, and never asked for.
UNUSED = "assets/javascripts/lunr"
# (the file, what it becomes, what is taken out, what stands there instead, how often)
MENDS = (
    # While colours are put in place, all fading is stopped by a rule for every element. Without it, colours fade for a moment where a
    # reader chooses others.
    (
        "assets/stylesheets/palette.*.min.css",
        "assets/stylesheets/palette.css",
        "[data-md-color-switching] *,[data-md-color-switching] :after,[data-md-color-switching] :before{transition-duration:0s!important}",
        "",
        1,
    ),
    # A mark in the head says whether the page is light or dark; every change of it counts as a change of all colours. The style sheet
    # says the same of the page as a whole (look.css). The other place is where the theme spares the mark on the way to another page.
    ("assets/javascripts/bundle.*.min.js", "assets/javascripts/bundle.{hash}.min.js", '"color-scheme"', '"scheme-of-page"', 2),
)


def mend_theme(out):
    """Mend the files of the built site in ``out``, without what no page asks for. Returns {path that pages name: path that they are to name}."""
    shutil.rmtree(Path(out) / UNUSED, ignore_errors=True)
    renamed = {}
    for pattern, target, old, new, times in MENDS:
        files = sorted(Path(out).glob(pattern))
        if not files:
            continue  # a site without the theme: tests have some
        text = files[0].read_text(encoding="utf-8")
        if len(files) != 1 or text.count(old) != times:
            raise SiteError(
                "the theme's file is not the one that is mended here",
                where=", ".join(file.relative_to(out).as_posix() for file in files),
                found=f"{text.count(old)} times {old[:60]}",
                expected=f"one file, and {times} times",
                hint="see build_scripts/site/theme.py: the theme has changed",
            )
        data = text.replace(old, new).encode("utf-8")
        path = target.format(hash=short_hash(data))
        files[0].unlink()
        (Path(out) / path).write_bytes(data)
        renamed[files[0].relative_to(out).as_posix()] = path
    return renamed
