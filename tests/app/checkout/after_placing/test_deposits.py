"""Virtual accounts that nobody should pay into are closed and never shown; an order whose account is gone goes back."""

from datetime import datetime, timedelta

import httpx
import pytest

from src.app.order.models import OrderStatus
from src.app.payment.models import PaymentVerdict, Refund
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.checkout.support import issued, now_of, said, waiting
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    at_provider,
    close_at_provider,
    complete,
    control,
    events_of,
    expire,
    faulty,
    hops_of,
    later,
    ledger_of,
    offering_accounts,
    order_of,
    pay_again,
    payment_of,
    place,
    read_order,
    stock_of,
)

DAYS_90 = 2160


# --- not offered


@pytest.mark.fault("M1")
@pytest.mark.parametrize("asked_as", ["CARD", "EASY_PAY", "TRANSFER", "MOBILE"])
async def test_account_that_is_not_offered_is_closed_when_seen_and_never_shown(
    client: httpx.AsyncClient, asked_as: str
) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1), pay_method=asked_as)
    hold = (await order_of(placed)).expires_at
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=DAYS_90)

    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_NOT_PAID")

    order = await order_of(placed)
    assert (order.status, order.expires_at) == (OrderStatus.PENDING, hold)
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await now_of(client, placed.payment_id))["virtual_account"] is None
    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_NOT_PAID")
    assert await events_of(placed) == []
    assert await expire(minutes=31) == 1
    assert (await stock_of(variant), await ledger_of(variant)) == (10, [("HOLD", -1), ("RELEASE", 1)])


@pytest.mark.fault("M1")
@pytest.mark.parametrize("who", ["webhook", "reconcile", "expiry"])
async def test_account_that_is_not_offered_holds_no_stock_whoever_sees_it_first(
    client: httpx.AsyncClient, who: str
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    if who == "webhook":
        await control(
            client, placed.payment_id, "issue_virtual_account", valid_hours=DAYS_90, webhook="before_redirect"
        )
        await run_job("process-inbox")
    else:
        await control(client, placed.payment_id, "issue_virtual_account", valid_hours=DAYS_90)
    if who == "reconcile":
        with later(minutes=6):
            await run_job("reconcile-payments")
    await expire(minutes=31)
    assert (await read_order(client, placed))["status"] == "EXPIRED"
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"


@pytest.mark.fault("M1")
async def test_closing_that_fails_is_tried_again_and_shows_no_account_meanwhile(client: httpx.AsyncClient) -> None:
    placed = await issued(client)

    async with faulty(client, "close", "error_500"):
        assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_NOT_PAID")
    assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"
    assert (await now_of(client, placed.payment_id))["virtual_account"] is None
    assert (await order_of(placed)).status == OrderStatus.PENDING

    with later(minutes=11):
        async with faulty(client, "close", "error_500"):
            assert await run_job("reread-payments") == 1
    assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"
    with later(minutes=22):
        assert await run_job("reread-payments") == 1
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await payment_of(placed.payment_id)).next_reread_at is None


async def test_money_that_was_faster_than_the_closing_settles(client: httpx.AsyncClient) -> None:
    placed = await issued(client)
    async with faulty(client, "close", "error_500"):
        await complete(client, placed.payment_id)
    await control(client, placed.payment_id, "deposit")

    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.SETTLED


async def test_account_that_is_not_offered_leaves_room_for_another_try(client: httpx.AsyncClient) -> None:
    placed = await issued(client)
    await complete(client, placed.payment_id)
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "pay")
    assert (await complete(client, second)).json()["order_status"] == "PAID"


# --- the day of an account


@pytest.mark.fault("M1")
@pytest.mark.parametrize(("valid_hours", "hold_seconds", "hours"), [(DAYS_90, None, 72), (48, 7200, 2)])
async def test_account_lasts_no_longer_than_the_setting(
    client: httpx.AsyncClient, valid_hours: int, hold_seconds: int | None, hours: int
) -> None:
    changes = {} if hold_seconds is None else {"deposit_hold_seconds": hold_seconds}
    with offering_accounts(**changes):
        placed = await issued(client, valid_hours=valid_hours)
        account = (await complete(client, placed.payment_id)).json()["virtual_account"]

    shown = await client.get(f"/sandbox/control/payments/{placed.payment_id}")
    begins = datetime.fromisoformat(shown.json()["method"]["issuedAt"])
    day = begins + timedelta(hours=hours)
    assert account["due_at"] == clock.korean(day)
    assert (await now_of(client, placed.payment_id))["virtual_account"] == account
    assert (await order_of(placed)).expires_at == day + timedelta(hours=1)
    assert (await read_order(client, placed))["expires_at"] == clock.korean(day + timedelta(hours=1))


async def test_setting_that_changes_later_changes_no_day_that_was_told(client: httpx.AsyncClient) -> None:
    with offering_accounts():
        placed = await waiting(client, valid_hours=DAYS_90)
        told = await now_of(client, placed.payment_id)
    with offering_accounts(deposit_hold_seconds=60):
        assert (await complete(client, placed.payment_id)).json() == told
    assert await now_of(client, placed.payment_id) == told


