"""옵션 추가금: what a size costs beyond its product, from the back-office to the order."""

import secrets
from typing import Any

import httpx
import pytest

from src.app.order.models import OrderLine
from src.app.product.models import Product, Variant
from tests.app.product.sheets.support import as_csv, counts, csv_rows, exported, imported, more, reasons, row
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_category, make_product, variants_of
from tests.factories.orders import API, order_of, place

PERMISSIONS = ("product:read", "product:write", "stock:adjust", "upload:write")


async def put_options(client: httpx.AsyncClient, product: Product, extra: Any) -> httpx.Response:
    """Give the product's one size this extra price; None leaves it out."""
    headers = await headers_with(client, *PERMISSIONS)
    url = f"{API}/admin/products/{product.id}"
    form = await client.get(url, headers=headers)
    option = form.json()["options"][0]
    size = {"variant_id": option["sizes"][0]["variant_id"], "size": "S"}
    if extra is not None:
        size["extra_price"] = extra
    wanted = {"id": option["id"], "color": option["color"], "color_code": "#111111", "sizes": [size]}
    return await client.put(
        f"{url}/options", json={"options": [wanted]}, headers={**headers, "If-Match": form.headers["etag"]}
    )


@pytest.mark.usefixtures("empty")
async def test_an_extra_price_is_shown_priced_and_bought(client: httpx.AsyncClient) -> None:
    product = await make_product(price=9_000, origin_price=10_000)
    [variant] = await variants_of(product)
    answer = await put_options(client, product, 2_000)
    assert answer.status_code == 200, answer.text
    assert answer.json()["options"][0]["sizes"][0]["extra_price"] == 2_000

    shown = (await client.get(f"{API}/products/{product.product_code}")).json()
    assert (shown["price"], shown["options"][0]["sizes"][0]["extra_price"]) == (9_000, 2_000)
    items = [{"variant_id": variant.id, "quantity": 2}]
    (line,) = (await client.post(f"{API}/cart/quote", json={"items": items})).json()["lines"]
    assert (line["origin_price"], line["unit_price"], line["extra_price"]) == (12_000, 11_000, 2_000)
    assert line["line_total"] == 22_000
    cart = await client.post(f"{API}/cart/items", json=items[0], headers={"X-Cart-Token": secrets.token_urlsafe(16)})
    (item,) = cart.json()["items"]
    assert (item["unit_price"], item["extra_price"], item["line_total"]) == (11_000, 2_000, 22_000)

    placed = await place(client, (variant.id, 2))
    assert placed.total == 24_500
    bought = await OrderLine.get(order_id=(await order_of(placed)).id)
    assert (bought.origin_price, bought.unit_price, bought.extra_price) == (12_000, 11_000, 2_000)


@pytest.mark.usefixtures("empty")
async def test_an_edit_without_it_keeps_it_and_a_wrong_one_is_refused(client: httpx.AsyncClient) -> None:
    product = await make_product()
    [variant] = await variants_of(product)
    assert (await put_options(client, product, 500)).status_code == 200

    assert (await put_options(client, product, None)).status_code == 200

    assert (await Variant.get(id=variant.id)).extra_price == 500
    for wrong in (-1, 100_000_001, "500", 1.5):
        assert (await put_options(client, product, wrong)).status_code == 422, wrong
    assert (await put_options(client, product, 0)).status_code == 200
    assert (await Variant.get(id=variant.id)).extra_price == 0


@pytest.mark.usefixtures("empty")
async def test_sheets_carry_it_both_ways(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *PERMISSIONS)
    await make_category("bags")
    task = await imported(client, headers, as_csv(row(extra_price="2,000원"), more(size="XL", extra_price="")))
    assert counts(task)[0] == 1, reasons(task)
    assert [size.extra_price for size in await Variant.all().order_by("id")] == [2_000, 0]

    (first, second) = csv_rows(await exported(client, headers))
    assert (first["옵션추가금"], second["옵션추가금"]) == ("2000", "0")
    task = await imported(client, headers, as_csv(more(size="XL", extra_price="1500")))

    assert counts(task)[1] == 1, reasons(task)
    assert [size.extra_price for size in await Variant.all().order_by("id")] == [2_000, 1_500]
    task = await imported(client, headers, as_csv(more(size="XL", extra_price="-1")))
    assert [(line, column) for line, column, _ in reasons(task)] == [(2, "옵션추가금")]
