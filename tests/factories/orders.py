"""Orders placed and paid through the API, what PortOne's sandbox is told to do, and what became of it all."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from src.app.order.models import PAID_ON, Order, OrderLine, OrderStatus, ProcurementStatus, ShippingStatus
from src.app.order.services.writing import hold_lines, open_order
from src.app.payment.models import Payment, PayMethod, Refund
from src.app.payment.services.attempts import Way
from src.app.payment.services.channels.book import Channel
from src.app.pricing.services.lines import PricedLine
from src.app.product.models import StockLedger, Variant
from src.app.product.services.sellable import SellableVariant
from src.app.product.services.stock.ledger import ledger_gaps
from src.common import clock
from src.common.ids import new_order_no
from src.common.models import OutboxEvent
from src.core.configs import settings, use
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job

API = "/api/v1"
PHONE = "01012345678"
ORDERER = {"name": "김민지", "phone": "010-1234-5678", "email": "minji@example.com"}
SHIPPING = {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남구 테헤란로 1"}


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An order as its buyer holds it. `headers` open it; `body` is the answer of ``POST /orders``."""

    order_no: str
    payment_id: str
    total: int
    headers: dict[str, str]
    body: dict[str, Any]


def new_key() -> str:
    """An Idempotency-Key that was never used."""
    return secrets.token_hex(16)


