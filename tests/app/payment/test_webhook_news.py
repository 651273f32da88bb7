"""A webhook that tells nothing new costs no request to PortOne and no lock; everything else is read (P3, P4, P6)."""

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from src.app.checkout.services.webhook_inbox import process_inbox
from src.app.payment.models import Discrepancy, DiscrepancyKind, PaymentStatus, PaymentVerdict
from src.app.payment.services.provider.base import CancellationStatus, ProviderCancellation, ProviderPayment
from src.common import clock
from src.common.models import InboxMessage
from src.common.models.work_item import WorkStatus
from tests.app.payment.fakes import Told, snapshot, using
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, payment_of, place, read_order, refund_of

PAID, CANCELLED, PARTIAL = "Transaction.Paid", "Transaction.Cancelled", "Transaction.PartialCancelled"
CANCEL = ProviderCancellation(id="cancel-1", status=CancellationStatus.SUCCEEDED, amount=13_000, reason="콘솔")


@pytest.fixture
def told() -> Iterator[Told]:
    provider = Told()
    with using(provider):
        yield provider


async def webhook(
    payment_id: str, type_: str = PAID, *, transaction: str = "tx-1", cancellation: str | None = None
) -> InboxMessage:
    """A message that was received."""
    data = {"storeId": "store-sandbox", "paymentId": payment_id, "transactionId": transaction}
    data |= {} if cancellation is None else {"cancellationId": cancellation}
    number = await InboxMessage.all().count()
    return await InboxMessage.create(
        source="portone",
        message_id=f"wh-{number}",
        topic=type_,
        body=json.dumps({"type": type_, "timestamp": "2026-11-20T03:00:00Z", "data": data}),
        received_at=clock.now(),
        available_at=clock.now(),
    )


async def paid(client: httpx.AsyncClient, told: Told) -> str:
    """The public id of a payment that the browser settled; nothing was asked since."""
    placed = await place(client, ((await make_variant()).id, 1))
    told.say(snapshot(await payment_of(placed.payment_id)))
    assert (await complete(client, placed.payment_id)).status_code == 200
    told.calls.clear()
    return placed.payment_id


def reads(told: Told) -> list[str]:
    """The payments that were read at PortOne."""
    return [payment_id for operation, payment_id, _ in told.calls if operation == "get"]


async def open_messages() -> int:
    return await InboxMessage.exclude(work_status=WorkStatus.DONE).count()


async def test_paid_is_no_news_of_a_payment_that_was_judged(client: httpx.AsyncClient, told: Told) -> None:
    payment_id = await paid(client, told)
    await webhook(payment_id)
    with captured_sql() as statements:
        assert await process_inbox() == 1
    assert (reads(told), await open_messages()) == ([], 0)
    assert not any("`orders`" in statement or ("FROM `payment`" in statement and "FOR UPDATE" in statement)
                   for statement in statements)  # fmt: skip


@pytest.mark.parametrize("transaction", ["tx-2", ""])
async def test_another_transaction_is_read(client: httpx.AsyncClient, told: Told, transaction: str) -> None:
    payment_id = await paid(client, told)
    await webhook(payment_id, transaction=transaction)
    assert await process_inbox() == 1
    assert (reads(told), await open_messages()) == ([payment_id], 0)


@pytest.mark.parametrize("type_", ["Transaction.Ready", "Transaction.PayPending", "Transaction.DisputeCreated"])
async def test_other_types_are_read(client: httpx.AsyncClient, told: Told, type_: str) -> None:
    payment_id = await paid(client, told)
    await webhook(payment_id, type_)
    assert await process_inbox() == 1
    assert reads(told) == [payment_id]


async def test_paid_before_the_browser_is_read_and_settles(client: httpx.AsyncClient, told: Told) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    told.say(snapshot(await payment_of(placed.payment_id)))
    await webhook(placed.payment_id)
    assert await process_inbox() == 1
    assert (await read_order(client, placed))["status"] == "PAID"
    told.calls.clear()
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    assert told.calls == []


async def cancelled_in_the_console(told: Told, payment_id: str) -> None:
    """In the second of the payment: PortOne shows whole seconds."""
    seen = snapshot(await payment_of(payment_id), "CANCELLED")
    told.say(replace(seen, cancelled=seen.total, cancellations=(replace(CANCEL, amount=seen.total),)))


@pytest.mark.parametrize("types", [(PAID, CANCELLED), (CANCELLED, PAID)])
async def test_a_cancel_in_the_second_of_the_payment_is_found(
    client: httpx.AsyncClient, told: Told, types: tuple[str, str]
) -> None:
    payment_id = await paid(client, told)
    await cancelled_in_the_console(told, payment_id)
    for type_ in types:
        await webhook(payment_id, type_, cancellation=CANCEL.id if type_ == CANCELLED else None)
        assert await process_inbox() == 1
    payment = await payment_of(payment_id)
    assert (payment.status, payment.verdict) == (PaymentStatus.CANCELLED, PaymentVerdict.SETTLED)
    assert payment.cancelled_amount == payment.total_amount
    found = await Discrepancy.all().values_list("kind", "reference", "amount")
    assert found == [(DiscrepancyKind.EXTERNAL, CANCEL.id, payment.total_amount)]
    assert await open_messages() == 0


