"""The query of an export of order lines."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.desk.dtos.admin.lines import LineFilter
from src.app.fulfilment.dtos.admin.layouts import Layout
from src.common.dtos.reasons import OptionalReason


class ExportColumn(StrEnum):
    """What a column holds. The headings are those of the layout."""

    ORDER_NO = "order_no"
    LINE_NO = "line_no"
    ORDERED_AT = "ordered_at"
    PAID_AT = "paid_at"
    STATUS = "status"
    PROCUREMENT_STATUS = "procurement_status"
    SHIPPING_STATUS = "shipping_status"
    CLAIM_STATUS = "claim_status"
    DELIVERY_ATTRIBUTE = "delivery_attribute"
    SHIP_BY = "ship_by"
    DELAYED_UNTIL = "delayed_until"
    ACKNOWLEDGED_AT = "acknowledged_at"
    SHIPPED_AT = "shipped_at"
    DELIVERED_AT = "delivered_at"
    CONFIRMED_AT = "confirmed_at"
    PAY_METHOD = "pay_method"
    PRODUCT_ID = "product_id"
    PRODUCT_CODE = "product_code"
    SKU = "sku"
    NAME = "name"
    OPTION = "option"
    QUANTITY = "quantity"
    CANCELLED = "cancelled"
    SHIPPED = "shipped"
    EXTRA_PRICE = "extra_price"
    UNIT_PRICE = "unit_price"
    LINE_TOTAL = "line_total"
    DISCOUNT = "discount"
    PAID = "paid"
    SHIPPING_FEE = "shipping_fee"
    BUYER_NAME = "buyer_name"
    BUYER_PHONE = "buyer_phone"
    BUYER_EMAIL = "buyer_email"
    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_PHONE = "recipient_phone"
    ZIPCODE = "zipcode"
    ADDRESS = "address"
    MEMO = "memo"
    METHOD = "method"
    COURIER = "courier"
    TRACKING_NO = "tracking_no"


class ExportQuery(LineFilter):
    """Which lines, as in the list, and how the file is to look. Without `columns` it has all of the layout.

    `encoding` is of a csv. With `personal` names, numbers and addresses are in it unmasked: that needs `pii:export` and
    a reason, and every order is in the access log.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["xlsx", "csv"] = "xlsx"
    encoding: Literal["utf-8", "cp949"] = "utf-8"
    layout: Layout = Layout.OURS
    columns: Annotated[list[ExportColumn], Field(max_length=len(ExportColumn))] = []
    personal: bool = False
    reason: OptionalReason = ""

    @model_validator(mode="after")
    def _is_told_why(self) -> Self:
        if self.personal and not self.reason:
            raise PydanticCustomError(
                "reason_missing",
                "personal data needs a reason",
                {"ko": "개인정보를 내려받는 사유를 입력해 주세요.", "en": "Name why personal data is downloaded."},
            )
        if len(set(self.columns)) < len(self.columns):
            raise PydanticCustomError(
                "column_twice",
                "a column is named twice",
                {"ko": "같은 열이 두 번 들어 있습니다.", "en": "A column is named twice."},
            )
        return self
