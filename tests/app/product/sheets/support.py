"""Sheets of products as the tests write, send and read them."""

import csv
import io
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import openpyxl

from src.app.product.services.sheets.columns import BY_KEY
from src.worker.jobs.long_tasks import send_due
from tests.app.auth.support import API

IMPORT = f"{API}/admin/products/import"
EXPORT = f"{API}/admin/products/export"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cells = Mapping[str, Any]


def row(code: str = "BAG-1", **cells: Any) -> dict[str, Any]:
    """A row that makes a new product in the category ``bags``, but for `cells`."""
    made = {
        "product_code": code,
        "name": "투어 스탠드백",
        "categories": "bags",
        "origin_price": "100000",
        "color": "블랙",
        "color_code": "#111111",
        "size": "FREE",
        "stock": "3",
    }
    return {**made, **cells}


def more(code: str = "BAG-1", **cells: Any) -> dict[str, Any]:
    """A further row of a product."""
    return {"product_code": code, "color": "블랙", **cells}


def keys_of(rows: Sequence[Cells]) -> list[str]:
    """Every column that a row names, in the order of the sheet."""
    named = {key for cells in rows for key in cells}
    return [key for key in BY_KEY if key in named]


def as_csv(*rows: Cells, encoding: str = "utf-8") -> bytes:
    """A csv with Korean headings."""
    keys = keys_of(rows)
    out = io.StringIO()
    csv.writer(out).writerows(
        [[BY_KEY[key].ko for key in keys], *([cells.get(key, "") for key in keys] for cells in rows)]
    )
    return out.getvalue().encode(encoding)


def as_xlsx(*rows: Cells) -> bytes:
    """The same as an office program writes it, numbers as numbers."""
    keys = keys_of(rows)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(keys)
    for cells in rows:
        sheet.append([cells.get(key) for key in keys])
    return saved(book)


def saved(book: Any) -> bytes:
    """A workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def send(
    client: httpx.AsyncClient,
    headers: Mapping[str, str],
    content: bytes,
    *,
    name: str = "products.csv",
    dry_run: bool = False,
    key: str = "",
) -> httpx.Response:
    """POST /admin/products/import."""
    keyed = {**headers, "Idempotency-Key": key or secrets.token_hex(16)}
    data = {"dry_run": "true"} if dry_run else {}
    return await client.post(IMPORT, files={"file": (name, content)}, data=data, headers=keyed)


async def work_off() -> None:
    """Do what is due, as a worker would."""
    while await send_due():
        pass


async def read(client: httpx.AsyncClient, headers: Mapping[str, str], task_id: str) -> dict[str, Any]:
    """GET /admin/tasks/{id}."""
    answer = await client.get(f"{API}/admin/tasks/{task_id}", headers=dict(headers))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def imported(
    client: httpx.AsyncClient, headers: Mapping[str, str], content: bytes, *, name: str = "products.csv", **options: Any
) -> dict[str, Any]:
    """Send a file, have it done, and read the task."""
    answer = await send(client, headers, content, name=name, **options)
    assert answer.status_code == 202, answer.text
    await work_off()
    return await read(client, headers, answer.json()["id"])


async def exported(client: httpx.AsyncClient, headers: Mapping[str, str], kind: str = "csv", **asked: Any) -> bytes:
    """GET /admin/products/export.<kind>."""
    answer = await client.get(f"{EXPORT}.{kind}", params=asked, headers=dict(headers))
    assert answer.status_code == 200, answer.text
    return answer.content


async def file_of(client: httpx.AsyncClient, headers: Mapping[str, str], task: Mapping[str, Any], kind: str) -> bytes:
    """A file of a task."""
    (url,) = [file["url"] for file in task["files"] if file["kind"] == kind]
    answer = await client.get(url, headers=dict(headers))
    assert answer.status_code == 200, answer.text
    return answer.content


def csv_rows(content: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """The rows of a csv by heading."""
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def xlsx_rows(content: bytes) -> list[dict[str, Any]]:
    """The rows of the first sheet by heading."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, cells, strict=True)) for cells in rows]


def counts(task: dict[str, Any], of: str = "products") -> tuple[int, ...]:
    """Created, updated, unchanged, failed."""
    assert task["status"] == "finished", task
    return tuple(task["result"][of].values())


def reasons(task: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Row, column and Korean reason of the first problems."""
    return [(one["row"], one["column"], one["ko"]) for one in task["result"]["first_errors"]]
