"""What the tests of checkout share."""

import httpx

from src.app.order.models import Order
from src.app.payment.models import Payment
from src.app.product.models import StockKind, StockLedger
from src.common.models import IdempotencyKey
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, Placed, complete, control, place


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem; the code is empty where it is none."""
    return answer.status_code, answer.json().get("code", "")


async def assert_no_trace() -> None:
    """No order, no payment, no hold, and no key that would keep the client from trying again."""
    counts = [await model.all().count() for model in (Order, Payment, IdempotencyKey)]
    assert (counts, await StockLedger.filter(kind=StockKind.HOLD).count()) == ([0, 0, 0], 0)


async def now_of(client: httpx.AsyncClient, payment_id: str) -> dict[str, object]:
    answer = await client.get(f"{API}/payments/{payment_id}")
    assert answer.status_code == 200
    body: dict[str, object] = answer.json()
    return body


async def issued(client: httpx.AsyncClient, *, valid_hours: int = 24, quantity: int = 1) -> Placed:
    """An order for whose payment the window issued an account; we have not heard of it yet."""
    placed = await place(client, ((await make_variant()).id, quantity))
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=valid_hours)
    return placed


async def waiting(client: httpx.AsyncClient, *, valid_hours: int = 24) -> Placed:
    placed = await issued(client, valid_hours=valid_hours)
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "AWAITING_DEPOSIT"
    return placed
