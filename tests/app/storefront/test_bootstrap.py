"""GET /storefront/bootstrap, and what staff set of it."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.storefront.models import StorefrontSetting
from src.common import clock
from src.common.clock import korean
from src.common.http import public_cache
from tests.app.auth.support import code
from tests.app.notice.test_policies import make_version
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_category

PATH = "/api/v1/storefront/bootstrap"
ADMIN = "/api/v1/admin/storefront"
BOTH = ("settings:read", "settings:write")
BAR = {"text": "첫 구매 무료배송", "link_url": "/event"}


async def promo_bar(client: httpx.AsyncClient) -> Any:
    return (await client.get(PATH)).json()["promo_bar"]


async def test_one_answer_holds_the_frame_of_every_page(client: httpx.AsyncClient) -> None:
    bag = await make_category("bag")
    await make_category("stand", parent=bag)
    now = clock.now().astimezone(clock.KST).date()
    await make_version("1", day=now)
    await make_version("2", day=now + timedelta(days=3))

    with captured_sql() as statements:
        answer = await client.get(PATH)

    body = answer.json()
    assert [node["slug"] for node in body["menu"]["shop"]] == ["bag"]
    assert body["menu"]["shop"][0]["children"][0]["slug"] == "stand"
    assert [link["label"] for link in body["menu"]["outstand"]] == ["Best", "Promotion", "New"]
    assert body["promo_bar"] is None
    assert "이용약관" in [link["label"] for link in body["footer_links"]]
    assert [(item["policy"], item["version"]) for item in body["policies"]] == [("terms", "1")]
    assert body["shop"] == (await client.get("/api/v1/shop/info")).json()
    assert len(statements) == 5
    again = await client.get(PATH, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_the_promo_bar_is_shown_inside_its_period(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    now = clock.now().replace(microsecond=0)

    async def put(**over: Any) -> Any:
        answer = await client.put(f"{ADMIN}/promo-bar", json={**BAR, **over}, headers=headers)
        assert answer.status_code == 200, answer.text
        return await promo_bar(client)

    assert await put() == BAR
    assert await put(is_active=False) is None
    assert await put(starts_at=korean(now + timedelta(hours=1))) is None
    assert await put(ends_at=korean(now - timedelta(hours=1))) is None
    assert await put(text="") is None
    assert await put(starts_at=korean(now), ends_at=korean(now + timedelta(hours=1))) == BAR
    assert (await client.get(f"{ADMIN}/promo-bar", headers=headers)).json()["starts_at"] is not None
    public_cache.invalidate_all()


async def test_footer_links_are_replaced_as_a_whole_also_twice_at_once(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    body = {"items": [{"label": "인스타그램", "url": "https://instagram.com/micgolf"}]}

    answers = await asyncio.gather(*(client.put(f"{ADMIN}/footer-links", json=body, headers=headers) for _ in range(3)))

    assert {answer.status_code for answer in answers} <= {200, 412}
    assert (await client.get(PATH)).json()["footer_links"] == body["items"]
    assert len(await audited("storefront.set")) == 1
    assert await StorefrontSetting.all().count() == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("promo-bar", {"text": "a", "link_url": "javascript:alert(1)"}),
        ("promo-bar", {"text": "a", "link_url": "//evil.example"}),
        ("promo-bar", {"text": "a\x00"}),
        ("promo-bar", {"text": "a" * 121}),
        ("promo-bar", {"starts_at": "2026-12-02T00:00:00Z", "ends_at": "2026-12-01T00:00:00Z"}),
        ("footer-links", {"items": [{"label": "a", "url": ""}]}),
        ("footer-links", {"items": [{"label": "a", "url": "/a"}] * 31}),
        ("footer-links", {"items": [{"label": "a", "url": "/a", "x": 1}]}),
        ("footer-links", {}),
    ],
)
async def test_bad_input_changes_nothing(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    headers = await headers_with(client, *BOTH)
    assert code(await client.put(f"{ADMIN}/{path}", json=body, headers=headers)) == (422, "VALIDATION_ERROR")
    assert await StorefrontSetting.all().count() == 0


async def test_who_may_only_read_settings_sets_nothing(client: httpx.AsyncClient) -> None:
    reader = await headers_with(client, "settings:read")
    assert (await client.get(f"{ADMIN}/footer-links", headers=reader)).status_code == 200
    assert code(await client.put(f"{ADMIN}/promo-bar", json=BAR, headers=reader)) == (403, "FORBIDDEN")
