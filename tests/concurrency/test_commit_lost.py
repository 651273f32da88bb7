"""Promise P2 at the worst moments: the connection ends before, in and after COMMIT, and every request has one effect.

The relay cuts exactly one transaction, found by the words of one of its statements.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from src.demo.seeding import MEMBER_LOGIN, MEMBER_PASSWORD
from tests.concurrency.books import faults
from tests.concurrency.buyers import (
    complete,
    new_key,
    pay,
    payment_id,
    place,
    placed,
    quoted_body,
    set_stock,
    some_variants,
    status_of,
    stock_of,
)
from tests.concurrency.proxy import Point, Relay, relay
from tests.concurrency.servers import Database, any_redis, new_database
from tests.concurrency.support import API, Shop, needs_servers, running, until, within

pytestmark = [needs_servers, pytest.mark.fault("M22")]

POINTS: tuple[Point, ...] = ("before", "in", "late", "after")
Set = tuple[Shop, Database, Relay]


@pytest.fixture(scope="module")
async def cuttable(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Set]:
    """A shop of one worker whose database is behind a relay."""
    folder: Path = tmp_path_factory.mktemp("cut")
    with any_redis(folder / "redis") as cache:
        async with new_database() as database, relay(database) as between:
            address = {"DATABASE_URL": between.url(database), "REDIS_URL": cache, "WEB_CONCURRENCY": "1"}
            async with running(address, folder / "state") as shop:
                yield shop, database, between


async def signed_in(client: httpx.AsyncClient) -> dict[str, str]:
    answer = await client.post(f"{API}/auth/sign-in", json={"login_id": MEMBER_LOGIN, "password": MEMBER_PASSWORD})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.mark.parametrize("point", POINTS)
@within(120)
async def test_an_order_that_is_cut_off_is_made_once_and_answered(cuttable: Set, point: Point) -> None:
    shop, database, between = cuttable
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1)
        await set_stock(database, variant, 5)
        body, key = await quoted_body(client, [(variant, 1)]), new_key()
        before = await database.number("SELECT COUNT(*) FROM orders")
        cut = between.cut(point, "INSERT INTO `orders`")

        answer = await place(client, body, key)

        assert (cut.done, answer.status_code, answer.headers.get("Idempotency-Replayed")) == (1, 201, None)
        again = await placed(client, body, key)
        assert again["order_no"] == answer.json()["order_no"]
        assert await database.number("SELECT COUNT(*) FROM orders") == before + 1
        assert await stock_of(database, variant) == 4
        assert await faults(database) == {}


@pytest.mark.parametrize("point", POINTS)
@within(120)
async def test_a_payment_that_is_cut_off_settles_once(cuttable: Set, point: Point) -> None:
    shop, database, between = cuttable
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1, skip=1)
        await set_stock(database, variant, 5)
        order = await placed(client, await quoted_body(client, [(variant, 1)]))
        await pay(client, order)
        cut = between.cut(point, "UPDATE `orders`")

        answer = await complete(client, order)

        assert (cut.done, answer.status_code, answer.json().get("order_status")) == (1, 200, "PAID")
        assert await status_of(client, order) == "PAID"
        of_order = f"order_id IN (SELECT id FROM orders WHERE order_no = '{order['order_no']}')"
        number = f"SELECT COUNT(*) FROM order_event WHERE to_status = 'PAID' AND {of_order}"
        assert await database.number(number) == 1
        assert await faults(database) == {}


@pytest.mark.parametrize("point", POINTS)
@within(120)
async def test_another_payment_that_is_cut_off_is_opened_once(cuttable: Set, point: Point) -> None:
    shop, database, between = cuttable
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1, skip=2)
        await set_stock(database, variant, 5)
        order = await placed(client, await quoted_body(client, [(variant, 1)]))
        headers = {"X-Guest-Token": order["guest_token"], "Idempotency-Key": new_key()}
        address = f"{API}/orders/{order['order_no']}/payments"
        cut = between.cut(point, "INSERT INTO `payment`")

        answer = await client.post(address, json={"pay_method": "CARD"}, headers=headers)

        assert (cut.done, answer.status_code) == (1, 201), answer.text
        assert answer.json()["payment_id"] != payment_id(order)
        replay = await client.post(address, json={"pay_method": "CARD"}, headers=headers)
        assert replay.json()["payment_id"] == answer.json()["payment_id"]
        of_order = f"order_id IN (SELECT id FROM orders WHERE order_no = '{order['order_no']}')"
        number = f"SELECT COUNT(*) FROM payment WHERE {of_order}"
        assert await database.number(number) == 2


@pytest.mark.parametrize("point", POINTS)
@within(120)
async def test_a_row_without_any_key_is_made_once_and_answered(cuttable: Set, point: Point) -> None:
    """An address has neither a key nor a source: the number of its own row tells."""
    shop, database, between = cuttable
    async with shop.client() as client:
        headers = await signed_in(client)
        before = await database.number("SELECT COUNT(*) FROM user_address")
        body = {
            "label": "집",
            "recipient": "김민지",
            "phone": "01012345678",
            "zipcode": "06236",
            "address": f"길 {point}",
        }
        cut = between.cut(point, "INSERT INTO `user_address`")

        answer = await client.post(f"{API}/me/addresses", json=body, headers=headers)

        assert (cut.done, answer.status_code) == (1, 201), answer.text
        assert await database.number("SELECT COUNT(*) FROM user_address") == before + 1
        listed = (await client.get(f"{API}/me/addresses", headers=headers)).json()["items"]
        assert [one["id"] for one in listed if one["address"] == f"길 {point}"] == [answer.json()["id"]]


@within(120)
async def test_what_leaves_no_trace_of_its_own_is_503_and_its_repeat_is_safe(cuttable: Set) -> None:
    """A name is written over: nothing tells who wrote it."""
    shop, database, between = cuttable
    async with shop.client() as client:
        headers = await signed_in(client)
        for point, name in (("before", "하나"), ("in", "둘"), ("after", "셋")):
            cut = between.cut(point, name)  # type: ignore[arg-type]

            answer = await client.patch(f"{API}/me", json={"name": name}, headers=headers)

            assert cut.done == 1
            if point == "before":
                assert answer.status_code == 200
            else:
                assert (answer.status_code, answer.json()["code"]) == (503, "DATABASE_UNAVAILABLE")
                assert int(answer.headers["Retry-After"]) >= 1
            again = await client.patch(f"{API}/me", json={"name": name}, headers=headers)
            assert (again.status_code, again.json()["name"]) == (200, name)
            assert await database.number(f"SELECT COUNT(*) FROM users WHERE name = '{name}'") == 1


@within(120)
async def test_a_claim_whose_insert_lost_its_answer_is_known_as_ones_own(cuttable: Set) -> None:
    """The key's row commits by itself; its INSERT is cut off before it came and after it was done."""
    shop, database, between = cuttable
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1, skip=3)
        await set_stock(database, variant, 5)
        body = await quoted_body(client, [(variant, 1)])
        for passes_on in (False, True):
            cut = between.cut("after" if passes_on else "before", "INSERT INTO `idempotency_key`", alone=True)
            answer = await place(client, body, new_key())
            assert (cut.done, answer.status_code) == (1, 201), answer.text
        assert await stock_of(database, variant) == 3


@pytest.mark.parametrize("point", ["in", "after"])
@within(120)
async def test_events_that_are_taken_while_the_connection_ends_are_told_at_once(cuttable: Set, point: Point) -> None:
    """Without a look at the leases they would wait for their end, 30 s later, with an attempt lost."""
    shop, database, between = cuttable
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1, skip=4)
        await set_stock(database, variant, 5)
        order = await placed(client, await quoted_body(client, [(variant, 1)]))
        await pay(client, order)
        cut = between.cut(point, "UPDATE `outbox_event` SET `available_at`", alone=True)
        assert (await complete(client, order)).status_code == 200

        async def is_over() -> Any:
            waiting = await database.number("SELECT COUNT(*) FROM outbox_event WHERE work_status = 'PENDING'")
            return cut.done == 1 and waiting == 0

        assert await until(is_over, seconds=60)
        assert await database.number("SELECT MAX(attempts) FROM outbox_event") == 1
