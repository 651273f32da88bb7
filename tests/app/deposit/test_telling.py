"""Mails and texts about a manual transfer, once each."""

from dataclasses import replace

import httpx
import pytest

from src.app.deposit.models import ManualTransfer
from src.app.notification.models import Message
from src.core.configs import settings, use
from src.core.configs.deposit_groups import DepositSettings
from src.worker.jobs.run import run_job
from tests.app.deposit.support import deposit, waiting
from tests.app.staff.people import headers_with
from tests.factories.orders import Placed, expire, later, order_of
from tests.worker.messages.support import a_phone, again, an_address, deliver, inbox

pytestmark = pytest.mark.usefixtures("empty")


async def ordered(client: httpx.AsyncClient) -> tuple[Placed, dict[str, str]]:
    who = {"name": "김민지", "phone": a_phone(), "email": an_address()}
    return await waiting(client, orderer=who, depositor_name="김철수"), who


async def test_account_sum_name_and_day_are_told_once(client: httpx.AsyncClient) -> None:
    placed, who = await ordered(client)

    assert await deliver() == 2
    await again()
    assert await run_job("send-messages") == 0

    (mail,) = await inbox(client, who["email"])
    (sms,) = await inbox(client, who["phone"])
    due = placed.body["deposit"]["due_at"][:16].replace("T", " ")
    for part in ("신한은행", "110-123-456789", "김철수", f"{placed.total:,}원", due):
        assert part in mail["body"], part
        assert part in sms["body"], part


async def test_the_payment_is_told_as_a_manual_transfer(client: httpx.AsyncClient) -> None:
    placed, who = await ordered(client)
    await deposit(client, await headers_with(client, "payment:confirm"), placed.order_no, placed.total)
    await deliver()
    mail = (await inbox(client, who["email"]))[-1]
    assert "결제 수단: 무통장입금" in mail["body"]


async def test_nothing_is_asked_for_once_it_is_paid(client: httpx.AsyncClient) -> None:
    placed, _ = await ordered(client)
    await deposit(client, await headers_with(client, "payment:confirm"), placed.order_no, placed.total)
    await deliver()
    assert {row.template for row in await Message.all()} == {"order_paid"}


async def test_what_is_left_is_asked_for_before_the_day(client: httpx.AsyncClient) -> None:
    with use(replace(settings(), deposits=DepositSettings(due="40h", check_hours=0))):
        placed, _ = await ordered(client)
    await deposit(client, await headers_with(client, "payment:confirm"), placed.order_no, 10_000)
    await deliver()
    transfer = await ManualTransfer.get(order_id=(await order_of(placed)).id)
    hours = (transfer.due_at - transfer.created_at).total_seconds() / 3600

    with later(hours=hours - 13):
        assert await run_job("remind-deposits") == 0
    with later(hours=hours - 11.5):
        first, second = await run_job("remind-deposits"), await run_job("remind-deposits")

    assert (first, second) == (1, 0)
    assert await Message.filter(template="transfer_reminder").count() == 2


async def test_the_end_is_told(client: httpx.AsyncClient) -> None:
    _, who = await ordered(client)
    await deliver()
    assert await expire(days=20) == 1
    await deliver()
    assert "취소" in (await inbox(client, who["email"]))[-1]["subject"]
