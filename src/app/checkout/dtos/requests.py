"""Inputs of ordering and paying. None of them holds a price that counts, a status or an owner."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from src.app.auth.dtos.recovery import Channel, Code
from src.app.order.models import OrderStatus
from src.app.payment.models import EasyPayProvider, PayMethod
from src.app.pricing.dtos.requests import NoCoupons, NoPoints, WantedItems
from src.app.receipt.dtos.shapes import CashReceiptAsk
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, Email, Line, Note, OptionalLine, PersonName, Phone, RowId, Zipcode
from src.common.dtos.keysets import Keyset
from src.common.dtos.money import Won
from src.common.dtos.pages import Cursored, PageNumber, PageSize
from src.common.ids import ORDER_NO_PATTERN, as_typed

ORDERER: dict[str, JsonValue] = {"name": "김민지", "phone": "010-1234-5678", "email": "minji@example.com"}
SHIPPING: dict[str, JsonValue] = {
    "recipient": "김민지",
    "phone": "01012345678",
    "zipcode": "06236",
    "address": "서울 강남구 테헤란로 1",
    "address_detail": "101호",
    "memo": "문 앞에 놓아 주세요.",
}
PLACE: dict[str, JsonValue] = {
    "items": [{"variant_id": 31, "quantity": 2}],
    "orderer": ORDERER,
    "shipping": SHIPPING,
    "pay_method": "CARD",
    "expected_total": 92500,
    "agreements": {"terms": True, "privacy": True},
}


class Orderer(ClosedInput):
    """Who orders; gets the notices, and may look the order up by telephone number."""

    name: PersonName
    phone: Phone
    email: Email


class ShippingTo(ClosedInput):
    """Where it goes."""

    recipient: PersonName
    phone: Phone
    zipcode: Zipcode
    address: Line
    address_detail: OptionalLine = ""
    memo: Note = ""


def _only_true(value: object) -> object:
    """Refuse 1 and 1.0, which ``Literal[True]`` alone accepts."""
    if not isinstance(value, bool):
        raise PydanticCustomError("bool_type", "not a boolean")
    return value


IsTrue = Annotated[Literal[True], BeforeValidator(_only_true)]


class Agreements(ClosedInput):
    """Both are needed to buy."""

    terms: IsTrue
    privacy: IsTrue


def _distinct_ids(ids: list[int]) -> list[int]:
    if len(set(ids)) < len(ids):
        raise PydanticCustomError(
            "duplicate_variant",
            "a variant is named twice",
            {"ko": "같은 상품 옵션이 두 번 들어 있습니다.", "en": "The same variant is named twice."},
        )
    return ids


# Left out of what tells two requests apart where it is not sent, as by clients of before it.
Wallet = Annotated[
    EasyPayProvider | None,
    Field(
        exclude_if=lambda value: value is None,
        description="The wallet, with EASY_PAY only. Left out: the first that the shop offers.",
    ),
]


Depositor = Annotated[
    PersonName | None,
    Field(
        exclude_if=lambda value: value is None,
        description="With MANUAL_TRANSFER: who will transfer (입금자명). Left out: the orderer.",
    ),
]
AccountId = Annotated[
    RowId | None,
    Field(
        exclude_if=lambda value: value is None,
        description="With MANUAL_TRANSFER: the chosen account of the shop. Left out: the first.",
    ),
]


Receipt = Annotated[
    CashReceiptAsk | None,
    Field(
        exclude_if=lambda value: value is None,
        description="With TRANSFER, VIRTUAL_ACCOUNT and MANUAL_TRANSFER: the cash receipt (현금영수증) that is wanted.",
    ),
]
CASH = (PayMethod.TRANSFER, PayMethod.VIRTUAL_ACCOUNT, PayMethod.MANUAL_TRANSFER)


def _receipt_of_cash(pay_method: PayMethod, receipt: CashReceiptAsk | None) -> None:
    if receipt is not None and pay_method not in CASH:
        raise PydanticCustomError(
            "receipt_without_cash",
            "only cash has a cash receipt",
            {
                "ko": "현금영수증은 계좌이체, 가상계좌, 무통장입금 결제에만 신청할 수 있습니다.",
                "en": "A cash receipt comes with TRANSFER, VIRTUAL_ACCOUNT and MANUAL_TRANSFER only.",
            },
        )


def _wallet_of_easy_pay(pay_method: PayMethod, wallet: EasyPayProvider | None) -> None:
    if wallet is not None and pay_method != PayMethod.EASY_PAY:
        raise PydanticCustomError(
            "wallet_without_easy_pay",
            "only EASY_PAY has a wallet",
            {"ko": "간편결제사는 EASY_PAY와 함께 보내야 합니다.", "en": "Send a wallet with EASY_PAY only."},
        )


class OrderPlace(ClosedInput):
    """An order. Exactly one of `items`, `from_cart` and `cart_variant_ids` says what is bought.

    `expected_total` is what the shopper saw, in won: another total is refused with the fresh quote.
    `depositor_name` and `bank_account_id` mean nothing but with MANUAL_TRANSFER (무통장입금).
    """

    model_config = ConfigDict(json_schema_extra={"examples": [PLACE]})

    items: WantedItems | None = None
    from_cart: IsTrue | None = None
    cart_variant_ids: (
        Annotated[list[RowId], Field(min_length=1, max_length=50), AfterValidator(_distinct_ids)] | None
    ) = None
    orderer: Orderer
    shipping: ShippingTo
    pay_method: PayMethod
    easy_pay_provider: Wallet = None
    depositor_name: Depositor = None
    bank_account_id: AccountId = None
    cash_receipt: Receipt = None
    expected_total: Won
    coupon_ids: NoCoupons = []
    points: NoPoints = 0
    agreements: Agreements

    @model_validator(mode="after")
    def _one_source(self) -> "OrderPlace":
        if sum(source is not None for source in (self.items, self.from_cart, self.cart_variant_ids)) != 1:
            raise PydanticCustomError(
                "one_source",
                "exactly one source",
                {
                    "ko": "items, from_cart, cart_variant_ids 중 하나만 보내야 합니다.",
                    "en": "Send exactly one of items, from_cart and cart_variant_ids.",
                },
            )
        _wallet_of_easy_pay(self.pay_method, self.easy_pay_provider)
        _receipt_of_cash(self.pay_method, self.cash_receipt)
        return self


class PaymentOpen(ClosedInput):
    """Another try to pay."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pay_method": "EASY_PAY", "easy_pay_provider": "KAKAOPAY"}]}
    )

    pay_method: PayMethod
    easy_pay_provider: Wallet = None

    @model_validator(mode="after")
    def _wallets_are_easy_pay(self) -> "PaymentOpen":
        _wallet_of_easy_pay(self.pay_method, self.easy_pay_provider)
        return self


