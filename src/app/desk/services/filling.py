"""The job that fills what the desk searches older order lines by."""

from collections.abc import Sequence

from src.app.order.services.lines.filling import fill_older
from src.app.payment.services.queries import of_orders


async def fill_order_lines() -> int:
    """Fill day and pay method of lines of before the desk; return how many orders were filled. See `fill_older`."""
    return await fill_older(_methods)


async def _methods(order_ids: Sequence[int]) -> dict[int, str]:
    """Return the method of the payment that settled the order, else of the last one that was opened."""
    found = {}
    for order_id, payments in (await of_orders(order_ids)).items():
        if chosen := [one for one in payments if one.settles_order_id] or payments[-1:]:
            found[order_id] = (chosen[0].paid_with or chosen[0].pay_method).value
    return found
