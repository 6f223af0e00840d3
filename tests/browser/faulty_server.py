"""The built site, served as `handbook serve` does it, with faults on request.

`trouble.faults` maps a pattern of a path to what is answered in place of the file; it stands until it is taken away.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.site.server import Handler, Server
from build_scripts.site.serving import TYPES, headers

GIVES_UP_AFTER_SECONDS = 120
POLICY = "Content-Security-Policy"


@dataclass(frozen=True)
class Reply:
    """What would be sent; a fault makes another one of it. `promised` is the length that is announced."""

    data: bytes
    kind: str
    status: int = 200
    policy: str = field(default_factory=lambda: headers()[POLICY])
    promised: int | None = None
    waits: bool = False


Fault = Callable[[Reply], Reply]


def missing(reply):
    """It is not on the server."""
    return replace(reply, status=404, kind="text/plain", data=b"not here")


def without_a_type(reply):
    """The server does not know the type."""
    return replace(reply, kind="application/octet-stream")


def half(reply):
    """Only the first half of the file was copied to the server."""
    return replace(reply, data=reply.data[: len(reply.data) // 2])


def broken_off(reply):
    """The line goes dead half way."""
    return replace(half(reply), promised=len(reply.data))


def garbage(reply):
    """As long as the file, and nothing of it."""
    return replace(reply, data=b"\x07" * len(reply.data))


def never(reply):
    """The server takes the request and does not answer."""
    return replace(reply, waits=True)


def without_wasm(reply):
    """The policy of the file, or in the page, forbids WebAssembly."""
    less = " 'wasm-unsafe-eval'"
    return replace(reply, policy=reply.policy.replace(less, ""), data=reply.data.replace(less.encode(), b""))


def changed(old: str, new: str) -> Fault:
    """The text of the file with something else in it."""

    def fault(reply):
        text = reply.data.decode("utf-8")
        assert re.search(old, text), f"nothing to change: {old}"
        return replace(reply, data=re.sub(old, new, text).encode("utf-8"))

    return fault


def begun_with(script: str) -> Fault:
    """A script in which something else comes first."""
    return lambda reply: replace(reply, data=script.encode("utf-8") + b"\n" + reply.data)


@dataclass
class Trouble:
    """Where the site is, and what is wrong with it; `asked` are the paths that were asked for."""

    address: str = ""
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


class FaultyHandler(Handler):
    """Answers as the site's own server, but where there is a fault."""

    def __init__(self, *arguments, trouble, **more):
        self.trouble = trouble
        super().__init__(*arguments, **more)

    def _answer(self, body):
        path = unquote(urlsplit(self.path).path)
        self.trouble.asked.append(path)
        fault = next((fault for pattern, fault in self.trouble.faults.items() if re.search(pattern, path)), None)
        file = self.folder / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if fault is None or not file.is_file():
            return super()._answer(body)
        reply = fault(Reply(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream")))
        if reply.waits:
            self.trouble.closing.wait(GIVES_UP_AFTER_SECONDS)
            self.close_connection = True
            return None
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(reply.promised or len(reply.data)))
        self.send_header("Cache-Control", "no-cache")
        for name, value in {**headers(), POLICY: reply.policy}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.data)
        self.close_connection = reply.promised is not None
        return None


@contextmanager
def served_with_trouble(folder: Path) -> Iterator[Trouble]:
    """Serve the site in `folder` on a free port of this machine."""
    trouble = Trouble()
    server = Server(("127.0.0.1", 0), functools.partial(FaultyHandler, folder=folder, trouble=trouble))
    trouble.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield trouble
    finally:
        trouble.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
