"""The browser settles first: the job leaves fresh webhooks to it, and who comes second waits for the first."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from src.app.checkout.services.settling import settle
from src.app.checkout.services.webhook_inbox import process_inbox
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.services.provider.base import ProviderPayment
from src.app.payment.services.webhooks.receive import HEAD_START
from src.common.models import InboxMessage
from src.common.models.work_item import WorkStatus
from src.common.vendors import Unreachable
from src.common.work import wakeup
from src.core.configs import settings
from src.worker.jobs.run import attempt
from src.worker.jobs.schedule import specs
from tests.app.payment.fakes import Told, snapshot, using
from tests.app.payment.test_webhook_news import open_messages, reads, webhook
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, complete, later, payment_of, place, read_order


class Slow(Told):
    """Answers the first read only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def get(self, payment_id: str) -> ProviderPayment | None:
        answer = self.payments.get(payment_id)  # as it is when the read begins
        self.calls.append(("get", payment_id, {}))
        if not self.asked.is_set():
            self.asked.set()
            await self.go_on.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
async def slow() -> AsyncIterator[Slow]:
    provider = Slow()
    with using(provider):
        yield provider


@pytest.fixture
def told() -> Iterator[Told]:
    provider = Told()
    with using(provider):
        yield provider


async def placed_and_paid(client: httpx.AsyncClient, provider: Told) -> str:
    """The public id of a payment that was paid at PortOne; the shop was not told yet."""
    placed = await place(client, ((await make_variant()).id, 1))
    provider.say(snapshot(await payment_of(placed.payment_id)))
    provider.calls.clear()
    return placed.payment_id


async def look() -> int:
    """The job as its loop runs it."""
    return (await attempt(specs()["process-inbox"])).done


async def test_a_fresh_paid_message_is_left_to_the_browser(client: httpx.AsyncClient, told: Told) -> None:
    payment_id = await placed_and_paid(client, told)
    await webhook(payment_id)
    assert await look() == 0
    assert (await complete(client, payment_id)).status_code == 200
    with later(seconds=HEAD_START.total_seconds()):
        assert await look() == 1
    assert (reads(told), await open_messages()) == ([payment_id], 0)


async def test_without_a_browser_it_is_settled_after_the_head_start(client: httpx.AsyncClient, told: Told) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    told.say(snapshot(await payment_of(placed.payment_id)))
    await webhook(placed.payment_id)
    with later(seconds=HEAD_START.total_seconds() - 0.2):
        assert await look() == 0
    with later(seconds=HEAD_START.total_seconds()):
        assert await look() == 1
    assert (await read_order(client, placed))["status"] == "PAID"
    assert HEAD_START.total_seconds() + specs()["process-inbox"].gather < 1


@pytest.mark.parametrize("type_", ["Transaction.Cancelled", "Transaction.Failed", "Transaction.VirtualAccountIssued"])
async def test_other_messages_wait_for_nobody(client: httpx.AsyncClient, told: Told, type_: str) -> None:
    payment_id = await placed_and_paid(client, told)
    await webhook(payment_id, type_)
    assert await look() == 1
    assert reads(told) == [payment_id]


