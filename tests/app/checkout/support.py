"""What the tests of checkout share."""

import httpx

from src.app.order.models import Order
from src.app.payment.models import Payment
from src.app.product.models import StockKind, StockLedger
from src.common.models import IdempotencyKey


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem; the code is empty where it is none."""
    return answer.status_code, answer.json().get("code", "")


async def assert_no_trace() -> None:
    """No order, no payment, no hold, and no key that would keep the client from trying again."""
    counts = [await model.all().count() for model in (Order, Payment, IdempotencyKey)]
    assert (counts, await StockLedger.filter(kind=StockKind.HOLD).count()) == ([0, 0, 0], 0)
