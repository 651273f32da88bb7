"""Whole purchases on MySQL and Redis: order, payment window, webhook, `complete`, mail and SMS.

    .venv/bin/python -m tests.bench.purchases [OTHER] [--rounds 3] [--seconds 10] [--users 32] [--no-raw]

Two web workers with `JOBS=inside`, the sandbox as a process of its own (payments, webhooks, mail, SMS), the load as
another. OTHER is a checkout of the commit before, its `.venv` ready; both are loaded in turns within one run, and with
them the limit: the SQL of the smallest purchase, raw through asyncmy in one process. Statements and commits are the
database server's own counters, so nothing else may use it.
"""

import argparse
import json
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.orders import SELLABLE, fill_stock, write_bodies
from tests.bench.raw_purchases import RawPurchases
from tests.bench.support import (
    PYTHON,
    ROOT,
    Bench,
    Server,
    bench,
    children,
    cpu_of,
    free_port,
    load_average,
    memory_line,
    sql,
)

COUNTED = ("Com_select", "Com_insert", "Com_update", "Com_delete")
LEFT = """
SELECT (SELECT COUNT(*) FROM outbox_event WHERE work_status = 'PENDING')
 + (SELECT COUNT(*) FROM inbox_message WHERE work_status = 'PENDING')
 + (SELECT COUNT(*) FROM message WHERE work_status = 'PENDING')
"""
DEAD = "SELECT COUNT(*) FROM {} WHERE work_status = 'DEAD'"
WORK_TABLES = ("outbox_event", "inbox_message", "refund", "message")
DRAIN_SECONDS = 60
WARM_SECONDS = 3.0
CALLS = 'shop_vendor_calls_total{vendor="portone"'
WEBHOOK_SECRET = "whsec_bG9jYWwtb25seS13ZWJob29rLXNlY3JldC1wbGFjZWhvbGRlcg=="  # the public default


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one load came to. `app`, `sandbox` and `shoppers` are ms of CPU a purchase; `left` is how many rows of work
    waited when the load ended, `drained` after how many seconds none did."""

    paid: int
    failed: int
    example: str
    rate: float
    p50: float
    p99: float
    answer_p99: float
    app: float
    sandbox: float
    shoppers: float
    statements: float
    kinds: dict[str, float]
    commits: float
    portone: float
    left: int
    drained: float


class Side:
    """One checkout, served."""

    def __init__(self, run: Bench, name: str, *, prepare: "Callable[[Side], None] | None" = None) -> None:
        """`prepare` is called with the sandbox up and the database empty, before the shop starts."""
        self.run, self.name = run, name
        run.environment = {}
        self.database = run.use_mysql().rpartition("/")[2]
        run.use_redis()
        self.sandbox = _sandbox(run, name)
        self.portone = f"{self.sandbox.base}/sandbox"
        own = {"SANDBOX_URL": self.portone, "PORT": str(self.sandbox.environment["SHOP_PORT"])}
        own |= {
            "METRICS_PORT": str(free_port()),
            "JOBS": "inside",
            "WEB_CONCURRENCY": "2",
            "LOG_DIR": str(run.folder / f"{name}-logs"),
        }
        command = [
            str(run.root / ".venv/bin/python"),
            "-m",
            "gunicorn",
            "-c",
            "python:src.gunicorn_conf",
            "src.main:app",
        ]
        self.own = {"STATE_DIR": str(run.folder / f"{name}-state"), **run.environment, **own}
        if prepare is not None:
            prepare(self)
        self.shop = run.serve(f"{name}-shop", command, int(own["PORT"]), "/health/ready", self.own)
        fill_stock(self.database)
        variants = [row[0] for row in sql(SELLABLE, self.database)]
        self.bodies = write_bodies(run.folder / f"{name}-bodies", self.shop, [[one] for one in variants])

    def load(self, seconds: float, users: int) -> Turn:
        """Shoppers for so long, then until the work behind them is done."""
        servers = [self.shop.process.pid, *children(self.shop.process.pid)]
        cpu, vendor = sum(map(cpu_of, servers)), cpu_of(self.sandbox.process.pid)
        counted, calls = counters(), self.calls()
        command = [PYTHON, "-m", "tests.bench.shoppers", self.shop.base, self.portone, str(self.bodies)]
        done = subprocess.run(
            [*command, str(seconds), str(users)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds + 120,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"the shoppers failed:\n{done.stderr[-2000:]}")
        met = json.loads(done.stdout)
        ended = time.monotonic()
        left = self.left()
        while self.left() and time.monotonic() < ended + DRAIN_SECONDS:
            time.sleep(0.2)
        drained, after = time.monotonic() - ended, counters()
        paid = max(1, met["paid"])
        kinds = {name: (after[name] - counted[name]) / paid for name in COUNTED}
        return Turn(
            paid=met["paid"],
            failed=met["failed"],
            example=met["example"],
            rate=met["paid"] / met["seconds"],
            p50=quantile(met["times"], 0.5),
            p99=quantile(met["times"], 0.99),
            answer_p99=quantile(met["answers"], 0.99),
            app=(sum(map(cpu_of, servers)) - cpu) / paid * 1e3,
            sandbox=(cpu_of(self.sandbox.process.pid) - vendor) / paid * 1e3,
            shoppers=met["cpu"] / paid * 1e3,
            statements=sum(kinds.values()),
            kinds=kinds,
            commits=(after["commits"] - counted["commits"]) / paid,
            portone=(self.calls() - calls) / paid,
            left=left,
            drained=drained,
        )

    def left(self) -> int:
        """How many rows of work wait."""
        return int(sql(LEFT, self.database)[0][0])

    def calls(self) -> int:
        """How many requests PortOne got from the shop, pre-registrations apart."""
        text = httpx.get(f"http://127.0.0.1:{self.own['METRICS_PORT']}/metrics", trust_env=False).text
        lines = [line for line in text.splitlines() if line.startswith(CALLS) and '"pre-register"' not in line]
        return int(sum(float(line.rpartition(" ")[2]) for line in lines))

    def check(self) -> None:
        """Say whether the books are right after the load. Raises SystemExit where they are not."""
        dead = sum(int(sql(DEAD.format(table), self.database)[0][0]) for table in WORK_TABLES)
        orders = dict(sql("SELECT status, COUNT(*) FROM orders GROUP BY status", self.database))
        found = int(sql("SELECT COUNT(*) FROM discrepancy", self.database)[0][0])
        told = self.run.run("src.cli", "verify", **{**self.own, "METRICS_PORT": "0", "PORT": str(free_port())}).strip()
        print(f"  {self.name}: orders {orders}, dead {dead}, discrepancies {found}; {told[-300:]}")
        if dead or found:
            raise SystemExit("the books are wrong")


def counters() -> dict[str, int]:
    """The database server's own counters: statements by kind, and committed transactions that wrote."""
    found = {name: int(value) for name, value in sql("SHOW GLOBAL STATUS LIKE 'Com\\_%'") if name in COUNTED}
    ((commits,),) = sql("SELECT COUNT FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rw_commits'")
    return {**found, "commits": int(commits)}


