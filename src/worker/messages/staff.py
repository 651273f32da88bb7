"""Messages to staff, to those who asked for them in their own settings: each once a person."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from src.app.fulfilment.models import Shipment, ShipmentState
from src.app.fulfilment.services.shipments.queries import by_ids
from src.app.notification.services.delivery.log import Addressed, MessageRequest, queue_all
from src.app.order.models import Order, OrderLine
from src.app.order.services.lines.facts import due_to_ship
from src.app.payment.services.attempts import order_name
from src.app.payment.services.discrepancies.review import by_ids as by_discrepancy_ids
from src.app.shipping.services.business_days.calendar import load_calendar
from src.app.shipping.services.couriers.book import CourierBook
from src.app.shipping.services.couriers.queries import load_book
from src.app.staff.models import StaffNews
from src.app.staff.services.notifications import Reached, wanting
from src.common import clock
from src.common.clock import KST
from src.worker.events.batches import Batch, Together
from src.worker.messages.orders import won

TROUBLE: Final[dict[str, str]] = {
    ShipmentState.WRONG_NUMBER: "오류 송장",
    ShipmentState.ATTEMPT_FAILED: "배달 실패",
    ShipmentState.LOST: "분실",
    ShipmentState.RETURNED_TO_SENDER: "반송",
}
CONTESTED: Final = "미수령 신고"
DISCREPANCIES: Final[dict[str, str]] = {
    "EXTERNAL": "관리자 화면 밖에서 취소된 결제",
    "MISMATCH": "주문과 다른 결제 금액",
    "NEEDS_ACCOUNT": "환불 계좌 필요",
    "REFUND_FAILED": "환불 실패",
    "REFUND_BLOCKED": "환불 보류",
    "UNKNOWN_PAYMENT": "알 수 없는 결제",
    "DISPUTE": "결제 분쟁",
    "ESCROW_REJECTED": "에스크로 구매거절",
    "DEPOSIT_SHORT": "입금액 부족",
    "DEPOSIT_SURPLUS": "입금액 초과",
    "DEPOSIT_LATE": "기한 지난 입금",
    "UNCLEARED": "장부 불일치",
}
WORKING_FROM: Final = 8
WORKING_UNTIL: Final = 20
SHOWN: Final = 10


@Together
async def tell_order_paid(batch: Batch) -> None:
    """Say that an order was paid. ``order.paid`` carries `order_id`."""
    reached = await wanting(StaffNews.ORDER_PAID)
    if not reached:
        return
    found, lines = await batch.orders(), await batch.lines()
    messages: list[Addressed] = []
    for event, order in found:
        values = {
            "order_no": order.order_no,
            "items": order_name([line.name for line in lines[order.id]]),
            "total": won(order.total),
        }
        key = f"staff.order_paid:{order.id}"
        messages += _to_each(reached, key, "staff_order_paid", values, request_id=event.request_id)
    await queue_all(messages)


@Together
async def tell_parcel_moved(batch: Batch) -> None:
    """Say that a parcel has a wrong number, could not be delivered, was lost or comes back. ``shipment.moved`` carries
    `order_id`, `shipment_id`, `was` and `to`; other hops say nothing."""
    await _tell_of_parcels(Batch([event for event in batch.events if event.payload["to"] in TROUBLE]))


@Together
async def tell_parcel_contested(batch: Batch) -> None:
    """Say that the shopper did not get a parcel. ``shipment.contested`` carries `order_id` and `shipment_id`."""
    await _tell_of_parcels(batch)


async def _tell_of_parcels(batch: Batch) -> None:
    reached = await wanting(StaffNews.PARCEL_TROUBLE) if batch.events else []
    if not reached:
        return
    shipments = await by_ids(sorted({event.payload["shipment_id"] for event in batch.events}))
    book = await load_book()
    messages: list[Addressed] = []
    for event, order in await batch.orders():
        shipment = shipments.get(event.payload["shipment_id"])
        if shipment is not None:
            state = event.payload.get("to", "CONTESTED")
            key = f"staff.parcel:{shipment.id}:{state}"
            values = _of_parcel(order, shipment, TROUBLE.get(state, CONTESTED), book)
            messages += _to_each(reached, key, "staff_parcel_trouble", values, request_id=event.request_id)
    await queue_all(messages)


def _of_parcel(order: Order, shipment: Shipment, what: str, book: CourierBook) -> dict[str, str]:
    courier = book.get(shipment.courier) if shipment.courier else None
    return {
        "order_no": order.order_no,
        "shipment": shipment.number,
        "what": what,
        "courier": courier.name if courier else "",
        "tracking_no": shipment.tracking_no,
    }


@Together
async def tell_discrepancy(batch: Batch) -> None:
    """Say that a person must look at money. ``payment.discrepancy`` carries `discrepancy_id`."""
    reached = await wanting(StaffNews.DISCREPANCY)
    if not reached:
        return
    found = await by_discrepancy_ids([event.payload["discrepancy_id"] for event in batch.events])
    messages: list[Addressed] = []
    for event in batch.events:
        row = found.get(event.payload["discrepancy_id"])
        if row is not None:
            values = {"what": DISCREPANCIES[row.kind], "amount": won(row.amount), "order_no": row.order_no or ""}
            key = f"staff.discrepancy:{row.id}"
            messages += _to_each(reached, key, "staff_discrepancy", values, request_id=event.request_id)
    await queue_all(messages)


async def tell_ship_by() -> int:
    """Say how many lines are to be sent today and how many should have been, and return how many messages are new. The
    job ``tell-ship-by``.

    On business days, from 8 to 20 o'clock in Korea, once a day; nothing where there are none.
    """
    now = clock.now().astimezone(KST)
    today = now.date()
    if not WORKING_FROM <= now.hour < WORKING_UNTIL or (await load_calendar()).not_before(today) != today:
        return 0
    reached = await wanting(StaffNews.SHIP_BY)
    if not reached:
        return 0
    due = await due_to_ship(today, shown=SHOWN)
    if not due.count:
        return 0
    values = {
        "due": str(due.count - due.late),
        "late": str(due.late),
        "items": "\n".join(_line(line) for line in due.first),
        "more": str(due.count - len(due.first)) if due.count > len(due.first) else "",
    }
    return await queue_all(_to_each(reached, f"staff.ship_by:{today}", "staff_ship_by", values))


def _line(line: OrderLine) -> str:
    return f"{line.line_no} {line.name} ({_day(line.ship_by)})"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _to_each(
    reached: Iterable[Reached], key: str, template: str, values: dict[str, Any], *, request_id: str = ""
) -> Sequence[Addressed]:
    return [
        Addressed(
            notice=MessageRequest(event_key=f"{key}:{person.staff_id}", template=template, values=values),
            email=person.email,
            phone=person.phone,
            request_id=request_id,
        )
        for person in reached
    ]
