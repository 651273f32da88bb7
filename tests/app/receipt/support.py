"""Orders paid in cash, and what PortOne's sandbox has of their receipts."""

from typing import Any

import httpx

from src.app.receipt.models import CashReceipt
from src.core.configs import settings
from src.worker.jobs.run import run_job
from tests.app.deposit.support import deposit, waiting
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, order_of, place

PHONE = {"kind": "PERSONAL", "number": "010-1234-5678"}
FIRM = {"kind": "CORPORATE", "number": "220-81-62517"}


async def paid_by_transfer(client: httpx.AsyncClient, *, price: int = 50_000, **changes: Any) -> Placed:
    """An order of one unit that was paid by an instant transfer, its events not carried yet."""
    variant = await make_variant(price=price)
    placed = await place(client, (variant.id, 1), pay_method="TRANSFER", **changes)
    await control(client, placed.payment_id, "pay", pay_method="TRANSFER")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    return placed


async def paid_by_hand(client: httpx.AsyncClient, *, price: int = 50_000, **changes: Any) -> Placed:
    """An order that was paid by a manual transfer."""
    placed = await waiting(client, await make_variant(price=price), **changes)
    headers = await headers_with(client, "payment:confirm")
    assert (await deposit(client, headers, placed.order_no, placed.total)).status_code == 200
    return placed


async def send() -> None:
    """Carry the events, then tell the provider."""
    await run_job("relay-outbox")
    await run_job("send-cash-receipts")


async def row_of(placed: Placed) -> CashReceipt:
    """The row of an order's receipt."""
    return await CashReceipt.get(order_id=(await order_of(placed)).id)


async def at_provider(client: httpx.AsyncClient, placed: Placed) -> dict[str, Any] | None:
    """The receipt as PortOne has it."""
    key = (await row_of(placed)).receipt_key
    portone = settings().portone
    answer = await client.get(
        f"/sandbox/portone/payments/{key}/cash-receipt",
        params={"storeId": portone.store_id},
        headers={"Authorization": f"PortOne {portone.api_secret}"},
    )
    body: dict[str, Any] = answer.json()
    return body if answer.status_code == 200 else None


async def shown(client: httpx.AsyncClient, placed: Placed) -> tuple[str, int] | None:
    """State and won of the receipt as PortOne has it."""
    body = await at_provider(client, placed)
    return (body["status"], body["amount"]) if body else None
