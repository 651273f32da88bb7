"""Metrics of several workers: one sum, over kills and with the servers away, and never through the shop's own port."""

import asyncio
import os
import signal
from pathlib import Path

import httpx

from tests.concurrency.servers import Database, any_redis, own_redis
from tests.concurrency.support import API, Shop, needs_servers, running, until, within
from tests.conftest import free_port
from tests.core.observing.scraping import answers, scraped

pytestmark = needs_servers

READS = f"{API}/products/{{ref}}"


async def read(shop: Shop, times: int) -> None:
    """Ask for a product that is not there, each time by a new connection, so that every worker is asked."""
    for _ in range(times):
        async with shop.client(connections=1) as client:
            assert (await client.get(f"{API}/products/NO-SUCH")).status_code == 404


async def reads_of(port: int) -> int:
    return int((await scraped(port)).value("shop_http_requests_total", route=READS, status="404"))


def holder(port: int, shop: Shop) -> int:
    """The worker that listens on the metrics port."""
    inode = next(
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1] == f"0100007F:{port:04X}" and line.split()[3] == "0A"
    )
    for worker in shop.workers():
        if any(str(one.readlink()) == f"socket:[{inode}]" for one in Path(f"/proc/{worker}/fd").iterdir()):
            return worker
    raise AssertionError("nobody of ours listens")


@within(240)
async def test_a_scrape_is_the_sum_of_all_workers_over_kills(database: Database, tmp_path: Path) -> None:
    """Each kill takes the worker that answers scrapes: another answers, no count is lost, the number is used again."""
    port = free_port()
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache, "METRICS_PORT": str(port)}
        async with running({**address, "METRICS_DIR": str(tmp_path / "metrics")}, tmp_path / "state") as shop:
            assert await until(lambda: answers(port))

            async def all_count() -> bool:
                return (await scraped(port)).value("shop_processes") == 2

            assert await until(all_count)
            done = 0
            for _ in range(3):
                await read(shop, 60)
                done += 60
                assert await reads_of(port) == done
                workers = set(shop.workers())
                victim = holder(port, shop)
                os.kill(victim, signal.SIGKILL)

                async def is_replaced(victim: int = victim) -> bool:
                    return victim not in shop.workers() and len(shop.workers()) == 2 and await answers(port)

                assert await until(is_replaced)
                assert set(shop.workers()) != workers
                assert await reads_of(port) == done
                assert await until(all_count)
            found = await scraped(port)
            assert found.value("shop_processes_expected") == 2
            assert {one["worker"] for one, _ in found.samples["shop_process_resident_bytes"]} == {"0", "1"}
            assert found.value("shop_database_pool_connections", state="limit") == 30
            assert sorted(path.name for path in (tmp_path / "metrics").glob("*/*.values")) == ["0.values", "1.values"]
            async with shop.client() as client:
                assert (await client.get("/metrics")).status_code == 404
                assert (await client.get(f"{API}/metrics")).status_code == 404


@within(240)
async def test_both_workers_count_what_many_ask_at_once(database: Database, tmp_path: Path) -> None:
    port = free_port()
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache, "METRICS_PORT": str(port)}
        async with running({**address, "METRICS_DIR": str(tmp_path / "metrics")}, tmp_path / "state") as shop:
            assert await until(lambda: answers(port))
            async with shop.client(connections=40) as client:
                asked = [client.get(f"{API}/products?size={size}") for size in range(1, 41) for _ in range(10)]
                assert {answer.status_code for answer in await asyncio.gather(*asked)} == {200}
                found = await scraped(port)
            assert found.value("shop_http_requests_total", route=f"{API}/products", status="200") == 400
            assert found.value("shop_http_request_seconds_count", route=f"{API}/products") == 400
            assert found.value("shop_http_request_seconds_bucket", route=f"{API}/products", le="+Inf") == 400
            assert found.value("shop_cache_reads_total", cache="public") >= 400
            assert found.value("shop_http_requests_under_way") == 0


@within(240)
async def test_a_redis_that_hangs_is_down_in_time_and_the_rest_is_told(database: Database, tmp_path: Path) -> None:
    port = free_port()
    with own_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache.url, "METRICS_PORT": str(port)}
        async with running({**address, "METRICS_DIR": str(tmp_path / "metrics")}, tmp_path / "state") as shop:
            assert await until(lambda: answers(port))

            async def is_up(source: str) -> bool:
                return (await scraped(port)).value("shop_source_up", source=source) == 1

            assert await until(lambda: is_up("redis"))
            cache.freeze()
            try:

                async def is_down() -> bool:
                    return not await is_up("redis")

                assert await until(is_down)
                found = await scraped(port)
                assert found.value("shop_source_up", source="database") == 1
                assert "shop_queue_length" not in found.samples
                async with shop.client() as client:
                    assert (await client.get(f"{API}/products")).status_code == 200
            finally:
                cache.thaw()
            assert await until(lambda: is_up("redis"))


@within(240)
async def test_a_new_start_counts_on_where_the_last_one_ended(database: Database, tmp_path: Path) -> None:
    port = free_port()
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache, "METRICS_PORT": str(port)}
        environment = {**address, "METRICS_DIR": str(tmp_path / "metrics")}
        for rounds in (1, 2):
            async with running(environment, tmp_path / "state") as shop:
                assert await until(lambda: answers(port))
                await read(shop, 20)
                assert await reads_of(port) == 20 * rounds
        try:
            await scraped(port)
        except httpx.ConnectError:
            return
        raise AssertionError("the port outlived the shop")
