"""What is refused of a sheet before anything is kept of it, and what a repeat does."""

import asyncio
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import openpyxl
import pytest

from src.app.product.models import Product
from src.common.models import AuditLog, BackgroundTask, IdempotencyKey, TaskFile, TaskFileChunk, TaskStatus
from src.common.work import tasks
from src.core.configs import settings, use
from src.core.configs.import_groups import ImportSettings
from src.worker.jobs.long_tasks import send_due
from tests.app.auth.support import API, code
from tests.app.product.sheets.support import (
    EXPORT,
    IMPORT,
    as_csv,
    as_xlsx,
    csv_rows,
    imported,
    read,
    row,
    saved,
    send,
    work_off,
    xlsx_rows,
)
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_product
from tests.factories.people import bearer
from tests.worker.process.test_runner import eventually

KEY = "import-of-tuesday-1"
TEMPLATE = f"{IMPORT}/template"


async def nothing_is_kept() -> bool:
    kept = [await model.all().count() for model in (BackgroundTask, TaskFile, TaskFileChunk, Product, IdempotencyKey)]
    return kept == [0] * 5 and await AuditLog.filter(action__startswith="product").count() == 0


def heading(*names: str) -> bytes:
    return ",".join(names).encode() + b"\r\n" + b"x," * (len(names) - 1) + b"x\r\n"


HEADINGS: list[tuple[bytes, list[str], list[str], list[str]]] = [
    (heading("상품코드", "가격대", "이름"), [], ["가격대", "이름"], []),
    (heading("상품명", "상품가"), ["상품코드"], [], []),
    (heading("상품코드", "재고"), ["컬러", "사이즈"], [], []),
    (heading("상품코드", "Product_Code", " 상 품 명 ", "name"), [], [], ["상품명", "상품코드"]),
    (b"", ["상품코드"], [], []),
    (b"\r\n\r\n", ["상품코드"], [], []),
    (saved(openpyxl.Workbook()), ["상품코드"], [], []),
]


@pytest.mark.parametrize(("content", "missing", "unknown", "repeated"), HEADINGS)
async def test_a_wrong_heading_names_what_is_wrong(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    content: bytes,
    missing: list[str],
    unknown: list[str],
    repeated: list[str],
) -> None:
    answer = await send(client, headers, content)
    assert code(answer) == (422, "SHEET_HEADER_WRONG")
    assert [answer.json()[name] for name in ("missing", "unknown", "repeated")] == [missing, unknown, repeated]
    assert await nothing_is_kept()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, (415, "SHEET_TYPE_UNKNOWN")),
        (b"PK\x03\x04" + b"\0" * 99, (422, "SHEET_BROKEN")),
        ('상품코드,상품명\r\n1,"끝이 없다\r\n2,x\r\n'.encode(), (422, "SHEET_BROKEN")),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], content: bytes, expected: tuple[int, str]
) -> None:
    assert code(await send(client, headers, content)) == expected
    assert await nothing_is_kept()


@pytest.fixture
def small() -> Iterator[None]:
    """A shop that takes three rows of two products."""
    with use(replace(settings(), imports=ImportSettings(max_rows=3, max_products=2))):
        yield


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
async def test_more_rows_or_products_than_allowed_are_refused(
    client: httpx.AsyncClient, headers: dict[str, str], small: None, make: Any
) -> None:
    answer = await send(client, headers, make(*(row(f"P{number}") for number in range(4))))
    assert (*code(answer), answer.json()["limit"]) == (413, "SHEET_TOO_LARGE", 3)
    assert await nothing_is_kept()
    task = await imported(client, headers, make(*(row(f"P{number}") for number in range(3))))
    assert (task["status"], task["error"]["code"]) == ("failed", "IMPORT_TOO_MANY_PRODUCTS")
    assert "2개" in task["error"]["ko"]
    assert await Product.all().count() == 0


