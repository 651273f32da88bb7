"""Change many products in one transaction. An item that cannot be changed is refused alone; the others are still
changed. All rows are locked in id order before anything is read."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

from src.app.product.dtos.admin.bulk import BulkPrice, BulkStatus, PriceStep
from src.app.product.dtos.admin.responses import BulkItem, BulkResult, Refusal
from src.app.product.errors import DiscountAbovePrice
from src.app.product.models import Product
from src.app.product.services import locks, prices
from src.app.product.services.editing import columns as content
from src.app.product.services.editing.warnings import price_warnings
from src.common import clock
from src.common.dtos.money import MAX_WON
from src.common.http import idempotency
from src.common.ids import new_ulid
from src.common.models.audit_log import AuditLog
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

BATCH: Final = "product_batch"
Columns = dict[str, Any]


class _Refused(Exception):
    """The requested change is not possible for this product."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code: Refusal = code


async def set_status(body: BulkStatus, *, by: Actor) -> BulkResult:
    """Set the given statuses and the tax type. A repeat changes nothing: a product that already has them is reported as
    `unchanged`, without an audit row."""
    names = ("sale_status", "display_status", "tax_type")
    wanted: Columns = {name: getattr(body, name) for name in names}
    columns = {name: value for name, value in wanted.items() if value is not None}

    async def write() -> BulkResult:
        return await _each(body.ids, lambda _: columns, action="product.changed", by=by, reason=body.reason)

    return await unit_of_work(write)


async def set_prices(body: BulkPrice, *, request: idempotency.KeyedRequest, by: Actor) -> tuple[BulkResult, bool]:
    """Change prices once per idempotency key, because a repeated step in percent would apply twice. A repeat returns
    the first call's result. Raises IdempotencyKeyReused and IdempotencyInProgress."""

    async def effect(claim: idempotency.Claim) -> BulkResult:
        async def write() -> BulkResult:
            result = await _each(
                body.ids, lambda row: _priced(row, body), action="product.price_changed", by=by, reason=body.reason
            )
            batch = new_ulid()
            after = {"asked": body.model_dump(mode="json"), "result": result.model_dump(mode="json")}
            await audit.record("product.bulk_priced", by=by, target=(BATCH, batch), after=after, reason=body.reason)
            await idempotency.finish(claim, effect=batch)
            return result

        return await unit_of_work(write)

    return await idempotency.once(
        request, scope=by.key, digest=idempotency.body_hash(body), effect=effect, again=_again
    )


async def _again(batch: str) -> BulkResult:
    rows = await AuditLog.filter(target_type=BATCH, target_id=batch).limit(1).values("after")
    return BulkResult.model_validate(rows[0]["after"]["result"])


async def _each(
    ids: Sequence[int], columns_of: Callable[[Product], Columns], *, action: str, by: Actor, reason: str
) -> BulkResult:
    rows = await locks.lock_products(ids)
    items = []
    for product_id in ids:
        row = rows.get(product_id)
        try:
            items.append(await _one(row, product_id, columns_of, action=action, by=by, reason=reason))
        except _Refused as refused:
            now = {"price": _price_of(row), "version": row.version} if row else {}
            items.append(BulkItem(id=product_id, outcome="refused", code=refused.code, **now))
    counts = Counter(item.outcome for item in items)
    return BulkResult(items=items, changed=counts["changed"], unchanged=counts["unchanged"], refused=counts["refused"])


async def _one(
    row: Product | None,
    product_id: int,
    columns_of: Callable[[Product], Columns],
    *,
    action: str,
    by: Actor,
    reason: str,
) -> BulkItem:
    if row is None:
        raise _Refused("PRODUCT_NOT_FOUND")
    if row.archived_at is not None:
        raise _Refused("PRODUCT_ARCHIVED")
    columns = columns_of(row)
    before, after = content.changes({name: getattr(row, name) for name in columns}, columns)
    if not after:
        return BulkItem(id=product_id, outcome="unchanged", price=_price_of(row), version=row.version)
    await content.write(row, columns)
    await audit.record(action, by=by, target=("product", product_id), before=before, after=after, reason=reason)
    price = columns.get("price", _price_of(row))
    warnings = price_warnings(columns, clock.now()) if "origin_price" in columns else []
    return BulkItem(id=product_id, outcome="changed", price=price, version=row.version + 1, warnings=warnings)


def _priced(row: Product, body: BulkPrice) -> Columns:
    origin_price = row.origin_price if body.change is None else _stepped(row.origin_price, body.change)
    discount = content.plan_of(row) if body.change is not None else body.discount
    try:
        return content.price_columns(origin_price, discount)
    except DiscountAbovePrice:
        raise _Refused("DISCOUNT_ABOVE_PRICE") from None


def _stepped(price: int, step: PriceStep) -> int:
    moved = price * (100 + step.by) // 100 // 10 * 10 if step.unit == "percent" else price + step.by
    if not 0 <= moved <= MAX_WON:
        raise _Refused("PRICE_OUT_OF_RANGE")
    return moved


def _price_of(row: Product) -> int:
    return int(prices.shown({name: getattr(row, name) for name in ("price", *content.PLAN, "reduced_price")})["price"])
