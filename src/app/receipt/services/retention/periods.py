"""Retention of the numbers of cash receipts, live and archived (docs/retention.md).

The number goes when the period ends or the member leaves; the receipt stays with its sums and its issue number.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from src.app.receipt.models import CashReceipt, CashReceiptArchive
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work

RETENTION: Final = "payment"
PERSONAL: Final = ("sealed_number", "number_hash", "masked_number", "url")


def emptied() -> dict[str, Any]:
    """Return the columns of a row without its number. `sent_hash` follows, so that nothing is sent anew for that."""
    return {**dict.fromkeys(PERSONAL, ""), "sent_hash": "", "separated_at": clock.now()}


def _over(table: type[CashReceipt], before: datetime) -> Any:
    return table.filter(separated_at=None, work_status=WorkStatus.DONE, updated_at__lte=before)


def _unpaid(table: type[CashReceipt], before: datetime) -> Any:
    return _over(table, before).filter(receipt_key=None)


async def _erase(table: type[CashReceipt], ids: Sequence[int], before: datetime) -> int:
    return await unit_of_work(lambda: _over(table, before).filter(id__in=list(ids)).update(**emptied()))


def _rules(table: type[CashReceipt], name: str) -> tuple[Rule, Rule]:
    return (
        Rule(
            retention=RETENTION,
            table=name,
            subject="현금영수증 번호 / Numbers of cash receipts",
            find=lambda before: batches(_over(table, before)),
            erase=partial(_erase, table),
        ),
        Rule(
            retention="unneeded",
            table=name,
            subject="결제되지 않은 주문의 현금영수증 번호 / Numbers of cash receipts of orders that nobody paid",
            find=lambda before: batches(_unpaid(table, before)),
            erase=partial(_erase, table),
        ),
    )


RULES: Final = (*_rules(CashReceipt, "cash_receipt"), *_rules(CashReceiptArchive, "cash_receipt_archive"))
