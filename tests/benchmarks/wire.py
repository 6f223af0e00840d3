"""The benchmark's server: the project's own, which also counts what it sends, sends one compression only, or sends slowly.

A slow line is made here and not in the browser, because what a worker or a service worker fetches escapes the browser's own
emulation. All connections share one line; every answer waits for the delay first.
"""

from __future__ import annotations

import functools
import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from build_scripts.site.server import Handler, Server

PIECE = 4096


@dataclass
class Line:
    """What the server does, and what it has sent. Change it between two visits."""

    only: str | None = None
    bytes_a_second: float | None = None
    delay: float = 0.0
    sent: dict[str, int] = field(default_factory=dict)
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def slow(self, bits_a_second: float, delay: float) -> None:
        self.bytes_a_second, self.delay = bits_a_second / 8, delay

    def fast(self) -> None:
        self.bytes_a_second, self.delay = None, 0.0

    def wait_for(self, count: int) -> None:
        """Until the shared line has carried so many bytes more."""
        if not self.bytes_a_second:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + count / self.bytes_a_second
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))


class _Slowly:
    def __init__(self, out, line):
        self.out, self.line = out, line

    def write(self, data):
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            self.line.wait_for(len(piece))
            self.out.write(piece)
            self.out.flush()
        return len(data)

    def __getattr__(self, name):
        return getattr(self.out, name)


class Counting(Handler):
    """Counts the bytes of each file's body as sent."""

    def __init__(self, *arguments, line, **more):
        self.line = line
        super().__init__(*arguments, **more)

    def setup(self):
        super().setup()
        self.wfile = _Slowly(self.wfile, self.line)

    def _answer(self, body):
        time.sleep(self.line.delay)
        super()._answer(body)

    def _smallest(self, file):
        if self.line.only:
            suffix = {"br": ".br", "gzip": ".gz"}[self.line.only]
            copy = file.with_name(file.name + suffix)
            chosen = (copy, self.line.only) if copy.is_file() else (file, None)
        else:
            chosen = super()._smallest(file)
        name = file.relative_to(self.folder).as_posix()
        self.line.sent[name] = self.line.sent.get(name, 0) + chosen[0].stat().st_size
        return chosen


@contextmanager
def serving(folder: Path):
    """(address, Line) of a folder."""
    line = Line()
    server = Server(("127.0.0.1", 0), functools.partial(Counting, folder=folder, under="/", line=line))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", line
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def linked_copy(site: Path, into: Path) -> Path:
    """A copy of a built site that shares its files, to which pages of the benchmark can be added."""

    def link(source, target):
        try:
            Path(target).hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)

    shutil.copytree(site, into, copy_function=link)
    return into
