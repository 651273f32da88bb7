"""Settlement by day: what the provider pays out, less refunds and fees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from src.app.settlement.dtos.admin.settlements import (
    SettlementDay,
    SettlementQuery,
    SettlementRead,
    SettlementSum,
)
from src.common import clock
from src.common.clock import KST
from src.core.database.statements import fetch

SUMS: Final = (
    "COALESCE(SUM(CASE WHEN kind = 'PAYMENT' THEN 1 ELSE 0 END), 0) AS payments,"
    " COALESCE(SUM(CASE WHEN kind = 'PAYMENT' THEN amount ELSE 0 END), 0) AS paid,"
    " COALESCE(SUM(CASE WHEN kind = 'PAYMENT' THEN 0 ELSE 1 END), 0) AS refunds,"
    " COALESCE(SUM(CASE WHEN kind = 'PAYMENT' THEN 0 ELSE -amount END), 0) AS refunded,"
    " COALESCE(SUM(fee), 0) AS fee, COALESCE(SUM(fee_vat), 0) AS fee_vat, COALESCE(SUM(amount - fee), 0) AS payout,"
    " SUM(stated_amount - stated_fee) AS stated_payout,"
    " COALESCE(SUM(CASE WHEN stated_amount IS NULL THEN 1 ELSE 0 END), 0) AS unstated"
)
BY_DAY: Final = (
    f"SELECT payout_on AS day, {SUMS} FROM settlement_entry WHERE payout_on >= %s AND payout_on <= %s"  # noqa: S608
    " GROUP BY payout_on ORDER BY payout_on"
)
OF_DAY: Final = f"SELECT {SUMS} FROM settlement_entry WHERE payout_on = %s"  # noqa: S608
LATER: Final = f"SELECT {SUMS} FROM settlement_entry WHERE payout_on > %s"  # noqa: S608
UNDATED: Final = f"SELECT {SUMS} FROM settlement_entry WHERE payout_on IS NULL"  # noqa: S608
FIELDS: Final = tuple(SettlementSum.model_fields)


async def settlements(asked: SettlementQuery) -> SettlementRead:
    """Return the payouts of these days; days without one are left out. Four queries on an index."""
    items = [
        SettlementDay(day=_day(row["day"]), **_sums(row)) for row in await fetch(BY_DAY, (asked.first, asked.last))
    ]
    today, scheduled, undated = await _now()
    return SettlementRead(items=items, total=_total(items), today=today, scheduled=scheduled, undated=undated)


@dataclass(frozen=True, slots=True)
class Payout:
    """Won that are paid out, less refunds and fees, and of how many movements."""

    amount: int
    count: int


async def today_and_later() -> tuple[Payout, Payout]:
    """Return 오늘정산 and 정산예정; the latter holds what has no day yet too. Three queries."""
    today, scheduled, undated = await _now()
    later = _total([scheduled, undated])
    return (
        Payout(today.payout, today.payments + today.refunds),
        Payout(later.payout, later.payments + later.refunds),
    )


async def _now() -> tuple[SettlementSum, SettlementSum, SettlementSum]:
    day = clock.now().astimezone(KST).date()
    (today,) = await fetch(OF_DAY, (day,))
    (later,) = await fetch(LATER, (day,))
    (undated,) = await fetch(UNDATED)
    return SettlementSum(**_sums(today)), SettlementSum(**_sums(later)), SettlementSum(**_sums(undated))


def _sums(row: dict[str, Any]) -> dict[str, int | None]:
    return {name: None if row[name] is None else int(row[name]) for name in FIELDS}


def _total(parts: Sequence[SettlementSum]) -> SettlementSum:
    stated = [part.stated_payout for part in parts if part.stated_payout is not None]
    sums = {name: _sum(getattr(part, name) for part in parts) for name in FIELDS if name != "stated_payout"}
    return SettlementSum(**sums, stated_payout=sum(stated) if stated else None)


def _sum(values: Iterable[int]) -> int:
    return sum(values)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
