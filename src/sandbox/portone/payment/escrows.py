"""Escrow (구매안전서비스) of a payment: where its goods are, and whether the buyer took them."""

from typing import Annotated, Any, Final

from pydantic import AwareDatetime, Field

from src.sandbox.clock import in_seconds, now_ns
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment.model import Payment, PayMethod, Status, Wire
from src.sandbox.web import RefusalError, Text

METHODS: Final = (PayMethod.TRANSFER, PayMethod.VIRTUAL_ACCOUNT)
PAID: Final = (Status.PAID, Status.PARTIAL_CANCELLED)
COMPANIES: Final = frozenset(
    [
        "LOTTE",
        "LOGEN",
        "DONGWON",
        "POST",
        "CJ",
        "HANJIN",
        "DAESIN",
        "ILYANG",
        "KYUNGDONG",
        "CHUNIL",
        "POST_REGISTERED",
        "GS",
        "WOORI",
        "HAPDONG",
        "FEDEX",
        "UPS",
        "ETC",
    ]
)


class Logistics(Wire):
    """Who carries the goods, under which number, since when."""

    company: Text
    invoice_number: Annotated[Text, Field(min_length=1, max_length=50)]
    sent_at: AwareDatetime


class Register(Wire):
    """Body of `POST` and `PATCH /payments/{id}/escrow/logistics`. Sender and receiver are not simulated."""

    store_id: Text | None = None
    logistics: Logistics
    send_email: bool | None = None


class Complete(Wire):
    """Body of `POST /payments/{id}/escrow/complete`."""

    store_id: Text | None = None
    from_store: bool | None = None


def register(payment: Payment, ask: Register, *, is_change: bool) -> dict[str, Any]:
    """Keep the logistics; PATCH changes those that are there. Return the answer."""
    escrow = _of(payment)
    if ask.logistics.company not in COMPANIES:
        raise PortOneError("INVALID_REQUEST", "logistics.company: unknown")
    if is_change != (escrow["status"] != "BEFORE_REGISTERED"):
        raise PortOneError("PG_PROVIDER", "escrow logistics in another state")
    if escrow["status"] not in ("BEFORE_REGISTERED", "REGISTERED", "DELIVERED"):
        raise PortOneError("PG_PROVIDER", "the escrow has ended")
    sent_at = ask.logistics.sent_at.isoformat()
    payment.escrow = {
        "status": "REGISTERED",
        "company": ask.logistics.company,
        "invoiceNumber": ask.logistics.invoice_number,
        "sentAt": sent_at,
        "appliedAt": in_seconds(now_ns()),
    }
    moment = "modifiedAt" if is_change else "appliedAt"
    return {"invoiceNumber": ask.logistics.invoice_number, "sentAt": sent_at, moment: in_seconds(now_ns())}


def complete(payment: Payment) -> dict[str, Any]:
    """Confirm the purchase. Return `{completedAt}`."""
    escrow = _of(payment)
    if escrow["status"] not in ("REGISTERED", "DELIVERED"):
        raise PortOneError("PG_PROVIDER", "the escrow cannot be confirmed now")
    payment.escrow = {**escrow, "status": "CONFIRMED"}
    return {"completedAt": in_seconds(now_ns())}


def reject(payment: Payment) -> None:
    """Refuse the purchase as its buyer."""
    if payment.escrow is None or payment.escrow["status"] not in ("REGISTERED", "DELIVERED"):
        raise RefusalError(409, "ESCROW_NOT_REGISTERED", "No goods of an escrow are on their way.")
    payment.escrow = {**payment.escrow, "status": "REJECTED"}


def _of(payment: Payment) -> dict[str, Any]:
    if payment.status not in PAID:
        raise PortOneError("PAYMENT_NOT_PAID", "결제가 완료되지 않았습니다.")
    if payment.escrow is None:
        raise PortOneError("INVALID_REQUEST", "the payment has no escrow")
    return payment.escrow
