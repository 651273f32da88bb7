"""거래명세서·배송 안내서: what is in the box and where it goes, a sheet for each order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from src.app.desk.dtos.admin.papers import DeliveryNoteQuery
from src.app.desk.services.lines import note_look
from src.app.desk.services.papers import pages
from src.app.order.errors import OrderNotFound
from src.app.order.models import UNPAID, Order, OrderLine
from src.app.order.services.changes.papers import note_printed
from src.app.order.services.queries import by_numbers, lines_of
from src.app.shop.services.reading import shop_info
from src.common import clock
from src.common.clock import KST
from src.common.dtos.phones import hyphened
from src.common.records import masking
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS

TITLE: Final = ("배송 안내서", "Delivery note")
SHOWN: Final = "recipient,recipient_phone,address,address_detail,memo,orderer_name"
HIDDEN: Final = "***"
HEADING: Final = (
    ("상품명", "Product"),
    ("옵션", "Option"),
    ("SKU", "SKU"),
    ("수량", "Units"),
    ("판매가", "Price"),
    ("금액", "Amount"),
)


async def notes(asked: DeliveryNoteQuery, *, by: Actor) -> str:
    """Return the page, a sheet for each order in the order asked.

    Masked unless the caller may read personal data; each unmasked order is committed to the access log. The orders are
    noted as printed at the moment before they were read, so that a change from then on makes the paper stale. Raises
    OrderNotFound if one of them does not exist or was never paid.
    """
    now = clock.now()
    found = await by_numbers(asked.order_no)
    orders = [found[order_no] for order_no in dict.fromkeys(asked.order_no) if order_no in found]
    if len(orders) < len(set(asked.order_no)) or any(order.paid_at is None for order in orders):
        raise OrderNotFound
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    ids = [order.id for order in orders]
    lines = await lines_of(ids)
    if is_clear:
        await note_look("order.delivery_note", ids, by=by, reason=asked.reason, items=SHOWN)
    await note_printed(ids, at=now)
    shop = await shop_info()
    seller = " · ".join(part for part in (shop.shop_name, shop.phone or "") if part)
    return pages.page(TITLE, (_sheet(order, lines[order.id], now, seller, is_clear=is_clear) for order in orders))


def _sheet(order: Order, lines: Sequence[OrderLine], now: datetime, seller: str, *, is_clear: bool) -> str:
    assert order.status not in UNPAID  # noqa: S101 - the caller took paid ones only
    kept = [line for line in lines if line.quantity > line.cancelled]
    rows = [
        (
            line.name,
            " / ".join(part for part in (line.color, line.size) if part),
            line.sku,
            line.quantity - line.cancelled,
            line.unit_price,
            line.unit_price * (line.quantity - line.cancelled),
        )
        for line in kept
    ]
    detail = order.address_detail if is_clear or not order.address_detail else HIDDEN
    return pages.section(
        TITLE,
        pages.when(f"출력 Printed {now.astimezone(KST):%Y-%m-%d %H:%M}"),
        pages.facts(
            [
                (("주문번호", "Order"), order.order_no),
                (("주문일시", "Ordered"), f"{order.created_at.astimezone(KST):%Y-%m-%d %H:%M}"),
                (("주문자", "Ordered by"), order.orderer_name if is_clear else masking.name(order.orderer_name)),
                (("받는 분", "Recipient"), order.recipient if is_clear else masking.name(order.recipient)),
                (
                    ("연락처", "Telephone"),
                    hyphened(order.recipient_phone) if is_clear else masking.phone(order.recipient_phone),
                ),
                (("주소", "Address"), f"({order.zipcode}) {order.address} {detail}".strip()),
                (("배송 메시지", "Memo"), order.memo if is_clear or not order.memo else HIDDEN),
            ]
        ),
        pages.table(HEADING, rows),
        pages.foot(seller),
    )
