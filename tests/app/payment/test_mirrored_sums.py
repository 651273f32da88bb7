"""What PortOne charged, what was paid, with what, and what went back: told as it is, to whomever."""

from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest

from src.app.checkout.services.settling import settle
from src.app.outbound.models import OutboundDelivery
from src.app.payment.models import Payment, PaymentVerdict
from src.app.payment.services.personal_data import export
from src.app.payment.services.provider.base import CancellationStatus, ProviderCancellation
from src.common.models import InvariantBreach
from src.worker.jobs.run import run_job
from tests.app.outbound.support import ERP, make_webhook
from tests.app.payment.fakes import START, Told, snapshot, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    API,
    Placed,
    complete,
    control,
    expire,
    later,
    order_body,
    order_of,
    pay_again,
    payment_of,
    place,
    post_order,
    read_order,
)
from tests.factories.people import bearer, make_member
from tests.worker.messages.support import a_phone, an_address, deliver, inbox


async def see(placed: Placed, status: str, **changes: object) -> Payment:
    """Settle on one snapshot; the row as it is afterwards."""
    told = Told()
    told.say(snapshot(await payment_of(placed.payment_id), status, **changes))
    with using(told):
        await settle(placed.payment_id, told_by="webhook")
    return await payment_of(placed.payment_id)


async def broken() -> list[str]:
    """The promises that the check finds broken now."""
    await run_job("check-invariants")
    rows = await InvariantBreach.filter(resolved_at=None).order_by("id")
    return [f"{row.promise} {row.reference}" for row in rows if row.promise != "P6"]


async def told_of_order(topic: str) -> dict[str, Any]:
    """The order in the only message of this topic to a back office, once the outbox was delivered."""
    with later(minutes=35):
        await run_job("relay-outbox")
    row = await OutboundDelivery.get(type=topic)
    order: dict[str, Any] = orjson.loads(row.body)["data"]["order"]
    return order


@pytest.fixture
async def placed(client: httpx.AsyncClient) -> Placed:
    return await place(client, ((await make_variant()).id, 1))


MORE = pytest.mark.fault("M5")


@pytest.mark.parametrize("difference", [pytest.param(1, marks=MORE), -1, pytest.param(20_000, marks=MORE)])
async def test_another_amount_that_went_back_whole_breaks_no_promise(
    client: httpx.AsyncClient, placed: Placed, difference: int
) -> None:
    charged = placed.total + difference
    await control(client, placed.payment_id, "pay_other_amount", amount=charged)
    await complete(client, placed.payment_id)
    await run_job("send-refunds")
    await run_job("reread-payments")

    assert await broken() == []
    assert (await payment_of(placed.payment_id)).cancelled_amount == charged


async def test_a_discount_of_the_card_company_is_no_broken_promise_and_no_room_for_more(placed: Placed) -> None:
    await see(placed, "PAID", paid=placed.total - 1_000)
    assert await broken() == []
    await see(placed, "CANCELLED", paid=placed.total - 1_000, cancelled=placed.total)
    assert await broken() == []
    await see(placed, "CANCELLED", paid=placed.total - 1_000, cancelled=placed.total + 1)
    assert await broken() == [f"P5 payment:{placed.payment_id}"]


@pytest.mark.fault("M5")
@pytest.mark.parametrize("difference", [-1, 1])
async def test_more_given_back_than_was_charged_is_seen_whatever_the_order_cost(
    placed: Placed, difference: int
) -> None:
    charged = placed.total + difference
    await see(placed, "PAID", total=charged, paid=charged)
    await Payment.all().update(cancelled_amount=charged)
    assert "P5" not in " ".join(await broken())
    await Payment.all().update(cancelled_amount=charged + 1)
    assert f"P5 payment:{placed.payment_id}" in await broken()


@pytest.mark.fault("M5")
async def test_what_is_left_of_more_than_the_order_cost_needs_an_owner(placed: Placed) -> None:
    """The order's total went back, the rest of what was charged did not, and no refund is on its way."""
    row = await see(placed, "PARTIAL_CANCELLED", total=placed.total * 2, paid=placed.total * 2, cancelled=placed.total)
    assert row.verdict == PaymentVerdict.MISMATCH
    await Payment.all().update(verdict=PaymentVerdict.NONE)
    assert await broken() == [f"P4 payment:{placed.payment_id}"]


