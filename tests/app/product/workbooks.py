"""Workbooks as office programs save them, cell by cell."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import Cell

from tests.app.product.sheets.support import as_xlsx, keys_of, row, saved

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_NAMES = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    f"{OFFICE}/extended-properties": "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}


def formatted(key: str, value: Any, number_format: str, **cells: Any) -> bytes:
    """A new product whose cell `key` holds this value in this format."""
    rows = [row(**cells, **{key: value})]
    book: Any = openpyxl.load_workbook(io.BytesIO(as_xlsx(*rows)))
    cell: Cell = book.active.cell(2, keys_of(rows).index(key) + 1)
    cell.value = value
    cell.number_format = number_format
    return saved(book)


def raw(key: str, cell: str, *, styles: Mapping[int, str] | None = None, xf: int = 0) -> bytes:
    """As `formatted`, the cell written as XML, ``{s}`` for its style: the number `xf` of a format, and the codes that
    the file gives to numbers."""
    content = as_xlsx(*(rows := [row(**{key: "PLACE"})]))
    place = f"{chr(ord('A') + keys_of(rows).index(key))}2"
    formats = "".join(f'<numFmt numFmtId="{id_}" formatCode="{code}"/>' for id_, code in (styles or {}).items())
    counted = f'<numFmts count="{len(styles or {})}">{formats}</numFmts>' if formats else ""
    xfs = f'<xf numFmtId="{xf}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'

    def change(name: str, text: str) -> str:
        if name == "xl/styles.xml":
            text = text.replace('<numFmts count="0" />', "").replace('<numFmts count="0"/>', "")
            at = text.index(">", text.index("<styleSheet")) + 1
            text = text[:at] + counted + text[at:]
            return text.replace("</cellXfs>", f"{xfs}</cellXfs>")
        if name == "xl/worksheets/sheet1.xml":
            begin = text.index(f'<c r="{place}"')
            end = text.index("</c>", begin) + len("</c>")
            return text[:begin] + cell.replace("{r}", place).replace("{s}", "1") + text[end:]
        return text

    return rewritten(content, change)


def strict(content: bytes) -> bytes:
    """The workbook as Excel saves it as Strict Open XML."""

    def change(name: str, text: str) -> str:
        for old, new in STRICT_NAMES.items():
            text = text.replace(f'"{old}', f'"{new}')
        return text.replace("<workbook ", '<workbook conformance="strict" ', 1) if name == "xl/workbook.xml" else text

    return rewritten(content, change)


def rewritten(content: bytes, change: Any) -> bytes:
    """Every part after ``change(name, text)``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for entry in book.infolist():
            into.writestr(entry.filename, change(entry.filename, book.read(entry).decode()).encode())
    return out.getvalue()


def sheets(*made: tuple[str, str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of these sheets: name, state, rows."""
    book = openpyxl.Workbook()
    for name, state, lines in made:
        sheet: Any = book.create_sheet(name)
        sheet.sheet_state = state
        for line in lines:
            sheet.append(list(line))
    del book["Sheet"]
    return saved(book)
