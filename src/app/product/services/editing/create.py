"""Add a product."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.product.dtos.admin.options import OptionNew, SizeNew
from src.app.product.dtos.admin.products import ProductCreate
from src.app.product.dtos.admin.responses import AdminProduct
from src.app.product.dtos.events import ProductCreated
from src.app.product.dtos.fields import alts_of, paths_of
from src.app.product.models import Product, ProductImage, ProductOption, StockKind, Variant
from src.app.product.services import naming
from src.app.product.services.editing import columns, form, images
from src.app.product.services.search.indexing import reindex
from src.app.product.services.stock.ledger import LedgerEntry, write_ledger
from src.common import clock
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.outbox import emit
from src.core.database import unit_of_work

TRIES: Final = 3
ROOM: Final = 50  # letters of the name that remain in front of the code


async def create(body: ProductCreate, *, by: Actor) -> AdminProduct:
    """Write the product with its colours, pictures, sizes and opening stock in one transaction.

    The product code makes a repeat safe: a second request with the same code is refused, even a simultaneous one.
    Raises ProductCodeTaken, SlugTaken, SkuTaken, CategoryUnknown, ImageUnknown, DiscountAbovePrice.
    """
    await images.refuse_missing([path for option in body.options for path in paths_of(option.images)])
    for attempt in range(1, TRIES + 1):
        named = body.name if attempt == 1 else f"{body.name[:ROOM]} {body.product_code}"
        try:
            return await form.one(await unit_of_work(partial(write, body, by=by, named=named)))
        except IntegrityError:
            # Another transaction took a slug, code or SKU between the check and the insert. A generated slug is
            # generated again with the product code in it, which differs for products of one name created at once.
            await _look(body)
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


async def write(body: ProductCreate, *, by: Actor, named: str = "") -> int:
    """Write the rows, the audit row and the search index in the open transaction, and return the product's id.

    A missing slug is generated from `named`, else from the name. Locks uploaded pictures first; whether other picture
    files exist is not checked. Emits ProductCreated.
    """
    await images.lock_uploads([path for option in body.options for path in paths_of(option.images)])
    await _look(body)
    now = clock.now()
    product = await Product.create(
        product_code=body.product_code,
        slug=body.slug or await naming.free_slug(named or body.name),
        name=body.name,
        brand=body.brand,
        description=body.description,
        detail=body.detail,
        **columns.price_columns(body.origin_price, body.discount),
        sale_status=body.sale_status,
        display_status=body.display_status,
        tax_type=body.tax_type,
        specs=columns.stored_specs(body.specs),
        notice=columns.stored_notice(body.notice),
        released_at=now,
        created_at=now,
        updated_at=now,
    )
    await columns.link(product.id, body.category_ids)
    skus = await _skus(body)
    for position, option in enumerate(body.options):
        row = await add_option(product.id, option, position=position)
        for place, size in enumerate(option.sizes):
            await add_size(
                row,
                size.size,
                sku=size.sku or skus.pop(0),
                stock=size.stock,
                extra_price=size.extra_price,
                position=place,
            )
    await _audit(product, body, by=by)
    await emit(ProductCreated(product_id=product.id))
    await reindex([product.id])
    shown_changed()
    product_id: int = product.id
    return product_id


async def add_option(product_id: int, option: Any, *, position: int) -> ProductOption:
    """Add a colour with its pictures."""
    row = await ProductOption.create(
        product_id=product_id, color=option.color, color_code=option.color_code, position=position
    )
    await set_pictures(row.id, paths_of(option.images), alts=alts_of(option.images))
    return row


async def set_pictures(option_id: int, paths: Sequence[str], *, alts: Mapping[str, str]) -> None:
    """Replace the colour's pictures by these, in this order. `alts` maps a path to its alternative text."""
    await ProductImage.filter(option_id=option_id).delete()
    await ProductImage.bulk_create(
        [
            ProductImage(option_id=option_id, path=path, alt=alts.get(path, ""), position=position)
            for position, path in enumerate(paths)
        ]
    )


async def add_size(
    option: ProductOption, size: str, *, sku: str, stock: int, extra_price: int, position: int
) -> Variant:
    """Add a size with its opening stock and the ledger's OPENING row."""
    variant = await Variant.create(
        product_id=option.product_id,
        option_id=option.id,
        sku=sku,
        size=size,
        stock=stock,
        extra_price=extra_price,
        position=position,
    )
    opening = LedgerEntry(variant_id=variant.id, kind=StockKind.OPENING, source=f"variant:{variant.id}", delta=stock)
    await write_ledger([opening])
    return variant


async def _look(body: ProductCreate) -> None:
    """Refuse unknown categories, and codes, slugs and SKUs in use, with a specific error. The unique keys decide."""
    await columns.refuse_unknown(body.category_ids)
    await naming.refuse_taken(product_code=body.product_code, slug=body.slug)
    await naming.refuse_taken_skus([size.sku for size in _sizes(body.options) if size.sku is not None])


async def _skus(body: ProductCreate) -> list[str]:
    """Return a SKU for each size that was given none, in their order."""
    given = [size.sku for size in _sizes(body.options) if size.sku is not None]
    missing = sum(size.sku is None for size in _sizes(body.options))
    return await naming.free_skus(body.product_code, missing, beside=given)


def _sizes(options: Sequence[OptionNew]) -> list[SizeNew]:
    return [size for option in options for size in option.sizes]


async def _audit(product: Product, body: ProductCreate, *, by: Actor) -> None:
    after = {**body.model_dump(mode="json", exclude={"reason"}), "slug": product.slug, "price": product.price}
    await audit.record("product.created", by=by, target=("product", product.id), after=after, reason=body.reason)
