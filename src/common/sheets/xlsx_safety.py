"""Safety check of an uploaded xlsx before it is read: both the zip and the XML in it can be decompression bombs."""

import re
import zipfile
from typing import IO, BinaryIO, Final
from zlib import error as zlib_error

from src.common.sheets.errors import SheetBroken, SheetTypeUnknown

MAX_ENTRIES: Final = 500
MAX_UNPACKED: Final = 512 * 1024 * 1024
MAX_TEXTS: Final = 48 * 1024 * 1024  # the reader keeps all shared texts in memory
MAX_OTHER: Final = 4 * 1024 * 1024  # the reader makes objects of all other parts except the sheets
MAX_ROW: Final = 8 * 1024 * 1024
MAX_RATIO: Final = 250
SMALL: Final = 1024 * 1024  # the ratio of a part up to this size is not limited
PIECE: Final = 1024 * 1024
OVERLAP: Final = 16
NEEDED: Final = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
IS_ENCRYPTED: Final = 0x1

# Office files have no document type. One could define entities that expand to gigabytes, or refer to other files.
DOCUMENT_TYPE: Final = b"<!DOCTYPE"
DECLARED: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
SHEET: Final = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
TEXTS: Final = re.compile(rb"<(?:\w+:)?sst[\s>]")
ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>]")
VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v|is|t|f)[\s>/]")


def inspect(file: BinaryIO) -> dict[str, int]:
    """Unpack every XML part once within the limits, and return the number of rows that are not empty by part. Raises
    SheetTypeUnknown for a zip that is no xlsx, SheetBroken for one that is damaged, encrypted or hostile."""
    rows: dict[str, int] = {}
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if NEEDED - {entry.filename for entry in entries}:
                raise SheetTypeUnknown
            _refuse_bombs(entries)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with packed.open(entry) as part:
                        rows[entry.filename] = _look_through(part, entry.file_size)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib_error) as error:
        raise SheetBroken from error
    return rows


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise SheetBroken
    for entry in entries:
        is_tight = entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if is_tight or entry.flag_bits & IS_ENCRYPTED:
            raise SheetBroken


def _look_through(part: IO[bytes], size: int) -> int:
    """Return the number of rows in the part that are not empty. Raises SheetBroken for XML that no office program
    writes."""
    rows, rest, length = 0, b"", 0
    begin = piece = part.read(PIECE)
    if begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<" or begin[1:2] == b"\0" or DECLARED.search(begin):
        raise SheetBroken
    if size > _most(begin):
        raise SheetBroken
    while piece:
        joined = rest + piece
        length += len(piece)
        if DOCUMENT_TYPE in joined or (length > MAX_ROW and size > MAX_TEXTS):
            raise SheetBroken
        *done, rest = ROW.split(joined)
        rows += sum(VALUE.search(row) is not None for row in done)
        length = len(rest) if done else length
        if len(rest) > PIECE:
            rest = rest[:PIECE] if VALUE.search(rest) else rest[-OVERLAP:]
        piece = part.read(PIECE)
    return rows + (VALUE.search(rest) is not None)


def _most(begin: bytes) -> int:
    """Return the size limit of a part by its first element. A part with a comment gets the smallest limit, because the
    comment could contain another element's name."""
    if b"<!--" in begin:
        return MAX_OTHER
    if SHEET.search(begin):
        return MAX_UNPACKED
    return MAX_TEXTS if TEXTS.search(begin) else MAX_OTHER
