"""Golden values of the shipping fee."""

from itertools import pairwise

import pytest

from src.app.shipping.models import FeePer, SurchargeArea
from src.app.shipping.services.fees import (
    DEFAULT,
    DEFAULT_RULE,
    DEFAULT_SURCHARGES,
    NEVER_FREE,
    FeeKind,
    FeeRow,
    Goods,
    ProductFee,
    Rule,
    Surcharge,
    Tariff,
)
from src.app.shipping.services.zones import refined

JEJU = Surcharge("제주", "63000", "63644", 3_000, SurchargeArea.JEJU)
ULLEUNG = Surcharge("울릉", "40200", "40240", 5_000)
PLAIN, CADDIE_BAG, COVER = 1, 2, 3
OWN = (ProductFee(CADDIE_BAG, 5_000, FeePer.UNIT), ProductFee(COVER, 4_000, FeePer.ORDER))


def goods(amount: int, *, product_id: int = PLAIN, quantity: int = 1) -> Goods:
    return Goods(product_id=product_id, quantity=quantity, amount=amount)


@pytest.mark.parametrize(
    ("amount", "zipcode", "won"),
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
def test_fee_for_goods_and_zipcode_is_exact(amount: int, zipcode: str | None, won: int) -> None:
    assert Tariff(DEFAULT_RULE, (JEJU, ULLEUNG)).fee([goods(amount)], zipcode) == won


def test_overlapping_ranges_charge_the_highest_once() -> None:
    wide = Surcharge("남부", "60000", "69999", 1_000)

    for zones in ((wide, JEJU), (JEJU, wide)):
        tariff = Tariff(DEFAULT_RULE, zones)
        assert (tariff.fee([goods(100_000)], "63100"), tariff.fee([goods(100_000)], "64000")) == (3_000, 1_000)


def test_rule_of_zero_threshold_is_always_free() -> None:
    assert Tariff(Rule(base_fee=3_000, free_from=0)).fee([goods(0)], "06236") == 0


def test_rule_without_threshold_is_never_free() -> None:
    assert Tariff(Rule(base_fee=3_000, free_from=NEVER_FREE)).fee([goods(1_000_000_000)], "06236") == 3_000


def test_nothing_to_ship_costs_nothing() -> None:
    assert DEFAULT.rows([], "63000") == ()


def test_bulky_goods_pay_their_own_fee_for_each_unit_and_no_base_fee() -> None:
    rows = Tariff(DEFAULT_RULE, (JEJU,), OWN).rows([goods(90_000, product_id=CADDIE_BAG, quantity=3)], "63100")

    assert rows == (
        FeeRow(kind=FeeKind.PRODUCT, amount=15_000, line=0, product_id=CADDIE_BAG, units=3),
        FeeRow(kind=FeeKind.SURCHARGE, amount=3_000),
    )


def test_a_fee_per_order_is_charged_once_for_all_lines_of_the_product() -> None:
    lines = [goods(1_000, product_id=COVER, quantity=2), goods(2_000), goods(3_000, product_id=COVER)]

    assert Tariff(DEFAULT_RULE, (), OWN).rows(lines, "06236") == (
        FeeRow(kind=FeeKind.BASE, amount=2_500),
        FeeRow(kind=FeeKind.PRODUCT, amount=4_000, product_id=COVER),
    )


def test_the_threshold_looks_at_all_goods_and_waives_only_the_base_fee() -> None:
    lines = [goods(40_000), goods(60_000, product_id=CADDIE_BAG)]
    tariff = Tariff(DEFAULT_RULE, (), OWN)

    assert tariff.rows(lines, None) == (
        FeeRow(kind=FeeKind.PRODUCT, amount=5_000, line=1, product_id=CADDIE_BAG, units=1),
    )
    assert tariff.fee([goods(39_999), goods(60_000, product_id=CADDIE_BAG)], None) == 7_500


def test_an_own_fee_of_zero_ships_free() -> None:
    assert Tariff(DEFAULT_RULE, (), (ProductFee(PLAIN, 0, FeePer.ORDER),)).rows([goods(1)], "06236") == ()


def test_default_ranges_are_well_formed_and_do_not_overlap() -> None:
    ordered = sorted(DEFAULT_SURCHARGES, key=lambda each: each.zipcode_from)

    assert all(len(each.zipcode_from) == len(each.zipcode_to) == 5 for each in ordered)
    assert all(each.zipcode_from <= each.zipcode_to for each in ordered)
    assert all(low.zipcode_to < high.zipcode_from for low, high in pairwise(ordered))


def test_a_change_counts_alone_for_its_zipcodes() -> None:
    udo = Surcharge("우도", "63365", "63365", 7_000, SurchargeArea.JEJU)

    assert refined((JEJU, ULLEUNG), [udo]) == (
        ULLEUNG,
        Surcharge("제주", "63000", "63364", 3_000, SurchargeArea.JEJU),
        udo,
        Surcharge("제주", "63366", "63644", 3_000, SurchargeArea.JEJU),
    )


def test_a_change_of_no_fee_takes_zipcodes_out() -> None:
    assert refined((ULLEUNG,), [Surcharge("", "40000", "40210", 0)]) == (Surcharge("울릉", "40211", "40240", 5_000),)
    assert refined((ULLEUNG,), [Surcharge("", "40200", "40240", 0)]) == ()


def test_the_later_of_two_changes_counts_where_they_overlap() -> None:
    wide, narrow = Surcharge("넓게", "40000", "41000", 1_000), Surcharge("좁게", "40500", "41500", 2_000)

    assert refined((ULLEUNG,), [wide, narrow]) == (Surcharge("넓게", "40000", "40499", 1_000), narrow)
    assert refined((ULLEUNG,), [narrow, wide]) == (wide, Surcharge("좁게", "41001", "41500", 2_000))
