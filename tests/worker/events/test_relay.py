"""Events go from the outbox to their handlers, at least once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from src.app.auth.models import PasswordReset, SocialAccount
from src.app.order.models import Order, OrderStatus
from src.app.payment.models import Payment, PayMethod
from src.app.payment.services.attempts import open_payment
from src.app.user.models import UserMemo
from src.common import clock
from src.common.models import LegalRecord, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core import redis as core_redis
from src.core.configs import Settings
from src.core.configs.groups import RedisSettings
from src.core.database import unit_of_work
from src.core.redis import close_redis, open_redis
from src.worker.events.handlers import HANDLERS, take_ordered_out_of_cart
from src.worker.jobs.run import run_job
from tests.conftest import free_port
from tests.factories.carts import guest_with, lines_of
from tests.factories.catalogue import make_variant
from tests.factories.orders import as_placed, complete, control, later, make_order, order_body, post_order, way_of
from tests.factories.people import make_member, make_staff


@asynccontextmanager
async def redis_away() -> AsyncIterator[None]:
    """Nobody answers where Redis was; what it holds is there again afterwards."""
    kept = core_redis._client
    open_redis(Settings(redis=RedisSettings(url=f"redis://127.0.0.1:{free_port()}/0")))
    try:
        yield
    finally:
        await close_redis()
        core_redis._client = kept


async def event(topic: str, payload: dict[str, Any], *, aggregate: str = "order:1") -> OutboxEvent:
    return await OutboxEvent.create(
        topic=topic, aggregate=aggregate, payload=payload, available_at=clock.now(), created_at=clock.now()
    )


async def test_event_nobody_listens_to_is_done(empty: None) -> None:
    await event("nobody.cares", {})
    assert await run_job("relay-outbox") == 1
    row = await OutboxEvent.get()
    assert (row.work_status, row.attempts) == (WorkStatus.DONE, 1)


async def test_event_whose_handler_breaks_waits_and_keeps_no_other(empty: None) -> None:
    await event("order.paid", {"order_id": 10**9})
    await event("nobody.cares", {}, aggregate="order:2")
    assert await run_job("relay-outbox") == 2
    broken, fine = await OutboxEvent.all().order_by("id")
    assert (broken.work_status, broken.attempts, broken.last_error) == (WorkStatus.PENDING, 1, "OrderNotFound")
    assert fine.work_status == WorkStatus.DONE


async def test_event_that_breaks_for_ever_is_set_aside(empty: None) -> None:
    await event("order.paid", {"order_id": 10**9})
    for attempt in range(21):
        with later(hours=2 * attempt):
            await run_job("relay-outbox")
    row = await OutboxEvent.get()
    assert (row.work_status, row.attempts) == (WorkStatus.DEAD, 20)


async def test_event_waits_for_redis_and_loses_nothing(client: httpx.AsyncClient) -> None:
    """Redis is away while the order is paid: the payment settles, the cart is emptied when Redis is back."""
    variant = await make_variant()
    cart = await guest_with(client, (variant.id, 2))
    answer = await post_order(client, order_body(expected_total=22_500, items=None, from_cart=True), headers=cart)
    placed = as_placed(answer, cart)

    async with redis_away():
        await control(client, placed.payment_id, "pay")
        assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
        assert await run_job("relay-outbox") == 1
        waiting = await OutboxEvent.get()
        assert (waiting.work_status, waiting.last_error) == (WorkStatus.PENDING, "CartStoreUnavailable")

    assert await lines_of(client, cart) == [(variant.id, 2)]
    with later(seconds=5):
        assert await run_job("relay-outbox") == 1
    assert await lines_of(client, cart) == []


def test_both_events_that_end_a_purchase_empty_the_cart() -> None:
    for topic in ("order.paid", "order.awaiting_deposit"):
        assert HANDLERS[topic][-1] is take_ordered_out_of_cart  # last: it needs Redis


async def test_of_who_left_nothing_in_the_database_waits_for_redis(client: httpx.AsyncClient) -> None:
    member = await make_member()
    order = await make_order(await make_variant(), status=OrderStatus.DELIVERED, member_id=member.id)
    payment = await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.CARD), total=order.total))
    await Payment.filter(id=payment.id).update(receipt_url="https://receipt.example.com/1")
    author, now = await make_staff(), clock.now()
    await UserMemo.create(user_id=member.id, author_id=author.id, body="두 번 문의함", created_at=now)
    await PasswordReset.create(user_id=member.id, token_hash="x", expires_at=now, created_at=now)
    await SocialAccount.create(user_id=member.id, provider="naver", subject="1", linked_at=now, used_at=now)
    await event("user.withdrawn", {"user_id": member.id, "session_epoch": 1})

    async with redis_away():
        assert await run_job("relay-outbox") == 1
        waiting = await OutboxEvent.get()
        assert (waiting.work_status, waiting.last_error) == (WorkStatus.PENDING, "SessionStoreUnavailable")
        assert ((await Order.get()).orderer_name, (await Payment.get()).receipt_url) == ("", "")
        assert (await UserMemo.all().count(), await SocialAccount.all().count()) == (0, 0)
        assert (await PasswordReset.get()).voided_at is not None

    with later(seconds=5):
        assert await run_job("relay-outbox") == 1
    assert (await OutboxEvent.get()).work_status == WorkStatus.DONE
    assert sorted([row.domain for row in await LegalRecord.all()]) == ["order", "payment"]
