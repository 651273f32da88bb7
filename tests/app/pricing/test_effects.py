"""Effects on units: golden cases and properties over random histories."""

import random
from itertools import pairwise

import pytest

from src.app.pricing.services.effects import (
    Effect,
    EffectKind,
    EffectTooLarge,
    Laid,
    Units,
    lay,
    left_of,
    packed,
    tax_parts,
    unpacked,
)

COUPON, POINTS, DISCOUNT, TAX = EffectKind.COUPON, EffectKind.POINTS, EffectKind.DISCOUNT, EffectKind.TAX


def test_points_take_what_the_coupon_left_of_each_unit() -> None:
    """The case of the money rules: three of 1,000, coupon 1,000, points 2,000."""
    for lines in ([Units(1_000, 3)], [Units(1_000, 1)] * 3):
        laid = lay(lines, [Effect(COUPON, 1_000), Effect(POINTS, 2_000)])
        parts = {kind: [part for each in laid if each.kind == kind for part in each.parts] for kind in (COUPON, POINTS)}
        assert parts == {COUPON: [334, 333, 333], POINTS: [666, 667, 667]}
        assert [unit for line in left_of(lines, laid) for unit in line] == [0, 0, 0]


def test_a_capped_coupon_lies_on_the_lines_by_their_price() -> None:
    """The case of the money rules: 40,000 and 20,000, coupon 10 % capped at 5,000."""
    lines = [Units(40_000, 1), Units(20_000, 1)]
    laid = lay(lines, [Effect(COUPON, 5_000)])
    assert [(each.line, each.parts) for each in laid] == [(0, (3_333,)), (1, (1_667,))]
    assert left_of(lines, laid) == [[36_667], [18_333]]


def test_an_effect_lies_on_the_lines_that_it_covers_only() -> None:
    lines = [Units(1_000, 2), Units(500, 1), Units(300, 2)]
    assert lay(lines, [Effect(DISCOUNT, 101, (0, 2))]) == (
        Laid(1, DISCOUNT, 0, (39, 39)),
        Laid(1, DISCOUNT, 2, (12, 11)),
    )


def test_nothing_lies_where_there_is_no_effect() -> None:
    assert lay([Units(1_000, 3)], []) == ()
    assert lay([Units(0, 2)], [Effect(COUPON, 0)]) == ()


def test_an_effect_never_takes_more_than_is_left() -> None:
    lines = [Units(1_000, 1), Units(10, 1)]
    with pytest.raises(EffectTooLarge):
        lay(lines, [Effect(COUPON, 11, (1,))])
    with pytest.raises(EffectTooLarge):
        lay(lines, [Effect(COUPON, 1_000), Effect(POINTS, 11)])


def test_vat_lies_on_units_by_what_is_left_of_them() -> None:
    assert tax_parts([2, 0, 9], [[10, 5], [100], [50, 50]], place=3) == (
        Laid(3, TAX, 0, (1, 1)),
        Laid(3, TAX, 2, (5, 4)),
    )


def test_vat_lowers_nothing() -> None:
    lines = [Units(100, 1)]
    assert left_of(lines, [Laid(1, COUPON, 0, (10,)), Laid(2, TAX, 0, (8,))]) == [[90]]


@pytest.mark.parametrize(
    ("parts", "text"), [((334, 333, 333), "334,333*2"), ((5,), "5"), ((0,) * 999, "0*999"), ((1, 2, 1), "1,2,1")]
)
def test_vectors_are_kept_short(parts: tuple[int, ...], text: str) -> None:
    assert packed(parts) == text
    assert unpacked(text) == parts


@pytest.mark.parametrize("seed", range(300))
def test_every_unit_keeps_zero_or_more_in_every_history(seed: int) -> None:
    """Whatever lies on the units and in whatever order they go back: no part and no rest is below 0, each effect goes
    back to the won, and nothing depends on what went back before."""
    dice = random.Random(seed)
    lines = [Units(dice.choice((0, 1, 3, 999, 45_000)), dice.randrange(1, 8)) for _ in range(dice.randrange(1, 5))]
    effects: list[Effect] = []
    rest = sum(line.price * line.quantity for line in lines)
    for kind in dice.sample([DISCOUNT, COUPON, POINTS], dice.randrange(0, 4)):
        covered = tuple(sorted(dice.sample(range(len(lines)), dice.randrange(1, len(lines) + 1))))
        there = sum(sum(units) for line, units in enumerate(left_of(lines, lay(lines, effects))) if line in covered)
        effects.append(Effect(kind, dice.randrange(0, there + 1), covered))

    laid = lay(lines, effects)

    for effect in effects:
        assert sum(each.amount for each in laid if each.kind == effect.kind) == effect.amount
        assert all(each.line in (effect.lines or ()) for each in laid if each.kind == effect.kind)
        rest -= effect.amount
    left = left_of(lines, laid)
    assert sum(map(sum, left)) == rest
    assert all(part >= 0 for each in laid for part in each.parts)
    assert all(unit >= 0 for units in left for unit in units)
    assert all(unpacked(packed(each.parts)) == each.parts for each in laid)
    units = [(line, unit) for line, each in enumerate(lines) for unit in range(each.quantity)]
    back = [left[line][unit] for line, unit in dice.sample(units, len(units))]
    totals = [rest, *(rest - sum(back[: n + 1]) for n in range(len(back)))]
    assert totals[-1] == 0
    assert all(after <= before for before, after in pairwise(totals))
