"""Shoppers that buy as fast as they can: place, pay in the window, come back. Run by `tests.bench.purchases`.

    python -m tests.bench.shoppers SHOP SANDBOX BODIES SECONDS USERS

A process of its own, so that its CPU is known. Each shopper has one connection to the shop and one to the sandbox.
Prints one line of JSON: how many purchases were paid, how many failed with an example, their times, and its CPU.
"""

import asyncio
import json
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

API = "/api/v1"


@dataclass
class Outcome:
    """What the shoppers met. `times` are seconds of whole purchases, `answers` of single answers of the shop."""

    paid: int = 0
    failed: int = 0
    example: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    times: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)


async def shopper(base: str, sandbox: str, bodies: Iterator[dict[str, Any]], end: float, outcome: Outcome) -> None:
    """Buy until the end; a purchase that has begun is finished."""
    connector = aiohttp.TCPConnector(limit=2)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
        while time.perf_counter() < end:
            began = time.perf_counter()
            try:
                await buy(http, base, sandbox, next(bodies), outcome)
            except (aiohttp.ClientError, ValueError) as error:
                outcome.failed += 1
                outcome.example = f"{type(error).__name__}: {error}"[:300]
            else:
                outcome.paid += 1
                outcome.times.append(time.perf_counter() - began)


async def buy(http: aiohttp.ClientSession, base: str, sandbox: str, body: dict[str, Any], outcome: Outcome) -> None:
    """One purchase. Raises ValueError with the answer that was not the expected one."""
    headers = {"Idempotency-Key": secrets.token_hex(16)}
    order = await _post(http, f"{base}{API}/orders", body, outcome, headers=headers, expected=201)
    payment = order["payment"]["payment_id"]
    deed = {"action": "pay", "amount": order["total"], "webhook": "send"}
    await _post(http, f"{sandbox}/control/payments/{payment}", deed, None)
    state = await _post(http, f"{base}{API}/payments/{payment}/complete", None, outcome)
    if state["order_status"] != "PAID":
        raise ValueError(str(state))


async def _post(
    http: aiohttp.ClientSession,
    url: str,
    body: Any,
    outcome: Outcome | None,
    *,
    headers: dict[str, str] | None = None,
    expected: int = 200,
) -> dict[str, Any]:
    began = time.perf_counter()
    async with http.post(url, json=body, headers=headers) as answer:
        text = await answer.text()
    if outcome is not None:
        outcome.answers.append(time.perf_counter() - began)
    if answer.status != expected:
        raise ValueError(f"{answer.status} {text}")
    found: dict[str, Any] = json.loads(text)
    return found


async def load(base: str, sandbox: str, lines: list[dict[str, Any]], seconds: float, users: int) -> Outcome:
    """All shoppers at once; each begins at another body."""
    outcome = Outcome()
    numbers = iter(range(sys.maxsize))
    bodies = (lines[number % len(lines)] for number in numbers)
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(shopper(base, sandbox, bodies, began + seconds, outcome) for _ in range(users)))
    outcome.seconds, outcome.cpu = time.perf_counter() - began, time.process_time() - cpu
    return outcome


def main(base: str, sandbox: str, bodies: str, seconds: str, users: str) -> None:
    """See the module's text."""
    lines = [json.loads(line) for line in Path(bodies).read_text().splitlines()]
    print(json.dumps(asdict(uvloop.run(load(base, sandbox, lines, float(seconds), int(users))))))


if __name__ == "__main__":
    main(*sys.argv[1:])
