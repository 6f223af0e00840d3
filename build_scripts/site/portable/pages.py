"""A page of the site for opening from a folder: its links, its scripts and its policy."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from build_scripts.site.errors import SiteError

# Beside the entry module: what runs before every other script, and the modules made one script.
FIRST, ENTRY = "portable.js", "handbook.js"
INDEX = "index.html"

POLICY = {
    "default-src": ["'none'"],
    # To browsers, the files of a folder are of one origin here, though nothing may be fetched from it.
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "worker-src": ["blob:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}

META = f"""<meta http-equiv="Content-Security-Policy" content="{"; ".join(f"{name} {' '.join(values)}" for name, values in POLICY.items())}"><meta name="referrer" content="no-referrer">"""

SCRIPT_BODY = re.compile(r"(<script\b[^>]*>)(.*?)(</script>)", re.DOTALL)
TAG = re.compile(r"""<[a-zA-Z][^\s/>]*(?:[^>"']|"[^"]*"|'[^']*')*>""")
ADDRESS = re.compile(r'(?P<before>\s(?:xlink:)?(?:href|src)=")(?P<link>[^"]*)(?P<after>")')
NAME = re.compile(r"<([a-zA-Z][\w-]*)")
REL = re.compile(r'\srel="([^"]*)"')
SRC = re.compile(r'\ssrc="([^"]*)"')
# Beside the address itself: they ask a server for what a folder cannot give.
FOR_SERVERS = re.compile(r'\s(?:integrity|crossorigin|fetchpriority)(?:="[^"]*")?(?=[\s/>])')
RELS_FOR_SERVERS = frozenset({"modulepreload", "preload", "prefetch", "preconnect", "manifest", "canonical"})
POLICY_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*><meta name="referrer"[^>]*>')
# From a folder nobody else says it, and browsers look for it at the very beginning alone.
CHARSET = '<meta charset="utf-8">'
CONFIG = re.compile(r'<script id="?__config"? type="application/json">(.*?)</script>', re.DOTALL)
# From a folder the theme cannot follow links without loading anew, and where it is to it brings no part of a page to life.
INSTANT = re.compile(r'"navigation\.instant",\s*|,\s*"navigation\.instant"')
IMPORT_MAP = re.compile(r'<script[^>]*type="importmap"[^>]*>.*?</script>', re.DOTALL)
OFFLINE = re.compile(r"<p data-offline-hint[^>]*>.*?</p>", re.DOTALL)
# The self-test asks a server; here it stays what it is without scripts.
SELF_TEST = re.compile(r'<div data-self-test><p role="status" data-verdict>[^<]*</p>')
NO_SERVER = "<div><p>This copy has no server to look at. The tables say what a server should do.</p>"
# The copy says so where the site says what works without a network.
COPY = "<p data-portable>This copy works without a server or a network. It does not renew itself.</p>"


@dataclass(frozen=True)
class UsedScripts:
    """The scripts that pages name, as paths of the site: the entry module, classic scripts, and workers of the theme."""

    entry: str
    classic: frozenset[str]
    workers: frozenset[str]


def used_scripts(pages: Mapping[str, str]) -> UsedScripts:
    """What the pages (path → HTML) name. Raises SiteError unless they share one entry module."""
    entries, classic, workers = set(), set(), set()
    for page, html in pages.items():
        for script in SCRIPT_BODY.finditer(html):
            src = SRC.search(script[1])
            if src:
                kind = entries if 'type="module"' in script[1] else classic
                kind.add(_resolved(page, unescape(src[1]))[0])
        config = CONFIG.search(html)
        if config and (search := json.loads(config[1]).get("search")):
            workers.add(_resolved(page, search)[0])
    if len(entries) != 1:
        raise SiteError(
            "The pages do not share one entry module.",
            found=", ".join(sorted(entries)) or "none",
            expected="one script of type module on every page",
            hint="See extra_javascript in mkdocs.yml.",
        )
    return UsedScripts(entries.pop(), frozenset(classic), frozenset(workers))


class Pages:
    """Turns the pages of one site. `files` are the paths of everything else in the copy."""

    def __init__(self, pages: Mapping[str, str], entry: str, files: set[str]) -> None:
        self.entry, self.there = entry, {*pages, *files}
        self.folders = {posixpath.dirname(name) for name in pages if posixpath.basename(name) == INDEX}
        self.astray: list[str] = []

    def turned(self, page: str, html: str) -> str:
        """The HTML of a page, for a folder."""
        html = SELF_TEST.sub(NO_SERVER, html)
        html = CONFIG.sub(lambda config: INSTANT.sub("", config[0]), html)
        html = OFFLINE.sub(COPY, IMPORT_MAP.sub("", POLICY_META.sub("", html)))
        parts, at = [], 0
        for script in SCRIPT_BODY.finditer(html):
            parts += [self._tags(page, html[at : script.start()]), self._script(page, script)]
            at = script.end()
        html = "".join([*parts, self._tags(page, html[at:])])
        first = posixpath.relpath(posixpath.join(posixpath.dirname(self.entry), FIRST), posixpath.dirname(page) or ".")
        return html.replace(CHARSET, "", 1).replace("<head>", f'<head>{CHARSET}{META}<script src="{first}"></script>', 1)

    def assert_links_lead_somewhere(self) -> None:
        """Raises SiteError for the links of all pages turned so far that lead to nothing in the copy."""
        if self.astray:
            raise SiteError(
                "Links of the copy lead to what is not in it.",
                found="; ".join(self.astray[:20]) + (f"; and {len(self.astray) - 20} more" if len(self.astray) > 20 else ""),
                expected="links to pages and files of the site",
                hint="Build the site anew, and see whether `handbook check site` finds them too.",
            )

    def _script(self, page: str, script: re.Match) -> str:
        tag = self._tag(page, script[1])
        if 'type="module"' in script[1] and SRC.search(script[1]):
            tag = tag.replace(' type="module"', " defer").replace(posixpath.basename(self.entry), ENTRY)
        return tag + script[2] + script[3]

    def _tags(self, page: str, html: str) -> str:
        return TAG.sub(lambda tag: self._tag(page, tag[0]), html)

    def _tag(self, page: str, tag: str) -> str:
        rel = REL.search(tag)
        if NAME.match(tag)[1].lower() == "link" and rel and set(rel[1].split()) & RELS_FOR_SERVERS:
            return ""
        return ADDRESS.sub(lambda link: link["before"] + self._link(page, link["link"]) + link["after"], FOR_SERVERS.sub("", tag))

    def _link(self, page: str, link: str) -> str:
        parts = urlsplit(unescape(link))
        if parts.scheme or parts.netloc or not parts.path:
            return link
        target, _ = _resolved(page, parts.path)
        if target in self.folders:
            written = urlsplit(link)
            return written._replace(path=posixpath.normpath(posixpath.join(written.path, INDEX))).geturl()
        if target not in self.there and target != self.entry:
            self.astray.append(f"{link} on {page}")
        return link


def _resolved(page: str, link: str) -> tuple[str, str]:
    """(the file or folder that a link on a page leads to, as a path of the site; its anchor)."""
    path, _, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path.partition("?")[0])))
    return ("" if target == "." else target), anchor
