"""Product cards for all product lists. Four queries for any number of products, plus one to find them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.product.dtos.responses import Badge, CardColor, ProductCard
from src.app.product.models import Product, ProductOption, Variant
from src.app.product.services import prices
from src.app.product.services.badges import promoted_now
from src.app.product.services.media import media_url, picture_sizes
from src.app.product.services.sellable import FOR_SALE, first_with_alt
from src.common.dtos.alts import alt_of

COLUMNS: Final = (
    "id",
    "product_code",
    "slug",
    "name",
    "origin_price",
    "price",
    "discount",
    "discount_option",
    "rating",
    "review_count",
    *prices.COLUMNS,
)
PROMOTION_BADGES: Final[tuple[Badge, ...]] = ("best", "md_pick", "new")


async def cards_by_id(product_ids: Sequence[int]) -> dict[int, ProductCard]:
    """Return cards by product id, for those of these products that are for sale. At most five queries."""
    if not product_ids:
        return {}
    rows = await Product.filter(id__in=sorted(set(product_ids)), **FOR_SALE).values(*COLUMNS)
    return {card.id: card for card in await cards_of(rows)}


async def cards_of(rows: Sequence[Mapping[str, Any]]) -> list[ProductCard]:
    """Return one card per row of COLUMNS, in the order of the rows. Four queries; none if `rows` is empty."""
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    options = defaultdict(list)
    for option in await ProductOption.filter(product_id__in=ids, is_retired=False).order_by("position", "id").values():
        options[option["product_id"]].append(option)
    pictures = await first_with_alt([of_product[0]["id"] for of_product in options.values()])
    in_stock = Variant.filter(product_id__in=ids, stock__gt=0, is_retired=False)
    buyable = set(await in_stock.distinct().values_list("product_id", flat=True))
    promoted = await promoted_now(ids)
    rows = [prices.shown(row) for row in rows]
    return [
        ProductCard(
            **{**row, "discount_option": row["discount_option"] or None, "rating": row["rating"] / 10},
            **_thumbnail(row["name"], options[row["id"]], pictures),
            sold_out=row["id"] not in buyable,
            colors=[CardColor(color=option["color"], color_code=option["color_code"]) for option in options[row["id"]]],
            badges=_badges(row, promoted.get(row["id"], set())),
        )
        for row in rows
    ]


def _thumbnail(
    name: str, options: Sequence[Mapping[str, Any]], pictures: Mapping[int, tuple[str, str]]
) -> dict[str, Any]:
    path, alt = pictures.get(options[0]["id"], (None, "")) if options else (None, "")
    return {
        "thumbnail_url": media_url(path) if path else None,
        "thumbnail_sizes": picture_sizes(path) if path else [],
        "alt": alt_of(alt, name, options[0]["color"] if options else ""),
    }


def _badges(row: Mapping[str, Any], promoted: set[str]) -> list[Badge]:
    badges = [badge for badge in PROMOTION_BADGES if badge in promoted]
    if row["price"] < row["origin_price"]:
        badges.append("sale")
    return badges
