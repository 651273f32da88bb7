"""How carts are kept: round trips, lives, what is stored, and what happens without Redis."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

import src.core.redis as core_redis
from src.app.cart.services import store
from src.app.cart.services.owners import owner_of_token
from src.app.pricing.services.lines import Wanted
from src.common.exceptions.general import CartStoreUnavailable
from src.core.configs import Settings
from src.core.configs.groups import RedisSettings
from src.core.redis import close_redis, open_redis, redis
from tests.factories.carts import CART, guest_with, merge_into, new_guest, put_in
from tests.factories.catalogue import make_variant
from tests.factories.people import bearer

DAY = 86_400
ITEM = Wanted(variant_id=1, quantity=1)
OPERATIONS: dict[str, Callable[[], Awaitable[Any]]] = {
    "read": lambda: store.read("m:1"),
    "add": lambda: store.add("m:1", ITEM, most=9),
    "change": lambda: store.change("m:1", 1, to=2, quantity=None, most=9),
    "remove": lambda: store.remove("m:1", [1, 2]),
    "clear": lambda: store.clear("m:1"),
    "merge": lambda: store.merge("m:1", merge_id="m", source="m:2", items=[ITEM], most={1: 5}),
    "subtract": lambda: store.subtract("m:1", event_id="e", quantities={1: 1}),
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, client: httpx.AsyncClient) -> list[str]:
    """The commands that go to Redis from now on."""
    commands: list[str] = []
    execute = redis().execute_command

    async def counted(*arguments: Any, **options: Any) -> Any:
        commands.append(arguments[0])
        return await execute(*arguments, **options)

    monkeypatch.setattr(redis(), "execute_command", counted)
    return commands


@pytest.fixture
async def dead_redis(client: httpx.AsyncClient) -> AsyncIterator[None]:
    """A Redis that nobody serves."""
    kept = core_redis._client
    core_redis._client = None
    open_redis(Settings(redis=RedisSettings(url="redis://127.0.0.1:1/0")))
    yield
    await close_redis()
    core_redis._client = kept


@pytest.mark.parametrize("name", OPERATIONS)
async def test_operation_is_one_round_trip(sent: list[str], name: str) -> None:
    await OPERATIONS[name]()  # the first one may bring the script along
    sent.clear()

    await OPERATIONS[name]()

    assert len(sent) == 1
    assert sent[0] in {"HGETALL", "DEL", "EVALSHA"}


async def test_script_that_redis_forgot_is_sent_again_and_has_one_effect(sent: list[str]) -> None:
    await store.add("m:1", ITEM, most=9)
    await redis().script_flush()
    sent.clear()

    changed = await store.add("m:1", ITEM, most=9)

    assert sent == ["EVALSHA", "EVAL"]
    assert changed.lines == (Wanted(variant_id=1, quantity=2),)


@pytest.mark.parametrize(("request_of", "trips"), [("get", 1), ("add", 1), ("patch", 1), ("delete", 1), ("merge", 2)])
async def test_request_of_a_guest_is_one_round_trip_and_a_merge_two(
    client: httpx.AsyncClient, sent: list[str], request_of: str, trips: int
) -> None:
    variant = await make_variant(stock=100)
    path = f"{CART}/items/{variant.id}"
    for _ in range(2):
        guest, other = await guest_with(client, (variant.id, 1)), await guest_with(client, (variant.id, 1))
        sent.clear()
        if request_of == "get":
            await client.get(CART, headers=guest)
        elif request_of == "add":
            await put_in(client, variant.id, headers=guest)
        elif request_of == "patch":
            await client.patch(path, json={"quantity": 3}, headers=guest)
        elif request_of == "delete":
            await client.delete(path, headers=guest)
        else:
            await merge_into(client, guest, cart_token=other["X-Cart-Token"])

    assert len(sent) == trips


async def test_cart_lives_thirty_days_for_guests_and_ninety_for_members_from_each_change(
    client: httpx.AsyncClient,
) -> None:
    variant = await make_variant(stock=100)
    guest, member = new_guest(), await bearer(client)

    for headers, days, pattern in ((guest, 30, "cart:g:*"), (member, 90, "cart:m:*")):
        await put_in(client, variant.id, 1, headers=headers)
        [key] = await redis().keys(pattern)
        for change in ("add", "patch", "read"):
            await redis().expire(key, 50)
            if change == "add":
                await put_in(client, variant.id, 1, headers=headers)
            elif change == "patch":
                await client.patch(f"{CART}/items/{variant.id}", json={"quantity": 2}, headers=headers)
            else:
                await client.get(CART, headers=headers)
            left = await redis().ttl(key)
            assert left <= 50 if change == "read" else days * DAY - 60 < left <= days * DAY


async def test_token_is_stored_nowhere(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 1))
    token = guest["X-Cart-Token"]
    await merge_into(client, guest, items=[{"variant_id": variant.id, "quantity": 1}])

    keys = await redis().keys("*")

    assert f"cart:{owner_of_token(token)}" in keys
    assert not [key for key in keys if token in key]
    assert await redis().hkeys(f"cart:{owner_of_token(token)}") == [str(variant.id)]


async def test_ids_above_two_to_the_fifty_third_stay_exact(client: httpx.AsyncClient) -> None:
    big = 2**63 - 1
    await store.add("m:1", Wanted(variant_id=big, quantity=2), most=9)
    await store.add("m:1", Wanted(variant_id=big - 1, quantity=1), most=9)

    merged = await store.merge("m:2", merge_id="m", source="m:1", items=[], most={big: 5, big - 1: -1})

    assert merged.results == ((big, "added", 2), (big - 1, "gone", 0))
    assert await store.read("m:2") == (Wanted(variant_id=big, quantity=2),)


async def test_line_added_to_the_guest_cart_after_it_was_read_is_merged_too(client: httpx.AsyncClient) -> None:
    await store.add("g:a", Wanted(variant_id=1, quantity=2), most=9)
    await store.add("g:a", Wanted(variant_id=2, quantity=3), most=9)

    merged = await store.merge("m:1", merge_id="m", source="g:a", items=[], most={1: 9})

    assert merged.results == ((1, "added", 2), (2, "added", 3))
    assert await store.read("g:a") == ()


@pytest.mark.usefixtures("dead_redis")
async def test_without_redis_every_cart_route_is_503_and_gives_no_token(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest, item = new_guest(), {"variant_id": variant.id, "quantity": 1}

    answers = [
        await client.get(CART, headers=guest),
        await client.get(CART),
        await client.delete(CART),
        await client.post(f"{CART}/items", json=item),
        await client.patch(f"{CART}/items/{variant.id}", json={"quantity": 1}, headers=guest),
        await client.delete(f"{CART}/items/{variant.id}", headers=guest),
        await client.delete(f"{CART}/items?variant_ids=1", headers=guest),
        await client.delete(CART, headers=guest),
        await client.post(f"{CART}/merge", json={"merge_id": "m", "items": [item]}),
    ]

    assert [answer.status_code for answer in answers] == [503] * 9
    assert {answer.json()["code"] for answer in answers} == {"CART_STORE_UNAVAILABLE"}
    assert {answer.headers["retry-after"] for answer in answers} == {"2"}
    assert not [answer for answer in answers if "x-cart-token" in answer.headers]


@pytest.mark.usefixtures("dead_redis")
async def test_without_redis_a_quote_still_works(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=10_000)

    quoted = await client.post(f"{CART}/quote", json={"items": [{"variant_id": variant.id, "quantity": 1}]})

    assert (quoted.status_code, quoted.json()["total"]) == (200, 12_500)


@pytest.mark.usefixtures("dead_redis")
@pytest.mark.parametrize("name", OPERATIONS)
async def test_without_redis_every_operation_raises_cart_store_unavailable(name: str) -> None:
    with pytest.raises(CartStoreUnavailable):
        await OPERATIONS[name]()
