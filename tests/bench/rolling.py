"""Check nginx in front of two instances: what it caches, hides and refuses, and that restarts lose no request.

    .venv/bin/python -m tests.bench.rolling [--rounds 3] [--drain 0]

First it checks the rules of deploy/nginx one by one. Then, in every round, it restarts both instances by SIGTERM, one
after the other, while orders and reads come in through nginx. Every request must be answered by a 2xx, and every order
that was answered 201 must be in MySQL once. The exit status is 1 if a check fails. ``--drain 0`` shows the requests
that are lost without the drain of `src.core.draining`.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.bench.orders import SELLABLE, fill_stock, write_bodies
from tests.bench.proxy import nginx
from tests.bench.support import (
    HERE,
    PYTHON,
    Bench,
    Server,
    bench,
    children,
    free_port,
    sql,
    unique,
    until,
    wrk_program,
)

LOOK_UPS = 3
LONGEST_SECONDS = 300
PAUSE_SECONDS = 3.0  # after an instance is ready again; nginx retries it after 2 s (fail_timeout)
LOOK_UP = {"order_no": "20261120-7Q6X9ZPM", "phone": "010-1234-5678"}
READS = ("/api/v1/products?max_price=", "/api/v1/home", "/api/v1/categories", "/api/v1/search/suggest?q=")


def instance(run: Bench, number: int, port: int) -> Server:
    """Start one instance with a drain, as in production. Each start has a new log file."""
    name = f"shop-{number}-{time.monotonic_ns()}"
    command = [PYTHON, "-m", "gunicorn", "-c", "python:src.gunicorn_conf", "tests.bench.noop_app:app"]
    own = {
        "PORT": str(port),
        "STATE_DIR": str(run.folder / "state"),
        "MIGRATE_AT_START": "false",
        "WEB_CONCURRENCY": "2",
        "DB_POOL_SIZE": "8",
        "LIMIT_ORDER_LOOKUP": f"{LOOK_UPS}/600",
        "UNPAID_ORDERS_PER_PERSON": "0",
        "UNPAID_ORDERS_PER_ADDRESS": "0",
        **run.environment,
    }
    return run.serve(name, command, port, "/health/ready", own)


def expect(what: str, *, holds: bool) -> None:
    """Print whether a rule holds. Raises SystemExit 1 if it does not."""
    print(f"  {'ok' if holds else 'BROKEN'}: {what}", flush=True)
    if not holds:
        raise SystemExit(1)


def statuses(call: Callable[[], httpx.Response], count: int) -> list[int]:
    """Return the statuses of `count` calls."""
    return [call().status_code for _ in range(count)]


def check_cache(http: httpx.Client, member: dict[str, str]) -> None:
    """Check that public reads are cached and answered 304, and that nothing else is cached."""
    first = http.get("/api/v1/categories")
    second = http.get("/api/v1/categories")
    expect("a public read is kept", holds=second.headers["x-cache-status"] == "HIT" and first.text == second.text)
    expect(
        "each answer has a request id of its own", holds=first.headers["x-request-id"] != second.headers["x-request-id"]
    )
    expect("answers are compressed", holds=second.headers["content-encoding"] == "gzip")
    again = http.get("/api/v1/categories", headers={"If-None-Match": second.headers["etag"]})
    expect("its ETag is answered 304", holds=again.status_code == 304)
    origins = [http.get("/api/v1/home", headers={"Origin": origin}).headers for origin in ("http://localhost:5173", "")]
    allowed = [headers.get("access-control-allow-origin") for headers in origins]
    expect("what is kept fits the origin", holds=allowed == ["http://localhost:5173", None])
    for path in ("/api/v1/me", "/api/v1/cart", "/api/v1/me/social"):
        answers = [http.get(path, headers=member) for _ in range(2)]
        kept = {answer.headers.get("x-cache-status") for answer in answers}
        expect(f"{path} is never kept", holds=kept <= {"BYPASS"} and {a.status_code for a in answers} == {200})
    strangers = [http.get("/api/v1/cart").headers["x-cache-status"] for _ in range(2)]
    expect("nor is a cart of nobody", holds=strangers == ["MISS", "MISS"])
    counted = [http.get("/api/v1/products?q=장갑").headers["x-cache-status"] for _ in range(2)]
    expect("words that are searched for reach the shop", holds=counted == ["BYPASS", "BYPASS"])
    doubled = [name for name, count in Counter(second.headers.keys()).items() if count > 1]
    repeated = [name for name in second.headers if "," in second.headers[name] and name.startswith(("x-", "strict"))]
    expect("no header comes twice", holds=not doubled and not repeated)


def check_doors(http: httpx.Client, run: Bench) -> None:
    """Check hidden paths, the limits of bodies, and the pictures of /media."""
    hidden = ("/metrics", "/health/ready", "/sandbox/inbox", "/sandbox", "/", "/api/v2", "/media/../shop.db")
    found = [http.get(path).status_code for path in hidden]
    expect("metrics, readiness and the sandbox are hidden", holds=found == [404] * len(hidden))
    problem = http.get("/metrics", headers={"Accept-Language": "en"})
    same = problem.json()["request_id"] == problem.headers["x-request-id"]
    expect("and say so as a problem", holds=same and problem.headers["content-type"] == "application/problem+json")
    by_app = http.post("/api/v1/cart/quote", json={"items": "x" * 1_060_000})
    by_nginx = http.post("/api/v1/cart/quote", json={"items": "x" * 1_200_000})
    codes = [(answer.status_code, answer.json()["code"]) for answer in (by_app, by_nginx)]
    expect("bodies are bounded, by the app first", holds=codes == [(413, "BODY_TOO_LARGE")] * 2)
    media = run.folder / "state" / "media"
    (media / "uploads").mkdir(parents=True, exist_ok=True)
    for folder, cached in (("", "max-age=3600"), ("uploads/", "immutable")):
        (media / f"{folder}one.webp").write_bytes(b"RIFF")
        picture = http.get(f"/media/{folder}one.webp")
        fits = cached in picture.headers["cache-control"] and picture.headers["content-type"] == "image/webp"
        expect(f"a picture of /media/{folder} is served", holds=picture.status_code == 200 and fits)
    (media / "link").symlink_to("/etc/passwd")
    strange = [http.get("/media/link"), http.get("/media/absent"), http.put("/media/one.webp"), http.get("/media/")]
    expect("and nothing else of that folder", holds=[answer.status_code for answer in strange] == [404] * 4)


def check_addresses(http: httpx.Client, base: str) -> None:
    """Check that the app sees the client's real address, even if the client sends forged headers."""
    said = iter(range(1, 100))

    def forged() -> httpx.Response:
        named = {
            "X-Forwarded-For": f"203.0.113.{next(said)}",
            "X-Real-IP": "203.0.113.9",
            "Forwarded": "for=203.0.113.8",
        }
        return http.post("/api/v1/orders/lookup", json=LOOK_UP, headers=named)

    found = statuses(forged, LOOK_UPS + 1)
    expect("a forged X-Forwarded-For does not count", holds=found == [404] * LOOK_UPS + [429])
    other = httpx.HTTPTransport(local_address="127.0.0.2")
    with httpx.Client(base_url=base, transport=other) as neighbour:
        answer = neighbour.post("/api/v1/orders/lookup", json=LOOK_UP)
    expect("another address is another person", holds=answer.status_code == 404)


