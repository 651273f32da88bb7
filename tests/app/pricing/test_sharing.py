"""Lines get their parts of discounts and taxes."""

import random
from typing import Any

import pytest

from src.app.pricing.services.effects import Effect, EffectKind
from src.app.pricing.services.lines import PricedLine
from src.app.pricing.services.sharing import with_discounts, with_taxes
from src.app.product.models import TaxType
from src.app.product.services.sellable import SellableVariant


def line(price: int, quantity: int = 1, *, tax_type: TaxType = TaxType.TAXABLE) -> PricedLine:
    texts: dict[str, Any] = dict.fromkeys(("product_code", "name", "color", "size", "sku", "image_path", "alt"), "")
    sold = SellableVariant(
        **texts,
        variant_id=1,
        product_id=1,
        origin_price=price,
        unit_price=price,
        stock=9,
        for_sale=True,
        tax_type=tax_type,
    )
    return PricedLine(variant=sold, quantity=quantity)


def test_discounts_lower_the_taxable_money_of_the_lines_that_they_lie_on() -> None:
    lines, laid = with_discounts(
        [line(10_000, tax_type=TaxType.TAX_FREE), line(6_000, 2)], [Effect(EffectKind.COUPON, 2_200)]
    )
    assert [each.discount_share for each in lines] == [1_000, 1_200]

    lines, effects, taxed = with_taxes(lines, laid, shipping_fee=2_500)

    assert (taxed.tax_free, taxed.vat) == (9_000, 1_209)
    assert [each.vat_amount for each in lines] == [0, 982]
    assert [(each.place, each.kind, each.line, each.parts) for each in effects] == [
        (1, EffectKind.COUPON, 0, (1_000,)),
        (1, EffectKind.COUPON, 1, (600, 600)),
        (2, EffectKind.TAX, 1, (491, 491)),
    ]


def test_without_discounts_nothing_is_listed_per_unit() -> None:
    lines, laid = with_discounts([line(11_000, 3)], ())
    lines, effects, taxed = with_taxes(lines, laid, shipping_fee=0)
    assert (lines[0].discount_share, lines[0].vat_amount, effects, taxed.vats) == (0, 3_000, (), (3_000, 0))


@pytest.mark.parametrize("seed", range(100))
def test_shares_and_units_add_up(seed: int) -> None:
    dice = random.Random(seed)
    bare = [
        line(dice.randrange(1, 50_000), dice.randrange(1, 6), tax_type=dice.choice(list(TaxType)))
        for _ in range(dice.randrange(1, 5))
    ]
    total = sum(each.line_total for each in bare)
    discounts = [Effect(EffectKind.PROMOTION, dice.randrange(0, total // 2 + 1)), Effect(EffectKind.COUPON, total // 3)]

    lines, laid = with_discounts(bare, discounts)
    lines, effects, taxed = with_taxes(lines, laid, shipping_fee=2_500)

    assert sum(each.discount_share for each in lines) == sum(each.amount for each in discounts)
    for index, each in enumerate(lines):
        own = [part for part in effects if part.line == index]
        assert sum(part.amount for part in own if part.kind != EffectKind.TAX) == each.discount_share
        assert sum(part.amount for part in own if part.kind == EffectKind.TAX) == each.vat_amount
        assert all(len(part.parts) == each.quantity for part in own)
    assert taxed.supply + taxed.vat + taxed.tax_free == total - sum(each.amount for each in discounts) + 2_500
