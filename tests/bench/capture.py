"""Place one real order for each body, and record the SQL statements that Tortoise sends for it.

    python -m tests.bench.capture BODIES TEMPLATES

The orders bench runs it as a separate process with the environment of its shop. Statements are read from Tortoise's
logger, so the replayed ones cannot differ from the real ones. Values that differ between orders are written as slots:
``{"id": [table, n]}`` (the n-th row of this order in the table), ``{"time": seconds}`` (after now),
``{"order_no": [before, after]}``, ``{"payment_id": 0}``, ``{"key": 0}``, ``{"token": 0}``, ``{"intent": 0}``.
"""

import asyncio
import json
import logging
import sys
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from tortoise import Tortoise

from src.app.payment.services.provider.base import use_provider
from src.core.configs import settings
from src.core.database import in_unit_of_work
from src.main import create_app
from tests.bench.noop_app import Noop
from tests.bench.replay import INTO
from tests.bench.support import unique

# First ids of new rows, so high that no other number of an order equals an id.
FIRST_IDS = {"orders": 3_000_000_000, "order_line": 4_000_000_000, "idempotency_key": 5_000_000_000}
SOMETIMES = "INTO `order_shipping_row`"  # orders whose delivery is free write none; the replay sends each order's own
TABLES = (*FIRST_IDS, "payment", "stock_ledger", "order_event")


class Statements(logging.Handler):
    """Record Tortoise's statements with their values, each with True if it ran in a unit of work."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[bool, str, list[Any]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Record one statement. Other lines of that logger are ignored: they have no list of values."""
        if record.msg == "%s: %s" and isinstance(record.args, tuple) and len(record.args) == 2:
            query, values = record.args
            self.seen.append((in_unit_of_work(), str(query), list(values) if isinstance(values, list | tuple) else []))


async def capture(bodies: list[str], app: FastAPI) -> list[Any]:
    """Place the orders, and return one template for each body: its statements in their order."""
    statements = Statements()
    log = logging.getLogger("tortoise.db_client")
    templates: list[Any] = []
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bench") as http,
    ):
        use_provider(Noop())
        database = Tortoise.get_connection("default")
        for table, first in FIRST_IDS.items():
            await database.execute_script(f"ALTER TABLE `{table}` AUTO_INCREMENT = {first}")
        await _place(http, bodies[0])  # statements that only the first order sends are not recorded
        log.setLevel("DEBUG")
        log.addHandler(statements)
        log.propagate = False
        for body in bodies:
            statements.seen = []
            began = datetime.now(UTC)
            key, placed = await _place(http, body)
            seen = list(statements.seen)
            slots = await _slots(key, placed)
            templates.append([[inside, query, _encoded(values, slots, began)] for inside, query, values in seen])
    return templates


async def _place(http: httpx.AsyncClient, body: str) -> tuple[str, dict[str, Any]]:
    key = unique() + "0" * 10  # as long as the keys of the load
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    answer = await http.post("/api/v1/orders", content=body, headers=headers)
    if answer.status_code != 201:
        raise SystemExit(f"an order was refused: {answer.status_code} {answer.text}")
    placed: dict[str, Any] = answer.json()
    return key, placed


async def _slots(key: str, placed: dict[str, Any]) -> dict[Any, dict[str, Any]]:
    """Return the slots for the values that are unique to this order, by value."""
    database = Tortoise.get_connection("default")

    async def rows(query: str, value: str | int) -> list[dict[str, Any]]:
        return await database.execute_query_dict(query, [value])

    (order,) = await rows("SELECT id FROM orders WHERE order_no = %s", placed["order_no"])
    lines = await rows("SELECT id FROM order_line WHERE order_id = %s ORDER BY id", order["id"])
    (claim,) = await rows("SELECT id, lease_token, guest_intent FROM idempotency_key WHERE request_key = %s", key)
    return {
        placed["payment"]["payment_id"]: {"payment_id": 0},
        key: {"key": 0},
        claim["lease_token"]: {"token": 0},
        claim["guest_intent"]: {"intent": 0},
        order["id"]: {"id": ["orders", 0]},
        claim["id"]: {"id": ["idempotency_key", 0]},
        **{line["id"]: {"id": ["order_line", number]} for number, line in enumerate(lines)},
        "order_no": {"order_no": placed["order_no"]},
    }


def _encoded(value: Any, slots: dict[Any, dict[str, Any]], began: datetime) -> Any:
    """Return a value as JSON, with slots in place of values that are unique to this order."""
    order_no: str = slots["order_no"]["order_no"]
    if isinstance(value, list | tuple):
        return [_encoded(one, slots, began) for one in value]
    if isinstance(value, Enum):
        return _encoded(value.value, slots, began)
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return {"time": (moment - began) / timedelta(seconds=1), "aware": value.tzinfo is not None}
    if isinstance(value, str) and order_no in value:
        before, _, after = value.partition(order_no)
        return {"order_no": [before, after]}
    if isinstance(value, str | int) and not isinstance(value, bool) and value in slots:
        return slots[value]
    return value


def main(bodies_file: Path, templates_file: Path) -> None:
    """See the module docstring."""
    logging.root.setLevel("WARNING")
    bodies = bodies_file.read_text().splitlines()
    templates = asyncio.run(capture(bodies, create_app(settings(), with_runner=False)))
    queries = [[(inside, query) for inside, query, _ in template] for template in templates]
    if len({tuple(one for one in template if SOMETIMES not in one[1]) for template in queries}) > 1:
        raise SystemExit("orders of one kind send different statements: the replay would not be the same SQL")
    made = {into[1] for _, query in queries[0] if (into := INTO.match(query))}
    missing = [table for table in TABLES if table not in made]
    if missing:
        raise SystemExit(f"no INSERT into {', '.join(missing)} was seen: is the logger still Tortoise's?")
    templates_file.write_text(json.dumps(templates, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
