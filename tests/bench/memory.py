"""Measure the memory of a worker after reads and orders at the same time.

    .venv/bin/python -m tests.bench.memory [--seconds 35]

Reads (including ``/me`` with a session) and orders with the real vendor call to the sandbox run at the same time. Then,
as the worst case, the cache of finished answers is filled with as many different URLs as a crawler would try.
"""

import argparse
import threading

import httpx

from tests.bench.catalogue import read_paths
from tests.bench.orders import SELLABLE, answers_of, fill_stock, order_load, write_bodies
from tests.bench.support import Bench, Load, Server, bench, memory_line, sql

DEMO = {"login_id": "demo", "password": "Demo!2345"}


def bearer(shop: Server) -> dict[str, str]:
    """Sign in as the demo member, and return the Authorization header."""
    answer = httpx.post(f"{shop.base}/api/v1/auth/sign-in", json=DEMO, trust_env=False).raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def mixed(run: Bench, shop: Server, variants: list[int], seconds: float) -> None:
    """Run reads on 8 connections and orders at the same time."""
    bodies = write_bodies(run.folder / "bodies", shop, [[one] for one in variants])
    paths = run.folder / "paths"
    paths.write_text("\n".join([*read_paths(shop).values(), "/api/v1/me"]) + "\n")
    headers = bearer(shop)
    reads: list[Load] = []

    def read() -> None:
        reads.append(
            shop.wrk("/", seconds=seconds, headers=headers, lua="paths.lua", arguments=[str(paths)], connections=8)
        )

    reader = threading.Thread(target=read)
    reader.start()
    placed = order_load(shop, bodies, seconds)
    reader.join()
    print(f"  {placed.created} orders and {reads[0].done} reads in {placed.seconds:.0f} s; failed: "
          f"{placed.failed} {placed.example}, {reads[0].failed}")  # fmt: skip


def weigh(shop: Server, what: str, *, is_limited: bool = False) -> None:
    """Print the memory of the server's worker."""
    print(memory_line(what, [shop.worker], is_limited=is_limited), flush=True)


def main(seconds: float) -> None:
    """See the module docstring."""
    with bench("memory of a worker", deadline=600) as run:
        on_files = run.shop("embedded", STATE_DIR=str(run.folder / "embedded"))
        some = [size["variant_id"] for size in _stock_of_first(on_files)]
        weigh(on_files, "embedded, idle")
        mixed(run, on_files, some, min(seconds, 10))
        weigh(on_files, "embedded, after load (few orders: its stock is small)", is_limited=True)
        on_files.stop()

        database = run.use_mysql().rpartition("/")[2]
        run.use_redis()
        shop = run.shop()
        fill_stock(database)
        weigh(shop, "MySQL and Redis, idle")
        mixed(run, shop, [row[0] for row in sql(SELLABLE, database)], seconds)
        weigh(shop, "MySQL and Redis, after mixed load", is_limited=True)
        paths = run.folder / "many"
        paths.write_text("/api/v1/products?size=100&max_price=900000&min_price=\n")
        many = shop.wrk("/", seconds=seconds, lua="paths.lua", arguments=[str(paths)])
        print(f"  {many.done} different lists of up to 100 in {many.seconds:.0f} s; failed: {many.failed}")
        weigh(shop, "MySQL and Redis, then its cache full of different URLs")
        print(f"answers 5xx: {sum(status >= 500 for status in answers_of([shop]))}")


def _stock_of_first(shop: Server) -> list[dict[str, int]]:
    """Return variants with more than 20 units of the first products of the list."""
    found: list[dict[str, int]] = []
    with httpx.Client(base_url=f"{shop.base}/api/v1", trust_env=False) as http:
        for item in http.get("/products", params={"size": 60}).raise_for_status().json()["items"]:
            stocks = http.get(f"/products/{item['product_code']}/stock").raise_for_status().json()["items"]
            found += [one for one in stocks if one["stock"] > 20]
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=35)
    main(parser.parse_args().seconds)
