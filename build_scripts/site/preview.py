"""The handbook while it is written: each page made when it is asked for, from the rules and pages as they are now.

A build makes everything; this reads again what changed, draws the maps that changed, and makes the one page that is looked at. What
only a published site needs is left out: the search, offline use, answers looked up before Python is there, and the policy.

A mistake is told in the terminal at once and at the top of the page, below which the last good preview stays.
"""

import re
import tempfile
import threading
import time
import traceback
from functools import partial
from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.load import RuleFileError
from build_scripts.site.bundle import write_bundle, write_manifest
from build_scripts.site.choosing import ARTICLE, bar, page_of
from build_scripts.site.errors import SiteError
from build_scripts.site.generate import strays, write_generated
from build_scripts.site.make_pages import ROOT
from build_scripts.site.mend import mended
from build_scripts.site.one_page import Pages
from build_scripts.site.pieces.site import load_site
from build_scripts.site.runtime import write_runtime
from build_scripts.site.seal import relative
from build_scripts.site.server import Handler, listening
from build_scripts.site.serving import TYPES
from decision_logic import HandbookError
from diagrams.errors import DiagramError

RULES = ("decision_logic/rules", "decision_logic/scenarios", "diagrams/style.yml")
DOCS = ("docs", "mkdocs.yml")
CODE = ("build_scripts", "decision_logic", "diagrams")
LOOK_EVERY_SECONDS = 0.2
WAIT_SECONDS = 20
NEWS = "_preview/news"
SCRIPT = "_preview/news.js"
WAITING = """
const { src, dataset: { since } } = document.currentScript;
const wait = async () => {
  try {
    const response = await fetch(new URL("news?since=" + since, src));
    if ((await response.text()) !== since) return location.reload();
  } catch {
    await new Promise((done) => setTimeout(done, 1000));
  }
  wait();
};
wait();
"""
TROUBLE = (HandbookError, RuleFileError, DiagramError)


class Preview:
    """What is there now. ``version`` grows with every change of a file; ``trouble`` is what is wrong with the rules, or None."""

    def __init__(self, say):
        self.say, self.version, self.trouble = say, 1, None
        self.lock, self.news = threading.Lock(), threading.Condition()
        self.good = {}  # address: the last page that could be made
        self.site = self.pages = None
        self.files = tempfile.TemporaryDirectory(prefix="handbook-preview-")
        self.out = Path(self.files.name)
        self.seen = _stamps(RULES + DOCS), _stamps(CODE, "*.py")
        self._read(rules=True, pages=True)

    def close(self):
        """Remove what was made."""
        self.files.cleanup()

    def look(self):
        """Take up what changed on the disk. Returns whether something did."""
        stamps, code = _stamps(RULES + DOCS), _stamps(CODE, "*.py")
        before, code_before = self.seen
        if (stamps, code) == self.seen:
            return False
        self.seen = stamps, code
        changed = sorted(str(name) for name in stamps.keys() | before.keys() if stamps.get(name) != before.get(name))
        if code != code_before:
            self.say("The program itself has changed: stop the preview and start it again to see that.")
        if not changed:
            return False
        of_rules = any(name.startswith(RULES) for name in changed)
        begun = time.monotonic()
        with self.lock:
            self._read(rules=of_rules, pages=stamps.keys() != before.keys() or "mkdocs.yml" in changed)
        if self.trouble is None:
            self.say(f"Changed: {', '.join(changed)} ({time.monotonic() - begun:.1f} s)")
        with self.news:
            self.version += 1
            self.news.notify_all()
        return True

    def _read(self, rules, pages):
        try:
            if rules or self.site is None:
                site = load_site()
                write_generated(site)
                self.site = site
            if pages or self.pages is None:
                self.pages = Pages(ROOT / "mkdocs.yml")
            self.trouble = None
        except TROUBLE as trouble:
            self.trouble = str(trouble)
            self.say(f"Not right yet, the last good preview stays:\n{self.trouble}")

    def page(self, address):
        """(HTML, whether there is such a page) of the page at an address below the beginning, such as ``tools/appointment/``."""
        with self.lock:
            trouble, version = self.trouble, self.version
            if self.pages is None or self.site is None:
                return _told(trouble, "", version), True
            if trouble is None:
                try:
                    made = self._made(address)  # what MkDocs warns of would end a build
                    if made is None:
                        return None, False
                    self.good[address], trouble = made
                except TROUBLE as problem:
                    trouble = str(problem)
                except Exception:
                    trouble = traceback.format_exc(limit=-5)
                if trouble:
                    self.say(f"Not right on {address or 'the home page'}:\n{trouble}")
            return _told(trouble, self.good.get(address, ""), version), True

    def _made(self, address):
        name = f"{address}index.html"
        written = self.pages.source(address)
        if written is None:
            return None
        for line, column, found, why in strays(written):
            raise SiteError(why, where=f"{name}:{line}:{column}", found=found, expected="a reference")
        html, warned = self.pages.html(address, self.site)
        if place := ARTICLE.search(html):
            html = html[: place.end()] + bar(self.site, page_of(name), html) + html[place.end() :]
        return relative(mended(html), name), "\n".join(warned)

    def file(self, path):
        """The file behind an address, or None: of docs/, of the theme, or of what Python needs."""
        if path == "assets-manifest.json" or path.startswith(("rules/", "runtime/")):
            with self.lock:
                self._python()
            found = self.out / path
        else:
            found = self.pages.file(path) if self.pages else None
        return found if found and found.is_file() else None

    def _python(self):
        if self.site is None:
            return
        rules_hash = self.site.rules.rules_hash
        if not (self.out / "rules" / rules_hash).is_dir():
            runtime = write_runtime(self.out)
            write_manifest(self.out, rules_hash, runtime, write_bundle(self.site.loaded.plain, rules_hash, self.out))

    def newer_than(self, version, seconds=WAIT_SECONDS):
        """The version, as soon as it is another one than that, or after so many seconds."""
        with self.news:
            self.news.wait_for(lambda: self.version != version, seconds)
        return self.version


