"""Deliveries in the back-office: read, sent again one by one or by the day, and what nobody sees."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.outbound.models import OutboundAttempt, OutboundDelivery, OutboundWebhook
from src.app.outbound.services import personal_data
from src.app.outbound.services.deliveries import forgetting, outcomes, replay
from src.app.outbound.services.deliveries.outcomes import Try
from src.app.outbound.services.http.transport import Answer
from src.common import clock
from src.common.models import PersonalDataAccess
from src.common.models.work_item import WorkStatus
from src.worker.jobs.run import run_job
from tests.app.auth.support import code
from tests.app.outbound.support import ERP, HOOKS, WMS, Receivers, eventually, make_deliveries, make_webhook
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with

DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPAN = {"since": "2026-11-20T00:00:00+09:00", "until": "2026-11-22T00:00:00+09:00"}
PERSONAL = {"name": "김민지", "phone": "01012345678"}


async def test_a_test_message_is_sent_as_every_other(
    client: httpx.AsyncClient, headers: dict[str, str], receivers: Receivers
) -> None:
    webhook = await make_webhook(ERP)
    answer = await client.post(f"{HOOKS}/{webhook.id}/test", headers=headers)
    assert answer.status_code == 202
    assert (answer.json()["type"], answer.json()["status"], answer.json()["attempts"]) == ("webhook.test", "pending", 0)
    assert await run_job("send-outbound-webhooks") == 1
    (body,) = receivers.bodies()
    assert (body["type"], body["sequence"], body["data"]) == ("webhook.test", 0, {"message": "test"})
    detail = (await client.get(f"{HOOKS}/deliveries/{answer.json()['id']}", headers=headers)).json()
    assert (detail["status"], detail["response_status"], detail["message_id"]) == ("delivered", 204, receivers.ids()[0])
    assert detail["body"].encode() == receivers.got[0].body
    assert (detail["personal_data"], len(detail["tries"])) == ("none", 1)
    assert len(await audited("outbound_webhook.tested")) == 1


async def test_nothing_is_sent_to_a_webhook_that_is_off(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    webhook = await make_webhook(ERP)
    await make_deliveries(webhook, 1, work_status=WorkStatus.DEAD, created_at=DAY)
    delivery = await OutboundDelivery.get()
    await OutboundWebhook.all().update(is_active=False)
    for path, body in (
        (f"{webhook.id}/test", None),
        (f"{webhook.id}/replay", SPAN),
        (f"deliveries/{delivery.id}/replay", None),
    ):
        answer = await client.post(f"{HOOKS}/{path}", json=body, headers=headers)
        assert code(answer) == (409, "OUTBOUND_WEBHOOK_OFF")
    assert (await OutboundDelivery.get()).work_status == WorkStatus.DEAD


async def test_deliveries_are_listed_by_state_type_and_korean_day(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    webhook, other = await make_webhook(ERP), await make_webhook(WMS)
    await make_deliveries(webhook, 1, created_at=DAY, work_status=WorkStatus.DONE, done_at=DAY, response_status=204)
    await make_deliveries(webhook, 1, created_at=DAY + timedelta(days=1), work_status=WorkStatus.DEAD)
    await make_deliveries(webhook, 1, created_at=DAY + timedelta(days=2), type="order.awaiting_deposit")
    await make_deliveries(other, 1)

    async def listed(**params: Any) -> list[str]:
        answer = await client.get(f"{HOOKS}/{webhook.id}/deliveries", params=params, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.json()["total"] >= len(answer.json()["items"])
        return [item["message_id"] for item in answer.json()["items"]]

    assert await listed() == ["msg_made2", "msg_made1", "msg_made0"]
    assert await listed(page=2, size=2) == ["msg_made0"]
    assert await listed(status="delivered") == ["msg_made0"]
    assert await listed(status="failed") == ["msg_made1"]
    assert await listed(status="pending") == ["msg_made2"]
    assert await listed(type="order.awaiting_deposit") == ["msg_made2"]
    assert await listed(**{"from": "2026-11-20", "to": "2026-11-20"}) == ["msg_made0"]
    assert await listed(**{"from": "2026-11-21"}) == ["msg_made2", "msg_made1"]
    path = f"{HOOKS}/{webhook.id}/deliveries"
    for wrong in ({"status": "DONE"}, {"page": "0"}, {"size": "101"}, {"from": "x"}, {"q": "x"}):
        assert code(await client.get(path, params=wrong, headers=headers)) == (422, "VALIDATION_ERROR")


async def test_a_list_costs_the_same_queries_however_long_it_is(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    webhook = await make_webhook(ERP)
    counts = []
    for _ in range(2):
        await make_deliveries(webhook, 15)
        with captured_sql() as statements:
            await client.get(f"{HOOKS}/{webhook.id}/deliveries", headers=headers)
        counts.append(len([statement for statement in statements if "outbound" in statement]))
    assert counts == [3, 3]


@pytest.mark.parametrize("status", [WorkStatus.DEAD, WorkStatus.DONE, WorkStatus.PENDING])
async def test_one_delivery_is_sent_again_from_the_first_try_on(
    client: httpx.AsyncClient, headers: dict[str, str], receivers: Receivers, status: WorkStatus
) -> None:
    waits = clock.now() + timedelta(hours=5)
    await make_deliveries(await make_webhook(ERP), 1, work_status=status, attempts=7, available_at=waits, done_at=DAY)
    delivery = await OutboundDelivery.get()
    answer = await client.post(f"{HOOKS}/deliveries/{delivery.id}/replay", headers=headers)
    assert (answer.status_code, answer.json()["status"], answer.json()["attempts"]) == (202, "pending", 0)
    assert await run_job("send-outbound-webhooks") == 1
    assert receivers.ids() == [delivery.message_id]
    assert (await OutboundDelivery.get()).attempts == 1
    (row,) = await audited("outbound_delivery.replayed")
    assert (row["target_id"], row["before"]["attempts"]) == (str(delivery.id), 7)


async def test_what_is_being_sent_right_now_is_not_sent_twice_by_hand(
    client: httpx.AsyncClient, headers: dict[str, str], receivers: Receivers
) -> None:
    await make_deliveries(await make_webhook(ERP), 1)
    delivery = await OutboundDelivery.get()
    receivers.hanging[ERP] = asyncio.Event()
    sending = asyncio.create_task(run_job("send-outbound-webhooks"))
    await eventually(lambda: len(receivers.got) == 1)
    answer = await client.post(f"{HOOKS}/deliveries/{delivery.id}/replay", headers=headers)
    assert code(answer) == (409, "OUTBOUND_DELIVERY_BUSY")
    receivers.hanging.pop(ERP).set()
    assert await sending == 1
    assert len(receivers.got) == 1


@pytest.mark.parametrize(("only_failed", "expected"), [(None, 2), (True, 2), (False, 3)])
async def test_a_range_is_sent_again_without_what_lies_outside(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    receivers: Receivers,
    only_failed: bool | None,
    expected: int,
) -> None:
    webhook, other = await make_webhook(ERP), await make_webhook(WMS)
    far = clock.now() + timedelta(days=1)
    await make_deliveries(webhook, 2, work_status=WorkStatus.DEAD, created_at=DAY, attempts=10)
    await make_deliveries(webhook, 1, work_status=WorkStatus.DONE, created_at=DAY)
    await make_deliveries(webhook, 1, work_status=WorkStatus.DEAD, created_at=DAY + timedelta(days=9))
    await make_deliveries(webhook, 1, created_at=DAY, available_at=far)
    await make_deliveries(other, 1, work_status=WorkStatus.DEAD, created_at=DAY)
    body = SPAN if only_failed is None else {**SPAN, "only_failed": only_failed}
    answer = await client.post(f"{HOOKS}/{webhook.id}/replay", json=body, headers=headers)
    assert (answer.status_code, answer.json()) == (202, {"replayed": expected, "more": False})
    assert await run_job("send-outbound-webhooks") == expected
    assert len(receivers.ids(ERP)) == expected
    assert receivers.ids(WMS) == []
    (row,) = await audited("outbound_webhook.replayed")
    assert (row["target_id"], row["after"]["replayed"]) == (str(webhook.id), expected)


async def test_a_range_is_bounded_and_the_rest_goes_by_the_next_call(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    webhook = await make_webhook(ERP)
    most = replay.MOST_AT_ONCE
    await make_deliveries(webhook, most + 5, work_status=WorkStatus.DEAD, created_at=DAY)
    path = f"{HOOKS}/{webhook.id}/replay"
    outcomes_ = [(await client.post(path, json=SPAN, headers=headers)).json() for _ in range(3)]
    assert outcomes_ == [
        {"replayed": most, "more": True},
        {"replayed": 5, "more": False},
        {"replayed": 0, "more": False},
    ]
    assert len(await audited("outbound_webhook.replayed")) == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"since": SPAN["since"]},
        {"since": SPAN["until"], "until": SPAN["since"]},
        {"since": SPAN["since"], "until": SPAN["since"]},
        {"since": "2026-10-01T00:00:00+09:00", "until": "2026-11-02T00:00:00+09:00"},
        {**SPAN, "since": "2026-11-20T00:00:00"},
        {**SPAN, "since": "yesterday"},
        {**SPAN, "only_failed": "yes"},
        {**SPAN, "limit": 5},
    ],
)
async def test_a_range_that_is_none_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], body: dict[str, Any]
) -> None:
    webhook = await make_webhook(ERP)
    answer = await client.post(f"{HOOKS}/{webhook.id}/replay", json=body, headers=headers)
    assert code(answer) == (422, "VALIDATION_ERROR")


async def test_personal_data_is_shown_to_those_who_may_see_it_and_the_look_is_logged(
    client: httpx.AsyncClient, headers: dict[str, str], receivers: Receivers
) -> None:
    await make_deliveries(await make_webhook(ERP, with_personal_data=True), 1, personal=PERSONAL, member_id=7)
    receivers.answers[ERP] = [Answer(200, "받음: 김민지")]
    await run_job("send-outbound-webhooks")
    path = f"{HOOKS}/deliveries/{(await OutboundDelivery.get()).id}"

    hidden = await client.get(path, headers=headers)
    assert "김민지" not in hidden.text
    assert (hidden.json()["personal_data"], hidden.json()["tries"][0]["answer"]) == ("hidden", None)
    assert await PersonalDataAccess.all().count() == 0

    shown = (await client.get(path, headers=await headers_with(client, "webhook:read", "pii:read"))).json()
    assert '"name":"김민지"' in shown["body"]
    assert (shown["personal_data"], shown["tries"][0]["answer"]) == ("shown", "받음: 김민지")
    look = await PersonalDataAccess.get()
    assert (look.purpose, look.target_type, look.target_id) == ("outbound_delivery.read", "member", "7")
    assert look.items == "name,phone"

    await personal_data.erase(7)
    forgotten = await client.get(path, headers=headers)
    assert "김민지" not in forgotten.text
    assert (forgotten.json()["personal_data"], forgotten.json()["tries"][0]["answer"]) == ("forgotten", "")


async def test_an_answer_that_comes_after_the_forgetting_brings_nothing_back(empty: None) -> None:
    await make_deliveries(await make_webhook(ERP, with_personal_data=True), 1, personal=PERSONAL, member_id=7)
    under_way = await OutboundDelivery.get()
    await personal_data.erase(7)
    await outcomes.note(under_way, Try(clock.now(), 5, Answer(200, "받음: 김민지"), ""))
    assert (await OutboundAttempt.get()).answer == ""
    assert (await OutboundDelivery.get()).personal is None


async def test_many_deliveries_of_a_member_are_forgotten_and_others_stay(empty: None) -> None:
    webhook = await make_webhook(ERP, with_personal_data=True)
    await make_deliveries(webhook, forgetting.BATCH + 20, personal=PERSONAL, member_id=7)
    await make_deliveries(webhook, 2, personal=PERSONAL, member_id=8)
    for _ in range(2):
        await personal_data.erase(7)
    left = await OutboundDelivery.filter(personal__isnull=False)
    assert [row.member_id for row in left] == [8, 8]
