"""Personal data of a member in cash receipts."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from pydantic import JsonValue

from src.app.order.services import queries as orders
from src.app.order.services.paging import ids_of
from src.app.order.services.withdrawal import OPEN
from src.app.receipt.models import CashReceipt, CashReceiptArchive
from src.app.receipt.services import numbers
from src.app.receipt.services.reading import rows_by_order
from src.app.receipt.services.retention import periods
from src.common.clock import korean
from src.common.models.work_item import WorkStatus
from src.common.records import anonymising
from src.common.records.retention import Rule
from src.core.database import unit_of_work

DOMAIN: Final = "receipt"
RULES: Final[Sequence[Rule]] = periods.RULES
BATCH: Final = 200


async def export(member_id: int) -> Mapping[str, Any]:
    """Return every cash receipt of the member's orders, the oldest order first, with its whole number."""
    exported: list[JsonValue] = []
    last_id = 0
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        rows = await rows_by_order(ids)
        named = {order_id: order.order_no for order_id, order in (await orders.by_ids(ids)).items()}
        exported += [_receipt(rows[order_id], named[order_id]) for order_id in ids if order_id in rows]
    return {"cash_receipts": exported}


async def erase(member_id: int) -> int:
    """Move the numbers of receipts of the member's ended orders into the legal records; return how many. A repeat moves
    what is left; receipts that are under way come later (`anonymise_due`)."""
    return await anonymising.anonymise(DOMAIN, member_id, _step)


async def _step(member_id: int) -> tuple[int, bool]:
    moved, last_id, is_done = 0, 0, True
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        held = await orders.by_ids(ids)
        for order_id, row in (await rows_by_order(ids)).items():
            if row.separated_at is not None:
                continue
            if held[order_id].status in OPEN or row.work_status != WorkStatus.DONE:
                is_done = False
            else:
                moved += await unit_of_work(partial(_move, row, held[order_id].order_no))
    return moved, is_done


async def _move(row: CashReceipt, order_no: str) -> int:
    """Keep the number apart and empty the row where it lies; the next run finds one that changed tables."""
    table = CashReceiptArchive if isinstance(row, CashReceiptArchive) else CashReceipt
    held = await table.filter(id=row.id, separated_at=None).select_for_update().first()
    if held is None:
        return 0
    values = {name: getattr(held, name) for name in ("sealed_number", "masked_number")}
    if any(values.values()):
        await anonymising.keep(DOMAIN, order_no, values, since=held.updated_at, retention=periods.RETENTION)
    changed: int = await table.filter(id=row.id).update(**periods.emptied())
    return changed


def _receipt(row: CashReceipt, order_no: str) -> dict[str, Any]:
    return {
        "order_no": order_no,
        "kind": row.kind.value,
        "number": numbers.number_of(row) if row.sealed_number else None,
        "status": row.status.value,
        "amount": row.issued_amount,
        "issue_number": row.issue_number or None,
        "issued_at": None if row.issued_at is None else korean(row.issued_at),
    }
