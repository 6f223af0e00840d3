"""What a page does not use, it does not load; what it needs first comes first.

Every page is built with a link to each of the handbook's style sheets. Those of which a page has not one class are taken out of it.
A script brings a kind of form to life and is fetched by docs/assets/javascripts/site.js where there is such a form. So that the
scripts of forms come with the page and not one after another behind it, its head names them with all that they import. The theme's
script is large, and nothing that is read or answered waits for it: it runs once the handbook's own has.
"""

import re
from pathlib import Path

from build_scripts.site.together import files_of

SHEET = re.compile(r'<link rel="stylesheet" href="(?P<path>[^"]*?(?P<name>assets/stylesheets/[\w-]+\.css|_generated/[\w-]+\.css))">\n?')
# The theme's own classes are on every page.
CLASS = re.compile(r"\.(?!md-)([a-zA-Z_][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
USED = re.compile(r' class="([^"]*)"')
MODULE = re.compile(r'^(?:import|export)\b[^"\n]*"\./([\w-]+\.js)"', re.MULTILINE)
ENTRY = re.compile(r'\s*<script src="(?P<folder>[^"]*assets/javascripts/)site\.js" type="module"></script>')
THEME = re.compile(r'<script src="(?P<file>[^"]*assets/javascripts/bundle\.[^"]*)"></script>')
# Which script brings which mark to life, as site.js says it.
LIVE = re.compile(r'^  \["(?P<selector>[^"]+)", \(\) => import\("\./(?P<script>[\w-]+)\.js"\)\],$', re.MULTILINE)
# What answers. All else that is brought to life can wait until somebody has an answer.
FIRST = "form["
# These belong to the frame of every page, and to every page on paper.
ALWAYS = ("look.css", "print.css")
SHEETS = "assets/stylesheets/"
# Sheets that become one, in the order in which they stand in a page: each file more is a journey more on a weak line.
JOINED = {"look.css": ("look.css", "areas.css"), "tools.css": ("tools.css", "answer.css", "walker.css")}
# The theme's colours, which every page needs too and which are small already: they become the beginning of the frame's sheet.
COLOURS, FRAME = "palette.css", "look.css"
# A page is shown without waiting for what it looks like on paper.
ON_PAPER = "print.css"


def joined(texts):
    """{path in the site: text} with style sheets put together."""
    texts = dict(texts)
    for into, names in JOINED.items():
        held = [SHEETS + name for name in names if SHEETS + name in texts]
        if SHEETS + into in held:
            texts[SHEETS + into] = "\n".join([texts.pop(name) for name in held])
    return texts


class Lightener:
    """Lightens the pages of one built site."""

    def __init__(self, out):
        self.out, self.classes, self.gone, self.colours = Path(out), {}, set(), ""
        self.scripts = self.out / "assets" / "javascripts"
        entry = self.scripts / "site.js"
        text = entry.read_text(encoding="utf-8") if entry.is_file() else ""
        self.names = [file.name for file in self.scripts.glob("*.js")]
        self.live = {found["script"]: found["selector"] for found in LIVE.finditer(text)}

    def join(self):
        """Put style sheets together. Call it before pages are lightened."""
        names = [SHEETS + name for held in JOINED.values() for name in held]
        texts = {name: (self.out / name).read_text(encoding="utf-8") for name in names if (self.out / name).is_file()}
        whole = joined(texts)
        for name in texts:
            if name in whole:
                (self.out / name).write_text(whole[name], encoding="utf-8", newline="\n")
            else:
                (self.out / name).unlink()
        self.gone = {name.removeprefix(SHEETS) for name in texts if name not in whole}
        colours = self.out / SHEETS / COLOURS
        if colours.is_file() and SHEETS + FRAME in whole:
            self.colours = colours.read_text(encoding="utf-8")
            colours.unlink()
            self.gone.add(COLOURS)

    def put_colours(self):
        """Begin the frame's sheet with the theme's colours. Call it when sheets are as small as they will be."""
        if self.colours:
            frame = self.out / SHEETS / FRAME
            frame.write_text(self.colours.rstrip() + "\n" + frame.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")

    def lightened(self, html):
        """A page's HTML without the style sheets that it does not use, and with the scripts that it will need named."""
        used = {name for found in set(USED.findall(html)) for name in found.split()}
        html = SHEET.sub(lambda link: self._link(link, used), html)
        entry = ENTRY.search(html)
        if not entry:
            return html
        needed = [f"{script}.js" for script, selector in self.live.items() if selector.startswith(FIRST) and _stands(selector, html)]
        modules = sorted(files_of(self._with_imports("site.js", *needed), self.names))
        html = THEME.sub(r'<script src="\g<file>" defer fetchpriority="low"></script>', ENTRY.sub("", html))
        return html.replace("</head>", _named(entry["folder"], modules) + "</head>", 1)

    def _link(self, link, used):
        """The link to a style sheet as a page with the classes ``used`` has it, or nothing."""
        file = link["name"].rpartition("/")[2]
        if file in self.gone or (file not in ALWAYS and self._styles(link["name"]).isdisjoint(used)):
            return ""
        return link[0].replace('rel="stylesheet"', 'rel="stylesheet" media="print"') if file == ON_PAPER else link[0]

    def _styles(self, name):
        """The classes that a style sheet has rules for."""
        if name not in self.classes:
            text = COMMENT.sub("", (self.out / name).read_text(encoding="utf-8"))
            self.classes[name] = set(CLASS.findall(text))
        return self.classes[name]

    def _with_imports(self, *names):
        """Scripts, and all that they import at once."""
        found, todo = set(), list(names)
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += MODULE.findall((self.scripts / one).read_text(encoding="utf-8"))
        return found


def _stands(selector, html):
    """Whether there is such a form on the page, by its attribute."""
    return f" {re.search(r'\[([\w-]+)', selector)[1]}" in html


def _named(folder, files):
    """The modules that a page fetches beforehand, and the one that it runs."""
    links = "".join(f'<link rel="modulepreload" href="{folder}{name}">' for name in files)
    return f'{links}<script src="{folder}site.js" type="module"></script>'
