"""Sheets that people, office programs and attackers send."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from src.common.exceptions import AppError
from src.common.sheets.reading import FORMULA, recognise, rows_of
from src.common.sheets.xlsx_writing import XlsxWriter
from tests.app.product.sheets.support import saved

CONTENT_TYPES = b"<Types/>"


def rows(content: bytes, *, max_rows: int = 100) -> list[tuple[int, list[str]]]:
    file = io.BytesIO(content)
    return list(rows_of(file, recognise(file, max_rows=max_rows)))


def refused(content: bytes, *, max_rows: int = 100) -> str:
    with pytest.raises(AppError) as error:
        rows(content, max_rows=max_rows)
    assert error.value.detail("ko") != error.value.detail("en")
    return error.value.code


def packed(parts: dict[str, bytes], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as book:
        for name, content in {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<workbook/>", **parts}.items():
            book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_in_its_letters(encoding: str, end: str) -> None:
    text = end.join(["상품코드,이름", '1,"쉼표, ""따옴표""\n둘째 줄"', "", ",", "2,똠방각하"])
    assert rows(text.encode(encoding)) == [
        (1, ["상품코드", "이름"]),
        (2, ["1", '쉼표, "따옴표"\n둘째 줄']),
        (5, ["2", "똠방각하"]),
    ]


def test_guards_and_references_are_undone() -> None:
    assert rows(b"a\r\n'=1+1\r\n'plain\r\n&#44;\r\n") == [(1, ["a"]), (2, ["=1+1"]), (3, ["'plain"]), (4, ["&#44;"])]
    assert rows("가\r\n&#9203;&#38;#9203;\r\n&#55296;\r\n".encode("cp949"))[1:] == [
        (2, ["⏳&#9203;"]),
        (3, ["&#55296;"]),
    ]


def test_values_of_an_xlsx_are_texts() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["a", "b", "c", "d", "e", "f", "g"])
    moment = datetime(2026, 12, 1, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    sheet.append(["0012", 12, 12.0, 1.5, date(2026, 12, 1), moment, "=A1+1"])
    sheet.append([None, "", True, None, None, None, None, "beside"])
    sheet.merge_cells("A2:A3")
    assert rows(saved(book)) == [
        (1, ["a", "b", "c", "d", "e", "f", "g", ""]),
        (2, ["0012", "12", "12", "1.5", "2026-12-01 00:00:00", "2026-12-01 09:30:00", FORMULA, ""]),
        (3, ["", "", "True", "", "", "", "", "beside"]),
    ]


def test_what_we_write_comes_back_and_is_no_formula() -> None:
    texts = ["=1+1", "a\nb", " 끝 ", "<&>\"'", "_x0041_", "😀", "tab\there", "\x07"]
    book = XlsxWriter(["첫째", "둘째 <&>"])
    parts = [book.sheet(["x"] * 8), book.rows([texts]), book.sheet(["y"]), book.rows([["z"]]), book.end()]
    content = b"".join(parts)
    assert rows(content)[1][1][:8] == texts
    loaded = openpyxl.load_workbook(io.BytesIO(content))
    assert loaded.sheetnames == ["첫째", "둘째 <&>"]
    first: Any = loaded.worksheets[0]["A2"]
    assert (first.value, first.data_type, first.number_format) == ("=1+1", "s", "@")


DOCUMENT_TYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
SECRET = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
BAD: list[tuple[str, bytes, str]] = [
    ("an old xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "SHEET_TYPE_UNKNOWN"),
    ("a picture", b"\x89PNG\r\n\x1a\n\xff\xff\xfe\xff", "SHEET_TYPE_UNKNOWN"),
    ("another zip", packed({}).replace(b"xl/workbook.xml", b"xl/workbook.xmx"), "SHEET_TYPE_UNKNOWN"),
    ("half a zip", saved(openpyxl.Workbook())[:900], "SHEET_BROKEN"),
    ("a zip of nothing", b"PK\x03\x04" + b"\0" * 200, "SHEET_BROKEN"),
    ("entities that unfold", packed({"xl/sharedStrings.xml": DOCUMENT_TYPE}), "SHEET_BROKEN"),
    ("a file of the server", packed({"xl/worksheets/sheet1.xml": SECRET}), "SHEET_BROKEN"),
    ("a document type in utf-16", packed({"xl/sharedStrings.xml": DOCUMENT_TYPE.decode().encode("utf-16")}), "SHEET_BROKEN"),
    ("letters of a mainframe", packed({"xl/styles.xml": b'<?xml version="1.0" encoding="cp037"?><x/>'}), "SHEET_BROKEN"),
    ("a bomb", packed({"xl/worksheets/sheet1.xml": b"<x>" + b" " * 3_000_000}), "SHEET_BROKEN"),
    ("texts beyond memory", packed({"xl/sharedStrings.xml": b"<x>" + bytes(range(60, 90)) * 1_800_000}), "SHEET_BROKEN"),
    ("styles beyond memory", packed({"xl/styles.xml": b"<styleSheet>" + bytes(range(60, 90)) * 150_000}), "SHEET_BROKEN"),
    ("styles that claim to be a sheet", packed({"xl/styles.xml": b"<!--<worksheet >--><styleSheet>" + bytes(range(60, 90)) * 150_000}), "SHEET_BROKEN"),
    ("a cell beyond memory", packed({"xl/worksheets/sheet1.xml": b"<worksheet><row><c><v>" + bytes(range(63, 90)) * 2_000_000}), "SHEET_BROKEN"),
    ("too many parts", packed({f"xl/{number}.xml": b"<x/>" for number in range(600)}), "SHEET_BROKEN"),
    ("no sheet", packed({}), "SHEET_BROKEN"),
    ("a quote that is never closed", b'a,b\r\n"1,2\r\n3,4\r\n', "SHEET_BROKEN"),
    ("a letter behind a quote", b'a,b\r\n"1"x,2\r\n', "SHEET_BROKEN"),
    ("a row without end", b"a\r\n" + b"," * 2_000_000, "SHEET_BROKEN"),
    ("a row of many lines", b"a\r\n" + b'"\n",' * 400_000, "SHEET_BROKEN"),
    ("a cell without end", b"a\r\n" + b"x" * 200_000, "SHEET_BROKEN"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "expected"), BAD, ids=[what for what, _, _ in BAD])
def test_a_bad_file_is_refused(what: str, content: bytes, expected: str) -> None:
    assert refused(content) == expected, what


def test_a_row_far_to_the_right_costs_no_more_than_the_heading() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["a", "b"])
    sheet["XFD2"] = "far"
    sheet["A1000000"] = "deep"
    assert rows(saved(book)) == [(1, ["a", "b", ""]), (1_000_000, ["deep", "", ""])]


def test_rows_that_hold_something_are_counted() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for number in range(51):
        sheet.append([number + 1])
    for number in range(52, 500):
        sheet.cell(number, 1).number_format = "@"
    assert len(rows(saved(book), max_rows=50)) == 51
    assert refused(saved(book), max_rows=49) == "SHEET_TOO_LARGE"
    assert refused(b"a\r\n" * 51, max_rows=49) == "SHEET_TOO_LARGE"
