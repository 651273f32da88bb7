"""Make the provider show what is wanted: read, then cancel or issue, then read again (docs/architecture.md#r7).

    what is wanted is a committed row -> read the provider -> right: done | another one: cancel it whole -> issue

Every step begins with a read, so an outcome that is not known is seen there, and a process may die anywhere.
"""

import asyncio
import logging
from typing import Any, Final

from src.app.order.services.queries import lines_of
from src.app.payment.models import PayMethod
from src.app.payment.services.attempts import order_name
from src.app.payment.services.channels.defaults import settings_key
from src.app.payment.services.channels.memory import channels
from src.app.payment.services.provider.base import provider
from src.app.payment.services.provider.receipts import ProviderReceipt, ReceiptAsk
from src.app.payment.services.queries import by_ids
from src.app.pricing.services.tax import vat_of
from src.app.receipt.models import CashReceipt, ReceiptKind, ReceiptStatus
from src.app.receipt.services import numbers
from src.common import clock
from src.common.crypto import CannotUnseal
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.vendors import Declined, VendorError
from src.common.work import queue

logger = logging.getLogger(__name__)

STEPS: Final = 4  # read, cancel, issue, read: more means that somebody else changes it too
NOTHING_THERE: Final = frozenset({"CASH_RECEIPT_NOT_ISSUED", "CASH_RECEIPT_NOT_FOUND"})
THERE_ALREADY: Final = "CASH_RECEIPT_ALREADY_ISSUED"
OTHER_SUM: Final = "issued with the payment over another sum"


async def send_due(*, limit: int = 10) -> int:
    """Move up to `limit` due receipts side by side; return how many were taken. The job ``send-cash-receipts``."""
    rows = await queue.take_due(CashReceipt, limit=limit)
    await asyncio.gather(*(_move_under(row) for row in rows))
    return len(rows)


async def _move_under(row: CashReceipt) -> None:
    with under(row.request_id):
        try:
            await _move(row)
        except VendorError as error:
            logger.warning("cash receipt %d not moved: %s", row.id, error.reason)
            await queue.put_back(row, error.reason, may_die=False)
        except CannotUnseal as error:
            await _fail(row, str(error))
        except Exception as error:  # noqa: BLE001 - one receipt that breaks must not keep the others waiting
            logger.error("cash receipt %d failed: %s", row.id, where(error))
            await queue.put_back(row, type(error).__name__, may_die=False)


async def _move(row: CashReceipt) -> None:
    """Take one step after the other until the provider shows what the row wanted when it was taken."""
    for _ in range(STEPS):
        seen = await provider().receipt(row.receipt_key or "")
        held = seen if seen is not None and seen.is_valid else None
        if held is not None and row.sent_hash is None and not await _adopt(row, held):
            return
        if _is_right(row, held):
            await _end(row, seen)
            return
        if held is not None:
            await _cancel(row)
        elif not await _issue(row):
            return
    await queue.put_back(row, "still another receipt", may_die=False)


async def _adopt(row: CashReceipt, held: ProviderReceipt) -> bool:
    """Take a receipt that the payment window issued for ours, if it is over the right sum.

    Another one stays, and a person looks at it: the number that it went to is not known here.
    """
    if (held.amount, held.tax_free) != (row.wanted_amount, row.wanted_tax_free) and row.wanted_amount:
        await _fail(row, OTHER_SUM, issued_amount=held.amount, issue_number=held.issue_number[:40], url=held.url[:500])
        return False
    row.sent_hash = row.number_hash
    await queue.end(row, sent_hash=row.sent_hash)
    return True


def _is_right(row: CashReceipt, held: ProviderReceipt | None) -> bool:
    if held is None:
        return not row.wanted_amount
    if (held.amount, held.tax_free) != (row.wanted_amount, row.wanted_tax_free):
        return False
    sent: str | None = row.sent_hash
    return sent == row.number_hash


async def _cancel(row: CashReceipt) -> None:
    try:
        await provider().cancel_receipt(row.receipt_key or "")
    except Declined as declined:
        if declined.reason not in NOTHING_THERE:
            raise
    row.sends += 1
    await queue.end(row, sends=row.sends)


async def _issue(row: CashReceipt) -> bool:
    """Issue what is wanted. Return False if it was refused for good."""
    row.sent_hash = row.number_hash
    await queue.end(row, sent_hash=row.sent_hash)
    # Read, not told by the UPDATE: MySQL counts rows that changed (docs/architecture.md#trap-3).
    if not await CashReceipt.filter(id=row.id, lease_token=row.lease_token, sent_hash=row.sent_hash).exists():
        return False  # something else is wanted meanwhile
    try:
        await provider().issue_receipt(await _asked(row))
    except Declined as declined:
        row.sends += 1
        await queue.end(row, sends=row.sends)
        if declined.reason == THERE_ALREADY:
            return True
        await _fail(row, declined.reason)
        return False
    return True


async def _asked(row: CashReceipt) -> ReceiptAsk:
    payment = (await by_ids([row.payment_id])).get(row.payment_id) if row.payment_id else None
    book = await channels()
    first = next((one for one in book.offered() if one.method == PayMethod.TRANSFER), None)
    channel = (book.of(payment) if payment else None) or first
    number = numbers.number_of(row)
    kind = row.kind if row.sealed_number else ReceiptKind.PERSONAL
    return ReceiptAsk(
        key=row.receipt_key or "",
        request_key=f"receipt-{row.receipt_key}-{row.sends}",
        channel_key=channel.channel_key if channel else settings_key(PayMethod.TRANSFER),
        kind=kind.value,
        number=number,
        number_type=numbers.type_of(kind, number),
        order_name=order_name([line.name for line in (await lines_of([row.order_id]))[row.order_id]]),
        amount=row.wanted_amount,
        tax_free=row.wanted_tax_free,
        vat=vat_of(row.wanted_amount - row.wanted_tax_free),
        paid_at=payment.paid_at if payment else None,
    )


async def _end(row: CashReceipt, seen: ProviderReceipt | None) -> None:
    is_valid = seen is not None and seen.is_valid
    values: dict[str, Any] = {
        "status": ReceiptStatus.ISSUED if is_valid else ReceiptStatus.CANCELLED,
        "issued_amount": seen.amount if seen and is_valid else 0,
        "issue_number": seen.issue_number[:40] if seen else "",
        "url": seen.url[:500] if seen else "",
        "issued_at": seen.issued_at if seen else None,
        "cancelled_at": seen.cancelled_at if seen and not is_valid else None,
        "updated_at": clock.now(),
    }
    await queue.end(row, **values)
    await queue.finish(row)


async def _fail(row: CashReceipt, why: str, **values: Any) -> None:
    logger.critical("cash receipt %d needs a person: %s", row.id, why)
    await queue.end(row, status=ReceiptStatus.FAILED, updated_at=clock.now(), **values)
    await queue.end(row, work_status="DONE", last_error=why[:200], done_at=clock.now())
