"""Errors of unreadable sheets."""

from typing import Any, ClassVar

from src.common.exceptions.base import AppError, Unprocessable


class SheetTypeUnknown(AppError):
    """What a file is, its bytes say: xlsx, or csv in UTF-8 or cp949. Old xls files are none of them."""

    status = 415
    title = "Unsupported Media Type"
    code = "SHEET_TYPE_UNKNOWN"
    ko, en = (
        "xlsx 파일이나 UTF-8 또는 CP949 csv 파일만 올릴 수 있습니다.",
        "Only xlsx files, and csv files in UTF-8 or CP949, are taken.",
    )


class SheetBroken(Unprocessable):
    """`row` is where reading ended, 0 where it is not known: a quote that is never closed, a damaged or hostile zip."""

    code = "SHEET_BROKEN"
    ko, en = (
        "파일이 손상되어 읽을 수 없습니다. ({row}행 근처)",
        "The file is damaged and cannot be read (near row {row}).",
    )
    sample: ClassVar[dict[str, Any]] = {"row": 12}

    def __init__(self, *, row: int = 0) -> None:
        super().__init__(row=row)


class SheetTooLarge(AppError):
    """`limit` is in rows."""

    status = 413
    title = "Content Too Large"
    code = "SHEET_TOO_LARGE"
    ko, en = (
        "한 번에 {limit:,}행까지 올릴 수 있습니다. 파일을 나누어 주세요.",
        "At most {limit:,} rows are taken at once. Please split the file.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 100_000}

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)


class SheetHeaderWrong(Unprocessable):
    """`missing` are columns that must be there, `unknown` those that mean nothing, `repeated` those there twice."""

    code = "SHEET_HEADER_WRONG"
    ko, en = (
        "첫 행의 열 이름을 확인해 주세요. 빠진 열: {missing_names}, 알 수 없는 열: {unknown_names}, 중복된 열: {repeated_names}",
        "Check the names in the first row. Missing: {missing_names}; unknown: {unknown_names}; twice: {repeated_names}",
    )
    sample: ClassVar[dict[str, Any]] = {
        "missing": ["상품코드"],
        "unknown": ["가격대"],
        "repeated": [],
        "missing_names": "상품코드",
        "unknown_names": "가격대",
        "repeated_names": "-",
    }

    def __init__(self, *, missing: list[str], unknown: list[str], repeated: list[str]) -> None:
        names: dict[str, Any] = {"missing": missing, "unknown": unknown, "repeated": repeated}
        names |= {f"{name}_names": ", ".join(some) or "-" for name, some in names.items()}
        super().__init__(**names)
