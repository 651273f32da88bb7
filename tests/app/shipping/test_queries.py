"""Which rows count."""

from datetime import UTC, datetime

import httpx

from src.app.shipping.models import FeePer, ShippingProductFee, ShippingRule, ShippingSurcharge, SurchargeArea
from src.app.shipping.services.fees import DEFAULT, DEFAULT_RULE, ProductFee, Rule, Surcharge, Tariff
from src.app.shipping.services.queries import load_tariff, load_tariff_for, load_version
from src.core.database import unit_of_work

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
JEJU = Surcharge("제주", "63000", "63644", 4_000, SurchargeArea.JEJU)


async def make_rules(version: int, *, base_fee: int = 3_000, free_from: int = 50_000) -> None:
    await ShippingRule.create(version=version, base_fee=base_fee, free_from=free_from, created_at=MOMENT)
    await ShippingSurcharge.create(
        version=version, area=SurchargeArea.JEJU, name="제주", zipcode_from="63000", zipcode_to="63644", fee=4_000
    )
    for product_id in (8, 7):
        await ShippingProductFee.create(version=version, product_id=product_id, fee=version, per=FeePer.UNIT)


async def test_shop_without_rows_charges_the_defaults(client: httpx.AsyncClient) -> None:
    assert await load_tariff() == await load_tariff_for([7], "63000") == await load_version(1) == DEFAULT
    assert DEFAULT.rule == DEFAULT_RULE
    assert await load_version(2) is None


async def test_the_highest_version_counts_with_its_own_lists(client: httpx.AsyncClient) -> None:
    await make_rules(3, base_fee=4_000, free_from=70_000)
    await make_rules(2)

    newest = Rule(base_fee=4_000, free_from=70_000, version=3)
    fees = (ProductFee(7, 3, FeePer.UNIT), ProductFee(8, 3, FeePer.UNIT))
    assert await load_tariff() == Tariff(newest, (JEJU,), fees)
    assert (await load_version(2)) == Tariff(
        Rule(base_fee=3_000, free_from=50_000, version=2),
        (JEJU,),
        (ProductFee(7, 2, FeePer.UNIT), ProductFee(8, 2, FeePer.UNIT)),
    )


async def test_a_quote_reads_only_what_its_goods_and_zipcode_need(client: httpx.AsyncClient) -> None:
    await make_rules(2)
    rule = Rule(base_fee=3_000, free_from=50_000, version=2)

    assert await load_tariff_for([8, 9, 8], "63644") == Tariff(rule, (JEJU,), (ProductFee(8, 2, FeePer.UNIT),))
    assert await load_tariff_for([], "62999") == Tariff(rule)
    assert await load_tariff_for([9], None) == Tariff(rule)


async def test_tariff_inside_a_transaction_sees_its_own_rows(client: httpx.AsyncClient) -> None:
    async def change_and_read() -> Tariff:
        await make_rules(2, base_fee=1_000)
        return await load_tariff()

    assert (await unit_of_work(change_and_read)).rule.base_fee == 1_000
