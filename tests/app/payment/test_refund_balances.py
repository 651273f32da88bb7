"""Refunds when the balance moves under them, when a lease is lost, and when the answer never comes
(docs/promises.md#p5)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx

from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundAttempt, RefundStatus
from src.app.payment.services.provider.base import CancellationStatus, ProviderCancellation, provider
from src.app.payment.services.provider.portone import PortOne
from src.app.payment.services.refunds.sending import send_due
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.vendors import Unreachable
from src.core.configs import Settings
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import Between, Told, snapshot, using
from tests.contract.served import Served, adapter, served_sandbox
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, at_provider, complete, control, later, payment_of, place

PAID = 500


async def owed(client: httpx.AsyncClient) -> Placed:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=PAID)
    assert (await complete(client, placed.payment_id)).json()["code"] == "PAYMENT_MISMATCH"
    return placed


async def run(**delta: float) -> int:
    with later(**delta):
        return await run_job("send-refunds")


async def test_cancel_in_the_console_before_the_send_leaves_the_rest_to_be_refunded(client: httpx.AsyncClient) -> None:
    placed = await owed(client)
    await control(client, placed.payment_id, "cancel", amount=200)

    await run_job("send-refunds")

    refund, attempt = await Refund.get(), await RefundAttempt.get()
    assert (refund.status, refund.amount, attempt.amount, attempt.cancellable) == (
        RefundStatus.SUCCEEDED,
        300,
        300,
        300,
    )
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED", "SUCCEEDED"])
    external = await Discrepancy.get(kind=DiscrepancyKind.EXTERNAL)
    assert external.amount == 200


async def test_cancel_in_the_console_while_we_send_is_noticed_and_the_rest_is_sent_with_a_new_key(
    client: httpx.AsyncClient,
) -> None:
    placed = await owed(client)
    watched = Between(provider())

    async def console() -> None:
        if len(watched.keys) == 1:
            await control(client, placed.payment_id, "cancel", amount=200)

    watched.before_cancel = console
    with using(watched):
        await run_job("send-refunds")
        refused = await Refund.get()
        assert (refused.status, refused.last_error) == (RefundStatus.FAILED, "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN")
        await run(seconds=5)

    assert watched.amounts == [(500, 500), (300, 300)]
    assert len(set(watched.keys)) == 2
    refund = await Refund.get()
    assert (refund.status, refund.amount) == (RefundStatus.SUCCEEDED, 300)
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED", "SUCCEEDED"])


async def test_everything_cancelled_in_the_console_leaves_nothing_to_send(client: httpx.AsyncClient) -> None:
    placed = await owed(client)
    await control(client, placed.payment_id, "cancel")
    watched = Between(provider())
    with using(watched):
        await run_job("send-refunds")

    refund = await Refund.get()
    assert (watched.keys, refund.amount, refund.work_status) == ([], 0, WorkStatus.DONE)
    assert (await Discrepancy.get(kind=DiscrepancyKind.EXTERNAL)).amount == PAID


async def test_changed_balance_after_an_unknown_outcome_makes_another_key(client: httpx.AsyncClient) -> None:
    placed = await owed(client)
    told = Told()
    payment = await payment_of(placed.payment_id)
    told.say(snapshot(payment, total=PAID, status_changed_at=clock.now()))
    told.cancels = [Unreachable("ReadTimeout")]
    with using(told):
        await run_job("send-refunds")
        told.say(snapshot(payment, "PARTIAL_CANCELLED", total=PAID, cancelled=200, status_changed_at=clock.now()))
        await run(seconds=5)

    first, second = told.sent()
    assert (first["amount"], first["cancellable"], second["amount"], second["cancellable"]) == (500, 500, 300, 300)
    assert first["key"] != second["key"]
    assert first["reason"] == second["reason"]


async def test_sender_that_lost_its_lease_and_is_refused_leaves_a_succeeded_refund_alone(
    client: httpx.AsyncClient,
) -> None:
    """A slow sender: while it waits, the console takes a part, and a second sender refunds the rest."""
    placed = await owed(client)
    watched = Between(provider())

    async def overtaken() -> None:
        if len(watched.keys) > 1:
            return
        await control(client, placed.payment_id, "cancel", amount=200)
        with later(seconds=130):
            assert await send_due() == 1
        done = await Refund.get()
        assert (done.status, done.work_status, done.amount) == (RefundStatus.SUCCEEDED, WorkStatus.DONE, 300)

    watched.before_cancel = overtaken
    with using(watched):
        await send_due()

    refund = await Refund.get()
    assert (refund.status, refund.work_status, refund.amount) == (RefundStatus.SUCCEEDED, WorkStatus.DONE, 300)
    assert await Discrepancy.filter(kind=DiscrepancyKind.REFUND_FAILED).count() == 0
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED", "SUCCEEDED"])


async def test_payment_the_provider_forgot_is_asked_for_again_and_never_cancelled(client: httpx.AsyncClient) -> None:
    await owed(client)
    told = Told()
    with using(told):
        await run_job("send-refunds")
    refund = await Refund.get()
    assert (refund.status, refund.work_status, told.sent()) == (RefundStatus.REQUESTED, WorkStatus.PENDING, [])
    assert refund.last_error == "the provider does not know the payment"


@asynccontextmanager
async def slow_cancels(chosen: Settings, folder: Path) -> AsyncIterator[tuple[Served, PortOne]]:
    """A sandbox that takes 2 s where it is slow, and an adapter that gives a cancel up long before, and nothing
    else."""
    async with (
        served_sandbox(folder / "s.db", slow_seconds=2) as sandbox,
        adapter(chosen, sandbox.portone_url, read_timeout_seconds=0.5) as portone,
    ):
        yield sandbox, portone


async def test_answer_that_times_out_after_the_work_was_done_cancels_once(
    client: httpx.AsyncClient, shop_settings: Settings, tmp_path: Path
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    async with slow_cancels(shop_settings, tmp_path) as (sandbox, portone):
        watched = Between(portone)
        await sandbox.act(placed.payment_id, "pay_other_amount", amount=PAID)
        with using(watched):
            # Another store than ours as well, which is one more reason for a mismatch.
            assert (await complete(client, placed.payment_id)).json()["code"] == "PAYMENT_MISMATCH"
            await sandbox.fault("cancel", "timeout_after")
            await run_job("send-refunds")
            unknown = await Refund.get()
            assert (unknown.status, unknown.last_error) == (RefundStatus.SENT, "ReadTimeout")
            assert (await RefundAttempt.get()).outcome == ""
            await run(seconds=5)

        refund = await Refund.get()
        assert (refund.status, refund.amount, len(watched.keys)) == (RefundStatus.SUCCEEDED, PAID, 1)
        shown = await sandbox.shown(placed.payment_id)
        assert [cancellation["status"] for cancellation in shown["cancellations"]] == ["SUCCEEDED"]


async def test_request_that_is_still_running_at_the_provider_keeps_its_key(
    client: httpx.AsyncClient, shop_settings: Settings, tmp_path: Path
) -> None:
    """``slow``: we hang up before the work; it is done after all. The second send carries the same key."""
    placed = await place(client, ((await make_variant()).id, 1))
    async with slow_cancels(shop_settings, tmp_path) as (sandbox, portone):
        watched = Between(portone)
        await sandbox.act(placed.payment_id, "pay_other_amount", amount=PAID)
        with using(watched):
            await complete(client, placed.payment_id)
            await sandbox.fault("cancel", "slow")
            await run_job("send-refunds")
            await run(seconds=2)
            outstanding = await Refund.get()
            assert (outstanding.status, outstanding.last_error) == (
                RefundStatus.SENT,
                "IDEMPOTENCY_OUTSTANDING_REQUEST",
            )
            async with asyncio.timeout(30):
                while "cancellations" not in await sandbox.shown(placed.payment_id):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            await run(minutes=1)

        assert (await Refund.get()).status == RefundStatus.SUCCEEDED
        assert (len(watched.keys), len(set(watched.keys))) == (2, 1)
        shown = await sandbox.shown(placed.payment_id)
        assert [cancellation["status"] for cancellation in shown["cancellations"]] == ["SUCCEEDED"]


async def test_intent_survives_a_process_that_died_before_its_first_send(client: httpx.AsyncClient) -> None:
    placed = await owed(client)
    refund = await Refund.get()
    await Refund.filter(id=refund.id).update(
        attempts=1, lease_token="dead", available_at=clock.now() + timedelta(seconds=120)
    )
    assert await run(seconds=60) == 0
    assert await run(seconds=121) == 1
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])


async def test_state_of_a_cancellation_that_we_do_not_know_is_waited_for_and_nothing_is_sent(
    client: httpx.AsyncClient,
) -> None:
    placed = await owed(client)
    payment = await payment_of(placed.payment_id)
    told = Told()
    told.say(snapshot(payment, total=PAID, status_changed_at=clock.now()))
    told.cancels = [ProviderCancellation(id="c-1", status=CancellationStatus.REQUESTED, amount=0, reason="")]
    with using(told):
        await run_job("send-refunds")
        refund = await Refund.get()
        assert (refund.status, refund.cancellation_id) == (RefundStatus.PENDING_AT_PROVIDER, "c-1")
        unknown = ProviderCancellation(id="c-1", status=None, amount=PAID, reason=told.sent()[0]["reason"])
        told.say(snapshot(payment, total=PAID, status_changed_at=clock.now(), cancellations=(unknown,)))
        for minutes in (10, 60, 600):
            await run(minutes=minutes)

    refund = await Refund.get()
    assert (refund.status, refund.cancellation_id) == (RefundStatus.PENDING_AT_PROVIDER, "c-1")
    assert len(told.sent()) == 1
