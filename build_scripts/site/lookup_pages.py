"""The look-ups of tools in the built site: their files in the immutable folder of the rules, and the forms that name theirs.

    rules/RULES_HASH/instant/TOOL-HASH.json    what docs/assets/javascripts/instant.js looks answers up in
    form[data-tool][data-instant=PATH]         the file of a form's tool, from the beginning of the site

A tool's own page asks for its file in its head, so that it is there when the scripts are.
"""

import json
import re

from build_scripts.site.bundle import MANIFEST
from build_scripts.site.lookup import lookup_files
from build_scripts.site.runtime import write_whole

FORM = re.compile(r'<form [^>]*?data-tool="(?P<tool>\w+)"')
OWN_PAGE = re.compile(r"<form [^>]*?data-own-page")


def put_lookups(out, rules):
    """Write the look-up of every tool below ``out``, list them in the manifest and name them in the pages."""
    files = lookup_files(rules)
    folder = f"rules/{rules.rules_hash}/instant/"
    write_whole(out / folder, dict(files.values()))
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    manifest["instant"] = {"path": folder, "tools": {tool: name for tool, (name, _) in files.items()}}
    manifest["instant"]["files"] = {name: len(data) for name, data in sorted(files.values())}
    write_whole(out, {MANIFEST: (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()})
    paths = {tool: folder + name for tool, (name, _) in files.items()}
    for page in sorted(out.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        named = with_lookups(html, paths)
        if named != html:
            page.write_text(named, encoding="utf-8", newline="\n")


def with_lookups(html, paths):
    """A page whose forms name their look-ups; ``paths``: {tool: path from the beginning of the site}."""
    met = {}

    def name(form):
        path = paths.get(form["tool"])
        if path is None:
            return form[0]
        met[path] = None
        return f'{form[0]} data-instant="{path}"'

    html = FORM.sub(name, html)
    if not met or not OWN_PAGE.search(html):
        return html
    asked = "".join(f'<link rel="preload" href="site:{path}" as="fetch" crossorigin="anonymous">' for path in met)
    return html.replace("</head>", asked + "</head>", 1)
