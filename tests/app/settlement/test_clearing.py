"""The nightly report names every order whose money does not add up, and no other."""

import httpx
import pytest
from tortoise import Tortoise

from src.app.checkout.services.settling import settle
from src.app.journal.models import EntryKind
from src.app.journal.services import journal
from src.app.journal.services.journal import Entry
from src.app.payment.models import Discrepancy, DiscrepancyKind
from src.app.settlement.services.clearing.invariants import orders_clear
from src.app.settlement.services.clearing.report import clear_orders
from src.app.settlement.services.filling import fill_journal
from src.common.models import OutboxEvent
from src.common.records.invariants import EVERYTHING, Look
from src.core.database import unit_of_work
from tests.app.journal.support import forget, late_and_refunded, paid, sent_back
from tests.app.staff.people import headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, expire, later, order_of, pay_again, place
from tests.factories.people import bearer

pytestmark = pytest.mark.usefixtures("empty")

URL = "/api/v1/admin/clearing"


@pytest.fixture
async def owner(client: httpx.AsyncClient) -> dict[str, str]:
    """Headers of somebody who may see settlements."""
    return await headers_with(client, "settlement:read", "payment:read", "payment:reconcile")


async def clear() -> int:
    """The job, when today's orders are old enough to be known as written."""
    with later(hours=2):
        await fill_journal()
    return await clear_orders()


async def told(client: httpx.AsyncClient, headers: dict[str, str]) -> list[tuple[str, int]]:
    """Order and difference of each row of the report."""
    answer = await client.get(URL, headers=headers)
    assert answer.status_code == 200, answer.text
    return [(row["order_no"], row["difference"]) for row in answer.json()["items"]]


async def broken() -> list[str]:
    """What the scheduled check says of all live orders."""
    return [finding.detail for finding in await orders_clear(Look("clearing", EVERYTHING))]


async def test_orders_at_every_step_clear(client: httpx.AsyncClient, owner: dict[str, str]) -> None:
    await late_and_refunded(client)
    await place(client, ((await make_variant()).id, 1))
    await paid(client)
    duplicate = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, duplicate)).json()["payment_id"]
    for payment_id in (duplicate.payment_id, second):
        await control(client, payment_id, "pay")
        await complete(client, payment_id)
    assert (await clear(), await broken()) == (0, [])  # the refund is open, so it is due
    await sent_back(client, second)
    assert (await clear(), await broken()) == (0, [])
    assert await told(client, owner) == []


async def test_a_cancel_of_others_is_named_until_it_is_explained(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    placed = await paid(client)
    order = await order_of(placed)
    await control(client, placed.payment_id, "cancel", amount=3_000)
    await settle(placed.payment_id, told_by="re-read")
    assert await clear() == 1
    assert await told(client, owner) == [(placed.order_no, -3_000)]
    assert await broken() == [f"owed {order.total}, due 0, money {order.total - 3_000}"]
    finding = await Discrepancy.get(kind=DiscrepancyKind.UNCLEARED)
    assert (finding.reference, finding.amount) == (placed.order_no, -3_000)
    listed = (await client.get("/api/v1/admin/payments/discrepancies?kind=UNCLEARED", headers=owner)).json()["items"]
    assert [row["order_no"] for row in listed] == [placed.order_no]

    answer = await client.post(
        f"/api/v1/admin/payments/discrepancies/{finding.id}/resolve", json={"reason": "확인 중"}, headers=owner
    )
    assert answer.status_code == 200
    assert await clear() == 1  # closed without a change: named again, by the same finding
    assert await told(client, owner) == [(placed.order_no, -3_000)]
    assert await Discrepancy.filter(kind=DiscrepancyKind.UNCLEARED).count() == 1

    entry = Entry(order_id=order.id, kind=EntryKind.CORRECTION, amount=-3_000, cause="correction:1")
    await unit_of_work(lambda: journal.write([entry]))
    assert await clear() == 0
    assert (await told(client, owner), await broken()) == ([], [])
    closed = await Discrepancy.get(kind=DiscrepancyKind.UNCLEARED)
    assert (closed.resolved_by, closed.resolved_at is not None) == ("system", True)


async def test_a_paid_order_that_is_not_in_the_journal_is_named(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    placed = await paid(client)
    with later(hours=2):
        await fill_journal()
    await forget()
    assert await clear_orders() == 1
    assert await clear_orders() == 1
    assert await OutboxEvent.filter(topic="payment.discrepancy").count() == 1
    (row,) = (await client.get(URL, headers=owner)).json()["items"]
    assert (row["order_no"], row["is_booked"], row["owed"], row["money"]) == (placed.order_no, False, 0, 0)
    assert await broken() == ["paid and not in the journal"]


async def test_an_archived_order_is_looked_at_too(client: httpx.AsyncClient, owner: dict[str, str]) -> None:
    placed = await late_and_refunded(client)
    assert await archive() == 1
    assert await clear() == 0
    db = Tortoise.get_connection("default")
    await db.execute_query("DELETE FROM journal_entry_archive WHERE kind = 'REFUND'")
    assert await clear() == 1
    assert await told(client, owner) == [(placed.order_no, placed.total)]


async def test_money_of_an_expired_order_without_a_refund_is_named(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    order = await order_of(placed)
    deposit = Entry(order_id=order.id, kind=EntryKind.DEPOSIT, amount=1_000, cause="deposit:1")
    await unit_of_work(lambda: journal.write([deposit]))
    assert await clear() == 0  # it waits for the rest
    assert await expire(minutes=31) == 1
    assert await clear() == 1
    assert await told(client, owner) == [(placed.order_no, 1_000)]


async def test_the_report_tells_when_it_looked_and_needs_its_permission(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    assert (await client.get(URL, headers=owner)).json()["checked_at"] is None
    await clear()
    assert (await client.get(URL, headers=owner)).json()["checked_at"] is not None
    assert (await client.get(URL, headers=await bearer(client))).status_code == 403
    assert (await client.get(URL)).status_code == 401
