"""Staff record a deposit that they found on the shop's account; a complete one settles the order."""

from src.app.checkout.services.settling import mark_paid
from src.app.deposit.dtos.admin import TransferConfirm, TransferOfDesk
from src.app.deposit.errors import DepositsChanged
from src.app.deposit.models import Deposit, ManualTransfer
from src.app.deposit.services import transfers
from src.app.deposit.services.queries import METHOD
from src.app.deposit.services.reading import shown
from src.app.journal.models import EntryKind
from src.app.journal.services import journal
from src.app.journal.services.journal import Entry
from src.app.order.errors import OrderNotFound
from src.app.order.models import ENDED_UNPAID, UNPAID, Order
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_number
from src.app.payment.services.discrepancies import deposits as findings
from src.common.http import idempotency
from src.common.http.idempotency import Claim, KeyedRequest
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

REASON = "무통장입금 확인"


async def confirm(
    order_no: str, body: TransferConfirm, *, by: Actor, request: KeyedRequest
) -> tuple[TransferOfDesk, bool]:
    """Record a deposit once per idempotency key; return what the order waits for now, names masked, and whether
    this is a replay.

    Locks the order. A deposit that completes the order's total settles it as any payment does: PAID, holds become
    sales, OrderPaid is emitted. Below the total the order stays and DEPOSIT_SHORT is on the discrepancy list; above it,
    or after it was paid, DEPOSIT_SURPLUS; after the order ended unpaid DEPOSIT_LATE, and the order is not revived.
    Whatever the name, the deposit counts: staff see that it is another. Raises OrderNotFound, NoTransferExpected,
    DepositsChanged and DepositInFuture. Every deposit is a DEPOSIT row of the journal, in the same transaction.
    """
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound

    async def effect(claim: Claim) -> TransferOfDesk:
        await unit_of_work(lambda: _record(order.id, body, by=by, key=request.key, claim=claim))
        return await shown(order.id, is_clear=False)

    return await idempotency.once(
        request,
        scope=by.key,
        digest=idempotency.body_hash(body),
        effect=effect,
        again=lambda _: shown(order.id, is_clear=False),
    )


async def _record(order_id: int, body: TransferConfirm, *, by: Actor, key: str, claim: Claim) -> None:
    order = await lock_order(order_id)
    transfer, earlier = await transfers.of_locked(order)
    # A key outlives its 48 hours in the row that it wrote.
    if not any(deposit.request_key == key for deposit in earlier):
        before = transfers.sum_of(earlier)
        if before != body.expected_deposited:
            raise DepositsChanged(deposited=before)
        deposit = await transfers.add(transfer, body, by=by, request_key=key)
        entry = Entry(
            order_id=order.id,
            kind=EntryKind.DEPOSIT,
            amount=deposit.amount,
            cause=f"deposit:{deposit.id}",
            at=deposit.deposited_at,
        )
        await journal.write([entry])
        await _follow(order, transfer, deposit, before=before, by=by)
        await audit.record(
            "order.deposit_recorded",
            by=by,
            target=("order", order.order_no),
            before={"deposited": before},
            after={"deposit_id": deposit.id, "amount": deposit.amount, "status": order.status.value},
        )
    await idempotency.finish(claim, effect=order.order_no)


async def _follow(order: Order, transfer: ManualTransfer, deposit: Deposit, *, before: int, by: Actor) -> None:
    """Settle the locked order if its total is complete now, and put on the list what does not fit."""
    total = before + deposit.amount
    if order.status in UNPAID:
        if total < transfer.amount:
            await findings.note_short(order, missing=transfer.amount - total)
            return
        await findings.end_short(order, by=by.key)
        await mark_paid(order, actor=by.key, reason=REASON, pay_method=METHOD)
        if total > transfer.amount:
            await findings.note_surplus(order, deposit_id=deposit.id, amount=total - transfer.amount)
    elif order.status in ENDED_UNPAID and order.paid_at is None:
        await findings.note_late(order, deposit_id=deposit.id, amount=deposit.amount)
    else:
        await findings.note_surplus(order, deposit_id=deposit.id, amount=deposit.amount)
