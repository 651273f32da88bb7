"""Orders placed as a guest, seen and taken over by the member whom the guest became."""

import asyncio
import itertools
from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order, OrderArchive, OrderEvent, OrderStatus
from src.app.order.services.archiving import all_parts
from src.app.user.models import User
from src.common import clock
from src.common.clock import KST
from src.common.models import OutboxEvent
from src.common.records.archiving import move
from src.core.database import unit_of_work
from tests.app.auth.recovery.support import code_at, confirmed, inbox, new_email, new_phone
from tests.app.auth.support import sign_up
from tests.app.checkout.support import said
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, ORDERER, Placed, complete, control, make_order, order_of, pay_again, place
from tests.factories.people import bearer, make_member

_numbers = itertools.count(1)


async def as_guest(client: httpx.AsyncClient, *, phone: str | None = None, email: str | None = None) -> Placed:
    """A guest's order of one bag under these contacts, or under some that nobody else has."""
    variant = await make_variant(stock=50)
    orderer = {**ORDERER, "phone": phone or new_phone(), "email": email or new_email()}
    return await place(client, (variant.id, 1), orderer=orderer)


async def who(*, phone: str | None = None, email: str | None = None) -> User:
    """A member with these contacts, none of them proved."""
    return await make_member(phone=phone or new_phone(), email=email or new_email())


async def proved(client: httpx.AsyncClient, *, phone: str | None = None, email: str | None = None) -> User:
    """A member who signed up with this telephone number, else this e-mail address, proved by a code."""
    verification_id = await confirmed(client, phone or email or "")
    login_id = f"guest{next(_numbers)}"
    answer = await sign_up(
        client,
        login_id=login_id,
        phone=phone or new_phone(),
        email=email or new_email(),
        verification_id=verification_id,
    )
    assert answer.status_code == 201, answer.text
    return await User.get(login_id=login_id)


async def take(client: httpx.AsyncClient, order_no: str, headers: dict[str, str], **body: object) -> httpx.Response:
    """POST /orders/{order_no}/take-over."""
    return await client.post(f"{API}/orders/{order_no}/take-over", json=body, headers=headers)


async def send_code(
    client: httpx.AsyncClient, order_no: str, headers: dict[str, str], channel: str = "sms"
) -> httpx.Response:
    """POST /orders/{order_no}/take-over/code."""
    return await client.post(f"{API}/orders/{order_no}/take-over/code", json={"channel": channel}, headers=headers)


async def listed(client: httpx.AsyncClient, headers: dict[str, str], *, page: int = 1) -> list[dict[str, object]]:
    """What GET /orders names of guests' orders."""
    answer = await client.get(f"{API}/orders", headers=headers, params={"page": page})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["guest_orders"]
    return found


@pytest.mark.fault("M17")
@pytest.mark.parametrize("contact", ["phone", "email"])
async def test_a_guests_order_is_listed_by_number_day_and_sum_only(client: httpx.AsyncClient, contact: str) -> None:
    value = new_phone() if contact == "phone" else new_email()
    placed = await as_guest(client, **{contact: value})
    member = await (proved(client, phone=value) if contact == "phone" else proved(client, email=value))
    headers = await bearer(client, member)

    answer = await client.get(f"{API}/orders", headers=headers)

    day = (await order_of(placed)).created_at.astimezone(KST).date().isoformat()
    assert answer.status_code == 200
    assert placed.order_no in answer.text
    assert answer.json()["guest_orders"] == [{"order_no": placed.order_no, "ordered_on": day, "total": 12_500}]
    assert (answer.json()["items"], answer.json()["total"]) == ([], 0)
    assert said(await client.get(f"{API}/orders/{placed.order_no}", headers=headers)) == (404, "ORDER_NOT_FOUND")


async def test_what_is_not_proved_is_old_or_somebodys_is_not_listed(client: httpx.AsyncClient) -> None:
    phone, email = new_phone(), new_email()
    placed = await as_guest(client, phone=phone, email=email)
    unproved = await bearer(client, await who(phone=phone, email=email))
    assert await listed(client, unproved) == []

    mine = await bearer(client, await proved(client, phone=phone))
    assert [one["order_no"] for one in await listed(client, mine)] == [placed.order_no]
    assert await listed(client, mine, page=2) == []
    await Order.all().update(created_at=clock.now() - timedelta(days=90, minutes=1))
    assert await listed(client, mine) == []
    await Order.all().update(created_at=clock.now() - timedelta(days=89), member_id=10**9)
    assert await listed(client, mine) == []


async def test_archived_orders_are_listed_once_and_taken_over_too(client: httpx.AsyncClient) -> None:
    phone, email = new_phone(), new_email()
    order = await make_order(
        await make_variant(), status=OrderStatus.CONFIRMED, placed_at=clock.now() - timedelta(days=60), phone=phone
    )
    await Order.filter(id=order.id).update(orderer_email=email, ended_at=clock.now() - timedelta(days=50))
    member = await proved(client, phone=phone, email=email)
    headers = await bearer(client, member)
    assert [one["order_no"] for one in await listed(client, headers)] == [order.order_no]
    await unit_of_work(lambda: move(all_parts(), [order.id]))
    assert await OrderArchive.filter(id=order.id).exists()
    assert [one["order_no"] for one in await listed(client, headers)] == [order.order_no]

    await send_code(client, order.order_no, headers)
    answer = await take(client, order.order_no, headers, code=await code_at(client, phone))

    assert answer.status_code == 200, answer.text
    assert (await Order.get(id=order.id)).member_id == member.id


