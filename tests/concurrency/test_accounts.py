"""Virtual accounts over two workers: whoever sees one first, it has one day, one end, and nobody is told twice."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.concurrency.books import all_worked_off, faults, money_is_right
from tests.concurrency.buyers import (
    code,
    complete,
    crowd,
    new_key,
    pay,
    payment_id,
    placed,
    quoted_body,
    set_stock,
    some_variants,
    status_of,
    stock_of,
    tally,
)
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, NO_ACCOUNTS, Shop, needs_servers, running, until, within

pytestmark = needs_servers

Calm = tuple[Shop, Database]
WEBHOOKS = ("twice", "late", "out_of_order", "before_redirect", "none")
OFFERED = {"PAY_METHODS": "CARD,VIRTUAL_ACCOUNT"}


async def act(client: httpx.AsyncClient, order: dict[str, Any], action: str, webhook: str) -> httpx.Response:
    """What the shopper, the bank or the console does, and what becomes of the webhook."""
    path = f"/sandbox/control/payments/{payment_id(order)}"
    return await client.post(path, json={"action": action, "webhook": webhook})


async def at_provider(client: httpx.AsyncClient, order: dict[str, Any]) -> str:
    answer = await client.get(f"/sandbox/control/payments/{payment_id(order)}")
    return str(answer.json()["status"])


async def another_try(client: httpx.AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
    headers = {"X-Guest-Token": order["guest_token"], "Idempotency-Key": new_key()}
    answer = await client.post(
        f"{API}/orders/{order['order_no']}/payments", json={"pay_method": "CARD"}, headers=headers
    )
    assert answer.status_code == 201, answer.text
    return {**order, "payment": answer.json()}


async def cancel(client: httpx.AsyncClient, order: dict[str, Any]) -> httpx.Response:
    headers = {"X-Guest-Token": order["guest_token"], "Idempotency-Key": new_key()}
    return await client.post(f"{API}/orders/{order['order_no']}/cancel", json={}, headers=headers)


async def events_of(database: Database, orders: Sequence[dict[str, Any]]) -> Counter[tuple[str, int]]:
    """How many of these orders have so many events of each topic."""
    numbers = ", ".join(f"'{order['order_no']}'" for order in orders)
    rows = await database.rows(
        "SELECT e.topic, COUNT(*) FROM orders o JOIN outbox_event e ON e.aggregate = CONCAT('order:', o.id)"
        f" WHERE o.order_no IN ({numbers}) GROUP BY o.id, e.topic"
    )
    return Counter((str(topic), int(count)) for topic, count in rows)


async def hops_of(database: Database, orders: Sequence[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """How often these orders went from where to where."""
    numbers = ", ".join(f"'{order['order_no']}'" for order in orders)
    rows = await database.rows(
        "SELECT e.from_status, e.to_status FROM orders o JOIN order_event e ON e.order_id = o.id"
        f" WHERE o.order_no IN ({numbers})"
    )
    return Counter((str(came_from), str(to)) for came_from, to in rows)


async def storm(clients: Sequence[httpx.AsyncClient], order: dict[str, Any], action: str, webhook: str) -> list[str]:
    """The action, and right after it five `complete` at once beside its webhooks; what they said."""
    answer = await act(clients[0], order, action, webhook)
    assert answer.status_code == 200, answer.text
    return [code(answer) for answer in await asyncio.gather(*(complete(client, order) for client in clients[:5]))]


@pytest.mark.fault("M1")
@within(180)
async def test_account_that_is_not_offered_is_closed_by_whoever_sees_it_first(calm: Calm) -> None:
    """Ten accounts, their webhooks late, twice, out of order, at once or lost, beside five `complete` each: every one
    is closed, no order waits for it or holds its stock longer, and nothing is told."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=14)
    await set_stock(database, variant, 20)
    async with crowd(shop, 50) as (clients, _):
        body = await quoted_body(clients[0], [(variant, 1)])
        orders = [await placed(clients[0], body) for _ in range(10)]
        said = await asyncio.gather(
            *(
                storm(clients[at * 5 :], order, "issue_virtual_account", WEBHOOKS[at % 5])
                for at, order in enumerate(orders)
            )
        )
        assert {word for words in said for word in words} == {"PAYMENT_NOT_PAID"}
        await all_worked_off(database)
        assert {await at_provider(clients[0], order) for order in orders} == {"CANCELLED"}
        assert {await status_of(clients[0], order) for order in orders} == {"PENDING"}
        numbers = ", ".join(f"'{order['order_no']}'" for order in orders)
        assert await database.number(
            f"SELECT COUNT(*) FROM orders WHERE order_no IN ({numbers}) AND expires_at > created_at + INTERVAL 31 MINUTE"
        ) == 0  # fmt: skip
        assert await events_of(database, orders) == {}
        assert await hops_of(database, orders) == {("", "PENDING"): 10}
        for order in orders:
            assert (await cancel(clients[0], order)).status_code == 200
    assert await stock_of(database, variant) == 20
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(300)
async def test_account_that_is_closed_or_too_late_has_one_end_whoever_tells(database: Database, tmp_path: Path) -> None:
    """Ten orders wait for a deposit. Their accounts are closed at once beside completes and webhooks: each goes back
    once, is told of once, and is paid by another try. Then a window left open issues one more account for each."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache, **OFFERED}
        async with running(environment, tmp_path / "state") as shop:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 20)
            async with crowd(shop, 50) as (clients, _):
                client = clients[0]
                body = await quoted_body(client, [(variant, 1)])
                orders = [await placed(client, body) for _ in range(10)]
                left_open = [await another_try(client, order) for order in orders]
                issued = await asyncio.gather(
                    *(
                        storm(clients[at * 5 :], order, "issue_virtual_account", WEBHOOKS[at % 5])
                        for at, order in enumerate(orders)
                    )
                )
                assert {word for words in issued for word in words} == {""}
                assert {await status_of(client, order) for order in orders} == {"AWAITING_DEPOSIT"}

                closed = await asyncio.gather(
                    *(
                        storm(clients[at * 5 :], order, "close_account", WEBHOOKS[at % 5])
                        for at, order in enumerate(orders)
                    )
                )
                assert {word for words in closed for word in words} == {"PAYMENT_NOT_PAID"}
                await all_worked_off(database)
                assert {await status_of(client, order) for order in orders} == {"PENDING"}
                assert await hops_of(database, orders) == {
                    ("", "PENDING"): 10,
                    ("PENDING", "AWAITING_DEPOSIT"): 10,
                    ("AWAITING_DEPOSIT", "PENDING"): 10,
                }
                told = {("order.awaiting_deposit", 1): 10, ("order.account_closed", 1): 10}
                assert await events_of(database, orders) == told
                assert await database.rows(
                    "SELECT way, COUNT(*) FROM message WHERE template = 'account_closed' GROUP BY way ORDER BY way"
                ) == [("mail", 10), ("phone", 10)]

                again = [await another_try(client, order) for order in orders]
                for order in again:
                    await pay(client, order)
                assert tally([await complete(client, order) for order in again]) == {(200, ""): 10}
                late = await asyncio.gather(
                    *(
                        storm(clients[at * 5 :], order, "issue_virtual_account", WEBHOOKS[at % 5])
                        for at, order in enumerate(left_open)
                    )
                )
                assert {word for words in late for word in words} == {"ORDER_ALREADY_PAID"}
                await all_worked_off(database)
                assert {await at_provider(client, order) for order in left_open} == {"CANCELLED"}
                await money_is_right(database, client)
            assert await stock_of(database, variant) == 10
            assert await faults(database) == {}
            assert shop.unhandled() == []


@within(300)
async def test_deposit_and_cancel_at_the_same_moment_have_one_winner(database: Database, tmp_path: Path) -> None:
    """Ten orders wait for a deposit; it arrives while its shopper cancels from both workers and the browser completes.
    Who was first at PortOne wins: a deposit that was taken is an order that is paid, one that was refused an order that
    is cancelled and whose stock is back."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache, **OFFERED}
        async with running(environment, tmp_path / "state") as shop:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 20)
            async with crowd(shop, 50) as (clients, _):
                client = clients[0]
                body = await quoted_body(client, [(variant, 1)])
                orders = [await placed(client, body) for _ in range(10)]
                for order in orders:
                    await act(client, order, "issue_virtual_account", "none")
                    assert (await complete(client, order)).status_code == 200

                async def race(at: int, order: dict[str, Any]) -> tuple[int, list[httpx.Response]]:
                    own = clients[at * 5 : at * 5 + 5]
                    deposit, *cancels = await asyncio.gather(
                        act(own[0], order, "deposit", WEBHOOKS[at % 5]),
                        *(cancel(one, order) for one in own[1:4]),
                        complete(own[4], order),
                    )
                    return deposit.status_code, cancels[:3]

                results = await asyncio.gather(*(race(at, order) for at, order in enumerate(orders)))
                await all_worked_off(database)
                for order, (deposited, cancels) in zip(orders, results, strict=True):
                    if deposited == 200:
                        assert await status_of(client, order) in ("PAID", "AWAITING_DEPOSIT")
                        assert (await complete(client, order)).json()["order_status"] == "PAID"
                    else:
                        assert {answer.status_code for answer in cancels} == {200}
                        assert await status_of(client, order) == "CANCELLED"
                taken = sum(deposited == 200 for deposited, _ in results)
                await money_is_right(database, client)
            assert await stock_of(database, variant) == 20 - taken
            assert await faults(database) == {}
            assert shop.unhandled() == []


