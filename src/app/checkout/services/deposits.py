"""An order and its virtual accounts: it waits for a deposit, and goes back when nothing is left to pay into.

Called by settling after each look at PortOne, inside its unit of work, with order and payment locked. What is decided
here depends on the rows alone, so whoever looks next finds what a look before it had no time for.
"""

from datetime import datetime, timedelta
from typing import Final

from src.app.checkout.dtos.events import OrderAccountClosed, OrderAwaitsDeposit
from src.app.order.models import UNPAID, Order, OrderStatus
from src.app.order.services.queries import lost_its_account
from src.app.order.services.stock_holds import hold_for_deposit, hold_until
from src.app.order.services.timeline import advance
from src.app.payment.models import Payment, PaymentStatus, PayMethod
from src.app.payment.services.attempts import is_offered
from src.app.payment.services.queries import of_orders
from src.app.payment.services.virtual_accounts import deposit_hold, is_to_close, issued_last
from src.common import clock
from src.common.work.outbox import emit
from src.core.configs import settings

DEPOSIT_MARGIN: Final = timedelta(hours=1)
CLOSING: Final = timedelta(minutes=2)  # who saw the account closes it at once; after that the re-read job does


async def follow_issued(order: Order, payment: Payment, *, told_by: str, is_new: bool) -> None:
    """The payment has an open account: let the order wait for it, or have it closed.

    An order waits for accounts that the shop offers, each until its day and at most DEPOSIT_HOLD_SECONDS after its
    first account was issued, however many follow. Emits OrderAwaitsDeposit for each account that it comes to wait for.
    """
    is_first = order.status == OrderStatus.PENDING
    if is_first or (is_new and order.status == OrderStatus.AWAITING_DEPOSIT):
        await _shorten(payment)
        if payment.account_due_at is not None and payment.account_due_at > clock.now():
            await _wait(order, payment, told_by=told_by)
    if is_to_close(order, payment):
        await _read_again(payment, clock.now() + CLOSING)


async def follow_closed(order: Order, payment: Payment, *, told_by: str) -> None:
    """The payment's account was closed without a deposit. Where the order waits for no other, it goes back to PENDING.

    Not in its last hour: then the day of the account has come, and the order expires. Held until the hold that it had
    before, or ORDER_HOLD_SECONDS from now where that is later, once; never longer than its first account would have
    held it. A second closed account leaves the hold as it was before that account. Emits OrderAccountClosed.
    """
    if order.status not in UNPAID:
        return
    if payment.next_reread_at is not None:
        await _read_again(payment, None)
    if order.status != OrderStatus.AWAITING_DEPOSIT or clock.now() >= order.expires_at - DEPOSIT_MARGIN:
        return
    tries = (await of_orders([order.id]))[order.id]
    if any(other.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED for other in tries):
        return
    until = order.pay_until or order.created_at
    if not await lost_its_account(order.id):
        renewed = max(until, clock.now() + timedelta(seconds=settings().orders.hold_seconds))
        days = [row.account_due_at for row in sorted(tries, key=issued_last) if row.account_due_at is not None]
        until = min(renewed, *(day + DEPOSIT_MARGIN for day in days[:1]))
    await advance(order, OrderStatus.PENDING, actor=told_by, reason="가상계좌 해지")
    await hold_until(order, until)
    await emit(OrderAccountClosed(order_id=order.id, payment_id=payment.id))


async def _shorten(payment: Payment) -> None:
    """A later account lasts no longer than the first one may; one that the shop does not offer has no day at all."""
    now = clock.now()
    if payment.account_due_at is None:
        return
    if is_offered(PayMethod.VIRTUAL_ACCOUNT):
        tries = (await of_orders([payment.order_id]))[payment.order_id]
        issued = [row.account_issued_at for row in tries if row.account_issued_at is not None]
        latest = min(issued, default=now) + deposit_hold()
    else:
        latest = now
    if payment.account_due_at > latest:
        payment.account_due_at = latest
        await payment.save(update_fields=["account_due_at"])


async def _wait(order: Order, payment: Payment, *, told_by: str) -> None:
    assert payment.account_due_at is not None  # noqa: S101 - checked by the caller
    until = payment.account_due_at + DEPOSIT_MARGIN
    if order.status == OrderStatus.PENDING:
        await advance(order, OrderStatus.AWAITING_DEPOSIT, actor=told_by, reason="가상계좌 발급")
        await hold_for_deposit(order, until=until)
    elif until > order.expires_at:
        await hold_until(order, until)
    await _read_again(payment, payment.account_due_at)
    await emit(OrderAwaitsDeposit(order_id=order.id))


async def _read_again(payment: Payment, at: datetime | None) -> None:
    payment.next_reread_at = at
    await payment.save(update_fields=["next_reread_at"])
