"""Escrow at the provider, in our words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class EscrowLogistics:
    """Who carries the goods (the provider's word), under which number, since when, and to whom."""

    company: str
    invoice: str
    sent_at: datetime
    receiver: str
    phone: str
    zipcode: str
    address: str


def logistics_body(told: EscrowLogistics, *, store_id: str) -> dict[str, Any]:
    """Return the body of ``POST`` and ``PATCH /payments/{id}/escrow/logistics`` (docs/vendors/portone.md#escrow)."""
    receiver: dict[str, Any] = {"name": told.receiver, "phoneNumber": told.phone, "zipcode": told.zipcode}
    receiver["address"] = {"type": "ONE_LINE", "oneLine": told.address}
    return {
        "storeId": store_id,
        "logistics": {"company": told.company, "invoiceNumber": told.invoice, "sentAt": told.sent_at.isoformat()},
        "receiver": {name: value for name, value in receiver.items() if value},
    }
