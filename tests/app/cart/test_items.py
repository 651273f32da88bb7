"""Reading and changing a cart through the API."""

import asyncio
import logging

import httpx
import pytest

from src.app.product.models import DisplayStatus, Product, SaleStatus, Variant
from src.core.redis import redis
from tests.factories.carts import CART, guest_with, lines_of, new_guest, put_in
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.people import bearer

EMPTY = {"items": [], "count": 0, "item_total": 0, "shipping_fee": 0, "total": 0}


async def test_guest_without_a_token_reads_an_empty_cart_and_nothing_is_made(client: httpx.AsyncClient) -> None:
    answer = await client.get(CART)

    assert (answer.status_code, answer.json()) == (200, EMPTY)
    assert answer.headers["cache-control"] == "no-store"
    assert await redis().keys("*cart*") == []


async def test_first_add_of_a_guest_gives_a_token_in_header_and_cookie(client: httpx.AsyncClient) -> None:
    product = await make_product(code="C0000001", name="스탠드백", price=45_000, origin_price=50_000, stock=12)
    [variant] = await variants_of(product)

    answer = await put_in(client, variant.id, 2)

    assert answer.status_code == 200
    assert answer.json() == {
        "items": [
            {
                "variant_id": variant.id,
                "product_id": product.id,
                "product_code": "C0000001",
                "name": "스탠드백",
                "color": "블랙",
                "size": "S",
                "image_url": "/media/products/C0000001/0-0.svg",
                "alt": "스탠드백 블랙",
                "origin_price": 50_000,
                "unit_price": 45_000,
                "extra_price": 0,
                "quantity": 2,
                "line_total": 90_000,
                "stock": 12,
                "available": True,
                "notice": None,
                "held_by": None,
            }
        ],
        "count": 1,
        "item_total": 90_000,
        "shipping_fee": 2_500,
        "total": 92_500,
    }
    token = answer.headers["x-cart-token"]
    assert len(token) == 22
    assert answer.headers["set-cookie"] == (
        f"cart_token={token}; HttpOnly; Max-Age=2592000; Path=/api/v1; SameSite=lax"
    )


async def test_token_opens_the_cart_by_header_or_cookie_and_the_header_wins(client: httpx.AsyncClient) -> None:
    first, second = await make_variant(), await make_variant()
    mine = await guest_with(client, (first.id, 1))
    other = await guest_with(client, (second.id, 2))
    cookie = {"Cookie": f"cart_token={mine['X-Cart-Token']}"}

    assert await lines_of(client, mine) == [(first.id, 1)]
    assert await lines_of(client, cookie) == [(first.id, 1)]
    assert await lines_of(client, {**cookie, **other}) == [(second.id, 2)]
    assert await lines_of(client, {**cookie, "X-Cart-Token": "not-a-token"}) == [(first.id, 1)]


async def test_guests_do_not_see_each_others_carts(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    mine, other = await guest_with(client, (variant.id, 3)), await guest_with(client, (variant.id, 1))

    await client.delete(CART, headers=other)

    assert await lines_of(client, mine) == [(variant.id, 3)]
    assert await lines_of(client, other) == []
    assert await lines_of(client, new_guest()) == []


async def test_member_cart_follows_the_member_whatever_the_token(client: httpx.AsyncClient) -> None:
    variant, guests = await make_variant(), await make_variant()
    guest = await guest_with(client, (guests.id, 1))
    member = await bearer(client)

    added = await put_in(client, variant.id, 2, headers={**member, **guest})

    assert "x-cart-token" not in added.headers
    assert "set-cookie" not in added.headers
    assert await lines_of(client, {**member, **guest}) == [(variant.id, 2)]
    assert await lines_of(client, member) == [(variant.id, 2)]
    assert await lines_of(client, await bearer(client)) == []
    assert await lines_of(client, guest) == [(guests.id, 1)]


async def test_bad_sign_in_is_no_guest(client: httpx.AsyncClient) -> None:
    assert (await client.get(CART, headers={"Authorization": "Bearer a.b.c"})).status_code == 401


async def test_adding_adds_to_what_is_there_and_keeps_the_order(client: httpx.AsyncClient) -> None:
    variants = [await make_variant(price=10_000) for _ in range(3)]
    guest = new_guest()

    for variant in (variants[2], variants[0], variants[1], variants[2]):
        answer = await put_in(client, variant.id, 2, headers=guest)

    assert await lines_of(client, guest) == [(variants[2].id, 4), (variants[0].id, 2), (variants[1].id, 2)]
    assert answer.json()["count"] == 3
    assert (answer.json()["item_total"], answer.json()["shipping_fee"], answer.json()["total"]) == (
        80_000,
        2_500,
        82_500,
    )


async def test_twenty_simultaneous_adds_count_twenty(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=100)
    guest = new_guest()
    body = {"variant_id": variant.id, "quantity": 1}

    answers = await asyncio.gather(*[client.post(f"{CART}/items", json=body, headers=guest) for _ in range(20)])

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["items"][0]["quantity"] for answer in answers) == list(range(1, 21))
    assert await lines_of(client, guest) == [(variant.id, 20)]


