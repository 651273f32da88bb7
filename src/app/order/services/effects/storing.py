"""Write the parts of an order's shipping fee and the effects on its units, in the transaction that writes the order."""

from collections.abc import Sequence

from src.app.order.models import Order, OrderEffect, OrderShippingRow
from src.app.pricing.services.effects import Laid, packed
from src.app.pricing.services.tax import shipping_tax
from src.app.shipping.services.fees import FeeRow
from src.core.database.statements import insert_all, new_row


def line_no_of(order: Order, number: int) -> str:
    """Return the number of the order's line at this place, counted from 1."""
    return f"{order.order_no}-{number:02d}"


async def store(order: Order, *, shipping: Sequence[FeeRow], effects: Sequence[Laid]) -> None:
    """Insert the rows, one statement for each table that gets any. `line` of a row counts the order's lines from 0.

    They name lines by number, so they may be written before the lines, which wait for the stock.
    """
    fees = [
        new_row(
            OrderShippingRow,
            order_id=order.id,
            place=place,
            kind=row.kind,
            rule_version=order.shipping_version,
            line_no="" if row.line is None else line_no_of(order, row.line + 1),
            product_id=row.product_id,
            units=row.units,
            amount=row.amount,
            tax_type=shipping_tax(),
        )
        for place, row in enumerate(shipping, start=1)
    ]
    laid = [
        new_row(
            OrderEffect,
            order_id=order.id,
            line_no=line_no_of(order, each.line + 1),
            place=each.place,
            kind=each.kind,
            amount=each.amount,
            parts=packed(each.parts),
        )
        for each in effects
    ]
    for rows in (fees, laid):
        if rows:
            await insert_all(rows)
