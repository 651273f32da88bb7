"""Remind buyers of a deposit whose deadline is near: into a virtual account, or by a manual transfer."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from src.app.checkout.services.deposits import DEPOSIT_MARGIN
from src.app.deposit.models import ManualTransfer
from src.app.deposit.services import queries as deposits
from src.app.notification.services.delivery.queries import told_of
from src.app.order.models import Order, OrderStatus
from src.app.order.services import queries as orders
from src.app.payment.models import Payment
from src.app.payment.services.queries import of_orders
from src.app.payment.services.virtual_accounts import open_account
from src.app.user.services.marketing.advertising import morning_after
from src.app.user.services.marketing.consent import is_night
from src.common import clock
from src.common.logs.setup import where
from src.core.configs import settings
from src.worker.messages.orders import Told, account_values, tell, transfer_values

logger = logging.getLogger(__name__)

BATCH: Final = 200
TOPIC: Final = "order.deposit_reminder"
# No reminder within this time after the message with the account.
QUIET: Final = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A deposit that an order waits for: what to tell of it, when it was told first, and its deadline."""

    order: Order
    template: str
    key: str
    values: dict[str, str]
    told_at: datetime
    due_at: datetime


async def remind_deposits() -> int:
    """Queue a reminder for every order whose deposit is due soon, and return their number. The job ``remind-deposits``.

    A reminder names the open account, of several the last issued, or that of the manual transfer, and is queued once
    for each. At night it waits until the morning; it is not sent if the deadline is before."""
    now = clock.now()
    until = now + timedelta(seconds=settings().messages.deposit_reminder_seconds)
    told, last_id = 0, 0
    while ids := await orders.awaiting_deposit(
        since=now + DEPOSIT_MARGIN, until=until + DEPOSIT_MARGIN, after_id=last_id, limit=BATCH
    ):
        last_id = ids[-1]
        told += await _remind_all(await _accounts(ids))
    last_id = 0
    while transfers := await deposits.due_between(now, until, after_id=last_id, limit=BATCH):
        last_id = transfers[-1].id
        told += await _remind_all(await _transfers(transfers))
    return told


def key_of(account: Payment) -> str:
    """Return the event key of an account's reminder."""
    return f"{TOPIC}:{account.order_id}:{account.id}"


async def _accounts(ids: Sequence[int]) -> list[Due]:
    waiting, tries = await orders.by_ids(ids), await of_orders(ids)
    found = []
    for order in waiting.values():
        account = open_account(order, tries[order.id])
        if account is not None and account.account_number and account.account_due_at is not None:
            found.append(
                Due(
                    order=order,
                    template="deposit_reminder",
                    key=key_of(account),
                    values=account_values(order, account),
                    told_at=account.account_issued_at or order.created_at,
                    due_at=account.account_due_at,
                )
            )
    return found


async def _transfers(transfers: Sequence[ManualTransfer]) -> list[Due]:
    ids = [transfer.order_id for transfer in transfers]
    held, arrived = await orders.by_ids(ids), await deposits.deposited(ids)
    return [
        Due(
            order=held[transfer.order_id],
            template="transfer_reminder",
            key=f"{TOPIC}:{transfer.order_id}",
            values=transfer_values(
                held[transfer.order_id], transfer, left=transfer.amount - arrived.get(transfer.order_id, 0)
            ),
            told_at=transfer.created_at,
            due_at=transfer.due_at,
        )
        for transfer in transfers
        if held[transfer.order_id].status == OrderStatus.AWAITING_DEPOSIT
    ]


async def _remind_all(found: Sequence[Due]) -> int:
    done = await told_of([due.key for due in found]) if found else set()
    return sum([await _remind(due) for due in found if due.key not in done])


async def _remind(due: Due) -> bool:
    try:
        now = clock.now()
        start = morning_after(now) if is_night(now) else now
        if due.told_at > now - QUIET or start >= due.due_at:
            return False
        told = Told(order=due.order, template=due.template, event=due.key, more=due.values, not_before=start)
        await tell(told)
    except Exception as error:  # noqa: BLE001 - one order must not stop the reminders of others
        logger.error("order %d was not reminded: %s", due.order.id, where(error))
        return False
    return True
