"""Record unknown payments and changed totals as discrepancies.

`mirroring.note_discrepancy` records all others.
"""

import logging

from tortoise.exceptions import IntegrityError

from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, PaymentStatus, PaymentVerdict
from src.app.payment.services.mirroring import put_on_list
from src.app.payment.services.provider.base import ProviderPayment
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

MOVED_MONEY = (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED)


async def note_unknown(seen: ProviderPayment) -> bool:
    """Put a payment that is paid at PortOne and unknown here on the list, once; return whether it was added now.

    In production a payment over a test channel moved no money and is left out.
    """
    is_play = settings().server.env == "prod" and not seen.is_live
    if seen.status not in MOVED_MONEY or is_play:
        return False
    return await _note(
        None, DiscrepancyKind.UNKNOWN_PAYMENT, reference=seen.payment_id, amount=seen.cancellable, detail=seen.status
    )


async def note_other_total(payment: Payment, seen: ProviderPayment) -> bool:
    """Put a settled payment whose total at PortOne has changed on the list, once; return whether it was added now.

    The order does not change: only a person can decide which of the two totals is right.
    """
    if payment.verdict != PaymentVerdict.SETTLED:
        return False
    return await _note(
        payment, DiscrepancyKind.MISMATCH, reference=payment.payment_id, amount=seen.total, detail="total"
    )


async def _note(payment: Payment | None, kind: DiscrepancyKind, *, reference: str, amount: int, detail: str) -> bool:
    if await Discrepancy.filter(kind=kind, reference=reference[:64]).exists():
        return False
    try:
        await unit_of_work(lambda: put_on_list(payment, kind, reference=reference, amount=amount, detail=detail))
    except IntegrityError:  # another run added it at the same time
        return False
    logger.critical("payment %s needs a person: %s", reference, kind.value)
    return True
