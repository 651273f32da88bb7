"""A rush: 2,000 shoppers want 500 units of one size within five seconds, on MySQL and Redis.

    .venv/bin/python -m tests.bench.rush [--shoppers 2000] [--units 500] [--seconds 5]

Two web workers with `JOBS=inside`, the sandbox and the crowd (`tests.bench.crowd`) as processes of their own. Every
shopper orders one unit once, at a seeded moment; those who got one pay in the window and come back, again within the
seconds. Ends with an error unless exactly as many orders as units are placed and paid, everybody else is told
STOCK_SHORT, nobody meets another answer or a closed connection, and the books are right.
"""

import argparse
import json
import subprocess
import time
from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import Any

from tests.bench.crowd import PLACED, TOLD
from tests.bench.purchases import DRAIN_SECONDS, Side, counters, quantile
from tests.bench.support import PYTHON, ROOT, bench, children, cpu_of, load_average, sql

P99_LIMIT_MS = 1_500
ENDS = """
SELECT (SELECT stock FROM variant WHERE id = {0}),
 (SELECT SUM(delta) FROM stock_ledger WHERE variant_id = {0}),
 (SELECT COUNT(*) FROM orders WHERE status = 'PAID'), (SELECT COUNT(*) FROM orders),
 (SELECT COUNT(*) FROM payment WHERE status = 'PAID'), (SELECT COUNT(*) FROM payment),
 (SELECT COUNT(*) FROM idempotency_key WHERE state = 'DONE'), (SELECT COUNT(*) FROM idempotency_key)
"""
NAMES = ("stock", "ledger", "orders paid", "orders", "payments paid", "payments", "keys done", "keys")


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of time, CPU seconds of the web processes and of the sandbox, and statements of the database server."""

    seconds: float
    app: float
    sandbox: float
    statements: int

    @classmethod
    def so_far(cls, side: Side) -> "Used":
        """Read the counters."""
        servers = [side.shop.process.pid, *children(side.shop.process.pid)]
        statements = sum(number for name, number in counters().items() if name != "commits")
        app, sandbox = sum(map(cpu_of, servers)), cpu_of(side.sandbox.process.pid)
        return cls(time.monotonic(), app, sandbox, statements)

    def since(self, earlier: "Used") -> "Used":
        """Return the difference."""
        return Used(*(now - then for now, then in zip(astuple(self), astuple(earlier), strict=True)))


def make_scarce(side: Side, units: int) -> int:
    """Leave so many units of the first size that the bodies ask for, and return its id."""
    variant = int(json.loads(side.bodies.read_text().split("\n", 1)[0])["items"][0]["variant_id"])
    sql(
        "INSERT INTO stock_ledger (kind, source, delta, line_id, created_at, variant_id)"
        f" SELECT 'ADJUST', 'adjust:rush', {units} - stock, NULL, UTC_TIMESTAMP(6), id FROM variant WHERE id = {variant}",
        side.database,
    )
    sql(f"UPDATE variant SET stock = {units} WHERE id = {variant}", side.database)
    return variant


def send_crowd(side: Side, shoppers: int, seconds: float) -> tuple[dict[str, Any], list[Used]]:
    """Let the crowd in. Return what it met, and what was used by ordering and by paying."""
    command = [PYTHON, "-m", "tests.bench.crowd", side.shop.base, side.portone, str(side.bodies)]
    with subprocess.Popen(
        [*command, str(shoppers), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as crowd:
        assert crowd.stdout is not None
        moments = [Used.so_far(side)]
        for line in crowd.stdout:
            moments.append(Used.so_far(side))
            last = line
    if crowd.returncode:
        raise SystemExit("the crowd failed")
    met: dict[str, Any] = json.loads(last)
    return met, [later.since(earlier) for earlier, later in pairwise(moments)]


def tell(met: dict[str, Any], used: list[Used]) -> float:
    """Print what the crowd met, and return the p99 of all answers of the shop in milliseconds."""
    print(f"  answers {met['answers']}, hung up {met['hung_up']}; sold out after {met['sold_after']:.1f} s")
    kinds = {**met["ordering"], "complete": met["completing"]}
    for name, times in kinds.items():
        longest = max(times, default=0.0) * 1e3
        print(f"  {name}: p50 {quantile(times, 0.5):.0f}, p99 {quantile(times, 0.99):.0f}, longest {longest:.0f} ms")
    together = quantile([took for times in kinds.values() for took in times], 0.99)
    verdict = "ok" if together <= P99_LIMIT_MS else "MISSED"
    print(f"  all answers: p99 {together:.0f} ms {verdict} (<= {P99_LIMIT_MS}); load {load_average()}")
    for what, each in zip(("ordering", "paying"), used, strict=True):
        print(
            f"  {what}: {each.seconds:.1f} s; CPU: app {each.app:.1f}, sandbox {each.sandbox:.1f} s;"
            f" {each.statements} statements"
        )
    return together


def wrong(side: Side, met: dict[str, Any], variant: int, *, shoppers: int, units: int) -> list[str]:
    """Return what is not as it must be, after the work behind the orders is done or DRAIN_SECONDS are over."""
    ended = time.monotonic()
    while (left := side.left()) and time.monotonic() < ended + DRAIN_SECONDS:
        time.sleep(0.2)
    print(f"  no row of work left after {time.monotonic() - ended:.1f} s" if not left else f"  {left} rows left")
    found = dict(zip(NAMES, map(int, sql(ENDS.format(variant), side.database)[0]), strict=True))
    print(f"  {found}")
    answers = {PLACED: units, TOLD: shoppers - units, "complete 200": units}
    expected = {name: 0 if name in ("stock", "ledger") else units for name in NAMES}
    faults = [f"{name} is {found[name]}, not {number}" for name, number in expected.items() if found[name] != number]
    if met["answers"] != answers or met["hung_up"] or met["paid"] != units:
        faults.append(
            f"the crowd met {met['answers']}, {met['hung_up']} hung up, {met['paid']} paid: {met['examples']}"
        )
    return faults + ([f"{left} rows of work are left"] if left else [])


def main(shoppers: int, units: int, seconds: float) -> None:
    """See the module's text."""
    with bench(f"rush: {shoppers} shoppers for {units} units in {seconds:g} s, 2 workers", deadline=240) as run:
        sql("SET GLOBAL innodb_monitor_enable = 'trx_rw_commits'")
        side = Side(run, "rush")
        variant = make_scarce(side, units)
        met, used = send_crowd(side, shoppers, seconds)
        p99 = tell(met, used)
        faults = wrong(side, met, variant, shoppers=shoppers, units=units)
        side.check()
        if p99 > P99_LIMIT_MS:
            faults.append(f"p99 {p99:.0f} ms")
        if faults:
            raise SystemExit("\n".join(["the rush went wrong:", *faults]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shoppers", type=int, default=2000)
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=5)
    chosen = parser.parse_args()
    main(chosen.shoppers, chosen.units, chosen.seconds)