async def test_simultaneous_adds_never_pass_the_stock(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5)
    guest = new_guest()
    body = {"variant_id": variant.id, "quantity": 2}

    answers = await asyncio.gather(*[client.post(f"{CART}/items", json=body, headers=guest) for _ in range(6)])

    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409, 409, 409]
    assert await lines_of(client, guest) == [(variant.id, 4)]


async def test_more_than_the_stock_is_refused_with_what_is_left(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=3)
    guest = await guest_with(client, (variant.id, 2))

    answer = await put_in(client, variant.id, 2, headers=guest)

    assert (answer.status_code, answer.json()["code"]) == (409, "STOCK_SHORT")
    assert (answer.json()["variant_id"], answer.json()["left"]) == (variant.id, 3)
    assert await lines_of(client, guest) == [(variant.id, 2)]
    assert (await put_in(client, variant.id, 1, headers=guest)).status_code == 200


async def test_a_line_holds_at_most_999(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5_000, price=1)
    guest = await guest_with(client, (variant.id, 998))

    assert (await put_in(client, variant.id, 2, headers=guest)).json()["left"] == 999
    assert (await put_in(client, variant.id, 1, headers=guest)).status_code == 200
    assert (await put_in(client, variant.id, 1, headers=guest)).json()["code"] == "STOCK_SHORT"
    assert await lines_of(client, guest) == [(variant.id, 999)]


async def test_refused_first_add_gives_no_token(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=0)

    answer = await put_in(client, variant.id)

    assert (answer.status_code, answer.json()["left"]) == (409, 0)
    assert "x-cart-token" not in answer.headers
    assert await redis().keys("*cart*") == []


async def test_unknown_stopped_and_hidden_variants_are_the_same_404(client: httpx.AsyncClient) -> None:
    stopped, hidden = await make_variant(), await make_variant()
    await Product.filter(id=stopped.product_id).update(sale_status=SaleStatus.STOPPED)
    await Product.filter(id=hidden.product_id).update(display_status=DisplayStatus.HIDDEN)

    for variant_id in (stopped.id, hidden.id, 10**9, 2**63 - 1):
        answer = await put_in(client, variant_id)
        assert (answer.status_code, answer.json()["code"]) == (404, "VARIANT_NOT_FOUND")
        assert answer.json()["variant_id"] == variant_id


async def test_fifty_first_line_is_refused_and_more_of_a_line_is_not(client: httpx.AsyncClient) -> None:
    variants = []
    for _ in range(3):
        variants += await variants_of(await make_product(colors=5, sizes=4, price=1_000))
    guest = await guest_with(client, *[(variant.id, 1) for variant in variants[:50]])

    full = await put_in(client, variants[50].id, headers=guest)
    more = await put_in(client, variants[49].id, headers=guest)

    assert (full.status_code, full.json()["code"], full.json()["limit"]) == (409, "CART_FULL", 50)
    assert (more.status_code, more.json()["count"], more.json()["items"][49]["quantity"]) == (200, 50, 2)