async def test_a_heading_alone_is_no_import(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    task = await imported(client, headers, "상품코드,상품명\r\n".encode())
    assert (task["status"], task["error"]["code"]) == ("failed", "SHEET_HEADER_WRONG")


async def test_a_file_beyond_the_limit_is_refused(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    limit = settings().imports.file_limit
    for size in (limit + 1, limit + 20_000):  # the first passes the body's limit
        answer = await send(client, headers, b"x" * size)
        assert code(answer) == (413, "BODY_TOO_LARGE")
    assert await nothing_is_kept()


async def test_what_is_no_form_with_one_file_and_a_key_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    keyed = {**headers, "Idempotency-Key": KEY}
    one = ("a.csv", as_csv(row()))
    calls: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"files": {"file": one}, "headers": headers}, (400, "IDEMPOTENCY_KEY_REQUIRED")),
        ({"json": {"dry_run": True}}, (415, "MULTIPART_EXPECTED")),
        ({"files": {"sheet": one}}, (422, "VALIDATION_ERROR")),
        ({"files": [("file", one), ("file", one)]}, (400, "BAD_REQUEST")),
        ({"files": {"file": one}, "data": {"dry_run": "perhaps"}}, (422, "VALIDATION_ERROR")),
        ({"files": {"file": one}, "params": {"dry_run": "true"}}, (422, "VALIDATION_ERROR")),
    ]
    for options, expected in calls:
        assert code(await client.post(IMPORT, **{"headers": keyed, **options})) == expected, options
    assert await nothing_is_kept()


async def test_only_staff_who_may_write_products_import(client: httpx.AsyncClient) -> None:
    broken = b"\xd0\xcf\x11\xe0"
    assert code(await send(client, {}, broken)) == (401, "NOT_AUTHENTICATED")
    assert code(await send(client, await bearer(client), broken)) == (403, "FORBIDDEN")
    reader = await headers_with(client, "product:read", "stock:adjust")
    assert code(await send(client, reader, broken)) == (403, "FORBIDDEN")
    assert code(await client.post(IMPORT, json={}, headers=reader)) == (403, "FORBIDDEN")
    assert await nothing_is_kept()


async def test_files_are_for_who_may_read_products(client: httpx.AsyncClient) -> None:
    stranger = await headers_with(client, "product:write")
    for path in (f"{EXPORT}.csv", f"{EXPORT}.xlsx", f"{TEMPLATE}.csv", f"{TEMPLATE}.xlsx"):
        assert code(await client.get(path)) == (401, "NOT_AUTHENTICATED")
        assert code(await client.get(path, headers=stranger)) == (403, "FORBIDDEN")
    assert await AuditLog.filter(action="product.exported").count() == 0


