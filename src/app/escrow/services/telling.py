"""Tell the provider where goods are and that a purchase is confirmed, and hear of refused ones.

Each is an intent (docs/architecture.md#r7):

    the row says what is wanted -> read the payment -> tell the logistics, or confirm -> read again

Every step begins with a read: after an unknown outcome the state tells what came of it, and telling the same logistics
again changes nothing.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Any, Final

from src.app.escrow.models import OVER, EscrowCase
from src.app.order.services.queries import by_id
from src.app.payment.models import DiscrepancyKind, Payment
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.mirroring import note_discrepancy
from src.app.payment.services.provider.base import provider
from src.app.payment.services.provider.escrow import EscrowLogistics
from src.app.payment.services.queries import by_ids
from src.common import clock
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.vendors import Declined, VendorError
from src.common.work import queue
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

UNTOLD: Final = "BEFORE_REGISTERED"
REJECTED: Final = frozenset({"REJECTED", "REJECT_CONFIRMED"})
LOOK_AGAIN: Final = timedelta(hours=6)
"""While goods are on their way the buyer may refuse them at the provider, which no webhook tells."""
WATCHED: Final = timedelta(days=60)
STEPS: Final = 4


async def tell_due(*, limit: int = 10) -> int:
    """Move up to `limit` due cases side by side; return how many were taken. The job ``tell-escrow``."""
    rows = await queue.take_due(EscrowCase, limit=limit)
    await asyncio.gather(*(_move_under(row) for row in rows))
    return len(rows)


async def _move_under(row: EscrowCase) -> None:
    with under(row.request_id):
        try:
            await _move(row)
        except VendorError as error:
            logger.warning("escrow %d not told: %s", row.id, error.reason)
            await queue.put_back(row, error.reason, first_delay=60, may_die=not isinstance(error, Declined))
        except Exception as error:  # noqa: BLE001 - one case that breaks must not keep the others waiting
            logger.error("escrow %d failed: %s", row.id, where(error))
            await queue.put_back(row, type(error).__name__, may_die=False)


async def _move(row: EscrowCase) -> None:
    payment = (await by_ids([row.payment_id]))[row.payment_id]
    for _ in range(STEPS):
        seen = await provider().get(payment.payment_id)
        status = "NONE" if seen is None or seen.escrow is None else seen.escrow[:20]
        if status != row.status:
            row.status = status
            await queue.end(row, status=status, updated_at=clock.now())
        if status in OVER:
            await _over(row, payment)
            return
        if not await _step(row, payment):
            await _rest(row)
            return
    await queue.put_back(row, "still another state", may_die=False)


async def _step(row: EscrowCase, payment: Payment) -> bool:
    """Tell the provider one thing. Return False if it knows all that is wanted."""
    is_told = row.status != UNTOLD
    if row.invoice and not (is_told and (row.company, row.invoice) == (row.told_company, row.told_invoice)):
        order = await by_id(row.order_id)
        logistics = EscrowLogistics(
            company=row.company,
            invoice=row.invoice,
            sent_at=row.sent_at or row.created_at,
            receiver=order.recipient,
            phone=order.recipient_phone,
            zipcode=order.zipcode,
            address=f"{order.address} {order.address_detail}".strip(),
        )
        key = f"escrow-{row.id}-{'change' if is_told else 'register'}-{row.company}-{row.invoice}"[:200]
        await provider().tell_escrow(payment.payment_id, logistics, is_change=is_told, key=key)
        row.told_company, row.told_invoice = row.company, row.invoice
        await queue.end(row, told_company=row.company, told_invoice=row.invoice)
        return True
    if row.is_confirmed and is_told:
        await provider().complete_escrow(payment.payment_id, key=f"escrow-{row.id}-complete-{row.attempts}")
        return True
    return False


async def _rest(row: EscrowCase) -> None:
    """Look again later while the buyer may still refuse; after WATCHED the case rests until something is wanted."""
    values: dict[str, Any] = {"attempts": 0, "last_error": ""}
    if clock.now() - row.created_at < WATCHED:
        values["available_at"] = clock.now() + LOOK_AGAIN
    else:
        values |= {"work_status": "DONE", "done_at": clock.now()}
    await queue.end(row, **values)


async def _over(row: EscrowCase, payment: Payment) -> None:
    """End the case. A purchase that the buyer refused (구매거절) is put on the list, once: its goods come back and its
    money goes back by hand of staff."""
    if row.status in REJECTED:

        async def note() -> None:
            held = await lock_payment(payment.id)
            await note_discrepancy(
                held, DiscrepancyKind.ESCROW_REJECTED, reference=payment.payment_id, amount=payment.total_amount
            )

        await unit_of_work(note)
    await queue.finish(row)
