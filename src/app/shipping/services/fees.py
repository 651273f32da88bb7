"""Calculation of shipping fees: pure functions over rules that are read from rows."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A fee of `base_fee` won for goods below `free_from` won after discount, and 0 from that amount on."""

    base_fee: int
    free_from: int


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A surcharge of `fee` won for zipcodes (five digits) from `zipcode_from` to `zipcode_to`, both included."""

    name: str
    zipcode_from: str
    zipcode_to: str
    fee: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """All rules that a fee depends on, read at one moment."""

    rule: Rule
    surcharges: tuple[Surcharge, ...] = ()

    def fee(self, goods_after_discount: int, zipcode: str | None) -> int:
        """Return the fee in won for these goods to this zipcode."""
        return fee(self.rule, self.surcharges, goods_after_discount=goods_after_discount, zipcode=zipcode)


DEFAULT_RULE = Rule(base_fee=2_500, free_from=100_000)

# Jeju and the largest groups of islands without a bridge: a starting point for the rows that staff keep. The ranges are
# those of the five-digit postal zones (국가기초구역); the fees are the shop's own.
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
    """Return the shipping fee in won: the base fee, or 0 from `free_from` on, plus the surcharge of the zipcode.

    The surcharge is charged even if the base fee is 0. Where ranges overlap, only the highest surcharge is charged.
    Without a zipcode there is no surcharge.
    """
    base = 0 if goods_after_discount >= rule.free_from else rule.base_fee
    return base + surcharge(surcharges, zipcode)


def surcharge(surcharges: Sequence[Surcharge], zipcode: str | None) -> int:
    """Return the surcharge for this zipcode in won."""
    if zipcode is None:
        return 0
    return max((each.fee for each in surcharges if each.zipcode_from <= zipcode <= each.zipcode_to), default=0)
