"""What happens to lines and parcels reaches the systems that asked for it, once."""

from datetime import timedelta
from typing import Any

import httpx
import orjson

from src.app.fulfilment.dtos.admin.procurement import Delay, Lines
from src.app.fulfilment.services import confirmation, procurement
from src.app.order.models import DelayReason, Order
from src.app.outbound.models import OutboundDelivery
from src.common import clock
from src.common.identity import Identity
from src.common.models import OutboxEvent
from src.common.records.audit import SYSTEM
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import NUMBER, change, numbers, paid_order, row, send
from tests.app.outbound.support import ERP, make_webhook
from tests.app.staff.people import headers_with
from tests.factories.people import make_member

TYPES = (
    "order.preparing",
    "order.delayed",
    "order.shipped",
    "shipment.moved",
    "shipment.corrected",
    "order.confirmed",
)


async def told() -> list[dict[str, Any]]:
    """The bodies that wait, oldest first."""
    return [orjson.loads(delivery.body) for delivery in await OutboundDelivery.all().order_by("id")]


async def test_an_order_is_followed_from_its_preparation_to_its_confirmation(client: httpx.AsyncClient) -> None:
    await make_webhook(ERP, *TYPES)
    staff = await headers_with(client, "order:write")
    member = await make_member()
    first, second = await paid_order(1, 2, member_id=member.id)
    day = (clock.now() + timedelta(days=9)).astimezone(clock.KST).date()
    await procurement.confirm(Lines(line_nos=[first, second]), by=SYSTEM)
    await procurement.delay(
        Delay(line_nos=[second], reason=DelayReason.ETC, expected_ship_on=day, detail=""), by=SYSTEM
    )
    number = numbers(await send(client, staff, row(first)))[0]
    await change(client, staff, number, state="IN_TRANSIT", reason="집화")
    await change(client, staff, number, courier="CJ", tracking_no="612345678912")
    await change(client, staff, number, state="DELIVERED", reason="확인")
    identity = Identity(kind="member", id=member.id)
    for _ in range(2):
        await confirmation.confirm(first[:-3], first, by=identity, guest_token=None)

    for _ in range(2):
        await OutboxEvent.all().update(work_status="PENDING", available_at=clock.now(), lease_token="")
        for _ in range(10):
            await run_job("relay-outbox")

    bodies = {body["sequence"]: body for body in await told()}
    assert len(bodies) == len(await told())
    in_order = [body for _, body in sorted(bodies.items())]
    assert [body["type"] for body in in_order] == [
        "order.preparing",
        "order.delayed",
        "shipment.moved",
        "shipment.moved",
        "order.shipped",
        "shipment.moved",
        "shipment.corrected",
        "shipment.moved",
        "order.confirmed",
    ]
    prepared, delayed, confirmed = in_order[0]["data"], in_order[1]["data"], in_order[-1]["data"]
    assert (prepared["line_nos"], prepared["until"]) == ([first, second], None)
    assert (delayed["line_nos"], delayed["until"]) == ([second], day.isoformat())
    assert (confirmed["line_nos"], confirmed["order"]["order_no"]) == ([first], first[:-3])
    shipment = in_order[-2]["data"]["shipment"]
    assert (shipment["number"], shipment["state"], shipment["delivered_by"]) == (number, "DELIVERED", "STAFF")
    assert (shipment["tracking_no"], shipment["lines"]) == ("612345678912", [{"line_no": first, "units": 1}])
    assert shipment["tracking_no"] != NUMBER


async def test_a_shipment_that_went_with_its_order_stops_nothing_else(client: httpx.AsyncClient) -> None:
    await make_webhook(ERP, *TYPES)
    (line_no,) = await paid_order(1)
    order = await Order.get(order_no=line_no[:-3])
    now = clock.now()
    for topic, more in (
        ("shipment.moved", {"shipment_id": 999, "was": "READY", "to": "LOST"}),
        ("order.preparing", {"line_ids": []}),
    ):
        payload = {"order_id": order.id, **more}
        await OutboxEvent.create(topic=topic, aggregate=f"a:{topic}", payload=payload, available_at=now, created_at=now)

    await run_job("relay-outbox")

    assert [body["type"] for body in await told()] == ["order.preparing"]
