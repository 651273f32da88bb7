"""What a cancel would give back, row by row. Nothing is locked and nothing written but the effects of older orders."""

from collections.abc import Sequence

from src.app.claim.dtos.admin.seller_cancels import CancelResult, CancelResults, PreviewRow, SellerCancelPreview
from src.app.claim.services.seller_cancels.money import money_of
from src.app.claim.services.seller_cancels.proposing import propose
from src.app.claim.services.seller_cancels.rows import sort
from src.app.order.models import Order, OrderLine
from src.app.order.services import queries as orders
from src.app.order.services.effects.filling import fill_now
from src.app.pricing.services.refunds.calculator import OrderMoney
from src.common.exceptions import AppError


async def preview(body: SellerCancelPreview) -> CancelResults:
    """Return what each row would give back if the rows before it are done, or why it would be refused."""
    found = await sort(body.rows)
    ids = list(found.by_order)
    held = await orders.by_ids(ids)
    if stale := [order.id for order in held.values() if order.vat_amount is None]:
        await fill_now(stale)
        held = await orders.by_ids(ids)
    lines = await orders.lines_of(ids) if ids else {}
    money = await money_of([held[order_id] for order_id in ids], lines) if ids else {}
    results = dict(found.refused)
    for order_id, rows in found.by_order.items():
        results |= _order(held[order_id], lines[order_id], rows, money[order_id])
    return CancelResults.of([results[row.line_no] for row in body.rows])


def _order(
    order: Order, lines: Sequence[OrderLine], rows: Sequence[PreviewRow], money: OrderMoney
) -> dict[str, CancelResult]:
    by_number = {line.line_no: line for line in lines}
    results = {}
    for row in rows:
        try:
            proposed = propose(by_number[row.line_no], row, money)
        except AppError as error:
            results[row.line_no] = CancelResult.refused(row.line_no, error)
        else:
            results[row.line_no], money = proposed.result(), proposed.proposal.after
    return results
