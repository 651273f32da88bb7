"""Move an order to AWAITING_DEPOSIT for a virtual account, and back to PENDING when no account is open any more.

Called by settling after each read at PortOne, inside its unit of work, with order and payment locked. Decisions use
the stored rows alone, so the next read completes what an earlier one left undone.
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
CLOSING: Final = timedelta(minutes=2)  # the caller closes the account at once; if that fails, the re-read job does


async def follow_issued(order: Order, payment: Payment, *, told_by: str, is_new: bool) -> None:
    """Let the order wait for the payment's open account, or schedule a re-read that closes it.

    An order waits only while the shop offers virtual accounts, for each account until its deadline and at most
    DEPOSIT_HOLD_SECONDS after its first account was issued. Emits OrderAwaitsDeposit for each account it waits for.
    """
    is_first = order.status == OrderStatus.PENDING
    if is_first or (is_new and order.status == OrderStatus.AWAITING_DEPOSIT):
        await _shorten(payment)
        if payment.account_due_at is not None and payment.account_due_at > clock.now():
            await _wait(order, payment, told_by=told_by)
    if is_to_close(order, payment):
        await _read_again(payment, clock.now() + CLOSING)


async def follow_closed(order: Order, payment: Payment, *, told_by: str) -> None:
    """Move the order back to PENDING after the payment's account was closed without a deposit.

    Not if the order has another open account, and not in the last hour of its hold: then the account's deadline has
    passed, and the order is left to expire. The new hold ends when the hold before the account would have ended or, the
    first time, ORDER_HOLD_SECONDS from now if that is later, but never after the hold of the first account. Emits
    OrderAccountClosed.
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
    """Move the account's deadline forward to the latest one allowed.

    That is DEPOSIT_HOLD_SECONDS after the order's first account was issued, or now if the shop offers no accounts.
    """
    now = clock.now()
    if payment.account_due_at is None:
        return
    if await is_offered(PayMethod.VIRTUAL_ACCOUNT):
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
