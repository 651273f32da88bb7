"""Read one product for the back-office form."""

from collections import defaultdict

from src.app.product.dtos.admin.responses import (
    AdminImage,
    AdminOption,
    AdminProduct,
    AdminSize,
    DiscountPlanRead,
    RetiredSize,
)
from src.app.product.errors import ProductNotFound
from src.app.product.models import Product, ProductImage, ProductOption, Variant
from src.app.product.services import prices
from src.app.product.services.detail import categories_of
from src.app.product.services.editing import columns
from src.app.product.services.editing.alike_names import Pair, pairs_in
from src.app.product.services.editing.warnings import alike_warnings, price_warnings
from src.app.product.services.media import media_url, picture_sizes, picture_slices
from src.app.product.services.naming import as_sold
from src.common import clock
from src.common.dtos.alts import alt_of


async def one(product_id: int) -> AdminProduct:
    """Read everything about one product, archived or not. Five queries. Raises ProductNotFound."""
    rows = await Product.filter(id=product_id).limit(1).values()
    if not rows:
        raise ProductNotFound
    row = prices.shown(rows[0])
    plan = columns.plan_of(Product(**rows[0]))
    options, retired = await _options(product_id, row["name"])
    stock = sum(size.stock for option in options for size in option.sizes)
    pictures = options[0].images if options else []
    return AdminProduct.model_validate(
        {
            **row,
            "discount_option": row["discount_option"] or None,
            "discount_plan": plan and DiscountPlanRead(**dict(plan)),
            "stock": stock,
            "sold_out": all(size.sold_out for option in options for size in option.sizes),
            "thumbnail_url": pictures[0].image_url if pictures else None,
            "categories": await categories_of(product_id),
            "specs": row["specs"] or [],
            "options": options,
            "retired": retired,
            "warnings": price_warnings(rows[0], clock.now()) + alike_warnings(_pairs(product_id, options)),
        }
    )


def _pairs(product_id: int, options: list[AdminOption]) -> list[Pair]:
    colors = [(option.id, product_id, option.color) for option in options]
    return pairs_in(colors, [(option.id, size.size, size.sku) for option in options for size in option.sizes])


async def _options(product_id: int, name: str) -> tuple[list[AdminOption], list[RetiredSize]]:
    colors = await ProductOption.filter(product_id=product_id).order_by("position", "id").values()
    names = {color["id"]: as_sold(color["color"], color["id"]) for color in colors}
    images: defaultdict[int, list[AdminImage]] = defaultdict(list)
    for image in await ProductImage.filter(option__product_id=product_id).order_by("position", "id").values():
        path = image["path"]
        shown = AdminImage(
            id=image["id"],
            image_url=media_url(path),
            alt=alt_of(image["alt"], name, names[image["option_id"]]),
            own_alt=image["alt"],
            sizes=picture_sizes(path),
            slices=picture_slices(path),
            path=path,
        )
        images[image["option_id"]].append(shown)
    sizes: defaultdict[int, list[AdminSize]] = defaultdict(list)
    retired: list[RetiredSize] = []
    for row in await Variant.filter(product_id=product_id).order_by("position", "id").values():
        named = {"variant_id": row["id"], "sku": row["sku"], "stock": row["stock"], "extra_price": row["extra_price"]}
        named["size"] = as_sold(row["size"], row["id"])
        if row["is_retired"]:
            retired.append(RetiredSize(**named, color=names[row["option_id"]]))
        else:
            sizes[row["option_id"]].append(AdminSize(**named, sold_out=row["stock"] <= 0))
    options = [
        AdminOption(
            id=color["id"],
            color=color["color"],
            color_code=color["color_code"],
            images=images[color["id"]],
            sizes=sizes[color["id"]],
        )
        for color in colors
        if not color["is_retired"]
    ]
    return options, retired
