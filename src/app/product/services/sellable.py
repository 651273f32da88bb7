"""Variants with the data that cart and checkout need to sell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from src.app.product.models import DisplayStatus, ProductImage, SaleStatus, TaxType
from src.app.product.services import prices
from src.app.product.services.naming import as_sold
from src.common import clock
from src.common.dtos.alts import alt_of
from src.core.database.statements import FEW, fetch, marks

MAX_ROW_ID = 2**63 - 1
FOR_SALE: Final = {"sale_status": SaleStatus.ON_SALE, "display_status": DisplayStatus.SHOWN}
# Includes the colour's first picture, because every quote and every order needs it: one round trip.
SELLABLE: Final = """
SELECT v.id, v.sku, v.size, v.stock, v.product_id, v.option_id, v.is_retired, v.extra_price, o.color, p.product_code, p.name, p.origin_price,
       p.price, p.reduced_price, p.discount_starts_at, p.discount_ends_at, p.sale_status, p.display_status, p.tax_type,
       f.path, f.alt
FROM variant v JOIN product_option o ON o.id = v.option_id JOIN product p ON p.id = v.product_id
LEFT JOIN product_image f
  ON f.id = (SELECT i.id FROM product_image i WHERE i.option_id = v.option_id ORDER BY i.position, i.id LIMIT 1)
WHERE v.id IN (%s)
"""


@dataclass(frozen=True, slots=True)
class SellableVariant:
    """A variant as it is now. Prices are won; `unit_price` is after the product's own discount. Both prices
    contain `extra_price`, which this size costs beyond the product.

    `image_path` is the first picture of its colour, empty if there is none; `alt` is the picture's text, else product
    and colour name. `stock` is a reading without a lock: units are certain only after `ledger.hold`. `for_sale` is true
    if the product is on sale and shown and this size is not retired, whatever the stock. `color` and `size` are the
    names under which it is or was sold.
    """

    variant_id: int
    product_id: int
    product_code: str
    name: str
    color: str
    size: str
    sku: str
    image_path: str
    alt: str
    origin_price: int
    unit_price: int
    stock: int
    for_sale: bool
    tax_type: TaxType = TaxType.TAXABLE
    extra_price: int = 0
    is_retired: bool = False


async def find_variants(variant_ids: Sequence[int]) -> dict[int, SellableVariant]:
    """Return these variants by id, at the price of the present time. One query, no locks. Unknown ids are missing."""
    wanted = {variant_id for variant_id in variant_ids if 0 < variant_id <= MAX_ROW_ID}
    if not wanted:
        return {}
    moment = clock.now()
    rows = await fetch(SELLABLE.replace("%s", marks(len(wanted))), sorted(wanted), is_fixed=len(wanted) <= FEW)
    return {
        row["id"]: SellableVariant(
            variant_id=row["id"],
            product_id=row["product_id"],
            product_code=row["product_code"],
            name=row["name"],
            color=as_sold(row["color"], row["option_id"]),
            size=as_sold(row["size"], row["id"]),
            sku=row["sku"],
            image_path=row["path"] or "",
            alt=alt_of(row["alt"] or "", row["name"], as_sold(row["color"], row["option_id"])),
            origin_price=row["origin_price"] + row["extra_price"],
            unit_price=prices.price_at(row, moment) + row["extra_price"],
            stock=row["stock"],
            for_sale=row["sale_status"] == SaleStatus.ON_SALE
            and row["display_status"] == DisplayStatus.SHOWN
            and not row["is_retired"],
            tax_type=TaxType(row["tax_type"]),
            extra_price=row["extra_price"],
            is_retired=bool(row["is_retired"]),
        )
        for row in rows
    }


async def first_pictures(option_ids: Sequence[int]) -> dict[int, str]:
    """Return the path of each colour's first picture, by colour id. One query. Colours without pictures are missing."""
    return {option_id: path for option_id, (path, _) in (await first_with_alt(option_ids)).items()}


async def first_with_alt(option_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return path and alternative text of each colour's first picture, by colour id. The text is empty if staff gave
    none. One query."""
    if not option_ids:
        return {}
    found: dict[int, tuple[str, str]] = {}
    images = ProductImage.filter(option_id__in=sorted(set(option_ids))).order_by("position", "id")
    for option_id, path, alt in await images.values_list("option_id", "path", "alt"):
        found.setdefault(option_id, (path, alt))
    return found
