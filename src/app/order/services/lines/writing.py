"""Change lines of one order under its lock: numbers and facts, the statuses that follow, and the timeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from src.app.order.errors import LineNotFound, OrderCannotMove, UnitsTaken
from src.app.order.models import PAID_ON, Order, OrderEvent, OrderLine, OrderStatus
from src.app.order.services.lines.statuses import COUNTERS, broken_rules, counter, header_status, line_status
from src.app.order.services.locks import lock_order
from src.common import clock
from src.common.logs.context import request_id
from src.core.database import after_commit
from src.core.database.statements import change, find, insert_all, new_row
from src.core.observing.metrics import ORDER_MOVES

FACTS: Final = (
    "procurement_status",
    "shipping_status",
    "delivery_attribute",
    "hope_on",
    "ship_by",
    "delay_reason",
    "delay_text",
    "delayed_until",
    "acknowledged_at",
    "shipped_at",
    "delivered_at",
    "confirmed_at",
    "hold_confirmation_until",
)
COLUMNS: Final = ("status", *COUNTERS, *FACTS)
# The compare-and-set: nobody moved the line since it was read. Under the order's lock nobody can.
UNMOVED: Final = " AND ".join(f"`{name}` = %s" for name in ("status", *COUNTERS))
ENDED: Final = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


@dataclass(frozen=True, kw_only=True)
class LockedOrder:
    """A paid order whose row and lines are locked. Change the lines' attributes, then call `save_lines`."""

    order: Order
    lines: list[OrderLine]
    read: dict[int, dict[str, Any]]

    def line(self, line_no: str) -> OrderLine:
        """Return the line with this number. Raises LineNotFound."""
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise LineNotFound(line_no=line_no)

    @staticmethod
    def values(line: OrderLine) -> dict[str, Any]:
        """Return the columns of a line that may change, by name."""
        return {name: getattr(line, name) for name in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What `save_lines` changed: the lines, and the order's status before, None if it stayed."""

    lines: tuple[OrderLine, ...]
    order_was: OrderStatus | None


async def lock_lines(order_id: int) -> LockedOrder:
    """Lock an order, then its lines in the order of their ids, and return both. Call inside a unit of work.

    An archived order is brought back. Raises OrderNotFound, and OrderCannotMove for an order that is not paid.
    """
    order = await lock_order(order_id)
    if order.status not in PAID_ON and order.paid_at is None:
        raise OrderCannotMove(to=OrderStatus.PREPARING.value)
    lines = await find(OrderLine, "order_id = %s ORDER BY id", (order_id,), locking=True)
    return LockedOrder(order=order, lines=lines, read={line.id: LockedOrder.values(line) for line in lines})


async def save_lines(locked: LockedOrder, *, actor: str, reason: str = "") -> Saved:
    """Write the lines that were changed since `lock_lines`, their statuses, the order's status, and the timeline.

    One UPDATE a changed line, one of the order, one INSERT of timeline rows. Emits no event. Raises UnitsTaken if a
    rule on the counters would break (docs/domain.md#lines); nothing was written then.
    """
    for line in locked.lines:
        line.status = line_status(line)
        if broken_rules(line):
            raise UnitsTaken(line_no=line.line_no)
    changed = [line for line in locked.lines if LockedOrder.values(line) != locked.read[line.id]]
    if not changed:
        return Saved(lines=(), order_was=None)
    now = clock.now()
    for line in changed:
        await _save_line(line, locked.read[line.id])
    was = locked.order.status
    await _save_header(locked.order, header_status(line.status for line in locked.lines), now=now)
    await insert_all(list(_timeline(locked, changed, was, actor=actor, reason=reason, now=now)))
    return Saved(lines=tuple(changed), order_was=None if was == locked.order.status else was)


async def _save_line(line: OrderLine, before: dict[str, Any]) -> None:
    names = [name for name, value in LockedOrder.values(line).items() if value != before[name]]
    pairs = ", ".join(f"`{name}` = %s" for name in names)
    text = f"UPDATE `order_line` SET {pairs} WHERE id = %s AND {UNMOVED}"  # noqa: S608 - our own column names
    values = [*(_plain(getattr(line, name)) for name in names), line.id]
    if not await change(text, [*values, *(_plain(before[name]) for name in ("status", *COUNTERS))]):
        raise UnitsTaken(line_no=line.line_no)


async def _save_header(order: Order, to: OrderStatus, *, now: datetime) -> None:
    """Write the status. `ended_at` is set when nothing is left of the order, and cleared if something comes back."""
    if to != order.status:
        after_commit(ORDER_MOVES.of(to.value).add)
        order.ended_at = now if to in ENDED else None
    text = "UPDATE `orders` SET status = %s, updated_at = %s, ended_at = %s WHERE id = %s AND status = %s"
    if not await change(text, (to.value, now, order.ended_at, order.id, order.status.value)):
        raise OrderCannotMove(to=to.value)
    order.status, order.updated_at = to, now


def _timeline(
    locked: LockedOrder, changed: Iterable[OrderLine], was: OrderStatus, *, actor: str, reason: str, now: datetime
) -> Iterator[OrderEvent]:
    def row(line_no: str, came_from: OrderStatus, to: OrderStatus, moved: str = "", units: int = 0) -> OrderEvent:
        return new_row(
            OrderEvent,
            order_id=locked.order.id,
            line_no=line_no,
            from_status=came_from.value,
            to_status=to.value,
            counter=moved,
            units=units,
            actor=actor[:40],
            reason=reason[:200],
            request_id=request_id.get(),
            created_at=now,
        )

    for line in changed:
        before = locked.read[line.id]
        moves = [(name, counter(line, name) - before[name]) for name in COUNTERS if counter(line, name) != before[name]]
        for moved, units in moves or [("", 0)]:
            yield row(line.line_no, before["status"], line.status, moved, units)
    if was != locked.order.status:
        yield row("", was, locked.order.status)


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
