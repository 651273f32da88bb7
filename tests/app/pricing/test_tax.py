"""VAT to the won."""

import random
from dataclasses import replace

import httpx
import pytest

from src.app.pricing.services.tax import Taxed, Taxes, shipping_tax, taxes, vat_of
from src.app.product.models import TaxType
from src.core.configs import settings, use

TAXABLE, FREE = TaxType.TAXABLE, TaxType.TAX_FREE


@pytest.mark.parametrize(
    ("taxable", "vat"),
    [(0, 0), (1, 0), (5, 0), (6, 1), (11, 1), (50, 5), (100, 9), (13_500, 1_227), (92_500, 8_409), (10**9, 90_909_091)],
)
def test_vat_is_the_eleventh_part_rounded_for_the_state(taxable: int, vat: int) -> None:
    assert vat_of(taxable) == vat


def test_half_a_won_of_supply_is_rounded_up() -> None:
    for taxable in range(2_000):
        tens, rest = divmod(taxable * 10, 11)
        assert vat_of(taxable) == taxable - tens - (rest * 2 >= 11)


def test_a_mixed_order_has_vat_on_its_taxable_part_with_shipping() -> None:
    """The case of the money rules: tax-free 10,000, taxable 11,000, shipping 2,500."""
    assert taxes([Taxed(FREE, 10_000), Taxed(TAXABLE, 11_000), Taxed(TAXABLE, 2_500)]) == Taxes(
        tax_free=10_000, vat=1_227, supply=12_273, vats=(0, 1_000, 227)
    )


def test_a_tax_free_order_has_no_vat() -> None:
    assert taxes([Taxed(FREE, 10_000), Taxed(TAXABLE, 0)]) == Taxes(tax_free=10_000, vat=0, supply=0, vats=(0, 0))


def test_vat_left_over_after_each_refund_adds_up() -> None:
    """100 taxable in two of 50: the refunds carry VAT of 4 and 5."""
    assert [vat_of(100) - vat_of(50), vat_of(50) - vat_of(0)] == [4, 5]


@pytest.mark.parametrize("seed", range(200))
def test_parts_add_up_and_no_part_is_more_than_its_amount(seed: int) -> None:
    dice = random.Random(seed)
    amounts = [Taxed(dice.choice((TAXABLE, FREE)), dice.randrange(0, 10 ** dice.randrange(1, 7))) for _ in range(9)]

    found = taxes(amounts)

    assert sum(found.vats) == found.vat == vat_of(sum(each.amount for each in amounts if each.tax_type == TAXABLE))
    assert found.supply + found.vat + found.tax_free == sum(each.amount for each in amounts)
    for each, vat in zip(amounts, found.vats, strict=True):
        assert 0 <= vat <= (each.amount if each.tax_type == TAXABLE else 0)


async def test_shipping_is_taxable_unless_the_shop_says_otherwise(client: httpx.AsyncClient) -> None:
    assert shipping_tax() == TAXABLE
    orders = settings().orders.model_copy(update={"shipping_is_taxable": False})
    with use(replace(settings(), orders=orders)):
        assert shipping_tax() == FREE