@within(300)
async def test_sigkill_while_an_account_is_being_closed_leaves_none_open(database: Database, tmp_path: Path) -> None:
    """PortOne closes one account without answering, and refuses to close another, when the shop is killed. After the
    restart the re-read job finds both: one is closed already, the other is closed then."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache, **NO_ACCOUNTS}
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 10)
            body = await quoted_body(client, [(variant, 1)])
            orders = [await placed(client, body) for _ in range(2)]
            kinds = ("timeout_after", "timeout_before")
            faulty = [
                {"operation": "close", "kind": kind, "payment_id": payment_id(order)}
                for kind, order in zip(kinds, orders, strict=True)
            ]
            assert (await client.put("/sandbox/control/faults", json={"faults": faulty})).status_code == 200

            async def compared_once() -> (
                bool
            ):  # the job that compares with PortOne runs at the start, then minutes later
                ended = "name = 'reconcile-payments' AND last_finished_at IS NOT NULL"
                return await database.number(f"SELECT COUNT(*) FROM job WHERE {ended}") == 1

            assert await until(compared_once)
            for order in orders:
                assert (await act(client, order, "issue_virtual_account", "none")).status_code == 200
            waiting = [asyncio.create_task(complete(client, order)) for order in orders]

            async def both_are_seen() -> bool:
                seen = "SELECT COUNT(*) FROM payment WHERE status = 'VIRTUAL_ACCOUNT_ISSUED'"
                return await database.number(f"{seen} AND next_reread_at IS NOT NULL") == 2

            assert await until(both_are_seen, every=0.02)
            await asyncio.sleep(0.3)
            shop.kill()
            await asyncio.gather(*waiting, return_exceptions=True)
        assert await database.number("SELECT COUNT(*) FROM payment WHERE status = 'VIRTUAL_ACCOUNT_ISSUED'") == 2
        await database.rows("UPDATE payment SET next_reread_at = UTC_TIMESTAMP(6)")

        async with running(environment, tmp_path / "state") as shop, shop.client() as client:

            async def both_are_closed() -> bool:
                return await database.number("SELECT COUNT(*) FROM payment WHERE status = 'CANCELLED'") == 2

            assert await until(both_are_closed)
            assert {await at_provider(client, order) for order in orders} == {"CANCELLED"}
            assert {await status_of(client, order) for order in orders} == {"PENDING"}
            assert await hops_of(database, orders) == {("", "PENDING"): 2}
            shop.kill()  # the sandbox holds unanswered closes for 20 s, and a worker that is told to end waits for them
        assert await faults(database) == {}
        assert shop.unhandled() == []
