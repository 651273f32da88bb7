"""`find_variants`: what cart and checkout read."""

import pytest

from src.app.product.models import DisplayStatus, Product, ProductImage, SaleStatus
from src.app.product.services.sellable import SellableVariant, find_variants
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_product, make_variant, variants_of

pytestmark = pytest.mark.usefixtures("empty")


async def test_variant_shows_its_product_and_its_own_colours_picture() -> None:
    product = await make_product(code="01201110", price=9_000, origin_price=10_000, stock=3, colors=2)
    variant = (await variants_of(product))[1]
    assert await find_variants([variant.id]) == {
        variant.id: SellableVariant(
            variant_id=variant.id,
            product_id=product.id,
            product_code="01201110",
            name="투어 스탠드백",
            color="화이트",
            size="S",
            sku="01201110-1-S",
            image_path="products/01201110/1-0.svg",
            alt="투어 스탠드백 화이트",
            origin_price=10_000,
            unit_price=9_000,
            stock=3,
            for_sale=True,
        )
    }


async def test_unknown_ids_are_missing() -> None:
    variant = await make_variant()
    found = await find_variants([variant.id, variant.id, 10**9, 0, -1, 2**63, 2**200])
    assert list(found) == [variant.id]


async def test_no_ids_ask_nothing() -> None:
    with captured_sql() as statements:
        assert await find_variants([]) == {}
    assert statements == []


@pytest.mark.parametrize("change", [{"display_status": DisplayStatus.HIDDEN}, {"sale_status": SaleStatus.STOPPED}])
async def test_hidden_or_stopped_product_is_found_and_not_for_sale(change: dict[str, str]) -> None:
    variant = await make_variant()
    await Product.filter(id=variant.product_id).update(**change)
    assert (await find_variants([variant.id]))[variant.id].for_sale is False


async def test_sold_out_variant_is_for_sale_with_no_stock() -> None:
    variant = await make_variant(stock=0)
    found = (await find_variants([variant.id]))[variant.id]
    assert (found.for_sale, found.stock) == (True, 0)


async def test_colour_without_pictures_has_an_empty_path() -> None:
    variant = await make_variant()
    await ProductImage.filter(option_id=variant.option_id).delete()
    assert (await find_variants([variant.id]))[variant.id].image_path == ""


async def test_one_query_for_any_number_of_variants() -> None:
    variants = await variants_of(await make_product(colors=4, sizes=5))
    with captured_sql() as statements:
        assert len(await find_variants([variant.id for variant in variants])) == 20
    assert len(statements) == 1
