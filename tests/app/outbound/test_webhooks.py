"""Webhooks over HTTP: what may be entered, who may enter it, and what is written down."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.app.outbound.services.http.http_transport import HttpTransport
from src.app.outbound.services.webhooks import MAX_WEBHOOKS
from src.common import clock
from src.common.crypto import unseal
from src.common.models import AuditLog
from src.core.configs import settings
from src.worker.jobs.run import run_job
from tests.app.auth.support import code
from tests.app.outbound.support import (
    BODY,
    ERP,
    HOOKS,
    PUBLIC,
    STRICT,
    WMS,
    Names,
    Receivers,
    made,
    make_deliveries,
    make_webhook,
    sending_by,
)
from tests.app.staff.people import audited, headers_with
from tests.factories.people import staff_bearer

MAY = ("webhook:read", "webhook:write")


async def test_a_new_webhook_shows_its_key_once(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post(HOOKS, json=BODY, headers=headers)

    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    found = answer.json()
    secret = found.pop("secret")
    assert secret.startswith("whsec_")
    assert found == {
        "id": found["id"],
        "url": ERP,
        "description": "ERP 연동",
        "event_types": ["order.paid"],
        "is_active": True,
        "off_reason": "",
        "with_personal_data": False,
        "old_secret_until": None,
        "failing_since": None,
        "paused_until": None,
        "version": 1,
        "created_by": found["created_by"],
        "created_at": found["created_at"],
        "updated_at": found["created_at"],
    }
    read = await client.get(f"{HOOKS}/{found['id']}", headers=headers)
    assert (read.json(), read.headers["ETag"]) == (found, '"1"')
    assert (await client.get(HOOKS, headers=headers)).json()["items"] == [found]
    row = await OutboundWebhook.get()
    assert secret not in row.secret
    assert unseal(row.secret) == secret
    (logged,) = await audited("outbound_webhook.created")
    assert logged["actor"] == found["created_by"]
    assert secret not in str(logged)
    assert logged["after"]["url"] == ERP


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": ""}, "url"),
        ({"url": None}, "url"),
        ({"url": "https://x.example/" + "a" * 500}, "url"),
        ({"url": 5}, "url"),
        ({"description": "x" * 201}, "description"),
        ({"description": "a\u0000b"}, "description"),
        ({"event_types": []}, "event_types"),
        ({"event_types": "order.paid"}, "event_types"),
        ({"event_types": ["order.paid", "order.paid"]}, ""),
        ({"event_types": ["Order Paid"]}, "event_types.0"),
        ({"event_types": ["order.paid"] * 51}, "event_types"),
        ({"event_types": [f"{'a' * 64}.b"]}, "event_types.0"),
        ({"is_active": "yes"}, "is_active"),
        ({"with_personal_data": 1}, "with_personal_data"),
        ({"secret": "whsec_AAAA"}, "secret"),
        ({"id": 1}, "id"),
    ],
)
async def test_bad_input_makes_no_webhook(
    client: httpx.AsyncClient, headers: dict[str, str], changes: dict[str, Any], field: str
) -> None:
    answer = await client.post(HOOKS, json={**BODY, **changes}, headers=headers)
    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"] == field
    assert await OutboundWebhook.all().count() == 0


async def test_types_outside_the_catalogue_are_named(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    body = {**BODY, "event_types": ["order.paid", "webhook.test", "user.withdrawn"]}
    answer = await client.post(HOOKS, json=body, headers=headers)
    assert code(answer) == (422, "OUTBOUND_TYPE_UNKNOWN")
    assert answer.json()["unknown"] == ["user.withdrawn", "webhook.test"]
    there = await made(client, headers)
    change = {"event_types": ["stock.returned"]}
    answer = await client.patch(f"{HOOKS}/{there['id']}", json=change, headers={**headers, "If-Match": '"1"'})
    assert code(answer) == (422, "OUTBOUND_TYPE_UNKNOWN")


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("https://public.example/", None),
        ("http://public.example/", "OUTBOUND_URL_INVALID"),
        ("https://me:pw@public.example/", "OUTBOUND_URL_INVALID"),
        ("https://2130706433/", "OUTBOUND_URL_INVALID"),
        ("https://private.example/", "OUTBOUND_ADDRESS_REFUSED"),
        ("https://metadata.example/", "OUTBOUND_ADDRESS_REFUSED"),
        ("https://nobody.example/", "OUTBOUND_ADDRESS_REFUSED"),
    ],
)
async def test_an_address_is_checked_when_it_is_entered(
    client: httpx.AsyncClient, headers: dict[str, str], url: str, refusal: str | None
) -> None:
    names = Names(public_example=[[PUBLIC]], private_example=[[PUBLIC, "10.0.0.1"]])
    names.names["metadata.example"] = [["169.254.169.254"]]
    transport = HttpTransport(settings().outbound, rules=STRICT, resolver=names)
    there = await made(client, headers)
    with sending_by(transport):
        new = await client.post(HOOKS, json={**BODY, "url": url}, headers=headers)
        edit = {**headers, "If-Match": '"1"'}
        changed = await client.patch(f"{HOOKS}/{there['id']}", json={"url": url}, headers=edit)
    await transport.close()
    if refusal is None:
        assert (new.status_code, changed.status_code) == (201, 200)
        return
    assert (code(new), code(changed)) == ((422, refusal), (422, refusal))
    assert [row.url for row in await OutboundWebhook.all()] == [ERP]


async def test_a_change_needs_the_version_that_was_read(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    path = f"{HOOKS}/{(await made(client, headers))['id']}"
    assert code(await client.patch(path, json={"is_active": False}, headers={**headers, "If-Match": ""})) == (
        428,
        "IF_MATCH_REQUIRED",
    )
    edit = {**headers, "If-Match": '"1"'}
    for _ in range(2):  # the same again is stale, but writes nothing either way
        answer = await client.patch(path, json={"is_active": False}, headers=edit)
    assert code(answer) == (412, "STALE_EDIT")
    assert answer.json()["version"] == 2
    found = (await client.get(path, headers=headers)).json()
    assert (found["is_active"], found["off_reason"], found["version"]) == (False, "STAFF", 2)
    again = await client.patch(path, json={"is_active": False}, headers={**headers, "If-Match": '"2"'})
    assert (again.status_code, again.json()["version"]) == (200, 2)
    (row,) = await audited("outbound_webhook.changed")
    assert (row["before"], row["after"]) == (
        {"is_active": True, "off_reason": ""},
        {"is_active": False, "off_reason": "STAFF"},
    )
    for method, tail in (("DELETE", ""), ("POST", "/rotate-secret")):
        assert code(await client.request(method, path + tail, headers={**headers, "If-Match": ""})) == (
            428,
            "IF_MATCH_REQUIRED",
        )
        assert code(await client.request(method, path + tail, headers=edit)) == (412, "STALE_EDIT")


@pytest.mark.parametrize("body", [{}, {"url": None}, {"version": 2}, {"secret": "x"}, {"off_reason": ""}])
async def test_a_change_of_nothing_or_of_something_else_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], body: dict[str, Any]
) -> None:
    path = f"{HOOKS}/{(await made(client, headers))['id']}"
    answer = await client.patch(path, json=body, headers={**headers, "If-Match": '"1"'})
    assert code(answer) == (422, "VALIDATION_ERROR")


async def test_switched_on_anew_it_begins_without_its_failures(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    there = await made(client, headers)
    failed = {"failing_since": clock.now(), "paused_until": clock.now(), "is_active": False, "off_reason": "FAILING"}
    await OutboundWebhook.filter(id=there["id"]).update(**failed)
    edit = {**headers, "If-Match": '"1"'}
    found = (await client.patch(f"{HOOKS}/{there['id']}", json={"is_active": True}, headers=edit)).json()
    assert (found["is_active"], found["off_reason"]) == (True, "")
    assert (found["failing_since"], found["paused_until"]) == (None, None)


async def test_another_address_does_not_inherit_the_failures_of_the_old_one(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    there = await made(client, headers)
    await OutboundWebhook.filter(id=there["id"]).update(failing_since=clock.now(), paused_until=clock.now())
    path = f"{HOOKS}/{there['id']}"
    kept = await client.patch(path, json={"description": "x"}, headers={**headers, "If-Match": '"1"'})
    assert kept.json()["failing_since"] is not None
    moved = await client.patch(path, json={"url": WMS}, headers={**headers, "If-Match": '"2"'})
    assert (moved.json()["failing_since"], moved.json()["paused_until"]) == (None, None)


async def test_while_a_key_is_rotated_both_keys_sign(
    client: httpx.AsyncClient, headers: dict[str, str], receivers: Receivers
) -> None:
    there = await made(client, headers)
    path = f"{HOOKS}/{there['id']}"
    answer = await client.post(f"{path}/rotate-secret", headers={**headers, "If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    new, old = answer.json()["secret"], there["secret"]
    assert new != old
    assert "secret" not in (await client.get(path, headers=headers)).json()

    await client.post(f"{path}/test", headers=headers)
    assert await run_job("send-outbound-webhooks") == 1
    (message,) = receivers.got
    for secret in (new, old):
        assert Webhook(secret).verify(message.body, message.headers)["type"] == "webhook.test"
    assert message.headers["webhook-signature"].count("v1,") == 2

    with clock.as_of(clock.now() + timedelta(hours=24)):
        delivery = await OutboundDelivery.get()
        await OutboundDelivery.all().update(work_status="PENDING", available_at=delivery.created_at)
        assert await run_job("send-outbound-webhooks") == 1
        assert receivers.got[1].headers["webhook-signature"].count("v1,") == 1
        await run_job("trim-outbound-deliveries")
    row = await OutboundWebhook.get()
    assert (row.old_secret, row.old_secret_until) == ("", None)
    (logged,) = await audited("outbound_webhook.rotated")
    assert "whsec" not in str(logged)


async def test_a_removed_webhook_is_gone_and_its_row_goes_with_its_last_delivery(
    client: httpx.AsyncClient, headers: dict[str, str], receivers: Receivers
) -> None:
    there = await made(client, headers)
    await make_deliveries(await OutboundWebhook.get(), 2)
    path = f"{HOOKS}/{there['id']}"
    edit = {**headers, "If-Match": '"1"'}
    assert (await client.delete(path, headers=edit)).status_code == 204
    assert code(await client.delete(path, headers=edit)) == (404, "OUTBOUND_WEBHOOK_NOT_FOUND")
    for tail in ("", "/deliveries"):
        assert code(await client.get(path + tail, headers=headers)) == (404, "OUTBOUND_WEBHOOK_NOT_FOUND")
    assert (await client.get(HOOKS, headers=headers)).json()["total"] == 0
    assert await run_job("send-outbound-webhooks") == 0
    row = await OutboundWebhook.get()
    assert (row.secret, row.is_active, receivers.got) == ("", False, [])
    await run_job("trim-outbound-deliveries")
    assert await OutboundWebhook.all().count() == 1
    with clock.as_of(clock.now() + timedelta(days=31)):
        assert await run_job("trim-outbound-deliveries") == 2
    assert (await OutboundWebhook.all().count(), await OutboundDelivery.all().count()) == (0, 0)
    (logged,) = await audited("outbound_webhook.removed")
    assert logged["before"]["url"] == ERP


async def test_there_are_never_more_than_the_limit_however_many_ask_at_once(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    for number in range(MAX_WEBHOOKS - 1):
        await make_webhook(f"https://h{number}.example.com/")
    answers = await asyncio.gather(*(client.post(HOOKS, json=BODY, headers=headers) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {code(answer) for answer in answers if answer.status_code == 409} == {(409, "OUTBOUND_WEBHOOK_LIMIT")}
    assert await OutboundWebhook.all().count() == MAX_WEBHOOKS
    listed = (await client.get(HOOKS, params={"size": 100, "is_active": True}, headers=headers)).json()
    assert (listed["total"], len(listed["items"])) == (MAX_WEBHOOKS, MAX_WEBHOOKS)
    assert (await client.get(HOOKS, params={"is_active": False}, headers=headers)).json()["total"] == 0


async def test_personal_data_is_given_out_by_those_who_may_see_it_only(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    body = {**BODY, "with_personal_data": True}
    assert code(await client.post(HOOKS, json=body, headers=headers)) == (403, "FORBIDDEN")
    trusted = await headers_with(client, *MAY, "pii:read")
    there = await made(client, trusted, with_personal_data=True)
    plain = await made(client, headers)
    for path, change in (
        (f"{HOOKS}/{plain['id']}", {"with_personal_data": True}),
        (f"{HOOKS}/{there['id']}", {"url": "https://thief.example.com/"}),
        (f"{HOOKS}/{there['id']}", {"description": "x"}),
    ):
        answer = await client.patch(path, json=change, headers={**headers, "If-Match": '"1"'})
        assert code(answer) == (403, "FORBIDDEN")
    refusals = await AuditLog.filter(action="access.denied", target_type="outbound_webhook").order_by("id")
    assert [(row.target_id, row.reason) for row in refusals] == [
        ("new", "pii:read"),
        (str(plain["id"]), "pii:read"),
        (str(there["id"]), "pii:read"),
        (str(there["id"]), "pii:read"),
    ]
    assert {row.url for row in await OutboundWebhook.all()} == {ERP}
    edit = {**trusted, "If-Match": '"1"'}
    given = await client.patch(f"{HOOKS}/{plain['id']}", json={"with_personal_data": True}, headers=edit)
    assert (given.status_code, given.json()["with_personal_data"]) == (200, True)
    (row,) = await audited("outbound_webhook.changed")
    assert row["after"] == {"with_personal_data": True}


async def test_without_personal_data_from_now_on_what_waits_loses_it(client: httpx.AsyncClient) -> None:
    with sending_by(Receivers()):
        trusted = await staff_bearer(client)
        there = await made(client, trusted, with_personal_data=True)
        webhook = await OutboundWebhook.get()
        await make_deliveries(webhook, 3, personal={"name": "김민지"}, member_id=7)
        edit = {**trusted, "If-Match": '"1"'}
        await client.patch(f"{HOOKS}/{there['id']}", json={"with_personal_data": False}, headers=edit)
    rows = await OutboundDelivery.all()
    assert [(row.personal, row.member_id) for row in rows] == [(None, None)] * 3
    assert all(row.forgotten_at for row in rows)


async def test_the_catalogue_describes_every_message(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    items = (await client.get(f"{HOOKS}/event-types", headers=headers)).json()["items"]
    assert [(item["type"], item["version"], item["is_subscribable"]) for item in items] == [
        ("order.awaiting_deposit", 1, True),
        ("order.account_closed", 1, True),
        ("order.paid", 1, True),
        ("order.expired", 1, True),
        ("order.cancelled", 1, True),
        ("order.lines_cancelled", 1, True),
        ("order.preparing", 1, True),
        ("order.delayed", 1, True),
        ("order.shipped", 1, True),
        ("shipment.moved", 1, True),
        ("shipment.corrected", 1, True),
        ("shipment.contested", 1, True),
        ("order.confirmed", 1, True),
        ("refund.succeeded", 1, True),
        ("product.created", 1, True),
        ("product.updated", 1, True),
        ("product.archived", 1, True),
        ("webhook.test", 1, False),
    ]
    for item in items:
        schema, example = item["payload_schema"], item["example"]
        assert set(schema["required"]) == set(example) == set(schema["properties"])
        assert schema["properties"]["type"] == {"const": item["type"]} == {"const": example["type"]}
        assert set(schema["properties"]["data"]["properties"]) == set(example["data"])
    of = {item["type"]: item for item in items}
    inside = (("order.paid", "order", "OrderData"), ("product.created", "product", "ProductData"))
    for kind, name, model in (*inside, ("shipment.moved", "shipment", "ShipmentData")):
        properties = of[kind]["payload_schema"]["$defs"][model]["properties"]
        assert set(properties) == set(of[kind]["example"]["data"][name])
