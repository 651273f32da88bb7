"""What the order form asks and is told before the order: ways to pay, fees, days."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue
from pydantic_core import PydanticCustomError

from src.app.deposit.dtos.responses import AccountChoice
from src.app.payment.models import EasyPayProvider, PayMethod
from src.app.pricing.dtos.requests import MAX_LINES, WantedItem
from src.app.pricing.dtos.responses import QUOTE, QuoteRead
from src.app.shipping.dtos.responses import ShippingFeesRead
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Zipcode
from src.common.dtos.money import Won

KAKAO: dict[str, JsonValue] = {
    "pay_method": "EASY_PAY",
    "easy_pay_provider": "KAKAOPAY",
    "name": "카카오페이",
    "name_en": "Kakao Pay",
    "min_amount": 0,
    "escrow": False,
}
NAVER: dict[str, JsonValue] = {
    **KAKAO,
    "easy_pay_provider": "NAVERPAY",
    "name": "네이버페이",
    "name_en": "Naver Pay",
    "min_amount": 100,
}

Pair = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,18}:[1-9][0-9]{0,2}$", max_length=23, examples=["31:2"])]


def _distinct(pairs: list[str]) -> list[str]:
    if len({pair.partition(":")[0] for pair in pairs}) < len(pairs):
        raise PydanticCustomError(
            "duplicate_variant",
            "a variant is named twice",
            {"ko": "같은 상품 옵션이 두 번 들어 있습니다.", "en": "The same variant is named twice."},
        )
    return pairs


class OptionsQuery(ClosedInput):
    """What would be bought: `items`, or what is in the cart in hand, or of that `cart_variant_ids` only."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": ["31:2"], "zipcode": "06236"}]})

    items: Annotated[
        list[Pair],
        Field(max_length=MAX_LINES, description="`variant id:quantity`, for each line once; without it the cart."),
        AfterValidator(_distinct),
    ] = []
    cart_variant_ids: Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=MAX_LINES)] = []
    zipcode: Zipcode | None = None

    def wanted(self) -> list[WantedItem]:
        """Return `items` as variants and quantities."""
        pairs = [pair.split(":") for pair in self.items]
        return [WantedItem(variant_id=int(variant_id), quantity=int(quantity)) for variant_id, quantity in pairs]


class PayOption(BaseModel):
    """A way to pay this order. Send `pay_method` and, where there is one, `easy_pay_provider` with the order.

    Below `min_amount` won it is not offered. `escrow`: it is protected by escrow (구매안전서비스), whose mark is shown.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [KAKAO]})

    pay_method: PayMethod
    easy_pay_provider: EasyPayProvider | None = Field(
        description="Null with EASY_PAY: any wallet may be named, or none: then it is chosen in the window."
    )
    name: str
    name_en: str
    min_amount: Won
    escrow: bool


class PayOptionRefused(PayOption):
    """A way to pay that this order cannot use, with the code that POST /orders would answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**NAVER, "code": "PAY_AMOUNT_TOO_SMALL"}]})

    code: Literal["TAX_FREE_NOT_OFFERED", "PAY_AMOUNT_TOO_SMALL"]


class SafetyRead(BaseModel):
    """The insurance (구매안전서비스) of payments that no escrow protects, and the link to check it: shown beside them."""

    name: str
    url: str


class CheckoutOptions(BaseModel):
    """What an order form shows before the order.

    `quote` is null where nothing would be bought; with a total of 0 nothing has to be paid and no way is listed.
    `ship_by` is the last day to send goods that are paid today (전자상거래법 제15조). A purchase may be withdrawn from
    until `withdrawal_days` days after delivery (제17조), at the fees that `quote` and `shipping` name. The stock of an
    order is held for `hold_minutes`; a virtual account may be paid into for `account_hours`. With MANUAL_TRANSFER one of
    `bank_accounts` is chosen, and paid into until `transfer_due_at`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "quote": QUOTE,
                    "methods": [KAKAO],
                    "refused": [{**NAVER, "code": "PAY_AMOUNT_TOO_SMALL"}],
                    "shipping": {
                        "base_fee": 2500,
                        "free_from": 100000,
                        "return_fee": 3000,
                        "exchange_fee": 6000,
                        "methods": ["PARCEL"],
                        "product_fees": [],
                        "areas": [{"area": "JEJU", "lowest": 3000, "highest": 3000}],
                        "version": 3,
                    },
                    "ship_by": "2026-11-25",
                    "withdrawal_days": 7,
                    "hold_minutes": 30,
                    "account_hours": 72,
                    "bank_accounts": [{"id": 1, "bank": "SHINHAN", "number": "110-123-456789", "holder": "(주)믹골프"}],
                    "transfer_due_at": "2026-11-24T23:59:59+09:00",
                    "safety": {"name": "서울보증보험 쇼핑몰보증보험", "url": "https://insurance.example.com/check/1"},
                }
            ]
        }
    )

    quote: QuoteRead | None
    methods: list[PayOption]
    refused: list[PayOptionRefused]
    shipping: ShippingFeesRead
    ship_by: date
    withdrawal_days: int
    hold_minutes: int
    account_hours: int
    bank_accounts: list[AccountChoice]
    transfer_due_at: KoreanTime | None
    safety: SafetyRead | None
