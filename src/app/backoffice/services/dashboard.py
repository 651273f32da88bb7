"""The numbers of the dashboard's cards."""

from src.app.backoffice.dtos.dashboard import ProductCardCounts
from src.app.product.services import admin_listing
from src.app.promotion.services import counts


async def products() -> ProductCardCounts:
    """The product card. Three queries."""
    numbers = await admin_listing.summary()
    picks = await counts.shown()
    return ProductCardCounts(
        on_sale=numbers.on_sale,
        sold_out=numbers.sold_out,
        stopped=numbers.stopped,
        best=picks["best"],
        new=picks["new"],
        md_pick=picks["md_pick"],
    )
