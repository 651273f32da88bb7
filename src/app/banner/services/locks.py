"""Locking reads of banners."""

from src.app.banner.errors import BannerNotFound
from src.app.banner.models import Banner, BannerType


async def lock_all() -> list[Banner]:
    """Lock all banners in order of id within the caller's transaction, for changes that depend on the whole list."""
    return await Banner.all().order_by("id").select_for_update()


async def lock(banner_id: int) -> Banner:
    """Lock one banner. Raises BannerNotFound."""
    banner = await Banner.filter(id=banner_id).select_for_update().first()
    if banner is None:
        raise BannerNotFound
    return banner


def next_position(banners: list[Banner], kind: BannerType) -> int:
    """Return the position after the last banner of the type."""
    return max((banner.position + 1 for banner in banners if banner.type == kind), default=0)
