"""What is wrong with a row of a sheet is told with its number, its column and a reason, and its product is not
saved."""

from typing import Any

import httpx
import pytest

from src.app.product.models import Product, Variant
from tests.app.product.sheets.support import as_csv, as_xlsx, counts, imported, more, reasons, row


async def test_rows_of_a_product_stand_together(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    task = await imported(client, headers, as_csv(row("A"), row("B"), more("A", size="L"), row("C")))
    assert counts(task) == (2, 0, 0, 2)
    assert {column for _, column, _ in reasons(task)} == {"상품코드"}
    assert {product.product_code for product in await Product.all()} == {"B", "C"}


async def test_a_row_without_a_code_keeps_the_product_above_from_being_saved(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    task = await imported(client, headers, as_csv(row("A"), more("", size="L"), row("B")))
    assert (counts(task), reasons(task)[0][:2]) == ((1, 0, 0, 1), (3, "상품코드"))


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("a code of markup", {"product_code": "<b>"}, "상품코드"),
    ("a long name", {"name": "가" * 121}, "상품명"),
    ("markup", {"detail": "<script>alert(1)</script>"}, "상세설명"),
    ("a zero byte", {"name": "a\0b"}, "상품명"),
    ("too long a text", {"detail": "가" * 20_001}, "상세설명"),
    ("an unknown category", {"categories": "bags|nowhere"}, "카테고리"),
    ("a wrong path", {"categories": "shoes/bags"}, "카테고리"),
    ("a category twice", {"categories": "bags|bags"}, "카테고리"),
    ("a price beyond", {"origin_price": "1000000001"}, "상품가"),
    ("a price in parts", {"origin_price": "99.5"}, "상품가"),
    ("101 percent", {"discount_option": "%", "discount": "101"}, "할인방식"),
    ("101 percent", {"discount_option": "정률", "discount": "101"}, "할인값"),
    ("a discount above the price", {"discount_option": "정액", "discount": "100001"}, "할인값"),
    ("half a discount", {"discount": "5"}, "할인방식"),
    ("no day", {"discount_option": "정률", "discount": "5", "discount_starts_at": "내일"}, "할인시작"),
    ("a reversed period", {"discount_option": "정률", "discount": "5", "discount_starts_at": "2027-01-01", "discount_ends_at": "2026-01-01"}, "할인값"),
    ("no status", {"sale_status": "품절"}, "판매상태"),
    ("a line that is no pair", {"specs": "무게"}, "제품사양"),
    ("half a notice", {"notice_kind": "가방", "notice": "종류: 백"}, "고시정보"),
    ("no kind", {"notice": "종류: 백"}, "고시품목"),
    ("no colour code", {"color_code": ""}, "컬러코드"),
    ("a colour code", {"color_code": "black"}, "컬러코드"),
    ("no picture", {"images": "products/none.webp"}, "이미지"),
    ("a path out of the folder", {"images": "../../etc/passwd.webp"}, "이미지"),
    ("a lost upload", {"images": "uploads/ab/" + "0" * 16 + ".webp"}, "이미지"),
    ("a SKU of blanks", {"sku": "a b"}, "SKU"),
    ("too much stock", {"stock": "1000001"}, "재고"),
    ("a negative stock", {"stock": "-1"}, "재고"),
    ("a long size", {"size": "가" * 41}, "사이즈"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "column"), BAD, ids=[what for what, _, _ in BAD])
async def test_a_bad_cell_is_told_with_its_column(
    client: httpx.AsyncClient, headers: dict[str, str], what: str, changes: dict[str, Any], column: str
) -> None:
    task = await imported(client, headers, as_csv(row(**changes)))
    assert counts(task) == (0, 0, 0, 1), what
    assert [(number, name) for number, name, _ in reasons(task)] == [(2, column)], reasons(task)
    assert (await Product.all().count(), await Variant.all().count()) == (0, 0)


async def test_rows_that_do_not_fit_the_heading_are_told(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    lines = as_csv(row("A"), row("B"), row("C")).decode().splitlines()
    lines[1], lines[2] = f"{lines[1]},더 있음", lines[2].rpartition(",")[0]
    task = await imported(client, headers, "\r\n".join(lines).encode())
    assert (counts(task), [text for _, _, text in reasons(task)]) == (
        (1, 0, 0, 2),
        ["열 이름보다 셀이 많습니다.", "열 이름보다 셀이 적습니다."],
    )


async def test_formulas_and_merged_cells_of_an_xlsx_are_told(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    task = await imported(client, headers, as_xlsx(row("A", origin_price="=1+1"), row("B"), {"size": "L"}, row("C")))
    assert counts(task) == (1, 0, 0, 2)
    assert {(number, column) for number, column, _ in reasons(task)} >= {(2, "상품가"), (4, "상품코드"), (4, "컬러")}
