"""Product imports beside everything else: orders on the same sizes, other imports, and SIGKILL in the middle."""

import asyncio
import csv
import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

from tests.concurrency.books import all_ended, faults
from tests.concurrency.buyers import new_key, place, quoted_body, set_stock, some_variants, stock_of
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, Shop, needs_servers, running, until, within
from tests.concurrency.test_stock_crash import staff_headers

pytestmark = needs_servers

PRODUCTS = 1_200
HEADING = ("상품코드", "상품명", "카테고리", "상품가", "컬러", "컬러코드", "사이즈", "재고")
IMPORTED = "product_code LIKE 'IMP-%'"


def new_products(count: int) -> bytes:
    """A csv of so many new products with two sizes each."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADING)
    for number in range(count):
        code = f"IMP-{number:05d}"
        lines.writerow((code, "수입 장갑", "golf-bags", 10_000 + number, "블랙", "#111111", "S", 5))
        lines.writerow((code, "", "", "", "블랙", "", "M", 7))
    return out.getvalue().encode()


async def send(client: httpx.AsyncClient, content: bytes, **form: str) -> str:
    """Ask for an import; the task's id."""
    files, headers = {"file": ("products.csv", content)}, {"Idempotency-Key": new_key()}
    answer = await client.post(f"{API}/admin/products/import", files=files, data=form, headers=headers)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


async def task(client: httpx.AsyncClient, task_id: str) -> dict[str, Any]:
    answer = await client.get(f"{API}/admin/tasks/{task_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def finished(client: httpx.AsyncClient, task_id: str) -> dict[str, Any]:
    """The task once it has ended."""

    async def is_over() -> bool:
        return (await task(client, task_id))["status"] in ("finished", "failed")

    assert await until(is_over, seconds=120), await task(client, task_id)
    return await task(client, task_id)


@within(240)
async def test_two_imports_at_once_run_one_after_the_other(database: Database, tmp_path: Path) -> None:
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache}
        async with running(address, tmp_path / "state") as shop, shop.client() as client:
            client.headers.update(await staff_headers(client))
            content = new_products(300)
            ids = await asyncio.gather(*(send(client, content) for _ in range(3)))
            ended = [await finished(client, task_id) for task_id in ids]
            assert [one["status"] for one in ended] == ["finished"] * 3, ended
            assert shop.unhandled() == []
    assert sorted(one["result"]["products"]["created"] for one in ended) == [0, 0, 300]
    times = sorted((one["started_at"], one["finished_at"]) for one in ended)
    assert all(before[1] <= after[0] for before, after in pairwise(times)), times
    assert await database.number(f"SELECT COUNT(*) FROM product WHERE {IMPORTED}") == 300
    assert await faults(database) == {}


async def sell(shop: Shop, variant: int, wanted: int) -> int:
    """So many checkouts of one unit, ten at once; how many got it."""
    async with shop.client(connections=10) as client:
        body = await quoted_body(client, [(variant, 1)])
        turns = iter(range(wanted))

        async def shopper() -> int:
            return sum([(await place(client, body)).status_code == 201 for _ in turns])

        return sum(await asyncio.gather(*(shopper() for _ in range(10))))


@within(240)
async def test_an_import_beside_orders_oversells_nothing_and_loses_no_hold(database: Database, tmp_path: Path) -> None:
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache, "UNPAID_ORDERS_PER_ADDRESS": "0"}
        async with running(address, tmp_path / "state") as shop, shop.client() as client:
            client.headers.update(await staff_headers(client))
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 30)
            ((code, color, size),) = await database.rows(
                "SELECT p.product_code, o.color, v.size FROM variant v JOIN product p ON p.id = v.product_id "
                f"JOIN product_option o ON o.id = v.option_id WHERE v.id = {variant}"
            )
            sold = asyncio.create_task(sell(shop, variant, 120))
            results = []
            for stock in (20, 40, 5, 25, 15, 30):
                content = f"상품코드,컬러,사이즈,재고\r\n{code},{color},{size},{stock}\r\n".encode()
                task_id = await send(client, content, overwrite_stock="true")  # over what was sold since
                results.append((await finished(client, task_id))["result"]["rows"])
            bought = await sold
            assert shop.unhandled() == []
            assert all(result["failed"] == 0 for result in results), results
            moved = await database.number(
                f"SELECT SUM(delta) FROM stock_ledger WHERE variant_id = {variant} AND kind = 'ADJUST'"
            )
            held = await database.number(
                f"SELECT COUNT(*) FROM stock_ledger WHERE variant_id = {variant} AND kind = 'HOLD'"
            )
            before = await database.number(
                f"SELECT SUM(delta) FROM stock_ledger WHERE variant_id = {variant} AND kind = 'OPENING'"
            )
            assert (held, bought > 0) == (bought, True)
            assert await stock_of(database, variant) == before + moved - bought >= 0
            await database.rows("UPDATE orders SET expires_at = '2020-01-01' WHERE status = 'PENDING'")
            assert await all_ended(database)
            assert await stock_of(database, variant) == before + moved
    assert await faults(database) == {}


@within(300)
async def test_sigkill_in_the_middle_ends_with_each_product_once(database: Database, tmp_path: Path) -> None:
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache}
        async with running(address, tmp_path / "state") as shop, shop.client() as client:
            client.headers.update(await staff_headers(client))
            task_id = await send(client, new_products(PRODUCTS))

            async def is_in_the_middle() -> bool:
                return await database.number(f"SELECT COUNT(*) FROM product WHERE {IMPORTED}") >= 200

            assert await until(is_in_the_middle, every=0.01)
            shop.kill()
        done = await database.number("SELECT progress_done FROM background_task")
        assert 200 <= done < PRODUCTS
        assert await database.number(f"SELECT COUNT(*) FROM product WHERE {IMPORTED}") == done
        assert await database.number(f"SELECT COUNT(*) FROM variant v JOIN product p ON p.id = v.product_id WHERE {IMPORTED}") == 2 * done  # fmt: skip
        await database.end_leases()

        async with running(address, tmp_path / "state") as shop, shop.client() as client:
            client.headers.update(await staff_headers(client))
            ended = await finished(client, task_id)
            assert shop.unhandled() == []

    assert ended["status"] == "finished", ended
    assert ended["result"]["products"] == {"created": PRODUCTS, "updated": 0, "unchanged": 0, "failed": 0}
    assert ended["result"]["rows"]["created"] == 2 * PRODUCTS
    assert await database.number(f"SELECT COUNT(*) FROM product WHERE {IMPORTED}") == PRODUCTS
    assert await database.number("SELECT COUNT(*) FROM audit_log WHERE action = 'product.created'") == PRODUCTS
    assert await database.number("SELECT COUNT(*) FROM audit_log WHERE action = 'product.imported'") == 1
    orphans = "SELECT COUNT(*) FROM task_file_chunk c LEFT JOIN task_file f ON f.id = c.file_id WHERE f.id IS NULL"
    assert await database.number(orphans) == 0
    assert await faults(database) == {}
