"""Payments are separated from members who left; what was paid stays."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderStatus
from src.app.payment.models import (
    Payment,
    PaymentStatus,
    PayMethod,
    Refund,
    RefundStatus,
)
from src.app.payment.services.attempts import open_payment
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.mirroring import mirror
from src.app.payment.services.provider.base import IssuedAccount
from src.app.payment.services.retention import anonymising as payments_left
from src.app.payment.services.retention.anonymising import PERSONAL, anonymise_member
from src.app.product.models import Variant
from src.common import clock
from src.common.models import Anonymisation, LegalRecord
from src.common.records import anonymising
from src.core.database import unit_of_work
from src.worker.events.handlers import HANDLERS
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import START, snapshot
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, later, make_order, payment_of, place, way_of
from tests.factories.people import bearer, make_member

MEMBER = 7
VALUES = {
    "account_bank": "KOOKMIN",
    "account_number": "12345678901234",
    "account_holder": "김민지",
    "receipt_url": "https://receipt.example.com/1",
    "failure": "잔액 부족 (김민지)",
}


@pytest.fixture
async def variant(client: httpx.AsyncClient) -> Variant:
    return await make_variant(stock=100)


async def paid(
    variant: Variant, status: OrderStatus = OrderStatus.DELIVERED, *, member_id: int | None = MEMBER
) -> Payment:
    """A payment, with every personal value set, of an order of the member."""
    order = await make_order(variant, status=status, member_id=member_id)
    payment = await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.VIRTUAL_ACCOUNT), total=order.total))
    await Payment.filter(id=payment.id).update(**VALUES, status=PaymentStatus.PAID, paid_amount=order.total)
    return await Payment.get(id=payment.id)


async def separated() -> dict[str, bool]:
    """Of each payment, whether nothing personal is left; never something half, and marked so."""
    found = {}
    for row in await Payment.all().order_by("id").values():
        values = [bool(row[column]) for column in PERSONAL]
        assert len(set(values)) == 1
        assert (row["separated_at"] is not None) == (not values[0])
        found[row["payment_id"]] = not values[0]
    return found


async def unchanged(*but: str) -> list[dict[str, Any]]:
    """Every payment without the columns that a separation writes."""
    left_out = (*PERSONAL, "separated_at", "updated_at", *but)
    return [
        {name: value for name, value in row.items() if name not in left_out} for row in await Payment.all().values()
    ]


async def test_personal_values_go_apart_and_what_was_paid_stays(variant: Variant) -> None:
    payment = await paid(variant)
    before = await unchanged()

    assert await anonymise_member(MEMBER) == 1

    assert await unchanged() == before
    assert await separated() == {payment.payment_id: True}
    (record,) = await LegalRecord.all()
    assert (record.reference, record.payload) == (payment.payment_id, VALUES)
    assert record.keep_until == payment.created_at.replace(year=payment.created_at.year + 5)


async def test_the_five_years_begin_with_the_last_that_happened_to_the_payment(variant: Variant) -> None:
    payment = await paid(variant)
    refunded = datetime(2028, 3, 1, tzinfo=UTC)
    await Payment.filter(id=payment.id).update(paid_at=datetime(2027, 3, 1, tzinfo=UTC), status_changed_at=refunded)

    await anonymise_member(MEMBER)

    assert (await LegalRecord.get()).keep_until == datetime(2033, 3, 1, tzinfo=UTC)


async def test_a_try_that_holds_nothing_personal_leaves_no_record(variant: Variant) -> None:
    order = await make_order(variant, status=OrderStatus.EXPIRED, member_id=MEMBER)
    await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.CARD), total=order.total))

    assert await anonymise_member(MEMBER) == 1

    assert list((await separated()).values()) == [True]
    assert not await LegalRecord.exists()


async def test_twice_and_at_the_same_time_is_once(variant: Variant) -> None:
    for _ in range(5):
        await paid(variant)

    moved = await asyncio.gather(*(anonymise_member(MEMBER) for _ in range(6)))

    assert sum(moved) == 5
    assert await anonymise_member(MEMBER) == 0
    assert [record.payload for record in await LegalRecord.all()] == [VALUES] * 5
    assert await Anonymisation.all().count() == 1


async def test_others_payments_and_guests_stay(variant: Variant) -> None:
    mine = await paid(variant)
    theirs, guests = await paid(variant, member_id=MEMBER + 1), await paid(variant, member_id=None)

    await anonymise_member(MEMBER)

    assert await separated() == {mine.payment_id: True, theirs.payment_id: False, guests.payment_id: False}


async def test_a_crash_in_between_is_made_good_by_the_job(variant: Variant) -> None:
    payments = [await paid(variant) for _ in range(3)]
    # As after a crash: the request and the first order are committed, the rest is not.
    await anonymising._request("payment", MEMBER)
    await unit_of_work(lambda: payments_left._move_of_order(payments[0].order_id))
    assert list((await separated()).values()) == [True, False, False]

    assert await run_job("separate-payments") == 2

    assert list((await separated()).values()) == [True] * 3
    assert await LegalRecord.all().count() == 3


async def test_an_error_in_the_middle_of_an_order_leaves_it_whole(variant: Variant) -> None:
    payment = await paid(variant)

    async def fails() -> None:
        await payments_left._move_of_order(payment.order_id)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await unit_of_work(fails)

    assert await separated() == {payment.payment_id: False}
    assert not await LegalRecord.exists()


async def test_payments_of_an_open_order_are_moved_once_it_has_ended(variant: Variant) -> None:
    payment = await paid(variant, OrderStatus.SHIPPING)

    assert await anonymise_member(MEMBER) == 0
    with later(hours=2):
        assert await anonymising.anonymise_due() == 0
    assert await separated() == {payment.payment_id: False}
    assert (await Anonymisation.get(member_id=MEMBER)).done_at is None
    await Order.filter(id=payment.order_id).update(status=OrderStatus.DELIVERED)
    with later(hours=3):
        assert await anonymising.anonymise_due() == 1
        assert await anonymising.anonymise_due() == 0

    assert await separated() == {payment.payment_id: True}
    assert (await Anonymisation.get(member_id=MEMBER)).done_at is not None


async def test_an_order_that_comes_in_late_is_found(variant: Variant) -> None:
    assert await anonymise_member(MEMBER) == 0
    payment = await paid(variant, OrderStatus.CANCELLED)

    with later(hours=1, seconds=1):
        assert await anonymising.anonymise_due() == 1

    assert await separated() == {payment.payment_id: True}


async def test_one_member_who_cannot_be_separated_keeps_no_other(variant: Variant) -> None:
    broken, fine = await paid(variant), await paid(variant, member_id=MEMBER + 1)
    for member_id in (MEMBER, MEMBER + 1):
        await anonymising._request("payment", member_id)
    # Somebody made its record already, by hand: the unique key refuses the second.
    now = clock.now()
    await LegalRecord.create(domain="payment", reference=broken.payment_id, payload={}, keep_until=now, created_at=now)

    assert await anonymising.anonymise_due() == 1

    assert await separated() == {broken.payment_id: False, fine.payment_id: True}


async def test_what_the_provider_tells_afterwards_brings_no_personal_value_back(variant: Variant) -> None:
    payment = await paid(variant)
    await anonymise_member(MEMBER)
    account = IssuedAccount(bank="SHINHAN", number="98765432109876", holder="김민지", due_at=START)
    seen = snapshot(
        payment,
        "CANCELLED",
        cancelled=payment.total_amount,
        paid=0,
        receipt_url="https://receipt.example.com/2",
        failure="김민지",
        by_account=True,
        account=account,
    )

    async def take_over() -> bool:
        return await mirror(await lock_payment(payment.id), seen)

    assert await unit_of_work(take_over)

    after = await Payment.get(id=payment.id)
    assert (after.status, after.cancelled_amount) == (PaymentStatus.CANCELLED, payment.total_amount)
    assert await separated() == {payment.payment_id: True}


async def test_late_money_of_who_left_is_still_refunded(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    placed = await place(client, ((await make_variant()).id, 1), headers=headers)
    await Order.filter(order_no=placed.order_no).update(status=OrderStatus.EXPIRED)
    await anonymise_member(member.id)
    await control(client, placed.payment_id, "pay")

    assert (await complete(client, placed.payment_id)).status_code == 409
    await run_job("send-refunds")

    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert (await payment_of(placed.payment_id)).receipt_url == ""
    assert (await client.get(f"/api/v1/payments/{placed.payment_id}")).json()["receipt_url"] is None


async def test_the_payment_of_who_left_is_shown_without_what_is_personal(
    variant: Variant, client: httpx.AsyncClient
) -> None:
    payment = await paid(variant, OrderStatus.EXPIRED)
    path = f"/api/v1/payments/{payment.payment_id}"
    assert (await client.get(path)).json()["receipt_url"] == VALUES["receipt_url"]

    await anonymise_member(MEMBER)

    body = (await client.get(path)).json()
    assert (body["virtual_account"], body["receipt_url"]) == (None, None)


async def test_records_are_deleted_when_their_time_is_over_and_not_before(variant: Variant) -> None:
    payment = await paid(variant)
    await anonymise_member(MEMBER)
    keep_until = (await LegalRecord.get()).keep_until

    with clock.as_of(keep_until - timedelta(seconds=1)):
        assert await anonymising.purge() == 0
    with clock.as_of(keep_until):
        assert await run_job("purge-payment-records") == 1

    assert not await LegalRecord.exists()
    assert await Payment.filter(payment_id=payment.payment_id).exists()
    assert [await anonymise_member(MEMBER), await LegalRecord.all().count()] == [0, 0]


async def test_the_event_of_leaving_separates_payments(variant: Variant) -> None:
    payment = await paid(variant)

    for handler in HANDLERS["user.withdrawn"]:
        await handler({"user_id": MEMBER, "session_epoch": 1})

    assert await separated() == {payment.payment_id: True}
