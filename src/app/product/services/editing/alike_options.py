"""List the alike colours and sizes of all products (see `alike_names`)."""

from collections.abc import Sequence
from typing import Final

from src.app.product.dtos.admin.responses import AlikeOptions
from src.app.product.models import Product, ProductOption, Variant
from src.app.product.services.editing.alike_names import pairs_in
from src.common.dtos.pages import Page, PageQuery
from src.core.database.statements import dialect, fetch

# The database selects candidates: this collation ignores width, case and more. `pairs_in` decides.
SIZES: Final = """
SELECT DISTINCT o.product_id AS id FROM variant v JOIN product_option o ON o.id = v.option_id
WHERE v.is_retired = 0 GROUP BY o.product_id, v.option_id, v.size COLLATE utf8mb4_unicode_ci HAVING COUNT(*) > 1
"""
COLORS: Final = """
SELECT DISTINCT product_id AS id FROM product_option
WHERE is_retired = 0 GROUP BY product_id, color COLLATE utf8mb4_unicode_ci HAVING COUNT(*) > 1
"""
EVERY: Final = "SELECT id FROM product"
AT_ONCE: Final = 500


async def page(asked: PageQuery) -> Page[AlikeOptions]:
    """Read one page, ordered by product id. Archived products are included: they may be restored. The database scans
    every name once; only products with candidates are loaded (on SQLite, all products)."""
    texts = (SIZES, COLORS) if dialect() != "sqlite" else (EVERY,)
    ids = sorted({int(row["id"]) for text in texts for row in await fetch(text)})
    found: list[AlikeOptions] = []
    for start in range(0, len(ids), AT_ONCE):
        found += await _of(ids[start : start + AT_ONCE])
    shown = found[asked.offset : asked.offset + asked.size]
    return Page(items=shown, total=len(found), page=asked.page, size=asked.size)


async def _of(product_ids: Sequence[int]) -> list[AlikeOptions]:
    own = {"product_id__in": list(product_ids), "is_retired": False}
    colors = await ProductOption.filter(**own).order_by("product_id", "position", "id")
    sizes = await Variant.filter(**own).order_by("position", "id").values_list("option_id", "size", "sku")
    pairs = pairs_in([(row.id, row.product_id, row.color) for row in colors], [*sizes])
    names = {
        id_: (code, name)
        for id_, code, name in await Product.filter(id__in=[pair.product_id for pair in pairs] or [0]).values_list(
            "id", "product_code", "name"
        )
    }
    return [
        AlikeOptions(
            product_id=pair.product_id,
            product_code=names[pair.product_id][0],
            name=names[pair.product_id][1],
            color=pair.color,
            names=pair.names,
            skus=pair.skus,
        )
        for pair in sorted(pairs, key=lambda pair: pair.product_id)
    ]
