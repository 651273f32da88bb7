"""Orders are separated from members who left; what was bought stays."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderEvent, OrderLine, OrderStatus
from src.app.order.services.retention import anonymising as of_orders
from src.app.order.services.retention.anonymising import PERSONAL, anonymise_member
from src.app.product.models import Variant
from src.common import clock
from src.common.models import Anonymisation, LegalRecord
from src.common.records import anonymising
from src.common.records.retention import kept_until
from src.core.database import unit_of_work
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import later, make_order

MEMBER = 7
VALUES = {
    "orderer_name": "김민지",
    "orderer_phone": "01012345678",
    "orderer_email": "minji@example.com",
    "client_address": "203.0.113.7",
    "recipient": "김민지",
    "recipient_phone": "01012345678",
    "zipcode": "06236",
    "address": "서울 강남구 테헤란로 1",
    "address_detail": "101호",
    "memo": "문 앞에 놓아 주세요.",
}


@pytest.fixture
async def variant(client: httpx.AsyncClient) -> Variant:
    (made,) = await variants_of(await make_product())
    return made


async def ordered(variant: Variant, status: OrderStatus = OrderStatus.DELIVERED, *, member_id: int = MEMBER) -> Order:
    """An order of the member with every personal value set."""
    order = await make_order(variant, status=status, member_id=member_id)
    await Order.filter(id=order.id).update(**VALUES)
    return await Order.get(id=order.id)


async def rows(model: type[Any], *, without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every row of a table without some columns."""
    return [{name: value for name, value in row.items() if name not in without} for row in await model.all().values()]


async def separated() -> dict[str, bool]:
    """Of each order, whether nothing personal is left; never something half."""
    found = {}
    for row in await Order.all().values():
        values = [bool(row[column]) for column in PERSONAL]
        assert len(set(values)) == 1
        found[row["order_no"]] = not values[0]
    return found


async def test_personal_values_go_apart_and_what_was_bought_stays(variant: Variant) -> None:
    order = await ordered(variant)
    lines, events = await rows(OrderLine), await rows(OrderEvent)
    changed = (*PERSONAL, "updated_at")
    before = await rows(Order, without=changed)

    assert await anonymise_member(MEMBER) == 1

    assert await rows(Order, without=changed) == before
    assert (await rows(OrderLine), await rows(OrderEvent)) == (lines, events)
    assert await separated() == {order.order_no: True}
    (record,) = await LegalRecord.all()
    assert (record.reference, record.payload) == (order.order_no, VALUES)
    assert record.keep_until == kept_until(order.created_at, "contract")


async def test_the_five_years_begin_with_the_last_hop(variant: Variant) -> None:
    order = await ordered(variant)
    hop = datetime(2027, 3, 1, tzinfo=UTC)
    await OrderEvent.create(order_id=order.id, to_status="CONFIRMED", actor="system", created_at=hop)

    await anonymise_member(MEMBER)

    assert (await LegalRecord.get(reference=order.order_no)).keep_until == datetime(2032, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (datetime(2026, 11, 20, 5, 6, 7, tzinfo=UTC), datetime(2031, 11, 20, 5, 6, 7, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2033, 3, 1, tzinfo=UTC)),
    ],
)
def test_records_are_kept_for_five_whole_years(since: datetime, until: datetime) -> None:
    assert kept_until(since, "contract") == until


async def test_twice_is_once(variant: Variant) -> None:
    await ordered(variant)

    assert [await anonymise_member(MEMBER), await anonymise_member(MEMBER)] == [1, 0]
    assert [record.payload for record in await LegalRecord.all()] == [VALUES]


async def test_at_the_same_time_is_once(variant: Variant) -> None:
    for _ in range(5):
        await ordered(variant)

    moved = await asyncio.gather(*(anonymise_member(MEMBER) for _ in range(6)))

    assert sum(moved) == 5
    assert [record.payload for record in await LegalRecord.all()] == [VALUES] * 5
    assert await Anonymisation.all().count() == 1


async def test_others_orders_and_guests_stay(variant: Variant) -> None:
    mine, theirs = await ordered(variant), await ordered(variant, member_id=MEMBER + 1)
    guests = await make_order(variant, status=OrderStatus.DELIVERED)
    await Order.filter(id=guests.id).update(**VALUES)

    await anonymise_member(MEMBER)

    assert await separated() == {mine.order_no: True, theirs.order_no: False, guests.order_no: False}


async def test_a_crash_in_between_is_made_good_by_the_job(variant: Variant) -> None:
    orders = [await ordered(variant) for _ in range(3)]
    # As after a crash: the request and the first order are committed, the rest is not.
    await anonymising._request("order", MEMBER)
    await unit_of_work(lambda: of_orders._move(orders[0].id))
    assert list((await separated()).values()) == [True, False, False]

    assert await anonymising.anonymise_due() == 2

    assert list((await separated()).values()) == [True] * 3
    assert await LegalRecord.all().count() == 3


async def test_an_error_in_the_middle_of_an_order_leaves_it_whole(variant: Variant) -> None:
    order = await ordered(variant)

    async def fails() -> None:
        await of_orders._move(order.id)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await unit_of_work(fails)

    assert await separated() == {order.order_no: False}
    assert await LegalRecord.all().count() == 0


async def test_an_open_order_is_separated_when_it_has_ended(variant: Variant) -> None:
    order = await ordered(variant, OrderStatus.SHIPPING)

    assert await anonymise_member(MEMBER) == 0
    with later(hours=2):
        assert await anonymising.anonymise_due() == 0
    assert await separated() == {order.order_no: False}
    await Order.filter(id=order.id).update(status=OrderStatus.DELIVERED)
    with later(hours=3):
        assert await anonymising.anonymise_due() == 1

    assert await separated() == {order.order_no: True}
    (request,) = await Anonymisation.all()
    assert request.done_at is not None


async def test_an_order_that_comes_in_late_is_found(variant: Variant) -> None:
    assert await anonymise_member(MEMBER) == 0
    order = await ordered(variant, OrderStatus.EXPIRED)
    assert (await Anonymisation.get(member_id=MEMBER)).done_at is None

    with later(hours=1, seconds=1):
        assert await anonymising.anonymise_due() == 1
        assert await anonymising.anonymise_due() == 0

    assert await separated() == {order.order_no: True}
    assert (await Anonymisation.get(member_id=MEMBER)).done_at is not None


async def test_records_are_deleted_when_their_time_is_over_and_not_before(variant: Variant) -> None:
    first = await ordered(variant)
    await anonymise_member(MEMBER)
    keep_until = (await LegalRecord.get(reference=first.order_no)).keep_until

    with clock.as_of(keep_until - timedelta(seconds=1)):
        assert await anonymising.purge() == 0
    with clock.as_of(keep_until):
        assert await anonymising.purge() == 1

    assert await LegalRecord.all().count() == 0
    assert await Order.filter(order_no=first.order_no).exists()
    assert [await anonymise_member(MEMBER), await LegalRecord.all().count()] == [0, 0]
