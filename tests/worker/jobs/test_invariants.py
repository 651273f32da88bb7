"""The scheduled check finds every broken promise, tells it, keeps it once, and closes it when it is gone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.deposit.models import Deposit
from src.app.order.models import Order, OrderStatus
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentStatus,
    PaymentVerdict,
    PayMethod,
    Refund,
    RefundReason,
    RefundStatus,
)
from src.app.payment.services.attempts import open_payment
from src.app.payment.services.webhooks.receive import SOURCE
from src.app.product.models import StockKind, StockLedger, Variant
from src.bootstrap.hooks import register_hooks
from src.common import clock
from src.common.models import InboxMessage, InvariantBreach
from src.common.models.work_item import WorkStatus
from src.common.records import invariants
from src.common.records.invariants import EVERYTHING, Finding, Look, changed_pages, register_check
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.app.auth.support import code
from tests.app.staff.people import headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, expire, make_order, order_of, payment_of, place, way_of
from tests.factories.people import bearer

NIGHT = datetime(2027, 1, 10, 4, tzinfo=clock.KST)
PATH = "/api/v1/admin/invariants"


@pytest.fixture
async def variant(client: httpx.AsyncClient) -> Variant:
    return await make_variant(stock=100)


async def look(**delta: float) -> int:
    """Run the job so much later than now."""
    with clock.as_of(datetime.now(UTC) + timedelta(**delta)):
        return await run_job("check-invariants")


async def breaches() -> list[tuple[str, str, bool]]:
    """(promise, reference, whether it is open) of each row."""
    rows = await InvariantBreach.all().order_by("id")
    return [(row.promise, row.reference, row.resolved_at is None) for row in rows]


async def paid(client: httpx.AsyncClient, variant: Variant) -> Placed:
    placed = await place(client, (variant.id, 2))
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 200
    await run_job("relay-outbox")
    return placed


async def paid_row(variant: Variant, verdict: PaymentVerdict) -> Payment:
    """A payment that was paid, of an order that was not; nothing was done about it."""
    order = await make_order(variant, status=OrderStatus.PENDING)
    payment = await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.CARD), total=order.total))
    await Payment.filter(id=payment.id).update(status=PaymentStatus.PAID, paid_amount=order.total, verdict=verdict)
    return payment


async def refund(payment: Payment, **values: Any) -> None:
    now = clock.now()
    row = {"refund_no": f"R{payment.id}", "reason": RefundReason.LATE, "amount": payment.total_amount}
    await Refund.create(
        **{**row, "payment_id": payment.id, "idempotency_key": "k", "available_at": now, "created_at": now, **values}
    )


async def test_a_shop_that_keeps_its_promises_breaks_none(client: httpx.AsyncClient, variant: Variant) -> None:
    late = await place(client, (variant.id, 1))
    await expire(minutes=31)
    await control(client, late.payment_id, "pay")
    await complete(client, late.payment_id)
    await run_job("send-refunds")
    await run_job("reread-payments")
    await paid(client, variant)
    await place(client, (variant.id, 3))
    assert await look() == 0
    assert await look(hours=2) == len(await InboxMessage.filter(work_status=WorkStatus.PENDING))
    assert not [row for row in await breaches() if row[0] != "P6"]


async def test_a_paid_order_without_a_settling_payment_breaks_p3(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await paid(client, variant)
    assert await look() == 0
    await Payment.all().update(total_amount=placed.total - 1)
    assert await look() == 1
    assert await breaches() == [("P3", f"order:{placed.order_no}", True)]


async def test_an_order_without_anything_to_pay_keeps_p3(variant: Variant) -> None:
    order = await make_order(variant, status=OrderStatus.PAID)
    await Order.filter(id=order.id).update(total=0)
    assert await look() == 0
    await Order.filter(id=order.id).update(total=1)
    assert await look() == 1


async def test_deposits_of_the_whole_sum_settle(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await paid(client, variant)
    await Payment.all().update(status=PaymentStatus.READY)
    assert await look() == 1
    order = await order_of(placed)
    row: dict[str, Any] = {
        "depositor": "김민지",
        "deposited_at": clock.now(),
        "recorded_by": "staff:1",
        "created_at": clock.now(),
    }
    await Deposit.create(order_id=order.id, amount=placed.total - 1, request_key="first", **row)
    assert await look(hours=1.1) == 1
    await Deposit.create(order_id=order.id, amount=1, request_key="second", **row)
    assert await look(hours=2.2) == 0
    assert await breaches() == [("P3", f"order:{placed.order_no}", False)]


async def test_paid_money_that_nobody_cares_for_breaks_p4(variant: Variant) -> None:
    unjudged = await paid_row(variant, PaymentVerdict.NONE)
    unowned = await paid_row(variant, PaymentVerdict.SETTLED)
    late = await paid_row(variant, PaymentVerdict.LATE)
    refunded, listed = await paid_row(variant, PaymentVerdict.LATE), await paid_row(variant, PaymentVerdict.MISMATCH)
    await refund(refunded)
    await Discrepancy.create(kind=DiscrepancyKind.MISMATCH, reference="r", payment_id=listed.id, created_at=clock.now())

    assert await look() == 3

    assert {reference for _, reference, _ in await breaches()} == {
        f"payment:{row.payment_id}" for row in (unjudged, unowned, late)
    }
    assert {promise for promise, _, _ in await breaches()} == {"P4"}
    await Payment.all().update(cancelled_amount=10_000)  # everything went back
    assert await look(hours=1.1) == 0


async def test_a_refund_that_portone_does_not_know_breaks_p5_an_hour_later_without_a_full_pass(
    variant: Variant,
) -> None:
    unseen = await paid_row(variant, PaymentVerdict.SETTLED)
    await Order.filter(id=unseen.order_id).update(status=OrderStatus.PAID)
    await Payment.filter(id=unseen.id).update(settles_order_id=unseen.order_id)
    await refund(unseen, status=RefundStatus.SUCCEEDED, done_at=clock.now())

    assert [await look(minutes=minutes) for minutes in (0, 10, 20, 30, 40, 50)] == [0] * 6  # the first one is full
    assert await look(minutes=61) == 1
    assert await breaches() == [("P5", f"payment:{unseen.payment_id}", True)]


async def test_sums_that_do_not_add_up_break_p5(variant: Variant) -> None:
    too_much = await paid_row(variant, PaymentVerdict.LATE)
    unseen = await paid_row(variant, PaymentVerdict.LATE)
    fresh = await paid_row(variant, PaymentVerdict.LATE)
    await refund(too_much, amount=too_much.total_amount + 1, status=RefundStatus.SUCCEEDED)
    await refund(unseen, status=RefundStatus.SUCCEEDED, done_at=clock.now() - timedelta(hours=2))
    await refund(fresh, status=RefundStatus.SUCCEEDED, done_at=clock.now())  # the re-read is on its way

    assert await look() == 2

    assert await breaches() == [("P5", f"payment:{row.payment_id}", True) for row in (too_much, unseen)]


async def test_webhooks_that_wait_or_were_given_up_break_p6(variant: Variant) -> None:
    now = clock.now()
    ages = {"old": 61, "young": 59, "dead": 1, "done": 600}
    rows = {}
    for name, minutes in ages.items():
        rows[name] = await InboxMessage.create(
            source=SOURCE, message_id=name, body="{}", received_at=now - timedelta(minutes=minutes), available_at=now
        )
    await InboxMessage.filter(message_id="dead").update(work_status=WorkStatus.DEAD)
    await InboxMessage.filter(message_id="done").update(work_status=WorkStatus.DONE)
    assert await look() == 2
    assert await breaches() == [("P6", f"inbox:{rows[name].id}", True) for name in ("old", "dead")]


@pytest.mark.parametrize("status", [OrderStatus.EXPIRED, OrderStatus.CANCELLED])
async def test_an_ended_order_that_holds_stock_breaks_p1(variant: Variant, status: OrderStatus) -> None:
    order = await make_order(variant, 3, status=status)
    assert await look() == 1
    assert await breaches() == [("P1", f"order:{order.order_no}", True)]
    assert (await InvariantBreach.get()).detail == f"{status.value}, holds {order.order_no}-01"
    (line,) = await order.lines.all()  # type: ignore[attr-defined]
    await StockLedger.create(
        variant_id=variant.id,
        kind=StockKind.WRITE_OFF,
        source="x",
        delta=0,
        units=3,
        line_id=line.id,
        created_at=clock.now(),
    )
    assert await look(hours=1.1) == 0  # broken goods come back to no stock


async def test_a_line_that_gives_back_more_than_it_took_breaks_p1(variant: Variant) -> None:
    order = await make_order(variant, 2, status=OrderStatus.PAID)
    await Order.all().update(total=0)
    (line,) = await order.lines.all()  # type: ignore[attr-defined]
    for number, units in enumerate((2, 1)):
        row = {"variant_id": variant.id, "kind": StockKind.RESTOCK, "source": f"claim_line:{number}", "delta": units}
        await StockLedger.create(**row, line_id=line.id, created_at=clock.now())
    await Variant.filter(id=variant.id).update(stock=101)  # stock and ledger agree
    assert await look() == 1
    assert await breaches() == [("P1", f"line:{line.id}", True)]


async def test_a_breach_is_kept_once_closed_when_gone_and_opened_again(
    variant: Variant, caplog: pytest.LogCaptureFixture
) -> None:
    assert await look() == 0
    for _ in range(3):
        await Variant.filter(id=variant.id).update(stock=101)
        assert await look() == 1
    row = await InvariantBreach.get()
    assert (row.promise, row.reference, row.detail) == ("P1", f"variant:{variant.id}", "stock 101, ledger 100")
    assert row.first_seen_at < row.last_seen_at
    alarms = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert alarms == [f"promise P1 is broken by variant:{variant.id}: stock 101, ledger 100"] * 3

    await Variant.filter(id=variant.id).update(stock=100)
    assert (await look(), await breaches()) == (0, [("P1", f"variant:{variant.id}", True)])
    assert (await look(hours=1.1), await breaches()) == (0, [("P1", f"variant:{variant.id}", False)])

    await Variant.filter(id=variant.id).update(stock=99)
    assert (await look(hours=1.2), await breaches()) == (1, [("P1", f"variant:{variant.id}", True)])
    assert (await InvariantBreach.get()).first_seen_at == row.first_seen_at


async def test_a_full_pass_that_takes_longer_than_a_run_goes_on_where_it_stopped(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [await make_variant(stock=5) for _ in range(2)]
    assert await look() == 0
    await Variant.filter(id=variant.id).update(stock=101)
    assert await look() == 1
    await Variant.filter(id=variant.id).update(stock=100)
    done: list[int] = []

    async def one_window_a_run(look: Look) -> list[Finding]:
        async for _, up_to in look.windows(Variant, size=1):
            done.append(up_to)
            look.until = 0.0
        return []

    register_check("stock", one_window_a_run)
    try:
        for run in range(2):
            await look(hours=1.1 + run / 10)
            assert await breaches() == [("P1", f"variant:{variant.id}", True)]
        await look(hours=1.4)
    finally:
        register_hooks()

    assert done == [variant.id, *(other.id for other in others)]
    assert await breaches() == [("P1", f"variant:{variant.id}", False)]


async def test_between_two_nights_only_what_changed_is_looked_at(client: httpx.AsyncClient, variant: Variant) -> None:
    old, young = await paid(client, variant), await paid(client, variant)
    with clock.as_of(NIGHT):
        assert await run_job("check-invariants") == 0
    await Payment.all().update(total_amount=1, cancelled_amount=0)
    moments = {old.order_no: NIGHT - timedelta(hours=2), young.order_no: NIGHT + timedelta(minutes=5)}
    for number, moment in moments.items():
        await Order.filter(order_no=number).update(updated_at=moment.astimezone(UTC))

    with clock.as_of(NIGHT + timedelta(minutes=10)):
        assert await run_job("check-invariants") == 1
    assert [reference for promise, reference, _ in await breaches() if promise == "P3"] == [f"order:{young.order_no}"]

    await InvariantBreach.all().delete()
    with clock.as_of(NIGHT + timedelta(hours=22, minutes=50)):  # before 3 in the morning
        await run_job("check-invariants")
    assert not await InvariantBreach.filter(reference=f"order:{old.order_no}").exists()
    with clock.as_of(NIGHT + timedelta(hours=23, minutes=10)):
        await run_job("check-invariants")
    assert await InvariantBreach.filter(reference=f"order:{old.order_no}", promise="P3").exists()


async def test_archived_orders_break_nothing(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await paid(client, variant)
    await Order.all().update(status=OrderStatus.CONFIRMED)
    assert await archive() == 1
    with clock.as_of(NIGHT + timedelta(days=400)):
        assert await run_job("check-invariants") == 0
    assert placed.order_no


async def test_one_check_that_fails_hides_nothing_and_closes_nothing(
    variant: Variant, caplog: pytest.LogCaptureFixture
) -> None:
    await Variant.filter(id=variant.id).update(stock=101)
    assert await look() == 1
    await Variant.filter(id=variant.id).update(stock=100)
    other = await make_variant(stock=5)
    await Variant.filter(id=other.id).update(stock=6)

    async def fail(look: Look) -> list[Finding]:
        raise LookupError("01012345678")

    register_check("inbox", fail)
    try:
        assert await look(hours=1.1) == 1
    finally:
        register_hooks()
    assert await breaches() == [("P1", f"variant:{variant.id}", True), ("P1", f"variant:{other.id}", True)]
    assert "check inbox failed: LookupError" in caplog.text
    assert "01012345678" not in caplog.text
    assert await look(hours=1.2) == 1
    assert await breaches() == [("P1", f"variant:{variant.id}", False), ("P1", f"variant:{other.id}", True)]


async def test_more_findings_than_are_kept_close_nothing(variant: Variant, caplog: pytest.LogCaptureFixture) -> None:
    async def many(look: Look) -> list[Finding]:
        return [Finding("P9", f"x:{number}", "") for number in range(invariants.MOST + 1)]

    register_check("inbox", many)
    try:
        assert await look() == invariants.MOST
    finally:
        register_hooks()
    assert await InvariantBreach.all().count() == invariants.MOST
    assert "only the first 500 are kept" in caplog.text


async def test_pages_of_changes_hold_every_row_once(variant: Variant) -> None:
    count = invariants.PAGE + 3
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    orders = [await make_order(variant, status=OrderStatus.EXPIRED) for _ in range(2)]
    template = {name: getattr(orders[0], name) for name in Order._meta.fields_db_projection if name != "id"}
    await Order.bulk_create([Order(**{**template, "order_no": f"n{number}"}) for number in range(count)])
    await Order.filter(order_no__startswith="n").update(updated_at=moment)

    seen = [order.order_no async for page in changed_pages(Order, EVERYTHING) for order in page]

    assert len(seen) == len(set(seen)) == count + 2
    later_on = [order.id async for page in changed_pages(Order, moment + timedelta(seconds=1)) for order in page]
    assert later_on == [order.id for order in orders]


async def test_staff_see_what_is_broken(client: httpx.AsyncClient, variant: Variant) -> None:
    headers = await headers_with(client, "job:read")
    await Variant.filter(id=variant.id).update(stock=101)
    order = await make_order(variant, status=OrderStatus.EXPIRED)
    await look()
    await InvariantBreach.filter(reference=f"variant:{variant.id}").update(resolved_at=clock.now())

    async def shown(**query: Any) -> list[str]:
        answer = await client.get(PATH, params=query, headers=headers)
        assert answer.status_code == 200, answer.text
        return [item["reference"] for item in answer.json()["items"]]

    gone, there = f"variant:{variant.id}", f"order:{order.order_no}"
    assert sorted(await shown()) == sorted([gone, there])
    assert (await shown(open="true"), await shown(open="false")) == ([there], [gone])
    assert (await shown(promise="P3"), len(await shown(promise="P1", size=1))) == ([], 1)
    for wrong in ({"promise": "stock"}, {"open": "perhaps"}, {"sort": "id"}):
        assert (await client.get(PATH, params=wrong, headers=headers)).status_code == 422


async def test_only_operators_see_what_is_broken(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).status_code == 401
    for headers in (await bearer(client), await headers_with(client, "audit:read")):
        assert code(await client.get(PATH, headers=headers)) == (403, "FORBIDDEN")


async def test_nothing_that_is_told_names_a_person(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await paid(client, variant)
    assert (await order_of(placed)).orderer_name == "김민지"
    await Payment.all().update(total_amount=1)
    await look()
    row = await InvariantBreach.filter(promise="P3").get()
    assert "김민지" not in f"{row.reference}{row.detail}"
    assert (await payment_of(placed.payment_id)).total_amount == 1
