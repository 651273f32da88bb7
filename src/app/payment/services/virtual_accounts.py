"""Virtual accounts: until when one may be paid into, which one an order waits for, and the end of those not wanted."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from src.app.order.models import Order, OrderStatus
from src.app.payment.models import Payment, PaymentStatus
from src.app.payment.services.provider.base import IssuedAccount, ProviderPayment, provider
from src.common import clock
from src.common.vendors import Declined
from src.core.configs import settings

logger = logging.getLogger(__name__)

UNTOLD: Final = IssuedAccount(bank="", number="", holder="", due_at=None)


def keep_account(payment: Payment, seen: ProviderPayment) -> None:
    """Take the snapshot's account over, where there is one.

    Its day is decided once, when it is seen first: the provider's, but at most DEPOSIT_HOLD_SECONDS after it was
    issued. Answers, mails, reminder, expiry and re-reads all go by the stored day, so a setting that changes later
    changes nothing that a shopper was told.
    """
    if seen.account is None and seen.status != PaymentStatus.VIRTUAL_ACCOUNT_ISSUED:
        return
    account = seen.account or UNTOLD
    number = account.number[:40]
    is_known = number == payment.account_number and payment.account_due_at is not None
    payment.account_bank = account.bank[:40]
    payment.account_number = number
    payment.account_holder = account.holder[:50]
    if is_known and payment.account_issued_at is not None:
        return
    payment.account_issued_at = account.issued_at or seen.status_changed_at
    if not is_known:
        latest = payment.account_issued_at + deposit_hold()
        payment.account_due_at = min(account.due_at or latest, latest)


def deposit_hold() -> timedelta:
    """The longest time that an account may be paid into."""
    return timedelta(seconds=settings().orders.deposit_hold_seconds)


def waits_for(order: Order, payment: Payment) -> bool:
    """Whether the order waits for a deposit into this payment's account: only such an account is ever shown."""
    is_open = payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and order.status == OrderStatus.AWAITING_DEPOSIT
    return is_open and payment.account_due_at is not None and payment.account_due_at > clock.now()


def is_to_close(order: Order, payment: Payment) -> bool:
    """Whether an account is open at the provider that nobody should pay into: its day has come, or its order does not
    wait for it."""
    return payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and not waits_for(order, payment)


def open_account(order: Order, payments: Iterable[Payment]) -> Payment | None:
    """Of the order's payments the one whose account it waits for, the account issued last where there are several."""
    waited_for = [payment for payment in payments if waits_for(order, payment)]
    return max(waited_for, key=issued_last, default=None)


def issued_last(payment: Payment) -> tuple[float, float, int]:
    """Orders accounts by when they were issued, those of one second by when the provider wrote it down."""
    issued, told = payment.account_issued_at or payment.created_at, payment.told_at or payment.created_at
    return issued.timestamp(), told.timestamp(), payment.id


async def close_account(payment_id: str) -> None:
    """Close the payment's virtual account at the provider. A refusal means that there is nothing to close any more:
    it was paid into or closed before, which the next read shows. Raises Unreachable and Nonsense."""
    try:
        await provider().close_account(payment_id)
    except Declined as declined:
        logger.info("account of payment %s not closed: %s", payment_id, declined.reason)
