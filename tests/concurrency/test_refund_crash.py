"""Promises P4 and P5 over SIGKILL: money that came too late goes back in full, once, however the sending broke off."""

import asyncio
from pathlib import Path

from tests.concurrency.books import all_worked_off, faults, money, money_is_right
from tests.concurrency.buyers import complete, pay, placed, quoted_body, set_stock, some_variants, stock_of, tally
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import needs_servers, running, until, within

pytestmark = needs_servers

LATE = 12
SLOW = 4


@within(400)
async def test_sigkill_while_refunds_are_sent_refunds_each_once(database: Database, tmp_path: Path) -> None:
    """Twelve orders expire and are paid afterwards. PortOne carries four cancels out and does not answer them; two
    more it answers by 503 first. SIGKILL comes when some are refunded, some are sent with no answer, some are not
    sent. After the restart each is refunded once, and stays so while the jobs go on."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {
            "DATABASE_URL": database.url,
            "REDIS_URL": cache,
            "ORDER_HOLD_SECONDS": "1",
            "PORTONE_READ_TIMEOUT_SECONDS": "1",
        }
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            (variant,) = await some_variants(database, 1)
            await set_stock(database, variant, 50)
            body = await quoted_body(client, [(variant, 1)])
            orders = [await placed(client, body) for _ in range(LATE)]

            async def all_expired() -> bool:
                return await database.number("SELECT COUNT(*) FROM orders WHERE status = 'EXPIRED'") == LATE

            assert await until(all_expired)
            assert await stock_of(database, variant) == 50
            kinds = [("timeout_after", SLOW), ("error_503", 2)]
            answer = await client.put(
                "/sandbox/control/faults",
                json={"faults": [{"operation": "cancel", "kind": kind, "times": times} for kind, times in kinds]},
            )
            assert answer.status_code == 200, answer.text
            for order in orders:
                await pay(client, order)
            answers = await asyncio.gather(*(complete(client, order) for order in orders))
            assert tally(answers) == {(409, "ORDER_EXPIRED"): LATE}

            async def is_in_the_middle() -> bool:
                done = await database.number("SELECT COUNT(*) FROM refund_attempt WHERE answered_at IS NULL")
                return done >= 3

            assert await until(is_in_the_middle, every=0.02)
            shop.kill()
        assert await database.number("SELECT COUNT(*) FROM refund") == LATE
        assert await database.number("SELECT COUNT(*) FROM refund WHERE work_status = 'PENDING'") >= 1
        await database.end_leases()

        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            await all_worked_off(database, seconds=60)
            found = await money_is_right(database, client)
            assert {(one.theirs, one.cancelled, one.cancels) for one in found} == {
                ("CANCELLED", one.paid, (one.paid,)) for one in found
            }
            assert {one.verdict for one in found} == {"LATE"}
            # Everything is looked at once more, as after a lost lease: nothing may be sent for a second time.
            sent = await database.number("SELECT COUNT(*) FROM refund_attempt")
            await database.rows(
                "UPDATE refund SET work_status = 'PENDING', available_at = '2020-01-01 00:00:00.000000'"
            )
            await all_worked_off(database, seconds=60)
            assert await money(database, client) == found
            assert await database.number("SELECT COUNT(*) FROM refund_attempt") == sent
            shop.kill()  # the sandbox holds unanswered cancels for 20 s, and a worker that is told to end waits for them
        assert await stock_of(database, variant) == 50
        assert await faults(database) == {}
        assert shop.unhandled() == []
