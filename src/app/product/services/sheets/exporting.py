"""Export products to a file with a row per size, by the filters and order of the back-office list.

The file is streamed: a page of products is read, written and sent before the next one is read.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Final

from src.app.product.dtos.admin.listing import AdminProductFilter
from src.app.product.dtos.notices import KINDS
from src.app.product.errors import ExportTooLarge
from src.app.product.models import Product, Variant
from src.app.product.services.editing import listing
from src.app.product.services.sheets.columns import CLEAR, COLUMNS, DISCOUNTS, DISPLAY, HEADINGS, SALE, TAXES
from src.app.product.services.sheets.imports.current_state import Present, categories, present_products
from src.app.product.services.sheets.values import pair_line
from src.common.clock import KST
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.sheets import csv_export
from src.common.sheets.xlsx_writing import MAX_ROWS, XlsxWriter
from src.core.database import unit_of_work

PAGE: Final = 50
WORDS: Final[dict[str, str]] = {
    str(value): word for words in (SALE, DISPLAY, TAXES, DISCOUNTS) for word, value in words.items()
}
GUIDE: Final = ("열", "영문 이름", "설명", "Meaning", "예시")


async def as_csv(query: AdminProductFilter, *, encoding: str, by: Actor) -> AsyncIterator[bytes]:
    """Export a csv that Korean Excel opens and that can be imported again. Writes the audit row first."""
    await _note(query, by=by, kind=f"csv:{encoding}")
    return _csv(query, encoding)


async def as_xlsx(query: AdminProductFilter, *, by: Actor) -> AsyncIterator[bytes]:
    """Export an xlsx whose cells are texts, never formulas. Writes the audit row first. Raises ExportTooLarge."""
    if await listing.count(query) >= MAX_ROWS or await _is_long(query):
        raise ExportTooLarge(limit=MAX_ROWS - 1)
    await _note(query, by=by, kind="xlsx")
    return _xlsx(query)


def csv_template() -> bytes:
    """Return a csv with the headings alone."""
    return csv_export.MARK + csv_export.lines([HEADINGS])


def xlsx_template() -> bytes:
    """Return an xlsx with the headings, and a second sheet that explains them."""
    book = XlsxWriter(["상품", "설명"])
    pieces = [book.sheet(HEADINGS), book.sheet(GUIDE)]
    pieces.append(book.rows([(one.ko, one.key, one.about_ko, one.about_en, one.example) for one in COLUMNS]))
    return b"".join([*pieces, book.end()])


async def _is_long(query: AdminProductFilter) -> bool:
    """Return whether these products have more sizes than a sheet has rows. Counts them only if the whole shop has that
    many."""
    if await Variant.all().count() < MAX_ROWS:
        return False
    total = 0
    async for ids in listing.walk(query, size=500):
        total += await Variant.filter(product_id__in=ids, is_retired=False).count()
        if total >= MAX_ROWS:
            return True
    return False


async def _note(query: AdminProductFilter, *, by: Actor, kind: str) -> None:
    asked = query.model_dump(mode="json", exclude_defaults=True, by_alias=True)

    async def write() -> None:
        await audit.record("product.exported", by=by, target=("product", kind), after=asked)

    await unit_of_work(write)


async def _csv(query: AdminProductFilter, encoding: str) -> AsyncIterator[bytes]:
    mark = csv_export.MARK if encoding == "utf-8" else b""
    yield mark + csv_export.lines([HEADINGS], encoding=encoding)
    async for rows, paths in _pages(query):
        yield await asyncio.to_thread(lambda: csv_export.lines(_all(rows, paths), encoding=encoding))  # noqa: B023


async def _xlsx(query: AdminProductFilter) -> AsyncIterator[bytes]:
    book = XlsxWriter(["상품"])
    yield book.sheet(HEADINGS)
    async for rows, paths in _pages(query):
        yield await asyncio.to_thread(lambda: book.rows(_all(rows, paths)))  # noqa: B023 - awaited at once
    yield book.end()


async def _pages(query: AdminProductFilter) -> AsyncIterator[tuple[list[Present], dict[int, str]]]:
    _, paths = await categories()
    async for ids in listing.walk(query, size=PAGE):
        found = {one.product.id: one for one in (await present_products(ids, lock=False)).values()}
        yield [found[id_] for id_ in ids if id_ in found], paths


def _all(some: Sequence[Present], paths: dict[int, str]) -> list[list[str]]:
    return [row for one in some for row in rows_of(one, paths)]


def rows_of(one: Present, paths: dict[int, str]) -> list[list[str]]:
    """Return the rows of a product, one for each size in use. The product's cells are in its first row, a colour's
    cells in the colour's first row. A product without sizes has one row."""
    rows: list[dict[str, str]] = []
    for option in one.options:
        held = [row for row in one.variants if row.option_id == option.id and not row.is_retired]
        for number, variant in enumerate(sorted(held, key=lambda row: (row.position, row.id))):
            cells = {"color": option.color, "size": variant.size, "sku": variant.sku}
            cells |= {"stock": str(variant.stock), "stock_base": str(variant.stock)}
            cells["extra_price"] = str(variant.extra_price)
            if number == 0:
                cells |= {"color_code": option.color_code, "images": "\n".join(one.images[option.id])}
                cells["image_alts"] = _alts([one.alts[option.id].get(path, "") for path in one.images[option.id]])
            rows.append(cells)
    rows = rows or [{}]
    rows[0] |= _product_cells(one, paths)
    for cells in rows:
        cells["product_code"] = one.product.product_code
    return [[cells.get(column.key, "") for column in COLUMNS] for cells in rows]


def _product_cells(one: Present, paths: dict[int, str]) -> dict[str, str]:
    row: Product = one.product
    discount = {
        "discount_option": WORDS.get(row.discount_option, ""),
        "discount": str(row.discount),
        "discount_starts_at": _moment(row.discount_starts_at),
        "discount_ends_at": _moment(row.discount_ends_at),
    }
    notice: Any = row.notice if row.notice and row.notice["kind"] in KINDS else None
    kind, labels = KINDS[notice["kind"]] if notice else ("", {})
    return {
        "name": row.name,
        "slug": row.slug,
        "brand": row.brand,
        "description": row.description,
        "detail": row.detail,
        "categories": "\n".join(paths[id_] for id_ in one.category_ids if id_ in paths),
        "origin_price": str(row.origin_price),
        **(discount if row.discount_option else {}),
        "sale_status": WORDS[row.sale_status],
        "display_status": WORDS[row.display_status],
        "tax_type": WORDS[row.tax_type],
        "specs": "\n".join(pair_line(spec["name"], spec["value"]) for spec in row.specs or ()),
        "notice_kind": kind,
        "notice": "\n".join(f"{labels.get(key, key)}: {value}" for key, value in notice["fields"].items())
        if notice
        else "",
        "version": str(row.version),
    }


def _alts(alts: Sequence[str]) -> str:
    """Return a line for each picture, up to the last one that has an alternative text."""
    said = max((place for place, alt in enumerate(alts, start=1) if alt), default=0)
    return "\n".join(alt or CLEAR for alt in alts[:said])


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.astimezone(KST).replace(tzinfo=None).isoformat(" ")
