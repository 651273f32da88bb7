"""What checkout does with carts."""

import asyncio

import httpx
import pytest

from src.app.cart.errors import CartEmpty
from src.app.cart.services.owners import owner_of, owner_of_token
from src.app.cart.services.taking import read_for_order, remove_ordered
from src.app.pricing.services.lines import Wanted
from src.common.identity import GUEST, Identity
from src.core.redis import redis
from tests.factories.carts import guest_with, lines_of, new_guest
from tests.factories.catalogue import make_variant


def owner(headers: dict[str, str]) -> str:
    return owner_of_token(headers["X-Cart-Token"])


def test_owner_is_the_member_else_the_token_else_nobody() -> None:
    token = "q83vEjRWeJCrze8SNFZ4kA"
    hashed = "g:4598ac794eaa5ca01c10c2fdbad11996b8bc7fa09312beabbbf8288732ca4436"

    assert owner_of(Identity("member", 7), token) == "m:7"
    assert owner_of(Identity("member", 7), None) == "m:7"
    assert owner_of(GUEST, token) == hashed
    assert owner_of(GUEST, None) is None
    assert owner_of(GUEST, "") is None


async def test_whole_cart_or_the_chosen_lines_are_read_in_order(client: httpx.AsyncClient) -> None:
    first, second, third = [await make_variant() for _ in range(3)]
    guest = await guest_with(client, (third.id, 3), (first.id, 1), (second.id, 2))

    assert await read_for_order(owner(guest), None) == [
        Wanted(variant_id=third.id, quantity=3),
        Wanted(variant_id=first.id, quantity=1),
        Wanted(variant_id=second.id, quantity=2),
    ]
    assert await read_for_order(owner(guest), [second.id, third.id, 10**9]) == [
        Wanted(variant_id=third.id, quantity=3),
        Wanted(variant_id=second.id, quantity=2),
    ]
    assert await lines_of(client, guest) == [(third.id, 3), (first.id, 1), (second.id, 2)]


@pytest.mark.parametrize("chosen", [None, [], [10**9]])
async def test_nothing_to_order_is_cart_empty(client: httpx.AsyncClient, chosen: list[int] | None) -> None:
    variant = await make_variant()
    with pytest.raises(CartEmpty):
        await read_for_order(None, chosen)
    with pytest.raises(CartEmpty):
        await read_for_order(owner(new_guest()), chosen)
    if chosen is not None:
        with pytest.raises(CartEmpty):
            await read_for_order(owner(await guest_with(client, (variant.id, 1))), chosen)


async def test_ordered_quantities_leave_once(client: httpx.AsyncClient) -> None:
    part, whole, kept = [await make_variant() for _ in range(3)]
    guest = await guest_with(client, (part.id, 5), (whole.id, 2), (kept.id, 1))
    ordered = {part.id: 2, whole.id: 2, 10**9: 1}

    assert await remove_ordered(owner(guest), event_id=71, quantities=ordered) is True
    assert await remove_ordered(owner(guest), event_id=71, quantities=ordered) is False
    assert await remove_ordered(owner(guest), event_id="71", quantities=ordered) is False

    assert await lines_of(client, guest) == [(part.id, 3), (kept.id, 1)]


async def test_one_event_at_once_leaves_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 9))

    done = await asyncio.gather(
        *[remove_ordered(owner(guest), event_id="order:7", quantities={variant.id: 2}) for _ in range(6)]
    )

    assert sorted(done) == [False] * 5 + [True]
    assert await lines_of(client, guest) == [(variant.id, 7)]


async def test_two_events_leave_both(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 5))

    await remove_ordered(owner(guest), event_id=1, quantities={variant.id: 2})
    await remove_ordered(owner(guest), event_id=2, quantities={variant.id: 2})

    assert await lines_of(client, guest) == [(variant.id, 1)]


async def test_more_than_is_there_empties_the_line_only(client: httpx.AsyncClient) -> None:
    variant, other = await make_variant(), await make_variant()
    guest = await guest_with(client, (variant.id, 1), (other.id, 1))

    await remove_ordered(owner(guest), event_id=1, quantities={variant.id: 3})

    assert await lines_of(client, guest) == [(other.id, 1)]


async def test_event_of_a_cart_that_is_gone_is_remembered(client: httpx.AsyncClient) -> None:
    guest, variant = new_guest(), await make_variant()

    assert await remove_ordered(owner(guest), event_id="o:1", quantities={variant.id: 1}) is True
    assert await remove_ordered(owner(guest), event_id="o:1", quantities={variant.id: 1}) is False

    [marker] = await redis().keys("*cart*")
    assert 30 * 86_400 - 60 < await redis().ttl(marker) <= 30 * 86_400
