"""What goes back, to the won: the cases that bind where the fault is the seller's, and any order of parts
(docs/promises.md#p14)."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.app.pricing.services.effects import Effect, EffectKind
from src.app.pricing.services.refunds.calculator import (
    MoneyRow,
    OrderMoney,
    RowKind,
    ShippingMoney,
    TooManyUnits,
    take_back,
)
from src.app.pricing.services.refunds.reasons import FAULTS, GONE, Fault, GoodsReason
from src.app.product.models import TaxType
from src.app.shipping.services.fees import FeeKind
from tests.app.pricing.refunds.histories import (
    SELLER,
    base,
    in_turn,
    order_of,
    paid_for,
    random_order,
    random_steps,
)


def refunds(order: OrderMoney, *steps: tuple[str, int]) -> list[int]:
    return [proposal.refund for proposal in in_turn(order, steps)]


def test_free_shipping_goods_go_back_as_they_were_paid() -> None:
    order = order_of((60_000, 1), (50_000, 1))
    assert refunds(order, ("1", 1), ("2", 1)) == [60_000, 50_000]


def test_shipping_goes_back_with_the_last_of_the_goods_and_once() -> None:
    order = order_of((30_000, 1), shipping=[base(2_500)])
    (whole,) = in_turn(order, [("1", 1)])
    assert whole.refund == 32_500
    assert whole.rows == (
        MoneyRow(kind=RowKind.GOODS, amount=30_000, tax_type=TaxType.TAXABLE, line_no="1", units=1),
        MoneyRow(kind=RowKind.SHIPPING_BACK, amount=2_500, tax_type=TaxType.TAXABLE, units=1, place=1),
    )
    assert refunds(order_of((15_000, 2), shipping=[base(2_500)]), ("1", 1), ("1", 1)) == [15_000, 17_500]


def test_a_rest_below_free_shipping_costs_the_buyer_nothing_if_the_seller_cannot_deliver() -> None:
    assert refunds(order_of((2_000, 1), (98_000, 1)), ("1", 1)) == [2_000]


def test_points_go_back_as_points_and_the_coupon_lies_on_the_units() -> None:
    effects = [Effect(EffectKind.COUPON, 1_000), Effect(EffectKind.POINTS, 2_000)]
    done = list(in_turn(order_of((1_000, 3), effects=effects), [("1", 1)] * 3))
    assert [each.refund for each in done] == [0, 0, 0]
    assert [each.points for each in done] == [666, 667, 667]
    coupons = [row.amount for each in done for row in each.rows if row.kind == RowKind.COUPON]
    assert coupons == [-334, -333, -333]


def test_a_coupon_is_kept_though_its_minimum_is_no_longer_met() -> None:
    order = order_of((40_000, 1), (20_000, 1), effects=[Effect(EffectKind.COUPON, 5_000)])
    assert refunds(order, ("1", 1), ("2", 1)) == [36_667, 18_333]


def test_tax_free_money_is_told_apart() -> None:
    order = order_of((10_000, 1), (11_000, 1), shipping=[base(2_500)], tax=[TaxType.TAX_FREE, TaxType.TAXABLE])
    first, second = in_turn(order, [("1", 1), ("2", 1)])
    assert (first.refund, first.tax_free, second.refund, second.tax_free) == (10_000, 10_000, 13_500, 0)


def test_a_fee_per_unit_goes_back_with_its_unit_and_a_fee_per_product_with_the_last_of_it() -> None:
    own = ShippingMoney(
        place=1, kind=FeeKind.PRODUCT, amount=2_100, tax_type=TaxType.TAXABLE, line_no="1", product_id=1, units=3
    )
    whole = ShippingMoney(place=2, kind=FeeKind.PRODUCT, amount=9_000, tax_type=TaxType.TAXABLE, product_id=2)
    order = order_of((1_000, 3), (5_000, 2), shipping=[own, whole])
    assert refunds(order, ("1", 2), ("2", 1), ("2", 1), ("1", 1)) == [3_400, 5_000, 14_000, 1_700]


def test_the_base_fee_is_not_for_goods_that_ship_at_their_own() -> None:
    order = order_of((1_000, 1), (5_000, 1), shipping=[base(2_500)])
    bulky = OrderMoney((order.lines[0], replace(order.lines[1], has_own_fee=True)), order.shipping)
    assert refunds(bulky, ("1", 1)) == [3_500]
    assert refunds(bulky, ("2", 1), ("1", 1)) == [5_000, 3_500]


@pytest.mark.parametrize(("fault", "refund"), [(Fault.BUYER, 30_000), (Fault.CARRIER, 32_500), (SELLER, 32_500)])
def test_shipping_of_what_was_sent_goes_back_unless_the_buyer_changed_their_mind(fault: Fault, refund: int) -> None:
    order = order_of((30_000, 1), shipping=[base(2_500)])
    sent = OrderMoney((replace(order.lines[0], sent=1),), order.shipping)
    assert take_back(sent, "1", 1, fault).refund == refund


def test_shipping_of_what_was_never_sent_goes_back_whoever_wanted_it() -> None:
    assert take_back(order_of((30_000, 1), shipping=[base(2_500)]), "1", 1, Fault.BUYER).refund == 32_500


@pytest.mark.parametrize("units", [0, -1, 3])
def test_units_that_are_not_left_do_not_go_back(units: int) -> None:
    with pytest.raises(TooManyUnits):
        take_back(order_of((1_000, 2)), "1", units, SELLER)
    with pytest.raises(KeyError):
        take_back(order_of((1_000, 2)), "2", 1, SELLER)


def test_every_reason_has_a_fault_and_what_is_not_there_is_not_sold_again() -> None:
    assert set(FAULTS) == set(GoodsReason)
    assert set(FAULTS.values()) == set(Fault)
    assert {GoodsReason.SOLD_OUT, GoodsReason.DEFECTIVE, GoodsReason.LOST} == GONE


@given(st.integers(0, 2**32))
def test_any_order_of_parts_is_exact(seed: int) -> None:
    dice = Random(seed)
    order = random_order(dice)
    paid, tax_free_paid = paid_for(order), _tax_free(order)
    refunded = points = tax_free = 0
    for done in in_turn(order, random_steps(order, dice)):
        assert done.refund >= 0
        assert done.due == 0
        assert done.points >= 0
        assert 0 <= done.tax_free <= done.refund
        refunded, points, tax_free = refunded + done.refund, points + done.points, tax_free + done.tax_free
        assert refunded <= paid
        kept = sum(unit.paid for line in done.after.lines for unit in line.units[line.gone :])
        assert refunded + kept + sum(_left(row) for row in done.after.shipping) == paid
    assert (refunded, tax_free) == (paid, tax_free_paid)
    assert points == _points(order)


@given(st.integers(0, 2**32))
def test_units_one_by_one_are_the_units_at_once_and_a_second_look_is_the_same(seed: int) -> None:
    dice = Random(seed)
    order = random_order(dice)
    line = dice.choice(order.lines)
    units = dice.randint(1, len(line.units))
    at_once = take_back(order, line.line_no, units, SELLER)
    singly = list(in_turn(order, [(line.line_no, 1)] * units))
    assert sum(each.refund for each in singly) == at_once.refund
    assert singly[-1].after == at_once.after
    assert take_back(order, line.line_no, units, SELLER) == at_once


@given(st.integers(0, 2**32))
def test_every_part_of_every_unit_is_at_least_zero_and_adds_up(seed: int) -> None:
    order = random_order(Random(seed))
    for line in order.lines:
        for unit in line.units:
            assert unit.paid >= 0
            assert all(part >= 0 for _, part in unit.effects)
            assert unit.price - sum(part for _, part in unit.effects) == unit.paid


def _left(row: ShippingMoney) -> int:
    return row.amount // row.units * (row.units - row.back)


def _points(order: OrderMoney) -> int:
    effects = [each for line in order.lines for unit in line.units for each in unit.effects]
    return sum(part for kind, part in effects if kind == EffectKind.POINTS)


def _tax_free(order: OrderMoney) -> int:
    free = [line for line in order.lines if line.tax_type == TaxType.TAX_FREE]
    return sum(unit.paid for line in free for unit in line.units)
