"""An order as its owner sees it: alone with everything, in a list with what a list shows."""

from datetime import date

from pydantic import BaseModel, ConfigDict, JsonValue

from src.app.checkout.dtos.requests import ORDERER, SHIPPING
from src.app.checkout.dtos.responses import (
    LINE,
    ORDER,
    OrderBase,
    OrderLineRead,
    PaymentOfOrder,
    VirtualAccount,
)
from src.app.checkout.dtos.window import PAYMENT
from src.app.fulfilment.dtos.parcels import PARCELS, Parcel
from src.app.order.models import DelayReason, OrderStatus
from src.app.order.services.changes.actions import OrderAction
from src.app.order.services.lines.actions import LineAction
from src.app.receipt.dtos.shapes import CashReceiptRead
from src.common.clock import KoreanTime
from src.common.dtos.money import Won
from src.common.dtos.pages import Page

PAYMENT_NOW: dict[str, JsonValue] = {
    "payment_id": PAYMENT["payment_id"],
    "payment_status": "PAID",
    "pay_method": "CARD",
    "paid_with": "CARD",
    "failure_reason": None,
}
SHOWN_LINE: dict[str, JsonValue] = {
    **LINE,
    "status": "SHIPPING",
    "cancelled": 0,
    "shipped": 2,
    "delivered": 0,
    "ship_by": "2026-11-25",
    "delay": None,
    "allowed_actions": ["CONFIRM_PURCHASE"],
}
LISTED: dict[str, JsonValue] = {
    **ORDER,
    "status": "SHIPPING",
    "lines": [SHOWN_LINE],
    "deposit": None,
    "created_at": "2026-11-20T13:00:00+09:00",
    "payments": [PAYMENT_NOW],
    "timeline": [
        {"at": "2026-11-20T13:00:00+09:00", "from_status": None, "to_status": "PENDING", "by": "guest", "reason": ""}
    ],
    "allowed_actions": [],
}
WHOLE: dict[str, JsonValue] = {
    **LISTED,
    "orderer": ORDERER,
    "shipping": SHIPPING,
    "paid_at": "2026-11-20T13:01:00+09:00",
    "payments": [
        {
            **PAYMENT_NOW,
            "total_amount": 92500,
            "paid_amount": 92500,
            "cancelled_amount": 0,
            "paid_at": "2026-11-20T13:01:00+09:00",
            "receipt_url": "https://receipt.example.com/1",
            "virtual_account": None,
        }
    ],
    "cash_receipt": None,
    "shipments": PARCELS["shipments"],
}


class DelayShown(BaseModel):
    """발송지연: why, in the shop's words, and the day agreed on."""

    reason: DelayReason
    detail: str
    expected_ship_on: date


class OrderLineShown(OrderLineRead):
    """A line as it is now. The counters are units of `quantity`. `ship_by` is the day by which it is to be sent."""

    status: OrderStatus
    cancelled: int
    shipped: int
    delivered: int
    ship_by: date | None
    delay: DelayShown | None
    allowed_actions: list[LineAction]


class TimelineEntry(BaseModel):
    """One hop of the order. `by` is who moved it: guest, member, staff, or a part of the system."""

    at: KoreanTime
    from_status: str | None
    to_status: str
    by: str
    reason: str


class OrderShown(OrderBase):
    """An order as it is now. `allowed_actions` is what may be done with it."""

    lines: list[OrderLineShown]
    created_at: KoreanTime
    timeline: list[TimelineEntry]
    allowed_actions: list[OrderAction]


class OrderListed(OrderShown):
    """An order in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [LISTED]})

    payments: list[PaymentOfOrder]


class OrdererShown(BaseModel):
    """Who ordered."""

    name: str
    phone: str
    email: str


class ShippingShown(BaseModel):
    """Where it goes, and what is asked of the courier."""

    recipient: str
    phone: str
    zipcode: str
    address: str
    address_detail: str
    memo: str


class PaymentShown(PaymentOfOrder):
    """One try to pay with what came of it. `receipt_url` is the provider's receipt (매출전표), once there is one;
    `virtual_account` is where to pay into while the order waits for it."""

    total_amount: Won
    paid_amount: Won
    cancelled_amount: Won
    paid_at: KoreanTime | None
    receipt_url: str | None
    virtual_account: VirtualAccount | None


class OrderRead(OrderShown):
    """An order as its owner sees it, with everything that belongs to it."""

    model_config = ConfigDict(json_schema_extra={"examples": [WHOLE]})

    orderer: OrdererShown
    shipping: ShippingShown
    paid_at: KoreanTime | None
    payments: list[PaymentShown]
    cash_receipt: CashReceiptRead | None
    shipments: list[Parcel]


class GuestOrderRead(BaseModel):
    """An order that was placed as a guest under a telephone number or an e-mail address that I proved. More is shown
    once it is taken over: POST /orders/{order_no}/take-over."""

    order_no: str
    ordered_on: date
    total: Won


class MyOrders(Page[OrderListed]):
    """A page of my orders. `guest_orders`, on the first page: what may be mine of the last 90 days, and can be taken
    over."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [LISTED],
                    "total": 1,
                    "page": 1,
                    "size": 20,
                    "guest_orders": [{"order_no": "20261103-4M2K8TQ5", "ordered_on": "2026-11-03", "total": 41500}],
                }
            ]
        }
    )

    guest_orders: list[GuestOrderRead] = []


class OrderFound(BaseModel):
    """A looked-up order and the token that opens it from now on (90 days)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"order": WHOLE, "guest_token": "1771..."}]})

    order: OrderRead
    guest_token: str
