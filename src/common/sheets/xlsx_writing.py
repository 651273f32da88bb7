"""Write an xlsx file in pieces. All cells and columns have the text format, so that nothing is calculated and codes
keep their leading zeros when somebody edits them. Memory does not grow with the number of rows."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS: Final = 1_048_576
MAX_CELL: Final = 32_767
# Characters that XML does not allow. Excel writes them as _xHHHH_, and escapes text that looks like that.
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Style 1 is text, style 2 the same in bold.
STYLES: Final = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class _Sink:
    """The output of zipfile, without seek and read. `taken` returns and removes the bytes written so far."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: `write` does not buffer."""

    def taken(self) -> bytes:
        whole, self._pieces = b"".join(self._pieces), []
        return whole


class XlsxWriter:
    """Writer of one file. For each sheet call `sheet`, then `rows` any number of times; call `end` at the end. Each
    call returns the bytes that are ready."""

    def __init__(self, names: Sequence[str]) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1)  # type: ignore[call-overload]
        self._number = 0
        self._part: zipfile.ZipExtFile | None = None
        for name, text in _frame(names).items():
            self._zip.writestr(name, text)

    def sheet(self, heading: Sequence[str]) -> bytes:
        """Begin the next sheet, with a frozen heading and columns in text format."""
        self._close()
        self._number += 1
        self._part = self._zip.open(f"xl/worksheets/sheet{self._number}.xml", "w")
        self._write(
            f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f'<cols><col min="1" max="{len(heading)}" width="18" style="1" customWidth="1"/></cols><sheetData>'
        )
        return self._rows([heading], style=2)

    def rows(self, rows: Iterable[Sequence[str]]) -> bytes:
        """Write these rows."""
        return self._rows(rows, style=1)

    def end(self) -> bytes:
        """Finish the file and return the remaining bytes."""
        self._close()
        self._zip.close()
        return self._sink.taken()

    def _rows(self, rows: Iterable[Sequence[str]], *, style: int) -> bytes:
        before, after = f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">', "</t></is></c>"
        empty = f'<c s="{style}"/>'
        self._write(
            "".join(
                f"<row>{''.join(f'{before}{_text(cell)}{after}' if cell else empty for cell in row)}</row>"
                for row in rows
            )
        )
        return self._sink.taken()

    def _write(self, text: str) -> None:
        self._part.write(text.encode())  # type: ignore[union-attr]

    def _close(self) -> None:
        if self._part is not None:
            self._write("</sheetData></worksheet>")
            self._part.close()
            self._part = None


def _text(cell: str) -> str:
    return escape(UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", cell))


def _frame(names: Sequence[str]) -> dict[str, str]:
    """Return all parts of the file except the sheets."""
    numbers = range(1, len(names) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>' for n in numbers
    )
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{parts}'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}'
            f'<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": STYLES,
    }
