"""Lists and searches of a shop with 100,000 products, none of them from the cache.

    .venv/bin/python -m tests.bench.scale [--products 100000] [--rounds 3] [--database filled_shop]

The real server on MySQL, one worker, one request at a time. Pages 1 to 100 of 20, every filter in every order: no URL
is asked for twice, and a round before the next waits until every cache of the shop has forgotten. The first page of a
filter also counts what matches; such a page is shown by itself as "count". The floor of a request, a category tree
that is cached, is measured beside it.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

import httpx

from tests.bench import scale_data
from tests.bench.harness import Server, bench, load_average, sql, wait_for_calm

API: Final = "/api/v1"
SORTS: Final = ("newest", "price_asc", "price_desc", "popular", "discount", "rating")
PAGES: Final = (1, 2, 3, 5, 8, 13, 21, 34, 55, 75, 89, 100)
LIST_LIMIT_MS, SEARCH_LIMIT_MS = 30, 40
FILTERS: Final[dict[str, dict[str, Any]]] = {
    "everything": {},
    "category, large": {"category": "golf-bags"},
    "category, small": {"category": "women-polos"},
    "colour, common": {"color": "블랙"},
    "colour, rare": {"color": "골드"},
    "size": {"size_name": "M"},
    "price": {"min_price": 100_000, "max_price": 200_000},
    "in stock": {"in_stock": "true"},
    "colour, in stock": {"color": "네이비", "in_stock": "true"},
    "all of them": {
        "category": "golf-bags",
        "color": "네이비",
        "size_name": "M",
        "in_stock": "true",
        "max_price": 300_000,
    },
}
SEARCHES: Final[dict[str, dict[str, Any]]] = {
    "common word": {"q": "골프"},
    "part of a word": {"q": "탠드백"},
    "two words": {"q": "투어 방수"},
    "without blanks": {"q": "방수버디"},
    "one letter": {"q": "백"},
    "first consonants": {"q": "ㄱㅍㅂ"},
    "code": {"q": "10000077"},
    "other keyboard": {"q": "rhfvm"},
    "common and filters": {"q": "골프 블랙", "in_stock": "true", "category": "golf-bags"},
    "nothing": {"q": "없는낱말"},
}
FORGET_SECONDS: Final = 61  # counts of filters without stock


def main(products: int, rounds: int, database: str | None) -> None:
    """See the module's text."""
    with bench(f"scale: lists and searches of {products} products, uncached", deadline=3600) as run:
        if database is None:
            database = run.use_mysql().rpartition("/")[2]
            run.run("src.cli", "migrate", DEMO_SHOP="false")
            began = time.monotonic()
            asyncio.run(scale_data.fill(database, count=products, seed=7))
            print(f"  filled in {time.monotonic() - began:.0f} s", flush=True)
        else:
            run.environment["DATABASE_URL"] = f"mysql://root:@127.0.0.1:3306/{database}"
        variants, grams = (
            sql(f"SELECT COUNT(*) FROM {table}", database)[0][0] for table in ("variant", "product_gram")
        )
        print(f"  {variants} variants, {grams} grams", flush=True)
        run.use_redis()
        shop = run.shop(DEMO_SHOP="false")
        measured: dict[str, list[list[float]]] = {}
        for number in range(rounds):
            if number:
                time.sleep(FORGET_SECONDS)
            wait_for_calm()
            for name, taken in one_round(shop).items():
                measured.setdefault(name, []).append(taken)
            print(f"  round {number + 1} done (load {load_average()})", flush=True)
        for name, of_rounds in measured.items():
            limit = SEARCH_LIMIT_MS if name.startswith("search") else LIST_LIMIT_MS if name.startswith("list") else None
            print(line(name, of_rounds, limit))


def one_round(shop: Server) -> dict[str, list[float]]:
    """Milliseconds of every request, by what was asked."""
    taken: dict[str, list[float]] = {}
    with httpx.Client(base_url=shop.base, trust_env=False, timeout=30) as client:
        taken["floor: a cached answer"] = [asked(client, f"{API}/categories", {}) for _ in range(200)]
        for kind, filters in (("list", FILTERS), ("search", SEARCHES)):
            for name, filter_ in filters.items():
                first, *rest = [
                    asked(client, f"{API}/products", {**filter_, "sort": sort, "page": page})
                    for sort in SORTS
                    for page in PAGES
                ]
                taken.setdefault(f"count: first page of a {kind}", []).append(first)
                taken[f"{kind}: {name}"] = rest
            whole = [one for name in filters for one in taken[f"{kind}: {name}"]]
            taken[f"{kind}: ALL"] = whole
        facets = [
            asked(client, f"{API}/products", {**filter_, "facets": "true"}) for filter_ in islice(FILTERS.values(), 6)
        ]
        taken["facets, first time"] = facets
    return taken


def asked(client: httpx.Client, path: str, params: dict[str, Any]) -> float:
    """One request, in milliseconds."""
    began = time.perf_counter()
    client.get(path, params=params).raise_for_status()
    return (time.perf_counter() - began) * 1000


def line(name: str, rounds: Sequence[Sequence[float]], limit: float | None) -> str:
    """Median of the rounds' medians with their range, the 95th percentile and the longest, against the limit."""
    medians = [statistics.median(one) for one in rounds]
    middle = statistics.median(medians)
    everything = sorted(taken for one in rounds for taken in one)
    verdict = "" if limit is None else f" {'ok' if middle <= limit else 'MISSED'} (<= {limit} ms)"
    return (
        f"{name}: p50 {middle:.1f} ms [{min(medians):.1f} to {max(medians):.1f}]{verdict}; "
        f"p95 {everything[int(len(everything) * 0.95)]:.1f} ms, longest {everything[-1]:.0f} ms, {len(everything)} requests"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="a database that scale_data filled; it stays")
    chosen = parser.parse_args()
    main(chosen.products, chosen.rounds, chosen.database)
