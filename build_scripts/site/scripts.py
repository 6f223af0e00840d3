"""The names and the integrity of scripts and style sheets in the built site.

The handbook's own scripts move from `assets/javascripts/` to `scripts/HASH/`, where HASH is taken over them all: a page, the
scripts that it fetches later and the worker with all that it imports are of one edition, or are not there. The folder is as deep
as the old one, because scripts look for the site's beginning two levels up. Style sheets get a hash in their names, as the theme's
own have.

The theme writes short scripts into each page, which differ from folder to folder. They become one file, so that the policy needs
no exception for scripts within pages and is the same for every file of every edition.

Every script element, and every link that has a module fetched beforehand, carries the hash of its file: a browser runs no other.
"""

import base64
import hashlib
import re
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.runtime import content_hash

OWN = "assets/javascripts/"
SHEETS = ("assets/stylesheets/", "_generated/")
# The theme's scripts of a page, as one file.
THEME = "theme.js"
INLINE = re.compile(r"<script>(?P<body>.*?)</script>\n?", re.DOTALL)
# Where the site begins: the theme writes it relative to each page.
SCOPE = re.compile(r'__md_scope=new URL\("[^"]*",location\)')
SCOPE_OF_SCRIPT = '__md_scope=new URL("../../",document.currentScript.src)'
BUNDLE = re.compile(r'<script src="(?P<up>[^"]*)assets/javascripts/bundle\.')
FIRST_SHEET = re.compile(r'<link rel="stylesheet"')
# Opens the tab that the address names; no page of the handbook has tabs.
FOR_TABS = "__tabbed_"
# What the theme does only when all of the page is there, done before: each would style every element of the page once more, and who
# has a dark screen would first see a light page. It marks the page as one with scripts, and follows the device's colours where the
# reader has chosen none. Browsers that cannot run the handbook's scripts stay as they are.
EARLY = """\
if("noModule" in HTMLScriptElement.prototype){document.documentElement.className="js js-focus-visible";\
document.documentElement.setAttribute("data-js-focus-visible","");\
__md_get("__palette")||!matchMedia("(prefers-color-scheme: dark)").matches||document.body.setAttribute("data-md-color-scheme","slate")}
"""
LOADED = re.compile(
    r'(?P<before><(?:script|link)\b[^>]*?\b(?:src|href)=")(?P<up>[^"]*?)'
    r'(?P<path>(?:assets/(?:javascripts|stylesheets)|_generated)/[\w./-]+?\.(?:js|css))(?P<after>"[^>]*>)'
)


def integrity(data):
    """What a script element says of its file."""
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")


def short_hash(data):
    """Eight hex digits, as in the names of the theme's files."""
    return hashlib.sha256(data).hexdigest()[:8]


class Naming:
    """Gives one built site's scripts and style sheets the names that they keep, and pages what they say of them.

    First every page is taken through `without_inline`, then `settle` is called, then every page is taken through `named`.
    """

    def __init__(self, out):
        self.out = Path(out)
        self.theme = None
        self.names, self.hashes = {}, {}

    def without_inline(self, html, page):
        """A page's HTML with the theme's scripts taken out of it and one element in their place."""
        found = [one for one in INLINE.finditer(html) if FOR_TABS not in one["body"] or html.count(FOR_TABS) > 1]
        if found:
            text = "".join(self._from_anywhere(one["body"], page) for one in found) + EARLY
            if self.theme not in (None, text):
                raise SiteError(
                    "the theme's scripts differ from page to page",
                    where=page,
                    found=text[:200],
                    expected="the same scripts on every page",
                    hint="see build_scripts/site/scripts.py: each that is new must become a file",
                )
            self.theme = text
        # Where the site begins stands in the page itself: the page for what is not there has full paths.
        start = BUNDLE.search(html)
        address = f"{start['up'] if start else ''}{OWN}{THEME}"
        html = INLINE.sub(lambda one: f'<script src="{address}"></script>\n' if one[0] == found[-1][0] else "", html)
        # The page stands still at this script, which is wanted before the colours are: so it is asked for with the style sheets.
        return FIRST_SHEET.sub(rf'<link rel="preload" href="{address}" as="script">\n\g<0>', html, count=1) if found else html

    def _from_anywhere(self, body, page):
        body = SCOPE.sub(SCOPE_OF_SCRIPT, body)
        if ",location)" in body:
            raise SiteError(
                "a script of the theme depends on the page that it stands in",
                where=page,
                found=body[:200],
                expected="scripts that work from a file",
                hint="see SCOPE in build_scripts/site/scripts.py",
            )
        return body.strip() + "\n"

    def settle(self):
        """Give every file the name that it keeps. Returns the folder of the handbook's scripts, within the site."""
        scripts = {
            file.name: file.read_bytes() for file in sorted((self.out / OWN).glob("*.js")) if ".min." not in file.name
        }
        if self.theme is not None:
            scripts[THEME] = self.theme.encode("utf-8")
        folder = f"scripts/{content_hash(scripts)}/"
        for name, data in scripts.items():
            self._move(OWN + name, folder + name, data)
        for start in SHEETS:
            for file in sorted((self.out / start).glob("*.css")):
                if ".min." not in file.name:
                    data = file.read_bytes()
                    self._move(start + file.name, f"{start}{file.stem}.{short_hash(data)}.css", data)
        return folder

    def _move(self, old, new, data):
        self.names[old], self.hashes[old] = new, integrity(data)
        target = self.out / new
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        (self.out / old).unlink(missing_ok=True)

    def named(self, html):
        """A page's HTML with the names that were given, and with the integrity of every script."""
        return LOADED.sub(self._one, html)

    def _one(self, found):
        path, after = found["path"], found["after"]
        if path.endswith(".js"):
            if path not in self.hashes:
                self.hashes[path] = integrity((self.out / path).read_bytes())
            after = after.replace('"', f'" integrity="{self.hashes[path]}"', 1)
        return found["before"] + found["up"] + self.names.get(path, path) + after
