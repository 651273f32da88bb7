"""Paid orders through the API, and 판매자 취소 of their lines."""

from typing import Any

import httpx

from src.app.claim.services.invariants import cancels_add_up
from src.app.order.models import OrderLine
from src.app.order.services.effects.invariants import parts_add_up
from src.app.payment.services.invariants import paid_money_has_an_order, paid_orders_are_settled, refunds_add_up
from src.app.product.models import Variant
from src.app.product.services.stock.invariants import lines_give_back_what_they_took, stock_is_its_ledger
from src.app.settlement.services.clearing.invariants import orders_clear
from src.common.records.invariants import EVERYTHING, Look
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, new_key, place

API = "/api/v1/admin/order-lines/seller-cancel"


async def bought(client: httpx.AsyncClient, *quantities: int, **changes: Any) -> tuple[Placed, list[Variant]]:
    """A paid order with a line of each of these quantities, and the variants of the lines."""
    variants = [await make_variant(stock=50) for _ in quantities]
    wanted = [(variant.id, quantity) for variant, quantity in zip(variants, quantities, strict=True)]
    placed = await place(client, *wanted, **changes)
    if placed.payment_id:
        await control(client, placed.payment_id, "pay")
        assert (await complete(client, placed.payment_id)).status_code == 200
    return placed, variants


def line_no(placed: Placed, number: int = 1) -> str:
    """The number of a line of the order."""
    return f"{placed.order_no}-{number:02}"


def row(placed: Placed, number: int = 1, *, refund: int, units: int | None = None, **more: Any) -> dict[str, Any]:
    """A row that cancels units of a line because they are sold out, unless it says otherwise."""
    chosen = {} if units is None else {"units": units}
    return {
        "line_no": line_no(placed, number),
        "reason": "SOLD_OUT",
        "expected_refund": refund,
        **chosen,
        **more,
    }


async def cancel(
    client: httpx.AsyncClient, headers: dict[str, str], *rows: dict[str, Any], key: str | None = None
) -> Any:
    """``POST /admin/order-lines/seller-cancel``, under a new key unless one is given."""
    answer = await client.post(API, json={"rows": list(rows)}, headers={**headers, "Idempotency-Key": key or new_key()})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def preview(client: httpx.AsyncClient, headers: dict[str, str], *rows: tuple[str, int | None]) -> Any:
    """``POST /admin/order-lines/seller-cancel/preview`` of (line number, units)."""
    asked = [{"line_no": number, **({} if units is None else {"units": units})} for number, units in rows]
    answer = await client.post(f"{API}/preview", json={"rows": asked}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def codes(body: Any) -> list[str]:
    """The code of each row, "done" for one that was done."""
    return [result["code"] or result["outcome"] for result in body["results"]]


def refunds(body: Any) -> list[int | None]:
    """What goes back for each row."""
    return [result["refund"] for result in body["results"]]


async def line_of(placed: Placed, number: int = 1) -> OrderLine:
    """The row of a line."""
    return await OrderLine.get(line_no=line_no(placed, number))


async def all_promises_hold() -> None:
    """No check finds a breach."""
    checks = (
        cancels_add_up,
        orders_clear,
        parts_add_up,
        paid_money_has_an_order,
        paid_orders_are_settled,
        refunds_add_up,
        lines_give_back_what_they_took,
        stock_is_its_ledger,
    )
    for check in checks:
        assert await check(Look("test", EVERYTHING)) == [], check.__name__