async def test_off_sale_and_short_lines_stay_visible_and_count_into_no_sum(client: httpx.AsyncClient) -> None:
    good, stopped, sold_out, short = [await make_variant(price=20_000) for _ in range(4)]
    guest = await guest_with(client, (good.id, 1), (stopped.id, 2), (sold_out.id, 3), (short.id, 4))
    await Product.filter(id=stopped.product_id).update(sale_status=SaleStatus.STOPPED)
    await Variant.filter(id=sold_out.id).update(stock=0)
    await Variant.filter(id=short.id).update(stock=3)

    cart = (await client.get(CART, headers=guest)).json()

    assert [(item["available"], item["notice"]) for item in cart["items"]] == [
        (True, None),
        (False, "판매가 종료된 상품입니다."),
        (False, "품절되었습니다."),
        (False, "재고가 부족합니다. (남은 수량: 3개)"),
    ]
    assert [item["line_total"] for item in cart["items"]] == [20_000, 40_000, 60_000, 80_000]
    assert (cart["count"], cart["item_total"], cart["shipping_fee"], cart["total"]) == (4, 20_000, 2_500, 22_500)


async def test_cart_of_unavailable_lines_costs_nothing(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 1))
    await Variant.filter(id=variant.id).update(stock=0)

    cart = (await client.get(CART, headers=guest)).json()

    assert (cart["count"], cart["item_total"], cart["shipping_fee"], cart["total"]) == (1, 0, 0, 0)


async def test_cart_worth_more_than_one_order_may_cost_is_still_shown(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=900_000_000, stock=999)

    guest = await guest_with(client, (variant.id, 999))

    assert (await client.get(CART, headers=guest)).json()["total"] == 899_100_000_000


async def test_cart_shows_todays_price(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=10_000)
    guest = await guest_with(client, (variant.id, 2))

    await Product.filter(id=variant.product_id).update(price=9_000)

    assert (await client.get(CART, headers=guest)).json()["item_total"] == 18_000


