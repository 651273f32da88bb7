"""Paid orders whose payment goes back in parts."""

from datetime import date

import httpx

from src.app.order.services.locks import lock_order
from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundReason, cause_of
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.refunds.requesting import RefundAsk, commit_refund
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, later, payment_of, place


async def bought(client: httpx.AsyncClient, quantity: int = 1) -> Placed:
    """A paid order, free of what its purchase left to do."""
    placed = await place(client, ((await make_variant()).id, quantity))
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 200
    return placed


async def promised(placed: Placed, amount: int, cause: int = 1, *, due_on: date | None = None) -> Refund:
    """A refund of a part of what was paid, committed and not sent."""
    payment = await payment_of(placed.payment_id)
    ask = RefundAsk(
        reason=RefundReason.CANCEL, cause=cause_of(RefundReason.CANCEL, cause), amount=amount, due_on=due_on
    )

    async def commit() -> Refund:
        await lock_order(payment.order_id)
        return await commit_refund(await lock_payment(payment.id), ask)

    return await unit_of_work(commit)


async def send(**delta: float) -> int:
    """Run the job so much later."""
    with later(**delta):
        return await run_job("send-refunds")


async def findings() -> list[DiscrepancyKind]:
    """The kinds of the open findings, sorted."""
    return sorted(row.kind for row in await Discrepancy.filter(resolved_at=None))
