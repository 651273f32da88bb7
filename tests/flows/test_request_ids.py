"""The id of a request goes along with what is done after its answer: rows, runs, messages, requests to others."""

import httpx
import pytest

from src.app.outbound.services.deliveries.sending import send_due
from src.core.http import new_http_client
from src.worker.jobs.run import run_job
from tests.app.outbound.support import BODY, HOOKS, Receivers, sending_by
from tests.app.product.stock.test_low_stock import BOTH, MINE
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import control, place

OWN = "req-0123456789.abc"
API = "/api/v1/admin"


@pytest.mark.fault("A11")
async def test_events_messages_and_webhooks_go_back_to_their_request(client: httpx.AsyncClient) -> None:
    """A payment: its event, its messages, its delivery and the request to the receiver."""
    rights = ("webhook:read", "webhook:write", "stock:read", "stock:adjust", "job:read", "job:run", "message:read")
    headers = await headers_with(client, *rights)
    receivers = Receivers()
    with sending_by(receivers):
        types = (await client.get(f"{HOOKS}/event-types", headers=headers)).json()["items"]
        body = {**BODY, "event_types": [item["type"] for item in types if item["type"] != "webhook.test"]}
        hook = await client.post(HOOKS, json=body, headers=headers)
        assert hook.status_code == 201, hook.text
        placed = await place(client, ((await make_variant()).id, 1))
        await control(client, placed.payment_id, "pay")
        answer = await client.post(f"/api/v1/payments/{placed.payment_id}/complete", headers={"X-Request-ID": OWN})
        assert answer.status_code == 200, answer.text
        events = (await client.get(f"{API}/outbox", headers=headers)).json()["items"]
        await run_job("relay-outbox")
        await send_due()
        told = [message.headers.get("X-Request-ID") for message in receivers.got]
        messages = (await client.get(f"{API}/messages", headers=headers)).json()["items"]
        test = await client.post(
            f"{HOOKS}/{hook.json()['id']}/test", headers={**headers, "X-Request-ID": "req-of-the-test"}
        )
        assert test.is_success, test.text
        await send_due()
        deliveries = (await client.get(f"{HOOKS}/{hook.json()['id']}/deliveries", headers=headers)).json()["items"]
    assert [event["request_id"] for event in events if event["topic"] == "order.paid"] == [OWN]
    assert told == [OWN]
    assert {message["request_id"] for message in messages} == {OWN}
    assert deliveries[0]["request_id"] == "req-of-the-test"
    assert receivers.got[-1].headers["X-Request-ID"] == "req-of-the-test"


@pytest.mark.fault("A11")
async def test_a_run_that_was_asked_for_carries_the_request_into_what_it_writes(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "stock:read", "stock:adjust", "job:read", "job:run", "message:read")
    assert (await client.put(MINE, json=BOTH, headers=headers)).status_code == 200
    variant = await make_variant(stock=6)
    await client.post(
        f"{API}/variants/{variant.id}/stock-adjustments",
        json={"delta": -3, "reason": "실사"},
        headers={**headers, "Idempotency-Key": "request-ids-number-2"},
    )
    await run_job("tell-low-stock")
    runs = (await client.get(f"{API}/jobs/tell-low-stock/runs", headers=headers)).json()["items"]
    messages = (await client.get(f"{API}/messages", headers=headers)).json()["items"]
    assert runs[0]["request_id"] != ""
    assert {message["request_id"] for message in messages} == {runs[0]["request_id"]}


@pytest.mark.fault("A11")
async def test_a_code_and_the_request_to_the_vendor_have_the_id(client: httpx.AsyncClient) -> None:
    seen: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("x-request-id", ""))
        return httpx.Response(200)

    from src.common.logs.context import request_id

    vendor = new_http_client("https://vendor.example", read_seconds=1.0)
    vendor._transport = httpx.MockTransport(answer)
    token = request_id.set(OWN)
    try:
        await vendor.get("/")
    finally:
        request_id.reset(token)
    await vendor.get("/")
    await vendor.aclose()
    assert seen == [OWN, ""]

    asked = {"channel": "sms", "target": "01055554444", "purpose": "sign_up"}
    sent = await client.post("/api/v1/auth/verifications", json=asked, headers={"X-Request-ID": OWN})
    assert sent.is_success, sent.text
    headers = await headers_with(client, "message:read")
    page = (await client.get(f"{API}/messages", params={"recipient": "01055554444"}, headers=headers)).json()
    assert [item["request_id"] for item in page["items"]] == [OWN]