async def test_a_template_is_a_sheet_to_start_from(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for kind in ("csv", "xlsx"):
        answer = await client.get(f"{TEMPLATE}.{kind}", headers=headers)
        assert answer.status_code == 200
        assert f"products.{kind}" in answer.headers["content-disposition"]
        assert (await send(client, headers, answer.content)).status_code == 202
    sheets = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert sheets.sheetnames == ["상품", "설명"]
    assert sheets.worksheets[1].max_row == sheets.worksheets[0].max_column + 1


async def test_an_export_is_written_down_and_refuses_what_the_list_refuses(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await make_product(name="투어 백")
    answer = await client.get(f"{EXPORT}.csv", params={"name": "투어", "encoding": "cp949"}, headers=headers)
    assert answer.headers["content-type"] == "text/csv; charset=euc-kr"
    assert [line["상품명"] for line in csv_rows(answer.content, "cp949")] == ["투어 백"]
    (logged,) = await audited("product.exported")
    assert (logged["target_id"], logged["after"]["name"]) == ("csv:cp949", "투어")
    for asked in ({"page": "1"}, {"encoding": "latin-1"}, {"sort": "random"}, {"min_price": "x"}):
        assert code(await client.get(f"{EXPORT}.csv", params=asked, headers=headers))[0] == 422
    assert code(await client.get(f"{EXPORT}.xlsx", params={"encoding": "cp949"}, headers=headers))[0] == 422
    empty = await client.get(f"{EXPORT}.xlsx", params={"name": "없는 이름"}, headers=headers)
    assert xlsx_rows(empty.content) == []


async def test_the_same_request_again_is_the_same_task(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    content = as_csv(row())
    first = await send(client, headers, content, key=KEY)
    again = await send(client, headers, content, key=KEY)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (202, "true")
    assert again.json()["id"] == first.json()["id"]
    assert code(await send(client, headers, content, key=KEY, dry_run=True)) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert code(await send(client, headers, as_csv(row("B")), key=KEY)) == (409, "IDEMPOTENCY_KEY_REUSED")
    await work_off()
    assert (await BackgroundTask.all().count(), await Product.all().count()) == (1, 1)
    done = await send(client, headers, content, key=KEY)
    assert (done.json()["status"], done.json()["result"]["products"]["created"]) == ("finished", 1)


async def test_two_uploads_at_once_are_done_one_after_the_other(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    content = as_csv(row(), row("BAG-2"))
    answers = await asyncio.gather(*(send(client, headers, content) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {202}
    looks = await asyncio.gather(*(send_due() for _ in range(3)))
    assert sum(looks) >= 1
    assert await BackgroundTask.filter(status=TaskStatus.STARTED).count() == 0
    for task in await BackgroundTask.exclude(status=TaskStatus.FINISHED):
        await BackgroundTask.filter(id=task.id).update(available_at=task.created_at)
    await work_off()
    results = [(await read(client, headers, answer.json()["id"]))["result"]["products"] for answer in answers]
    assert sorted(result["created"] for result in results) == [0, 0, 2]
    assert sorted(result["unchanged"] for result in results) == [0, 2, 2]


async def has_begun() -> bool:
    """The first products are there."""
    return await Product.all().count() >= 50


async def test_an_import_whose_worker_ends_goes_on_where_it_stood(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    rows = [row(f"P{number:03d}", stock="4") for number in range(400)]
    answer = await send(client, headers, as_csv(*rows, row("P000")))
    working = asyncio.create_task(send_due())
    await eventually(has_begun)
    tasks.stop()
    await working
    tasks.resume()
    done = (await BackgroundTask.get()).progress_done
    assert 50 <= done < 401
    await work_off()
    task = await read(client, headers, answer.json()["id"])
    assert task["result"]["products"] == {"created": 399, "updated": 0, "unchanged": 0, "failed": 2}
    assert await Product.all().count() == 399


async def test_a_cancelled_import_keeps_what_it_did_and_tells_it(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    rows = [row(f"P{number:03d}", stock="4") for number in range(400)]
    answer = await send(client, headers, as_csv(*rows))
    working = asyncio.create_task(send_due())
    await eventually(has_begun)
    cancelled = await client.post(f"{API}/admin/tasks/{answer.json()['id']}/cancel", headers=headers)
    assert cancelled.status_code == 200, cancelled.text
    await working
    task = await read(client, headers, answer.json()["id"])
    assert (task["status"], task["error"]["code"]) == ("failed", "TASK_CANCELLED")
    assert task["result"]["products"]["created"] == await Product.all().count() < 400


async def test_a_source_that_is_gone_fails_the_task_and_saves_nothing(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await send(client, headers, as_csv(row()))
    await TaskFile.all().delete()
    for _ in range(tasks.MAX_TRIES):
        await BackgroundTask.all().update(available_at=(await BackgroundTask.get()).created_at)
        await send_due()
    task = await read(client, headers, answer.json()["id"])
    assert (task["status"], task["error"]["code"], await Product.all().count()) == ("failed", "INTERNAL_ERROR", 0)
