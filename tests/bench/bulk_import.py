"""Measure a staff import of many products into a shop with one worker: seconds, memory, and the latency of other
requests during the import.

    .venv/bin/python -m tests.bench.bulk_import [--products 10000] [--sizes 1 6] [--kind csv]

The products come from `scale_data`. For each number of sizes: import into the demo shop, import the same file again,
export all products, and import the export.
"""

import argparse
import csv
import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, Self

import httpx

from src.app.product.services.sheets.columns import BY_KEY
from src.common.sheets.xlsx_writing import XlsxWriter
from src.demo.catalogue import CATEGORIES
from src.demo.seeding import STAFF_LOGIN, STAFF_PASSWORD
from tests.bench.scale_data import products
from tests.bench.support import Server, bench, cpu_of, load_average, memory_of, unique, wait_for_calm

API = "/api/v1/admin"
LIMIT_SECONDS, LIMIT_MB = 60.0, 300.0
LOOK_SECONDS = 0.02
KEYS = (
    *("product_code", "name", "brand", "description", "detail", "categories", "origin_price", "discount_option"),
    *("discount", "sale_status", "display_status", "color", "color_code", "size", "sku", "stock"),
)


def rows(count: int, sizes: int) -> Iterator[list[str]]:
    """Yield `count` products of `scale_data` as rows of a sheet."""
    slugs = {number: node.slug for number, node in enumerate(CATEGORIES, start=1)}
    for one in products(count, seed=7):
        _, code, _, name, brand, description, detail, origin, _, percent, option, sale, display, *_ = one.product
        colors = {option_[0]: (option_[2], option_[3]) for option_ in one.options}
        whole = [name, brand, description, detail.replace("## ", ""), "|".join(slugs[link[1]] for link in one.links)]
        whole += [str(origin), option, str(percent or ""), sale, display]
        for number, (_, _, option_id, sku, size, stock, _) in enumerate(one.variants[:sizes]):
            first = whole if number == 0 else [""] * len(whole)
            yield [code, *first, *colors[option_id], size, sku, str(stock)]


def sheet(kind: str, count: int, sizes: int) -> bytes:
    """Return the import file."""
    heading = [BY_KEY[key].ko for key in KEYS]
    if kind == "xlsx":
        book = XlsxWriter(["상품"])
        return b"".join([book.sheet(heading), book.rows(rows(count, sizes)), book.end()])
    out = io.StringIO()
    csv.writer(out).writerows(chain([heading], rows(count, sizes)))
    return out.getvalue().encode()


class Watch:
    """Sample the worker while the block runs: its memory, and the time of a plain answer in milliseconds."""

    def __init__(self, shop: Server) -> None:
        self.rss = 0.0
        self.cpu = 0.0
        self.waits: list[float] = []
        self._shop = shop
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        worker = self._shop.worker
        before = cpu_of(worker)
        with httpx.Client(base_url=self._shop.base, trust_env=False, timeout=30) as client:
            while not self._is_over.wait(LOOK_SECONDS):
                began = time.perf_counter()
                client.get("/health").raise_for_status()
                self.waits.append((time.perf_counter() - began) * 1000)
                self.rss = max(self.rss, memory_of(worker)["Rss"])
        self.cpu = cpu_of(worker) - before

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def told(self) -> str:
        """Return the result as text."""
        waits = sorted(self.waits)
        verdict = "ok" if self.rss <= LIMIT_MB else "MISSED"
        return (
            f"{self.cpu:.1f} s of its CPU; RSS at most {self.rss:.0f} MB {verdict} (<= {LIMIT_MB:.0f}); GET /health beside it p50 "
            f"{waits[len(waits) // 2]:.1f}, p99 {waits[int(len(waits) * 0.99)]:.0f}, longest {waits[-1]:.0f} ms"
        )


@contextmanager
def staff(shop: Server) -> Iterator[httpx.Client]:
    """Yield a client that is signed in as staff."""
    with httpx.Client(base_url=shop.base, trust_env=False, timeout=300) as client:
        body = {"login_id": STAFF_LOGIN, "password": STAFF_PASSWORD}
        token = client.post(f"{API}/auth/sign-in", json=body).raise_for_status().json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def imported(shop: Server, client: httpx.Client, content: bytes, what: str) -> None:
    """Import the file, wait for the end of the task, and print the measurements."""
    wait_for_calm()
    with Watch(shop) as watch:
        began = time.perf_counter()
        headers = {"Idempotency-Key": unique() + unique()}
        answer = client.post(f"{API}/products/import", files={"file": ("products", content)}, headers=headers)
        task: dict[str, Any] = answer.raise_for_status().json()
        answered = time.perf_counter() - began
        while task["status"] in ("queued", "started"):
            time.sleep(0.1)
            task = client.get(f"{API}/tasks/{task['id']}").raise_for_status().json()
        took = time.perf_counter() - began
    if task["status"] != "finished":
        raise SystemExit(task)
    verdict = "ok" if took <= LIMIT_SECONDS else "MISSED"
    print(f"{what} ({len(content) / 1e6:.1f} MB): {took:.1f} s {verdict} (<= {LIMIT_SECONDS:.0f}), answered after "
          f"{answered:.2f} s; {watch.told()}; {task['result']['products']} (load {load_average()})", flush=True)  # fmt: skip


def exported(shop: Server, client: httpx.Client, kind: str) -> bytes:
    """Return the export of all products, and print the measurements."""
    with Watch(shop) as watch:
        began = time.perf_counter()
        content = client.get(f"{API}/products/export.{kind}").raise_for_status().content
        took = time.perf_counter() - began
    print(f"  export.{kind} ({len(content) / 1e6:.1f} MB): {took:.1f} s; {watch.told()}", flush=True)
    return content


def main(count: int, all_sizes: list[int], kind: str) -> None:
    """See the module docstring."""
    with bench(f"import of {count} products", deadline=1800) as run:
        for sizes in all_sizes:
            run.use_mysql()
            run.use_redis()
            shop = run.shop(IMPORT_MAX_PRODUCTS=str(2 * count))  # an export holds the demo shop too
            content = sheet(kind, count, sizes)
            with staff(shop) as client:
                imported(shop, client, content, f"{count} products x {sizes}, {kind}")
                imported(shop, client, content, "  the same again")
                for other in ("csv", "xlsx"):
                    imported(shop, client, exported(shop, client, other), f"  its export as {other}")
            shop.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 6])
    parser.add_argument("--kind", choices=("csv", "xlsx"), default="csv")
    chosen = parser.parse_args()
    main(chosen.products, chosen.sizes, chosen.kind)
