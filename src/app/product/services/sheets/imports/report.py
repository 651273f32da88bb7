"""The files about an import: an error file to correct and upload again, and a report with a line for every row.

All functions block: call them in a thread.
"""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

import orjson

from src.app.product.services.sheets.columns import REASONS
from src.app.product.services.sheets.imports.spool import Outline, rows_in
from src.app.product.services.sheets.records import Problem, Result
from src.app.product.services.sheets.values import shown_again
from src.common.sheets import csv_export
from src.common.sheets.xlsx_writing import XlsxWriter

REPORT: Final = ("행", "상품코드", "결과", "열", "내용", "Error")
OUTCOMES: Final = {"created": "등록", "updated": "수정", "unchanged": "변경 없음", "failed": "실패"}
AT_ONCE: Final = 500
BESIDE: Final = Problem(
    0,
    "",
    "같은 상품의 다른 행에 오류가 있어 저장하지 않았습니다.",
    "Not saved, because another row of the product is wrong.",
)


def note(result: Result) -> bytes:
    """Encode a result as one line of the import's notes file."""
    problems, warnings = (
        [(one.row, one.column, one.ko, one.en, one.code, one.extras) for one in some]
        for some in (result.problems, result.warnings)
    )
    return orjson.dumps([result.code, result.outcome, result.rows, problems, warnings]) + b"\n"


def _noted(notes: BinaryIO) -> Iterator[Result]:
    notes.seek(0)
    for line in notes:
        code, outcome, rows, *told = orjson.loads(line)  # a worker of an earlier release writes no warnings
        yield Result(code, outcome, rows, *([Problem(*one) for one in some] for some in told))


def first_problems(notes: BinaryIO, *, most: int) -> list[dict[str, Any]]:
    """Return the first `most` problems, for a screen."""
    found: list[dict[str, Any]] = []
    for result in _noted(notes):
        for problem in result.problems:
            if len(found) == most:
                return found
            place: dict[str, Any] = {"row": problem.row, "column": problem.heading}
            coded = {"code": problem.code} if problem.code else {}
            found.append({**place, "ko": problem.ko, "en": problem.en, **coded, **problem.extras})
    return found


def first_warnings(notes: BinaryIO, *, most: int) -> list[dict[str, Any]]:
    """Return the first `most` warnings, as `WarningRead` with row, column and the product's code."""
    found: list[dict[str, Any]] = []
    for result in _noted(notes):
        for one in result.warnings:
            if len(found) == most:
                return found
            place = {"row": one.row, "column": one.heading, "product_code": result.code}
            found.append({"code": one.code, "detail": one.ko, "en": one.en, **place, **one.extras})
    return found


def report(notes: BinaryIO) -> Iterator[bytes]:
    """Yield a csv with the outcome of every row."""
    yield csv_export.MARK + csv_export.lines([REPORT])
    lines: list[tuple[object, ...]] = []
    for result in _noted(notes):
        reasons = _reasons(result)
        for row, outcome in result.rows:
            column, ko, en = reasons.get(row, ("", "", ""))
            lines.append((row, result.code, OUTCOMES[outcome], column, ko, en))
        if len(lines) >= AT_ONCE:
            yield csv_export.lines(lines)
            lines = []
    yield csv_export.lines(lines)


def errors(notes: BinaryIO, rows: BinaryIO, outline: Outline) -> Iterator[bytes]:
    """Yield a file with the original rows of every failed product and the reasons in added columns. Its type (xlsx or
    csv) is that of the upload."""
    heading = [cell for cell, keep in zip(outline.cells, _kept(outline), strict=True) if keep]
    if outline.sheet.kind == "csv":
        encoding = "cp949" if outline.sheet.encoding == "cp949" else "utf-8"
        mark = csv_export.MARK if encoding == "utf-8" else b""
        yield mark + csv_export.lines([[*heading, *REASONS]], encoding=encoding)
        for some in _failed_rows(notes, rows, outline):
            yield csv_export.lines(some, encoding=encoding)
        return
    book = XlsxWriter(["오류"])
    yield book.sheet([*heading, *REASONS])
    for some in _failed_rows(notes, rows, outline):
        yield book.rows(some)
    yield book.end()


def _kept(outline: Outline) -> list[bool]:
    """Return for each column whether it is a known one. The reasons of an earlier error file are dropped."""
    places = set(outline.heading.places.values())
    return [place in places for place in range(len(outline.cells))]


def _failed_rows(notes: BinaryIO, rows: BinaryIO, outline: Outline) -> Iterator[list[list[str]]]:
    rows.seek(0)
    keys = sorted((place, key) for key, place in outline.heading.places.items())
    some: list[list[str]] = []
    for result, line in zip(_noted(notes), rows, strict=False):
        if result.outcome != "failed":
            continue
        reasons = _reasons(result)
        for number, cells in rows_in(line):
            shown = [_shown(shown_again(cells[place], key)) if place < len(cells) else "" for place, key in keys]
            some.append([*shown, str(number), *reasons[number]])
        if len(some) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _shown(cell: str) -> str:
    """Remove control characters, which no file may contain, from a cell that has a NUL."""
    return "".join(letter for letter in cell if letter >= " " or letter in "\n\t") if "\0" in cell else cell


def _reasons(result: Result) -> dict[int, tuple[str, str, str]]:
    """Return columns, Korean and English text by row: the problems of a failed product, the warnings of a saved one.
    Several in one row are joined."""
    if result.outcome != "failed":
        told: dict[int, list[Problem]] = {}
        for one in result.warnings:
            told.setdefault(one.row, []).append(one)
        return {row: _together(some) for row, some in told.items()}
    found: dict[int, list[Problem]] = {row: [] for row, _ in result.rows}
    for problem in result.problems:
        found.setdefault(problem.row, []).append(problem)
    return {row: _together(problems or [BESIDE]) for row, problems in found.items()}


def _together(problems: Sequence[Problem]) -> tuple[str, str, str]:
    columns = ", ".join(dict.fromkeys(problem.heading for problem in problems if problem.heading))
    ko = " / ".join(dict.fromkeys(_named(problem, problem.ko, many=len(problems) > 1) for problem in problems))
    en = " / ".join(dict.fromkeys(_named(problem, problem.en, many=len(problems) > 1) for problem in problems))
    return columns, ko, en


def _named(problem: Problem, text: str, *, many: bool) -> str:
    return f"{problem.heading}: {text}" if many and problem.heading else text
