"""Several refunds of one payment: each over its own sum, one under way at a time, none smaller than it was promised
(docs/promises.md#p5)."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.payment.errors import RefundBlocked
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PayMethod,
    Refund,
    RefundAttempt,
    RefundMeans,
    RefundStatus,
)
from src.app.payment.services.invariants import refunds_add_up
from src.app.payment.services.provider.base import CancellationStatus, ProviderCancellation, provider
from src.app.payment.services.refunds.sending import send_due
from src.common import clock
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.records.invariants import Look
from src.common.vendors import Unreachable
from src.common.work import queue
from src.core.database import statements
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import Between, Told, snapshot, using
from tests.app.payment.refunding import bought, findings, promised, send
from tests.factories.orders import at_provider, control, faulty, payment_of

S = RefundStatus
EVERYTHING = datetime(2020, 1, 1, tzinfo=UTC)


async def statuses() -> list[RefundStatus]:
    return [refund.status for refund in await Refund.all().order_by("id")]


async def test_two_refunds_of_a_payment_go_back_each_over_its_own_sum(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    vat = (await payment_of(placed.payment_id)).total_amount - 0
    first, second = await promised(placed, 1_000, 1), await promised(placed, placed.total - 1_000, 2)
    watched = Between(provider())
    with using(watched):
        await send()
        await send(seconds=5)

    # Both are due at once: which of them gets the payment's lock first is not said.
    sent = sorted((first, second), key=lambda refund: f"주문 취소 {refund.refund_no}" != watched.reasons[0])
    left = [placed.total, placed.total - sent[0].amount]
    assert watched.amounts == [(refund.amount, most) for refund, most in zip(sent, left, strict=True)]
    assert [asked.vat for asked in watched.asked] == [refund.vat_amount for refund in sent]
    assert (first.vat_amount or 0) + (second.vat_amount or 0) == vat - (vat * 20 + 11) // 22
    assert watched.reasons == [f"주문 취소 {refund.refund_no}" for refund in sent]
    assert await statuses() == [S.SUCCEEDED, S.SUCCEEDED]
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED", "SUCCEEDED"])
    await run_job("reread-payments")
    payment = await payment_of(placed.payment_id)
    assert (payment.status.value, payment.cancelled_amount) == ("CANCELLED", placed.total)
    assert await findings() == []
    assert await refunds_add_up(Look("refunds", EVERYTHING)) == []


async def test_a_cause_is_refunded_once_however_often_it_is_asked(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    first, again = await promised(placed, 1_000), await promised(placed, 1_000)
    assert first.id == again.id
    assert await Refund.all().count() == 1
    assert (first.cause, first.due_on) == ("cancel:1", None)


async def test_one_refund_of_a_payment_is_under_way_at_a_time(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    await promised(placed, 1_000, 1)
    await promised(placed, 2_000, 2)
    async with faulty(client, "cancel", "cancel_requested"):
        await send()
    assert sorted(await statuses()) == [S.PENDING_AT_PROVIDER, S.REQUESTED]
    waiting = await Refund.get(status=S.REQUESTED)
    assert (waiting.work_status, waiting.attempts) == (WorkStatus.PENDING, 0)
    assert waiting.last_error.startswith("waits for refund ")
    assert await RefundAttempt.all().count() == 1

    await send(seconds=5)
    assert await RefundAttempt.all().count() == 1
    # The provider may take days: nobody asks it every two seconds for so long.
    assert (await Refund.get(id=waiting.id)).available_at > clock.now() + timedelta(seconds=50)
    await control(client, placed.payment_id, "finish_cancel")
    await send(minutes=10)
    await send(minutes=11)
    assert await statuses() == [S.SUCCEEDED, S.SUCCEEDED]
    assert (await at_provider(client, placed.payment_id))[1] == 3_000


async def test_a_refund_whose_outcome_is_unknown_keeps_the_next_one_waiting(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    first = await promised(placed, 1_000, 1)
    watched = Between(provider())
    with using(watched):
        async with faulty(client, "cancel", "error_500"):
            await send()
        await promised(placed, 2_000, 2)
        await send()
        assert await statuses() == [S.SENT, S.REQUESTED]
        await send(seconds=5)
        await send(seconds=10)
    assert await statuses() == [S.SUCCEEDED, S.SUCCEEDED]
    assert watched.amounts == [(1_000, placed.total)] * 2 + [(2_000, placed.total - 1_000)]
    assert watched.keys[0] == watched.keys[1]
    assert (await Refund.get(id=first.id)).amount == 1_000
    assert await findings() == []


async def test_the_next_refund_sees_that_the_one_before_was_done_after_all(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    await promised(placed, 1_000, 1)
    async with faulty(client, "cancel", "error_500_after"):
        await send()
    assert await statuses() == [S.SENT]
    await promised(placed, 2_000, 2)
    await send()
    assert await statuses() == [S.SUCCEEDED, S.SUCCEEDED]
    assert (await at_provider(client, placed.payment_id))[1] == 3_000


async def test_a_refused_refund_does_not_keep_the_others_waiting(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    await promised(placed, 1_000, 1)
    async with faulty(client, "cancel", "pg_error_502"):
        await send()
    await promised(placed, 2_000, 2)
    await send()
    assert await statuses() == [S.FAILED, S.SUCCEEDED]
    await send(minutes=5)
    assert await statuses() == [S.SUCCEEDED, S.SUCCEEDED]
    assert (await at_provider(client, placed.payment_id))[1] == 3_000


async def test_amount_and_taxes_stay_the_same_between_sends(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    told = Told()
    payment = await payment_of(placed.payment_id)
    told.say(snapshot(payment, status_changed_at=clock.now()))
    told.cancels = [Unreachable("ReadTimeout")]
    with using(told):
        await send()
        await send(seconds=5)
    first, second = told.sent()
    assert first == second
    assert (first["amount"], first["vat"], first["tax_free"]) == (1_000, refund.vat_amount, 0)


async def test_less_left_than_promised_is_never_sent_smaller(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, placed.total)
    await control(client, placed.payment_id, "cancel", amount=400)
    watched = Between(provider())
    with using(watched):
        await send()
        await send(hours=2)
    blocked = await Refund.get()
    assert (blocked.status, blocked.amount, blocked.work_status) == (S.BLOCKED, placed.total, WorkStatus.PENDING)
    assert watched.asked == []
    assert await findings() == [DiscrepancyKind.EXTERNAL, DiscrepancyKind.REFUND_BLOCKED]
    finding = await Discrepancy.get(kind=DiscrepancyKind.REFUND_BLOCKED)
    assert (finding.reference, finding.amount) == (refund.refund_no, placed.total)
    assert finding.detail == f"left {placed.total - 400}"


async def test_a_blocked_refund_that_somebody_takes_off_the_list_comes_back_on_it(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    await promised(placed, placed.total)
    await control(client, placed.payment_id, "cancel", amount=400)
    await send()
    await Discrepancy.all().update(resolved_at=clock.now(), resolved_by="staff:1", resolution="봤음")
    await send(hours=2)
    assert await findings() == [DiscrepancyKind.REFUND_BLOCKED]


async def test_a_cancellation_in_the_console_blocks_what_is_committed_until_it_is_explained(
    client: httpx.AsyncClient,
) -> None:
    placed = await bought(client)
    await promised(placed, 1_000)
    await control(client, placed.payment_id, "cancel", amount=400)
    await send()
    assert await statuses() == [S.BLOCKED]

    await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).update(resolved_at=clock.now())
    await send(hours=2)
    assert await statuses() == [S.SUCCEEDED]
    assert await findings() == []
    assert (await at_provider(client, placed.payment_id))[1] == 1_400
    assert await refunds_add_up(Look("refunds", EVERYTHING)) == []


@pytest.mark.parametrize("kind", [DiscrepancyKind.EXTERNAL, DiscrepancyKind.DISPUTE])
async def test_nothing_is_promised_while_a_finding_is_not_explained(
    client: httpx.AsyncClient, kind: DiscrepancyKind
) -> None:
    placed = await bought(client)
    payment = await payment_of(placed.payment_id)
    row = await Discrepancy.create(kind=kind, reference="c-1", payment_id=payment.id, amount=1, created_at=clock.now())
    with pytest.raises(RefundBlocked):
        await promised(placed, 1_000)
    assert await Refund.all().count() == 0
    row.resolved_at = clock.now()
    await row.save()
    assert (await promised(placed, 1_000)).amount == 1_000


async def test_no_more_is_promised_than_was_paid(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    await promised(placed, placed.total - 500, 1)
    with pytest.raises(RefundBlocked) as blocked:
        await promised(placed, 501, 2)
    assert blocked.value.extras["left"] == 500
    assert (await promised(placed, 500, 3)).amount == 500


async def test_refunds_committed_at_once_never_promise_more_than_was_paid(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    half = placed.total // 2 + 1
    outcomes = await asyncio.gather(*(promised(placed, half, n) for n in range(4)), return_exceptions=True)
    assert [type(each) for each in outcomes].count(RefundBlocked) == 3
    assert await Refund.all().count() == 1


async def test_an_order_paid_by_hand_goes_back_by_bank(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    await Payment.all().update(pay_method=PayMethod.MANUAL_TRANSFER)
    refund = await promised(placed, 1_000)
    assert (refund.means, refund.status, refund.work_status) == (RefundMeans.BANK, S.NEEDS_ACCOUNT, WorkStatus.DONE)
    assert await findings() == [DiscrepancyKind.NEEDS_ACCOUNT]
    assert await OutboxEvent.filter(topic="refund.needs_account").count() == 1
    assert await send() == 0


async def test_our_mark_over_another_sum_is_nobody_of_ours(client: httpx.AsyncClient) -> None:
    """Somebody copied our reason into the console: the refund is not done by that."""
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    copied = ProviderCancellation(
        id="c-9", status=CancellationStatus.SUCCEEDED, amount=700, reason=f"주문 취소 {refund.refund_no}"
    )
    told = Told()
    told.say(
        snapshot(
            await payment_of(placed.payment_id),
            "PARTIAL_CANCELLED",
            cancelled=700,
            status_changed_at=clock.now() + timedelta(seconds=1),
            cancellations=(copied,),
        )
    )
    with using(told):
        await send()
    assert (await statuses(), told.sent()) == ([S.BLOCKED], [])
    assert (await Discrepancy.get(kind=DiscrepancyKind.EXTERNAL)).reference == "c-9"


async def test_a_second_cancellation_with_our_mark_is_a_finding(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    await send()
    done = await Refund.get()
    mark = f"주문 취소 {refund.refund_no}"
    twice = tuple(
        ProviderCancellation(id=name, status=CancellationStatus.SUCCEEDED, amount=1_000, reason=mark)
        for name in (done.cancellation_id or "", "c-2")
    )
    told = Told()
    payment = await payment_of(placed.payment_id)
    told.say(
        snapshot(
            payment,
            "PARTIAL_CANCELLED",
            cancelled=2_000,
            status_changed_at=clock.now() + timedelta(seconds=1),
            cancellations=twice,
        )
    )
    await Payment.filter(id=payment.id).update(next_reread_at=clock.now())
    with using(told):
        await run_job("reread-payments")
    assert (await Discrepancy.get(kind=DiscrepancyKind.EXTERNAL)).reference == "c-2"
    assert (await Refund.get()).cancellation_id == done.cancellation_id


async def test_what_the_provider_cancelled_without_vat_is_counted(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    payment = await payment_of(placed.payment_id)
    told = Told()
    told.say(
        snapshot(
            payment,
            "PARTIAL_CANCELLED",
            cancelled=1_000,
            tax_free=2_000,
            cancelled_tax_free=400,
            status_changed_at=clock.now() + timedelta(seconds=1),
        )
    )
    await Payment.filter(id=payment.id).update(next_reread_at=clock.now())
    with using(told):
        await run_job("reread-payments")
    assert (await payment_of(placed.payment_id)).cancelled_tax_free == 400


async def test_a_release_that_does_not_know_the_reason_never_takes_the_refund(client: httpx.AsyncClient) -> None:
    """So the release before, which sends all that is left of a payment, leaves our parts of one alone."""
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    await statements.change("UPDATE refund SET reason = %s WHERE id = %s", ("LATER_WORD", refund.id))
    with pytest.raises(ValueError, match="LATER_WORD"):
        await queue.take_due(Refund, limit=10)
    with pytest.raises(ValueError, match="LATER_WORD"):
        await send_due()
    (row,) = await statements.fetch("SELECT attempts, lease_token FROM refund")
    assert row == {"attempts": 0, "lease_token": ""}
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])
