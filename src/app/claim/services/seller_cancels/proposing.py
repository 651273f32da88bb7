"""One row of a cancel: what it would take and give back, by the order as it is."""

from dataclasses import dataclass

from src.app.claim.dtos.admin.seller_cancels import CancelResult, PreviewRow, RefundRow
from src.app.order.errors import UnitsTaken
from src.app.order.models import OrderLine
from src.app.order.services.lines.actions import LineAction, check_allowed
from src.app.order.services.lines.statuses import unsent
from src.app.pricing.services.refunds.calculator import MoneyRow, OrderMoney, Proposal, take_back
from src.app.pricing.services.refunds.reasons import Fault


@dataclass(frozen=True, slots=True)
class Proposed:
    """Units of a line that would be cancelled, the first of them by its place among the line's units, from 0."""

    line: OrderLine
    first_unit: int
    units: int
    proposal: Proposal

    def result(self) -> CancelResult:
        """Return the result of the row if it is done."""
        return CancelResult(line_no=self.line.line_no, outcome="done", **self.sums())

    def sums(self) -> dict[str, object]:
        """Return what a result shows of the refund."""
        return {
            "units": self.units,
            "refund": self.proposal.refund,
            "points": self.proposal.points,
            "rows": [_row(row) for row in self.proposal.rows],
        }


def propose(line: OrderLine, row: PreviewRow, money: OrderMoney) -> Proposed:
    """Return what the row would do; nothing is changed. Raises WrongState and UnitsTaken.

    All units that are neither sent, cancelled nor asked back are the seller's to cancel; its fault costs the buyer
    nothing.
    """
    check_allowed(line, LineAction.SELLER_CANCEL)
    units = row.units or unsent(line)
    if units > unsent(line):
        raise UnitsTaken(line_no=line.line_no)
    first = money.line(line.line_no).gone
    return Proposed(line, first, units, take_back(money, line.line_no, units, Fault.SELLER))


def _row(row: MoneyRow) -> RefundRow:
    return RefundRow(
        kind=row.kind, amount=row.amount, tax_type=row.tax_type, units=row.units, shipping_place=row.place or None
    )
