"""The only place where stock changes: a guarded counter plus an append-only ledger (docs/architecture.md#r10,
docs/promises.md#p1).

Inside a unit of work, change the counters in variant-id order: two buyers of the same two variants then wait for each
other in turn instead of deadlocking. Placing an order does so last, so that others wait briefly.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise.expressions import F
from tortoise.functions import Coalesce, Sum

from src.app.product.dtos.events import StockReturned
from src.app.product.errors import StockBelowZero, StockShort, StockTooLarge, StockVariantNotFound
from src.app.product.models import AlertStatus, RestockAlert, StockKind, StockLedger, Variant
from src.common import clock
from src.common.work.outbox import emit
from src.core.database import in_unit_of_work
from src.core.database.statements import change, insert_all, marks, new_row

logger = logging.getLogger(__name__)

HOLD = "UPDATE variant SET stock = stock - %s WHERE id = %s AND stock >= %s"
TAKE = "UPDATE variant SET stock = stock + %s WHERE id = %s AND stock + %s >= 0"
ADD = "UPDATE variant SET stock = stock + %s WHERE id = %s AND stock + %s <= %s"
MAX_STOCK = 1_000_000
GIVING_BACK = frozenset({StockKind.RELEASE, StockKind.RESTOCK})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A ledger row to write. `delta` is in signed units; `units` counts those of a WRITE_OFF, whose delta is 0.

    Kinds and sources are those of docs/domain.md#stock: ``line:<line_no>``, ``cancel_line:<id>``, ``claim_line:<id>``,
    ``refund:<id>``, ``adjust:<id>``, ``variant:<id>``.
    """

    variant_id: int
    kind: StockKind
    source: str
    delta: int
    line_id: int | None = None
    units: int | None = None


async def hold(wanted: Sequence[tuple[int, int]]) -> None:
    """Take units from the stock, given as (variant id, quantity) pairs: all of them, or none by rollback.

    Locks the variant rows in id order until the unit of work ends. Writes no ledger row: `write_ledger` does, with the
    HOLD entries of the order lines. Raises StockShort for the first variant that has too few left.
    """
    _must_be_inside()
    for variant_id, quantity in sorted(wanted):
        if quantity < 1:
            raise ValueError("a hold takes at least one unit")
        if not await change(HOLD, (quantity, variant_id, quantity), is_fixed=True):
            rows = await Variant.filter(id=variant_id).values("stock")
            raise StockShort(variant_id=variant_id, left=rows[0]["stock"] if rows else 0)


async def release(entries: Sequence[LedgerEntry]) -> None:
    """Return units to the stock (kinds RELEASE and RESTOCK, positive deltas) and write their ledger rows.

    Units return once per (variant, kind, source): the caller's compare-and-set on the order prevents a repeat, and the
    unique key is the safeguard: a repeat raises IntegrityError, which rolls back the counters and everything else. A
    deleted variant gets only its ledger row. Emits `StockReturned` for each variant with waiting restock alerts.
    """
    _must_be_inside()
    if any(entry.kind not in GIVING_BACK or entry.delta < 1 for entry in entries):
        raise ValueError("a release gives at least one unit back, as RELEASE or RESTOCK")
    for entry in sorted(entries, key=lambda entry: entry.variant_id):
        if not await Variant.filter(id=entry.variant_id).update(stock=F("stock") + entry.delta):
            # The row was deleted by hand. The order must end anyway; the ledger records the returned units.
            logger.error("variant %d is gone: %d units have no stock to return to", entry.variant_id, entry.delta)
    await write_ledger(entries)
    await tell_who_waits([entry.variant_id for entry in entries])


