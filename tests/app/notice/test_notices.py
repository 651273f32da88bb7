"""Notices: what the shop shows, and what staff write."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.notice.models import Notice
from src.app.notice.services.views import VIEWS, flush
from src.common import clock
from src.common.clock import korean
from tests.app.auth.support import code
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with

API = "/api/v1/notices"
ADMIN = "/api/v1/admin/notices"
BOTH = ("notice:read", "notice:write")
HOLIDAY: dict[str, Any] = {"category": "delivery", "title": "설 연휴 배송 안내", "body": "쉽니다.\n감사합니다."}


async def make_notice(title: str, *, hours: float | None = -1, **over: Any) -> Notice:
    """A notice published so many hours from now; None is a draft."""
    now = clock.now()
    values: dict[str, Any] = {"category": "general", "body": f"{title} 내용", "created_at": now, "updated_at": now}
    if hours is not None:
        values |= {"status": "PUBLISHED", "published_at": now + timedelta(hours=hours)}
    return await Notice.create(title=title, **{**values, **over})


async def titles(client: httpx.AsyncClient, **params: Any) -> list[str]:
    answer = await client.get(API, params=params)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def test_pinned_ones_come_first_then_the_newest(client: httpx.AsyncClient) -> None:
    await make_notice("오래", hours=-9, is_pinned=True)
    await make_notice("중간", hours=-5, category="delivery")
    await make_notice("새것", hours=-1)
    await make_notice("내일", hours=24)
    await make_notice("초안", hours=None)

    assert await titles(client) == ["오래", "새것", "중간"]
    assert await titles(client, category="delivery") == ["중간"]
    assert await titles(client, size=1, page=3) == ["중간"]
    assert (await client.get(API, params={"category": "nope"})).status_code == 422


async def test_a_notice_has_its_neighbours_in_time(client: httpx.AsyncClient) -> None:
    first, second, third = [await make_notice(name, hours=hours) for name, hours in (("a", -3), ("b", -2), ("c", -2))]
    await make_notice("later", hours=1)

    body = (await client.get(f"{API}/{second.id}")).json()

    assert body["previous"] == {"id": first.id, "title": "a"}
    assert body["next"] == {"id": third.id, "title": "c"}
    assert (body["body"], body["category_name"]) == ("b 내용", "일반")
    assert (await client.get(f"{API}/{first.id}")).json()["previous"] is None
    assert (await client.get(f"{API}/{third.id}")).json()["next"] is None


@pytest.mark.parametrize("hours", [None, 1])
async def test_what_is_not_published_is_not_found(client: httpx.AsyncClient, hours: float | None) -> None:
    notice = await make_notice("a", hours=hours)
    assert code(await client.get(f"{API}/{notice.id}")) == (404, "NOTICE_NOT_FOUND")


async def test_reads_are_counted_without_a_write(client: httpx.AsyncClient) -> None:
    VIEWS.forget()
    notice = await make_notice("a")
    with captured_sql() as statements:
        for _ in range(3):
            await client.get(f"{API}/{notice.id}")
    assert {statement.split()[0] for statement in statements} == {"SELECT"}
    assert await flush() == 1
    assert (await Notice.get(id=notice.id)).view_count == 1


async def test_a_notice_is_drafted_published_and_taken_back(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    made = await client.post(ADMIN, json=HOLIDAY, headers=headers)
    assert made.status_code == 201, made.text
    path = f"{ADMIN}/{made.json()['id']}"
    assert (made.json()["is_shown"], await titles(client)) == (False, [])

    for _ in range(2):
        shown = await client.patch(path, json={"status": "PUBLISHED", "is_pinned": True}, headers=headers)
        assert shown.json()["is_shown"] is True
    assert await titles(client) == ["설 연휴 배송 안내"]
    (row,) = await audited("notice.changed")
    assert row["before"] == {"status": "DRAFT", "is_pinned": False, "published_at": None}
    tomorrow = korean(clock.now() + timedelta(days=1))
    await client.patch(path, json={"published_at": tomorrow}, headers=headers)
    assert await titles(client) == []
    assert (await client.patch(path, json={"published_at": None}, headers=headers)).json()["is_shown"] is True
    await client.patch(path, json={"status": "DRAFT"}, headers=headers)
    assert await titles(client) == []
    assert [(await client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    (gone,) = await audited("notice.removed")
    assert gone["before"]["body"] == "쉽니다.\n감사합니다."


async def test_an_edit_takes_no_looks_away(client: httpx.AsyncClient) -> None:
    VIEWS.forget()
    notice = await make_notice("a", view_count=7)
    headers = await headers_with(client, *BOTH)
    VIEWS.saw(notice.id, "x")

    await client.patch(f"{ADMIN}/{notice.id}", json={"title": "b"}, headers=headers)
    await flush()

    assert (await Notice.get(id=notice.id)).view_count == 8


@pytest.mark.parametrize(
    "over",
    [
        {"title": " "},
        {"title": "a" * 121},
        {"title": "a\nb"},
        {"body": ""},
        {"body": "a\x07"},
        {"category": "x"},
        {"status": "GONE"},
        {"published_at": "soon"},
        {"view_count": 5},
        {"is_pinned": None},
    ],
)
async def test_bad_input_writes_nothing(client: httpx.AsyncClient, over: dict[str, Any]) -> None:
    headers = await headers_with(client, *BOTH)
    assert code(await client.post(ADMIN, json={**HOLIDAY, **over}, headers=headers)) == (422, "VALIDATION_ERROR")
    assert await Notice.all().count() == 0


async def test_staff_find_by_title_and_status(client: httpx.AsyncClient) -> None:
    await make_notice("배송 50% 안내")
    await make_notice("초안", hours=None)
    headers = await headers_with(client, "notice:read")

    async def found(**params: str) -> list[str]:
        answer = await client.get(ADMIN, params=params, headers=headers)
        return [item["title"] for item in answer.json()["items"]]

    assert await found() == ["초안", "배송 50% 안내"]
    assert await found(q="0%") == ["배송 50% 안내"]
    assert await found(q="_") == []
    assert await found(status="DRAFT") == ["초안"]


async def test_who_lacks_the_permission_is_refused(client: httpx.AsyncClient) -> None:
    notice = await make_notice("a")
    reader, other = await headers_with(client, "notice:read"), await headers_with(client, "event:read")
    calls: list[tuple[str, str, Any]] = [
        ("POST", ADMIN, HOLIDAY),
        ("PATCH", f"{ADMIN}/{notice.id}", {"title": "b"}),
        ("DELETE", f"{ADMIN}/{notice.id}", None),
        ("POST", "/api/v1/admin/faqs", {"category": "etc", "question": "a", "answer": "b"}),
        ("PUT", "/api/v1/admin/faqs/order", {"category": "etc", "ids": []}),
    ]
    for method, path, body in calls:
        assert code(await client.request(method, path, json=body, headers=reader)) == (403, "FORBIDDEN")
    for path in (ADMIN, f"{ADMIN}/{notice.id}", "/api/v1/admin/faqs", "/api/v1/admin/policies"):
        assert (await client.get(path, headers=other)).status_code == 403