async def test_a_discount_in_the_sandbox_is_mirrored_beside_what_was_charged(
    client: httpx.AsyncClient, placed: Placed
) -> None:
    await control(client, placed.payment_id, "pay", discount=1_000)
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    row = await payment_of(placed.payment_id)
    sums = (row.charged_amount, row.discount_amount, row.paid_amount)
    assert sums == (placed.total, 1_000, placed.total - 1_000)


@pytest.mark.fault("M15")
@pytest.mark.parametrize("status", ["READY", "FAILED", "PAY_PENDING"])
async def test_a_sum_told_before_anything_was_paid_is_not_what_was_paid(placed: Placed, status: str) -> None:
    await make_webhook(ERP, "order.expired")
    told = Told()
    told.say(snapshot(await payment_of(placed.payment_id), status, paid=placed.total, paid_at=None))
    with using(told):
        await settle(placed.payment_id, told_by="webhook")
        told.say(snapshot(await payment_of(placed.payment_id), "FAILED", paid=placed.total, paid_at=None))
        assert await expire(minutes=31) == 1

    (payment,) = (await told_of_order("order.expired"))["payments"]
    assert (payment["status"], payment["paid_amount"]) == ("FAILED", 0)


@pytest.mark.fault("M15")
async def test_an_account_that_was_closed_was_never_paid(placed: Placed) -> None:
    row = await see(placed, "VIRTUAL_ACCOUNT_ISSUED", paid=placed.total, paid_at=START)
    assert (row.paid_amount, row.paid_at) == (0, None)
    row = await see(placed, "CANCELLED", paid=placed.total, paid_at=None)
    assert (row.status.value, row.paid_amount, row.paid_at) == ("CANCELLED", 0, None)


def gave_back(amount: int) -> tuple[ProviderCancellation, ...]:
    return (ProviderCancellation(id="c-1", status=CancellationStatus.SUCCEEDED, amount=amount, reason="console"),)


@pytest.mark.fault("M15")
async def test_what_was_paid_is_taken_from_a_cancellation_too_and_never_lowered(placed: Placed) -> None:
    total = placed.total
    row = await see(placed, "CANCELLED", paid=total, paid_at=None, cancelled=total, cancellations=gave_back(total))
    assert row.paid_amount == total
    row = await see(placed, "CANCELLED", paid=0, paid_at=None, cancelled=total)
    assert row.paid_amount == total


@pytest.mark.fault("M15")
async def test_a_later_body_without_the_sum_lowers_nothing(placed: Placed) -> None:
    total = placed.total
    assert (await see(placed, "PAID", paid=total)).paid_amount == total
    moment = START + timedelta(seconds=1)
    row = await see(placed, "PARTIAL_CANCELLED", paid=0, cancelled=500, paid_at=None, status_changed_at=moment)
    assert (row.paid_amount, row.paid_at, row.cancelled_amount) == (total, START, 500)


async def paid_late(client: httpx.AsyncClient, placed: Placed) -> str:
    await expire(minutes=31)
    await control(client, placed.payment_id, "pay")
    return placed.payment_id


async def paid_twice(client: httpx.AsyncClient, placed: Placed) -> str:
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await control(client, second, "pay")
    return str(second)


async def paid_otherwise(client: httpx.AsyncClient, placed: Placed) -> str:
    await control(client, placed.payment_id, "pay_other_amount", amount=placed.total - 1)
    return placed.payment_id


@pytest.mark.fault("M14")
@pytest.mark.parametrize("how", [paid_late, paid_twice, paid_otherwise])
async def test_a_refund_is_told_with_the_payment_as_it_is_after_it(
    client: httpx.AsyncClient, placed: Placed, how: Any
) -> None:
    await make_webhook(ERP, "refund.succeeded")
    payment_id = await how(client, placed)
    await complete(client, payment_id)
    await run_job("send-refunds")

    order = await told_of_order("refund.succeeded")

    payment = next(entry for entry in order["payments"] if entry["payment_id"] == payment_id)
    at_portone = (await client.get(f"/sandbox/control/payments/{payment_id}")).json()
    assert (payment["status"], payment["cancelled_amount"]) == ("CANCELLED", at_portone["amount"]["total"])
    assert payment["paid_amount"] == at_portone["amount"]["paid"]


