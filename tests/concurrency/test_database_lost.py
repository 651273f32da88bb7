"""Promises P1 to P3 while the database tears connections or is away: clients are told so by 503, nothing is half
done."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.concurrency.books import all_worked_off, faults, money_is_right
from tests.concurrency.buyers import (
    code,
    complete,
    crowd,
    new_key,
    pay,
    payment_id,
    place,
    placed,
    quoted_body,
    set_stock,
    some_variants,
    stock_of,
    tally,
)
from tests.concurrency.proxy import Relay, relay
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, Shop, needs_servers, running, until, within
from tests.conftest import on_server

pytestmark = needs_servers

AWAY = {(503, "DATABASE_UNAVAILABLE"), (503, "DATABASE_BUSY")}
SHOPPERS = 20
ROUNDS = 3


class Answers:
    """What came back: every answer, the keys and bodies that were sent, the orders that were answered."""

    def __init__(self) -> None:
        self.placed: list[httpx.Response] = []
        self.others: list[httpx.Response] = []
        self.orders: dict[str, dict[str, Any]] = {}
        self.keys: list[str] = []


async def shop_around(client: httpx.AsyncClient, body: dict[str, Any], seen: Answers) -> None:
    """Order, pay, come back, look around."""
    key = new_key()
    seen.keys.append(key)
    answer = await place(client, body, key)
    seen.placed.append(answer)
    if answer.status_code == 201:
        order = seen.orders[key] = answer.json()
        await pay(client, order, webhook="send")
        seen.others.append(await complete(client, order))
        token = {"X-Guest-Token": order["guest_token"]}
        seen.others.append(await client.get(f"{API}/orders/{order['order_no']}", headers=token))
    seen.others.append(await client.get(f"{API}/products/{body['items'][0]['variant_id']}"))
    seen.others.append(await client.get(f"{API}/products?in_stock=true&sort=price_asc"))


async def shopping(clients: Sequence[httpx.AsyncClient], body: dict[str, Any]) -> Answers:
    """20 shoppers, three times each."""
    seen = Answers()

    async def again_and_again(client: httpx.AsyncClient) -> None:
        for _ in range(ROUNDS):
            await shop_around(client, body, seen)

    await asyncio.gather(*(again_and_again(client) for client in clients))
    return seen


async def check_answers(seen: Answers) -> None:
    """Some orders were made, some requests were torn, and all that was said is 503 with one of our codes."""
    assert set(tally(seen.placed)) <= {(201, ""), *AWAY}
    assert set(tally(seen.others)) <= {(200, ""), (404, "PRODUCT_NOT_FOUND"), *AWAY}
    assert all("Retry-After" in answer.headers for answer in (*seen.placed, *seen.others) if answer.status_code == 503)


async def finished(client: httpx.AsyncClient, body: dict[str, Any], key: str, seen: Answers) -> None:
    """The key makes or finds one order, which can be paid if it was not, and is PAID."""
    order = await placed(client, body, key)
    assert order["order_no"] == seen.orders.setdefault(key, order)["order_no"]
    if (await client.get(f"/sandbox/control/payments/{payment_id(order)}")).status_code == 404:
        await pay(client, order)
    answer = await complete(client, order)
    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    assert (await placed(client, body, key))["order_no"] == order["order_no"]


async def check_afterwards(
    shop: Shop, database: Database, client: httpx.AsyncClient, seen: Answers, body: dict[str, Any], stock: int
) -> None:
    """Everything works again, every key makes one order, all paid orders are PAID, and no unit is lost."""
    variant = body["items"][0]["variant_id"]

    async def is_ready() -> bool:
        return bool((await client.get("/health/ready")).json() == {"status": "ok", "failing": []})

    assert await until(is_ready)
    await database.rows("UPDATE idempotency_key SET lease_until = '2020-01-01 00:00:00.000000' WHERE state = 'RUNNING'")
    await asyncio.gather(*(finished(client, body, key, seen) for key in seen.keys))
    assert len({order["order_no"] for order in seen.orders.values()}) == SHOPPERS * ROUNDS
    # What a worker had taken and could not give back would wait for its lease of 120 s.
    await database.end_leases()
    await all_worked_off(database, seconds=60)
    assert {one.verdict for one in await money_is_right(database, client)} == {"SETTLED"}
    assert await database.number("SELECT COUNT(*) FROM orders") == SHOPPERS * ROUNDS
    assert await stock_of(database, variant) == stock - SHOPPERS * ROUNDS
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(300)
async def test_killed_connections_are_503_and_nothing_is_half_done(database: Database, tmp_path: Path) -> None:
    """Every connection of the shop is killed again and again among 60 checkouts with payments and webhooks."""
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache}
        async with running(address, tmp_path / "state") as shop, shop.client() as client:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 200)
            body = await quoted_body(client, [(variant, 1)])
            over = asyncio.Event()
            killed = 0

            async def killer() -> None:
                nonlocal killed
                while not over.is_set():
                    killed += await database.kill_connections()
                    await asyncio.sleep(0.1)

            killing = asyncio.create_task(killer())
            try:
                clients = [shop.client(connections=1) for _ in range(SHOPPERS)]
                seen = await shopping(clients, body)
            finally:
                over.set()
                await killing
                for one in clients:
                    await one.aclose()
            assert killed >= 10
            await check_answers(seen)
            assert any(code(answer) for answer in seen.placed)
            await check_afterwards(shop, database, client, seen, body, 200)


@within(300)
async def test_a_database_that_is_away_for_a_while_is_503_and_comes_back(database: Database, tmp_path: Path) -> None:
    """All connections are torn and none is accepted for two seconds among 60 checkouts, as in a restart."""
    with any_redis(tmp_path / "redis") as cache:
        async with relay(database) as between:
            address = {"DATABASE_URL": between.url(database), "REDIS_URL": cache}
            async with running(address, tmp_path / "state") as shop, shop.client() as client:
                (variant,) = await some_variants(database, 1)
                await set_stock(database, variant, 200)
                body = await quoted_body(client, [(variant, 1)])
                clients = [shop.client(connections=1) for _ in range(SHOPPERS)]
                shopped = asyncio.create_task(shopping(clients, body))
                await asyncio.sleep(0.7)
                await away(between, client, body)
                seen = await shopped
                for one in clients:
                    await one.aclose()
                await check_answers(seen)
                await check_afterwards(shop, database, client, seen, body, 200)


async def away(between: Relay, client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """The database is away; what is asked meanwhile is 503 by name."""
    await between.close()
    try:
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()) == (503, {"status": "unavailable", "failing": ["database"]})
        answers = [
            await place(client, body),
            await client.post(f"{API}/cart/quote", json={"items": body["items"]}),
            await client.get(f"{API}/products/999999999/stock"),
            await client.post(f"{API}/orders/lookup", json={"order_no": "20261120-7Q6X9ZPM", "phone": "01012345678"}),
        ]
        assert tally(answers) == {(503, "DATABASE_UNAVAILABLE"): 4}
        assert (await client.get("/health")).status_code == 200
        await asyncio.sleep(2)
    finally:
        await between.open()


@within(300)
async def test_a_database_that_gives_too_few_connections_is_503_and_no_500(database: Database, tmp_path: Path) -> None:
    """The server grants this shop 6 connections, its two workers would like 30, and 60 buyers come at once for 60
    units: whoever is refused is told 503. Once the server grants more, the same keys sell all 60 units."""
    with any_redis(tmp_path / "redis") as cache:
        async with user_of_its_own(database) as url:
            environment = {"DATABASE_URL": url, "REDIS_URL": cache}
            async with running(environment, tmp_path / "state") as shop, crowd(shop, 60) as (buyers, _):
                (variant,) = await some_variants(database, 1)
                await set_stock(database, variant, 60)
                body = await quoted_body(buyers[0], [(variant, 1)])
                keys = {new_key(): buyer for buyer in buyers}
                await grant(database, connections=6)
                said = await asyncio.gather(*(place(buyer, body, key) for key, buyer in keys.items()))
                await grant(database, connections=100)
                assert set(tally(said)) <= {(201, ""), *AWAY}
                assert any(code(answer) for answer in said)
                await database.end_leases()
                for key, buyer in keys.items():
                    await finished(buyer, body, key, Answers())
                assert await stock_of(database, variant) == 0
                await database.end_leases()
                await all_worked_off(database, seconds=60)
                assert await faults(database) == {}
                assert shop.unhandled() == []


@asynccontextmanager
async def user_of_its_own(database: Database) -> AsyncIterator[str]:
    """The database's address for a user named like it, whose connections `grant` limits."""
    user, password, at = database.name, new_key(), database.address
    await on_server(f"CREATE USER '{user}'@'%' IDENTIFIED BY '{password}'")
    try:
        await on_server(f"GRANT ALL ON {database.name}.* TO '{user}'@'%'")
        yield f"mysql://{user}:{password}@{at.host}:{at.port}/{at.database}"
    finally:
        await on_server(f"DROP USER '{user}'@'%'")


async def grant(database: Database, *, connections: int) -> None:
    """That user may have so many connections at a time; those that are open stay."""
    await on_server(f"ALTER USER '{database.name}'@'%' WITH MAX_USER_CONNECTIONS {connections}")
