"""Bring an expired order back to PENDING with a fresh hold. Call inside a unit of work, with the order locked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from src.app.order.errors import LineNotFound, NothingLeft, OrderCannotMove
from src.app.order.models import Order, OrderLine, OrderRevival, OrderShippingRow, OrderStatus
from src.app.order.services.changes.actions import RULES, OrderAction
from src.app.order.services.timeline import advance
from src.app.pricing.services.tax import Taxed, shipping_tax, taxes
from src.app.product.errors import StockShort
from src.app.product.models import StockKind
from src.app.product.services.sellable import find_variants
from src.app.product.services.stock.ledger import LedgerEntry, hold, write_ledger
from src.app.shipping.services.fees import FeeKind
from src.common import clock
from src.core.database.statements import change, find, save

REASON: Final = "만료 주문 복구"
KEPT: Final = ("line_no", "variant_id", "sku", "name", "color", "size", "quantity", "unit_price", "line_total")
SUMS: Final = ("item_total", "shipping_fee", "total", "tax_free_amount", "vat_amount")
FRESH: Final = (
    "expires_at",
    "ended_at",
    "pay_until",
    "hold_extended",
    "unreachable_since",
    "revival_id",
    "updated_at",
)


async def revive(order: Order, *, without: Collection[str], until: datetime, actor: str, reason: str) -> OrderRevival:
    """Move the locked EXPIRED order and its lines to PENDING and hold their stock until `until`, at their old prices.

    Lines in `without` leave the order: what they were stays in the returned row, and the order's sums, VAT and shipping
    rows become those of the rest. The parts of the shipping fee that the rest needs stay as they were. Locks the lines,
    then the variants in id order. Emits no event. Raises OrderCannotMove for an order that is not EXPIRED or whose
    personal values were erased, LineNotFound, NothingLeft, and StockShort, which names every line that is short.
    """
    if not RULES[OrderAction.REVIVE](order, ()):
        raise OrderCannotMove(to=OrderStatus.PENDING.value)
    lines = await find(OrderLine, "order_id = %s ORDER BY id", (order.id,), locking=True)
    gone = [line for line in lines if line.line_no in without]
    kept = [line for line in lines if line.line_no not in without]
    if unknown := sorted(set(without) - {line.line_no for line in gone}):
        raise LineNotFound(line_no=unknown[0])
    if not kept:
        raise NothingLeft
    await _refuse_short(kept)
    before = order.total
    if gone:
        await _leave_out(order, gone, kept)
    now = clock.now()
    row = await OrderRevival.create(
        order_id=order.id,
        total_before=before,
        total_after=order.total,
        left_out=[{name: getattr(line, name) for name in KEPT} for line in gone],
        actor=actor[:40],
        reason=reason,
        created_at=now,
    )
    await advance(order, OrderStatus.PENDING, actor=actor, reason=_told(gone))
    order.expires_at, order.ended_at, order.pay_until = until, None, None
    order.hold_extended, order.unreachable_since, order.revival_id, order.updated_at = False, None, row.id, now
    await save(order, FRESH)
    await _hold(row, kept)
    return row


async def _refuse_short(lines: Sequence[OrderLine]) -> None:
    """Raise StockShort with every line that is short, before the hold decides."""
    variants = await find_variants([line.variant_id for line in lines])
    left = {variant_id: variant.stock for variant_id, variant in variants.items()}
    wanted: defaultdict[int, int] = defaultdict(int)
    short = []
    for line in lines:
        wanted[line.variant_id] += line.quantity
        if wanted[line.variant_id] > left.get(line.variant_id, 0):
            short.append(line)
    if short:
        first = short[0].variant_id
        told = [{"line_no": line.line_no, "left": left.get(line.variant_id, 0)} for line in short]
        raise StockShort(variant_id=first, left=left.get(first, 0), lines=told)


async def _leave_out(order: Order, gone: Sequence[OrderLine], kept: Sequence[OrderLine]) -> None:
    """Take lines out of the order, and write the sums of the rest. An order with discounts or points is refused: what
    lies on its units was spread over all of them. Raises OrderCannotMove."""
    if order.discount_total or order.points_used:
        raise OrderCannotMove(to=OrderStatus.PENDING.value)
    rows = await find(OrderShippingRow, "order_id = %s ORDER BY id", (order.id,))
    own = {row.product_id for row in rows if row.kind == FeeKind.PRODUCT}
    fee = 0
    for row in rows:
        if _is_needed(row, kept, own):
            fee += row.amount
        else:
            await OrderShippingRow.filter(id=row.id).delete()
    taxed = taxes(
        [*(Taxed(line.tax_type, line.line_total) for line in kept), Taxed(shipping_tax(), fee)],
    )
    for line, vat in zip(kept, taxed.vats[:-1], strict=True):
        line.vat_amount = vat
        await save(line, ("vat_amount",))
    for line in gone:
        await change("DELETE FROM order_line WHERE id = %s", (line.id,))
    order.item_total, order.shipping_fee = sum(line.line_total for line in kept), fee
    order.total = order.item_total + fee
    order.tax_free_amount, order.vat_amount = taxed.tax_free, taxed.vat
    await save(order, SUMS)


def _is_needed(row: OrderShippingRow, kept: Sequence[OrderLine], own: Collection[Any]) -> bool:
    """Whether a part of the shipping fee is still for one of these lines."""
    if row.line_no:
        return any(line.line_no == row.line_no for line in kept)
    if row.kind == FeeKind.PRODUCT:
        return any(line.product_id == row.product_id for line in kept)
    return row.kind != FeeKind.BASE or any(line.product_id not in own for line in kept)


def _told(gone: Sequence[OrderLine]) -> str:
    """Return the words of the timeline."""
    if not gone:
        return REASON
    return f"{REASON} (제외: {', '.join(line.line_no[-2:] for line in gone)})"


async def _hold(row: OrderRevival, lines: Sequence[OrderLine]) -> None:
    await write_ledger(
        [
            LedgerEntry(
                variant_id=line.variant_id,
                kind=StockKind.HOLD,
                source=f"revival:{row.id}:{line.line_no}",
                delta=-line.quantity,
                line_id=line.id,
            )
            for line in lines
        ]
    )
    await hold([(line.variant_id, line.quantity) for line in lines])
