"""Orders made from the cart: read before the transaction, emptied by an event once the order is paid."""

import httpx
import pytest

from src.app.order.models import Order
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.redis import redis
from src.worker.events.handlers import take_ordered_out_of_cart
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.factories.carts import CART, guest_with, lines_of, merge_into, new_guest, put_in
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import Placed, as_placed, complete, control, expire, order_body, post_order, stock_of
from tests.factories.people import bearer


async def order_from(client: httpx.AsyncClient, headers: dict[str, str], total: int, **source: object) -> Placed:
    answer = await post_order(client, order_body(expected_total=total, items=None, **source), headers=headers)
    assert answer.status_code == 201, answer.text
    return as_placed(answer, headers)


async def pay(client: httpx.AsyncClient, placed: Placed) -> None:
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 200


async def test_whole_cart_is_ordered_in_its_order_and_leaves_it_when_paid(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    cart = await guest_with(client, (second.id, 2), (first.id, 1))

    placed = await order_from(client, cart, 32_500, from_cart=True)
    assert [(line["variant_id"], line["quantity"]) for line in placed.body["lines"]] == [(second.id, 2), (first.id, 1)]
    assert await lines_of(client, cart) == [(second.id, 2), (first.id, 1)]

    await pay(client, placed)
    assert await lines_of(client, cart) == [(second.id, 2), (first.id, 1)]

    assert await run_job("relay-outbox") == 1
    assert await lines_of(client, cart) == []
    assert (await stock_of(first), await stock_of(second)) == (9, 8)


async def test_chosen_lines_of_a_members_cart_are_ordered_and_the_others_stay(client: httpx.AsyncClient) -> None:
    first, second, third = await variants_of(await make_product(sizes=3))
    headers = await bearer(client)
    for variant in (first, second, third):
        await put_in(client, variant.id, 2, headers=headers)

    placed = await order_from(client, headers, 42_500, cart_variant_ids=[third.id, first.id, 10**9])
    assert [line["variant_id"] for line in placed.body["lines"]] == [first.id, third.id]
    await pay(client, placed)
    await run_job("relay-outbox")

    assert await lines_of(client, headers) == [(second.id, 2)]


async def test_what_was_put_into_the_cart_meanwhile_stays(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    cart = await guest_with(client, (first.id, 2))
    placed = await order_from(client, cart, 22_500, from_cart=True)
    await put_in(client, first.id, 3, headers=cart)
    await put_in(client, second.id, 1, headers=cart)

    await pay(client, placed)
    await run_job("relay-outbox")

    assert await lines_of(client, cart) == [(first.id, 3), (second.id, 1)]


async def test_event_delivered_twice_takes_the_quantities_once(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart = await guest_with(client, (variant.id, 2))
    placed = await order_from(client, cart, 22_500, from_cart=True)
    await put_in(client, variant.id, 3, headers=cart)
    await pay(client, placed)

    await run_job("relay-outbox")
    await OutboxEvent.all().update(work_status=WorkStatus.PENDING)
    assert await run_job("relay-outbox") == 0  # leased into the future: the clock decides
    event = await OutboxEvent.get()
    await take_ordered_out_of_cart(event.payload)
    await take_ordered_out_of_cart(event.payload)

    assert await lines_of(client, cart) == [(variant.id, 3)]


async def test_order_that_is_never_paid_leaves_the_cart_alone(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart = await guest_with(client, (variant.id, 2))
    await order_from(client, cart, 22_500, from_cart=True)

    await expire(minutes=31)

    assert await run_job("relay-outbox") == 0
    assert await lines_of(client, cart) == [(variant.id, 2)]


async def test_order_of_items_leaves_the_cart_alone(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart = await guest_with(client, (variant.id, 2))
    answer = await post_order(client, order_body((variant.id, 1), expected_total=12_500), headers=cart)
    placed = as_placed(answer, cart)

    await pay(client, placed)
    assert await run_job("relay-outbox") == 1

    assert await lines_of(client, cart) == [(variant.id, 2)]
    assert (await Order.get()).cart_owner == ""


async def test_redis_emptied_between_order_and_payment_loses_the_cart_and_nothing_else(
    client: httpx.AsyncClient,
) -> None:
    (variant,) = await variants_of(await make_product())
    cart = await guest_with(client, (variant.id, 2))
    placed = await order_from(client, cart, 22_500, from_cart=True)

    await redis().flushdb()
    await pay(client, placed)
    assert await run_job("relay-outbox") == 1

    event = await OutboxEvent.get()
    assert (event.work_status, event.last_error) == (WorkStatus.DONE, "")
    assert (await lines_of(client, cart), await stock_of(variant)) == ([], 8)


async def test_cart_line_that_cannot_be_bought_is_named(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    cart = await guest_with(client, (first.id, 2), (second.id, 1))
    await first.filter(id=first.id).update(stock=1)

    answer = await post_order(client, order_body(expected_total=32_500, items=None, from_cart=True), headers=cart)

    assert said(answer) == (409, "STOCK_SHORT")
    assert (answer.json()["variant_id"], answer.json()["left"]) == (first.id, 1)
    assert await lines_of(client, cart) == [(first.id, 2), (second.id, 1)]
    await first.filter(id=first.id).update(stock=10)


async def test_guest_orders_the_cart_of_the_cookie(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    client.cookies.clear()
    assert (await client.post(f"{CART}/items", json={"variant_id": variant.id, "quantity": 1})).status_code == 200

    placed = await order_from(client, {}, 12_500, from_cart=True)

    assert placed.body["lines"][0]["variant_id"] == variant.id


@pytest.mark.usefixtures("accounts_offered")
async def test_order_waiting_for_its_deposit_empties_the_cart_too_and_only_once(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart = await guest_with(client, (variant.id, 2))
    placed = await order_from(client, cart, 22_500, from_cart=True)

    await control(client, placed.payment_id, "issue_virtual_account")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "AWAITING_DEPOSIT"
    assert await run_job("relay-outbox") == 1
    assert await lines_of(client, cart) == []

    await put_in(client, variant.id, 4, headers=cart)
    await control(client, placed.payment_id, "deposit")
    await complete(client, placed.payment_id)
    assert await run_job("relay-outbox") == 1
    assert await lines_of(client, cart) == [(variant.id, 4)]


async def bought(client: httpx.AsyncClient, placed: Placed) -> None:
    """Pay, and let everything follow from it that follows."""
    await pay(client, placed)
    assert await run_job("relay-outbox") == 1


@pytest.mark.fault("M8")
async def test_what_a_guest_bought_leaves_the_cart_of_the_member_who_merged_it(client: httpx.AsyncClient) -> None:
    first, second, third = await variants_of(await make_product(sizes=3))
    cart, member = await guest_with(client, (first.id, 2), (second.id, 1)), await bearer(client)
    await put_in(client, first.id, 3, headers=member)
    await put_in(client, third.id, 1, headers=member)
    placed = await order_from(client, cart, 32_500, from_cart=True)

    await merge_into(client, member, cart_token=cart["X-Cart-Token"])
    assert await lines_of(client, member) == [(first.id, 5), (third.id, 1), (second.id, 1)]
    await bought(client, placed)

    assert await lines_of(client, member) == [(first.id, 3), (third.id, 1)]
    assert await lines_of(client, cart) == []


@pytest.mark.fault("M8")
async def test_a_cart_is_followed_through_another_guests_cart(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart, between, member = await guest_with(client, (variant.id, 2)), new_guest(), await bearer(client)
    placed = await order_from(client, cart, 22_500, cart_variant_ids=[variant.id])
    await merge_into(client, between, cart_token=cart["X-Cart-Token"])
    await put_in(client, variant.id, 1, headers=between)
    await merge_into(client, member, cart_token=between["X-Cart-Token"])

    await bought(client, placed)

    assert await lines_of(client, member) == [(variant.id, 1)]


async def test_what_the_member_filled_in_after_the_merge_stays(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart, member = await guest_with(client, (variant.id, 2)), await bearer(client)
    placed = await order_from(client, cart, 22_500, from_cart=True)
    await merge_into(client, member, cart_token=cart["X-Cart-Token"])
    await client.delete(f"{CART}/items/{variant.id}", headers=member)
    await put_in(client, variant.id, 2, headers=member)
    await put_in(client, variant.id, 1, headers=cart)

    await bought(client, placed)

    assert await lines_of(client, member) == [(variant.id, 2)]
    assert await lines_of(client, cart) == [(variant.id, 1)]


async def test_a_cart_that_was_emptied_by_the_merge_and_ordered_again_is_taken_by_its_own_order(
    client: httpx.AsyncClient,
) -> None:
    (variant,) = await variants_of(await make_product(stock=50))
    cart, member = await guest_with(client, (variant.id, 2)), await bearer(client)
    first = await order_from(client, cart, 22_500, from_cart=True)
    await merge_into(client, member, cart_token=cart["X-Cart-Token"])
    await put_in(client, variant.id, 3, headers=cart)
    second = await order_from(client, cart, 32_500, from_cart=True)

    await bought(client, second)
    assert (await lines_of(client, cart), await lines_of(client, member)) == ([], [(variant.id, 2)])
    await bought(client, first)
    assert await lines_of(client, member) == []


@pytest.mark.fault("M18")
@pytest.mark.parametrize("emptied_by", ["cart", "line", "lines"])
async def test_what_was_filled_in_anew_while_paying_stays(client: httpx.AsyncClient, emptied_by: str) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    cart = await guest_with(client, (first.id, 2), (second.id, 1))
    placed = await order_from(client, cart, 32_500, from_cart=True)
    gone = {"cart": CART, "line": f"{CART}/items/{first.id}", "lines": f"{CART}/items?variant_ids={first.id}"}
    await client.delete(gone[emptied_by], headers=cart)
    await put_in(client, first.id, 1, headers=cart)

    await bought(client, placed)

    assert await lines_of(client, cart) == [(first.id, 1)]


@pytest.mark.fault("M18")
async def test_what_a_member_filled_in_anew_while_a_deposit_is_awaited_stays(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    member = await bearer(client)
    await put_in(client, variant.id, 2, headers=member)
    placed = await order_from(client, member, 22_500, from_cart=True)
    await client.delete(CART, headers=member)
    await put_in(client, variant.id, 2, headers=member)

    await bought(client, placed)

    assert await lines_of(client, member) == [(variant.id, 2)]


async def test_fewer_than_were_ordered_are_taken_as_far_as_they_go(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    cart = await guest_with(client, (variant.id, 3))
    placed = await order_from(client, cart, 32_500, from_cart=True)
    await client.patch(f"{CART}/items/{variant.id}", json={"quantity": 1}, headers=cart)

    await bought(client, placed)

    assert await lines_of(client, cart) == []
