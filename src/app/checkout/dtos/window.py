"""What the browser opens the payment window with."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, JsonValue
from pydantic.alias_generators import to_camel

from src.app.payment.models import EasyPayProvider, PayMethod
from src.common.dtos.money import Won

Camel: Final = ConfigDict(alias_generator=to_camel, populate_by_name=True)
"""Objects that go to the SDK as they are have its spelling."""

PAYMENT: dict[str, JsonValue] = {
    "payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV",
    "store_id": "store-sandbox",
    "channel_key": "channel-key-sandbox",
    "order_name": "아쿠아 스트레치 카라 티셔츠",
    "total_amount": 92500,
    "tax_free_amount": 0,
    "currency": "KRW",
    "pay_method": "CARD",
    "product_type": "REAL",
    "redirect_url": "https://shop.example.com/checkout/return?order_no=20261120-7Q6X9ZPM",
    "customer_id": "member-7",
    "products": [
        {"id": "31", "code": "01201110", "name": "아쿠아 스트레치 카라 티셔츠 네이비 L", "amount": 45000, "quantity": 2}
    ],
    "customer": {"full_name": "김민지", "phone_number": "01012345678", "email": "minji@example.com"},
    "easy_pay_provider": None,
    "window_type": None,
    "account_expiry": None,
    "bypass": None,
    "needs_confirm": False,
    "is_escrow": False,
}


class Customer(BaseModel):
    """Whom the payment window is told of."""

    full_name: str
    phone_number: str
    email: str


class PaymentProduct(BaseModel):
    """One line for the payment window: `amount` is the price of one, in won. Some companies want the `code`."""

    id: str
    code: str
    name: str
    amount: Won
    quantity: int


WindowPayMethod = Literal[
    PayMethod.CARD, PayMethod.EASY_PAY, PayMethod.TRANSFER, PayMethod.MOBILE, PayMethod.VIRTUAL_ACCOUNT
]


class WindowTypes(BaseModel):
    """The kinds of window that the payment company opens. There is no other."""

    pc: Literal["IFRAME", "POPUP"]
    mobile: Literal["REDIRECTION"]


class AccountExpiry(BaseModel):
    """For how many hours a virtual account is issued."""

    model_config = Camel

    valid_hours: int


class NaverpayItem(BaseModel):
    """A product as Naver Pay wants it: goods that are shipped are all of one kind there."""

    model_config = Camel

    category_type: Literal["PRODUCT"] = "PRODUCT"
    category_id: Literal["GENERAL"] = "GENERAL"
    uid: str
    name: str
    count: int


class NaverpayBypass(BaseModel):
    """Naver Pay's own parameters. `deliveryFee` is in won."""

    model_config = Camel

    product_items: list[NaverpayItem]
    delivery_fee: Won


class Bypass(BaseModel):
    """Parameters for one payment company alone: passed on to the SDK as they are."""

    naverpay: NaverpayBypass


class PaymentOpened(BaseModel):
    """What the browser hands to PortOne's ``requestPayment``: docs/payments.md has the mapping.

    `tax_free_amount` is the part of `total_amount` without VAT: pass it as `taxFreeAmount` where it is above 0.
    `product_type` is PortOne's word for goods that are shipped. `redirect_url` is where the window leads back to where it
    takes the whole page, as on most telephones. `customer_id` is the same for every payment of a member, and for every
    try to pay one order of a guest.

    What is null is left out of the call. `easy_pay_provider` is for `easyPay.easyPayProvider`, `window_type` for
    `windowType`, `account_expiry` for `virtualAccount.accountExpiry`, `bypass` for `bypass`; the last three are in the
    SDK's own form. With `needs_confirm` the window's `paymentToken` goes to POST /payments/{payment_id}/confirm in place
    of `complete`. `is_escrow` is for `isEscrow`: the channel protects the money by escrow (구매안전서비스).
    """

    model_config = ConfigDict(json_schema_extra={"examples": [PAYMENT]})

    payment_id: str
    store_id: str
    channel_key: str
    order_name: str
    total_amount: Won
    tax_free_amount: Won
    currency: Literal["KRW"] = "KRW"
    pay_method: WindowPayMethod
    product_type: Literal["REAL"] = "REAL"
    redirect_url: str
    customer_id: str
    products: list[PaymentProduct]
    customer: Customer
    easy_pay_provider: EasyPayProvider | None
    window_type: WindowTypes | None
    account_expiry: AccountExpiry | None
    bypass: Bypass | None
    needs_confirm: bool
    is_escrow: bool
