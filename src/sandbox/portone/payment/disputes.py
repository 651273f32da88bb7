"""Disputes that payers open at the card company or wallet (docs/vendors/portone.md#the-payment)."""

from src.sandbox.clock import in_seconds
from src.sandbox.ids import new_ulid
from src.sandbox.portone.payment.model import Payment, Status
from src.sandbox.portone.payment.payments import touch
from src.sandbox.web import RefusalError


def open_dispute(payment: Payment, *, reason: str) -> None:
    """Add a dispute. Raises RefusalError 409 unless the payment is PAID: PortOne's schema has disputes only there."""
    if payment.status is not Status.PAID:
        raise RefusalError(409, "PAYMENT_NOT_PAID", "Only a payment that is PAID can be disputed.")
    dispute = {
        "status": "UNRESOLVED",
        "pgDisputeId": f"pgdispute-{new_ulid()}",
        "reason": reason,
        "createdAt": in_seconds(touch(payment)),
    }
    payment.disputes = [*(payment.disputes or []), dispute]


def resolve(payment: Payment) -> None:
    """Resolve the oldest open dispute. Raises RefusalError 409 if none is open."""
    for dispute in payment.disputes or []:
        if dispute["status"] == "UNRESOLVED":
            dispute |= {"status": "RESOLVED", "resolvedAt": in_seconds(touch(payment))}
            return
    raise RefusalError(409, "NO_OPEN_DISPUTE", "No dispute of this payment is open.")