def order_body(*lines: tuple[int, int], expected_total: int, **changes: Any) -> dict[str, Any]:
    """A right body of ``POST /orders`` for (variant id, quantity) lines but for `changes`; None leaves a field out."""
    body: dict[str, Any] = {
        "items": [{"variant_id": variant_id, "quantity": quantity} for variant_id, quantity in lines],
        "orderer": ORDERER,
        "shipping": SHIPPING,
        "pay_method": "CARD",
        "expected_total": expected_total,
        "agreements": {"terms": True, "privacy": True},
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


async def quoted_total(client: httpx.AsyncClient, *lines: tuple[int, int]) -> int:
    """What the shop says that these lines cost, shipping to Seoul included."""
    items = [{"variant_id": variant_id, "quantity": quantity} for variant_id, quantity in lines]
    answer = await client.post(f"{API}/cart/quote", json={"items": items, "zipcode": SHIPPING["zipcode"]})
    assert answer.status_code == 200, answer.text
    total: int = answer.json()["total"]
    return total


async def post_order(
    client: httpx.AsyncClient, body: Any, *, key: str | None = None, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """``POST /orders`` with this body, under a new key unless one is given."""
    return await client.post(
        f"{API}/orders", json=body, headers={"Idempotency-Key": key or new_key(), **(headers or {})}
    )


async def place(
    client: httpx.AsyncClient, *lines: tuple[int, int], headers: Mapping[str, str] | None = None, **changes: Any
) -> Placed:
    """An order of (variant id, quantity) lines, by a guest unless `headers` sign somebody in."""
    total = await quoted_total(client, *lines)
    answer = await post_order(client, order_body(*lines, expected_total=total, **changes), headers=headers)
    assert answer.status_code == 201, answer.text
    return as_placed(answer, headers)


def as_placed(answer: httpx.Response, headers: Mapping[str, str] | None = None) -> Placed:
    """What the buyer keeps of the answer."""
    body = answer.json()
    token = {"X-Guest-Token": body["guest_token"]} if body["guest_token"] else {}
    return Placed(
        order_no=body["order_no"],
        payment_id=body["payment"]["payment_id"] if body["payment"] else "",
        total=body["total"],
        headers={**(headers or {}), **token},
        body=body,
    )


def way_of(method: PayMethod) -> Way:
    """A channel for this way to pay, for payments that are opened without the API."""
    key = settings().portone.channel_key
    return Way(
        channel=Channel(code=method.value, method=method, channel_key=key, name=method.value, name_en=method.value)
    )


async def pay_again(client: httpx.AsyncClient, placed: Placed, pay_method: str = "CARD") -> httpx.Response:
    """Another try to pay, under a new key."""
    return await client.post(
        f"{API}/orders/{placed.order_no}/payments",
        json={"pay_method": pay_method},
        headers={"Idempotency-Key": new_key(), **placed.headers},
    )


async def complete(client: httpx.AsyncClient, payment_id: str) -> httpx.Response:
    """The browser came back."""
    return await client.post(f"{API}/payments/{payment_id}/complete")


async def read_order(client: httpx.AsyncClient, placed: Placed) -> dict[str, Any]:
    """The order as its buyer sees it."""
    answer = await client.get(f"{API}/orders/{placed.order_no}", headers=placed.headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def control(client: httpx.AsyncClient, payment_id: str, action: str, **fields: Any) -> dict[str, Any]:
    """Tell the sandbox what the shopper, the bank or the console does; no webhook unless one is named."""
    answer = await client.post(
        f"/sandbox/control/payments/{payment_id}", json={"action": action, "webhook": "none", **fields}
    )
    assert answer.status_code == 200, answer.text
    payment: dict[str, Any] = answer.json()
    return payment


async def at_provider(client: httpx.AsyncClient, payment_id: str) -> tuple[str, int, list[str]]:
    """Status, cancelled won, and the states of the cancellations of a payment, as PortOne has it."""
    answer = await client.get(f"/sandbox/control/payments/{payment_id}")
    assert answer.status_code == 200, answer.text
    payment = answer.json()
    states = [cancellation["status"] for cancellation in payment.get("cancellations", [])]
    return payment["status"], payment["amount"]["cancelled"], states


@asynccontextmanager
async def faulty(client: httpx.AsyncClient, operation: str, kind: str, *, times: int = 1) -> AsyncIterator[None]:
    """The sandbox misbehaves inside the body, at most `times` times."""
    fault = {"operation": operation, "kind": kind, "times": times}
    answer = await client.put("/sandbox/control/faults", json={"faults": [fault]})
    assert answer.status_code == 200, answer.text
    try:
        yield
    finally:
        await client.delete("/sandbox/control/faults")


async def delivered(client: httpx.AsyncClient, payment_id: str, count: int) -> list[dict[str, Any]]:
    """The webhooks about a payment, once `count` of them were sent and answered."""
    async with asyncio.timeout(30):
        while True:
            items = (await client.get("/sandbox/control/webhooks", params={"payment_id": payment_id})).json()["items"]
            sent: list[dict[str, Any]] = [item for item in items if item["executions"]]
            if len(sent) >= count:
                return sent
            await asyncio.sleep(0.01)


@contextmanager
def offering_accounts(**changes: Any) -> Iterator[None]:
    """Inside the body the shop offers virtual accounts too; `changes` are other settings of orders."""
    offered = ("CARD", "EASY_PAY", "TRANSFER", "MOBILE", "VIRTUAL_ACCOUNT")
    orders = settings().orders.model_copy(update={"pay_methods": offered, **changes})
    with use(replace(settings(), orders=orders)):
        yield


async def close_at_provider(client: httpx.AsyncClient, payment_id: str) -> None:
    """The bank, or somebody at PortOne's console, closes the payment's virtual account. No webhook tells of it."""
    portone = settings().portone
    answer = await client.post(
        f"/sandbox/portone/payments/{payment_id}/virtual-account/close",
        params={"storeId": portone.store_id},
        headers={"Authorization": f"PortOne {portone.api_secret}"},
    )
    assert answer.status_code == 200, answer.text


async def cancel_order(
    client: httpx.AsyncClient, placed: Placed, *, key: str | None = None, **body: Any
) -> httpx.Response:
    """``POST /orders/{order_no}/cancel`` by its buyer, under a new key unless one is given."""
    return await client.post(
        f"{API}/orders/{placed.order_no}/cancel",
        json=body,
        headers={"Idempotency-Key": key or new_key(), **placed.headers},
    )


@contextmanager
def later(**delta: float) -> Iterator[datetime]:
    """Inside the body the clock of the code called here stands this much ahead (``minutes=31``)."""
    moment = datetime.now(UTC) + timedelta(**delta)
    with clock.as_of(moment):
        yield moment


async def expire(**delta: float) -> int:
    """Run the expiry so much later."""
    with later(**delta):
        return await run_job("expire-orders")


async def make_order(
    variant: Variant,
    quantity: int = 1,
    *,
    status: OrderStatus = OrderStatus.PENDING,
    member_id: int | None = None,
    placed_at: datetime | None = None,
    phone: str = PHONE,
) -> Order:
    """An order of one line in the database, its stock held, put into `status` without a hop."""
    now = placed_at or clock.now()
    order = Order(order_no=new_order_no(now), created_at=now, updated_at=now)
    order.member_id, order.orderer_phone, order.recipient_phone = member_id, phone, phone
    order.orderer_name = order.recipient = "김민지"
    order.orderer_email, order.zipcode, order.address = "minji@example.com", "06236", "서울 강남구 테헤란로 1"
    order.item_total = order.total = 10_000 * quantity
    order.shipping_fee = 0
    order.expires_at = now + timedelta(minutes=30)
    sold = SellableVariant(
        variant_id=variant.id,
        product_id=variant.product_id,
        product_code="T1",
        name="투어 스탠드백",
        color="블랙",
        size=variant.size,
        sku=variant.sku,
        image_path="",
        alt="",
        origin_price=10_000,
        unit_price=10_000,
        stock=variant.stock,
        for_sale=True,
    )
    line = PricedLine(variant=sold, quantity=quantity)

    async def write() -> None:
        await open_order(order, actor="guest")
        await hold_lines(order, [line])

    await unit_of_work(write)
    if status != OrderStatus.PENDING:
        order.status = status
        await order.save(update_fields=["status"])
        await OrderLine.filter(order_id=order.id).update(status=status, **numbers_of(status, quantity, now))
    return order


def numbers_of(status: OrderStatus, quantity: int, at: datetime) -> dict[str, Any]:
    """What the counters and facts of a line of this status are, if it came there as a whole."""
    if status not in PAID_ON:
        return {}
    numbers: dict[str, Any] = {"paid_at": at}
    if status != OrderStatus.PAID:
        numbers |= {"procurement_status": ProcurementStatus.CONFIRMED, "acknowledged_at": at}
    if status in (OrderStatus.SHIPPING, OrderStatus.DELIVERED, OrderStatus.CONFIRMED):
        numbers |= {"shipped": quantity, "shipped_at": at, "shipping_status": ShippingStatus.SHIPPING}
    if status in (OrderStatus.DELIVERED, OrderStatus.CONFIRMED):
        numbers |= {"delivered": quantity, "delivered_at": at, "shipping_status": ShippingStatus.DELIVERED}
    if status == OrderStatus.CONFIRMED:
        numbers["confirmed_at"] = at
    return numbers


async def order_of(placed: Placed) -> Order:
    """Its row."""
    return await Order.get(order_no=placed.order_no)


async def payment_of(payment_id: str) -> Payment:
    """Its row."""
    return await Payment.get(payment_id=payment_id)


async def refund_of(payment_id: str) -> Refund:
    """The refund of a payment."""
    return await Refund.get(payment_id=(await payment_of(payment_id)).id)


async def stock_of(variant: Variant) -> int:
    """Units that may still be sold. The ledger must say the same of every variant."""
    assert await ledger_gaps() == []
    return (await Variant.get(id=variant.id)).stock


async def ledger_of(variant: Variant) -> list[tuple[str, int]]:
    """(kind, delta) of each ledger row in the order of writing, without the opening one."""
    rows = await StockLedger.filter(variant_id=variant.id).order_by("id").values_list("kind", "delta")
    return [(kind.value, delta) for kind, delta in rows if kind.value != "OPENING"]


async def events_of(placed: Placed) -> list[str]:
    """The topics in the outbox about an order, oldest first."""
    about = OutboxEvent.filter(aggregate=f"order:{(await order_of(placed)).id}").order_by("id")
    return [topic for (topic,) in await about.values_list("topic")]


async def hops_of(client: httpx.AsyncClient, placed: Placed) -> list[tuple[str | None, str, str]]:
    """(from, to, by) of each hop in the order's timeline."""
    timeline = (await read_order(client, placed))["timeline"]
    return [(entry["from_status"], entry["to_status"], entry["by"]) for entry in timeline]
