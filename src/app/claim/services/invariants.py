"""Check docs/promises.md#p14: what was cancelled is what the lines count, and its refund is there.

Archived rows are skipped: they were checked before they moved, and return to the live tables when they change.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime

from src.app.claim.models import SellerCancel, SellerCancelLine, SellerCancelRow
from src.app.order.models import OrderLine
from src.app.order.services import queries as orders
from src.app.payment.models import RefundReason, cause_of
from src.app.payment.services.refunds.queries import promised
from src.app.pricing.services.refunds.calculator import RowKind
from src.common.records.invariants import PAGE, Finding, Look, pages
from src.core.database.statements import find

Cancelled = Mapping[int, Sequence[SellerCancelLine]]


async def cancels_add_up(look: Look) -> list[Finding]:
    """Find cancels whose rows, lines and refund do not add up, and lines that count fewer cancelled units than their
    cancels have."""
    found = []
    async for page in pages(SellerCancel, look) if look.since is None else _new_pages(look.since):
        lines, rows = await _lines(page), await _rows(page)
        refunds = await promised([cause_of(RefundReason.CANCEL, cancel.id) for cancel in page])
        counted = await _counted({cancel.order_id for cancel in page})
        for cancel in page:
            own = lines.get(cancel.id, [])
            wrong = [*_of_cancel(cancel, own, rows, refunds), *_of_lines(own, counted)]
            if wrong:
                found.append(Finding("P14", f"seller_cancel:{cancel.id}", "; ".join(wrong)))
    return found


def _of_cancel(
    cancel: SellerCancel,
    lines: Sequence[SellerCancelLine],
    rows: Mapping[int, Sequence[SellerCancelRow]],
    refunds: Mapping[str, int],
) -> Iterator[str]:
    if sum(line.refund for line in lines) != cancel.refund:
        yield "the sum of its lines"
    for line in lines:
        own = rows.get(line.id, [])
        if sum(row.amount for row in own) != line.refund:
            yield f"the rows of line {line.id}"
        if sum(row.units for row in own if row.kind == RowKind.GOODS) != line.units:
            yield f"the units of line {line.id}"
    if refunds.get(cause_of(RefundReason.CANCEL, cancel.id), 0) != cancel.refund:
        yield "its refund"


def _of_lines(lines: Sequence[SellerCancelLine], counted: Mapping[int, OrderLine]) -> Iterator[str]:
    for line in lines:
        held = counted.get(line.order_line_id)
        if held is None or held.cancelled < line.first_unit + line.units:
            yield f"cancelled units of order line {line.order_line_id}"


async def _new_pages(since: datetime) -> AsyncIterator[list[SellerCancel]]:
    """Yield the cancels since then, in pages: rows never change."""
    last_at, last_id, is_full = since, 0, True
    where = f"created_at >= %s AND (created_at > %s OR id > %s) ORDER BY created_at, id LIMIT {PAGE}"
    while is_full and (page := await find(SellerCancel, where, (last_at, last_at, last_id))):
        yield page
        last_at, last_id, is_full = page[-1].created_at, page[-1].id, len(page) == PAGE


async def _lines(page: Sequence[SellerCancel]) -> dict[int, list[SellerCancelLine]]:
    found: defaultdict[int, list[SellerCancelLine]] = defaultdict(list)
    for line in await SellerCancelLine.filter(cancel_id__in=[cancel.id for cancel in page]).order_by("id"):
        found[line.cancel_id].append(line)
    return found


async def _rows(page: Sequence[SellerCancel]) -> dict[int, list[SellerCancelRow]]:
    found: defaultdict[int, list[SellerCancelRow]] = defaultdict(list)
    for row in await SellerCancelRow.filter(cancel_line__cancel_id__in=[cancel.id for cancel in page]):
        found[row.cancel_line_id].append(row)
    return found


async def _counted(order_ids: set[int]) -> dict[int, OrderLine]:
    lines = await orders.lines_of(sorted(order_ids))
    return {line.id: line for held in lines.values() for line in held}
