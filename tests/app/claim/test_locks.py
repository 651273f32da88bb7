"""판매자 취소 locks in the order of docs/architecture.md#r11, and touches the stock last."""

import httpx
import pytest

from tests.app.claim.support import bought, cancel, codes, row
from tests.app.payment.test_locks import locked, written
from tests.app.product.captured import captured_sql
from tests.app.staff.people import headers_with
from tests.conftest import REAL

pytestmark = pytest.mark.skipif(not REAL, reason="SQLite ignores SELECT ... FOR UPDATE: it has one writer")


async def test_order_lines_shipments_and_payments_are_locked_in_turn_and_the_stock_changes_last(
    client: httpx.AsyncClient,
) -> None:
    placed, _ = await bought(client, 1)
    headers = await headers_with(client, "order:write")
    with captured_sql() as statements:
        body = await cancel(client, headers, row(placed, refund=placed.total, restock=True))
    assert codes(body) == ["done"]
    assert locked(statements) == ["orders", "order_line", "shipment", "payment"]
    first_lock = next(number for number, statement in enumerate(statements) if "FOR UPDATE" in statement)
    assert written(statements[:first_lock]) == []
    changes = written(statements)
    assert changes.index("INSERT seller_cancel") < changes.index("INSERT refund") < changes.index("UPDATE order_line")
    assert changes[-2:] == ["UPDATE variant", "INSERT stock_ledger"]
