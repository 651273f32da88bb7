"""A back-office system by docs/webhooks.md: added, told of a paid order over real HTTP, signature checked, failed,
replayed."""

import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from src.app.outbound.services.http.addresses import Rules
from src.app.outbound.services.http.http_transport import HttpTransport
from src.app.outbound.services.http.resolver import SystemResolver
from src.core.configs import settings
from src.worker.jobs.run import run_job
from tests.app.outbound.support import HOOKS, sending_by
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, faulty, later, place
from tests.factories.people import staff_bearer

PAGE = Path(__file__).parents[2] / "docs/webhooks.md"
Verifier = Callable[[str, Mapping[str, str], bytes], bool]


@pytest.fixture
async def sending(client: httpx.AsyncClient) -> AsyncIterator[None]:
    """As with OUTBOUND_ALLOW_PRIVATE=127.0.0.1."""
    rules = Rules((ip_network("127.0.0.1/32"),), frozenset(), http=True, ports=None)
    transport = HttpTransport(settings().outbound, rules=rules, resolver=SystemResolver())
    with sending_by(transport):
        yield
    await transport.close()


def verifier() -> Verifier:
    """The function that the page gives to receivers."""
    block = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    names: dict[str, Any] = {}
    exec(block.group(1), names)  # noqa: S102 - the page's own words
    found: Verifier = names["is_ours"]
    return found


async def received(client: httpx.AsyncClient, count: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (
        await client.get("/sandbox/control/received", params={"receiver": f"erp{settings().server.port}"})
    ).json()["items"]
    return items[-count:]


async def test_a_paid_order_reaches_the_back_office_whatever_stands_in_its_way(
    client: httpx.AsyncClient, sending: None
) -> None:
    headers = await staff_bearer(client)
    port = settings().server.port
    url = f"http://127.0.0.1:{port}/sandbox/receiver/erp{port}"
    body = {"url": url, "event_types": ["order.paid"], "with_personal_data": True}
    made = (await client.post(HOOKS, json=body, headers=headers)).json()

    placed = await place(client, ((await make_variant()).id, 2))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await run_job("relay-outbox")
    async with faulty(client, "receiver", "error_500_after"):
        assert await run_job("send-outbound-webhooks") == 1
    with later(seconds=6):
        assert await run_job("send-outbound-webhooks") == 1

    first, second = await received(client, 2)
    is_ours = verifier()
    for item in (first, second):
        raw = item["body"].encode()
        assert is_ours(made["secret"], item["headers"], raw)
        assert not is_ours(made["secret"], item["headers"], raw + b" ")
        assert not is_ours("whsec_AAAA", item["headers"], raw)
        old = {**item["headers"], "webhook-timestamp": str(int(time.time()) - 301)}
        assert not is_ours(made["secret"], old, raw)
    assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"]
    assert first["body"] == second["body"]
    message = orjson.loads(second["body"])
    assert (message["type"], message["data"]["order"]["order_no"]) == ("order.paid", placed.order_no)
    assert message["data"]["customer"]["name"] == "김민지"

    listed = (await client.get(f"{HOOKS}/{made['id']}/deliveries", headers=headers)).json()["items"]
    (delivery,) = listed
    detail = (await client.get(f"{HOOKS}/deliveries/{delivery['id']}", headers=headers)).json()
    assert detail["status"] == "delivered"
    assert [(one["response_status"], one["error"]) for one in detail["tries"]] == [(204, ""), (500, "HTTP 500")]
    await client.post(f"{HOOKS}/deliveries/{delivery['id']}/replay", headers=headers)
    assert await run_job("send-outbound-webhooks") == 1
    (third,) = await received(client, 1)
    assert (third["headers"]["webhook-id"], third["body"]) == (second["headers"]["webhook-id"], second["body"])


@pytest.mark.parametrize(
    ("kind", "status", "is_active"),
    [("redirect", "pending", True), ("gone", "failed", False), ("huge", "delivered", True)],
)
async def test_what_the_sandbox_can_do_to_it(
    client: httpx.AsyncClient, sending: None, kind: str, status: str, is_active: bool
) -> None:
    headers = await staff_bearer(client)
    url = f"http://127.0.0.1:{settings().server.port}/sandbox/receiver/faulty"
    made = (await client.post(HOOKS, json={"url": url, "event_types": ["order.paid"]}, headers=headers)).json()
    tried = (await client.post(f"{HOOKS}/{made['id']}/test", headers=headers)).json()
    async with faulty(client, "receiver", kind):
        assert await run_job("send-outbound-webhooks") == 1
    detail = (await client.get(f"{HOOKS}/deliveries/{tried['id']}", headers=headers)).json()
    assert detail["status"] == status
    assert len(detail["tries"][0]["answer"]) == (1024 if kind == "huge" else len("Gone") if kind == "gone" else 0)
    assert (await client.get(f"{HOOKS}/{made['id']}", headers=headers)).json()["is_active"] == is_active


async def test_without_the_setting_the_shop_is_no_way_into_its_own_machine(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0"):  # noqa: S104 - what is refused
        body = {"url": f"http://{host}:{settings().server.port}/sandbox/receiver/erp", "event_types": ["order.paid"]}
        answer = await client.post(HOOKS, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "OUTBOUND_ADDRESS_REFUSED"), host
