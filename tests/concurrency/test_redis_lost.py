"""Promise P12: Redis may be emptied, hang or die. Carts and sessions end; orders, payments and stock do not notice."""

from pathlib import Path
from typing import Any

import httpx

from tests.concurrency.books import all_worked_off, faults, money_is_right
from tests.concurrency.buyers import (
    code,
    complete,
    new_key,
    order_body,
    pay,
    placed,
    quoted_body,
    set_stock,
    some_variants,
    status_of,
)
from tests.concurrency.servers import Database, RedisServer, own_redis
from tests.concurrency.support import API, Shop, needs_own_redis, needs_servers, running, until, within
from tests.concurrency.test_webhooks import signed, tell

pytestmark = [needs_servers, needs_own_redis]

DEMO = {"login_id": "demo", "password": "Demo!2345"}
UNAVAILABLE = (503, "SESSION_STORE_UNAVAILABLE")
CARTLESS = (503, "CART_STORE_UNAVAILABLE")


async def signed_in(client: httpx.AsyncClient) -> dict[str, str]:
    """The header of a fresh session of the demo member."""
    answer = await client.post(f"{API}/auth/sign-in", json=DEMO)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def filled_cart(client: httpx.AsyncClient, variant: int, quantity: int) -> dict[str, str]:
    """The header of a new guest's cart with so many of the variant."""
    client.cookies.clear()
    answer = await client.post(f"{API}/cart/items", json={"variant_id": variant, "quantity": quantity})
    assert answer.status_code == 200, answer.text
    return {"X-Cart-Token": answer.headers["X-Cart-Token"]}


async def ordered_from_cart(client: httpx.AsyncClient, cart: dict[str, str], variant: int, count: int) -> Any:
    """An order of everything in the cart."""
    total = (await quoted_body(client, [(variant, count)]))["expected_total"]
    body = {**order_body([], total), "from_cart": True}
    del body["items"]
    answer = await client.post(f"{API}/orders", json=body, headers={**cart, "Idempotency-Key": new_key()})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def in_cart(client: httpx.AsyncClient, cart: dict[str, str]) -> dict[int, int]:
    """What is in the cart."""
    answer = await client.get(f"{API}/cart", headers=cart)
    assert answer.status_code == 200, answer.text
    return {item["variant_id"]: item["quantity"] for item in answer.json()["items"]}


