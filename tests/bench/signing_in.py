"""Compare ``GET /products`` while 16 sign-ins hash their passwords to the same reads alone.

    .venv/bin/python -m tests.bench.signing_in [--rounds 5] [--seconds 5]

The reads are paced (8 connections, 10 to 20 ms between two requests of each), because a server at its limit would show
its queue and not the effect of the sign-ins. 16 threads sign in the demo member, each again as soon as it is answered.
"""

import argparse
import statistics
import threading
import time
from functools import partial
from typing import Self

import httpx

from tests.bench.memory import DEMO
from tests.bench.support import Bench, Load, Server, bench, turns

LIMIT = 3.0
AT_ONCE = 16
SIGN_IN = "/api/v1/auth/sign-in"


def reads(shop: Server, seconds: float) -> Load:
    """Run the paced reads."""
    path = "/api/v1/products?size=20"
    return shop.wrk(path, seconds=seconds, lua="paced.lua", arguments=["10"], connections=8)


class SignIns:
    """Run AT_ONCE sign-ins at any time while the block runs."""

    def __init__(self, shop: Server) -> None:
        self.url = shop.base + SIGN_IN
        self.answers: list[tuple[int, float]] = []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._repeat) for _ in range(AT_ONCE)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        time.sleep(1)  # until all of them hash or wait to hash
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self) -> None:
        with httpx.Client(trust_env=False, timeout=60) as http:
            while not self._over.is_set():
                began = time.perf_counter()
                status = http.post(self.url, json=DEMO).status_code
                self.answers.append((status, time.perf_counter() - began))


def beside(shop: Server, seconds: float, answers: list[tuple[int, float]]) -> Load:
    """Run the same reads during the sign-ins."""
    with SignIns(shop) as running:
        load = reads(shop, seconds)
    answers += running.answers
    return load


def measure(run: Bench, what: str, *, rounds: int, seconds: float, **environment: str) -> None:
    """Measure one kind of shop, and print one line."""
    shop = run.shop(what.replace(" ", "-"), **environment)
    answers: list[tuple[int, float]] = []
    loads = turns(
        rounds, {"alone": partial(reads, shop, seconds), "beside sign-ins": partial(beside, shop, seconds, answers)}
    )
    ratios = [two.p99_ms / one.p99_ms for one, two in zip(loads["alone"], loads["beside sign-ins"], strict=True)]
    middle = statistics.median(ratios)
    p99 = {name: statistics.median(load.p99_ms for load in of) for name, of in loads.items()}
    refused = sum(status != 200 for status, _ in answers)
    print(
        f"{what}, p99 of reads beside {AT_ONCE} sign-ins : alone: {middle:.2f} [{min(ratios):.2f} to {max(ratios):.2f}] "
        f"{'ok' if middle <= LIMIT else 'MISSED'} (<= {LIMIT}); {p99['beside sign-ins']:.2f} ms : {p99['alone']:.2f} ms; "
        f"{len(answers)} sign-ins, {refused} refused, median {statistics.median(took for _, took in answers):.2f} s",
        flush=True,
    )
    shop.stop()


def main(rounds: int, seconds: float) -> None:
    """See the module docstring."""
    with bench("signing in: p99 of GET /products beside 16 sign-ins : alone, 1 worker", deadline=600) as run:
        measure(run, "embedded", rounds=rounds, seconds=seconds, STATE_DIR=str(run.folder / "embedded"))
        run.use_mysql()
        run.use_redis()
        measure(run, "MySQL and Redis", rounds=rounds, seconds=seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    chosen = parser.parse_args()
    main(chosen.rounds, chosen.seconds)
