"""A payment mirrors what PortOne said last: which snapshots are taken over, and which are left alone."""

from datetime import UTC, datetime, timedelta
from itertools import product

import httpx
import pytest

from src.app.checkout.services.settling import settle
from src.app.payment.models import Payment, PaymentStatus, PaymentVerdict, Refund, may_follow
from src.common import clock
from src.common.vendors import Nonsense, Unreachable
from tests.app.checkout.support import said
from tests.app.payment.fakes import START, Told, snapshot, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, events_of, expire, pay_again, payment_of, place, read_order

P = PaymentStatus
# Statuses that may follow each other, in the order of docs/domain.md#payments.
LEVELS = [
    {P.READY, P.FAILED},
    {P.PAY_PENDING, P.VIRTUAL_ACCOUNT_ISSUED},
    {P.PAID},
    {P.PARTIAL_CANCELLED},
    {P.CANCELLED},
]
BACK = {(P.READY, P.FAILED), (P.PAY_PENDING, P.FAILED), (P.FAILED, P.READY)}


def level(status: PaymentStatus) -> int:
    return next(number for number, group in enumerate(LEVELS) if status in group)


@pytest.mark.parametrize(("current", "told"), product(PaymentStatus, PaymentStatus))
def test_any_later_state_may_follow_and_only_three_earlier_ones(current: PaymentStatus, told: PaymentStatus) -> None:
    allowed = current == told or level(told) > level(current) or (current, told) in BACK
    assert may_follow(current, told) is allowed


@pytest.fixture
async def placed(client: httpx.AsyncClient) -> Placed:
    return await place(client, ((await make_variant()).id, 1))


async def see(placed: Placed, status: str, **changes: object) -> Payment:
    """Settle on one snapshot; the row as it is afterwards."""
    told = Told()
    told.say(snapshot(await payment_of(placed.payment_id), status, **changes))
    with using(told):
        await settle(placed.payment_id, told_by="webhook")
    return await payment_of(placed.payment_id)


async def test_older_snapshot_never_overwrites_a_newer(placed: Placed) -> None:
    await see(placed, "FAILED", failure="newer", status_changed_at=START + timedelta(seconds=1))
    row = await see(placed, "PAY_PENDING", status_changed_at=START)
    assert (row.status, row.failure, row.status_changed_at) == (P.FAILED, "newer", START + timedelta(seconds=1))


async def test_within_one_second_the_later_of_two_snapshots_counts(placed: Placed) -> None:
    """PortOne tells the change of state in whole seconds, and its ``updatedAt`` in fractions of them."""
    early, late = START + timedelta(microseconds=100_000), START + timedelta(microseconds=900_000)
    await see(placed, "FAILED", failure="newer", updated_at=late)
    row = await see(placed, "READY", updated_at=early)
    assert (row.status, row.failure) == (P.FAILED, "newer")
    row = await see(placed, "PAID", updated_at=late + timedelta(microseconds=1))
    assert (row.status, row.verdict) == (P.PAID, PaymentVerdict.SETTLED)


async def test_within_one_second_money_that_went_back_does_not_come_back(placed: Placed) -> None:
    await see(placed, "PAID")
    row = await see(placed, "PARTIAL_CANCELLED", cancelled=700)
    assert (row.status, row.cancelled_amount) == (P.PARTIAL_CANCELLED, 700)
    for status, cancelled in (("PARTIAL_CANCELLED", 300), ("PAID", 0)):
        row = await see(placed, status, cancelled=cancelled)
        assert (row.status, row.cancelled_amount) == (P.PARTIAL_CANCELLED, 700)
    row = await see(placed, "CANCELLED", cancelled=placed.total)
    assert (row.status, row.cancelled_amount) == (P.CANCELLED, placed.total)


async def test_older_paid_snapshot_neither_settles_nor_unsettles(client: httpx.AsyncClient, placed: Placed) -> None:
    await see(placed, "FAILED", status_changed_at=START + timedelta(microseconds=1))
    row = await see(placed, "PAID", status_changed_at=START)
    assert (row.status, row.verdict) == (P.FAILED, PaymentVerdict.NONE)
    assert (await read_order(client, placed))["status"] == "PENDING"

    row = await see(placed, "PAID", status_changed_at=START + timedelta(seconds=2))
    assert (row.status, row.verdict) == (P.PAID, PaymentVerdict.SETTLED)
    row = await see(placed, "FAILED", status_changed_at=START + timedelta(seconds=1))
    assert (row.status, row.verdict) == (P.PAID, PaymentVerdict.SETTLED)
    assert (await read_order(client, placed))["status"] == "PAID"


