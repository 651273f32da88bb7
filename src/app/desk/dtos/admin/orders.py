"""Bodies of one order as staff see it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from src.app.deposit.dtos.admin import TransferOfDesk
from src.app.desk.dtos.admin.lines import ROW, LineRow
from src.app.fulfilment.dtos.admin.shipment_reads import SHIPMENT, ShipmentRead
from src.app.notification.models import MessageStatus, Way
from src.app.order.models import OrderStatus
from src.app.order.services.changes.actions import OrderAction
from src.app.payment.dtos.admin.refunds import RefundAction
from src.app.payment.models import (
    PaidWith,
    PaymentStatus,
    PaymentVerdict,
    PayMethod,
    RefundMeans,
    RefundReason,
    RefundStatus,
)
from src.app.receipt.dtos.shapes import CashReceiptRead
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Note
from src.common.dtos.money import Won

NoteBody = Annotated[
    Note,
    StringConstraints(min_length=1),
    Field(
        max_length=1000,
        examples=["선물 포장 요청, 12월 3일 이후 발송"],
        description="For staff only, kept with the order: no names, numbers or addresses of people.",
    ),
]


class NoteCreate(ClosedInput):
    """A note about an order, for staff only."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"body": "선물 포장 요청"}]})

    body: NoteBody


NOTE: dict[str, JsonValue] = {
    "id": 5,
    "body": "선물 포장 요청",
    "by": "staff:2",
    "by_name": "박서준",
    "created_at": "2026-11-20T15:00:00+09:00",
}


class NoteRead(BaseModel):
    """A note of staff. `by_name` is empty for somebody who is no longer staff."""

    model_config = ConfigDict(json_schema_extra={"examples": [NOTE]})

    id: int
    body: str
    by: str
    by_name: str
    created_at: KoreanTime


class PersonRead(BaseModel):
    """The orderer (주문자)."""

    name: str
    phone: str
    email: str | None


class ShippingRead(BaseModel):
    """Where the order goes (수취인). `memo` is what the orderer asks of the courier."""

    recipient: str
    phone: str
    zipcode: str
    address: str
    address_detail: str
    memo: str


class RefundOfPayment(BaseModel):
    """Money that goes or went back. `id` is what `POST /admin/refunds/{id}/retry` takes; `cause` is what it is for, and
    `due_on` the day by which the law wants it sent."""

    id: int
    refund_no: str
    reason: RefundReason
    cause: str
    means: RefundMeans
    amount: Won
    status: RefundStatus
    requested_at: KoreanTime
    due_on: date | None
    allowed_actions: list[RefundAction]


class PaymentOfDesk(BaseModel):
    """One try to pay. `pg_provider` and `pg_tx_id` are what the provider's console knows it by; `account_due_at` is the
    deadline of a virtual account."""

    payment_id: str
    pay_method: PayMethod
    paid_with: PaidWith | None
    status: PaymentStatus
    verdict: PaymentVerdict
    settles: bool
    total_amount: Won
    paid_amount: Won
    cancelled_amount: Won
    pg_provider: str
    pg_tx_id: str
    receipt_url: str | None
    failure_reason: str | None
    account_bank: str | None
    account_due_at: KoreanTime | None
    paid_at: KoreanTime | None
    created_at: KoreanTime
    refunds: list[RefundOfPayment]


class OptionChanged(BaseModel):
    """옵션 변경 of a line: what it was before and after, for `units` of it."""

    line_no: str
    units: int
    from_sku: str
    from_option: str
    to_sku: str
    to_option: str
    by: str
    reason: str
    at: KoreanTime


class Hop(BaseModel):
    """One row of the timeline: of the order, or with `line_no` of a line, whose `counter` moved by `units`."""

    at: KoreanTime
    line_no: str | None
    from_status: str | None
    to_status: str
    counter: str | None
    units: int
    by: str
    reason: str


class MessageOfOrder(BaseModel):
    """A message that told of this order. `number` opens it in the delivery log."""

    number: str
    template: str
    way: Way
    status: MessageStatus
    created_at: KoreanTime
    sent_at: KoreanTime | None


