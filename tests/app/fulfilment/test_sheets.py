"""송장 일괄등록: sheets of tracking numbers in three layouts, as staff save them, tried, sent, resumed and undone."""

import csv
import io
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import openpyxl
import pytest

from src.app.fulfilment.dtos.admin.shipments import ShipmentRow
from src.app.fulfilment.models import Shipment
from src.app.fulfilment.services.sheets.orders import Sender
from src.app.fulfilment.services.sheets.reading import SheetRow
from src.common.models import OutboxEvent
from src.common.models.background_task import BackgroundTask
from src.common.records.audit import Actor
from src.worker.jobs.long_tasks import send_due
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import API, adds_up, change, counters, paid_order, row, send, states
from tests.app.staff.people import audited, headers_with
from tests.factories.orders import later

pytestmark = pytest.mark.usefixtures("empty")

OURS = ("상품주문번호", "수량", "배송방법", "택배사", "송장번호")
NUMBERS = [f"6123456789{number:02}" for number in range(20)]


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


def as_csv(*rows: Sequence[object], heading: Sequence[str] = OURS, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(*rows: Sequence[object], heading: Sequence[str] = OURS, hidden: bool = False) -> bytes:
    """A workbook; with `hidden` another sheet of the same form stands before it, which nobody sees."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    if hidden:
        sheet.append(list(heading))
        sheet.append(["20200101-ABCDEFGH-01", "", "", "CJ", NUMBERS[19]])
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet("송장")
    for each in (heading, *rows):
        sheet.append(list(each))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def upload(
    client: httpx.AsyncClient, staff: Mapping[str, str], content: bytes, *, dry_run: bool = False, key: str = ""
) -> httpx.Response:
    return await client.post(
        f"{API}/import",
        files={"file": ("송장.csv", content)},
        data={"dry_run": "true"} if dry_run else {},
        headers={**staff, "Idempotency-Key": key or secrets.token_hex(16)},
    )


async def task_of(client: httpx.AsyncClient, staff: Mapping[str, str], answer: httpx.Response) -> dict[str, Any]:
    """The task after it was worked off."""
    assert answer.status_code == 202, answer.text
    while await send_due():
        pass
    read = await client.get(f"/api/v1/admin/tasks/{answer.json()['id']}", headers=dict(staff))
    body: dict[str, Any] = read.json()
    assert (body["status"], body["error"]) == ("finished", None), body
    return body


async def imported(
    client: httpx.AsyncClient, staff: Mapping[str, str], content: bytes, **options: Any
) -> dict[str, Any]:
    return await task_of(client, staff, await upload(client, staff, content, **options))


def refused(task: Mapping[str, Any]) -> list[tuple[int, str]]:
    return [(one["row"], one["code"]) for one in task["result"]["first_errors"]]


async def csv_of(
    client: httpx.AsyncClient, staff: Mapping[str, str], task: Mapping[str, Any], kind: str
) -> list[dict[str, str]]:
    (url,) = [file["url"] for file in task["files"] if file["kind"] == kind]
    answer = await client.get(url, headers=dict(staff))
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
async def test_a_csv_is_read_as_it_was_saved(client: httpx.AsyncClient, staff: dict[str, str], encoding: str) -> None:
    first, second = await paid_order(2, 1)
    sheet = as_csv(
        (first, "２", "택배", "ＣＪ대한통운", "６１２３-４５６７-８９０１"),
        (second, "", "", "한진", "412345678901"),
        encoding=encoding,
    )
    task = await imported(client, staff, sheet)
    assert task["result"]["rows"] == {"total": 2, "done": 2, "refused": 0}
    assert task["result"]["layout"] == "ours"
    found = {shipment.courier: shipment.tracking_no for shipment in await Shipment.all()}
    assert found == {"CJ": "612345678901", "HANJIN": "412345678901"}
    assert await counters(first) == (2, 0, "SHIPPING", "READY")
    await adds_up()


async def test_a_workbook_is_read_as_people_see_it(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(1, 1)
    sheet = as_xlsx((first, None, None, "CJ", 612345678901), (second, None, None, "CJ", "=A1"), hidden=True)
    task = await imported(client, staff, sheet)
    assert task["result"]["rows"] == {"total": 2, "done": 1, "refused": 1}
    assert refused(task) == [(3, "CELL_UNREADABLE")]
    assert [shipment.tracking_no for shipment in await Shipment.all()] == ["612345678901"]


async def test_smartstores_columns_are_known_among_its_others(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(1, 1)
    heading = ("상품주문번호", "주문번호", "배송방법", "택배사", "송장번호", "수취인명")
    task = await imported(
        client,
        staff,
        as_csv(
            (first, first[:-3], "택배,등기,소포", "CJGLS", "612345678901", "김민지"),
            (second, second[:-3], "직접전달", "", "", "김민지"),
            heading=heading,
        ),
    )
    assert (task["result"]["layout"], task["result"]["rows"]["done"]) == ("naver", 2)
    assert sorted(shipment.method.value for shipment in await Shipment.all()) == ["DIRECT", "PARCEL"]


async def test_cafe24s_order_number_alone_sends_what_is_left(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(2, 1)
    await send(client, staff, row(first, "612345678909", units=1))
    heading = ("주문번호", "배송업체번호", "송장번호")
    sheet = as_csv((first[:-3], "롯데택배", "123456789012"), ("20200101-ABCDEFGH", "롯데택배", "1"), heading=heading)
    task = await imported(client, staff, sheet)
    assert task["result"]["layout"] == "cafe24"
    assert refused(task) == [(3, "ORDER_NOT_FOUND")]
    assert await counters(first) == (2, 0, "SHIPPING", "READY")
    assert await counters(second) == (1, 0, "SHIPPING", "READY")
    again = await imported(client, staff, sheet)
    assert refused(again) == [(2, "WRONG_STATE"), (3, "ORDER_NOT_FOUND")]
    await adds_up()


async def test_each_wrong_row_has_its_error_and_keeps_no_other(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    good, many = await paid_order(1, 2)
    (twice,) = await paid_order(2)
    (theirs,) = await paid_order(1, phone="01099998888")
    sheet = as_csv(
        (good, "", "", "CJ", NUMBERS[0]),
        ("20200101-ABCDEFGH-01", "", "", "CJ", NUMBERS[1]),
        ("아무거나", "", "", "CJ", NUMBERS[2]),
        (many, "3", "", "CJ", NUMBERS[3]),
        (twice, "", "", "CJ", NUMBERS[4]),
        (theirs, "", "", "CJ", NUMBERS[0]),
        (many, "", "", "없는택배", NUMBERS[5]),
        (twice, "", "", "CJ", NUMBERS[6]),
        (theirs, "", "드론", "CJ", NUMBERS[7]),
        (theirs, "두개", "", "CJ", NUMBERS[8]),
    )
    task = await imported(client, staff, sheet)
    assert task["result"]["rows"] == {"total": 10, "done": 1, "refused": 9}
    assert refused(task) == [
        (3, "LINE_NOT_FOUND"),
        (4, "LINE_NOT_FOUND"),
        (5, "LINE_TWICE"),
        (6, "LINE_TWICE"),
        (7, "TRACKING_NO_USED"),
        (8, "LINE_TWICE"),
        (9, "LINE_TWICE"),
        (10, "METHOD_UNKNOWN"),
        (11, "UNITS_INVALID"),
    ]
    report = await csv_of(client, staff, task, "report")
    assert [(line["행"], line["결과"]) for line in report][:2] == [("2", "발송처리"), ("3", "실패")]
    bad = await csv_of(client, staff, task, "errors")
    assert [line["행"] for line in bad] == [str(number) for number in range(3, 12)]
    assert await audited("shipment.imported")
    await adds_up()


async def test_a_corrected_error_file_is_uploaded_as_it_is(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1)
    task = await imported(client, staff, as_csv((line_no, "", "", "CJ", "12")))
    (url,) = [file["url"] for file in task["files"] if file["kind"] == "errors"]
    content = (await client.get(url, headers=staff)).content.decode("utf-8-sig")
    fixed = content.replace(",12,", ",612345678901,").encode("utf-8-sig")
    assert (await imported(client, staff, fixed))["result"]["rows"]["done"] == 1


async def test_a_dry_run_tells_all_of_it_and_sends_nothing(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(1, 1)
    (theirs,) = await paid_order(1, phone="01099998888")
    sheet = as_csv((first, "", "", "CJ", NUMBERS[0]), (second, "", "", "CJ", "12"), (theirs, "", "", "CJ", NUMBERS[0]))
    task = await imported(client, staff, sheet, dry_run=True)
    assert (task["result"]["dry_run"], task["result"]["rows"]["done"]) == (True, 1)
    assert refused(task) == [(3, "TRACKING_NO_INVALID"), (4, "TRACKING_NO_USED")]
    assert await states() == []
    assert await counters(first) == (0, 0, "PAID", "NONE")
    assert await OutboxEvent.filter(topic="shipment.moved").count() == 0
    assert refused(await imported(client, staff, sheet)) == refused(task)


async def test_the_same_upload_again_is_one_import(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1)
    sheet, key = as_csv((line_no, "", "", "CJ", NUMBERS[0])), secrets.token_hex(16)
    first, second = [await upload(client, staff, sheet, key=key) for _ in range(2)]
    assert first.json()["id"] == second.json()["id"]
    assert second.headers["Idempotency-Replayed"] == "true"


async def test_a_worker_that_died_after_sending_is_continued_without_an_error(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    first, second = await paid_order(2, 1)
    rows = [
        SheetRow(
            number=place,
            target=line_no,
            wish=ShipmentRow.model_validate(row(line_no, NUMBERS[place])),
        )
        for place, line_no in enumerate((first, second), start=2)
    ]
    before = Sender(by=Actor("staff:1"), import_id="01JG7Q6X9ZP4M3C2B1A0ZYXWVT", is_dry_run=False)
    sent = await before.send([rows[:1]])
    after = Sender(by=Actor("staff:1"), import_id="01JG7Q6X9ZP4M3C2B1A0ZYXWVT", is_dry_run=False)
    await after.remember()
    found = await after.send([rows])
    assert [result.outcome for result in found] == ["done", "done"]
    assert found[0] == sent[0]
    assert await counters(first) == (2, 0, "SHIPPING", "READY")
    assert len(await states()) == 2
    await adds_up()


async def test_undoing_takes_back_what_was_not_scanned_and_tells_nobody(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    first, second, by_hand = await paid_order(2, 1, 1)
    (line,) = await paid_order(1)
    await send(client, staff, row(by_hand, NUMBERS[0]))
    rows = [(each, "", "", "CJ", NUMBERS[place]) for place, each in enumerate((first, second, line))]
    task = await imported(client, staff, as_csv(*rows))
    assert task["result"]["rows"]["done"] == 3
    scanned = await Shipment.get(tracking_no=NUMBERS[1])
    await change(client, staff, scanned.number, state="IN_TRANSIT", reason="택배사 확인")

    answer = await client.post(f"{API}/import/{task['id']}/undo", headers=staff)
    undone = await task_of(client, staff, answer)

    assert undone["result"]["shipments"] == {"taken_back": 2, "kept": 1}
    assert undone["result"]["first_kept"] == [scanned.number]
    assert await counters(first) == (0, 0, "PREPARING", "NONE")
    assert await counters(second) == (1, 0, "SHIPPING", "SHIPPING")
    assert await counters(by_hand) == (1, 0, "SHIPPING", "READY"), "what was sent by hand stays"
    again = await task_of(client, staff, await client.post(f"{API}/import/{task['id']}/undo", headers=staff))
    assert again["result"]["shipments"] == {"taken_back": 0, "kept": 1}
    with later(minutes=31):
        assert await run_job("tell-shipments") == 1, "the one by hand; the scanned one was told, the others never"
    listed = await client.get(API, params={"import_id": task["id"]}, headers=staff)
    assert listed.json()["total"] == 3
    await adds_up()


async def test_a_dry_run_or_an_unknown_import_is_not_undone(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1)
    tried = await imported(client, staff, as_csv((line_no, "", "", "CJ", NUMBERS[0])), dry_run=True)
    for task_id in (tried["id"], "01JG7Q6X9ZP4M3C2B1A0ZYXWVT"):
        answer = await client.post(f"{API}/import/{task_id}/undo", headers=staff)
        assert (answer.status_code, answer.json()["code"]) == (404, "SHIPMENT_IMPORT_NOT_FOUND")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02\xff\xfe\xfd", "SHEET_TYPE_UNKNOWN"),
        (as_csv(("1", "2"), heading=("상품주문번호", "택배사")), "SHEET_HEADER_WRONG"),
        (as_csv(("1",), heading=("송장번호", "택배사")), "SHEET_HEADER_WRONG"),
        (as_csv(("1",), heading=("상품주문번호", "택배사", "송장번호", "송장번호")), "SHEET_HEADER_WRONG"),
        (as_csv(*(("1", "", "", "CJ", "1") for _ in range(5001))), "SHEET_TOO_LARGE"),
    ],
)
async def test_a_file_that_is_no_such_sheet_is_refused_at_once(
    client: httpx.AsyncClient, staff: dict[str, str], content: bytes, code: str
) -> None:
    answer = await upload(client, staff, content)
    assert answer.json()["code"] == code
    assert await BackgroundTask.all().count() == 0


@pytest.mark.parametrize(
    ("layout", "heading"),
    [
        ("ours", "상품주문번호,수량,배송방법,택배사,송장번호"),
        ("naver", "상품주문번호,배송방법,택배사,송장번호"),
        ("cafe24", "주문번호,품목별 주문번호,배송업체번호,송장번호"),
    ],
)
async def test_a_template_is_read_as_its_own_layout(
    client: httpx.AsyncClient, staff: dict[str, str], layout: str, heading: str
) -> None:
    (line_no,) = await paid_order(1)
    asked = {"layout": layout}
    text = (await client.get(f"{API}/import/template.csv", params=asked, headers=staff)).content.decode("utf-8-sig")
    assert text == f"{heading}\r\n"
    book = await client.get(f"{API}/import/template.xlsx", params=asked, headers=staff)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [cell.value for cell in next(sheet.iter_rows())] == heading.split(",")
    values = {"상품주문번호": line_no, "품목별 주문번호": line_no, "주문번호": line_no[:-3], "송장번호": NUMBERS[0]}
    cells = [values.get(name, "CJ" if name in ("택배사", "배송업체번호") else "") for name in heading.split(",")]
    task = await imported(client, staff, as_csv(cells, heading=heading.split(",")))
    assert (task["result"]["layout"], task["result"]["rows"]["done"]) == (layout, 1)


async def test_reading_is_not_enough(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    assert (await upload(client, headers, as_csv())).status_code == 403
    assert (await client.post(f"{API}/import/01JG7Q6X9ZP4M3C2B1A0ZYXWVT/undo", headers=headers)).status_code == 403
