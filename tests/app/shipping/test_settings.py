"""Staff edit the shipping rules; quotes and orders follow."""

import asyncio
import io
from typing import Any

import httpx
import openpyxl
import pytest

from src.app.order.models import Order
from src.app.shipping.models import ShippingProductFee, ShippingRule, ShippingSurcharge
from tests.app.auth.support import API
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import SHIPPING, order_body, post_order
from tests.factories.people import make_staff, staff_bearer

PATH = f"{API}/admin/settings/shipping"
IMPORT = f"{PATH}/surcharges/import"
JEJU = {"area": "JEJU", "name": "제주", "zipcode_from": "63000", "zipcode_to": "63644", "fee": 3000}
RULES: dict[str, Any] = {
    "base_fee": 3000,
    "free_from": 70000,
    "return_fee": 3500,
    "exchange_fee": 7000,
    "methods": ["PARCEL"],
    "product_fees": [],
    "surcharges": [JEJU],
}
HEAD = "구분,지역명,우편번호 시작,우편번호 끝,추가배송비\r\n"


async def put(
    client: httpx.AsyncClient, staff: dict[str, str], *, version: int | None = None, **changes: Any
) -> httpx.Response:
    tag = (await client.get(PATH, headers=staff)).headers["etag"] if version is None else f'"{version}"'
    return await client.put(PATH, json={**RULES, **changes}, headers={**staff, "If-Match": tag})


async def imported(client: httpx.AsyncClient, staff: dict[str, str], content: str | bytes, **fields: Any) -> Any:
    body = content.encode() if isinstance(content, str) else content
    files = {"file": ("zones", body, "application/octet-stream")}
    return await client.post(IMPORT, files=files, data=fields, headers=staff)


async def quoted(client: httpx.AsyncClient, *lines: tuple[int, int], zipcode: str | None = None) -> dict[str, Any]:
    items = [{"variant_id": variant_id, "quantity": quantity} for variant_id, quantity in lines]
    answer = await client.post(f"{API}/cart/quote", json={"items": items, "zipcode": zipcode})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def zones(client: httpx.AsyncClient, staff: dict[str, str]) -> list[tuple[str, str, int]]:
    listed = (await client.get(PATH, headers=staff)).json()["surcharges"]
    return [(each["zipcode_from"], each["zipcode_to"], each["fee"]) for each in listed]


async def test_a_new_shop_has_the_defaults_as_version_one(client: httpx.AsyncClient) -> None:
    answer = await client.get(PATH, headers=await staff_bearer(client))
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    body = answer.json()
    assert (body["base_fee"], body["free_from"], body["version"], body["updated_at"]) == (2500, 100000, 1, None)
    assert len(body["surcharges"]) == 8
    public = (await client.get(f"{API}/shipping/fees")).json()
    assert public["areas"] == [
        {"area": "JEJU", "lowest": 3000, "highest": 3000},
        {"area": "ISLAND", "lowest": 5000, "highest": 5000},
    ]


