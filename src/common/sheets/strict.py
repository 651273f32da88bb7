"""Convert Strict Open XML workbooks to transitional ones, which the reader supports. They differ in the names of XML
namespaces (ECMA-376 part 1, annex A; part 4)."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Final, cast

STRICT: Final = b"http://purl.oclc.org/ooxml/"
NAME: Final = re.compile(
    rb"""(?<=["'])http://purl\.oclc\.org/ooxml/(spreadsheetml|drawingml|officeDocument)/([A-Za-z/]+)(?=["'])"""
)
OTHERWISE: Final = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
PIECE: Final = 1024 * 1024
LONGEST: Final = 200
BEGIN: Final = 4096


@contextmanager
def transitional(file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the workbook itself, or a converted copy if it is strict. `file` must have passed `xlsx_safety.inspect`."""
    file.seek(0)
    with zipfile.ZipFile(file) as book:
        with book.open("xl/workbook.xml") as part:
            is_strict = STRICT in part.read(BEGIN)
        if not is_strict:
            file.seek(0)
            yield file
            return
        with tempfile.TemporaryFile() as copy:
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as into:
                for entry in book.infolist():
                    if entry.filename.endswith((".xml", ".rels")):
                        with book.open(entry) as part, into.open(entry.filename, "w", force_zip64=True) as out:
                            _rename(part, out)
            copy.seek(0)
            yield cast("BinaryIO", copy)


def _rename(part: IO[bytes], out: IO[bytes]) -> None:
    """Replace names chunk by chunk. A name that is cut at the end of a chunk is completed from the next one."""
    rest = b""
    while piece := part.read(PIECE):
        joined = rest + piece
        cut = joined.rfind(b"http", max(0, len(joined) - LONGEST))
        cut = len(joined) if cut < 0 else cut - 1 if cut else 0
        out.write(NAME.sub(_named, joined[:cut]))
        rest = joined[cut:]
    out.write(NAME.sub(_named, rest))


def _named(found: re.Match[bytes]) -> bytes:
    words = b"/".join(OTHERWISE.get(word, word) for word in found[2].split(b"/"))
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + words
