"""``POST /cart/merge``."""

import asyncio
from typing import Any

import httpx

from src.app.product.models import Product, SaleStatus, Variant
from src.core.redis import redis
from tests.factories.carts import CART, guest_with, lines_of, merge_into, new_guest
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.people import bearer


def wanted(*lines: tuple[int, int]) -> list[dict[str, int]]:
    return [{"variant_id": variant_id, "quantity": quantity} for variant_id, quantity in lines]


def results(answer: httpx.Response) -> list[tuple[int, str, int]]:
    assert answer.status_code == 200, answer.text
    return [(result["variant_id"], result["outcome"], result["quantity"]) for result in answer.json()["results"]]


async def member_with(client: httpx.AsyncClient, *lines: tuple[int, int]) -> dict[str, str]:
    member = await bearer(client)
    client.cookies.clear()
    for item in wanted(*lines):
        assert (await client.post(f"{CART}/items", json=item, headers=member)).status_code == 200
    return member


async def test_member_takes_over_the_guest_cart(client: httpx.AsyncClient) -> None:
    first, both, guests = [await make_variant(price=10_000) for _ in range(3)]
    guest = await guest_with(client, (guests.id, 1), (both.id, 2))
    member = await member_with(client, (first.id, 1), (both.id, 3))

    answer = await merge_into(client, member, cart_token=guest["X-Cart-Token"])

    assert results(answer) == [(guests.id, "added", 1), (both.id, "added", 5)]
    assert [(item["variant_id"], item["quantity"]) for item in answer.json()["items"]] == [
        (first.id, 1),
        (both.id, 5),
        (guests.id, 1),
    ]
    assert (answer.json()["count"], answer.json()["item_total"]) == (3, 70_000)
    assert await lines_of(client, guest) == []
    assert "x-cart-token" not in answer.headers


async def test_guest_merges_items_kept_in_the_browser(client: httpx.AsyncClient) -> None:
    variant = await make_variant()

    answer = await merge_into(client, {}, items=wanted((variant.id, 2)))

    assert results(answer) == [(variant.id, "added", 2)]
    token = answer.headers["x-cart-token"]
    assert answer.headers["set-cookie"].startswith(f"cart_token={token};")
    assert await lines_of(client, {"X-Cart-Token": token}) == [(variant.id, 2)]


async def test_guest_cart_and_items_add_up(client: httpx.AsyncClient) -> None:
    variant, other = await make_variant(), await make_variant()
    guest = await guest_with(client, (variant.id, 2))
    member = await member_with(client)

    answer = await merge_into(
        client, member, cart_token=guest["X-Cart-Token"], items=wanted((other.id, 1), (variant.id, 3))
    )

    assert results(answer) == [(variant.id, "added", 5), (other.id, "added", 1)]
    assert await lines_of(client, member) == [(variant.id, 5), (other.id, 1)]


async def test_merge_without_token_and_items_takes_the_cart_of_the_header(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 2))
    member = await member_with(client)

    assert results(await merge_into(client, {**member, **guest})) == [(variant.id, "added", 2)]
    assert results(await merge_into(client, member)) == []


async def test_items_alone_leave_the_guest_cart_of_the_header(client: httpx.AsyncClient) -> None:
    variant, kept = await make_variant(), await make_variant()
    guest = await guest_with(client, (kept.id, 1))
    member = await member_with(client)

    await merge_into(client, {**member, **guest}, items=wanted((variant.id, 1)))

    assert await lines_of(client, member) == [(variant.id, 1)]
    assert await lines_of(client, guest) == [(kept.id, 1)]


async def test_same_merge_id_again_changes_nothing_and_tells_the_same(client: httpx.AsyncClient) -> None:
    variant, later = await make_variant(), await make_variant()
    guest = await guest_with(client, (variant.id, 2))
    member = await member_with(client)
    body = {"merge_id": "m-1", "cart_token": guest["X-Cart-Token"]}

    first = await merge_into(client, member, **body)
    await client.post(f"{CART}/items", json={"variant_id": later.id, "quantity": 1}, headers=guest)
    again = await merge_into(client, member, **body, items=wanted((later.id, 5)))

    assert results(first) == results(again) == [(variant.id, "added", 2)]
    assert await lines_of(client, member) == [(variant.id, 2)]
    assert await lines_of(client, guest) == [(later.id, 1)]


async def test_merge_ids_are_each_owners_own(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    one, two = await member_with(client), await member_with(client)

    await merge_into(client, one, merge_id="m-1", items=wanted((variant.id, 1)))
    await merge_into(client, two, merge_id="m-1", items=wanted((variant.id, 2)))

    assert await lines_of(client, one) == [(variant.id, 1)]
    assert await lines_of(client, two) == [(variant.id, 2)]


async def test_merges_at_once_with_one_merge_id_have_one_effect(client: httpx.AsyncClient) -> None:
    variant, other = await make_variant(stock=100), await make_variant(stock=100)
    guest = await guest_with(client, (variant.id, 3))
    member = await member_with(client, (variant.id, 1))
    body: dict[str, Any] = {"merge_id": "m-1", "cart_token": guest["X-Cart-Token"], "items": wanted((other.id, 2))}

    answers = await asyncio.gather(*[client.post(f"{CART}/merge", json=body, headers=member) for _ in range(8)])

    assert {tuple(results(answer)) for answer in answers} == {((variant.id, "added", 4), (other.id, "added", 2))}
    assert await lines_of(client, member) == [(variant.id, 4), (other.id, 2)]


async def test_one_guest_cart_merged_by_two_members_at_once_is_there_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=100)
    guest = await guest_with(client, (variant.id, 3))
    members = [await member_with(client) for _ in range(4)]
    token = guest["X-Cart-Token"]

    await asyncio.gather(
        *[client.post(f"{CART}/merge", json={"merge_id": "m", "cart_token": token}, headers=each) for each in members]
    )

    taken = [await lines_of(client, member) for member in members]
    assert sorted(taken) == [[], [], [], [(variant.id, 3)]]


