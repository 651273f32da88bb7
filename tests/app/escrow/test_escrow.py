"""The provider of an escrow payment hears of the goods and of the confirmation; a refused purchase is heard of."""

from typing import Any

import httpx
import pytest

from src.app.escrow.models import EscrowCase
from src.app.escrow.services.following import follow_all
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.payment.models import Discrepancy
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import NUMBER, change, numbers, row, send
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, faulty, later, order_of, place

pytestmark = pytest.mark.usefixtures("empty")


async def paid(client: httpx.AsyncClient, *, escrow: bool = True) -> Placed:
    """An order paid by an instant transfer with escrow."""
    placed = await place(client, ((await make_variant()).id, 1), pay_method="TRANSFER")
    assert placed.body["payment"]["is_escrow"] is True
    await control(client, placed.payment_id, "pay", pay_method="TRANSFER", escrow=escrow)
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    return placed


async def sent(client: httpx.AsyncClient, placed: Placed) -> tuple[dict[str, str], str]:
    """A parcel of the order is sent; the headers of staff and the parcel's number."""
    headers = await headers_with(client, "order:read", "order:write")
    body = await send(client, headers, row(f"{placed.order_no}-01"))
    return headers, numbers(body)[0]


async def tell() -> None:
    """Carry the events, then tell the provider."""
    await run_job("relay-outbox")
    await run_job("tell-escrow")


async def at_provider(client: httpx.AsyncClient, placed: Placed) -> dict[str, Any]:
    """The escrow as PortOne has it."""
    escrow: dict[str, Any] = (await client.get(f"/sandbox/control/payments/{placed.payment_id}")).json()["escrow"]
    return escrow


async def case_of(placed: Placed) -> EscrowCase:
    return await EscrowCase.get(order_id=(await order_of(placed)).id)


async def confirm(placed: Placed) -> None:
    """Everything of the order is confirmed."""
    order = await order_of(placed)
    await OrderLine.filter(order_id=order.id).update(status=OrderStatus.CONFIRMED)
    await Order.filter(id=order.id).update(status=OrderStatus.CONFIRMED)
    await follow_all([order.id])


async def test_the_parcel_and_the_confirmation_are_told(client: httpx.AsyncClient) -> None:
    placed = await paid(client)
    await sent(client, placed)
    await tell()
    escrow = await at_provider(client, placed)
    assert (escrow["status"], escrow["company"], escrow["invoiceNumber"]) == ("REGISTERED", "CJ", NUMBER)
    case = await case_of(placed)
    assert (case.status, case.told_invoice, case.work_status) == ("REGISTERED", NUMBER, WorkStatus.PENDING)

    await confirm(placed)
    await run_job("tell-escrow")

    assert (await at_provider(client, placed))["status"] == "CONFIRMED"
    assert ((await case_of(placed)).status, (await case_of(placed)).work_status) == ("CONFIRMED", WorkStatus.DONE)


async def test_a_corrected_number_is_told_as_a_change(client: httpx.AsyncClient) -> None:
    placed = await paid(client)
    headers, parcel = await sent(client, placed)
    await tell()
    answer = await change(client, headers, parcel, courier="HANJIN", tracking_no="512345678901")
    assert answer.status_code == 200, answer.text
    await follow_all([(await order_of(placed)).id])
    await run_job("tell-escrow")
    escrow = await at_provider(client, placed)
    assert (escrow["company"], escrow["invoiceNumber"]) == ("HANJIN", "512345678901")


async def test_the_same_events_again_tell_nothing_more(client: httpx.AsyncClient) -> None:
    placed = await paid(client)
    await sent(client, placed)
    await tell()
    first = await at_provider(client, placed)
    await OutboxEvent.all().update(work_status="PENDING")
    await tell()
    assert await at_provider(client, placed) == first
    assert await EscrowCase.all().count() == 1


@pytest.mark.parametrize("kind", ["error_500", "error_500_after"])
@pytest.mark.parametrize("step", ["register", "complete"])
async def test_an_unknown_outcome_is_read_again(client: httpx.AsyncClient, kind: str, step: str) -> None:
    placed = await paid(client)
    await sent(client, placed)
    if step == "complete":
        await tell()
        await confirm(placed)
    async with faulty(client, "escrow", kind):
        await tell()
    with later(minutes=30):
        await run_job("tell-escrow")
    assert (await at_provider(client, placed))["status"] == ("REGISTERED" if step == "register" else "CONFIRMED")
    assert (await at_provider(client, placed))["invoiceNumber"] == NUMBER


async def test_a_refused_purchase_stands_on_the_list_once(client: httpx.AsyncClient) -> None:
    placed = await paid(client)
    await sent(client, placed)
    await tell()
    await control(client, placed.payment_id, "reject_escrow")

    with later(hours=5):
        await run_job("tell-escrow")
    assert await Discrepancy.all().count() == 0
    for hours in (7, 14):
        with later(hours=hours):
            await run_job("tell-escrow")

    (finding,) = await Discrepancy.all()
    assert (finding.kind.value, finding.reference, finding.amount) == (
        "ESCROW_REJECTED",
        placed.payment_id,
        placed.total,
    )
    assert (await case_of(placed)).work_status == WorkStatus.DONE
    await confirm(placed)
    assert (await case_of(placed)).is_confirmed is False


async def test_a_payment_that_turned_out_to_have_none_is_left_alone(client: httpx.AsyncClient) -> None:
    placed = await paid(client, escrow=False)
    await sent(client, placed)
    await tell()
    assert ((await case_of(placed)).status, (await case_of(placed)).work_status) == ("NONE", WorkStatus.DONE)


async def test_a_card_order_has_no_case(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert placed.body["payment"]["is_escrow"] is False
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await sent(client, placed)
    await tell()
    assert await EscrowCase.all().count() == 0
