"""The buyer hears that lines are being prepared, delayed, delivered and soon confirmed, once each."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.fulfilment.dtos.admin.procurement import Delay, Lines
from src.app.fulfilment.services import procurement
from src.app.fulfilment.services.confirmation import confirms_at
from src.app.fulfilment.services.scans.assuming import assume_delivered
from src.app.notification.models import Message
from src.app.order.models import DelayReason, Order, OrderLine, OrderStatus
from src.app.shipping.services.business_days.calendar import load_calendar
from src.common import clock
from src.common.models import OutboxEvent
from src.common.records.audit import SYSTEM
from src.worker.messages.lines import remind_confirmations
from tests.app.fulfilment.support import change, line_of, numbers, paid_order, row, send
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import later, make_order
from tests.worker.messages.support import again, an_address, deliver, inbox, texts_of

pytestmark = pytest.mark.usefixtures("empty")

# A Tuesday; the days for withdrawal end with the Tuesday after it.
DELIVERED = datetime(2026, 11, 3, 15, 30, tzinfo=clock.KST)
CONFIRMED = datetime(2026, 11, 11, 0, 0, tzinfo=clock.KST)


async def subjects(client: httpx.AsyncClient, address: str) -> list[str]:
    return [mail["subject"] for mail in await inbox(client, address)]


async def confirm(*line_nos: str) -> None:
    """발주확인 of these lines."""
    body = await procurement.confirm(Lines(line_nos=list(line_nos)), by=SYSTEM)
    assert body.refused == 0


async def test_an_order_that_is_taken_into_work_is_told_once(client: httpx.AsyncClient) -> None:
    address = an_address()
    first, second = await paid_order(1, 2, orderer_email=address)
    await OrderLine.filter(line_no=second).update(ship_by=datetime(2026, 12, 3, tzinfo=UTC).date())

    await confirm(first)
    await deliver()
    await procurement.unconfirm(Lines(line_nos=[first]), by=SYSTEM)
    await confirm(first, second)
    await again()
    await deliver()

    (mail,) = await inbox(client, address)
    assert mail["subject"] == "[믹골프] 상품을 준비하고 있습니다"
    assert ("외 1건" in mail["body"], "발송 예정일: 2026-12-03까지" in mail["body"]) == (True, True)


async def test_nothing_is_told_of_lines_that_were_refused(client: httpx.AsyncClient) -> None:
    (line_no,) = await paid_order(1)
    await confirm(line_no)
    await procurement.confirm(Lines(line_nos=[line_no]), by=SYSTEM)

    (event,) = await OutboxEvent.filter(topic="order.preparing")
    assert event.payload == {"order_id": (await line_of(line_no)).order_id, "line_ids": [(await line_of(line_no)).id]}


def a_delay(*line_nos: str, days: int = 10, **more: Any) -> Delay:
    day = (clock.now() + timedelta(days=days)).astimezone(clock.KST).date()
    values = {"reason": DelayReason.CUSTOM_BUILD, "expected_ship_on": day, **more}
    return Delay(line_nos=list(line_nos), **values)


async def test_a_delay_is_told_with_its_day_and_its_reason(client: httpx.AsyncClient) -> None:
    address = an_address()
    first, second = await paid_order(1, 2, orderer_email=address)
    delay = a_delay(first, detail="각인 작업")

    await procurement.delay(delay, by=SYSTEM)
    await deliver()
    await again()
    await procurement.delay(a_delay(second, days=12), by=SYSTEM)
    await deliver()

    one, other = await inbox(client, address)
    assert one["subject"] == other["subject"] == "[믹골프] 상품 발송이 늦어집니다"
    assert f"발송 예정일: {delay.expected_ship_on}" in one["body"]
    assert ("사유: 주문 제작: 각인 작업" in one["body"], "외 1건" in one["body"]) == (True, False)


async def test_a_delay_that_was_lifted_meanwhile_is_not_told(client: httpx.AsyncClient) -> None:
    (line_no,) = await paid_order(1)
    await procurement.delay(a_delay(line_no), by=SYSTEM)
    await procurement.lift_delay(Lines(line_nos=[line_no]), by=SYSTEM)

    assert await deliver() == 0
    assert await Message.all().count() == 0


async def test_a_parcel_that_arrived_is_told_once(client: httpx.AsyncClient) -> None:
    staff, address = await headers_with(client, "order:write"), an_address()
    lines = await paid_order(1, 2, orderer_email=address)
    number = numbers(await send(client, staff, row(lines[0])))[0]

    for state in ("IN_TRANSIT", "DELIVERED", "IN_TRANSIT", "DELIVERED"):
        await deliver()
        assert (await change(client, staff, number, state=state, reason="확인")).status_code == 200
    await deliver()
    await again()
    await deliver()

    assert await subjects(client, address) == ["[믹골프] 상품이 출발했습니다", "[믹골프] 상품이 배송 완료되었습니다"]
    mail = (await inbox(client, address))[1]
    assert ("송장번호: 612345678901" in mail["body"], "외 1건" in mail["body"]) == (True, False)


async def test_of_a_parcel_that_arrived_at_once_nobody_hears_that_it_is_on_its_way(client: httpx.AsyncClient) -> None:
    staff, address = await headers_with(client, "order:write"), an_address()
    lines = await paid_order(1, orderer_email=address)
    number = numbers(await send(client, staff, row(lines[0])))[0]

    assert (await change(client, staff, number, state="DELIVERED", reason="확인")).status_code == 200
    await deliver()

    assert await subjects(client, address) == ["[믹골프] 상품이 배송 완료되었습니다"]


async def test_what_is_only_taken_for_delivered_says_so_in_both_languages(client: httpx.AsyncClient) -> None:
    staff = await headers_with(client, "order:write")
    korean, english = an_address(), an_address()
    for address, language in ((korean, "ko"), (english, "en")):
        lines = await paid_order(1, orderer_email=address, language=language)
        await send(client, staff, {"line_no": lines[0], "method": "DIRECT"})
    with later(days=15):
        assert await assume_delivered() == 2
        await deliver()

    assert "배송 완료로 처리했습니다" in (await inbox(client, korean))[-1]["body"]
    assert "we take it for delivered" in (await inbox(client, english))[-1]["body"]


async def delivered(**changes: Any) -> OrderLine:
    """The line of an order of which everything arrived."""
    order = await make_order(
        await make_variant(), status=OrderStatus.DELIVERED, placed_at=DELIVERED - timedelta(days=3)
    )
    await Order.filter(id=order.id).update(paid_at=order.created_at)
    await OrderLine.filter(order_id=order.id).update(**{"delivered_at": DELIVERED.astimezone(UTC), **changes})
    return await OrderLine.get(order_id=order.id)


async def reminded(at: datetime) -> int:
    with clock.as_of(at):
        return await remind_confirmations()


async def test_the_day_of_the_confirmation_is_announced_once_two_days_before(empty: None) -> None:
    line = await delivered()
    assert confirms_at(line, await load_calendar()) == CONFIRMED

    early, night, morning, again_, over = [
        await reminded(moment)
        for moment in (
            CONFIRMED - timedelta(days=2, hours=1),
            CONFIRMED - timedelta(days=2) + timedelta(hours=3),
            CONFIRMED - timedelta(days=2) + timedelta(hours=9),
            CONFIRMED - timedelta(days=1),
            CONFIRMED + timedelta(hours=10),
        )
    ]

    assert (early, night, morning, again_, over) == (0, 0, 1, 0, 0)
    assert "2026-11-11에 구매가 확정됩니다." in (await texts_of("confirmation_near"))["phone"]


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed_at": DELIVERED, "status": OrderStatus.CONFIRMED},
        {"hold_confirmation_until": CONFIRMED + timedelta(days=5)},
        {"delivered_at": (DELIVERED + timedelta(days=4)).astimezone(UTC)},
    ],
)
async def test_nothing_is_announced_of_what_is_not_confirmed_by_then(empty: None, changes: dict[str, Any]) -> None:
    await delivered(**changes)

    assert await reminded(CONFIRMED - timedelta(days=1, hours=10)) == 0
    assert await Message.all().count() == 0


async def test_an_order_that_cannot_be_reminded_does_not_keep_the_others(
    empty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = await delivered(), await delivered()
    from src.worker.messages import lines

    async def contested(order_id: int) -> set[int]:
        if order_id == one.order_id:
            raise ConnectionError
        return set()

    monkeypatch.setattr(lines, "contested_lines", contested)

    assert await reminded(CONFIRMED - timedelta(days=1, hours=10)) == 1