async def test_a_cancel_that_ended_our_refund_is_no_news(client: httpx.AsyncClient, told: Told) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    seen = snapshot(await payment_of(placed.payment_id))
    told.say(replace(seen, total=seen.total + 1, paid=seen.total + 1))  # a mismatch is given back
    await complete(client, placed.payment_id)
    refund = await refund_of(placed.payment_id)
    mine = replace(CANCEL, amount=seen.total + 1, reason=refund.refund_no)
    told.say(replace(seen, total=seen.total + 1, status="CANCELLED", cancelled=seen.total + 1, cancellations=(mine,)))
    await webhook(placed.payment_id, CANCELLED, cancellation=mine.id)
    assert await process_inbox() == 1
    told.calls.clear()
    for type_, cancellation in ((CANCELLED, mine.id), (PARTIAL, mine.id), (CANCELLED, "cancel-2"), (CANCELLED, None)):
        await webhook(placed.payment_id, type_, cancellation=cancellation)
    assert await process_inbox() == 4
    assert reads(told) == [placed.payment_id]  # once, for the two that name another cancellation and none
    assert await open_messages() == 0


async def test_many_without_news_end_by_one_statement(client: httpx.AsyncClient, told: Told) -> None:
    counts = []
    for many in (1, 20):
        for payment_id in [await paid(client, told) for _ in range(many)]:
            await webhook(payment_id)
        with captured_sql() as statements:
            assert await process_inbox() == many
        counts.append(len(statements))
    assert counts == [3, 3]  # the messages, their payments, the finishing
    assert (reads(told), await open_messages()) == ([], 0)


async def test_one_payment_is_settled_once_for_all_its_messages(client: httpx.AsyncClient, told: Told) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    told.say(snapshot(await payment_of(placed.payment_id)))
    for type_ in ("Transaction.Ready", PAID, PAID):
        await webhook(placed.payment_id, type_)
    told.calls.clear()
    assert await process_inbox() == 3
    assert (reads(told), await open_messages()) == ([placed.payment_id], 0)


async def test_one_that_breaks_keeps_nobody_waiting(client: httpx.AsyncClient, told: Told) -> None:
    first, second = [await place(client, ((await make_variant()).id, 1)) for _ in range(2)]
    told.payments[first.payment_id] = RuntimeError("broken")
    told.say(snapshot(await payment_of(second.payment_id)))
    broken, good = await webhook(first.payment_id), await webhook(second.payment_id)
    assert await process_inbox() == 2
    rows = {row.id: row for row in await InboxMessage.all()}
    assert (rows[broken.id].work_status, rows[broken.id].last_error) == (WorkStatus.PENDING, "RuntimeError")
    assert rows[good.id].work_status == WorkStatus.DONE
    assert (await read_order(client, second))["status"] == "PAID"


async def test_one_that_cannot_be_put_back_keeps_nobody_waiting(
    client: httpx.AsyncClient, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away at that moment: the lease of that message ends by itself, the others are done."""
    first, second = [await place(client, ((await make_variant()).id, 1)) for _ in range(2)]
    told.payments[first.payment_id] = RuntimeError("broken")
    told.say(snapshot(await payment_of(second.payment_id)))
    broken, good = await webhook(first.payment_id), await webhook(second.payment_id)

    async def lost(*_: object, **__: object) -> None:
        raise OSError("connection lost")

    monkeypatch.setattr("src.app.checkout.services.webhook_inbox.queue.put_back", lost)
    with pytest.raises(OSError, match="connection lost"):
        await process_inbox()
    rows = {row.id: row.work_status for row in await InboxMessage.all()}
    assert rows == {broken.id: WorkStatus.PENDING, good.id: WorkStatus.DONE}


async def test_a_lost_lease_finishes_nothing(client: httpx.AsyncClient, told: Told) -> None:
    """Another worker took the message while this one was reading: it stays that worker's."""
    placed = await place(client, ((await make_variant()).id, 1))
    told.say(snapshot(await payment_of(placed.payment_id)))
    message = await webhook(placed.payment_id)

    class Slow(Told):
        async def get(self, payment_id: str) -> ProviderPayment | None:
            await InboxMessage.filter(id=message.id).update(lease_token="another")
            return await told.get(payment_id)

    with using(Slow()):
        assert await process_inbox() == 1
    row = await InboxMessage.get(id=message.id)
    assert (row.work_status, row.lease_token) == (WorkStatus.PENDING, "another")
