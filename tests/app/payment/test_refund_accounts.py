"""The bank account that refunds of an order go to: given, masked, decided by staff, and taken by the next send."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.order.models import Order
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    Refund,
    RefundAccount,
    RefundAccountState,
    RefundStatus,
)
from src.app.payment.services.refunds import accounts
from src.app.payment.services.retention.anonymising import anonymise_member, empty_accounts
from src.common import clock
from src.common.crypto import unseal
from src.common.models import Anonymisation, LegalRecord, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import queue
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, Placed, at_provider, complete, control, expire, later, place
from tests.factories.people import make_staff, staff_bearer

pytestmark = pytest.mark.usefixtures("accounts_offered")

MINE = {"bank": "KOOKMIN", "number": "123-4567-1234-5678", "holder": "김 민지"}
HUSBAND = {**MINE, "holder": "박지성"}


async def deposited_late(client: httpx.AsyncClient) -> Placed:
    """Somebody paid into the account of an order that had expired; the refund waits for an account."""
    placed = await place(client, ((await make_variant()).id, 1), pay_method="VIRTUAL_ACCOUNT")
    await expire(minutes=31)
    await control(client, placed.payment_id, "issue_virtual_account")
    await control(client, placed.payment_id, "deposit")
    assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")
    with later(minutes=32):
        await run_job("send-refunds")
    assert (await Refund.get()).status == RefundStatus.NEEDS_ACCOUNT
    return placed


async def give(client: httpx.AsyncClient, placed: Placed, body: dict[str, Any] = MINE) -> httpx.Response:
    return await client.post(f"{API}/orders/{placed.order_no}/refund-account", json=body, headers=placed.headers)


async def shown(client: httpx.AsyncClient, placed: Placed) -> dict[str, Any]:
    answer = await client.get(f"{API}/orders/{placed.order_no}/refund-account", headers=placed.headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def send() -> None:
    with later(hours=2):
        await run_job("send-refunds")


async def test_the_account_of_the_orderer_lets_the_refund_go(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    assert await shown(client, placed) == {"is_wanted": True, "account": None}
    answer = await give(client, placed)
    assert answer.status_code == 200, answer.text
    told = answer.json()["account"]
    assert {name: told[name] for name in ("bank", "number", "holder", "state")} == {
        "bank": "KOOKMIN",
        "number": "****5678",
        "holder": "김**지",
        "state": "ACCEPTED",
    }
    row = await RefundAccount.get()
    assert "5678" not in row.number_sealed
    assert (unseal(row.number_sealed), row.number_end) == ("123456712345678", "5678")
    refund = await Refund.get()
    assert (refund.status, refund.work_status) == (RefundStatus.REQUESTED, WorkStatus.PENDING)
    assert (await Discrepancy.get()).resolution == "환불 계좌 등록"
    await send()
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED


async def test_without_an_accepted_account_nothing_is_sent(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    assert (await give(client, placed, HUSBAND)).json()["account"]["state"] == "REVIEW"
    await send()
    assert (await Refund.get()).status == RefundStatus.NEEDS_ACCOUNT
    assert (await at_provider(client, placed.payment_id))[0] == "PAID"


async def test_staff_accept_another_holder_with_a_reason_once(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    await give(client, placed, HUSBAND)
    path = f"{API}/admin/orders/{placed.order_no}/refund-account"
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    seen = (await client.get(path, headers=headers)).json()
    assert (seen["holder"], seen["state"], seen["other_orders"]) == ("박*성", "REVIEW", [])
    assert said(await client.post(f"{path}/accept", json={"reason": ""}, headers=headers)) == (422, "VALIDATION_ERROR")
    both = await asyncio.gather(
        *(client.post(f"{path}/accept", json={"reason": "배우자, 통화 확인"}, headers=headers) for _ in range(2))
    )
    assert sorted(map(said, both)) == [(200, ""), (409, "REFUND_ACCOUNT_ACCEPTED")]
    (row,) = await audited("refund_account.accepted")
    assert (row["actor"], row["reason"]) == (f"staff:{boss.id}", "배우자, 통화 확인")
    await send()
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED


async def test_the_same_again_and_at_once_is_one_row_and_another_replaces_it(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    answers = await asyncio.gather(*(give(client, placed) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {200}
    assert await RefundAccount.all().count() == 1
    assert await OutboxEvent.filter(topic="refund.account_changed").count() == 1
    await give(client, placed, {**MINE, "bank": "KAKAO"})
    assert [row.bank for row in await RefundAccount.all().order_by("id")] == ["KOOKMIN", "KAKAO"]
    assert (await shown(client, placed))["account"]["bank"] == "KAKAO"
    payee = await accounts.payee_of((await Payment.get()).order_id)
    assert payee is not None
    assert (payee.bank, payee.number) == ("KAKAO", "123456712345678")
    assert "123456712345678" not in repr(payee)


async def test_it_is_fixed_while_a_refund_is_under_way(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    await give(client, placed)
    await Refund.all().update(status=RefundStatus.SENT)
    assert said(await give(client, placed, {**MINE, "bank": "KAKAO"})) == (409, "REFUND_ACCOUNT_FIXED")
    assert (await shown(client, placed))["account"]["bank"] == "KOOKMIN"


async def test_what_goes_back_to_a_card_needs_none(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    assert said(await give(client, placed)) == (409, "REFUND_ACCOUNT_NOT_NEEDED")
    assert await shown(client, placed) == {"is_wanted": False, "account": None}
    headers = await staff_bearer(client)
    answer = await client.get(f"{API}/admin/orders/{placed.order_no}/refund-account", headers=headers)
    assert said(answer) == (404, "REFUND_ACCOUNT_NOT_FOUND")


async def test_a_paid_deposit_may_have_one_before_anything_is_refunded(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1), pay_method="VIRTUAL_ACCOUNT")
    await control(client, placed.payment_id, "issue_virtual_account")
    await complete(client, placed.payment_id)
    assert said(await give(client, placed)) == (409, "REFUND_ACCOUNT_NOT_NEEDED")
    await control(client, placed.payment_id, "deposit")
    await complete(client, placed.payment_id)
    assert said(await give(client, placed)) == (200, "")


async def test_strangers_neither_see_nor_give_it(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    path = f"{API}/orders/{placed.order_no}/refund-account"
    assert said(await client.get(path)) == (404, "ORDER_NOT_FOUND")
    assert said(await client.post(path, json=MINE)) == (404, "ORDER_NOT_FOUND")
    desk = await headers_with(client, "order:read")
    assert (await client.get(f"{API}/admin/orders/{placed.order_no}/refund-account", headers=desk)).status_code == 403


async def test_one_account_behind_several_orders_is_found(client: httpx.AsyncClient) -> None:
    first = await deposited_late(client)
    await give(client, first)
    await Refund.all().update(status=RefundStatus.SUCCEEDED)
    second = await place(client, ((await make_variant()).id, 1), pay_method="VIRTUAL_ACCOUNT")
    await control(client, second.payment_id, "issue_virtual_account")
    await complete(client, second.payment_id)
    await control(client, second.payment_id, "deposit")
    await complete(client, second.payment_id)
    await give(client, second, {**MINE, "number": "1234567 1234 5678"})
    headers = await staff_bearer(client)
    seen = await client.get(f"{API}/admin/orders/{second.order_no}/refund-account", headers=headers)
    assert seen.json()["other_orders"] == [first.order_no]


@pytest.mark.parametrize(
    "change", [{"bank": "BANK"}, {"number": "1234567"}, {"number": "1" * 21}, {"number": "12a4567890"}, {"holder": ""}]
)
async def test_wrong_values_are_refused(client: httpx.AsyncClient, change: dict[str, Any]) -> None:
    placed = await deposited_late(client)
    assert said(await give(client, placed, {**MINE, **change})) == (422, "VALIDATION_ERROR")
    assert await RefundAccount.all().count() == 0


async def test_emptied_it_pays_nobody(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    await give(client, placed)
    row = await RefundAccount.get()
    assert await empty_accounts(RefundAccount, [row.id]) == 1
    assert await empty_accounts(RefundAccount, [row.id]) == 0
    row = await RefundAccount.get()
    assert (row.bank, row.number_sealed, row.number_hash, row.number_end, row.holder) == ("", "", "", "", "")
    assert row.state == RefundAccountState.ACCEPTED
    assert await accounts.payee_of(row.order_id) is None


async def test_a_sender_that_found_no_account_does_not_end_the_refund_of_one_given_since(
    client: httpx.AsyncClient,
) -> None:
    placed = await deposited_late(client)
    await Refund.all().update(work_status=WorkStatus.PENDING, available_at=clock.now())
    (taken,) = await queue.take_due(Refund, limit=1)
    assert (await give(client, placed)).status_code == 200

    assert not await queue.finish(taken)

    refund = await Refund.get()
    assert (refund.status, refund.work_status) == (RefundStatus.REQUESTED, WorkStatus.PENDING)
    await send()
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED


async def test_a_refund_that_waits_again_is_on_the_list_again(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    await give(client, placed)
    assert (await Discrepancy.get()).resolved_at is not None
    await give(client, placed, HUSBAND)

    await send()

    assert (await Refund.get()).status == RefundStatus.NEEDS_ACCOUNT
    finding = await Discrepancy.get()
    assert (finding.kind, finding.resolved_at, finding.resolution) == (DiscrepancyKind.NEEDS_ACCOUNT, None, "")


async def test_the_account_of_a_former_member_stays_until_the_refund_is_done(client: httpx.AsyncClient) -> None:
    placed = await deposited_late(client)
    await give(client, placed)
    await Order.filter(order_no=placed.order_no).update(member_id=7)

    assert await anonymise_member(7) == 1

    assert (await Payment.get()).separated_at is not None
    assert (await RefundAccount.get()).number_end == "5678"
    assert (await Anonymisation.get()).done_at is None
    await send()
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    with later(hours=3):
        await anonymise_member(7)
    row = await RefundAccount.get()
    assert (row.bank, row.number_sealed, row.number_end, row.holder) == ("", "", "", "")
    assert (await Anonymisation.get()).done_at is not None
    assert await LegalRecord.filter(reference=f"refund_account:{row.id}").count() == 1
