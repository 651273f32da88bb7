"""Check docs/promises.md#p9: the stored parts of an order add up to its sums."""

from collections.abc import Iterator, Sequence

from src.app.order.models import Order, OrderEffect, OrderLine, OrderShippingRow
from src.app.order.services.effects.reading import effects_of, shipping_rows_of
from src.app.order.services.queries import lines_of
from src.app.pricing.services.effects import EffectKind, unpacked
from src.app.pricing.services.tax import vat_of
from src.app.product.models import TaxType
from src.common.records.invariants import Finding, Look, pages


async def parts_add_up(look: Look) -> list[Finding]:
    """Find live orders whose shipping rows, units' effects or VAT do not add up. Orders of a former release are skipped
    until the job ``order-effects`` came to them."""
    found = []
    async for orders in pages(Order, look, vat_amount__not_isnull=True):
        ids = [order.id for order in orders]
        lines, effects, rows = await lines_of(ids), await effects_of(ids), await shipping_rows_of(ids)
        for order in orders:
            wrong = [*_of_order(order, lines[order.id], rows.get(order.id, []))]
            for line in lines[order.id]:
                wrong += _of_line(line, [each for each in effects.get(order.id, []) if each.line_no == line.line_no])
            if wrong:
                found.append(Finding("P9", f"order:{order.order_no}", "; ".join(wrong)))
    return found


def _of_order(order: Order, lines: Sequence[OrderLine], rows: Sequence[OrderShippingRow]) -> Iterator[str]:
    if sum(row.amount for row in rows) != order.shipping_fee:
        yield "shipping rows"
    if order.vat_amount != vat_of(order.total - order.tax_free_amount):
        yield "VAT of the order"
    vat = sum(line.vat_amount or 0 for line in lines)
    shipping = sum(row.amount for row in rows if row.tax_type == TaxType.TAXABLE)
    if not 0 <= (order.vat_amount or 0) - vat <= shipping:
        yield "VAT of the lines"


def _of_line(line: OrderLine, effects: Sequence[OrderEffect]) -> Iterator[str]:
    sums = dict.fromkeys(EffectKind, 0)
    left = [line.unit_price] * line.quantity
    for each in effects:
        parts = unpacked(each.parts)
        sums[each.kind] += sum(parts)
        if len(parts) != line.quantity or sum(parts) != each.amount or min(parts) < 0:
            yield f"{each.kind} of {line.line_no}"
        elif each.kind != EffectKind.TAX:
            left = [unit - part for unit, part in zip(left, parts, strict=True)]
    discount = sums[EffectKind.DISCOUNT] + sums[EffectKind.PROMOTION] + sums[EffectKind.COUPON]
    if (discount, sums[EffectKind.POINTS]) != (line.discount_share, line.points_share) or min(left) < 0:
        yield f"effects of {line.line_no}"
    if effects and sums[EffectKind.TAX] != (line.vat_amount or 0):
        yield f"VAT of the units of {line.line_no}"
