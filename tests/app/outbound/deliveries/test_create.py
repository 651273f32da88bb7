"""From an event to its deliveries: to whom, once, with what, and without whom."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest

from src.app.order.models import OrderStatus
from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.app.outbound.services.deliveries.create import tell
from src.app.outbound.services.messages.catalogue import CATALOGUE
from src.app.payment.models import PayMethod
from src.app.payment.services.attempts import open_payment
from src.app.product.models import Variant
from src.app.user.models import User
from src.common import clock
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.app.outbound.support import ERP, WMS, Receivers, event, make_webhook, sending_by
from tests.app.product.captured import captured_sql
from tests.app.product.editing.support import PRODUCTS, at, new
from tests.app.product.editing.support import made as made_product
from tests.factories.catalogue import make_category, make_variant
from tests.factories.orders import complete, control, make_order, place, way_of
from tests.factories.people import make_member, staff_bearer

CUSTOMER = {
    "name": "김민지",
    "phone": "01012345678",
    "email": "minji@example.com",
    "recipient": "김민지",
    "recipient_phone": "01012345678",
    "zipcode": "06236",
    "address": "서울 강남구 테헤란로 1",
    "address_detail": "",
    "memo": "",
}


async def told() -> list[dict[str, Any]]:
    """The bodies that wait, oldest first."""
    return [orjson.loads(row.body) for row in await OutboundDelivery.all().order_by("id")]


async def test_an_event_becomes_one_delivery_for_each_webhook_that_wants_it(empty: None) -> None:
    erp = await make_webhook(ERP, "order.paid", "order.awaiting_deposit")
    wms = await make_webhook(WMS, "order.paid")
    await make_webhook("https://other.example.com/", "order.awaiting_deposit")
    for change in ({"is_active": False}, {"removed_at": clock.now(), "is_active": False}):
        off = await make_webhook("https://off.example.com/", "order.paid")
        await OutboundWebhook.filter(id=off.id).update(**change)
    order = await make_order(await make_variant(), 2, status=OrderStatus.PAID)
    payment = await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.CARD), total=order.total))
    row = await event("order.paid", order_id=order.id)

    await run_job("relay-outbox")

    found = await OutboundDelivery.all().order_by("webhook_id")
    assert [delivery.webhook_id for delivery in found] == [erp.id, wms.id]
    assert {delivery.event_key for delivery in found} == {str(row.id)}
    assert len({delivery.message_id for delivery in found}) == 2
    assert {delivery.work_status for delivery in found} == {WorkStatus.PENDING}
    line = (await told())[0]["data"]["order"].pop("lines")[0]
    assert (await told())[0] == {
        "type": "order.paid",
        "version": 1,
        "sequence": row.id,
        "timestamp": clock.korean(row.created_at),
        "data": {
            "order": {
                "order_no": order.order_no,
                "status": "PAID",
                "created_at": clock.korean(order.created_at),
                "paid_at": None,
                "ended_at": None,
                "item_total": 20_000,
                "discount_total": 0,
                "shipping_fee": 0,
                "points_used": 0,
                "total": 20_000,
                "lines": [line],
                "payments": [
                    {
                        "payment_id": payment.payment_id,
                        "pay_method": "CARD",
                        "paid_with": None,
                        "status": "READY",
                        "paid_amount": 0,
                        "cancelled_amount": 0,
                    }
                ],
            },
            "customer": None,
        },
    }
    assert line == {
        "line_no": f"{order.order_no}-01",
        "product_code": "T1",
        "sku": line["sku"],
        "name": "투어 스탠드백",
        "color": "블랙",
        "size": line["size"],
        "quantity": 2,
        "origin_price": 10_000,
        "unit_price": 10_000,
        "line_total": 20_000,
        "discount_share": 0,
        "points_share": 0,
        "status": "PAID",
    }


async def test_an_event_that_is_relayed_again_makes_no_second_delivery(empty: None) -> None:
    await make_webhook(ERP)
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    row = await event("order.paid", order_id=order.id)
    await tell(row)
    first = await OutboundDelivery.get()
    later = await make_webhook(WMS)
    await asyncio.gather(tell(row), tell(row), return_exceptions=True)
    await tell(row)
    found = await OutboundDelivery.all().order_by("id")
    assert [delivery.webhook_id for delivery in found] == [first.webhook_id, later.id]
    assert found[0].message_id == first.message_id


@pytest.mark.parametrize("topic", ["order.paid", "user.withdrawn", "nobody.cares"])
async def test_what_nobody_wants_costs_one_query_at_most(empty: None, topic: str) -> None:
    await make_webhook(ERP, "order.awaiting_deposit")
    row = await event(topic, order_id=10**9, user_id=10**9, session_epoch=1)
    with captured_sql() as statements:
        await tell(row)
    assert len(statements) == (1 if topic in CATALOGUE else 0)
    assert await OutboundDelivery.all().count() == 0


async def test_a_webhook_that_was_removed_meanwhile_gets_nothing_of_an_event_in_the_outbox(empty: None) -> None:
    webhook = await make_webhook(ERP)
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    row = await event("order.paid", order_id=order.id)
    await OutboundWebhook.filter(id=webhook.id).update(is_active=False, removed_at=clock.now())
    await run_job("relay-outbox")
    assert await OutboundDelivery.all().count() == 0
    assert (await OutboxEvent.get(id=row.id)).work_status == WorkStatus.DONE


async def test_personal_data_goes_to_the_webhook_that_may_have_it_and_stands_apart(empty: None) -> None:
    plain, personal = await make_webhook(ERP), await make_webhook(WMS, with_personal_data=True)
    member = await make_member()
    order = await make_order(await make_variant(), status=OrderStatus.PAID, member_id=member.id)
    await tell(await event("order.paid", order_id=order.id))
    without, with_it = await OutboundDelivery.all().order_by("webhook_id")
    assert (without.webhook_id, without.personal, without.member_id) == (plain.id, None, None)
    assert (with_it.webhook_id, with_it.personal, with_it.member_id) == (personal.id, CUSTOMER, member.id)
    assert "김민지" not in without.body + with_it.body

    receivers = Receivers()
    with sending_by(receivers):
        assert await run_job("send-outbound-webhooks") == 2
    assert receivers.bodies(ERP)[0]["data"]["customer"] is None
    assert receivers.bodies(WMS)[0]["data"]["customer"] == CUSTOMER


async def test_of_who_left_there_is_no_personal_data_before_or_after(empty: None) -> None:
    await make_webhook(ERP, with_personal_data=True)
    member = await make_member()
    order = await make_order(await make_variant(), status=OrderStatus.DELIVERED, member_id=member.id)
    early, late = await event("order.paid", order_id=order.id), await event("order.paid", order_id=order.id)
    await tell(early)
    receivers = Receivers()
    with sending_by(receivers):
        await run_job("send-outbound-webhooks")
    await OutboundDelivery.all().update(work_status=WorkStatus.PENDING)

    await User.filter(id=member.id).update(status="WITHDRAWN", name="")
    await event("user.withdrawn", user_id=member.id, session_epoch=1)
    await tell(late)  # before the order's own values are separated
    await run_job("relay-outbox")

    rows = await OutboundDelivery.all().order_by("id")
    assert [(row.personal, row.member_id) for row in rows] == [(None, None)] * 2
    assert (rows[0].forgotten_at is None, rows[1].forgotten_at) == (False, None)
    with sending_by(receivers), clock.as_of(clock.now() + timedelta(hours=1)):
        await run_job("send-outbound-webhooks")
    first, *others = receivers.bodies()
    assert first["data"]["customer"] == CUSTOMER
    assert [body["data"]["customer"] for body in others] == [None, None]
    assert receivers.ids().count(receivers.ids()[0]) == 2


async def test_guests_have_personal_data_too_until_the_delivery_is_trimmed(empty: None) -> None:
    await make_webhook(ERP, with_personal_data=True)
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    await tell(await event("order.paid", order_id=order.id))
    row = await OutboundDelivery.get()
    assert (row.personal, row.member_id) == (CUSTOMER, None)
    with clock.as_of(clock.now() + timedelta(days=29)):
        assert await run_job("trim-outbound-deliveries") == 0
    with clock.as_of(clock.now() + timedelta(days=31)):
        assert await run_job("trim-outbound-deliveries") == 1
    assert await OutboundDelivery.all().count() == 0


async def test_an_order_that_is_paid_in_the_shop_is_told(client: httpx.AsyncClient) -> None:
    await make_webhook(ERP)
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    receivers = Receivers()
    with sending_by(receivers):
        await run_job("relay-outbox")
        assert await run_job("send-outbound-webhooks") == 1
    (body,) = receivers.bodies()
    order = body["data"]["order"]
    assert (body["type"], order["order_no"], order["status"]) == ("order.paid", placed.order_no, "PAID")
    assert order["total"] == placed.total
    assert order["payments"][0]["paid_amount"] == placed.total


async def test_what_staff_do_with_products_is_told_once_for_each_change(client: httpx.AsyncClient) -> None:
    await make_webhook(ERP, "product.created", "product.updated", "product.archived")
    headers = await staff_bearer(client)
    made = await made_product(client, headers, await make_category("bags"))
    path = f"{PRODUCTS}/{made['id']}"
    for _ in range(2):  # the same again changes nothing, and is not told
        body, edit = {"origin_price": 120_000}, at(headers, (await client.get(path, headers=headers)).json()["version"])
        assert (await client.patch(path, json=body, headers=edit)).status_code == 200
    refused = await client.patch(path, json={"origin_price": 1}, headers=at(headers, 1))
    assert refused.status_code == 412
    for _ in range(2):
        archived = await client.request("DELETE", path, json={"reason": "단종"}, headers=headers)
        assert archived.status_code == 204, archived.text
    assert (await client.post(f"{path}/restore", json={"reason": "재입고"}, headers=headers)).status_code == 200

    receivers = Receivers()
    with sending_by(receivers):
        await run_job("relay-outbox")
        assert await run_job("send-outbound-webhooks") == 4
    bodies = sorted(receivers.bodies(), key=lambda body: body["sequence"])
    assert [body["type"] for body in bodies] == [
        "product.created",
        "product.updated",
        "product.archived",
        "product.updated",
    ]
    assert bodies[-1]["data"] == {
        "product": {
            "product_code": "BAG-1",
            "name": "투어 스탠드백",
            "brand": "MICGOLF",
            "sale_status": "STOPPED",
            "display_status": "HIDDEN",
            "archived_at": None,
            "origin_price": 120_000,
            "price": 120_000,
            "version": 4,
            "variants": [
                {"sku": made["options"][0]["sizes"][0]["sku"], "color": "블랙", "size": "S", "is_retired": False},
                {"sku": "BAG-M", "color": "블랙", "size": "M", "is_retired": False},
            ],
        }
    }


async def test_an_edit_that_is_rolled_back_is_told_to_nobody(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bags")
    await made_product(client, headers, category)
    answer = await client.post(PRODUCTS, json=new(category), headers=headers)
    assert answer.status_code == 409
    assert [row.topic for row in await OutboxEvent.all()] == ["product.created"]


async def test_retired_sizes_are_told_as_such(empty: None) -> None:
    await make_webhook(ERP, "product.updated")
    variant = await make_variant()
    await Variant.filter(id=variant.id).update(is_retired=True)
    await tell(await event("product.updated", product_id=variant.product_id))
    (body,) = await told()
    retired = [one for one in body["data"]["product"]["variants"] if one["is_retired"]]
    assert [one["sku"] for one in retired] == [variant.sku]


async def test_expiry_and_a_refund_tell_of_their_order(client: httpx.AsyncClient) -> None:
    await make_webhook(ERP, "order.expired", "refund.succeeded")
    expired = await make_order(await make_variant(), status=OrderStatus.EXPIRED)
    await tell(await event("order.expired", order_id=expired.id))
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=100)
    await complete(client, placed.payment_id)
    await run_job("send-refunds")
    await run_job("relay-outbox")
    bodies = [orjson.loads(row.body) for row in await OutboundDelivery.all().order_by("id")]
    assert [(body["type"], body["data"]["order"]["order_no"]) for body in bodies] == [
        ("order.expired", expired.order_no),
        ("refund.succeeded", placed.order_no),
    ]
    assert bodies[1]["data"]["refund"] == {"payment_id": placed.payment_id, "amount": 100, "reason": "MISMATCH"}
