"""The look-ups in the built site: their files in the immutable folder of the rules, and the forms that name theirs.

    rules/RULES_HASH/instant/NAME-HASH.json    what docs/assets/javascripts/instant.js and instant-deadline.js look answers up in
    form[data-instant=PATH]                    the file of a form's tool, deadline or calculator, from the beginning of the site

A tool's own page asks for its file in its head, so that it is there when the scripts are.
"""

import json
import re

from build_scripts.site.bundle import MANIFEST
from build_scripts.site.lookup import lookup_files
from build_scripts.site.runtime import write_whole

FORM = re.compile(r'<form [^>]*?data-(?P<kind>tool|deadline|workdays)="(?P<name>\w+)"')
OWN_PAGE = re.compile(r"<form [^>]*?data-own-page")


def put_lookups(out, rules, files=None):
    """Write every look-up below ``out``, list them in the manifest and name them in the pages; ``files``: those, where they are made."""
    files = files or lookup_files(rules)
    folder = f"rules/{rules.rules_hash}/instant/"
    write_whole(out / folder, dict(files.values()))
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    manifest["instant"] = {"path": folder, "files": {name: len(data) for name, data in sorted(files.values())}}
    write_whole(out, {MANIFEST: (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()})
    paths = {form: folder + name for form, (name, _) in files.items()}
    for page in sorted(out.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        named = with_lookups(html, paths)
        if named != html:
            page.write_text(named, encoding="utf-8", newline="\n")


def with_lookups(html, paths):
    """A page whose forms name their look-ups; ``paths``: {(kind of form, what it is for): path from the beginning of the site}."""
    met = {}

    def name(form):
        path = paths.get((form["kind"], form["name"]))
        if path is None:
            return form[0]
        met[path] = None
        return f'{form[0]} data-instant="{path}"'

    html = FORM.sub(name, html)
    if not met or not OWN_PAGE.search(html):
        return html
    asked = "".join(f'<link rel="preload" href="site:{path}" as="fetch" crossorigin="anonymous">' for path in met)
    return html.replace("</head>", asked + "</head>", 1)
