"""판매자 취소 when the provider, the console or the process does not play along (docs/promises.md#p5)."""

import httpx
import pytest

from src.app.claim.models import SellerCancel
from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundStatus
from src.app.payment.services.provider.base import provider
from src.common import clock
from src.common.vendors import Unreachable
from src.worker.jobs.run import run_job
from tests.app.claim.support import all_promises_hold, bought, cancel, codes, line_of, row
from tests.app.payment.fakes import Between, using
from tests.app.payment.refunding import findings, send
from tests.app.staff.people import headers_with
from tests.factories.orders import Placed, at_provider, control, faulty

STAFF = ("order:read", "order:write")


async def cancelled(client: httpx.AsyncClient, quantity: int = 2) -> tuple[Placed, int]:
    """A paid order of which one unit was cancelled, and what it cost; nothing was sent."""
    placed, _ = await bought(client, quantity)
    price = placed.body["lines"][0]["unit_price"]
    headers = await headers_with(client, *STAFF)
    assert codes(await cancel(client, headers, row(placed, units=1, refund=price))) == ["done"]
    return placed, price


async def test_process_that_dies_between_commit_and_send_loses_nothing(client: httpx.AsyncClient) -> None:
    placed, price = await cancelled(client)
    await Refund.all().update(attempts=1, lease_token="dead", available_at=clock.now())
    await send(seconds=121)
    assert await at_provider(client, placed.payment_id) == ("PARTIAL_CANCELLED", price, ["SUCCEEDED"])


@pytest.mark.parametrize("fault", ["error_500", "error_500_after", "garbage"])
async def test_unknown_outcome_cancels_once(client: httpx.AsyncClient, fault: str) -> None:
    placed, price = await cancelled(client)
    async with faulty(client, "cancel", fault):
        await send()
    assert (await Refund.get()).status == RefundStatus.SENT
    await send(seconds=5)
    assert await at_provider(client, placed.payment_id) == ("PARTIAL_CANCELLED", price, ["SUCCEEDED"])
    await run_job("reread-payments")
    await all_promises_hold()


async def test_refused_refund_is_on_the_list_and_the_units_stay_cancelled(client: httpx.AsyncClient) -> None:
    placed, price = await cancelled(client)
    async with faulty(client, "cancel", "pg_error_502", times=30):
        for hours in range(0, 10, 2):
            await send(hours=hours)
    assert await findings() == [DiscrepancyKind.REFUND_FAILED]
    assert (await line_of(placed)).cancelled == 1
    await send(hours=20)
    assert await at_provider(client, placed.payment_id) == ("PARTIAL_CANCELLED", price, ["SUCCEEDED"])


async def test_cancel_in_the_console_in_between_blocks_the_refund_until_it_is_explained(
    client: httpx.AsyncClient,
) -> None:
    placed, price = await cancelled(client)
    await control(client, placed.payment_id, "cancel", amount=300)
    await send()
    assert (await Refund.get()).status == RefundStatus.BLOCKED
    assert await findings() == [DiscrepancyKind.EXTERNAL, DiscrepancyKind.REFUND_BLOCKED]
    headers = await headers_with(client, *STAFF)
    assert codes(await cancel(client, headers, row(placed, refund=placed.total - price))) == ["REFUND_BLOCKED"]
    await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).update(resolved_at=clock.now())
    await send(hours=2)
    assert await at_provider(client, placed.payment_id) == (
        "PARTIAL_CANCELLED",
        300 + price,
        ["SUCCEEDED", "SUCCEEDED"],
    )


async def test_less_left_at_the_provider_than_the_refund_is_never_sent_smaller(client: httpx.AsyncClient) -> None:
    placed, price = await cancelled(client)
    assert price > 100
    await control(client, placed.payment_id, "cancel", amount=placed.total - 100)
    watched = Between(provider())
    with using(watched):
        await send()
        await Discrepancy.all().update(resolved_at=clock.now())
        await send(hours=2)
    assert watched.asked == []
    assert (await Refund.get()).status == RefundStatus.BLOCKED
    assert await findings() == [DiscrepancyKind.REFUND_BLOCKED]


async def test_cancel_in_the_console_while_we_send_is_noticed(client: httpx.AsyncClient) -> None:
    placed, _ = await cancelled(client)
    watched = Between(provider())

    async def console() -> None:
        await control(client, placed.payment_id, "cancel", amount=300)

    watched.before_cancel = console
    with using(watched):
        await send()
    refused = await Refund.get()
    assert (refused.status, refused.last_error) == (RefundStatus.FAILED, "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN")
    await send(seconds=5)
    assert (await Refund.get()).status == RefundStatus.BLOCKED
    assert (await at_provider(client, placed.payment_id))[1] == 300


async def test_provider_away_while_staff_cancel_is_no_matter(client: httpx.AsyncClient) -> None:
    """The command asks nobody outside."""
    watched = Between(provider())

    async def away() -> None:
        raise Unreachable("away")

    watched.after_get = away
    placed, _ = await bought(client, 1)
    headers = await headers_with(client, *STAFF)
    with using(watched):
        assert codes(await cancel(client, headers, row(placed, refund=placed.total))) == ["done"]
        await send()
    assert (await Refund.get()).status == RefundStatus.REQUESTED
    assert await SellerCancel.all().count() == 1
    await send(minutes=5)
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
