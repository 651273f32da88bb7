"""Whoever may add a webhook learns nothing of the shop's own network: an address is refused, and that is all."""

from typing import Any

import httpx
import pytest

from src.app.outbound.models import OutboundAttempt, OutboundDelivery
from src.app.outbound.services.deliveries.sending import send_due
from src.app.outbound.services.http.http_transport import HttpTransport
from src.core.configs import settings
from tests.app.outbound.support import HOOKS, PUBLIC, STRICT, Names, sending_by
from tests.app.staff.people import headers_with

INSIDE = {"db.internal": ["10.0.0.5"], "half.internal": [PUBLIC, "10.0.0.6"], "meta.internal": ["169.254.169.254"]}
HOSTS = (*INSIDE, "nobody.internal", "none.internal", "10.0.0.7", "localhost")
BODY = {"url": "https://public.example/", "description": "ERP", "event_types": ["order.paid"]}


def names() -> Names:
    found = Names(public_example=[[PUBLIC]], none_internal=[[]], localhost=[["127.0.0.1"]])
    found.names |= {host: [addresses] for host, addresses in INSIDE.items()}
    found.names["10.0.0.7"] = [["10.0.0.7"]]
    return found


def told(answer: httpx.Response) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name not in ("request_id", "instance")}


@pytest.mark.fault("A17")
async def test_names_that_resolve_inside_and_names_that_do_not_are_answered_alike(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "webhook:read", "webhook:write")
    transport = HttpTransport(settings().outbound, rules=STRICT, resolver=names())
    with sending_by(transport):
        there = (await client.post(HOOKS, json=BODY, headers=headers)).json()
        answers = [
            await client.post(HOOKS, json={**BODY, "url": f"https://{host}/"}, headers=headers) for host in HOSTS
        ]
        answers += [
            await client.patch(
                f"{HOOKS}/{there['id']}", json={"url": f"https://{host}/"}, headers={**headers, "If-Match": '"1"'}
            )
            for host in HOSTS
        ]
    await transport.close()
    first = told(answers[0])
    assert (answers[0].status_code, first["code"]) == (422, "OUTBOUND_ADDRESS_REFUSED")
    assert [told(answer) for answer in answers] == [first] * len(answers)
    assert not any(host in answer.text for host in HOSTS for answer in answers)


@pytest.mark.fault("A17")
async def test_deliveries_say_alike_that_an_address_is_refused(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A name that was public when it was entered, and stands for something inside, or for nothing, afterwards."""
    headers = await headers_with(client, "webhook:read", "webhook:write")
    later = names()
    turning = {f"turn{number}.example": host for number, host in enumerate(HOSTS)}
    for name, host in turning.items():
        inside = later.names.get(host)
        later.names[name] = [[PUBLIC], inside[0] if inside else []]
    transport = HttpTransport(settings().outbound, rules=STRICT, resolver=later)
    with sending_by(transport):
        for name in turning:
            made = await client.post(HOOKS, json={**BODY, "url": f"https://{name}/"}, headers=headers)
            answer = await client.post(f"{HOOKS}/{made.json()['id']}/test", headers=headers)
            assert answer.is_success, answer.text
        await send_due()
    await transport.close()
    listed = [
        (await client.get(f"{HOOKS}/{row.webhook_id}/deliveries", headers=headers)).json()["items"][0]["last_error"]
        for row in await OutboundDelivery.all().order_by("id")
    ]
    assert listed == ["address refused"] * len(HOSTS)
    assert {error for (error,) in await OutboundAttempt.all().values_list("error")} == {"address refused"}
    assert not any(word in caplog.text for word in ("10.0.0", "169.254", "no such name"))
