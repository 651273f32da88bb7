"""Queries of the staff routes, and the pictures that banners use."""

from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from src.app.banner.dtos.admin import AdminBannerQuery, AdminBannerRead
from src.app.banner.dtos.requests import BannerState
from src.app.banner.errors import BannerNotFound
from src.app.banner.models import Banner
from src.common import clock
from src.common.dtos.alts import alt_of
from src.common.dtos.pages import Page
from src.common.dtos.warnings import period_warnings
from src.common.media.addresses import media_url, picture_sizes, picture_slices


def started(now: datetime) -> Q:
    """Return the filter for banners whose period has begun at `now`; `starts_at` itself is in the period."""
    return Q(starts_at__isnull=True) | Q(starts_at__lte=now)


def over(now: datetime) -> Q:
    """Return the filter for banners whose period has ended at `now`; `ends_at` itself is not in the period."""
    return Q(ends_at__isnull=False) & Q(ends_at__lte=now)


async def listed(asked: AdminBannerQuery) -> Page[AdminBannerRead]:
    """Return a page of banners that match the query, by type, then in display order. Two queries."""
    now = clock.now()
    found = _in_state(Banner.all(), asked.state, now)
    if asked.type is not None:
        found = found.filter(type=asked.type)
    rows = await found.order_by("type", "position", "id").offset(asked.offset).limit(asked.size)
    total = await found.count()
    return Page(items=[admin_read(row, now) for row in rows], total=total, page=asked.page, size=asked.size)


async def one(banner_id: int) -> AdminBannerRead:
    """Return one banner. Raises BannerNotFound."""
    row = await Banner.get_or_none(id=banner_id)
    if row is None:
        raise BannerNotFound
    return admin_read(row, clock.now())


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Return those of these paths that a banner uses, in any state. See `media.references`."""
    return {str(path) for path in await Banner.filter(image_path__in=list(paths)).values_list("image_path", flat=True)}


def admin_read(row: Banner, now: datetime) -> AdminBannerRead:
    """Return the banner as staff see it, with its state at `now`."""
    return AdminBannerRead(
        id=row.id,
        type=row.type,
        title=row.title,
        sub_title=row.sub_title,
        image_path=row.image_path,
        image_url=media_url(row.image_path),
        alt=alt_of(row.alt, row.title),
        own_alt=row.alt,
        sizes=picture_sizes(row.image_path),
        slices=picture_slices(row.image_path),
        link_url=row.link_url,
        position=row.position,
        is_active=row.is_active,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=_state(row, now),
        warnings=period_warnings(row.ends_at, now),
        version=row.version,
    )


def _state(row: Banner, now: datetime) -> BannerState:
    if not row.is_active:
        return "off"
    if row.ends_at is not None and row.ends_at <= now:
        return "ended"
    return "scheduled" if row.starts_at is not None and row.starts_at > now else "showing"


def _in_state(found: QuerySet[Banner], state: BannerState | None, now: datetime) -> QuerySet[Banner]:
    """Filter by state; the conditions are those of `_state`."""
    if state is None:
        return found
    if state == "off":
        return found.filter(is_active=False)
    found = found.filter(is_active=True)
    if state == "ended":
        return found.filter(over(now))
    found = found.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    return found.filter(started(now)) if state == "showing" else found.filter(starts_at__gt=now)
