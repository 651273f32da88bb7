"""Whole purchases in a shop with a million orders in its books : in a shop with a thousand, on MySQL and Redis.

    .venv/bin/python -m tests.bench.growth [--orders 1000000] [--rounds 1] [--seconds 20] [--users 32]

Both shops are served as in `tests.bench.purchases` and loaded in turns. `tests.bench.growth_data` fills the books, in
some minutes. Before a shop opens, each job that reads the books runs once by hand and is timed, the start of its
process included. While the load runs, the jobs run in the web workers too: the checks are due when a turn begins. Ends
with an error where the books are wrong or the large shop sells less than FLOOR of the small one.
"""

import argparse
import asyncio
import re
import statistics
import time
from datetime import UTC, datetime

import asyncmy
from tortoise import Tortoise

from src.core.database.tortoise import MODEL_MODULES
from tests.bench.growth_data import FILLED, statements
from tests.bench.orders import SELLABLE
from tests.bench.purchases import WARM_SECONDS, Side, Turn, line
from tests.bench.support import MYSQL, bench, load_average, sql

FLOOR = 0.8
SMALL = 1_000
CHECKS_SECONDS = 300
BUSY = "SELECT 1 FROM job WHERE name = 'check-invariants' AND (holder <> '' OR next_run_at <= UTC_TIMESTAMP(6))"
JOBS = (
    "settle-prices",  # reads no order: how long a process takes to start
    "expire-orders",
    "reconcile-payments",
    "archive-orders",
    "check-invariants",
    "count-popularity",
    "enforce-retention",
    "forget-done-work",
    "forget-idempotency-keys",
)


async def fill(database: str, orders: int, *, variants: int) -> None:
    """Fill the books of a shop that has its products."""
    connection = await asyncmy.connect(**MYSQL, db=database, autocommit=True)
    try:
        async with connection.cursor() as cursor:
            for statement in statements(orders, variants=variants, now=datetime.now(UTC)):
                await cursor.execute(statement)
            tables = ", ".join(sorted({f"`{model._meta.db_table}`" for model, _, _ in FILLED}))
            await cursor.execute(f"ANALYZE TABLE {tables}")
            await cursor.fetchall()
    finally:
        connection.close()


class Shop:
    """A shop whose books hold so many orders. `times` are the seconds of each of the JOBS."""

    def __init__(self, orders: int) -> None:
        self.orders = orders
        self.times: list[tuple[str, float, str]] = []

    def prepare(self, side: Side) -> None:
        """Make the products, fill the books, and time the jobs."""
        side.run.run("src.cli", "migrate", **side.own)
        side.run.run("src.cli", "seed-demo", **side.own)
        began, variants = time.monotonic(), len(sql(SELLABLE, side.database))
        asyncio.run(fill(side.database, self.orders, variants=variants))
        print(f"  {side.name}: {self.orders} orders filled in {time.monotonic() - began:.0f} s", flush=True)
        for name in JOBS:
            began = time.monotonic()
            told = side.run.run("src.cli", "run-job", name, **{**side.own, "METRICS_PORT": "0"})
            done = re.search(rf"^{name}: (\d+)$", told, re.MULTILINE)
            self.times.append((name, time.monotonic() - began, done[1] if done else "?"))


def load(side: Side, seconds: float, users: int) -> Turn:
    """One turn. The checks begin with it in a web worker, and the next turn waits for their end."""
    await_checks(side)  # a web process that starts runs them too
    sql("UPDATE job SET next_run_at = UTC_TIMESTAMP(6) WHERE name = 'check-invariants'", side.database)
    turn = side.load(seconds, users)
    await_checks(side)
    return turn


def await_checks(side: Side) -> None:
    """Wait until the checks neither run nor are due. Raises SystemExit after CHECKS_SECONDS."""
    end = time.monotonic() + CHECKS_SECONDS
    while sql(BUSY, side.database):
        if time.monotonic() > end:
            raise SystemExit(f"the checks did not end within {CHECKS_SECONDS} s")
        time.sleep(0.5)


def tell_jobs(small: Shop, large: Shop) -> None:
    """Print what the jobs took in both shops."""
    print(f"  seconds of a job's run by hand with {small.orders} and {large.orders} orders (rows done)")
    for (name, few, done), (_, many, of_many) in zip(small.times, large.times, strict=True):
        print(f"    {name}: {few:.1f} ({done}), {many:.1f} ({of_many})")


def main(orders: int, rounds: int, seconds: float, users: int) -> None:
    """See the module's text."""
    Tortoise.init_models(list(MODEL_MODULES), "models")
    with bench(f"growth: purchases with {orders} orders in the books : with {SMALL}", deadline=1200) as run:
        sql("SET GLOBAL innodb_monitor_enable = 'trx_rw_commits'")
        shops = {"small": Shop(SMALL), "large": Shop(orders)}
        sides = {name: Side(run, name, prepare=shop.prepare) for name, shop in shops.items()}
        tell_jobs(shops["small"], shops["large"])
        for side in sides.values():
            side.load(WARM_SECONDS, users)
        turns: dict[str, list[Turn]] = {name: [] for name in sides}
        for number in range(rounds):
            for name in list(sides) if number % 2 else list(sides)[::-1]:
                turn = load(sides[name], seconds, users)
                turns[name].append(turn)
                print(
                    f"  round {number + 1} {name}: {turn.paid} paid, {turn.failed} failed {turn.example},"
                    f" {turn.rate:.1f}/s (load {load_average()})",
                    flush=True,
                )
        for name, found in turns.items():
            print(line(name, found), flush=True)
        ratios = [many.rate / few.rate for few, many in zip(turns["small"], turns["large"], strict=True)]
        middle = statistics.median(ratios)
        verdict = "ok" if middle >= FLOOR else "MISSED"
        print(f"large : small {middle:.2f} [{min(ratios):.2f} to {max(ratios):.2f}] {verdict} (>= {FLOOR})", flush=True)
        for side in sides.values():
            side.check()
        if middle < FLOOR:
            raise SystemExit("the large shop sells too slowly")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--users", type=int, default=32)
    chosen = parser.parse_args()
    main(chosen.orders, chosen.rounds, chosen.seconds, chosen.users)
