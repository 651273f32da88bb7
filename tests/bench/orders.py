"""Compare ``POST /orders`` on MySQL with one worker to the same SQL statements sent raw through asyncmy.

    .venv/bin/python -m tests.bench.orders [--rounds 7] [--seconds 6] [--show-sql]

Guests place orders of one unit over 16 connections, for all variants of the shop in turn. The vendor call is a no-op,
except in the line "with the sandbox". Afterwards the bench compares stock with ledger, and orders with answers.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from tests.bench.replay import Replay
from tests.bench.support import Bench, Load, Server, bench, median_rate, ratio_line, sql, turns, unique

FLOOR = 0.4
STOCK = 1_000_000
ORDER = {
    "orderer": {"name": "김민지", "phone": "010-1234-5678", "email": "minji@example.com"},
    "shipping": {
        "recipient": "김민지",
        "phone": "01012345678",
        "zipcode": "06236",
        "address": "서울 강남구 테헤란로 1",
    },
    "pay_method": "CARD",
    "agreements": {"terms": True, "privacy": True},
}
SELLABLE = """
SELECT v.id FROM variant v JOIN product p ON p.id = v.product_id
WHERE p.sale_status = 'ON_SALE' AND p.display_status = 'SHOWN' ORDER BY v.id
"""
FILL_LEDGER = f"""
INSERT INTO stock_ledger (kind, source, delta, line_id, created_at, variant_id)
SELECT 'ADJUST', 'adjust:bench', {STOCK} - stock, NULL, UTC_TIMESTAMP(6), id FROM variant
"""


def fill_stock(database: str) -> None:
    """Set the stock of every variant so high that none sells out, with the matching ledger rows."""
    sql(FILL_LEDGER, database)
    sql(f"UPDATE variant SET stock = {STOCK}", database)


def write_bodies(file: Path, shop: Server, purchases: Sequence[Sequence[int]]) -> Path:
    """Write one order body per line, with one unit of each variant, at current prices."""
    lines = []
    with httpx.Client(base_url=shop.base, trust_env=False) as http:
        for variants in purchases:
            items = [{"variant_id": variant, "quantity": 1} for variant in variants]
            quote = http.post("/api/v1/cart/quote", json={"items": items}).raise_for_status().json()
            lines.append(json.dumps({**ORDER, "items": items, "expected_total": quote["total"]}, ensure_ascii=False))
    file.write_text("\n".join(lines) + "\n")
    return file


def order_load(shop: Server, bodies: Path, seconds: float) -> Load:
    """Place orders by wrk."""
    return shop.wrk("/api/v1/orders", seconds=seconds, lua="orders.lua", arguments=[str(bodies), unique()])


def answers_of(servers: Sequence[Server]) -> list[int]:
    """Return the status of every answer to ``POST /orders``, from the servers' access logs, because wrk leaves up to 16
    answers of each run unread."""
    found = []
    for server in servers:
        for line in server.log.read_bytes().splitlines():
            if b'"path":"/api/v1/orders"' in line:
                access: dict[str, Any] = json.loads(line)
                found.append(int(access["status"]))
    return found


def check(run: Bench, database: str, servers: Sequence[Server], replays: Sequence[Replay], captured: int) -> None:
    """Check orders and ledger after the load. Raises SystemExit if the numbers do not match or there was a 5xx."""
    raw = sum(replay.committed for replay in replays)
    for _ in range(100):  # orders whose client has disconnected are still being processed
        ((orders,),) = sql("SELECT COUNT(*) FROM orders", database)
        answers = answers_of(servers)
        created, others = answers.count(201), sorted({status for status in answers if status != 201})
        if orders == created + raw + captured:
            break
        time.sleep(0.2)
    print(
        f"orders in MySQL: {orders} = {created} answers 201 + {raw} raw + {captured} captured; other answers: {others}"
    )
    print(f"ledger: {run.run('src.cli', 'verify').strip()}")
    if orders != created + raw + captured or any(status >= 500 for status in others):
        raise SystemExit("the numbers do not add up, or there was a 5xx")


def main(rounds: int, seconds: float, *, show_sql: bool) -> None:
    """See the module docstring."""
    with bench("orders: placed per second, POST /orders : the same SQL raw, 1 process each", deadline=900) as run:
        url = run.use_mysql()
        database = url.rpartition("/")[2]
        run.use_redis()
        shop = run.shop("noop", "tests.bench.noop_app:app")
        sandbox = run.shop("sandbox", "src.main:app")
        fill_stock(database)
        variants = [row[0] for row in sql(SELLABLE, database)]
        half = len(variants) // 2  # two lines: a variant of each half, so of different products
        kinds = {
            "spread": write_bodies(run.folder / "spread", shop, [[one] for one in variants]),
            "hot": write_bodies(run.folder / "hot", shop, [variants[:1]]),
            "two lines": write_bodies(
                run.folder / "two", shop, list(zip(variants[:half], variants[half:], strict=False))
            ),
        }
        replays: dict[str, Replay] = {}
        captured = 0
        for name, bodies in kinds.items():
            templates = bodies.with_suffix(".templates")
            run.run("tests.bench.capture", str(bodies), str(templates), SANDBOX="false")
            replays[name] = Replay(templates, url)
            captured += len(bodies.read_text().splitlines()) + 1
        queries = replays["spread"].queries
        inside = sum(is_inside for is_inside, _ in queries)
        print(f"  {len(variants)} variants; {len(queries)} statements in an order, {inside} of them in the transaction")
        if show_sql:
            print("\n".join(f"    {'tx ' if is_inside else '   '}{query}" for is_inside, query in queries))
        sides: dict[str, Callable[[], Load]] = {}
        for name, bodies in kinds.items():
            sides[name] = partial(order_load, shop, bodies, seconds)
            sides[f"raw {name}"] = partial(replays[name].load, seconds=seconds)
        sides["raw transaction only"] = partial(replays["spread"].load, seconds=seconds, transaction_only=True)
        sides["sandbox"] = partial(order_load, sandbox, kinds["spread"], seconds)
        loads = turns(rounds, sides)
        print(ratio_line("orders, spread over variants", loads["spread"], loads["raw spread"], FLOOR))
        print(ratio_line("one hot variant", loads["hot"], loads["raw hot"], None))
        print(ratio_line("two lines an order", loads["two lines"], loads["raw two lines"], None))
        print(ratio_line("against the transaction alone", loads["spread"], loads["raw transaction only"], None))
        print(ratio_line("with the sandbox (same worker)", loads["sandbox"], loads["raw spread"], None))
        print(f"raw: {median_rate(loads['raw spread']):.0f}/s, {loads['raw spread'][0].cpu_us:.0f} us of CPU")
        check(run, database, [shop, sandbox], list(replays.values()), captured)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--show-sql", action="store_true")
    chosen = parser.parse_args()
    main(chosen.rounds, chosen.seconds, show_sql=chosen.show_sql)