@pytest.mark.fault("M17")
@pytest.mark.parametrize("place_of", ["header", "body"])
async def test_the_guest_token_takes_the_order_over(client: httpx.AsyncClient, place_of: str) -> None:
    placed = await as_guest(client)
    member = await who()
    headers = await bearer(client, member)
    token = placed.headers["X-Guest-Token"]

    if place_of == "header":
        answer = await take(client, placed.order_no, {**headers, "X-Guest-Token": token})
    else:
        answer = await take(client, placed.order_no, headers, guest_token=token)

    assert answer.status_code == 200, answer.text
    assert answer.json()["order_no"] == placed.order_no
    mine = (await client.get(f"{API}/orders", headers=headers)).json()
    assert [order["order_no"] for order in mine["items"]] == [placed.order_no]
    as_guest_again = await client.get(f"{API}/orders/{placed.order_no}", headers=placed.headers)
    assert said(as_guest_again) == (404, "ORDER_NOT_FOUND")
    assert (await take(client, placed.order_no, headers)).content == answer.content
    steps = await OrderEvent.filter(order_id=(await order_of(placed)).id).order_by("id")
    assert [(step.from_status, step.to_status, step.actor) for step in steps][1:] == [
        ("PENDING", "PENDING", f"member:{member.id}")
    ]


@pytest.mark.fault("M17")
@pytest.mark.parametrize("channel", ["sms", "email"])
async def test_a_code_to_the_orders_own_contact_takes_it_over(client: httpx.AsyncClient, channel: str) -> None:
    phone, email = new_phone(), new_email()
    placed = await as_guest(client, phone=phone, email=email)
    headers = await bearer(client, await who())

    sent = await send_code(client, placed.order_no, headers, channel)
    assert sent.status_code == 202, sent.text
    code = await code_at(client, phone if channel == "sms" else email)
    answer = await take(client, placed.order_no, headers, code=code)

    assert sent.json()["channel"] == channel
    assert phone not in sent.text
    assert answer.status_code == 200, answer.text
    assert len(await inbox(client, phone)) + len(await inbox(client, email)) == 1
    assert code not in str(await OutboxEvent.all().values("payload"))


async def test_the_taken_order_is_paid_by_the_member(client: httpx.AsyncClient) -> None:
    placed = await as_guest(client)
    headers = await bearer(client, await who())
    await take(client, placed.order_no, {**headers, **placed.headers})
    mine = Placed(order_no=placed.order_no, payment_id="", total=placed.total, headers=headers, body={})

    opened = await pay_again(client, mine)
    await control(client, opened.json()["payment_id"], "pay")
    await complete(client, opened.json()["payment_id"])

    assert (await order_of(placed)).status == OrderStatus.PAID


async def test_wrong_guesses_are_limited(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    placed = await as_guest(client, phone=phone)
    headers = await bearer(client, await who())
    await send_code(client, placed.order_no, headers)
    right = await code_at(client, phone)
    wrong = "000000" if right != "000000" else "111111"

    answers = [said(await take(client, placed.order_no, headers, code=wrong)) for _ in range(6)]

    assert answers == [(400, "VERIFICATION_CODE_WRONG")] * 5 + [(409, "VERIFICATION_EXPIRED")]
    assert said(await take(client, placed.order_no, headers, code=right)) == (409, "VERIFICATION_EXPIRED")
    assert (await order_of(placed)).member_id is None


async def test_looking_for_numbers_is_limited(client: httpx.AsyncClient) -> None:
    headers = await bearer(client, await who())

    answers = [said(await take(client, "20261120-0000000C", headers, guest_token="x" * 20)) for _ in range(21)]

    assert answers == [(404, "ORDER_NOT_FOUND")] * 20 + [(429, "TOO_MANY_ATTEMPTS")]


async def test_a_code_counts_for_its_order_and_its_member_only(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    first, second = await as_guest(client, phone=phone), await as_guest(client, phone=phone)
    mine, theirs = await bearer(client, await who()), await bearer(client, await who())
    await send_code(client, first.order_no, mine)
    code = await code_at(client, phone)

    assert said(await take(client, second.order_no, mine, code=code)) == (409, "VERIFICATION_EXPIRED")
    assert said(await take(client, first.order_no, theirs, code=code)) == (409, "VERIFICATION_EXPIRED")
    assert (await take(client, first.order_no, mine, code=code)).status_code == 200


async def test_what_proves_nothing_is_refused(client: httpx.AsyncClient) -> None:
    placed, other = await as_guest(client), await as_guest(client)
    headers = await bearer(client, await who())

    assert said(await take(client, placed.order_no, headers)) == (422, "TAKE_OVER_PROOF_NEEDED")
    assert said(await take(client, placed.order_no, {**headers, **other.headers})) == (404, "ORDER_NOT_FOUND")
    assert said(await take(client, "nonsense", headers, code="123456")) == (404, "ORDER_NOT_FOUND")
    assert said(await take(client, placed.order_no, {})) == (401, "NOT_AUTHENTICATED")
    assert (await order_of(placed)).member_id is None


async def test_a_number_that_gets_no_text_message_gets_no_code(client: httpx.AsyncClient) -> None:
    placed = await as_guest(client, phone="0507-1234-5678")
    headers = await bearer(client, await who())

    assert said(await send_code(client, placed.order_no, headers)) == (409, "TAKE_OVER_CHANNEL_UNAVAILABLE")
    assert (await send_code(client, placed.order_no, headers, "email")).status_code == 202


async def test_of_two_members_at_once_one_has_the_order(client: httpx.AsyncClient) -> None:
    placed = await as_guest(client)
    both = [await bearer(client, await who()) for _ in range(2)]

    answers = await asyncio.gather(*(take(client, placed.order_no, {**one, **placed.headers}) for one in both))

    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert (await order_of(placed)).guest_token_version == 2
