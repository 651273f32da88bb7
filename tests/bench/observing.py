"""Measure the cost of observing: the same shop with and without metrics, log files and the slow statement log.

    .venv/bin/python -m tests.bench.observing [--rounds 5] [--seconds 2] [--only counting]

Both sides answer the product list from memory (the cheapest answer, so the cost has the largest share) and ``GET /me``.
A scrape runs every second, 15 times as often as in production. `counting` measures one count alone, and compares it
with prometheus_client in single-process and multi-process mode.
"""

import argparse
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import httpx

from tests.bench.memory import bearer
from tests.bench.support import PYTHON, ROOT, Server, bench, free_port, memory_of, ratio_line, turns

TIMES = 200_000

OURS = """
from src.core.observing.requests import answered
class Route:
    path = "/api/v1/products"
scope = {"method": "GET", "path": "/api/v1/products", "route": Route()}
def count():
    answered(scope, 200, 0.0004)
"""
THEIRS = """
from prometheus_client import Counter, Histogram
requests = Counter("requests", "Requests.", ["method", "route", "status"])
seconds = Histogram("seconds", "Seconds.", ["method", "route"])
def count():
    requests.labels("GET", "/api/v1/products", "200").inc()
    seconds.labels("GET", "/api/v1/products").observe(0.0004)
"""
SHARED = """
import os
from pathlib import Path
from src.core.observing.families import open_store
open_store(Path(os.environ["METRICS_DIR"], "ours"))
"""


def microseconds(code: str, **environment: str) -> float:
    """Return the CPU microseconds of one ``count()``, the best of five rounds, in a separate process."""
    measured = f"{code}\nimport time, timeit\nprint(min(timeit.repeat(count, number={TIMES}, repeat=5, timer=time.process_time)) / {TIMES} * 1e6)"
    done = subprocess.run(
        [PYTHON, "-c", measured],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def counting() -> None:
    """Print the microseconds to count one request: a counter with three labels and a histogram with two."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        sides = {
            "ours, private memory": microseconds(OURS),
            "ours, shared memory": microseconds(SHARED + OURS, METRICS_DIR=folder),
            "prometheus_client, one process": microseconds(THEIRS),
            "prometheus_client, multi-process": microseconds(THEIRS, PROMETHEUS_MULTIPROC_DIR=folder),
        }
    for name, took in sides.items():
        print(f"{name}: {took:.2f} us", flush=True)


@contextmanager
def scraped(port: int) -> Iterator[Callable[[], float]]:
    """Scrape every second while the block runs. Yields a function that returns the median milliseconds of a scrape."""
    took, done = [], threading.Event()

    def scrape() -> None:
        with httpx.Client(trust_env=False) as http:
            while not done.wait(1.0):
                started = time.perf_counter()
                http.get(f"http://127.0.0.1:{port}/metrics").raise_for_status()
                took.append(time.perf_counter() - started)

    thread = threading.Thread(target=scrape, daemon=True)
    thread.start()
    try:
        yield lambda: sorted(took)[len(took) // 2] * 1000
    finally:
        done.set()
        thread.join()


def main(rounds: int, seconds: float) -> None:
    """See the module docstring."""
    counting()
    with bench("observing: everything on : everything off, 1 worker each", deadline=600) as run:
        run.use_mysql()
        run.use_redis()
        port = free_port()
        off = run.shop("off", METRICS_PORT="0", SLOW_QUERY_MS="0", STATE_DIR=str(run.folder / "off"))
        on = run.shop(
            "on",
            METRICS_PORT=str(port),
            METRICS_DIR=str(run.folder / "metrics"),
            SLOW_QUERY_MS="500",
            LOG_DIR=str(run.folder / "logs"),
            STATE_DIR=str(run.folder / "on"),
        )
        headers = bearer(on)
        with scraped(port) as scrape_ms:
            compare("list", "/api/v1/products", on, off, rounds=rounds, seconds=seconds, headers={})
            compare("me", "/api/v1/me", on, off, rounds=rounds, seconds=seconds, headers=headers)
            print(f"a scrape: {scrape_ms():.1f} ms (median)")
        for name, server in (("off", off), ("on", on)):
            memory = memory_of(server.worker)
            print(f"memory, {name}: RSS {memory['Rss']:.1f} MB, PSS {memory['Pss']:.1f} MB")


def compare(
    name: str, path: str, on: Server, off: Server, *, rounds: int, seconds: float, headers: dict[str, str]
) -> None:
    """Print the ratio for one path."""
    sides = {
        "on": partial(on.wrk, path, seconds=seconds, headers=headers),
        "off": partial(off.wrk, path, seconds=seconds, headers=headers),
    }
    loads = turns(rounds, sides)
    print(ratio_line(f"{name}, on : off", loads["on"], loads["off"], None), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--only", choices=["counting"])
    chosen = parser.parse_args()
    if chosen.only:
        counting()
    else:
        main(chosen.rounds, chosen.seconds)