async def sold_by_webhook(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """A guest's order that only a webhook settles."""
    order = await placed(client, body)
    await pay(client, order)
    assert (await tell(client, signed(order["payment"]["payment_id"]))).status_code == 200

    async def is_paid() -> bool:
        return await status_of(client, order) == "PAID"

    assert await until(is_paid)
    return order


async def sold_by_return(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """A guest's order that the browser's return settles, looked up and looked at."""
    order = await placed(client, body)
    await pay(client, order)
    answer = await complete(client, order)
    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    looked = await client.post(f"{API}/orders/lookup", json={"order_no": order["order_no"], "phone": "01012345678"})
    assert (looked.status_code, looked.json()["order"]["status"]) == (200, "PAID")
    return order


async def check_without_redis(
    client: httpx.AsyncClient, body: dict[str, Any], *, bearer: dict[str, str], cart: dict[str, str]
) -> None:
    """Each route answers as the contract says for a Redis that is away."""
    variant = body["items"][0]["variant_id"]
    from_cart = {**{name: value for name, value in body.items() if name != "items"}, "from_cart": True}
    keyed = {"Idempotency-Key": new_key()}
    refused = [
        (await client.get(f"{API}/me", headers=bearer), UNAVAILABLE),
        (await client.get(f"{API}/orders", headers=bearer), UNAVAILABLE),
        (await client.post(f"{API}/orders", json=body, headers={**bearer, **keyed}), UNAVAILABLE),
        (await client.post(f"{API}/auth/sign-in", json=DEMO), UNAVAILABLE),
        (await client.post(f"{API}/auth/sign-out", headers=bearer), UNAVAILABLE),
        (await client.get(f"{API}/cart", headers=cart), CARTLESS),
        (await client.post(f"{API}/cart/items", json={"variant_id": variant, "quantity": 1}, headers=cart), CARTLESS),
        (await client.delete(f"{API}/cart", headers=cart), CARTLESS),
        (await client.post(f"{API}/orders", json=from_cart, headers={**cart, **keyed}), CARTLESS),
    ]
    assert [(answer.status_code, code(answer)) for answer, _ in refused] == [wanted for _, wanted in refused]
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer, _ in refused)
    ready = await client.get("/health/ready")
    assert (ready.status_code, ready.json()) == (200, {"status": "degraded", "failing": ["redis"]})
    for path in ("/health", f"{API}/products", f"{API}/home", f"{API}/categories"):
        assert (await client.get(path)).status_code == 200
    await sold_by_webhook(client, body)
    await sold_by_return(client, body)


async def check_with_redis(client: httpx.AsyncClient, variant: int) -> None:
    """Signing in and carts work."""
    assert (await client.get("/health/ready")).json() == {"status": "ok", "failing": []}
    bearer = await signed_in(client)
    assert (await client.get(f"{API}/me", headers=bearer)).status_code == 200
    cart = await filled_cart(client, variant, 2)
    assert await in_cart(client, cart) == {variant: 2}


async def emptied(client: httpx.AsyncClient, cache: RedisServer, body: dict[str, Any]) -> None:
    """FLUSHALL: the session and the cart are gone, orders under way are not."""
    variant = body["items"][0]["variant_id"]
    bearer, cart = await signed_in(client), await filled_cart(client, variant, 3)
    guests = await placed(client, body)
    from_cart = await ordered_from_cart(client, cart, variant, 3)
    answer = await client.post(f"{API}/orders", json=body, headers={**bearer, "Idempotency-Key": new_key()})
    assert answer.status_code == 201
    members = answer.json()
    for order in (guests, from_cart, members):
        await pay(client, order)
    assert cache.ask("FLUSHALL") == "+OK"
    gone = await client.get(f"{API}/me", headers=bearer)
    assert (gone.status_code, code(gone)) == (401, "INVALID_TOKEN")
    assert await in_cart(client, cart) == {}
    for order in (guests, from_cart, members):
        answer = await complete(client, order)
        assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    bearer = await signed_in(client)
    mine = (await client.get(f"{API}/orders", headers=bearer)).json()["items"]
    assert [order["order_no"] for order in mine if order["status"] == "PAID"] == [members["order_no"]]


async def hanging(client: httpx.AsyncClient, cache: RedisServer, body: dict[str, Any], database: Database) -> None:
    """SIGSTOP: every call runs into its time limit, and what was sent is carried out when Redis goes on. The paid
    quantity leaves the cart once all the same."""
    variant = body["items"][0]["variant_id"]
    bearer, cart = await signed_in(client), await filled_cart(client, variant, 5)
    order = await ordered_from_cart(client, cart, variant, 5)
    added = await client.post(f"{API}/cart/items", json={"variant_id": variant, "quantity": 2}, headers=cart)
    assert added.json()["items"][0]["quantity"] == 7
    await pay(client, order)
    cache.freeze()
    try:
        answer = await complete(client, order)
        assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
        other = {"X-Cart-Token": cart["X-Cart-Token"][::-1]}
        await check_without_redis(client, body, bearer=bearer, cart=other)
    finally:
        cache.thaw()

    async def has_left() -> bool:
        return await in_cart(client, cart) == {variant: 2}

    assert await until(has_left), await in_cart(client, cart)
    await all_worked_off(database, seconds=60)
    assert await in_cart(client, cart) == {variant: 2}
    await check_with_redis(client, variant)


async def dead(client: httpx.AsyncClient, cache: RedisServer, body: dict[str, Any], database: Database) -> None:
    """Killed and started again, empty, on the same port: an order from the cart that was paid meanwhile keeps its
    event until Redis is back."""
    variant = body["items"][0]["variant_id"]
    bearer, cart = await signed_in(client), await filled_cart(client, variant, 5)
    order = await ordered_from_cart(client, cart, variant, 5)
    await pay(client, order)
    cache.stop()
    answer = await complete(client, order)
    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    await check_without_redis(client, body, bearer=bearer, cart=cart)
    waits = "SELECT COUNT(*) FROM outbox_event e JOIN orders o ON e.aggregate = CONCAT('order:', o.id)"
    assert await database.number(f"{waits} WHERE o.order_no = '{order['order_no']}' AND work_status = 'PENDING'") == 1
    cache.start()

    async def is_back() -> bool:  # for both workers, on a machine that is busy too
        return {(await client.get(f"{API}/me", headers=bearer)).status_code for _ in range(6)} == {401}

    assert await until(is_back)
    gone = await client.get(f"{API}/me", headers=bearer)
    assert (gone.status_code, code(gone)) == (401, "INVALID_TOKEN")
    await check_with_redis(client, variant)
    await all_worked_off(database, seconds=60)


@within(400)
async def test_orders_and_payments_go_on_without_redis(database: Database, tmp_path: Path) -> None:
    """Emptied, hanging and dead, one after the other on one shop with two workers."""
    with own_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache.url, "REDIS_TIMEOUT_SECONDS": "1"}
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 100)
            body = await quoted_body(client, [(variant, 1)])
            await emptied(client, cache, body)
            await hanging(client, cache, body, database)
            await dead(client, cache, body, database)
            await check_books(shop, database, client)


async def check_books(shop: Shop, database: Database, client: httpx.AsyncClient) -> None:
    """Money and stock never noticed."""
    await all_worked_off(database)
    assert {one.verdict for one in await money_is_right(database, client)} == {"SETTLED"}
    assert await faults(database) == {}
    assert shop.unhandled() == []
