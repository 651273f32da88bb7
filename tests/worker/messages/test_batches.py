"""Messages are taken, begun and noted together; what happens to one of them happens to no other."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from src.app.notification.models import Message, MessageStatus
from src.app.notification.services.delivery import taking
from src.app.notification.services.delivery.delivering import send_due
from src.app.notification.services.senders import Mail, Undelivered
from src.app.order.models import Order
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.work import late_writes
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_variant
from tests.factories.orders import later, make_order
from tests.worker.messages.support import Mailer, Phones, queued, sending_by, state

STATE = tuple[str, str, int, str]
SENT_MAIL: STATE = ("SENT", "mail", 1, "")
SENT_SMS: STATE = ("SENT", "sms", 1, "")


@dataclass
class Slow(Mailer):
    """A mail server that breaks on one address, and keeps another waiting until it is released."""

    breaks_on: str = ""
    hangs_on: str = ""
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, mail: Mail) -> None:
        await super().send(mail)
        if mail.to == self.breaks_on:
            raise ZeroDivisionError
        if mail.to == self.hangs_on:
            self.hanging.set()
            await self.released.wait()


async def mails(count: int, **more: Any) -> list[Message]:
    return [await queued(email=f"m{number}@example.com", **more) for number in range(count)]


async def texts(count: int, **more: Any) -> list[Message]:
    return [await queued(phone=f"0101234{number:04d}", **more) for number in range(count)]


async def paid_order() -> str:
    """The number of an order that was paid."""
    order = await make_order(await make_variant())
    await Order.filter(id=order.id).update(paid_at=clock.now())
    return order.order_no


async def states(messages: Sequence[Message]) -> set[STATE]:
    return {await state(message) for message in messages}


async def until_sent(message: Message) -> None:
    for _ in range(500):
        if (await state(message))[0] == "SENT":
            return
        await asyncio.sleep(0.02)
    raise AssertionError(await state(message))


@contextmanager
def database_away() -> Iterator[None]:
    """No statement that changes a message reaches the database."""
    connection: Any = get_connection("default")

    def refusing(reached: Any) -> Any:
        async def refused(query: str, *given: Any, **named: Any) -> Any:
            if query.lstrip().upper().startswith("UPDATE"):
                raise OperationalError("away")
            return await reached(query, *given, **named)

        return refused

    ways = ("execute_query", "answer")  # Tortoise's, and the one of fixed SQL
    for way in ways:
        setattr(connection, way, refusing(getattr(connection, way)))
    try:
        yield
    finally:
        for way in ways:
            delattr(connection, way)


def words(statements: Sequence[str]) -> list[str]:
    return [statement.split()[0] for statement in statements]


async def test_one_message_takes_four_statements(client: httpx.AsyncClient) -> None:
    await texts(1)
    with sending_by(), captured_sql() as statements:
        assert await send_due() == 1
    assert words(statements) == ["SELECT", "SELECT", "UPDATE", "UPDATE"]


async def test_twenty_messages_of_paid_orders_take_five_statements(client: httpx.AsyncClient) -> None:
    numbers = [await paid_order() for _ in range(2)]
    sent = [message for number in numbers for message in await mails(5, order_no=number)]
    told = [message for number in numbers for message in await texts(5, order_no=number)]
    phones = Phones()
    with sending_by(phones=phones), captured_sql() as statements:
        assert await send_due() == 20

    assert words(statements) == ["SELECT", "SELECT", "SELECT", "UPDATE", "UPDATE"]
    assert (await states(sent), await states(told)) == ({SENT_MAIL}, {SENT_SMS})
    rows = await Message.filter(id__in=[message.id for message in told])
    assert len({row.provider_id for row in rows}) == len(phones.sms) == 10
    assert None not in {row.result_due_at for row in rows}
    assert {(row.provider_id, row.result_due_at) for row in await Message.filter(way="mail")} == {("", None)}


async def test_rows_are_sending_before_anything_leaves_and_say_which_try(client: httpx.AsyncClient) -> None:
    first, second = await texts(2)
    await Message.filter(id=second.id).update(attempts=3)
    at_provider: list[STATE] = []

    class Curious(Phones):
        async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
            at_provider.extend([await state(first), await state(second)])
            return await super().send(to, text=text, is_ad=is_ad)

    with sending_by(phones=Curious()):
        await send_due()
    assert set(at_provider) == {("SENDING", "", 1, "try 1"), ("SENDING", "", 4, "try 4")}


async def test_one_that_breaks_delays_no_other(client: httpx.AsyncClient) -> None:
    sent = await mails(4)
    with sending_by(Slow(breaks_on="m2@example.com")):
        await send_due()

    assert await state(sent[2]) == ("QUEUED", "", 1, "ZeroDivisionError")
    assert await states([*sent[:2], sent[3]]) == {SENT_MAIL}


async def test_one_whose_provider_hangs_keeps_no_other_waiting(client: httpx.AsyncClient) -> None:
    sent, mailer = await mails(4), Slow(hangs_on="m0@example.com")
    with sending_by(mailer):
        running = asyncio.create_task(send_due())
        for message in sent[1:]:
            await until_sent(message)
        assert (await state(sent[0]))[0] == "SENDING"
        mailer.released.set()
        assert await running == 4

    assert await states(sent) == {SENT_MAIL}


async def test_more_mails_than_a_server_takes_at_once_wait_for_their_turn(client: httpx.AsyncClient) -> None:
    sent, at_once = await mails(20), [0, 0]

    class Narrow(Mailer):
        async def send(self, mail: Mail) -> None:
            at_once[0] += 1
            at_once[1] = max(at_once)
            for _ in range(2000):  # on a slow machine the others are not there yet
                await asyncio.sleep(0.01)
                if at_once[1] >= 10:
                    break
            at_once[0] -= 1

    with sending_by(Narrow()):
        assert await send_due() == 20
    assert (await states(sent), at_once[1]) == ({SENT_MAIL}, 10)


async def test_a_killed_worker_leaves_messages_that_may_have_gone(client: httpx.AsyncClient) -> None:
    (mail,), (text,) = await mails(1, order_no=await paid_order()), await texts(1)
    taken = await taking.take(limit=10)
    assert [each.is_begun for each in taken] == [True, True]

    mailer, phones = Mailer(), Phones()
    with sending_by(mailer, phones), later(minutes=3):
        assert await send_due() == 2
    assert await state(mail) == ("SENT", "mail", 2, "")
    assert (await Message.get(id=mail.id)).unknowns == 1
    assert await state(text) == ("UNKNOWN", "", 2, "the sender is gone")
    assert phones.sms == []


async def test_a_worker_that_is_stopped_notes_what_was_sent(client: httpx.AsyncClient) -> None:
    sent, mailer = await mails(3, order_no=await paid_order()), Slow(hangs_on="m2@example.com")
    with sending_by(mailer):
        running = asyncio.create_task(send_due())
        await mailer.hanging.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    assert await states(sent[:2]) == {SENT_MAIL}
    assert (await state(sent[2]))[0] == "SENDING"


async def after_losing_its_lease(message: Message, status: MessageStatus, work: WorkStatus) -> STATE:
    """The state of a message whose sender comes back after another worker left it like this."""

    class Overtaken(Phones):
        async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
            await Message.filter(id=message.id).update(status=status, work_status=work, lease_token="b" * 26)
            return await super().send(to, text=text, is_ad=is_ad)

    with sending_by(phones=Overtaken()):
        await send_due()
    return await state(message)


async def test_a_message_that_another_worker_is_sending_is_left_to_it(client: httpx.AsyncClient) -> None:
    (text,) = await texts(1)
    left = await after_losing_its_lease(text, MessageStatus.SENDING, WorkStatus.PENDING)
    assert left == ("SENDING", "", 1, "try 1")


@pytest.mark.parametrize("status", [MessageStatus.UNKNOWN, MessageStatus.QUEUED])
async def test_a_message_that_was_sent_says_so_although_another_worker_gave_it_up(
    client: httpx.AsyncClient, status: MessageStatus
) -> None:
    (text,) = await texts(1)
    assert await after_losing_its_lease(text, status, WorkStatus.DEAD) == SENT_SMS


async def test_what_was_sent_while_the_database_was_away_is_not_sent_again(client: httpx.AsyncClient) -> None:
    told, sent = await texts(2), await mails(2, order_no=await paid_order())
    mailer, phones = Slow(breaks_on="m1@example.com"), Phones()
    away = database_away()

    class Last(Phones):
        async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
            if not phones.sms:
                away.__enter__()
            return await phones.send(to, text=text, is_ad=is_ad)

    with sending_by(mailer, Last()):
        try:
            with pytest.raises(OperationalError, match="away"):
                await send_due()
        finally:
            away.__exit__(None, None, None)
        assert {found[0] for found in await states([*sent, *told])} == {"SENDING"}

        assert await late_writes.write_what_waits() == 2
        assert await state(sent[1]) == ("QUEUED", "", 1, "ZeroDivisionError")
        assert (await state(sent[0]), await states(told)) == (SENT_MAIL, {SENT_SMS})
        with later(minutes=5):
            assert await send_due() == 1
    assert ([mail.to for mail in mailer.taken].count("m0@example.com"), len(phones.sms)) == (1, 2)


async def test_a_text_without_an_answer_stays_unknown_if_the_database_is_away(client: httpx.AsyncClient) -> None:
    (text,) = await texts(1)
    phones = Phones()
    away = database_away()

    class Silent(Phones):
        async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
            await phones.send(to, text=text, is_ad=is_ad)
            away.__enter__()
            raise Undelivered("cut", may_have_gone=True)

    with sending_by(phones=Silent()):
        try:
            with pytest.raises(OperationalError, match="away"):
                await send_due()
        finally:
            away.__exit__(None, None, None)
        await late_writes.write_what_waits()
        for hours in range(1, 4):
            with later(hours=hours):
                assert await send_due() == 0
    assert (await state(text), len(phones.sms)) == (("UNKNOWN", "", 1, "cut"), 1)