def check_limits(http: httpx.Client) -> None:
    """Check that too many requests from one address are refused as a problem document; webhooks are not limited."""
    answers = [http.get("/version") for _ in range(320)]
    refused = [answer for answer in answers if answer.status_code == 429]
    expect(f"requests are limited ({len(refused)} of {len(answers)} refused)", holds=bool(refused))
    body = refused[0].json()
    expect(
        "with Retry-After, as a problem",
        holds=refused[0].headers["retry-after"] == "1" and body["code"] == "TOO_MANY_ATTEMPTS",
    )
    webhooks = statuses(lambda: http.post("/api/v1/webhooks/portone", content=b"{}"), 300)
    expect("webhooks are not", holds=429 not in webhooks)


def check_lone_worker(shop: Server) -> None:
    """Check that a worker that ends by itself is replaced, and that the shared socket still accepts connections."""
    first, *_ = children(shop.process.pid)
    os.kill(first, signal.SIGTERM)
    until(lambda: first not in children(shop.process.pid), "the worker's end")
    until(lambda: len(children(shop.process.pid)) == 2, "a new worker")
    expect("a worker that ends alone shuts nobody out", holds=all(shop.answers("/health") for _ in range(20)))


def check_rules(run: Bench, shops: tuple[Server, Server]) -> None:
    """Check all rules of deploy/nginx."""
    proxy = nginx(run, "rules", shops)
    with httpx.Client(base_url=proxy.base, trust_env=False, timeout=30) as http:
        signed = http.post(
            "/api/v1/auth/sign-in", json={"login_id": "demo", "password": "Demo!2345"}
        ).raise_for_status()
        http.cookies.clear()
        check_cache(http, {"Authorization": f"Bearer {signed.json()['access_token']}"})
        check_doors(http, run)
        check_addresses(http, proxy.base)
        check_limits(http)
    proxy.stop()
    check_lone_worker(shops[0])