async def tell_who_waits(variant_ids: Sequence[int]) -> None:
    """Emit `StockReturned` for each of these variants that has waiting restock alerts. Call it after stock was
    added."""
    _must_be_inside()
    if not variant_ids:
        return
    waiting = RestockAlert.filter(variant_id__in=sorted(set(variant_ids)), status=AlertStatus.WAITING)
    for variant_id in sorted({variant_id for (variant_id,) in await waiting.values_list("variant_id")}):
        await emit(StockReturned(variant_id=variant_id))


async def adjust(variant_id: int, delta: int) -> int:
    """Add units by hand (remove them if `delta` is negative). Returns the new stock, from 0 to MAX_STOCK.

    Locks the variant's row until the unit of work ends; adjust several variants in id order. Writes no ledger row: call
    `write_ledger` with the ADJUST entry. Raises StockVariantNotFound, StockBelowZero, StockTooLarge.
    """
    _must_be_inside()
    if not delta:
        raise ValueError("an adjustment changes something")
    text, bounds = (TAKE, ()) if delta < 0 else (ADD, (MAX_STOCK,))
    found = await change(text, (delta, variant_id, delta, *bounds))
    rows = await Variant.filter(id=variant_id).values("stock")
    if not rows:
        raise StockVariantNotFound(variant_id=variant_id)
    stock: int = rows[0]["stock"]
    if found:
        return stock
    if delta < 0:
        raise StockBelowZero(variant_id=variant_id, left=stock)
    raise StockTooLarge(variant_id=variant_id, left=stock, limit=MAX_STOCK)


async def adjust_locked(deltas: Mapping[int, int]) -> None:
    """Add these units by variant id (remove them if negative), in one statement.

    The caller must have locked the rows and computed the deltas from them. Writes no ledger rows: call `write_ledger`
    with the ADJUST entries. Raises RuntimeError if a stock would leave its bounds or a row is missing: the rows were
    not locked.
    """
    _must_be_inside()
    if not deltas:
        return
    if not all(deltas.values()):
        raise ValueError("an adjustment changes something")
    cases = "stock + CASE id {} END".format(" ".join(["WHEN %s THEN %s"] * len(deltas)))
    pairs = [value for pair in sorted(deltas.items()) for value in pair]
    text = f"UPDATE variant SET stock = {cases} WHERE id IN ({marks(len(deltas))}) AND {cases} BETWEEN 0 AND %s"  # noqa: S608
    if await change(text, (*pairs, *sorted(deltas), *pairs, MAX_STOCK)) != len(deltas):
        raise RuntimeError("a stock that was to be adjusted was not held")


async def write_ledger(entries: Sequence[LedgerEntry]) -> None:
    """Write the ledger rows in one statement; counters do not change. A repeated (variant, kind, source) raises
    IntegrityError; the caller must let it roll back the unit of work."""
    _must_be_inside()
    if not entries:
        return
    now = clock.now()
    rows = [
        new_row(
            StockLedger,
            variant_id=entry.variant_id,
            kind=entry.kind,
            source=entry.source,
            delta=entry.delta,
            line_id=entry.line_id,
            units=entry.units,
            created_at=now,
        )
        for entry in sorted(entries, key=lambda entry: entry.variant_id)
    ]
    await insert_all(rows)


async def ledger_gaps(variant_ids: Sequence[int] | None = None) -> list[tuple[int, int, int]]:
    """Find the variants whose stock is not the sum of their ledger, among all or the given ones. Returns (variant id,
    stock, sum), ordered by id.

    One statement, so the result is consistent while orders are placed.
    """
    looked_at = Variant.all() if variant_ids is None else Variant.filter(id__in=variant_ids)
    rows = (
        await looked_at.annotate(total=Coalesce(Sum("ledger__delta"), 0))
        .group_by("id", "stock")
        .filter(total__not=F("stock"))
        .order_by("id")
        .values_list("id", "stock", "total")
    )
    return [(variant_id, stock, int(total)) for variant_id, stock, total in rows]


def _must_be_inside() -> None:
    if not in_unit_of_work():
        raise RuntimeError("stock changes only inside a unit of work")
