"""Settle a payment: the only way to PAID for an order with a total (docs/promises.md#p3, docs/promises.md#p4).

Browser return, webhook, expiry, re-read, reconciling, another payment and cancelling all end here.

    read PortOne (no lock) -> lock order, payments -> mirror the snapshot -> judge it once -> commit -> send refunds

An open virtual account that the order does not wait for is closed as soon as it is seen; then all steps run again. Of
two concurrent calls the second finds the verdict and changes nothing.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from src.app.checkout.dtos.events import OrderPaid
from src.app.checkout.services.deposits import follow_closed, follow_issued
from src.app.checkout.services.under_way import Settled, told_of
from src.app.journal.services.journal import Entry
from src.app.journal.services.sales import write_sale
from src.app.order.models import ENDED_UNPAID, UNPAID, Order, OrderStatus
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_id
from src.app.order.services.stock_holds import sell_held
from src.app.order.services.timeline import advance
from src.app.payment.errors import PaymentNotFound, PaymentProviderUnavailable
from src.app.payment.models import Payment, PaymentStatus, PaymentVerdict
from src.app.payment.services.journal_entries import payment_entry
from src.app.payment.services.locks import lock_payments
from src.app.payment.services.mirroring import Taken, save_taken, take_over, tells_news
from src.app.payment.services.provider.base import ProviderPayment, provider
from src.app.payment.services.queries import by_payment_id, is_archived
from src.app.payment.services.verdicts import mismatches, reject, settle_with, watch_others
from src.app.payment.services.virtual_accounts import close_account, is_to_close
from src.common import clock
from src.common.vendors import VendorError
from src.common.work.outbox import emit
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

FIRST_REREAD = timedelta(minutes=10)


async def settle(payment_id: str, *, told_by: str) -> Settled:
    """Read the payment at PortOne and update payment and order. Safe to repeat and to run concurrently.

    Locks the order, then its payments, after PortOne has answered. Emits OrderPaid, OrderAwaitsDeposit or
    OrderAccountClosed, and RefundSucceeded as `mirror` does. Closes an account at PortOne that the shop does not offer,
    whose deadline has passed, or whose order does not wait for it; if that fails, the job ``reread-payments`` tries
    again. Raises PaymentNotFound, and PaymentProviderUnavailable if PortOne cannot be asked: nothing has changed then.
    An archived order is brought back if PortOne shows something new.
    """
    return await settle_known(await by_payment_id(payment_id), told_by=told_by)


async def settle_known(row: Payment, *, told_by: str) -> Settled:
    """`settle` for a payment that the caller has just read. Who comes meanwhile may wait for it (`under_way`)."""
    with told_of(row.payment_id) as ending:
        settled = await look(row, told_by=told_by)
        if is_to_close(settled.order, settled.payment):
            settled = await close_and_look(settled, told_by=told_by)
        ending.set_result(settled)
    return settled


async def close_and_look(settled: Settled, *, told_by: str, for_end: bool = False) -> Settled:
    """Close the payment's open account at PortOne and read again, so that a deposit made before the close settles."""
    payment = settled.payment
    try:
        await close_account(payment.payment_id)
        return await look(payment, told_by=told_by, for_end=for_end)
    except (VendorError, PaymentProviderUnavailable) as error:
        logger.warning("account of payment %s is not closed: %s", payment.payment_id, type(error).__name__)
        return replace(settled, is_unclosed=True)


async def look(row: Payment, *, told_by: str, for_end: bool = False) -> Settled:
    """Do as `settle`, but close no account.

    With `for_end` the caller is about to end the order: an issued or closed account does not change the order's status.
    Raises PaymentProviderUnavailable.
    """
    try:
        seen = await provider().get(row.payment_id)
    except VendorError as error:
        logger.warning("payment %s cannot be read: %s", row.payment_id, error.reason)
        raise PaymentProviderUnavailable from error
    if is_archived(row) and (seen is None or not tells_news(row, seen)):
        return Settled(order=await by_id(row.order_id), payment=row)
    return await unit_of_work(lambda: _apply(row, seen, told_by=told_by, for_end=for_end))


async def mark_paid(
    order: Order, *, actor: str, reason: str, pay_method: str | None = None, money: Sequence[Entry] = ()
) -> None:
    """Move the order to PAID, turn its holds into sales and emit OrderPaid. Call inside a unit of work.

    The journal gets what was sold and the `money` that paid it, by one statement. For an order that a payment settles,
    and for one with a total of 0. Raises OrderCannotMove.
    """
    await advance(order, OrderStatus.PAID, actor=actor, reason=reason, pay_method=pay_method)
    await sell_held(order.id)
    await write_sale(order, money=money)
    await emit(OrderPaid(order_id=order.id))


async def _apply(row: Payment, seen: ProviderPayment | None, *, told_by: str, for_end: bool) -> Settled:
    order = await lock_order(row.order_id)
    payments = await lock_payments(order.id)
    if (payment := next((one for one in payments if one.id == row.id), None)) is None:
        raise PaymentNotFound
    if seen is None or (taken := take_over(payment, seen)) is None:
        return Settled(order=order, payment=payment)
    is_unjudged = payment.verdict == PaymentVerdict.NONE
    is_paid = payment.status in (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED)
    wrong = _wrong(order, payment, seen) if is_unjudged and is_paid else []
    is_settling = is_unjudged and is_paid and not wrong and order.status in UNPAID
    if is_settling:
        settle_with(payment)  # saved with the snapshot, by one statement
    await save_taken(payment, seen, taken, with_journal=not is_settling)
    if is_settling:
        await _settle(order, payment, told_by=told_by)
        if any(one.verdict == PaymentVerdict.NONE for one in payments):
            await watch_others(order.id, first_read_at=clock.now() + FIRST_REREAD)
    elif is_unjudged and is_paid:
        await _reject(order, payment, seen, wrong)
    elif is_unjudged and not for_end:
        await _follow(order, payment, taken, told_by=told_by)
    return Settled(order=order, payment=payment)


async def _settle(order: Order, payment: Payment, *, told_by: str) -> None:
    used, entry = payment.paid_with or payment.pay_method, payment_entry(payment)
    money = [] if entry is None else [entry]
    await mark_paid(order, actor=told_by, reason="결제 완료", pay_method=used.value, money=money)


def _wrong(order: Order, payment: Payment, seen: ProviderPayment) -> list[str]:
    """Return what rules the payment out: it is not what was asked for, or the order was revived at another total."""
    is_other = payment.total_amount != order.total and order.revival_id is not None
    return [*mismatches(payment, seen), *(["order_total"] if is_other else [])]


async def _follow(order: Order, payment: Payment, taken: Taken, *, told_by: str) -> None:
    if payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED:
        is_new = any(getattr(payment, name) != taken.before[name] for name in ("status", "account_number"))
        await follow_issued(order, payment, told_by=told_by, is_new=is_new)
    elif payment.status == PaymentStatus.CANCELLED:
        await follow_closed(order, payment, told_by=told_by)


async def _reject(order: Order, payment: Payment, seen: ProviderPayment, wrong: list[str]) -> None:
    if wrong:
        logger.error("payment %s differs in: %s", payment.payment_id, ", ".join(wrong))
        await reject(payment, seen, PaymentVerdict.MISMATCH, detail=", ".join(wrong))
    elif order.status in ENDED_UNPAID and order.paid_at is None:
        await reject(payment, seen, PaymentVerdict.LATE)
    else:
        await reject(payment, seen, PaymentVerdict.DUPLICATE)
