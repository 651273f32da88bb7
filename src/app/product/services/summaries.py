"""Short descriptions of products of any status, for staff screens that select products."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from src.app.product.models import Product, ProductOption, Variant
from src.app.product.services import prices
from src.app.product.services.media import media_url
from src.app.product.services.sellable import FOR_SALE, first_pictures
from src.common import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A product, for sale or not. `price` is in won."""

    id: int
    product_code: str
    name: str
    price: int
    thumbnail_url: str | None
    for_sale: bool
    sold_out: bool


async def briefs(product_ids: Iterable[int]) -> dict[int, Brief]:
    """Return these products by id. Four queries. Unknown ids are missing."""
    ids = sorted(set(product_ids))
    if not ids:
        return {}
    now = clock.now()
    rows = await Product.filter(id__in=ids).values(
        "id", "product_code", "name", "price", "origin_price", *prices.COLUMNS, *FOR_SALE
    )
    first: dict[int, int] = {}
    options = ProductOption.filter(product_id__in=ids, is_retired=False).order_by("position", "id")
    for option_id, product_id in await options.values_list("id", "product_id"):
        first.setdefault(product_id, option_id)
    pictures = await first_pictures(list(first.values()))
    in_stock = Variant.filter(product_id__in=ids, stock__gt=0, is_retired=False)
    buyable = set(await in_stock.distinct().values_list("product_id", flat=True))
    found = {}
    for row in rows:
        path = pictures.get(first.get(row["id"], 0))
        found[row["id"]] = Brief(
            id=row["id"],
            product_code=row["product_code"],
            name=row["name"],
            price=prices.price_at(row, now),
            thumbnail_url=media_url(path) if path else None,
            for_sale=all(row[column] == wanted for column, wanted in FOR_SALE.items()),
            sold_out=row["id"] not in buyable,
        )
    return found


async def known_ids(product_ids: Iterable[int]) -> set[int]:
    """Return the ids that are products. One query."""
    return {product_id for (product_id,) in await Product.filter(id__in=sorted(set(product_ids))).values_list("id")}


async def id_of_code(product_code: str) -> int | None:
    """Return the id of the product with exactly this code, or None."""
    for product_id, code in await Product.filter(product_code=product_code).values_list("id", "product_code"):
        if code == product_code:  # MySQL ignores trailing blanks
            found: int = product_id
            return found
    return None


async def released_between(since: datetime, until: datetime, *, limit: int) -> list[int]:
    """Return the ids of products for sale released after `since` and not after `until`, newest first."""
    found = Product.filter(released_at__gt=since, released_at__lte=until, **FOR_SALE)
    newest = found.order_by("-released_at", "-id").limit(limit)
    return [product_id for (product_id,) in await newest.values_list("id")]


async def count_released(since: datetime, until: datetime) -> int:
    """Count the products for sale released after `since` and not after `until`."""
    return await Product.filter(released_at__gt=since, released_at__lte=until, **FOR_SALE).count()
