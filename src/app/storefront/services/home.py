"""The home page: what /banners and /promotions show, in one answer."""

from src.app.banner.services.showing import banners
from src.app.promotion_product.services.picks import all_picks
from src.app.storefront.dtos.responses import HomeRead


async def home_json() -> bytes:
    """Everything that the home page shows. Eight queries, nine while new arrivals are by rule."""
    shown = await banners()
    picked = await all_picks()
    home = HomeRead(
        banners=[banner for banner in shown if banner.type == "banner"],
        promotions=[banner for banner in shown if banner.type == "promotion"],
        **picked,
    )
    return home.model_dump_json().encode()
