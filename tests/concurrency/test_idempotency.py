"""Promise P2 over two workers: one key, one order, whatever the client does."""

import asyncio

import httpx
import pytest

from tests.concurrency.books import faults
from tests.concurrency.buyers import code, crowd, new_key, place, quoted_body, set_stock, some_variants, stock_of, tally
from tests.concurrency.servers import Database
from tests.concurrency.support import Shop, needs_servers, until, within

pytestmark = needs_servers

Calm = tuple[Shop, Database]


@within(180)
async def test_twenty_at_once_with_one_key_make_one_order(calm: Calm) -> None:
    """Over connections to both workers: one order; the others got the same one or were told to wait, and a repeat of
    each afterwards gets it too. Another body under the key is refused."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=5)
    await set_stock(database, variant, 50)
    key = new_key()
    async with crowd(shop, 20) as (buyers, _):
        client = buyers[0]
        body = await quoted_body(client, [(variant, 2)])
        answers = await asyncio.gather(*(place(buyer, body, key) for buyer in buyers))
        again = await asyncio.gather(*(place(buyer, body, key) for buyer in buyers))
        other = await place(client, await quoted_body(client, [(variant, 1)]), key)
    first = [answer for answer in answers if answer.status_code == 201 and "Idempotency-Replayed" not in answer.headers]
    assert len(first) == 1
    assert set(tally(answers)) <= {(201, ""), (409, "IDEMPOTENCY_IN_PROGRESS")}
    assert tally(again) == {(201, ""): 20}
    assert {answer.headers.get("Idempotency-Replayed") for answer in again} == {"true"}
    orders = [answer.json() for answer in (*answers, *again) if answer.status_code == 201]
    assert all(order == first[0].json() for order in orders)
    assert (other.status_code, code(other)) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert await stock_of(database, variant) == 48
    assert await faults(database) == {}


@within(180)
async def test_a_client_that_gave_up_and_tries_again_gets_its_one_order(calm: Calm) -> None:
    """The client's time runs out while the server waits for a lock. A repeat meanwhile is told that the first still
    runs; afterwards it gets the order that the first made although nobody waited for it."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=6)
    await set_stock(database, variant, 50)
    key = new_key()
    async with shop.client(timeout=60) as patient, shop.client(timeout=1) as hasty:
        body = await quoted_body(patient, [(variant, 3)])
        async with database.locked(variant):
            with pytest.raises(httpx.ReadTimeout):
                await place(hasty, body, key)
            meanwhile = await place(patient, body, key)
        assert (meanwhile.status_code, code(meanwhile)) == (409, "IDEMPOTENCY_IN_PROGRESS")

        async def has_answer() -> bool:
            return (await place(patient, body, key)).status_code == 201

        assert await until(has_answer)
        answers = [await place(patient, body, key) for _ in range(3)]
    assert tally(answers) == {(201, ""): 3}
    assert {answer.headers.get("Idempotency-Replayed") for answer in answers} == {"true"}
    assert len({answer.json()["order_no"] for answer in answers}) == 1
    assert await database.rows(f"SELECT COUNT(*), SUM(quantity) FROM order_line WHERE variant_id = {variant}") == [
        (1, 3)
    ]
    assert await stock_of(database, variant) == 47
    assert await faults(database) == {}


@within(180)
async def test_a_refused_request_leaves_its_key_free(calm: Calm) -> None:
    """20 at once with one key for more than is there, ten times: all are refused, nothing is held, and the key works
    once there is enough. Inserting a key beside its deletion deadlocks inside InnoDB: no buyer learns of it."""
    shop, database = calm
    (variant,) = await some_variants(database, 1, skip=7)
    await set_stock(database, variant, 1)
    async with crowd(shop, 20) as (buyers, _):
        client = buyers[0]
        body = await quoted_body(client, [(variant, 2)])
        for key in [new_key() for _ in range(10)]:
            answers = await asyncio.gather(*(place(buyer, body, key) for buyer in buyers))
            assert set(tally(answers)) <= {(409, "STOCK_SHORT"), (409, "IDEMPOTENCY_IN_PROGRESS")}
            assert await database.number(f"SELECT COUNT(*) FROM idempotency_key WHERE request_key = '{key}'") == 0
        await set_stock(database, variant, 5)
        answer = await place(client, body, key)
    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers
    assert await stock_of(database, variant) == 3
    assert await faults(database) == {}
    assert shop.unhandled() == []
