"""Parse a sheet: its heading, the blocks of rows of one product, and the wish (`ProductRow`) that a block expresses."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from src.app.product.dtos.admin.options import MAX_COLORS, MAX_SIZES
from src.app.product.dtos.fields import name_key
from src.app.product.dtos.notices import KINDS
from src.app.product.services.sheets.columns import BY_KEY, COLUMNS, REASONS
from src.app.product.services.sheets.records import ColorRow, Problem, ProductRow, SizeRow
from src.app.product.services.sheets.values import NOTHING, shown_again, value_of
from src.common.sheets.cells import Marked, trimmed
from src.common.sheets.errors import SheetHeaderWrong
from src.common.sheets.reading import Row

T = TypeVar("T")

MAX_BLOCK: Final = MAX_COLORS * MAX_SIZES
PRODUCT: Final = [column.key for column in COLUMNS if column.level == "product" and column.key != "product_code"]
OF_COLOR: Final = ("color_code", "images", "image_alts")
OF_SIZE: Final = ("sku", "extra_price", "stock", "stock_base")
OTHER: Final = ("같은 상품의 다른 행과 값이 다릅니다.", "Differs from another row of the same product.")


def _plain(text: str) -> str:
    """Return a heading without case, width, blanks and invisible letters, such as a byte-order mark."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return "".join(letter for letter in "".join(words) if unicodedata.category(letter) != "Cf")


NAMES: Final = {_plain(name): column.key for column in COLUMNS for name in (column.key, column.ko)}
IGNORED: Final = frozenset(map(_plain, REASONS))


@dataclass(frozen=True, slots=True)
class Heading:
    """The positions of a sheet's columns by key, and the number of columns."""

    places: Mapping[str, int]
    width: int

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by column key."""
        return {key: row[place] if place < len(row) else "" for key, place in self.places.items()}


def is_heading(cells: Sequence[str]) -> bool:
    """Return whether the row looks like the heading of a product sheet: it has a product-code column."""
    return any(NAMES.get(_plain(cell)) == "product_code" for cell in cells)


def heading_of(cells: Sequence[str]) -> Heading:
    """Read the first row. Raises SheetHeaderWrong with the missing, unknown and repeated columns."""
    names = [_plain(cell) for cell in cells]
    unknown = [
        cell.strip()[:40] for cell, name in zip(cells, names, strict=True) if name and name not in {*NAMES, *IGNORED}
    ]
    keys = [NAMES[name] for name in names if name in NAMES]
    repeated = sorted({BY_KEY[key].ko for key in keys if keys.count(key) > 1})
    needed = {"product_code"}
    if {"color", "size", *OF_COLOR, *OF_SIZE} & set(keys):
        needed |= {"color", "size"}
    missing = [column.ko for column in COLUMNS if column.key in needed - set(keys)]
    if unknown or repeated or missing:
        raise SheetHeaderWrong(missing=missing, unknown=unknown[:20], repeated=repeated)
    width = max((place for place, name in enumerate(names, start=1) if name), default=0)
    return Heading({NAMES[name]: place for place, name in enumerate(names) if name in NAMES}, width)


def blocks_of(rows: Iterable[Row], heading: Heading) -> Iterator[list[Row]]:
    """Group consecutive rows with the same product code. A row without a code joins the block above, because it may
    belong to that product; the block is then refused, so that no incomplete product is saved."""
    place = heading.places["product_code"]
    code, block = "", list[Row]()
    for number, cells in rows:
        own = trimmed(cells[place]) if place < len(cells) else ""
        if block and own and own != code:
            yield block
            block = []
        code = own or code
        block.append((number, cells))
    if block:
        yield block


def code_of(block: Sequence[Row], heading: Heading) -> str:
    """Return the product code of a block as the sheet has it, or an empty text."""
    cells = next((row for _, row in block if heading.cells(row)["product_code"]), None)
    return "" if cells is None else trimmed(shown_again(heading.cells(cells)["product_code"], "product_code"))


@dataclass(slots=True)
class _Reader:
    """State while a block is read. `texts` holds the text of each product cell (by ("", key)) and colour cell (by
    (colour, key)); `read` holds those whose value was returned."""

    wish: ProductRow
    heading: Heading
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    read: set[tuple[str, str]] = field(default_factory=set)

    def value(self, cells: Mapping[str, str], key: str, row: int) -> Any:
        return value_of(cells[key], key=key, row=row, problems=self.wish.problems) if key in cells else NOTHING

    def shared(self, cells: Mapping[str, str], key: str, row: int, *, of: str = "") -> Any:
        """Return the value of a cell that applies to several rows, once. A repeated cell must have the same text."""
        text = trimmed(cells.get(key, ""))
        if not text:
            return NOTHING
        if self.texts.setdefault((of, key), text) != text:
            self.wish.problems.append(Problem(row, key, *OTHER))
        if (of, key) in self.read:
            return NOTHING
        self.read.add((of, key))
        return self.value(cells, key, row)


def wish_of(block: Sequence[Row], heading: Heading, *, is_split: bool) -> ProductRow:
    """Parse a block into a wish. Errors that can be found without the shop's data are added to its `problems`."""
    wish = ProductRow(code_of(block, heading), [number for number, _ in block])
    if is_split:
        ko = "같은 상품의 행은 서로 이어져 있어야 합니다."
        wish.refuse("product_code", ko, "The rows of a product must stand one after the other.")
    if len(block) > MAX_BLOCK:
        wish.refuse("", f"한 상품은 {MAX_BLOCK:,}행까지입니다.", f"A product has at most {MAX_BLOCK:,} rows.")
    if wish.problems:
        return wish
    reader = _Reader(wish, heading)
    for number, row in block:
        _read_row(reader, number, row)
    _fold_notice(wish)
    _refuse_alike(wish)
    return wish