@pytest.mark.fault("M14")
async def test_the_rest_after_a_cancellation_in_the_console_is_told_the_same_way(
    client: httpx.AsyncClient, placed: Placed
) -> None:
    await make_webhook(ERP, "refund.succeeded")
    payment_id = await paid_late(client, placed)
    await complete(client, payment_id)
    await control(client, payment_id, "cancel", amount=500)
    await run_job("send-refunds")

    (payment,) = (await told_of_order("refund.succeeded"))["payments"]
    assert (payment["status"], payment["cancelled_amount"]) == ("CANCELLED", placed.total)
    await run_job("reread-payments")
    row = await payment_of(payment_id)
    assert (row.status.value, row.cancelled_amount, row.paid_amount) == ("CANCELLED", placed.total, placed.total)


@pytest.mark.fault("M12")
@pytest.mark.parametrize(
    ("used", "ko", "en"),
    [
        ("VIRTUAL_ACCOUNT", "가상계좌", "virtual account"),
        ("EASY_PAY", "간편결제", "easy pay"),
        ("TRANSFER", "계좌이체", "bank transfer"),
    ],
)
async def test_what_was_used_in_the_window_is_told_and_what_was_asked_stays(
    client: httpx.AsyncClient, used: str, ko: str, en: str
) -> None:
    await make_webhook(ERP, "order.paid")
    variant, words = await make_variant(stock=5), {"ko": ko, "en": en}
    for language, word in words.items():
        who = {"name": "김민지", "phone": a_phone(), "email": an_address()}
        placed = await place(client, (variant.id, 1), orderer=who, headers={"Accept-Language": language})
        if used == "VIRTUAL_ACCOUNT":
            await control(client, placed.payment_id, "issue_virtual_account")
            await control(client, placed.payment_id, "deposit")
        else:
            await control(client, placed.payment_id, "pay", pay_method=used)
        answer = (await complete(client, placed.payment_id)).json()
        assert (answer["payment_status"], answer["paid_with"]) == ("PAID", used)
        (listed,) = (await read_order(client, placed))["payments"]
        assert (listed["pay_method"], listed["paid_with"]) == ("CARD", used)
        await deliver()
        (mail,) = await inbox(client, who["email"])
        assert word in mail["body"]
        assert "신용카드" not in mail["body"]
    bodies = [orjson.loads(row.body) for row in await OutboundDelivery.all()]
    payments = [body["data"]["order"]["payments"][0] for body in bodies]
    assert [(payment["pay_method"], payment["paid_with"]) for payment in payments] == [("CARD", used)] * 2


@pytest.mark.fault("M12")
async def test_the_replay_of_an_order_says_what_was_asked_and_the_export_both(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = {**(await bearer(client, member)), "Idempotency-Key": "replay-after-payment-1"}
    variant = await make_variant(stock=5)
    quote = await client.post(f"{API}/cart/quote", json={"items": [{"variant_id": variant.id, "quantity": 1}]})
    body = order_body((variant.id, 1), expected_total=quote.json()["total"])
    first = (await post_order(client, body, key=headers["Idempotency-Key"], headers=headers)).json()
    payment_id = first["payment"]["payment_id"]
    assert (await client.get(f"{API}/payments/{payment_id}")).json()["paid_with"] is None
    await control(client, payment_id, "pay", pay_method="EASY_PAY")
    await complete(client, payment_id)

    again = (await post_order(client, body, key=headers["Idempotency-Key"], headers=headers)).json()

    assert again["payment"] == first["payment"]
    assert again["payment"]["pay_method"] == "CARD"
    exported: Any = (await export(member.id))["payments"]
    assert [(entry["pay_method"], entry["paid_with"]) for entry in exported] == [("CARD", "EASY_PAY")]


async def test_a_try_that_failed_used_nothing(client: httpx.AsyncClient, placed: Placed) -> None:
    await control(client, placed.payment_id, "fail")
    await complete(client, placed.payment_id)
    assert (await client.get(f"{API}/payments/{placed.payment_id}")).json()["paid_with"] is None
    assert (await order_of(placed)).paid_at is None
