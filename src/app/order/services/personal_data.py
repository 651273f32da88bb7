"""Personal data of a member in the order domain: orderer, recipient and address."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import JsonValue

from src.app.order.models import Order, OrderLine
from src.app.order.services.paging import ids_of
from src.app.order.services.queries import by_ids, lines_of
from src.app.order.services.retention import periods
from src.app.order.services.retention.anonymising import anonymise_member
from src.common.clock import korean
from src.common.records.retention import Rule

RULES: Final[Sequence[Rule]] = periods.RULES
BATCH: Final = 200
SUMS: Final = ("item_total", "discount_total", "shipping_fee", "points_used", "total", "vat_amount", "tax_free_amount")
LINE: Final = ("line_no", "name", "color", "size", "quantity", "unit_price", "line_total", "vat_amount")


async def export(member_id: int) -> Mapping[str, Any]:
    """Return every order of the member, oldest first: lines, amounts, orderer and address."""
    exported: list[JsonValue] = []
    last_id = 0
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        orders, lines = await by_ids(ids), await lines_of(ids)
        exported += [_order(orders[order_id], lines[order_id]) for order_id in ids if order_id in orders]
    return {"orders": exported}


async def erase(member_id: int) -> int:
    """Anonymise the member's ended orders; return how many. See `anonymise_member`."""
    return await anonymise_member(member_id)


def _order(order: Order, lines: list[OrderLine]) -> dict[str, Any]:
    return {
        "order_no": order.order_no,
        "status": order.status.value,
        "created_at": korean(order.created_at),
        "orderer": {"name": order.orderer_name, "phone": order.orderer_phone, "email": order.orderer_email},
        "shipping": {
            "recipient": order.recipient,
            "phone": order.recipient_phone,
            "zipcode": order.zipcode,
            "address": order.address,
            "address_detail": order.address_detail,
            "memo": order.memo,
        },
        "client_address": order.client_address,
        **{name: getattr(order, name) for name in SUMS},
        "lines": [{name: getattr(line, name) for name in LINE} for line in lines],
    }