def _read_row(reader: _Reader, number: int, row: Sequence[str]) -> None:
    wish, cells = reader.wish, reader.heading.cells(row)
    if any(row[reader.heading.width :]):
        wish.refuse("", "열 이름보다 셀이 많습니다.", "The row has more cells than the heading.", row=number)
    elif len(row) < reader.heading.width:
        wish.refuse("", "열 이름보다 셀이 적습니다.", "The row has fewer cells than the heading.", row=number)
    if not cells["product_code"]:
        ko = "상품코드가 없습니다. 병합한 셀은 나누어 주세요."
        wish.refuse("product_code", ko, "No product code. Unmerge merged cells.", row=number)
    elif number == wish.row or isinstance(cells["product_code"], Marked):
        reader.value(cells, "product_code", number)
    for key in PRODUCT:
        if (value := reader.shared(cells, key, number)) is not NOTHING:
            wish.given.setdefault(key, value)
    if "color" in reader.heading.places:
        _read_size(reader, number, cells)
    elif number != wish.row:
        wish.refuse("product_code", "같은 상품이 두 번 있습니다.", "The product is there twice.", row=number)


def _read_size(reader: _Reader, number: int, cells: Mapping[str, str]) -> None:
    wish = reader.wish
    if not any(cells.get(key) for key in ("color", "size", *OF_COLOR, *OF_SIZE)):
        return  # the row has only product cells
    named = {key: reader.value(cells, key, number) for key in ("color", "size")}
    for key, value in named.items():
        if value is NOTHING and not cells[key]:
            ko = "필수 항목입니다. 병합한 셀은 나누어 주세요."
            wish.refuse(key, ko, "Required. Unmerge merged cells.", row=number)
    if NOTHING in named.values():
        return
    color = next((one for one in wish.colors if one.color == named["color"]), None)
    if color is None:
        color = ColorRow(number, named["color"])
        wish.colors.append(color)
    for key in OF_COLOR:
        if (value := reader.shared(cells, key, number, of=color.color)) is not NOTHING:
            setattr(color, key, value)
    values = {key: reader.value(cells, key, number) for key in OF_SIZE}
    sku, extra, stock, base = (None if value is NOTHING else value for value in values.values())
    color.sizes.append(SizeRow(number, named["size"], sku, stock, base, extra))


def _fold_notice(wish: ProductRow) -> None:
    """Replace the Korean item names of the notice by their keys."""
    if "notice" in wish.given and (kind := wish.given.get("notice_kind")):
        keys = {name: key for key, name in KINDS[kind][1].items()}
        wish.given["notice"] = {keys.get(name, name): value for name, value in wish.given["notice"].items()}


def _refuse_alike(wish: ProductRow) -> None:
    """Refuse repeated SKUs, and alike colours and sizes unless each of their rows has a SKU. With SKUs the shop
    decides, because it may have alike names from before."""
    colors = _alike(wish.colors, lambda color: name_key(color.color))
    if any(size.sku is None for some in colors for color in some for size in color.sizes):
        wish.refuse("color", "같은 컬러가 다르게 적혀 있습니다.", "One colour is spelled in two ways.")
    for color in wish.colors:
        for some in _alike(color.sizes, lambda size: name_key(size.size)):
            if any(size.sku is None for size in some):
                _refuse_twice(wish, "size", some)
    for some in _alike([size for size in wish.sizes if size.sku], lambda size: size.sku):
        _refuse_twice(wish, "sku", some)


def _refuse_twice(wish: ProductRow, column: str, sizes: Sequence[SizeRow]) -> None:
    for size in sizes[1:]:
        wish.refuse(column, "같은 상품에 두 번 있습니다.", "There twice in this product.", row=size.row)


def _alike(some: Iterable[T], key: Callable[[T], Any]) -> list[list[T]]:
    """Return the groups of items that share a key."""
    found: dict[Any, list[T]] = {}
    for one in some:
        found.setdefault(key(one), []).append(one)
    return [group for group in found.values() if len(group) > 1]