async def test_quantity_is_set_not_added(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    guest = await guest_with(client, (variant.id, 2))

    answer = await client.patch(f"{CART}/items/{variant.id}", json={"quantity": 7}, headers=guest)

    assert (answer.status_code, answer.json()["items"][0]["quantity"]) == (200, 7)
    assert "set-cookie" not in answer.headers


async def test_quantity_above_the_stock_is_refused_and_a_long_line_may_shrink(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    guest = await guest_with(client, (variant.id, 8))
    await Variant.filter(id=variant.id).update(stock=5)

    refused = await client.patch(f"{CART}/items/{variant.id}", json={"quantity": 6}, headers=guest)
    assert (refused.status_code, refused.json()["code"], refused.json()["left"]) == (409, "STOCK_SHORT", 5)
    assert await lines_of(client, guest) == [(variant.id, 8)]
    assert (await client.patch(f"{CART}/items/{variant.id}", json={"quantity": 5}, headers=guest)).status_code == 200


async def test_option_changes_in_place(client: httpx.AsyncClient) -> None:
    small, middle, large = await variants_of(await make_product(sizes=3))
    guest = await guest_with(client, (small.id, 2), (middle.id, 1))

    answer = await client.patch(f"{CART}/items/{small.id}", json={"variant_id": large.id}, headers=guest)

    assert answer.status_code == 200
    assert [(item["size"], item["quantity"]) for item in answer.json()["items"]] == [("L", 2), ("M", 1)]


async def test_option_that_is_there_already_absorbs_the_line(client: httpx.AsyncClient) -> None:
    small, middle, large = await variants_of(await make_product(sizes=3, stock=10))
    guest = await guest_with(client, (small.id, 2), (middle.id, 1), (large.id, 4))

    await client.patch(f"{CART}/items/{small.id}", json={"variant_id": large.id}, headers=guest)
    assert await lines_of(client, guest) == [(middle.id, 1), (large.id, 6)]

    await client.patch(f"{CART}/items/{middle.id}", json={"variant_id": large.id, "quantity": 3}, headers=guest)
    assert await lines_of(client, guest) == [(large.id, 9)]


async def test_refused_option_change_leaves_both_lines(client: httpx.AsyncClient) -> None:
    small, large = await variants_of(await make_product(sizes=2, stock=5))
    stopped = await make_variant()
    await Product.filter(id=stopped.product_id).update(sale_status=SaleStatus.STOPPED)
    guest = await guest_with(client, (small.id, 3), (large.id, 3))

    short = await client.patch(f"{CART}/items/{small.id}", json={"variant_id": large.id}, headers=guest)
    gone = await client.patch(f"{CART}/items/{small.id}", json={"variant_id": stopped.id}, headers=guest)

    assert (short.status_code, short.json()["variant_id"], short.json()["left"]) == (409, large.id, 5)
    assert (gone.status_code, gone.json()["code"]) == (404, "VARIANT_NOT_FOUND")
    assert await lines_of(client, guest) == [(small.id, 3), (large.id, 3)]


async def test_changing_or_removing_what_is_not_there_is_404(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    member = await bearer(client)
    client.cookies.clear()

    for headers in ({}, new_guest(), member):
        path = f"{CART}/items/{variant.id}"
        changed = await client.patch(path, json={"quantity": 1}, headers=headers)
        removed = await client.delete(path, headers=headers)
        assert (changed.status_code, changed.json()["code"]) == (404, "CART_ITEM_NOT_FOUND")
        assert (removed.status_code, removed.json()["code"]) == (404, "CART_ITEM_NOT_FOUND")
    assert await redis().keys("cart:*") == []


async def test_changes_at_once_of_one_line_to_two_options_lose_nothing(client: httpx.AsyncClient) -> None:
    small, middle, large = await variants_of(await make_product(sizes=3, stock=50))
    guest = await guest_with(client, (small.id, 5))
    path = f"{CART}/items/{small.id}"

    answers = await asyncio.gather(
        client.patch(path, json={"variant_id": middle.id}, headers=guest),
        client.patch(path, json={"variant_id": large.id}, headers=guest),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert [quantity for _, quantity in await lines_of(client, guest)] == [5]


async def test_lines_are_removed_one_by_one_together_and_all(client: httpx.AsyncClient) -> None:
    variants = [await make_variant() for _ in range(5)]
    guest = await guest_with(client, *[(variant.id, 1) for variant in variants])
    ids = [variant.id for variant in variants]

    one = await client.delete(f"{CART}/items/{ids[0]}", headers=guest)
    assert (one.status_code, [item["variant_id"] for item in one.json()["items"]]) == (200, ids[1:])
    two = await client.delete(f"{CART}/items?variant_ids={ids[1]},{ids[3]},{ids[1]},999999", headers=guest)
    assert [item["variant_id"] for item in two.json()["items"]] == [ids[2], ids[4]]
    repeated = await client.delete(f"{CART}/items?variant_ids={ids[2]}&variant_ids={ids[0]}", headers=guest)
    assert [item["variant_id"] for item in repeated.json()["items"]] == [ids[4]]
    everything = await client.delete(CART, headers=guest)
    assert (everything.status_code, everything.content) == (204, b"")
    assert await lines_of(client, guest) == []
    assert (await client.delete(CART, headers=guest)).status_code == 204


async def test_removing_without_a_cart_is_harmless(client: httpx.AsyncClient) -> None:
    assert (await client.delete(CART)).status_code == 204
    assert (await client.delete(f"{CART}/items?variant_ids=1,2")).json() == EMPTY


@pytest.mark.parametrize("number_of_lines", [1, 20])
async def test_reading_takes_two_statements_however_many_lines(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, number_of_lines: int
) -> None:
    variants = await variants_of(await make_product(colors=5, sizes=4))
    guest = await guest_with(client, *[(variant.id, 1) for variant in variants[:number_of_lines]])

    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        assert len(await lines_of(client, guest)) == number_of_lines

    assert len([record for record in caplog.records if record.name == "tortoise.db_client"]) == 2
