"""Read all products for the files that price-comparison sites and search engines fetch, a page of rows at a time in id
order."""

from collections.abc import AsyncIterator
from typing import Any, Final

from src.app.product.models import DisplayStatus, ProductImage, ProductOption, SaleStatus
from src.app.product.services import prices
from src.core.database.statements import fetch, marks

PAGE: Final = 1_000
FOR_SALE: Final = (SaleStatus.ON_SALE, DisplayStatus.SHOWN)
ROWS: Final = """
SELECT id, product_code, name, brand, origin_price, price, discount, discount_option, review_count,
    reduced_price, discount_starts_at, discount_ends_at
FROM product WHERE id > %s AND sale_status = %s AND display_status = %s ORDER BY id LIMIT %s
"""
PLACES: Final = """
SELECT id, product_code, updated_at FROM product
WHERE id > %s AND sale_status = %s AND display_status = %s ORDER BY id LIMIT %s
"""
BUYABLE: Final = (
    "SELECT DISTINCT product_id AS id FROM variant WHERE product_id IN ({}) AND is_retired = 0 AND stock > 0"
)
CATEGORIES: Final = (
    "SELECT product_id AS id, category_id FROM product_category WHERE product_id IN ({}) AND position = 0"
)


async def buyable() -> AsyncIterator[list[dict[str, Any]]]:
    """Yield the products in stock and for sale, PAGE rows read at a time, without those that have no picture.

    Each has its columns with the present price, `category_id` of the main category (None without one) and `picture`,
    the path of the first picture. Five queries per page, read by id instead of an offset. A product that is added
    during the walk may be missing.
    """
    last = 0
    while rows := await fetch(ROWS, (last, *FOR_SALE, PAGE)):
        last = rows[-1]["id"]
        ids = [row["id"] for row in rows]
        in_stock = {row["id"] for row in await fetch(BUYABLE.replace("{}", marks(len(ids))), ids)}
        main = {row["id"]: row["category_id"] for row in await fetch(CATEGORIES.replace("{}", marks(len(ids))), ids)}
        pictures = await _pictures(sorted(in_stock))
        yield [
            {**prices.shown(dict(row)), "category_id": main.get(row["id"]), "picture": pictures[row["id"]]}
            for row in rows
            if row["id"] in in_stock and row["id"] in pictures
        ]


async def places() -> AsyncIterator[list[dict[str, Any]]]:
    """Yield code and time of the last edit of all products that have a page, sold out or not. One query per page."""
    last = 0
    while rows := await fetch(PLACES, (last, *FOR_SALE, PAGE * 5)):
        last = rows[-1]["id"]
        yield rows


async def _pictures(product_ids: list[int]) -> dict[int, str]:
    """Return the path of the first picture of each product's first colour, by product id. Two queries."""
    if not product_ids:
        return {}
    options = ProductOption.filter(product_id__in=product_ids, is_retired=False).order_by("position", "id")
    first: dict[int, int] = {}
    for option_id, product_id in await options.values_list("id", "product_id"):
        first.setdefault(product_id, option_id)
    images = ProductImage.filter(option_id__in=list(first.values())).order_by("position", "id")
    paths: dict[int, str] = {}
    for option_id, path in await images.values_list("option_id", "path"):
        paths.setdefault(option_id, path)
    return {product_id: paths[option_id] for product_id, option_id in first.items() if option_id in paths}
