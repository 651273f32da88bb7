"""Public reads of banners."""

from tortoise.expressions import Q

from src.app.banner.dtos.responses import BannerRead
from src.app.banner.models import Banner, BannerType
from src.app.banner.services.queries import started
from src.common import clock
from src.common.dtos.alts import alt_of
from src.common.dtos.pages import Items
from src.common.media.addresses import media_url, picture_sizes, picture_slices

COLUMNS = ("id", "type", "title", "sub_title", "link_url", "image_path", "alt")


async def banners_json(kind: BannerType | None) -> bytes:
    """Return the current banners of one type, or of all, as JSON ``{"items": [...]}``. One query."""
    shown = [banner for banner in await banners() if kind is None or banner.type == kind]
    return Items(items=shown).model_dump_json().encode()


async def banners() -> list[BannerRead]:
    """Return the active banners whose period ``[starts_at, ends_at)`` includes now, in display order. One query."""
    now = clock.now()
    found = Banner.filter(started(now), Q(ends_at__isnull=True) | Q(ends_at__gt=now), is_active=True)
    rows = await found.order_by("position", "id").values(*COLUMNS)
    return [
        BannerRead(**_picture(row.pop("image_path")), **{**row, "alt": alt_of(row["alt"], row["title"])})
        for row in rows
    ]


def _picture(path: str) -> dict[str, object]:
    return {"image_url": media_url(path), "sizes": picture_sizes(path), "slices": picture_slices(path)}
