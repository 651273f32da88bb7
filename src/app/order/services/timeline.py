"""Move an order by one compare-and-set over the table of legal hops, and write its timeline
(docs/architecture.md#r8)."""

from datetime import datetime

from src.app.order.errors import OrderCannotMove
from src.app.order.models import FLOW, Order, OrderEvent, OrderStatus
from src.common import clock
from src.common.logs.context import request_id
from src.core.database import after_commit
from src.core.database.statements import change, insert, new_row
from src.core.observing.metrics import ORDER_MOVES

STAMPS = {
    OrderStatus.PAID: "paid_at",
    OrderStatus.EXPIRED: "ended_at",
    OrderStatus.CANCELLED: "ended_at",
}
_MOVE = "UPDATE `orders` SET status = %s, updated_at = %s{} WHERE id = %s AND status = %s"
MOVE = {stamp: _MOVE.format(f", {stamp} = %s" if stamp else "") for stamp in (None, *STAMPS.values())}
_MOVE_LINES = "UPDATE `order_line` SET status = %s{} WHERE order_id = %s AND status = %s"
MOVE_LINES = {stamp: _MOVE_LINES.format("") for stamp in MOVE}
MOVE_LINES["paid_at"] = _MOVE_LINES.format(", paid_at = %s, pay_method = COALESCE(%s, pay_method)")


async def advance(
    order: Order, to: OrderStatus, *, actor: str, reason: str = "", pay_method: str | None = None
) -> None:
    """Move a locked order and its lines to the status `to`, and write the timeline. Call inside a unit of work.

    From PAID on orders move by their lines instead (`services.lines.writing`). `pay_method` is what settled an order
    that becomes PAID, None if nothing was paid. The update compares with the status that `order` holds, so it is safe
    even if the row is not locked. Raises OrderCannotMove if the hop is not legal or another transaction moved the order
    first.
    """
    came_from = order.status
    if to not in FLOW[came_from]:
        raise OrderCannotMove(to=to.value)
    now = clock.now()
    stamp = STAMPS.get(to)
    stamps = (now,) if stamp is None else (now, now)
    if not await change(MOVE[stamp], (to.value, *stamps, order.id, came_from.value), is_fixed=True):
        raise OrderCannotMove(to=to.value)
    if stamp is not None:
        setattr(order, stamp, now)
    paid = (now, pay_method) if stamp == "paid_at" else ()
    await change(MOVE_LINES[stamp], (to.value, *paid, order.id, came_from.value), is_fixed=True)
    order.status = to
    await note(order.id, came_from=came_from.value, to=to, actor=actor, reason=reason, at=now)


async def note(order_id: int, *, came_from: str, to: OrderStatus, actor: str, reason: str, at: datetime) -> None:
    """Write one row of the timeline; count the hop in the metrics after the commit."""
    after_commit(ORDER_MOVES.of(to.value).add)
    await insert(
        new_row(
            OrderEvent,
            order_id=order_id,
            from_status=came_from,
            to_status=to.value,
            actor=actor[:40],
            reason=reason[:200],
            request_id=request_id.get(),
            created_at=at,
        )
    )