class PaymentConfirm(ClosedInput):
    """What the window of a channel with manual approval gave to the browser."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"payment_token": "token-1", "tx_id": "0194253a-0000-7000-8000-0000000000aa"}]}
    )

    payment_token: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[\x21-\x7e]+$")]
    tx_id: Annotated[str, Field(max_length=64, pattern=r"^[\x21-\x7e]*$")] = ""


class OrderCancel(ClosedInput):
    """Why the order is given up; nothing has to be said."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "다른 색상으로 다시 주문하려고 합니다."}]})

    reason: OptionalLine = ""


class OrderLookup(ClosedInput):
    """A guest's order by its number and the orderer's telephone number."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"order_no": "20261120-7Q6X9ZPM", "phone": "010-1234-5678"}]}
    )

    order_no: Annotated[str, BeforeValidator(as_typed), Field(pattern=ORDER_NO_PATTERN)]
    phone: Phone


class TakeOverCodeAsk(ClosedInput):
    """Where the code goes: to the telephone or to the e-mail address that the order itself names."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "sms"}]})

    channel: Channel


class TakeOver(ClosedInput):
    """What proves that the guest's order is mine: its guest token (here or in `X-Guest-Token`), or the code."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "493027"}, {"guest_token": "1771..."}]})

    guest_token: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    code: Code | None = None


class OrderListQuery(Cursored, DayRange):
    """My orders: by status, and by the Korean calendar days on which they were placed."""

    page: PageNumber = 1
    size: PageSize = 20
    status: OrderStatus | None = None

    def keyset(self) -> Keyset:
        """Sort by the time of placing, newest first."""
        return Keyset("my-orders", ("-created_at", "-id"), (datetime, int))

    @property
    def offset(self) -> int:
        """Return the number of rows to skip."""
        return (self.page - 1) * self.size
