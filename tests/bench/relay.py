"""Measure the outbox relay in worker processes: events per second, latency, and the CPU of idle processes.

.venv/bin/python -m tests.bench.relay [--events 10000] [--seconds 20]

Events are ``stock.returned`` of different variants: their handler is one transaction with an UPDATE of no row.
"""

import argparse
import random
import statistics
import time

from redis import Redis

from tests.bench.support import Bench, Server, bench, cpu_of, sql, until

INSERT = """INSERT INTO outbox_event (work_status, available_at, lease_token, attempts, last_error, topic, aggregate,
payload, created_at) VALUES """
ROW = """('PENDING', UTC_TIMESTAMP(6), '', 0, '', 'stock.returned', 'variant:{0}', '{{"variant_id": {0}}}', UTC_TIMESTAMP(6))"""
AT_ONCE = 1_000


def happen(database: str, variants: list[int]) -> None:
    """Insert and commit one event for each variant."""
    for first in range(0, len(variants), AT_ONCE):
        sql(INSERT + ",".join(ROW.format(variant) for variant in variants[first : first + AT_ONCE]), database)


def empty(database: str) -> None:
    """Delete all events."""
    sql("DELETE FROM outbox_event", database)


def all_done(database: str) -> bool:
    """Return True if no event is pending."""
    return not sql("SELECT 1 FROM outbox_event WHERE work_status = 'PENDING' LIMIT 1", database)


def piled_up(run: Bench, database: str, count: int, workers: list[Server]) -> None:
    """Insert `count` events at once, and print the events per second from the first insert to the last one done."""
    empty(database)
    before = [cpu_of(worker.process.pid) for worker in workers]
    began = time.monotonic()
    happen(database, [number % 50_000 + 1 for number in range(count)])
    until(lambda: all_done(database), "the relay", every=0.1)
    span = "TIMESTAMPDIFF(MICROSECOND, MIN(created_at), MAX(done_at)) / 1e6"
    ((seconds, attempts),) = sql(f"SELECT {span}, MAX(attempts) FROM outbox_event", database)
    used = sum(cpu_of(worker.process.pid) for worker in workers) - sum(before)
    print(
        f"{count} events, {len(workers)} worker(s): {count / float(seconds):.0f}/s; {used / count * 1e3:.2f} ms of CPU "
        f"each; most attempts {attempts}; {time.monotonic() - began:.1f} s with the inserts",
        flush=True,
    )


def trickle(database: str, cache: Redis, seconds: float) -> None:
    """Insert about twenty events a second, each with its own commit and the hint that a web process publishes; print
    the time from commit to done."""
    empty(database)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        happen(database, [random.randrange(1, 50_000)])
        cache.publish("shop:wake", "relay-outbox")
        time.sleep(0.03)
    until(lambda: all_done(database), "the relay", every=0.1)
    took = "SELECT TIMESTAMPDIFF(MICROSECOND, created_at, done_at) / 1e3 FROM outbox_event"
    delays = sorted(float(delay) for (delay,) in sql(took, database))
    p99 = delays[int(len(delays) * 0.99)]
    print(f"from commit to done: p50 {statistics.median(delays):.0f} ms, p99 {p99:.0f} ms of {len(delays)}", flush=True)


def idle(workers: dict[str, Server], seconds: float) -> None:
    """Print the CPU of idle processes, in percent of one core."""
    time.sleep(3)
    before = {name: cpu_of(worker.process.pid) for name, worker in workers.items()}
    time.sleep(seconds)
    for name, worker in workers.items():
        print(f"idle {name}: {(cpu_of(worker.process.pid) - before[name]) / seconds * 100:.2f} % of a core", flush=True)


def main(events: int, seconds: float) -> None:
    """See the module docstring."""
    with bench("relay: the outbox in worker processes", deadline=420) as run:
        database = run.use_mysql().rpartition("/")[2]
        cache = Redis.from_url(run.use_redis())
        run.run("src.cli", "migrate")
        run.run("src.cli", "seed-demo")
        first = run.beside("src.worker", "worker")
        scheduler = run.beside("src.worker.scheduler", "scheduler")
        for _ in range(2):
            piled_up(run, database, events, [first])
        trickle(database, cache, seconds)
        second = run.beside("src.worker", "worker-2")
        piled_up(run, database, events, [first, second])
        idle({"worker": first, "scheduler": scheduler}, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=20)
    flags = parser.parse_args()
    main(flags.events, flags.seconds)
