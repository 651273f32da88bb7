"""Numbers of the dashboard's cards."""

from src.app.backoffice.dtos.admin.dashboard import Dashboard, ProductCardCounts
from src.app.product.services.editing import listing
from src.app.promotion_product.services import counts


async def cards() -> Dashboard:
    """Return every card. Three queries."""
    return Dashboard(products=await products())


async def products() -> ProductCardCounts:
    """Return the product card. Three queries."""
    numbers = await listing.summary()
    picks = await counts.shown()
    return ProductCardCounts(
        on_sale=numbers.on_sale,
        sold_out=numbers.sold_out,
        stopped=numbers.stopped,
        best=picks["best"],
        new=picks["new"],
        md_pick=picks["md_pick"],
    )
