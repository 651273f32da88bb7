"""Lines of a paid order are changed under its lock: numbers, statuses, header and timeline in one transaction."""

import asyncio
from collections.abc import Callable

import pytest

from src.app.order.errors import LineNotFound, OrderCannotMove, UnitsTaken
from src.app.order.models import Order, OrderEvent, OrderLine, OrderStatus, ProcurementStatus
from src.app.order.services.lines.writing import LockedOrder, Saved, lock_lines, save_lines
from src.core.database import unit_of_work
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_order

pytestmark = pytest.mark.usefixtures("empty")


async def change_lines(order: Order, change: Callable[[LockedOrder], None], reason: str = "") -> Saved:
    """Lock the order, change its lines, and save them."""

    async def run() -> Saved:
        locked = await lock_lines(order.id)
        change(locked)
        return await save_lines(locked, actor="staff:1", reason=reason)

    return await unit_of_work(run)


async def paid(quantity: int = 3) -> Order:
    return await make_order(await make_variant(stock=10), quantity, status=OrderStatus.PAID)


async def timeline(order: Order) -> list[tuple[str, str, str, str, int]]:
    """The rows after the placing: line or order, from, to, counter, units."""
    rows = await OrderEvent.filter(order_id=order.id).order_by("id")
    return [(row.line_no[-2:], row.from_status, row.to_status, row.counter, row.units) for row in rows[1:]]


def ship(units: int) -> Callable[[LockedOrder], None]:
    def change(locked: LockedOrder) -> None:
        locked.lines[0].shipped += units

    return change


async def test_a_confirmed_line_moves_line_and_order_with_a_row_for_each() -> None:
    order = await paid()

    def confirm(locked: LockedOrder) -> None:
        locked.line(f"{order.order_no}-01").procurement_status = ProcurementStatus.CONFIRMED

    saved = await change_lines(order, confirm, "발주확인")

    assert (len(saved.lines), saved.order_was) == (1, OrderStatus.PAID)
    (line,) = await OrderLine.filter(order_id=order.id)
    stored = await Order.get(id=order.id)
    assert (line.status, line.procurement_status) == (OrderStatus.PREPARING, ProcurementStatus.CONFIRMED)
    assert (stored.status, stored.ended_at) == (OrderStatus.PREPARING, None)
    assert stored.updated_at > order.updated_at
    assert await timeline(order) == [("01", "PAID", "PREPARING", "", 0), ("", "PAID", "PREPARING", "", 0)]
    last = await OrderEvent.filter(order_id=order.id).order_by("-id").first()
    assert last is not None
    assert (last.actor, last.reason) == ("staff:1", "발주확인")


async def test_every_counter_that_moves_has_its_row_and_a_part_leaves_the_order_on_its_way() -> None:
    order = await paid()

    await change_lines(order, ship(2))

    def arrive(locked: LockedOrder) -> None:
        locked.lines[0].delivered, locked.lines[0].cancelled = 2, 1

    await change_lines(order, arrive)

    (line,) = await OrderLine.filter(order_id=order.id)
    assert (line.shipped, line.delivered, line.cancelled, line.status) == (2, 2, 1, OrderStatus.DELIVERED)
    assert await timeline(order) == [
        ("01", "PAID", "SHIPPING", "shipped", 2),
        ("", "PAID", "SHIPPING", "", 0),
        ("01", "SHIPPING", "DELIVERED", "cancelled", 1),
        ("01", "SHIPPING", "DELIVERED", "delivered", 2),
        ("", "SHIPPING", "DELIVERED", "", 0),
    ]


async def test_an_order_of_which_nothing_is_left_has_ended_and_may_come_back() -> None:
    order = await paid(1)

    def cancel(locked: LockedOrder) -> None:
        locked.lines[0].cancelled += 1

    def undo(locked: LockedOrder) -> None:
        locked.lines[0].cancelled -= 1

    await change_lines(order, cancel)
    ended = await Order.get(id=order.id)
    await Order.filter(id=order.id).update(paid_at=ended.created_at)
    await change_lines(order, undo)
    back = await Order.get(id=order.id)

    assert (ended.status, ended.ended_at is not None) == (OrderStatus.CANCELLED, True)
    assert (back.status, back.ended_at) == (OrderStatus.PAID, None)


async def test_units_that_are_not_there_are_refused_and_nothing_is_written() -> None:
    order = await paid()

    with pytest.raises(UnitsTaken) as refused:
        await change_lines(order, ship(4))

    assert refused.value.extras == {"line_no": f"{order.order_no}-01"}
    (line,) = await OrderLine.filter(order_id=order.id)
    assert (line.shipped, line.status, await timeline(order)) == (0, OrderStatus.PAID, [])


async def test_of_two_who_ship_the_same_units_one_is_refused() -> None:
    for _ in range(5):
        order = await paid(2)
        outcomes = await asyncio.gather(*(change_lines(order, ship(2)) for _ in range(3)), return_exceptions=True)

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Saved", "UnitsTaken", "UnitsTaken"]
        (line,) = await OrderLine.filter(order_id=order.id)
        assert (line.shipped, len(await timeline(order))) == (2, 2)


async def test_saving_what_was_not_changed_writes_nothing() -> None:
    order = await paid()

    saved = await change_lines(order, lambda locked: None)

    assert (saved.lines, saved.order_was, await timeline(order)) == ((), None, [])
    assert (await Order.get(id=order.id)).updated_at == order.updated_at


async def test_a_line_of_another_order_is_not_found() -> None:
    order, other = await paid(), await paid()

    def confirm(locked: LockedOrder) -> None:
        locked.line(f"{other.order_no}-01").procurement_status = ProcurementStatus.CONFIRMED

    with pytest.raises(LineNotFound):
        await change_lines(order, confirm)


@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.EXPIRED, OrderStatus.CANCELLED])
async def test_an_order_that_was_never_paid_keeps_its_lines(status: OrderStatus) -> None:
    order = await make_order(await make_variant(stock=10), status=status)

    with pytest.raises(OrderCannotMove):
        await change_lines(order, ship(1))

    assert await timeline(order) == []
