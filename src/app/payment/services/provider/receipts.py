"""Cash receipts at the provider, in our words."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ProviderReceipt:
    """A cash receipt as the provider shows it now. Amounts are won; `is_valid`: issued and not cancelled."""

    key: str
    is_valid: bool
    amount: int
    tax_free: int
    issue_number: str
    url: str
    issued_at: datetime | None
    cancelled_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReceiptAsk:
    """A receipt over `amount` won, of which `tax_free` contain no VAT and the rest contains `vat`.

    `key` is the id that it has from then on; `request_key` makes a repeat harmless. `kind` is PERSONAL or CORPORATE,
    `number_type` PHONE, CARD or BUSINESS. `paid_at` is when the money came.
    """

    key: str
    request_key: str
    channel_key: str
    kind: str
    number: str
    number_type: str
    order_name: str
    amount: int
    tax_free: int
    vat: int
    paid_at: datetime | None
