"""Accounts of the shop, orders that wait for a manual transfer, and deposits as staff record them."""

from typing import Any

import httpx

from src.app.deposit.models import BankAccount
from src.app.payment.models import Discrepancy
from src.app.product.models import Variant
from src.app.shop.models import ShopInfo
from src.common import clock
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, new_key, place

ADMIN = "/api/v1/admin"


async def make_account(number: str = "110-123-456789", *, is_active: bool = True, position: int = 0) -> BankAccount:
    """An account of the shop, whose insurance is entered."""
    await insured()
    return await BankAccount.create(
        bank="SHINHAN", number=number, holder="믹골프", is_active=is_active, position=position
    )


async def insured(name: str = "쇼핑몰보증보험") -> None:
    """The shop's details name this insurance."""
    values: dict[str, Any] = {
        "safety_name": name,
        "safety_url": "https://insurance.example.com/1",
        "updated_at": clock.now(),
    }
    if not await ShopInfo.filter(id=1).update(**values):
        await ShopInfo.create(id=1, **values)


async def waiting(client: httpx.AsyncClient, variant: Variant | None = None, **changes: Any) -> Placed:
    """An order of one unit that waits for a manual transfer. There is an account afterwards."""
    await insured()
    if not await BankAccount.exists():
        await make_account()
    bought = variant or await make_variant(price=50_000)
    return await place(client, (bought.id, 1), pay_method="MANUAL_TRANSFER", **changes)


async def deposit(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    order_no: str,
    amount: int,
    *,
    expected: int = 0,
    key: str | None = None,
    **more: Any,
) -> httpx.Response:
    """``POST /admin/orders/{order_no}/confirm-transfer``, under a new key unless one is given."""
    return await client.post(
        f"{ADMIN}/orders/{order_no}/confirm-transfer",
        json={"amount": amount, "expected_deposited": expected, **more},
        headers={**headers, "Idempotency-Key": key or new_key()},
    )


async def findings() -> list[tuple[str, int, bool]]:
    """Kind, won and whether it is open of every discrepancy, oldest first."""
    return [(row.kind.value, row.amount, row.resolved_at is None) for row in await Discrepancy.all().order_by("id")]
