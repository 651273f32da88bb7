"""Events as the shop shows them."""

from typing import Any

import httpx
import pytest

from src.app.event.models import Event
from src.app.event.services.views import VIEWS, flush
from src.common.http import public_cache
from tests.app.auth.support import code
from tests.app.product.captured import captured_sql
from tests.factories.events import make_comment, make_event
from tests.factories.people import make_member

API = "/api/v1/events"


async def titles(client: httpx.AsyncClient, **params: Any) -> list[str]:
    answer = await client.get(API, params=params)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def test_tabs_hold_what_their_counts_say(client: httpx.AsyncClient) -> None:
    await make_event("지난", starts=-9, ends=-2, view_count=5)
    await make_event("하나", starts=-3, view_count=1)
    await make_event("둘", starts=-1, view_count=3)
    await make_event("곧", starts=1, ends=2)
    await make_event("초안", is_published=False)

    assert await titles(client) == ["지난", "둘", "하나"]
    assert await titles(client, sort="newest") == ["둘", "하나", "지난"]
    assert await titles(client, status="ongoing") == ["둘", "하나"]
    assert await titles(client, status="ended") == ["지난"]
    assert await titles(client, size=1, page=2) == ["둘"]
    for status, total in (("all", 3), ("ongoing", 2), ("ended", 1)):
        body = (await client.get(API, params={"status": status})).json()
        assert (body["counts"], body["total"]) == ({"all": 3, "ongoing": 2, "ended": 1}, total)


@pytest.mark.parametrize("params", [{"status": "x"}, {"sort": "id"}, {"size": 101}, {"page": 0}, {"q": "a"}])
async def test_a_bad_question_is_refused(client: httpx.AsyncClient, params: dict[str, Any]) -> None:
    assert (await client.get(API, params=params)).status_code == 422


async def test_an_event_shows_its_picture_and_visible_comments(client: httpx.AsyncClient) -> None:
    event, member = await make_event(image_path="events/1.webp"), await make_member()
    await make_comment(event, member.id)
    await make_comment(event, member.id, "숨김", status="HIDDEN")
    await make_comment(event, None, "")

    body = (await client.get(f"{API}/{event.id}")).json()

    assert (body["image_url"], body["comment_count"], body["body"]) == ("/media/events/1.webp", 1, "봄맞이 이벤트 안내")
    assert body["image_sizes"] == []  # not an upload


@pytest.mark.parametrize("over", [{"is_published": False}, {"starts": 1, "ends": 2}])
async def test_what_is_not_shown_is_not_found(client: httpx.AsyncClient, over: dict[str, Any]) -> None:
    event = await make_event(**over)
    for path in ("", "/comments"):
        assert code(await client.get(f"{API}/{event.id}{path}")) == (404, "EVENT_NOT_FOUND")
    assert (await client.get(f"{API}/99999999999999999999")).status_code == 422


async def test_reads_cost_no_write_and_are_added_later(client: httpx.AsyncClient) -> None:
    VIEWS.forget()
    event = await make_event()
    with captured_sql() as statements:
        for _ in range(3):
            assert (await client.get(f"{API}/{event.id}")).status_code == 200
        forwarded = await client.get(f"{API}/{event.id}", headers={"X-Forwarded-For": "203.0.113.9"})
        assert forwarded.status_code == 200
        assert (await client.get(f"{API}/{event.id + 1}")).status_code == 404
    assert not [statement for statement in statements if statement.startswith(("UPDATE", "INSERT"))]

    assert await flush() == 1
    assert await flush() == 0
    views = (await Event.get(id=event.id)).view_count
    assert 1 <= views <= 2  # two where the forwarded address counts
    public_cache.invalidate_all()
    assert (await client.get(f"{API}/{event.id}")).json()["view_count"] == views


async def test_queries_do_not_grow_with_the_page(client: httpx.AsyncClient) -> None:
    member, counts = await make_member(), []
    for _ in range(2):
        for number in range(4):
            event = await make_event()
            await make_comment(event, member.id, f"{number}")
        public_cache.invalidate_all()
        with captured_sql() as statements:
            await client.get(API)
            await client.get(f"{API}/{event.id}/comments")
        counts.append(len(statements))
    assert counts == [8, 8]
