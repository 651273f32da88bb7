"""Correct stock by hand: counter, adjustment row, ledger row and audit row are one transaction (docs/promises.md#p1).

Every adjustment has an Idempotency-Key that is marked DONE in that transaction. A repeat, even after a crash at any
point, changes nothing and returns the result of the first call. Cached public answers about the product are dropped;
lists by stock are dropped if a size sold out or came back.
"""

from collections.abc import Mapping, Sequence

from src.app.product.dtos.admin.stock import (
    AdjustResult,
    StockAdjust,
    StockAdjusted,
    StockAdjustedMany,
    StockAdjustMany,
)
from src.app.product.errors import StockBelowZero, StockTooLarge, StockVariantNotFound
from src.app.product.models import StockAdjustment, StockKind, Variant
from src.app.product.services.forgetting import units_changed
from src.app.product.services.stock import ledger
from src.app.product.services.stock.ledger import LedgerEntry
from src.common import clock
from src.common.http import idempotency
from src.common.http.idempotency import Claim, KeyedRequest
from src.common.ids import new_ulid
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work
from src.core.database.statements import insert_all, new_row

Refusal = StockBelowZero | StockTooLarge | StockVariantNotFound


async def adjust(variant_id: int, body: StockAdjust, *, by: Actor, request: KeyedRequest) -> tuple[StockAdjusted, bool]:
    """Add or remove units. Returns the adjustment, and true if this was a repeat.

    Locks the variant's row. Raises StockVariantNotFound, StockBelowZero, StockTooLarge.
    """

    async def effect(claim: Claim) -> StockAdjusted:
        async def write() -> StockAdjusted:
            left = await ledger.adjust(variant_id, body.delta)
            row = await _note(variant_id, body.delta, left=left, reason=body.reason, by=by)
            await _enter([row])
            await idempotency.finish(claim, effect=f"adjust:{row.id}")
            return _read(row)

        return await unit_of_work(write)

    async def again(effect_name: str) -> StockAdjusted:
        return _read(await StockAdjustment.get(id=int(effect_name.removeprefix("adjust:"))))

    digest = idempotency.body_hash(body, variant_id=variant_id)
    return await idempotency.once(request, scope=by.key, digest=digest, effect=effect, again=again)


async def adjust_many(body: StockAdjustMany, *, by: Actor, request: KeyedRequest) -> tuple[StockAdjustedMany, bool]:
    """Adjust several variants in one transaction. An item that cannot be adjusted is refused alone; the others proceed.

    Locks the variants' rows in id order. Returns the result of each item, and true if this was a repeat.
    """

    async def effect(claim: Claim) -> StockAdjustedMany:
        batch = new_ulid()

        async def write() -> StockAdjustedMany:
            done = await _adjust_all(body, batch=batch, by=by)
            await idempotency.finish(claim, effect=f"batch:{batch}")
            return done

        return await unit_of_work(write)

    async def again(effect_name: str) -> StockAdjustedMany:
        return await _done_before(body, batch=effect_name.removeprefix("batch:"))

    digest = idempotency.body_hash(body)
    return await idempotency.once(request, scope=by.key, digest=digest, effect=effect, again=again)


async def set_locked(changes: Mapping[int, tuple[int, int]], *, batch: str, by: Actor, reason: str) -> None:
    """Set the stock of variants whose rows the caller has locked, in the open transaction.

    `changes` maps a variant id to its stock before and after, which must differ. Writes counters, adjustment rows of
    this `batch`, ledger rows and audit rows in a fixed number of statements. A variant occurs at most once in a batch.
    """
    deltas = {variant_id: after - before for variant_id, (before, after) in changes.items()}
    await ledger.adjust_locked(deltas)
    if not changes:
        return
    now = clock.now()
    await insert_all(
        [
            new_row(
                StockAdjustment,
                variant_id=variant_id,
                delta=delta,
                stock_after=changes[variant_id][1],
                reason=reason,
                actor=by.key,
                batch=batch,
                created_at=now,
            )
            for variant_id, delta in sorted(deltas.items())
        ]
    )
    rows = await StockAdjustment.filter(batch=batch, variant_id__in=list(changes)).order_by("id")
    await audit.record_all(
        [
            audit.Entry(
                action="stock.adjusted",
                target=("variant", row.variant_id),
                before={"stock": row.stock_after - row.delta},
                after={"stock": row.stock_after, "adjustment_id": row.id},
            )
            for row in rows
        ],
        by=by,
        reason=reason,
    )
    await _enter(rows)


