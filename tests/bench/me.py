"""Compare ``GET /me`` with a Bearer token to a bare FastAPI route that reads one key of Redis.

    .venv/bin/python -m tests.bench.me [--rounds 5] [--seconds 4]

The shop reads the session and the member's entry in Redis in one round trip, and the member's row once a minute.
"""

import argparse
from functools import partial

import httpx

from tests.bench.memory import bearer
from tests.bench.support import bench, ratio_line, turns


def main(rounds: int, seconds: float) -> None:
    """See the module docstring."""
    with bench("me: GET /me per second : bare FastAPI with one Redis GET, 1 worker each", deadline=400) as run:
        run.use_mysql()
        run.use_redis()
        shop = run.shop()
        headers = bearer(shop)
        answer = httpx.get(f"{shop.base}/api/v1/me", headers=headers, trust_env=False).raise_for_status()
        folder = run.folder / "bytes"
        folder.mkdir()
        (folder / "me.json").write_bytes(answer.content)
        bare = run.bare(BENCH_BYTES=str(folder))
        sides = {
            "me": partial(shop.wrk, "/api/v1/me", seconds=seconds, headers=headers),
            "bare with Redis": partial(bare.wrk, "/redis/me", seconds=seconds),
            "bare": partial(bare.wrk, "/bytes/me", seconds=seconds),
        }
        loads = turns(rounds, sides)
        print(ratio_line("me, against one Redis GET", loads["me"], loads["bare with Redis"], 0.5))
        print(ratio_line("me, against the bytes alone", loads["me"], loads["bare"], None))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    chosen = parser.parse_args()
    main(chosen.rounds, chosen.seconds)
