"""Find the list items and promotions that are shown at present."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from src.app.promotion_product.models import PromotionCode, PromotionItem
from src.common import clock
from src.core.database.statements import fetch, marks

PROMOTED: Final = (
    "SELECT p.id, p.released_at, i.code, i.starts_at, i.ends_at, "
    "(SELECT l.days FROM promotion_list l WHERE l.code = 'new' AND l.by_rule) AS days "
    "FROM product p LEFT JOIN promotion_item i ON i.product_id = p.id AND i.is_active WHERE p.id IN (%s)"
)


def showing() -> QuerySet[PromotionItem]:
    """Return the active items whose period includes the present. A period includes its start and excludes its end."""
    now = clock.now()
    started = Q(starts_at__isnull=True) | Q(starts_at__lte=now)
    not_over = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    return PromotionItem.filter(started, not_over, is_active=True)


async def promoted(product_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the codes of the lists that now show each of these products, by product id. One query, because every
    product list calls this."""
    now = clock.now()
    found: dict[int, set[str]] = {}
    for row in await fetch(PROMOTED.replace("%s", marks(len(product_ids))), list(product_ids)):
        by_rule = row["days"] is not None
        if row["code"] is not None and _is_open(row, now) and not (by_rule and row["code"] == PromotionCode.NEW):
            found.setdefault(row["id"], set()).add(row["code"])
        if by_rule and now - timedelta(days=row["days"]) < _moment(row["released_at"]) <= now:
            found.setdefault(row["id"], set()).add(PromotionCode.NEW.value)
    return found


def _is_open(row: dict[str, Any], now: datetime) -> bool:
    starts_at, ends_at = row["starts_at"], row["ends_at"]
    return (starts_at is None or _moment(starts_at) <= now) and (ends_at is None or _moment(ends_at) > now)


def _moment(value: datetime | str) -> datetime:
    """Convert a time as the drivers return it (text from SQLite, without a zone from MySQL; always UTC)."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