async def _adjust_all(body: StockAdjustMany, *, batch: str, by: Actor) -> StockAdjustedMany:
    """Change the counters first, in id order, then write the adjustment, audit and ledger rows."""
    left: dict[int, int] = {}
    refused: dict[int, AdjustResult] = {}
    items = sorted(body.items, key=lambda item: item.variant_id)
    for item in items:
        try:
            left[item.variant_id] = await ledger.adjust(item.variant_id, item.delta)
        except (StockBelowZero, StockTooLarge, StockVariantNotFound) as refusal:
            refused[item.variant_id] = _refused(item.variant_id, refusal)
    rows = [
        await _note(
            item.variant_id,
            item.delta,
            left=left[item.variant_id],
            reason=item.reason or body.reason,
            by=by,
            batch=batch,
        )
        for item in items
        if item.variant_id in left
    ]
    await _enter(rows)
    return _answer(body, rows, refused)


async def _done_before(body: StockAdjustMany, *, batch: str) -> StockAdjustedMany:
    """Return the batch's result for a repeat. The reason of a refusal is computed from the present stock."""
    rows = await StockAdjustment.filter(batch=batch).order_by("id")
    done = {row.variant_id for row in rows}
    missing = [item for item in body.items if item.variant_id not in done]
    stocks = dict(await Variant.filter(id__in=[item.variant_id for item in missing] or [0]).values_list("id", "stock"))
    refused = {}
    for item in missing:
        has = stocks.get(item.variant_id)
        refusal: Refusal
        if has is None:
            refusal = StockVariantNotFound(variant_id=item.variant_id)
        elif item.delta < 0:
            refusal = StockBelowZero(variant_id=item.variant_id, left=has)
        else:
            refusal = StockTooLarge(variant_id=item.variant_id, left=has, limit=ledger.MAX_STOCK)
        refused[item.variant_id] = _refused(item.variant_id, refusal)
    return _answer(body, rows, refused)


async def _note(variant_id: int, delta: int, *, left: int, reason: str, by: Actor, batch: str = "") -> StockAdjustment:
    row = await StockAdjustment.create(
        variant_id=variant_id,
        delta=delta,
        stock_after=left,
        reason=reason,
        actor=by.key,
        batch=batch,
        created_at=clock.now(),
    )
    await audit.record(
        "stock.adjusted",
        by=by,
        target=("variant", variant_id),
        before={"stock": left - delta},
        after={"stock": left, "adjustment_id": row.id},
        reason=reason,
    )
    return row


async def _enter(rows: Sequence[StockAdjustment]) -> None:
    await ledger.write_ledger(
        [
            LedgerEntry(variant_id=row.variant_id, kind=StockKind.ADJUST, source=f"adjust:{row.id}", delta=row.delta)
            for row in rows
        ]
    )
    await ledger.tell_who_waits([row.variant_id for row in rows if row.delta > 0])
    # Other cached answers stay. They are at most 2 s old, and show units that orders move with the same delay.
    touched = (
        await Variant.filter(id__in=[row.variant_id for row in rows]).distinct().values_list("product_id", flat=True)
    )
    units_changed(
        [int(str(id_)) for id_ in touched],
        turned=any(0 in (row.stock_after, row.stock_after - row.delta) for row in rows),
    )


def _read(row: StockAdjustment) -> StockAdjusted:
    return StockAdjusted(adjustment_id=row.id, variant_id=row.variant_id, delta=row.delta, stock=row.stock_after)


def _refused(variant_id: int, refusal: Refusal) -> AdjustResult:
    left = refusal.extras.get("left")
    return AdjustResult(variant_id=variant_id, outcome="refused", adjustment_id=None, stock=left, code=refusal.code)


def _answer(
    body: StockAdjustMany, rows: Sequence[StockAdjustment], refused: dict[int, AdjustResult]
) -> StockAdjustedMany:
    done = {
        row.variant_id: AdjustResult(
            variant_id=row.variant_id,
            outcome="adjusted",
            adjustment_id=row.id,
            stock=row.stock_after,
            code=None,
        )
        for row in rows
    }
    results = [done.get(item.variant_id) or refused[item.variant_id] for item in body.items]
    return StockAdjustedMany(results=results, adjusted=len(done), refused=len(refused))
