"""What a spreadsheet shows and what it keeps differ."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx
import pytest

from src.app.product.models import Product, Variant
from tests.app.product.sheets.support import (
    as_csv,
    as_xlsx,
    counts,
    file_of,
    imported,
    keys_of,
    more,
    reasons,
    row,
    send,
    xlsx_rows,
)
from tests.app.product.workbooks import formatted, raw, sheets, strict

SHOWN: list[tuple[str, str, Any, str, str]] = [
    ("zeros before a code", "product_code", 7001110, "00000000", "07001110"),
    ("zeros before a SKU", "sku", 42, "000000;-000000", "000042"),
    ("zeros before a size", "size", 7, "00_ ;[Red]\\-00\\ ", "07"),
    ("digits as they are", "product_code", 7001110, "0", "7001110"),
    ("a long code", "sku", 8801234567890, "General", "8801234567890"),
    ("a size in parts", "size", 9.5, "0.0", "9.5"),
    ("a rounded part that is stored in full", "size", 9.1, "General", "9.1"),
    ("no thousands yet", "size", 260, "#,##0", "260"),
    ("a number as text", "size", 260, "@", "260"),
]  # fmt: skip


@pytest.mark.parametrize("case", SHOWN, ids=[one[0] for one in SHOWN])
async def test_a_text_is_what_the_cell_shows(
    client: httpx.AsyncClient, headers: dict[str, str], case: tuple[str, str, Any, str, str]
) -> None:
    what, key, value, code, expected = case
    task = await imported(client, headers, formatted(key, value, code), name="a.xlsx")
    assert counts(task) == (1, 0, 0, 0), (what, reasons(task))
    variant, product = await Variant.get(), await Product.get()
    assert {"product_code": product.product_code, "sku": variant.sku, "size": variant.size}[key] == expected


@pytest.mark.fault("C6")
async def test_a_code_with_the_zeros_of_its_format_makes_no_second_product(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await imported(client, headers, as_csv(row("07001110", sku="X-1")))
    content = formatted("product_code", 7001110, "00000000", name="새 이름")
    task = await imported(client, headers, content, name="a.xlsx")
    assert counts(task) == (0, 1, 0, 0), reasons(task)
    assert await Product.all().values_list("product_code", "name") == [("07001110", "새 이름")]


REFUSED: list[tuple[str, str, Any, str, str]] = [
    ("C6", "size", 1, "0%", "백분율"),
    ("C6", "origin_price", 1, "0%", "백분율"),
    ("C6", "stock", 0.5, "# ?/?", "백분율이나 분수"),
    ("C6", "size", 0.5, "# ?/?", "백분율이나 분수"),
    ("C6", "product_code", 1.23e19, "General", "15자리"),
    ("C6", "sku", 1234567890123456, "0", "15자리"),
    ("C6", "size", 1 / 3, "General", "15자리"),
    ("C6", "size", 1234, "#,##0", "표시 형식"),
    ("C6", "size", 12, "0.00", "표시 형식"),
    ("C6", "size", 9.56, "0.0", "표시 형식"),
    ("C6", "size", 260, '0"mm"', "표시 형식"),
    ("C6", "name", 12, "000-0000", "표시 형식"),
    ("C6", "size", 12, "0.00E+00", "표시 형식"),
    ("C6", "size", 260, "[$₩-412]0", "표시 형식"),
    ("C6", "size", 12, "[<100]000;0", "표시 형식"),
    ("C6", "size", 0, '0;-0;"없음"', "표시 형식"),
    ("C7", "stock", 12, "yyyy-mm-dd", "날짜로 바뀐"),
    ("C7", "size", datetime(2026, 3, 4), "yyyy-mm-dd", "날짜로 바뀐"),  # noqa: DTZ001
    ("C7", "size", time(9, 30), "h:mm", "시간으로 바뀐"),
    ("C7", "size", timedelta(hours=30), "[h]:mm", "시간으로 바뀐"),
    ("C7", "color", True, "General", "참/거짓"),
    ("C7", "sku", False, "General", "참/거짓"),
    ("C7", "name", "#N/A", "General", "오류 값"),
    ("C7", "name", "#REF!", "General", "오류 값"),
    ("C7", "origin_price", "#DIV/0!", "General", "오류 값"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "code", "reason"),
    [
        pytest.param(*one[1:], marks=pytest.mark.fault(one[0]), id=f"{one[1]}-{one[3]}-{one[2]}")
        if one[1] in ("size", "name", "color") or (one[1], one[3]) == ("origin_price", "0%")
        else pytest.param(*one[1:], id=f"{one[1]}-{one[3]}-{one[2]}")
        for one in REFUSED
    ],
)
async def test_a_cell_that_is_not_what_it_shows_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], key: str, value: Any, code: str, reason: str
) -> None:
    task = await imported(client, headers, formatted(key, value, code), name="a.xlsx")
    assert counts(task) == (0, 0, 0, 1), await Variant.all().values()
    ((number, column, told),) = reasons(task)
    assert (number, reason in told) == (2, True), (column, told)
    assert await Product.all().count() == 0


NUMBERS = [("#,##0", 320000), ('#,##0"원"', 320000), ("[$₩-412]#,##0", 320000), ('_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', 320000), ("0.00", 320000), ("0.00E+00", 320000), ("000000000", 320000)]  # fmt: skip


@pytest.mark.parametrize(("code", "value"), NUMBERS)
async def test_a_number_is_its_value_however_it_is_shown(
    client: httpx.AsyncClient, headers: dict[str, str], code: str, value: int
) -> None:
    task = await imported(client, headers, formatted("origin_price", value, code), name="a.xlsx")
    assert counts(task) == (1, 0, 0, 0), reasons(task)
    assert (await Product.get()).origin_price == value


RAW: list[tuple[str, str, dict[int, str], int, str | None]] = [
    ("C6", '<c r="{r}" s="{s}"><v>7</v></c>', {164: "0000"}, 164, "0007"),
    ("C6", '<c r="{r}" s="{s}"><v>7</v></c>', {90: "0&quot;호&quot;"}, 90, None),
    ("C7", '<c r="{r}" s="{s}"><v>46085</v></c>', {}, 31, None),
    ("C7", '<c r="{r}" s="{s}"><v>0.4</v></c>', {}, 32, None),
    ("C7", '<c r="{r}" t="d"><v>2026-03-04T00:00:00</v></c>', {}, 0, None),
    ("C7", '<c r="{r}" t="e"><v>#SPILL!</v></c>', {}, 0, None),
    ("C7", '<c r="{r}" t="b"><v>1</v></c>', {}, 0, None),
    ("C6", '<c r="{r}"><v>1.23E+19</v></c>', {}, 0, None),
]


@pytest.mark.parametrize(
    ("cell", "styles", "xf", "expected"), [pytest.param(*one[1:], marks=pytest.mark.fault(one[0])) for one in RAW]
)
async def test_cells_as_they_stand_in_the_file(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    cell: str,
    styles: dict[int, str],
    xf: int,
    expected: str | None,
) -> None:
    """Formats 31 and 32 are Korean dates and times that a file names by number alone."""
    task = await imported(client, headers, raw("size", cell, styles=styles, xf=xf), name="a.xlsx")
    assert counts(task) == ((1, 0, 0, 0) if expected else (0, 0, 0, 1)), reasons(task)
    assert [variant.size for variant in await Variant.all()] == ([expected] if expected else [])


@pytest.mark.fault("C7")
async def test_an_error_that_a_csv_holds_is_no_name(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    rows = [row("A", name="#N/A"), row("B", size="#REF!"), row("C", brand=" #VALUE! "), row("D", size="1.23457E+15")]
    task = await imported(client, headers, as_csv(*rows))
    assert counts(task) == (0, 0, 0, 4)
    assert [column for _, column, _ in reasons(task)] == ["상품명", "사이즈", "브랜드", "사이즈"]


@pytest.mark.fault("C7")
async def test_the_error_file_makes_no_good_cell_of_a_bad_one(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    day = datetime(2026, 3, 4)  # noqa: DTZ001
    rows = [row("A", size=day), row("B", name="=1+1"), row("C", sku=True), row("D", origin_price="비쌈")]
    task = await imported(client, headers, as_xlsx(*rows), name="a.xlsx")
    content = await file_of(client, headers, task, "errors")
    again = await imported(client, headers, content, name="a.xlsx")
    assert counts(again) == counts(task) == (0, 0, 0, 4), xlsx_rows(content)
    assert "2026-03-04" in xlsx_rows(content)[0]["size"]


@pytest.mark.parametrize("shown", ["2026-12-01 09:00:00", datetime(2026, 12, 1, 9)])  # noqa: DTZ001
async def test_a_moment_may_be_a_date_cell(client: httpx.AsyncClient, headers: dict[str, str], shown: Any) -> None:
    task = await imported(client, headers, as_xlsx(row(discount_option="정률", discount=5, discount_starts_at=shown)))
    assert counts(task) == (1, 0, 0, 0), reasons(task)
    assert (await Product.get()).discount_starts_at == datetime(2026, 12, 1, tzinfo=UTC)


def lines(*rows: dict[str, Any]) -> list[list[Any]]:
    """Heading and rows."""
    keys = keys_of(rows)
    return [keys, *([cells.get(key) for key in keys] for cells in rows)]


@pytest.mark.fault("C8")
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
async def test_a_hidden_sheet_is_never_read(client: httpx.AsyncClient, headers: dict[str, str], state: str) -> None:
    content = sheets(("작년", state, lines(row("OLD"))), ("안내", "visible", [["이 파일은"], ["다음 시트"]]), ("올해", "visible", lines(row("NEW"))))  # fmt: skip
    task = await imported(client, headers, content, name="a.xlsx")
    assert counts(task) == (1, 0, 0, 0)
    assert [product.product_code for product in await Product.all()] == ["NEW"]


@pytest.mark.fault("C8")
async def test_the_first_visible_sheet_is_told_where_none_has_the_heading(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    content = sheets(
        ("작년", "hidden", lines(row("OLD"))), ("안내", "visible", [["이 파일은"]]), ("끝", "visible", [["x"]])
    )
    answer = await send(client, headers, content, name="a.xlsx")
    assert (answer.status_code, answer.json()["code"]) == (422, "SHEET_HEADER_WRONG")
    assert answer.json()["unknown"] == ["이 파일은"]


@pytest.mark.fault("C10")
async def test_a_strict_workbook_is_read(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    day = datetime(2026, 12, 1)  # noqa: DTZ001
    rows = [row(discount_option="정률", discount=5, discount_starts_at=day), more(size="L", stock=4)]
    content = strict(as_xlsx(*rows))
    assert b"purl.oclc.org" not in content  # it is packed
    task = await imported(client, headers, content, name="a.xlsx")
    assert (counts(task), counts(task, "rows")) == ((1, 0, 0, 0), (2, 0, 0, 0)), reasons(task)
    assert (await Product.get()).discount_starts_at == datetime(2026, 11, 30, 15, tzinfo=UTC)


@pytest.mark.fault("C10")
async def test_a_strict_workbook_may_hold_dates_as_texts(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    content = strict(raw("size", '<c r="{r}" t="d"><v>2026-03-04T00:00:00</v></c>'))
    task = await imported(client, headers, content, name="a.xlsx")
    assert [column for _, column, _ in reasons(task)] == ["사이즈"]
