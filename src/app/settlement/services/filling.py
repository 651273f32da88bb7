"""Write orders of before the journal into it: the job ``fill-journal``."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from src.app.journal.services.journal import write
from src.app.journal.services.sales import append_sales
from src.app.journal.services.sums import TABLES
from src.app.order.services.archiving import all_parts
from src.app.payment.services.journal_entries import entries_of
from src.common import clock
from src.common.logs.setup import where
from src.common.records.archiving import move
from src.common.records.cursors import move_to, place_of
from src.core.database import unit_of_work
from src.core.database.statements import dialect, fetch

logger = logging.getLogger(__name__)

CURSOR: Final = "fill-journal"
BATCH: Final = 200
MOST: Final = 20_000
SETTLED: Final = timedelta(hours=1)
"""No transaction lasts so long: below the newest order of that age no id is missing that may still appear."""
OVERLAP: Final = timedelta(days=2)
SALES: Final = (
    "SELECT o.id AS id FROM orders o WHERE o.updated_at >= %s AND o.id <= %s AND o.paid_at IS NOT NULL"
    " AND o.item_total > 0"
    " AND NOT EXISTS (SELECT 1 FROM journal_entry j WHERE j.order_id = o.id AND j.kind = 'SALE')"
)
PAYMENTS: Final = (
    "SELECT p.order_id AS id FROM payment p WHERE p.updated_at >= %s AND p.order_id <= %s AND p.paid_at IS NOT NULL"
    " AND p.pay_method <> 'MANUAL_TRANSFER'"
    " AND NOT EXISTS (SELECT 1 FROM journal_entry j WHERE j.cause = {payment})"
)
REFUNDS: Final = (
    "SELECT p.order_id AS id FROM payment p JOIN refund r ON r.payment_id = p.id"
    " WHERE p.updated_at >= %s AND p.order_id <= %s AND r.status = 'SUCCEEDED' AND r.amount > 0"
    " AND NOT EXISTS (SELECT 1 FROM journal_entry j WHERE j.cause = {refund})"
)
MISSING: Final = (SALES, PAYMENTS, REFUNDS)
"""What the release before wrote while both ran: orders changed lately of which a row is missing."""
CAUSES: Final = {
    "mysql": {"payment": "CONCAT('payment:', p.id)", "refund": "CONCAT('refund:', r.id)"},
    "sqlite": {"payment": "'payment:' || p.id", "refund": "'refund:' || r.id"},
}


async def fill_journal() -> int:
    """Write orders in order of id, live and archived, at most 20,000 in a run; return how many rows were new.

    A batch of 200 orders is one transaction under their locks, where they lie. A repeat, also at the same time, after a
    crash or beside a purchase, writes nothing twice: causes are unique. When all are written, each run writes what a
    release without a journal added since.
    """
    last, new, orders = (await place_of(CURSOR)).position, 0, 0
    while orders < MOST:
        ids = await _next(last)
        if not ids:
            return new + await _missed(last)
        new += await _batch(ids)
        orders, last = orders + len(ids), ids[-1]
        await move_to(CURSOR, position=last)
    return new


async def filled_until() -> int:
    """Return the id up to which every order is in the journal."""
    position: int = (await place_of(CURSOR)).position
    return position


async def _next(last: int) -> list[int]:
    before = clock.now() - SETTLED
    found: list[int] = []
    for orders, _ in TABLES:
        text = f"SELECT id FROM {orders} WHERE id > %s AND created_at <= %s ORDER BY id LIMIT {BATCH}"  # noqa: S608
        found += [row["id"] for row in await fetch(text, (last, before))]
    return sorted(set(found))[:BATCH]


async def _missed(last: int) -> int:
    since, ids = clock.now() - OVERLAP, set[int]()
    for text in MISSING:
        ids |= {row["id"] for row in await fetch(text.format(**CAUSES[dialect()]), (since, last))}
    rest = sorted(ids)
    return sum([await _batch(rest[start : start + BATCH]) for start in range(0, len(rest), BATCH)])


async def _batch(ids: Sequence[int]) -> int:
    """Write these orders where they lie. The live tables are looked at twice: one may come back in between."""
    new = 0
    for archived in (False, True, False):
        try:
            new += await unit_of_work(partial(_write, ids, archived=archived))
        except Exception as error:  # noqa: BLE001 - one order that cannot be written must not keep the others
            if len(ids) == 1:
                logger.error("order %d is not written into the journal: %s", ids[0], where(error))
                continue
            middle = len(ids) // 2
            new += await _batch(ids[:middle]) + await _batch(ids[middle:])
    return new


async def _write(ids: Sequence[int], *, archived: bool) -> int:
    """Write these orders, if they lie there. Archived ones come back for it and go again, within the transaction: rows
    get their numbers in the live table."""
    here = await _lock(ids, archived=archived)
    if not here:
        return 0
    if archived:
        await move(all_parts(), here, back=True)
    new = await append_sales(here) + await write(await entries_of(here))
    if archived:
        await move(all_parts(), here)
    return new


async def _lock(ids: Sequence[int], *, archived: bool) -> list[int]:
    words = " FOR UPDATE" if dialect() == "mysql" else ""
    listed = ", ".join(str(int(order_id)) for order_id in ids)
    text = f"SELECT id FROM {TABLES[archived][0]} WHERE id IN ({listed}) ORDER BY id{words}"  # noqa: S608 - numbers
    return [row["id"] for row in await fetch(text)]
