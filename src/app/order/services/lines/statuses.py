"""The status of a line and of an order from PAID on: pure functions of the lines' numbers (docs/domain.md#lines)."""

from collections.abc import Iterable, Sequence
from typing import Final

from src.app.order.models import GONE, OrderLine, OrderStatus, ProcurementStatus

S: Final = OrderStatus
UNSHIPPED: Final = frozenset({S.PAID, S.PREPARING})
ARRIVED: Final = frozenset({S.DELIVERED, S.CONFIRMED})


def line_status(line: OrderLine) -> OrderStatus:
    """Return the status that the numbers of a line of a paid order say: the first rule that holds."""
    kept = line.quantity - line.cancelled
    rules = (
        (kept == 0, S.CANCELLED),
        (kept == line.returned + line.exchanged, S.RETURNED if line.returned else S.EXCHANGED),
        (line.confirmed_at is not None, S.CONFIRMED),
        (line.delivered == kept, S.DELIVERED),
        (line.shipped > 0, S.SHIPPING),
        (line.procurement_status == ProcurementStatus.CONFIRMED, S.PREPARING),
    )
    return next((status for holds, status in rules if holds), S.PAID)


def header_status(statuses: Iterable[OrderStatus]) -> OrderStatus:
    """Return the status of a paid order whose lines have these statuses."""
    every = set(statuses)
    kept = every - GONE
    if not kept:
        return S.RETURNED if S.RETURNED in every else S.CANCELLED
    if len(kept) == 1 and kept <= {S.PAID, S.CONFIRMED}:
        return kept.pop()
    if kept <= UNSHIPPED:
        return S.PREPARING
    return S.DELIVERED if kept <= ARRIVED else S.SHIPPING


def unsent(line: OrderLine) -> int:
    """Return how many units are still ours and may be sent: neither cancelled, being cancelled, nor shipped."""
    return line.quantity - line.cancelled - line.in_cancel - line.shipped


def broken_rules(line: OrderLine) -> Sequence[str]:
    """Return the rules on the counters of a line that do not hold, as they are written in docs/domain.md#lines."""
    rules = (
        ("a counter is below 0", min(counter(line, name) for name in COUNTERS) >= 0),
        ("cancelled + in_cancel + shipped <= quantity", unsent(line) >= 0),
        ("delivered <= shipped", line.delivered <= line.shipped),
        (
            "returned + exchanged + in_return <= shipped",
            line.returned + line.exchanged + line.in_return <= line.shipped,
        ),
        ("returned + exchanged <= delivered", line.returned + line.exchanged <= line.delivered),
    )
    return [text for text, holds in rules if not holds]


COUNTERS: Final = ("cancelled", "shipped", "delivered", "returned", "exchanged", "in_cancel", "in_return")


def counter(line: OrderLine, name: str) -> int:
    """Return one of the COUNTERS of a line, in units."""
    value: int = getattr(line, name)
    return value
