"""GET /admin/tasks, /admin/tasks/{id}, its files, and POST .../cancel."""

from collections.abc import AsyncIterator
from typing import Any

import httpx

from src.app.staff.models import Staff
from src.common import clock
from src.common.models import BackgroundTask, TaskFile, TaskFileKind, TaskPriority, TaskStatus
from src.common.models.work_item import WorkStatus
from src.common.work import task_files
from src.core.database import unit_of_work
from tests.app.auth.support import API, code
from tests.app.staff.people import audited, headers_with, staff_with
from tests.factories.people import bearer, staff_bearer

TASKS = f"{API}/admin/tasks"
NOBODYS = "0" * 26


async def task_of(staff: Staff, **values: Any) -> BackgroundTask:
    """A task in the database."""
    now = clock.now()
    made = {"name": "import-products", "payload": {}, "permission": "product:write", "available_at": now, **values}
    number = await BackgroundTask.all().count() + 1
    return await BackgroundTask.create(
        public_id=f"{number:026d}", requested_by=f"staff:{staff.id}", created_at=now, **made
    )


async def file_of(task: BackgroundTask, kind: TaskFileKind, *, name: str = "상품 'x'.csv") -> TaskFile:
    async def content() -> AsyncIterator[bytes]:
        yield b"=1+1"

    return await unit_of_work(lambda: task_files.keep(task, kind, content, name=name, media_type="text/csv"))


async def test_i_see_my_tasks_and_with_the_permission_everybodys(client: httpx.AsyncClient) -> None:
    me, boss = await staff_with("product:write"), await staff_with("job:read")
    mine = await task_of(me, progress_done=3, progress_total=9, status=TaskStatus.STARTED, priority=TaskPriority.LOW)
    others = await task_of(
        boss, status=TaskStatus.FAILED, error_code="SHEET_BROKEN", error_ko="손상", error_en="broken"
    )
    await file_of(mine, TaskFileKind.NOTES)
    headers, chief = await staff_bearer(client, me), await staff_bearer(client, boss)

    (item,) = (await client.get(TASKS, headers=headers)).json()["items"]
    assert (item["id"], item["status"], item["priority"], item["files"]) == (mine.public_id, "started", "low", [])
    assert (item["progress"], item["error"], item["finished_at"]) == ({"done": 3, "total": 9}, None, None)
    assert code(await client.get(TASKS, params={"whose": "all"}, headers=headers)) == (403, "FORBIDDEN")
    assert len(await audited("access.denied")) == 1

    every = (await client.get(TASKS, params={"whose": "all"}, headers=chief)).json()
    assert ([one["id"] for one in every["items"]], every["total"]) == ([others.public_id, mine.public_id], 2)
    assert every["items"][0]["error"] == {"code": "SHEET_BROKEN", "ko": "손상", "en": "broken"}
    filters: list[tuple[dict[str, Any], list[str]]] = [
        ({"status": "failed"}, [others.public_id]),
        ({"status": "queued"}, []),
        ({"name": "import-products", "size": 1, "page": 2}, [mine.public_id]),
        ({"name": "export"}, []),
    ]
    for asked, expected in filters:
        answer = await client.get(TASKS, params={"whose": "all", **asked}, headers=chief)
        assert [one["id"] for one in answer.json()["items"]] == expected, asked
    for wrong in (
        {"status": "gone"},
        {"whose": "yours"},
        {"page": "0"},
        {"size": "101"},
        {"q": "x"},
        {"name": "x" * 65},
    ):
        assert code(await client.get(TASKS, params=wrong, headers=chief)) == (422, "VALIDATION_ERROR")


