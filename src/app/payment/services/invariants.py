"""Checks of docs/promises.md#p3 to #p6.

Archived rows are skipped: they were checked before they moved, and return to the live tables when they change.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from src.app.deposit.services.queries import deposited
from src.app.order.models import UNPAID, Order, OrderStatus
from src.app.order.services import queries as orders
from src.app.payment.models import (
    FINAL,
    Discrepancy,
    Payment,
    PaymentStatus,
    PaymentVerdict,
    Refund,
    RefundStatus,
    charged,
)
from src.app.payment.services.queries import of_orders
from src.common import clock
from src.common.models.inbox_message import InboxMessage
from src.common.models.work_item import WorkStatus
from src.common.records.invariants import MOST, PAGE, Finding, Look, pages
from src.core.database.statements import find

PATIENCE: Final = timedelta(hours=1)
_CHANGED_AND_REFUNDED: Final = f"""
updated_at >= %s AND (updated_at > %s OR id > %s) AND (cancelled_amount <> 0 OR EXISTS (
    SELECT 1 FROM refund WHERE refund.payment_id = payment.id AND refund.status = '{RefundStatus.SUCCEEDED.value}'))
ORDER BY updated_at, id LIMIT {PAGE}"""  # noqa: S608 - our own words
REJECTED: Final = (PaymentVerdict.LATE, PaymentVerdict.DUPLICATE, PaymentVerdict.MISMATCH)


async def paid_orders_are_settled(look: Look) -> list[Finding]:
    """P3: find orders that are or were PAID and have neither a paid, settling payment of their exact total nor deposits
    of at least that."""
    found = []
    async for page in orders.paid_pages(look):
        held = await of_orders([order.id for order in page if order.total])
        unsettled = [
            order
            for order in page
            if order.total and not any(_settles(payment, order) for payment in held.get(order.id, ()))
        ]
        arrived = await deposited([order.id for order in unsettled])
        found += [
            Finding("P3", f"order:{order.order_no}", f"{order.status.value}, no settling payment of {order.total}")
            for order in unsettled
            if arrived.get(order.id, 0) < order.total
        ]
    return found


async def paid_money_has_an_order(look: Look) -> list[Finding]:
    """P4: find paid payments with money left that belong to no order.

    These are payments that are not judged, that are rejected and have neither a refund nor an open discrepancy, or that
    settle an order that is not paid.
    """
    found = []
    paid = (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED)
    async for page in pages(Payment, look, status__in=paid):
        cared_for = await _cared_for([payment.id for payment in page if payment.verdict in REJECTED])
        held = await orders.by_ids([payment.order_id for payment in page if payment.verdict == PaymentVerdict.SETTLED])
        told = {
            payment.payment_id: _unowned(payment, held.get(payment.order_id), is_cared_for=payment.id in cared_for)
            for payment in page
        }
        found += [Finding("P4", f"payment:{payment_id}", wrong) for payment_id, wrong in told.items() if wrong]
    return found


async def refunds_add_up(look: Look) -> list[Finding]:
    """P5: find payments refunded beyond the charged amount, or whose done refunds exceed PortOne's cancelled amount.

    A refund counts for the second check one hour after it was done. The charged amount may differ from the order's
    total, even by one won: P3 and P4 check that. Nearly all payments have neither, and those that changed stay in the
    database.
    """
    found = []
    async for page in pages(Payment, look) if look.since is None else _refunded_pages(look.since):
        refunded = await _refunded([payment.id for payment in page])
        for payment in page:
            sum_of_all, sum_of_old = refunded.get(payment.id, (0, 0))
            is_wrong = max(payment.cancelled_amount, sum_of_all) > charged(payment)
            if is_wrong or sum_of_old > payment.cancelled_amount:
                sums = f"charged {charged(payment)}, cancelled {payment.cancelled_amount}, refunded {sum_of_all}"
                found.append(Finding("P5", f"payment:{payment.payment_id}", sums))
    return found


async def messages_are_worked_off(look: Look) -> list[Finding]:
    """P6: find webhooks received over an hour ago that still wait, and dead ones. `look` has no effect."""
    too_late = clock.now() - PATIENCE
    waiting = InboxMessage.filter(work_status=WorkStatus.PENDING, received_at__lte=too_late)
    dead = InboxMessage.filter(work_status=WorkStatus.DEAD)
    return [
        Finding("P6", f"inbox:{message_id}", f"{status.value} after {attempts} tries")
        for rows in (waiting, dead)
        for message_id, status, attempts in await rows.order_by("id")
        .limit(MOST // 2)
        .values_list("id", "work_status", "attempts")
    ]


def _settles(payment: Payment, order: Order) -> bool:
    is_paid = payment.status in FINAL
    return payment.settles_order_id == order.id and is_paid and payment.total_amount == order.total


def _unowned(payment: Payment, order: Order | None, *, is_cared_for: bool) -> str:
    """Return the fault of a payment with money left, or an empty text."""
    if payment.cancelled_amount >= charged(payment):
        return ""
    if payment.verdict == PaymentVerdict.NONE:
        return "paid, and not judged"
    if payment.verdict in REJECTED:
        return "" if is_cared_for else f"{payment.verdict.value}, and not refunded"
    is_paid = order is not None and order.status not in (*UNPAID, OrderStatus.EXPIRED)
    return "" if is_paid else "settles an order that is not paid"


async def _cared_for(row_ids: Sequence[int]) -> set[int]:
    if not row_ids:
        return set()
    refunds = await Refund.filter(payment_id__in=row_ids).values_list("payment_id")
    findings = await Discrepancy.filter(payment_id__in=row_ids, resolved_at=None).values_list("payment_id")
    return {row_id for (row_id,) in (*refunds, *findings)}


async def _refunded_pages(since: datetime) -> AsyncIterator[list[Payment]]:
    """Yield the pages of `changed_pages` without payments of which nothing was cancelled or refunded."""
    last_at, last_id, is_full = since, 0, True
    while is_full and (page := await find(Payment, _CHANGED_AND_REFUNDED, (last_at, last_at, last_id))):
        yield page
        last_at, last_id, is_full = page[-1].updated_at, page[-1].id, len(page) == PAGE


async def _refunded(row_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return the won refunded per payment row: in total, and by refunds done more than an hour ago."""
    too_late = clock.now() - PATIENCE
    sums: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    done = Refund.filter(payment_id__in=row_ids, status=RefundStatus.SUCCEEDED)
    for row_id, amount, done_at in await done.values_list("payment_id", "amount", "done_at"):
        is_old = done_at is not None and done_at <= too_late
        everything, old = sums[row_id]
        sums[row_id] = (everything + amount, old + (amount if is_old else 0))
    return sums
