"""Receivers that tests hold in their hands, and the rows that tests begin with."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

import httpx
import orjson

from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.app.outbound.services.deliveries.sending import Sender, sender, use_sender
from src.app.outbound.services.http.addresses import Rules, destination
from src.app.outbound.services.http.http_transport import HttpTransport
from src.app.outbound.services.http.transport import Answer, Message, Transport, Unsent
from src.app.outbound.services.keys import new_secret
from src.common import clock
from src.common.crypto import seal
from src.common.models import OutboxEvent
from src.core.configs import settings

HOOKS = "/api/v1/admin/outbound-webhooks"
ERP = "https://erp.example.com/hooks"
WMS = "https://wms.example.com/hooks"
PUBLIC = "93.184.215.14"
BODY: dict[str, Any] = {"url": ERP, "description": "ERP 연동", "event_types": ["order.paid"]}
LOCAL = Rules((ip_network("127.0.0.0/8"),), frozenset(), http=True, ports=None)
STRICT = Rules((), frozenset(), http=False, ports=frozenset({443, 8443}))


@dataclass
class Receivers:
    """A `Transport` without a wire. Keeps what came in, and answers what the test put down for the URL, else 204."""

    answers: dict[str, list[Answer | Unsent]] = field(default_factory=lambda: defaultdict(list))
    always: dict[str, Answer | Unsent] = field(default_factory=dict)
    hanging: dict[str, asyncio.Event] = field(default_factory=dict)
    got: list[Message] = field(default_factory=list)

    async def check(self, url: str) -> str:
        return str(destination(url, STRICT).url)

    async def post(self, message: Message) -> Answer:
        self.got.append(message)
        if message.url in self.hanging:
            await self.hanging[message.url].wait()
        answer = self.answers[message.url].pop(0) if self.answers[message.url] else self.always.get(message.url)
        if isinstance(answer, Unsent):
            raise answer
        return answer or Answer(204)

    async def close(self) -> None:
        return None

    def ids(self, url: str = ERP) -> list[str]:
        """The ids that a receiver got, in the order of coming."""
        return [message.headers["webhook-id"] for message in self.got if message.url == url]

    def bodies(self, url: str = ERP) -> list[dict[str, Any]]:
        """What it was told."""
        return [orjson.loads(message.body) for message in self.got if message.url == url]


class Names:
    """A `Resolver` over what the test says; a list that is asked once more than it is long goes on with its last."""

    def __init__(self, **names: Iterable[list[str]]) -> None:
        self.names = {name.replace("_", "."): list(answers) for name, answers in names.items()}
        self.asked: list[str] = []

    async def addresses(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.names.get(host)
        if answers is None:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def close(self) -> None:
        return None


@contextmanager
def sending_by(transport: Transport) -> Iterator[Sender]:
    """The process sends by this transport inside the body."""
    before, made = sender(), Sender(transport)
    use_sender(made)
    try:
        yield made
    finally:
        use_sender(before)


@asynccontextmanager
async def over_http(rules: Rules, names: Names) -> AsyncIterator[HttpTransport]:
    """The real transport over these names."""
    transport = HttpTransport(settings().outbound, rules=rules, resolver=names)
    try:
        yield transport
    finally:
        await transport.close()


async def made(client: httpx.AsyncClient, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    """A webhook made over HTTP."""
    answer = await client.post(HOOKS, json={**BODY, **changes}, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def make_webhook(url: str = ERP, *types: str, with_personal_data: bool = False) -> OutboundWebhook:
    """A webhook in the database that wants these types, order.paid if none is named."""
    now = clock.now()
    return await OutboundWebhook.create(
        url=url,
        event_types=list(types) or ["order.paid"],
        with_personal_data=with_personal_data,
        secret=seal(new_secret()),
        created_by="staff:1",
        created_at=now,
        updated_at=now,
    )


async def make_deliveries(webhook: OutboundWebhook, count: int, **values: Any) -> None:
    """Deliveries that are due, keyed apart from those of events."""
    now = clock.now()
    first = await OutboundDelivery.all().count()
    rows = [
        OutboundDelivery(
            **{
                "webhook_id": webhook.id,
                "event_key": f"made:{number}",
                "message_id": f"msg_made{number}",
                "type": "order.paid",
                "occurred_at": now,
                "body": '{"type":"order.paid","data":{"customer":null}}',
                "available_at": now,
                "created_at": now,
                **values,
            }
        )
        for number in range(first, first + count)
    ]
    await OutboundDelivery.bulk_create(rows, batch_size=500)


async def event(topic: str, **payload: Any) -> OutboxEvent:
    """An event in the outbox."""
    now = clock.now()
    return await OutboxEvent.create(topic=topic, aggregate="x:1", payload=payload, available_at=now, created_at=now)


async def eventually(check: Callable[[], bool]) -> None:
    """Wait until it holds; TimeoutError when it does not."""
    async with asyncio.timeout(30):
        while not check():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)
