"""The limit of the orders bench: send the statements of `capture` raw through asyncmy, with new values."""

import asyncio
import json
import os
import re
import time
from base64 import b32encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncmy
import uvloop

from src.core.configs import Settings
from src.core.configs.groups import DatabaseSettings
from src.core.database.tortoise import tortoise_config
from tests.bench.support import Load, unique

INTO = re.compile(r"\s*INSERT INTO `?(\w+)`?")


@dataclass
class Fresh:
    """The values that are unique to one order. `ids` maps a table to the first row id that the order's INSERTs made."""

    key: str
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    order_no: str = field(default_factory=lambda: "20990101-" + b32encode(os.urandom(5)).decode())
    payment_id: str = field(default_factory=lambda: os.urandom(13).hex())
    token: str = field(default_factory=lambda: os.urandom(13).hex())
    intent: str = field(default_factory=lambda: os.urandom(32).hex())
    ids: dict[str, int] = field(default_factory=dict)


Fill = Callable[[Fresh], Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its fixed values, and the functions that fill the other positions."""

    inside: bool
    query: str
    table: str  # the table of an INSERT, empty for other statements
    is_read: bool
    is_many: bool
    fixed: list[Any]
    fills: list[tuple[int, Fill]]

    def values(self, fresh: Fresh) -> list[Any]:
        """Return the statement's values for this order."""
        values = self.fixed.copy()
        for place, fill in self.fills:
            values[place] = fill(fresh)
        return values


# Arguments of the shop's client that asyncmy's pool does not have.
OURS = ("database", "minsize", "wait_seconds", "read_seconds")


class Replay:
    """Templates of orders, and a pool with the shop's settings to send them without the shop."""

    def __init__(self, templates: Path, database_url: str) -> None:
        self._orders = [[_statement(*one) for one in order] for order in json.loads(templates.read_text())]
        chosen = Settings(database=DatabaseSettings(url=database_url, host=""))
        credentials = dict(tortoise_config(chosen)["connections"]["default"]["credentials"])
        self._pool = {
            **{name: value for name, value in credentials.items() if name not in OURS},
            "db": credentials["database"],
            "autocommit": True,
            "charset": "utf8mb4",
            "sql_mode": "STRICT_TRANS_TABLES",  # as Tortoise's client
        }
        self.committed = 0

    @property
    def queries(self) -> list[tuple[bool, str]]:
        """The statements of one order, each with True if it is in the transaction."""
        return [(statement.inside, statement.query) for statement in self._orders[0]]

    def load(self, *, seconds: float, connections: int = 16, transaction_only: bool = False) -> Load:
        """Place orders for `seconds` over `connections` connections at once, in this process on uvloop."""
        return uvloop.run(self._load(seconds, connections, transaction_only=transaction_only))

    async def _load(self, seconds: float, connections: int, *, transaction_only: bool) -> Load:
        pool = await asyncmy.create_pool(minsize=connections, **self._pool)
        prefix, numbers = unique(), iter(range(10**9))
        took: list[float] = []
        began, cpu = time.perf_counter(), time.process_time()

        async def buyer() -> None:
            while (started := time.perf_counter()) < began + seconds:
                number = next(numbers)
                order = self._orders[number % len(self._orders)]
                async with pool.acquire() as connection:
                    await _place(connection, order, Fresh(f"{prefix}{number:010d}"), transaction_only=transaction_only)
                took.append(time.perf_counter() - started)

        await asyncio.gather(*(buyer() for _ in range(connections)))
        lasted, cpu = time.perf_counter() - began, time.process_time() - cpu
        pool.close()
        await pool.wait_closed()
        self.committed += len(took)
        took.sort()
        return Load(
            done=len(took), seconds=lasted, cpu=cpu,
            p50_ms=took[len(took) // 2] * 1000, p99_ms=took[len(took) * 99 // 100] * 1000,
        )  # fmt: skip


async def _place(connection: Any, order: Sequence[Statement], fresh: Fresh, *, transaction_only: bool) -> None:
    """Send one order's statements as the shop does: those in the transaction between BEGIN and COMMIT."""
    is_open = False
    async with connection.cursor() as cursor:
        for statement in order:
            if transaction_only and not statement.inside:
                continue
            if statement.inside != is_open:
                await (connection.begin() if statement.inside else connection.commit())
                is_open = statement.inside
            send = cursor.executemany if statement.is_many else cursor.execute
            await send(statement.query, statement.values(fresh))
            if statement.is_read:
                await cursor.fetchall()
            elif statement.table:
                fresh.ids.setdefault(statement.table, cursor.lastrowid)
        if is_open:
            await connection.commit()


def _statement(inside: bool, query: str, values: list[Any]) -> Statement:
    into = INTO.match(query)
    is_many = bool(values) and isinstance(values[0], list)
    fills = [(place, fill) for place, value in enumerate(values) if (fill := _fill(value)) is not None]
    return Statement(
        inside=inside,
        query=query,
        table=into[1] if into else "",
        is_read=query.lstrip().upper().startswith(("SELECT", "(SELECT")),
        is_many=is_many,
        fixed=values,
        fills=fills,
    )


def _fill(value: Any) -> Fill | None:
    """Return the function that makes the value for each order; None for a fixed value."""
    if isinstance(value, list):
        inner = [(place, fill) for place, one in enumerate(value) if (fill := _fill(one)) is not None]
        return _row(value, inner) if inner else None
    if not isinstance(value, dict):
        return None
    name = next(iter(value))
    return SLOTS[name](value) if name in SLOTS else lambda fresh: getattr(fresh, name)


def _id(slot: dict[str, Any]) -> Fill:
    table, number = slot["id"]
    return lambda fresh: fresh.ids.get(table, 0) + number


def _time(slot: dict[str, Any]) -> Fill:
    after = timedelta(seconds=slot["time"])
    if slot["aware"]:
        return lambda fresh: fresh.now + after
    return lambda fresh: (fresh.now + after).replace(tzinfo=None)


def _order_no(slot: dict[str, Any]) -> Fill:
    before, behind = slot["order_no"]
    return lambda fresh: before + fresh.order_no + behind


SLOTS: dict[str, Callable[[dict[str, Any]], Fill]] = {"id": _id, "time": _time, "order_no": _order_no}


def _row(value: list[Any], inner: list[tuple[int, Fill]]) -> Fill:
    def row(fresh: Fresh) -> list[Any]:
        values = value.copy()
        for place, fill in inner:
            values[place] = fill(fresh)
        return values

    return row
