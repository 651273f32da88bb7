"""Asking to be told when something is back."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.notification.services.senders import Mail, Senders, Undelivered, senders, use_senders
from src.app.product.models import AlertStatus, DisplayStatus, Product, RestockAlert, Variant
from src.app.product.services.restock import alerts, sending
from src.app.user.models import User
from src.app.user.services.withdrawing import finish_due
from src.common import clock
from src.common.models import OutboxEvent
from src.worker.jobs.run import run_job
from tests.app.auth.support import API, code
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_product, make_variant
from tests.factories.orders import expire, later, new_key, place
from tests.factories.people import PASSWORD, bearer, make_member

_numbers = itertools.count(1)


def somebody() -> str:
    """The inbox outlives a test: addresses do not."""
    return f"restock{next(_numbers)}@example.com"


def tomorrow_at(hour: int) -> datetime:
    """That many hours after the next midnight in Korea."""
    today = datetime.now(clock.KST).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1, hours=hour)


async def ask(
    client: httpx.AsyncClient, variant: Variant, *, headers: dict[str, str] | None = None, **contact: Any
) -> httpx.Response:
    path = f"{API}/products/{variant.product_id}/restock-alerts"
    return await client.post(path, json={"variant_id": variant.id, **contact}, headers=headers)


async def restock(client: httpx.AsyncClient, variant: Variant, delta: int = 3) -> None:
    """Staff enter new stock, and everybody who hears of it does their part."""
    headers = {**await headers_with(client, "stock:adjust"), "Idempotency-Key": new_key()}
    path = f"{API}/admin/variants/{variant.id}/stock-adjustments"
    answer = await client.post(path, json={"delta": delta, "reason": "입고"}, headers=headers)
    assert answer.status_code == 201, answer.text


async def inbox(client: httpx.AsyncClient, to: str) -> list[dict[str, str]]:
    items: list[dict[str, str]] = (await client.get("/sandbox/inbox", params={"to": to})).json()["items"]
    return items


async def send() -> int:
    await run_job("relay-outbox")
    return await run_job("send-restock-alerts")


async def test_a_guest_is_told_once_by_mail_and_forgotten(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=0), somebody()

    answers = [await ask(client, variant, email=spelling) for spelling in (to, to.upper())]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["channel"], answers[0].json()["size"]) == ("email", "S")
    (alert,) = await RestockAlert.all()
    assert to not in f"{alert.address} {alert.person}"
    assert (await send(), await inbox(client, to)) == (0, [])

    await restock(client, variant)
    assert await OutboxEvent.filter(topic="stock.returned", aggregate=f"variant:{variant.id}").count() == 1
    assert await send() == 1
    assert await send() == 0

    (mail,) = await inbox(client, to)
    assert "투어 스탠드백" in mail["body"]
    product = await Product.get(id=variant.product_id)
    assert f"/products/{product.product_code}" in mail["body"]
    alert = await RestockAlert.get(id=alert.id)
    assert (alert.status, alert.address, alert.person, alert.member_id) == (AlertStatus.SENT, "", None, None)


async def test_a_guest_is_told_by_sms_in_their_language(client: httpx.AsyncClient) -> None:
    product = await make_product(name="스탠드백 ⛳", stock=0)
    variant = await Variant.get(product_id=product.id)
    answer = await ask(client, variant, phone="010-7070-0001", headers={"Accept-Language": "en"})
    assert answer.json()["channel"] == "sms"

    await restock(client, variant)
    with clock.as_of(tomorrow_at(12)):
        await send()

    (sms,) = await inbox(client, "01070700001")
    assert "Back in stock" in sms["body"]
    assert "스탠드백 ?" in sms["body"]


@pytest.mark.parametrize(("hour", "then"), [(21, 32), (3, 8)])
async def test_a_text_message_waits_for_the_morning(client: httpx.AsyncClient, hour: int, then: int) -> None:
    variant, to = await make_variant(stock=0), f"010707010{hour:02d}"
    await ask(client, variant, phone=to)
    await restock(client, variant)

    for moment in (tomorrow_at(hour), tomorrow_at(then) - timedelta(seconds=1)):
        with clock.as_of(moment):
            await send()
        assert await inbox(client, to) == []
    with clock.as_of(tomorrow_at(then)):
        await send()

    assert len(await inbox(client, to)) == 1


async def test_a_member_is_told_where_the_account_says_at_that_moment(client: httpx.AsyncClient) -> None:
    variant, old, new = await make_variant(stock=0), somebody(), somebody()
    member = await make_member(email=old)
    headers = await bearer(client, member)
    for _ in range(2):
        assert (await ask(client, variant, headers=headers)).status_code == 201
    assert (await RestockAlert.get()).address == ""
    await User.filter(id=member.id).update(email=new)

    await restock(client, variant)
    await send()

    assert (await inbox(client, old), len(await inbox(client, new))) == ([], 1)
    assert (await client.get(f"{API}/me/restock-alerts", headers=headers)).json() == {"items": []}


async def test_asking_at_the_same_moment_is_one_alert(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=0), somebody()

    answers = await asyncio.gather(*(ask(client, variant, email=to) for _ in range(6)))

    assert {answer.status_code for answer in answers} == {201}
    assert await RestockAlert.all().count() == 1


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ({}, "RESTOCK_CONTACT_NEEDED"),
        ({"email": "a@example.com", "phone": "01012345678"}, "VALIDATION_ERROR"),
        ({"email": "nobody"}, "VALIDATION_ERROR"),
        ({"email": "a@example.com\r\nBcc: b@example.com"}, "VALIDATION_ERROR"),
        ({"phone": "12"}, "VALIDATION_ERROR"),
        ({"member_id": 1, "email": "a@example.com"}, "VALIDATION_ERROR"),
        ({"variant_id": 0, "email": "a@example.com"}, "VALIDATION_ERROR"),
    ],
)
async def test_bad_input_is_refused(client: httpx.AsyncClient, contact: dict[str, Any], expected: str) -> None:
    variant = await make_variant(stock=0)

    assert code(await ask(client, variant, **contact)) == (422, expected)
    assert await RestockAlert.all().count() == 0


async def test_only_what_is_sold_out_and_on_sale_is_waited_for(client: httpx.AsyncClient) -> None:
    there, gone, other = await make_variant(stock=2), await make_variant(stock=0), await make_variant(stock=0)
    to = somebody()

    in_stock = await ask(client, there, email=to)
    assert (code(in_stock), in_stock.json()["left"]) == ((409, "RESTOCK_NOT_NEEDED"), 2)
    foreign = await client.post(
        f"{API}/products/{other.product_id}/restock-alerts", json={"variant_id": gone.id, "email": to}
    )
    assert code(foreign) == (404, "STOCK_VARIANT_NOT_FOUND")
    await Product.filter(id=gone.product_id).update(display_status=DisplayStatus.HIDDEN)
    assert code(await ask(client, gone, email=to)) == (404, "PRODUCT_NOT_FOUND")
    headers = await bearer(client)
    assert code(await ask(client, other, headers=headers, email=to)) == (422, "RESTOCK_CONTACT_NEEDED")
    assert await RestockAlert.all().count() == 0


async def test_nobody_has_too_many_open(client: httpx.AsyncClient) -> None:
    headers = await bearer(client)
    variants = [await make_variant(stock=0) for _ in range(alerts.MOST_OPEN + 1)]
    answers = [await ask(client, variant, headers=headers) for variant in variants]

    assert [answer.status_code for answer in answers] == [201] * alerts.MOST_OPEN + [409]
    assert code(answers[-1]) == (409, "TOO_MANY_RESTOCK_ALERTS")
    assert (await ask(client, variants[0], headers=headers)).status_code == 201


async def test_one_address_cannot_ask_for_everybody(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=0)
    answers = [await ask(client, variant, email="a@example.com") for _ in range(61)]

    assert [answer.status_code for answer in answers] == [201] * 60 + [429]
    assert code(answers[-1]) == (429, "TOO_MANY_ATTEMPTS")


async def test_members_see_and_take_back_their_own(client: httpx.AsyncClient) -> None:
    mine, theirs = await bearer(client), await bearer(client)
    first, second, third = [await make_variant(stock=0) for _ in range(3)]
    for variant, headers in ((first, mine), (second, mine), (third, mine), (first, theirs)):
        await ask(client, variant, headers=headers)
    path = f"{API}/me/restock-alerts"

    items = (await client.get(path, headers=mine)).json()["items"]

    assert [item["variant_id"] for item in items] == [third.id, second.id, first.id]
    assert items[0]["image_url"].endswith("/0-0.svg")
    assert code(await client.delete(f"{path}/{items[0]['id']}", headers=theirs)) == (404, "RESTOCK_ALERT_NOT_FOUND")
    assert (await client.delete(f"{path}/{items[0]['id']}", headers=mine)).status_code == 204
    assert code(await client.delete(f"{path}/{items[0]['id']}", headers=mine)) == (404, "RESTOCK_ALERT_NOT_FOUND")
    assert (await client.delete(path, headers=mine)).status_code == 204
    assert (await client.delete(path, headers=mine)).status_code == 204
    assert len((await client.get(path, headers=theirs)).json()["items"]) == 1
    assert code(await client.get(path)) == (401, "NOT_AUTHENTICATED")


async def test_units_of_an_expired_order_tell_who_waits(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=1), somebody()
    await place(client, (variant.id, 1))
    assert (await ask(client, variant, email=to)).status_code == 201

    await expire(minutes=31)
    with later(minutes=32):
        await send()

    assert len(await inbox(client, to)) == 1


async def test_stock_that_no_event_told_of_is_found_by_the_job(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=0), somebody()
    await ask(client, variant, email=to)
    await restock(client, variant)
    await OutboxEvent.all().delete()

    assert await run_job("send-restock-alerts") == 1

    assert len(await inbox(client, to)) == 1


async def test_what_sold_out_again_is_not_announced_and_still_waited_for(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=0), somebody()
    await ask(client, variant, email=to)
    await restock(client, variant, 1)
    await place(client, (variant.id, 1))

    await send()

    assert await inbox(client, to) == []
    assert (await RestockAlert.get()).status == AlertStatus.WAITING
    await restock(client, variant, 1)
    await send()
    assert len(await inbox(client, to)) == 1


async def test_two_senders_at_once_send_each_alert_once(client: httpx.AsyncClient) -> None:
    variant, people = await make_variant(stock=0), [somebody() for _ in range(6)]
    for to in people:
        await ask(client, variant, email=to)
    await restock(client, variant)

    await asyncio.gather(*(sending.send_due() for _ in range(4)))

    assert [len(await inbox(client, to)) for to in people] == [1] * 6


async def test_who_dies_while_sending_never_sends_twice_and_leaves_nothing_personal(
    client: httpx.AsyncClient,
) -> None:
    variant, to = await make_variant(stock=0), somebody()
    await ask(client, variant, email=to)
    await restock(client, variant)
    await RestockAlert.all().update(status=AlertStatus.SENDING, tries=1, next_at=clock.now() + timedelta(minutes=10))

    assert await send() == 0
    assert (await RestockAlert.get()).status == AlertStatus.SENDING
    with later(minutes=11):
        await send()

    alert = await RestockAlert.get()
    assert (alert.status, alert.address, alert.person) == (AlertStatus.UNKNOWN, "", None)
    assert await inbox(client, to) == []


class Unreliable:
    """A mail server that takes nothing, or does not answer."""

    def __init__(self, *, may_have_gone: bool) -> None:
        self.may_have_gone = may_have_gone
        self.tries = 0

    async def send(self, mail: Mail) -> None:
        self.tries += 1
        raise Undelivered("away", may_have_gone=self.may_have_gone)

    async def close(self) -> None:
        return None


@contextmanager
def mail_by(sender: Unreliable) -> Iterator[None]:
    """Send by this inside the body."""
    before = senders()
    use_senders(Senders(mail=sender, sms=before.sms))
    try:
        yield
    finally:
        use_senders(before)


async def test_what_was_surely_not_sent_is_tried_again_and_at_last_given_up(client: httpx.AsyncClient) -> None:
    variant, sender, to = await make_variant(stock=0), Unreliable(may_have_gone=False), somebody()
    await ask(client, variant, email=to)
    await restock(client, variant)

    with mail_by(sender):
        await send()
        await send()
        assert (sender.tries, (await RestockAlert.get()).status) == (1, AlertStatus.DUE)
        for hours in range(1, 9):
            with later(hours=hours):
                await send()

    alert = await RestockAlert.get()
    assert (sender.tries, alert.status, alert.address) == (sending.TRIES, AlertStatus.FAILED, "")


async def test_what_may_have_gone_is_not_sent_again(client: httpx.AsyncClient) -> None:
    variant, sender = await make_variant(stock=0), Unreliable(may_have_gone=True)
    await ask(client, variant, email=somebody())
    await restock(client, variant)

    with mail_by(sender):
        await send()
        with later(hours=1):
            await send()

    alert = await RestockAlert.get()
    assert (sender.tries, alert.status, alert.address) == (1, AlertStatus.UNKNOWN, "")


async def test_without_anything_to_send_with_nothing_is_taken(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=0), somebody()
    await ask(client, variant, email=to)
    await restock(client, variant)
    before = senders()
    use_senders(None)
    try:
        with pytest.raises(RuntimeError, match="no senders"):
            await sending.send_due()
    finally:
        use_senders(before)

    await send()
    assert len(await inbox(client, to)) == 1


async def test_an_alert_may_be_asked_for_again_once_it_was_sent(client: httpx.AsyncClient) -> None:
    variant, to = await make_variant(stock=0), somebody()
    for sent in (1, 2):
        await Variant.filter(id=variant.id).update(stock=0)
        assert (await ask(client, variant, email=to)).status_code == 201
        await restock(client, variant)
        await send()
        assert len(await inbox(client, to)) == sent


async def test_after_ninety_days_nothing_is_left(client: httpx.AsyncClient) -> None:
    await ask(client, await make_variant(stock=0), email=somebody())

    with later(days=89):
        assert await run_job("forget-restock-alerts") == 0
    with later(days=91):
        assert await run_job("forget-restock-alerts") == 1
    assert await RestockAlert.all().count() == 0


async def test_a_member_who_left_waits_for_nothing(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=0)
    headers = await bearer(client)
    await ask(client, variant, headers=headers)
    exported = (await client.get(f"{API}/me/export", headers=headers)).json()
    assert [row["variant_id"] for row in exported["restock_alerts"]] == [variant.id]
    left = await client.post(f"{API}/me/withdrawal", json={"password": PASSWORD, "reason": ""}, headers=headers)
    assert left.status_code == 200, left.text

    with later(days=15):
        assert await finish_due() == 1
        await run_job("relay-outbox")

    assert await RestockAlert.all().count() == 0
