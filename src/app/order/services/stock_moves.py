"""What an order's fate does to the stock it holds. Call inside the unit of work that moves the order."""

from src.app.order.models import OrderLine
from src.app.product.models import StockKind
from src.app.product.services.stock.ledger import LedgerEntry, release, write_ledger


async def sell_held(order_id: int) -> None:
    """The hold of every line is now a sale: delta 0, so the stock stays as it is."""
    lines = await OrderLine.filter(order_id=order_id).order_by("variant_id")
    await write_ledger([_entry(line, StockKind.SALE, delta=0) for line in lines])


async def release_held(order_id: int) -> None:
    """Give every line's units back. Locks the variants' rows in id order; a second time is an IntegrityError."""
    lines = await OrderLine.filter(order_id=order_id).order_by("variant_id")
    await release([_entry(line, StockKind.RELEASE, delta=line.quantity) for line in lines])


def _entry(line: OrderLine, kind: StockKind, *, delta: int) -> LedgerEntry:
    return LedgerEntry(
        variant_id=line.variant_id, kind=kind, source=f"line:{line.line_no}", delta=delta, line_id=line.id
    )
