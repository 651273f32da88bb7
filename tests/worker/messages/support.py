"""Messages on their way: the log, what arrived, and providers that behave as a test wants."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from src.app.notification.models import Message
from src.app.notification.services.delivery import log
from src.app.notification.services.delivery.delivering import send_due
from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.notification.services.senders import Mail, Senders, Talk, Undelivered, senders, use_senders
from src.common import clock
from src.common.models import OutboxEvent
from src.common.work.outbox import Event, emit
from src.core.configs import Settings, settings, use
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job

VALUES = {"name": "김민지", "order_no": "20261120-7Q6X9ZPM", "items": "투어 스탠드백", "total": "128,000"}
LINK = "https://shop.example/orders/1"

_numbers = itertools.count(1)


def an_address() -> str:
    """The inbox outlives a test: addresses do not."""
    return f"told{next(_numbers)}@example.com"


def a_phone() -> str:
    """Likewise."""
    return f"0105{next(_numbers):07d}"


async def happens(event: Event) -> None:
    """Commit an event."""
    await unit_of_work(lambda: emit(event))


async def planted(topic: str, **payload: Any) -> None:
    """An event of a domain that is not there yet."""
    now = clock.now()
    await OutboxEvent.create(topic=topic, aggregate="a:1", payload=payload, available_at=now, created_at=now)


async def deliver() -> int:
    """Everybody who hears of what happened does their part; how many messages were dealt with."""
    await run_job("relay-outbox")
    return await run_job("send-messages")


async def again() -> None:
    """Every event is delivered once more, as after a crash of the relay."""
    await OutboxEvent.all().update(work_status="PENDING", available_at=clock.now(), lease_token="")
    await run_job("relay-outbox")


async def inbox(client: httpx.AsyncClient, to: str) -> list[dict[str, str]]:
    """What arrived at an address, oldest first."""
    items: list[dict[str, str]] = (await client.get("/sandbox/inbox", params={"to": to})).json()["items"]
    return items


async def queued(
    *, email: str | None = None, phone: str | None = None, key: str = "", template: str = "order_cancelled", **more: Any
) -> Message:
    """A message in the log that waits to be sent."""
    notice = MessageRequest(
        event_key=key or f"test:{next(_numbers)}", template=template, values={**VALUES, "link": LINK}, **more
    )
    await unit_of_work(lambda: queue(notice, email=email, phone=phone))
    return await Message.filter(event_key=notice.event_key).get()


async def state(message: Message) -> tuple[str, str, int, str]:
    """Status, channel, tries and error of a message."""
    row = await Message.get(id=message.id)
    return row.status.value, row.channel.value, row.attempts, row.last_error


async def texts_of(template: str) -> dict[str, str]:
    """The text of the queued or sent messages of a template, by way."""
    rows = await Message.filter(template=template).order_by("id")
    return {row.way.value: content.text for row in rows if (content := log.opened(row)) is not None}


@dataclass
class Mailer:
    """A mail server in one's hand: `answers` are used up one by one, then everything is taken."""

    answers: list[Undelivered] = field(default_factory=list)
    taken: list[Mail] = field(default_factory=list)

    async def send(self, mail: Mail) -> None:
        self.taken.append(mail)
        if self.answers:
            raise self.answers.pop(0)

    async def close(self) -> None:
        return None


@dataclass
class Phones:
    """SENS in one's hand, likewise, for SMS and AlimTalk."""

    answers: list[Undelivered] = field(default_factory=list)
    talk_answers: list[Undelivered] = field(default_factory=list)
    sms: list[tuple[str, str, bool]] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)

    async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
        self.sms.append((to, text, is_ad))
        if self.answers:
            raise self.answers.pop(0)
        return f"RSSA-{len(self.sms)}"

    async def talk(self, message: Talk) -> str:
        self.talks.append(message)
        if self.talk_answers:
            raise self.talk_answers.pop(0)
        return f"RTALK-{len(self.talks)}"

    async def close(self) -> None:
        return None


@contextmanager
def sending_by(mail: Mailer | None = None, phones: Phones | None = None, *, talks: bool = False) -> Iterator[None]:
    """Send by these inside the body."""
    before = senders()
    phone = phones or Phones()
    use_senders(Senders(mail=mail or Mailer(), sms=phone, talk=phone if talks else None))
    try:
        yield
    finally:
        use_senders(before)


@contextmanager
def configured(**changes: Any) -> Iterator[Settings]:
    """Other settings of messages inside the body."""
    now = settings()
    with use(replace(now, messages=now.messages.model_copy(update=changes))) as changed:
        yield changed


async def send_once() -> int:
    """One look at the log."""
    return await send_due()
