"""Promise P12 for messages: over SIGKILL, a hanging mail server and a Redis that comes back empty none is lost, and
none that may have arrived is sent a second time without being recognised as the same."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from tests.app.notification.email.support import Relay, serving
from tests.concurrency.buyers import complete, pay, placed, quoted_body, set_stock, some_variants
from tests.concurrency.servers import Database, any_redis, own_redis
from tests.concurrency.support import needs_own_redis, needs_servers, running, until, within

pytestmark = needs_servers

ORDERS = 6
TAKEN = 2
PHONE = "01012345678"


class Stubborn(Relay):
    """Takes the first mails and answers; takes the next ones and never answers, until it is told to behave."""

    behaves = False

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(*given)
        if not self.behaves and len(self.mails) > TAKEN:
            await asyncio.sleep(600)
        return answer

    def ids_of(self, order_no: str) -> list[str]:
        """The Message-IDs of the copies that tell of an order."""
        plain = [(mail, mail.get_body(("plain",))) for mail in self.mails]
        return [str(mail["Message-ID"]) for mail, body in plain if body is not None and order_no in body.get_content()]


async def sold(client: httpx.AsyncClient, body: dict[str, Any]) -> str:
    """The number of a paid order."""
    order = await placed(client, body)
    await pay(client, order)
    answer = await complete(client, order)
    assert answer.json()["order_status"] == "PAID", answer.text
    number: str = order["order_no"]
    return number


async def texts(client: httpx.AsyncClient, numbers: list[str]) -> Counter[str]:
    """How many text messages told of each order."""
    items = (await client.get("/sandbox/inbox", params={"to": PHONE})).json()["items"]
    return Counter(number for item in items for number in numbers if number in item["body"])


async def in_states(database: Database, way: str) -> dict[str, int]:
    """How many messages of a way stand in which state."""
    found = await database.rows(f"SELECT status, COUNT(*) FROM message WHERE way = '{way}' GROUP BY status")
    return {str(status): int(count) for status, count in found}


@within(300)
async def test_sigkill_while_messages_are_sent_loses_none_and_repeats_no_text(
    database: Database, tmp_path: Path
) -> None:
    """Six orders are paid. The mail server takes two mails and then falls silent in the middle of the others; SENS
    takes two texts and does not answer. SIGKILL comes then. After the restart every order has its mail, copies share
    one Message-ID, and no text went twice: those whose answer was lost are UNKNOWN."""
    with any_redis(tmp_path / "redis") as cache:
        async with serving(Stubborn()) as relay:
            assert isinstance(relay, Stubborn)
            environment = {
                "DATABASE_URL": database.url,
                "REDIS_URL": cache,
                "MAIL_ADAPTER": "smtp",
                "SMTP_PORT": str(relay.port),
                "SMTP_SECURITY": "none",
                "SMTP_TIMEOUT_SECONDS": "30",
            }
            async with running(environment, tmp_path / "state") as shop, shop.client() as client:
                (variant,) = await some_variants(database, 1)
                await set_stock(database, variant, 50)
                fault = {"operation": "sms", "kind": "timeout_after", "times": 2}
                assert (await client.put("/sandbox/control/faults", json={"faults": [fault]})).status_code == 200
                body = await quoted_body(client, [(variant, 1)])
                numbers = [await sold(client, body) for _ in range(ORDERS)]

                async def is_in_the_middle() -> bool:
                    mails, phones = await in_states(database, "mail"), await in_states(database, "phone")
                    hangs = mails.get("SENDING", 0) >= 1 and len(relay.mails) > TAKEN
                    return hangs and phones.get("SENDING", 0) >= 1 and phones.get("SENT", 0) >= 1

                assert await until(is_in_the_middle, every=0.02)
                shop.kill()
            assert await database.number("SELECT COUNT(*) FROM message WHERE status = 'SENDING'") >= 2
            await database.end_leases()
            relay.behaves = True

            async with running(environment, tmp_path / "state") as shop, shop.client() as client:

                async def is_over() -> bool:
                    waits = "SELECT COUNT(*) FROM message WHERE work_status = 'PENDING'"
                    made = await database.number("SELECT COUNT(*) FROM message")
                    return made == 2 * ORDERS and not await database.number(waits)

                assert await until(is_over, seconds=90)
                told = await texts(client, numbers)
                shop.kill()  # the sandbox holds unanswered calls for 20 s, and a worker that ends waits for them
            assert await in_states(database, "mail") == {"SENT": ORDERS}
            for number in numbers:
                assert len(set(relay.ids_of(number))) == 1, number
            phones = await in_states(database, "phone")
            assert 1 <= phones["UNKNOWN"] < ORDERS
            assert phones["SENT"] + phones["UNKNOWN"] == ORDERS
            assert max(told.values()) == 1
            assert sum(told.values()) >= phones["SENT"]
            assert shop.unhandled() == []


@needs_own_redis
@within(300)
async def test_messages_go_out_while_redis_is_away_and_once_when_it_is_back_empty(
    database: Database, tmp_path: Path
) -> None:
    with own_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache.url, "REDIS_TIMEOUT_SECONDS": "1"}
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 50)
            body = await quoted_body(client, [(variant, 1)])
            cache.stop()
            numbers = [await sold(client, body) for _ in range(2)]

            async def all_sent() -> bool:
                sent = "SELECT COUNT(*) FROM message WHERE status = 'SENT' AND order_no IN ({})"
                return await database.number(sent.format(", ".join(f"'{number}'" for number in numbers))) == 2 * len(
                    numbers
                )

            assert await until(all_sent, seconds=60)
            cache.start()
            numbers.append(await sold(client, body))
            assert await until(all_sent, seconds=60)
            assert await texts(client, numbers) == dict.fromkeys(numbers, 1)
            assert shop.unhandled() == []
