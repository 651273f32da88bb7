"""Golden values of the shipping fee."""

from itertools import pairwise

import pytest

from src.app.shipping.services.fees import DEFAULT_RULE, DEFAULT_SURCHARGES, Rule, Surcharge, Tariff, fee

JEJU = Surcharge("제주", "63000", "63644", 3_000)
ULLEUNG = Surcharge("울릉", "40200", "40240", 5_000)


@pytest.mark.parametrize(
    ("goods", "zipcode", "won"),
    [
        (0, None, 2_500),
        (1, "06236", 2_500),
        (99_999, "06236", 2_500),
        (100_000, "06236", 0),
        (100_001, None, 0),
        (1_000_000_000, "06236", 0),
        (99_999, "63000", 5_500),
        (99_999, "63644", 5_500),
        (100_000, "63000", 3_000),
        (100_000, "62999", 0),
        (100_000, "63645", 0),
        (99_999, "40200", 7_500),
        (100_000, "40240", 5_000),
        (100_000, None, 0),
        (99_999, "00000", 2_500),
        (99_999, "99999", 2_500),
    ],
)
def test_fee_for_goods_and_zipcode_is_exact(goods: int, zipcode: str | None, won: int) -> None:
    assert fee(DEFAULT_RULE, [JEJU, ULLEUNG], goods_after_discount=goods, zipcode=zipcode) == won


def test_overlapping_ranges_charge_the_highest_once() -> None:
    wide = Surcharge("남부", "60000", "69999", 1_000)

    assert fee(DEFAULT_RULE, [wide, JEJU], goods_after_discount=100_000, zipcode="63100") == 3_000
    assert fee(DEFAULT_RULE, [JEJU, wide], goods_after_discount=100_000, zipcode="63100") == 3_000
    assert fee(DEFAULT_RULE, [JEJU, wide], goods_after_discount=100_000, zipcode="64000") == 1_000


def test_rule_of_zero_threshold_is_always_free() -> None:
    assert fee(Rule(base_fee=3_000, free_from=0), [], goods_after_discount=0, zipcode="06236") == 0


def test_tariff_charges_by_its_own_rows() -> None:
    tariff = Tariff(Rule(base_fee=3_500, free_from=50_000), (JEJU,))

    assert tariff.fee(49_999, "63500") == 6_500
    assert tariff.fee(50_000, "63500") == 3_000
    assert tariff.fee(50_000, None) == 0


def test_default_ranges_are_well_formed_and_do_not_overlap() -> None:
    ordered = sorted(DEFAULT_SURCHARGES, key=lambda each: each.zipcode_from)

    assert all(len(each.zipcode_from) == len(each.zipcode_to) == 5 for each in ordered)
    assert all(each.zipcode_from <= each.zipcode_to for each in ordered)
    assert all(low.zipcode_to < high.zipcode_from for low, high in pairwise(ordered))
