"""Which of the handbook's scripts come to a browser as one file.

The sources in docs/assets/javascripts/ are one thing a file. On a weak line each file that is asked for costs a journey to the server
and back, six at a time: the two dozen behind a tool's form would be four such journeys. So the build puts those together that are
always wanted together. Every script is in one file only, because what it keeps in memory must be there once: a script that is imported
by others of another file is imported from there.
"""

import re

from build_scripts.site.errors import SiteError

# {the file: what it holds besides the script of its own name}
TOGETHER = {
    # Every page.
    "site.js": ("dom.js", "edition.js", "frame.js", "memory.js"),
    # Every page with a form.
    "form.js": (
        "answer.js",
        "calendar_file.js",
        "clearing.js",
        "days.js",
        "door.js",
        "fields.js",
        "instant-data.js",
        "instant-days.js",
        "leaving.js",
        "saved_page.js",
        "words.js",
    ),
    # What an address can carry: a chosen area, a case.
    "links.js": ("areas.js",),
    # A tool.
    "tool.js": ("instant.js", "instant-diagram.js"),
}
# {the file: what it has a copy of}. What is said of failures is the engine's and the worker's, who load no form; a form has nothing of
# it but the words, and is spared one file more.
COPIED = {"form.js": ("failures.js",)}

EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const|let) (?P<name>\w+)", re.MULTILINE)
OTHERWISE_EXPORTED = re.compile(r"^export (?!(?:async )?(?:function|class|const|let) )[^\n]*", re.MULTILINE)


def homes(names):
    """{script: the file that holds it} for those of ``names`` that are put together with others."""
    names = set(names)
    return {name: file for file, held in TOGETHER.items() if file in names for name in (file, *held) if name in names}


def files_of(scripts, names):
    """The files that bring ``scripts``, where a site has the scripts ``names``."""
    home = homes(names)
    files = {home.get(name, name) for name in scripts}
    return files - {copied for file in files for copied in COPIED.get(file, ())}


def check_names(texts):
    """Raises SiteError where two scripts of one file export the same name, or one exports in a way that hides its names."""
    for file, held in TOGETHER.items():
        met = {}
        for script in (file, *held):
            text = texts.get(script, "")
            if hidden := OTHERWISE_EXPORTED.search(text):
                raise SiteError("an export does not say its name", where=script, found=hidden[0], expected="export function, class, const or let")
            for name in EXPORTED.findall(text):
                if name in met:
                    raise SiteError(
                        "two scripts of one file export the same name",
                        where=f"{met[name]}, {script}",
                        found=name,
                        expected="names that differ",
                        hint="rename one, or take it out of TOGETHER in build_scripts/site/together.py",
                    )
                met[name] = script
