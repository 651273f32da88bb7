"""The order desk over a million lines of 400,000 orders, through HTTP on MySQL: search, counts, dashboard, detail.

    .venv/bin/python -m tests.bench.order_lines [--lines 1000000] [--times 40] [--slowest 10]

`tests.bench.order_lines_data` fills the book, in some minutes. Each request of SEARCHES is asked `times` times, one
after the other, with a value of its own where it has one; the buffer pool has 1 GiB and the shop one worker. Prints the
median and the 99th percentile of each, the limits beside them, and the statements of an order's detail. Ends with an
error where a request fails or, with ``--strict``, where a limit does not hold.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import asyncmy
import httpx
from tortoise import Tortoise

from src.core.database.tortoise import MODEL_MODULES
from tests.bench.order_lines_data import FILLED, statements
from tests.bench.orders import SELLABLE
from tests.bench.support import MYSQL, Bench, Server, bench, load_average, sql

STAFF = {"login_id": "admin", "password": "Admin!2345"}
LIST = "/api/v1/admin/order-lines"
MEDIAN_MS, P99_MS, COUNTS_MS, DASHBOARD_MS = 50.0, 300.0, 50.0, 20.0
POOL = 1 << 30
AXES = {
    "order_status": (
        "PENDING",
        "AWAITING_DEPOSIT",
        "PAID",
        "PREPARING",
        "SHIPPING",
        "DELIVERED",
        "CONFIRMED",
        "EXPIRED",
    ),
    "procurement_status": ("NONE", "CONFIRMED"),
    "shipping_status": ("NONE", "SHIPPING", "DELIVERED"),
    "claim_status": ("NONE",),
    "delivery_attribute": ("NORMAL", "TODAY", "RESERVED"),
    "pay_method": ("CARD", "VIRTUAL_ACCOUNT", "MANUAL_TRANSFER"),
    "delayed": ("true", "false"),
    "late": ("true",),
}
DATES = ("ORDERED", "PAID", "ACKNOWLEDGED", "SHIPPED", "DELIVERED", "PURCHASE_CONFIRMED")
COMBINATIONS = 30
Query = dict[str, Any]


def searches(database: str) -> Iterator[tuple[str, list[Query]]]:
    """Yield what is asked, by name, each with the queries that are asked in turns."""
    yield "default range", [{}]
    yield from ((f"page {page}", [{"page": page, "size": 100}]) for page in (2, 10, 100))
    yield from ((f"sort {way}", [{"sort": way}]) for way in ("newest", "oldest"))
    for key, column in KEYS.items():
        rows = sql(f"SELECT {column} FROM order_line l JOIN orders o ON o.id = l.order_id"
                   f" WHERE MOD(l.id, 9973) = 1 AND {column} IS NOT NULL LIMIT 40", database)  # fmt: skip
        yield f"key {key}", [{"search_type": key, "q": value} for (value,) in rows]
    yield (
        "key tracking_no",
        [{"search_type": "tracking_no", "q": f"{number:6>12}"} for number in (377_001, 390_001, 120_001)],
    )
    yield "key recipient_name, two letters", [{"search_type": "recipient_name", "q": "김민"}]
    yield "key recipient_name, one letter", [{"search_type": "recipient_name", "q": "김"}]
    for axis, values in AXES.items():
        yield from ((f"{axis} {value}", [{axis: value}]) for value in values)
    for kind in DATES:
        yield f"date {kind}", [{"date_type": kind}]
        yield (
            f"date {kind}, oldest, MANUAL_TRANSFER",
            [{"date_type": kind, "sort": "oldest", "pay_method": "MANUAL_TRANSFER"}],
        )
    chosen = random.Random(7)
    for number in range(COMBINATIONS):
        axes = chosen.sample(sorted(AXES), chosen.randint(2, 4))
        query: Query = {axis: chosen.choice(AXES[axis]) for axis in axes}
        query |= {"date_type": chosen.choice(DATES), "sort": chosen.choice(("newest", "oldest"))}
        query["page"] = chosen.choice((1, 1, 5, 100))
        yield f"combination {number + 1}: {query}", [query]


KEYS = {
    "recipient_name": "o.recipient",
    "recipient_phone": "o.recipient_phone",
    "buyer_name": "o.orderer_name",
    "buyer_phone": "o.orderer_phone_end",
    "order_no": "o.order_no",
    "line_no": "l.line_no",
    "product_code": "l.product_code",
}


async def fill(database: str, lines: int, *, variants: int) -> None:
    """Fill the book of a shop that has its products."""
    connection = await asyncmy.connect(**MYSQL, db=database, autocommit=True)
    try:
        async with connection.cursor() as cursor:
            for statement in statements(lines, variants=variants, now=datetime.now(UTC)):
                await cursor.execute(statement)
            tables = ", ".join(
                f"`{model._meta.db_table}`" for live, archive, _, _ in FILLED for model in (live, archive)
            )
            await cursor.execute(f"ANALYZE TABLE {tables}")
            await cursor.fetchall()
    finally:
        connection.close()


def timed(client: httpx.Client, path: str, query: Query) -> tuple[float, Any]:
    """Return the milliseconds of one request and its body. Raises SystemExit if it fails."""
    began = time.perf_counter()
    answer = client.get(path, params=query)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"GET {path} {query}: {answer.status_code} {answer.text[:300]}")
    return took, answer.json()


def measured(client: httpx.Client, path: str, queries: list[Query], times: int) -> tuple[float, float, Any]:
    """Return median, 99th percentile (with few times the slowest but none) and the last body."""
    timed(client, path, queries[0])
    took, body = [], None
    for number in range(times):
        spent, body = timed(client, path, queries[number % len(queries)])
        took.append(spent)
    took.sort()
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.99))], body


def signed_in(shop: Server) -> httpx.Client:
    """Return a client of the first staff member."""
    client = httpx.Client(base_url=shop.base, timeout=60, trust_env=False)
    answer = client.post("/api/v1/admin/auth/sign-in", json=STAFF).raise_for_status()
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return client


def made(run: Bench, lines: int, own: dict[str, str]) -> str:
    """Make and fill a database, which goes with the bench, and return its name."""
    database = run.use_mysql().rpartition("/")[2]
    run.run("src.cli", "migrate", **own)
    run.run("src.cli", "seed-demo", **own)
    began = time.monotonic()
    asyncio.run(fill(database, lines, variants=len(sql(SELLABLE, database))))
    print(f"  filled in {time.monotonic() - began:.0f} s; load {load_average()}", flush=True)
    return database


def main(lines: int, times: int, slowest: int, *, filled: str, strict: bool) -> None:
    """See the module's text."""
    Tortoise.init_models(list(MODEL_MODULES), "models")
    with bench(f"order_lines: the desk over {lines} lines", deadline=3000) as run:
        ((before,),) = sql("SELECT @@GLOBAL.innodb_buffer_pool_size")
        sql(f"SET GLOBAL innodb_buffer_pool_size = {POOL}")
        run.stack.callback(sql, f"SET GLOBAL innodb_buffer_pool_size = {before}")
        run.use_redis()
        own = {"WEB_CONCURRENCY": "1", "JOBS": "apart"}
        if filled:
            database = filled
            run.environment["DATABASE_URL"] = f"mysql://root:@127.0.0.1:{MYSQL['port']}/{filled}"
        else:
            database = made(run, lines, own)
        shop = run.shop(**own)
        client = signed_in(shop)
        found = [(name, *measured(client, LIST, queries, times)) for name, queries in searches(database)]
        found.sort(key=lambda row: -row[2])
        for name, median, p99, body in found[:slowest]:
            print(f"  {median:7.1f} {p99:7.1f} ms  {body['total']:6d}{' ' if body['total_is_exact'] else '+'} {name}")
        over = [name for name, median, p99, _ in found if median > MEDIAN_MS or p99 > P99_MS]
        print(f"  {len(found)} searches: {len(over)} over {MEDIAN_MS:.0f} or {P99_MS:.0f} ms; load {load_average()}")
        counts, _, _ = measured(client, f"{LIST}/counts", [{}], times)
        print(f"  counts {counts:.1f} ms (limit {COUNTS_MS:.0f})")
        dashboard, _, _ = measured(client, "/api/v1/admin/dashboard", [{}], times)
        print(f"  dashboard {dashboard:.1f} ms (limit {DASHBOARD_MS:.0f})")
        if strict and (over or counts > COUNTS_MS or dashboard > DASHBOARD_MS):
            raise SystemExit("a limit does not hold")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--slowest", type=int, default=10)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--filled", default="", help="a database that was filled before; it is kept")
    chosen = parser.parse_args()
    main(chosen.lines, chosen.times, chosen.slowest, filled=chosen.filled, strict=chosen.strict)
