"""Numbers of the dashboard's cards."""

from datetime import date, timedelta
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

from src.app.backoffice.dtos.admin.dashboard import (
    LINES,
    LINKS,
    ClaimCards,
    CountCard,
    Dashboard,
    DashboardProducts,
    OrderCards,
    PayoutCard,
    ProductCardCounts,
    SettlementCards,
)
from src.app.order.services.lines import search
from src.app.order.services.lines.search import DateKind, Wanted
from src.app.payment.services.discrepancies import uncleared
from src.app.product.services.editing import listing
from src.app.promotion_product.services import counts
from src.app.settlement.services.days import Payout, today_and_later
from src.common import clock
from src.common.clock import KST, korean_day
from src.common.http.public_cache import BytesCache

FRESH_SECONDS: Final = 10.0
STALE_SECONDS: Final = 30.0
KEY: Final = "dashboard"
SETTLEMENTS: Final = "/api/v1/admin/settlements"
YEAR: Final = timedelta(days=365)
CLAIMS: Final = (
    "cancel_requested",
    "return_requested",
    "return_collected",
    "exchange_requested",
    "exchange_collected",
)

NO_CLAIM: Final = CountCard(count=0, is_exact=True, link=None)
"""There are no claims yet: nobody can ask for one."""

_cache = BytesCache(max_bytes=65_536, name=KEY, fresh_seconds=FRESH_SECONDS, stale_seconds=STALE_SECONDS)
_generation = count()
_key = [KEY, next(_generation)]


async def cards() -> bytes:
    """Return every card as JSON: of the last 10 seconds, or of the last 30 while they are counted anew. Each process
    counts once for all callers."""
    return (await _cache.get(tuple(_key), _built)).body


def forget() -> None:
    """Count anew at the next look."""
    _key[1] = next(_generation)


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


async def count_all() -> Dashboard:
    """Return every card. One statement a card at most, each by an index."""
    return Dashboard(
        products=DashboardProducts(**(await products()).model_dump(), links=LINKS),
        orders=await _orders(),
        claims=await _of_claims(),
        settlement=await _settlement(),
        counted_at=clock.now(),
    )


async def _built() -> bytes:
    return (await count_all()).model_dump_json().encode()


async def _orders() -> OrderCards:
    return OrderCards(
        unpaid=await _stage("PENDING", "AWAITING_DEPOSIT"),
        new=await _stage("PAID"),
        preparing=await _stage("PREPARING"),
        shipping=await _stage("SHIPPING"),
        delivered=await _stage("DELIVERED"),
        late=await _count(search.lately(late_on=_today()), late="true"),
    )


async def _stage(*statuses: str) -> CountCard:
    return await _count(search.lately(among={"status": statuses}), order_status=statuses)


async def _count(wanted: Wanted, **asked: Any) -> CountCard:
    found, is_exact = await search.count(wanted)
    return CountCard(count=found, is_exact=is_exact, link=f"{LINES}?{urlencode(asked, doseq=True)}")


async def _of_claims() -> ClaimCards:
    today = _today()
    confirmed = Wanted(kind=DateKind.PURCHASE_CONFIRMED, dates=korean_day(today), with_archive=False)
    return ClaimCards(
        **dict.fromkeys(CLAIMS, NO_CLAIM),
        confirmed_today=await _count(
            confirmed, **{"date_type": "PURCHASE_CONFIRMED", "from": str(today), "to": str(today)}
        ),
    )


async def _settlement() -> SettlementCards:
    today, later = await today_and_later()
    day = _today()
    _, total = await uncleared.open_ones(offset=0, limit=1)
    return SettlementCards(
        today=_payout(today, day, day),
        scheduled=_payout(later, day + timedelta(days=1), day + YEAR),
        uncleared=CountCard(count=total, is_exact=True, link="/api/v1/admin/clearing"),
    )


def _payout(sums: Payout, first: date, last: date) -> PayoutCard:
    asked = urlencode({"from": str(first), "to": str(last)})
    return PayoutCard(amount=sums.amount, count=sums.count, link=f"{SETTLEMENTS}?{asked}")


def _today() -> date:
    return clock.now().astimezone(KST).date()
