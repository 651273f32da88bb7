"""Outgoing webhooks over SIGKILL and over SIGTERM: each arrives, under one id, however the sending broke off."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, needs_servers, running, until, within
from tests.concurrency.test_stock_crash import staff_headers

pytestmark = needs_servers

MESSAGES = 40
HUNG = 3
HOOKS = f"{API}/admin/outbound-webhooks"
WAITING = "SELECT COUNT(*) FROM outbound_delivery WHERE work_status <> 'DONE'"


async def add_webhook(client: httpx.AsyncClient, headers: dict[str, str], *, url: str = "") -> int:
    """At the sandbox of the same shop unless another address is given."""
    body = {"url": url or f"{client.base_url}/sandbox/receiver/erp", "event_types": ["order.paid"]}
    answer = await client.post(HOOKS, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    webhook_id: int = answer.json()["id"]
    return webhook_id


async def send_tests(client: httpx.AsyncClient, webhook_id: int, headers: dict[str, str], *, count: int) -> None:
    for answer in await asyncio.gather(
        *(client.post(f"{HOOKS}/{webhook_id}/test", headers=headers) for _ in range(count))
    ):
        assert answer.status_code == 202, answer.text


async def arrived(client: httpx.AsyncClient) -> Counter[str]:
    """How often each message came."""
    items: list[dict[str, Any]] = (await client.get("/sandbox/control/received")).json()["items"]
    return Counter(item["headers"]["webhook-id"] for item in items)


async def hanging(client: httpx.AsyncClient, times: int) -> None:
    """The receiver keeps so many messages and does not answer them for 20 s."""
    faults = [{"operation": "receiver", "kind": "timeout_after", "times": times}]
    answer = await client.put("/sandbox/control/faults", json={"faults": faults})
    assert answer.status_code == 200, answer.text


@asynccontextmanager
async def silent_receiver() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """Takes a message and never answers: its address, and when a message came."""
    came = asyncio.Event()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        came.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", came
    server.close()


@within(300)
async def test_two_workers_send_each_once_and_sigkill_makes_none_disappear(database: Database, tmp_path: Path) -> None:
    """Both workers send forty messages, each once. Then three more hang at the receiver, which has taken them, when
    SIGKILL comes: nobody noted them. After the restart each of the three comes once more under the id that it had."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {
            "DATABASE_URL": database.url,
            "REDIS_URL": cache,
            "OUTBOUND_ALLOW_PRIVATE": "127.0.0.1",
            # As long as the receiver is silent: on a busy machine the default passes before the kill, and a try that
            # ended by its own time is noted.
            "OUTBOUND_TIMEOUT_SECONDS": "20",
        }
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            headers = await staff_headers(client)
            webhook_id = await add_webhook(client, headers)
            await send_tests(client, webhook_id, headers, count=MESSAGES)

            async def all_done() -> bool:
                return await database.number(WAITING) == 0

            assert await until(all_done)
            once = await arrived(client)
            assert (len(once), set(once.values())) == (MESSAGES, {1})

            await hanging(client, HUNG)
            await send_tests(client, webhook_id, headers, count=HUNG)

            async def all_hang() -> bool:
                return len(await arrived(client)) == MESSAGES + HUNG

            assert await until(all_hang)
            shop.kill()
        assert await database.number(WAITING) == HUNG
        assert await database.number("SELECT COUNT(*) FROM outbound_attempt") == MESSAGES
        await database.end_leases()

        # On the same port: that is where the receiver is.
        async with running(environment, tmp_path / "state", port=shop.port) as shop, shop.client() as client:
            assert await until(all_done)
            found = await arrived(client)
            assert Counter(found.values()) == {1: MESSAGES, 2: HUNG}
            assert {message: count for message, count in found.items() if message in once} == dict(once)
            assert shop.unhandled() == []


@within(300)
async def test_a_worker_that_is_told_to_end_ends_its_sends_and_leaves_the_rest(
    database: Database, tmp_path: Path
) -> None:
    """SIGTERM while a message hangs: the try ends by its own time, is noted as failed, and nothing is lost."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {
            "DATABASE_URL": database.url,
            "REDIS_URL": cache,
            "OUTBOUND_ALLOW_PRIVATE": "127.0.0.1",
            "OUTBOUND_TIMEOUT_SECONDS": "2",
            "WEB_CONCURRENCY": "1",
        }
        async with (
            silent_receiver() as (url, came),
            running(environment, tmp_path / "state") as shop,
            shop.client() as client,
        ):
            headers = await staff_headers(client)
            webhook_id = await add_webhook(client, headers, url=url)
            await send_tests(client, webhook_id, headers, count=1)
            await came.wait()
            shop.terminate()
            assert await shop.ended() == 0
            assert shop.unhandled() == []
        rows = await database.rows("SELECT work_status, lease_token, attempts, last_error FROM outbound_delivery")
        assert rows == [("PENDING", "", 1, "timeout")]
