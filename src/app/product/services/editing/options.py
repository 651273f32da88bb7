"""Replace the colours and sizes of a product: add, change, reorder, and retire what is left out.

Nothing is deleted: orders keep the ids of the sizes they sold, carts are in Redis, which no transaction may read, and
the ledger is append-only. A retired colour or size that is named again is restored with its stock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.exceptions import IntegrityError

from src.app.product.dtos.admin.options import OptionEdit, OptionsReplace, SizeEdit
from src.app.product.dtos.admin.responses import AdminProduct
from src.app.product.dtos.fields import alts_of, paths_of
from src.app.product.errors import OptionsAlike, OptionUnknown, StockFixed
from src.app.product.models import Product, ProductImage, ProductOption, Variant
from src.app.product.services import locks, naming
from src.app.product.services.editing import columns, form
from src.app.product.services.editing import images as pictures
from src.app.product.services.editing.alike_names import clash, color_of, size_of, the_one
from src.app.product.services.editing.create import add_option, add_size, set_pictures
from src.app.product.services.search.indexing import reindex
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


@dataclass(frozen=True, slots=True)
class _OptionChange:
    """A wanted size of one colour: its existing row (None for a new size), its values and its position."""

    row: Variant | None
    size: SizeEdit
    position: int


async def replace(product_id: int, body: OptionsReplace, *, version: int, by: Actor) -> AdminProduct:
    """Replace the colours and sizes by those of the body, if nobody edited the product since `version`.

    Locks uploaded pictures, the product, then all its sizes by id. Stock changes only by the opening units of a new
    size. An edit that changes nothing leaves the version and writes no audit row. Raises ProductNotFound, StaleEdit,
    ProductIsArchived, OptionUnknown, OptionsAlike, StockFixed, SkuTaken, ImageUnknown.
    """
    await pictures.refuse_missing([path for option in body.options for path in paths_of(option.images)])

    async def write() -> None:
        await pictures.lock_uploads([path for option in body.options for path in paths_of(option.images)])
        product = await locks.lock_for_edit(product_id, version)
        variants = await locks.lock_variants(product_id)
        colors = await ProductOption.filter(product_id=product_id).order_by("id")
        before = await _as_logged(colors, variants)
        await _replace(product, body.options, colors=colors, variants=variants)
        now = await ProductOption.filter(product_id=product_id).order_by("id")
        after = await _as_logged(now, await Variant.filter(product_id=product_id).order_by("id"))
        if before == after:
            return
        await columns.write(product, {})
        await reindex([product_id])
        await audit.record(
            "product.options_replaced",
            by=by,
            target=("product", product_id),
            before={"options": before},
            after={"options": after},
            reason=body.reason,
        )

    try:
        await unit_of_work(write)
    except IntegrityError:
        # Another product took a SKU between the check and the write.
        own = await Variant.filter(product_id=product_id).values_list("id", flat=True)
        given = [size.sku for option in body.options for size in option.sizes if size.sku is not None]
        await naming.refuse_taken_skus(given, own=[int(str(id_)) for id_ in own])
        raise
    return await form.one(product_id)


async def _replace(
    product: Product, wanted: Sequence[OptionEdit], *, colors: Sequence[ProductOption], variants: Sequence[Variant]
) -> None:
    chosen = _colors_for(wanted, colors)
    wishes = [
        _sizes_for(option.sizes, [row for row in variants if color is not None and row.option_id == color.id])
        for option, color in zip(wanted, chosen, strict=True)
    ]
    _refuse_foreign(wanted, chosen, wishes)
    _refuse_alike(wanted, chosen, wishes, colors=colors, variants=variants)
    _refuse_other_stock(wishes)
    skus = await _skus(product, wishes)
    await _retire(colors, variants, chosen=chosen, wishes=wishes)
    await _step_aside(wanted, chosen, wishes, colors=colors, variants=variants)
    for position, (option, color) in enumerate(zip(wanted, chosen, strict=True)):
        row = color or await add_option(product.id, option, position=position)
        if color is not None:
            await _write_color(row, option, position=position)
        for wish in wishes[position]:
            await _write_size(row, wish, skus=skus)


def _colors_for(wanted: Sequence[OptionEdit], colors: Sequence[ProductOption]) -> list[ProductOption | None]:
    """Return the existing row of each wanted colour: by id, else by name among the rows that no id claims. None for a
    new colour, and for an id that is not of this product."""
    by_id = {color.id: color for color in colors}
    named = {option.id for option in wanted}
    rest = [color for color in colors if color.id not in named]
    return [
        by_id.get(option.id) if option.id is not None else the_one(rest, option.color, by=color_of) for option in wanted
    ]


def _sizes_for(wanted: Sequence[SizeEdit], variants: Sequence[Variant]) -> list[_OptionChange]:
    """Do the same as `_colors_for` for the sizes of one colour."""
    by_id = {row.id: row for row in variants}
    named = {size.variant_id for size in wanted}
    rest = [row for row in variants if row.id not in named]
    rows = [
        by_id.get(size.variant_id) if size.variant_id is not None else the_one(rest, size.size, by=size_of)
        for size in wanted
    ]
    return [_OptionChange(row, size, position) for position, (row, size) in enumerate(zip(rows, wanted, strict=True))]


def _refuse_foreign(
    wanted: Sequence[OptionEdit], chosen: Sequence[ProductOption | None], wishes: Sequence[Sequence[_OptionChange]]
) -> None:
    options = [
        option.id for option, color in zip(wanted, chosen, strict=True) if option.id is not None and color is None
    ]
    sizes = [
        wish.size.variant_id
        for of_color in wishes
        for wish in of_color
        if wish.size.variant_id is not None and wish.row is None
    ]
    if options or sizes:
        raise OptionUnknown(option_ids=options, variant_ids=sizes)


def _refuse_alike(
    wanted: Sequence[OptionEdit],
    chosen: Sequence[ProductOption | None],
    wishes: Sequence[Sequence[_OptionChange]],
    *,
    colors: Sequence[ProductOption],
    variants: Sequence[Variant],
) -> None:
    """Raise OptionsAlike if a new, renamed or restored row would be alike to another one. Alike names that are both in
    use and unchanged are accepted."""
    unchanged = {
        color.id for option, color in zip(wanted, chosen, strict=True) if color and option.color == color.color
    }
    kept = [color for color in colors if color.id in unchanged and not color.is_retired]
    named = [(color if color in kept else None, option.color) for option, color in zip(wanted, chosen, strict=True)]
    if clash(kept, named, by=color_of):
        raise OptionsAlike
    sizes = {wish.row.id for of_color in wishes for wish in of_color if wish.row and wish.row.size == wish.size.size}
    held = [row for row in variants if row.id in sizes and not row.is_retired]
    for of_color in wishes:
        rows = {wish.row.id for wish in of_color if wish.row is not None}
        own = [row for row in held if row.id in rows]
        if clash(own, [(wish.row if wish.row in own else None, wish.size.size) for wish in of_color], by=size_of):
            raise OptionsAlike


def _refuse_other_stock(wishes: Iterable[Sequence[_OptionChange]]) -> None:
    """Raise StockFixed if the body states a different stock for an existing size. A size given by name alone may turn
    out to exist, and the stock in the body would be dropped silently."""
    fixed = [
        wish.row.id
        for of_color in wishes
        for wish in of_color
        if wish.row is not None and wish.size.stock not in (None, wish.row.stock)
    ]
    if fixed:
        raise StockFixed(variant_ids=fixed)


async def _skus(product: Product, wishes: Sequence[Sequence[_OptionChange]]) -> list[str]:
    """Return SKUs for the new sizes that were given none, in their order. Raises SkuTaken if a given SKU belongs to
    another size, also to an unchanged or retired size of this product."""
    every = [wish for of_color in wishes for wish in of_color]
    given = [wish.size.sku for wish in every if wish.size.sku is not None]
    renamed = [wish.row.id for wish in every if wish.row is not None and wish.size.sku is not None]
    await naming.refuse_taken_skus(given, own=renamed)
    missing = sum(wish.row is None and wish.size.sku is None for wish in every)
    return await naming.free_skus(product.product_code, missing, beside=given)


async def _retire(
    colors: Sequence[ProductOption],
    variants: Sequence[Variant],
    *,
    chosen: Sequence[ProductOption | None],
    wishes: Sequence[Sequence[_OptionChange]],
) -> None:
    kept_colors = {color.id for color in chosen if color is not None}
    kept_sizes = {wish.row.id for of_color in wishes for wish in of_color if wish.row is not None}
    gone_colors = [color.id for color in colors if color.id not in kept_colors and not color.is_retired]
    gone_sizes = [row.id for row in variants if row.id not in kept_sizes and not row.is_retired]
    if gone_colors:
        await ProductOption.filter(id__in=gone_colors).update(is_retired=True)
    if gone_sizes:
        await Variant.filter(id__in=gone_sizes).update(is_retired=True)


async def _step_aside(
    wanted: Sequence[OptionEdit],
    chosen: Sequence[ProductOption | None],
    wishes: Sequence[Sequence[_OptionChange]],
    *,
    colors: Sequence[ProductOption],
    variants: Sequence[Variant],
) -> None:
    """Rename rows whose name or SKU another row is about to take, so that names can be swapped without breaking the
    unique keys."""
    targets = {option.color: color and color.id for option, color in zip(wanted, chosen, strict=True)}
    for color in colors:
        if targets.get(color.color, color.id) != color.id:
            await ProductOption.filter(id=color.id).update(color=naming.aside(color.color, color.id))
    for kept, of_color in zip(chosen, wishes, strict=True):
        if kept is None:
            continue
        sizes = {wish.size.size: wish.row and wish.row.id for wish in of_color}
        for row in variants:
            if row.option_id == kept.id and sizes.get(row.size, row.id) != row.id:
                await Variant.filter(id=row.id).update(size=naming.aside(row.size, row.id))
    for held in [wish.row for of_color in wishes for wish in of_color if wish.row is not None]:
        if held.sku in _new_skus(wishes, of=held):
            await Variant.filter(id=held.id).update(sku=f"~{held.id}")


def _new_skus(wishes: Iterable[Sequence[_OptionChange]], *, of: Variant) -> set[str | None]:
    """Return the SKUs that the other wishes ask for."""
    return {wish.size.sku for of_color in wishes for wish in of_color if wish.row is None or wish.row.id != of.id}


async def _write_color(color: ProductOption, option: OptionEdit, *, position: int) -> None:
    await ProductOption.filter(id=color.id).update(
        color=option.color, color_code=option.color_code, position=position, is_retired=False
    )
    rows = ProductImage.filter(option_id=color.id).order_by("position", "id")
    held = [(str(path), str(alt)) for path, alt in await rows.values_list("path", "alt")]
    paths, alts = paths_of(option.images), dict(held) | alts_of(option.images)
    if held != [(path, alts.get(path, "")) for path in paths]:
        await set_pictures(color.id, paths, alts=alts)


async def _write_size(color: ProductOption, wish: _OptionChange, *, skus: list[str]) -> None:
    size, row = wish.size, wish.row
    if row is None:
        sku = size.sku or skus.pop(0)
        stock, extra = size.stock or 0, size.extra_price or 0
        await add_size(color, size.size, sku=sku, stock=stock, extra_price=extra, position=wish.position)
        return
    extra = row.extra_price if size.extra_price is None else size.extra_price
    as_it_is = (row.size, row.sku, row.extra_price, row.position, row.is_retired)
    if as_it_is == (size.size, size.sku or row.sku, extra, wish.position, False):
        # A row that `_step_aside` renamed is never skipped: another row takes its old name, so it has a new one.
        return
    await Variant.filter(id=row.id).update(
        size=size.size, sku=size.sku or row.sku, extra_price=extra, position=wish.position, is_retired=False
    )


async def _as_logged(colors: Sequence[ProductOption], variants: Sequence[Variant]) -> list[dict[str, Any]]:
    """Return colours with pictures and sizes in the order shown, without retired ones."""
    images: Mapping[int, list[str]] = {color.id: [] for color in colors}
    rows = ProductImage.filter(option_id__in=[color.id for color in colors]).order_by("position", "id")
    alts: Mapping[int, dict[str, str]] = {color.id: {} for color in colors}
    for option_id, path, alt in await rows.values_list("option_id", "path", "alt") if colors else []:
        images[option_id].append(path)
        if alt:
            alts[option_id][path] = alt
    return [
        {
            "id": color.id,
            "color": color.color,
            "color_code": color.color_code,
            "images": images[color.id],
            **({"alts": alts[color.id]} if alts[color.id] else {}),
            "sizes": [
                {"variant_id": row.id, "size": row.size, "sku": row.sku, "extra_price": row.extra_price}
                for row in sorted(variants, key=lambda row: (row.position, row.id))
                if row.option_id == color.id and not row.is_retired
            ],
        }
        for color in sorted(colors, key=lambda color: (color.position, color.id))
        if not color.is_retired
    ]
