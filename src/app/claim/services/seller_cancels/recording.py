"""Write what was cancelled: the rows, the log, the journal and the stock. Call inside the unit of work that cancels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from src.app.claim.dtos.admin.seller_cancels import CancelRow, RefundRow
from src.app.claim.models import SellerCancel, SellerCancelLine, SellerCancelRow
from src.app.claim.services.seller_cancels.proposing import Proposed
from src.app.journal.models import EntryKind, TaxClass
from src.app.journal.services import journal
from src.app.order.models import Order
from src.app.pricing.services.refunds.calculator import MoneyRow, RowKind
from src.app.pricing.services.refunds.reasons import GONE
from src.app.product.models import StockKind
from src.app.product.services.stock.ledger import LedgerEntry, release, write_ledger
from src.common import clock
from src.common.logs.context import request_id
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database.statements import find, insert, insert_all, new_row


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the cancel, its lines, and for each of them what was proposed."""

    cancel: SellerCancel
    lines: list[SellerCancelLine]
    proposed: list[Proposed]


async def write(order: Order, taken: Sequence[tuple[CancelRow, Proposed]], *, by: Actor, key: str) -> Written:
    """Insert the cancel with its lines and their rows."""
    proposals = [proposed.proposal for _, proposed in taken]
    cancel = new_row(
        SellerCancel,
        order_id=order.id,
        refund=sum(each.refund for each in proposals),
        points=sum(each.points for each in proposals),
        actor=by.key[:40],
        request_id=request_id.get(),
        created_at=clock.now(),
    )
    await insert(cancel)
    lines = []
    for row, proposed in taken:
        line = new_row(
            SellerCancelLine,
            cancel_id=cancel.id,
            order_line_id=proposed.line.id,
            first_unit=proposed.first_unit,
            units=proposed.units,
            reason=row.reason,
            is_restocked=row.reason not in GONE if row.restock is None else row.restock,
            refund=proposed.proposal.refund,
            tax_free=proposed.proposal.tax_free,
            request_key=key,
        )
        await insert(line)
        await insert_all([_row(line, place, each) for place, each in enumerate(proposed.proposal.rows, start=1)])
        lines.append(line)
    return Written(cancel, lines, [proposed for _, proposed in taken])


async def note(order: Order, written: Written, *, by: Actor) -> None:
    """Write an audit row a line, and what the goods and their shipping no longer cost into the journal."""
    pairs = list(zip(written.lines, written.proposed, strict=True))
    await audit.record_all([_entry(line, proposed) for line, proposed in pairs], by=by)
    await journal.write([entry for line, proposed in pairs for entry in _booked(order, line, proposed)])


async def put_back(written: Written) -> None:
    """Give the units back to the stock, or write them off, with one row of the ledger each. Locks the variants by id,
    so it comes last."""
    back: list[LedgerEntry] = []
    lost: list[LedgerEntry] = []
    for line, proposed in zip(written.lines, written.proposed, strict=True):
        (back if line.is_restocked else lost).append(
            LedgerEntry(
                variant_id=proposed.line.variant_id,
                kind=StockKind.RESTOCK if line.is_restocked else StockKind.WRITE_OFF,
                source=f"cancel_line:{line.id}",
                delta=line.units if line.is_restocked else 0,
                units=line.units,
                line_id=proposed.line.id,
            )
        )
    await write_ledger(lost)
    if back:
        await release(back)


async def rows_of(cancel_line_id: int) -> list[SellerCancelRow]:
    """Return the rows of a line that was cancelled, in their order."""
    return await find(SellerCancelRow, "cancel_line_id = %s ORDER BY place", (cancel_line_id,))


def shown(rows: Sequence[SellerCancelRow]) -> dict[str, Any]:
    """Return what a result shows of stored rows."""
    return {
        "points": -sum(row.amount for row in rows if row.kind == RowKind.POINTS),
        "rows": [
            RefundRow(
                kind=row.kind,
                amount=row.amount,
                tax_type=row.tax_type,
                units=row.units,
                shipping_place=row.shipping_place or None,
            )
            for row in rows
        ],
    }


def _row(line: SellerCancelLine, place: int, row: MoneyRow) -> SellerCancelRow:
    return new_row(
        SellerCancelRow,
        cancel_line_id=line.id,
        place=place,
        kind=row.kind,
        amount=row.amount,
        tax_type=row.tax_type,
        units=row.units,
        shipping_place=row.place,
    )


def _entry(line: SellerCancelLine, proposed: Proposed) -> audit.Entry:
    after = {
        "cancelled": proposed.line.cancelled,
        "refund": line.refund,
        "reason": line.reason.value,
        "is_restocked": line.is_restocked,
    }
    return audit.Entry(
        action="order_line.seller_cancelled",
        target=("order_line", proposed.line.line_no),
        before={"cancelled": proposed.line.cancelled - line.units},
        after=after,
    )


def _booked(order: Order, line: SellerCancelLine, proposed: Proposed) -> list[journal.Entry]:
    """Return the owed side: the goods after their discounts, and each part of the shipping. Points are money there, so
    they lower neither."""
    goods = [row for row in proposed.proposal.rows if not row.place and row.kind != RowKind.POINTS]
    sums = [(EntryKind.CANCELLED_GOODS, sum(row.amount for row in goods), goods[0].tax_type, "goods")]
    sums += [
        (EntryKind.SHIPPING_BACK, row.amount, row.tax_type, f"shipping:{row.place}")
        for row in proposed.proposal.rows
        if row.place
    ]
    return [
        journal.Entry(
            order_id=order.id,
            line_no=proposed.line.line_no,
            kind=kind,
            amount=-amount,
            tax_class=TaxClass(tax_type.value),
            cause=f"cancel_line:{line.id}:{what}",
        )
        for kind, amount, tax_type, what in sums
    ]
