"""Promises P1, P2, P3 and P12 over SIGKILL: whatever was under way, nothing paid is lost and nothing held is leaked."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.concurrency.books import all_ended, all_worked_off, faults, money_is_right
from tests.concurrency.buyers import (
    complete,
    new_key,
    pay,
    payment_id,
    place,
    quoted_body,
    set_stock,
    some_variants,
    stock_of,
)
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import Shop, needs_servers, running, until, within

pytestmark = needs_servers

CHECKOUTS = 200
AT_ONCE = 25


@dataclass
class Checkouts:
    """What the clients know of their checkouts: keys they sent, orders they were told of, payments made."""

    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)

    def unanswered(self) -> list[str]:
        """Keys whose request was sent and never answered."""
        return [key for key in self.keys if key not in self.orders]


async def shop_around(client: httpx.AsyncClient, body: dict[str, Any], kind: int, seen: Checkouts) -> None:
    """One shopper: orders, then pays or does not, and comes back or does not, by the kind 0 to 4."""
    key = new_key()
    seen.keys[key] = body
    answer = await place(client, body, key)
    assert answer.status_code == 201, answer.text
    order = seen.orders[key] = answer.json()
    if kind == 4:  # looks at the payment window and leaves
        return
    # Told by the webhook and by the browser, by the browser, by nobody, by two webhooks.
    await pay(client, order, webhook=("send", "none", "none", "twice")[kind])
    seen.paid.add(payment_id(order))
    if kind < 2:
        assert (await complete(client, order)).status_code in (200, 409)


async def kill_among_checkouts(shop: Shop, body: dict[str, Any], *, after: int) -> Checkouts:
    """200 checkouts, 25 at once; SIGKILL to everything once so many orders were answered."""
    seen = Checkouts()
    turns = iter(range(CHECKOUTS))

    async def shoppers() -> None:
        async with shop.client(connections=1, timeout=30) as client:
            for number in turns:
                try:
                    await shop_around(client, body, number % 5, seen)
                except httpx.HTTPError:
                    return

    crowd = [asyncio.create_task(shoppers()) for _ in range(AT_ONCE)]
    try:

        async def is_in_the_middle() -> bool:
            return len(seen.orders) >= after

        assert await until(is_in_the_middle, seconds=60, every=0.002)
        shop.kill()
        await asyncio.gather(*crowd)
    finally:
        for task in crowd:
            task.cancel()
    assert after <= len(seen.orders) < CHECKOUTS
    assert seen.unanswered()
    return seen


async def every_key_works(client: httpx.AsyncClient, seen: Checkouts) -> None:
    """A retry of an unanswered request makes or finds one order, the same at every repeat; an answered one is told
    what it was told before."""
    for key in seen.unanswered():
        first, second = await place(client, seen.keys[key], key), await place(client, seen.keys[key], key)
        assert (first.status_code, second.status_code) == (201, 201), (first.text, second.text)
        assert first.json()["order_no"] == second.json()["order_no"]
        assert second.headers["Idempotency-Replayed"] == "true"
    as_now = {"status": "", "expires_at": ""}
    for key, order in list(seen.orders.items())[:20]:
        again = await place(client, seen.keys[key], key)
        assert again.status_code == 201
        # `status` is today's, and the test itself moved `expires_at`.
        assert {**again.json(), **as_now} == {**order, **as_now}


async def check_the_end(shop: Shop, database: Database, rounds: list[Checkouts], variant: int, opening: int) -> None:
    """Every order ended; money, stock and books agree; and there are as many orders as keys."""
    assert await all_ended(database)
    await all_worked_off(database)
    async with shop.client() as client:
        found = {one.payment_id: one for one in await money_is_right(database, client)}
    for seen in rounds:
        for number in seen.paid:
            assert found[number].paid == found[number].asked
            assert found[number].verdict in ("SETTLED", "LATE")
    assert await database.number("SELECT COUNT(*) FROM orders") == sum(len(seen.keys) for seen in rounds)
    assert await database.number("SELECT COUNT(*) FROM idempotency_key WHERE state = 'RUNNING'") == 0
    sold = await database.number("SELECT SUM(n.quantity) FROM order_line n WHERE n.status = 'PAID'")
    assert await stock_of(database, variant) == opening - sold
    assert await faults(database) == {}
    assert shop.unhandled() == []


@within(400)
async def test_sigkill_among_checkouts_twice_loses_and_leaks_nothing(database: Database, tmp_path: Path) -> None:
    """Two rounds of 200 checkouts on one database. The first is killed early, holds are long, and time passes while
    the shop is down; the second late, with holds of 2 s, so that orders expire, are paid too late and refunded while
    the kill comes. After each restart the jobs alone bring every order, payment and unit to its right end, and every
    key that had no answer makes one order."""
    opening = 1000
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache}
        async with running(address, tmp_path / "state") as shop:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, opening)
            async with shop.client() as client:
                body = await quoted_body(client, [(variant, 1)])
            first = await kill_among_checkouts(shop, body, after=50)
        assert first.paid
        await database.end_leases()
        await database.rows("UPDATE orders SET expires_at = '2020-01-01 00:00:00.000000' WHERE status = 'PENDING'")

        async with running({**address, "ORDER_HOLD_SECONDS": "2"}, tmp_path / "state") as shop:
            async with shop.client() as client:
                await every_key_works(client, first)
            await check_the_end(shop, database, [first], variant, opening)
            # Those that were paid had long holds: none of them may have ended otherwise.
            assert await database.number("SELECT COUNT(*) FROM refund") == 0
            second = await kill_among_checkouts(shop, body, after=150)
        assert second.paid
        await database.end_leases()

        async with running({**address, "ORDER_HOLD_SECONDS": "2"}, tmp_path / "state") as shop:
            async with shop.client() as client:
                await every_key_works(client, second)
            await check_the_end(shop, database, [first, second], variant, opening)
