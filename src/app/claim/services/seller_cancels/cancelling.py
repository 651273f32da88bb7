"""판매자 취소: cancel units before shipping, up to 500 rows at once, one transaction an order."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from src.app.claim.dtos.admin.seller_cancels import CancelResult, CancelResults, CancelRow, SellerCancelRows
from src.app.claim.dtos.events import LinesCancelled
from src.app.claim.errors import BankRefundNeeded, RefundChanged
from src.app.claim.models import SellerCancelLine
from src.app.claim.services.seller_cancels import recording
from src.app.claim.services.seller_cancels.money import money_of
from src.app.claim.services.seller_cancels.proposing import Proposed, propose
from src.app.claim.services.seller_cancels.rows import sort
from src.app.fulfilment.services.shipments.locks import LockedShipments, lock_shipments
from src.app.fulfilment.services.shipments.moving import save_moved
from src.app.order.models import Order
from src.app.order.services.effects.filling import fill_locked
from src.app.payment.models import Payment, RefundReason, cause_of
from src.app.payment.services.locks import lock_payments
from src.app.payment.services.refunds.lateness import due_day
from src.app.payment.services.refunds.requesting import RefundAsk, commit_refund
from src.app.pricing.services.refunds.calculator import OrderMoney
from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from src.common import clock
from src.common.exceptions import AppError
from src.common.exceptions.general import IdempotencyKeyReused
from src.common.http.idempotency import KeyedRequest
from src.common.records.audit import Actor
from src.common.work.outbox import emit
from src.core.database import unit_of_work
from src.core.database.statements import find, marks

REASON: Final = "판매자 취소"
AT_ONCE: Final = 4
"""Orders that are cancelled side by side, each on a connection of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who cancels, under which key, by which calendar."""

    by: Actor
    key: str
    calendar: Calendar


async def cancel(body: SellerCancelRows, *, request: KeyedRequest, by: Actor) -> CancelResults:
    """Cancel the units of these rows; a row that is refused does not keep the others.

    Each order is one transaction, which locks the order, its lines, shipments and payments, and last the variants. It
    computes each refund again, writes counters, statuses, timeline and audit, commits the refund, which is sent after
    the commit, gives the units back to the stock or writes them off, and emits `order.lines_cancelled`. The same key
    again answers what it did and cancels nothing more.
    """
    asking = Asking(by=by, key=_hashed(request, by), calendar=await load_calendar())
    found = await sort(body.rows)
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(order_id: int, rows: Sequence[CancelRow]) -> dict[str, CancelResult]:
        async with turns:
            return await _order(order_id, rows, asking)

    results = dict(found.refused)
    for done in await asyncio.gather(*(in_turn(*each) for each in found.by_order.items())):
        results |= done
    return CancelResults.of([results[row.line_no] for row in body.rows])


def _hashed(request: KeyedRequest, by: Actor) -> str:
    return hashlib.sha256(f"{by.key}\n{request.endpoint}\n{request.key}".encode()).hexdigest()


async def _order(order_id: int, rows: Sequence[CancelRow], asking: Asking) -> dict[str, CancelResult]:
    try:
        return await unit_of_work(partial(_cancel, order_id, rows, asking))
    except AppError as error:
        return {row.line_no: CancelResult.refused(row.line_no, error) for row in rows}


async def _cancel(order_id: int, rows: Sequence[CancelRow], asking: Asking) -> dict[str, CancelResult]:
    held = await lock_shipments(order_id)
    order = held.locked.order
    if order.vat_amount is None:
        await fill_locked(order)
    results = await _done_before(held, rows, asking)
    money = (await money_of([order], {order.id: held.locked.lines}))[order.id]
    taken = _take(held, [row for row in rows if row.line_no not in results], money, results)
    if not taken:
        return results
    # Payments are locked before the lines change: nothing is written for what cannot be refunded.
    payments = await lock_payments(order.id)
    written = await recording.write(order, taken, by=asking.by, key=asking.key)
    await _refund(order, payments, written, calendar=asking.calendar)
    await save_moved(held, (), by=asking.by.key, reason=REASON)
    await recording.note(order, written, by=asking.by)
    await emit(LinesCancelled(order_id=order.id, cancel_id=written.cancel.id))
    await recording.put_back(written)
    return results


async def _done_before(held: LockedShipments, rows: Sequence[CancelRow], asking: Asking) -> dict[str, CancelResult]:
    """Return the results of rows that this very request has done, as they were."""
    ids = {line.id: line.line_no for line in held.locked.lines}
    where = f"request_key = %s AND order_line_id IN ({marks(len(ids))})"
    done = {ids[each.order_line_id]: each for each in await find(SellerCancelLine, where, (asking.key, *ids))}
    return {row.line_no: await _again(row, done[row.line_no]) for row in rows if row.line_no in done}


async def _again(row: CancelRow, done: SellerCancelLine) -> CancelResult:
    if row.units not in (None, done.units) or (row.reason, row.expected_refund) != (done.reason, done.refund):
        return CancelResult.refused(row.line_no, IdempotencyKeyReused())
    shown = await recording.rows_of(done.id)
    return CancelResult(
        line_no=row.line_no, outcome="done", units=done.units, refund=done.refund, **recording.shown(shown)
    )


def _take(
    held: LockedShipments, rows: Sequence[CancelRow], money: OrderMoney, results: dict[str, CancelResult]
) -> list[tuple[CancelRow, Proposed]]:
    """Count the units of the rows as cancelled, in memory, and put each row's result in. Return those that are done."""
    taken = []
    for row in rows:
        try:
            proposed = propose(held.locked.line(row.line_no), row, money)
        except AppError as error:
            results[row.line_no] = CancelResult.refused(row.line_no, error)
            continue
        if proposed.proposal.refund != row.expected_refund:
            changed = RefundChanged(line_no=row.line_no, refund=proposed.proposal.refund)
            refused = CancelResult.refused(row.line_no, changed)
            results[row.line_no] = refused.model_copy(update=proposed.sums())
            continue
        proposed.line.cancelled += proposed.units
        money = proposed.proposal.after
        results[row.line_no] = proposed.result()
        taken.append((row, proposed))
    return taken


async def _refund(order: Order, payments: Sequence[Payment], written: recording.Written, *, calendar: Calendar) -> None:
    """Commit the refund of what was paid in money. Raises RefundBlocked and BankRefundNeeded."""
    amount = written.cancel.refund
    if not amount:
        return
    settling = next((each for each in payments if each.settles_order_id == order.id), None)
    if settling is None:
        raise BankRefundNeeded
    ask = RefundAsk(
        reason=RefundReason.CANCEL,
        cause=cause_of(RefundReason.CANCEL, written.cancel.id),
        amount=amount,
        tax_free_goods=sum(line.tax_free for line in written.lines),
        due_on=due_day(order.paid_at or clock.now(), calendar),
    )
    await commit_refund(settling, ask)