async def test_an_edit_is_a_new_version_that_quote_and_order_use_at_once(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    staff = await staff_bearer(client, boss)
    bag = await make_variant(price=20_000)
    assert (await client.get(f"{API}/shipping/fees")).json()["base_fee"] == 2500
    fees = [{"product_id": bag.product_id, "fee": 5000, "per": "UNIT"}]
    answer = await put(client, staff, product_fees=fees, methods=["VISIT", "PARCEL", "VISIT"])
    assert answer.status_code == 200, answer.text
    assert (answer.json()["version"], answer.headers["etag"], answer.json()["methods"]) == (
        2,
        '"2"',
        ["PARCEL", "VISIT"],
    )
    assert answer.json()["product_fees"][0]["product_code"]

    quote = await quoted(client, (bag.id, 2), zipcode="63100")
    assert quote["shipping_rows"] == [
        {"kind": "PRODUCT", "amount": 10000, "product_id": bag.product_id, "variant_id": bag.id},
        {"kind": "SURCHARGE", "amount": 3000, "product_id": None, "variant_id": None},
    ]
    assert (quote["shipping_fee"], quote["return_fee"], quote["exchange_fee"]) == (13000, 3500, 7000)
    body = order_body((bag.id, 2), expected_total=53_000, shipping={**SHIPPING, "zipcode": "63100"})
    assert (await post_order(client, body)).status_code == 201
    order = await Order.get()
    assert (order.shipping_fee, order.shipping_version) == (13_000, 2)

    public = (await client.get(f"{API}/shipping/fees")).json()
    assert (public["base_fee"], public["product_fees"], public["version"]) == (3000, fees, 2)
    (row,) = await audited("shipping.changed")
    assert (row["actor"], row["before"]["version"], row["after"]["version"]) == (f"staff:{boss.id}", 1, 2)
    assert (row["before"]["base_fee"], row["after"]["base_fee"]) == (2500, 3000)


async def test_former_versions_stay_readable_and_equal_rules_make_none(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    await put(client, staff)
    assert (await put(client, staff)).json()["version"] == 2
    assert (await put(client, staff, base_fee=0, free_from=None, surcharges=None)).json()["version"] == 3
    assert await zones(client, staff) == [("63000", "63644", 3000)]
    former = (await client.get(PATH, params={"version": 2}, headers=staff)).json()
    assert (former["base_fee"], former["free_from"]) == (3000, 70000)
    assert (await client.get(PATH, headers=staff)).json()["free_from"] is None
    first = (await client.get(PATH, params={"version": 1}, headers=staff)).json()
    assert (first["base_fee"], len(first["surcharges"])) == (2500, 8)
    missing = await client.get(PATH, params={"version": 4}, headers=staff)
    assert (missing.status_code, missing.json()["code"]) == (404, "SHIPPING_VERSION_NOT_FOUND")
    assert len(await audited("shipping.changed")) == 2


async def test_of_two_edits_of_one_version_one_is_stale(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    for version in (1, 2):
        answers = await asyncio.gather(
            *(put(client, staff, version=version, base_fee=version * 1_000 + n) for n in range(1, 3))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412]
        stale = next(answer for answer in answers if answer.status_code == 412)
        assert stale.json()["current"]["version"] == version + 1
    versions: list[Any] = await ShippingRule.all().order_by("version").values_list("version", flat=True)
    assert versions == [1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"base_fee": -1}, "base_fee"),
        ({"base_fee": 2_500.0}, "base_fee"),
        ({"methods": []}, "methods"),
        ({"methods": ["DRONE"]}, "methods.0"),
        ({"surcharges": [{**JEJU, "zipcode_to": "63645"}]}, "surcharges.0.zipcode_to"),
        ({"surcharges": [{**JEJU, "zipcode_from": "00999"}]}, "surcharges.0.zipcode_from"),
        ({"surcharges": [{**JEJU, "zipcode_to": "62999"}]}, "surcharges.0"),
        ({"product_fees": [{"product_id": 1, "fee": 1, "per": "UNIT"}] * 2}, "product_fees"),
    ],
)
async def test_rules_that_make_no_sense_are_refused(
    client: httpx.AsyncClient, changes: dict[str, Any], field: str
) -> None:
    answer = await put(client, await staff_bearer(client), **changes)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == field
    assert await ShippingRule.all().count() == 0


