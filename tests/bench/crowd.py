"""A crowd that wants the last units of one size: all order once within some seconds, and those who got a unit pay.

    python -m tests.bench.crowd SHOP SANDBOX BODIES SHOPPERS SECONDS

Run by `tests.bench.rush`, as a process of its own, so that its CPU is known. Every request has a new connection, and
every shopper wants what the first line of BODIES asks for. Arrivals are seeded. Prints a line when everybody has an
answer and before anybody pays, and at the end one line of JSON.
"""

import asyncio
import json
import random
import secrets
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from tests.bench.shoppers import API

SEED = 20261128
PATIENCE = aiohttp.ClientTimeout(total=60)
PLACED, TOLD = "201", "409 STOCK_SHORT"


@dataclass
class Met:
    """What the crowd met: answers of the shop by status and code, and their seconds. `hung_up` counts requests without
    an answer; `orders` are those that were placed, `paid` the number of those that ended PAID."""

    answers: dict[str, int] = field(default_factory=dict)
    hung_up: int = 0
    examples: list[str] = field(default_factory=list)
    paid: int = 0
    ordering: dict[str, list[float]] = field(default_factory=dict)
    completing: list[float] = field(default_factory=list)
    sold_after: float = 0.0
    cpu: float = 0.0


class Crowd:
    """The shoppers, their arrivals and what they met."""

    def __init__(self, shop: str, sandbox: str, body: dict[str, Any]) -> None:
        self._shop, self._sandbox, self._body = shop, sandbox, body
        self._chance = random.Random(SEED)
        self._won: list[tuple[str, int]] = []
        self.met = Met()

    async def order(self, shoppers: int, seconds: float) -> None:
        """Everybody orders once, at a moment within so many seconds."""
        began = time.perf_counter()
        await self._at_random(shoppers, seconds, lambda number: self._order(began))

    async def pay(self, seconds: float) -> None:
        """Those who got a unit pay in the window and come back, at a moment within so many seconds."""
        await self._at_random(len(self._won), seconds, lambda number: self._pay(*self._won[number]))

    async def _at_random(self, number: int, seconds: float, act: Callable[[int], Awaitable[None]]) -> None:
        async def one(index: int, after: float) -> None:
            await asyncio.sleep(after)
            try:
                await act(index)
            except (aiohttp.ClientError, TimeoutError) as error:
                self.met.hung_up += 1
                self._remember(f"{type(error).__name__}: {error}")

        await asyncio.gather(*(one(index, self._chance.uniform(0, seconds)) for index in range(number)))

    async def _order(self, began: float) -> None:
        headers = {"Idempotency-Key": secrets.token_hex(16)}
        what, answer, took = await _post(f"{self._shop}{API}/orders", self._body, headers)
        self._count(what)
        self.met.ordering.setdefault(what, []).append(took)
        if what == PLACED:
            self._won.append((answer["payment"]["payment_id"], answer["total"]))
            self.met.sold_after = time.perf_counter() - began
        elif what != TOLD:
            self._remember(f"{what} {answer}")

    async def _pay(self, payment: str, total: int) -> None:
        deed = {"action": "pay", "amount": total, "webhook": "send"}
        await _post(f"{self._sandbox}/control/payments/{payment}", deed)
        what, answer, took = await _post(f"{self._shop}{API}/payments/{payment}/complete", None)
        self._count(f"complete {what}")
        self.met.completing.append(took)
        if answer.get("order_status") == "PAID":
            self.met.paid += 1
        else:
            self._remember(f"complete {what} {answer}")

    def _count(self, what: str) -> None:
        self.met.answers[what] = self.met.answers.get(what, 0) + 1

    def _remember(self, example: str) -> None:
        if len(self.met.examples) < 5:
            self.met.examples.append(example[:300])


async def _post(url: str, body: Any, headers: dict[str, str] | None = None) -> tuple[str, dict[str, Any], float]:
    """Return status and code of the answer, its body and its seconds, the connection's set-up included."""
    began = time.perf_counter()
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=PATIENCE) as http,
        http.post(url, json=body, headers=headers) as answer,
    ):
        text = await answer.text()
    took = time.perf_counter() - began
    found: dict[str, Any] = json.loads(text)
    return f"{answer.status} {found['code']}" if "code" in found else str(answer.status), found, took


async def rush(shop: str, sandbox: str, body: dict[str, Any], shoppers: int, seconds: float) -> Met:
    """Order, then pay, each within `seconds`."""
    crowd, cpu = Crowd(shop, sandbox, body), time.process_time()
    await crowd.order(shoppers, seconds)
    print("all ordered", flush=True)
    await crowd.pay(seconds)
    crowd.met.cpu = time.process_time() - cpu
    return crowd.met


def main(shop: str, sandbox: str, bodies: str, shoppers: str, seconds: str) -> None:
    """See the module's text."""
    body = json.loads(Path(bodies).read_text().split("\n", 1)[0])
    print(json.dumps(asdict(uvloop.run(rush(shop, sandbox, body, int(shoppers), float(seconds))))))


if __name__ == "__main__":
    main(*sys.argv[1:])
