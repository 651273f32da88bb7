"""The back-office's banners."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.banner.dtos.requests import MAX_OF_A_TYPE
from src.app.banner.models import Banner
from src.common import clock
from src.common.models import AuditLog
from tests.app.auth.support import code
from tests.app.banner.test_showing import make_banner
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with
from tests.factories.people import make_staff, staff_bearer
from tests.factories.pictures import picture, uploaded

BANNERS = "/api/v1/admin/banners"
PUBLIC = "/api/v1/banners"


async def shown(client: httpx.AsyncClient, **params: str) -> list[str]:
    return [item["title"] for item in (await client.get(PUBLIC, params=params)).json()["items"]]


async def made(client: httpx.AsyncClient, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    upload = await uploaded(client, headers, picture(400, 200))
    body = {"type": "banner", "title": "가을", "upload_id": upload["id"], **changes}
    answer = await client.post(BANNERS, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_new_banner_shows_at_once_with_its_sizes(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    assert await shown(client) == []
    home = (await client.get("/api/v1/home")).json()
    assert home["banners"] == []
    upload = await uploaded(client, headers, picture(1000, 500))

    body = {
        "type": "banner",
        "title": "가을",
        "sub_title": "새 시즌",
        "image_path": upload["path"],
        "link_url": "/shop",
    }
    answer = await client.post(BANNERS, json=body, headers=headers)

    assert answer.status_code == 201
    found = answer.json()
    assert found == {
        "id": found["id"],
        "type": "banner",
        "title": "가을",
        "sub_title": "새 시즌",
        "image_path": upload["path"],
        "image_url": upload["url"],
        "sizes": upload["sizes"],
        "slices": [],
        "alt": "가을",
        "own_alt": "",
        "link_url": "/shop",
        "position": 0,
        "is_active": True,
        "starts_at": None,
        "ends_at": None,
        "state": "showing",
        "warnings": [],
        "version": 1,
    }
    (public,) = (await client.get(PUBLIC)).json()["items"]
    assert (public["image_url"], public["sizes"]) == (upload["url"], upload["sizes"])
    assert (await client.get("/api/v1/home")).json()["banners"] == [public]
    (row,) = await audited("banner.created")
    assert (row["actor"], row["target_id"]) == (f"staff:{boss.id}", str(found["id"]))
    assert row["after"]["image_path"] == upload["path"]


async def test_a_banner_comes_behind_the_others_of_its_type(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    for title, kind in (("a", "banner"), ("p", "promotion"), ("b", "banner")):
        await made(client, headers, title=title, type=kind)
    assert await shown(client, type="banner") == ["a", "b"]
    listed = (await client.get(BANNERS, headers=headers)).json()
    assert [(item["title"], item["position"]) for item in listed["items"]] == [("a", 0), ("b", 1), ("p", 0)]
    assert (listed["total"], listed["page"], listed["size"]) == (3, 1, 20)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "BANNER"}, "type"),
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "가\u0000을"}, "title"),
        ({"sub_title": "x" * 201}, "sub_title"),
        ({"link_url": "javascript:alert(1)"}, "link_url"),
        ({"link_url": "http://shop.example:0/x"}, "link_url"),
        ({"link_url": "//evil.example"}, "link_url"),
        ({"link_url": "/\\evil.example"}, "link_url"),
        ({"link_url": "https://shop.example@evil.example/"}, "link_url"),
        ({"link_url": "https://"}, "link_url"),
        ({"link_url": "https://shop.example:port/"}, "link_url"),
        ({"link_url": "shop/new"}, "link_url"),
        ({"link_url": "/a b"}, "link_url"),
        ({"link_url": "/a\u200b"}, "link_url"),
        ({"link_url": "/" + "a" * 300}, "link_url"),
        ({"upload_id": None}, ""),
        ({"image_path": "uploads/1/x.webp"}, ""),
        ({"upload_id": 0}, "upload_id"),
        ({"upload_id": "1"}, "upload_id"),
        ({"upload_id": None, "image_path": "../../etc/passwd"}, "image_path"),
        ({"upload_id": None, "image_path": "banners/1.svg"}, "image_path"),
        ({"starts_at": "2026-12-01T00:00:00"}, "starts_at"),
        ({"ends_at": "tomorrow"}, "ends_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-14:00"}, "ends_at"),
        ({"sub_title": "\u0958" * 200}, "sub_title"),
        ({"is_active": "yes"}, "is_active"),
        ({"position": 3}, "position"),
        ({"id": 3}, "id"),
    ],
)
async def test_bad_input_makes_no_banner(client: httpx.AsyncClient, changes: dict[str, Any], field: str) -> None:
    headers = await staff_bearer(client)
    upload = await uploaded(client, headers)

    body = {"type": "banner", "title": "가을", "upload_id": upload["id"], **changes}
    answer = await client.post(BANNERS, json=body, headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"] == field
    assert await Banner.all().count() == 0


@pytest.mark.parametrize(
    "link",
    ["", "/", "/event/1?x=1#y", "https://shop.example/가을?x=1", "https://shop.example:8443", "http://shop.example/x"],
)
async def test_own_paths_and_web_addresses_are_links(client: httpx.AsyncClient, link: str) -> None:
    assert (await made(client, await staff_bearer(client), link_url=link))["link_url"] == link


@pytest.mark.parametrize(
    "which", [{"upload_id": 987_654}, {"image_path": f"uploads/1/ab/{'a' * 40}-1a2b3c4d-9x9.webp"}]
)
async def test_a_picture_that_was_never_uploaded_is_refused(client: httpx.AsyncClient, which: dict[str, Any]) -> None:
    headers = await staff_bearer(client)
    answer = await client.post(BANNERS, json={"type": "banner", "title": "가을", **which}, headers=headers)
    assert code(answer) == (422, "UPLOAD_NOT_FOUND")
    there = await made(client, headers)
    assert code(await client.patch(f"{BANNERS}/{there['id']}", json=which, headers=headers)) == (
        422,
        "UPLOAD_NOT_FOUND",
    )
    assert (await Banner.get(id=there["id"])).image_path == there["image_path"]


async def test_the_end_comes_after_the_start_also_where_one_of_them_stays(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    upload = await uploaded(client, headers)
    new = {"type": "banner", "title": "가을", "upload_id": upload["id"]}
    first, second = "2026-12-01T00:00:00+09:00", "2026-12-02T00:00:00+09:00"
    for period in ({"starts_at": second, "ends_at": first}, {"starts_at": first, "ends_at": first}):
        assert code(await client.post(BANNERS, json={**new, **period}, headers=headers)) == (
            422,
            "BANNER_PERIOD_INVALID",
        )
    assert await Banner.all().count() == 0

    there = await made(client, headers, starts_at=first, ends_at=second)
    path = f"{BANNERS}/{there['id']}"
    for change in ({"starts_at": second}, {"ends_at": first}):
        assert code(await client.patch(path, json=change, headers=headers)) == (422, "BANNER_PERIOD_INVALID")
    opened = await client.patch(path, json={"starts_at": None, "ends_at": first}, headers=headers)
    assert (opened.json()["starts_at"], opened.json()["ends_at"]) == (None, first)


async def test_a_change_shows_at_once_and_a_repeat_writes_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    there = await made(client, headers)
    assert await shown(client) == ["가을"]
    other = await uploaded(client, headers)

    body = {"title": "겨울", "upload_id": other["id"]}
    for _ in range(2):
        answer = await client.patch(f"{BANNERS}/{there['id']}", json=body, headers=headers)
        assert (answer.status_code, answer.json()["title"]) == (200, "겨울")

    (public,) = (await client.get(PUBLIC)).json()["items"]
    assert (public["title"], public["image_url"]) == ("겨울", other["url"])
    (row,) = await audited("banner.changed")
    assert row["before"] == {"title": "가을", "image_path": there["image_path"]}
    assert row["after"] == {"title": "겨울", "image_path": other["path"]}


@pytest.mark.parametrize(
    "body", [{}, {"position": 1}, {"is_active": False}, {"upload_id": 1, "image_path": "uploads/x"}]
)
async def test_a_change_of_nothing_or_of_something_else_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    banner = await make_banner("a")
    headers = await staff_bearer(client)
    assert code(await client.patch(f"{BANNERS}/{banner.id}", json=body, headers=headers)) == (422, "VALIDATION_ERROR")


async def test_another_type_puts_it_behind_the_others(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    banner = await make_banner("a")
    await make_banner("p", type="promotion", position=4)
    answer = await client.patch(f"{BANNERS}/{banner.id}", json={"type": "promotion"}, headers=headers)
    assert answer.json()["position"] == 5
    assert await shown(client, type="promotion") == ["p", "a"]


async def test_a_type_has_no_more_banners_than_an_order_may_name(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    other = await make_banner("p", type="promotion")
    await Banner.bulk_create(
        [Banner(type="banner", title=str(n), image_path="banners/1.svg", position=n) for n in range(MAX_OF_A_TYPE)]
    )

    body = {"type": "banner", "title": "하나 더", "upload_id": (await uploaded(client, headers))["id"]}
    assert code(await client.post(BANNERS, json=body, headers=headers)) == (409, "BANNER_LIMIT")
    moved = await client.patch(f"{BANNERS}/{other.id}", json={"type": "banner"}, headers=headers)
    assert code(moved) == (409, "BANNER_LIMIT")
    assert await Banner.filter(type="banner").count() == MAX_OF_A_TYPE


async def test_active_is_set_and_not_toggled(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    banner = await make_banner("a")
    assert await shown(client) == ["a"]
    for _ in range(2):
        answer = await client.patch(f"{BANNERS}/{banner.id}/active", json={"is_active": False}, headers=headers)
        assert (answer.json()["is_active"], answer.json()["state"]) == (False, "off")
        assert await shown(client) == []
    await client.patch(f"{BANNERS}/{banner.id}/active", json={"is_active": True}, headers=headers)
    assert await shown(client) == ["a"]
    rows = await audited("banner.changed")
    assert [row["after"] for row in rows] == [{"is_active": False}, {"is_active": True}]
    for body in ({}, {"is_active": None}, {"is_active": "false"}, {"is_active": 0}):
        bad = await client.patch(f"{BANNERS}/{banner.id}/active", json=body, headers=headers)
        assert code(bad) == (422, "VALIDATION_ERROR")


async def test_the_order_is_set_as_a_whole(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    a, b, c = [(await make_banner(title, position=at)).id for at, title in enumerate("abc")]
    other = await make_banner("p", type="promotion")
    assert await shown(client, type="banner") == ["a", "b", "c"]

    for _ in range(2):
        answer = await client.patch(f"{BANNERS}/reorder", json={"ids": [c, a, b]}, headers=headers)
        assert [item["title"] for item in answer.json()["items"]] == ["c", "a", "b"]
    assert await shown(client, type="banner") == ["c", "a", "b"]
    (row,) = await audited("banner.reordered")
    assert (row["target_id"], row["before"], row["after"]) == ("banner", {"ids": [a, b, c]}, {"ids": [c, a, b]})

    stale = await client.patch(f"{BANNERS}/reorder", json={"ids": [b, a, 987]}, headers=headers)
    assert code(stale) == (409, "BANNER_ORDER_STALE")
    assert (stale.json()["missing"], stale.json()["unknown"]) == ([c], [987])
    mixed = await client.patch(f"{BANNERS}/reorder", json={"ids": [a, b, c, other.id]}, headers=headers)
    assert code(mixed) == (422, "BANNERS_OF_TWO_TYPES")
    for ids in ([], [a, a, b, c], ["1"], None, [0]):
        bad = await client.patch(f"{BANNERS}/reorder", json={"ids": ids}, headers=headers)
        assert code(bad) == (422, "VALIDATION_ERROR")
    assert await shown(client, type="banner") == ["c", "a", "b"]


async def test_two_orders_at_once_do_not_mix(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    ids = [(await make_banner(f"{at}", position=at)).id for at in range(6)]
    orders = [ids[::-1], ids[3:] + ids[:3], ids[1:] + ids[:1]]
    for _ in range(4):
        answers = await asyncio.gather(
            *(client.patch(f"{BANNERS}/reorder", json={"ids": order}, headers=headers) for order in orders)
        )
        assert {answer.status_code for answer in answers} == {200}
        assert [row.id for row in await Banner.all().order_by("position", "id")] in orders
        assert sorted([row.position for row in await Banner.all()]) == list(range(6))


async def test_a_banner_added_beside_an_order_is_behind_it_or_makes_it_stale(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    ids = [(await make_banner(f"{at}", position=at)).id for at in range(3)]
    upload = await uploaded(client, headers)
    new = {"type": "banner", "title": "new", "upload_id": upload["id"]}
    added, ordered = await asyncio.gather(
        client.post(BANNERS, json=new, headers=headers),
        client.patch(f"{BANNERS}/reorder", json={"ids": ids[::-1]}, headers=headers),
    )
    assert added.status_code == 201
    assert ordered.status_code in (200, 409)
    titles = await shown(client)
    assert titles == (["2", "1", "0", "new"] if ordered.status_code == 200 else ["0", "1", "2", "new"])


async def test_a_removed_banner_is_gone_at_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    banner = await make_banner("a")
    assert await shown(client) == ["a"]
    assert (await client.delete(f"{BANNERS}/{banner.id}", headers=headers)).status_code == 204
    assert await shown(client) == []
    (row,) = await audited("banner.removed")
    assert row["before"]["title"] == "a"
    again = [
        await client.delete(f"{BANNERS}/{banner.id}", headers=headers),
        await client.get(f"{BANNERS}/{banner.id}", headers=headers),
        await client.patch(f"{BANNERS}/{banner.id}", json={"title": "b"}, headers=headers),
        await client.patch(f"{BANNERS}/{banner.id}/active", json={"is_active": True}, headers=headers),
    ]
    assert [code(answer) for answer in again] == [(404, "BANNER_NOT_FOUND")] * 4


async def test_the_list_has_every_state_and_filters_it(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    now, hour = clock.now(), timedelta(hours=1)
    await make_banner("showing", starts_at=now - hour)
    await make_banner("scheduled", starts_at=now + hour)
    await make_banner("ended", ends_at=now - hour)
    await make_banner("off", is_active=False)
    listed = (await client.get(BANNERS, headers=headers)).json()
    assert {item["title"]: item["state"] for item in listed["items"]} == {
        name: name for name in ("showing", "scheduled", "ended", "off")
    }
    for state in ("showing", "scheduled", "ended", "off"):
        found = (await client.get(BANNERS, params={"state": state, "type": "banner"}, headers=headers)).json()
        assert ([item["title"] for item in found["items"]], found["total"]) == ([state], 1)
    second = (await client.get(BANNERS, params={"page": 2, "size": 3}, headers=headers)).json()
    assert (len(second["items"]), second["total"]) == (1, 4)
    for bad in ({"state": "on"}, {"type": "x"}, {"size": "101"}, {"sort": "id"}):
        assert code(await client.get(BANNERS, params=bad, headers=headers)) == (422, "VALIDATION_ERROR")
    with captured_sql() as statements:
        await client.get(BANNERS, headers=headers)
    assert len([one for one in statements if "banner" in one]) == 2


async def test_only_staff_with_the_permission_see_and_change_banners(client: httpx.AsyncClient) -> None:
    banner = await make_banner("a")
    reader = await headers_with(client, "banner:read")
    other = await headers_with(client, "promotion:write", "upload:write")
    assert (await client.get(BANNERS, headers=reader)).status_code == 200
    assert (await client.get(f"{BANNERS}/{banner.id}", headers=reader)).json()["title"] == "a"
    calls = [
        ("POST", BANNERS, {}),
        ("PATCH", f"{BANNERS}/{banner.id}", {"title": "b"}),
        ("PATCH", f"{BANNERS}/reorder", {"ids": [banner.id]}),
        ("PATCH", f"{BANNERS}/{banner.id}/active", {"is_active": False}),
        ("DELETE", f"{BANNERS}/{banner.id}", None),
    ]
    for method, path, body in calls:
        for headers, status in ((reader, 403), (other, 403), ({}, 401)):
            answer = await client.request(method, path, json=body, headers=headers)
            assert answer.status_code == status, (method, path)
    assert (await client.get(BANNERS, headers=other)).status_code == 403
    assert await shown(client) == ["a"]
    assert await AuditLog.filter(action__startswith="banner.").count() == 0


@pytest.mark.fault("M20")
async def test_a_period_that_is_over_is_told(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    now = clock.now()
    past = {"starts_at": (now - timedelta(days=9)).isoformat(), "ends_at": (now - timedelta(days=2)).isoformat()}
    banner = await made(client, headers, **past)
    assert [one["code"] for one in banner["warnings"]] == ["PERIOD_ENDED"]
    later = {"ends_at": (now + timedelta(days=2)).isoformat()}
    changed = await client.patch(f"{BANNERS}/{banner['id']}", json=later, headers=headers)
    assert (changed.status_code, changed.json()["warnings"]) == (200, [])
