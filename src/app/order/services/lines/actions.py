"""What may be done with a line next: one table, which the answers show and the commands check."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from src.app.order.errors import WrongState
from src.app.order.models import UNPAID, OrderLine, OrderStatus, ProcurementStatus
from src.app.order.services.lines.statuses import unsent

S: Final = OrderStatus


class LineAction(StrEnum):
    """A command on a line, by the words of the back-office screens."""

    CONFIRM = "CONFIRM"
    UNCONFIRM = "UNCONFIRM"
    DELAY = "DELAY"
    LIFT_DELAY = "LIFT_DELAY"
    SHIP = "SHIP"
    SELLER_CANCEL = "SELLER_CANCEL"
    SET_DELIVERY_ATTRIBUTE = "SET_DELIVERY_ATTRIBUTE"
    CHANGE_OPTION = "CHANGE_OPTION"
    CONFIRM_PURCHASE = "CONFIRM_PURCHASE"
    HOLD_CONFIRMATION = "HOLD_CONFIRMATION"


def _is_to_send(line: OrderLine) -> bool:
    return line.status in (S.PAID, S.PREPARING, S.SHIPPING) and unsent(line) > 0


def _is_before_sending(line: OrderLine) -> bool:
    """Whether nothing of the line was sent or is being cancelled."""
    is_open = line.status in (*UNPAID, S.PAID, S.PREPARING)
    return is_open and not line.shipped and not line.in_cancel and line.quantity > line.cancelled


def _is_all_sent(line: OrderLine) -> bool:
    """Whether all that is left was shipped, and no claim is open on it."""
    return (
        line.status in (S.SHIPPING, S.DELIVERED)
        and line.shipped == line.quantity - line.cancelled
        and not line.in_cancel
        and not line.in_return
    )


RULES: Final[Mapping[LineAction, Callable[[OrderLine], bool]]] = {
    LineAction.CONFIRM: lambda line: _is_to_send(line) and line.procurement_status == ProcurementStatus.NONE,
    LineAction.UNCONFIRM: lambda line: (
        line.status == S.PREPARING and line.procurement_status == ProcurementStatus.CONFIRMED and not line.shipped
    ),
    LineAction.DELAY: lambda line: _is_to_send(line) and line.delayed_until is None,
    LineAction.LIFT_DELAY: lambda line: _is_to_send(line) and line.delayed_until is not None,
    LineAction.SHIP: _is_to_send,
    LineAction.SELLER_CANCEL: _is_to_send,
    LineAction.SET_DELIVERY_ATTRIBUTE: _is_to_send,
    LineAction.CHANGE_OPTION: _is_before_sending,
    LineAction.CONFIRM_PURCHASE: _is_all_sent,
    LineAction.HOLD_CONFIRMATION: lambda line: (
        line.status == S.DELIVERED and line.hold_confirmation_until is None and _is_all_sent(line)
    ),
}
SHOPPERS: Final = frozenset({LineAction.CONFIRM_PURCHASE, LineAction.HOLD_CONFIRMATION})
"""The shopper's own; all others are of staff. Staff may do the shopper's for the shopper."""


def allowed_actions(line: OrderLine, *, to_shopper: bool = False) -> list[LineAction]:
    """Return what may be done with the line now, in the order of `LineAction`."""
    return [action for action, holds in RULES.items() if holds(line) and (action in SHOPPERS or not to_shopper)]


def check_allowed(line: OrderLine, action: LineAction) -> None:
    """Raise WrongState if the action may not be done with the line now."""
    if not RULES[action](line):
        raise WrongState(line_no=line.line_no, line_status=line.status.value)
