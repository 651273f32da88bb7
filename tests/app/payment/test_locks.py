"""The locks are really in the SQL, and before any read that decides (saleor #19615: written but never executed)."""

import re

import httpx
import pytest
from tortoise import Tortoise

from src.app.checkout.services.settling import settle
from src.worker.jobs.run import run_job
from tests.app.product.captured import captured_sql
from tests.conftest import REAL
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import complete, control, later, order_body, place, post_order

pytestmark = pytest.mark.skipif(not REAL, reason="SQLite ignores SELECT ... FOR UPDATE: it has one writer")


def locked(statements: list[str]) -> list[str]:
    """The tables that were read FOR UPDATE, in order."""
    found = [re.search(r"FROM `(\w+)`.*FOR UPDATE", statement, re.DOTALL) for statement in statements]
    return [match[1] for match in found if match]


def written(statements: list[str]) -> list[str]:
    """``VERB table`` of each change, in order."""
    found = [re.match(r"(INSERT INTO|UPDATE|DELETE FROM) `?(\w+)`?", statement) for statement in statements]
    return [f"{match[1].split()[0]} {match[2]}" for match in found if match]


async def test_settling_locks_the_order_and_then_the_payment_before_it_writes(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")

    with captured_sql() as statements:
        await settle(placed.payment_id, told_by="webhook")

    assert locked(statements) == ["orders", "payment"]
    first_lock = next(number for number, statement in enumerate(statements) if "FOR UPDATE" in statement)
    assert written(statements[:first_lock]) == []
    changes = written(statements)
    assert changes.index("UPDATE orders") < changes.index("UPDATE order_line") < changes.index("INSERT stock_ledger")
    assert "INSERT outbox_event" in changes


async def test_expiring_locks_the_order_before_it_looks_at_its_state(client: httpx.AsyncClient) -> None:
    await place(client, ((await make_variant()).id, 1))
    with captured_sql() as statements, later(minutes=31):
        assert await run_job("expire-orders") == 1
    assert "orders" in locked(statements)
    lock = max(number for number, statement in enumerate(statements) if re.search("`orders`.*FOR UPDATE", statement))
    changes = written(statements[lock:])
    assert changes.index("UPDATE orders") < changes.index("UPDATE variant") < changes.index("INSERT stock_ledger")


async def test_placing_updates_the_stock_in_id_order_and_last_of_all(
    client: httpx.AsyncClient,
) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    with captured_sql() as statements:
        answer = await post_order(client, order_body((second.id, 1), (first.id, 1), expected_total=22_500))
    assert answer.status_code == 201
    changes = written(statements)
    start = changes.index("UPDATE variant")
    assert changes[start:] == ["UPDATE variant", "UPDATE variant"]
    updates = [statement for statement in statements if re.match("UPDATE `?variant", statement)]
    assert all(re.search(r"stock = stock - .* stock >= ", statement) for statement in updates), updates
    assert sorted(changes[1:start]) == [
        "INSERT order_event",
        "INSERT order_line",
        "INSERT order_shipping_row",
        "INSERT orders",
        "INSERT payment",
        "INSERT stock_ledger",
        "UPDATE idempotency_key",
    ]


async def test_sending_a_refund_locks_the_payment_and_the_refund(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=500)
    await complete(client, placed.payment_id)
    with captured_sql() as statements:
        await run_job("send-refunds")
    tables = locked(statements)
    assert tables[0] == "refund"
    assert tables[1:] == ["payment", "refund", "payment", "refund"]


@pytest.mark.parametrize("job", ["send-refunds", "reread-payments"])
async def test_rows_of_work_are_taken_with_skip_locked(client: httpx.AsyncClient, job: str) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="before_redirect")
    second = await place(client, ((await make_variant()).id, 1))
    await control(client, second.payment_id, "pay_other_amount", amount=500)
    await complete(client, second.payment_id)
    await run_job("process-inbox")
    if job == "reread-payments":
        await run_job("send-refunds")

    with captured_sql() as statements:
        assert await run_job(job) >= 1

    taking = [statement for statement in statements if "SKIP LOCKED" in statement]
    assert len(taking) == 1, "one look that finds work; the next one finds none before it locks"
    assert "LIMIT" in taking[0]


async def test_events_are_taken_by_the_leases_that_were_read(client: httpx.AsyncClient) -> None:
    """Without a lock: of several relays, a row goes to the one whose UPDATE still finds the lease (record 0046)."""
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="none")
    await complete(client, placed.payment_id)
    with captured_sql() as statements:
        assert await run_job("relay-outbox") == 1
    taking = [
        statement for statement in statements if re.match(r"\s*UPDATE `?outbox_event`? SET `available_at`", statement)
    ]
    assert len(taking) == 1
    assert "lease_token IN" in taking[0]
    assert "work_status = 'PENDING'" in taking[0]


async def test_webhooks_are_taken_by_the_leases_that_were_read(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="before_redirect")
    with captured_sql() as statements:
        assert await run_job("process-inbox") == 1
    taking = [statement for statement in statements if statement.startswith("UPDATE inbox_message SET available_at")]
    assert len(taking) == 1
    assert "lease_token IN" in taking[0]
    assert "work_status = 'PENDING'" in taking[0]
    assert "inbox_message" not in locked(statements)


async def test_nothing_that_placing_writes_locks_the_variant_by_a_foreign_key(client: httpx.AsyncClient) -> None:
    """Such a lock is shared: two buyers of one variant would hold it and wait for each other.

    docs/architecture.md#trap-1 tells the whole story.
    """
    rows = await Tortoise.get_connection("default").execute_query_dict(
        "SELECT table_name AS name FROM information_schema.key_column_usage"
        " WHERE table_schema = DATABASE() AND referenced_table_name = 'variant'"
    )
    with captured_sql() as statements:
        await place(client, ((await make_variant()).id, 1))

    referring = {f"INSERT {row['name']}" for row in rows}
    assert referring
    assert referring.isdisjoint(written(statements))
