"""Write the plans of a batch in a fixed number of statements; only edits of existing products are written one by one.

Everything runs in the caller's transaction, which holds the locks under which the plans were made.
"""

from collections.abc import Sequence
from typing import Any

from src.app.product.dtos.events import ProductCreated
from src.app.product.models import Product, ProductCategory, ProductImage, ProductOption, StockKind, Variant
from src.app.product.services.editing import columns, create
from src.app.product.services.editing.update import SEARCHED
from src.app.product.services.search.indexing import reindex
from src.app.product.services.sheets.imports.plans import ColorPlan, ProductPlan, SizePlan
from src.app.product.services.stock import adjustments, ledger
from src.app.product.services.stock.ledger import LedgerEntry
from src.common import clock
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.outbox import emit_all
from src.core.database.models import Model
from src.core.database.statements import insert_all, new_row


async def write(plans: Sequence[ProductPlan], *, batch: str, by: Actor, reason: str) -> None:
    """Write these plans, then the audit rows, the events and the search index.

    New rows are inserted in a fixed number of statements, edits are written one by one, and stock changes by deltas
    with ledger rows. `batch` is the batch name of the stock adjustments. Emits ProductCreated, ProductUpdated and
    StockReturned. Raises IntegrityError if another transaction took a code, slug or SKU first.
    """
    ids = await _products(plans)
    await _edits([plan for plan in plans if plan.present is not None and plan.edits])
    options = await _options(plans, ids)
    await _images(plans, ids, options)
    await _variants(plans, ids, options)
    await _stocks(plans, batch=batch, by=by, reason=reason)
    await audit.record_all([_entry(plan, ids) for plan in plans if plan.edits], by=by, reason=reason)
    await emit_all([ProductCreated(product_id=ids[plan.wish.code]) for plan in plans if plan.present is None])
    await reindex([ids[plan.wish.code] for plan in plans if _is_searched(plan)])
    shown_changed()


async def _products(plans: Sequence[ProductPlan]) -> dict[str, int]:
    """Insert the new products with their categories. Returns the ids of all products by code."""
    new = [plan for plan in plans if plan.present is None]
    now = clock.now()
    moments = {"released_at": now, "created_at": now, "updated_at": now}
    await _insert(
        [
            new_row(
                Product,
                **{"detail": "", "specs": [], **plan.columns, "slug": plan.slug or plan.columns["slug"]},
                product_code=plan.wish.code,
                **moments,
            )
            for plan in new
        ]
    )
    ids = {plan.wish.code: int(plan.present.product.id) for plan in plans if plan.present is not None}
    codes = [plan.wish.code for plan in new]
    if codes:
        ids |= dict(await Product.filter(product_code__in=codes).values_list("product_code", "id"))
    await _insert(
        [
            new_row(ProductCategory, product_id=ids[plan.wish.code], category_id=category_id, position=position)
            for plan in new
            for position, category_id in enumerate(plan.category_ids or ())
        ]
    )
    return ids


async def _edits(plans: Sequence[ProductPlan]) -> None:
    for plan in plans:
        assert plan.present is not None  # noqa: S101 - the caller chose them
        if plan.category_ids is not None:
            await columns.link(plan.present.product.id, plan.category_ids)
        await columns.write(plan.present.product, plan.columns)
        for color in plan.colors:
            if color.row is not None and color.columns:
                await ProductOption.filter(id=color.row.id).update(**color.columns)
            if color.row is not None and color.images is not None:
                await create.set_pictures(color.row.id, color.images, alts=color.alts)
        for size in plan.sizes:
            if size.row is not None and size.columns:
                await Variant.filter(id=size.row.id).update(**size.columns)


async def _options(plans: Sequence[ProductPlan], ids: dict[str, int]) -> dict[tuple[int, str], int]:
    """Insert the new colours after the existing ones. Returns the ids of all planned colours by (product id, name)."""
    found = {
        (int(color.row.product_id), color.wish.color): int(color.row.id)
        for plan in plans
        for color in plan.colors
        if color.row is not None
    }
    rows = []
    for plan in plans:
        last = max((option.position for option in plan.present.options), default=-1) if plan.present else -1
        fresh = [color.wish for color in plan.colors if color.row is None]
        rows += [
            new_row(
                ProductOption,
                product_id=ids[plan.wish.code],
                color=wish.color,
                color_code=wish.color_code,
                position=position,
            )
            for position, wish in enumerate(fresh, start=last + 1)
        ]
    await _insert(rows)
    if rows:
        made = ProductOption.filter(product_id__in=sorted({row.product_id for row in rows}))
        found |= {(product, color): id_ for id_, product, color in await made.values_list("id", "product_id", "color")}
    return found


