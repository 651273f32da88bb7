"""How long an order's stock is held, who holds it, and what becomes of it: a sale, or given back.

What changes a hold is called inside a unit of work, with the order locked.
"""

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Q

from src.app.cart.dtos.responses import HeldBy
from src.app.order.models import UNPAID, Order, OrderLine
from src.app.product.models import StockKind
from src.app.product.services.stock.ledger import LedgerEntry, release, write_ledger
from src.common import clock
from src.core.database import unit_of_work


async def extend_hold(order: Order, *, until: datetime) -> None:
    """Hold until then, the one time that a payment under way may extend it."""
    order.expires_at, order.hold_extended = until, True
    await order.save(update_fields=["expires_at", "hold_extended"])


async def hold_for_deposit(order: Order, *, until: datetime) -> None:
    """Hold a PENDING order until an issued account's day and its margin; where it goes back to is remembered."""
    order.expires_at, order.pay_until = until, order.expires_at
    await order.save(update_fields=["expires_at", "pay_until"])


async def hold_until(order: Order, until: datetime) -> None:
    """Hold until then."""
    order.expires_at = until
    await order.save(update_fields=["expires_at"])


async def sell_held(order_id: int) -> None:
    """The hold of every line is now a sale: delta 0, so the stock stays as it is."""
    lines = await OrderLine.filter(order_id=order_id).order_by("variant_id")
    await write_ledger([_entry(line, StockKind.SALE, delta=0) for line in lines])


async def release_held(order_id: int) -> None:
    """Give every line's units back. Locks the variants' rows in id order; a second time is an IntegrityError."""
    lines = await OrderLine.filter(order_id=order_id).order_by("variant_id")
    await release([_entry(line, StockKind.RELEASE, delta=line.quantity) for line in lines])


async def note_unreachable(order_id: int, *, since: datetime | None) -> None:
    """Remember since when the provider cannot be asked about this overdue order; None forgets it."""
    orders = Order.filter(id=order_id)
    if since is not None:
        orders = orders.filter(unreachable_since=None)
    await orders.update(unreachable_since=since)


async def holders_of(cart: str, variant_ids: Sequence[int]) -> dict[int, HeldBy]:
    """Of each of these variants the unpaid order that holds most of it, the newest where several hold as many.

    Only orders that the owner of the cart (``m:<member id>`` or ``g:<hash>``) placed: those with this cart in hand, and
    the member's.
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
    """The unpaid orders that were placed with the cart of `source` in hand belong to the cart of `owner` now."""
    unpaid = Order.filter(cart_in_hand=source, status__in=UNPAID)
    if await unpaid.exists():
        await unit_of_work(lambda: unpaid.update(cart_in_hand=owner, updated_at=clock.now()))


def _entry(line: OrderLine, kind: StockKind, *, delta: int) -> LedgerEntry:
    return LedgerEntry(
        variant_id=line.variant_id, kind=kind, source=f"line:{line.line_no}", delta=delta, line_id=line.id
    )
