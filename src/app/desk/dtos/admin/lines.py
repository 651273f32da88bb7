"""Queries and answers of the list of order lines."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from src.app.order.models import (
    ClaimStatus,
    DelayReason,
    DeliveryAttribute,
    OrderStatus,
    ProcurementStatus,
    ShippingStatus,
)
from src.app.order.services.lines.actions import LineAction
from src.app.payment.models import PaidWith
from src.common.clock import KoreanTime
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import OptionalLine
from src.common.dtos.money import Won
from src.common.dtos.pages import PageNumber, PageSize
from src.common.dtos.reasons import OptionalReason


class SearchType(StrEnum):
    """What `q` is. Numbers and ids are whole; a telephone number is whole or its last four digits."""

    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_PHONE = "recipient_phone"
    BUYER_NAME = "buyer_name"
    BUYER_PHONE = "buyer_phone"
    BUYER_ID = "buyer_id"
    ORDER_NO = "order_no"
    LINE_NO = "line_no"
    PRODUCT_CODE = "product_code"
    TRACKING_NO = "tracking_no"


class DateType(StrEnum):
    """Which day of a line `from` and `to` mean, and the list is sorted by."""

    ORDERED = "ORDERED"
    PAID = "PAID"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    PURCHASE_CONFIRMED = "PURCHASE_CONFIRMED"


class LineFilter(DayRange):
    """Lines by one key, a kind of date, and every axis; several values of an axis mean any of them.

    Without `q` and days the last three months are meant. Names are looked for from their beginning; for staff who see
    masked data only a whole name counts, so that nothing can be guessed letter by letter.
    """

    search_type: SearchType | None = None
    q: Annotated[OptionalLine, Field(max_length=100)] = ""
    date_type: DateType = DateType.ORDERED
    order_status: list[OrderStatus] = []
    procurement_status: list[ProcurementStatus] = []
    shipping_status: list[ShippingStatus] = []
    claim_status: list[ClaimStatus] = []
    delivery_attribute: list[DeliveryAttribute] = []
    pay_method: list[PaidWith] = []
    delayed: Annotated[bool | None, Field(description="Whether a later day was named (발송지연).")] = None
    late: Annotated[bool, Field(description="Only lines that should have been sent before today.")] = False
    sort: Literal["newest", "oldest"] = "newest"

    @model_validator(mode="after")
    def _key_and_text_together(self) -> Self:
        if (self.search_type is None) != (self.q == ""):
            raise PydanticCustomError(
                "search_type_and_q",
                "search_type and q belong together",
                {"ko": "검색 조건과 검색어를 함께 입력해 주세요.", "en": "`search_type` and `q` belong together."},
            )
        return self


class LineQuery(LineFilter):
    """A page of the lines that the filters name."""

    page: PageNumber = 1
    size: PageSize = 20
    masked: bool = False
    reason: OptionalReason = ""


class DelayRead(BaseModel):
    """발송지연: the reason, the words that the shopper reads, and the day agreed on."""

    reason: DelayReason
    detail: str
    expected_ship_on: date


class AccountRead(BaseModel):
    """The virtual account that an order waits for. The holder is masked where the line says so."""

    bank: str
    number: str
    holder: str


class TransferRead(AccountRead):
    """The account of the shop that the buyer was told, and the name to look for (입금자명)."""

    depositor_name: str


class LineRow(BaseModel):
    """One line (상품주문). Names and numbers of people are masked where `is_masked` says so.

    `pay_until` is when an unpaid order ends. `deposit_due_at` (입금기한) with `virtual_account` or `manual_transfer`
    (무통장입금) are there while the order waits for a deposit: it ends some hours later. `is_print_stale`: address or
    option changed since a paper of the order was printed. The counters are units of `quantity`. `option` is colour and size
    as they were bought.
    """

    order_no: str
    line_no: str
    ordered_at: KoreanTime
    paid_at: KoreanTime | None
    pay_until: KoreanTime | None
    deposit_due_at: KoreanTime | None = None
    virtual_account: AccountRead | None = None
    manual_transfer: TransferRead | None = None
    status: OrderStatus
    procurement_status: ProcurementStatus
    shipping_status: ShippingStatus
    claim_status: ClaimStatus
    delivery_attribute: DeliveryAttribute
    hope_on: date | None
    ship_by: date | None
    delay: DelayRead | None
    acknowledged_at: KoreanTime | None
    shipped_at: KoreanTime | None
    delivered_at: KoreanTime | None
    confirmed_at: KoreanTime | None
    pay_method: str
    product_id: int
    product_code: str
    sku: str
    name: str
    option: str
    unit_price: Won
    line_total: Won
    quantity: int
    cancelled: int
    shipped: int
    delivered: int
    returned: int
    exchanged: int
    buyer_name: str
    buyer_phone: str
    recipient_name: str
    member_id: int | None
    printed_at: KoreanTime | None = None
    is_print_stale: bool = False
    is_masked: bool
    allowed_actions: list[LineAction]


ROW: dict[str, JsonValue] = {
    "order_no": "20261120-7Q6X9ZPM",
    "line_no": "20261120-7Q6X9ZPM-01",
    "ordered_at": "2026-11-20T13:00:00+09:00",
    "paid_at": "2026-11-20T13:01:00+09:00",
    "pay_until": None,
    "deposit_due_at": None,
    "virtual_account": None,
    "manual_transfer": None,
    "status": "PREPARING",
    "procurement_status": "CONFIRMED",
    "shipping_status": "NONE",
    "claim_status": "NONE",
    "delivery_attribute": "NORMAL",
    "hope_on": None,
    "ship_by": "2026-11-25",
    "delay": None,
    "acknowledged_at": "2026-11-20T15:00:00+09:00",
    "shipped_at": None,
    "delivered_at": None,
    "confirmed_at": None,
    "pay_method": "CARD",
    "product_id": 7,
    "product_code": "01201110",
    "sku": "01201110-NV-L",
    "name": "아쿠아 스트레치 카라 티셔츠",
    "option": "네이비 / L",
    "unit_price": 45000,
    "line_total": 90000,
    "quantity": 2,
    "cancelled": 0,
    "shipped": 0,
    "delivered": 0,
    "returned": 0,
    "exchanged": 0,
    "buyer_name": "김*지",
    "buyer_phone": "010-****-5678",
    "recipient_name": "김*지",
    "member_id": 7,
    "printed_at": None,
    "is_print_stale": False,
    "is_masked": True,
    "allowed_actions": ["UNCONFIRM", "DELAY", "SHIP", "SET_DELIVERY_ATTRIBUTE"],
}


class LinePage(BaseModel):
    """A page of lines. `total` is exact up to 10,000; above, it is 10,000 and `total_is_exact` is false."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [ROW], "total": 1, "total_is_exact": True, "page": 1, "size": 20}]}
    )

    items: list[LineRow]
    total: int
    total_is_exact: bool
    page: int
    size: int


class LineCounts(BaseModel):
    """How many lines stand at each stage now, each the count of the list with the same filter. `late`: should have been
    sent before today."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "pending": 3,
                    "awaiting_deposit": 1,
                    "paid": 12,
                    "preparing": 7,
                    "shipping": 20,
                    "delivered": 41,
                    "late": 2,
                }
            ]
        }
    )

    pending: int
    awaiting_deposit: int
    paid: int
    preparing: int
    shipping: int
    delivered: int
    late: int