def _colors(plans: Sequence[ProductPlan]) -> list[tuple[ProductPlan, ColorPlan]]:
    return [(plan, color) for plan in plans for color in plan.colors]


async def _images(plans: Sequence[ProductPlan], ids: dict[str, int], options: dict[tuple[int, str], int]) -> None:
    await _insert(
        [
            new_row(
                ProductImage,
                option_id=options[ids[plan.wish.code], color.wish.color],
                path=path,
                alt=color.alts.get(path, ""),
                position=position,
            )
            for plan, color in _colors(plans)
            if color.row is None
            for position, path in enumerate(color.images or ())
        ]
    )


async def _variants(plans: Sequence[ProductPlan], ids: dict[str, int], options: dict[tuple[int, str], int]) -> None:
    """Insert the new sizes after the existing ones, with their opening stock and its ledger rows."""
    rows: list[Variant] = []
    for plan, color in _colors(plans):
        product_id = ids[plan.wish.code]
        option_id = options[product_id, color.wish.color]
        held = [row.position for row in plan.present.variants if row.option_id == option_id] if plan.present else []
        fresh = [size for size in color.sizes if size.row is None]
        rows += [
            new_row(
                Variant,
                product_id=product_id,
                option_id=option_id,
                sku=size.sku,
                size=size.wish.size,
                stock=size.delta,
                extra_price=size.wish.extra_price or 0,
                position=position,
            )
            for position, size in enumerate(fresh, start=max(held, default=-1) + 1)
        ]
    await _insert(rows)
    if not rows:
        return
    stocks = {row.sku: row.stock for row in rows}
    made = await Variant.filter(sku__in=list(stocks)).values_list("id", "sku")
    await ledger.write_ledger(
        [
            LedgerEntry(variant_id=id_, kind=StockKind.OPENING, source=f"variant:{id_}", delta=stocks[sku])
            for id_, sku in made
        ]
    )


async def _stocks(plans: Sequence[ProductPlan], *, batch: str, by: Actor, reason: str) -> None:
    changes = {
        int(size.row.id): (int(size.row.stock), int(size.row.stock) + size.delta)
        for plan in plans
        for size in plan.sizes
        if size.row is not None and size.delta
    }
    await adjustments.set_locked(changes, batch=batch, by=by, reason=reason)


async def _insert(rows: Sequence[Model]) -> None:
    if rows:
        await insert_all(rows)


def _is_searched(plan: ProductPlan) -> bool:
    if plan.present is None or plan.after.keys() & SEARCHED:
        return True
    return any(color.row is None or "is_retired" in color.columns for color in plan.colors)


def _entry(plan: ProductPlan, ids: dict[str, int]) -> audit.Entry:
    target = ("product", ids[plan.wish.code])
    named = [_logged(color) for color in plan.colors if color.is_changed]
    if plan.present is None:
        names = ("name", "origin_price", "price", "sale_status", "display_status", "tax_type")
        after: dict[str, Any] = {name: plan.columns[name] for name in names if name in plan.columns}
        after |= {"product_code": plan.wish.code, "slug": plan.slug or plan.columns["slug"], "options": named}
        return audit.Entry(action="product.created", target=target, after=after)
    options = {"options": named} if named else {}
    return audit.Entry(action="product.changed", target=target, before=plan.before, after=plan.after | options)


def _logged(color: ColorPlan) -> dict[str, Any]:
    """Return the changes to a colour, for the audit log."""
    return {
        "color": color.wish.color,
        **color.columns,
        **({} if color.images is None else {"images": color.images}),
        **({} if color.images is None or not any(color.alts.values()) else {"alts": color.alts}),
        "sizes": [_size_logged(size) for size in color.sizes if size.row is None or size.columns],
    }


def _size_logged(size: SizePlan) -> dict[str, Any]:
    extra = {} if size.wish.extra_price is None else {"extra_price": size.wish.extra_price}
    return {"size": size.wish.size, "sku": size.sku, **extra, **({"stock": size.delta} if size.row is None else {})}
