"""The shop's brand and legal details."""

import asyncio
import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from src.app.shop.dtos.requests import INFO
from src.app.shop.models import Branding, ShopInfo
from src.common import clock
from src.common.media.sweeping import sweep_orphan_images
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with
from tests.factories.people import make_staff, staff_bearer
from tests.factories.pictures import animation, picture, stored_files, uploaded

PUBLIC = "/api/v1/shop/info"
BRANDING = "/api/v1/admin/shop/branding"
SELLER = "/api/v1/admin/shop/info"


async def test_a_new_shop_has_a_name_and_nothing_else(client: httpx.AsyncClient) -> None:
    answer = await client.get(PUBLIC)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["shop_name"], body["logo"], body["favicon"]) == ("Micgolf", None, None)
    assert {body[name] for name in INFO} == {""}
    assert body["business_check_url"] == ""
    assert (await client.get(PUBLIC, headers={"If-None-Match": answer.headers["etag"]})).status_code == 304
    headers = await staff_bearer(client)
    assert (await client.get(BRANDING, headers=headers)).json()["updated_at"] is None
    assert (await client.get(SELLER, headers=headers)).json()["updated_at"] is None


async def test_a_logo_shows_at_once_and_can_be_taken_away(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    assert (await client.get(PUBLIC)).json()["logo"] is None
    logo = await uploaded(client, headers, picture(500, 100))
    icon = await uploaded(client, headers, picture(64, 64))

    body = {"shop_name": "믹골프", "logo": {"upload_id": logo["id"]}, "favicon": {"image_path": icon["path"]}}
    for _ in range(2):
        answer = await client.put(BRANDING, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
    public = (await client.get(PUBLIC)).json()
    assert public["shop_name"] == "믹골프"
    assert public["logo"] == {"path": logo["path"], "url": logo["url"], "sizes": logo["sizes"], "slices": []}
    assert public["favicon"]["url"] == icon["url"]
    png = await client.get(public["favicon_png_url"])
    assert png.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(png.content)) as drawn:
        assert (drawn.format, drawn.size, drawn.mode) == ("PNG", (180, 180), "RGBA")
    (row,) = await audited("branding.changed")
    assert (row["actor"], row["after"]["logo_path"]) == (f"staff:{boss.id}", logo["path"])

    await client.put(BRANDING, json={"shop_name": "믹골프", "logo": None, "favicon": None}, headers=headers)
    assert (await client.get(PUBLIC)).json()["logo"] is None
    assert (await audited("branding.changed"))[1]["before"] == {"logo_path": logo["path"], "favicon_path": icon["path"]}


async def test_a_wide_icon_is_square_and_see_through_and_goes_with_its_upload(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    icon = await uploaded(client, headers, animation(width=400, height=100))
    body = {"shop_name": "믹골프", "logo": None, "favicon": {"upload_id": icon["id"]}}
    address = (await client.put(BRANDING, json=body, headers=headers)).json()["favicon_png_url"]
    with Image.open(io.BytesIO((await client.get(address)).content)) as drawn:
        assert [drawn.getchannel("A").getpixel(point) for point in ((90, 5), (90, 90), (90, 175))] == [0, 255, 0]

    await client.put(BRANDING, json={**body, "favicon": None}, headers=headers)
    with clock.as_of(clock.now() + timedelta(days=2)):
        await sweep_orphan_images()
    assert (await client.get(address)).status_code == 404
    assert not [path for path in stored_files() if path.name.startswith(icon["path"].rpartition("/")[2][:40])]


async def test_an_icon_that_is_no_upload_changes_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    lost = "uploads/1/9f/" + "9f" * 20 + "-1a2b3c4d-64x64.webp"
    for favicon in ({"upload_id": 999_999}, {"image_path": lost}):
        body = {"shop_name": "다른 이름", "logo": None, "favicon": favicon}
        assert code(await client.put(BRANDING, json=body, headers=headers)) == (422, "UPLOAD_NOT_FOUND")
    assert (await client.get(PUBLIC)).json()["shop_name"] == "Micgolf"


@pytest.mark.parametrize(
    "changes",
    [
        {"shop_name": ""},
        {"shop_name": "x" * 61},
        {"shop_name": "믹\u0007골프"},
        {"logo": {}},
        {"logo": {"upload_id": 1, "image_path": "uploads/1/a.webp"}},
        {"logo": {"image_path": "../secret"}},
        {"logo": "uploads/1/a.webp"},
        {"colour": "red"},
    ],
)
async def test_a_bad_brand_changes_nothing(client: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    body = {"shop_name": "믹골프", "logo": None, "favicon": None, **changes}
    assert code(await client.put(BRANDING, json=body, headers=await staff_bearer(client))) == (422, "VALIDATION_ERROR")
    assert await Branding.all().count() == 0


async def test_a_brand_is_put_as_a_whole(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    assert code(await client.put(BRANDING, json={"shop_name": "믹골프"}, headers=headers)) == (422, "VALIDATION_ERROR")
    unknown = {"shop_name": "믹골프", "logo": {"upload_id": 987}, "favicon": None}
    assert code(await client.put(BRANDING, json=unknown, headers=headers)) == (422, "UPLOAD_NOT_FOUND")
    assert await Branding.all().count() == 0


async def test_the_seller_shows_at_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    assert (await client.get(PUBLIC)).json()["company_name"] == ""

    answer = await client.put(SELLER, json={**INFO, "business_number": "1234567891"}, headers=headers)

    assert answer.status_code == 200, answer.text
    public = (await client.get(PUBLIC)).json()
    assert {name: public[name] for name in INFO} == INFO
    assert public["business_check_url"] == "https://www.ftc.go.kr/bizCommPop.do?wrkr_no=1234567891"
    assert (await client.get(SELLER, headers=headers)).json()["updated_at"].endswith("+09:00")

    await client.put(SELLER, json={**INFO, "phone": "1588-0000"}, headers=headers)
    rows = await audited("shop_info.changed")
    assert (rows[1]["before"], rows[1]["after"]) == ({"phone": "02-1234-5678"}, {"phone": "1588-0000"})


async def test_what_is_not_entered_yet_is_empty(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await client.put(SELLER, json=dict.fromkeys(INFO, ""), headers=headers)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("business_number", "123-45-67890"),
        ("business_number", "12345678910"),
        ("business_number", "١٢٣٤٥٦٧٨٩١"),
        ("phone", "call us"),
        ("phone", "02-"),
        ("email", "help"),
        ("representative", "김대표\u0000"),
        ("representative", "<b>"),
        ("company_name", "x" * 101),
        ("mail_order_number", "x" * 41),
        ("address", None),
        ("hosting_provider", 5),
        ("shop_name", "x"),
    ],
)
async def test_bad_details_change_nothing(client: httpx.AsyncClient, field: str, value: Any) -> None:
    answer = await client.put(SELLER, json={**INFO, field: value}, headers=await staff_bearer(client))
    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"].split(".")[0] == field
    assert await ShopInfo.all().count() == 0


async def test_the_first_two_changes_at_once_leave_one_whole_row(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    both = [{**INFO, "company_name": name, "address": name} for name in ("하나", "둘")]
    answers = await asyncio.gather(*(client.put(SELLER, json=body, headers=headers) for body in both))
    assert sorted(answer.status_code for answer in answers) in ([200, 200], [200, 412])
    (row,) = await ShopInfo.all()
    assert row.company_name == row.address
    assert len(await audited("shop_info.changed")) == sum(answer.status_code == 200 for answer in answers)

    logos = [await uploaded(client, headers) for _ in range(2)]
    brands = [
        {"shop_name": "A", "logo": {"upload_id": logos[0]["id"]}, "favicon": {"upload_id": logos[1]["id"]}},
        {"shop_name": "B", "logo": {"upload_id": logos[1]["id"]}, "favicon": {"upload_id": logos[0]["id"]}},
    ]
    answers = await asyncio.gather(*(client.put(BRANDING, json=body, headers=headers) for body in brands * 2))
    assert {answer.status_code for answer in answers} <= {200, 412}
    (brand,) = await Branding.all()
    expected = {"A": logos[0]["path"], "B": logos[1]["path"]}
    assert brand.logo_path == expected[brand.shop_name]


async def test_only_staff_with_the_permission_change_the_shop(client: httpx.AsyncClient) -> None:
    reader = await headers_with(client, "banner:read", "settings:read")
    brander, setter = await headers_with(client, "banner:write"), await headers_with(client, "settings:write")
    brand = {"shop_name": "믹골프", "logo": None, "favicon": None}
    assert (await client.get(BRANDING, headers=reader)).status_code == 200
    assert (await client.get(SELLER, headers=reader)).status_code == 200
    for headers, status in ((reader, 403), (setter, 403), ({}, 401), (brander, 200)):
        assert (await client.put(BRANDING, json=brand, headers=headers)).status_code == status
    for headers, status in ((reader, 403), (brander, 403), ({}, 401), (setter, 200)):
        assert (await client.put(SELLER, json=INFO, headers=headers)).status_code == status
    assert (await client.get(SELLER, headers=brander)).status_code == 403
