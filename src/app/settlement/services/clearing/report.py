"""The clearing report: every order that does not clear, found nightly. The goal is none."""

import asyncio
import logging
from typing import Final

from src.app.journal.services import sums
from src.app.journal.services.sums import Sides
from src.app.payment.models import Discrepancy
from src.app.payment.services.discrepancies import uncleared as findings
from src.app.settlement.dtos.admin.clearing import ClearingRead, UnclearedRead
from src.app.settlement.services.clearing.checking import Uncleared, unclear
from src.app.settlement.services.clearing.dues import Due
from src.app.settlement.services.filling import filled_until
from src.common import clock
from src.common.dtos.pages import PageQuery
from src.common.records.cursors import move_to, place_of
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

LAST: Final = "clearing:last"
WINDOW: Final = 2_000
REST_SECONDS: Final = 0.05


async def clear_orders() -> int:
    """Look at every order, live and archived; return how many do not clear. The job ``clear-orders``.

    Each is logged as CRITICAL when it is new and put on the discrepancy list as UNCLEARED, once, also if staff closed
    it before; one that clears by now is closed. Orders that are not in the journal yet wait for ``fill-journal``. A
    crash loses nothing: the next run looks at all again.
    """
    until = await filled_until()
    wrong: dict[str, Uncleared] = {}
    for archived in (False, True):
        for above in range(0, until, WINDOW):
            found = await sums.unequal(above, min(above + WINDOW, until), archived=archived)
            wrong |= {one.sides.order_no: one for one in await unclear(found)}
            await asyncio.sleep(REST_SECONDS if found else 0)
    for order_no, one in wrong.items():
        await _note(order_no, one)
    await _close(wrong)
    await move_to(LAST, moment=clock.now())
    return len(wrong)


async def read(asked: PageQuery) -> ClearingRead:
    """Return a page of the orders that do not clear, the newest finding first, with their sums of now."""
    found, total = await findings.open_ones(offset=asked.offset, limit=asked.size)
    items = []
    for finding in found:
        order_id = await sums.id_of(finding.reference)
        sides = [] if order_id is None else await sums.of_orders([order_id])
        wrong = await unclear(sides, confirmed=False)
        items.append(_read(finding, sides[0] if sides else None, wrong[0] if wrong else None))
    checked_at = (await place_of(LAST)).moment
    return ClearingRead(items=items, total=total, page=asked.page, size=asked.size, checked_at=checked_at)


async def _note(order_no: str, one: Uncleared) -> None:
    if await unit_of_work(lambda: findings.put(order_no, amount=one.difference, detail=one.detail)):
        logger.critical("order %s does not clear: %s", order_no, one.detail)


async def _close(wrong: dict[str, Uncleared]) -> None:
    for order_no in await findings.open_references():
        if order_no not in wrong:
            await findings.close(order_no)


def _read(finding: Discrepancy, one: Sides | None, wrong: Uncleared | None) -> UnclearedRead:
    due = Due() if wrong is None else wrong.due
    return UnclearedRead(
        order_no=finding.reference,
        order_status=None if one is None else one.status,
        owed=0 if one is None else one.owed,
        due_to_buyer=due.to_buyer,
        due_from_buyer=due.from_buyer,
        money=0 if one is None else one.money,
        difference=0 if wrong is None else wrong.difference,
        is_booked=one is not None and not one.is_unbooked,
        found_at=finding.created_at,
    )