async def test_an_own_fee_of_an_unknown_product_is_refused_but_may_stay(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    gone: dict[str, Any] = {"product_id": 987_654, "fee": 1, "per": "ORDER"}
    answer = await put(client, staff, product_fees=[gone])
    assert (answer.status_code, answer.json()["code"]) == (422, "FEE_PRODUCTS_UNKNOWN")
    assert answer.json()["product_ids"] == [987_654]
    await put(client, staff)
    await ShippingProductFee.create(version=2, **gone)
    answer = await put(client, staff, base_fee=1, product_fees=[gone])
    assert (answer.status_code, answer.json()["product_fees"][0]["name"]) == (200, None)


async def test_reading_and_writing_need_their_permissions(client: httpx.AsyncClient) -> None:
    reader = await headers_with(client, "settings:read", "settings:write")
    assert (await put(client, reader)).status_code == 403
    assert (await imported(client, reader, HEAD)).status_code == 403
    writer = await headers_with(client, "shipping:write")
    assert (await put(client, writer, version=1)).status_code == 200
    assert (await client.get(PATH, headers=writer)).status_code == 403


async def test_a_sheet_refines_the_zipcodes(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    await put(client, staff)
    sheet = f'{HEAD}제주,우도,６３３６５,,7000원\r\n도서산간,,4000,40240,"5,000"\r\n제주,,63500,63644,0\r\n'
    dry = await imported(client, staff, sheet, dry_run="true")
    assert dry.status_code == 200, dry.text
    assert dry.json() == {"saved": False, "rows": 3, "ranges": 4, "version": 2, "problems": []}
    assert await zones(client, staff) == [("63000", "63644", 3000)]

    saved = (await imported(client, staff, sheet)).json()
    assert (saved["saved"], saved["version"], saved["ranges"]) == (True, 3, 4)
    after = [("04000", "40240", 5000), ("63000", "63364", 3000), ("63365", "63365", 7000), ("63366", "63499", 3000)]
    assert await zones(client, staff) == after
    again = (await imported(client, staff, sheet)).json()
    assert (again["saved"], again["version"]) == (False, 3)
    assert [row["after"]["version"] for row in await audited("shipping.changed")] == [2, 3]

    replaced = (await imported(client, staff, f"{HEAD}JEJU,제주,63000,63644,4000\n", replace="true")).json()
    assert (replaced["version"], await zones(client, staff)) == (4, [("63000", "63644", 4000)])


async def test_a_sheet_with_problems_names_each_row_and_saves_nothing(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    rows = (
        "제주,,63000,63100,3000",
        "섬,,63200,,3000",
        "제주,,00999,,3000",
        "제주,,63300,63645,3000",
        "제주,,63400,63300,3000",
        "제주,,63401,,-1",
        "제주,,63050,63060,4000",
        f"제주,{'가' * 51},63402,,1",
    )
    answer = (await imported(client, staff, HEAD + "\r\n".join(rows))).json()
    assert (answer["saved"], answer["rows"], answer["version"]) == (False, 8, 1)
    assert [(each["row"], each["column"]) for each in answer["problems"]] == [
        (3, "구분"),
        (4, "우편번호 시작"),
        (5, "우편번호 끝"),
        (6, "우편번호 끝"),
        (7, "추가배송비"),
        (8, "우편번호 시작"),
        (9, "지역명"),
    ]
    assert "2행" in answer["problems"][5]["message_ko"]
    assert await ShippingSurcharge.filter(version__gt=1).count() == 0


async def test_files_that_are_no_such_sheet_are_refused(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    wrong = await imported(client, staff, "구분,우편번호 시작,배송비\n제주,63000,1\n")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "SHEET_HEADER_WRONG")
    assert (wrong.json()["missing"], wrong.json()["unknown"]) == (["추가배송비"], ["배송비"])
    large = await imported(client, staff, HEAD + "제주,,63000,,1\n" * 3_001)
    assert (large.status_code, large.json()["limit"]) == (413, 3_000)
    many = "".join(f"제주,,{63_000 - 2 * n:05d},,{n % 2 + 1}\n" for n in range(2_995))
    assert (await imported(client, staff, HEAD + many)).json()["code"] == "TOO_MANY_SURCHARGES"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_an_exported_list_comes_back_unchanged(client: httpx.AsyncClient, kind: str) -> None:
    staff = await staff_bearer(client)
    await put(
        client, staff, surcharges=[JEJU, {**JEJU, "area": "ISLAND", "zipcode_from": "01000", "zipcode_to": "01000"}]
    )
    exported = await client.get(f"{PATH}/surcharges/export.{kind}", headers=staff)
    assert exported.status_code == 200
    answer = (await imported(client, staff, exported.content, replace="true")).json()
    assert (answer["saved"], answer["rows"], answer["problems"]) == (False, 2, [])


async def test_zipcodes_that_a_spreadsheet_made_numbers_are_read(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    book: Any = openpyxl.Workbook()
    book.active.append(["구분", "우편번호 시작", "추가배송비"])
    book.active.append(["도서산간", 1234, 5000])
    book.active.append(["도서산간", "=1+1", 5000])
    content = io.BytesIO()
    book.save(content)
    answer = (await imported(client, staff, content.getvalue(), dry_run="true", replace="true")).json()
    assert (answer["ranges"], [(each["row"], each["column"]) for each in answer["problems"]]) == (
        1,
        [(3, "우편번호 시작")],
    )


@pytest.mark.parametrize("zipcode", ["00999", "63645", "99999", "00000"])
async def test_a_zipcode_that_korea_does_not_have_is_refused_everywhere(
    client: httpx.AsyncClient, zipcode: str
) -> None:
    variant = await make_variant()
    items = [{"variant_id": variant.id, "quantity": 1}]
    body = order_body((variant.id, 1), expected_total=12_500, shipping={**SHIPPING, "zipcode": zipcode})
    korean = {"Accept-Language": "ko"}
    answers = [
        await client.post(f"{API}/cart/quote", json={"items": items, "zipcode": zipcode}, headers=korean),
        await post_order(client, body, headers=korean),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"].endswith("zipcode")
        assert "01000부터 63644까지" in answer.json()["errors"][0]["message"]
    assert await Order.all().count() == 0


@pytest.mark.parametrize("zipcode", ["01000", "63644"])
async def test_the_first_and_the_last_zipcode_are_served(client: httpx.AsyncClient, zipcode: str) -> None:
    variant = await make_variant()
    fee = (await quoted(client, (variant.id, 1), zipcode=zipcode))["shipping_fee"]
    assert fee == (5_500 if zipcode == "63644" else 2_500)
