"""Promises P3 and P6 over two workers: whoever says first that an order is paid, it is settled once."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook

from src.core.configs.groups import LOCAL_WEBHOOK_SECRET
from tests.concurrency.books import all_worked_off, faults, money_is_right
from tests.concurrency.buyers import (
    complete,
    crowd,
    pay,
    payment_id,
    placed,
    quoted_body,
    set_stock,
    some_variants,
    status_of,
    tally,
)
from tests.concurrency.servers import Database
from tests.concurrency.support import API, Shop, needs_servers, until, within

pytestmark = needs_servers

Calm = tuple[Shop, Database]


def signed(payment: str) -> tuple[bytes, dict[str, str]]:
    """A webhook as the sandbox signs it, about a paid payment."""
    now = datetime.now(UTC)
    data = {"storeId": "store-sandbox", "paymentId": payment, "transactionId": secrets.token_hex(8)}
    message = json.dumps({"type": "Transaction.Paid", "timestamp": now.isoformat(), "data": data})
    number = f"wh_{secrets.token_hex(12)}"
    return message.encode(), {
        "content-type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(LOCAL_WEBHOOK_SECRET).sign(number, now, message),
    }


async def tell(client: httpx.AsyncClient, letter: tuple[bytes, dict[str, str]]) -> httpx.Response:
    """Deliver the webhook once."""
    return await client.post(f"{API}/webhooks/portone", content=letter[0], headers=letter[1])


async def storm(
    clients: Sequence[httpx.AsyncClient], order: dict[str, Any]
) -> tuple[list[httpx.Response], list[httpx.Response]]:
    """One webhook ten times beside five completes, all at once, each on a connection of its own."""
    letter = signed(payment_id(order))
    told = [tell(client, letter) for client in clients[:10]]
    completed = [complete(client, order) for client in clients[10:15]]
    answers = await asyncio.gather(*told, *completed)
    return list(answers[:10]), list(answers[10:])


@within(180)
async def test_a_webhook_ten_times_beside_complete_settles_once(calm: Calm) -> None:
    """Ten paid orders, for each the same genuine webhook ten times at once beside five `complete` calls: every answer
    is 200, and each order has one SALE per line, one OrderPaid, one hop to PAID, and one inbox row per webhook id."""
    shop, database = calm
    a, b = await some_variants(database, 2, skip=8)
    for variant in (a, b):
        await set_stock(database, variant, 40)
    async with crowd(shop, 150) as (clients, _):
        client = clients[0]
        body = await quoted_body(client, [(a, 2), (b, 1)])
        orders = [await placed(client, body) for _ in range(10)]
        for order in orders:
            await pay(client, order)
        rounds = await asyncio.gather(*(storm(clients[at * 15 :], order) for at, order in enumerate(orders)))
        told = [answer for letters, _ in rounds for answer in letters]
        completed = [answer for _, completes in rounds for answer in completes]
        assert tally(told) == {(200, ""): 100}
        assert tally(completed) == {(200, ""): 50}
        assert {answer.json()["order_status"] for answer in completed} == {"PAID"}
        await all_worked_off(database)
        assert [await status_of(client, order) for order in orders] == ["PAID"] * 10
        paid = await money_is_right(database, client)
    ours = {payment_id(order) for order in orders}
    assert {one.verdict for one in paid if one.payment_id in ours} == {"SETTLED"}
    numbers = ", ".join(f"'{order['order_no']}'" for order in orders)
    mine = f"o.order_no IN ({numbers})"
    sold = "FROM orders o JOIN order_line n ON n.order_id = o.id JOIN stock_ledger l ON l.line_id = n.id"
    assert await database.number(f"SELECT COUNT(*) {sold} WHERE l.kind = 'SALE' AND {mine}") == 20
    events = "FROM orders o JOIN outbox_event e ON e.aggregate = CONCAT('order:', o.id)"
    assert await database.number(f"SELECT COUNT(*) {events} WHERE e.topic = 'order.paid' AND {mine}") == 10
    hops = "FROM orders o JOIN order_event e ON e.order_id = o.id"
    assert await database.number(f"SELECT COUNT(*) {hops} WHERE e.to_status = 'PAID' AND {mine}") == 10
    ids = ", ".join(f"'{letters[0].request.headers['webhook-id']}'" for letters, _ in rounds)
    assert await database.rows(
        f"SELECT COUNT(*), COUNT(DISTINCT message_id), SUM(work_status = 'DONE') FROM inbox_message"
        f" WHERE message_id IN ({ids})"
    ) == [(10, 10, 10)]
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(180)
async def test_webhooks_and_another_try_paid_at_once_settle_one_payment(calm: Calm) -> None:
    """Two payments of one order are paid and told of at the same moment, five times: one settles, the other is given
    back in full, once."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=10)
    await set_stock(database, variant, 40)
    async with crowd(shop, 150) as (clients, _):
        client = clients[0]
        body = await quoted_body(client, [(variant, 1)])
        orders = [await placed(client, body) for _ in range(5)]
        pairs = []
        for order in orders:
            headers = {"X-Guest-Token": order["guest_token"], "Idempotency-Key": secrets.token_hex(16)}
            answer = await client.post(
                f"{API}/orders/{order['order_no']}/payments", json={"pay_method": "CARD"}, headers=headers
            )
            assert answer.status_code == 201, answer.text
            pairs.append((order, {**order, "payment": answer.json()}))
        for pair in pairs:
            for order in pair:
                await pay(client, order)
        both = [order for pair in pairs for order in pair]
        rounds = await asyncio.gather(*(storm(clients[at * 15 :], order) for at, order in enumerate(both)))
        assert tally([answer for letters, _ in rounds for answer in letters]) == {(200, ""): 100}
        for (_, first), (_, second) in zip(rounds[::2], rounds[1::2], strict=True):
            assert sorted([set(tally(first)).pop(), set(tally(second)).pop()]) == [
                (200, ""),
                (409, "ORDER_ALREADY_PAID"),
            ]
            assert len(tally(first)) == len(tally(second)) == 1
        await all_worked_off(database)
        paid = await money_is_right(database, client)
    ours = {payment_id(order) for order in both}
    assert sorted(one.verdict for one in paid if one.payment_id in ours) == ["DUPLICATE"] * 5 + ["SETTLED"] * 5
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(180)
async def test_forged_webhooks_change_nothing(calm: Calm) -> None:
    """A webhook about a really paid payment under a foreign signature, an old timestamp or another's id: 400, and the
    order stays PENDING until a genuine one comes."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=11)
    await set_stock(database, variant, 5)
    async with shop.client() as client:
        order = await placed(client, await quoted_body(client, [(variant, 1)]))
        await pay(client, order)
        before = await database.number("SELECT COUNT(*) FROM inbox_message")
        body, headers = signed(payment_id(order))
        old = str(int(headers["webhook-timestamp"]) - 3600)
        forged = [
            (body, {**headers, "webhook-signature": "v1," + "A" * 43 + "="}),
            (body, {**headers, "webhook-timestamp": old}),
            (body, {**headers, "webhook-id": "wh_other"}),
            (body.replace(b"Paid", b"Gone"), headers),
        ]
        answers = await asyncio.gather(*(tell(client, letter) for letter in forged))
        assert tally(answers) == {(400, "WEBHOOK_SIGNATURE_INVALID"): 4}
        assert await database.number("SELECT COUNT(*) FROM inbox_message") == before
        assert await status_of(client, order) == "PENDING"
        assert (await tell(client, (body, headers))).status_code == 200

        async def is_paid() -> bool:
            return await status_of(client, order) == "PAID"

        assert await until(is_paid)
    assert await faults(database) == {}
