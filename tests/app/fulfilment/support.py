"""Paid orders of several lines, and shipments of them through the API."""

from collections.abc import Sequence
from typing import Any

import httpx

from src.app.fulfilment.models import Shipment
from src.app.fulfilment.services.invariants import lines_are_in_shipments
from src.app.order.models import Order, OrderLine, OrderStatus
from src.common.records.invariants import EVERYTHING, Look
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_order

API = "/api/v1/admin/shipments"
NUMBER = "612345678901"


async def paid_order(*quantities: int, phone: str = "01012345678", **changes: Any) -> list[str]:
    """The numbers of the lines of a paid order with these quantities."""
    order = await make_order(await make_variant(stock=50), quantities[0], status=OrderStatus.PAID, phone=phone)
    await Order.filter(id=order.id).update(**{"paid_at": order.created_at, **changes})
    first = await OrderLine.get(order_id=order.id)
    row = {name: getattr(first, name) for name in first._meta.fields_db_projection if name != "id"}
    for place, quantity in enumerate(quantities[1:], start=2):
        await OrderLine.create(**{**row, "line_no": f"{order.order_no}-{place:02}", "quantity": quantity})
    return [f"{order.order_no}-{place:02}" for place in range(1, len(quantities) + 1)]


def row(line_no: str, tracking_no: str = NUMBER, **more: Any) -> dict[str, Any]:
    """One row of 발송처리, by CJ unless it says otherwise."""
    return {"line_no": line_no, "courier": "CJ", "tracking_no": tracking_no, **more}


async def send(client: httpx.AsyncClient, headers: dict[str, str], *rows: dict[str, Any]) -> Any:
    """``POST /admin/shipments``."""
    answer = await client.post(API, json={"rows": list(rows)}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def change(client: httpx.AsyncClient, headers: dict[str, str], number: str, **body: Any) -> httpx.Response:
    """``PATCH /admin/shipments/{number}``."""
    return await client.patch(f"{API}/{number}", json=body, headers=headers)


def codes(body: Any) -> list[str]:
    """The code of each row, "done" for one that was done."""
    return [result["code"] or result["outcome"] for result in body["results"]]


def numbers(body: Any) -> list[str]:
    """The shipment of each row that was done."""
    return [result["shipment"] for result in body["results"] if result["outcome"] == "done"]


async def line_of(line_no: str) -> OrderLine:
    """Its row."""
    return await OrderLine.get(line_no=line_no)


async def counters(line_no: str) -> tuple[int, int, str, str]:
    """What of a line was shipped and delivered, its status and its shipping status."""
    line = await line_of(line_no)
    return line.shipped, line.delivered, line.status.value, line.shipping_status.value


async def states() -> Sequence[str]:
    """The state of each shipment, oldest first."""
    return [shipment.state.value for shipment in await Shipment.all().order_by("id")]


async def adds_up() -> None:
    """The counters of every line are the sums of its shipments."""
    assert await lines_are_in_shipments(Look("shipments", EVERYTHING)) == []
