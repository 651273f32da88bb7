"""A purchase is confirmed by the shopper, held back on request, and by itself when the days for withdrawal are over."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.fulfilment.services.confirmation import confirm_due
from src.app.fulfilment.services.due_days import set_missing_due_days, window_ends_at
from src.app.order.models import Order, OrderEvent, OrderLine, OrderStatus
from src.app.shipping.services.business_days.calendar import Calendar
from src.common import clock
from src.worker.jobs.run import run_job
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, make_order, order_of, place
from tests.factories.people import bearer, make_member

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1"
# A Tuesday; the seventh day after it is a Tuesday too.
DELIVERED = datetime(2026, 11, 3, 15, 30, tzinfo=clock.KST)


async def delivered(at: datetime = DELIVERED, *, member_id: int | None = None) -> str:
    """The line of an order of which everything arrived at this moment."""
    order = await make_order(
        await make_variant(), status=OrderStatus.DELIVERED, member_id=member_id, placed_at=at - timedelta(days=3)
    )
    await Order.filter(id=order.id).update(paid_at=order.created_at)
    await OrderLine.filter(order_id=order.id).update(delivered_at=at.astimezone(UTC))
    return f"{order.order_no}-01"


async def line_of(line_no: str) -> OrderLine:
    return await OrderLine.get(line_no=line_no)


async def at(moment: datetime) -> int:
    with clock.as_of(moment):
        return await confirm_due()


async def post(client: httpx.AsyncClient, line_no: str, what: str, headers: dict[str, str]) -> httpx.Response:
    return await client.post(f"{API}/orders/{line_no[:-3]}/lines/{line_no}/{what}", headers=headers)


async def test_a_member_confirms_once_and_again_with_the_same_answer(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    line_no = await delivered(member_id=member.id)

    first, second = [await post(client, line_no, "confirm", headers) for _ in range(2)]

    assert (first.status_code, first.json()) == (200, second.json())
    assert (first.json()["status"], first.json()["order_status"]) == ("CONFIRMED", "CONFIRMED")
    assert first.json()["allowed_actions"] == []
    hops = await OrderEvent.filter(line_no=line_no).values_list("to_status", "reason", "actor")
    assert hops == [("CONFIRMED", "구매확정", f"member:{member.id}")]


async def test_nobody_confirms_what_is_not_theirs_or_not_sent(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    foreign = await delivered()
    order = await make_order(await make_variant(), status=OrderStatus.PREPARING, member_id=member.id)

    for line_no, answer in ((foreign, "ORDER_NOT_FOUND"), (f"{order.order_no}-01", "WRONG_STATE")):
        refused = await post(client, line_no, "confirm", headers)
        assert refused.json()["code"] == answer
    unknown = await client.post(f"{API}/orders/{order.order_no}/lines/x/confirm", headers=headers)
    assert unknown.json()["code"] == "LINE_NOT_FOUND"


async def test_a_guest_confirms_with_the_orders_token(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await OrderLine.filter(line_no=f"{placed.order_no}-01").update(shipped=1)
    await OrderLine.filter(line_no=f"{placed.order_no}-01").update(status=OrderStatus.SHIPPING)

    assert (await post(client, f"{placed.order_no}-01", "confirm", {})).status_code == 404
    assert (await post(client, f"{placed.order_no}-01", "confirm", placed.headers)).json()["status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("arrived", "ends"),
    [
        (DELIVERED, datetime(2026, 11, 11, tzinfo=clock.KST)),
        (datetime(2026, 11, 3, 0, 0, tzinfo=clock.KST), datetime(2026, 11, 11, tzinfo=clock.KST)),
        (datetime(2026, 11, 3, 23, 59, 59, tzinfo=clock.KST), datetime(2026, 11, 11, tzinfo=clock.KST)),
        # The seventh day is a Saturday: Monday. Christmas, then a weekend: Monday.
        (datetime(2026, 11, 7, 9, tzinfo=clock.KST), datetime(2026, 11, 17, tzinfo=clock.KST)),
        (datetime(2026, 12, 18, 9, tzinfo=clock.KST), datetime(2026, 12, 29, tzinfo=clock.KST)),
        # Over new year: the seventh day is New Year's Day, a Friday; the next business day is Monday.
        (datetime(2026, 12, 25, 9, tzinfo=clock.KST), datetime(2027, 1, 5, tzinfo=clock.KST)),
    ],
)
def test_the_days_for_withdrawal_end_at_midnight_of_a_business_day(arrived: datetime, ends: datetime) -> None:
    assert window_ends_at(arrived.astimezone(UTC), Calendar()) == ends


async def test_it_is_confirmed_by_itself_when_the_days_are_over_and_not_a_second_before() -> None:
    line_no = await delivered()
    ends = datetime(2026, 11, 11, tzinfo=clock.KST)

    assert await at(ends - timedelta(seconds=1)) == 0
    assert (await line_of(line_no)).status == OrderStatus.DELIVERED
    assert (await at(ends), await at(ends)) == (1, 0)

    line = await line_of(line_no)
    assert (line.status, line.confirmed_at, (await Order.get(id=line.order_id)).status) == (
        OrderStatus.CONFIRMED,
        ends,
        OrderStatus.CONFIRMED,
    )
    rows = await OrderEvent.filter(line_no=line_no).values_list("actor", "reason")
    assert rows == [("system", "자동 구매확정")]


async def test_a_hold_keeps_it_for_its_days_and_is_given_once(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    line_no = await delivered(clock.now() - timedelta(days=1), member_id=member.id)

    first, second = [(await post(client, line_no, "hold-confirmation", headers)).json() for _ in range(2)]

    assert first == second
    assert first["allowed_actions"] == ["CONFIRM_PURCHASE"]
    line = await line_of(line_no)
    assert line.hold_confirmation_until is not None
    await OrderLine.filter(line_no=line_no).update(delivered_at=DELIVERED.astimezone(UTC))
    assert await at(line.hold_confirmation_until - timedelta(seconds=1)) == 0
    assert await at(line.hold_confirmation_until) == 1


@pytest.mark.parametrize(
    "numbers",
    [{"in_return": 1}, {"status": "SHIPPING"}, {"confirmed_at": DELIVERED, "status": "CONFIRMED"}],
)
async def test_lines_with_a_claim_or_not_delivered_are_left_alone(numbers: dict[str, Any]) -> None:
    line_no = await delivered()
    await OrderLine.filter(line_no=line_no).update(**numbers)
    assert await at(datetime(2027, 1, 1, tzinfo=clock.KST)) == 0


async def test_the_job_at_once_from_two_sides_confirms_each_line_once() -> None:
    for _ in range(5):
        await delivered()
    done = await asyncio.gather(*(at(datetime(2026, 12, 1, tzinfo=clock.KST)) for _ in range(3)))
    assert sum(done) == 5
    assert await OrderEvent.filter(to_status="CONFIRMED").exclude(line_no="").count() == 5


async def test_an_order_with_broken_numbers_does_not_keep_the_others(caplog: pytest.LogCaptureFixture) -> None:
    broken, good = await delivered(), await delivered()
    await OrderLine.filter(line_no=broken).update(returned=-1)

    assert await at(datetime(2026, 12, 1, tzinfo=clock.KST)) == 1

    assert [(await line_of(line_no)).status.value for line_no in (broken, good)] == ["DELIVERED", "CONFIRMED"]
    assert "could not be confirmed: UNITS_TAKEN" in caplog.text


async def test_a_paid_order_is_due_after_three_business_days(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    assert (await line_of(f"{placed.order_no}-01")).ship_by is None
    await run_job("relay-outbox")

    order = await order_of(placed)
    assert order.paid_at is not None
    due = Calendar().after(order.paid_at.astimezone(clock.KST).date(), 3)
    assert (await line_of(f"{placed.order_no}-01")).ship_by == due


async def test_lines_of_before_get_their_day_from_the_job_once() -> None:
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    await Order.filter(id=order.id).update(paid_at=datetime(2026, 12, 23, 23, 59, tzinfo=clock.KST).astimezone(UTC))

    assert (await set_missing_due_days(), await set_missing_due_days()) == (1, 0)

    # Thursday counts, Friday is Christmas, then a weekend: Thursday, Monday, Tuesday.
    assert str((await line_of(f"{order.order_no}-01")).ship_by) == "2026-12-29"


async def test_an_archived_order_is_confirmed_where_it_lies(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    line_no = await delivered(clock.now() - timedelta(days=200), member_id=member.id)
    assert await archive() == 1

    assert (await post(client, line_no, "confirm", headers)).json()["status"] == "CONFIRMED"
    assert (await line_of(line_no)).status == OrderStatus.CONFIRMED
