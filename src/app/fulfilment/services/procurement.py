"""발주확인, taking it back, 발송지연 and 배송속성: what staff do with lines before they are sent."""

from datetime import timedelta
from typing import Final

from src.app.fulfilment.dtos.admin.procurement import AttributeChange, Delay, Lines
from src.app.fulfilment.dtos.admin.rows import RowResults
from src.app.fulfilment.dtos.events import OrderDelayed, OrderPreparing
from src.app.fulfilment.errors import DueDateOutOfRange
from src.app.fulfilment.services.due_days import due_day
from src.app.fulfilment.services.rows import Command, change_lines
from src.app.order.models import OrderLine, ProcurementStatus
from src.app.order.services.lines.actions import LineAction, check_allowed
from src.app.shipping.services.business_days.calendar import load_calendar
from src.common import clock
from src.common.clock import KST
from src.common.records.audit import Actor

LONGEST_DELAY: Final = timedelta(days=90)
"""From the payment on, as Smartstore has it."""


async def confirm(body: Lines, *, by: Actor) -> RowResults:
    """발주확인: take lines into work. From then on a shopper's cancel has to be asked for. Emits `order.preparing`."""
    now = clock.now()

    def change(line: OrderLine) -> None:
        check_allowed(line, LineAction.CONFIRM)
        line.procurement_status, line.acknowledged_at = ProcurementStatus.CONFIRMED, now

    def event(order_id: int, line_ids: tuple[int, ...]) -> OrderPreparing:
        return OrderPreparing(order_id=order_id, line_ids=line_ids)

    command = Command(change=change, action="order_line.confirmed", reason="발주확인", event=event)
    return await change_lines(body.line_nos, command, by=by)


async def unconfirm(body: Lines, *, by: Actor) -> RowResults:
    """Take 발주확인 back. Refused once something of the line was sent."""

    def change(line: OrderLine) -> None:
        check_allowed(line, LineAction.UNCONFIRM)
        line.procurement_status, line.acknowledged_at = ProcurementStatus.NONE, None

    command = Command(change=change, action="order_line.unconfirmed", reason="발주확인 취소")
    return await change_lines(body.line_nos, command, by=by)


async def delay(body: Delay, *, by: Actor) -> RowResults:
    """발송지연: name a later day with its reason. Once a line, unless staff lift it. Emits `order.delayed`."""
    today = clock.now().astimezone(KST).date()

    def change(line: OrderLine) -> None:
        check_allowed(line, LineAction.DELAY)
        latest = ((line.paid_at or clock.now()) + LONGEST_DELAY).astimezone(KST).date()
        if not today <= body.expected_ship_on <= latest:
            raise DueDateOutOfRange(line_no=line.line_no, until=latest.isoformat())
        line.delay_reason, line.delay_text = body.reason, body.detail
        line.delayed_until = line.ship_by = body.expected_ship_on

    def event(order_id: int, line_ids: tuple[int, ...]) -> OrderDelayed:
        return OrderDelayed(order_id=order_id, line_ids=line_ids, until=body.expected_ship_on.isoformat())

    command = Command(change=change, action="order_line.delayed", reason="발송지연", event=event)
    return await change_lines(body.line_nos, command, by=by)


async def lift_delay(body: Lines, *, by: Actor) -> RowResults:
    """Take a delay back: the line is due as before, and may be delayed once more."""
    calendar = await load_calendar()

    def change(line: OrderLine) -> None:
        check_allowed(line, LineAction.LIFT_DELAY)
        line.delay_reason, line.delay_text, line.delayed_until = None, "", None
        line.ship_by = due_day(line.paid_at or clock.now(), calendar)

    command = Command(change=change, action="order_line.delay_lifted", reason="발송지연 해제")
    return await change_lines(body.line_nos, command, by=by)


async def set_attribute(body: AttributeChange, *, by: Actor) -> RowResults:
    """배송속성 변경, before everything of the line was sent."""

    def change(line: OrderLine) -> None:
        check_allowed(line, LineAction.SET_DELIVERY_ATTRIBUTE)
        line.delivery_attribute, line.hope_on = body.delivery_attribute, body.hope_on

    command = Command(change=change, action="order_line.attribute_set", reason="배송속성 변경")
    return await change_lines(body.line_nos, command, by=by)
