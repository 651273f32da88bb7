"""Effects on the price lie on units: pure functions. All amounts are won.

An effect is spread over the units that it covers by largest remainder, weighted by what the effects before it left of
each unit, and never more than that. What goes back with a unit later is its stored parts; nothing is computed anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from src.common.dtos.money import spread


class EffectKind(StrEnum):
    """Kinds of effects. TAX is the VAT in what is left of a unit after all other effects; it lowers nothing."""

    DISCOUNT = "DISCOUNT"
    PROMOTION = "PROMOTION"
    COUPON = "COUPON"
    POINTS = "POINTS"
    TAX = "TAX"


class EffectTooLarge(ValueError):
    """An effect takes more than is left of the units that it covers."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a line: `quantity` of `price` each, after the product's own discount."""

    price: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect of `amount` on the units of these lines (indexes); None covers all lines."""

    kind: EffectKind
    amount: int
    lines: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """The parts of one effect on the units of one line. `place` is the effect's position among all, from 1."""

    place: int
    kind: EffectKind
    line: int
    parts: tuple[int, ...]

    @property
    def amount(self) -> int:
        """The sum of the parts."""
        return sum(self.parts)


def lay(lines: Sequence[Units], effects: Sequence[Effect], *, first_place: int = 1) -> tuple[Laid, ...]:
    """Spread the effects over the units, one after the other. Lines on which an effect lays nothing are left out.

    Equal remainders go to the earlier unit. Raises EffectTooLarge if an effect takes more than is left.
    """
    left = [[line.price] * line.quantity for line in lines]
    laid = []
    for place, effect in enumerate(effects, start=first_place):
        for line, parts in _spread(effect, left).items():
            left[line] = [unit - part for unit, part in zip(left[line], parts, strict=True)]
            if any(parts):
                laid.append(Laid(place, effect.kind, line, tuple(parts)))
    return tuple(laid)


def left_of(lines: Sequence[Units], laid: Sequence[Laid]) -> list[list[int]]:
    """Return what these effects leave of each unit, by line. TAX lowers nothing."""
    left = [[line.price] * line.quantity for line in lines]
    for each in laid:
        if each.kind != EffectKind.TAX:
            left[each.line] = [unit - part for unit, part in zip(left[each.line], each.parts, strict=True)]
    return left


def tax_parts(vats: Sequence[int], left: Sequence[Sequence[int]], *, place: int) -> tuple[Laid, ...]:
    """Return the VAT of each line spread over its units by what is left of them. Lines without VAT are left out."""
    return tuple(
        Laid(place, EffectKind.TAX, line, tuple(spread(vat, list(units))))
        for line, (vat, units) in enumerate(zip(vats, left, strict=True))
        if vat
    )


def packed(parts: Sequence[int]) -> str:
    """Return a vector as text, with runs of equal parts: ``334,333*2``."""
    runs = ((part, len(list(run))) for part, run in groupby(parts))
    return ",".join(str(part) if count == 1 else f"{part}*{count}" for part, count in runs)


def unpacked(text: str) -> tuple[int, ...]:
    """Return the vector of a text that `packed` made. Raises ValueError for another text."""
    parts: list[int] = []
    for run in text.split(","):
        part, _, count = run.partition("*")
        parts += [int(part)] * int(count or 1)
    return tuple(parts)


def _spread(effect: Effect, left: Sequence[Sequence[int]]) -> Mapping[int, list[int]]:
    covered = range(len(left)) if effect.lines is None else effect.lines
    weights = [unit for line in covered for unit in left[line]]
    if effect.amount > sum(weights):
        raise EffectTooLarge(f"{effect.kind}: {effect.amount} of {sum(weights)} won")
    parts = iter(spread(effect.amount, weights))
    return {line: [next(parts) for _ in left[line]] for line in covered}
