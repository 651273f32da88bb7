"""Measure lists and searches of a shop with 100,000 products, without the cache of answers.

    .venv/bin/python -m tests.bench.scale [--products 100000] [--rounds 3] [--database filled_shop] [--brief]

The real server on MySQL, one worker, one request at a time. It requests every filter alone, and every pair and triple
of filters of different kinds, in all six sort orders, on pages 1, 2, 10, 50 and 100 with 20 and with 100 items. No URL
is requested twice. First pages, which also count the matches, are reported in their class and separately. `--brief`
requests single filters and pairs in two sort orders. The floor of a request, a cached category tree, is measured too.

With `--cpu`, milliseconds are CPU time of the worker and of its connections' threads in MariaDB. Other processes affect
CPU time less than elapsed time; on an idle machine the two are nearly equal.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final

import httpx

from tests.bench import scale_data
from tests.bench.support import MYSQL, Server, bench, load_average, sql, wait_for_calm

API: Final = "/api/v1"
SORTS: Final = ("newest", "price_asc", "price_desc", "popular", "discount", "rating")
PAGES: Final = ((1, 20), (2, 20), (10, 20), (50, 20), (100, 20), (1, 100), (2, 100), (10, 100), (50, 100), (100, 100))
LIST_LIMIT_MS, SEARCH_LIMIT_MS = 30, 40
WORST: Final = 8
WARM_SECONDS: Final = 5  # after its start a worker reads the sets that all lists need
Filters = dict[str, Any]
KINDS: Final[dict[str, dict[str, Filters]]] = {
    "category": {
        "root": {"category": "golf-bags"},
        "middle": {"category": "outerwear"},
        "leaf": {"category": "women-polos"},
    },
    "colour": {"common": {"color": "블랙"}, "rare": {"color": "골드"}},
    "size": {"M": {"size_name": "M"}},
    "price": {
        "wide": {"min_price": 50_000, "max_price": 600_000},
        "narrow": {"min_price": 100_000, "max_price": 110_000},
    },
    "stock": {"in": {"in_stock": "true"}},
    "q": {"common": {"q": "골프"}, "rare": {"q": "탠드백"}, "letter": {"q": "백"}, "consonants": {"q": "ㄱㅍㅂ"}},
}
SEARCHES: Final[dict[str, Filters]] = {
    "two words": {"q": "투어 방수"},
    "without blanks": {"q": "방수버디"},
    "code": {"q": "10000077"},
    "other keyboard": {"q": "rhfvm"},
    "four words": {"q": "투어 경량 골프 블랙"},
    "one consonant": {"q": "ㄱ"},
    "nothing": {"q": "없는낱말"},
}


def classes(most: int) -> Iterator[tuple[int, str, Filters]]:
    """Yield every combination of up to `most` filters as (number of filters, name, parameters)."""
    yield 0, "everything", {}
    for size in range(1, most + 1):
        for kinds in combinations(KINDS, size):
            for values in product(*(KINDS[kind].items() for kind in kinds)):
                name = ", ".join(f"{kind} {value}" for kind, (value, _) in zip(kinds, values, strict=True))
                yield size, name, {key: one for _, filters in values for key, one in filters.items()}
    for name, filters in SEARCHES.items():
        yield 1, f"q {name}", filters


def main(products: int, rounds: int, database: str | None, *, brief: bool, cpu: bool, size: int) -> None:
    """See the module docstring."""
    with bench(f"scale: lists and searches of {products} products, uncached", deadline=7200) as run:
        if database is None:
            database = run.use_mysql().rpartition("/")[2]
            run.run("src.cli", "migrate", DEMO_SHOP="false")
            began = time.monotonic()
            asyncio.run(scale_data.fill(database, count=products, seed=7))
            print(f"  filled in {time.monotonic() - began:.0f} s", flush=True)
        else:
            run.environment["DATABASE_URL"] = f"mysql://root:@127.0.0.1:{MYSQL['port']}/{database}"
        variants, grams = (
            sql(f"SELECT COUNT(*) FROM {table}", database)[0][0] for table in ("variant", "product_gram")
        )
        print(f"  {variants} variants, {grams} grams", flush=True)
        run.use_redis()
        measured: dict[str, list[list[float]]] = {}
        for number in range(rounds):
            wait_for_calm()
            shop = run.shop(f"shop{number}", DEMO_SHOP="false")  # a new process has empty caches
            meter = Meter(shop, database if cpu else None, size=size)
            for name, taken in one_round(shop, meter, brief=brief).items():
                measured.setdefault(name, []).append(taken)
            shop.stop()
            print(f"  round {number + 1} done (load {load_average()})", flush=True)
        report(measured)


def report(measured: Mapping[str, list[list[float]]]) -> None:
    """Print all rows except combinations; of the combinations, print only the slowest."""
    for name, of_rounds in measured.items():
        if not name.startswith(("2:", "3:")):
            print(line(name, of_rounds))
    for size in ("2:", "3:"):
        rows = {name: of_rounds for name, of_rounds in measured.items() if name.startswith(size)}
        if not rows:
            continue
        missed = sum(middle(of_rounds) > limit_of(name) for name, of_rounds in rows.items())
        print(f"{size[0]} filters: {len(rows)} combinations, {missed} over their limit; the {WORST} slowest")
        for name in sorted(rows, key=lambda one: -middle(rows[one]))[:WORST]:
            print("  " + line(name, rows[name]))


def one_round(shop: Server, meter: "Meter", *, brief: bool) -> dict[str, list[float]]:
    """Return the milliseconds of all requests by class."""
    taken: dict[str, list[float]] = {}
    whole: dict[str, list[float]] = {"all lists": [], "all searches": []}
    firsts: list[float] = []
    with httpx.Client(base_url=shop.base, trust_env=False, timeout=30) as client:
        taken["floor: a cached answer"] = [meter.asked(client, f"{API}/categories", {}) for _ in range(200)]
        time.sleep(WARM_SECONDS)
        for size, name, filters in classes(2 if brief else 3):
            meter.look()
            times = [
                meter.asked(client, f"{API}/products", {**filters, "sort": sort, "page": page, "size": of})
                for sort in (SORTS[:2] if brief else SORTS)
                for page, of in PAGES
                if meter.size in (0, of)
            ]
            taken[f"{size}: {name}"] = times
            firsts.append(times[0])
            whole["all searches" if "q" in filters else "all lists"] += times
        done = {**taken, **whole}
        done["first page of each, which counts"] = firsts
        done["facets, first of each"] = [
            meter.asked(client, f"{API}/products", {**filters, "facets": "true"}) for _, _, filters in classes(1)
        ]
    return done


class Meter:
    """Measure the milliseconds of a request: elapsed time, or CPU time if `database` is given. `size` limits the pages
    to those of that size; 0 means all."""

    def __init__(self, shop: Server, database: str | None, *, size: int) -> None:
        self._shop, self._database, self.size = shop, database, size
        self._threads: list[int] = []

    def asked(self, client: httpx.Client, path: str, params: Filters) -> float:
        """Send one request, and return its milliseconds."""
        began = self._now()
        client.get(path, params=params).raise_for_status()
        return self._now() - began

    def look(self) -> None:
        """Update the list of the connections' threads in the database."""
        threads = "SELECT tid FROM information_schema.processlist WHERE db = %s AND id <> CONNECTION_ID()"
        self._threads = [row[0] for row in sql(threads.replace("%s", f"'{self._database}'"))] if self._database else []

    def _now(self) -> float:
        if self._database is None:
            return time.perf_counter() * 1000
        tasks = [self._shop.worker, *self._threads]
        return sum(int(Path(f"/proc/{task}/schedstat").read_text().split()[0]) for task in tasks) / 1e6


