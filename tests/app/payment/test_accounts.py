"""A virtual account that the shop offers: its order waits for the deposit, and its money is never lost."""

from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order
from src.app.payment.models import Discrepancy, DiscrepancyKind, PaymentVerdict, Refund, RefundStatus
from src.app.product.models import Variant
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.app.payment.fakes import Told, snapshot, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    at_provider,
    complete,
    control,
    events_of,
    expire,
    faulty,
    hops_of,
    later,
    ledger_of,
    order_of,
    payment_of,
    place,
    read_order,
    stock_of,
)

pytestmark = pytest.mark.usefixtures("accounts_offered")


async def with_account(client: httpx.AsyncClient, *, valid_hours: int = 24) -> Placed:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=valid_hours)
    return placed


async def test_issued_account_makes_the_order_wait_until_an_hour_after_it_is_due(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)

    answer = await complete(client, placed.payment_id)

    order, payment = await order_of(placed), await payment_of(placed.payment_id)
    assert payment.account_due_at is not None
    assert answer.status_code == 200
    assert answer.json() == {
        "order_no": placed.order_no,
        "order_status": "AWAITING_DEPOSIT",
        "payment_status": "VIRTUAL_ACCOUNT_ISSUED",
        "paid_with": "VIRTUAL_ACCOUNT",
        "failure_reason": None,
        "receipt_url": None,
        "virtual_account": {
            "bank": payment.account_bank,
            "number": payment.account_number,
            "holder": payment.account_holder,
            "due_at": clock.korean(payment.account_due_at),
        },
    }
    assert payment.account_number
    assert order.expires_at == payment.account_due_at + timedelta(hours=1)
    assert timedelta(hours=23) < payment.account_due_at - clock.now() < timedelta(hours=25)
    assert await events_of(placed) == ["order.awaiting_deposit"]
    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "AWAITING_DEPOSIT", "browser")]
    assert (await complete(client, placed.payment_id)).content == answer.content
    assert await events_of(placed) == ["order.awaiting_deposit"]


async def test_deposit_settles_the_order(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)
    await control(client, placed.payment_id, "deposit")

    answer = await complete(client, placed.payment_id)

    assert (answer.json()["order_status"], answer.json()["payment_status"]) == ("PAID", "PAID")
    assert answer.json()["virtual_account"] is None
    assert await events_of(placed) == ["order.awaiting_deposit", "order.paid"]
    assert await hops_of(client, placed) == [
        (None, "PENDING", "guest"),
        ("PENDING", "AWAITING_DEPOSIT", "browser"),
        ("AWAITING_DEPOSIT", "PAID", "browser"),
    ]


async def test_deposit_that_was_made_before_we_heard_of_the_account_settles_at_once(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await control(client, placed.payment_id, "deposit")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    assert await events_of(placed) == ["order.paid"]


async def test_account_without_an_end_holds_for_three_days_and_an_hour_after_it_was_issued(
    client: httpx.AsyncClient,
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    payment = await payment_of(placed.payment_id)
    issued = clock.now() - timedelta(hours=5)
    told = Told()
    seen = snapshot(payment, "VIRTUAL_ACCOUNT_ISSUED", paid=0, paid_at=None, by_account=True, status_changed_at=issued)
    told.say(seen)
    with using(told):
        answer = await complete(client, placed.payment_id)

    assert answer.json()["order_status"] == "AWAITING_DEPOSIT"
    assert (await order_of(placed)).expires_at == issued + timedelta(days=3, hours=1)


async def test_hold_of_thirty_minutes_does_not_end_an_order_with_an_account(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)
    assert await expire(minutes=31) == 0
    assert await expire(hours=24, minutes=59) == 0
    assert (await read_order(client, placed))["status"] == "AWAITING_DEPOSIT"


async def test_account_we_never_heard_of_prolongs_the_hold_instead_of_expiring(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    assert await expire(minutes=31) == 0
    assert (await read_order(client, placed))["status"] == "AWAITING_DEPOSIT"
    assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"


async def test_account_is_closed_before_its_order_expires(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)

    assert await expire(hours=25, minutes=1) == 1

    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await read_order(client, placed))["status"] == "EXPIRED"
    variant = await Variant.get(id=placed.body["lines"][0]["variant_id"])
    assert (await stock_of(variant), await ledger_of(variant)) == (10, [("HOLD", -1), ("RELEASE", 1)])
    assert (await Discrepancy.all().count(), await Refund.all().count()) == (0, 0)


async def test_account_that_cannot_be_closed_keeps_its_order_waiting(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)

    async with faulty(client, "close", "error_500"):
        assert await expire(hours=25, minutes=1) == 0
    assert (await read_order(client, placed))["status"] == "AWAITING_DEPOSIT"

    assert await expire(hours=25, minutes=2) == 1
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"


async def test_deposit_just_before_the_account_is_closed_settles(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)
    await control(client, placed.payment_id, "deposit")
    assert await expire(hours=25, minutes=1) == 0
    assert (await read_order(client, placed))["status"] == "PAID"


async def test_late_deposit_waits_for_a_bank_account_and_is_on_the_list(client: httpx.AsyncClient) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)
    async with faulty(client, "get", "error_500", times=10):
        assert await expire(hours=26) == 0
        assert await expire(hours=33) == 1
    await control(client, placed.payment_id, "deposit")

    assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")
    for _ in range(3):
        await run_job("send-refunds")

    refund, finding = await Refund.get(), await Discrepancy.get()
    assert (refund.status, refund.work_status) == (RefundStatus.NEEDS_ACCOUNT, WorkStatus.DONE)
    assert (finding.kind, finding.reference, finding.amount) == (
        DiscrepancyKind.NEEDS_ACCOUNT,
        refund.refund_no,
        placed.total,
    )
    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.LATE
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])
    assert (await Order.get()).status.value == "EXPIRED"


async def test_account_of_an_order_that_ended_is_closed_by_the_next_look(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await expire(minutes=31)
    await control(client, placed.payment_id, "issue_virtual_account")

    with later(minutes=42):
        assert await run_job("reread-payments") == 1

    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await read_order(client, placed))["status"] == "EXPIRED"


async def test_account_whose_closing_is_refused_does_not_keep_its_order_and_is_closed_at_the_next_look(
    client: httpx.AsyncClient,
) -> None:
    placed = await with_account(client)
    await complete(client, placed.payment_id)

    async with faulty(client, "close", "pg_error_502"):
        assert await expire(hours=25, minutes=1) == 1
    assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"

    with later(hours=25, minutes=12):
        assert await run_job("reread-payments") == 1
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
