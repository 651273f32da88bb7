"""Cash receipts: asked for, issued when the money is there, following refunds, and claimed later."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.checkout.services.settling import settle
from src.app.payment.models import Payment
from src.app.receipt.models import CashReceipt, ReceiptStatus
from src.app.receipt.services.following import follow_all
from src.app.receipt.services.numbers import NOBODY, number_of
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.configs import settings, use
from src.core.configs.receipt_groups import ReceiptSettings
from src.worker.jobs.run import run_job
from tests.app.deposit.support import ADMIN, waiting
from tests.app.receipt.support import FIRM, PHONE, at_provider, paid_by_hand, paid_by_transfer, row_of, send, shown
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    cancel_order,
    complete,
    control,
    faulty,
    later,
    order_body,
    order_of,
    place,
    post_order,
    quoted_total,
    read_order,
)

pytestmark = pytest.mark.usefixtures("empty")


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


# --- asked for at checkout


@pytest.mark.parametrize("paid", [paid_by_transfer, paid_by_hand])
async def test_what_was_asked_for_is_issued_when_the_money_is_there(client: httpx.AsyncClient, paid: Any) -> None:
    placed = await paid(client, cash_receipt=PHONE)

    await send()

    row = await row_of(placed)
    body = await at_provider(client, placed)
    assert body is not None
    assert (body["status"], body["amount"], body["type"]) == ("ISSUED", placed.total, "PERSONAL")
    assert body["vatAmount"] == round(placed.total / 11)
    assert (row.status, row.issued_amount, number_of(row)) == (ReceiptStatus.ISSUED, placed.total, "01012345678")
    told = (await read_order(client, placed))["cash_receipt"]
    assert (told["status"], told["source"], told["number"]) == ("ISSUED", "ASKED", "010******78")
    assert told["issue_number"] == body["issueNumber"]


async def test_before_the_money_nothing_is_issued(client: httpx.AsyncClient) -> None:
    placed = await waiting(client, cash_receipt=PHONE)
    await send()
    row = await row_of(placed)
    assert (row.status, row.receipt_key, row.work_status) == (ReceiptStatus.WAITING, None, WorkStatus.DONE)
    await cancel_order(client, placed)
    await send()
    assert (await row_of(placed)).status == ReceiptStatus.WAITING


async def test_an_account_is_issued_for_after_its_deposit(client: httpx.AsyncClient, accounts_offered: None) -> None:
    variant = await make_variant(price=50_000)
    placed = await place(client, (variant.id, 1), pay_method="VIRTUAL_ACCOUNT", cash_receipt=FIRM)
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=24)
    await complete(client, placed.payment_id)
    await send()
    assert (await row_of(placed)).status == ReceiptStatus.WAITING
    await control(client, placed.payment_id, "deposit")
    await complete(client, placed.payment_id)
    await send()
    body = await at_provider(client, placed)
    assert body is not None
    assert (body["status"], body["type"]) == ("ISSUED", "CORPORATE")


async def test_the_number_lies_encrypted_and_masked(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, cash_receipt=PHONE)
    row = (await CashReceipt.filter(order_id=(await order_of(placed)).id).values())[0]
    assert all("1234567" not in str(value) for value in row.values())
    assert len(row["number_hash"]) == 64


@pytest.mark.parametrize(
    "receipt",
    [
        {"kind": "PERSONAL", "number": "02-123-4567"},
        {"kind": "PERSONAL", "number": "220-81-62517"},
        {"kind": "CORPORATE", "number": "220-81-62518"},
        {"kind": "CORPORATE", "number": "010-1234-5678"},
        {"kind": "PERSONAL", "number": "0101234"},
        {"kind": "PERSONAL", "number": "010-1234-567a"},
        {"kind": "NONE", "number": "010-1234-5678"},
        {"kind": "PERSONAL"},
    ],
)
async def test_a_wrong_number_is_refused(client: httpx.AsyncClient, receipt: dict[str, str]) -> None:
    variant = await make_variant()
    total = await quoted_total(client, (variant.id, 1))
    body = order_body((variant.id, 1), expected_total=total, pay_method="TRANSFER", cash_receipt=receipt)
    assert (await post_order(client, body)).status_code == 422


async def test_a_card_has_no_cash_receipt(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    total = await quoted_total(client, (variant.id, 1))
    body = order_body((variant.id, 1), expected_total=total, pay_method="CARD", cash_receipt=PHONE)
    assert (await post_order(client, body)).status_code == 422


# --- nothing asked


@pytest.mark.parametrize(("price", "issued"), [(97_499, False), (97_500, True)])
async def test_from_100000_won_on_it_is_issued_by_itself(client: httpx.AsyncClient, price: int, issued: bool) -> None:
    placed = await paid_by_transfer(client, price=price)
    assert placed.total == price + 2_500
    await send()
    if not issued:
        assert await CashReceipt.all().count() == 0
        return
    row = await row_of(placed)
    assert (number_of(row), row.masked_number, row.source.value) == (NOBODY, "", "SELF")
    assert await shown(client, placed) == ("ISSUED", 100_000)


async def test_the_limit_is_a_setting(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, price=200_000)
    with use(replace(settings(), receipts=ReceiptSettings(self_issued_from=0))):
        await follow_all([(await order_of(placed)).id])
    assert await CashReceipt.all().count() == 0


async def test_a_card_order_gets_none(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant(price=200_000)).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await send()
    assert await CashReceipt.all().count() == 0
    claimed = await client.post(f"/api/v1/orders/{placed.order_no}/cash-receipt", json=PHONE, headers=placed.headers)
    assert said(claimed) == (409, "CASH_RECEIPT_NOT_FOR_ORDER")


# --- claimed later


async def test_a_self_issued_one_is_claimed_with_a_number_once(client: httpx.AsyncClient) -> None:
    placed = await paid_by_hand(client, price=200_000)
    await send()
    first = await at_provider(client, placed)
    path = f"/api/v1/orders/{placed.order_no}/cash-receipt"

    answers = [await client.post(path, json=PHONE, headers=placed.headers) for _ in range(2)]
    other = await client.post(path, json=FIRM, headers=placed.headers)
    await send()

    assert [answer.status_code for answer in answers] == [200, 200]
    assert said(other) == (409, "CASH_RECEIPT_ISSUED")
    second = await at_provider(client, placed)
    assert first is not None
    assert second is not None
    assert (second["status"], second["amount"]) == ("ISSUED", placed.total)
    assert first["issueNumber"] != second["issueNumber"]
    row = await row_of(placed)
    assert (number_of(row), row.source.value, row.sent_hash == row.number_hash) == ("01012345678", "ASKED", True)


async def test_nobody_claims_the_receipt_of_others(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client)
    answer = await client.post(f"/api/v1/orders/{placed.order_no}/cash-receipt", json=PHONE)
    assert said(answer) == (404, "ORDER_NOT_FOUND")


# --- staff


async def test_staff_issue_and_cancel_by_payment(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client)
    headers = await headers_with(client, "payment:confirm", "order:read")
    path = f"{ADMIN}/payments/{placed.payment_id}/cash-receipt"
    await send()

    issued = await client.post(path, json=FIRM, headers=headers)
    await send()
    assert (issued.status_code, await shown(client, placed)) == (200, ("ISSUED", placed.total))
    detail = (await client.get(f"{ADMIN}/orders/{placed.order_no}", headers=headers)).json()
    assert (detail["cash_receipt"]["status"], detail["cash_receipt"]["number"]) == ("ISSUED", "220*****17")

    for _ in range(2):
        assert (await client.delete(path, headers=headers)).status_code == 200
    await send()
    assert await shown(client, placed) == ("CANCELLED", placed.total)
    assert (await row_of(placed)).status == ReceiptStatus.CANCELLED
    await follow_all([(await order_of(placed)).id])
    assert (await row_of(placed)).wanted_amount == 0
    assert [row["target_id"] for row in await audited("cash_receipt.issued")] == [placed.order_no]
    assert len(await audited("cash_receipt.stopped")) == 1

    again = await client.post(path, json=PHONE, headers=headers)
    await send()
    assert (again.status_code, await shown(client, placed)) == (200, ("ISSUED", placed.total))


async def test_staff_issue_and_cancel_by_order_for_a_manual_transfer(client: httpx.AsyncClient) -> None:
    placed = await paid_by_hand(client)
    headers = await headers_with(client, "payment:confirm")
    path = f"{ADMIN}/orders/{placed.order_no}/cash-receipt"
    assert said(await client.delete(path, headers=headers)) == (404, "CASH_RECEIPT_NOT_FOUND")
    assert (await client.post(path, json=PHONE, headers=headers)).status_code == 200
    await send()
    assert await shown(client, placed) == ("ISSUED", placed.total)
    assert (await client.delete(path, headers=headers)).status_code == 200
    await send()
    assert await shown(client, placed) == ("CANCELLED", placed.total)


async def test_who_reads_payments_may_not(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client)
    headers = await headers_with(client, "payment:read", "order:write")
    path = f"{ADMIN}/payments/{placed.payment_id}/cash-receipt"
    assert (await client.post(path, json=PHONE, headers=headers)).status_code == 403
    assert (await client.delete(path, headers=headers)).status_code == 403


# --- following what goes back


async def test_a_cancel_of_a_part_issues_the_rest_anew(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, cash_receipt=PHONE)
    await send()
    await control(client, placed.payment_id, "cancel", amount=20_000)
    await complete_again(client, placed)

    with later(minutes=1):
        assert await run_job("follow-cash-receipts") == 1
        await run_job("send-cash-receipts")

    assert await shown(client, placed) == ("ISSUED", placed.total - 20_000)
    assert (await row_of(placed)).issued_amount == placed.total - 20_000


async def test_a_cancel_of_the_whole_cancels_it(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, cash_receipt=PHONE)
    await send()
    await control(client, placed.payment_id, "cancel")
    await complete_again(client, placed)
    with later(minutes=1):
        assert await run_job("follow-cash-receipts") == 1
        await run_job("send-cash-receipts")
    assert (await shown(client, placed) or ("", 0))[0] == "CANCELLED"
    assert (await row_of(placed)).status == ReceiptStatus.CANCELLED


async def complete_again(client: httpx.AsyncClient, placed: Any) -> None:
    """The shop hears of what changed at PortOne."""
    await settle(placed.payment_id, told_by="test")
    assert (await Payment.get(payment_id=placed.payment_id)).cancelled_amount > 0


# --- unknown outcomes, twice, at once


@pytest.mark.parametrize("operation", ["cash_receipt", "issue_receipt"])
@pytest.mark.parametrize("kind", ["error_500", "error_500_after", "garbage"])
async def test_an_unknown_outcome_is_read_again_and_issued_once(
    client: httpx.AsyncClient, operation: str, kind: str
) -> None:
    placed = await paid_by_transfer(client, cash_receipt=PHONE)
    await run_job("relay-outbox")
    async with faulty(client, operation, kind):
        await run_job("send-cash-receipts")
    assert (await row_of(placed)).work_status == WorkStatus.PENDING
    first = await at_provider(client, placed)

    with later(minutes=10):
        await run_job("send-cash-receipts")

    assert await shown(client, placed) == ("ISSUED", placed.total)
    assert first is None or first == await at_provider(client, placed)
    row = await row_of(placed)
    assert (row.status, row.sends, row.work_status) == (ReceiptStatus.ISSUED, 0, WorkStatus.DONE)


@pytest.mark.parametrize("kind", ["error_500", "error_500_after", "PG_PROVIDER"])
async def test_a_cancel_whose_outcome_is_unknown_ends_all_the_same(client: httpx.AsyncClient, kind: str) -> None:
    placed = await paid_by_transfer(client, cash_receipt=PHONE)
    await send()
    headers = await headers_with(client, "payment:confirm")
    await client.delete(f"{ADMIN}/payments/{placed.payment_id}/cash-receipt", headers=headers)
    async with faulty(client, "cancel_receipt", kind):
        await run_job("send-cash-receipts")
    with later(minutes=10):
        await run_job("send-cash-receipts")
    assert ((await row_of(placed)).status, await shown(client, placed)) == (
        ReceiptStatus.CANCELLED,
        ("CANCELLED", placed.total),
    )


async def test_a_refusal_stands_for_staff_and_another_number_goes_through(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, cash_receipt=PHONE)
    await run_job("relay-outbox")
    async with faulty(client, "issue_receipt", "PG_PROVIDER"):
        await run_job("send-cash-receipts")
    row = await row_of(placed)
    assert (row.status, row.last_error, row.work_status) == (ReceiptStatus.FAILED, "PG_PROVIDER", WorkStatus.DONE)

    headers = await headers_with(client, "payment:confirm")
    path = f"{ADMIN}/payments/{placed.payment_id}/cash-receipt"
    assert (await client.post(path, json=FIRM, headers=headers)).status_code == 200
    await run_job("send-cash-receipts")

    assert await shown(client, placed) == ("ISSUED", placed.total)


async def test_the_same_event_twice_and_at_once_is_one_receipt(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, price=200_000)
    order_id = (await order_of(placed)).id
    await asyncio.gather(*(follow_all([order_id]) for _ in range(4)))
    await OutboxEvent.all().update(work_status="PENDING")
    await send()
    await asyncio.gather(run_job("send-cash-receipts"), run_job("send-cash-receipts"))
    assert await CashReceipt.all().count() == 1
    assert ((await row_of(placed)).sends, await shown(client, placed)) == (0, ("ISSUED", placed.total))


async def test_a_receipt_of_the_payment_window_is_taken_for_ours(client: httpx.AsyncClient) -> None:
    placed = await paid_by_transfer(client, price=200_000)
    portone = settings().portone
    body = {
        "storeId": portone.store_id,
        "paymentId": placed.payment_id,
        "channelKey": portone.channel_key,
        "type": "PERSONAL",
        "orderName": "x",
        "currency": "KRW",
        "amount": {"total": placed.total},
        "customer": {"identityNumber": "01099998888"},
    }
    secret = {"Authorization": f"PortOne {portone.api_secret}"}
    assert (await client.post("/sandbox/portone/cash-receipts", json=body, headers=secret)).status_code == 200
    first = await at_provider_of(client, placed.payment_id)

    await send()

    assert await at_provider_of(client, placed.payment_id) == first
    assert ((await row_of(placed)).status, (await row_of(placed)).sends) == (ReceiptStatus.ISSUED, 0)


async def at_provider_of(client: httpx.AsyncClient, key: str) -> Any:
    portone = settings().portone
    secret = {"Authorization": f"PortOne {portone.api_secret}"}
    return (await client.get(f"/sandbox/portone/payments/{key}/cash-receipt", headers=secret)).json()
