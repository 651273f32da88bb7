"""Locking reads of products. Lock order: product, then its variants by id. Orders lock only variants."""

from collections.abc import Sequence

from src.app.product.errors import ProductIsArchived, ProductNotFound
from src.app.product.models import Product, Variant
from src.common.http.etags import refuse_stale


async def lock_product(product_id: int) -> Product:
    """Lock the product's row until the transaction ends, and return it. Raises ProductNotFound."""
    product = await Product.filter(id=product_id).select_for_update().first()
    if product is None:
        raise ProductNotFound
    return product


async def lock_for_edit(product_id: int, version: int) -> Product:
    """Lock the product's row if it still has the version that the editor read. Raises ProductNotFound, StaleEdit and
    ProductIsArchived."""
    product = await lock_product(product_id)
    refuse_stale(product.version, version)
    if product.archived_at is not None:
        raise ProductIsArchived
    return product


async def lock_products(product_ids: Sequence[int]) -> dict[int, Product]:
    """Lock the existing ones of these products in id order, and return them by id."""
    rows = await Product.filter(id__in=sorted(product_ids)).order_by("id").select_for_update()
    return {row.id: row for row in rows}


async def lock_variants(product_id: int) -> list[Variant]:
    """Lock all sizes of a product in id order, retired ones too, and return them. The caller must have locked the
    product's row."""
    return await Variant.filter(product_id=product_id).order_by("id").select_for_update()
