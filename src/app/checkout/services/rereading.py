"""Read unfinished payments of ended orders again, so that a late payment whose webhook was lost is found."""

import asyncio
import logging
from datetime import datetime, timedelta

from src.app.checkout.services.settling import settle
from src.app.order.models import UNPAID, Order
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import FINAL, Payment, PaymentStatus
from src.app.payment.services.accounts import close_account
from src.app.payment.services.provider import ProviderError
from src.app.payment.services.rereads import schedule, take_due
from src.common.utils import clock
from src.common.utils.logs import where

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
    """Read up to `limit` due payments side by side, so that all are done within their lease; returns how many.

    The job ``reread-payments``. A payment is read 10 min, 1 h, 6 h, 24 h and 72 h after its order ended, until the
    provider shows it as final.
    """
    due = await take_due(limit=limit)
    await asyncio.gather(*(_reread(payment) for payment in due))
    return len(due)


async def _reread(payment: Payment) -> None:
    try:
        settled = await settle(payment.payment_id, told_by="re-read")
        if settled.payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and settled.order.status not in UNPAID:
            await close_account(payment.payment_id)
    except (PaymentProviderUnavailable, ProviderError):
        await schedule(payment.id, step=payment.reread_step, at=clock.now() + RETRY)
        return
    except Exception as error:  # noqa: BLE001 - its lease ends by itself; the others must not wait for it
        logger.error("payment %s not read again: %s", payment.payment_id, where(error))
        return
    step, at = _next(settled.payment, settled.order)
    await schedule(payment.id, step=step, at=at)


def _next(payment: Payment, order: Order) -> tuple[int, datetime | None]:
    """The next step and its moment: None when the payment is final or the last step is done."""
    step = payment.reread_step + 1
    ended = order.ended_at or order.paid_at
    if payment.status in FINAL or ended is None or step >= len(AFTER):
        return step, None
    return step, ended + AFTER[step]
