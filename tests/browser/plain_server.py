"""A server for tests of the engine alone: a folder under the site's policy, with faults on request.

Faults are given as a mapping from the end of a path to one of the `FAULTS`, and stand until they are taken away.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; manifest-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'"
)
POLICY_WITHOUT_WASM = POLICY.replace(" 'wasm-unsafe-eval'", "")

FAULTS = ("missing", "no_type", "sign_in_page", "cut_off", "never", "garbage", "slow")

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
}


@dataclass
class Site:
    """Where the server is, and what it does wrong; `asked` lists the paths that were asked for."""

    address: str = ""
    policy: str = POLICY
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A browser that gives up half-way is what some tests are about, and nothing to report."""


@contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[Site]:
    """Serve `folder` below `prefix` on a free port of this machine."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = unquote(urlsplit(self.path).path)
            site.asked.append(path)
            inside = path.removeprefix(prefix)
            file = folder / inside / "index.html" if inside.endswith("/") or not inside else folder / inside
            fault = next((fault for end, fault in site.faults.items() if path.endswith(end)), None)
            if fault == "missing" or not file.is_file():
                self.reply(404, "text/plain", b"not here")
            elif fault == "sign_in_page":
                self.reply(200, TYPES[".html"], b"<!doctype html><title>Sign in</title>")
            elif fault == "garbage":
                self.reply(200, TYPES.get(file.suffix, "application/octet-stream"), b"garbage" * 100)
            elif fault == "never":
                site.closing.wait(60)
            else:
                kind = "application/octet-stream" if fault == "no_type" else TYPES.get(file.suffix, "text/plain")
                self.reply(200, kind, file.read_bytes(), fault)

        def reply(self, status: int, kind: str, contents: bytes, fault: str | None = None):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(contents)))
            self.send_header("Content-Security-Policy", site.policy)
            immutable = "/runtime/" in self.path or "/rules/" in self.path
            self.send_header("Cache-Control", "public, max-age=31536000, immutable" if immutable else "no-cache")
            self.end_headers()
            if fault == "cut_off":
                contents = contents[: len(contents) // 2]
            if fault == "slow":
                piece = len(contents) // 8 + 1
                for start in range(0, len(contents), piece):
                    self.wfile.write(contents[start : start + piece])
                    self.wfile.flush()
                    if site.closing.wait(0.5):
                        return
                return
            self.wfile.write(contents)

        def log_message(self, *_):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}{prefix}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