def quantile(values: Sequence[float], share: float) -> float:
    """Milliseconds."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1e3 if ranked else 0.0


def _sandbox(run: Bench, name: str) -> Server:
    port, shop = free_port(), free_port()
    flags = {
        "--port": str(port),
        "--webhook-url": f"http://127.0.0.1:{shop}/api/v1/webhooks/portone",
        "--webhook-secret": WEBHOOK_SECRET,
        "--api-secret": "local-portone-api-secret",
        "--file": str(run.folder / f"{name}-sandbox.db"),
    }
    command = [str(run.root / ".venv/bin/python"), "-m", "src.sandbox"]
    words = [word for pair in flags.items() for word in pair]
    return run.serve(f"{name}-sandbox", [*command, *words], port, "/sandbox/", {"SHOP_PORT": str(shop)})


def line(name: str, turns: Sequence[Turn]) -> str:
    """The medians of a side."""

    def middle(field: str) -> float:
        return float(statistics.median(getattr(turn, field) for turn in turns))

    kinds = ", ".join(f"{kind[4:]} {statistics.median(turn.kinds[kind] for turn in turns):.1f}" for kind in COUNTED)
    return (
        f"{name}: {middle('rate'):.1f}/s; p50 {middle('p50'):.0f}, p99 {middle('p99'):.0f} ms, of one answer p99 "
        f"{middle('answer_p99'):.0f} ms; CPU a purchase: app {middle('app'):.1f}, sandbox {middle('sandbox'):.1f}, load "
        f"{middle('shoppers'):.1f} ms; {middle('statements'):.1f} statements ({kinds}), {middle('commits'):.2f} writing "
        f"commits, {middle('portone'):.2f} requests to PortOne; left {middle('left'):.0f}, none after {middle('drained'):.1f} s"
    )


def main(other: Path | None, rounds: int, seconds: float, users: int, *, raw: bool) -> None:
    """See the module's text."""
    with bench(f"purchases: whole ones a second, {users} shoppers, 2 workers", deadline=1800) as run:
        sql("SET GLOBAL innodb_monitor_enable = 'trx_rw_commits'")
        sides = {"new": Side(run, "new")}
        if other is not None:
            sides["old"] = Side(Bench(run.folder, run.stack, root=other), "old")
        for side in sides.values():
            side.load(WARM_SECONDS, users)
        limit = RawPurchases(sides["new"].own["DATABASE_URL"]) if raw else None
        turns: dict[str, list[Turn]] = {name: [] for name in sides}
        limits: list[float] = []
        for number in range(rounds):
            for name in list(sides) if number % 2 else list(sides)[::-1]:
                turn = sides[name].load(seconds, users)
                turns[name].append(turn)
                print(
                    f"  round {number + 1} {name}: {turn.paid} paid, {turn.failed} failed {turn.example}, {turn.rate:.1f}/s, app {turn.app:.1f} ms (load {load_average()})",
                    flush=True,
                )
            if limit is not None:
                limits.append(limit.load(seconds=min(seconds, 5.0), connections=users).rate)
        for name, found in turns.items():
            print(line(name, found), flush=True)
        for name, side in sides.items():
            what = f"{name}: memory of each worker after {WARM_SECONDS + rounds * seconds:.0f} s of purchases"
            print(memory_line(what, children(side.shop.process.pid)), flush=True)
        if limits:
            middle = statistics.median(limits)
            print(f"raw: {middle:.0f}/s; new : raw {statistics.median(t.rate for t in turns['new']) / middle:.2f}")
        for side in sides.values():
            side.check()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--users", type=int, default=32)
    parser.add_argument("--no-raw", action="store_true")
    chosen = parser.parse_args()
    main(chosen.other and chosen.other.resolve(), chosen.rounds, chosen.seconds, chosen.users, raw=not chosen.no_raw)
