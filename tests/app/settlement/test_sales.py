"""Sales statistics read the journal: live and archived, by hour, day and month of Korea."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.journal.models import EntryKind
from src.app.journal.services import journal
from src.app.journal.services.journal import Entry
from src.app.order.models import Order, OrderLine, OrderStatus
from src.core.database import unit_of_work
from tests.app.journal.support import paid
from tests.app.staff.people import headers_with
from tests.factories.archive import archive
from tests.factories.orders import order_of

pytestmark = pytest.mark.usefixtures("empty")

URL = "/api/v1/admin/statistics/sales"
K = EntryKind


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    """Headers of somebody who sees statistics."""
    return await headers_with(client, "statistics:read")


async def sold(number: int, at: datetime, *rows: tuple[EntryKind, int]) -> None:
    """What an order sold, or what of it came back."""
    entries = [
        Entry(order_id=number, kind=kind, amount=won, cause=f"{kind}:{number}:{at}", at=at) for kind, won in rows
    ]
    await unit_of_work(lambda: journal.write(entries))


async def read(client: httpx.AsyncClient, headers: dict[str, str], first: str, last: str, **more: str) -> Any:
    """``GET /admin/statistics/sales``."""
    answer = await client.get(URL, params={"from": first, "to": last, **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def a_year() -> None:
    """Two orders around midnight in Korea, one of which is cancelled in part a day later, and one a year before."""
    late = datetime(2026, 11, 20, 14, 59, 59, tzinfo=UTC)
    await sold(1, late, (K.SALE, 10_000), (K.SHIPPING, 2_500), (K.PAYMENT, 12_500))
    await sold(2, late.replace(hour=15, minute=0, second=0), (K.SALE, 30_000), (K.COUPON, -1_000), (K.DISCOUNT, -500))
    await sold(2, datetime(2026, 11, 21, 15, tzinfo=UTC), (K.CANCELLED_GOODS, -9_000), (K.REFUND, -9_000))
    await sold(3, datetime(2025, 11, 20, 1, tzinfo=UTC), (K.SALE, 7_000))


def points(body: Any, part: str = "items") -> list[tuple[str, int, int, int]]:
    """The points in which something happened."""
    rows = [(row["at"], row["orders"], row["amount"], row["cancelled"]) for row in body[part]]
    return [row for row in rows if any(row[1:])]


async def test_a_sale_counts_on_its_korean_day_and_hour(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    await a_year()
    days = await read(client, staff, "2026-11-19", "2026-11-22")
    assert points(days) == [
        ("2026-11-20", 1, 12_500, 0),
        ("2026-11-21", 1, 28_500, 0),
        ("2026-11-22", 0, 0, 9_000),
    ]
    assert [row["at"] for row in days["items"]] == ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]
    assert {name: days["total"][name] for name in ("orders", "amount", "cancelled", "net")} == {
        "orders": 2, "amount": 41_000, "cancelled": 9_000, "net": 32_000,
    }  # fmt: skip
    hours = await read(client, staff, "2026-11-20", "2026-11-21", bucket="hour")
    assert points(hours) == [("2026-11-20T23", 1, 12_500, 0), ("2026-11-21T00", 1, 28_500, 0)]
    assert len(hours["items"]) == 48
    months = await read(client, staff, "2025-11-01", "2026-11-30", bucket="month")
    assert points(months) == [("2025-11", 1, 7_000, 0), ("2026-11", 2, 41_000, 9_000)]
    assert len(months["items"]) == 13


async def test_days_are_compared_with_those_before_and_a_year_ago(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    await a_year()
    before = await read(client, staff, "2026-11-21", "2026-11-22", compare="previous")
    assert [row["at"] for row in before["compared"]] == ["2026-11-19", "2026-11-20"]
    assert before["compared_total"]["amount"] == 12_500
    year = await read(client, staff, "2026-11-20", "2026-11-20", compare="year")
    assert points(year, "compared") == [("2025-11-20", 1, 7_000, 0)]
    leap = await read(client, staff, "2028-02-29", "2028-02-29", compare="year")
    assert [row["at"] for row in leap["compared"]] == ["2027-02-28"]


async def test_an_archived_purchase_counts_as_before(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    order = await order_of(await paid(client))
    day = order.created_at.date()
    first, last = str(day), str(day + timedelta(days=1))
    before = await read(client, staff, first, last)
    assert (before["total"]["orders"], before["total"]["amount"]) == (1, order.total)
    await OrderLine.filter(order_id=order.id).update(status=OrderStatus.CONFIRMED)
    await Order.filter(id=order.id).update(status=OrderStatus.CONFIRMED)
    assert await archive() == 1
    assert await read(client, staff, first, last) == before


async def test_ranges_are_bounded_and_the_permission_is_its_own(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    for first, last, bucket in (
        ("2026-11-02", "2026-11-01", "day"),
        ("2026-11-01", "2026-12-02", "hour"),
        ("2025-01-01", "2026-01-02", "day"),
        ("2026-11-01", "2026-11-02", "week"),
    ):
        params = {"from": first, "to": last, "bucket": bucket}
        assert (await client.get(URL, params=params, headers=staff)).status_code == 422
    other = await headers_with(client, "settlement:read")
    assert (await client.get(f"{URL}?from=2026-11-01&to=2026-11-01", headers=other)).status_code == 403
