"""What is slow to make is kept by the hash of its input, and what nobody asks for goes."""

import os
import time

import pytest

from build_scripts.site import cache
from build_scripts.site.compress import Compressor


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache of its own."""
    monkeypatch.setattr(cache, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


def age(file, days):
    """Make a file so many days old."""
    then = time.time() - days * 86400
    os.utime(file, (then, then))


def test_what_nobody_asks_for_goes(folder):
    """Old things of all kinds; of pages all but those that the last build made or asked for."""
    for kind in ("compressed", "pages"):
        for name in ("old", "new", "asked"):
            cache.kept(kind, name, lambda: b"made")
    for file in folder.rglob("*"):
        if file.is_file() and file.name != "new":
            age(file, 31)
    age(folder / "pages" / "new", 1)
    started = time.time() - 1
    for kind in ("compressed", "pages"):
        cache.kept(kind, "asked", lambda: pytest.fail("made again"))
    cache.sweep(started)
    assert sorted(file.name for file in (folder / "compressed").iterdir()) == ["asked", "new"]
    assert [file.name for file in (folder / "pages").iterdir()] == ["asked"]


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:-1] + b"!", lambda data: b"made"])
def test_what_is_damaged_is_made_anew(folder, damage):
    """What was kept empty, cut short, with other bytes, or by an older version is not given out, and is whole the next time."""
    assert cache.kept("compressed", "one", lambda: b"made") == b"made"
    (file,) = (folder / "compressed").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert cache.kept("compressed", "one", lambda: b"made again") == b"made again"
    assert cache.kept("compressed", "one", lambda: pytest.fail("made a third time")) == b"made again"


def test_compressed_copies_are_made_once_for_the_same_bytes_and_anew_for_others(folder, tmp_path, monkeypatch):
    """Of pages and of all else, by both compressors."""
    made = []
    monkeypatch.setattr("build_scripts.site.compress.brotli.compress", lambda data, quality: made.append(quality) or b"br" + data[:2])
    monkeypatch.setattr("build_scripts.site.compress.gzip.compress", lambda data, level, mtime: made.append("gz") or b"gz" + data[:2])

    def copies(start):
        made.clear()
        for name in ("a.html", "a.js"):
            (tmp_path / name).write_text(start + "x" * 1000, encoding="utf-8")
        with Compressor() as compressor:
            compressor.add([tmp_path / "a.html", tmp_path / "a.js"])
        return sorted(map(str, made)), {file.name: file.read_bytes() for file in tmp_path.glob("a.*.*")}

    one = {name + end: end[1:].encode() + b"1x" for name in ("a.html", "a.js") for end in (".br", ".gz")}
    assert copies("1") == (["11", "8", "gz", "gz"], one)
    assert copies("1") == ([], one)
    assert copies("2") == (["11", "8", "gz", "gz"], {name: data.replace(b"1", b"2") for name, data in one.items()})
