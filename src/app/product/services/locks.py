"""Locking reads of products. Order: product, then its variants by id. Orders lock variants only."""

from collections.abc import Sequence

from src.app.product.errors import ProductIsArchived, ProductNotFound
from src.app.product.models import Product, Variant
from src.common.http.etags import refuse_stale


async def lock_product(product_id: int) -> Product:
    """The product's row, locked until the transaction ends. Raises ProductNotFound."""
    product = await Product.filter(id=product_id).select_for_update().first()
    if product is None:
        raise ProductNotFound
    return product


async def lock_for_edit(product_id: int, version: int) -> Product:
    """As `lock_product`, if it is the version that the editor read. Raises ProductNotFound, StaleEdit and
    ProductArchived."""
    product = await lock_product(product_id)
    refuse_stale(product.version, version)
    if product.archived_at is not None:
        raise ProductIsArchived
    return product


async def lock_products(product_ids: Sequence[int]) -> dict[int, Product]:
    """Those of these products that exist, by id; locked in id order."""
    rows = await Product.filter(id__in=sorted(product_ids)).order_by("id").select_for_update()
    return {row.id: row for row in rows}


async def lock_variants(product_id: int) -> list[Variant]:
    """All sizes of a product whose row the caller holds, retired ones too; locked in id order."""
    return await Variant.filter(product_id=product_id).order_by("id").select_for_update()
