"""Searching the logs."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work
from tests.app.auth.support import API, code
from tests.app.staff.people import headers_with, staff_with
from tests.factories.people import staff_bearer

LOGS = f"{API}/admin/audit-logs"
ACCESSES = f"{API}/admin/personal-data-accesses"
KIM, LEE = Actor("staff:901", "203.0.113.7", "Whale/3"), Actor("staff:902")


async def change(action: str, *, by: Actor, target: tuple[str, int], at: datetime, **values: Any) -> None:
    async def work() -> None:
        await audit.record(action, by=by, target=target, **values)

    with clock.as_of(at):
        await unit_of_work(work)


async def look(purpose: str, *, by: Actor, ids: list[int], at: datetime) -> None:
    async def work() -> None:
        await audit.accessed(purpose, by=by, target_type="member", ids=ids, items="name,phone", reason="확인")

    with clock.as_of(at):
        await unit_of_work(work)


def korea(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, Korean time."""
    return datetime(2026, 3, day, hour, minute, tzinfo=clock.KST).astimezone(UTC)


async def found(client: httpx.AsyncClient, path: str, headers: dict[str, str], **query: str) -> list[dict[str, Any]]:
    answer = await client.get(
        path, params={"to": "2026-12-31", **query} if "to" not in query else query, headers=headers
    )
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return [item for item in items if item["created_at"].startswith("2026-03")]


async def test_the_audit_log_is_searched_by_who_what_on_what_and_when(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "audit:read")
    await change("order.shipped", by=KIM, target=("order", 1), at=korea(1, 0, 30), after={"to": "SHIPPING"})
    await change("order.shipped", by=LEE, target=("order", 2), at=korea(1, 23, 30))
    await change("member.changed", by=KIM, target=("member", 1), at=korea(2, 9), reason="고객 요청")

    async def actions(**query: str) -> list[tuple[str, str]]:
        return [(row["action"], row["target_id"]) for row in await found(client, LOGS, headers, **query)]

    first, second, third = ("order.shipped", "1"), ("order.shipped", "2"), ("member.changed", "1")
    assert await actions() == [third, second, first]
    assert await actions(actor="staff:901") == [third, first]
    assert await actions(action="order.shipped") == [second, first]
    assert await actions(target_type="order", target_id="2") == [second]
    assert await actions(**{"from": "2026-03-01", "to": "2026-03-01"}) == [second, first]
    assert await actions(**{"from": "2026-03-02"}) == [third]
    assert await actions(to="2026-02-28") == []
    assert await actions(actor="staff:90_") == []


async def test_a_row_of_the_audit_log_is_complete(client: httpx.AsyncClient) -> None:
    staff = await staff_with("audit:read")
    by = Actor(f"staff:{staff.id}", "203.0.113.7", "Whale/3")
    await change(
        "thing.changed", by=by, target=("thing", 5), at=korea(3, 9), before={"a": 1}, after={"a": [2]}, reason="이유"
    )

    (row,) = await found(client, LOGS, await staff_bearer(client, staff), target_type="thing")

    assert {name: value for name, value in row.items() if name not in ("id", "request_id")} == {
        "actor": f"staff:{staff.id}",
        "actor_name": "박운영",
        "action": "thing.changed",
        "target_type": "thing",
        "target_id": "5",
        "before": {"a": 1},
        "after": {"a": [2]},
        "reason": "이유",
        "address": "203.0.113.7",
        "user_agent": "Whale/3",
        "created_at": "2026-03-03T09:00:00+09:00",
    }


async def test_looks_at_personal_data_are_searched(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "audit:read")
    await look("member.list", by=KIM, ids=[5, 6], at=korea(1, 9))
    await look("member.unmask", by=LEE, ids=[5], at=korea(2, 9))

    async def looks(**query: str) -> list[tuple[str, str]]:
        return [(row["purpose"], row["target_id"]) for row in await found(client, ACCESSES, headers, **query)]

    assert await looks() == [("member.unmask", "5"), ("member.list", "6"), ("member.list", "5")]
    assert await looks(target_type="member", target_id="5") == [("member.unmask", "5"), ("member.list", "5")]
    assert await looks(actor="staff:902") == [("member.unmask", "5")]
    assert await looks(**{"from": "2026-03-02"}) == [("member.unmask", "5")]
    (row,) = await found(client, ACCESSES, headers, actor="staff:902")
    assert (row["items"], row["reason"], row["actor_name"]) == (["name", "phone"], "확인", None)


async def test_pages_are_in_a_total_order(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "audit:read")
    for number in range(5):
        await change("a.b", by=KIM, target=("thing", number), at=korea(5, 9))

    pages = [
        (await client.get(LOGS, params={"action": "a.b", "page": page, "size": 2}, headers=headers)).json()
        for page in (1, 2, 3)
    ]

    assert [row["target_id"] for page in pages for row in page["items"]] == ["4", "3", "2", "1", "0"]
    assert {page["total"] for page in pages} == {5}


@pytest.mark.parametrize("path", [LOGS, ACCESSES])
@pytest.mark.parametrize(
    "query", ["from=2026-03-02&to=2026-03-01", "from=yesterday", "page=0", "size=500", "actor=" + "x" * 41, "purpose=x"]
)
async def test_bad_queries_are_refused(client: httpx.AsyncClient, path: str, query: str) -> None:
    headers = await headers_with(client, "audit:read")
    assert code(await client.get(f"{path}?{query}", headers=headers)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("path", [LOGS, ACCESSES])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_there_is_no_way_to_change_a_log(client: httpx.AsyncClient, path: str, method: str) -> None:
    headers = await staff_bearer(client)
    for target in (path, f"{path}/1"):
        assert (await client.request(method, target, headers=headers)).status_code in (404, 405)
