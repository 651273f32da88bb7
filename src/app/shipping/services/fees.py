"""What shipping costs: pure functions over rules that are rows."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`base_fee` won for less than `free_from` won of goods after discount, nothing from there on."""

    base_fee: int
    free_from: int


@dataclass(frozen=True, slots=True)
class Surcharge:
    """`fee` won on top for zipcodes (five digits) from `zipcode_from` to `zipcode_to`, both included."""

    name: str
    zipcode_from: str
    zipcode_to: str
    fee: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """Everything a fee depends on besides the order itself, read at one moment."""

    rule: Rule
    surcharges: tuple[Surcharge, ...] = ()

    def fee(self, goods_after_discount: int, zipcode: str | None) -> int:
        """The fee in won for these goods to this zipcode."""
        return fee(self.rule, self.surcharges, goods_after_discount=goods_after_discount, zipcode=zipcode)


DEFAULT_RULE = Rule(base_fee=2_500, free_from=100_000)

# Jeju and the largest groups of islands without a bridge. A starting point for the rows that staff keep; the ranges
# are those of the five-digit postal zones (국가기초구역), the fees are the shop's own.
DEFAULT_SURCHARGES = (
    Surcharge("제주", "63000", "63644", 3_000),
    Surcharge("인천 옹진 도서", "23100", "23116", 5_000),
    Surcharge("인천 옹진 도서", "23124", "23136", 5_000),
    Surcharge("경북 울릉", "40200", "40240", 5_000),
    Surcharge("전남 신안 도서", "58800", "58810", 5_000),
    Surcharge("전남 신안 도서", "58843", "58866", 5_000),
    Surcharge("전남 완도 도서", "59137", "59166", 5_000),
    Surcharge("전남 여수 도서", "59781", "59790", 5_000),
)


def fee(rule: Rule, surcharges: Sequence[Surcharge], *, goods_after_discount: int, zipcode: str | None) -> int:
    """Shipping fee in won: the base fee, or 0 from `free_from` on, plus the surcharge of the zipcode.

    The surcharge is due also where the base is free. Where ranges overlap the highest one counts, once. Without a
    zipcode there is no surcharge yet.
    """
    base = 0 if goods_after_discount >= rule.free_from else rule.base_fee
    return base + surcharge(surcharges, zipcode)


def surcharge(surcharges: Sequence[Surcharge], zipcode: str | None) -> int:
    """What is added for this zipcode, in won."""
    if zipcode is None:
        return 0
    return max((each.fee for each in surcharges if each.zipcode_from <= zipcode <= each.zipcode_to), default=0)
