"""Notify staff of low stock, once for each fall, from the movements in the ledger.

A fall is a change that takes a variant's stock from above the line (``LOW_STOCK_LINE``) to the line or below. A variant
is reported again only if its stock was above the line in between. Stock that is above the line again at the time of the
check is not reported.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.product.models import LowStockFall, LowStockLook, StockLedger, Variant
from src.app.product.services.naming import as_sold
from src.app.staff.models import StaffNews
from src.app.staff.services.notifications import wanting
from src.core.configs import settings
from src.core.database import unit_of_work
from src.core.database.statements import fetch

ONE: Final = 1
FIRST_LOOK: Final = 1_000
"""The very first check begins this many ledger rows back; older falls are not reported."""
SHOWN: Final = 10
LONGEST_NAME: Final = 30
# One statement, so that stock and ledger are from the same time.
MOVED: Final = """
SELECT l.id AS id, l.variant_id AS variant_id, l.delta AS delta, v.stock AS stock
FROM stock_ledger l JOIN variant v ON v.id = l.variant_id
WHERE l.id > %s AND v.is_retired = FALSE AND v.stock <= %s ORDER BY l.variant_id, l.id DESC
"""


async def tell_low_stock() -> int:
    """Queue one message about all new falls for each staff member who subscribed, by each of their channels. Returns
    the number of falls. The job ``tell-low-stock``.

    Locks the LowStockLook row: of two simultaneous runs, the second finds the falls of the first already recorded.
    """
    if not await LowStockLook.filter(id=ONE).exists():
        try:
            last = await _last_id()
            await LowStockLook.create(id=ONE, seen_id=max(0, last - FIRST_LOOK), before_id=max(0, last - FIRST_LOOK))
        except IntegrityError:  # another process created it at the same time
            pass
    return await unit_of_work(_tell)


async def _tell() -> int:
    look = await LowStockLook.filter(id=ONE).select_for_update().get()
    last, line = await _last_id(), settings().orders.low_stock_line
    falls = _falls(await fetch(MOVED, (look.before_id, line)), line)
    known = dict(await LowStockFall.filter(variant_id__in=list(falls)).values_list("variant_id", "ledger_id"))
    new = {variant: ledger for variant, ledger in falls.items() if ledger > known.get(variant, 0)}
    for variant, ledger in sorted(new.items()):
        if variant in known:
            await LowStockFall.filter(variant_id=variant).update(ledger_id=ledger)
        else:
            await LowStockFall.create(variant_id=variant, ledger_id=ledger)
    if new:
        await _queue(sorted(new), key=max(new.values()), line=line)
    if last > look.seen_id or look.before_id < look.seen_id:
        await LowStockLook.filter(id=ONE).update(before_id=look.seen_id, seen_id=max(last, look.seen_id))
    return len(new)


def _falls(moved: Sequence[dict[str, Any]], line: int) -> dict[int, int]:
    """Return, by variant id, the ledger id of the latest fall. `moved` is ordered by variant, newest first; the stock
    after a change is the present stock minus all later deltas."""
    found: dict[int, int] = {}
    for variant_id, rows in groupby(moved, key=lambda row: int(row["variant_id"])):
        after: int | None = None
        for row in rows:
            after = int(row["stock"]) if after is None else after
            before = after - int(row["delta"])
            if after <= line < before:
                found[variant_id] = int(row["id"])
                break
            after = before
    return found


async def _queue(variants: Sequence[int], *, key: int, line: int) -> None:
    reached = await wanting(StaffNews.LOW_STOCK)
    if not reached:
        return
    names = {"name": "product__name", "color": "option__color"}
    low = Variant.filter(id__in=list(variants)).order_by("stock", "id").limit(SHOWN)
    rows = await low.values("id", "sku", "size", "stock", "option_id", **names)
    lines = [f"{_shown(row)} ({row['sku']}): {row['stock']}" for row in rows]
    values = {"count": str(len(variants)), "line": str(line), "items": "\n".join(lines)}
    values["more"] = str(len(variants) - len(rows)) if len(variants) > len(rows) else ""
    for person in reached:
        notice = MessageRequest(event_key=f"stock.low:{key}:{person.staff_id}", template="low_stock", values=values)
        await queue(notice, email=person.email, phone=person.phone)


def _shown(row: dict[str, Any]) -> str:
    color, size = as_sold(row["color"], row["option_id"]), as_sold(row["size"], row["id"])
    return f"{str(row['name'])[:LONGEST_NAME]} {color} {size}".strip()


async def _last_id() -> int:
    newest = await StockLedger.all().order_by("-id").limit(1).values_list("id")
    return max((row_id for (row_id,) in newest), default=0)
