"""Compare wishes with the shop: plan the changes, and refuse those that are not allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from pydantic import ValidationError

from src.app.product.dtos.admin.content import DiscountIn, NoticeIn
from src.app.product.dtos.admin.options import MAX_COLORS, MAX_SIZES
from src.app.product.dtos.notices import KINDS
from src.app.product.errors import (
    CategoryUnknown,
    DiscountAbovePrice,
    ImageUnknown,
    ProductCodeTaken,
    ProductIsArchived,
    SkuTaken,
    SlugTaken,
)
from src.app.product.models import Product
from src.app.product.services.editing import columns as content
from src.app.product.services.editing.alike_names import clash, color_of, size_of
from src.app.product.services.editing.warnings import price_warnings
from src.app.product.services.sheets.columns import BY_KEY
from src.app.product.services.sheets.imports.current_state import Present, Shop
from src.app.product.services.sheets.imports.plans import ColorPlan, ProductPlan, SizePlan
from src.app.product.services.sheets.imports.sold import CODE, numbers
from src.app.product.services.sheets.records import ColorRow, Problem, ProductRow, refusal
from src.common import clock
from src.common.dtos.warnings import WarningCode
from src.common.exceptions.general import NotAllowed, StaleEdit
from src.common.handlers.field_messages import field_problem

PLAIN: Final = ("name", "slug", "brand", "description", "detail", "sale_status", "display_status", "tax_type")
DISCOUNT: Final = {
    "option": "discount_option",
    "value": "discount",
    "starts_at": "discount_starts_at",
    "ends_at": "discount_ends_at",
}
NAME_BY_SKU: Final = (
    "이름이 같은 것이 여럿 있습니다. SKU를 입력해 주세요.",
    "There are several of this name. Give the SKU.",
)
WARNED: Final = {WarningCode.DISCOUNT_ENDED: "discount_ends_at", WarningCode.PRICE_ZERO: "origin_price"}
NEEDED: Final = ("name", "categories", "origin_price")


@dataclass(frozen=True, slots=True)
class May:
    """The rights of an import. `adjust`: the requesting person may change stock. `overwrite`: the sheet's stock applies
    even if units were sold since."""

    adjust: bool
    overwrite: bool = False


class _Planner:
    """Makes the plan of one wish. Errors are added to the wish's `problems`."""

    def __init__(self, wish: ProductRow, shop: Shop, may: May, *, missing: frozenset[str]) -> None:
        self.wish = wish
        self.shop = shop
        self.may = may
        self.missing = missing
        self.plan = ProductPlan(wish, shop.products.get(wish.code))

    def make(self) -> ProductPlan:
        """Make the plan. It is complete only if the wish has no problems."""
        present = self.plan.present
        if present is not None and present.product.archived_at is not None:
            self._refuse("product_code", ProductIsArchived())
            return self.plan
        if present is None:
            self._refuse_unfinished()
        self._refuse_taken()
        self._product(present)
        self._warn()
        for color in self.wish.colors:
            self.plan.colors.append(self._color(color, present))
        self._refuse_many(present)
        version = self.wish.given.get("version")
        if present is not None and version is not None and self.plan.edits and version != present.product.version:
            self._refuse("version", StaleEdit(version=present.product.version))
        return self.plan

    def _refuse(self, column: str, error: Any, *, row: int = 0) -> None:
        self.wish.problems.append(refusal(row or self.wish.row, column, error))

    def _refuse_unfinished(self) -> None:
        for key in NEEDED:
            if key not in self.wish.given:
                self.wish.refuse(key, f"새 상품에는 {BY_KEY[key].ko} 값이 필요합니다.", "A new product needs it.")
        if not self.wish.colors:
            ko = "새 상품에는 컬러와 사이즈가 필요합니다."
            self.wish.refuse("color", ko, "A new product needs a colour and a size.")

    def _refuse_taken(self) -> None:
        own = {self.plan.present.product.id} if self.plan.present else set()
        if not own and self.shop.words.get(self.wish.code):
            self._refuse("product_code", ProductCodeTaken())
        slug = self.wish.given.get("slug")
        if slug and self.shop.words.get(slug, set()) - own:
            self._refuse("slug", SlugTaken())

    def _product(self, present: Present | None) -> None:
        given = self.wish.given
        columns: dict[str, Any] = {key: given[key] for key in PLAIN if key in given}
        if "specs" in given:
            columns["specs"] = content.stored_specs(given["specs"])
        row = present.product if present else Product(origin_price=0, discount_option="", notice=None)
        columns |= self._notice(row) | self._price(row)
        self._categories(present)
        if present is None:
            self.plan.columns = columns
            return
        before = {name: getattr(row, name) for name in columns}
        if "specs" in before:
            before["specs"] = before["specs"] or []
        after = dict(columns)
        if self.plan.category_ids is not None:
            before["category_ids"], after["category_ids"] = present.category_ids, self.plan.category_ids
        self.plan.before, self.plan.after = content.changes(before, after)
        self.plan.columns = columns if self.plan.after else {}
        if "category_ids" not in self.plan.after:
            self.plan.category_ids = None

    def _notice(self, row: Product) -> dict[str, Any]:
        given = self.wish.given
        if "notice_kind" not in given and "notice" not in given:
            return {}
        stored: dict[str, Any] = row.notice or {}
        kind = given.get("notice_kind", stored.get("kind"))
        if kind is None:
            if "notice" in given:
                self.wish.refuse("notice_kind", "고시품목을 입력해 주세요.", "Name the kind of the notice.")
            return {"notice": None}
        fields = given.get("notice", stored.get("fields", {}))
        names = {name: key for key, name in KINDS[kind][1].items()}
        fields = {names.get(name, name): value for name, value in fields.items()}
        notice = self._validated("notice", NoticeIn, {"kind": kind, "fields": fields})
        return {"notice": content.stored_notice(notice)} if notice else {}

    def _price(self, row: Product) -> dict[str, Any]:
        given = self.wish.given
        if not {"origin_price", *DISCOUNT.values()} & given.keys():
            return {}
        plan = content.plan_of(row)
        values: dict[str, Any] = dict(plan) if plan else {}
        values |= {name: given[key] for name, key in DISCOUNT.items() if key in given}
        discount: DiscountIn | None = None
        if "discount_option" in given and given["discount_option"] is None:
            values = {}
        if any(value is not None for value in values.values()):
            asked = {name: value for name, value in values.items() if value is not None}
            changes = [key for key in DISCOUNT.values() if key in given]
            discount = plan if plan and not changes else self._validated("discount", DiscountIn, asked)
            if discount is None:
                return {}
        try:
            return content.price_columns(given.get("origin_price", row.origin_price), discount)
        except DiscountAbovePrice as error:
            self._refuse("discount", error)
            return {}

    def _categories(self, present: Present | None) -> None:
        if "categories" not in self.wish.given:
            return
        names: list[str] = self.wish.given["categories"]
        if unknown := [name for name in names if name not in self.shop.categories]:
            problem = refusal(self.wish.row, "categories", CategoryUnknown(category_ids=[]))
            listed = ", ".join(unknown)[:200]
            self.wish.refuse("categories", f"{problem.ko} ({listed})", f"{problem.en} ({listed})")
            return
        self.plan.category_ids = list(dict.fromkeys(self.shop.categories[name] for name in names))

    def _color(self, wish: ColorRow, present: Present | None) -> ColorPlan:
        rows = present.colors(wish) if present else []
        if len(rows) > 1:
            self.wish.refuse("color", *NAME_BY_SKU, row=wish.row)
        row = rows[0] if rows else None
        plan = ColorPlan(wish, row)
        if row is None:
            if wish.color_code is None:
                ko = "새 컬러에는 컬러코드(#RRGGBB)가 필요합니다."
                self.wish.refuse("color_code", ko, "A new colour needs its code (#RRGGBB).", row=wish.row)
            plan.images = wish.images or []
        else:
            if wish.color_code not in (None, row.color_code):
                plan.columns["color_code"] = wish.color_code
            if row.is_retired:
                plan.columns["is_retired"] = False
            if present and wish.images is not None and wish.images != present.images[row.id]:
                plan.images = wish.images
        self._alts(plan, present)
        if gone := sorted(self.missing & set(plan.images or ())):
            problem = refusal(wish.row, "images", ImageUnknown(images=gone))
            listed = ", ".join(gone)[:200]
            self.wish.refuse("images", f"{problem.ko} ({listed})", f"{problem.en} ({listed})", row=wish.row)
        plan.sizes = [self._size(size, plan, present) for size in wish.sizes]
        return plan

    def _alts(self, plan: ColorPlan, present: Present | None) -> None:
        """Set the alternative texts of the colour's pictures: those of the sheet, else the present ones of pictures
        that stay."""
        wish, row = plan.wish, plan.row
        held = present.alts[row.id] if present and row else {}
        there = present.images[row.id] if present and row else []
        paths = there if plan.images is None else plan.images
        plan.alts = {path: held.get(path, "") for path in paths}
        if wish.image_alts is None:
            return
        if len(wish.image_alts) > len(paths):
            ko = "이미지보다 이미지 설명이 많습니다."
            self.wish.refuse("image_alts", ko, "More texts than pictures.", row=wish.row)
        said = dict(zip_longest(paths, wish.image_alts[: len(paths)], fillvalue=""))
        if said != plan.alts:
            plan.images, plan.alts = list(paths), said

    def _size(self, wish: Any, color: ColorPlan, present: Present | None) -> SizePlan:
        rows = present.sizes(color.row.id, wish) if present and color.row else []
        if len(rows) > 1:
            self.wish.refuse("size", *NAME_BY_SKU, row=wish.row)
        row = rows[0] if rows else None
        plan = SizePlan(wish, row, sku=wish.sku or (row.sku if row else ""))
        if wish.sku and self.shop.skus.get(wish.sku, row.id if row else 0) != (row.id if row else 0):
            self._refuse("sku", SkuTaken(skus=[wish.sku]), row=wish.row)
        if row is None:
            plan.delta = wish.stock or 0
            return plan
        if wish.sku not in (None, row.sku):
            plan.columns["sku"] = wish.sku
        if wish.extra_price not in (None, row.extra_price):
            plan.columns["extra_price"] = wish.extra_price
        if row.is_retired:
            plan.columns["is_retired"] = False
        self._stock(plan, row.stock)
        return plan

    def _stock(self, plan: SizePlan, now: int) -> None:
        """Set the units to add or remove.

        If the sheet has the stock that the editor saw, a row with that same stock changes nothing, and a row with
        another stock is refused if the stock changed since: units sold since would otherwise be sold twice.
        """
        wish = plan.wish
        if wish.stock is None or wish.stock in (now, wish.base):
            return
        if not self.may.adjust:
            self._refuse("stock", NotAllowed(), row=wish.row)
        elif wish.base is not None and wish.base != now and not self.may.overwrite:
            ko = f"내려받은 뒤에 재고가 바뀌었습니다. (현재 재고: {now}개)"
            en = f"The stock has changed since the export ({now} left)."
            told = numbers(plan, max(0, wish.base - now))
            self.wish.problems.append(Problem(wish.row, "stock", ko, en, CODE, told))
        else:
            plan.delta = wish.stock - now

    def _refuse_many(self, present: Present | None) -> None:
        """Refuse more colours or sizes than a form allows, and names that would be alike to others."""
        colors = [option for option in present.options if not option.is_retired] if present else []
        named = [(color.row, color.wish.color) for color in self.plan.colors]
        if _count(colors, [row for row, _ in named]) > MAX_COLORS:
            self.wish.refuse("color", f"컬러는 {MAX_COLORS}개까지입니다.", f"At most {MAX_COLORS} colours.")
        if clash(colors, named, by=color_of):
            self.wish.refuse("color", "같은 컬러가 다르게 적혀 있습니다.", "One colour is spelled in two ways.")
        for color in self.plan.colors:
            held = [row for row in present.variants if color.row and row.option_id == color.row.id] if present else []
            sizes = [row for row in held if not row.is_retired]
            asked = [(size.row, size.wish.size) for size in color.sizes]
            if _count(sizes, [row for row, _ in asked]) > MAX_SIZES:
                ko, en = f"사이즈는 컬러마다 {MAX_SIZES}개까지입니다.", f"At most {MAX_SIZES} sizes for a colour."
                self.wish.refuse("size", ko, en, row=color.wish.row)
            if clash(sizes, asked, by=size_of):
                ko = "같은 사이즈가 다르게 적혀 있습니다."
                self.wish.refuse("size", ko, "One size is spelled in two ways.", row=color.wish.row)

    def _warn(self) -> None:
        """Add warnings about a price that will be written."""
        if "origin_price" in self.plan.columns:
            for one in price_warnings(self.plan.columns, clock.now()):
                column = WARNED.get(one.code, "discount")
                self.plan.warnings.append(Problem(self.wish.row, column, one.detail, one.en, one.code.value))

    def _validated(self, column: str, model: Any, values: dict[str, Any]) -> Any:
        try:
            return model.model_validate(values)
        except ValidationError as error:
            entry: dict[str, Any] = dict(error.errors(include_url=False, include_input=False)[0])
            place = str(entry["loc"][0]) if entry["loc"] else ""
            key = DISCOUNT.get(place, column) if model is DiscountIn else column
            ko, en = (field_problem(entry, language)["message"] for language in ("ko", "en"))
            self.wish.problems.append(Problem(self.wish.row, key, ko, en))
            return None


def _count(used: Sequence[Any], named: Sequence[Any]) -> int:
    """Count the rows after the import. None in `named` is a new row."""
    return len({row.id for row in (*used, *named) if row is not None}) + sum(row is None for row in named)


def plans_of(
    wishes: Sequence[ProductRow], shop: Shop, may: May, *, missing: frozenset[str] = frozenset()
) -> list[ProductPlan]:
    """Make the plan of each wish. Errors are added to the wish's `problems`. `missing` holds pictures that are not
    stored."""
    return [_Planner(wish, shop, may, missing=missing).make() for wish in wishes]
