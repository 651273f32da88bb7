"""Jobs and events as staff see them."""

import asyncio
from typing import Any

import httpx

from src.common import clock
from src.common.models import Job, JobRun, OutboxEvent
from src.common.models.job import Trigger
from src.common.models.work_item import WorkStatus
from src.worker.events.handlers import HANDLERS
from src.worker.events.relay import relay_outbox
from src.worker.jobs.due import send_due
from src.worker.jobs.schedule import specs
from src.worker.transport.local import INLINE
from tests.app.auth.support import API, code
from tests.app.staff.people import audited, headers_with

JOBS, OUTBOX = f"{API}/admin/jobs", f"{API}/admin/outbox"


async def job(client: httpx.AsyncClient, headers: dict[str, str], name: str) -> dict[str, Any]:
    answer = await client.get(JOBS, headers=headers)
    assert answer.status_code == 200, answer.text
    return {row["name"]: row for row in answer.json()["items"]}[name]  # type: ignore[no-any-return]


async def dead_event(topic: str = "nobody.cares") -> OutboxEvent:
    now = clock.now()
    return await OutboxEvent.create(
        topic=topic,
        aggregate="order:1",
        payload={"order_id": 1},
        available_at=now,
        created_at=now,
        attempts=20,
        work_status=WorkStatus.DEAD,
        last_error="OrderNotFound",
    )


async def test_every_job_is_listed_with_what_it_does(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:read")
    rows = (await client.get(JOBS, headers=headers)).json()["items"]
    assert [row["name"] for row in rows] == sorted(specs())
    kinds = {row["name"]: row["kind"] for row in rows}
    assert (kinds["expire-orders"], kinds["send-refunds"], kinds["flush-views"]) == ("schedule", "work", "memory")
    assert await job(client, headers, "forget-done-work") == {
        "name": "forget-done-work",
        "title": "끝난 작업 기록 삭제",
        "title_en": "Delete work done long ago",
        "kind": "schedule",
        "every_seconds": 86_400.0,
        "daily_at": "04:10",
        "is_running": False,
        "asked_by": None,
        "next_run_at": None,
        "last_started_at": None,
        "last_finished_at": None,
        "last_done": None,
        "last_error": None,
    }


async def test_job_that_staff_ask_for_runs_once_and_is_audited(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:read", "job:run")
    await send_due(INLINE)
    await Job.filter(name="expire-orders").update(next_run_at=clock.now())

    answers = await asyncio.gather(*(client.post(f"{JOBS}/expire-orders/run", headers=headers) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [202, 409]
    assert {code(answer)[1] for answer in answers if answer.status_code == 409} == {"JOB_ALREADY_REQUESTED"}
    assert (await job(client, headers, "expire-orders"))["asked_by"].startswith("staff:")

    await send_due(INLINE)
    shown = await job(client, headers, "expire-orders")
    assert (shown["asked_by"], shown["last_done"], shown["last_error"], shown["is_running"]) == (None, 0, None, False)
    (run,) = (await client.get(f"{JOBS}/expire-orders/runs", headers=headers)).json()["items"]
    assert (run["trigger"], run["done"], run["error"]) == ("MANUAL", 0, None)
    (row,) = await audited("job.asked")
    assert (row["target_type"], row["target_id"], row["actor"]) == ("job", "expire-orders", run["asked_by"])


async def test_job_that_looks_for_rows_is_woken(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:run")
    answer = await client.post(f"{JOBS}/send-refunds/run", headers=headers)
    assert (answer.status_code, answer.json()["kind"], answer.json()["next_run_at"]) == (202, "work", None)
    assert await Job.all().count() == 0


async def test_unknown_job_is_not_found_and_a_hostile_name_is_none(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:read", "job:run")
    for name, expected in {
        "no-such-job": (404, "JOB_NOT_FOUND"),
        "x" * 64: (404, "JOB_NOT_FOUND"),
        "x" * 65: (422, "VALIDATION_ERROR"),
        "%00": (422, "VALIDATION_ERROR"),
        "사용자": (422, "VALIDATION_ERROR"),
    }.items():
        assert code(await client.post(f"{JOBS}/{name}/run", headers=headers)) == expected
        assert code(await client.get(f"{JOBS}/{name}/runs", headers=headers)) == expected
    assert await audited("job.asked") == []


async def test_history_has_pages_the_newest_first(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:read")
    now = clock.now()
    for number in range(5):
        await JobRun.create(
            job_name="expire-orders", started_at=now, finished_at=now, done=number, trigger=Trigger.SCHEDULE
        )
    await JobRun.create(job_name="settle-prices", started_at=now, finished_at=now, done=99)
    page = (await client.get(f"{JOBS}/expire-orders/runs?page=2&size=2", headers=headers)).json()
    assert ([row["done"] for row in page["items"]], page["total"]) == ([2, 1], 5)


async def test_event_that_was_set_aside_is_carried_again_by_staff(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:read", "job:run")
    event = await dead_event("test.again")
    told: list[int] = []

    async def hear(payload: dict[str, Any]) -> None:
        told.append(payload["order_id"])

    (row,) = (await client.get(f"{OUTBOX}?status=DEAD", headers=headers)).json()["items"]
    assert (row["id"], row["topic"], row["last_error"], row["next_try_at"]) == (
        event.id,
        "test.again",
        "OrderNotFound",
        None,
    )
    HANDLERS["test.again"] = (hear,)
    try:
        answers = await asyncio.gather(*(client.post(f"{OUTBOX}/{event.id}/replay", headers=headers) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        await relay_outbox()
        assert code(await client.post(f"{OUTBOX}/{event.id}/replay", headers=headers)) == (
            409,
            "OUTBOX_EVENT_NOT_SET_ASIDE",
        )
    finally:
        del HANDLERS["test.again"]
    assert told == [1]
    assert len(await audited("event.replayed")) == 1


async def test_events_are_found_by_state_and_topic(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "job:read", "job:run")
    await dead_event()
    await dead_event("order.paid")
    assert (await client.get(f"{OUTBOX}?topic=order.paid", headers=headers)).json()["total"] == 1
    assert (await client.get(f"{OUTBOX}?status=DONE", headers=headers)).json()["total"] == 0
    assert code(await client.get(f"{OUTBOX}?status=LOST", headers=headers)) == (422, "VALIDATION_ERROR")
    assert code(await client.get(f"{OUTBOX}?topic={'x' * 65}", headers=headers)) == (422, "VALIDATION_ERROR")
    missing = await client.post(f"{OUTBOX}/987654321/replay", headers=headers)
    assert code(missing) == (404, "OUTBOX_EVENT_NOT_FOUND")
