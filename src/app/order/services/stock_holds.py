"""Holds of stock by orders: extend them, turn them into sales, give them back, and find them.

Call the functions that change a hold inside a unit of work. `follow_cart` opens its own; `note_unreachable` needs none.
"""

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Q

from src.app.cart.dtos.responses import HeldBy
from src.app.order.models import UNPAID, Order, OrderLine
from src.app.product.models import StockKind
from src.app.product.services.stock.ledger import LedgerEntry, release
from src.common import clock
from src.core.database import in_unit_of_work, unit_of_work
from src.core.database.statements import change, dialect, find

_SELL = (
    "INSERT INTO stock_ledger (kind, source, delta, line_id, created_at, variant_id)"
    " SELECT %s, {}, 0, id, %s, variant_id FROM order_line WHERE order_id = %s ORDER BY variant_id"
)
SELL = {"mysql": _SELL.format("CONCAT('line:', line_no)"), "sqlite": _SELL.format("'line:' || line_no")}


async def extend_hold(order: Order, *, until: datetime) -> None:
    """Extend the hold for a payment under way. The caller does so once at most; `hold_extended` records it."""
    order.expires_at, order.hold_extended = until, True
    await order.save(update_fields=["expires_at", "hold_extended"])


async def hold_for_deposit(order: Order, *, until: datetime) -> None:
    """Hold the order until its account's due day and the margin; `pay_until` keeps the end of the former hold."""
    order.expires_at, order.pay_until = until, order.expires_at
    await order.save(update_fields=["expires_at", "pay_until"])


async def hold_until(order: Order, until: datetime) -> None:
    """Set the end of the hold."""
    order.expires_at = until
    await order.save(update_fields=["expires_at"])


async def sell_held(order_id: int) -> None:
    """Write a SALE ledger row for every line, by one statement. Its delta is 0: HOLD already took the units from the
    stock. Raises IntegrityError for a second call."""
    if not in_unit_of_work():
        raise RuntimeError("holds become sales only inside a unit of work")
    await change(SELL[dialect()], (StockKind.SALE.value, clock.now(), order_id), is_fixed=True)


async def release_held(order: Order) -> None:
    """Give the units of every line back. Locks the variants in id order. Raises IntegrityError for a second call."""
    prefix = "line" if order.revival_id is None else f"revival:{order.revival_id}"
    await release([_released(line, source=f"{prefix}:{line.line_no}") for line in await _lines(order.id)])


async def note_unreachable(order_id: int, *, since: datetime | None) -> None:
    """Record the first time that the provider could not be asked about this overdue order; None clears it."""
    orders = Order.filter(id=order_id)
    if since is not None:
        orders = orders.filter(unreachable_since=None)
    await orders.update(unreachable_since=since)


async def holders_of(cart: str, variant_ids: Sequence[int]) -> dict[int, HeldBy]:
    """Return, by variant, the line of an unpaid order that holds the most units; the newest of several equal ones.

    Only orders of the owner of the cart (``m:<member id>`` or ``g:<hash>``) count: those placed with this cart in hand
    and, for a member, all of the member's orders.
    """
    whose, _, value = cart.partition(":")
    mine = Q(order__cart_in_hand=cart)
    if whose == "m":
        mine |= Q(order__member_id=int(value))
    lines = OrderLine.filter(mine, order__status__in=UNPAID, variant_id__in=list(variant_ids))
    found: dict[int, HeldBy] = {}
    for variant_id, quantity, order_no, expires_at in await lines.order_by("quantity", "id").values_list(
        "variant_id", "quantity", "order__order_no", "order__expires_at"
    ):
        found[variant_id] = HeldBy(order_no=order_no, quantity=quantity, expires_at=expires_at)
    return found


async def follow_cart(source: str, owner: str) -> None:
    """Move the unpaid orders with the cart `source` in hand to the cart `owner`, in a transaction of its own."""
    unpaid = Order.filter(cart_in_hand=source, status__in=UNPAID)
    if await unpaid.exists():
        await unit_of_work(lambda: unpaid.update(cart_in_hand=owner, updated_at=clock.now()))


async def _lines(order_id: int) -> list[OrderLine]:
    return await find(OrderLine, "order_id = %s ORDER BY variant_id", (order_id,))


def _released(line: OrderLine, *, source: str) -> LedgerEntry:
    return LedgerEntry(
        variant_id=line.variant_id, kind=StockKind.RELEASE, source=source, delta=line.quantity, line_id=line.id
    )
