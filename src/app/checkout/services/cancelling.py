"""Cancel a whole unpaid order: give its stock back and close its virtual accounts."""

import asyncio
from collections.abc import Sequence
from typing import Final

from src.app.checkout.dtos.events import OrderCancelled
from src.app.checkout.dtos.orders import OrderRead
from src.app.checkout.dtos.requests import OrderCancel
from src.app.checkout.errors import OrderAlreadyPaid, OrderHasExpired, PaymentInProgress
from src.app.checkout.services.placing import Buyer
from src.app.checkout.services.reading import my_order
from src.app.checkout.services.settling import FIRST_REREAD, close_and_look, look
from src.app.checkout.services.under_way import Settled
from src.app.order.models import UNPAID, Order, OrderStatus
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_id, readable
from src.app.order.services.stock_holds import release_held
from src.app.order.services.timeline import advance
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import PaymentStatus
from src.app.payment.services.discrepancies.deposits import note_end
from src.app.payment.services.queries import of_orders
from src.app.payment.services.verdicts import watch_others
from src.common import clock
from src.common.http import idempotency
from src.common.work.outbox import emit
from src.core.database import unit_of_work

TOLD_BY: Final = "cancel"
REASON: Final = "주문자 취소"


async def cancel(
    order_no: str, body: OrderCancel, *, buyer: Buyer, guest_token: str | None, request: idempotency.KeyedRequest
) -> tuple[OrderRead, bool]:
    """Cancel the order once per idempotency key; return it and whether this is a replay. The cart does not change.

    PortOne is asked about every payment first: a paid one settles the order, an open account is closed. Locks the
    order, then the variants. Emits OrderCancelled. Raises OrderNotFound, OrderAlreadyPaid, OrderHasExpired,
    PaymentInProgress and PaymentProviderUnavailable; the order is not cancelled then. An order that is cancelled
    already is returned unchanged.
    """
    order = await readable(order_no, by=buyer.identity, guest_token=guest_token)

    async def effect(claim: idempotency.Claim) -> str:
        if is_unpaid(await by_id(order.id)):
            await close_payments(order.id, told_by=TOLD_BY)
        await unit_of_work(lambda: _end(order.id, body, buyer=buyer, claim=claim))
        return order_no

    async def again(done: str) -> str:
        return done

    done, replayed = await idempotency.once(
        request,
        scope=buyer.scope,
        digest=idempotency.body_hash(body),
        effect=effect,
        again=again,
        kin=buyer.kin,
    )
    return await my_order(done, by=buyer.identity, guest_token=guest_token), replayed


async def close_payments(order_id: int, *, told_by: str) -> None:
    """Settle what was paid, and close open accounts. Raises PaymentInProgress and PaymentProviderUnavailable, and what
    `is_unpaid` raises if the order ended meanwhile.

    All payments are read before the first account is closed, so a payment that cannot be read or is in progress leaves
    every account open.
    """
    tries = (await of_orders([order_id])).get(order_id, [])
    outcomes = await asyncio.gather(
        *(look(row, told_by=told_by, for_end=True) for row in tries), return_exceptions=True
    )
    if not is_unpaid(await by_id(order_id)):
        return
    seen = _all_of(outcomes)
    if any(settled.payment.status == PaymentStatus.PAY_PENDING for settled in seen):
        raise PaymentInProgress
    for settled in seen:
        if settled.payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED:
            closed = await close_and_look(settled, told_by=told_by, for_end=True)
            if closed.payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED:
                raise PaymentProviderUnavailable


def _all_of(outcomes: Sequence[Settled | BaseException]) -> list[Settled]:
    failed = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    if failed:
        raise failed[0]
    return [outcome for outcome in outcomes if isinstance(outcome, Settled)]


def is_unpaid(order: Order) -> bool:
    """Return True if the order is unpaid, False if cancelled. Raises OrderAlreadyPaid and OrderHasExpired."""
    if order.status in UNPAID:
        return True
    if order.status == OrderStatus.EXPIRED:
        raise OrderHasExpired
    if order.status != OrderStatus.CANCELLED or order.paid_at is not None:
        raise OrderAlreadyPaid
    return False


async def _end(order_id: int, body: OrderCancel, *, buyer: Buyer, claim: idempotency.Claim) -> None:
    order = await lock_order(order_id)
    await end_unpaid(order, actor=buyer.identity.key, reason=body.reason or REASON)
    await idempotency.finish(claim, effect=order.order_no)


async def end_unpaid(order: Order, *, actor: str, reason: str) -> bool:
    """Cancel a locked unpaid order and give its stock back; False if it is cancelled already. Call inside a unit of
    work, after `close_payments`. Emits OrderCancelled. Raises OrderAlreadyPaid and OrderHasExpired."""
    if not is_unpaid(order):
        return False
    was = order.status
    await advance(order, OrderStatus.CANCELLED, actor=actor, reason=reason)
    await release_held(order)
    if was == OrderStatus.AWAITING_DEPOSIT:
        await note_end(order)
    await emit(OrderCancelled(order_id=order.id))
    await watch_others(order.id, first_read_at=clock.now() + FIRST_REREAD)
    return True
