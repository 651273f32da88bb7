"""Calculation of shipping fees: pure functions over rules that are read from rows. All amounts are won."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from src.app.shipping.models import DeliveryMethod, FeePer, SurchargeArea

NEVER_FREE: Final = 2_000_000_000
"""A `free_from` that no order reaches."""


class FeeKind(StrEnum):
    """Kinds of shipping rows. EFFECT is the part of a promotion or coupon that lowers shipping; it is never above 0."""

    BASE = "BASE"
    PRODUCT = "PRODUCT"
    SURCHARGE = "SURCHARGE"
    EFFECT = "EFFECT"


@dataclass(frozen=True, slots=True)
class Rule:
    """A fee of `base_fee` for goods below `free_from` after discount, and 0 from that amount on.

    `return_fee` is for the way back, `exchange_fee` for both ways. Version 1 are the defaults of the code.
    """

    base_fee: int
    free_from: int
    return_fee: int = 3_000
    exchange_fee: int = 6_000
    methods: tuple[DeliveryMethod, ...] = (DeliveryMethod.PARCEL,)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A surcharge for zipcodes (five digits) from `zipcode_from` to `zipcode_to`, both included."""

    name: str
    zipcode_from: str
    zipcode_to: str
    fee: int
    area: SurchargeArea = SurchargeArea.ISLAND


@dataclass(frozen=True, slots=True)
class ProductFee:
    """The own fee of a product, charged whatever the order costs; 0 ships free. It replaces the base fee."""

    product_id: int
    fee: int
    per: FeePer


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A line that is shipped: `amount` is its price after discounts and before points."""

    product_id: int
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """One part of a shipping fee. `line` is the index of the line that it is charged for, None for several lines.

    A PRODUCT row is charged for all lines of `product_id`, or for its `line` alone. `units` is the number of equal
    parts in which the amount may go back: one per unit for a fee per unit, else 1.
    """

    kind: FeeKind
    amount: int
    line: int | None = None
    product_id: int | None = None
    units: int = 1


@dataclass(frozen=True, slots=True)
class Tariff:
    """All rules that a fee depends on, read at one moment."""

    rule: Rule
    surcharges: tuple[Surcharge, ...] = ()
    product_fees: tuple[ProductFee, ...] = ()

    def rows(self, goods: Sequence[Goods], zipcode: str | None) -> tuple[FeeRow, ...]:
        """Return the parts of the fee of these goods to this zipcode, none of them 0.

        - BASE, once, if a line has no own fee and all goods together are below `free_from`.
        - PRODUCT, for each product with an own fee per order, and for each line with one per unit.
        - SURCHARGE, once, also if nothing else is charged. Where ranges overlap, the highest counts. Without a zipcode
          there is none.
        """
        own = {each.product_id: each for each in self.product_fees}
        rows = []
        is_free = sum(each.amount for each in goods) >= self.rule.free_from
        if not is_free and any(each.product_id not in own for each in goods):
            rows.append(FeeRow(kind=FeeKind.BASE, amount=self.rule.base_fee))
        rows += _product_rows(own, goods)
        if goods:
            rows.append(FeeRow(kind=FeeKind.SURCHARGE, amount=surcharge(self.surcharges, zipcode)))
        return tuple(row for row in rows if row.amount)

    def fee(self, goods: Sequence[Goods], zipcode: str | None) -> int:
        """Return the sum of `rows`."""
        return sum(row.amount for row in self.rows(goods, zipcode))


DEFAULT_RULE: Final = Rule(base_fee=2_500, free_from=100_000)

# Jeju and the largest groups of islands without a bridge: a starting point for the rows that staff keep. The ranges are
# those of the five-digit postal zones (국가기초구역); the fees are the shop's own.
DEFAULT_SURCHARGES: Final = (
    Surcharge("제주", "63000", "63644", 3_000, SurchargeArea.JEJU),
    Surcharge("인천 옹진 도서", "23100", "23116", 5_000),
    Surcharge("인천 옹진 도서", "23124", "23136", 5_000),
    Surcharge("경북 울릉", "40200", "40240", 5_000),
    Surcharge("전남 신안 도서", "58800", "58810", 5_000),
    Surcharge("전남 신안 도서", "58843", "58866", 5_000),
    Surcharge("전남 완도 도서", "59137", "59166", 5_000),
    Surcharge("전남 여수 도서", "59781", "59790", 5_000),
)
DEFAULT: Final = Tariff(DEFAULT_RULE, DEFAULT_SURCHARGES)


def surcharge(surcharges: Sequence[Surcharge], zipcode: str | None) -> int:
    """Return the surcharge for this zipcode: the highest of those whose range has it."""
    if zipcode is None:
        return 0
    return max((each.fee for each in surcharges if each.zipcode_from <= zipcode <= each.zipcode_to), default=0)


def _product_rows(own: dict[int, ProductFee], goods: Sequence[Goods]) -> list[FeeRow]:
    once = {each.product_id: own[each.product_id].fee for each in goods if _is(FeePer.ORDER, own, each)}
    return [
        *(FeeRow(kind=FeeKind.PRODUCT, amount=fee, product_id=product_id) for product_id, fee in once.items()),
        *(
            FeeRow(
                kind=FeeKind.PRODUCT,
                amount=own[each.product_id].fee * each.quantity,
                line=line,
                product_id=each.product_id,
                units=each.quantity,
            )
            for line, each in enumerate(goods)
            if _is(FeePer.UNIT, own, each)
        ),
    ]


def _is(per: FeePer, own: dict[int, ProductFee], goods: Goods) -> bool:
    return goods.product_id in own and own[goods.product_id].per == per
