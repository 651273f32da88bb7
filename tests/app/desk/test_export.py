"""주문 내려받기: a task makes a file of lines, masked or with a reason, in three layouts, whatever their number."""

import io
import resource
import time
from datetime import timedelta
from typing import Any

import httpx
import openpyxl
import pytest

from src.app.desk.dtos.admin.export import ExportColumn
from src.app.desk.services.export import run as exporting
from src.app.desk.services.export.columns import CELLS, HEADINGS, OURS
from src.app.fulfilment.services.sheets.layouts import heading_of
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.order.services.lines import search
from src.app.order.services.lines.search import DateKind, Wanted
from src.common import clock
from src.common.models import BackgroundTask, PersonalDataAccess, TaskFile
from tests.app.desk.test_lines import a_line
from tests.app.product.sheets.support import csv_rows, work_off
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/admin"
URL = f"{API}/order-lines/export"
BOTH = ("order:read", "order:export")


async def ask(client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> httpx.Response:
    return await client.get(URL, params=asked, headers=headers)


async def task_of(client: httpx.AsyncClient, headers: dict[str, str], task_id: str) -> dict[str, Any]:
    body: dict[str, Any] = (await client.get(f"{API}/tasks/{task_id}", headers=headers)).json()
    return body


async def file_of(client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> bytes:
    """The file that this export makes."""
    answer = await ask(client, headers, **asked)
    assert answer.status_code == 202, answer.text
    await work_off()
    task = await task_of(client, headers, answer.json()["id"])
    assert (task["status"], task["error"]) == ("finished", None)
    (file,) = task["files"]
    found = await client.get(file["url"], headers=headers)
    assert found.status_code == 200
    assert len(found.content) == file["size"]
    return found.content


async def lines_in(client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> list[str]:
    """The line numbers of a csv export."""
    return [row["상품주문번호"] for row in csv_rows(await file_of(client, headers, format="csv", **asked))]


async def test_a_csv_holds_the_masked_lines_of_the_list(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH, "pii:read")
    paid = await a_line(address_detail="101호", memo="문 앞")
    unpaid = await a_line(OrderStatus.PENDING)

    content = await file_of(client, headers, format="csv")

    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(content)
    assert list(rows[0]) == list(OURS.values())
    assert [row["상품주문번호"] for row in rows] == [unpaid, paid]
    row = rows[1]
    assert (row["주문상태"], row["발주상태"], row["결제일시"] != "") == ("신규주문", "발주 전", True)
    assert (row["구매자명"], row["구매자연락처"], row["수취인명"]) == ("김*지", "010-****-5678", "김*지")
    assert (row["배송지"], row["배송메세지"]) == ("서울 강남구 테헤란로 1 ***", "***")
    assert (row["판매가"], row["주문수량"], row["결제금액"], row["택배사"]) == ("10000", "1", "10000", "")
    assert await PersonalDataAccess.all().count() == 0
    (done,) = await audited("order_line.exported")
    assert done["after"] == {"lines": 2, "layout": "ours", "format": "csv", "personal": False}


async def test_personal_data_needs_the_permission_and_a_reason_and_is_logged(client: httpx.AsyncClient) -> None:
    line_no = await a_line()
    plain, full = await headers_with(client, *BOTH, "pii:read"), await headers_with(client, *BOTH, "pii:export")

    refused = await ask(client, plain, format="csv", personal=True, reason="배송 문의")
    silent = await ask(client, full, format="csv", personal=True)
    content = await file_of(client, full, format="csv", personal=True, reason="월말 정산 대사")

    assert (refused.status_code, silent.status_code) == (403, 422)
    (row,) = csv_rows(content)
    assert (row["구매자명"], row["구매자연락처"], row["구매자이메일"]) == ("김민지", "01012345678", "minji@example.com")
    order = await Order.get(order_no=line_no[:-3])
    (look,) = await PersonalDataAccess.all().values()
    assert (look["purpose"], look["target_id"], look["reason"]) == (
        "order_line.export",
        str(order.id),
        "월말 정산 대사",
    )
    assert "recipient_phone" in look["items"]
    (asked,) = await audited("order_line.export_asked")
    assert asked["reason"] == "월말 정산 대사"
    task = await BackgroundTask.get()
    assert (await client.get(f"{API}/tasks/{task.public_id}/files/report", headers=plain)).status_code in (403, 404)


async def test_what_is_searched_by_stands_in_no_log(client: httpx.AsyncClient) -> None:
    line_no = await a_line(recipient="남궁민수")
    await a_line()
    headers = await headers_with(client, *BOTH)

    assert await lines_in(client, headers, search_type="recipient_name", q="남궁민수") == [line_no]

    task = await BackgroundTask.get()
    assert "남궁" not in str(task.payload)
    assert "남궁" not in str((await audited("order_line.export_asked"))[0]["after"])


async def test_each_layout_has_its_words_and_is_read_as_a_tracking_sheet(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH, "order:write")
    line_no = await a_line()
    await Order.filter(order_no=line_no[:-3]).update(paid_at=clock.now())
    row = {"line_no": line_no, "courier": "CJ", "tracking_no": "612345678901"}
    sent = await client.post(f"{API}/shipments", json={"rows": [row]}, headers=headers)
    assert sent.json()["done"] == 1, sent.text

    for layout, named in HEADINGS.items():
        content = await file_of(client, headers, layout=layout.value)
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["상품주문"]
        heading, cells = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert heading == list(named.values())
        assert cells[heading.index(named[ExportColumn.LINE_NO])] == line_no
        assert cells[heading.index(named[ExportColumn.TRACKING_NO])] == "612345678901"
        assert cells[heading.index(named[ExportColumn.COURIER])] == "CJ대한통운"
        places = heading_of([str(cell) for cell in heading]).places
        assert {"line_no", "courier", "tracking_no"} <= set(places)


async def test_columns_are_chosen_and_ordered(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    line_no = await a_line()

    content = await file_of(client, headers, format="csv", layout="naver", columns=["quantity", "line_no", "sku"])

    (row,) = csv_rows(content)
    assert list(row) == ["수량", "상품주문번호", "옵션관리코드"]
    assert (row["수량"], row["상품주문번호"]) == ("1", line_no)


def test_every_column_has_a_heading_and_a_cell() -> None:
    assert set(OURS) == set(CELLS) == set(ExportColumn)
    assert all(set(named) <= set(OURS) for named in HEADINGS.values())
    assert all(len(set(named.values())) == len(named) for named in HEADINGS.values())


async def test_a_cp949_csv_is_read_by_older_programs(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    await a_line()
    content = await file_of(client, headers, format="csv", encoding="cp949")
    assert content.decode("cp949").splitlines()[0].startswith("주문번호,상품주문번호")


async def test_filters_and_order_are_those_of_the_list_and_archived_lines_are_in_it(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    old = await a_line(OrderStatus.CONFIRMED, days_ago=200)
    assert await archive() == 1
    middle, new = await a_line(days_ago=1), await a_line(OrderStatus.SHIPPING)
    await a_line(OrderStatus.EXPIRED)
    first = (clock.now() - timedelta(days=400)).date()

    among = {"order_status": ["PAID", "SHIPPING", "CONFIRMED"], "from": str(first)}
    assert await lines_in(client, headers, **among) == [new, middle, old]
    assert await lines_in(client, headers, **among, sort="oldest") == [old, middle, new]
    assert await lines_in(client, headers, search_type="buyer_id", q="nobody1") == []
    listed = await client.get(f"{API}/order-lines", params={"late": True}, headers=headers)
    assert listed.json()["items"] == []
    assert await lines_in(client, headers, late=True) == []


@pytest.mark.parametrize("is_ascending", [True, False])
async def test_pages_end_where_the_next_begin(client: httpx.AsyncClient, is_ascending: bool) -> None:
    """Lines of one moment, and lines without the date of the kind, are each there once, in the order of the list."""
    moment = clock.now()
    numbers = [await a_line() for _ in range(7)]
    await OrderLine.filter(line_no__in=numbers[:5]).update(shipped_at=moment)
    wanted = Wanted(kind=DateKind.SHIPPED, is_ascending=is_ascending)

    walked = [found.line.line_no async for page in search.walk(wanted, size=2) for found in page]

    dated = [number for number in numbers if number in numbers[:5]]
    bare = numbers[5:]
    expected = [*dated, *bare] if is_ascending else [*reversed(dated), *reversed(bare)]
    assert walked == expected
    assert await search.count_all(wanted) == 7


async def test_a_worker_that_died_leaves_no_half_file(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    line_no = await a_line()
    asked = await ask(client, headers, format="csv")
    task = await BackgroundTask.get(public_id=asked.json()["id"])
    await TaskFile.create(
        task_id=task.id, kind="report", name="half.csv", media_type="text/csv", size=5, created_at=clock.now()
    )
    assert (await task_of(client, headers, task.public_id))["files"] == []
    await BackgroundTask.filter(id=task.id).update(attempts=1, progress_done=1, progress_total=9, state={"lines": 1})

    await work_off()

    body = await task_of(client, headers, task.public_id)
    assert (body["status"], body["progress"]) == ("finished", {"done": 1, "total": 1})
    content = (await client.get(body["files"][0]["url"], headers=headers)).content
    assert [row["상품주문번호"] for row in csv_rows(content)] == [line_no]


async def test_many_pages_are_written_with_progress(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 100)
    headers = await headers_with(client, *BOTH)
    line = await OrderLine.get(line_no=await a_line())
    row = {name: getattr(line, name) for name in line._meta.fields_db_projection if name != "id"}
    rows = [OrderLine(**{**row, "line_no": f"x-{number}"}) for number in range(10, 1_009)]
    await OrderLine.bulk_create(rows, batch_size=500)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    content = await file_of(client, headers, format="csv")

    assert len(csv_rows(content)) == 1_000
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    assert (await BackgroundTask.get()).progress_done == 1_000


@pytest.mark.parametrize(
    "asked",
    [{"format": "pdf"}, {"columns": ["x"]}, {"columns": ["sku", "sku"]}, {"layout": "x"}, {"q": "x"}, {"page": 1}],
)
async def test_what_cannot_be_meant_is_an_error(client: httpx.AsyncClient, asked: dict[str, Any]) -> None:
    answer = await ask(client, await headers_with(client, *BOTH), **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert (await ask(client, await headers_with(client, "order:read"), **asked)).status_code == 403
    assert await BackgroundTask.all().count() == 0
