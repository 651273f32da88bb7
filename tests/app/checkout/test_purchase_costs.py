"""What one purchase costs the database where there is nothing to batch: statements and writing commits."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from src.app.checkout.services.settling import settle
from src.app.checkout.services.webhook_inbox import process_inbox
from src.core.configs import settings
from src.core.database import in_unit_of_work
from src.core.database.unit_of_work import _attempt
from tests.app.product.captured import SQL_LOG
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, complete, control, order_body, place, post_order, quoted_total

READS, WRITES = ("SELECT",), ("INSERT", "UPDATE", "DELETE")


@dataclass
class Cost(logging.Handler):
    """Statements by verb, and commits that wrote: transactions with a write, and writes outside any."""

    reads: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    transactions: set[int] = field(default_factory=set)
    alone: int = 0

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        text = str(record.args[0]) if isinstance(record.args, tuple) and record.args else record.getMessage()
        verb = text.split(maxsplit=1)[0].upper() if text.strip() else ""
        if verb in READS:
            self.reads.append(text)
        elif verb in WRITES:
            self.writes.append(text)
            if in_unit_of_work():
                self.transactions.add(id(_attempt.get()))
            else:
                self.alone += 1

    @property
    def told(self) -> tuple[int, int, int]:
        return len(self.reads), len(self.writes), len(self.transactions) + self.alone


@contextmanager
def cost() -> Iterator[Cost]:
    counted, level = Cost(), SQL_LOG.level
    SQL_LOG.addHandler(counted)
    SQL_LOG.setLevel(logging.DEBUG)
    try:
        yield counted
    finally:
        SQL_LOG.removeHandler(counted)
        SQL_LOG.setLevel(level)


async def test_placing_reads_twice_and_commits_twice(client: httpx.AsyncClient) -> None:
    """The claim of the key, then order, shipping row, timeline, payment, the end of the claim, stock, line, hold."""
    line = ((await make_variant()).id, 1)
    body = order_body(line, expected_total=await quoted_total(client, line))
    with cost() as counted:
        assert (await post_order(client, body)).status_code == 201
    assert counted.told == (2, 9, 2)


async def test_completing_commits_once(client: httpx.AsyncClient) -> None:
    """Reads the payment, locks order and payments; writes payment, order, lines, timeline, sale, journal and event."""
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="none")
    with cost() as counted:
        assert (await complete(client, placed.payment_id)).status_code == 200
    assert counted.told == (3, 7, 1)
    with cost() as counted:
        assert (await complete(client, placed.payment_id)).status_code == 200
    assert counted.told == (2, 0, 0)  # who comes second reads payment and order


async def test_a_webhook_is_one_insert(client: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "Transaction.Paid", "timestamp": "2026-11-20T03:00:00Z", "data": {"paymentId": "x"}})
    now = int(time.time())
    signature = Webhook(settings().portone.webhook_secrets[0]).sign(
        "wh_cost", datetime.fromtimestamp(now, tz=UTC), body
    )
    headers = {"webhook-id": "wh_cost", "webhook-timestamp": str(now), "webhook-signature": signature}
    with cost() as counted:
        assert (await client.post(f"{API}/webhooks/portone", content=body, headers=headers)).status_code == 200
    assert counted.told == (0, 1, 1)
    with cost() as counted:
        assert await process_inbox() == 1
    assert counted.told[1:] == (1, 1)  # the end: without news nothing is leased


@pytest.mark.parametrize("many", [1, 3])
async def test_reading_again_what_is_known_writes_nothing(client: httpx.AsyncClient, many: int) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="none")
    await complete(client, placed.payment_id)
    with cost() as counted:
        for _ in range(many):
            await settle(placed.payment_id, told_by="re-read")
    assert counted.told[1:] == (0, 0)