def middle(rounds: Sequence[Sequence[float]]) -> float:
    """Return the median of the rounds' medians."""
    return statistics.median(statistics.median(one) for one in rounds)


def limit_of(name: str) -> float:
    """Return the limit of a row's p50, in milliseconds."""
    return SEARCH_LIMIT_MS if "q " in name or "searches" in name else LIST_LIMIT_MS


def line(name: str, rounds: Sequence[Sequence[float]]) -> str:
    """Return the median of the rounds' medians with their range, the limit, the 95th percentile and the longest."""
    medians = [statistics.median(one) for one in rounds]
    everything = sorted(taken for one in rounds for taken in one)
    limit = limit_of(name)
    verdict = "ok" if middle(rounds) <= limit else "MISSED"
    return (
        f"{name}: p50 {middle(rounds):.1f} ms [{min(medians):.1f} to {max(medians):.1f}] {verdict} (<= {limit} ms); "
        f"p95 {everything[int(len(everything) * 0.95)]:.1f} ms, longest {everything[-1]:.0f} ms, {len(everything)} requests"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="a database that scale_data filled; it stays")
    parser.add_argument("--brief", action="store_true", help="pairs at most, in two orders")
    parser.add_argument("--size", type=int, default=0, choices=(0, 20, 100), help="only pages of so many")
    parser.add_argument("--cpu", action="store_true", help="milliseconds of CPU, on a machine that is not calm")
    chosen = parser.parse_args()
    main(chosen.products, chosen.rounds, chosen.database, brief=chosen.brief, cpu=chosen.cpu, size=chosen.size)