async def test_anothers_task_is_not_there(client: httpx.AsyncClient) -> None:
    owner, reader = await staff_with("product:write"), await headers_with(client, "product:write")
    task = await task_of(owner)
    await file_of(task, TaskFileKind.SOURCE)
    for path in (f"{TASKS}/{task.public_id}", f"{TASKS}/{NOBODYS}", f"{TASKS}/{task.public_id}/files/source"):
        assert code(await client.get(path, headers=reader)) == (404, "TASK_NOT_FOUND")
    assert code(await client.post(f"{TASKS}/{task.public_id}/cancel", headers=reader)) == (404, "TASK_NOT_FOUND")
    chief = await headers_with(client, "job:read")
    assert (await client.get(f"{TASKS}/{task.public_id}", headers=chief)).status_code == 200
    assert code(await client.get(f"{TASKS}/{task.public_id}/files/source", headers=chief)) == (403, "FORBIDDEN")
    assert code(await client.post(f"{TASKS}/{task.public_id}/cancel", headers=chief)) == (404, "TASK_NOT_FOUND")
    assert code(await client.get(f"{TASKS}/no-ulid", headers=chief)) == (422, "VALIDATION_ERROR")


async def test_files_of_a_task_are_had_by_who_may(client: httpx.AsyncClient) -> None:
    me = await staff_with("product:write")
    task = await task_of(me)
    await file_of(task, TaskFileKind.ERRORS, name='오류"\r\n.csv')
    await file_of(task, TaskFileKind.NOTES)
    await unit_of_work(lambda: task_files.begin(task, TaskFileKind.REPORT, name="r", media_type="text/csv"))
    headers = await staff_bearer(client, me)

    (shown,) = (await client.get(f"{TASKS}/{task.public_id}", headers=headers)).json()["files"]
    assert (shown["kind"], shown["size"]) == ("errors", 4)
    answer = await client.get(shown["url"], headers=headers)
    assert (answer.status_code, answer.content) == (200, b"=1+1")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%EC%98%A4%EB%A5%98%22%0D%0A.csv"
    assert (answer.headers["cache-control"], answer.headers["content-security-policy"]) == ("no-store", "sandbox")
    for kind in ("report", "source"):
        answer = await client.get(f"{TASKS}/{task.public_id}/files/{kind}", headers=headers)
        assert code(answer) == (404, "TASK_FILE_NOT_FOUND")
    answer = await client.get(f"{TASKS}/{task.public_id}/files/notes", headers=headers)
    assert code(answer) == (422, "VALIDATION_ERROR")


async def test_a_task_is_cancelled_by_who_asked_or_may(client: httpx.AsyncClient) -> None:
    me = await staff_with("product:write")
    headers, chief = await staff_bearer(client, me), await headers_with(client, "job:run")
    waiting, other, over = await task_of(me), await task_of(me), await task_of(me, status=TaskStatus.FINISHED)
    await BackgroundTask.filter(id=over.id).update(work_status=WorkStatus.DONE)

    answer = await client.post(f"{TASKS}/{waiting.public_id}/cancel", headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (200, "failed")
    assert answer.json()["error"]["code"] == "TASK_CANCELLED"
    assert (await client.post(f"{TASKS}/{other.public_id}/cancel", headers=chief)).status_code == 200
    again = await client.post(f"{TASKS}/{waiting.public_id}/cancel", headers=headers)
    assert (code(again), again.json()["task_status"]) == ((409, "TASK_HAS_ENDED"), "failed")
    assert code(await client.post(f"{TASKS}/{over.public_id}/cancel", headers=headers)) == (409, "TASK_HAS_ENDED")
    assert [row["target_id"] for row in await audited("task.cancelled")] == [waiting.public_id, other.public_id]


async def test_tasks_are_for_staff(client: httpx.AsyncClient) -> None:
    member = await bearer(client)
    for path in (TASKS, f"{TASKS}/{NOBODYS}", f"{TASKS}/{NOBODYS}/files/errors"):
        assert code(await client.get(path)) == (401, "NOT_AUTHENTICATED")
        assert code(await client.get(path, headers=member)) == (403, "FORBIDDEN")
