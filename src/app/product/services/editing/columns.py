"""Helpers that creating and editing a product share. Their writes run in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import F

from src.app.category.services import tree
from src.app.product.dtos.admin.content import DiscountIn, NoticeIn, SpecIn
from src.app.product.dtos.events import ProductArchived, ProductUpdated
from src.app.product.errors import CategoryUnknown, DiscountAbovePrice
from src.app.product.models import Product, ProductCategory
from src.app.product.services import prices
from src.common import clock
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.work.outbox import emit

PLAN: Final = ("origin_price", "discount", "discount_option", "discount_starts_at", "discount_ends_at")


def price_columns(origin_price: int, discount: DiscountIn | None) -> dict[str, Any]:
    """Return the price columns of a product row. Raises DiscountAbovePrice."""
    if discount is None:
        return prices.columns_for(origin_price, option="", value=0, starts_at=None, ends_at=None)
    if discount.option == "amount" and discount.value > origin_price:
        raise DiscountAbovePrice(most=origin_price)
    return prices.columns_for(
        origin_price,
        option=discount.option,
        value=discount.value,
        starts_at=discount.starts_at,
        ends_at=discount.ends_at,
    )


def plan_of(product: Product) -> DiscountIn | None:
    """Return the stored discount, whether or not its period includes the present."""
    if not product.discount_option:
        return None
    return DiscountIn.model_construct(
        option="percent" if product.discount_option == "percent" else "amount",
        value=product.discount,
        starts_at=product.discount_starts_at,
        ends_at=product.discount_ends_at,
    )


def stored_specs(specs: Sequence[SpecIn]) -> list[dict[str, str]]:
    """Return the specs in the form that the column stores."""
    return [spec.model_dump() for spec in specs]


def stored_notice(notice: NoticeIn | None) -> dict[str, Any] | None:
    """Return the notice in the form that the column stores."""
    return None if notice is None else notice.model_dump()


async def refuse_unknown(category_ids: Sequence[int]) -> None:
    """Raise CategoryUnknown with the ids that do not exist. One query."""
    known = {node.id for node in await tree.load()}
    if unknown := [category_id for category_id in category_ids if category_id not in known]:
        raise CategoryUnknown(category_ids=unknown)


async def link(product_id: int, category_ids: Sequence[int]) -> None:
    """Replace the product's categories by these; the first becomes the main category."""
    await ProductCategory.filter(product_id=product_id).delete()
    await ProductCategory.bulk_create(
        [
            ProductCategory(product_id=product_id, category_id=category_id, position=position)
            for position, category_id in enumerate(category_ids)
        ]
    )


async def write(product: Product, columns: Mapping[str, Any]) -> None:
    """Write these columns of a row that the caller has locked, increment its version, and clear the public caches after
    the commit. A caller that changes searched columns also calls `indexing.reindex` afterwards. Emits ProductArchived
    or ProductUpdated."""
    await Product.filter(id=product.id).update(**columns, version=F("version") + 1, updated_at=clock.now())
    await emit((ProductArchived if columns.get("archived_at") else ProductUpdated)(product_id=product.id))
    shown_changed()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the old and the new differing values as the audit log stores them; both are empty if nothing is edited.

    The price is derived from the other columns: a difference in the price alone means that a discount period began or
    ended since the price was last settled, and does not count as an edit.
    """
    old, new = audit.changed(_plain(before), _plain(after))
    return ({}, {}) if set(new) <= {"price"} else (old, new)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn times into text, and drop the columns that exist only to find prices quickly."""
    return {
        name: clock.korean(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if name not in {"reduced_price", "reduction", "price_changes_at"}
    }
