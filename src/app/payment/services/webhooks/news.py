"""Which webhooks tell what the mirror does not show yet. The others need no read at PortOne and no lock.

A webhook carries ids only, and PortOne's times have whole seconds, so only equal ids decide. A cancellation that was
made in the same second as the payment has an id that is not stored, and is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from src.app.payment.models import Payment, PaymentStatus, PaymentVerdict, RefundStatus
from src.core.database.statements import fetch, marks

PAID: Final = "Transaction.Paid"
CANCELLED: Final = frozenset({"Transaction.Cancelled", "Transaction.PartialCancelled"})
DONE_REFUNDS: Final = "SELECT cancellation_id, payment_id FROM refund WHERE status = %s AND cancellation_id IN ({})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The ids of a transaction message, as PortOne wrote them; empty where it named none."""

    type: str
    payment_id: str
    transaction_id: str
    cancellation_id: str


def told_by(body: str) -> Told | None:
    """Return the ids of a transaction message, or None for other messages, which are ignored."""
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    data = message.get("data") if isinstance(message, dict) else None
    if not isinstance(data, dict) or not str(message.get("type", "")).startswith("Transaction."):
        return None
    if not isinstance(data.get("paymentId"), str):
        return None
    return Told(
        type=str(message["type"]),
        payment_id=data["paymentId"],
        transaction_id=_word(data.get("transactionId")),
        cancellation_id=_word(data.get("cancellationId")),
    )


async def known_already(messages: Sequence[Told], payments: Mapping[str, Payment]) -> set[Told]:
    """Return the messages that tell nothing new about these payments, which are given by public id.

    That is a payment that is mirrored as PAID under the same transaction and was judged, and a cancellation that ended
    one of our refunds. One statement where cancellations are among them, none otherwise.
    """
    found = {told for told in messages if told.type == PAID and _is_judged(payments.get(told.payment_id), told)}
    cancels = [told for told in messages if told.type in CANCELLED and told.cancellation_id]
    if not cancels:
        return found
    ids = sorted({told.cancellation_id for told in cancels})
    rows = await fetch(DONE_REFUNDS.format(marks(len(ids))), (RefundStatus.SUCCEEDED.value, *ids))
    done = {row["cancellation_id"]: row["payment_id"] for row in rows}
    for told in cancels:
        payment = payments.get(told.payment_id)
        if payment is not None and done.get(told.cancellation_id) == payment.id:
            found.add(told)
    return found


def _is_judged(payment: Payment | None, told: Told) -> bool:
    if payment is None or payment.verdict == PaymentVerdict.NONE or payment.status != PaymentStatus.PAID:
        return False
    return bool(told.transaction_id) and payment.transaction_id == told.transaction_id


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""
