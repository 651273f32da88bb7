"""The public catalogue of message types. To add a type, add a line to CATALOGUE.

The name of a type is the topic of its outbox event and must stay as stable. The version rises with a breaking change
of the data; a new field is not a breaking change.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from src.app.outbound.dtos.admin.responses import EventTypeRead
from src.app.outbound.dtos.payloads import CANCEL as CANCEL_EXAMPLE
from src.app.outbound.dtos.payloads import ORDER as ORDER_EXAMPLE
from src.app.outbound.dtos.payloads import PRODUCT as PRODUCT_EXAMPLE
from src.app.outbound.dtos.payloads import REFUND as REFUND_EXAMPLE
from src.app.outbound.dtos.payloads import SHIPMENT as SHIPMENT_EXAMPLE
from src.app.outbound.dtos.payloads import (
    CancelEventData,
    Envelope,
    LinesEventData,
    OrderEventData,
    Payload,
    ProductEventData,
    RefundEventData,
    ShipmentEventData,
    TrialData,
)
from src.app.outbound.services.messages import snapshots
from src.app.outbound.services.messages.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Subject:
    """The data of one or more types.

    `read(payload, personal)` builds it from the event's payload inside the caller's transaction, with the personal part
    if `personal` is true.
    """

    data: type[Payload]
    example: dict[str, Any]
    read: Callable[[dict[str, Any], bool], Awaitable[Snapshot]]


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of message."""

    name: str
    ko: str
    en: str
    subject: Subject
    version: int = 1


ORDER: Final = Subject(OrderEventData, {"order": ORDER_EXAMPLE, "customer": None}, snapshots.order)
REFUND: Final = Subject(
    RefundEventData, {"order": ORDER_EXAMPLE, "customer": None, "refund": REFUND_EXAMPLE}, snapshots.refund
)
LINES: Final = Subject(
    LinesEventData,
    {"order": ORDER_EXAMPLE, "customer": None, "line_nos": ["20261120-7K3M9QXD-01"], "until": None},
    snapshots.lines,
)
SHIPMENT: Final = Subject(
    ShipmentEventData, {"order": ORDER_EXAMPLE, "customer": None, "shipment": SHIPMENT_EXAMPLE}, snapshots.shipment
)
CANCEL: Final = Subject(
    CancelEventData, {"order": ORDER_EXAMPLE, "customer": None, "cancel": CANCEL_EXAMPLE}, snapshots.cancel
)
PRODUCT: Final = Subject(ProductEventData, {"product": PRODUCT_EXAMPLE}, snapshots.product)
TEST: Final = EventType(
    "webhook.test", "연결 시험", "Staff try the webhook out", Subject(TrialData, {"message": "test"}, snapshots.trial)
)
CATALOGUE: Final[dict[str, EventType]] = {
    kind.name: kind
    for kind in (
        EventType("order.awaiting_deposit", "가상계좌 발급, 입금 대기", "A virtual account waits for the money", ORDER),
        EventType(
            "order.account_closed",
            "가상계좌 해지, 다른 결제 대기",
            "The virtual account was closed early: another payment may be made",
            ORDER,
        ),
        EventType("order.paid", "주문 결제 완료", "An order was paid", ORDER),
        EventType("order.expired", "미결제 주문 만료", "An order was not paid in time", ORDER),
        EventType("order.cancelled", "주문 취소", "A whole order was cancelled", ORDER),
        EventType("order.lines_cancelled", "판매자 취소", "The seller cancelled goods before shipping", CANCEL),
        EventType("order.preparing", "발주확인, 상품 준비 중", "Lines of an order were taken into work", LINES),
        EventType("order.delayed", "발송지연", "Lines of an order are sent later", LINES),
        EventType("order.shipped", "배송 시작", "A parcel of an order is on its way", SHIPMENT),
        EventType("shipment.moved", "배송 상태 변경", "A shipment was sent or moved to another state", SHIPMENT),
        EventType(
            "shipment.corrected", "송장 수정, 발송 취소", "A shipment has another number or was taken back", SHIPMENT
        ),
        EventType("shipment.contested", "미수령 신고", "The shopper says that a parcel did not arrive", SHIPMENT),
        EventType("order.confirmed", "구매확정", "The purchase of lines of an order was confirmed", LINES),
        EventType("refund.succeeded", "환불 완료", "Money went back to who paid", REFUND),
        EventType("product.created", "상품 등록", "A product was added", PRODUCT),
        EventType("product.updated", "상품 수정", "A product was changed", PRODUCT),
        EventType("product.archived", "상품 보관(삭제)", "A product was archived", PRODUCT),
    )
}


def unknown(names: Iterable[str]) -> list[str]:
    """Return the names that are not in the catalogue, sorted."""
    return sorted(set(names) - CATALOGUE.keys())


def described() -> list[EventTypeRead]:
    """Return the catalogue for staff and integrators: each type with the JSON schema of the whole message."""
    return [_described(kind) for kind in (*CATALOGUE.values(), TEST)]


def _described(kind: EventType) -> EventTypeRead:
    schema = Envelope.model_json_schema(mode="serialization")
    data = kind.subject.data.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    schema["$defs"] = data.pop("$defs", {})
    schema["properties"] |= {
        "data": data,
        "type": {"const": kind.name},
        "version": {"const": kind.version},
    }
    example = {
        "type": kind.name,
        "version": kind.version,
        "sequence": 0 if kind is TEST else 4711,
        "timestamp": "2026-11-20T10:13:30+09:00",
        "data": kind.subject.example,
    }
    return EventTypeRead(
        type=kind.name,
        version=kind.version,
        name=kind.ko,
        name_en=kind.en,
        is_subscribable=kind is not TEST,
        payload_schema=schema,
        example=example,
    )
