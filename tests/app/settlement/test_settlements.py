"""What the provider pays out by day, by the fee table that staff keep."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.journal.models import EntryKind
from src.app.journal.services import journal
from src.app.journal.services.journal import Entry
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.payment.models import Payment
from src.app.settlement.models import CycleStart, PaymentFee, SettlementEntry
from src.app.settlement.services.days import today_and_later
from src.app.settlement.services.entries import Basis, _open, settle_entries
from src.app.settlement.services.fees import Fee, fee_of, payout_day, row_for
from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from src.common import clock
from src.core.database import unit_of_work
from tests.app.journal.support import late_and_refunded
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, order_of, payment_of, place

pytestmark = pytest.mark.usefixtures("empty")

FEES = "/api/v1/admin/settings/payment-fees"
URL = "/api/v1/admin/settlements"
CARD: dict[str, Any] = {
    "channel": "",
    "method": "CARD",
    "rate_ppm": 31_900,
    "fixed_fee": 0,
    "cycle_days": 4,
    "cycle_from": "PAYMENT",
    "valid_from": "2026-01-01",
}


def fee(**changes: Any) -> PaymentFee:
    """A row of the table in memory."""
    row = {**CARD, "valid_from": date(2026, 1, 1), "cycle_from": CycleStart.PAYMENT, **changes}
    return PaymentFee(**row)


@pytest.fixture
async def owner(client: httpx.AsyncClient) -> dict[str, str]:
    """Headers of somebody who keeps the fee table."""
    return await headers_with(client, "settlement:read", "settings:write")


async def set_fees(client: httpx.AsyncClient, headers: dict[str, str], *rows: dict[str, Any]) -> httpx.Response:
    """``PUT`` the table over the present one."""
    etag = (await client.get(FEES, headers=headers)).headers["etag"]
    return await client.put(FEES, json={"items": list(rows)}, headers={**headers, "If-Match": etag})


async def settle() -> None:
    """The job, twice: rows wait for the next run."""
    await settle_entries()
    await settle_entries()


async def read(client: httpx.AsyncClient, headers: dict[str, str], first: date, last: date) -> dict[str, Any]:
    """``GET /admin/settlements`` of these days."""
    answer = await client.get(URL, params={"from": str(first), "to": str(last)}, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.parametrize(
    ("row", "amount", "expected"),
    [
        ({}, 10_000, Fee(319, 29)),
        ({}, -10_000, Fee(-319, -29)),
        ({"rate_ppm": 0, "fixed_fee": 330}, 52_500, Fee(330, 30)),
        ({"rate_ppm": 0, "fixed_fee": 330}, -52_500, Fee(0, 0)),
        ({"rate_ppm": 30_030, "fixed_fee": 110}, 33_333, Fee(1_111, 101)),
        ({"rate_ppm": 5_000}, 100, Fee(1, 0)),
    ],
)
def test_the_fee_is_rounded_half_up_with_its_vat(row: dict[str, Any], amount: int, expected: Fee) -> None:
    assert fee_of(fee(**row), amount) == expected


def test_the_row_that_says_most_holds_then_the_latest() -> None:
    rows = [
        fee(method="", rate_ppm=1),
        fee(method="CARD", rate_ppm=2),
        fee(method="CARD", rate_ppm=3, valid_from=date(2026, 11, 1)),
        fee(method="", channel="kcp", rate_ppm=4),
        fee(method="CARD", channel="kcp", rate_ppm=5, valid_from=date(2026, 12, 1)),
    ]

    def rate(channel: str, method: str, day: date) -> int | None:
        row = row_for(rows, channel=channel, method=method, day=day)
        return None if row is None else row.rate_ppm

    assert rate("", "MOBILE", date(2026, 11, 20)) == 1
    assert rate("", "CARD", date(2026, 10, 31)) == 2
    assert rate("", "CARD", date(2026, 11, 1)) == 3
    assert rate("kcp", "CARD", date(2026, 11, 30)) == 4
    assert rate("kcp", "CARD", date(2026, 12, 1)) == 5
    assert rate("", "CARD", date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("days", "moved_on", "expected"),
    [
        (4, date(2026, 11, 20), date(2026, 11, 26)),  # over a weekend
        (0, date(2026, 11, 21), date(2026, 11, 23)),  # a Saturday
        (1, date(2026, 12, 31), date(2027, 1, 4)),  # the year's end: New Year's Day, then a weekend
    ],
)
def test_payouts_fall_on_business_days(days: int, moved_on: date, expected: date) -> None:
    row = fee(cycle_days=days)
    assert payout_day(row, Calendar(), moved_on=moved_on, paid_on=moved_on, confirmed_on=None) == expected


def test_escrow_counts_from_the_confirmation_and_money_back_waits_for_its_payment() -> None:
    row, friday = fee(cycle_from=CycleStart.CONFIRMATION, cycle_days=2), date(2026, 11, 20)
    assert payout_day(row, Calendar(), moved_on=friday, paid_on=friday, confirmed_on=None) is None
    confirmed = date(2026, 11, 27)
    assert payout_day(row, Calendar(), moved_on=friday, paid_on=friday, confirmed_on=confirmed) == date(2026, 12, 1)
    late = date(2026, 11, 30)
    assert payout_day(row, Calendar(), moved_on=late, paid_on=friday, confirmed_on=confirmed) == date(2026, 12, 2)


async def test_a_payment_and_its_refund_are_settled_by_the_table(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    assert (await set_fees(client, owner, CARD)).status_code == 200
    placed = await place(client, ((await make_variant(price=10_000)).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    payment, order = await payment_of(placed.payment_id), await order_of(placed)
    at = datetime(2026, 11, 20, 1, tzinfo=UTC)
    await Payment.filter(id=payment.id).update(paid_at=at)
    back = Entry(
        order_id=order.id, kind=EntryKind.REFUND, amount=-2_000, cause="refund:99", payment_id=payment.id, at=at
    )
    await unit_of_work(lambda: journal.write([back]))
    await settle()
    entry = await SettlementEntry.get(kind=EntryKind.PAYMENT)
    assert (entry.cause, entry.amount, entry.method) == (f"payment:{payment.id}", order.total, "CARD")
    refund = await SettlementEntry.get(kind=EntryKind.REFUND)
    assert (refund.fee, refund.fee_vat, refund.payout_on) == (-64, -6, date(2026, 11, 26))

    day = date(2026, 11, 26)
    body = await read(client, owner, day, day)
    (row,) = body["items"]
    assert (row["day"], row["refunds"], row["refunded"], row["fee"], row["payout"]) == (
        "2026-11-26", 1, 2_000, -64, -1_936,
    )  # fmt: skip
    assert body["total"] == {name: value for name, value in row.items() if name != "day"}
    with clock.as_of(datetime(2026, 11, 26, 3, tzinfo=UTC)):
        today, later = await today_and_later()
    assert today.amount == -1_936
    assert later.amount == order.total - entry.fee


async def test_a_repeat_writes_nothing_and_nothing_is_missed(client: httpx.AsyncClient, owner: dict[str, str]) -> None:
    await set_fees(client, owner, CARD)
    await late_and_refunded(client)
    assert await settle_entries() == 0  # rows wait for the next run
    assert await settle_entries() == 2
    assert await settle_entries() == 0
    await late_and_refunded(client)
    assert [await settle_entries(), await settle_entries(), await settle_entries()] == [0, 2, 0]
    assert await SettlementEntry.all().count() == 4
    assert sum(entry.amount for entry in await SettlementEntry.all()) == 0


async def test_archived_orders_are_settled(client: httpx.AsyncClient, owner: dict[str, str]) -> None:
    await set_fees(client, owner, CARD)
    await late_and_refunded(client)
    assert await archive() == 1
    await settle()
    assert {entry.kind for entry in await SettlementEntry.all()} == {EntryKind.PAYMENT, EntryKind.REFUND}


async def test_without_a_row_there_is_no_day_and_a_changed_table_is_followed(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await settle()
    entry = await SettlementEntry.get()
    assert (entry.payout_on, entry.fee) == (None, 0)
    today = clock.now().astimezone(clock.KST).date()
    basis = Basis(rows=[], version=entry.table_version, calendar=await load_calendar())
    assert await _open(today, basis, after_id=0) == []  # it waits for a table, and is not read at every run
    assert (await read(client, owner, today, today))["undated"]["paid"] == placed.total

    await set_fees(client, owner, CARD)
    await settle()
    reckoned = await SettlementEntry.get()
    assert (reckoned.fee > 0, reckoned.payout_on is not None) == (True, True)
    await set_fees(client, owner, {**CARD, "rate_ppm": 0, "cycle_days": 6})
    await settle()
    again = await SettlementEntry.get()
    assert again.fee == 0
    assert again.payout_on is not None
    assert reckoned.payout_on is not None
    assert again.payout_on > reckoned.payout_on

    yesterday = today - timedelta(days=1)
    await SettlementEntry.all().update(payout_on=yesterday)  # paid out: it keeps what it was
    await set_fees(client, owner, CARD)
    await settle()
    kept = await SettlementEntry.get()
    assert (kept.fee, kept.payout_on) == (0, yesterday)


async def test_escrow_gets_its_day_once_the_purchase_is_confirmed(
    client: httpx.AsyncClient, owner: dict[str, str]
) -> None:
    await set_fees(client, owner, {**CARD, "cycle_from": "CONFIRMATION", "cycle_days": 2})
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await settle()
    assert (await SettlementEntry.get()).payout_on is None
    order = await order_of(placed)
    far = datetime(2027, 3, 5, 3, tzinfo=UTC)  # a Friday
    await OrderLine.filter(order_id=order.id).update(status=OrderStatus.CONFIRMED, confirmed_at=far)
    await Order.filter(id=order.id).update(status=OrderStatus.CONFIRMED)
    await settle()
    assert (await SettlementEntry.get()).payout_on == date(2027, 3, 9)


async def test_the_table_is_edited_as_one_with_its_version(client: httpx.AsyncClient, owner: dict[str, str]) -> None:
    first = await client.get(FEES, headers=owner)
    assert first.json() == {"items": [], "updated_at": None, "version": 1}
    stale = {**owner, "If-Match": first.headers["etag"]}
    answer = await set_fees(client, owner, CARD, {**CARD, "method": "", "fixed_fee": 100})
    assert answer.json()["version"] == 2
    assert [row["method"] for row in answer.json()["items"]] == ["", "CARD"]
    assert (await client.put(FEES, json={"items": []}, headers=stale)).status_code == 412
    assert (await client.put(FEES, json={"items": []}, headers={**owner, "If-Match": ""})).status_code == 428
    assert (await set_fees(client, owner, CARD, CARD)).status_code == 422
    assert (await set_fees(client, owner, {**CARD, "rate_ppm": -1})).status_code == 422
    (entry,) = await audited("payment_fees.changed")
    assert len(entry["after"]["items"]) == 2
    same = await set_fees(client, owner, CARD, {**CARD, "method": "", "fixed_fee": 100})
    assert same.json()["version"] == 2


async def test_readers_may_not_write_and_ranges_are_bounded(client: httpx.AsyncClient) -> None:
    reader = await headers_with(client, "settlement:read")
    etag = (await client.get(FEES, headers=reader)).headers["etag"]
    refused = await client.put(FEES, json={"items": []}, headers={**reader, "If-Match": etag})
    assert refused.status_code == 403
    for first, last in (("2026-01-02", "2026-01-01"), ("2025-01-01", "2026-06-01")):
        assert (await client.get(URL, params={"from": first, "to": last}, headers=reader)).status_code == 422
    assert (await client.get(URL, headers=reader)).status_code == 422