@pytest.mark.parametrize(("type_", "seconds"), [("Transaction.Paid", 0.5), ("Transaction.Ready", 0.0)])
async def test_the_job_is_woken_when_the_message_is_due(client: httpx.AsyncClient, type_: str, seconds: float) -> None:
    body, now = json.dumps({"type": type_, "data": {"paymentId": "x"}}), datetime.now(UTC)
    signed = Webhook(settings().portone.webhook_secrets[0]).sign("wh_1", now, body)
    headers = {"webhook-id": "wh_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signed}
    await wakeup.wait("process-inbox", 0)
    assert (await client.post(f"{API}/webhooks/portone", content=body, headers=headers)).status_code == 200
    began = time.monotonic()
    await wakeup.wait("process-inbox", 30)
    assert seconds - 0.1 <= time.monotonic() - began < seconds + 20


async def test_a_webhook_waits_for_the_browser_under_way_and_reads_nothing(
    client: httpx.AsyncClient, slow: Slow
) -> None:
    payment_id = await placed_and_paid(client, slow)
    browser = asyncio.create_task(complete(client, payment_id))
    await slow.asked.wait()
    await webhook(payment_id)
    inbox = asyncio.create_task(process_inbox())
    await asyncio.sleep(0.1)
    assert (inbox.done(), await open_messages()) == (False, 1)
    slow.go_on.set()
    assert ((await browser).status_code, await inbox) == (200, 1)
    assert (reads(slow), await open_messages()) == ([payment_id], 0)


async def test_what_the_settlement_under_way_did_not_see_is_read(client: httpx.AsyncClient, slow: Slow) -> None:
    """The shopper paid after the browser's read had begun."""
    payment_id = await placed_and_paid(client, slow)
    paid = slow.payments[payment_id]
    assert isinstance(paid, ProviderPayment)
    slow.say(replace(paid, status="READY", paid_at=None))
    browser = asyncio.create_task(complete(client, payment_id))
    await slow.asked.wait()
    slow.say(replace(paid, updated_at=datetime.now(UTC)))
    await webhook(payment_id)
    inbox = asyncio.create_task(process_inbox())
    await asyncio.sleep(0.1)
    slow.go_on.set()
    assert ((await browser).json()["code"], await inbox) == ("PAYMENT_NOT_PAID", 1)
    assert reads(slow) == [payment_id, payment_id]
    assert (await complete(client, payment_id)).json()["order_status"] == "PAID"


async def test_two_browsers_are_one_read(client: httpx.AsyncClient, slow: Slow) -> None:
    payment_id = await placed_and_paid(client, slow)
    first = asyncio.create_task(complete(client, payment_id))
    await slow.asked.wait()
    second = asyncio.create_task(complete(client, payment_id))
    await asyncio.sleep(0.1)
    slow.go_on.set()
    assert [(await task).json()["order_status"] for task in (first, second)] == ["PAID", "PAID"]
    assert reads(slow) == [payment_id]


async def test_the_browser_reads_again_where_the_settlement_under_way_saw_no_payment(
    client: httpx.AsyncClient, slow: Slow
) -> None:
    payment_id = await placed_and_paid(client, slow)
    paid = slow.payments[payment_id]
    assert isinstance(paid, ProviderPayment)
    slow.say(replace(paid, status="READY", paid_at=None))
    await webhook(payment_id, "Transaction.Ready")
    inbox = asyncio.create_task(process_inbox())
    await slow.asked.wait()
    slow.say(replace(paid, updated_at=datetime.now(UTC)))
    browser = asyncio.create_task(complete(client, payment_id))
    await asyncio.sleep(0.1)
    slow.go_on.set()
    assert ((await browser).json()["order_status"], await inbox) == ("PAID", 1)
    assert reads(slow) == [payment_id, payment_id]


async def test_an_outage_is_that_of_both_and_loses_no_message(client: httpx.AsyncClient, slow: Slow) -> None:
    payment_id = await placed_and_paid(client, slow)
    slow.payments[payment_id] = Unreachable("ReadTimeout")
    browser = asyncio.create_task(complete(client, payment_id))
    await slow.asked.wait()
    message = await webhook(payment_id)
    inbox = asyncio.create_task(process_inbox())
    await asyncio.sleep(0.1)
    slow.go_on.set()
    assert ((await browser).status_code, await inbox) == (502, 1)
    assert reads(slow) == [payment_id]
    row = await InboxMessage.get(id=message.id)
    assert (row.work_status, row.last_error) == (WorkStatus.PENDING, PaymentProviderUnavailable.code)


async def test_who_gives_up_leaves_the_others_to_read_themselves(client: httpx.AsyncClient, slow: Slow) -> None:
    payment_id = await placed_and_paid(client, slow)
    gone = asyncio.create_task(settle(payment_id, told_by="re-read"))
    await slow.asked.wait()
    other = asyncio.create_task(complete(client, payment_id))
    await asyncio.sleep(0.1)
    gone.cancel()
    assert (await other).json()["order_status"] == "PAID"
    assert reads(slow) == [payment_id, payment_id]
