"""What may be done with an order as a whole next: one table, which the answers show and the commands check."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from src.app.order.errors import ShippingFixed
from src.app.order.models import UNPAID, Order, OrderLine, OrderStatus
from src.common import clock

S: Final = OrderStatus


class OrderAction(StrEnum):
    """A command on an order. PAY is another try to pay, CANCEL gives an unpaid order up. REVIVE brings an
    expired one back: whether its stock is there is seen then."""

    PAY = "PAY"
    CANCEL = "CANCEL"
    CHANGE_SHIPPING = "CHANGE_SHIPPING"
    REVIVE = "REVIVE"


def _may_move(order: Order, lines: Sequence[OrderLine]) -> bool:
    """Whether no parcel was made of any line yet, and something is to be sent."""
    return order.status in (*UNPAID, S.PAID, S.PREPARING) and not any(line.shipped for line in lines)


RULES: Final[Mapping[OrderAction, Callable[[Order, Sequence[OrderLine]], bool]]] = {
    OrderAction.PAY: lambda order, _: order.status == S.PENDING and order.expires_at > clock.now(),
    OrderAction.CANCEL: lambda order, _: order.status in UNPAID,
    OrderAction.CHANGE_SHIPPING: _may_move,
    OrderAction.REVIVE: lambda order, _: order.status == S.EXPIRED and order.orderer_name != "",
}
STAFFS: Final = frozenset({OrderAction.CANCEL, OrderAction.CHANGE_SHIPPING, OrderAction.REVIVE})
SHOPPERS: Final = frozenset({OrderAction.PAY, OrderAction.CANCEL, OrderAction.CHANGE_SHIPPING})


def allowed_actions(order: Order, lines: Sequence[OrderLine], *, among: frozenset[OrderAction]) -> list[OrderAction]:
    """Return which of these may be done with the order now, in the order of `OrderAction`."""
    return [action for action, holds in RULES.items() if action in among and holds(order, lines)]


def check_may_move(order: Order, lines: Sequence[OrderLine]) -> None:
    """Raise ShippingFixed if the address of the order stays."""
    if not RULES[OrderAction.CHANGE_SHIPPING](order, lines):
        raise ShippingFixed(order_status=order.status.value)
