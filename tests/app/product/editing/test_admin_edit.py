"""GET, PATCH, DELETE and restore of /admin/products/{id}."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.order.models import OrderLine
from src.app.product.models import Product
from tests.app.auth.support import API, code
from tests.app.product.captured import captured_sql
from tests.app.product.editing.support import NOTICE, PRODUCTS, at, made, read
from tests.app.staff.people import audited
from tests.factories.carts import CART
from tests.factories.catalogue import make_category, make_product, variants_of
from tests.factories.people import staff_bearer


async def test_an_edit_counts_a_version_and_is_seen_in_the_shop_at_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    bag, cap = await make_category("bag"), await make_category("cap")
    form = await made(client, headers, bag, discount={"option": "amount", "value": 10_000}, notice=NOTICE)
    assert (await client.get(f"{API}/products/BAG-1")).json()["name"] == "투어 스탠드백"
    body = {"name": "새 이름", "origin_price": 50_000, "category_ids": [cap.id], "notice": None, "reason": "개편"}

    answer = await client.patch(f"{PRODUCTS}/{form['id']}", json=body, headers=at(headers, 1))

    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    page = (await client.get(f"{API}/products/BAG-1")).json()
    assert (page["name"], page["price"], page["notice"]) == ("새 이름", 40_000, None)
    assert page["categories"][0]["slug"] == "cap"
    assert page["slug"] == "투어-스탠드백"  # an address that is out in the world stays
    (row,) = await audited("product.changed")
    assert (row["reason"], row["before"]["name"], row["after"]["name"]) == ("개편", "투어 스탠드백", "새 이름")
    assert (row["before"]["category_ids"], row["after"]["category_ids"]) == ([bag.id], [cap.id])
    assert (row["before"]["price"], row["after"]["price"]) == (90_000, 40_000)


async def test_a_stale_or_blind_edit_changes_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"))
    address = f"{PRODUCTS}/{form['id']}"
    await client.patch(address, json={"name": "먼저"}, headers=at(headers, 1))

    stale = await client.patch(address, json={"name": "나중"}, headers=at(headers, 1))
    assert (code(stale), stale.json()["version"]) == ((412, "STALE_EDIT"), 2)
    for given in ({"If-Match": ""}, {"If-Match": "*"}, {"If-Match": "2"}, {"If-Match": '"0"'}):
        blind = await client.patch(address, json={"name": "나중"}, headers={**headers, **given})
        assert code(blind) == (428, "IF_MATCH_REQUIRED"), given
    assert (await read(client, headers, form["id"]))["name"] == "먼저"
    weak = await client.patch(address, json={"name": "나중"}, headers={**headers, "If-Match": 'W/"2"'})
    assert weak.status_code == 200


async def test_two_edits_of_one_version_at_once_one_wins(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"))
    for version in range(1, 6):
        answers = await asyncio.gather(
            *(
                client.patch(f"{PRODUCTS}/{form['id']}", json={"name": f"{version} {n}"}, headers=at(headers, version))
                for n in range(4)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        (winner,) = (answer for answer in answers if answer.status_code == 200)
        now = await read(client, headers, form["id"])
        assert (now["name"], now["version"]) == (winner.json()["name"], version + 1)
    assert len(await audited("product.changed")) == 5


async def test_the_same_again_counts_no_version(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    discount = {"option": "percent", "value": 10, "starts_at": "2020-01-01T00:00:00+09:00", "ends_at": None}
    form = await made(client, headers, await make_category("bag"), discount=discount)
    body = {
        "name": form["name"],
        "discount": form["discount_plan"],
        "specs": [],
        "category_ids": [category["id"] for category in form["categories"]],
        "sale_status": "ON_SALE",
    }

    answer = await client.patch(f"{PRODUCTS}/{form['id']}", json=body, headers=at(headers, 1))

    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert await audited("product.changed") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (422, "VALIDATION_ERROR")),
        ({"reason": "이유만"}, (422, "VALIDATION_ERROR")),
        ({"name": None}, (422, "VALIDATION_ERROR")),
        ({"stock": 5}, (422, "VALIDATION_ERROR")),
        ({"id": 5}, (422, "VALIDATION_ERROR")),
        ({"origin_price": 9_999}, (422, "DISCOUNT_ABOVE_PRICE")),  # the discount of 10,000 won that it has
        ({"category_ids": [987_654]}, (422, "CATEGORY_UNKNOWN")),
        ({"product_code": "OTHER"}, (409, "PRODUCT_CODE_TAKEN")),
        ({"slug": "product-other"}, (409, "SLUG_TAKEN")),
    ],
)
async def test_bad_edits_change_nothing(
    client: httpx.AsyncClient, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    headers = await staff_bearer(client)
    await make_product(code="OTHER")
    form = await made(client, headers, await make_category("bag"), discount={"option": "amount", "value": 10_000})

    answer = await client.patch(f"{PRODUCTS}/{form['id']}", json=body, headers=at(headers, 1))

    assert code(answer) == expected
    assert await read(client, headers, form["id"]) == form


async def test_sale_and_display_status_stay_apart(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"))

    hidden = await client.patch(f"{PRODUCTS}/{form['id']}", json={"display_status": "HIDDEN"}, headers=at(headers, 1))

    assert (hidden.json()["sale_status"], hidden.json()["display_status"]) == ("ON_SALE", "HIDDEN")
    assert (await client.get(f"{API}/products/BAG-1")).status_code == 404


async def test_an_archived_product_is_out_of_every_list_and_can_come_back(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"))
    address = f"{PRODUCTS}/{form['id']}"
    variant_id = form["options"][0]["sizes"][0]["variant_id"]
    cart = await client.post(f"{CART}/items", json={"variant_id": variant_id, "quantity": 1})
    token = {"X-Cart-Token": cart.headers["x-cart-token"]}

    for _ in range(2):
        answer = await client.request("DELETE", address, json={"reason": "단종"}, headers=headers)
        assert answer.status_code == 204

    assert len(await audited("product.archived")) == 1
    assert (await client.get(f"{API}/products")).json()["total"] == 0
    assert (await client.get(f"{API}/products/BAG-1")).status_code == 404
    assert (await client.get(PRODUCTS, headers=headers)).json()["total"] == 0
    archived = await client.get(PRODUCTS, params={"archived": True}, headers=headers)
    assert [item["id"] for item in archived.json()["items"]] == [form["id"]]
    (line,) = (await client.get(CART, headers=token)).json()["items"]
    assert (line["variant_id"], line["available"]) == (variant_id, False)
    quote = await client.post(f"{CART}/quote", json={"items": [{"variant_id": variant_id, "quantity": 1}]})
    assert code(quote) == (422, "VARIANT_NOT_FOR_SALE")
    edit = await client.patch(address, json={"sale_status": "ON_SALE"}, headers=at(headers, 2))
    assert code(edit) == (409, "PRODUCT_ARCHIVED")

    for _ in range(2):
        back = await client.post(f"{address}/restore", headers=headers)
        assert (back.status_code, back.json()["archived_at"]) == (200, None)
    assert (back.json()["sale_status"], back.json()["display_status"]) == ("STOPPED", "HIDDEN")
    again = {"sale_status": "ON_SALE", "display_status": "SHOWN"}
    assert (await client.patch(address, json=again, headers=at(headers, 3))).status_code == 200
    (line,) = (await client.get(CART, headers=token)).json()["items"]
    assert line["available"] is True


async def test_what_is_not_there_is_404(client: httpx.AsyncClient) -> None:
    headers = at(await staff_bearer(client), 1)
    address = f"{PRODUCTS}/987654321"
    answers = [
        await client.get(address, headers=headers),
        await client.patch(address, json={"name": "x"}, headers=headers),
        await client.put(f"{address}/options", json={"options": []}, headers=headers),
        await client.delete(address, headers=headers),
        await client.post(f"{address}/restore", headers=headers),
    ]
    assert {code(answer) for answer in answers} == {(404, "PRODUCT_NOT_FOUND")}


async def test_an_edit_locks_the_row_first(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"))
    with captured_sql() as statements:
        await client.patch(f"{PRODUCTS}/{form['id']}", json={"name": "x"}, headers=at(headers, 1))
    of_products = [statement for statement in statements if "FROM `product`" in statement]
    assert not of_products or "FOR UPDATE" in of_products[0]  # SQLite has one writer and no locks


async def test_price_changes_beside_orders_give_one_price_or_the_other_and_never_a_mix(
    client: httpx.AsyncClient,
) -> None:
    headers = await staff_bearer(client)
    product = await make_product(price=10_000, stock=50, colors=2)
    variants = await variants_of(product)
    lines = [{"variant_id": variant.id, "quantity": 1} for variant in variants]
    expected = (await client.post(f"{CART}/quote", json={"items": lines})).json()["total"]
    order: dict[str, Any] = {
        "items": lines,
        "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
        "shipping": {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남대로 1"},
        "pay_method": "CARD",
        "expected_total": expected,
        "agreements": {"terms": True, "privacy": True},
    }

    async def buy(n: int) -> httpx.Response:
        await asyncio.sleep(n * 0.01)
        return await client.post(f"{API}/orders", json=order, headers={"Idempotency-Key": f"order-key-{n:08d}"})

    async def edit() -> httpx.Response:
        await asyncio.sleep(0.03)
        return await client.patch(f"{PRODUCTS}/{product.id}", json={"origin_price": 20_000}, headers=at(headers, 1))

    edited, *answers = await asyncio.gather(edit(), *(buy(n) for n in range(8)))

    assert edited.status_code == 200
    assert {code(answer) for answer in answers if answer.status_code != 201} <= {(409, "PRICE_CHANGED")}
    for answer in answers:
        if answer.status_code == 201:
            assert {line["unit_price"] for line in answer.json()["lines"]} == {10_000}
    assert code(await buy(9)) == (409, "PRICE_CHANGED")
    assert set(await OrderLine.all().values_list("unit_price", flat=True)) <= {10_000}
    assert (await Product.get(id=product.id)).price == 20_000
