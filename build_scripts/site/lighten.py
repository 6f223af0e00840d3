"""What a page does not use, it does not load: style sheets of tools and maps, and the scripts behind forms.

Every page is built with a link to each of the handbook's style sheets. Those of which a page has not one class are taken out of it.
A script brings a kind of form to life and is fetched by docs/assets/javascripts/site.js where there is such a form; so that it and
all that it imports come at once, and not one after another, the page names them beforehand.
"""

import re
from pathlib import Path

SHEET = re.compile(r'<link rel="stylesheet" href="(?P<path>[^"]*?(?P<name>assets/stylesheets/[\w-]+\.css|_generated/[\w-]+\.css))">\n?')
# The theme's own classes are on every page.
CLASS = re.compile(r"\.(?!md-)([a-zA-Z_][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
USED = re.compile(r' class="([^"]*)"')
MODULE = re.compile(r'^(?:import|export)\b[^"\n]*"\./([\w-]+\.js)"', re.MULTILINE)
ENTRY = re.compile(r'<script src="(?P<folder>[^"]*assets/javascripts/)site\.js" type="module"></script>')
# Which script brings which mark to life, as site.js says it: {name: mark in the HTML}.
LIVE = re.compile(r'^  "(?P<script>[\w-]+)": "(?P<selector>[^"]+)",?$', re.MULTILINE)
# These belong to the frame of every page, and to every page on paper.
ALWAYS = ("look.css", "palette.css", "print.css")
# Every page has the choice of an area: its sheet becomes the end of the frame's, one file less to fetch.
SHEETS = "assets/stylesheets/"
JOINED = {"areas.css": "look.css"}


def joined(texts):
    """{path in the site: text} with the style sheets that every page needs put together."""
    texts = dict(texts)
    for name, into in JOINED.items():
        if SHEETS + name in texts and SHEETS + into in texts:
            texts[SHEETS + into] += "\n" + texts.pop(SHEETS + name)
    return texts


class Lightener:
    """Lightens the pages of one built site."""

    def __init__(self, out):
        self.out, self.classes = Path(out), {}
        self.scripts = self.out / "assets" / "javascripts"
        entry = self.scripts / "site.js"
        text = entry.read_text(encoding="utf-8") if entry.is_file() else ""
        self.live = {found["script"]: found["selector"] for found in LIVE.finditer(text)}

    def join(self):
        """Put the style sheets that every page needs together. Call it before pages are lightened."""
        names = [SHEETS + one for pair in JOINED.items() for one in pair]
        texts = {name: (self.out / name).read_text(encoding="utf-8") for name in names if (self.out / name).is_file()}
        whole = joined(texts)
        for name in texts:
            if name in whole:
                (self.out / name).write_text(whole[name], encoding="utf-8", newline="\n")
            else:
                (self.out / name).unlink()

    def lightened(self, html):
        """A page's HTML without the style sheets that it does not use, and with the scripts that it will need named."""
        used = {name for found in set(USED.findall(html)) for name in found.split()}
        html = SHEET.sub(lambda link: link[0] if self._loads(link["name"], used) else "", html)
        needed = [script for script, selector in self.live.items() if _stands(selector, html, used)]
        files = sorted({file for script in needed for file in self._with_imports(script + ".js")})
        return ENTRY.sub(lambda entry: _named(entry["folder"], files) + entry[0], html)

    def _loads(self, name, used):
        """Whether a page with the classes ``used`` needs a style sheet."""
        return not name.endswith(tuple(JOINED)) and (name.endswith(ALWAYS) or not self._styles(name).isdisjoint(used))

    def _styles(self, name):
        """The classes that a style sheet has rules for."""
        if name not in self.classes:
            text = COMMENT.sub("", (self.out / name).read_text(encoding="utf-8"))
            self.classes[name] = set(CLASS.findall(text))
        return self.classes[name]

    def _with_imports(self, name):
        found, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += MODULE.findall((self.scripts / one).read_text(encoding="utf-8"))
        return found


def _stands(selector, html, used):
    """Whether there is such a thing on the page: form[data-tool] or [data-draw] by its attribute, .map-frame by its class."""
    attribute = re.search(r"\[([\w-]+)", selector)
    return f" {attribute[1]}" in html if attribute else selector.removeprefix(".") in used


def _named(folder, files):
    return "".join(f'<link rel="modulepreload" href="{folder}{name}">' for name in files)
