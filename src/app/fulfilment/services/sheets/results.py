"""What became of the rows of a tracking sheet: kept beside the task while it runs, and told in its files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson

from src.app.fulfilment.dtos.admin.layouts import Layout
from src.app.fulfilment.dtos.admin.shipments import SentRow
from src.app.fulfilment.services.sheets.layouts import HEADINGS
from src.app.fulfilment.services.sheets.reading import SheetRow
from src.common.exceptions import AppError
from src.common.sheets import csv_export

REPORT: Final = ("행", "상품주문번호", "결과", "배송번호", "내용", "Error")
REASONS: Final = ("행", "내용", "Error")
OUTCOMES: Final = {"done": "발송처리", "refused": "실패"}
FIRST: Final = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row of the sheet."""

    row: int
    target: str
    outcome: str
    shipment: str = ""
    code: str = ""
    ko: str = ""
    en: str = ""

    @classmethod
    def refused(cls, row: SheetRow, error: AppError) -> "Result":
        """Return the result of a row that this error refused."""
        return cls(row.number, row.target, "refused", code=error.code, ko=error.detail("ko"), en=error.detail("en"))

    @classmethod
    def of(cls, row: SheetRow, sent: Sequence[SentRow]) -> "Result":
        """Return the result of a row from those of its lines: refused if one of them is."""
        if bad := next((one for one in sent if one.outcome == "refused"), None):
            texts = (bad.detail or "", bad.detail_en or "")
            return cls(row.number, row.target, "refused", code=bad.code or "", ko=texts[0], en=texts[1])
        return cls(row.number, row.target, "done", shipment=sent[0].shipment or "")


def noted(results: Iterable[Result]) -> bytes:
    """Encode results, one line each."""
    return b"".join(orjson.dumps(asdict(result)) + b"\n" for result in results)


def read_noted(content: bytes) -> list[Result]:
    """Decode what `noted` made."""
    return [Result(**orjson.loads(line)) for line in content.splitlines()]


def told(results: Sequence[Result]) -> dict[str, Any]:
    """Return the counts, and the first refused rows for a screen."""
    bad = [result for result in results if result.outcome == "refused"]
    first = [{"row": one.row, "line_no": one.target, "code": one.code, "ko": one.ko, "en": one.en} for one in bad]
    return {
        "rows": {"total": len(results), "done": len(results) - len(bad), "refused": len(bad)},
        "first_errors": first[:FIRST],
    }


def report(results: Iterable[Result]) -> Iterator[bytes]:
    """Yield a csv with the outcome of every row."""
    lines = [(one.row, one.target, OUTCOMES[one.outcome], one.shipment, one.ko, one.en) for one in results]
    yield csv_export.MARK + csv_export.lines([REPORT, *lines])


def errors(results: Iterable[Result], rows: Iterable[SheetRow]) -> Iterator[bytes]:
    """Yield a csv with the refused rows in our layout, to be corrected and uploaded again. The reasons stand in columns
    that an import passes over."""
    found = {row.number: row for row in rows}
    lines = [[*_cells(found[one.row]), one.row, one.ko, one.en] for one in results if one.outcome == "refused"]
    yield csv_export.MARK + csv_export.lines([[*HEADINGS[Layout.OURS], *REASONS], *lines])


def _cells(row: SheetRow) -> list[object]:
    if row.wish is None:
        return [row.target, "", "", "", ""]
    units = "" if row.wish.units is None else row.wish.units
    return [row.target, units, row.wish.method.value, row.wish.courier, row.wish.tracking_no]
