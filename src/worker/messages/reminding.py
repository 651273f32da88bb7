"""Remind buyers of a deposit whose deadline is near."""

import logging
from datetime import timedelta
from typing import Final

from src.app.checkout.services.deposits import DEPOSIT_MARGIN
from src.app.notification.services.delivery.queries import told_of
from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.payment.models import Payment
from src.app.payment.services.queries import of_orders
from src.app.payment.services.virtual_accounts import open_account
from src.app.user.services.marketing.advertising import morning_after
from src.app.user.services.marketing.consent import is_night
from src.common import clock
from src.common.logs.setup import where
from src.core.configs import settings
from src.worker.messages.orders import Told, account_values, tell

logger = logging.getLogger(__name__)

BATCH: Final = 200
TOPIC: Final = "order.deposit_reminder"
# No reminder within this time after the message with the account.
QUIET: Final = timedelta(hours=2)


async def remind_deposits() -> int:
    """Queue a reminder for every order whose virtual account closes soon, and return their number. The job
    ``remind-deposits``.

    A reminder names the open account, of several the last issued, and is queued once for each account. At night it
    waits until the morning; it is not sent if the account closes before."""
    now = clock.now()
    until = now + timedelta(seconds=settings().messages.deposit_reminder_seconds) + DEPOSIT_MARGIN
    told, last_id = 0, 0
    while ids := await orders.awaiting_deposit(since=now + DEPOSIT_MARGIN, until=until, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        waiting, tries = await orders.by_ids(ids), await of_orders(ids)
        accounts = {order.id: open_account(order, tries[order.id]) for order in waiting.values()}
        keys = {order_id: key_of(account) for order_id, account in accounts.items() if account is not None}
        done = await told_of(list(keys.values()))
        for order_id, account in accounts.items():
            if account is not None and keys[order_id] not in done:
                told += await _remind(waiting[order_id], account)
    return told


def key_of(account: Payment) -> str:
    """Return the event key of an account's reminder."""
    return f"{TOPIC}:{account.order_id}:{account.id}"


async def _remind(order: Order, account: Payment) -> bool:
    try:
        now = clock.now()
        start = morning_after(now) if is_night(now) else now
        day = account.account_due_at
        issued_at = account.account_issued_at or order.created_at
        if not account.account_number or day is None or issued_at > now - QUIET or start >= day:
            return False
        more = account_values(order, account)
        key = key_of(account)
        await tell(Told(order=order, template="deposit_reminder", event=key, more=more, not_before=start))
    except Exception as error:  # noqa: BLE001 - one order must not stop the reminders of others
        logger.error("order %d was not reminded: %s", order.id, where(error))
        return False
    return True
