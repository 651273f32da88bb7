"""Compare public reads of the real server to a bare FastAPI route that returns the same bytes.

    .venv/bin/python -m tests.bench.catalogue [--rounds 7] [--seconds 3]

Both sides run all the time with one worker each; only one is loaded at a time.
"""

import argparse
from collections.abc import Callable
from functools import partial

import httpx

from tests.bench.support import Load, Server, bench, ratio_line, turns

API = "/api/v1"
FLOOR = 0.5


def read_paths(shop: Server) -> dict[str, str]:
    """Return the paths to read by a short name. `detail` is the product with the longest answer on the first page."""
    codes = [item["product_code"] for item in shop_json(shop, f"{API}/products?size=20")["items"]]
    longest = max(codes, key=lambda code: len(httpx.get(f"{shop.base}{API}/products/{code}", trust_env=False).content))
    return {
        "list": f"{API}/products?size=20",
        "detail": f"{API}/products/{longest}",
        "home": f"{API}/home",
        "promotion": f"{API}/promotions/best/products",
        "categories": f"{API}/categories",
    }


def shop_json(shop: Server, path: str) -> dict[str, list[dict[str, str]]]:
    """Return the JSON answer of a read."""
    answer = httpx.get(shop.base + path, trust_env=False).raise_for_status()
    body: dict[str, list[dict[str, str]]] = answer.json()
    return body


def main(rounds: int, seconds: float) -> None:
    """See the module docstring."""
    with bench("catalogue: reads per second, real server : bare FastAPI, 1 worker each", deadline=900) as run:
        run.use_mysql()
        run.use_redis()
        shop = run.shop()
        paths = read_paths(shop)
        bytes_folder = run.folder / "bytes"
        bytes_folder.mkdir()
        tags = {}
        for name, path in paths.items():
            answer = httpx.get(shop.base + path, trust_env=False).raise_for_status()
            (bytes_folder / f"{name}.json").write_bytes(answer.content)
            tags[name] = answer.headers["etag"]
            print(f"  {name}: {path}, {len(answer.content)} bytes", flush=True)
        bare = run.bare(BENCH_BYTES=str(bytes_folder))
        sides: dict[str, Callable[[], Load]] = {}
        for name, path in paths.items():
            assert httpx.get(f"{bare.base}/bytes/{name}", trust_env=False).content == answer_bytes(shop, path)
            sides[name] = partial(shop.wrk, path, seconds=seconds)
            sides[f"bare {name}"] = partial(bare.wrk, f"/bytes/{name}", seconds=seconds)
        headers = {"If-None-Match": tags["list"]}
        not_modified = partial(shop.wrk, paths["list"], seconds=seconds, headers=headers)
        assert httpx.get(shop.base + paths["list"], headers=headers, trust_env=False).status_code == 304
        sides |= {"304": not_modified, "bare 304": partial(bare.wrk, "/not-modified", seconds=seconds)}
        loads = turns(rounds, sides)
        for name in paths:
            print(ratio_line(name, loads[name], loads[f"bare {name}"], FLOOR if name in ("list", "detail") else None))
        print(ratio_line("list as 304", loads["304"], loads["bare 304"], None))


def answer_bytes(shop: Server, path: str) -> bytes:
    """Return the body of a read."""
    return httpx.get(shop.base + path, trust_env=False).content


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3)
    chosen = parser.parse_args()
    main(chosen.rounds, chosen.seconds)
