"""Cells that a spreadsheet would calculate."""

import csv
import io

import pytest

from src.common.sheets.csv_export import cell, lines


@pytest.mark.parametrize("text", ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_formulas_become_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_plain_values_stay() -> None:
    assert [cell(value) for value in ("김민지", "a=b", "", None, 7, -7)] == ["김민지", "a=b", "", "", "7", "-7"]


def test_commas_quotes_and_lines_come_back() -> None:
    row = ['그는 "굿"이라고', "a,b", "한 줄\n두 줄"]
    assert next(csv.reader(io.StringIO(lines([row]).decode(), newline=""))) == row
