"""How much mail goes to an address that somebody wrote into a form and nobody proved."""

import itertools

import httpx
import pytest

from src.app.notification.models import Message, MessageStatus, Way
from src.app.user.models import User
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.auth.recovery.support import inbox, new_email, start
from tests.app.auth.support import API
from tests.factories.catalogue import make_variant
from tests.factories.orders import ORDERER, Placed, complete, control, offering_accounts, place
from tests.factories.people import PASSWORD, bearer, make_member, staff_bearer

_phones = itertools.count(1)


async def ordered(client: httpx.AsyncClient, email: str, *, name: str = "김민지") -> Placed:
    """A guest's order that wants to be told of at this address."""
    variant = await make_variant(stock=50)
    orderer = {**ORDERER, "name": name, "email": email, "phone": f"0108888{next(_phones):04d}"}
    return await place(client, (variant.id, 1), orderer=orderer)


async def awaited(client: httpx.AsyncClient, email: str) -> Placed:
    """One that waits for a deposit: a mail of an order that nobody paid."""
    placed = await ordered(client, email)
    await control(client, placed.payment_id, "issue_virtual_account")
    with offering_accounts():
        assert (await complete(client, placed.payment_id)).status_code == 200
    return placed


async def deliver() -> None:
    """Everything that is to be told now."""
    while await run_job("relay-outbox"):
        pass
    while await run_job("send-messages"):
        pass


async def withheld(email_count: int) -> list[str]:
    """The templates of mails that were not sent, oldest first."""
    rows = await Message.filter(way=Way.MAIL, status=MessageStatus.WITHHELD).order_by("id")
    assert len(rows) == email_count
    return [row.template for row in rows]


@pytest.mark.fault("M10")
async def test_unpaid_orders_mail_a_stranger_three_times_a_day(client: httpx.AsyncClient) -> None:
    stranger, other = new_email(), new_email()
    for _ in range(5):
        await awaited(client, stranger)
    await awaited(client, other)

    await deliver()

    assert (len(await inbox(client, stranger)), len(await inbox(client, other))) == (3, 1)
    assert await withheld(2) == ["deposit_wanted"] * 2
    assert await Message.filter(way=Way.PHONE, status=MessageStatus.SENT).count() == 6


@pytest.mark.fault("M10")
async def test_the_limit_counts_over_all_templates(client: httpx.AsyncClient) -> None:
    email = new_email()
    headers = await bearer(client, await make_member(email=email))
    for _ in range(2):
        await client.post(f"{API}/me/withdrawal", json={"reason": "", "password": PASSWORD}, headers=headers)
        await deliver()
        await client.delete(f"{API}/me/withdrawal", headers=headers)
        await deliver()
    await awaited(client, email)
    await deliver()

    assert len(await inbox(client, email)) == 3
    assert await withheld(2) == ["withdrawal_cancelled", "deposit_wanted"]


async def test_mails_of_paid_orders_always_go_and_count_for_nothing(client: httpx.AsyncClient) -> None:
    email = new_email()
    for _ in range(5):
        placed = await ordered(client, email)
        await control(client, placed.payment_id, "pay")
        await complete(client, placed.payment_id)
    await deliver()
    assert len(await inbox(client, email)) == 5

    for _ in range(4):
        await awaited(client, email)
    await deliver()
    assert len(await inbox(client, email)) == 8

    placed = await ordered(client, email)
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await deliver()
    assert len(await inbox(client, email)) == 9


async def test_a_deposit_makes_the_next_mails_of_its_order_go(client: httpx.AsyncClient) -> None:
    email = new_email()
    orders = [await awaited(client, email) for _ in range(4)]
    await deliver()
    assert len(await inbox(client, email)) == 3

    await control(client, orders[3].payment_id, "deposit")
    await complete(client, orders[3].payment_id)
    await deliver()

    assert "결제" in (await inbox(client, email))[-1]["subject"]


async def test_an_address_that_was_proved_gets_every_mail(client: httpx.AsyncClient) -> None:
    email = new_email()
    member = await make_member(email=email)
    await User.filter(id=member.id).update(email_verified_at=clock.now())
    for _ in range(5):
        await awaited(client, email.upper())

    await deliver()

    assert len(await inbox(client, email)) == 5


async def test_codes_have_limits_of_their_own(client: httpx.AsyncClient) -> None:
    email = new_email()
    for _ in range(3):
        await awaited(client, email)
    await deliver()

    answer = await start(client, email)

    assert answer.status_code == 201
    assert len(await inbox(client, email)) == 4


async def test_staff_see_why_a_mail_was_withheld(client: httpx.AsyncClient) -> None:
    email = new_email()
    for _ in range(4):
        await awaited(client, email)
    await deliver()

    answer = await client.get(
        f"{API}/admin/messages", params={"status": "WITHHELD"}, headers=await staff_bearer(client)
    )

    (item,) = answer.json()["items"]
    assert (item["template"], item["error"]) == ("deposit_wanted", "nobody proved the address")


@pytest.mark.fault("M10")
async def test_a_name_with_an_address_in_it_is_mailed_without_a_link(client: httpx.AsyncClient) -> None:
    email = new_email()
    placed = await ordered(client, email, name="www.evil.example 김민지")
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)

    await deliver()

    (mail,) = await inbox(client, email)
    assert "www. evil. example 김민지" in mail["body"]
    assert "evil.example" not in mail["body"]
    assert f"/orders/{placed.order_no}" in mail["body"]
