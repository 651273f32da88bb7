"""Taxes of what goes back, and what is left of a payment: pure functions (docs/domain.md#refunds)."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.app.payment.models import Payment, Refund, RefundMeans, RefundReason, RefundStatus
from src.app.payment.services.refunds.balance import Left, RefundTaxes, left_of, taxes_of
from src.app.pricing.services.tax import vat_of


def test_a_hundred_won_in_two_halves_have_the_vat_of_the_whole() -> None:
    first = taxes_of(50, tax_free_goods=0, left=Left(total=100, tax_free=0))
    second = taxes_of(50, tax_free_goods=0, left=Left(total=50, tax_free=0))
    assert (first, second) == (RefundTaxes(0, 4), RefundTaxes(0, 5))
    assert vat_of(100) == 9


def test_what_a_fee_eats_of_tax_free_goods_is_carried_to_the_next_refund() -> None:
    """Tax-free 10,000, taxable 11,000, shipping 2,500: the tax-free one comes back less a fee of 3,000."""
    left = Left(total=23_500, tax_free=10_000)
    assert vat_of(left.taxable) == 1_227
    assert taxes_of(7_000, tax_free_goods=10_000, left=left) == RefundTaxes(7_000, 0)
    rest = Left(total=16_500, tax_free=3_000, carried=3_000)
    assert taxes_of(11_000, tax_free_goods=0, left=rest) == RefundTaxes(3_000, 1_227 - vat_of(5_500))


@pytest.mark.parametrize(
    ("amount", "goods", "left", "tax_free"),
    [
        (5_000, 5_000, Left(total=20_000, tax_free=10_000), 5_000),
        (5_000, 0, Left(total=20_000, tax_free=10_000), 0),
        (15_000, 0, Left(total=20_000, tax_free=10_000), 5_000),  # the taxable money left does not pay it
        (20_000, 0, Left(total=20_000, tax_free=10_000), 10_000),
        (4_000, 9_000, Left(total=20_000, tax_free=10_000), 4_000),  # never more than the refund
        (9_000, 9_000, Left(total=20_000, tax_free=3_000), 3_000),  # never more than what is left of it
        (1_000, 0, Left(total=20_000, tax_free=10_000, carried=700), 700),
    ],
)
def test_tax_free_part_keeps_its_bounds(amount: int, goods: int, left: Left, tax_free: int) -> None:
    assert taxes_of(amount, tax_free_goods=goods, left=left).tax_free == tax_free


@given(st.integers(0, 2**32))
def test_taxes_of_all_refunds_are_those_of_the_payment_however_it_is_split(seed: int) -> None:
    dice = Random(seed)
    taxable, tax_free = dice.choice((0, dice.randrange(100), dice.randrange(2_000_000))), dice.randrange(2_000_000)
    whole = taxable + tax_free
    stops = sorted({0, whole, *(dice.randint(0, whole) for _ in range(dice.randrange(30)))})
    left, sums, goods_left = Left(total=whole, tax_free=tax_free), [0, 0], tax_free
    for before, after in pairwise(stops):
        goods = dice.randint(0, min(goods_left, after - before))
        goods_left -= goods
        taxes = taxes_of(after - before, tax_free_goods=goods, left=left)
        assert 0 <= taxes.tax_free <= after - before
        assert 0 <= taxes.vat <= after - before - taxes.tax_free
        carried = left.carried + goods - taxes.tax_free
        left = Left(total=left.total - (after - before), tax_free=left.tax_free - taxes.tax_free, carried=carried)
        assert min(left.tax_free, left.taxable) >= 0
        sums = [sums[0] + taxes.tax_free, sums[1] + taxes.vat]
    assert sums == [tax_free, vat_of(taxable)]


def paid(total: int = 10_000, **values: int) -> Payment:
    return Payment(total_amount=total, charged_amount=total, paid_amount=total, **values)


def refund(amount: int, **values: object) -> Refund:
    return Refund(**{"amount": amount, "reason": RefundReason.CANCEL, "tax_free_amount": 0, "vat_amount": 0, **values})


def test_what_is_promised_counts_as_gone() -> None:
    payment = paid(tax_free_amount=4_000, cancelled_amount=3_000, cancelled_tax_free=1_000)
    refunds = [
        refund(3_000, status=RefundStatus.SUCCEEDED, tax_free_amount=1_000, tax_free_goods=1_500),
        refund(2_000, status=RefundStatus.FAILED, tax_free_amount=500, tax_free_goods=500),
        refund(1_000, status=RefundStatus.BLOCKED),
    ]
    assert left_of(payment, refunds) == Left(total=4_000, tax_free=2_500, carried=500)


def test_a_bank_transfer_counts_for_ever_because_the_provider_never_shows_it() -> None:
    done = refund(2_500, status=RefundStatus.SUCCEEDED, means=RefundMeans.BANK)
    assert left_of(paid(), [done]).total == 7_500


def test_a_cancellation_of_nobody_of_ours_counts_as_gone() -> None:
    assert left_of(paid(cancelled_amount=9_000), []).total == 1_000
