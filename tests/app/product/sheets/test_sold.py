"""A sheet's stock beside what was sold meanwhile."""

import secrets
from typing import Any

import httpx
import pytest

from src.app.product.models import StockAdjustment, Variant
from src.app.product.services.stock.ledger import ledger_gaps
from tests.app.auth.support import API
from tests.app.product.sheets.support import (
    as_csv,
    as_xlsx,
    counts,
    csv_rows,
    exported,
    file_of,
    imported,
    more,
    reasons,
    row,
    work_off,
)
from tests.app.product.sheets.support import read as read_task
from tests.factories.carts import CART

fault = pytest.mark.fault("M19")


async def sell(client: httpx.AsyncClient, variant_id: int, quantity: int) -> None:
    """Order as a guest; the units are held from then on."""
    lines = [{"variant_id": variant_id, "quantity": quantity}]
    total = (await client.post(f"{CART}/quote", json={"items": lines})).json()["total"]
    order: dict[str, Any] = {
        "items": lines,
        "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
        "shipping": {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남대로 1"},
        "pay_method": "CARD",
        "expected_total": total,
        "agreements": {"terms": True, "privacy": True},
    }
    key = {"Idempotency-Key": secrets.token_hex(16)}
    answer = await client.post(f"{API}/orders", json=order, headers=key)
    assert answer.status_code == 201, answer.text


async def sent(client: httpx.AsyncClient, headers: dict[str, str], content: bytes, **fields: str) -> dict[str, Any]:
    """Send a file with these form fields, have it done, and read the task."""
    keyed = {**headers, "Idempotency-Key": secrets.token_hex(16)}
    files = {"file": ("재고.csv", content)}
    answer = await client.post(f"{API}/admin/products/import", files=files, data=fields, headers=keyed)
    assert answer.status_code == 202, answer.text
    await work_off()
    return await read_task(client, headers, answer.json()["id"])


@fault
@pytest.mark.parametrize("as_file", [as_csv, as_xlsx])
@pytest.mark.parametrize("base", [None, ""])
async def test_a_stock_without_its_base_is_refused_row_by_row_where_units_were_sold(
    client: httpx.AsyncClient, headers: dict[str, str], as_file: Any, base: str | None
) -> None:
    await imported(client, headers, as_csv(row(stock="10"), row("BAG-2", stock="10"), row("BAG-3", stock="10")))
    first, second, _ = await Variant.all().order_by("id")
    await sell(client, first.id, 3)
    await sell(client, second.id, 1)
    cells = {} if base is None else {"stock_base": base}
    rows = [more(code, size="FREE", stock="10", **cells) for code in ("BAG-1", "BAG-2", "BAG-3")]
    rows[2]["stock"] = "25"

    task = await imported(client, headers, as_file(*rows))

    assert (counts(task), counts(task, "rows")) == ((0, 1, 0, 2), (0, 1, 0, 2))
    told = [(one["row"], one["column"], one["stock"], one["sold_since"]) for one in task["result"]["first_errors"]]
    assert told == [(2, "재고", 10, 3), (3, "재고", 10, 1)]
    assert "3개가 판매" in reasons(task)[0][2]
    assert [size.stock for size in await Variant.all().order_by("id")] == [7, 9, 25]
    assert await ledger_gaps() == []


@fault
async def test_a_dry_run_shows_the_stock_of_the_sheet_and_what_was_sold(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row(stock="10")))
    variant = await Variant.get()
    await sell(client, variant.id, 4)
    content = as_csv(more(size="FREE", stock="10"))

    refused = await sent(client, headers, content, dry_run="true")
    (problem,) = refused["result"]["first_errors"]
    assert (problem["stock"], problem["sold_since"], problem["stock_now"]) == (10, 4, 6)
    taken = await sent(client, headers, content, dry_run="true", overwrite_stock="true")
    (warning,) = taken["result"]["warnings"]
    assert (warning["code"], warning["row"], warning["stock"], warning["sold_since"]) == ("STOCK_OVERWRITTEN", 2, 10, 4)
    assert "4개" in warning["detail"]
    (line,) = csv_rows(await file_of(client, headers, taken, "report"))
    assert (line["결과"], line["열"], "10개" in line["내용"], "4개" in line["내용"]) == ("수정", "재고", True, True)
    assert (await Variant.get()).stock == 6


@fault
async def test_stock_is_overwritten_where_the_upload_says_so(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row(stock="10"), more(size="L", stock="10")))
    for variant in await Variant.all().order_by("id"):
        await sell(client, variant.id, 2)
    rows = [more(size="FREE", stock="10"), more(size="L", stock="30", stock_base="10")]

    task = await sent(client, headers, as_csv(*rows), overwrite_stock="true")

    assert counts(task) == (0, 1, 0, 0)
    assert [size.stock for size in await Variant.all().order_by("id")] == [10, 30]
    assert [one["sold_since"] for one in task["result"]["warnings"]] == [2, 2]
    assert await ledger_gaps() == []
    again = await imported(client, headers, as_csv(*rows))  # the same file, nothing sold since
    assert counts(again) == (0, 0, 1, 0)
    fresh = await imported(client, headers, as_csv(more(size="FREE", stock="12")))
    assert counts(fresh) == (0, 1, 0, 0)


@fault
async def test_a_correction_in_between_hides_no_sale(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await imported(client, headers, as_csv(row(stock="10")))
    variant = await Variant.get()
    await sell(client, variant.id, 3)
    keyed = {**headers, "Idempotency-Key": secrets.token_hex(16)}
    url = f"{API}/admin/variants/{variant.id}/stock-adjustments"
    adjusted = await client.post(url, json={"delta": 1, "reason": "실사"}, headers=keyed)
    assert adjusted.status_code in (200, 201), adjusted.text
    task = await imported(client, headers, as_csv(more(size="FREE", stock="20")))
    assert task["result"]["first_errors"][0]["sold_since"] == 3
    assert await StockAdjustment.all().count() == 1


async def test_an_export_says_which_stock_it_saw(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await imported(client, headers, as_csv(row(stock="10")))
    await sell(client, (await Variant.get()).id, 3)
    (line,) = csv_rows(await exported(client, headers))
    assert (line["재고"], line["기준재고"]) == ("7", "7")
