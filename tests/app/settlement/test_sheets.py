"""The provider's own settlement sheet is compared row by row: what matches, what differs, what one side alone has."""

import csv
import io
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import httpx
import openpyxl
import pytest

from src.app.journal.models import EntryKind
from src.app.payment.models import Payment
from src.app.settlement.models import SettlementEntry
from src.app.settlement.services.sheets.reading import read
from src.worker.jobs.long_tasks import send_due
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import payment_of, place

pytestmark = pytest.mark.usefixtures("empty")

URL = "/api/v1/admin/settlements"
OURS = ("결제번호", "구분", "거래금액", "수수료", "정산일")
DAY = date(2026, 11, 26)


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    """Headers of somebody who compares settlements."""
    return await headers_with(client, "settlement:read", "payment:reconcile")


def as_csv(*rows: Sequence[object], heading: Sequence[str] = OURS, encoding: str = "utf-8") -> bytes:
    """The sheet as csv."""
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(*rows: Sequence[object], heading: Sequence[str] = OURS) -> bytes:
    """The sheet as a workbook."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for each in (heading, *rows):
        sheet.append(list(each))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def reckoned(client: httpx.AsyncClient, *movements: tuple[int, int]) -> Payment:
    """A payment with these movements (won, fee), all paid out on DAY."""
    payment = await payment_of((await place(client, ((await make_variant()).id, 1))).payment_id)
    for number, (amount, fee) in enumerate(movements):
        await SettlementEntry.create(
            cause=f"x:{payment.id}:{number}",
            order_id=payment.order_id,
            payment_id=payment.id,
            kind=EntryKind.PAYMENT if amount > 0 else EntryKind.REFUND,
            method="CARD",
            amount=amount,
            fee=fee,
            moved_on=DAY,
            payout_on=DAY,
            table_version=1,
        )
    return payment


async def upload(
    client: httpx.AsyncClient, staff: Mapping[str, str], content: bytes, *, dry_run: bool = False, key: str = ""
) -> httpx.Response:
    """``POST /admin/settlements/import``."""
    return await client.post(
        f"{URL}/import",
        files={"file": ("정산.csv", content)},
        data={"dry_run": "true"} if dry_run else {},
        headers={**staff, "Idempotency-Key": key or secrets.token_hex(16)},
    )


async def compared(
    client: httpx.AsyncClient, staff: Mapping[str, str], content: bytes, *, dry_run: bool = False
) -> dict[str, Any]:
    """The task after it was worked off."""
    answer = await upload(client, staff, content, dry_run=dry_run)
    assert answer.status_code == 202, answer.text
    while await send_due():
        pass
    found = await client.get(f"/api/v1/admin/tasks/{answer.json()['id']}", headers=dict(staff))
    body: dict[str, Any] = found.json()
    assert (body["status"], body["error"]) == ("finished", None), body
    return body


def counts(task: Mapping[str, Any]) -> dict[str, int]:
    """The outcomes that there are."""
    return {name: number for name, number in task["result"]["rows"].items() if number}


async def stated() -> list[tuple[int | None, int | None, str]]:
    """What the provider says of each movement."""
    rows = await SettlementEntry.all().order_by("id")
    return [(row.stated_amount, row.stated_fee, str(row.stated_on)) for row in rows]


async def test_each_row_matches_differs_or_is_unknown_and_what_is_missing_is_named(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    first = await reckoned(client, (52_500, 1_675), (-10_000, -319))
    second = await reckoned(client, (30_000, 957))
    third = await reckoned(client, (20_000, 638))
    sheet = as_csv(
        (first.payment_id, "결제", "52,500", 1_675, "2026-11-26"),
        (first.payment_id, "취소", "10000", 319, "20261126"),
        (second.payment_id, "결제", 30_000, 900, "2026.11.27"),
        ("01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "결제", 1_000, 32, "2026-11-26"),
    )
    task = await compared(client, staff, sheet)
    assert counts(task) == {"matched": 2, "differing": 1, "unknown": 1, "missing": 1}
    assert [(one["row"], one["payment_id"], one["outcome"], one["differs"]) for one in task["result"][
        "first_differences"]] == [
        (4, second.payment_id, "DIFFERING", ["수수료", "정산일"]),
        (5, "01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "UNKNOWN", []),
        (None, third.payment_id, "MISSING", []),
    ]  # fmt: skip
    assert await stated() == [
        (52_500, 1_675, "2026-11-26"),
        (-10_000, -319, "2026-11-26"),
        (30_000, 900, "2026-11-27"),
        (None, None, "None"),
    ]
    answer = await client.get(URL, params={"from": "2026-11-26", "to": "2026-11-26"}, headers=staff)
    (day,) = answer.json()["items"]
    assert (day["stated_payout"], day["unstated"]) == (50_825 - 9_681 + 29_100, 1)
    (asked,), (done,) = await audited("settlement.import_asked"), await audited("settlement.imported")
    assert asked["target_id"] == done["target_id"]
    assert done["after"]["rows"]["matched"] == 2

    (report,) = [file for file in task["files"] if file["kind"] == "report"]
    text = (await client.get(report["url"], headers=staff)).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[2] for line in lines[1:]] == ["일치", "일치", "불일치", "쇼핑몰에 없음", "결제사에 없음"]


async def test_a_dry_run_tells_the_same_and_keeps_nothing(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    payment = await reckoned(client, (52_500, 1_675))
    sheet = as_xlsx((payment.payment_id, "결제", 52_500, 1_675, "2026-11-26"))
    assert counts(await compared(client, staff, sheet, dry_run=True)) == {"matched": 1}
    assert await stated() == [(None, None, "None")]
    assert counts(await compared(client, staff, sheet)) == {"matched": 1}
    assert counts(await compared(client, staff, sheet)) == {"matched": 1}  # once more is the same
    assert await stated() == [(52_500, 1_675, "2026-11-26")]


async def test_rows_that_cannot_be_read_are_refused_and_keep_no_other(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    payment = await reckoned(client, (52_500, 1_675))
    good = (payment.payment_id, "결제", 52_500, 1_675, "2026-11-26")
    sheet = as_csv(
        ("", "결제", 1, 1, "2026-11-26"),
        (payment.payment_id, "결제", "12,5oo", 1, "2026-11-26"),
        (payment.payment_id, "결제", 0, 1, "2026-11-26"),
        (payment.payment_id, "결제", 1, 1, "2026-13-01"),
        good,
        good,
    )
    task = await compared(client, staff, sheet)
    assert counts(task) == {"matched": 1, "refused": 5}
    assert [(one["row"], one["code"]) for one in task["result"]["first_errors"]] == [
        (2, "STATEMENT_PAYMENT_MISSING"),
        (3, "STATEMENT_AMOUNT_INVALID"),
        (4, "STATEMENT_AMOUNT_INVALID"),
        (5, "STATEMENT_DAY_INVALID"),
        (7, "STATEMENT_ROW_TWICE"),
    ]
    assert {file["kind"] for file in task["files"]} == {"source", "report", "errors"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
async def test_words_of_payment_companies_are_read(
    client: httpx.AsyncClient, staff: dict[str, str], encoding: str
) -> None:
    payment = await reckoned(client, (52_500, 1_675))
    sheet = as_csv(
        ("1", "tid", payment.payment_id, "승인", "52500", "1523", "152", "50825", "2026-11-26 09:00:00"),
        heading=("번호", "TID", "가맹점 주문번호", "상태", "금액", "수수료", "부가세", "정산금액", "지급일"),
        encoding=encoding,
    )
    assert counts(await compared(client, staff, sheet)) == {"matched": 1}


def test_full_width_digits_are_digits() -> None:
    (row,) = read(io.BytesIO(as_csv(("01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "결제", "５２，５００", "1,675원", "2026-11-26"))))
    assert row.stated is not None
    assert (row.stated.amount, row.stated.fee) == (52_500, 1_675)


async def test_other_files_are_refused_before_anything_is_stored(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    headless = await upload(client, staff, as_csv(("x", 1), heading=("결제번호", "수수료")))
    assert (headless.status_code, headless.json()["code"]) == (422, "SHEET_HEADER_WRONG")
    assert (await upload(client, staff, b"\x00\x01\x02\xff")).status_code in (415, 422)
    reader = await headers_with(client, "settlement:read")
    assert (await upload(client, reader, as_csv())).status_code == 403
    assert await audited("settlement.import_asked") == []


async def test_the_same_upload_again_is_the_same_task(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    sheet, key = as_csv(("01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "결제", 1_000, 32, "2026-11-26")), secrets.token_hex(16)
    first, again = [await upload(client, staff, sheet, key=key) for _ in range(2)]
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_templates_hold_the_headings(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    text = (await client.get(f"{URL}/import/template.csv", headers=staff)).content.decode("utf-8-sig")
    assert tuple(next(csv.reader(io.StringIO(text)))) == OURS
    content = (await client.get(f"{URL}/import/template.xlsx", headers=staff)).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in next(book.worksheets[0].iter_rows())] == list(OURS)
    assert len(read(io.BytesIO(content))) == 0