async def test_newer_snapshot_that_goes_back_is_left_alone(client: httpx.AsyncClient, placed: Placed) -> None:
    await see(placed, "PAID")
    for status in ("READY", "FAILED", "PAY_PENDING", "VIRTUAL_ACCOUNT_ISSUED"):
        row = await see(placed, status, status_changed_at=START + timedelta(hours=1), paid=0)
        assert (row.status, row.paid_amount, row.status_changed_at) == (P.PAID, placed.total, START)
    assert (await read_order(client, placed))["status"] == "PAID"


async def test_same_snapshot_again_is_taken_over_and_changes_nothing_else(
    client: httpx.AsyncClient, placed: Placed
) -> None:
    for _ in range(3):
        row = await see(placed, "PAID")
    assert row.verdict == PaymentVerdict.SETTLED
    assert await events_of(placed) == ["order.paid"]


async def test_unknown_word_is_left_for_later(client: httpx.AsyncClient, placed: Placed) -> None:
    row = await see(placed, "X" * 500)
    assert (row.status, row.status_changed_at) == (P.READY, None)
    assert (await read_order(client, placed))["status"] == "PENDING"


async def test_times_of_any_fraction_and_offset_are_kept_as_moments(placed: Placed) -> None:
    moment = datetime(2026, 11, 20, 3, 4, 5, 678_901, tzinfo=UTC)
    row = await see(placed, "FAILED", status_changed_at=moment)
    assert row.status_changed_at == moment


async def test_discount_of_the_card_company_is_none_of_ours(placed: Placed) -> None:
    row = await see(placed, "PAID", paid=placed.total - 1_000)
    assert (row.verdict, row.paid_amount) == (PaymentVerdict.SETTLED, placed.total - 1_000)


async def test_words_longer_than_our_columns_are_cut(placed: Placed) -> None:
    row = await see(
        placed,
        "FAILED",
        transaction_id="t" * 500,
        pg_provider="p" * 500,
        pg_tx_id="g" * 500,
        receipt_url="https://" + "r" * 5000,
        failure="실" * 5000,
    )
    lengths = [len(text) for text in (row.transaction_id, row.pg_provider, row.pg_tx_id, row.receipt_url, row.failure)]
    assert lengths == [64, 40, 100, 500, 200]


async def test_payment_the_provider_does_not_know_is_not_paid(client: httpx.AsyncClient, placed: Placed) -> None:
    with using(Told()):
        answer = await complete(client, placed.payment_id)
    assert (said(answer), answer.json()["payment_status"]) == ((409, "PAYMENT_NOT_PAID"), "READY")


@pytest.mark.parametrize("error", [Unreachable("ReadTimeout"), Nonsense("payment: 3 fields")])
async def test_answer_that_cannot_be_used_changes_nothing(
    client: httpx.AsyncClient, placed: Placed, error: Exception
) -> None:
    before = await Payment.all().values()
    with using(Told(payments={placed.payment_id: error})):
        assert said(await complete(client, placed.payment_id)) == (502, "PAYMENT_PROVIDER_UNAVAILABLE")
    assert await Payment.all().values() == before


async def test_judged_payment_is_never_judged_again(client: httpx.AsyncClient, placed: Placed) -> None:
    row = await see(placed, "PAID", total=1)
    assert row.verdict == PaymentVerdict.MISMATCH
    row = await see(placed, "PAID", status_changed_at=START + timedelta(seconds=1))
    assert row.verdict == PaymentVerdict.MISMATCH
    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await Refund.all().count() == 1


async def test_expiry_and_another_try_leave_the_payment_alone(client: httpx.AsyncClient, placed: Placed) -> None:
    await see(placed, "FAILED")
    await pay_again(client, placed)
    await expire(minutes=31)
    row = await payment_of(placed.payment_id)
    assert (row.status, row.status_changed_at) == (P.FAILED, START)
    assert row.updated_at <= clock.now()
