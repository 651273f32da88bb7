"""What is exported is imported again without a change, in every kind of file."""

from typing import Any

import httpx
import pytest

from src.app.product.models import Product, ProductImage, StockLedger, Variant
from src.common.models import AuditLog
from tests.app.product.editing.support import NOTICE, at, made, read, store
from tests.app.product.sheets.support import csv_rows, exported, file_of, imported, xlsx_rows
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer

PRODUCTS = "/api/v1/admin/products"
KINDS = [("csv", "utf-8"), ("csv", "cp949"), ("xlsx", "")]
FIRST = {
    "product_code": "01201110",
    "name": "=SUM(1+1) 스탠드백",
    "brand": "@골프",
    "description": '\'=따옴표로 시작, 쉼표와 "따옴표"',
    "detail": "-첫 줄\n둘째 줄 &#48; ⏳ 😀 _x0041_",
    "discount": {
        "option": "percent",
        "value": 15,
        "starts_at": "2026-12-01T00:00:00.250000+09:00",
        "ends_at": "2027-01-01T00:00:00+09:00",
    },
    "specs": [{"name": "무게: 총", "value": "2.3kg: 약"}, {"name": "역\\슬래시", "value": "-"}],
    "notice": NOTICE,
    "sale_status": "STOPPED",
    "display_status": "HIDDEN",
}


async def a_shop(client: httpx.AsyncClient, headers: dict[str, str]) -> list[int]:
    """Products with everything that a sheet can hold."""
    bags = await make_category("bags")
    stand, new_in = await make_category("stand", parent=bags), await make_category("new")
    pictures = store("a.webp", "b.webp", "c.webp")
    colors = [
        {
            "color": "블랙",
            "color_code": "#111111",
            "images": [{"path": pictures[0]}, {"path": pictures[1], "alt": "뒷모습"}],
            "sizes": [{"size": "S", "stock": 3}, {"size": "M", "sku": "-".join(["X", "M"]), "stock": 0}],
        },
        {"color": "+화이트", "color_code": "#FFFFFF", "images": pictures[2:], "sizes": [{"size": "９호", "stock": 7}]},
    ]
    full = await made(client, headers, stand, **FIRST, category_ids=[stand.id, new_in.id], options=colors)
    plain = await made(client, headers, bags, product_code="PLAIN", options=[{**colors[0], "sizes": [{"size": "F"}]}])
    bare = await made(client, headers, bags, product_code="BARE", options=[{**colors[1], "sizes": [{"size": "F"}]}])
    gone = await client.put(
        f"{PRODUCTS}/{bare['id']}/options", json={"options": []}, headers=at(headers, bare["version"])
    )
    assert gone.status_code == 200, gone.text
    return [full["id"], plain["id"], bare["id"]]


@pytest.mark.parametrize(("kind", "encoding"), KINDS)
async def test_an_export_is_imported_again_without_a_change(
    client: httpx.AsyncClient, kind: str, encoding: str
) -> None:
    headers = await staff_bearer(client)
    ids = await a_shop(client, headers)
    before = [await read(client, headers, id_) for id_ in ids]
    asked = {"encoding": encoding} if encoding else {}
    content = await exported(client, headers, kind, **asked)
    audits = await AuditLog.all().count()

    task = await imported(client, headers, content, name=f"products.{kind}")

    assert task["status"] == "finished", task
    assert task["result"]["products"] == {"created": 0, "updated": 0, "unchanged": 3, "failed": 0}, task["result"]
    assert task["result"]["rows"] == {"created": 0, "updated": 0, "unchanged": 5, "failed": 0}
    assert [await read(client, headers, id_) for id_ in ids] == before
    assert await AuditLog.all().count() == audits + 2  # asked and done
    report = csv_rows(await file_of(client, headers, task, "report"))
    assert [line["결과"] for line in report] == ["변경 없음"] * 5
    assert await exported(client, headers, kind, **asked) == content or kind == "xlsx"


@pytest.mark.parametrize(("kind", "encoding"), KINDS)
async def test_an_export_makes_the_same_shop_anew(client: httpx.AsyncClient, kind: str, encoding: str) -> None:
    headers = await staff_bearer(client)
    (full, *_) = await a_shop(client, headers)
    before = await read(client, headers, full)
    asked = {"encoding": encoding} if encoding else {}
    content = await exported(client, headers, kind, product_code="01201110", **asked)
    for model in (ProductImage, StockLedger, Variant, Product):
        await model.all().delete()

    task = await imported(client, headers, content)

    assert task["result"]["products"]["created"] == 1, task
    after = await read(client, headers, (await Product.get(product_code="01201110")).id)
    changing = ("id", "version", "created_at", "updated_at", "released_at", "options")
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }
    assert plain_options(after) == plain_options(before)


def plain_options(product: dict[str, Any]) -> list[Any]:
    """Colours, pictures and sizes without their ids."""
    return [
        (
            option["color"],
            option["color_code"],
            [image["path"] for image in option["images"]],
            [(size["sku"], size["size"], size["stock"]) for size in option["sizes"]],
        )
        for option in product["options"]
    ]


async def test_cells_of_an_xlsx_are_texts_and_never_formulas(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    await a_shop(client, headers)
    rows = xlsx_rows(await exported(client, headers, "xlsx", product_code="01201110"))
    assert (rows[0]["상품코드"], rows[0]["상품명"], rows[0]["상품가"]) == ("01201110", "=SUM(1+1) 스탠드백", "100000")


async def test_what_begins_like_a_formula_is_guarded_in_a_csv(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    await a_shop(client, headers)
    (first, *_) = csv_rows(await exported(client, headers, product_code="01201110"))
    assert (first["상품명"], first["브랜드"]) == ("'=SUM(1+1) 스탠드백", "'@골프")
    assert first["간단설명"] == f"'{FIRST['description']}"


async def test_filters_and_order_are_those_of_the_list(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    for number in range(120):
        await make_product(code=f"P{number:03d}", price=1_000 + number % 7, name=f"가방 {number % 3}")
    for sort in ("newest", "oldest", "updated", "name", "code", "price_asc", "price_desc"):
        listed = [
            item["product_code"]
            for page in (1, 2)
            for item in (
                await client.get(PRODUCTS, params={"sort": sort, "page": page, "size": 100}, headers=headers)
            ).json()["items"]
        ]
        content = await exported(client, headers, sort=sort)
        assert [line["상품코드"] for line in csv_rows(content)] == listed, sort
    some = csv_rows(await exported(client, headers, name="가방 1", status="on_sale", max_price=1_002))
    assert len(some) == len([number for number in range(120) if number % 3 == 1 and number % 7 <= 2])