def _told(trouble, html, version):
    """A page with what is wrong at its top, and with the script that waits for news."""
    script = f'<script src="/{SCRIPT}" data-since="{version}"></script>'
    if trouble:
        box = (
            '<div role="alert" style="padding:1rem;background:#fff3cd;color:#222;border-bottom:4px solid #b35900">'
            f'<strong>Not right yet</strong>'
            f'<pre style="white-space:pre-wrap;margin:.5rem 0 0">{escape(trouble)}</pre></div>'
        )
        if not html:
            html = "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Not right yet</title></head><body></body></html>"
        html = re.sub(r"<body[^>]*>", lambda body: body[0] + box, html, count=1)
    return html.replace("</body>", f"{script}</body>", 1)


def _stamps(names, pattern="*"):
    """{file: when and how large} below the project."""
    found = {}
    for name in names:
        place = ROOT / name
        for file in [place] if place.is_file() else place.rglob(pattern):
            parts = file.relative_to(ROOT).parts
            if "_generated" in parts or "__pycache__" in parts or file.name.startswith("."):
                continue
            try:
                if file.is_file():
                    stat = file.stat()
                    found[file.relative_to(ROOT).as_posix()] = stat.st_mtime_ns, stat.st_size
            except OSError:
                pass  # removed meanwhile
    return found


class PreviewHandler(Handler):
    """Serves a preview."""

    def __init__(self, *arguments, preview, **more):
        self.preview = preview
        super().__init__(*arguments, folder=preview.out, **more)

    def _answer(self, body):
        parts = urlsplit(self.path)
        path = unquote(parts.path).removeprefix("/")
        if path == NEWS:
            since = re.search(r"since=(\d+)", parts.query)
            return self._plain(str(self.preview.newer_than(int(since[1]) if since else 0)), TYPES[".txt"], body)
        if path == SCRIPT:
            return self._plain(WAITING, TYPES[".js"], body)
        if path == "" or path.endswith("/"):
            html, found = self.preview.page(path)
            if found:
                return self._plain(html, TYPES[".html"], body)
        elif self.preview.pages and self.preview.pages.source(path + "/") is not None:
            return self._redirect(f"/{path}/")
        elif file := self.preview.file(path):
            kind = TYPES.get(file.suffix, "application/octet-stream")
            return self._plain(file.read_bytes(), kind, body)
        return self._plain("Nothing here.\n", TYPES[".txt"], body, HTTPStatus.NOT_FOUND)

    def _plain(self, text, kind, body, status=HTTPStatus.OK):
        data = text.encode("utf-8") if isinstance(text, str) else text
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if body:
            self.wfile.write(data)


def preview(*, host="127.0.0.1", port=8000, say=print, ready=lambda address: None, stop=None):
    """Preview until stopped with Ctrl+C, or until the event ``stop`` is set. Raises SiteError where the port is taken."""
    stop = stop or threading.Event()
    shown = Preview(say)
    server = listening(host, port, partial(PreviewHandler, preview=shown))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://{host}:{server.server_address[1]}/"
    say(f"Preview on {address}; it follows every change of rules and pages. Stop with Ctrl+C.")
    ready(address)
    try:
        while not stop.wait(LOOK_EVERY_SECONDS):
            shown.look()
    except KeyboardInterrupt:
        say("\nStopped.")
    finally:
        server.shutdown()
        server.server_close()
        shown.close()
