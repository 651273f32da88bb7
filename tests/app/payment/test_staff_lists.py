"""Staff look through discrepancies and webhooks, close the ones and let the others be worked off again."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import OrderStatus
from src.app.payment.models import Discrepancy, DiscrepancyKind, PaymentStatus
from src.app.payment.services.webhooks.receive import SOURCE
from src.common import clock
from src.common.models import InboxMessage
from src.common.models.work_item import WorkStatus
from src.worker.jobs.run import run_job
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, order_of, payment_of, place
from tests.factories.people import bearer

LIST = "/api/v1/admin/payments/discrepancies"
INBOX = "/api/v1/admin/webhook-inbox"
REASON = {"reason": "콘솔 환불 확인 (상담 3821)"}
START = datetime(2026, 3, 1, 12, tzinfo=clock.KST)


async def finding(
    reference: str = "c-1",
    kind: DiscrepancyKind = DiscrepancyKind.EXTERNAL,
    *,
    payment_id: int | None = None,
    at: datetime = START,
) -> Discrepancy:
    return await Discrepancy.create(
        kind=kind, reference=reference, payment_id=payment_id, amount=500, detail="d", created_at=at
    )


async def message(
    message_id: str = "m-1", status: WorkStatus = WorkStatus.DEAD, *, payment_id: str = "p-1", topic: str = "A.B"
) -> InboxMessage:
    now = clock.now()
    return await InboxMessage.create(
        source=SOURCE,
        message_id=message_id,
        topic=topic,
        body=f'{{"type":"Transaction.Paid","data":{{"paymentId":"{payment_id}"}}}}',
        received_at=now,
        available_at=now + timedelta(hours=1),
        work_status=status,
        attempts=20,
        lease_token="somebody",
        last_error="LookupError",
    )


async def paid(client: httpx.AsyncClient) -> Placed:
    placed = await place(client, ((await make_variant(stock=5)).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await run_job("relay-outbox")
    return placed


async def listed(client: httpx.AsyncClient, path: str, headers: dict[str, str], **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(path, params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    assert answer.json()["total"] >= len(items)
    return items


async def test_a_discrepancy_names_its_payment_and_order_also_when_they_are_archived(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:read")
    placed = await paid(client)
    payment = await payment_of(placed.payment_id)
    order = await order_of(placed)
    order.status = OrderStatus.CONFIRMED
    await order.save(update_fields=["status"])
    assert await archive() == 1
    row = await finding(payment_id=payment.id)
    stranger = await finding("stranger", DiscrepancyKind.UNKNOWN_PAYMENT)

    unknown, external = await listed(client, LIST, headers)

    assert external == {
        "id": row.id,
        "kind": "EXTERNAL",
        "reference": "c-1",
        "payment_id": placed.payment_id,
        "order_no": placed.order_no,
        "amount": 500,
        "detail": "d",
        "created_at": "2026-03-01T12:00:00+09:00",
        "resolved_at": None,
        "resolved_by": None,
        "resolution": None,
    }
    assert (unknown["id"], unknown["payment_id"], unknown["order_no"]) == (stranger.id, None, None)


async def test_discrepancies_are_filtered_and_paged(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:read", "payment:reconcile")
    rows = [await finding(f"c-{day}", at=START + timedelta(days=day)) for day in range(3)]
    other = await finding("p-1", DiscrepancyKind.MISMATCH, at=START + timedelta(days=9))
    assert (await client.post(f"{LIST}/{rows[1].id}/resolve", json=REASON, headers=headers)).status_code == 200

    async def ids(**query: Any) -> list[int]:
        return [item["id"] for item in await listed(client, LIST, headers, **query)]

    a, b, c, d = *[row.id for row in rows], other.id
    assert await ids() == [d, c, b, a]
    assert await ids(kind="EXTERNAL") == [c, b, a]
    assert (await ids(resolved="true"), await ids(resolved="false")) == ([b], [d, c, a])
    assert await ids(**{"from": "2026-03-02", "to": "2026-03-03"}) == [c, b]
    assert await ids(page=2, size=3) == [a]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (LIST, {"kind": "SOMETHING"}),
        (LIST, {"resolved": "perhaps"}),
        (LIST, {"from": "2026-03-02", "to": "2026-03-01"}),
        (LIST, {"page": "0"}),
        (LIST, {"size": "101"}),
        (LIST, {"sort": "amount"}),
        (INBOX, {"status": "LOST"}),
        (INBOX, {"topic": "x" * 65}),
        (INBOX, {"page": "x"}),
        (INBOX, {"body": "x"}),
    ],
)
async def test_a_wrong_question_is_refused(client: httpx.AsyncClient, path: str, query: dict[str, str]) -> None:
    headers = await headers_with(client, "payment:read")
    assert (await client.get(path, params=query, headers=headers)).status_code == 422


async def test_a_discrepancy_is_closed_once_with_its_reason(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:reconcile")
    row = await finding()

    answer = await client.post(f"{LIST}/{row.id}/resolve", json=REASON, headers=headers)

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["resolution"] == REASON["reason"]
    assert shown["resolved_by"].startswith("staff:")
    assert shown["resolved_at"] is not None
    again = await client.post(f"{LIST}/{row.id}/resolve", json={"reason": "다시"}, headers=headers)
    assert code(again) == (409, "DISCREPANCY_RESOLVED")
    assert (await Discrepancy.get()).resolution == REASON["reason"]
    (entry,) = await audited("payment.discrepancy_resolved")
    assert (entry["target_id"], entry["reason"]) == (str(row.id), REASON["reason"])
    assert entry["after"] == {"kind": "EXTERNAL", "reference": "c-1"}


async def test_of_several_who_close_a_discrepancy_at_once_one_does(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:reconcile")
    path = f"{LIST}/{(await finding()).id}/resolve"
    answers = await asyncio.gather(*(client.post(path, json=REASON, headers=headers) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert len(await audited("payment.discrepancy_resolved")) == 1


@pytest.mark.parametrize(
    "body", [{}, {"reason": ""}, {"reason": "  "}, {"reason": "x" * 201}, {"reason": "a\x00b"}, {"reason": 1}, [], None]
)
async def test_a_discrepancy_is_not_closed_without_a_proper_reason(client: httpx.AsyncClient, body: Any) -> None:
    headers = await headers_with(client, "payment:reconcile")
    row = await finding()
    assert (await client.post(f"{LIST}/{row.id}/resolve", json=body, headers=headers)).status_code == 422
    extra = await client.post(f"{LIST}/{row.id}/resolve", json={**REASON, "resolved_at": None}, headers=headers)
    assert (extra.status_code, (await Discrepancy.get()).resolved_at) == (422, None)


async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:reconcile")
    closed = await client.post(f"{LIST}/{2**63 - 1}/resolve", json=REASON, headers=headers)
    replayed = await client.post(f"{INBOX}/1/replay", headers=headers)
    assert (code(closed), code(replayed)) == ((404, "DISCREPANCY_NOT_FOUND"), (404, "WEBHOOK_MESSAGE_NOT_FOUND"))
    for number in ("0", "x", str(2**63)):
        assert (await client.post(f"{INBOX}/{number}/replay", headers=headers)).status_code == 422


async def test_webhooks_are_listed_without_their_bodies(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:read")
    dead = await message()
    done = await message("m-2", WorkStatus.DONE, payment_id="p-2", topic="C.D")

    newest, oldest = await listed(client, INBOX, headers)

    assert (newest["id"], oldest["id"]) == (done.id, dead.id)
    assert "body" not in newest
    assert (oldest["status"], oldest["attempts"], oldest["last_error"]) == ("DEAD", 20, "LookupError")
    assert (oldest["payment_id"], oldest["topic"], oldest["message_id"]) == ("p-1", "A.B", "m-1")
    assert [row["id"] for row in await listed(client, INBOX, headers, status="DEAD")] == [dead.id]
    assert [row["id"] for row in await listed(client, INBOX, headers, topic="C.D")] == [done.id]
    assert [row["id"] for row in await listed(client, INBOX, headers, page=2, size=1)] == [dead.id]


@pytest.mark.parametrize("status", [WorkStatus.DEAD, WorkStatus.DONE])
async def test_a_replayed_webhook_is_worked_off_again(client: httpx.AsyncClient, status: WorkStatus) -> None:
    headers = await headers_with(client, "payment:reconcile")
    placed = await place(client, ((await make_variant(stock=5)).id, 1))
    await control(client, placed.payment_id, "pay")
    row = await message(status=status, payment_id=placed.payment_id)

    answer = await client.post(f"{INBOX}/{row.id}/replay", headers=headers)

    assert (answer.status_code, answer.json()["status"], answer.json()["attempts"]) == (200, "PENDING", 0)
    again = await client.post(f"{INBOX}/{row.id}/replay", headers=headers)
    assert code(again) == (409, "WEBHOOK_MESSAGE_WAITS")
    assert await run_job("process-inbox") == 1
    assert (await order_of(placed)).status == OrderStatus.PAID
    assert (await payment_of(placed.payment_id)).status == PaymentStatus.PAID
    assert (await InboxMessage.get()).work_status == WorkStatus.DONE
    (entry,) = await audited("payment.webhook_replayed")
    assert (entry["target_id"], entry["before"]) == (str(row.id), {"status": status.value})


async def test_of_several_replays_at_once_one_is_done(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "payment:reconcile")
    path = f"{INBOX}/{(await message()).id}/replay"
    answers = await asyncio.gather(*(client.post(path, headers=headers) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len(await audited("payment.webhook_replayed")) == 1


@pytest.mark.parametrize(
    ("method", "path", "permission"),
    [
        ("GET", LIST, "payment:reconcile"),
        ("GET", INBOX, "payment:reconcile"),
        ("POST", f"{LIST}/1/resolve", "payment:read"),
        ("POST", f"{INBOX}/1/replay", "payment:read"),
    ],
)
async def test_only_those_who_may_before_anything_is_looked_at(
    client: httpx.AsyncClient, method: str, path: str, permission: str
) -> None:
    wrong = {"json": {"nonsense": 1}} if method == "POST" else {}
    member, other = await bearer(client), await headers_with(client, permission)
    assert (await client.request(method, path, **wrong)).status_code == 401  # type: ignore[arg-type]
    for headers in (member, other):
        answer = await client.request(method, path, headers=headers, **wrong)  # type: ignore[arg-type]
        assert code(answer) == (403, "FORBIDDEN")
