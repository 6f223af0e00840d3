"""The same PDF in about a third of its bytes.

Chromium writes every object of a PDF by itself, and a tagged book has more than a hundred thousand small ones. Since PDF 1.5 objects
may stand together in compressed streams, and so may the table of where they are. pypdf reads the objects and writes each as text;
putting them together is all that is done here. Nothing in it depends on clock or machine.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

TOGETHER = 200  # objects in one stream: more hardly saves anything, and a reader unpacks a whole stream for one object


def compact(printed: bytes) -> bytes:
    """The PDF with its objects in compressed streams. A page, a link or a bookmark of it is what it was."""
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject, StreamObject

    reader = PdfReader(io.BytesIO(printed))
    numbers = sorted(number for generation in reader.xref.values() for number in generation if number)
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}  # number → kind, place or stream, index
    small: list[tuple[int, bytes]] = []
    for number in numbers:
        found = reader.get_object(IndirectObject(number, 0, reader))
        if found is None:
            continue
        text = io.BytesIO()
        found.write_to_stream(text)
        if isinstance(found, StreamObject):
            places[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, text.getvalue())
        else:
            small.append((number, text.getvalue()))
    following = max(numbers) + 1
    for group in _groups(small):
        heads, bodies = [], []
        at = 0
        for index, (number, text) in enumerate(group):
            heads.append(b"%d %d" % (number, at))
            bodies.append(text)
            at += len(text) + 1
            places[number] = (2, following, index)
        head = b" ".join(heads) + b"\n"
        places[following] = (1, len(out), 0)
        out += _stream(following, b"/Type /ObjStm /N %d /First %d" % (len(group), len(head)), head + b"\n".join(bodies))
        following += 1
    start = len(out)
    places[following] = (1, start, 0)
    table = b"".join(struct.pack(">BIH", *places.get(number, (0, 0, 0))) for number in range(following + 1))
    trailer = reader.trailer
    named = b" ".join(
        b"%s %d 0 R" % (key.encode(), trailer.raw_get(key).idnum) for key in ("/Root", "/Info") if key in trailer
    )
    out += _stream(following, b"/Type /XRef /Size %d /W [1 4 2] %s" % (following + 1, named), table)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _groups(small: list[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    for start in range(0, len(small), TOGETHER):
        yield small[start : start + TOGETHER]


def _stream(number: int, head: bytes, contents: bytes) -> bytes:
    packed = zlib.compress(contents, 9)
    return b"%d 0 obj\n<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        head,
        len(packed),
        packed,
    )
