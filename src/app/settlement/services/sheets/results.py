"""What became of the rows of a settlement sheet, and the files that tell it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from src.app.settlement.models import SettlementEntry
from src.app.settlement.services.sheets.reading import HEADINGS, SheetRow
from src.common.exceptions import AppError
from src.common.sheets import csv_export

REPORT: Final = (
    *("행", "결제번호", "결과", "거래금액", "수수료", "정산일"),
    *("우리 거래금액", "우리 수수료", "우리 정산일", "차이", "내용", "Error"),
)
REASONS: Final = ("행", "내용", "Error")
FIRST: Final = 20


class Outcome(StrEnum):
    """MISSING: we reckoned it for a day of the sheet, and the sheet does not name it. UNKNOWN: the sheet names what we
    do not know."""

    MATCHED = "MATCHED"
    DIFFERING = "DIFFERING"
    UNKNOWN = "UNKNOWN"
    MISSING = "MISSING"
    REFUSED = "REFUSED"


WORDS: Final = {
    Outcome.MATCHED: "일치",
    Outcome.DIFFERING: "불일치",
    Outcome.UNKNOWN: "쇼핑몰에 없음",
    Outcome.MISSING: "결제사에 없음",
    Outcome.REFUSED: "읽을 수 없음",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a row, or (without `row`) of a movement that no row names. `differs` names what differs."""

    outcome: Outcome
    payment_id: str
    row: SheetRow | None = None
    entry: SettlementEntry | None = None
    differs: tuple[str, ...] = ()
    error: AppError | None = None

    def cells(self) -> tuple[object, ...]:
        """Return the line of the report."""
        stated = self.row.stated if self.row else None
        theirs = ("", "", "") if stated is None else (stated.amount, stated.fee, stated.day)
        entry = self.entry
        ours = ("", "", "") if entry is None else (entry.amount, entry.fee, entry.payout_on or "")
        texts = ("", "") if self.error is None else (self.error.detail("ko"), self.error.detail("en"))
        number = self.row.number if self.row else ""
        return (number, self.payment_id, WORDS[self.outcome], *theirs, *ours, ", ".join(self.differs), *texts)


def told(results: Sequence[Result]) -> dict[str, Any]:
    """Return the counts, and the first refused and differing rows for a screen."""
    counts = {outcome.value.lower(): sum(one.outcome == outcome for one in results) for outcome in Outcome}
    bad = [one for one in results if one.outcome == Outcome.REFUSED and one.row and one.error]
    others = [one for one in results if one.outcome in (Outcome.DIFFERING, Outcome.UNKNOWN, Outcome.MISSING)]
    return {
        "rows": counts,
        "first_errors": [
            {
                "row": one.row.number if one.row else None,
                "payment_id": one.payment_id,
                "code": one.error.code if one.error else None,
                "ko": one.error.detail("ko") if one.error else "",
                "en": one.error.detail("en") if one.error else "",
            }
            for one in bad[:FIRST]
        ],
        "first_differences": [
            {
                "row": one.row.number if one.row else None,
                "payment_id": one.payment_id,
                "outcome": one.outcome.value,
                "differs": list(one.differs),
            }
            for one in others[:FIRST]
        ],
    }


def report(results: Sequence[Result]) -> Iterator[bytes]:
    """Yield a csv with the outcome of every row, then of what no row names."""
    yield csv_export.MARK + csv_export.lines([REPORT, *(one.cells() for one in results)])


def errors(results: Sequence[Result]) -> Iterator[bytes]:
    """Yield a csv with the refused rows, to be corrected and uploaded again."""
    lines = []
    for one in results:
        if one.outcome == Outcome.REFUSED and one.row and one.error:
            payment, kind, amount, fee, vat, day = one.row.cells
            total = fee if not vat else f"{fee} + {vat}"
            reasons = (one.row.number, one.error.detail("ko"), one.error.detail("en"))
            lines.append((payment, kind, amount, total, day, *reasons))
    yield csv_export.MARK + csv_export.lines([(*HEADINGS, *REASONS), *lines])
