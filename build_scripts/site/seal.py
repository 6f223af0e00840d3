"""The seal: what is done to the built site so that it is safe, offline and small.

Links that the rules put into pages become page-relative; every page gets its content security policy; the service worker gets
its list of files; text files get compressed copies. Nothing here changes what a page says.
"""

import base64
import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from build_scripts.site.compress import Compressor
from build_scripts.site.lighten import Lightener
from build_scripts.site.mend import mended
from build_scripts.site.minify import minify, slim_script
from build_scripts.site.scripts import Naming, integrity
from build_scripts.site.serving import IMMUTABLE, caching, headers, policy
from build_scripts.site.theme import mend_theme
from build_scripts.site.theme_rules import slim_theme

TEMPLATE = Path(__file__).with_name("service_worker.js")
# Expressions over whole pages begin with plain words, because these are looked for many times as fast as anything else.
SITE_LINK = re.compile(r'href="site:([^"]*)"')
INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
# Comments of the theme and all whose line ends count.
AS_WRITTEN = re.compile(r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.DOTALL)
INDENT = re.compile(r"\n\s*")
TRAIL = re.compile(r"[ \t]+\n")
HEAD = re.compile(r"<head>", re.IGNORECASE)
# The handbook as a PDF is a download, not a page: whoever wants it offline has it.
NOT_KEPT = (".map", ".br", ".gz", ".pdf")
# Written last.
LATE = ("sitemap.xml", "sw.js")
# Nor what no page shows: pictures of the README.
NEVER_OFFLINE = ("_headers", "sw.js", "assets/screenshots/")
# A page says of which version of the site it is; the version is taken over everything but this.
STAMP = re.compile(r'<meta name="handbook-version" content="[^"]*">')

@dataclass(frozen=True)
class Sealed:
    """What was sealed: the number of pages, and the version that the service worker carries."""

    pages: int
    version: str


def seal(out, rules_hash, *, last=lambda: None, copies=()):
    """Seal the built site in ``out``.

    ``last``: brings what is still to come when the pages are done. ``copies``: what makes compressed copies of the rules and of the
    index meanwhile; each has a result() to wait for.
    """
    out = Path(out)
    with Compressor() as compressor:
        pages, version = _sealed(out, compressor, last, copies)
    return Sealed(pages, version)


def _sealed(out, compressor, last, copies):
    files, renamed, pages = sorted(out.rglob("*.html")), mend_theme(out) | slim_theme(out), {}
    lightener, naming = Lightener(out), Naming(out)
    lightener.join()
    for file in files:
        name, html = file.relative_to(out).as_posix(), file.read_text(encoding="utf-8")
        for old, new in renamed.items():
            html = html.replace(old, new)
        pages[name] = naming.without_inline(lightener.lightened(relative(tightened(mended(html)), name)), name)
    minify(out)
    lightener.put_colours()
    naming.settle()
    last()
    # From here on no file but the pages and the late ones changes.
    files = [file for file in out.rglob("*") if file.suffix != ".html" and file.name not in LATE]
    beside = [file for file in files if {out / "rules", out / "search"} & set(file.parents)]
    compressor.add(set(files) - set(beside))
    for name, html in pages.items():
        (out / name).write_text(with_policy(naming.named(html)), encoding="utf-8", newline="\n")
    # Instant navigation reads the site map; the date of building in it would make the same input give other bytes.
    (out / "sitemap.xml.gz").unlink(missing_ok=True)
    if (out / "sitemap.xml").is_file():
        listed = re.sub(r"\s*<lastmod>.*?</lastmod>", "", (out / "sitemap.xml").read_text(encoding="utf-8"))
        (out / "sitemap.xml").write_text(listed, encoding="utf-8", newline="\n")
    (out / "_headers").write_text(headers_file(), encoding="utf-8", newline="\n")
    version = _service_worker(out)
    compressor.add(out / name for name in (*pages, *LATE))
    compressor.add(beside, after=copies)
    return len(pages), version


