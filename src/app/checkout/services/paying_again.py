"""Open another payment for an order that is still PENDING."""

import asyncio

from src.app.checkout.dtos.requests import PaymentOpen
from src.app.checkout.dtos.window import PaymentOpened
from src.app.checkout.errors import OrderAlreadyPaid, OrderHasExpired, OrderIsAwaitingDeposit, TooManyPaymentTries
from src.app.checkout.services.paying.window import payment_view
from src.app.checkout.services.placing import Buyer
from src.app.checkout.services.settling import settle
from src.app.order.models import ENDED_UNPAID, Order, OrderStatus
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import lines_of, readable, revived_at
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import FINAL, Payment, PaymentVerdict
from src.app.payment.services.attempts import Way, choose_way, open_payment, pre_register
from src.app.payment.services.queries import by_payment_id, count_of_order, of_orders
from src.common import clock
from src.common.http import idempotency
from src.core.database import unit_of_work

MAX_TRIES = 5


async def pay_again(
    order_no: str, body: PaymentOpen, *, buyer: Buyer, guest_token: str | None, request: idempotency.KeyedRequest
) -> tuple[PaymentOpened, bool]:
    """Open another payment over the same total, once per idempotency key; return it and whether this is a replay.

    PortOne is asked about the earlier payments first, because a browser that never came back may have paid. If PortOne
    cannot be asked, the payment opens all the same, and a double payment is refunded (docs/promises.md#p4). Locks the
    order. Raises OrderNotFound, PayMethodNotOffered, TaxFreeNotOffered, PayAmountTooSmall, OrderHasExpired,
    OrderAlreadyPaid, OrderIsAwaitingDeposit and TooManyPaymentTries (at most 5). After the commit the amount is
    pre-registered.
    """
    order = await readable(order_no, by=buyer.identity, guest_token=guest_token)

    async def open_another(claim: idempotency.Claim) -> PaymentOpened:
        way = await choose_way(
            body.pay_method, body.easy_pay_provider, total=order.total, tax_free=order.tax_free_amount
        )
        _check_payable(order)
        await _ask_about_earlier(order)
        payment = await unit_of_work(lambda: _open(order.id, way, claim))
        await pre_register(payment)
        return await _view(order, payment)

    async def again(payment_id: str) -> PaymentOpened:
        return await _view(order, await by_payment_id(payment_id))

    return await idempotency.once(
        request,
        scope=buyer.scope,
        digest=idempotency.body_hash(body),
        effect=open_another,
        again=again,
        kin=buyer.kin,
    )


async def _ask_about_earlier(order: Order) -> None:
    """Settle what was paid. All payments are read concurrently, so the shopper waits for about one call at most."""
    tries = (await of_orders([order.id])).get(order.id, [])
    open_tries = [row for row in tries if row.verdict == PaymentVerdict.NONE and row.status not in FINAL]
    outcomes = await asyncio.gather(
        *(settle(row.payment_id, told_by="another try") for row in open_tries), return_exceptions=True
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, PaymentProviderUnavailable):
            raise outcome


async def _open(order_id: int, way: Way, claim: idempotency.Claim) -> Payment:
    order = await lock_order(order_id)
    _check_payable(order)
    if await count_of_order(order_id) >= MAX_TRIES and await _tries_of(order) >= MAX_TRIES:
        raise TooManyPaymentTries
    payment = await open_payment(order_id, way, total=order.total, tax_free=order.tax_free_amount)
    await idempotency.finish(claim, effect=payment.payment_id)
    return payment


async def _tries_of(order: Order) -> int:
    """Return the number of payments since the order was placed or last revived."""
    return await count_of_order(order.id, since=await revived_at(order))


def _check_payable(order: Order) -> None:
    if order.status in ENDED_UNPAID:
        raise OrderHasExpired
    if order.status == OrderStatus.AWAITING_DEPOSIT:
        raise OrderIsAwaitingDeposit
    if order.status != OrderStatus.PENDING:
        raise OrderAlreadyPaid
    if order.expires_at <= clock.now():
        raise OrderHasExpired


async def _view(order: Order, payment: Payment) -> PaymentOpened:
    return payment_view(payment, order, (await lines_of([order.id]))[order.id])
