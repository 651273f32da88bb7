"""Promises P1 and P2 over SIGKILL for stock that staff correct: every adjustment counts once, whenever it was sent."""

import asyncio
from pathlib import Path

import httpx

from src.demo.seeding import STAFF_LOGIN, STAFF_PASSWORD
from tests.concurrency.buyers import new_key, set_stock, some_variants, stock_of
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, Shop, needs_servers, running, until, within

pytestmark = needs_servers

ADJUSTMENTS = 300
AT_ONCE = 10


async def staff_headers(client: httpx.AsyncClient) -> dict[str, str]:
    body = {"login_id": STAFF_LOGIN, "password": STAFF_PASSWORD}
    answer = await client.post(f"{API}/admin/auth/sign-in", json=body)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def adjust(client: httpx.AsyncClient, variant: int, *, number: int, key: str) -> httpx.Response:
    """The odd ones are single, the even ones a bulk of one; each takes one unit away."""
    if number % 2:
        path, body = f"/admin/variants/{variant}/stock-adjustments", {"delta": -1, "reason": "실사"}
    else:
        path, body = "/admin/stock/adjustments", {"items": [{"variant_id": variant, "delta": -1}], "reason": "실사"}
    return await client.post(f"{API}{path}", json=body, headers={"Idempotency-Key": key})


async def kill_among_adjustments(shop: Shop, variant: int, keys: list[str], *, after: int) -> set[int]:
    """SIGKILL once so many were answered; the numbers of those."""
    answered: set[int] = set()
    turns = iter(range(ADJUSTMENTS))

    async def staff(headers: dict[str, str]) -> None:
        async with shop.client(connections=1, timeout=30) as client:
            client.headers.update(headers)
            for number in turns:
                try:
                    answer = await adjust(client, variant, number=number, key=keys[number])
                except httpx.HTTPError:
                    return
                assert answer.status_code in (200, 201), answer.text
                answered.add(number)

    async with shop.client() as client:
        headers = await staff_headers(client)
    crowd = [asyncio.create_task(staff(headers)) for _ in range(AT_ONCE)]
    try:

        async def is_in_the_middle() -> bool:
            return len(answered) >= after

        assert await until(is_in_the_middle, seconds=60, every=0.002)
        shop.kill()
        await asyncio.gather(*crowd)
    finally:
        for task in crowd:
            task.cancel()
    assert after <= len(answered) < ADJUSTMENTS
    return answered


@within(200)
async def test_sigkill_among_adjustments_counts_each_once(database: Database, tmp_path: Path) -> None:
    keys = [new_key() for _ in range(ADJUSTMENTS)]
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache}
        async with running(address, tmp_path / "state") as shop:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 1000)
            answered = await kill_among_adjustments(shop, variant, keys, after=60)
        await database.end_leases()

        async with running(address, tmp_path / "state") as shop, shop.client() as client:
            client.headers.update(await staff_headers(client))
            for number, key in enumerate(keys):
                answer = await adjust(client, variant, number=number, key=key)
                assert answer.status_code in (200, 201), answer.text
                if number in answered:
                    assert answer.headers["Idempotency-Replayed"] == "true"
            assert shop.unhandled() == []

    assert await stock_of(database, variant) == 1000 - ADJUSTMENTS
    ledger = f"SELECT SUM(delta) FROM stock_ledger WHERE variant_id = {variant}"
    assert await database.number(ledger) == 1000 - ADJUSTMENTS
    assert await database.number("SELECT COUNT(*) FROM stock_adjustment") == ADJUSTMENTS
    assert await database.number("SELECT COUNT(*) FROM audit_log WHERE action = 'stock.adjusted'") == ADJUSTMENTS
    assert await database.number("SELECT COUNT(*) FROM idempotency_key WHERE state = 'RUNNING'") == 0
