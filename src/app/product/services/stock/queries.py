"""Stock queries for staff: the ledger of a variant, and variants with little stock."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tortoise.functions import Count

from src.app.product.dtos.admin.stock import LedgerPage, LedgerQuery, LedgerRow, LowQuery, LowStock, StockPlace
from src.app.product.errors import StockVariantNotFound
from src.app.product.models import (
    AlertStatus,
    RestockAlert,
    SaleStatus,
    StockAdjustment,
    StockKind,
    StockLedger,
    Variant,
)
from src.app.product.services.naming import as_sold
from src.app.product.services.search import id_sets
from src.app.product.services.search.filters import in_dialect
from src.app.staff.services import queries as staff
from src.common.dtos.pages import Page
from src.core.database.statements import fetch, marks

PLACE: Final = {
    "variant_id": "id",
    "sku": "sku",
    "size": "size",
    "stock": "stock",
    "product_id": "product_id",
    "color": "option__color",
    "product_code": "product__product_code",
    "name": "product__name",
}

OPEN: Final = (AlertStatus.WAITING, AlertStatus.DUE, AlertStatus.SENDING)
BALANCES: Final = """
SELECT told.id AS id, told.balance AS balance FROM (
    SELECT id, SUM(delta) OVER (ORDER BY id) AS balance FROM stock_ledger WHERE variant_id = %s AND id <= %s
) told WHERE told.id IN (%s)
"""
# Both walk the index by stock, the fewest units first. LOW looks up each product until the page is full.
LOW_OF_ALL: Final = """
SELECT v.id AS id FROM variant v FORCE INDEX (variant_low) WHERE v.is_retired = FALSE AND v.stock <= %s
ORDER BY v.stock, v.id LIMIT %s OFFSET %s
"""
LOW: Final = """
SELECT v.id AS id FROM variant v FORCE INDEX (variant_low) STRAIGHT_JOIN product p FORCE INDEX (product_narrow)
ON p.id = v.product_id WHERE v.is_retired = FALSE AND v.stock <= %s AND p.sale_status = %s
ORDER BY v.stock, v.id LIMIT %s OFFSET %s
"""
LOW_COUNT: Final = "SELECT COUNT(*) AS number FROM variant v WHERE v.is_retired = FALSE AND v.stock <= %s"
LOW_STOPPED: Final = """
SELECT COUNT(*) AS number FROM product p STRAIGHT_JOIN variant v ON v.product_id = p.id
WHERE p.sale_status = %s AND v.is_retired = FALSE AND v.stock <= %s
"""


async def ledger(asked: LedgerQuery) -> LedgerPage:
    """Read one page of a variant's ledger, newest first, each row with the stock after it. At most six queries.

    A deleted variant still has its ledger. Raises StockVariantNotFound if the variant never existed.
    """
    found = StockLedger.filter(variant_id=asked.variant_id)
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    if asked.starts_at is not None:
        found = found.filter(created_at__gte=asked.starts_at)
    if asked.ends_at is not None:
        found = found.filter(created_at__lt=asked.ends_at)
    window = found.order_by("-id").offset((asked.page - 1) * asked.size).limit(asked.size)
    rows = await window.values("id", "kind", "source", "delta", "created_at")
    places = await Variant.filter(id=asked.variant_id).values(**PLACE, option_id="option_id")
    if not places and not rows and not await StockLedger.filter(variant_id=asked.variant_id).exists():
        raise StockVariantNotFound(variant_id=asked.variant_id)
    place = _as_sold(places[0]) if places else {}
    return LedgerPage(
        variant=StockPlace(
            **{name: place.get(name) for name in StockPlace.model_fields} | {"variant_id": asked.variant_id}
        ),
        stock=place.get("stock"),
        items=await _shown(asked.variant_id, rows),
        total=await found.count(),
        page=asked.page,
        size=asked.size,
    )


def _as_sold(place: dict[str, Any]) -> dict[str, Any]:
    names = {"size": as_sold(place["size"], place["variant_id"]), "color": as_sold(place["color"], place["option_id"])}
    return place | names


async def low(asked: LowQuery) -> Page[LowStock]:
    """Read one page of the variants in use with at most `threshold` units, ordered by stock, then id. At most five
    queries. A large total may be up to half a minute old."""
    is_every = asked.sale_status == "all"
    text, status = (LOW_OF_ALL, ()) if is_every else (LOW, (asked.sale_status,))
    found = await fetch(in_dialect(text), (asked.threshold, *status, asked.size, asked.offset))
    ids = [row["id"] for row in found]
    shown = {"sale_status": "product__sale_status", "display_status": "product__display_status"}
    rows = {row["variant_id"]: row for row in await Variant.filter(id__in=ids).values(**PLACE, **shown)} if ids else {}
    waiting = await waiting_for(ids)
    items = [LowStock(**rows[id_], waiting=waiting.get(id_, 0)) for id_ in ids if id_ in rows]
    return Page(items=items, total=await _low_total(asked), page=asked.page, size=asked.size)


async def _low_total(asked: LowQuery) -> int:
    since = time.monotonic()

    async def every() -> int:
        return int((await fetch(LOW_COUNT, (asked.threshold,)))[0]["number"])

    async def stopped() -> int:
        found = await fetch(in_dialect(LOW_STOPPED), (SaleStatus.STOPPED, asked.threshold))
        return int(found[0]["number"])

    # Few products are stopped, so counting them is fast; the number on sale is the difference.
    of_all = (
        0
        if asked.sale_status == SaleStatus.STOPPED
        else await id_sets.number(("low", asked.threshold), every, since=since)
    )
    if asked.sale_status == "all":
        return of_all
    of_stopped = await id_sets.number(("low, stopped", asked.threshold), stopped, since=since)
    return of_stopped if asked.sale_status == SaleStatus.STOPPED else max(0, of_all - of_stopped)


async def waiting_for(variant_ids: Sequence[int]) -> dict[int, int]:
    """Count the open restock alerts of these variants, by variant id. Variants without any are missing. One query."""
    if not variant_ids:
        return {}
    open_now = RestockAlert.filter(variant_id__in=list(variant_ids), status__in=OPEN)
    rows = await open_now.annotate(count=Count("id")).group_by("variant_id").values("variant_id", "count")
    return {row["variant_id"]: row["count"] for row in rows}


async def _shown(variant_id: int, rows: Sequence[Mapping[str, Any]]) -> list[LedgerRow]:
    if not rows:
        return []
    balances = await _balances(variant_id, rows)
    by_hand = await _by_hand(rows)
    ids = {int(note["actor"].removeprefix("staff:")) for note in by_hand.values() if note["actor"].startswith("staff:")}
    names = {f"staff:{staff_id}": name for staff_id, name in (await staff.names_of(ids)).items()}
    shown = []
    for row in rows:
        note = by_hand.get(row["source"], {})
        shown.append(
            LedgerRow(
                **row,
                balance=balances[row["id"]],
                actor=note.get("actor"),
                actor_name=names.get(note.get("actor", "")),
                reason=note.get("reason"),
            )
        )
    return shown


async def _by_hand(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Return actor and reason of the manual adjustments among these rows, by source."""
    sources = [row["source"].removeprefix("adjust:") for row in rows if row["kind"] == StockKind.ADJUST]
    ids = [int(number) for number in sources if number.isdecimal()]  # others were not written by the services
    if not ids:
        return {}
    found = StockAdjustment.filter(id__in=ids).values("id", "actor", "reason")
    return {f"adjust:{row['id']}": row for row in await found}


async def _balances(variant_id: int, rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Return the stock after each of these rows, by row id. `rows` is ordered newest first.

    Ledger rows are written while the counter's row is locked, so the order of ids is the order of the changes.
    """
    ids = [row["id"] for row in rows]
    found = await fetch(BALANCES.replace("IN (%s)", f"IN ({marks(len(ids))})"), [variant_id, ids[0], *ids])
    return {row["id"]: int(row["balance"]) for row in found}
