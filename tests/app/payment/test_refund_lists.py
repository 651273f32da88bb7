"""Staff look through refunds, and have one tried again at once."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderStatus
from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundStatus
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.auth.support import code
from tests.app.payment.refunding import bought, promised, send
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.orders import delivered, faulty, order_of, payment_of

LIST = "/api/v1/admin/refunds"
WHY = {"reason": "PG사 점검 종료 확인"}


async def listed(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(LIST, params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    assert answer.json()["total"] == len(items) or "size" in query
    return items


async def test_a_refund_is_shown_with_its_sums_and_what_may_be_done(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    async with faulty(client, "cancel", "pg_error_502"):
        await send()
    headers = await headers_with(client, "payment:read")
    (shown,) = await listed(client, headers)
    assert {name: shown[name] for name in ("id", "refund_no", "order_no", "payment_id", "cause", "amount")} == {
        "id": refund.id,
        "refund_no": refund.refund_no,
        "order_no": placed.order_no,
        "payment_id": placed.payment_id,
        "cause": "cancel:1",
        "amount": 1_000,
    }
    assert (shown["reason"], shown["means"], shown["status"]) == ("CANCEL", "PROVIDER", "FAILED")
    assert (shown["vat_amount"], shown["tax_free_amount"]) == (refund.vat_amount, 0)
    assert (shown["sends"], shown["last_error"], shown["is_overdue"]) == (1, "PG_PROVIDER", False)
    assert shown["next_try_at"] is not None
    assert shown["allowed_actions"] == ["RETRY"]


async def test_refunds_are_filtered_and_paged(client: httpx.AsyncClient) -> None:
    first, second = await bought(client), await bought(client)
    a, b = await promised(first, 1_000, 1), await promised(first, 2_000, 2)
    c = await promised(second, 3_000, 3, due_on=date(2020, 1, 2))
    await Refund.filter(id=a.id).update(status=RefundStatus.SUCCEEDED, created_at=clock.now() - timedelta(days=40))
    headers = await headers_with(client, "payment:read")

    async def ids(**query: Any) -> list[int]:
        return [item["id"] for item in await listed(client, headers, **query)]

    assert await ids() == [c.id, b.id, a.id]
    assert await ids(status=["SUCCEEDED", "FAILED"]) == [a.id]
    assert await ids(reason="CANCEL", means="BANK") == []
    assert await ids(overdue="true") == [c.id]
    assert await ids(order_no=first.order_no) == [b.id, a.id]
    assert await ids(payment_id=second.payment_id) == [c.id]
    assert await ids(payment_id=second.payment_id, order_no=first.order_no) == []
    assert await ids(order_no="20991231-AAAAAAAA") == []
    today = clock.now().astimezone(clock.KST).date()
    assert await ids(to=(today - timedelta(days=1)).isoformat()) == [a.id]
    assert await ids(**{"from": today.isoformat()}) == [c.id, b.id]
    answer = (await client.get(LIST, params={"size": 2}, headers=headers)).json()
    assert [item["id"] for item in answer["items"]] == [c.id, b.id]
    rest = await client.get(LIST, params={"size": 2, "cursor": answer["next_cursor"]}, headers=headers)
    assert [item["id"] for item in rest.json()["items"]] == [a.id]


async def test_refunds_of_an_archived_order_are_found_by_it(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    await send()
    order = await order_of(placed)
    await Order.filter(id=order.id).update(status=OrderStatus.CANCELLED, ended_at=order.created_at)
    await delivered(client, placed.payment_id, 1)
    await run_job("process-inbox")
    assert await archive() == 1
    headers = await headers_with(client, "payment:read")
    assert await listed(client, headers) == []
    (shown,) = await listed(client, headers, order_no=placed.order_no)
    assert (shown["id"], shown["status"], shown["sends"], shown["allowed_actions"]) == (refund.id, "SUCCEEDED", 1, [])


async def test_a_refund_is_tried_again_at_once_and_the_log_says_so(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    async with faulty(client, "cancel", "pg_error_502"):
        await send()
    assert await send() == 0
    headers = await headers_with(client, "refund:send")
    answer = await client.post(f"{LIST}/{refund.id}/retry", json=WHY, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (200, "FAILED")
    assert await send() == 1
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    (entry,) = await audited("refund.retried")
    assert (entry["target_id"], entry["reason"]) == (str(refund.id), WHY["reason"])
    again = await client.post(f"{LIST}/{refund.id}/retry", json=WHY, headers=headers)
    assert code(again) == (409, "REFUND_NOT_RETRYABLE")


async def test_a_blocked_refund_is_sent_once_its_way_is_free(client: httpx.AsyncClient) -> None:
    placed = await bought(client)
    refund = await promised(placed, 1_000)
    payment = await payment_of(placed.payment_id)
    await Discrepancy.create(
        kind=DiscrepancyKind.EXTERNAL, reference="c", payment_id=payment.id, amount=1, created_at=clock.now()
    )
    await send()
    headers = await headers_with(client, "refund:send")
    await client.post(f"{LIST}/{refund.id}/retry", json=WHY, headers=headers)
    await send()
    assert (await Refund.get()).status == RefundStatus.BLOCKED
    await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).update(resolved_at=clock.now())
    await client.post(f"{LIST}/{refund.id}/retry", json=WHY, headers=headers)
    await send()
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert (await Discrepancy.get(kind=DiscrepancyKind.REFUND_BLOCKED)).resolved_by == "system"


async def test_unknown_refunds_and_missing_permissions_are_refused(client: httpx.AsyncClient) -> None:
    sender, reader = await headers_with(client, "refund:send"), await headers_with(client, "payment:read")
    assert code(await client.post(f"{LIST}/99/retry", json=WHY, headers=sender)) == (404, "REFUND_NOT_FOUND")
    assert (await client.post(f"{LIST}/99/retry", json=WHY, headers=reader)).status_code == 403
    assert (await client.get(LIST, headers=sender)).status_code == 403


@pytest.mark.parametrize(
    "query",
    [{"status": "LOST"}, {"order_no": "x"}, {"payment_id": "x" * 41}, {"cursor": "abc"}, {"overdue": "perhaps"}],
)
async def test_a_wrong_question_is_refused(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    headers = await headers_with(client, "payment:read")
    assert (await client.get(LIST, params=query, headers=headers)).status_code == 422
