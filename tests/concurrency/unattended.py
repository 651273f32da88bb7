"""Run the whole shop under load while its processes are killed: two web instances, two workers and two schedulers on
one MySQL and one Redis. One process after another gets SIGKILL and is started again, and Redis restarts empty once.
Afterwards all checks of `tests.concurrency.books` must pass.

Not part of ./test.sh: .venv/bin/python -m tests.concurrency.unattended [--minutes 10] [--seed 1]
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from src.core.configs.groups import LOCAL_WEBHOOK_SECRET
from tests.concurrency.apart import Apart, Kind
from tests.concurrency.books import all_ended, all_worked_off, faults, money_is_right
from tests.concurrency.buyers import new_key, order_body, set_stock, some_variants
from tests.concurrency.servers import Database, RedisServer, new_database, own_redis
from tests.concurrency.support import API, Shop, spawn
from tests.conftest import free_port

SHOPPERS = 6
HOLD_SECONDS = 20
WEBHOOKS = ("send", "send", "twice", "late", "none")


@dataclass
class Told:
    """The answers that shoppers got, and the kills of each process."""

    answers: Counter[str] = field(default_factory=Counter)
    placed: dict[str, str] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)


class Part:
    """One process that is killed and started again under the same name."""

    def __init__(self, name: str, start: Callable[[], Shop | Apart]) -> None:
        self.name = name
        self._start = start
        self.running = start()

    async def ready(self) -> None:
        """Wait until the process is ready or at work."""
        await (self.running.ready() if isinstance(self.running, Shop) else self.running.at_work())

    async def kill_and_start(self, pause: float) -> None:
        """Kill the process by SIGKILL, and start a new one after `pause` seconds."""
        await asyncio.to_thread(self.running.kill)
        await asyncio.sleep(pause)
        self.running = self._start()


async def shopper(told: Told, ports: list[int], control: str, variants: list[int], dice: random.Random) -> None:
    """Buy repeatedly from either instance. A request whose answer is lost is repeated with the same key."""
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        while True:
            with suppress(httpx.HTTPError, ValueError, KeyError):
                await buy(client, told, ports, control, variants, dice)
            await asyncio.sleep(dice.uniform(0.05, 0.3))


async def buy(
    client: httpx.AsyncClient, told: Told, ports: list[int], control: str, variants: list[int], dice: random.Random
) -> None:
    def at() -> str:
        return f"http://127.0.0.1:{dice.choice(ports)}{API}"

    items = [{"variant_id": variant, "quantity": dice.randint(1, 2)} for variant in dice.sample(variants, 2)]
    quote = (await client.post(f"{at()}/cart/quote", json={"items": items})).json()
    body = {**order_body([], quote["total"]), "items": items}
    key, order = new_key(), None
    for _ in range(5):
        with suppress(httpx.HTTPError):
            answer = await client.post(f"{at()}/orders", json=body, headers={"Idempotency-Key": key})
            told.answers[f"order {answer.status_code}"] += 1
            if answer.status_code == 201:
                order = answer.json()
                break
            if answer.status_code < 500 and answer.json().get("code") != "IDEMPOTENCY_IN_PROGRESS":
                return
        await asyncio.sleep(0.5)
    if order is None:
        return
    told.placed[key] = order["order_no"]
    if dice.random() < 0.15:
        return  # never pays
    payment = order["payment"]["payment_id"]
    deed: dict[str, Any] = {"action": "pay", "amount": order["total"], "webhook": dice.choice(WEBHOOKS)}
    await client.post(f"{control}/control/payments/{payment}", json=deed)
    if dice.random() < 0.7 or deed["webhook"] == "none":
        answer = await client.post(f"{at()}/payments/{payment}/complete")
        told.answers[f"complete {answer.status_code}"] += 1


async def killer(told: Told, parts: list[Part], dice: random.Random) -> None:
    """Kill one process after another; the next only when the last one works again."""
    while True:
        await asyncio.sleep(dice.uniform(2, 8))
        part = dice.choice(parts)
        told.kills[part.name] += 1
        await part.kill_and_start(dice.uniform(0, 2))
        await part.ready()


async def run(minutes: float, seed: int) -> int:
    """Start all parts, load and kill them, check the result, and return the exit status."""
    dice = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="unattended-"))
    async with AsyncExitStack() as stack:
        cache: RedisServer = stack.enter_context(own_redis(folder / "redis"))
        database = await stack.enter_async_context(new_database())
        ports, sandbox_port = [free_port(), free_port()], free_port()
        sandbox = spawn(sandbox_command(sandbox_port, ports[0], folder), log=folder / "sandbox.log")
        stack.callback(sandbox.kill)
        control = f"http://127.0.0.1:{sandbox_port}/sandbox"
        environment = {
            "DATABASE_URL": database.url,
            "REDIS_URL": cache.url,
            "JOBS": "apart",
            "SANDBOX_URL": control,
            "ORDER_HOLD_SECONDS": str(HOLD_SECONDS),
            "WEB_CONCURRENCY": "1",
        }
        parts = make_parts(environment, ports, folder)
        stack.callback(lambda: [part.running.kill() for part in parts])
        for part in parts:
            await part.ready()
        told = Told()
        await load(told, parts, minutes, ports=ports, control=control, database=database, cache=cache, dice=dice)
        async with httpx.AsyncClient(base_url=control.removesuffix("/sandbox"), timeout=20, trust_env=False) as client:
            return await judged(told, database, client)


def make_parts(environment: dict[str, str], ports: list[int], folder: Path) -> list[Part]:
    """Start two processes of each kind."""

    def web(number: int) -> Part:
        state = folder / f"web-{number}"
        return Part(f"web-{number}", lambda: Shop(environment, state, port=ports[number]))

    def apart(kind: Kind, number: int) -> Part:
        place = folder / f"{kind}-{number}"
        return Part(f"{kind}-{number}", lambda: Apart(kind, environment, place))

    return [web(0), web(1), *(apart(kind, number) for kind in ("worker", "scheduler") for number in (0, 1))]


async def load(
    told: Told,
    parts: list[Part],
    minutes: float,
    *,
    ports: list[int],
    control: str,
    database: Database,
    cache: RedisServer,
    dice: random.Random,
) -> None:
    """Run the shoppers and the killer for `minutes`; Redis restarts empty in the middle."""
    variants = await some_variants(database, 30)
    for variant in variants:  # high stock, because shoppers would only be refused once it is sold out
        await set_stock(database, variant, 100_000)
    tasks = [asyncio.create_task(shopper(told, ports, control, variants, dice)) for _ in range(SHOPPERS)]
    tasks.append(asyncio.create_task(killer(told, parts, dice)))
    await asyncio.sleep(minutes * 30)
    cache.stop()
    await asyncio.sleep(3)
    cache.start()
    told.kills["redis"] += 1
    await asyncio.sleep(minutes * 30)
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    broken = [error for error in outcomes if not isinstance(error, asyncio.CancelledError)]
    assert not broken, broken
    for part in parts:  # the killer may have been cancelled between kill and start
        if part.running.process.poll() is not None:
            await part.kill_and_start(0)
        await part.ready()


async def judged(told: Told, database: Database, client: httpx.AsyncClient) -> int:
    """Wait until all orders have ended and all work is done, then check the data. Return the exit status."""
    assert await all_ended(database, seconds=HOLD_SECONDS + 400), "orders that neither expired nor were paid"
    await all_worked_off(database, seconds=180)
    payments = await money_is_right(database, client, seconds=180)
    wrong = await faults(database)
    lost = [
        number
        for number in told.placed.values()
        if not await database.number(f"SELECT COUNT(*) FROM orders WHERE order_no = '{number}'")
    ]
    orders = dict(await database.rows("SELECT status, COUNT(*) FROM orders GROUP BY status"))
    print(f"kills: {dict(told.kills)}")
    print(f"answers: {dict(sorted(told.answers.items()))}")
    print(f"orders: {orders}; payments: {len(payments)}; told of and lost: {len(lost)}")
    print(f"wrong: {wrong or 'nothing'}")
    return 1 if wrong or lost or not orders.get("PAID") else 0


def sandbox_command(port: int, web: int, folder: Path) -> list[str]:
    """Return the command of the sandbox, which is not killed. Webhooks go to one instance, and are retried while it is
    down."""
    flags = {
        "--port": str(port),
        "--webhook-url": f"http://127.0.0.1:{web}{API}/webhooks/portone",
        "--webhook-secret": LOCAL_WEBHOOK_SECRET,
        "--api-secret": "local-portone-api-secret",
        "--file": str(folder / "sandbox.db"),
        "--retry-unit-seconds": "2",
    }
    return [sys.executable, "-m", "src.sandbox", *(word for pair in flags.items() for word in pair)]


def main() -> None:
    """See the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    flags = parser.parse_args()
    print(f"seed {flags.seed}, {flags.minutes} minutes")
    raise SystemExit(asyncio.run(run(flags.minutes, flags.seed)))


if __name__ == "__main__":
    main()