def refresh(out, changed):
    """Seal again what depends on the files of a sealed site that were ``changed`` since: every page carries the site's version."""
    _service_worker(out)
    with Compressor() as compressor:
        compressor.add({*changed, *out.rglob("*.html"), out / "sw.js"})


def tightened(html):
    """A page's HTML without the lines and indents that the theme's templates leave; what is shown as written stays."""
    parts = AS_WRITTEN.split(html)
    return "".join(part if number % 2 else _without_indents(part) for number, part in enumerate(parts))


def _without_indents(html):
    html = INDENT.sub("\n", html)
    return TRAIL.sub("\n", html) if " \n" in html or "\t\n" in html else html


def relative(html, page):
    """A page's HTML with the links that the rules put in made relative to it."""
    return SITE_LINK.sub(lambda link: f'href="{_relative(link[1], page)}"', html)


@lru_cache(maxsize=10_000)
def _relative(link, page):
    target, mark, anchor = link.partition("#")
    if page == "404.html":
        return link
    folder = target.endswith("/") or target in ("", ".", "./")
    path = posixpath.relpath(target or ".", posixpath.dirname(page) or ".")
    if path == "." and anchor:
        return f"#{anchor}"
    return f"{path}{'/' if folder else ''}{mark}{anchor}"


def with_policy(html):
    """A page with its policy as the first thing in its head."""
    hashes = []
    for script in INLINE_SCRIPT.finditer(html):
        attributes = script["attributes"]
        if "src=" in attributes or "application/json" in attributes:
            continue
        digest = base64.b64encode(hashlib.sha256(script["body"].encode("utf-8")).digest()).decode("ascii")
        hashes.append(f"'sha256-{digest}'")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(set(hashes))}"><meta name="referrer" content="no-referrer">{stamp("")}'
    return HEAD.sub(lambda head: head[0] + meta, html, count=1)


def headers_file():
    """The file of headers that some static hosts read; handbook settings has the same for web servers."""
    everywhere = "\n".join(f"  {name}: {value}" for name, value in headers().items())
    keep = "\n".join(f"/{path}*\n  Cache-Control: {caching(path)}" for path in IMMUTABLE)
    return f"/*\n{everywhere}\n{keep}\n"


def stamp(version):
    """How a page says of which version of the site it is."""
    return f'<meta name="handbook-version" content="{version}">'


def _service_worker(out):
    """Stamp every page with the site's version, and write the service worker with the list of what it keeps. Returns the version."""
    files = {file.relative_to(out).as_posix(): file for file in sorted(out.rglob("*")) if file.is_file()}
    kept = {name: file.read_bytes() for name, file in files.items() if not name.startswith(NEVER_OFFLINE) and not name.endswith(NOT_KEPT)}
    pages = {name: STAMP.sub(stamp(""), data.decode("utf-8")) for name, data in kept.items() if name.endswith(".html")}
    digest = hashlib.sha256()
    for name, data in kept.items():
        plain = pages[name].encode("utf-8") if name in pages else data
        digest.update(name.encode("utf-8") + b"\0" + hashlib.sha256(plain).digest())
    version = digest.hexdigest()[:16]
    for name, html in pages.items():
        kept[name] = STAMP.sub(stamp(version), html).encode("utf-8")
        files[name].write_bytes(kept[name])
    listed = {_address(name): integrity(data).removeprefix("sha256-") for name, data in kept.items()}
    text = slim_script(TEMPLATE.read_text(encoding="utf-8"))
    for mark, value in (("__VERSION__", version), ("__FILES__", listed), ("__IMMUTABLE__", list(IMMUTABLE))):
        text = text.replace(f'"{mark}"', json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    (out / "sw.js").write_text(text, encoding="utf-8", newline="\n")
    return version


def _address(name):
    """A file as browsers ask for it: a page by its folder."""
    return name.removesuffix("index.html") or "./" if name.endswith("index.html") else name
