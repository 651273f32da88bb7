"""Response bodies of orders and payments."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from src.app.checkout.dtos.window import PAYMENT, PaymentOpened
from src.app.deposit.dtos.responses import DEPOSIT_WANTED, DepositWanted
from src.app.order.models import OrderStatus
from src.app.payment.models import PaidWith, PaymentStatus, PayMethod
from src.app.product.models import TaxType
from src.common.clock import KoreanTime
from src.common.dtos.alts import AltRead
from src.common.dtos.money import Won

LINE: dict[str, JsonValue] = {
    "line_no": "20261120-7Q6X9ZPM-01",
    "variant_id": 31,
    "product_id": 7,
    "name": "아쿠아 스트레치 카라 티셔츠",
    "color": "네이비",
    "size": "L",
    "product_code": "01201110",
    "image_url": "/media/products/01201110/0-0.svg",
    "alt": "아쿠아 스트레치 카라 티셔츠 네이비",
    "quantity": 2,
    "unit_price": 45000,
    "line_total": 90000,
    "tax_type": "TAXABLE",
    "supply_amount": 81818,
    "vat_amount": 8182,
    "tax_free_amount": 0,
}
ORDER: dict[str, JsonValue] = {
    "order_no": "20261120-7Q6X9ZPM",
    "status": "PENDING",
    "lines": [LINE],
    "item_total": 90000,
    "discount_total": 0,
    "shipping_fee": 2500,
    "points_used": 0,
    "total": 92500,
    "supply_amount": 84091,
    "vat_amount": 8409,
    "tax_free_amount": 0,
    "expires_at": "2026-11-20T13:30:00+09:00",
}


class Amounts(BaseModel):
    """The parts of what is paid: supply value, VAT and tax-free money. Supply value and VAT are null for an order of a
    former release until they are computed."""

    supply_amount: Won | None
    vat_amount: Won | None
    tax_free_amount: Won


class OrderLineRead(Amounts):
    """A line as it was bought; `image_url` is empty without a picture. The taxes are those of what is paid for it, after
    discounts and points."""

    line_no: str
    variant_id: int
    product_id: int
    name: str
    color: str
    size: str
    product_code: str
    image_url: str
    alt: AltRead
    quantity: int
    unit_price: Won
    line_total: Won
    tax_type: TaxType


DEPOSIT = Field(
    None,
    description="For a manual transfer (무통장입금): where to pay, as whom and until when. There is no payment then.",
    examples=[DEPOSIT_WANTED],
)


class OrderBase(Amounts):
    """``total = item_total - discount_total + shipping_fee - points_used``, and
    ``total = supply_amount + vat_amount + tax_free_amount``, in won."""

    order_no: str
    status: OrderStatus
    item_total: Won
    discount_total: Won
    shipping_fee: Won
    points_used: Won
    total: Won
    expires_at: KoreanTime
    deposit: DepositWanted | None = DEPOSIT


class OrderPlaced(OrderBase):
    """A new order. Its stock is held until `expires_at`. `guest_token` is there for guests only."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**ORDER, "payment": PAYMENT, "guest_token": "1771..."}]})

    lines: list[OrderLineRead]
    payment: PaymentOpened | None
    guest_token: str | None = None


PAID_WITH = Field(None, description="What was used in the payment window, once something was.")
FAILURE = Field(
    None, description="Why the last try in the window failed, in the words of the provider.", examples=["한도초과"]
)


class PaymentOfOrder(BaseModel):
    """One try to pay: `pay_method` as it was asked for."""

    payment_id: str
    payment_status: PaymentStatus
    pay_method: PayMethod
    paid_with: PaidWith | None = PAID_WITH
    failure_reason: str | None = FAILURE


class TakeOverCodeSent(BaseModel):
    """A code is on its way to the order's own address. It can be tried for `expires_in` seconds."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "sms", "expires_in": 180}]})

    channel: Literal["sms", "email"]
    expires_in: int


class VirtualAccount(BaseModel):
    """Where to pay into, and until when."""

    bank: str
    number: str
    holder: str
    due_at: KoreanTime | None


class PaymentRead(BaseModel):
    """Where a payment and its order stand. Holds nothing personal: the payment id alone opens it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "order_no": "20261120-7Q6X9ZPM",
                    "order_status": "PAID",
                    "payment_status": "PAID",
                    "paid_with": "CARD",
                    "failure_reason": None,
                    "receipt_url": "https://receipt.example.com/1",
                    "virtual_account": None,
                }
            ]
        }
    )

    order_no: str
    order_status: OrderStatus
    payment_status: PaymentStatus
    paid_with: PaidWith | None = PAID_WITH
    failure_reason: str | None = FAILURE
    receipt_url: str | None = Field(None, description="The provider's receipt, once there is one.")
    virtual_account: VirtualAccount | None = None