class Load:
    """wrk against nginx; it runs from construction until `end`."""

    def __init__(self, proxy: Server, path: str, lua: str, arguments: list[str]) -> None:
        options = ("-t1", "-c12", f"-d{LONGEST_SECONDS}s", "--timeout", "20s", "-s", str(HERE / lua))
        command = [wrk_program(), *options, proxy.base + path, "--", *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.done = self.failed = 0
        self.example = ""

    def end(self) -> None:
        """Stop wrk, and read the number of requests that were not answered by a 2xx. Raises SystemExit if wrk ended
        before."""
        if self._process.poll() is not None:
            raise SystemExit("wrk ended before the restarts did")
        self._process.send_signal(signal.SIGINT)
        said, complaint = self._process.communicate(timeout=60)
        found = re.search(r"^RESULT (\d+) \d+ (\d+) \d+ \d+ \d+ (.*)$", said, re.MULTILINE)
        if not found:
            raise SystemExit(f"wrk failed:\n{(said + complaint)[-2000:]}")
        self.done, self.failed, self.example = int(found[1]), int(found[2]), found[3]


def restart(run: Bench, shops: list[Server], number: int) -> float:
    """Restart one instance on its port, and return the seconds that it took to end. Raises SystemExit if its exit
    status is not 0."""
    began = time.monotonic()
    shops[number].process.terminate()
    shops[number].process.wait(60)
    took = time.monotonic() - began
    if shops[number].process.returncode:
        raise SystemExit(f"it ended with {shops[number].process.returncode}:\n{shops[number].log.read_text()[-2000:]}")
    shops[number] = instance(run, number, shops[number].port)
    time.sleep(PAUSE_SECONDS)
    return took


def answered(access_log: Path) -> Counter[tuple[str, int]]:
    """Count nginx's answers by method and status. 499 is a client that disconnected: wrk when it ends."""
    found: Counter[tuple[str, int]] = Counter()
    for line in access_log.read_text().splitlines():
        entry: dict[str, Any] = json.loads(line)
        found[entry["method"], entry["status"]] += 1
    return found


def check_restarts(run: Bench, shops: list[Server], database: str, rounds: int) -> None:
    """Check that restarts under load lose no request and no order."""
    proxy = nginx(run, "load", (shops[0], shops[1]), REQUESTS_PER_SECOND="100000")
    fill_stock(database)
    variants = [[row[0]] for row in sql(SELLABLE, database)]
    bodies = write_bodies(run.folder / "bodies", shops[0], variants)
    paths = run.folder / "paths"
    paths.write_text("\n".join(READS) + "\n")
    ((before,),) = sql("SELECT COUNT(*) FROM orders", database)
    lost = 0
    for number in range(rounds):
        orders = Load(proxy, "/api/v1/orders", "orders.lua", [str(bodies), unique()])
        reads = Load(proxy, "/", "paths.lua", [str(paths)])
        time.sleep(1)
        took = [restart(run, shops, 0), restart(run, shops, 1)]
        orders.end()
        reads.end()
        lost += orders.failed + reads.failed
        print(f"  round {number + 1}: {orders.done} orders, {reads.done} reads; failed {orders.failed} and {reads.failed} "
              f"{orders.example}; the instances took {took[0]:.1f} and {took[1]:.1f} s to end", flush=True)  # fmt: skip
    seen = answered(run.folder / "load" / "access.log")
    print(f"  nginx answered: {dict(seen)}")
    expect(
        "no request was lost", holds=lost == 0 and not [status for _, status in seen if status >= 400 and status != 499]
    )
    # An order whose client disconnected at the end of a round may have been placed, but not twice.
    ((after,),) = sql("SELECT COUNT(*) FROM orders", database)
    placed, hung_up = seen["POST", 201], seen["POST", 499]
    print(f"  orders in MySQL: {after - before} = {placed} answers 201 + at most {hung_up} whose buyer hung up")
    expect("each order that was answered exists once", holds=placed <= after - before <= placed + hung_up)
    print(f"  ledger: {run.run('src.cli', 'verify').strip()}")


def main(rounds: int, drain: float) -> None:
    """See the module docstring."""
    with bench("rolling: nginx before two instances, restarted under load", deadline=600) as run:
        database = run.use_mysql().rpartition("/")[2]
        run.use_redis()
        run.environment["DRAIN_SECONDS"] = str(drain)
        print(f"  {run.run('src.cli', 'seed-demo').strip()}")
        shops = [instance(run, number, free_port()) for number in range(2)]
        check_rules(run, (shops[0], shops[1]))
        check_restarts(run, shops, database, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--drain", type=float, default=8)
    chosen = parser.parse_args()
    main(chosen.rounds, chosen.drain)
