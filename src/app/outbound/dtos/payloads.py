"""Bodies of outgoing webhooks. They are a public contract: fields are only added; a breaking change gets a new version.

Money is whole won, times are RFC 3339 with +09:00.
"""

from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from src.app.fulfilment.models import DeliveredBy, Direction, ShipmentMethod, ShipmentState
from src.app.order.models import OrderStatus
from src.app.payment.models import PaidWith, PaymentStatus, PayMethod, RefundReason
from src.app.pricing.services.refunds.reasons import GoodsReason
from src.app.product.models import DisplayStatus, SaleStatus
from src.common.clock import KoreanTime

LINE: Final[dict[str, Any]] = {
    "line_no": "20261120-7K3M9QXD-01",
    "product_code": "01201110",
    "sku": "01201110-BLK-F",
    "name": "투어 스탠드백",
    "color": "블랙",
    "size": "FREE",
    "quantity": 2,
    "origin_price": 350000,
    "unit_price": 300000,
    "line_total": 600000,
    "discount_share": 0,
    "points_share": 0,
    "status": "PAID",
}
PAYMENT: Final[dict[str, Any]] = {
    "payment_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
    "pay_method": "CARD",
    "paid_with": "CARD",
    "status": "PAID",
    "paid_amount": 600000,
    "cancelled_amount": 0,
}
ORDER: Final[dict[str, Any]] = {
    "order_no": "20261120-7K3M9QXD",
    "status": "PAID",
    "created_at": "2026-11-20T10:12:00+09:00",
    "paid_at": "2026-11-20T10:13:30+09:00",
    "ended_at": None,
    "item_total": 600000,
    "discount_total": 0,
    "shipping_fee": 0,
    "points_used": 0,
    "total": 600000,
    "lines": [LINE],
    "payments": [PAYMENT],
}


REFUND: Final[dict[str, Any]] = {"payment_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT", "amount": 42_500, "reason": "LATE"}
SHIPMENT: Final[dict[str, Any]] = {
    "number": "S20261121-3K8WQ0RA",
    "direction": "OUT",
    "method": "PARCEL",
    "courier": "CJ",
    "tracking_no": "612345678901",
    "state": "DELIVERED",
    "sent_at": "2026-11-21T11:00:00+09:00",
    "delivered_at": "2026-11-22T15:20:00+09:00",
    "delivered_by": "SCAN",
    "contested_at": None,
    "lines": [{"line_no": "20261120-7K3M9QXD-01", "units": 2}],
}
CANCEL: Final[dict[str, Any]] = {
    "refund": 300_000,
    "lines": [{"line_no": "20261120-7K3M9QXD-01", "units": 1, "reason": "SOLD_OUT", "refund": 300_000}],
}
PRODUCT: Final[dict[str, Any]] = {
    "product_code": "01201110",
    "name": "투어 스탠드백",
    "brand": "MICGOLF",
    "sale_status": "ON_SALE",
    "display_status": "SHOWN",
    "archived_at": None,
    "origin_price": 350000,
    "price": 300000,
    "version": 3,
    "variants": [{"sku": "01201110-BLK-F", "color": "블랙", "size": "FREE", "is_retired": False}],
}


class Payload(BaseModel):
    """Base of what is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LineData(Payload):
    """One line as it was bought. The shares are the line's parts of the order's discount and points."""

    line_no: str
    product_code: str
    sku: str
    name: str
    color: str
    size: str
    quantity: int
    origin_price: int
    unit_price: int
    line_total: int
    discount_share: int
    points_share: int
    status: OrderStatus


class PaymentData(Payload):
    """One try to pay. `pay_method` is what the shopper asked for, `paid_with` what was used in the payment window: null
    until there is something. `paid_amount` is 0 until it was paid. `cancelled_amount` is what went back."""

    payment_id: str
    pay_method: PayMethod
    paid_with: PaidWith | None
    status: PaymentStatus
    paid_amount: int
    cancelled_amount: int


class OrderData(Payload):
    """``total = item_total - discount_total + shipping_fee - points_used``. `ended_at`: expired or cancelled unpaid."""

    order_no: str
    status: OrderStatus
    created_at: KoreanTime
    paid_at: KoreanTime | None
    ended_at: KoreanTime | None
    item_total: int
    discount_total: int
    shipping_fee: int
    points_used: int
    total: int
    lines: list[LineData]
    payments: list[PaymentData]


class CustomerData(Payload):
    """Who ordered and where it goes: only for webhooks with personal data, and not any more once the member left."""

    name: str
    phone: str
    email: str
    recipient: str
    recipient_phone: str
    zipcode: str
    address: str
    address_detail: str
    memo: str


class OrderEventData(Payload):
    """The order as it was when the message was made, which is the event's moment or a little later."""

    order: OrderData
    customer: CustomerData | None


class RefundData(Payload):
    """What went back, in won, of which payment, which the order shows as it is after the refund."""

    payment_id: str
    amount: int
    reason: RefundReason


class RefundEventData(OrderEventData):
    """The refund, and the order that it is of."""

    refund: RefundData


class CancelledLineData(Payload):
    """So many units of a line were cancelled by the seller, why, and the won that go back for them."""

    line_no: str
    units: int
    reason: GoodsReason
    refund: int


class CancelData(Payload):
    """Units of an order that the seller cancelled before shipping. `refund` goes back for all of them, in won."""

    refund: int
    lines: list[CancelledLineData]


class CancelEventData(OrderEventData):
    """What was cancelled, and the order as it is afterwards."""

    cancel: CancelData


class LinesEventData(OrderEventData):
    """Some lines of an order, and the order. `until`: the day on which they are sent instead, of a delay only."""

    line_nos: list[str]
    until: date | None


class PartData(Payload):
    """So many units of a line are in the shipment."""

    line_no: str
    units: int


class ShipmentData(Payload):
    """A shipment as it was when the message was made. `delivered_by`: a SCAN, STAFF, or ASSUMED, where nobody saw it
    arrive. `contested_at`: the shopper says that it did not."""

    number: str
    direction: Direction
    method: ShipmentMethod
    courier: str
    tracking_no: str
    state: ShipmentState
    sent_at: KoreanTime
    delivered_at: KoreanTime | None
    delivered_by: DeliveredBy | None
    contested_at: KoreanTime | None
    lines: list[PartData]


class ShipmentEventData(OrderEventData):
    """The shipment, and the order that it is of."""

    shipment: ShipmentData


class VariantData(Payload):
    """What is really bought. A retired one is no longer sold, but orders still name it."""

    sku: str
    color: str
    size: str
    is_retired: bool


class ProductData(Payload):
    """`price` is what one unit costs now, in won; a discount's period may change it without a message. Stock is not
    told: it changes with every order."""

    product_code: str
    name: str
    brand: str
    sale_status: SaleStatus
    display_status: DisplayStatus
    archived_at: KoreanTime | None
    origin_price: int
    price: int
    version: int
    variants: list[VariantData]


class ProductEventData(Payload):
    """The product as it was when the message was made."""

    product: ProductData


class TrialData(Payload):
    """Nothing happened: staff tried the webhook out."""

    message: Literal["test"] = "test"


class Envelope(Payload):
    """Around the data of every type. Of two messages about one thing, that with the higher `sequence` is newer."""

    type: str
    version: int
    sequence: int = Field(description="Rises from event to event. 0 for a test.")
    timestamp: KoreanTime = Field(description="When it happened.")
    data: dict[str, Any]
