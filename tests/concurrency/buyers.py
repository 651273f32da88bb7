"""Shoppers for the concurrency tests: their requests, the answers, and the workers that answered."""

import asyncio
import contextlib
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.concurrency.servers import Database
from tests.concurrency.support import API, Shop


def new_key() -> str:
    """Return a new Idempotency-Key."""
    return secrets.token_hex(16)


def order_body(lines: Sequence[tuple[int, int]], total: int) -> dict[str, Any]:
    """Return the body of `POST /orders` for (variant, quantity) pairs."""
    return {
        "items": [{"variant_id": variant, "quantity": quantity} for variant, quantity in lines],
        "orderer": {"name": "시험", "phone": "01012345678", "email": "race@example.com"},
        "shipping": {"recipient": "시험", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남구 1"},
        "pay_method": "CARD",
        "expected_total": total,
        "agreements": {"terms": True, "privacy": True},
    }


async def quoted_body(client: httpx.AsyncClient, lines: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return the body of `POST /orders` with the total that the shop quotes now."""
    items = [{"variant_id": variant, "quantity": quantity} for variant, quantity in lines]
    answer = await client.post(f"{API}/cart/quote", json={"items": items})
    assert answer.status_code == 200, answer.text
    return order_body(lines, answer.json()["total"])


async def place(client: httpx.AsyncClient, body: dict[str, Any], key: str | None = None) -> httpx.Response:
    """Send `POST /orders`."""
    return await client.post(f"{API}/orders", json=body, headers={"Idempotency-Key": key or new_key()})


async def placed(client: httpx.AsyncClient, body: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    """Place an order, and return it. Fails if the answer is not 201."""
    answer = await place(client, body, key)
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order


async def pay(client: httpx.AsyncClient, order: dict[str, Any], *, webhook: str = "none") -> None:
    """Pay in the sandbox, as the shopper does in the payment window."""
    control = f"/sandbox/control/payments/{payment_id(order)}"
    answer = await client.post(control, json={"action": "pay", "amount": order["total"], "webhook": webhook})
    assert answer.status_code == 200, answer.text


async def complete(client: httpx.AsyncClient, order: dict[str, Any]) -> httpx.Response:
    """Send the request of the browser that returns from the payment window."""
    return await client.post(f"{API}/payments/{payment_id(order)}/complete")


async def status_of(client: httpx.AsyncClient, order: dict[str, Any]) -> str:
    """Return the order's status, as its guest sees it."""
    headers = {"X-Guest-Token": order["guest_token"]}
    answer = await client.get(f"{API}/orders/{order['order_no']}", headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["status"])


def payment_id(order: dict[str, Any]) -> str:
    """Return the id of the order's first payment."""
    return str(order["payment"]["payment_id"])


def code(answer: httpx.Response) -> str:
    """Return the problem's code; an empty text if the answer is not a problem."""
    if answer.headers.get("content-type") != "application/problem+json":
        return ""
    return str(answer.json()["code"])


def tally(answers: Sequence[httpx.Response]) -> Counter[tuple[int, str]]:
    """Count the answers by status and code."""
    return Counter((answer.status_code, code(answer)) for answer in answers)


async def some_variants(database: Database, count: int, *, skip: int = 0) -> list[int]:
    """Return `count` variants of different products, in the order of their ids."""
    found = await database.rows(
        f"SELECT MIN(id) FROM variant GROUP BY product_id ORDER BY MIN(id) LIMIT {count} OFFSET {skip}"
    )
    assert len(found) == count
    return [int(number) for (number,) in found]


async def set_stock(database: Database, variant_id: int, stock: int) -> None:
    """Set the variant's stock and insert the matching ledger row in one transaction."""
    connection = await database.connect()
    try:
        async with connection.cursor() as cursor:
            await cursor.execute("START TRANSACTION")
            await cursor.execute(f"SELECT stock FROM variant WHERE id = {variant_id} FOR UPDATE")
            ((before,),) = await cursor.fetchall()
            await cursor.execute(f"UPDATE variant SET stock = {stock} WHERE id = {variant_id}")
            await cursor.execute(
                "INSERT INTO stock_ledger (variant_id, kind, source, delta, created_at)"
                f" VALUES ({variant_id}, 'ADJUST', 'adjust:{secrets.token_hex(4)}', {stock - before}, UTC_TIMESTAMP(6))"
            )
            await cursor.execute("COMMIT")
    finally:
        connection.close()


async def stock_of(database: Database, variant_id: int) -> int:
    """Return the units that may still be sold."""
    return await database.number(f"SELECT stock FROM variant WHERE id = {variant_id}")


def connections_of(shop: Shop) -> dict[int, int]:
    """Return the open connections of clients: the client's port -> the worker that accepted it."""
    sockets = {}
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        parts = line.split()
        if parts[1].endswith(f":{shop.port:04X}") and parts[3] == "01":
            sockets[f"socket:[{parts[9]}]"] = int(parts[2].partition(":")[2], 16)
    owners = {}
    for worker in shop.workers():
        for handle in Path(f"/proc/{worker}/fd").iterdir():
            with contextlib.suppress(OSError):
                target = str(handle.readlink())
                if target in sockets:
                    owners[sockets[target]] = worker
    return owners


def served_by(answers: Sequence[httpx.Response], owners: dict[int, int]) -> Counter[int]:
    """Count the answers by worker. `owners` must be read while the connections are open."""
    found: Counter[int] = Counter()
    for answer in answers:
        port = answer.extensions["network_stream"].get_extra_info("client_addr")[1]
        found[owners[port]] += 1
    return found


@asynccontextmanager
async def crowd(shop: Shop, count: int) -> AsyncIterator[tuple[list[httpx.AsyncClient], dict[int, int]]]:
    """Yield `count` clients with one open connection each, at least a tenth of them at every worker, and the worker of
    each client port.

    Each client has one connection, because a pool of 200 searches all of them at every request.
    """
    for _ in range(10):
        async with AsyncExitStack() as stack:
            clients = [await stack.enter_async_context(shop.client(connections=1)) for _ in range(count)]
            await asyncio.gather(*(client.get("/health") for client in clients))
            owners = connections_of(shop)
            held = Counter(owners.values())
            if len(held) == len(shop.workers()) and min(held.values()) >= count // 10:
                yield clients, owners
                return
    raise AssertionError(f"the connections do not spread over the workers: {held}")