async def test_adding_while_merging_loses_nothing(client: httpx.AsyncClient) -> None:
    variants = await variants_of(await make_product(colors=5, sizes=4, stock=50))
    guest = await guest_with(client, *[(variant.id, 1) for variant in variants[:10]])
    member = await member_with(client, *[(variant.id, 1) for variant in variants[5:15]])
    token = guest["X-Cart-Token"]

    await asyncio.gather(
        client.post(f"{CART}/merge", json={"merge_id": "m", "cart_token": token}, headers=member),
        *[
            client.post(f"{CART}/items", json={"variant_id": variant.id, "quantity": 1}, headers=headers)
            for variant in variants
            for headers in (guest, member)
        ],
    )

    units = dict.fromkeys((variant.id for variant in variants), 0)
    for headers in (guest, member):
        for variant_id, quantity in await lines_of(client, headers):
            units[variant_id] += quantity
    assert list(units.values()) == [3] * 5 + [4] * 5 + [3] * 5 + [2] * 5


async def test_stock_caps_and_a_line_over_it_stays(client: httpx.AsyncClient) -> None:
    capped, over, sold_out = await make_variant(stock=5), await make_variant(stock=9), await make_variant(stock=4)
    guest = await guest_with(client, (capped.id, 4), (over.id, 1), (sold_out.id, 2))
    member = await member_with(client, (capped.id, 3), (over.id, 8))
    await Variant.filter(id=over.id).update(stock=2)
    await Variant.filter(id=sold_out.id).update(stock=0)

    answer = await merge_into(client, member, cart_token=guest["X-Cart-Token"])

    assert results(answer) == [(capped.id, "capped", 5), (over.id, "capped", 8), (sold_out.id, "gone", 0)]
    assert await lines_of(client, member) == [(capped.id, 5), (over.id, 8)]


async def test_unknown_and_stopped_variants_are_gone(client: httpx.AsyncClient) -> None:
    stopped, good = await make_variant(), await make_variant()
    guest = await guest_with(client, (stopped.id, 4))
    await Product.filter(id=stopped.product_id).update(sale_status=SaleStatus.STOPPED)
    member = await member_with(client)

    answer = await merge_into(
        client, member, cart_token=guest["X-Cart-Token"], items=wanted((10**9, 1), (good.id, 1), (2**63 - 1, 1))
    )

    assert results(answer) == [
        (stopped.id, "gone", 0),
        (10**9, "gone", 0),
        (good.id, "added", 1),
        (2**63 - 1, "gone", 0),
    ]
    assert await lines_of(client, member) == [(good.id, 1)]


async def test_merge_into_a_full_cart_tells_what_did_not_fit(client: httpx.AsyncClient) -> None:
    variants = []
    for _ in range(3):
        variants += await variants_of(await make_product(colors=5, sizes=4, stock=1_000, price=1_000))
    member = await member_with(client)
    await merge_into(client, member, items=wanted(*[(variant.id, 1) for variant in variants[:49]]))

    answer = await merge_into(
        client, member, items=wanted((variants[0].id, 2), (variants[49].id, 3), (variants[50].id, 4))
    )

    assert results(answer) == [
        (variants[0].id, "added", 3),
        (variants[49].id, "added", 3),
        (variants[50].id, "capped", 0),
    ]
    assert answer.json()["count"] == 50


async def test_merge_holds_at_most_999_of_a_variant(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5_000, price=1)
    guest = await guest_with(client, (variant.id, 600))
    member = await member_with(client, (variant.id, 500))

    answer = await merge_into(client, member, cart_token=guest["X-Cart-Token"])

    assert results(answer) == [(variant.id, "capped", 999)]


async def test_own_cart_is_not_merged_into_itself(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 2))

    answer = await merge_into(client, guest, cart_token=guest["X-Cart-Token"])

    assert results(answer) == []
    assert await lines_of(client, guest) == [(variant.id, 2)]


async def test_unknown_guest_cart_is_an_empty_one(client: httpx.AsyncClient) -> None:
    member = await member_with(client)

    answer = await merge_into(client, member, cart_token=new_guest()["X-Cart-Token"])

    assert (results(answer), answer.json()["items"]) == ([], [])


async def test_merge_marker_lives_thirty_days(client: httpx.AsyncClient) -> None:
    variant = await make_variant()

    await merge_into(client, new_guest(), merge_id="m-1", items=wanted((variant.id, 1)))

    [marker] = await redis().keys("cart:merged:*")
    assert 30 * 86_400 - 60 < await redis().ttl(marker) <= 30 * 86_400


async def test_items_twice_or_too_many_are_refused(client: httpx.AsyncClient) -> None:
    twice = await merge_into(client, {}, items=wanted((1, 1), (1, 2)))
    many = await merge_into(client, {}, items=wanted(*[(number, 1) for number in range(1, 52)]))

    assert [error["code"] for error in twice.json()["errors"]] == ["DUPLICATE_VARIANT"]
    assert [error["code"] for error in many.json()["errors"]] == ["TOO_LONG"]
    assert await redis().keys("*cart*") == []
