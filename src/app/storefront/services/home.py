"""The home page: the data of /banners and /promotions in one answer."""

from src.app.banner.services.showing import banners
from src.app.promotion_product.services.picks import all_picks
from src.app.storefront.dtos.responses import HomeRead


async def home_json() -> bytes:
    """Return the data of the home page as JSON. Eight queries, nine if new arrivals follow the rule."""
    shown = await banners()
    picked = await all_picks()
    home = HomeRead(
        banners=[banner for banner in shown if banner.type == "banner"],
        promotions=[banner for banner in shown if banner.type == "promotion"],
        **picked,
    )
    return home.model_dump_json().encode()
