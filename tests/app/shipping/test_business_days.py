"""Business days: public holidays, weekends, and what staff set."""

from datetime import date

import httpx
import pytest

from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from tests.app.staff.people import audited, headers_with

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/admin/business-days"


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 2, 17), False),  # 설날
        (date(2026, 3, 2), False),  # 삼일절 대체 휴일
        (date(2026, 12, 25), False),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
    ],
)
def test_weekends_and_public_holidays_are_no_business_days(day: date, is_open: bool) -> None:
    assert Calendar().is_open(day) == is_open


def test_days_are_counted_without_the_first_and_without_days_off() -> None:
    calendar = Calendar()
    assert calendar.after(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert calendar.after(date(2026, 11, 28), 1) == date(2026, 11, 30)
    assert calendar.after(date(2026, 12, 30), 3) == date(2027, 1, 5)
    assert calendar.not_before(date(2026, 2, 14)) == date(2026, 2, 19)
    assert Calendar({date(2026, 11, 28): True, date(2026, 11, 30): False}).after(date(2026, 11, 27), 2) == date(
        2026, 12, 1
    )


async def test_staff_set_days_apart_and_give_them_back(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read", "shipping:write")
    body = {"is_open": False, "name": "창고 이전"}

    for _ in range(2):
        answer = await client.put(f"{API}/2026-12-24", json=body, headers=headers)
        assert answer.json() == {"day": "2026-12-24", **body, "is_set": True}
    assert not (await load_calendar()).is_open(date(2026, 12, 24))
    listed = (await client.get(API, params={"year": 2026}, headers=headers)).json()["items"]
    assert [row for row in listed if row["day"] >= "2026-12"] == [
        {"day": "2026-12-24", **body, "is_set": True},
        {"day": "2026-12-25", "is_open": False, "name": "기독탄신일", "is_set": False},
    ]

    for _ in range(2):
        assert (await client.delete(f"{API}/2026-12-24", headers=headers)).status_code == 204
    assert (await load_calendar()).is_open(date(2026, 12, 24))
    rows = [
        (row["action"], row["target_id"]) for name in ("set", "reset") for row in await audited(f"business_day.{name}")
    ]
    assert rows == [("business_day.set", "2026-12-24"), ("business_day.reset", "2026-12-24")]


@pytest.mark.parametrize(
    ("day", "body"), [("2026-13-01", {"is_open": True, "name": "x"}), ("2026-12-24", {"is_open": 3})]
)
async def test_what_is_no_day_or_no_reason_is_refused(
    client: httpx.AsyncClient, day: str, body: dict[str, object]
) -> None:
    headers = await headers_with(client, "shipping:write")
    assert (await client.put(f"{API}/{day}", json=body, headers=headers)).status_code == 422


async def test_reading_needs_no_writing_and_writing_needs_its_permission(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    assert (await client.get(API, params={"year": 2026}, headers=headers)).status_code == 200
    refused = await client.put(f"{API}/2026-12-24", json={"is_open": False, "name": "x"}, headers=headers)
    assert refused.status_code == 403
