"""Cash receipts as buyers and staff see them."""

from collections.abc import Mapping, Sequence

from src.app.receipt.dtos.shapes import CashReceiptRead
from src.app.receipt.errors import CashReceiptNotFound
from src.app.receipt.models import CashReceipt, CashReceiptArchive
from src.common.records.archiving import rows_of


async def rows_by_order(order_ids: Sequence[int]) -> Mapping[int, CashReceipt]:
    """Return the receipts of these orders, live or archived, by order id. No statement for no order."""
    if not order_ids:
        return {}
    found = await rows_of(CashReceipt, CashReceiptArchive, "order_id", list(order_ids))
    return {order_id: row for order_id, (row,) in found.items()}


async def by_order(order_ids: Sequence[int]) -> dict[int, CashReceiptRead]:
    """Return them as they are shown."""
    return {order_id: read(row) for order_id, row in (await rows_by_order(order_ids)).items()}


async def one(order_id: int) -> CashReceiptRead:
    """Return the receipt of an order. Raises CashReceiptNotFound."""
    found = (await by_order([order_id])).get(order_id)
    if found is None:
        raise CashReceiptNotFound
    return found


def read(row: CashReceipt) -> CashReceiptRead:
    """Return a row as it is shown, the number masked."""
    return CashReceiptRead(
        status=row.status,
        kind=row.kind,
        source=row.source,
        number=row.masked_number,
        amount=row.issued_amount,
        issue_number=row.issue_number or None,
        url=row.url or None,
        issued_at=row.issued_at,
    )
