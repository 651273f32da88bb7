"""Turns of orders for one variant, and refusals of what has just run short (docs/promises.md#p1)."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from src.app.checkout.services import hot_variants
from src.app.checkout.services.hot_variants import Turn, at_once, note_short, ran_short
from src.common.models import IdempotencyKey
from src.core.configs import Settings, use
from src.core.database.errors import DatabaseBusy
from tests.app.checkout.support import said
from tests.app.product.captured import captured_sql
from tests.factories.carts import guest_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import expire, ledger_of, new_key, order_body, post_order, stock_of


async def test_turns_are_given_in_the_order_of_arrival() -> None:
    told: list[int] = []
    holders = [Turn() for _ in range(at_once())]
    for holder in holders:
        await holder.take([7])

    async def wait(number: int) -> None:
        turn = Turn()
        await turn.take([7])
        told.append(number)
        turn.release()

    waiting = [asyncio.create_task(wait(number)) for number in range(3)]
    await asyncio.sleep(0.02)
    assert told == []

    for holder in holders:
        holder.release()
        holder.release()
    await asyncio.gather(*waiting)

    assert told == [0, 1, 2]
    assert hot_variants._variants == {}


async def test_other_variant_does_not_wait() -> None:
    holders = [Turn() for _ in range(at_once())]
    for holder in holders:
        await holder.take([7])
    other = Turn()

    async with asyncio.timeout(0.5):
        await other.take([8])

    for turn in (*holders, other):
        turn.release()


async def test_pairs_in_opposite_order_do_not_block_each_other() -> None:
    done = 0

    async def order(pair: tuple[int, int]) -> None:
        nonlocal done
        turn = Turn()
        await turn.take(pair)
        await asyncio.sleep(0)
        turn.release()
        done += 1

    async with asyncio.timeout(2):
        await asyncio.gather(*(order((7, 8) if number % 2 else (8, 7)) for number in range(5 * at_once())))

    assert (done, hot_variants._variants) == (5 * at_once(), {})


async def test_wait_ends_after_the_limit_and_leaves_no_turn_behind(shop_settings: Settings) -> None:
    holders = [Turn() for _ in range(at_once())]
    for holder in holders:
        await holder.take([8])
    late = Turn()

    assert at_once() == shop_settings.database.pool_size * 3 // 5
    hurried = shop_settings.database.model_copy(update={"pool_wait_seconds": 0.05})
    with use(replace(shop_settings, database=hurried)), pytest.raises(DatabaseBusy):
        await late.take([7, 8])
    late.release()

    assert list(hot_variants._variants) == [8]
    for holder in holders:
        holder.release()
    assert hot_variants._variants == {}


@pytest.fixture
def nothing_short() -> Iterator[None]:
    hot_variants._short.clear()
    yield
    hot_variants._short.clear()


@pytest.mark.usefixtures("nothing_short")
def test_what_ran_short_is_remembered_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    note_short(7)
    assert (ran_short([6, 7]), ran_short([6]), ran_short(None)) == (True, False, True)

    monkeypatch.setattr(hot_variants, "SHORT_SECONDS", -1.0)
    note_short(7)

    assert (ran_short([7]), ran_short(None)) == (False, False)


@pytest.mark.usefixtures("nothing_short")
def test_at_most_so_many_are_remembered_and_the_oldest_go() -> None:
    for variant_id in range(hot_variants.MOST_NOTED + 1):
        note_short(variant_id)

    assert (ran_short([0]), ran_short([1]), len(hot_variants._short)) == (False, True, hot_variants.MOST_NOTED)


async def test_second_order_of_a_sold_out_size_is_refused_by_reads_alone(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=1)
    body = order_body((variant.id, 1), expected_total=12_500)
    assert (await post_order(client, body)).status_code == 201
    first = await post_order(client, body)

    with captured_sql() as statements:
        second = await post_order(client, body)

    assert said(first) == said(second) == (409, "STOCK_SHORT")
    assert second.json()["left"] == 0
    assert Counter(statement.split(maxsplit=1)[0] for statement in statements) == {"SELECT": 3}
    assert await IdempotencyKey.all().count() == 1


async def test_units_that_came_back_are_sold_although_the_size_ran_short(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=1)
    body, key = order_body((variant.id, 1), expected_total=12_500), new_key()
    assert (await post_order(client, body)).status_code == 201
    assert said(await post_order(client, body, key=key)) == (409, "STOCK_SHORT")
    assert await expire(hours=1) == 1

    assert (await post_order(client, body, key=key)).status_code == 201

    assert await stock_of(variant) == 0
    assert await ledger_of(variant) == [("HOLD", -1), ("RELEASE", 1), ("HOLD", -1)]


@pytest.mark.parametrize("is_cart", [False, True])
async def test_order_of_the_last_unit_is_answered_again_although_the_size_ran_short(
    client: httpx.AsyncClient, is_cart: bool
) -> None:
    variant = await make_variant(stock=1)
    cart = await guest_with(client, (variant.id, 1))
    items = order_body((variant.id, 1), expected_total=12_500)
    body = order_body(expected_total=12_500, items=None, from_cart=True) if is_cart else items
    key = new_key()
    first = await post_order(client, body, key=key, headers=cart)
    assert said(await post_order(client, items)) == (409, "STOCK_SHORT")
    assert ran_short([variant.id])

    again = await post_order(client, body, key=key, headers=cart)

    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
