"""PortOne's payment object in its wire format (docs/vendors/portone.md#the-payment). Absent fields are omitted; money
is in whole won."""

from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    """Base of wire objects: snake_case in Python, camelCase in JSON. Unknown input fields are ignored, as at
    PortOne."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")

    def wire(self) -> dict[str, Any]:
        """Return the JSON object."""
        return self.model_dump(by_alias=True, exclude_none=True)


class Status(StrEnum):
    """Status of a payment."""

    READY = "READY"
    PAY_PENDING = "PAY_PENDING"
    VIRTUAL_ACCOUNT_ISSUED = "VIRTUAL_ACCOUNT_ISSUED"
    PAID = "PAID"
    FAILED = "FAILED"
    PARTIAL_CANCELLED = "PARTIAL_CANCELLED"
    CANCELLED = "CANCELLED"


class PayMethod(StrEnum):
    """The shopper's choice, in the terms of the browser SDK."""

    CARD = "CARD"
    EASY_PAY = "EASY_PAY"
    TRANSFER = "TRANSFER"
    MOBILE = "MOBILE"
    VIRTUAL_ACCOUNT = "VIRTUAL_ACCOUNT"


class Amount(Wire):
    """Amounts of a payment. `total` is the requested price; `paid` is `total` minus `discount`."""

    total: int
    tax_free: int
    vat: int
    supply: int
    discount: int = 0
    paid: int = 0
    cancelled: int = 0
    cancelled_tax_free: int = 0


class Channel(Wire):
    """The channel of a payment. LIVE occurs only as a fault."""

    type: Literal["LIVE", "TEST"] = "TEST"
    id: str
    key: str
    name: str
    pg_provider: str
    pg_merchant_id: str


class Customer(Wire):
    """The payer, as sent by the browser."""

    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class Origin(Wire):
    """The browser or API client that started the attempt."""

    platform_type: Literal["PC", "MOBILE", "API"]
    user_agent: str | None = None
    ip_address: str


class Failure(Wire):
    """The reason for which an attempt failed."""

    reason: str
    pg_code: str
    pg_message: str


class Cancellation(Wire):
    """One cancellation. Only SUCCEEDED has refunded money."""

    status: Literal["SUCCEEDED", "REQUESTED", "FAILED"]
    id: str
    pg_cancellation_id: str | None = None
    total_amount: int
    tax_free_amount: int
    vat_amount: int
    reason: str
    requested_at: str
    cancelled_at: str | None = None
    receipt_url: str | None = None
    trigger: Literal["API", "CONSOLE"]


class Payment(Wire):
    """The payment as of its latest attempt (`transaction_id`).

    Times reported by a PG are in whole seconds; PortOne's own times have 8 or 9 fraction digits. `changed_ns` is the
    time of the last status change in nanoseconds; it is not part of the JSON document.
    """

    changed_ns: int = Field(0, exclude=True)

    status: Status
    id: str
    transaction_id: str
    merchant_id: str
    store_id: str
    method: dict[str, Any] | None = None
    channel: Channel
    version: Literal["V1", "V2"] = "V2"
    requested_at: str
    updated_at: str
    status_changed_at: str
    order_name: str
    amount: Amount
    currency: str
    customer: Customer
    origin: Origin
    custom_data: str | None = None
    paid_at: str | None = None
    pg_tx_id: str | None = None
    pg_response: str | None = None
    receipt_url: str | None = None
    disputes: list[dict[str, Any]] | None = None
    cancellations: list[Cancellation] | None = None
    cancelled_at: str | None = None
    escrow: dict[str, Any] | None = None
    cash_receipt: dict[str, Any] | None = None
    cash_receipt_issuance_status: Literal["ISSUED", "NOT_ISSUED"] | None = None
    failed_at: str | None = None
    failure: Failure | None = None
