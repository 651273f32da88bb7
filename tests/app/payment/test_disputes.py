"""Who paid disputes it at the card company: mirrored, on the list of staff, told as an alarm."""

import logging

import httpx
import pytest

from src.app.checkout.services.settling import settle
from src.app.order.models import Order, OrderStatus
from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, PaymentArchive
from src.app.payment.services.gauges import open_discrepancies
from src.app.payment.services.retention.anonymising import anonymise_member
from src.common.models import InboxMessage, LegalRecord
from src.worker.jobs.run import run_job
from tests.app.staff.people import headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, Placed, complete, control, delivered, payment_of, place, read_order
from tests.factories.people import bearer, make_member

LIST = f"{API}/admin/payments/discrepancies"


@pytest.fixture
async def paid(client: httpx.AsyncClient) -> Placed:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await run_job("relay-outbox")
    return placed


async def dispute(client: httpx.AsyncClient, paid: Placed, action: str = "dispute", **more: str) -> None:
    """It happens at PortOne, whose webhook comes in and is worked off."""
    before = await InboxMessage.all().count()
    await control(client, paid.payment_id, action, webhook="send", **more)
    await delivered(client, paid.payment_id, before + 1)
    await run_job("process-inbox")


@pytest.mark.fault("M13")
async def test_a_dispute_is_mirrored_listed_and_told_as_an_alarm(
    client: httpx.AsyncClient, paid: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    await dispute(client, paid, reason="PRODUCT_NOT_RECEIVED")

    message = await InboxMessage.get()
    assert (message.topic, message.work_status.value) == ("Transaction.DisputeCreated", "DONE")
    at_portone = (await client.get(f"/sandbox/control/payments/{paid.payment_id}")).json()["disputes"][0]
    (kept,) = (await payment_of(paid.payment_id)).disputes
    assert (kept["id"], kept["status"], kept["reason"]) == (
        at_portone["pgDisputeId"],
        "UNRESOLVED",
        "PRODUCT_NOT_RECEIVED",
    )
    headers = await headers_with(client, "payment:read")
    answer = await client.get(LIST, params={"kind": "DISPUTE", "resolved": False}, headers=headers)
    (listed,) = answer.json()["items"]
    assert (listed["reference"], listed["order_no"], listed["payment_id"]) == (
        kept["id"],
        paid.order_no,
        paid.payment_id,
    )
    assert (listed["amount"], listed["detail"]) == (paid.total, "PRODUCT_NOT_RECEIVED")
    assert (await open_discrepancies())["DISPUTE"] == 1
    alarms = [record.getMessage() for record in caplog.records if record.levelno == logging.CRITICAL]
    assert alarms == [f"payment {paid.payment_id} is disputed and needs a person: {kept['id']}"]
    assert (await read_order(client, paid))["status"] == "PAID"  # nobody but a person decides what follows


@pytest.mark.fault("M13")
async def test_each_dispute_is_listed_once_and_its_end_is_mirrored(client: httpx.AsyncClient, paid: Placed) -> None:
    await dispute(client, paid)
    await settle(paid.payment_id, told_by="webhook")
    assert await Discrepancy.filter(kind=DiscrepancyKind.DISPUTE).count() == 1

    await dispute(client, paid, "resolve_dispute")
    (kept,) = (await payment_of(paid.payment_id)).disputes
    assert (kept["status"], kept["resolved_at"] is None) == ("RESOLVED", False)
    assert await InboxMessage.filter(topic="Transaction.DisputeResolved", work_status="DONE").count() == 1

    await dispute(client, paid, reason="FRAUD")
    states = [entry["status"] for entry in (await payment_of(paid.payment_id)).disputes]
    assert states == ["RESOLVED", "UNRESOLVED"]
    assert await Discrepancy.filter(kind=DiscrepancyKind.DISPUTE).count() == 2


async def test_a_dispute_that_a_later_body_leaves_out_is_kept(client: httpx.AsyncClient, paid: Placed) -> None:
    await dispute(client, paid)
    await control(client, paid.payment_id, "cancel", amount=500)
    await settle(paid.payment_id, told_by="webhook")
    row = await payment_of(paid.payment_id)
    assert (row.status.value, len(row.disputes)) == ("PARTIAL_CANCELLED", 1)


@pytest.mark.fault("M13")
async def test_a_dispute_of_an_archived_order_brings_it_back(client: httpx.AsyncClient, paid: Placed) -> None:
    await Order.all().update(status=OrderStatus.CONFIRMED)
    assert await archive() == 1
    assert await PaymentArchive.all().count() == 1
    await dispute(client, paid)
    assert (await payment_of(paid.payment_id)).disputes[0]["status"] == "UNRESOLVED"
    assert await archive() == 0  # an open finding keeps its order


async def test_the_reason_of_a_dispute_leaves_with_the_member(client: httpx.AsyncClient) -> None:
    member = await make_member()
    placed = await place(client, ((await make_variant()).id, 1), headers=await bearer(client, member))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await control(client, placed.payment_id, "dispute", reason="미수령")
    await settle(placed.payment_id, told_by="webhook")
    await Order.all().update(status=OrderStatus.CONFIRMED)

    await anonymise_member(member.id)
    await settle(placed.payment_id, told_by="webhook")

    assert [entry["reason"] for entry in (await Payment.get()).disputes] == [""]
    assert (await Discrepancy.get(kind=DiscrepancyKind.DISPUTE)).detail == ""
    assert (await LegalRecord.get(domain="payment")).payload["disputes"][0]["reason"] == "미수령"
