"""The built site, looked at from outside: one rules hash everywhere, links that lead somewhere, nothing from elsewhere."""

import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.load import load_rules
from build_scripts.site.errors import SiteError
from build_scripts.site.scripts import integrity
from build_scripts.site.serving import policy

# A worker's script, beside the script that starts it.
WORKER = re.compile(r'workerUrl = new URL\("([^"]+)", import\.meta\.url\)')
SITE = Path(__file__).resolve().parents[2] / "site"


class Page(HTMLParser):
    """What a page says of itself: anchors, links, hashes, and what would break its policy."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.anchors, self.links, self.loads, self.styled, self.forms, self.maps = set(), [], [], [], [], 0
        self.policy = self.page_hash = None
        self.first_in_head, self.scripts, self.inline_scripts, self._seen = False, [], 0, []
        self.map_hashes, self._reading, self._text = [], None, ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        """Collect from one element."""
        given = dict(attributes)
        if tag == "script" and given.get("type") != "application/json":
            self.inline_scripts += not given.get("src")
        if given.get("src" if tag == "script" else "href") and (tag == "script" or given.get("rel") == "modulepreload"):
            self.scripts.append((given.get("src") or given["href"], given.get("integrity")))
        for key in ("id", "name"):
            if given.get(key) and (key == "id" or tag == "a"):
                self.anchors.add(given[key])
        address = given.get("href") or given.get("xlink:href")
        if tag == "a" and address is not None:
            self.links.append(address)
        for key in ("src", "srcset"):
            if given.get(key):
                self.loads.append(given[key])
        if tag == "link" and given.get("href") and given.get("rel") not in ("canonical", "next", "prev", "alternate"):
            self.loads.append(given["href"])
        if "style" in given or tag == "style":
            self.styled.append(tag)
        if any(key.startswith("on") and key != "on" for key in given):
            self.styled.append(f"{tag} with a script in an attribute")
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy, self.first_in_head = given.get("content"), self._seen == ["html", "head"]
        self._seen = [*self._seen, tag][:2] if len(self._seen) < 2 else [*self._seen, ""][:3]
        if tag == "form" and given.get("data-rules-hash"):
            self.forms.append(given["data-rules-hash"])
        if tag == "svg" and given.get("data-map"):
            self.maps += 1
        for mark in ("data-page-rules-hash", "data-map-rules-hash"):
            if mark in given:
                self._reading, self._text = mark, ""

    def handle_data(self, data):
        """The text of a hash."""
        if self._reading:
            self._text += data

    def handle_endtag(self, tag):
        """A hash is read."""
        if self._reading and tag == "code":
            if self._reading == "data-page-rules-hash":
                self.page_hash = self._text.strip()
            else:
                self.map_hashes.append(self._text.strip())
            self._reading = None


def check_site(site=SITE, rules_hash=None):
    """Yield (name, what was covered, findings)."""
    site = Path(site)
    if not (site / "index.html").is_file():
        raise SiteError(
            "there is no built site to check",
            where=str(site),
            expected="a folder made by `handbook build`",
            hint="run `make site` first",
        )
    expected = rules_hash or load_rules().rules.rules_hash
    pages = {
        file.relative_to(site).as_posix(): Page(file.read_text(encoding="utf-8"))
        for file in sorted(site.rglob("*.html"))
    }
    yield (
        "rules hash",
        f"{len(pages)} pages, {sum(len(one.map_hashes) for one in pages.values())} maps, {sum(len(one.forms) for one in pages.values())} forms and the bundle carry {expected}",
        tuple(_hashes(site, pages, expected)),
    )
    yield "links", f"{sum(len(one.links) for one in pages.values())} links", tuple(_links(site, pages))
    yield (
        "policy",
        f"no page loads anything from elsewhere, has a style or script within it or lacks its policy; {sum(len(one.scripts) for one in pages.values())} scripts are named with the integrity of their files",
        (*_policy(pages), *_scripts(site, pages)),
    )


def _hashes(site, pages, expected):
    for name, page in pages.items():
        if page.page_hash != expected:
            yield f"{name} carries the rules hash {page.page_hash}, the rules have {expected}: build the site again"
        for found in page.map_hashes:
            if found != expected:
                yield f"{name}: a map carries {found}"
        for found in page.forms:
            if found != expected:
                yield f"{name}: a form carries {found}"
    manifest = site / "assets-manifest.json"
    if not manifest.is_file():
        yield "there is no assets-manifest.json: the tools cannot start"
        return
    data = json.loads(manifest.read_text(encoding="utf-8"))
    if data["rules_hash"] != expected:
        yield f"assets-manifest.json names the rules {data['rules_hash']}"
    bundle = site / data["rules"]["path"] / data["rules"]["rules"]
    if not bundle.is_file():
        yield f"the bundle {bundle.relative_to(site).as_posix()} is not there"
        return
    from decision_logic.model import rules_hash

    found = rules_hash(json.loads(bundle.read_text(encoding="utf-8")))
    if found != expected:
        yield f"the bundle's own rules have the hash {found}"


def _links(site, pages):
    for name, page in pages.items():
        if name == "404.html":
            continue  # served at any depth, so its links cannot be looked up from one place
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto", "tel"):
                continue
            if parts.scheme:
                yield f"{name}: the link {link} was not made page-relative"
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            )
            if parts.path.endswith("/") or target in (".", "") or (site / target).is_dir():
                target = posixpath.join(target, "index.html").removeprefix("./")
            if target not in pages:
                if not (site / target).is_file():
                    yield f"{name}: the link {link} leads nowhere"
                continue
            anchor = unquote(parts.fragment)
            if anchor and not anchor.startswith("__") and anchor not in pages[target].anchors:
                yield f"{name}: the link {link} leads to a place that {target} does not have"


def _policy(pages):
    for name, page in pages.items():
        if not page.policy:
            yield f"{name} has no content security policy"
        elif page.policy != policy():
            yield f"{name} has a policy of its own: {page.policy}"
        elif not page.first_in_head:
            yield f"{name}: the policy is not the first thing in the head, so it does not hold for what stands before it"
        if page.inline_scripts:
            yield f"{name} has a script within it, which the policy forbids"
        for address in page.loads:
            if re.match(r"(https?:)?//", address):
                yield f"{name} loads {address} from elsewhere"
        for tag in page.styled:
            yield f"{name}: <{tag}> sets a style or a script that the policy forbids"


def _scripts(site, pages):
    """Every script and every module fetched beforehand says what its file must be, and the file is that."""
    hashes = {}
    for name, page in pages.items():
        for address, said in page.scripts:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), address)).lstrip("/")
            if name == "404.html":  # its addresses are full, and the site may stand below a path
                path = re.sub(r"^.*?(?=(?:scripts|assets)/)", "", path, count=1)
            if path not in hashes:
                hashes[path] = integrity((site / path).read_bytes()) if (site / path).is_file() else None
            if said is None:
                yield f"{name} loads {address} without integrity"
            elif hashes[path] is None:
                yield f"{name} loads {address}, which is not there"
            elif said != hashes[path]:
                yield f"{name} expects {said} of {address}, which is {hashes[path]}"
    for file in sorted(site.glob("scripts/*/*.js")):
        for started in WORKER.findall(file.read_text(encoding="utf-8")):
            if not (file.parent / started).is_file():
                yield f"{file.relative_to(site).as_posix()} starts the worker {started}, which is not in a folder named after its contents"
