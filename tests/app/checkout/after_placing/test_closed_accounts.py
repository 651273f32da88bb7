"""An order whose account is gone before its day goes back, and only an open account is ever named."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.notification.models import Message
from src.app.order.models import Order, OrderStatus
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.checkout.support import issued, now_of, said, waiting
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    close_at_provider,
    complete,
    control,
    events_of,
    expire,
    hops_of,
    later,
    offering_accounts,
    order_of,
    pay_again,
    payment_of,
    place,
    read_order,
)


@pytest.mark.fault("M2")
@pytest.mark.usefixtures("accounts_offered")
@pytest.mark.parametrize("who", ["browser", "reconcile"])
async def test_order_whose_account_was_closed_waits_for_another_payment(client: httpx.AsyncClient, who: str) -> None:
    placed = await waiting(client)
    await close_at_provider(client, placed.payment_id)

    if who == "reconcile":
        with later(hours=2) as moment:
            await run_job("reconcile-payments")
        assert (await order_of(placed)).expires_at == moment + timedelta(minutes=30)
    for _ in range(3):
        assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_NOT_PAID")
    assert (await read_order(client, placed))["status"] == "PENDING"
    second = await pay_again(client, placed)
    assert second.status_code == 201
    assert (await now_of(client, placed.payment_id))["virtual_account"] is None
    assert await hops_of(client, placed) == [
        (None, "PENDING", "guest"),
        ("PENDING", "AWAITING_DEPOSIT", "browser"),
        ("AWAITING_DEPOSIT", "PENDING", who),
    ]
    assert await events_of(placed) == ["order.awaiting_deposit", "order.account_closed"]
    await control(client, second.json()["payment_id"], "pay")
    assert (await complete(client, second.json()["payment_id"])).json()["order_status"] == "PAID"


@pytest.mark.fault("M2")
@pytest.mark.usefixtures("accounts_offered")
async def test_order_whose_account_was_closed_expires_when_nobody_pays(client: httpx.AsyncClient) -> None:
    placed = await issued(client)
    before = (await order_of(placed)).expires_at
    await complete(client, placed.payment_id)
    await close_at_provider(client, placed.payment_id)
    await complete(client, placed.payment_id)
    order = await order_of(placed)
    assert before <= order.expires_at < before + timedelta(minutes=1)
    assert await expire(minutes=29) == 0
    assert await expire(minutes=31) == 1
    assert (await read_order(client, placed))["status"] == "EXPIRED"


@pytest.mark.usefixtures("accounts_offered")
async def test_hold_of_before_is_kept_where_it_lasts_longer(client: httpx.AsyncClient) -> None:
    placed = await issued(client)
    until = clock.now() + timedelta(hours=5)
    await Order.filter(order_no=placed.order_no).update(expires_at=until)
    await complete(client, placed.payment_id)
    await close_at_provider(client, placed.payment_id)
    await complete(client, placed.payment_id)
    assert (await order_of(placed)).expires_at == until


@pytest.mark.usefixtures("accounts_offered")
async def test_hold_after_a_closed_account_is_never_longer_than_the_account_would_have_held(
    client: httpx.AsyncClient,
) -> None:
    placed = await waiting(client, valid_hours=1)
    day = (await payment_of(placed.payment_id)).account_due_at
    assert day is not None
    await close_at_provider(client, placed.payment_id)
    with offering_accounts(hold_seconds=86_400):
        await complete(client, placed.payment_id)
    order = await order_of(placed)
    assert (order.status, order.expires_at) == (OrderStatus.PENDING, day + timedelta(hours=1))


@pytest.mark.fault("M2")
@pytest.mark.usefixtures("accounts_offered")
async def test_second_closed_account_leaves_the_hold_and_an_order_over_it_expires(client: httpx.AsyncClient) -> None:
    placed = await waiting(client)
    await close_at_provider(client, placed.payment_id)
    with later(minutes=20) as moment:
        await run_job("reconcile-payments")
    hold = (await order_of(placed)).expires_at
    assert hold == moment + timedelta(minutes=30)
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "issue_virtual_account", valid_hours=24)
    assert (await complete(client, second)).json()["order_status"] == "AWAITING_DEPOSIT"
    assert (await order_of(placed)).expires_at > hold
    await close_at_provider(client, second)

    with later(hours=3):
        await run_job("reconcile-payments")
        order = await order_of(placed)
        assert (order.status, order.expires_at) == (OrderStatus.PENDING, hold)
        assert await run_job("expire-orders") == 1
    assert (await read_order(client, placed))["status"] == "EXPIRED"


@pytest.mark.usefixtures("accounts_offered")
async def test_order_with_two_accounts_goes_back_when_the_second_is_closed_too(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    for payment_id in (placed.payment_id, second):
        await control(client, payment_id, "issue_virtual_account", valid_hours=24)
        assert (await complete(client, payment_id)).status_code == 200
    for payment_id, status in ((second, "AWAITING_DEPOSIT"), (placed.payment_id, "PENDING")):
        await close_at_provider(client, payment_id)
        assert said(await complete(client, payment_id)) == (409, "PAYMENT_NOT_PAID")
        assert (await read_order(client, placed))["status"] == status


@pytest.mark.fault("M2")
@pytest.mark.usefixtures("accounts_offered")
async def test_shopper_is_told_once_that_the_account_is_closed(client: httpx.AsyncClient) -> None:
    placed = await waiting(client)
    await run_job("relay-outbox")
    await close_at_provider(client, placed.payment_id)
    for _ in range(3):
        await complete(client, placed.payment_id)
        await run_job("relay-outbox")
    told = await Message.exclude(template="deposit_wanted").values_list("template", "way")
    assert sorted((template, way.value) for template, way in told) == [
        ("account_closed", "mail"),
        ("account_closed", "phone"),
    ]


# --- which account is named


def noon(days: int) -> datetime:
    """Noon in Korea, so many days from now."""
    day = (datetime.now(UTC) + timedelta(days=days)).astimezone(clock.KST)
    return day.replace(hour=12, minute=0, second=0, microsecond=0).astimezone(UTC)


async def reminded(placed: Placed) -> list[str]:
    """The texts of the reminders of an order, when the reminder job ran at a noon within its last hours."""
    from tests.worker.messages.support import texts_of

    order = await order_of(placed)
    day = noon(1) + timedelta(hours=6)
    for payment in await order.payments.all():  # type: ignore[attr-defined]
        if payment.account_due_at is not None:
            await type(payment).filter(id=payment.id).update(account_due_at=day)
    await Order.filter(id=order.id).update(expires_at=day + timedelta(hours=1))
    with clock.as_of(noon(1)):
        await run_job("remind-deposits")
    return list((await texts_of("deposit_reminder")).values())


@pytest.mark.fault("M3")
@pytest.mark.usefixtures("accounts_offered")
async def test_reminder_names_the_account_that_was_issued_last(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    for payment_id in (second, placed.payment_id):  # the window of the first try was left open
        await control(client, payment_id, "issue_virtual_account")
        assert (await complete(client, payment_id)).status_code == 200
    named, other = [(await payment_of(payment_id)).account_number for payment_id in (placed.payment_id, second)]

    texts = await reminded(placed)

    assert len(texts) == 2
    assert all(named in text and other not in text for text in texts)


@pytest.mark.fault("M3")
@pytest.mark.usefixtures("accounts_offered")
async def test_reminder_names_no_account_that_is_closed(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    for payment_id in (placed.payment_id, second):
        await control(client, payment_id, "issue_virtual_account")
        assert (await complete(client, payment_id)).status_code == 200
    await close_at_provider(client, second)
    await complete(client, second)
    named = (await payment_of(placed.payment_id)).account_number

    texts = await reminded(placed)

    assert len(texts) == 2
    assert all(named in text for text in texts)


@pytest.mark.usefixtures("accounts_offered")
async def test_account_after_a_closed_one_is_told_of_and_reminded_of_itself(client: httpx.AsyncClient) -> None:
    from tests.worker.messages.support import texts_of

    placed = await waiting(client)
    await run_job("relay-outbox")
    assert len(await reminded(placed)) == 2
    await close_at_provider(client, placed.payment_id)
    await complete(client, placed.payment_id)
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "issue_virtual_account")
    await complete(client, second)
    await run_job("relay-outbox")

    assert await Message.filter(template="deposit_wanted").count() == 4
    assert (await payment_of(second)).account_number in (await texts_of("deposit_wanted"))["mail"]
    await reminded(placed)
    assert await Message.filter(template="deposit_reminder").count() == 4
