"""Read one product for its page in the shop."""

from collections import defaultdict
from typing import Any, Final

from tortoise.expressions import Q

from src.app.product.dtos.responses import (
    ImageRead,
    LongPicture,
    OptionRead,
    ProductCategoryRead,
    ProductRead,
    SizeRead,
    StockRead,
)
from src.app.product.errors import ProductNotFound
from src.app.product.models import Product, ProductCategory, ProductImage, ProductOption, Variant
from src.app.product.services import prices, product_notices
from src.app.product.services.media import media_url, picture_sizes, picture_slices, slices_in
from src.app.product.services.naming import LONGEST_CODE, LONGEST_SLUG
from src.app.product.services.sellable import FOR_SALE
from src.common.dtos.alts import alt_of
from src.common.dtos.pages import Items
from src.core.database.statements import fetch

LARGEST_ID: Final = 2**63 - 1
COLUMNS: Final = (
    "id",
    "product_code",
    "slug",
    "name",
    "brand",
    "description",
    "detail",
    "origin_price",
    "price",
    "discount",
    "discount_option",
    "tax_type",
    "rating",
    "review_count",
    "specs",
    "notice",
    *prices.COLUMNS,
)
# Each category with the two above it: the tree has at most three levels.
CATEGORIES: Final = """
SELECT c.id, c.name, c.slug, m.id AS middle_id, m.name AS middle_name, m.slug AS middle_slug,
       t.id AS major_id, t.name AS major_name, t.slug AS major_slug
FROM product_category l JOIN category c ON c.id = l.category_id
LEFT JOIN category m ON m.id = c.parent_id LEFT JOIN category t ON t.id = m.parent_id
WHERE l.product_id = %s ORDER BY l.position, l.id
"""


async def product_json(ref: str) -> bytes:
    """The product's page as JSON. Five queries. Raises ProductNotFound, also if the product is not for sale."""
    row = prices.shown(await _find(ref, *COLUMNS))
    options = await _options(row["id"], row["name"])
    sold_out = all(size.sold_out for option in options for size in option.sizes)
    categories, breadcrumb = await _categories(row["id"])
    product = ProductRead(
        **{
            **row,
            "discount_option": row["discount_option"] or None,
            "rating": row["rating"] / 10,
            "specs": row["specs"] or [],
            "notice": product_notices.shown(row["notice"]),
            "detail_pictures": [
                LongPicture(url=url, slices=slices) for url, slices in slices_in(row["detail"]).items()
            ],
        },
        status="SOLD_OUT" if sold_out else "ON_SALE",
        categories=categories,
        breadcrumb=breadcrumb,
        options=options,
    )
    return product.model_dump_json().encode()


async def stock_of(ref: str) -> Items[StockRead]:
    """Return the present stock of each variant, in the order of the product's page. Two queries. Raises
    ProductNotFound, also if the product is not for sale."""
    row = await _find(ref, "id", "product_code", "slug")
    variants = Variant.filter(product_id=row["id"], is_retired=False).order_by(
        "option__position", "option_id", "position", "id"
    )
    return Items(
        items=[StockRead(variant_id=id_, stock=stock) for id_, stock in await variants.values_list("id", "stock")]
    )


async def id_of(ref: str) -> int:
    """Return the id of the product that `ref` names. Raises ProductNotFound, also if the product is not for sale."""
    row = await _find(ref, "id", "product_code", "slug")
    found: int = row["id"]
    return found


async def _find(ref: str, *columns: str) -> dict[str, Any]:
    """Return the row that `ref` names: by exact code, else by slug, else by id. A product that is not for sale keeps
    its code and slug reserved, so that they never refer to another product."""
    if len(ref) > LONGEST_SLUG or not ref.isprintable():
        raise ProductNotFound
    named = Q(slug=ref) | Q(product_code=ref) if len(ref) <= LONGEST_CODE else Q(slug=ref)
    if ref.isascii() and ref.isdigit() and ref[0] != "0" and int(ref) <= LARGEST_ID:
        named |= Q(id=int(ref))
    rows = await Product.filter(named).values(*columns, *FOR_SALE)
    # Compared again here, because MySQL ignores trailing blanks.
    for is_it in (
        lambda row: row["product_code"] == ref,
        lambda row: row["slug"] == ref,
        lambda row: str(row["id"]) == ref,
    ):
        for row in filter(is_it, rows):
            if any(row.pop(column) != wanted for column, wanted in FOR_SALE.items()):
                raise ProductNotFound
            return row
    raise ProductNotFound


async def categories_of(product_id: int) -> list[ProductCategoryRead]:
    """Return the product's categories, the main one first. One query."""
    links = ProductCategory.filter(product_id=product_id).order_by("position", "id")
    rows = await links.values_list("category_id", "category__name", "category__slug")
    return [ProductCategoryRead(id=id_, name=name, slug=slug) for id_, name, slug in rows]


async def breadcrumb_of(product_id: int) -> list[ProductCategoryRead]:
    """Return the path from the top of the tree to the product's main category, which is included. Empty without
    categories. One query."""
    return (await _categories(product_id))[1]


async def _categories(product_id: int) -> tuple[list[ProductCategoryRead], list[ProductCategoryRead]]:
    """Return the product's categories, the main one first, and the path from the top of the tree to the main one, which
    is included."""
    rows = await fetch(CATEGORIES, [product_id])
    held = [ProductCategoryRead(id=row["id"], name=row["name"], slug=row["slug"]) for row in rows]
    way = [
        ProductCategoryRead(id=rows[0][f"{level}_id"], name=rows[0][f"{level}_name"], slug=rows[0][f"{level}_slug"])
        for level in (("major", "middle") if rows else ())
        if rows[0][f"{level}_id"] is not None
    ]
    return held, [*way, *held[:1]]


def _picture(row: dict[str, Any], named: str) -> ImageRead:
    path = row["path"]
    return ImageRead(
        id=row["id"],
        image_url=media_url(path),
        alt=alt_of(row["alt"], named),
        sizes=picture_sizes(path),
        slices=picture_slices(path),
    )


async def _options(product_id: int, name: str) -> list[OptionRead]:
    options = await ProductOption.filter(product_id=product_id, is_retired=False).order_by("position", "id").values()
    colors = {option["id"]: option["color"] for option in options}
    images: defaultdict[int, list[ImageRead]] = defaultdict(list)
    for image in await ProductImage.filter(option__product_id=product_id).order_by("position", "id").values():
        images[image["option_id"]].append(_picture(image, f"{name} {colors.get(image['option_id'], '')}".strip()))
    sizes: defaultdict[int, list[SizeRead]] = defaultdict(list)
    for row in await Variant.filter(product_id=product_id, is_retired=False).order_by("position", "id").values():
        sizes[row["option_id"]].append(
            SizeRead(
                variant_id=row["id"],
                sku=row["sku"],
                size=row["size"],
                extra_price=row["extra_price"],
                stock=row["stock"],
                sold_out=row["stock"] <= 0,
            )
        )
    return [
        OptionRead(
            color=option["color"],
            color_code=option["color_code"],
            images=images[option["id"]],
            sizes=sizes[option["id"]],
        )
        for option in options
    ]
