"""Read unfinished payments of ended orders again, so that a late payment whose webhook was lost is found."""

import asyncio
import logging
from datetime import datetime, timedelta

from tortoise.exceptions import OperationalError

from src.app.checkout.services.settling import settle
from src.app.checkout.services.under_way import Settled
from src.app.order.models import UNPAID
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import FINAL, Payment, PaymentStatus
from src.app.payment.services.rereads import give_back, schedule, take_due
from src.app.payment.services.virtual_accounts import waits_for
from src.common import clock
from src.common.logs.setup import where
from src.core.database.errors import DatabaseBusy

logger = logging.getLogger(__name__)

AFTER = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
RETRY = timedelta(minutes=10)


async def reread_due(*, limit: int = 20) -> int:
    """Read up to `limit` due payments concurrently, so that all end within their lease; return how many were taken.

    The job ``reread-payments``. A payment is read 10 min, 1 h, 6 h, 24 h and 72 h after its order ended, until the
    provider shows it as final. A payment with an open account is read at the account's deadline, and again while
    closing the account fails.
    """
    due = await take_due(limit=limit)
    await asyncio.gather(*(_reread(payment) for payment in due))
    return len(due)


async def _reread(payment: Payment) -> None:
    try:
        settled = await settle(payment.payment_id, told_by="re-read")
    except PaymentProviderUnavailable:
        await schedule(payment.id, step=payment.reread_step, at=clock.now() + RETRY)
        return
    except (OperationalError, DatabaseBusy, OSError):
        await give_back(payment)
        raise
    except Exception as error:  # noqa: BLE001 - it is due again after its lease; the others must not wait for it
        logger.error("payment %s not read again: %s", payment.payment_id, where(error))
        return
    step, at = _next(settled)
    await schedule(payment.id, step=step, at=at)


def _next(settled: Settled) -> tuple[int, datetime | None]:
    """Return the next step and its time; None if the payment is final or the last step is done.

    While the order is unpaid the step stays, and an open account is read at its deadline. If an account could not be
    closed, it is tried again after RETRY (10 minutes).
    """
    payment, order = settled.payment, settled.order
    if settled.is_unclosed:
        return payment.reread_step, clock.now() + RETRY
    if order.status in UNPAID:
        is_open = payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED
        day = payment.account_due_at if waits_for(order, payment) else clock.now() + RETRY
        return payment.reread_step, day if is_open else None
    step = payment.reread_step + 1
    ended = order.ended_at or order.paid_at
    if payment.status in FINAL or ended is None or step >= len(AFTER):
        return step, None
    return step, ended + AFTER[step]
