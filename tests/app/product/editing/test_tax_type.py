"""Staff say which products contain no VAT: in the form, in bulk and by sheet."""

from typing import Any

import httpx

from src.app.product.models import Product, TaxType
from tests.app.auth.support import API
from tests.app.product.sheets.support import as_csv, as_xlsx, imported, row
from tests.app.staff.people import audited
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer

PATH = f"{API}/admin/products"


async def tax_of(code: str) -> TaxType:
    return (await Product.get(product_code=code)).tax_type


async def test_a_new_product_is_taxable_unless_staff_say_otherwise(client: httpx.AsyncClient) -> None:
    staff, category = await staff_bearer(client), await make_category("bags")
    body: dict[str, Any] = {
        "product_code": "BOOK-1",
        "name": "골프 입문서",
        "origin_price": 15_000,
        "category_ids": [category.id],
        "options": [{"color": "기본", "color_code": "#111111", "sizes": [{"size": "FREE", "stock": 1}]}],
    }
    made = await client.post(PATH, json={**body, "tax_type": "TAX_FREE"}, headers=staff)
    assert (made.status_code, made.json()["tax_type"]) == (201, "TAX_FREE")
    assert (await client.get(f"{API}/products/BOOK-1")).json()["tax_type"] == "TAX_FREE"
    plain = await client.post(PATH, json={**body, "product_code": "BOOK-2"}, headers=staff)
    assert plain.json()["tax_type"] == "TAXABLE"
    copied = await client.post(f"{PATH}/{made.json()['id']}/copy", json={"product_code": "BOOK-3"}, headers=staff)
    assert copied.json()["tax_type"] == "TAX_FREE"
    wrong = await client.post(PATH, json={**body, "product_code": "BOOK-4", "tax_type": "ZERO"}, headers=staff)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "tax_type")


async def test_it_is_changed_alone_or_in_bulk(client: httpx.AsyncClient) -> None:
    staff, product, other = await staff_bearer(client), await make_product(code="A"), await make_product(code="B")
    answer = await client.patch(f"{PATH}/{product.id}", json={"tax_type": "TAX_FREE"}, headers=staff)
    assert (answer.status_code, answer.json()["tax_type"]) == (200, "TAX_FREE")
    bulk = await client.patch(
        f"{PATH}/bulk", json={"ids": [product.id, other.id], "tax_type": "TAX_FREE"}, headers=staff
    )
    assert [item["outcome"] for item in bulk.json()["items"]] == ["unchanged", "changed"]
    assert await tax_of("B") == TaxType.TAX_FREE
    rows = [each for each in await audited("product.changed") if "tax_type" in each["after"]]
    assert [(each["before"]["tax_type"], each["after"]["tax_type"]) for each in rows] == [("TAXABLE", "TAX_FREE")] * 2
    listed = (await client.get(PATH, headers=staff)).json()["items"]
    assert {each["tax_type"] for each in listed} == {"TAX_FREE"}


async def test_a_sheet_says_it_in_korean_or_english_and_an_export_comes_back(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    await make_category("bags")
    await imported(client, staff, as_csv(row("A", tax_type="면세"), row("B", tax_type="taxable"), row("C")))
    assert [await tax_of(code) for code in "ABC"] == [TaxType.TAX_FREE, TaxType.TAXABLE, TaxType.TAXABLE]
    exported = await client.get(f"{PATH}/export.csv", headers=staff)
    assert "과세구분" in exported.text
    before = await Product.all().order_by("id").values("product_code", "tax_type", "version")
    await imported(client, staff, exported.content)
    assert await Product.all().order_by("id").values("product_code", "tax_type", "version") == before
    await imported(
        client, staff, as_xlsx({"product_code": "A", "tax_type": "과세"}, {"product_code": "B", "tax_type": "영세율"})
    )
    assert [await tax_of(code) for code in "AB"] == [TaxType.TAXABLE, TaxType.TAXABLE]
