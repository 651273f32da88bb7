"""Virtual accounts: their deadline, the account that an order waits for, and closing accounts not needed."""

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
    """Copy the snapshot's account into the row, if there is one. The caller saves the row.

    The deadline is set once per account, when it is first seen: the provider's, but at most DEPOSIT_HOLD_SECONDS after
    it was issued. Answers, mails, the reminder, expiry and re-reads all use the stored deadline, so a later change of
    the setting does not alter what a shopper was told.
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
    """Return the longest time that an account stays open for a deposit (DEPOSIT_HOLD_SECONDS)."""
    return timedelta(seconds=settings().orders.deposit_hold_seconds)


def waits_for(order: Order, payment: Payment) -> bool:
    """Return whether the order waits for a deposit into this payment's account. No other account is shown."""
    is_open = payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and order.status == OrderStatus.AWAITING_DEPOSIT
    return is_open and payment.account_due_at is not None and payment.account_due_at > clock.now()


def is_to_close(order: Order, payment: Payment) -> bool:
    """Return whether the payment's account is open but should be closed.

    That is when its deadline has passed or its order does not wait for a deposit.
    """
    return payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and not waits_for(order, payment)


def open_account(order: Order, payments: Iterable[Payment]) -> Payment | None:
    """Return the payment whose account the order waits for, the last issued of several, or None."""
    waited_for = [payment for payment in payments if waits_for(order, payment)]
    return max(waited_for, key=issued_last, default=None)


def issued_last(payment: Payment) -> tuple[float, float, int]:
    """Sort key by the time of issue, then by the provider's ``updatedAt``, then by row id."""
    issued, told = payment.account_issued_at or payment.created_at, payment.told_at or payment.created_at
    return issued.timestamp(), told.timestamp(), payment.id


async def close_account(payment_id: str) -> None:
    """Close the payment's virtual account at the provider. Raises Unreachable and Nonsense.

    A refusal is only logged: the account was paid into or closed before, which the next read shows.
    """
    try:
        await provider().close_account(payment_id)
    except Declined as declined:
        logger.info("account of payment %s not closed: %s", payment_id, declined.reason)
