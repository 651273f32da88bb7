"""Disputes of payers at the card company or wallet (docs/vendors/portone.md#the-payment)."""

from ulid import ULID

from src.sandbox.clock import in_seconds
from src.sandbox.portone.payment.model import Payment, Status
from src.sandbox.portone.payment.payments import touch
from src.sandbox.web import RefusalError


def open_dispute(payment: Payment, *, reason: str) -> None:
    """A new dispute. PortOne's schema has disputes at PAID alone, so 409 in any other state."""
    if payment.status is not Status.PAID:
        raise RefusalError(409, "PAYMENT_NOT_PAID", "Only a payment that is PAID can be disputed.")
    dispute = {
        "status": "UNRESOLVED",
        "pgDisputeId": f"pgdispute-{ULID()}",
        "reason": reason,
        "createdAt": in_seconds(touch(payment)),
    }
    payment.disputes = [*(payment.disputes or []), dispute]


def resolve(payment: Payment) -> None:
    """The oldest open dispute ends; 409 when none is open."""
    for dispute in payment.disputes or []:
        if dispute["status"] == "UNRESOLVED":
            dispute |= {"status": "RESOLVED", "resolvedAt": in_seconds(touch(payment))}
            return
    raise RefusalError(409, "NO_OPEN_DISPUTE", "No dispute of this payment is open.")
