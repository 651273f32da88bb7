"""The rows of a bulk cancel by order: a line stands in one row only."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from src.app.claim.dtos.admin.seller_cancels import CancelResult, PreviewRow
from src.app.fulfilment.errors import LineTwice
from src.app.order.errors import LineNotFound
from src.app.order.services.lines.queries import orders_of

R = TypeVar("R", bound=PreviewRow)


@dataclass(frozen=True, slots=True)
class Sorted(Generic[R]):
    """`by_order` are the rows by order id, in the order asked; `refused` the results of those that are not among
    them, by line number."""

    by_order: dict[int, list[R]]
    refused: dict[str, CancelResult]


async def sort(rows: Sequence[R]) -> Sorted[R]:
    """Find the orders of the rows' lines. Rows of unknown lines and of lines that are named twice are refused."""
    counts = Counter(row.line_no for row in rows)
    refused = {no: CancelResult.refused(no, LineTwice(line_no=no)) for no, count in counts.items() if count > 1}
    once = [row for row in rows if row.line_no not in refused]
    found = await orders_of([row.line_no for row in once])
    by_order: defaultdict[int, list[R]] = defaultdict(list)
    for row in once:
        if (order_id := found.get(row.line_no)) is None:
            refused[row.line_no] = CancelResult.refused(row.line_no, LineNotFound(line_no=row.line_no))
        else:
            by_order[order_id].append(row)
    return Sorted(dict(sorted(by_order.items())), refused)