@pytest.mark.fault("M1")
async def test_account_is_closed_at_its_day_and_its_order_ends_one_hour_later(client: httpx.AsyncClient) -> None:
    with offering_accounts(deposit_hold_seconds=3600):
        placed = await waiting(client, valid_hours=DAYS_90)
        with later(minutes=58):
            await run_job("reread-payments")
        assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"

        with later(minutes=61):
            assert await run_job("reread-payments") == 1
            assert await run_job("expire-orders") == 0
        assert (await now_of(client, placed.payment_id))["virtual_account"] is None
        assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
        assert (await read_order(client, placed))["status"] == "AWAITING_DEPOSIT"

        assert await expire(minutes=119) == 0
        assert await expire(minutes=121) == 1
    assert (await read_order(client, placed))["status"] == "EXPIRED"
    assert await events_of(placed) == ["order.awaiting_deposit", "order.expired"]
    assert await Refund.all().count() == 0


async def test_deposit_just_before_the_closing_at_the_day_settles(client: httpx.AsyncClient) -> None:
    with offering_accounts(deposit_hold_seconds=3600):
        placed = await waiting(client, valid_hours=DAYS_90)
        await control(client, placed.payment_id, "deposit")
        with later(minutes=61):
            assert await run_job("reread-payments") == 1
    assert await hops_of(client, placed) == [
        (None, "PENDING", "guest"),
        ("PENDING", "AWAITING_DEPOSIT", "browser"),
        ("AWAITING_DEPOSIT", "PAID", "re-read"),
    ]


async def test_closing_at_the_day_that_is_refused_or_fails_is_tried_again(client: httpx.AsyncClient) -> None:
    with offering_accounts(deposit_hold_seconds=3600):
        placed = await waiting(client)
        for minutes, kind in ((61, "error_500"), (72, "pg_error_502")):
            async with faulty(client, "close", kind):
                with later(minutes=minutes):
                    assert await run_job("reread-payments") == 1
        assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"
        with later(minutes=83):
            assert await run_job("reread-payments") == 1
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await read_order(client, placed))["status"] == "AWAITING_DEPOSIT"


async def test_accounts_one_after_the_other_hold_no_longer_than_the_first_may(client: httpx.AsyncClient) -> None:
    with offering_accounts(deposit_hold_seconds=3 * 3600):
        placed = await waiting(client, valid_hours=DAYS_90)
        first_day = (await payment_of(placed.payment_id)).account_due_at
        assert first_day is not None
        await close_at_provider(client, placed.payment_id)
        await complete(client, placed.payment_id)
        second = (await pay_again(client, placed)).json()["payment_id"]
        await control(client, second, "issue_virtual_account", valid_hours=DAYS_90)
        assert (await complete(client, second)).status_code == 200

    assert (await payment_of(second)).account_due_at == first_day
    assert (await order_of(placed)).expires_at == first_day + timedelta(hours=1)


# --- windows that were left open


@pytest.mark.fault("M4")
@pytest.mark.parametrize("offered", [False, True])
async def test_account_issued_after_the_order_expired_is_closed_when_seen(
    client: httpx.AsyncClient, offered: bool
) -> None:
    with offering_accounts(pay_methods=("CARD", "VIRTUAL_ACCOUNT") if offered else ("CARD",)):
        placed = await place(client, ((await make_variant()).id, 1))
        assert await expire(minutes=31) == 1
        await control(client, placed.payment_id, "issue_virtual_account", valid_hours=24)

        for _ in range(2):
            assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")

    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await now_of(client, placed.payment_id))["virtual_account"] is None
    assert await Refund.all().count() == 0


@pytest.mark.fault("M4")
@pytest.mark.usefixtures("accounts_offered")
async def test_account_issued_after_another_payment_settled_is_closed_when_seen(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "pay")
    await complete(client, second)
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=24)

    for _ in range(2):
        assert said(await complete(client, placed.payment_id)) == (409, "ORDER_ALREADY_PAID")

    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await now_of(client, placed.payment_id))["virtual_account"] is None
    assert (await read_order(client, placed))["status"] == "PAID"


@pytest.mark.fault("M4")
async def test_account_of_an_ended_order_is_not_shown_while_closing_it_fails(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await expire(minutes=31)
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=24)
    async with faulty(client, "close", "error_500"):
        assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")
    assert (await now_of(client, placed.payment_id))["virtual_account"] is None
    with later(minutes=3):
        await run_job("reread-payments")
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"


@pytest.mark.usefixtures("accounts_offered")
async def test_account_of_a_window_left_open_while_another_account_waits_is_one_more(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    placed = await place(client, (first.id, 1), (second.id, 1))
    other = (await pay_again(client, placed)).json()["payment_id"]
    for payment_id in (placed.payment_id, other):
        await control(client, payment_id, "issue_virtual_account", valid_hours=24)
        assert (await complete(client, payment_id)).json()["virtual_account"] is not None
    await control(client, other, "deposit")
    assert (await complete(client, other)).json()["order_status"] == "PAID"
    assert said(await complete(client, placed.payment_id)) == (409, "ORDER_ALREADY_PAID")
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