DETAIL: dict[str, JsonValue] = {
    "order_no": "20261120-7Q6X9ZPM",
    "status": "PREPARING",
    "member_id": 7,
    "language": "ko",
    "is_masked": True,
    "orderer": {"name": "김*지", "phone": "010-****-5678", "email": "mi***@example.com"},
    "shipping": {
        "recipient": "김*지",
        "phone": "010-****-5678",
        "zipcode": "06236",
        "address": "서울 강남구 테헤란로 1",
        "address_detail": "***",
        "memo": "***",
    },
    "item_total": 90000,
    "discount_total": 0,
    "shipping_fee": 2500,
    "points_used": 0,
    "total": 92500,
    "created_at": "2026-11-20T13:00:00+09:00",
    "paid_at": "2026-11-20T13:01:00+09:00",
    "ended_at": None,
    "pay_until": None,
    "paper_changed_at": None,
    "allowed_actions": ["CHANGE_SHIPPING"],
    "lines": [ROW],
    "option_changes": [
        {
            "line_no": "20261120-7Q6X9ZPM-01",
            "units": 2,
            "from_sku": "01201110-NV-M",
            "from_option": "네이비 / M",
            "to_sku": "01201110-NV-L",
            "to_option": "네이비 / L",
            "by": "staff:2",
            "reason": "고객 요청 (상담 3821)",
            "at": "2026-11-20T14:00:00+09:00",
        }
    ],
    "deposit": None,
    "payments": [
        {
            "payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV",
            "pay_method": "CARD",
            "paid_with": "CARD",
            "status": "PAID",
            "verdict": "SETTLED",
            "settles": True,
            "total_amount": 92500,
            "paid_amount": 92500,
            "cancelled_amount": 0,
            "pg_provider": "HTML5_INICIS",
            "pg_tx_id": "StdpayCARDINIpayTest20261120130100",
            "receipt_url": None,
            "failure_reason": None,
            "account_bank": None,
            "account_due_at": None,
            "paid_at": "2026-11-20T13:01:00+09:00",
            "created_at": "2026-11-20T13:00:00+09:00",
            "refunds": [],
        }
    ],
    "cash_receipt": None,
    "shipments": [SHIPMENT],
    "timeline": [
        {
            "at": "2026-11-20T15:00:00+09:00",
            "line_no": "20261120-7Q6X9ZPM-01",
            "from_status": "PAID",
            "to_status": "PREPARING",
            "counter": None,
            "units": 0,
            "by": "staff:2",
            "reason": "발주확인",
        }
    ],
    "notes": [NOTE],
    "messages": [
        {
            "number": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
            "template": "order_paid",
            "way": "mail",
            "status": "SENT",
            "created_at": "2026-11-20T13:01:01+09:00",
            "sent_at": "2026-11-20T13:01:02+09:00",
        }
    ],
}


class OrderDetail(BaseModel):
    """An order with everything that belongs to it. ``total = item_total - discount_total + shipping_fee -
    points_used``. Names, numbers, mail, the detailed address and the memo, which may tell how a door opens, are masked
    where `is_masked` says so. `deposit`: what a manual transfer (무통장입금) waits for, and what arrived.
    `paper_changed_at` is when address or option last changed: what was printed before is stale."""

    model_config = ConfigDict(json_schema_extra={"examples": [DETAIL]})

    order_no: str
    status: OrderStatus
    member_id: int | None
    language: str
    is_masked: bool
    orderer: PersonRead
    shipping: ShippingRead
    item_total: Won
    discount_total: Won
    shipping_fee: Won
    points_used: Won
    total: Won
    created_at: KoreanTime
    paid_at: KoreanTime | None
    ended_at: KoreanTime | None
    pay_until: KoreanTime | None
    paper_changed_at: KoreanTime | None
    allowed_actions: list[OrderAction]
    lines: list[LineRow]
    option_changes: list[OptionChanged]
    deposit: TransferOfDesk | None
    payments: list[PaymentOfDesk]
    cash_receipt: CashReceiptRead | None
    shipments: list[ShipmentRead]
    timeline: list[Hop]
    notes: list[NoteRead]
    messages: list[MessageOfOrder]
