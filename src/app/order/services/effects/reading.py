"""Read what lies on the units of orders, live and archived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from src.app.order.models import (
    OrderEffect,
    OrderEffectArchive,
    OrderLine,
    OrderShippingRow,
    OrderShippingRowArchive,
)
from src.app.pricing.services.effects import EffectKind, Laid, Units, left_of, tax_parts, unpacked
from src.common.records.archiving import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoney:
    """One unit of a line in won: its price, the part of each effect on it in stored order, what was paid for it in
    money, and the VAT therein, which is None while the order's VAT is not known."""

    price: int
    effects: tuple[tuple[EffectKind, int], ...]
    paid: int
    vat: int | None


async def effects_of(order_ids: Sequence[int]) -> Mapping[int, list[OrderEffect]]:
    """Return the effects by order id. One query if all orders are live."""
    return await rows_of(OrderEffect, OrderEffectArchive, "order_id", order_ids)


async def shipping_rows_of(order_ids: Sequence[int]) -> Mapping[int, list[OrderShippingRow]]:
    """Return the parts of the shipping fees by order id. One query if all orders are live."""
    return await rows_of(OrderShippingRow, OrderShippingRowArchive, "order_id", order_ids)


def units_of(line: OrderLine, effects: Sequence[OrderEffect]) -> list[UnitMoney]:
    """Return the units of a line by the effects of its order. Without a stored vector the VAT follows from the line's:
    its units are equal then."""
    own = sorted((each for each in effects if each.line_no == line.line_no), key=lambda each: each.place)
    lines = [Units(line.unit_price, line.quantity)]
    laid = [Laid(each.place, each.kind, 0, unpacked(each.parts)) for each in own]
    lowering = [each for each in laid if each.kind != EffectKind.TAX]
    (left,) = left_of(lines, lowering)
    stored = next((each.parts for each in laid if each.kind == EffectKind.TAX), None)
    vats = stored or _vats(line, left)
    return [
        UnitMoney(
            price=line.unit_price,
            effects=tuple((each.kind, each.parts[unit]) for each in lowering),
            paid=left[unit],
            vat=None if vats is None else vats[unit],
        )
        for unit in range(line.quantity)
    ]


def _vats(line: OrderLine, left: Sequence[int]) -> tuple[int, ...] | None:
    if line.vat_amount is None:
        return None
    parts = tax_parts([line.vat_amount], [left], place=1)
    return parts[0].parts if parts else (0,) * line.quantity
