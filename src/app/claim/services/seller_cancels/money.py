"""Read what was paid for orders and what of it has gone back, as the calculator wants it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from src.app.order.models import Order, OrderEffect, OrderLine, OrderShippingRow
from src.app.order.services.effects.reading import effects_of, shipping_rows_of, units_of
from src.app.pricing.services.refunds.calculator import LineMoney, OrderMoney, ShippingMoney, Unit
from src.app.shipping.services.fees import FeeKind
from src.app.shipping.services.queries import own_fees
from src.core.database.statements import fetch, marks

_BACK: Final = """
SELECT c.order_id AS order_id, r.shipping_place AS place, SUM(r.units) AS parts
FROM seller_cancel c
JOIN seller_cancel_line l ON l.cancel_id = c.id
JOIN seller_cancel_row r ON r.cancel_line_id = l.id
WHERE c.order_id IN ({}) AND r.shipping_place > 0
GROUP BY c.order_id, r.shipping_place"""


async def money_of(orders: Sequence[Order], lines: Mapping[int, Sequence[OrderLine]]) -> dict[int, OrderMoney]:
    """Return the money of these orders by order id: at most five statements if all are live.

    Orders whose effects are not stored yet must be filled before (`order.services.effects.filling`).
    """
    ids = [order.id for order in orders]
    effects, rows, back = await effects_of(ids), await shipping_rows_of(ids), await _back(ids)
    own = await _own_fees(orders, lines, rows)
    return {
        order.id: OrderMoney(
            tuple(_line(line, effects.get(order.id, []), own[order.id]) for line in lines[order.id]),
            tuple(_shipping(row, back[order.id, row.place]) for row in rows.get(order.id, [])),
        )
        for order in orders
    }


async def _back(order_ids: Sequence[int]) -> Counter[tuple[int, int]]:
    """Return how many parts of each shipping row have gone back, by order id and place."""
    text = _BACK.format(marks(len(order_ids)))
    return Counter({(row["order_id"], row["place"]): int(row["parts"]) for row in await fetch(text, order_ids)})


async def _own_fees(
    orders: Sequence[Order],
    lines: Mapping[int, Sequence[OrderLine]],
    rows: Mapping[int, Sequence[OrderShippingRow]],
) -> defaultdict[int, set[int]]:
    """Return, by order id, the products that shipped at a fee of their own, where a base fee was charged."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    versions = {
        order.id: order.shipping_version
        for order in orders
        if order.shipping_version and any(row.kind == FeeKind.BASE for row in rows.get(order.id, []))
    }
    products = {line.product_id for order_id in versions for line in lines[order_id]}
    own = await own_fees(set(versions.values()), products) if versions else {}
    for order_id, version in versions.items():
        found[order_id] = {line.product_id for line in lines[order_id]} & own.get(version, set())
    return found


def _line(line: OrderLine, effects: Sequence[OrderEffect], own: set[int]) -> LineMoney:
    return LineMoney(
        line_no=line.line_no,
        product_id=line.product_id,
        tax_type=line.tax_type,
        units=tuple(Unit(unit.price, unit.effects) for unit in units_of(line, effects)),
        gone=line.cancelled + line.returned + line.exchanged,
        sent=line.shipped,
        has_own_fee=line.product_id in own,
    )


def _shipping(row: OrderShippingRow, back: int) -> ShippingMoney:
    return ShippingMoney(
        place=row.place,
        kind=row.kind,
        amount=row.amount,
        tax_type=row.tax_type,
        line_no=row.line_no,
        product_id=row.product_id,
        units=row.units,
        back=back,
    )
