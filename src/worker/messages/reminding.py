"""Ask once more for a deposit whose time is nearly over."""

import logging
from datetime import timedelta
from typing import Final

from src.app.checkout.services.settling import DEPOSIT_MARGIN
from src.app.notification.services.queries import told_of
from src.app.order.services import queries as orders
from src.app.user.services.advertising import morning_after
from src.app.user.services.marketing import is_night
from src.common.utils import clock
from src.common.utils.logs import where
from src.core.configs import settings
from src.worker.messages.orders import account_values, open_account, tell

logger = logging.getLogger(__name__)

BATCH: Final = 200
TOPIC: Final = "order.deposit_reminder"
# Who was given the account a moment ago has just been told.
QUIET: Final = timedelta(hours=2)


async def remind_deposits() -> int:
    """Queue a reminder for every order whose virtual account closes soon; returns how many. The job
    ``remind-deposits``. An order is reminded once; in the night it waits for the morning, and is left alone where the
    account closes before."""
    now = clock.now()
    until = now + timedelta(seconds=settings().messages.deposit_reminder_seconds) + DEPOSIT_MARGIN
    told, last_id = 0, 0
    while ids := await orders.awaiting_deposit(since=now + DEPOSIT_MARGIN, until=until, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        done = await told_of([key_of(order_id) for order_id in ids])
        for order_id in ids:
            if key_of(order_id) not in done:
                told += await _remind(order_id)
    return told


def key_of(order_id: int) -> str:
    """The event of an order's reminder."""
    return f"{TOPIC}:{order_id}"


async def _remind(order_id: int) -> bool:
    try:
        order, now = await orders.by_id(order_id), clock.now()
        account = await open_account(order)
        start = morning_after(now) if is_night(now) else now
        if account is None or order.created_at > now - QUIET or start >= order.expires_at - DEPOSIT_MARGIN:
            return False
        more = account_values(order, account)
        await tell(order, "deposit_reminder", event=key_of(order.id), more=more, not_before=start)
    except Exception as error:  # noqa: BLE001 - one order must not keep the others from their reminders
        logger.error("order %d was not reminded: %s", order_id, where(error))
        return False
    return True
