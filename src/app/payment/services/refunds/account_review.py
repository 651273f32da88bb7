"""Staff see refund accounts, and accept one whose holder is nobody of the order."""

from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_ids
from src.app.payment.dtos.admin.refund_accounts import AdminRefundAccountRead
from src.app.payment.dtos.events import RefundAccountChanged
from src.app.payment.errors import RefundAccountAccepted, RefundAccountNotFound
from src.app.payment.models import RefundAccount, RefundAccountState
from src.app.payment.services.locks import lock_payments
from src.app.payment.services.queries import refunds_of
from src.app.payment.services.refunds import accounts
from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.outbox import emit
from src.core.database import unit_of_work


async def read(order_no: str) -> AdminRefundAccountRead:
    """Return the account of an order, masked, with other orders that have the same one.

    Raises OrderNotFound and RefundAccountNotFound.
    """
    _, row = await accounts.of_number(order_no)
    others = await by_ids(await accounts.same_elsewhere(row))
    return AdminRefundAccountRead(
        **accounts.masked(row).model_dump(),
        reason=row.reason or None,
        decided_at=row.decided_at,
        other_orders=[order.order_no for _, order in sorted(others.items(), reverse=True)],
    )


async def accept(order_no: str, reason: str, *, by: Actor) -> AdminRefundAccountRead:
    """Accept the account in REVIEW, with the reason in the audit log; refunds that waited for it are sent.

    Locks order and payments. Emits RefundAccountChanged. Raises OrderNotFound, RefundAccountNotFound, and
    RefundAccountAccepted if nothing is to be decided.
    """
    order, _ = await accounts.of_number(order_no)

    async def write() -> None:
        await lock_order(order.id)
        payments = await lock_payments(order.id)
        row = await accounts.newest(order.id)
        if row is None:
            raise RefundAccountNotFound
        if row.state != RefundAccountState.REVIEW:
            raise RefundAccountAccepted
        now = clock.now()
        await RefundAccount.filter(id=row.id).update(
            state=RefundAccountState.ACCEPTED, decided_by=by.key, reason=reason, decided_at=now
        )
        refunds = [refund for found in (await refunds_of(payments)).values() for refund in found]
        await accounts.release_waiting(refunds, by=by.key)
        await emit(RefundAccountChanged(order_id=order.id, account_id=row.id))
        await audit.record(
            "refund_account.accepted",
            by=by,
            target=("order", order.order_no),
            before={"state": "REVIEW"},
            after={"state": "ACCEPTED"},
            reason=reason,
        )

    await unit_of_work(write)
    return await read(order_no)
