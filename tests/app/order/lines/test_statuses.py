"""What the numbers of lines say: the status of a line, of an order, and what may be done next."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from src.app.order.errors import WrongState
from src.app.order.models import OrderLine, OrderStatus, ProcurementStatus
from src.app.order.services.lines.actions import RULES, LineAction, allowed_actions, check_allowed
from src.app.order.services.lines.statuses import broken_rules, header_status, line_status, unsent

S = OrderStatus
NOW = datetime(2026, 11, 28, tzinfo=UTC)
CONFIRMED = ProcurementStatus.CONFIRMED


def line(quantity: int = 3, **values: Any) -> OrderLine:
    """A line of a paid order with these numbers; its status is what they say."""
    row = OrderLine(line_no="20261120-7Q6X9ZPM-01", quantity=quantity, **values)
    row.status = line_status(row)
    return row


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, S.PAID),
        ({"procurement_status": CONFIRMED}, S.PREPARING),
        ({"shipped": 1}, S.SHIPPING),
        ({"shipped": 3, "delivered": 2}, S.SHIPPING),
        ({"shipped": 3, "delivered": 3}, S.DELIVERED),
        ({"cancelled": 1, "shipped": 2, "delivered": 2}, S.DELIVERED),
        ({"cancelled": 1, "shipped": 2, "delivered": 1}, S.SHIPPING),
        ({"shipped": 3, "delivered": 3, "confirmed_at": NOW}, S.CONFIRMED),
        ({"shipped": 3, "delivered": 0, "confirmed_at": NOW}, S.CONFIRMED),
        ({"cancelled": 3}, S.CANCELLED),
        ({"cancelled": 3, "procurement_status": CONFIRMED, "confirmed_at": NOW}, S.CANCELLED),
        ({"cancelled": 1, "shipped": 2, "delivered": 2, "returned": 2}, S.RETURNED),
        ({"shipped": 3, "delivered": 3, "returned": 1, "exchanged": 2}, S.RETURNED),
        ({"shipped": 3, "delivered": 3, "exchanged": 3, "confirmed_at": NOW}, S.EXCHANGED),
        ({"shipped": 3, "delivered": 3, "returned": 2}, S.DELIVERED),
        ({"cancelled": 2, "procurement_status": CONFIRMED}, S.PREPARING),
    ],
)
def test_the_first_rule_that_holds_is_the_status_of_a_line(values: dict[str, Any], status: OrderStatus) -> None:
    assert line(**values).status == status


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        ([S.PAID], S.PAID),
        ([S.PAID, S.PREPARING], S.PREPARING),
        ([S.PREPARING], S.PREPARING),
        ([S.PAID, S.SHIPPING], S.SHIPPING),
        ([S.PAID, S.DELIVERED], S.SHIPPING),
        ([S.PREPARING, S.CONFIRMED], S.SHIPPING),
        ([S.DELIVERED, S.CONFIRMED], S.DELIVERED),
        ([S.DELIVERED], S.DELIVERED),
        ([S.CONFIRMED, S.CONFIRMED], S.CONFIRMED),
        ([S.CANCELLED, S.PAID], S.PAID),
        ([S.CANCELLED, S.CONFIRMED], S.CONFIRMED),
        ([S.CANCELLED, S.CANCELLED], S.CANCELLED),
        ([S.CANCELLED, S.RETURNED], S.RETURNED),
        ([S.EXCHANGED, S.DELIVERED], S.DELIVERED),
        ([S.EXCHANGED, S.RETURNED], S.RETURNED),
        ([S.RETURNED, S.PREPARING], S.PREPARING),
    ],
)
def test_the_status_of_an_order_follows_from_its_lines(lines: list[OrderStatus], header: OrderStatus) -> None:
    assert header_status(lines) == header
    assert header_status(reversed(lines)) == header


def test_every_history_of_three_units_keeps_or_breaks_the_rules_by_its_numbers() -> None:
    names = ("cancelled", "in_cancel", "shipped", "delivered", "returned", "in_return")
    kept = 0
    for numbers in product(range(4), repeat=len(names)):
        cancelled, in_cancel, shipped, delivered, returned, in_return = numbers
        right = (
            cancelled + in_cancel + shipped <= 3
            and delivered <= shipped
            and returned + in_return <= shipped
            and returned <= delivered
        )
        row = line(**dict(zip(names, numbers, strict=True)))
        assert (broken_rules(row) == []) == right, numbers
        assert not right or unsent(row) == 3 - cancelled - in_cancel - shipped
        kept += right
    assert kept == 112


def test_a_counter_below_zero_is_a_broken_rule() -> None:
    assert broken_rules(line(in_cancel=-1)) == ["a counter is below 0"]


@pytest.mark.parametrize(
    ("values", "actions"),
    [
        ({}, "CONFIRM DELAY SHIP SELLER_CANCEL SET_DELIVERY_ATTRIBUTE CHANGE_OPTION"),
        ({"procurement_status": CONFIRMED}, "UNCONFIRM DELAY SHIP SELLER_CANCEL SET_DELIVERY_ATTRIBUTE CHANGE_OPTION"),
        (
            {"procurement_status": CONFIRMED, "delayed_until": NOW.date()},
            "UNCONFIRM LIFT_DELAY SHIP SELLER_CANCEL SET_DELIVERY_ATTRIBUTE CHANGE_OPTION",
        ),
        ({"procurement_status": CONFIRMED, "shipped": 1}, "DELAY SHIP SELLER_CANCEL SET_DELIVERY_ATTRIBUTE"),
        ({"in_cancel": 3}, ""),
        ({"shipped": 3}, "CONFIRM_PURCHASE"),
        ({"shipped": 3, "delivered": 1}, "CONFIRM_PURCHASE"),
        ({"shipped": 3, "delivered": 3}, "CONFIRM_PURCHASE HOLD_CONFIRMATION"),
        ({"shipped": 3, "delivered": 3, "hold_confirmation_until": NOW}, "CONFIRM_PURCHASE"),
        ({"shipped": 3, "delivered": 3, "in_return": 1}, ""),
        ({"shipped": 3, "delivered": 3, "confirmed_at": NOW}, ""),
        ({"cancelled": 3}, ""),
    ],
)
def test_what_may_be_done_is_what_the_commands_accept(values: dict[str, Any], actions: str) -> None:
    row = line(**values)
    allowed = allowed_actions(row)
    assert [action.value for action in allowed] == actions.split()
    for action in LineAction:
        if action in allowed:
            check_allowed(row, action)
        else:
            with pytest.raises(WrongState):
                check_allowed(row, action)
    shoppers = [action for action in allowed if action in (LineAction.CONFIRM_PURCHASE, LineAction.HOLD_CONFIRMATION)]
    assert allowed_actions(row, to_shopper=True) == shoppers


@pytest.mark.parametrize(
    ("status", "actions"), [(S.PENDING, ["CHANGE_OPTION"]), (S.AWAITING_DEPOSIT, ["CHANGE_OPTION"]), (S.EXPIRED, [])]
)
def test_only_the_option_of_a_line_that_is_not_paid_may_change(status: OrderStatus, actions: list[str]) -> None:
    row = line()
    row.status = status
    assert [action.value for action in allowed_actions(row)] == actions
    assert set(RULES) == set(LineAction)
