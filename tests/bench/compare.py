"""Compare the cost of a request in two checkouts: CPU of the only worker, measured in turns within one run.

    .venv/bin/python -m tests.bench.compare OTHER [--rounds 5] [--seconds 2] [--starts 5]

OTHER is a checkout of an earlier commit whose `.venv` is set up. Each serves the demo shop on its own MySQL database
and its own Redis; orders use a payment provider that does nothing (`noop_app`). CPU is compared, because elapsed time
on a shared machine is not reliable; rates are printed too. `start` is the CPU of all processes from
``./start_gunicorn.sh`` until ready.
"""

import argparse
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench.memory import bearer
from tests.bench.orders import SELLABLE, fill_stock, order_load, write_bodies
from tests.bench.support import Bench, Load, Server, bench, children, cpu_of, median_rate, sql, turns, until

PATHS = {
    "list": "/api/v1/products?size=20",
    "detail": "/api/v1/products/01201110",
    "home": "/api/v1/home",
    "categories": "/api/v1/categories",
}


def sides_of(run: Bench, name: str, seconds: float) -> dict[str, Callable[[], Load]]:
    """Start one checkout, and return its loads by name."""
    database = run.use_mysql().rpartition("/")[2]
    run.use_redis()
    shop = run.shop(f"{name}-shop", "tests.bench.noop_app:app")
    fill_stock(database)
    variants = [row[0] for row in sql(SELLABLE, database)]
    bodies = write_bodies(run.folder / f"{name}-bodies", shop, [[one] for one in variants])
    sides: dict[str, Callable[[], Load]] = {
        what: partial(shop.wrk, path, seconds=seconds) for what, path in PATHS.items()
    }
    sides["me"] = partial(shop.wrk, "/api/v1/me", seconds=seconds, headers=bearer(shop))
    sides["orders"] = partial(order_load, shop, bodies, seconds)
    return sides


def start_cpu(run: Bench, name: str) -> float:
    """Return the CPU seconds of all processes for one start with SQLite and embedded Redis, until it is ready."""
    server: Server = run.script(name, STATE_DIR=str(run.folder / name), DATABASE_URL="", REDIS_URL="")
    until(lambda: server.answers("/health/ready"), name, server, every=0.01)
    used = sum(cpu_of(pid) for pid in (server.process.pid, *children(server.process.pid)))
    server.stop()
    return used


def least(loads: list[Load]) -> float:
    """Return the lowest CPU per request: the round that other processes disturbed least."""
    return min(load.cpu_us for load in loads)


def line(what: str, new: list[Load], old: list[Load]) -> str:
    """Return the median of the rounds' CPU ratios, new to old, with the numbers behind it."""
    ratios = [one.cpu_us / other.cpu_us for one, other in zip(new, old, strict=True)]
    mine, before = (statistics.median(load.cpu_us for load in loads) for loads in (new, old))
    return (
        f"{what}: CPU {statistics.median(ratios):.3f} [{min(ratios):.3f} to {max(ratios):.3f}], "
        f"{mine:.0f} of {before:.0f} us a request, at least {least(new):.0f} of {least(old):.0f}; {median_rate(new):.0f}/s of {median_rate(old):.0f}/s"
    )


def main(other: Path, rounds: int, seconds: float, starts: int, only: tuple[str, ...]) -> None:
    """See the module docstring."""
    with bench("compare: CPU per request, this checkout : another", deadline=1800) as run:
        runs = {"new": run, "old": Bench(run.folder, run.stack, root=other)}
        sides = {name: sides_of(one, name, seconds) for name, one in runs.items()}
        for what in [what for what in sides["new"] if not only or what in only]:
            loads = turns(rounds, {name: sides[name][what] for name in sides})
            print(line(what, loads["new"], loads["old"]), flush=True)
        if not starts:
            return
        for one in runs.values():
            one.environment.clear()
        used: dict[str, list[float]] = {name: [] for name in runs}
        for number in range(starts + 1):
            for name in list(runs) if number % 2 else list(runs)[::-1]:
                took = start_cpu(runs[name], f"{name}-start")
                used[name] += [took] if number else []  # the first loads the demo shop
        ratios = [new / old for new, old in zip(used["new"], used["old"], strict=True)]
        print(
            f"start: CPU {statistics.median(ratios):.3f} [{min(ratios):.3f} to {max(ratios):.3f}], "
            f"{statistics.median(used['new']):.2f} of {statistics.median(used['old']):.2f} s"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=(), help="paths by name, as list, me, orders; none: all")
    chosen = parser.parse_args()
    main(chosen.other.resolve(), chosen.rounds, chosen.seconds, chosen.starts, tuple(chosen.only))
