"""The refund of units that go back, to the won: pure functions. All amounts are won.

What goes back with a unit is its stored parts, unit by unit in the order in which they are stored; nothing is computed
anew over what stays. So the parts of all units together are what was paid for them, in any order. Fees, thresholds and
recaptured discounts, which the buyer's fault brings, are not part of it yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from src.app.pricing.services.effects import EffectKind
from src.app.pricing.services.refunds.reasons import Fault
from src.app.product.models import TaxType
from src.app.shipping.services.fees import FeeKind


class RowKind(StrEnum):
    """What a row of a refund is for: the price of the goods, an effect on it, or a shipping fee."""

    GOODS = "GOODS"
    DISCOUNT = "DISCOUNT"
    PROMOTION = "PROMOTION"
    COUPON = "COUPON"
    POINTS = "POINTS"
    SHIPPING_BACK = "SHIPPING_BACK"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a line: its price, and the part of each effect on it in stored order. TAX is none of them."""

    price: int
    effects: tuple[tuple[EffectKind, int], ...] = ()

    @property
    def paid(self) -> int:
        """What was paid for it in money."""
        return self.price - sum(part for _, part in self.effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMoney:
    """A line with its units in stored order. The first `gone` of them were cancelled, returned or exchanged; `sent`
    counts those that ever left the shop, whatever became of them. `has_own_fee`: its product ships at a fee of its own,
    which may be 0, so the base fee is not for it."""

    line_no: str
    product_id: int
    tax_type: TaxType
    units: tuple[Unit, ...]
    gone: int = 0
    sent: int = 0
    has_own_fee: bool = False

    @property
    def kept(self) -> int:
        """The units that the buyer has or is to get."""
        return len(self.units) - self.gone


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingMoney:
    """A stored part of the shipping fee. `line_no` is set where it is charged for each of the units of that line, else
    it covers several lines. `back` of its `units` equal parts have gone back."""

    place: int
    kind: FeeKind
    amount: int
    tax_type: TaxType
    line_no: str = ""
    product_id: int | None = None
    units: int = 1
    back: int = 0


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """What was paid for an order, and what of it has gone back."""

    lines: tuple[LineMoney, ...]
    shipping: tuple[ShippingMoney, ...] = ()

    def line(self, line_no: str) -> LineMoney:
        """Return the line with this number. Raises KeyError."""
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise KeyError(line_no)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """Signed won of one cause: above 0 they go to the buyer. `units` units of the line, or parts of the shipping row at
    `place`. POINTS go back as points, so their row is below 0 and no money."""

    kind: RowKind
    amount: int
    tax_type: TaxType
    line_no: str = ""
    units: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What goes back, row by row, and the order as it is afterwards."""

    rows: tuple[MoneyRow, ...]
    after: OrderMoney

    @property
    def refund(self) -> int:
        """The money that goes back."""
        return max(0, sum(row.amount for row in self.rows))

    @property
    def due(self) -> int:
        """The money that the buyer owes."""
        return max(0, -sum(row.amount for row in self.rows))

    @property
    def points(self) -> int:
        """The points that go back."""
        return -sum(row.amount for row in self.rows if row.kind == RowKind.POINTS)

    @property
    def tax_free(self) -> int:
        """The part of the money that was paid for tax-free goods and tax-free shipping."""
        return max(0, sum(row.amount for row in self.rows if row.tax_type == TaxType.TAX_FREE))


class TooManyUnits(ValueError):
    """More units of a line are to go back than are left of it."""


ROW_OF: Final[Mapping[EffectKind, RowKind]] = {
    EffectKind.DISCOUNT: RowKind.DISCOUNT,
    EffectKind.PROMOTION: RowKind.PROMOTION,
    EffectKind.COUPON: RowKind.COUPON,
    EffectKind.POINTS: RowKind.POINTS,
}
NOT_THE_BUYERS: Final = frozenset({Fault.SELLER, Fault.CARRIER})


def take_back(order: OrderMoney, line_no: str, units: int, fault: Fault) -> Proposal:
    """Return what goes back with the next `units` units of a line, as stored, and the shipping that goes with them.

    Raises KeyError for an unknown line, and TooManyUnits.
    """
    line = order.line(line_no)
    if not 0 < units <= line.kept:
        raise TooManyUnits(f"{units} of {line.kept} units of {line_no}")
    going = line.units[line.gone : line.gone + units]
    fewer = replace(line, gone=line.gone + units)
    lines = tuple(fewer if each.line_no == line_no else each for each in order.lines)
    shipping = dict(_shipping_back(lines, order.shipping, fault))
    rows = (*_goods(line, going), *(_shipping_row(row, parts) for row, parts in shipping.items()))
    after = tuple(replace(row, back=row.back + shipping.get(row, 0)) for row in order.shipping)
    return Proposal(rows, OrderMoney(lines, after))


def _goods(line: LineMoney, going: Sequence[Unit]) -> Iterator[MoneyRow]:
    def row(kind: RowKind, amount: int) -> MoneyRow:
        return MoneyRow(kind=kind, amount=amount, tax_type=line.tax_type, line_no=line.line_no, units=len(going))

    yield row(RowKind.GOODS, sum(unit.price for unit in going))
    for kind, name in ROW_OF.items():
        part = sum(part for unit in going for effect, part in unit.effects if effect == kind)
        if part:
            yield row(name, -part)


def _shipping_back(
    lines: Sequence[LineMoney], rows: Iterable[ShippingMoney], fault: Fault
) -> Iterator[tuple[ShippingMoney, int]]:
    """Yield the shipping rows of which parts go back, with how many parts: each part once.

    A part goes back once no unit that it covers is kept, if the fault is the seller's or the carrier's; else only if
    none of those units was ever sent.
    """
    for row in rows:
        covered = _covered(lines, row)
        if row.line_no:
            over = sum(line.gone if fault in NOT_THE_BUYERS else max(0, line.gone - line.sent) for line in covered)
            parts = min(over, row.units) - row.back
        else:
            is_free = not any(line.kept for line in covered)
            was_sent = any(line.sent for line in covered)
            parts = row.units - row.back if is_free and (fault in NOT_THE_BUYERS or not was_sent) else 0
        if parts > 0:
            yield row, parts


def _covered(lines: Sequence[LineMoney], row: ShippingMoney) -> list[LineMoney]:
    """Return the lines that a shipping row is charged for.

    A fee per unit is that of its line, a product's own fee that of its product. The base fee is for goods without an
    own fee; an effect on shipping goes with it. A surcharge is for all.
    """
    if row.line_no:
        return [line for line in lines if line.line_no == row.line_no]
    if row.kind == FeeKind.PRODUCT:
        return [line for line in lines if line.product_id == row.product_id]
    without = [line for line in lines if not line.has_own_fee]
    return without if without and row.kind != FeeKind.SURCHARGE else list(lines)


def _shipping_row(row: ShippingMoney, parts: int) -> MoneyRow:
    return MoneyRow(
        kind=RowKind.SHIPPING_BACK,
        amount=row.amount // row.units * parts,
        tax_type=row.tax_type,
        line_no=row.line_no,
        units=parts,
        place=row.place,
    )
